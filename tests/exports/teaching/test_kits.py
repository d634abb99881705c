"""The teaching kits, unpacked and read back: slides, papers and texts, held against the data."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import pptx
import pytest
from PIL import ImageFont
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pypdf import PdfReader

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.teaching.handouts import Handout, handouts
from macros.exports.teaching.kits import Kit, kits
from macros.exports.teaching.quiz import FILES, Quiz, quizzes
from macros.formats import pptx_text
from macros.formats.content import Content
from macros.formats.pptx_text import Block, Paragraph, Run, Section
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo
from macros.palette import palette
from tests.conftest import BuiltSite
from tests.exports.teaching.test_handouts import A4, HOSTILE, LETTER, PRINTER, SET_BEFORE, poisoned, together

HERE = SiteInfo("A name", "https://site.test/folder/", 1_600_000_000)
MOMENT = (2020, 9, 13, 12, 26, 40)
BOLD_IS_WIDER = 1.1
"""How much wider the bold face is at most than the one that text is measured with here."""


SENTENCE = "The sentence, taken apart"
"""The title of the slide with the drawing."""


@dataclass
class Opened:
    """A kit as somebody who has unpacked it sees it."""

    kit: Kit

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.kit.content.read()))

    def file(self, end: str) -> bytes:
        return self.archive.read(f"principle-{self.kit.number}/{end}")

    def named(self, end: str) -> bytes:
        return self.file(f"principle-{self.kit.number}-{end}")

    @cached_property
    def show(self) -> Any:
        return pptx.Presentation(io.BytesIO(self.named("slides.pptx")))

    @cached_property
    def paper(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.named("questions.pdf")), strict=True)

    @cached_property
    def printed(self) -> list[str]:
        return [together(page.extract_text()) for page in self.paper.pages]

    def pages(self, reader: str) -> list[str]:
        return [text for text in self.printed if together(f"{reader} · Principle") in text]

    def text(self, reader: str) -> str:
        return self.named(f"questions-for-the-{reader}.txt").decode()

    @cached_property
    def shown(self) -> str:
        return "\n".join(shape.text_frame.text for slide in self.show.slides for shape in slide.placeholders)

    @cached_property
    def spoken(self) -> str:
        return "\n".join(slide.notes_slide.notes_text_frame.text for slide in self.show.slides)


NUMBERS = {"help-gb.pdf": Content(b"%PDF of one country"), "help-nz.pdf": Content(b"%PDF of another")}
"""Sheets of numbers as the kits get them; what is on them is for `tests/pages/test_help_pages.py`."""


def of_principles(catalogue: Catalogue) -> dict[int, Quiz]:
    return {
        one.number: made for one, made in zip(catalogue.principles, quizzes(catalogue, HERE, SET_BEFORE), strict=False)
    }


def opened(catalogue: Catalogue, *principles: kinds.Principle) -> dict[int, Opened]:
    """Make the kits of some principles, or of all, and open them."""
    sheets = {sheet.number: sheet for sheet in handouts(catalogue, HERE, SET_BEFORE)}
    made = kits(catalogue, HERE, sheets, NUMBERS, of_principles(catalogue), SET_BEFORE, principles or None)
    return {kit.number: Opened(kit) for kit in made}


@pytest.fixture(scope="module")
def made(catalogue: Catalogue) -> dict[int, Opened]:
    return opened(catalogue)


@pytest.fixture
def kit(principle: kinds.Principle, made: dict[int, Opened]) -> Opened:
    return made[principle.number]


@pytest.fixture
def exercise(principle: kinds.Principle, catalogue: Catalogue) -> kinds.Exercise:
    found = catalogue.exercise(principle)
    assert found
    return found


def right(item: kinds.SelfCheck) -> tuple[int, str]:
    return next((place, answer.text) for place, answer in enumerate(item.answers) if answer.right)


# --- the archive ---


def test_it_holds_files_whose_names_stay_clear_outside_it(kit: Opened) -> None:
    number = kit.kit.number
    names = [name.removeprefix(f"principle-{number}/") for name in kit.archive.namelist()]
    assert names == [
        "README.txt",
        *(
            f"principle-{number}-{end}"
            for end in (
                "handout.pdf",
                "slides.pptx",
                "questions.pdf",
                "questions-for-the-class.txt",
                "questions-for-the-teacher.txt",
            )
        ),
        *(f"numbers/{name}" for name in NUMBERS),
        *(f"quiz/{name}" for name in FILES),
    ]
    assert kit.archive.testzip() is None
    readme = kit.file("README.txt").decode()
    assert all(name in readme for name in names[1:6])
    assert "numbers/: numbers that help on one page per country" in readme
    assert {name: kit.file(f"numbers/{name}") for name in NUMBERS} == {
        name: content.read() for name, content in NUMBERS.items()
    }
    assert "quiz/: the questions to check oneself as files for Moodle" in readme


@pytest.fixture(scope="module")
def sheets(catalogue: Catalogue) -> dict[int, Handout]:
    return {sheet.number: sheet for sheet in handouts(catalogue, HERE, SET_BEFORE)}


def test_the_handout_is_the_one_on_the_site(kit: Opened, sheets: dict[int, Handout]) -> None:
    assert kit.named("handout.pdf") == sheets[kit.kit.number].content.read()


def test_every_file_bears_the_moment_of_the_edition(kit: Opened) -> None:
    within = zipfile.ZipFile(io.BytesIO(kit.named("slides.pptx")))
    assert {entry.date_time for entry in (*kit.archive.infolist(), *within.infolist())} == {MOMENT}
    about = kit.show.core_properties
    assert {about.created.replace(tzinfo=None), about.modified.replace(tzinfo=None)} == {datetime(*MOMENT)}
    assert kit.paper.metadata
    assert kit.paper.metadata.creation_date == datetime(*MOMENT, tzinfo=UTC)


def test_every_file_says_edition_address_licence_and_help(kit: Opened, catalogue: Catalogue) -> None:
    change = catalogue.latest_change
    assert change
    number = kit.kit.number
    expected = [
        f"Edition of {long_date(change.date)}",
        f"https://site.test/folder/principles/{number}/",
        "https://site.test/folder/help/",
        "CC BY 4.0",
        "A name",
    ]
    texts = {
        "readme": kit.file("README.txt").decode(),
        "class": kit.text("class"),
        "teacher": kit.text("teacher"),
        "class on paper": "".join(kit.pages("For the class")),
        "teacher on paper": "".join(kit.pages("For the teacher")),
        "slides": kit.shown,
    }
    missing = [
        (name, words) for name, text in texts.items() for words in expected if together(words) not in together(text)
    ]
    assert missing == []
    readme = texts["readme"]
    assert f"https://site.test/folder/handouts/principle-{number}.pdf" in readme
    assert f"https://site.test/folder/principles/{number}/#cite" in readme
    for lesson in catalogue.about("lessons", catalogue.principle(number)):
        assert f"https://site.test/folder/teach/{lesson.id}/" in readme


def test_help_names_every_emergency_number(kit: Opened, catalogue: Catalogue) -> None:
    services = [one for one in catalogue.document.services if "emergency" in one.needs and one.printable("phone")]
    numbers = {one.phone.label for one in services if one.phone and one.country != "int"}
    assert numbers
    for text in (kit.shown, kit.text("class"), kit.text("teacher"), kit.file("README.txt").decode()):
        assert all(f"{number} (" in text for number in numbers)


# --- the slides ---


def test_each_slide_has_a_title_of_its_own_and_nothing_empty(kit: Opened) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in kit.show.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in kit.show.slides:
        shapes = list(slide.shapes)
        further = [False] * (len(shapes) - 2) if shapes[0].text_frame.text == SENTENCE else []
        assert [shape.is_placeholder for shape in shapes] == [True, True, *further]
        assert shapes[0] == slide.shapes.title  # read first
        assert all(shape.text_frame.text.strip() for shape in shapes)
        assert slide.notes_slide.notes_text_frame.text.strip()
        for shape in slide.notes_slide.placeholders:
            pictured = shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_IMAGE
            assert pictured or shape.text_frame.text.strip()


def test_there_is_no_picture_without_words(kit: Opened) -> None:
    """Marks and bars stand on the layouts, which are decoration and are not read aloud."""
    for slide in kit.show.slides:
        for picture in slide.element.iter("{*}pic"):
            assert picture.find(".//{*}cNvPr").get("descr")
    with zipfile.ZipFile(io.BytesIO(kit.named("slides.pptx"))) as parts:
        assert not any(name.endswith((".png", ".jpeg", ".bin")) for name in parts.namelist())


def test_language_shape_and_properties(kit: Opened, principle: kinds.Principle) -> None:
    show = kit.show
    assert show.slide_width * 9 == show.slide_height * 16
    about = show.core_properties
    assert (about.title, about.author, about.language) == (principle.tab_title, "A name", "en-GB")
    with zipfile.ZipFile(io.BytesIO(kit.named("slides.pptx"))) as parts:
        for name in parts.namelist():
            if name.endswith(".xml") and not name.endswith(("theme1.xml", "theme2.xml")):
                assert set(re.findall(rb' lang="([^"]*)"', parts.read(name))) <= {b"en-GB"}, name
    (listed,) = show.element.iter("{*}notesMasterId")
    assert show.part.related_part(listed.get(qn("r:id"))) is show.notes_master.part
    for slide in show.slides:
        for owner in (slide, slide.notes_slide):
            for run in owner.element.iter("{*}r"):
                assert run.find("{*}rPr").get("lang") == "en-GB"


def test_slides_say_what_the_data_says(kit: Opened, principle: kinds.Principle, exercise: kinds.Exercise) -> None:
    expected = [
        principle.title,
        *(getattr(principle.in_brief, name).text for name in kinds.Brief.model_fields),
        *(f"“{phrase.phrase}”" for phrase in principle.phrases),
        *(phrase.meaning for phrase in principle.phrases),
        *(claim.text for claim in principle.does_not_say),
        *exercise.discussion,
        *(item.question for item in exercise.self_check),
        *(answer.text for item in exercise.self_check for answer in item.answers),
    ]
    assert [text for text in expected if text not in kit.shown] == []
    whole = [
        question
        for question in principle.open_questions
        if question.question in kit.shown and all(view.text in kit.shown for view in question.views)
    ]
    assert len(whole) == 1
    assert principle.content_note in kit.spoken


def test_slides_note_what_is_ours_and_what_is_not_sure(
    kit: Opened, principle: kinds.Principle, catalogue: Catalogue
) -> None:
    shown = [one for one in principle.open_questions if one.question in kit.shown]
    parts = [
        *principle.phrases,
        *vars(principle.in_brief).values(),
        *principle.does_not_say,
        *(view for question in shown for view in question.views),
    ]
    assert kit.shown.count("(our reading)") == sum(part.ours for part in parts)
    for word in catalogue.document.confidences[1:]:
        assert kit.shown.count(f"({word.label})") == sum(part.confidence == word.id for part in parts)
        assert (f"{word.label}. {word.meaning}" in kit.shown) == (principle.confidence == word.id)


def test_the_sentence_is_drawn_in_native_shapes_in_the_order_of_the_text(
    kit: Opened, principle: kinds.Principle, catalogue: Catalogue
) -> None:
    (slide,) = (one for one in kit.show.slides if one.shapes.title.text == SENTENCE)
    assert list(slide.shapes)[:2] == list(slide.placeholders), "title and lead are read first"
    boxes = list(slide.shapes)[2:]
    parts = [inner for part in principle.sentence.parts for inner in (part, *part.within)]
    phrases = {phrase.id: phrase for phrase in principle.phrases}
    assert len(boxes) == len(parts) + len(principle.sentence.silent)
    said = slide.notes_slide.notes_text_frame.text
    lines = {"aim": ("dash", "sng"), "action": ("solid", "sng"), "scope": ("solid", "dbl")}
    for box, part in zip(boxes, parts, strict=False):
        phrase = phrases.get(part.phrase or "")
        words = phrase.phrase if phrase else str(part.words)
        read = phrase is not None and phrase.confidence != "unchecked"
        assert (f"“{words}”" if read else words) in box.text_frame.text
        assert ("“" in box.text_frame.text) == read
        told = box.element.nvSpPr.cNvPr.get("descr")
        assert told in said
        assert told.endswith(part.gloss)
        edge = box.element.find(f".//{qn('a:ln')}")
        usual = ("sysDot", "sng")
        wanted = (
            usual if isinstance(part, kinds.InnerPart) and not hasattr(part, "slot") else lines.get(part.kind, usual)
        )
        assert (edge.find(qn("a:prstDash")).get("val"), edge.get("cmpd")) == wanted
    for box, slot in zip(boxes[len(parts) :], principle.sentence.silent, strict=True):
        assert box.text_frame.text == f"{catalogue.word('sentence_slots', slot).label} not said"
    assert min(int(run.get("sz")) for box in boxes for run in box.element.iter(qn("a:rPr"))) >= 2000
    corners = [(box.left, box.top, box.left + box.width, box.top + box.height) for box in slide.shapes]
    assert max(bottom for _, _, _, bottom in corners) <= kit.show.slide_height * 0.91, "the imprint stands below"
    for place, (left, top, right, bottom) in enumerate(corners):
        for other in corners[place + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    for box in boxes:
        needed = drawn(box, 22) - pptx_text.INSET - pptx_text.BEFORE
        assert needed <= box.height.pt, box.text_frame.text


def drawn(shape: Any, size: int) -> float:
    """Give the points that a placeholder's text needs in height, by a typeface about as wide as the one asked for."""
    across = shape.width.pt - 2 * pptx_text.INSET
    total = pptx_text.INSET
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.pPr
        left = int(properties.get("marL", 0)) / 12700 if properties is not None else 0
        points = max(run.font.size.pt if run.font.size else size for run in paragraph.runs)
        words = [
            (word, BOLD_IS_WIDER if run.font.bold else 1.0)
            for run in paragraph.runs
            if not run.text.endswith("\t")  # what stands in the column before the text
            for word in re.findall(r"\S+\s*|\s+", run.text)
        ]
        face = ImageFont.load_default(points)
        lines, filled = 1, 0.0
        for word, wider in words:
            wide = face.getlength(word.rstrip()) * wider
            if filled and filled + wide > across - left:
                lines, filled = lines + 1, 0.0
            filled += face.getlength(word) * wider
        gap = properties.find("{*}spcBef") if properties is not None else None
        total += lines * points * pptx_text.LINE + (pptx_text.BEFORE if gap is None else int(gap[0].get("val")) / 100)
    return total


