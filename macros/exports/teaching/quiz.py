"""Quizzes for learning platforms: the questions to check oneself, of each principle and of each lesson, as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.languages import ENGLISH, language_of
from macros.data.translations import whole
from macros.exports.path_patterns import Output, place_of
from macros.exports.teaching.handouts import Handout
from macros.exports.teaching.kit_sheets import PAPER, KitSheets, as_runs, as_text, heading, items
from macros.exports.teaching.kit_words import QUIZ_WORDING
from macros.exports.teaching.quiz_content import QuizContent, QuizQuestion
from macros.exports.teaching.quiz_gift import gift
from macros.exports.teaching.quiz_qti import qti_package
from macros.exports.teaching.quiz_table import quiz_table
from macros.exports.teaching.statements import unsure
from macros.exports.teaching.wordings import filled, wording
from macros.formats.cache import Cache, kept
from macros.formats.content import Content, SizedFile
from macros.formats.pptx_text import Run
from macros.formats.typst_renderer import pdf
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo, edition
from macros.pages.ui_strings import say
from macros.unicode_text import visible

__all__ = ["FILES", "OUTPUTS", "Quiz", "QuizSource", "QuizFile", "quiz_content", "quizzes", "sources", "taught"]

FILES = {
    "questions.gift": "GIFT",
    "questions-qti12.zip": "QTI",
    "questions.csv": "CSV",
    "answers.pdf": "PDF",
    "how-to-import.txt": "TXT",
}
"""The files of a quiz, each with the name of its format."""

OUTPUTS = (
    Output("principle-quizzes", tuple(f"teach/quiz/principle-{{number}}/{name}" for name in FILES)),
    Output(
        "lesson-quizzes",
        tuple(f"{language}teach/{{id}}/quiz/{name}" for language in ("", "{language}/") for name in FILES),
    ),
)
"""The paths of its files."""

QuizSource = kinds.Principle | kinds.Lesson
"""What a quiz is made for."""


@dataclass(frozen=True, slots=True)
class QuizFile(SizedFile):
    """A file of a quiz: its address from the site's root, its name and format, and what it holds."""

    address: str
    name: str
    format: str
    content: Content


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz as files, in the folder at an address from the site's root."""

    folder: str
    files: Mapping[str, Content]

    @property
    def listed(self) -> tuple[QuizFile, ...]:
        """Every file with its address, in the order in which pages list them."""
        return tuple(QuizFile(self.folder + name, name, FILES[name], made) for name, made in self.files.items())


def sources(catalogue: Catalogue) -> dict[tuple[str, int | str], QuizSource]:
    """Give what has a quiz, by its list and its number or id: principles and lessons with questions on them.

    In a second language these are the lessons that have a pack.
    """
    found: dict[tuple[str, int | str], QuizSource] = {}
    if catalogue.language == ENGLISH.code:
        found.update({("principles", one.number): one for one in catalogue.principles if catalogue.exercise(one)})
    lessons = (one for one in catalogue.document.lessons if taught(catalogue, one))
    found.update({("lessons", one.id): one for one in lessons if _exercises(catalogue, one)})
    return found


def taught(catalogue: Catalogue, lesson: kinds.Lesson) -> bool:
    """Say whether a lesson can be held in the catalogue's language: nothing that its pack holds is in English alone."""
    if catalogue.language == ENGLISH.code:
        return True
    told = not lesson.claims and lesson.figure is None  # claims and figures are in English alone
    return told and whole(lesson) and all(whole(exercise) for _, exercise in _exercises(catalogue, lesson))


def quizzes(
    catalogue: Catalogue, site_info: SiteInfo, cache: Cache, asked: Iterable[QuizSource] | None = None
) -> Iterator[Quiz]:
    """Yield the quiz of some principles and lessons, by default of all that have questions.

    Raises ValueError for a fault in the wording, and typst.TypstError for one in the template.
    """
    for source in sources(catalogue).values() if asked is None else asked:
        made = _Making(catalogue, source, site_info, wording(QUIZ_WORDING, catalogue.language))
        yield Quiz(made.folder, dict(zip(FILES, map(Content, made.contents(cache)), strict=True)))


def quiz_content(catalogue: Catalogue, source: QuizSource, site_info: SiteInfo) -> QuizContent:
    """Give what the quiz of a principle or a lesson says; raises ValueError for a fault in the wording."""
    return _Making(catalogue, source, site_info, wording(QUIZ_WORDING, catalogue.language)).content()


def _exercises(catalogue: Catalogue, source: QuizSource) -> list[tuple[kinds.Principle, kinds.Exercise]]:
    """Give the questions that a quiz is made of, each with the principle that they are about."""
    about = [source] if isinstance(source, kinds.Principle) else map(catalogue.principle, source.principles)
    return [(principle, exercise) for principle in about if (exercise := catalogue.exercise(principle))]


