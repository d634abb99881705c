"""The sheets of a lesson's pack that are read: for the teacher, for pupils and for families, and its plain texts."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import accumulate
from typing import Any

from macros.data import kinds
from macros.data.languages import language_of
from macros.exports.number_sheets import sheet_content
from macros.exports.teaching.pack_words import NUMBERS, PackWords, block, heading, table
from macros.exports.teaching.statements import cleaned
from macros.exports.teaching.wordings import filled
from macros.formats.cache import Cache
from macros.formats.paper_blocks import Block, Paper, Sheet, as_text
from macros.formats.typst_renderer import pdf
from macros.pages.escaping import long_date

__all__ = ["PackSheets", "sheet_pdf"]

TEMPLATE = "pack-sheet.typ"

LARGE = 18
"""Points of large type, as bodies for people who see little recommend for print: 16 to 18."""

NOTES = {"before": "before-you-start", "disclosure": "if-a-pupil-discloses"}
"""The note of the site that each of these sheets holds."""


def sheet_pdf(sheet: Sheet, paper: Paper, moment: int, cache: Cache) -> bytes:
    """Give a sheet as a PDF file. Raises typst.TypstError for a fault in the template."""
    region = language_of(sheet.language).region
    return pdf(TEMPLATE, {**asdict(sheet), "region": region, "paper": paper}, moment, cache)


class PackSheets(PackWords):
    """A pack's sheets in blocks, from which the files are made."""

    def read_me(self, files: Sequence[Sequence[str]], sheets: int) -> Sheet:
        """Give what to read first; `files` are rows of number, name, pages and copies, `sheets` of paper in all."""
        own = self.words["read-me"]
        values = {"pupils": self.words["class_size"], "sheets": sheets}
        blocks = [
            block("strong", [own["warning"]]),
            block("plain", [self.fill(own["lead"])]),
            heading(own["what"]),
            block("plain", [self.fill(own["ages"]), own["goals"]]),
            block("bullets", map(self.addressed, self.lesson.goals)),
            heading(own["first"]),
            block("numbered", [self.fill(step, **values) for step in own["steps"]]),
            heading(own["inside"]),
            table(own["columns"], files, (0.5, 4, 0.7, 2.6)),
            block("plain", [own["change"]]),
            self.imprint,
        ]
        return self.sheet(own["title"], self.named, blocks, one_page=True, size=11)

    def teacher_sheet(self, held: Container[str]) -> Sheet:
        """Give the sheet to teach from; `held` are the kinds of file in this pack: some have no slides."""
        own, lesson = self.words["teacher-sheet"], self.lesson
        ends = list(accumulate(step.minutes for step in lesson.steps))
        rows = [self._step(step, end - step.minutes, end, held) for step, end in zip(lesson.steps, ends, strict=True)]
        thoughts = [(one.thought, one.answer) for one in lesson.misconceptions]
        blocks = [
            block("plain", [self.fill(own["lead"])]),
            heading(own["goals"]),
            self._bullets(lesson.goals),
            heading(own["bring"]),
            self._bullets(lesson.materials),
            heading(own["minutes"]),
            table(own["columns"], rows, (0.75, 1.3, 3.4, 3.4, 0.55, 0.9, 2.2)),
            heading(own["misconceptions"]),
            table(own["misconception_columns"], [map(self.addressed, row) for row in thoughts], (1, 2)),
            heading(own["content"]),
            block("plain", [self.addressed(lesson.content_guidance)]),
            heading(own["supervision"]),
            block("plain", [self.addressed(lesson.supervision)]),
            heading(own["afterwards"]),
            self._bullets(lesson.afterwards),
            self.imprint,
        ]
        return self.sheet(self.fill(own["title"]), self.named, blocks, wide=True, size=9.5)

    def _step(self, step: kinds.Step, start: int, end: int, held: Container[str]) -> list[str]:
        return [
            filled(self.words["teacher-sheet"]["time"], {"start": start, "end": end}),
            cleaned(step.title),
            self.addressed(step.say),
            self.addressed(step.text),
            ", ".join(sorted({NUMBERS[name] for name in step.uses if name in held})),
            self.words["setups"][step.setup],
            self.addressed(step.listen_for),
        ]

    def _bullets(self, texts: Sequence[str]) -> Block:
        return Block("bullets", tuple(map(self.with_links, texts)))

    def note(self, name: str) -> Sheet | None:
        """Give the sheet with a note of the site; None where the data has no such note."""
        found = next((one for one in self.catalogue.document.notes if one.id == NOTES[name]), None)
        if found is None:
            return None
        lead = filled(self.words["note"]["lead"], {"checked": long_date(found.checked, self.language)})
        blocks = [block("plain", [lead]), block("bullets", [cleaned(claim.text) for claim in found.body]), self.imprint]
        return self.sheet(self.words["files"][name]["title"], "", blocks, one_page=True, size=12)

    def worksheet(self, *, large: bool = False) -> Sheet:
        """Give the sheet for pupils, or the same in large type; it says where help is, as feet are not read out."""
        own, tasks = self.words["worksheet"], self.lesson.worksheet
        lines = [task.lines for task in tasks]
        blocks = [
            block("tasks", [cleaned(task.text) for task in tasks], lines),
            Block("imprint", (self.runs(own["foot"]),)),
        ]
        return self.sheet(own["title"], self.fill(own["subject"]), blocks, size=LARGE if large else 13, foot="")

    def family_sheet(self, country: kinds.Country) -> Sheet:
        """Give the sheet for families, with the numbers of a country."""
        own, lesson = self.words["family-sheet"], self.lesson
        numbers = cleaned(sheet_content(self.catalogue, country, self.site_info))
        blocks = [
            block("plain", [self.fill(own["lead"])]),
            heading(own["content"]),
            block("plain", [self.addressed(lesson.description), self.addressed(lesson.content_guidance)]),
            heading(own["goals"]),
            self._bullets(lesson.goals),
            heading(own["talk"]),
            self._bullets(lesson.family),
            heading(own["tells"]),
            block("bullets", own["advice"]),
            heading(own["help"]),
            *self._help(numbers),
            self.imprint,
        ]
        return self.sheet(own["title"], self.fill(own["subject"]), blocks, one_page=True, size=12)

    def _help(self, numbers: Mapping[str, Any]) -> Iterator[Block]:
        own = self.words["family-sheet"]
        if numbers["dangers"]:
            called = ", ".join(one["number"] for one in numbers["dangers"])
            yield block("strong", [filled(own["danger"], {"numbers": called})])
        yield block(
            "bullets",
            [
                filled(own["service"], {"title": answer["title"], "service": _reached(answer["services"])})
                for answer in numbers["answers"]
            ],
        )
        yield Block("plain", (self.runs(own["more"], help=numbers["page"]),))

    def distancing(self) -> str:
        """Give the two endings as plain text."""
        own = self.words["distancing"]
        texts = map(cleaned, self.lesson.distancing)
        return as_text(self.sheet(own["title"], self.named, [block("plain", [own["lead"]]), block("numbered", texts)]))

    def licence(self) -> str:
        """Give the terms as plain text."""
        own = self.words["terms"]
        return as_text(self.sheet(own["title"], "", [block("plain", [self.fill(line)]) for line in own["lines"]]))

    def sources(self) -> str:
        """Give the sources of all that the pack says as plain text."""
        own = self.words["sources"]
        lines = [
            filled(
                own["source"],
                {
                    "title": source.title,
                    "publisher": source.publisher,
                    "date": filled(own["dated"], {"date": long_date(source.date, self.language)})
                    if source.date
                    else "",
                    "url": source.url or "",
                },
            ).strip()
            for source in self._sources()
        ]
        return as_text(self.sheet(own["title"], self.named, [block("plain", [own["lead"]]), block("bullets", lines)]))

    def _sources(self) -> Iterator[kinds.Source]:
        """Yield each source of the lesson and of what it takes from other records, once."""
        lesson, found = self.lesson, dict.fromkeys(self.lesson.sources)
        parts: list[Any] = [note for note in self.catalogue.document.notes if note.id in NOTES.values()]
        parts += [self.catalogue.get("announcement", one) for one in lesson.claims]
        parts += [self.catalogue.get("figures", lesson.figure)] if lesson.figure else []
        parts += [self.phrase(card) for card in lesson.cards]
        for part in parts:
            found.update(dict.fromkeys(part.sources))
        return (self.catalogue.get("sources", one) for one in found)

    def phrase(self, card: kinds.CardPhrase) -> kinds.Phrase:
        """Give the phrase that a card has."""
        phrases = self.catalogue.principle(card.principle).phrases
        return next(one for one in phrases if one.id == card.phrase)


def _reached(services: Sequence[Mapping[str, Any]]) -> str:
    """Name services with the ways to reach them."""
    return "; ".join(" ".join(filter(None, (one["name"], ", ".join(one["ways"])))) for one in services)