def test_text_fits_its_slide_and_is_large(kit: Opened) -> None:
    for place, slide in enumerate(kit.show.slides):
        title, body = slide.placeholders
        assert drawn(title, 32 if place else 44) <= title.height.pt, slide.shapes.title.text_frame.text
        assert drawn(body, pptx_text.SIZE) <= body.height.pt, slide.shapes.title.text_frame.text
        sizes = {int(run.get("sz", 2400)) for run in body.element.iter("{*}rPr")}
        assert min(sizes) >= 2000
        assert body.top >= title.top + title.height
        assert body.top + body.height <= kit.show.slide_height


def test_links_are_the_addresses_that_are_shown(kit: Opened) -> None:
    found = {
        run.text: run.hyperlink.address
        for slide in kit.show.slides
        for shape in slide.placeholders
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    }
    assert found
    assert all(text == address for text, address in found.items())
    assert f"https://site.test/folder/principles/{kit.kit.number}/" in found


def test_the_theme_of_slides_is_the_palette(kit: Opened) -> None:
    own = palette()
    with zipfile.ZipFile(io.BytesIO(kit.named("slides.pptx"))) as file:
        theme = file.read("ppt/theme/theme1.xml").decode()
    for slot, colour in (("dk1", "ink"), ("dk2", "primary"), ("lt1", "paper"), ("lt2", "panel"), ("hlink", "link")):
        assert re.search(rf'<a:{slot}><a:srgbClr [^>]*val="{own.digits[colour]}"/></a:{slot}>', theme), slot
    for place, mark in enumerate(own.marks[:6], start=1):
        assert re.search(rf'<a:accent{place}><a:srgbClr [^>]*val="{mark.light[1:]}"/></a:accent{place}>', theme), place
    for kind, face in (("majorFont", "slide_heading"), ("minorFont", "slide_text")):
        assert re.search(rf'<a:{kind}>\s*<a:latin typeface="{own.faces[face]}"', theme), kind


