"""The questions of a teaching kit on paper and as plain text, and the note of what is inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from macros.exports.teaching.kit_words import KitWords, filled, letter
from macros.exports.teaching.statements import cleaned
from macros.formats.pptx_text import Run

__all__ = ["NUMBERS", "KitSheets", "as_text"]

NUMBERS = "numbers"
"""The folder of a kit that holds the sheets of numbers."""


class KitSheets(KitWords):
    """A kit's sheets, each as the template sets it and as text is made from it."""

    @property
    def _unsure_line(self) -> list[dict[str, Any]]:
        return [{"kind": "plain", "runs": _runs(Run(self.unsure, bold=True))}] if self.unsure else []

    def for_the_class(self) -> dict[str, Any]:
        """Give the sheet for the class, as the template sets it and as text is made from it."""
        words = self.words["sheets"]
        return self._sheet(
            "class",
            [
                self.plain(words["class"]["lead"]),
                *self._unsure_line,
                _heading(words["discuss"]),
                _items("numbered", [[Run(text)] for text in self.content.questions]),
                _heading(words["check"]),
                self.plain(words["check_lead"]),
                self._questions(answered=False),
            ],
        )

    def for_the_teacher(self) -> dict[str, Any]:
        """Give the sheet for the teacher: the same questions with answers, and what to know before."""
        words = self.words["sheets"]
        own = words["teacher"]
        return self._sheet(
            "teacher",
            [
                self.plain(own["lead"]),
                *self._unsure_line,
                _heading(words["discuss"]),
                self.plain(own["discuss_lead"]),
                _items("numbered", [[Run(text)] for text in self.content.questions]),
                _heading(words["check"]),
                self._questions(answered=True),
                _heading(own["lessons"]),
                self.lessons,
                _heading(own["before"]),
                _items("bullets", [[Run(text)] for text in self.note("before-you-start")]),
                _heading(own["disclosure"]),
                _items("bullets", [[Run(text)] for text in self.note("if-a-pupil-discloses")]),
            ],
        )

    def _sheet(self, name: str, blocks: Sequence[Any]) -> dict[str, Any]:
        words = self.words["sheets"][name]
        ending = [_heading(self.words["help"]["title"]), *(self.plain(line) for line in self.words["help"]["lines"])]
        imprint = _items("imprint", [self.runs(line) for line in self.words["imprint"]])
        return {
            "title": words["title"],
            "subject": self.fill(words["subject"]),
            "blocks": [*blocks, *ending, imprint],
        }

    def _questions(self, *, answered: bool) -> dict[str, Any]:
        items = []
        for place, item in enumerate(self.checks, start=1):
            right, why = self.explained(place, item)
            items.append(
                {
                    "question": _runs(Run(item["question"], bold=True)),
                    "answers": [_runs(Run(text)) for text in item["answers"]],
                    "explained": [_runs(Run(right, bold=True)), _runs(Run(why))] if answered else [],
                }
            )
        return {"kind": "questions", "items": items, "lettered": self.words["answer"]}

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
        return _items("bullets", [*found, self.runs(words["all_lessons"])])

    def plain(self, pattern: str) -> dict[str, Any]:
        """Give a line of the wording as a paragraph of a sheet."""
        return {"kind": "plain", "runs": _runs(*self.runs(pattern))}

    def readme(self) -> dict[str, Any]:
        """Give the note of what is inside, as text is made from it."""
        words = self.words["readme"]
        files = [
            [Run(self.fill(words["file"], file=file, text=words["files"][name]))] for name, file in self.names.items()
        ]
        if self.numbers:
            files.append([Run(self.fill(words["file"], file=f"{NUMBERS}/", text=words["numbers"]))])
        return {
            "title": self.fill(words["title"]),
            "subject": "",
            "blocks": [
                *(self.plain(line) for line in words["lead"]),
                _heading(words["inside"]),
                _items("bullets", files),
                _heading(words["where"]),
                _items("bullets", [self.runs(line) for line in words["addresses"]]),
                _heading(words["lessons"]),
                self.lessons,
                _heading(self.words["help"]["title"]),
                *(self.plain(line) for line in self.words["help"]["lines"]),
                _heading(words["licence"]),
                *(self.plain(line) for line in words["terms"]),
            ],
        }


def _runs(*runs: Run) -> list[dict[str, Any]]:
    return [asdict(run) for run in runs]


def _heading(text: str) -> dict[str, Any]:
    return {"kind": "heading", "runs": _runs(Run(text))}


def _items(kind: str, items: Sequence[Sequence[Run]]) -> dict[str, Any]:
    return {"kind": kind, "items": [_runs(*runs) for runs in items]}


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
