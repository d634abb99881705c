"""The questions of a teaching kit on paper and as plain text, and the note of what is inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from macros.exports.teaching.kit_words import KitWords, letter
from macros.exports.teaching.statements import cleaned
from macros.exports.teaching.wordings import filled
from macros.formats.pptx_text import Run

__all__ = ["NUMBERS", "PAPER", "QUIZ", "KitSheets", "as_runs", "as_text", "heading", "items"]

NUMBERS = "numbers"
"""The folder of a kit that holds the sheets of numbers."""

PAPER = "questions.typ"
"""The template that sets sheets on paper."""

QUIZ = "quiz"
"""The folder of a kit that holds the questions for learning platforms."""


class KitSheets(KitWords):
    """A kit's sheets, each as the template sets it and as text is made from it."""

    @property
    def _unsure_line(self) -> list[dict[str, Any]]:
        return [{"kind": "plain", "runs": as_runs(Run(self.unsure, bold=True))}] if self.unsure else []

    def for_the_class(self) -> dict[str, Any]:
        """Give the sheet for the class, as the template sets it and as text is made from it."""
        words = self.words["sheets"]
        return self._sheet(
            words["class"],
            [
                self.plain(words["class"]["lead"]),
                *self._unsure_line,
                heading(words["discuss"]),
                items("numbered", [[Run(text)] for text in self.content.questions]),
                heading(words["check"]),
                self.plain(words["check_lead"]),
                self._questions(answered=False),
            ],
        )

    def for_the_teacher(self) -> dict[str, Any]:
        """Give the sheet for the teacher: the same questions with answers, and what to know before."""
        words = self.words["sheets"]
        own = words["teacher"]
        return self._sheet(
            own,
            [
                self.plain(own["lead"]),
                *self._unsure_line,
                heading(words["discuss"]),
                self.plain(own["discuss_lead"]),
                items("numbered", [[Run(text)] for text in self.content.questions]),
                heading(words["check"]),
                self._questions(answered=True),
                heading(own["lessons"]),
                self.lessons,
                heading(own["before"]),
                items("bullets", [[Run(text)] for text in self.note("before-you-start")]),
                heading(own["disclosure"]),
                items("bullets", [[Run(text)] for text in self.note("if-a-pupil-discloses")]),
            ],
        )

    def with_answers(self) -> dict[str, Any]:
        """Give the questions that can be marked, with answers and reasons: what lies beside a quiz on a platform."""
        own = self.words["answers"]
        return self._sheet(
            own, [self.plain(own["lead"]), *self._unsure_line, self._questions(answered=True, brief=True)]
        )

    def _sheet(self, words: Mapping[str, Any], blocks: Sequence[Any]) -> dict[str, Any]:
        ending = [heading(self.words["help"]["title"]), *(self.plain(line) for line in self.words["help"]["lines"])]
        imprint = items("imprint", [self.runs(line) for line in self.words["imprint"]])
        return {
            "title": words["title"],
            "category": self.values["category_number"],
            "footer": self.fill(self.words["footer"]),
            "subject": self.fill(words["subject"]),
            "blocks": [*blocks, *ending, imprint],
        }

    def _questions(self, *, answered: bool, brief: bool = False) -> dict[str, Any]:
        """Give the questions of the self-check; `brief` names the right answer by its letter alone."""
        found = []
        for place, item in enumerate(self.checks, start=1):
            right, why = self.explained(place, item)
            key = filled(self.words["key"], {"letter": letter(item["right"][0])})
            full = [as_runs(Run(right, bold=True)), as_runs(Run(why))]
            short = [as_runs(Run(f"{key} ", bold=True), Run(why))]
            found.append(
                {
                    "question": as_runs(Run(item["question"], bold=True)),
                    "answers": [as_runs(Run(text)) for text in item["answers"]],
                    "explained": (short if brief else full) if answered else [],
                }
            )
        return {"kind": "questions", "items": found, "lettered": self.words["answer"]}

    @property
    def lessons(self) -> dict[str, Any]:
        """The lessons on this principle, and where all of them are."""
        words = self.words["sheets"]["teacher"]
        found = [
            self.runs(
                words["lesson"],
                title=cleaned(lesson.title),
                minutes=lesson.minutes,
                link=self.site_info.to(self.catalogue.address("lessons", lesson)),
            )
            for lesson in self.catalogue.about("lessons", self.principle)
        ]
        return items("bullets", [*found, self.runs(words["all_lessons"])])

    def plain(self, pattern: str) -> dict[str, Any]:
        """Give a line of the wording as a paragraph of a sheet."""
        return {"kind": "plain", "runs": as_runs(*self.runs(pattern))}

    def readme(self) -> dict[str, Any]:
        """Give the note of what is inside, as text is made from it."""
        words = self.words["readme"]
        files = [
            [Run(self.fill(words["file"], file=file, text=words["files"][name]))] for name, file in self.names.items()
        ]
        if self.numbers:
            files.append([Run(self.fill(words["file"], file=f"{NUMBERS}/", text=words["numbers"]))])
        files.append([Run(self.fill(words["file"], file=f"{QUIZ}/", text=words["quiz"]))])
        return {
            "title": self.fill(words["title"]),
            "subject": "",
            "blocks": [
                *(self.plain(line) for line in words["lead"]),
                heading(words["inside"]),
                items("bullets", files),
                heading(words["where"]),
                items("bullets", [self.runs(line) for line in words["addresses"]]),
                heading(words["lessons"]),
                self.lessons,
                heading(self.words["help"]["title"]),
                *(self.plain(line) for line in self.words["help"]["lines"]),
                heading(words["licence"]),
                *(self.plain(line) for line in words["terms"]),
            ],
        }


def as_runs(*runs: Run) -> list[dict[str, Any]]:
    """Give runs as a sheet holds them."""
    return [asdict(run) for run in runs]


def heading(text: str) -> dict[str, Any]:
    """Give a heading of a sheet."""
    return {"kind": "heading", "runs": as_runs(Run(text))}


def items(kind: str, texts: Sequence[Sequence[Run]]) -> dict[str, Any]:
    """Give a list of a sheet: `bullets`, `numbered` or `imprint`."""
    return {"kind": kind, "items": [as_runs(*runs) for runs in texts]}


def as_text(sheet: Mapping[str, Any]) -> str:
    """Give a sheet as plain text that any editor opens: a paragraph is a line, headings are underlined."""
    lines = [sheet["title"], "=" * len(sheet["title"]), *filter(None, [sheet["subject"]]), ""]
    for block in sheet["blocks"]:
        lines += [*_block_text(block), ""]
    return "\n".join(lines).strip() + "\n"


def _block_text(block: Mapping[str, Any]) -> Iterator[str]:
    match block["kind"]:
        case "heading":
            yield _words(block["runs"])
            yield "-" * len(_words(block["runs"]))
        case "plain":
            yield _words(block["runs"])
        case "bullets":
            yield from (f"- {_words(item)}" for item in block["items"])
        case "numbered":
            yield from (f"{place}. {_words(item)}" for place, item in enumerate(block["items"], start=1))
        case "imprint":
            yield from map(_words, block["items"])
        case "questions":
            for place, item in enumerate(block["items"], start=1):
                if place > 1:
                    yield ""
                yield f"{place}. {_words(item['question'])}"
                for index, answer in enumerate(item["answers"]):
                    yield f"   {filled(block['lettered'], {'letter': letter(index), 'text': _words(answer)})}"
                yield from (f"   {_words(runs)}" for runs in item["explained"])


def _words(runs: Sequence[Mapping[str, Any]]) -> str:
    return "".join(run["text"] for run in runs)