# --- answers ---


def explained(exercise: kinds.Exercise) -> Iterator[str]:
    for place, item in enumerate(exercise.self_check, start=1):
        letter, text = right(item)
        yield f"Answer to {place}: {'ABCD'[letter]}. {text}"
        yield item.why


def test_answers_stand_in_the_notes_and_for_the_teacher_only(kit: Opened, exercise: kinds.Exercise) -> None:
    answers = list(explained(exercise))
    assert len(answers) == 10
    paper = {reader: "".join(kit.pages(f"For the {reader}")) for reader in ("class", "teacher")}
    for answer in answers:
        assert answer in kit.spoken
        assert answer in kit.text("teacher")
        assert together(answer) in paper["teacher"]
        assert answer not in kit.shown
        assert answer not in kit.text("class")
        assert together(answer) not in paper["class"]
    for text in (kit.shown, kit.text("class"), paper["class"]):
        assert "Answerto" not in together(text)


def test_the_notes_of_a_slide_answer_the_questions_on_it(kit: Opened, exercise: kinds.Exercise) -> None:
    seen = []
    for slide in kit.show.slides:
        body, notes = slide.placeholders[1].text_frame.text, slide.notes_slide.notes_text_frame.text
        for item in exercise.self_check:
            assert (item.question in body) == (item.why in notes)
            seen += [item.id] if item.question in body else []
    assert seen == [item.id for item in exercise.self_check]


