"""The handouts, read back by a PDF reader that shares no code with the typesetter, and held against the data."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from macros.data import field_types, kinds
from macros.data.catalogue import Catalogue
from macros.data.translations import translate
from macros.data.yaml_reader import read_bytes
from macros.exports.teaching.handouts import handouts, wanted
from macros.formats.typst_renderer import clean
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo, stamp
from tests.conftest import BuiltSite
from tests.samples import real_tree

HERE = SiteInfo("A name", "https://site.test/folder/", 1_600_000_000)
A4, LETTER, PRINTER = (595.28, 841.89), 792.0, 17.0
"""Points: a page's width and height, the height of the other paper, and the edge that printers leave white."""

HOSTILE = (
    '#panic("out") #read("handout.typ") #sys.version',
    "*strong* _emph_ `raw` $x^2$ = heading",
    "- item + item / term: text <label> @reference",
    '"]) #set page(height: 1cm) [#"',
    "https://evil.example/ // comment /* more */ \\u{41} ~ --- 'a'",
)
"""Each would act, or vanish, if it were read as the typesetter's markup."""


@dataclass
class Sheet:
    """A handout as the reader sees it."""

    content: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.content), strict=True)

    @property
    def page(self) -> PageObject:
        return self.reader.pages[0]

    @cached_property
    def text(self) -> str:
        return together(self.page.extract_text())

    @property
    def root(self) -> Any:
        return self.reader.root_object

    @property
    def links(self) -> set[str]:
        annotations = (entry.get_object() for entry in self.page.get("/Annots", ()))
        return {str(annotation["/A"]["/URI"]) for annotation in annotations}

    def tags(self) -> Iterator[str]:
        """Yield the kind of every element of the structure that a screen reader walks through, in its order."""
        waiting = [self.root["/StructTreeRoot"]]
        while waiting:
            element = waiting.pop().get_object()
            if "/S" in element:
                yield str(element["/S"])
            children = element.get("/K", [])
            children = children if isinstance(children, list) else [children]
            waiting += reversed([child for child in children if hasattr(child.get_object(), "get")])


def together(text: str) -> str:
    """Take white space out: where lines break is the typesetter's choice."""
    return "".join(text.split())


SET_BEFORE: dict[str, bytes] = {}
"""What these tests had set, by all that it was made from: of a changed catalogue one paper in eleven is another."""


def sheets(catalogue: Catalogue, imprint: SiteInfo = HERE) -> dict[int, Sheet]:
    return {made.number: Sheet(made.content.read()) for made in handouts(catalogue, imprint, SET_BEFORE)}


@pytest.fixture(scope="module")
def made(catalogue: Catalogue) -> dict[int, Sheet]:
    return sheets(catalogue)


def test_it_is_one_page_that_prints_on_both_papers(principle: kinds.Principle, made: dict[int, Sheet]) -> None:
    sheet = made[principle.number]
    assert len(sheet.reader.pages) == 1
    assert (float(sheet.page.mediabox.width), float(sheet.page.mediabox.height)) == pytest.approx(A4, abs=0.1)
    heights = []

    def note(text: str, page: list[float], line: list[float], *_: object) -> None:
        if text.strip():
            heights.append(line[4] * page[1] + line[5] * page[3] + page[5])

    sheet.page.extract_text(visitor_text=note)
    lost = (A4[1] - LETTER) / 2 + PRINTER  # at each end, where the page is printed at its own size, centred
    assert lost < min(heights) < 150
    assert max(heights) < A4[1] - lost


def test_it_is_tagged_and_says_its_title_and_language(principle: kinds.Principle, made: dict[int, Sheet]) -> None:
    sheet = made[principle.number]
    assert sheet.root["/Lang"] == "en-GB"
    assert sheet.root["/MarkInfo"]["/Marked"]
    assert sheet.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert sheet.reader.metadata is not None
    assert sheet.reader.metadata.title == principle.tab_title
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", sheet.root["/Metadata"].get_data())
    tags = list(sheet.tags())
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 4
    parts = len(principle.sentence.parts) + bool(principle.sentence.silent)
    assert tags.index("/L") < tags.index("/LI")
    assert tags.count("/LI") >= parts
    assert "/Link" in tags
    assert tags.index("/H1") < tags.index("/H2")


