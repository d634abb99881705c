"""The packs for lessons, unpacked and read back by programs that share no code with what wrote them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import docx
import pytest
from pypdf import PageObject, PdfReader

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.chart_images import paper_drawing
from macros.exports.teaching.lesson_slides import lesson_slides
from macros.exports.teaching.lesson_slides import wanted as slides_wanted
from macros.exports.teaching.packs import Pack, packs, wanted
from macros.exports.teaching.quiz import FILES, quizzes, sources
from macros.exports.teaching.wordings import TRANSLATED, texts
from macros.pages.site_info import SiteInfo
from macros.pages.ui_strings import say
from tests.conftest import BuiltSite
from tests.exports.teaching.test_handouts import together
from tests.exports.test_embed_cards import render

HERE = SiteInfo("A name", "https://site.test/folder/", 1_600_000_000)
MOMENT = (2020, 9, 13, 12, 26, 40)
PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Points: width and height."""

LESSONS = ("ten-minutes", "thirty-minutes", "sixty-minutes")
COUNTRIES = ("au", "ca", "nz", "gb", "us", "int")

ALWAYS = {
    "01-teacher-sheet": 3,
    "02-before-you-start": 1,
    "03-if-a-pupil-tells-you": 1,
    "05-strips": 3,
    "07-worksheet": 1,
    "07-worksheet-large-type": 1,
    "08-exit-slip": 1,
    "10-family-sheet": 1,
}
"""The papers of every pack, each with the most pages that it has."""

OWN = {"thirty-minutes": {"06-cards": 3}, "sixty-minutes": {"06-cards": 4, "07-chart": 1}, "ten-minutes": {}}
SHOWN = [(lesson, country) for lesson in LESSONS for country in ("gb", "us")]
"""The packs that get slides here; a country has none without somebody to call."""

EDITED = ("01-teacher-sheet", "07-worksheet")
"""Papers that come as documents too."""

SHARED = (
    "00-READ-ME.docx",
    "00-READ-ME.pdf",
    *(f"11-quiz/{name}" for name in FILES),
    "12-distancing.txt",
    "LICENCE.txt",
    "SOURCES.txt",
)


@dataclass
class Opened:
    """A pack as somebody who has unpacked it sees it."""

    pack: Pack
    lesson: kinds.Lesson

    @property
    def folder(self) -> str:
        return f"{self.pack.lesson}-{self.pack.country}"

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.pack.content.read()))

    def file(self, name: str) -> bytes:
        return self.archive.read(f"{self.folder}/{name}")

    def paper(self, name: str) -> PdfReader:
        return PdfReader(io.BytesIO(self.file(f"{name}.pdf")), strict=True)

    def written(self, name: str) -> Any:
        return docx.Document(io.BytesIO(self.file(f"{name}.docx")))


def opened(catalogue: Catalogue) -> dict[tuple[str, str], Opened]:
    lessons = {one.id: one for one in catalogue.document.lessons}
    cache: dict[str, bytes] = {}
    made = dict(zip(lessons, quizzes(catalogue, HERE, cache, lessons.values()), strict=True))
    shown = {(one.lesson, one.country): one for one in lesson_slides(catalogue, HERE, cache, SHOWN)}
    whole = packs(
        catalogue, HERE, made, lambda figure: paper_drawing(catalogue, HERE, render, figure), cache, slides=shown
    )
    return {(pack.lesson, pack.country): Opened(pack, lessons[pack.lesson]) for pack in whole}


@pytest.fixture(scope="module")
def made(catalogue: Catalogue) -> dict[tuple[str, str], Opened]:
    return opened(catalogue)


@pytest.fixture(params=LESSONS)
def pack(request: pytest.FixtureRequest, made: dict[tuple[str, str], Opened]) -> Opened:
    return made[request.param, "gb"]


def papers(pack: Opened) -> Iterator[tuple[str, str]]:
    """Yield the folder and the name of every paper of a pack."""
    for paper in PAPERS:
        for name in (*ALWAYS, *OWN[pack.pack.lesson], f"09-help-sheet-{pack.pack.country}"):
            yield paper, name


# --- the archive ---