def test_class_and_teacher_have_the_same_questions(kit: Opened, exercise: kinds.Exercise, catalogue: Catalogue) -> None:
    for reader in ("class", "teacher"):
        paper, text = "".join(kit.pages(f"For the {reader}")), kit.text(reader)
        said = [*exercise.discussion, *(item.question for item in exercise.self_check)]
        said += [answer.text for item in exercise.self_check for answer in item.answers]
        assert [words for words in said if words not in text or together(words) not in paper] == []
    notes = [note for note in catalogue.document.notes if note.id in ("before-you-start", "if-a-pupil-discloses")]
    assert len(notes) == 2
    for note in notes:
        for claim in note.body:
            assert claim.text in kit.text("teacher")
            assert claim.text in kit.spoken
            assert claim.text not in kit.text("class")


# --- the papers ---


def test_questions_about_words_that_nobody_read_say_so(kit: Opened, exercise: kinds.Exercise) -> None:
    said = "These questions are about words that we could not all read."
    doubted = exercise.confidence == "unchecked"
    assert (exercise.principle in range(8, 12)) == doubted
    for text in (kit.text("class"), kit.text("teacher"), "".join(kit.pages("For the class"))):
        assert (together(said) in together(text)) == doubted
    for title in ("To discuss", "Check yourself"):
        shown = [slide for slide in kit.show.slides if slide.shapes.title.text.startswith(title)]
        assert shown
        for slide in shown:
            text = "\n".join(shape.text_frame.text for shape in slide.placeholders)
            assert (said in text) == doubted, title


