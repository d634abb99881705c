"""What a teaching kit says: its wording, the values that this names, and the statements of the data, noted beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.exports.teaching.handouts import Handout, HandoutContent, NotedPhrase, handout_content
from macros.exports.teaching.statements import NotedText, cleaned, noted_text, unsure
from macros.exports.teaching.wordings import KIT, Words, filled, linked, wording
from macros.formats.content import Content
from macros.formats.pptx_text import Run
from macros.pages.site_info import SiteInfo

__all__ = ["QUIZ_WORDING", "KitWords", "kit_wording", "letter"]

QUIZ_WORDING = "quiz.yml"
"""What the questions for learning platforms say, and kits with them."""


def kit_wording() -> Words:
    """Give the wording of all kits; raises ValueError where it has a fault."""
    return {**wording(QUIZ_WORDING), **wording(KIT)}


@dataclass(frozen=True)
class KitWords:
    """One kit being made: what goes into it, and the values that its wording names."""

    catalogue: Catalogue
    principle: kinds.Principle
    exercise: kinds.Exercise
    site_info: SiteInfo
    handout: Handout
    numbers: Mapping[str, Content]
    words: Words

    @property
    def folder(self) -> str:
        """The folder in the ZIP that holds the files."""
        return f"principle-{self.principle.number}"

    @property
    def names(self) -> dict[str, str]:
        """The name of every file of the kit, each of which stays clear when it has left its folder."""
        ends = {"handout": "pdf", "slides": "pptx", "questions": "pdf", "class": "txt", "teacher": "txt"}
        longer = {"class": "questions-for-the-class", "teacher": "questions-for-the-teacher"}
        return {name: f"{self.folder}-{longer.get(name, name)}.{end}" for name, end in ends.items()}

    @cached_property
    def content(self) -> HandoutContent:
        """What the handout says."""
        return handout_content(self.catalogue, self.principle, self.site_info)

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every value that the wording can name."""
        content = self.content
        plain = {field.name: getattr(content, field.name) for field in fields(content)}
        return {
            **{name: value for name, value in plain.items() if isinstance(value, str | int)},
            "category": content.category.title,
            "category_number": content.category.number,
            "content_note": cleaned(self.principle.content_note),
            "cite": f"{content.page}#cite",
            "handout": self.site_info.to(self.handout.address),
            "licence": self.words["licence"],
            "emergency": content.calls,
        }

    def fill(self, pattern: str, **more: Any) -> str:
        """Give a pattern of the wording with its values in place."""
        return filled(pattern, {**self.values, **more})

    def runs(self, pattern: str, **more: Any) -> list[Run]:
        """Give the same as runs, in which addresses are links."""
        return [Run(text, link=address) for text, address in linked(pattern, {**self.values, **more})]

    def statement(self, part: Any, text: str) -> NotedText:
        """Give a text of the data with what is noted beside it."""
        return cleaned(noted_text(self.catalogue, part, text))

    def noted(self, part: NotedText | NotedPhrase, *, bold: str = "") -> tuple[Run, ...]:
        """Give a statement as runs: words before it, its text, and the notes beside it."""
        notes = self.words["notes"]
        runs = [Run(f"{bold} ", bold=True)] if bold else []
        runs.append(Run(part.text))
        if part.ours:
            runs.append(Run(f" {notes['ours']}", colour="ours"))
        if part.doubt:
            runs.append(Run(f" {filled(notes['doubt'], {'label': part.doubt})}", colour="doubt"))
        return tuple(runs)

    def note(self, identifier: str) -> list[str]:
        """Give the points of one of the site's notes; none where the data has no such note."""
        found = [note for note in self.catalogue.document.notes if note.id == identifier]
        return [cleaned(claim.text) for note in found for claim in note.body]

    @cached_property
    def unsure(self) -> str:
        """What stands above questions about words that nobody has read; nothing where all is confirmed."""
        word = unsure(self.catalogue, self.exercise.confidence)
        return self.fill(self.words["unsure"], label=cleaned(word.label)) if word else ""

    @cached_property
    def checks(self) -> list[dict[str, Any]]:
        """The self-check: each question with its answers, which of them is right, and why."""
        return [
            cleaned(
                {
                    "question": item.question,
                    "answers": [answer.text for answer in item.answers],
                    "right": [place for place, answer in enumerate(item.answers) if answer.right],
                    "why": item.why,
                }
            )
            for item in self.exercise.self_check
        ]

    def numbered(self, place: int, text: str) -> str:
        """Give a question with its number."""
        return filled(self.words["question"], {"place": place, "text": text})

    def lettered(self, answers: Sequence[str]) -> list[str]:
        """Give answers with their letters."""
        return [
            filled(self.words["answer"], {"letter": letter(place), "text": text}) for place, text in enumerate(answers)
        ]

    def explained(self, place: int, item: Mapping[str, Any]) -> tuple[str, str]:
        """Give the right answer to a question, and why it is right."""
        right = item["right"][0]
        values = {"place": place, "letter": letter(right), "text": item["answers"][right]}
        return filled(self.words["right"], values), item["why"]


def letter(place: int) -> str:
    """Give the letter of an answer by its place, from 0."""
    more, last = divmod(place, 26)
    return (letter(more - 1) if more else "") + chr(ord("A") + last)