def test_in_another_language_it_says_what_the_data_says_there(catalogue: Catalogue) -> None:
    own = catalogue.translations["fr"].catalogue
    papers = {one.number: one for one in handouts(own, HERE, SET_BEFORE, wanted(own).values())}
    assert list(papers) == [one.number for one in own.principles]
    for principle in own.principles:
        paper, exercise = papers[principle.number], own.exercise(principle)
        sheet = Sheet(paper.content.read())
        assert paper.address == f"/handouts/principle-{principle.number}-fr.pdf"
        assert (len(sheet.reader.pages), sheet.root["/Lang"]) == (1, "fr-CA")
        assert exercise
        expected = [
            f"Principe {principle.number} sur 11",
            principle.title,
            *(getattr(principle.in_brief, name).text for name in kinds.Brief.model_fields),
            *(
                phrase.phrase if phrase.confidence == "unchecked" else f"«{phrase.phrase}»"
                for phrase in principle.phrases
            ),
            *exercise.discussion,
            f"Faits vérifiés le {long_date(principle.checked, 'fr')}",
            "Appelez 000",
            "ou 999",
        ]
        assert [text for text in expected if together(text) not in sheet.text] == []
        assert {
            f"https://site.test/folder/fr/{place}/" for place in (f"principles/{principle.number}", "help")
        } <= sheet.links


def test_a_principle_that_is_there_in_part_has_no_handout_in_that_language(catalogue: Catalogue) -> None:
    text = "principles: {prevent-known-material: {title: Un titre}}"
    found, _ = translate(catalogue.document, read_bytes(text.encode(), "principles.fr.yml"), "fr")
    assert found
    assert wanted(Catalogue(found.document, read_bytes(b"{}", "x"), "fr")) == {}


def test_it_says_what_the_data_says(principle: kinds.Principle, made: dict[int, Sheet], catalogue: Catalogue) -> None:
    sheet = made[principle.number]
    exercise = catalogue.exercise(principle)
    change = catalogue.latest_change
    assert exercise
    assert change
    expected = [
        f"Principle {principle.number} of {len(catalogue.principles)}",
        principle.title,
        catalogue.category_of(principle).title,
        *(getattr(principle.in_brief, name).text for name in kinds.Brief.model_fields),
        *(phrase.phrase if phrase.confidence == "unchecked" else f"“{phrase.phrase}”" for phrase in principle.phrases),
        *(phrase.meaning for phrase in principle.phrases),
        *(part.words for whole in principle.sentence.parts for part in (whole, *whole.within) if part.words),
        *(catalogue.word("sentence_slots", slot).label for slot in principle.sentence.silent),
        *exercise.discussion,
        f"https://site.test/folder/principles/{principle.number}/",
        f"Edition of {long_date(change.date)}",
        f"checked on {long_date(principle.checked)}",
        "CC BY 4.0",
        "A name",
    ]
    assert [text for text in expected if together(text) not in sheet.text] == []


def test_it_says_what_is_ours_and_what_is_not_sure(
    principle: kinds.Principle, made: dict[int, Sheet], catalogue: Catalogue
) -> None:
    text = made[principle.number].text
    parts = (*principle.phrases, *vars(principle.in_brief).values())
    assert text.count("(ourreading)") == sum(part.ours for part in parts)
    for word in catalogue.document.confidences[1:]:
        unsure = [part for part in parts if part.confidence == word.id]
        assert text.count(together(f"({word.label})")) == len(unsure)
        assert (together(f"{word.label}. {word.meaning}") in text) == (principle.confidence == word.id)