def test_the_paper_is_tagged_and_says_its_title_and_language(kit: Opened) -> None:
    root: Any = kit.paper.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert kit.paper.metadata
    assert kit.paper.metadata.title == f"Questions on principle {kit.kit.number}"
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", root["/Metadata"].get_data())


def test_the_class_gets_one_page_and_both_papers_hold_it(kit: Opened) -> None:
    assert len(kit.pages("For the class")) == 1
    assert len(kit.pages("For the class")) + len(kit.pages("For the teacher")) == len(kit.paper.pages)
    lost = (A4[1] - LETTER) / 2 + PRINTER
    for page in kit.paper.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=0.1)
        heights: list[float] = []

        def note(text: str, place: list[float], line: list[float], *_: object, found: list[float] = heights) -> None:
            if text.strip():
                found.append(line[4] * place[1] + line[5] * place[3] + place[5])

        page.extract_text(visitor_text=note)
        assert lost < min(heights)
        assert max(heights) < A4[1] - lost


# --- what nobody would write ---


def test_hostile_text_is_only_text(catalogue: Catalogue) -> None:
    markup = ("<a:t>&amp;</a:t>", "{page} {missing} {", "<p:sp/> ]]> &#0;", '"/><script>', "https://evil.example/")
    texts = (*HOSTILE, *markup)
    claims = tuple(kinds.Claim.model_construct(text=text, ours=False, confidence=None, sources=()) for text in texts)
    hostile = poisoned(catalogue, 1, title=markup[0], tab_title=markup[1], does_not_say=claims)
    kit = opened(hostile, hostile.principle(1))[1]
    assert [text for text in texts if text not in kit.shown] == []
    assert kit.show.core_properties.title == markup[1]
    with zipfile.ZipFile(io.BytesIO(kit.named("slides.pptx"))) as parts:
        assert not any(b'Target="https://evil' in parts.read(name) for name in parts.namelist())
    assert markup[0] in kit.file("README.txt").decode()


