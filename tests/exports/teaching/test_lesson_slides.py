"""The slides of lessons, opened by a library of their own and held against the data: few words, large type, help."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from copy import copy, deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any

import pptx
import pytest
from PIL import ImageFont
from pptx.oxml.ns import qn
from pypdf import PdfReader

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.kinds.lesson_slides import WORDS
from macros.data.validation import check
from macros.exports.teaching import lesson_slides
from macros.formats import pptx_text
from macros.pages import site_check
from macros.pages.drawings import drawn_sentence, quoted
from macros.pages.help_pages import contact
from macros.pages.site_info import SiteInfo
from tests.conftest import BuiltSite
from tests.exports.teaching.test_handouts import HOSTILE, together
from tests.exports.teaching.test_kits import BOLD_IS_WIDER, HERE, MOMENT
from tests.samples import real_tree

LEAST, TITLE, NUMBER = 28, 40, 48
"""Points of type: the least, titles, numbers to call."""

COUNTRIES = ("au", "ca", "nz", "gb", "us")


@dataclass
class Opened:
    """The slides of a lesson for a country, as whoever teaches with them sees them."""

    lesson: kinds.Lesson
    country: str
    content: bytes
    pages: bytes

    @cached_property
    def show(self) -> Any:
        return pptx.Presentation(io.BytesIO(self.content))

    @cached_property
    def every(self) -> list[Any]:
        return list(self.show.slides)

    @property
    def seen(self) -> list[Any]:
        """What is shown, without what is hidden."""
        return [slide for slide in self.every if slide.element.get("show") != "0"]

    def of(self, kind: str) -> list[Any]:
        return [slide for slide, own in zip(self.seen, self.lesson.slides, strict=True) if own.kind == kind]


def made(catalogue: Catalogue, site: SiteInfo = HERE) -> Iterator[Opened]:
    wanted = list(lesson_slides.wanted(catalogue))
    for one in lesson_slides.lesson_slides(catalogue, site, {}, wanted):
        yield Opened(catalogue.get("lessons", one.lesson), one.country, one.content.read(), one.pages.read())


@pytest.fixture(scope="module")
def decks(catalogue: Catalogue) -> dict[tuple[str, str], Opened]:
    return {(one.lesson.id, one.country): one for one in made(catalogue)}


@pytest.fixture(params=["ten-minutes", "thirty-minutes", "sixty-minutes"])
def deck(request: pytest.FixtureRequest, decks: dict[tuple[str, str], Opened]) -> Opened:
    return decks[request.param, "gb"]


@pytest.fixture(params=COUNTRIES)
def helping(request: pytest.FixtureRequest, decks: dict[tuple[str, str], Opened]) -> Opened:
    return decks["thirty-minutes", request.param]


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def spoken(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def sizes(owner: Any) -> set[float]:
    """Give the points of every run; each says its own."""
    return {int(run.get("sz")) / 100 for run in owner.element.iter(qn("a:rPr"))}


@pytest.mark.data
def test_every_lesson_has_slides_for_every_country_with_numbers(decks: dict[tuple[str, str], Opened]) -> None:
    lessons = ("ten-minutes", "thirty-minutes", "sixty-minutes")
    assert list(decks) == [(lesson, country) for lesson in lessons for country in COUNTRIES]


@pytest.mark.data
def test_a_slide_has_few_words_in_large_type(decks: dict[tuple[str, str], Opened]) -> None:
    for place, deck in decks.items():
        for slide in deck.every:
            title = slide.shapes.title
            assert len(words(slide).split()) <= WORDS, (place, words(slide))
            assert min(sizes(slide)) >= LEAST, (place, words(slide))
            assert min(sizes(title)) >= TITLE, (place, words(slide))
        for owner in (deck.show.slide_master, *deck.show.slide_layouts):
            for shape in owner.shapes:
                assert shape.is_placeholder or not shape.text_frame.text, "nothing small stands on every slide"


def test_titles_are_their_own_and_stand_first_in_the_serif_of_handouts(deck: Opened) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.every]
    assert titles[:-1] == [own.title for own in deck.lesson.slides]
    assert len(set(titles)) == len(titles)
    for slide in deck.every:
        assert slide.shapes[0] == slide.shapes.title
    with zipfile.ZipFile(io.BytesIO(deck.content)) as parts:
        assert b'<a:majorFont><a:latin typeface="Times New Roman"' in re.sub(
            rb">\s+<", b"><", parts.read("ppt/theme/theme1.xml")
        )


def test_the_first_slide_says_that_anyone_may_step_out(deck: Opened) -> None:
    said = words(deck.seen[0])
    assert f"{deck.lesson.minutes} minutes" in said
    assert "You may step out" in said


def test_an_answer_follows_each_question(deck: Opened) -> None:
    asked = [after.kind for one, after in pairwise(deck.lesson.slides) if one.kind == "question"]
    assert asked
    assert set(asked) == {"answer"}
    assert len(deck.of("question")) == len(deck.of("answer")) == len(asked)


def test_notes_say_what_to_say_and_their_minutes_are_those_of_the_lesson(deck: Opened) -> None:
    before = 0
    for slide, own in zip(deck.seen, deck.lesson.slides, strict=True):
        minute, said, *_ = spoken(slide).split("\n")
        assert said == own.notes
        found = [int(number) for number in re.findall(r"\d+", minute)]
        assert found == (
            [before] if not own.minutes else [before + 1] if own.minutes == 1 else [before + 1, before + own.minutes]
        )
        before += own.minutes
    assert before == deck.lesson.minutes
    assert spoken(deck.every[-1]).strip()


@pytest.mark.data
def test_help_has_two_numbers_of_the_country_as_the_data_has_them(helping: Opened, catalogue: Catalogue) -> None:
    (slide,) = helping.of("help")
    assert helping.lesson.slides[-2].kind == "help", "what is seen last but one, before the way out"
    large = [
        run.text
        for shape in slide.placeholders
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.font.size.pt == NUMBER
    ]
    of_country = [one for one in catalogue.document.services if one.country == helping.country]
    danger = next(one for one in of_country if "emergency" in one.needs)
    talk = next(one for one in catalogue.situations if one.id == "talk")
    first = next(one.services[0] for one in talk.first if one.country == helping.country)
    expected = [danger, next(one for one in of_country if one.id == first)]
    assert " ".join(large) == " ".join(one.phone.label for one in expected if one.phone)
    assert all(one.printable("phone") for one in expected)
    for one in expected:
        assert one.for_whom in spoken(slide)
    assert f"https://site.test/folder/help/{helping.country}/" in spoken(slide)


def test_a_code_leads_to_the_help_of_the_country(helping: Opened) -> None:
    address = f"https://site.test/folder/help/{helping.country}/"
    (slide,) = helping.of("help")
    (code,) = (shape for shape in slide.shapes if not shape.is_placeholder)
    assert address in code.element.nvSpPr.cNvPr.get("descr")
    assert code.click_action.hyperlink.address == address
    assert code.width.pt >= 200
    rows = list(code.element.iter(qn("a:path")))
    assert len(rows) >= 21
    side = int(rows[0].get("w"))
    dots = [[int(point.get(axis)) for axis in "xy"] for row in rows for point in row.iter(qn("a:pt"))]
    assert all(0 <= part <= side for dot in dots for part in dot)
    head = code.element.spPr.find(qn("a:solidFill"))
    assert head[0].get("val") == "000000"


def test_a_hidden_slide_is_for_another_country(deck: Opened, catalogue: Catalogue) -> None:
    (hidden,) = (slide for slide in deck.every if slide.element.get("show") == "0")
    assert hidden == deck.every[-1]
    assert hidden.shapes.title.text_frame.text == "Another country"
    everywhere = {one.id: one for one in catalogue.document.services if one.country == "int"}
    emergency = next(one for one in everywhere.values() if "emergency" in one.needs)
    assert emergency.phone
    assert emergency.phone.label in words(hidden).split("\n")
    assert emergency.for_whom in spoken(hidden)
    directory = contact(everywhere["int-child-helplines"])
    assert directory
    assert directory.label.removeprefix("https://") in words(hidden)


def test_what_is_drawn_is_native_and_has_words(deck: Opened, catalogue: Catalogue) -> None:
    with zipfile.ZipFile(io.BytesIO(deck.content)) as parts:
        assert not [name for name in parts.namelist() if "media" in name or name.endswith((".png", ".jpeg", ".bin"))]
        assert not any(
            b"<p:timing" in parts.read(name) or b"<p:transition" in parts.read(name) for name in parts.namelist()
        )
    for slide in deck.every:
        for shape in slide.shapes:
            assert shape.is_placeholder or shape.element.nvSpPr.cNvPr.get("descr"), (words(slide), shape.name)
    for slide, own in zip(deck.seen, deck.lesson.slides, strict=True):
        drawn = [shape for shape in slide.shapes if not shape.is_placeholder]
        told = [shape.element.nvSpPr.cNvPr.get("descr") for shape in drawn]
        if own.drawing == "eleven":
            assert [shape.text_frame.text for shape in drawn] == [str(number) for number in range(1, 12)]
            for principle, said in zip(catalogue.principles, told, strict=True):
                assert catalogue.category_of(principle).title in said
        elif own.drawing == "headings":
            assert [shape.text_frame.text for shape in drawn][1::2] == [one.title for one in catalogue.categories]
        elif own.drawing == "sentence":
            parts_of = catalogue.principle(own.principle or 0).sentence.parts
            assert all(said.endswith(part.gloss) for said, part in zip(told, parts_of, strict=True))
        elif own.kind not in ("sides", "help"):
            assert drawn == []


def test_language_and_properties(deck: Opened) -> None:
    assert deck.show.slide_width * 9 == deck.show.slide_height * 16
    about = deck.show.core_properties
    assert (about.title, about.author, about.language) == (deck.lesson.title, "A name", "en-GB")
    assert "https://site.test/folder/teach/" in about.comments
    assert {about.created.replace(tzinfo=None), about.modified.replace(tzinfo=None)} == {datetime(*MOMENT)}
    for slide in deck.every:
        for owner in (slide, slide.notes_slide):
            assert {run.find(qn("a:rPr")).get("lang") for run in owner.element.iter(qn("a:r"))} == {"en-GB"}
    with zipfile.ZipFile(io.BytesIO(deck.content)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {MOMENT}


def needed(shape: Any) -> float:
    """Give the points that a shape's text needs in height, by a typeface about as wide as the one asked for."""
    body = shape.element.txBody.find(qn("a:bodyPr"))
    inset = [int(body.get(side, 91440)) / 12700 for side in ("lIns", "rIns")]
    total = 0.0
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.pPr
        hung = int(properties.get("marL", 0)) / 12700
        points = max((run.font.size.pt for run in paragraph.runs), default=0)
        face = ImageFont.load_default(points)
        wide = sum(
            face.getlength(run.text) * (BOLD_IS_WIDER if run.font.bold else 1)
            for run in paragraph.runs
            if not run.text.endswith("\t")
        )
        room = shape.width.pt - sum(inset) - hung
        lines = -(-wide * (1 if wide <= room else 1.1) // room) or 1
        gap = properties.find(qn("a:spcBef"))
        total += lines * points * pptx_text.LINE + (9 if gap is None else int(gap[0].get("val")) / 100)
    return total - 9


def test_everything_is_on_its_slide_fits_and_lies_over_nothing(decks: dict[tuple[str, str], Opened]) -> None:
    for place, deck in decks.items():
        for slide in deck.every:
            corners = []
            for shape in slide.shapes:
                left, top = shape.left, shape.top
                right, bottom = left + shape.width, top + shape.height
                assert min(left, top) >= 0
                assert right <= deck.show.slide_width
                assert bottom <= deck.show.slide_height * 0.93, "marks stand below"
                corners.append((left, top, right, bottom))
                if shape.text_frame.text:
                    assert needed(shape) <= shape.height.pt, (place, shape.text_frame.text)
            for at, (left, top, right, bottom) in enumerate(corners):
                for other in corners[at + 1 :]:
                    apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                    assert apart, (place, words(slide))


def test_the_pages_say_the_same_and_are_tagged(deck: Opened) -> None:
    paper = PdfReader(io.BytesIO(deck.pages), strict=True)
    assert paper.metadata
    assert paper.metadata.title == deck.lesson.title
    root: Any = paper.root_object
    assert root["/Lang"] == "en-GB"
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", root["/Metadata"].get_data())
    assert {float(page.mediabox.width) / float(page.mediabox.height) for page in paper.pages} == {16 / 9}
    for page, slide in zip(paper.pages, deck.every, strict=True):
        printed = together(page.extract_text())
        for shape in slide.shapes:
            for line in shape.text_frame.text.split("\n"):
                assert all(together(part) in printed for part in line.split("\t")), line


def test_the_same_data_gives_the_same_bytes(decks: dict[tuple[str, str], Opened], catalogue: Catalogue) -> None:
    place = ("thirty-minutes", "nz")
    (again,) = lesson_slides.lesson_slides(catalogue, HERE, {}, [place])
    assert (again.content.read(), again.pages.read()) == (decks[place].content, decks[place].pages)
    assert again.address == "/teach/packs/thirty-minutes-nz-slides.pptx"


def test_hostile_text_is_only_text(catalogue: Catalogue) -> None:
    tree = copy(real_tree())
    tree.data = deepcopy(tree.data)
    lesson: Any = next(one for one in tree.data["lessons"] if one["id"] == "ten-minutes")
    texts = (*HOSTILE[:2], "{page} {missing} {", "]]> &amp; '/>")
    for slide, text in zip(lesson["slides"], texts, strict=False):
        slide["notes"] = text
    lesson["slides"][3]["lines"] = ["{page} {", "a & b > c"]
    outcome = check(tree, site_check.today())
    assert outcome.document is not None, [fault.message for fault in outcome.faults]
    poisoned = Catalogue(outcome.document, tree)
    (one,) = lesson_slides.lesson_slides(poisoned, HERE, {}, [("ten-minutes", "gb")])
    deck = Opened(poisoned.get("lessons", one.lesson), one.country, one.content.read(), one.pages.read())
    assert [spoken(slide).split("\n")[1] for slide in deck.every][: len(texts)] == list(texts)
    assert "{page} {\na & b > c" in words(deck.every[3])


# --- another language ---


def test_in_another_language_slides_are_as_short_and_say_which_words_are_english(catalogue: Catalogue) -> None:
    own = catalogue.translations["fr"].catalogue
    decks = list(made(own))
    assert [(one.lesson.id, one.country) for one in decks] == [("ten-minutes", "ca"), ("thirty-minutes", "ca")]
    for deck in decks:
        assert deck.show.core_properties.language == "fr-CA"
        foreign = set()
        for slide, laid in zip(deck.seen, deck.lesson.slides, strict=True):
            assert slide.shapes.title.text_frame.text == laid.title
            most = WORDS + 4 * (laid.drawing == "headings")  # their names are longer in French
            assert len(re.findall(r"[\w\u2019'-]+", words(slide))) <= most, words(slide)
            assert min(sizes(slide)) >= LEAST
            for shape in slide.shapes:
                assert not shape.text_frame.text or needed(shape) <= shape.height.pt, words(slide)
            for owner in (slide, slide.notes_slide):
                for run in owner.element.iter(qn("a:r")):
                    if run.find(qn("a:rPr")).get("lang") == "en":
                        foreign.add(run.find(qn("a:t")).text)
                    else:
                        assert run.find(qn("a:rPr")).get("lang") == "fr-CA"
        assert foreign == {
            quoted(part.phrase.phrase, "fr") for part in drawn_sentence(own, own.principle(6)).parts if part.phrase
        }
        (help_slide,) = deck.of("help")
        assert "1-800-668-6868" in words(help_slide)
        assert "https://site.test/folder/fr/help/ca/" in spoken(help_slide)


# --- the site ---


def test_the_page_of_a_lesson_links_to_its_slides(site: BuiltSite, catalogue: Catalogue) -> None:
    for lesson in catalogue.document.lessons:
        links = site[f"/teach/{lesson.id}/"].soup.select('a[href$="-slides.pptx"]')
        names = [f"{lesson.id}-{country}-slides.pptx" for country in COUNTRIES]
        assert [str(link["href"]).rpartition("/")[2] for link in links] == names
        for name in names:
            for file in (name, name.replace(".pptx", ".pdf")):
                assert (site.folder / "teach" / "packs" / file).stat().st_size > 10_000