@dataclass(frozen=True)
class _Making:
    """One quiz being made."""

    catalogue: Catalogue
    source: QuizSource
    site_info: SiteInfo
    words: Mapping[str, Any]

    @property
    def folder(self) -> str:
        """The address of the folder that holds the files."""
        if isinstance(self.source, kinds.Principle):
            return f"/teach/quiz/principle-{self.source.number}/"
        return f"{place_of(self.catalogue.language)}{self.catalogue.address('lessons', self.source)}quiz/"

    @property
    def _own(self) -> str:
        """The end of names, by which questions in another language are others."""
        return "" if self.catalogue.language == ENGLISH.code else f"-{self.catalogue.language}"

    @property
    def values(self) -> dict[str, Any]:
        """Every value that the wording can name."""
        source, own = self.source, self.words["quiz"]
        collection, pattern = (
            ("principles", "principle") if isinstance(source, kinds.Principle) else ("lessons", "lesson")
        )
        number = source.number if isinstance(source, kinds.Principle) else ""
        language, to = self.catalogue.language, self.site_info.to
        values: dict[str, Any] = {
            "title": _line(filled(own[pattern], {"number": number, "title": source.title})),
            "category": own["category"],
            "site": _line(say(language, self.site_info.name)),
            "page": to(self.catalogue.address(collection, source), language),
            "help": to("/help/", language),
            "teach": to("/teach/", language),
            "licence": self.words["licence"],
            "edition": long_date(edition(self.catalogue), language),
        }
        return {**values, "credit": filled(own["credit"], values)}

    def content(self) -> QuizContent:
        """Give what the quiz says."""
        own, values, source = self.words["quiz"], self.values, self.source
        return QuizContent(
            id=f"vp-{f'principle-{source.number}' if isinstance(source, kinds.Principle) else f'lesson-{source.id}'}"
            + self._own,
            language=self.catalogue.language,
            title=values["title"],
            category=values["category"],
            about_name=own["about_name"],
            about=tuple(filled(line, values) for line in own["about"]),
            credit=values["credit"],
            licence=own["licence"],
            edition=edition(self.catalogue),
            page=values["page"],
            questions=tuple(self._questions()),
        )

    def _questions(self) -> Iterator[QuizQuestion]:
        own = self.words["quiz"]
        for principle, exercise in _exercises(self.catalogue, self.source):
            doubt = unsure(self.catalogue, exercise.confidence)
            for place, item in enumerate(exercise.self_check, start=1):
                number = {"number": principle.number, "place": place}
                yield QuizQuestion(
                    id=f"vp-principle-{principle.number}-{item.id}{self._own}",
                    name=filled(own["name"], number),
                    category=filled(own["filed"], number),
                    principle=principle.number,
                    place=place,
                    text=_line(item.question),
                    answers=tuple(_line(answer.text) for answer in item.answers),
                    right=next(at for at, answer in enumerate(item.answers) if answer.right),
                    why=_line(item.why),
                    note=_line(filled(own["note"], {"label": doubt.label})) if doubt else "",
                )

    def contents(self, cache: Cache) -> Iterator[bytes]:
        """Yield what each of `FILES` holds."""
        content = self.content()
        yield gift(content).encode()
        moment = self.site_info.stamp
        yield kept(cache, ("qti", repr(content), str(moment)), lambda: qti_package(content, moment))
        yield quiz_table(content)
        yield pdf(PAPER, self._paper(content), self.site_info.stamp, cache)
        yield as_text(self._how()).encode()

    def _paper(self, content: QuizContent) -> dict[str, Any]:
        """Give the questions with answers as the template sets them, a sheet for each principle."""
        sheets = []
        for principle, exercise in _exercises(self.catalogue, self.source):
            handout = Handout(principle.number, Content(b""))  # sheets name its address alone
            sheet = KitSheets(self.catalogue, principle, exercise, self.site_info, handout, {}, self.words)
            sheets.append(sheet.with_answers())
        description = self.words["quiz"]["answers"]["description"]
        own = language_of(content.language)
        about = {"title": content.title, "description": description, "site": self.values["site"]}
        return {**about, "language": own.code, "region": own.region, "sheets": sheets}

    def _how(self) -> dict[str, Any]:
        """Give how to import the files, as text is made from it."""
        own, values = self.words["quiz"]["how"], self.values
        blocks = [_paragraph(own["tried"])]
        for part in own["parts"]:
            lines = [filled(line, values) for line in part["lines"]]
            lead = [_paragraph(part["lead"])] if "lead" in part else []
            blocks += [heading(part["title"]), *lead, *_lines(part["kind"], lines)]
        return {"title": filled(own["title"], values), "subject": "", "blocks": blocks}


def _line(text: str) -> str:
    """Give a text on one line. No space stays at its ends, whatever its kind: readers of these formats take it off."""
    return visible(text).strip()


def _lines(kind: str, lines: Sequence[str]) -> list[dict[str, Any]]:
    return [_paragraph(line) for line in lines] if kind == "plain" else [items(kind, [[Run(line)] for line in lines])]


def _paragraph(line: str) -> dict[str, Any]:
    return {"kind": "plain", "runs": as_runs(Run(line))}