def test_what_is_too_long_goes_on_to_further_slides() -> None:
    long = Paragraph((Run("word " * 600),))
    pages = list(pptx_text.slides_of(Section("Title", (Block((long,), ("note",)),), notes=("first",))))
    assert len(pages) > 1
    assert [title for title, _, _ in pages] == [f"Title ({place}/{len(pages)})" for place in range(1, len(pages) + 1)]
    assert all(pptx_text.height(paragraphs) <= pptx_text.ROOM for _, paragraphs, _ in pages)
    assert " ".join(paragraph.text for _, paragraphs, _ in pages for paragraph in paragraphs).split() == ["word"] * 600
    assert [notes for _, _, notes in pages][:2] == [["first", "note"], ["first"]]


def test_blocks_stay_whole_in_order_and_slides_are_filled_alike() -> None:
    blocks = tuple(Block((Paragraph((Run(f"{place} " + "word " * 40),)),)) for place in range(5))
    pages = list(pptx_text.slides_of(Section("Title", blocks)))
    told = [paragraph.text for _, paragraphs, _ in pages for paragraph in paragraphs]
    assert told == [block.paragraphs[0].text for block in blocks]
    assert [len(paragraphs) for _, paragraphs, _ in pages] == [3, 2]  # and not as many as fit, and one


def test_a_principle_without_questions_has_no_kit(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(catalogue), "exercise", lambda self, principle: None)
    assert list(kits(catalogue, HERE, {1: Handout(1, Content(b""))}, NUMBERS, {}, {})) == []


# --- the site ---


def test_pages_link_to_them_and_say_what_is_inside(site: BuiltSite, principle: kinds.Principle) -> None:
    name = f"teach/kits/principle-{principle.number}.zip"
    size = f"{round((site.folder / name).stat().st_size / 1000)} KB"
    for address in (f"/principles/{principle.number}/", "/teach/"):
        link = site[address].soup.select_one(f'a[href$="kits/principle-{principle.number}.zip"]')
        assert link is not None
        assert link.parent is not None
        assert size in link.parent.get_text()
        assert "slides" in site[address].main