def test_help_names_the_emergency_numbers_first(made: dict[int, Sheet], catalogue: Catalogue) -> None:
    numbers = [
        service.phone.label
        for service in catalogue.document.services
        if "emergency" in service.needs and service.country != "int" and service.phone and service.printable("phone")
    ]
    assert numbers
    for sheet in made.values():
        help_text = sheet.text[sheet.text.index("Wheretogethelp") :]
        before, address, _ = help_text.partition("https://site.test/folder/help/")
        assert address
        assert all(number in before for number in numbers)
        assert "https://site.test/folder/help/" in sheet.links


def poisoned(catalogue: Catalogue, number: int, **fields: Any) -> Catalogue:
    """Give the catalogue with other fields in one principle, as if nothing had checked them."""
    document = catalogue.document
    principles = tuple(one.model_copy(update=fields) if one.number == number else one for one in document.principles)
    tree = real_tree()
    return Catalogue(document.model_copy(update={"principles": principles}), tree)


def test_hostile_text_is_only_text(catalogue: Catalogue) -> None:
    first = catalogue.principle(1)
    phrases = tuple(
        phrase.model_copy(update={"phrase": text[:40], "meaning": text})
        for phrase, text in zip(first.phrases, HOSTILE, strict=True)
    )
    sheet = sheets(poisoned(catalogue, 1, title=HOSTILE[0], tab_title=HOSTILE[1], phrases=phrases))[1]
    assert [text for text in HOSTILE if together(text) not in sheet.text] == []
    assert sheet.reader.metadata is not None
    assert sheet.reader.metadata.title == HOSTILE[1]
    assert not any("evil" in link for link in sheet.links)
    assert list(sheet.tags()).count("/H1") == 1


def test_a_text_too_long_still_gives_one_page(catalogue: Catalogue) -> None:
    first = catalogue.principle(1)
    long = "word " * (field_types.TEXT_LENGTH // 5)
    phrases = tuple(phrase.model_copy(update={"meaning": long}) for phrase in first.phrases)
    sheet = sheets(poisoned(catalogue, 1, phrases=phrases))[1]
    assert len(sheet.reader.pages) == 1
    assert "Thereismoreonthepage" in sheet.text
    claim = kinds.Claim(text=long)
    brief = kinds.Brief.model_construct(aim=claim, asks=claim, why=claim)
    sheet = sheets(poisoned(catalogue, 1, phrases=phrases, in_brief=brief))[1]
    assert len(sheet.reader.pages) == 1


def test_whatever_is_let_through_can_be_set(catalogue: Catalogue) -> None:
    every = [chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000]
    kept = [character for character in every if clean(character) == character]
    assert len(kept) > 1500
    assert clean("né \u202e \x00 🙂 北") == "né \ufffd \ufffd \ufffd \ufffd"
    first = catalogue.principle(1)
    phrases = tuple(
        phrase.model_copy(update={"meaning": " ".join(kept[number::5])}) for number, phrase in enumerate(first.phrases)
    )
    assert len(sheets(poisoned(catalogue, 1, phrases=phrases))[1].reader.pages) == 1


def test_the_date_of_a_file_comes_from_the_commit_or_the_data(catalogue: Catalogue, made: dict[int, Sheet]) -> None:
    assert stamp(catalogue, "1600000000") == 1_600_000_000
    assert stamp(catalogue, None) == stamp(catalogue, "soon") == stamp(catalogue, str(10**30))
    assert catalogue.latest_change is not None
    assert stamp(catalogue, None) % 86400 == 0
    date = made[1].reader.metadata
    assert date is not None
    assert date.creation_date is not None
    assert date.creation_date.timestamp() == HERE.stamp


def test_pages_link_to_them_and_state_their_size(site: BuiltSite, principle: kinds.Principle) -> None:
    name = f"handouts/principle-{principle.number}.pdf"
    size = f"{round((site.folder / name).stat().st_size / 1000)} KB"
    for address in (f"/principles/{principle.number}/", "/teach/"):
        link = site[address].soup.select_one(f'article a[href$="{name}"]')
        assert link is not None
        assert link.parent is not None
        assert size in link.parent.get_text()