def test_there_is_one_for_each_lesson_and_country(made: dict[tuple[str, str], Opened], catalogue: Catalogue) -> None:
    assert set(made) == {(lesson, country) for lesson in LESSONS for country in COUNTRIES} == set(wanted(catalogue))
    for (lesson, country), one in made.items():
        assert one.pack.address == f"/teach/packs/{lesson}-{country}.zip"


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_it_holds_every_file(lesson: str, country: str, made: dict[tuple[str, str], Opened]) -> None:
    one = made[lesson, country]
    names = {name.removeprefix(f"{one.folder}/") for name in one.archive.namelist()}
    expected = {*SHARED, *(f"{paper}/{name}.pdf" for paper, name in papers(one))}
    if (lesson, country) in SHOWN:
        expected |= {"04-slides.pptx", "04-slides.pdf"}
    assert names == expected | {f"{paper}/{name}.docx" for paper in PAPERS for name in EDITED}
    assert one.archive.testzip() is None
    assert {entry.date_time for entry in one.archive.infolist()} == {MOMENT}


def test_the_same_data_gives_the_same_bytes(catalogue: Catalogue, made: dict[tuple[str, str], Opened]) -> None:
    again = opened(catalogue)
    assert [name for name, one in made.items() if again[name].pack.content.read() != one.pack.content.read()] == []


def test_the_read_me_says_first_that_it_is_not_for_assemblies_and_counts_the_paper(pack: Opened) -> None:
    text = together(pack.paper("00-READ-ME").pages[0].extract_text())
    assert len(pack.paper("00-READ-ME").pages) == 1
    assert text.index(together("Not for assemblies.")) < text.index(together("For whom"))
    assert together(f"you need {pack.pack.sheets} sheets of paper") in text
    assert "CCBY4.0" in text
    listed = {file.number: file for file in pack.pack.files}
    assert 30 + 30 + 8 < pack.pack.sheets == sum(file.sheets for file in pack.pack.files) < 160
    assert listed["08"].sheets == 8
    assert listed["10"].sheets == 30


# --- papers ---


def test_papers_have_their_size_pages_title_and_language_and_are_tagged(pack: Opened) -> None:
    most = {**ALWAYS, **OWN[pack.pack.lesson]}
    for paper, name in papers(pack):
        reader = pack.paper(f"{paper}/{name}")
        across, down = PAPERS[paper]
        size = (down, across) if name.startswith("01") else (across, down)
        for page in reader.pages:
            assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(size, abs=0.1), name
            assert page.extract_text().strip(), name
        assert len(reader.pages) <= most.get(name, 1), name
        root: Any = reader.root_object
        assert root["/Lang"] == "en-GB" or name.startswith("09")
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata
        assert reader.metadata.title
        assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", root["/Metadata"].get_data()), name


def test_nothing_stands_where_printers_leave_paper_white(pack: Opened) -> None:
    for paper, name in papers(pack):
        for page in pack.paper(f"{paper}/{name}").pages:
            for _, (x, y) in places(page):
                assert 17 < x < float(page.mediabox.width) - 17, name
                assert 17 < y < float(page.mediabox.height) - 17, name


def places(page: PageObject) -> list[tuple[str, tuple[float, float]]]:
    """Give where each piece of text on a page begins: points from the left, and from below."""
    found: list[tuple[str, tuple[float, float]]] = []

    def note(text: str, place: list[float], line: list[float], *_: object) -> None:
        if text.strip():
            x = line[4] * place[0] + line[5] * place[2] + place[4]
            found.append((text.strip(), (x, line[4] * place[1] + line[5] * place[3] + place[5])))

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("lesson", ["thirty-minutes", "sixty-minutes"])
def test_each_of_the_eleven_has_a_strip_that_lies_on_one_page(
    paper: str, lesson: str, made: dict[tuple[str, str], Opened], catalogue: Catalogue
) -> None:
    pages = [together(page.extract_text()) for page in made[lesson, "gb"].paper(f"{paper}/05-strips").pages]
    *strips, key = pages
    assert len(strips) == 2
    for principle in catalogue.principles:
        found = [page for page in strips if together(principle.title) in page]
        assert len(found) == 1
        assert together(principle.summary) in found[0]
        assert together(f"principle {principle.number}, {principle.title}") in key
    for category in catalogue.document.categories:
        assert together(category.title) in key
        assert not any(together(category.title) in page for page in strips), "else the strip gives itself away"


