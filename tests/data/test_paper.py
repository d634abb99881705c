"""Signs that the typesetter has no typeface for: refused where they would be set, drawn by the device on pages."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from copy import copy, deepcopy
from functools import cache
from itertools import chain
from typing import Annotated, Any, get_args
from xml.sax.saxutils import escape

import pytest
from PIL import Image
from pydantic import BaseModel, TypeAdapter, ValidationError

from macros.data import kinds, paper
from macros.data.catalogue import Catalogue
from macros.data.validation import check
from macros.data.yaml_reader import Tree, read_file
from macros.exports import number_sheets
from macros.exports.chart_images import SETTING, WIDTH, pictures
from macros.exports.social_cards import Named, cards
from macros.exports.teaching import lesson_slides
from macros.exports.teaching.handouts import handout_content, handouts
from macros.exports.teaching.kits import kits
from macros.exports.teaching.quiz import quizzes
from macros.formats.typst_renderer import clean, pngs
from macros.pages import site_check
from macros.pages.site_info import SiteInfo
from macros.palette import palette
from tests.exports.test_embed_cards import render
from tests.samples import real_tree

SIGNS = {"ᐃᓄᒃᑎᑐᑦ": "U+1403", "中文": "U+4E2D", "العربية": "U+0627", "a smile 🙂": "U+1F642", "lost � letter": "U+FFFD"}
SITE = SiteInfo("A name", "https://site.test/", 1_600_000_000)
TODAY = site_check.today()


read = cache(read_file)


def tree_with(place: tuple[str | int, ...], text: str) -> Tree:
    tree = copy(real_tree())
    item: Any = deepcopy(tree.data)
    tree.data = item
    for step in place[:-1]:
        item = item[step]
    item[place[-1]] = text
    return tree


@pytest.mark.parametrize("text", SIGNS)
def test_what_cannot_be_set_is_refused_with_its_line(text: str) -> None:
    place = ("principles", 2, "title")
    tree = tree_with(place, text)
    (fault,) = (fault for fault in check(tree, TODAY).faults if "cannot be set" in fault.message)
    assert fault.position == tree.position(place)
    assert SIGNS[text] in fault.message
    assert fault.message.endswith("use Latin, Greek or Cyrillic letters here")


@pytest.mark.parametrize(
    "place",
    [
        ("principles", 2, "in_brief", "aim", "text"),
        ("principles", 2, "phrases", 0, "meaning"),
        ("exercises", 0, "self_check", 1, "answers", 0, "text"),
        ("figures", 0, "title"),
        ("categories", 3, "title"),
        ("countries", 0, "label"),
        ("notes", 0, "body", 0, "text"),
        ("report_flows", 0, "steps", 1, "who"),
        ("report_flows", 0, "steps", 1, "branches", 0, "when"),
    ],
    ids=lambda place: place[0] if isinstance(place, tuple) else "",
)
def test_it_is_refused_wherever_it_would_be_set(place: tuple[str | int, ...]) -> None:
    tree = tree_with(place, "中文")
    assert [fault.position for fault in check(tree, TODAY).faults if "cannot be set" in fault.message] == [
        tree.position(place)
    ]


@pytest.mark.parametrize("text", SIGNS)
def test_names_in_any_script_stand_on_pages_and_their_cards_name_the_section(text: str, catalogue: Catalogue) -> None:
    for place in (("stakeholders", 0, "name"), ("sources", -1, "publisher"), ("principles", 0, "aliases", 0)):
        faults = check(tree_with(place, text), TODAY).faults
        assert not [fault for fault in faults if "cannot be set" in fault.message], place

    def card(address: str, title: str) -> bytes:
        named = [Named("/stakeholders/", "Stakeholders"), Named(address, title)]
        return list(cards(catalogue, "A name", named, {}))[1][1]

    assert (
        card("/stakeholders/x/", text) == card("/elsewhere/", "Stakeholders") == card("/elsewhere/x/", "Stakeholders")
    )
    assert card("/stakeholders/x/", f"Company: {text}") == card("/elsewhere/x/", "Company")
    assert card("/stakeholders/x/", f"{text}: Company") == card("/elsewhere/x/", "Company")
    assert card("/elsewhere/x/", text) == card("/elsewhere/x/", "A name")


def test_letters_and_signs_that_the_typefaces_have_are_taken() -> None:
    for text in ("Ελληνικά", "Кириллица", "Tiếng Việt", "é œ ß “ ” € ≤ →", "e\u0301", "a\n b"):
        assert paper.settable(text), text
        assert paper.printed(text) == text


def test_every_sign_that_is_taken_is_drawn_in_pictures() -> None:
    """A sign that no typeface has is drawn as a box: none of those that are taken may look like it."""

    def drawn(signs: list[str]) -> list[bytes]:
        """Draw signs into one picture, twenty-five in a row; gives the cell of each."""
        cells = [(64 * (number % 25), 40 * (number // 25)) for number in range(len(signs))]
        face = palette().paper[0]
        size = f'width="{WIDTH}" height="{cells[-1][1] + 40}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{face}">'
        placed = zip(signs, cells, strict=True)
        texts = [f'<text x="{x + 22}" y="{y + 26}" font-size="18">{escape(sign)}</text>' for sign, (x, y) in placed]
        (png,) = pngs(SETTING, ["".join([head, *texts, "</svg>"])], {})
        whole = Image.open(io.BytesIO(png)).convert("L")
        assert whole.width == WIDTH, "one dot of the drawing is one of the picture"
        return [whole.crop((x, y, x + 64, y + 40)).tobytes() for x, y in cells]

    def alike(one: bytes, other: bytes) -> bool:
        """Tell whether two cells show the same, but for the grey at edges."""
        return sum((a < 128) != (b < 128) for a, b in zip(one, other, strict=True)) < 4

    taken = [
        sign for sign in map(chr, range(0x21, 0x10000)) if not 0xD800 <= ord(sign) < 0xE000 and paper.settable(sign)
    ]
    taken = [sign for sign in taken if clean(sign) == sign]
    assert len(taken) > 1500
    box, blank, *pictured, other = drawn(["中", " ", *taken, "ᐃ"])
    assert alike(box, other), "else a box would not be known"
    assert not alike(box, blank)
    found = zip(taken, pictured, strict=True)
    assert [sign for sign, picture in found if alike(picture, box) or picture == blank] == []


# --- the model knows every text that is set --------------------------------------------------------------------------


def part_of(kind: Any) -> type[BaseModel] | None:
    """Give the part of a record that an annotation speaks of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next(filter(None, map(part_of, get_args(kind))), None)


