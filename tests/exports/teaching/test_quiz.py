"""The quizzes for learning platforms, read back with programs of others and held against the data."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.teaching.quiz import FILES, Quiz, quiz_content, quizzes, sources
from macros.exports.teaching.quiz_content import QuizContent, QuizQuestion
from macros.exports.teaching.quiz_gift import gift
from macros.exports.teaching.quiz_qti import qti_package
from macros.exports.teaching.quiz_table import quiz_table
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo, edition
from macros.unicode_text import visible
from tests.conftest import BuiltSite
from tests.exports.teaching.quiz_readers import GiftReader, Package, Read, rows, written
from tests.exports.teaching.test_handouts import together

HERE = SiteInfo("A name", "https://site.test/folder/", 1_600_000_000)
MOMENT = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
FORMULA = re.compile(r"[=+\-@\t\r]")


@dataclass
class Made:
    """A quiz, what it is made for, and what its files should say."""

    quiz: Quiz
    exercises: list[kinds.Exercise]
    page: str

    def text(self, name: str) -> str:
        return self.quiz.files[name].read().decode()

    @property
    def expected(self) -> list[Read]:
        """The questions of the data, in order."""
        return [
            Read(
                item.question,
                tuple(answer.text for answer in item.answers),
                next(place for place, answer in enumerate(item.answers) if answer.right),
                (item.why, NOTE) if exercise.confidence == "unchecked" else (item.why,),
            )
            for exercise in self.exercises
            for item in exercise.self_check
        ]


NOTE = "Not yet checked. This question is about words that we could not all read. The answer holds as far as we know."


@pytest.fixture(scope="module")
def every(catalogue: Catalogue) -> dict[str, Made]:
    """All quizzes by the addresses of their folders."""
    found = {}
    for source, quiz in zip(sources(catalogue).values(), quizzes(catalogue, HERE, {}), strict=True):
        if isinstance(source, kinds.Lesson):
            about, page = [catalogue.principle(number) for number in source.principles], f"teach/{source.id}/"
        else:
            about, page = [source], f"principles/{source.number}/"
        exercises = [one for one in map(catalogue.exercise, about) if one]
        found[quiz.folder] = Made(quiz, exercises, HERE.to(page))
    return found


@pytest.fixture(scope="module")
def reader() -> Iterator[GiftReader]:
    made = GiftReader()
    yield made
    made.close()


def test_every_principle_and_every_lesson_with_questions_has_one(every: dict[str, Made], catalogue: Catalogue) -> None:
    lessons = [lesson.id for lesson in catalogue.document.lessons if lesson.principles]
    assert list(every) == [
        *(f"/teach/quiz/principle-{number}/" for number in range(1, kinds.PRINCIPLE_COUNT + 1)),
        *(f"/teach/{name}/quiz/" for name in lessons),
    ]
    assert lessons
    for made in every.values():
        assert list(made.quiz.files) == list(FILES)
        assert len(made.expected) == 5 * len(made.exercises)


# --- what readers read ---


def test_gift_holds_the_questions_of_the_data(every: dict[str, Made], reader: GiftReader) -> None:
    for folder, made in every.items():
        items = reader.items(made.text("questions.gift"))
        assert reader.questions(made.text("questions.gift")) == made.expected, folder
        kinds_of_items = [item["type"] for item in items]
        assert kinds_of_items == ["Category", "Description", *["Category", *["MC"] * 5] * len(made.exercises)], folder
        names = [item["title"] for item in items if item["type"] == "MC"]
        assert names == [f"Principle {one.principle}, question {at}" for one in made.exercises for at in range(1, 6)]
        filed = [item["title"] for item in items if item["type"] == "Category"]
        top = "Voluntary Principles"
        assert filed == [top, *(f"{top}/Principle {one.principle}" for one in made.exercises)]


def test_another_language_has_quizzes_with_names_of_their_own(catalogue: Catalogue, reader: GiftReader) -> None:
    own = catalogue.translations["fr"].catalogue
    for lesson, quiz in zip(sources(own).values(), quizzes(own, HERE, {}), strict=True):
        assert isinstance(lesson, kinds.Lesson)
        assert quiz.folder == f"/fr/teach/{lesson.id}/quiz/"
        exercises = [one for one in map(own.exercise, map(own.principle, lesson.principles)) if one]
        expected = Made(quiz, exercises, "").expected
        assert reader.questions(quiz.files["questions.gift"].read().decode()) == expected
        package = Package(quiz.files["questions-qti12.zip"].read())
        assert list(package.questions()) == expected
        assert "<imsmd:language>fr</imsmd:language>" in package.archive.read("imsmanifest.xml").decode()
        (questions,) = (name for name in package.archive.namelist() if f"{lesson.id}-fr.xml" in name)
        assert all(
            name.endswith("-fr")
            for name in re.findall(r'<item ident="([^"]+)"', package.archive.read(questions).decode())
        )


def test_qti_holds_the_questions_of_the_data(every: dict[str, Made]) -> None:
    for folder, made in every.items():
        package = Package(made.quiz.files["questions-qti12.zip"].read())
        assert list(package.questions()) == made.expected, folder
        manifest = package.archive.read("imsmanifest.xml").decode()
        named = re.findall(r'<file href="([^"]+)"', manifest)
        assert ["imsmanifest.xml", *named] == package.archive.namelist()
        asked = set(re.findall(r'identifierref="([^"]+)"', manifest))
        assert asked
        assert asked <= set(re.findall(r'<resource identifier="([^"]+)"', manifest))
        idents = [item.get("ident") for item in package.xml(package.place).iter() if item.tag.endswith("}item")]
        assert len(set(idents)) == len(made.expected)


def test_a_question_has_one_name_wherever_it_stands(every: dict[str, Made]) -> None:
    """A platform that has it already can tell, and names stay when questions move."""
    by_text: dict[str, set[str]] = {}
    for made in every.values():
        package = Package(made.quiz.files["questions-qti12.zip"].read())
        items = [item for item in package.xml(package.place).iter() if item.tag.endswith("}item")]
        for item, question in zip(items, package.questions(), strict=True):
            by_text.setdefault(question.text, set()).add(str(item.get("ident")))
    assert all(len(names) == 1 for names in by_text.values())
    assert {"vp-principle-1-known"} in by_text.values()


def test_the_table_holds_the_questions_of_the_data(every: dict[str, Made]) -> None:
    for folder, made in every.items():
        table = rows(made.quiz.files["questions.csv"].read())
        read = [
            Read(
                row["question"],
                tuple(filter(None, (row[f"answer {name}"] for name in "ABCD"))),
                "ABCD".index(row["right"]),
                tuple(filter(None, (row["reason"], row["note"]))),
            )
            for row in table
        ]
        assert read == made.expected, folder
        assert [row["right answer"] for row in table] == [one.answers[one.right] for one in made.expected]
        assert made.quiz.files["questions.csv"].read().startswith(b"\xef\xbb\xbf"), "Excel would spoil quotation marks"


def test_answers_on_paper_fill_one_page_for_each_principle(every: dict[str, Made]) -> None:
    for folder, made in every.items():
        paper = PdfReader(io.BytesIO(made.quiz.files["answers.pdf"].read()), strict=True)
        root: Any = paper.root_object
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"].value) == ("en-GB", True)
        assert paper.metadata
        assert paper.metadata.creation_date == MOMENT
        pages = [together(page.extract_text()) for page in paper.pages]
        assert len(pages) == len(made.exercises), folder
        for page, exercise in zip(pages, made.exercises, strict=True):
            for item in exercise.self_check:
                right = next(at for at, answer in enumerate(item.answers) if answer.right)
                said = [item.question, *(answer.text for answer in item.answers), f"Right: {'ABC'[right]}. {item.why}"]
                assert [text for text in said if together(text) not in page] == []
            assert (together("Not yet checked. These questions") in page) == (exercise.confidence == "unchecked")
            assert "Wheretogethelp" in page


# --- where they come from ---


def test_every_file_says_whose_it_is_and_on_which_terms(
    every: dict[str, Made], catalogue: Catalogue, reader: GiftReader
) -> None:
    day = edition(catalogue)
    for folder, made in every.items():
        shown = next(item for item in reader.items(made.text("questions.gift")) if item["type"] == "Description")
        package = Package(made.quiz.files["questions-qti12.zip"].read())
        paper = PdfReader(io.BytesIO(made.quiz.files["answers.pdf"].read()), strict=True)
        texts = {
            "GIFT, for who imports it": shown["stem"]["text"],
            "GIFT, for who opens it": made.text("questions.gift").partition("$CATEGORY")[0],
            **{f"QTI, {name}": package.archive.read(name).decode() for name in package.archive.namelist()},
            "how to import": made.text("how-to-import.txt"),
            "paper": "".join(page.extract_text() for page in paper.pages),
        }
        pages = [made.page, *(HERE.to(f"principles/{one.principle}/") for one in made.exercises)]
        for name, text in texts.items():
            said = ["A name", f"Edition of {long_date(day)}", "CC BY 4.0", "licenses/by/4.0/", HERE.to("help/")]
            assert [words for words in said if together(words) not in together(text)] == [], (folder, name)
            assert any(together(page) in together(text) for page in pages), (folder, name)
        assert f"<imsmd:dateTime>{day}</imsmd:dateTime>" in package.archive.read("imsmanifest.xml").decode()
        for row in rows(made.quiz.files["questions.csv"].read()):
            assert (row["licence"], row["edition"], row["page"]) == ("CC BY 4.0", str(day), made.page)
            assert "A name" in row["credit"]


def test_how_to_import_names_every_file_and_every_platform(every: dict[str, Made]) -> None:
    for made in every.values():
        text = made.text("how-to-import.txt")
        platforms = ("Moodle", "Canvas", "Microsoft Forms", "Google Forms")
        assert [name for name in (*platforms, *FILES) if name not in text] == ["how-to-import.txt"]
        assert "We did not try them in the platforms themselves." in text
        assert not re.search(r"[{}]", text)


def held(quiz: Quiz) -> dict[str, bytes]:
    return {name: content.read() for name, content in quiz.files.items()}


def test_the_same_data_gives_the_same_bytes(every: dict[str, Made], catalogue: Catalogue) -> None:
    again = {quiz.folder: held(quiz) for quiz in quizzes(catalogue, HERE, {})}
    assert again == {folder: held(made.quiz) for folder, made in every.items()}
    for files in again.values():
        with zipfile.ZipFile(io.BytesIO(files["questions-qti12.zip"])) as package:
            assert {entry.date_time for entry in package.infolist()} == {MOMENT.timetuple()[:6]}


# --- what nobody would write ---

MEANING = st.sampled_from(
    [
        *("~", "=", "#", "####", "{", "}", ":", "::", "\\", "\\n", "\\=", "//", "->", "%50%", "%", "&&092;", "&&061;"),
        *(
            "[html]",
            "[plain]",
            "[id:x]",
            "$CATEGORY: ",
            "T",
            "TRUE",
            "<b>",
            "</mattext>",
            "<br",
            "&amp;",
            "&",
            "<",
            ">",
        ),
        *("]]>", "<![CDATA[", "<!--", "&#0;", '"', "'", ",", ";", ";=", "@", "+", "-", "=1+1", " ", "a", "é", "\u2019"),
    ]
)
"""Signs and words that mean something in one of the formats."""

LINES = (st.lists(MEANING, min_size=1, max_size=8).map("".join) | st.text(min_size=1, max_size=30)).map(
    lambda text: visible(text).strip() or "?"
)
"""Texts as a quiz holds them: one line, nothing invisible in it."""

NAMES = LINES.filter(lambda text: "&&" not in text)
"""The same for names, which are no HTML: readers take `&&058;` in one for a colon. Ours are words and numbers."""


@st.composite
def invented(draw: st.DrawFn) -> QuizContent:
    """Give a quiz of questions that nobody would write."""
    questions = []
    for place in range(1, draw(st.integers(1, 3)) + 1):
        answers = draw(st.lists(LINES, min_size=2, max_size=4))
        questions.append(
            QuizQuestion(
                id=f"q{place}",
                name=draw(NAMES),
                category=draw(LINES),
                principle=place,
                place=place,
                text=draw(LINES),
                answers=tuple(answers),
                right=draw(st.integers(0, len(answers) - 1)),
                why=draw(LINES),
                note=draw(LINES | st.just("")),
            )
        )
    return QuizContent(
        id="q",
        language="en",
        title=draw(LINES),
        category="Category",
        about_name=draw(NAMES),
        about=(draw(LINES), draw(LINES)),
        credit=draw(LINES),
        licence="CC BY 4.0",
        edition=MOMENT.date(),
        page="https://site.test/",
        questions=tuple(questions),
    )


@given(invented())
def test_gift_gives_every_text_back(reader: GiftReader, quiz: QuizContent) -> None:
    text = gift(quiz)
    assert reader.questions(text) == list(map(written, quiz.questions))
    items = [item for item in reader.items(text) if item["type"] != "Category"]
    assert [item["title"] for item in items] == [quiz.about_name, *(question.name for question in quiz.questions)]


@given(invented())
def test_qti_gives_every_text_back(quiz: QuizContent) -> None:
    package = Package(qti_package(quiz, HERE.stamp))
    assert list(package.questions()) == list(map(written, quiz.questions))
    titles = [
        item.get("title") for item in package.xml(package.place).iter() if item.tag.endswith(("}item", "}assessment"))
    ]
    assert titles == [quiz.title, *(question.name for question in quiz.questions)]


@given(invented())
def test_the_table_gives_every_text_back_and_no_formula(quiz: QuizContent) -> None:
    table = rows(quiz_table(quiz))
    for row, question in zip(table, quiz.questions, strict=True):
        given_back = [row[f"answer {name}"] for name in "ABCD"][: len(question.answers)]
        read = [row["question"], *given_back, row["right answer"], row["reason"], row["note"]]
        answers = question.answers
        expected = [question.text, *answers, answers[question.right], question.why, question.note]
        guarded = re.compile("'")  # what stands before a formula, wherever one would start
        assert [guarded.sub("", text) for text in read] == [guarded.sub("", text) for text in expected]
        assert not any(FORMULA.match(text) for text in row.values())


def test_a_text_that_looks_like_an_order_is_a_text(catalogue: Catalogue, reader: GiftReader) -> None:
    """Moodle gives half marks for `~%50%…`, reads `[plain]…` as a format, and no line that starts with `//`."""
    content = quiz_content(catalogue, catalogue.principle(1), HERE)
    first = replace(content.questions[0], text="// [plain] a", answers=("%50% b", "%100%c", "[moodle]d"), note="")
    text = gift(replace(content, questions=(first,)))
    assert reader.questions(text) == [written(first)]
    for line in text.partition("$CATEGORY")[2].splitlines():
        assert not line.lstrip().startswith(("//", "~%", "=%", "[")), line


# --- the site ---


def test_pages_link_to_them_and_kits_hold_them(site: BuiltSite, catalogue: Catalogue) -> None:
    for collection, name in sources(catalogue):
        folder = f"teach/quiz/principle-{name}" if collection == "principles" else f"teach/{name}/quiz"
        pages = [f"/principles/{name}/", "/teach/"] if collection == "principles" else [f"/teach/{name}/"]
        for address in pages:
            links = site[address].soup.select("article #quiz a[download], article #quiz ~ ul a[download]")
            found = {str(link["href"]).rpartition("teach/")[2]: link for link in links}
            for file in FILES:
                link = next((one for place, one in found.items() if f"{folder}/{file}".endswith(place)), None)
                assert link is not None, (address, file)
                assert (site[address].file.parent / str(link["href"])).resolve() == site.folder / folder / file
                assert link.parent is not None
                size = max(1, round((site.folder / folder / file).stat().st_size / 1000))
                assert f"({FILES[file]}, {size} KB)" in link.parent.get_text()
    for principle in catalogue.principles:
        beside = site.folder / f"teach/quiz/principle-{principle.number}"
        with zipfile.ZipFile(site.folder / f"teach/kits/principle-{principle.number}.zip") as kit:
            inside = {name: kit.read(f"principle-{principle.number}/quiz/{name}") for name in FILES}
        assert inside == {name: (beside / name).read_bytes() for name in FILES}