def test_the_strips_do_not_lie_in_the_order_of_the_answers(
    made: dict[tuple[str, str], Opened], catalogue: Catalogue
) -> None:
    text = "".join(page.extract_text() for page in made["thirty-minutes", "gb"].paper("a4/05-strips").pages[:2])
    text = together(text)
    order = sorted(catalogue.principles, key=lambda one: text.index(together(one.title)))
    assert [one.number for one in order] != sorted(one.number for one in order)
    assert not any(one.category == other.category for one, other in pairwise(order))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("lesson", ["thirty-minutes", "sixty-minutes"])
def test_each_card_lies_in_its_own_cell_with_its_number_behind_it(
    paper: str, lesson: str, made: dict[tuple[str, str], Opened], catalogue: Catalogue
) -> None:
    one = made[lesson, "gb"]
    reader = one.paper(f"{paper}/06-cards")
    texts: list[tuple[str, str]] = []
    for number, card in enumerate(one.lesson.cards, start=1):
        phrases = catalogue.principle(card.principle).phrases
        texts.append((next(f"“{phrase.phrase}”" for phrase in phrases if phrase.id == card.phrase), str(number)))
    for number, claim in enumerate(one.lesson.claims, start=1):
        statement = catalogue.get("announcement", claim)
        texts += [(text, str(number)) for text in (statement.said, statement.finding)]
    across, down = PAPERS[paper]
    edge = 34.02
    wide, high = (across - 2 * edge) / 2, (down - 2 * edge) / 4
    for place, (text, behind) in enumerate(texts):
        sheet, at = divmod(place, 8)
        front, back = places(reader.pages[2 * sheet]), places(reader.pages[2 * sheet + 1])
        row, column = divmod(at, 2)

        def cell(found: tuple[float, float]) -> tuple[int, int]:
            return int((down - edge - found[1]) // high), int((found[0] - edge) // wide)

        inside = {piece for piece, found in front if cell(found) == (row, column)}
        assert together(text) in together(" ".join(piece for piece, _ in front)), text
        assert any(together(piece) in together(text) for piece in inside), text
        mirrored = [piece for piece, found in back if cell(found) == (row, 1 - column)]
        assert behind in mirrored, text


def test_the_worksheet_has_few_words_and_a_twin_in_large_type(pack: Opened) -> None:
    for paper in PAPERS:
        for name, points in (("07-worksheet", 13), ("07-worksheet-large-type", 18)):
            page = pack.paper(f"{paper}/{name}").pages[0]
            text = page.extract_text()
            assert len(text.split()) <= 90
            sizes: list[float] = []
            wanted = together(pack.lesson.worksheet[0].text)

            def note(
                piece: str,
                _: object,
                __: object,
                ___: object,
                size: float,
                found: list[float] = sizes,
                all_: str = wanted,
            ) -> None:
                if len(piece.strip()) > 3 and together(piece) in all_:
                    found.append(size)

            page.extract_text(visitor_text=note)
            assert sizes
            assert min(sizes) == pytest.approx(points)
            for task in pack.lesson.worksheet:
                assert together(task.text) in together(text)


def test_no_sheet_names_slides_that_are_not_there(made: dict[tuple[str, str], Opened]) -> None:
    for lesson in LESSONS:
        for country, there in (("gb", True), ("int", False)):
            one = made[lesson, country]
            tables = [*one.written("a4/01-teacher-sheet").tables, *one.written("00-READ-ME").tables]
            cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
            assert any(re.fullmatch(r"(\d\d, )*04(, \d\d)*", text) for text in cells) == there


def test_slides_take_the_minutes_of_the_steps(catalogue: Catalogue) -> None:
    """Where a step ends a slide ends too, up to help: else what the class sees and what the teacher reads part."""
    for lesson in catalogue.document.lessons:
        slides = dict(zip(accumulate(slide.minutes for slide in lesson.slides), lesson.slides, strict=False))
        help_ends = next(end for end, slide in slides.items() if slide.kind == "help")
        steps = {end for end in accumulate(step.minutes for step in lesson.steps) if end <= help_ends}
        assert steps
        assert steps <= set(slides), lesson.id


def test_the_teacher_sheet_has_every_step_with_its_minutes(pack: Opened) -> None:
    text = together("".join(page.extract_text() for page in pack.paper("a4/01-teacher-sheet").pages))
    start = 0
    for step in pack.lesson.steps:
        assert together(f"{start} to {start + step.minutes}") in text
        start += step.minutes
        for words in (step.title, step.say, step.text, step.listen_for):
            assert together(words) in text, words
    assert start == pack.lesson.minutes
    for one in pack.lesson.misconceptions:
        assert together(one.thought) in text
        assert together(one.answer) in text


@pytest.mark.parametrize("country", COUNTRIES)
def test_families_get_the_numbers_of_their_country(
    country: str, made: dict[tuple[str, str], Opened], catalogue: Catalogue
) -> None:
    one = made["thirty-minutes", country]
    text = together(one.paper("a4/10-family-sheet").pages[0].extract_text())
    assert together(f"https://site.test/folder/help/{country}/") in text
    own = [service for service in catalogue.document.services if service.country == country]
    for service in own:
        if "emergency" in service.needs and service.phone and service.printable("phone"):
            assert together(f"Call {service.phone.label}") in text or together(f", {service.phone.label}") in text
    foreign = {
        service.phone.label
        for service in catalogue.document.services
        if service.phone and service.country not in (country, "int") and len(service.phone.number) > 6
    } - {service.phone.label for service in own if service.phone}
    assert [label for label in foreign if together(label) in text] == []


# --- another language ---


@pytest.fixture(scope="module")
def french(catalogue: Catalogue) -> dict[str, Opened]:
    """Give the packs in French by their lesson."""
    own = catalogue.translations["fr"].catalogue
    lessons = {one.id: one for one in own.document.lessons}
    cache: dict[str, bytes] = {}
    made = {str(name): quiz for (_, name), quiz in zip(sources(own), quizzes(own, HERE, cache), strict=True)}
    slides = {(one.lesson, one.country): one for one in lesson_slides(own, HERE, cache, slides_wanted(own))}
    whole = packs(own, HERE, made, lambda figure: paper_drawing(own, HERE, render, figure), cache, slides=slides)
    return {pack.lesson: Opened(pack, lessons[pack.lesson]) for pack in whole}


def test_a_lesson_that_is_there_as_a_whole_has_a_pack_in_another_language(french: dict[str, Opened]) -> None:
    assert list(french) == ["ten-minutes", "thirty-minutes"], "claims and charts are in English alone"
    for lesson, one in french.items():
        assert one.pack.address == f"/fr/teach/packs/{lesson}-ca.zip"
        names = {name.removeprefix(f"{lesson}-ca-fr/") for name in one.archive.namelist()}
        assert {"00-LISEZ-MOI.pdf", "04-diapositives.pptx", "letter/01-fiche-pedagogique.docx"} <= names
        assert {"a4/09-feuille-aide-ca.pdf", "11-questionnaire/questions.gift", "12-pour-finir.txt"} <= names
        assert all(re.fullmatch(r"[A-Za-z0-9/.-]+", name) for name in names)
        assert len(names) == sum(len(file.sizes) for file in one.pack.files)


def test_its_papers_are_in_that_language_and_say_what_the_lesson_says(french: dict[str, Opened]) -> None:
    left = [text for name in TRANSLATED for text in texts(name) if len(text.split()) > 2 and "{" not in text]
    for one in french.values():
        said = ""
        for name in one.archive.namelist():
            content = one.archive.read(name)
            if name.endswith(".pdf"):
                reader = PdfReader(io.BytesIO(content), strict=True)
                root: Any = reader.root_object
                assert str(root["/Lang"]).startswith("fr"), name
                said += together("".join(page.extract_text() for page in reader.pages))
            elif name.endswith(".docx"):
                assert docx.Document(io.BytesIO(content)).core_properties.language == "fr-CA"
            elif name.endswith(".txt"):
                said += together(content.decode())
        lesson = one.lesson
        expected = [lesson.title, lesson.content_guidance, lesson.supervision, *lesson.goals, *lesson.family]
        expected += [text for step in lesson.steps for text in (step.title, step.say, step.text, step.listen_for)]
        expected += [text for thought in lesson.misconceptions for text in (thought.thought, thought.answer)]
        expected += [*lesson.distancing, *(task.text for task in lesson.worksheet)]
        expected += [f"Dans nos mots : {card.words}" for card in lesson.cards]
        assert [text for text in expected if together(text) not in said] == []
        assert [text for text in left if together(text) in said and say("fr", text) != text] == []
        assert together("https://site.test/folder/fr/help/ca/") in said


# --- documents and texts ---


def test_documents_open_and_say_what_the_papers_say(pack: Opened) -> None:
    for name in ("00-READ-ME", *(f"{paper}/{one}" for paper in PAPERS for one in EDITED)):
        file = pack.written(name)
        paper = together("".join(page.extract_text() for page in pack.paper(name).pages))
        said = [paragraph.text for paragraph in file.paragraphs]
        said += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        texts = [together(re.sub(r"^\d+\. ", "", text)) for text in said if text.strip("_ ")]
        assert texts
        assert [text for text in texts if text not in paper] == [], name
        about = file.core_properties
        assert about.title
        assert (about.language, about.author, about.comments) == ("en-GB", "A name", "")
        assert file.paragraphs[1].style.name == "Heading 1"
        assert not [part.partname for part in file.part.package.iter_parts() if part.partname.endswith(".jpeg")]


def test_texts_name_sources_terms_and_endings(pack: Opened, catalogue: Catalogue) -> None:
    sources = pack.file("SOURCES.txt").decode()
    for identifier in pack.lesson.sources:
        source = catalogue.get("sources", identifier)
        assert source.title in sources
        assert (source.url or "") in sources
    assert "None" not in sources
    licence = pack.file("LICENCE.txt").decode()
    assert "CC BY 4.0" in licence
    assert "https://creativecommons.org/licenses/by/4.0/" in licence
    assert f"https://site.test/folder/teach/{pack.lesson.id}/" in licence
    ending = pack.file("12-distancing.txt").decode()
    assert all(text in ending for text in pack.lesson.distancing)


# --- the page ---


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_page_offers_each_pack_and_lists_what_is_inside_with_true_sizes(lesson: str, site: BuiltSite) -> None:
    page = site.pages[f"/teach/{lesson}/"]
    offered = page.soup.select(".pack-list a")
    assert len(offered) == len(COUNTRIES)
    for link in offered:
        file = site.folder / "teach" / "packs" / str(link["href"]).rpartition("/")[2]
        size = max(1, round(file.stat().st_size / 1000))
        assert link.parent
        assert f"{size} KB" in link.parent.get_text()
    with zipfile.ZipFile(site.folder / "teach" / "packs" / f"{lesson}-au.zip") as archive:
        entries = {entry.filename.partition("/")[2]: entry.file_size for entry in archive.infolist()}
    rows = [row.get_text(" ", strip=True) for row in page.soup.select(".pack-table tbody tr")]
    told = " ".join(rows)
    for name, size in entries.items():
        if not name.startswith(("letter/", "11-quiz/")):
            assert f"{name.rpartition('.')[2].upper()}, {max(1, round(size / 1000))} KB" in told, name


def test_a_page_in_another_language_offers_the_pack_in_that(site: BuiltSite) -> None:
    page = site.pages["/fr/teach/thirty-minutes/"]
    (link,) = page.soup.select(".pack-list a")
    file = site.folder / "fr" / "teach" / "packs" / str(link["href"]).rpartition("/")[2]
    assert link.parent
    assert f"{max(1, round(file.stat().st_size / 1000))} Ko" in link.parent.get_text()
    assert [row.th.get_text() for row in page.soup.select(".pack-table tbody tr") if row.th][
        1
    ] == "01 Fiche pédagogique"
    assert page.soup.select('a[href$="thirty-minutes-ca-slides.pptx"]')
    assert not site.pages["/fr/teach/sixty-minutes/"].soup.select(".pack-list a")