def poison(item: Any, part: type[BaseModel], counts: Counter[str]) -> None:
    """Put a sign that cannot be set into every text of a record that its field takes it in."""
    for name, info in part.model_fields.items():
        value, inner = item.get(name), part_of(info.annotation)
        if inner and value:
            for one in value if isinstance(value, list) else [value]:
                poison(one, inner, counts)
        elif isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            texts = [re.sub("[a-z](?=[^a-z]*$)", "中", one) for one in (value if isinstance(value, list) else [value])]
            wanted = texts if isinstance(value, list) else texts[0]
            kind: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
            try:
                TypeAdapter(kind).validate_python(wanted)
            except ValidationError as error:
                counts["refused"] += "cannot be set" in str(error)
                continue
            item[name] = wanted
            counts["taken"] += wanted != value


def test_what_the_model_takes_is_set_nowhere() -> None:
    """Every text of the data gets a sign that cannot be set, where the model takes it."""
    tree = copy(real_tree())
    tree.data = deepcopy(tree.data)
    counts: Counter[str] = Counter()
    for name, part in kinds.COLLECTIONS.items():
        for record in [*tree.data[name][:12], *tree.data[name][-12:]] if name in tree.data else ():
            poison(record, part, counts)
    assert min(counts["refused"], counts["taken"]) > 300, counts
    outcome = check(tree, TODAY)
    assert outcome.document is not None, [fault.message for fault in outcome.faults[:3]]
    catalogue = Catalogue(outcome.document, tree)
    for principle in catalogue.principles:
        assert not re.search("[中\ufffd]", repr(handout_content(catalogue, principle, SITE))), principle.number
    sheets = {sheet.number: sheet for sheet in handouts(catalogue, SITE, {})}
    made = quizzes(catalogue, SITE, {}, catalogue.principles[:3])
    quiz_of = dict(zip((1, 2, 3), made, strict=True))
    for kit in kits(catalogue, SITE, sheets, {}, quiz_of, {}, catalogue.principles[:3]):
        with zipfile.ZipFile(io.BytesIO(kit.content.read())) as whole:
            inner = {name: whole.read(name) for name in whole.namelist()}
        slides = [zipfile.ZipFile(io.BytesIO(content)) for name, content in inner.items() if name.endswith(".pptx")]
        parts = ((name, deck.read(name)) for deck in slides for name in deck.namelist() if name.endswith(".xml"))
        for name, content in chain(parts, ((name, text) for name, text in inner.items() if name.endswith(".txt"))):
            assert not re.search("[中\ufffd]", content.decode()), name
    for lesson, country in lesson_slides.wanted(catalogue):
        shown = repr(lesson_slides.lesson_deck(catalogue, catalogue.get("lessons", lesson), country, SITE))
        assert not re.search("[中\ufffd]", shown), (lesson, country)
    for group in catalogue.service_groups:
        numbers = number_sheets.sheet_content(catalogue, catalogue.get("countries", group.word.id), SITE)
        assert not re.search("[中\ufffd]", repr(numbers)), group.word.id
    drawn = list(pictures(catalogue, SITE, render, {}))
    assert len(drawn) > 10
    assert [picture.id for picture in drawn if "中" in picture.svg.read().decode()] == []
    assert any(b"Source: see the page." in picture.svg.read() for picture in drawn)
