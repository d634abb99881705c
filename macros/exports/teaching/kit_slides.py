"""The slides of a teaching kit: each section of the deck, from the data and the wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from macros.exports.drawing_values import PaperPart
from macros.exports.teaching.kit_words import KitWords
from macros.exports.teaching.statements import cleaned
from macros.exports.teaching.wordings import filled
from macros.formats.pptx_text import Block, Box, Deck, Paragraph, Run, Section

__all__ = ["KitSlides"]

SMALL = 20
"""Points of what a slide says about itself, and of what stands within a part of a drawing."""

MIDDLE = 22
"""Points of the words of a drawing: every sentence fits one slide."""


GROUNDS = {"solid": "mark", "double": "panel"}
"""The ground of a box by the style of its edge, as on pages."""


class KitSlides(KitWords):
    """A kit's slides."""

    def deck(self) -> Deck:
        """Give the slides."""
        words = self.words["slides"]
        opening = [self.paragraph(line, size=SMALL if place else 24) for place, line in enumerate(words["opening"])]
        makers = (
            self._before,
            self._brief,
            self._sentence,
            self._phrases,
            self._silent,
            self._open,
            self._discuss,
            self._check,
            self._help,
            self._source,
        )
        return Deck(
            name=self.values["tab_title"],
            title=self.values["title"],
            opening=tuple(opening),
            opening_notes=self.lines(words["opening_notes"], title=_stopped(self.values["title"])),
            sections=tuple(make() for make in makers),
            footer=self.fill(self.words["footer"]),
            category=self.values["category_number"],
            author=self.values["site"],
            subject=self.fill(words["subject"]),
            about=self.fill(self.words["about"]),
            moment=self.site_info.stamp,
        )

    def paragraph(self, pattern: str, kind: str = "plain", size: int = 24) -> Paragraph:
        """Give a line of the wording as a paragraph of a slide."""
        return Paragraph(tuple(self.runs(pattern)), kind, size)

    def lines(self, patterns: Sequence[str], **more: Any) -> tuple[str, ...]:
        """Give lines of the wording as text."""
        return tuple(self.fill(pattern, **more) for pattern in patterns)

    def section(
        self, name: str, blocks: Sequence[Block], lead: tuple[Paragraph, ...] = (), after: Sequence[str] = ()
    ) -> Section:
        """Give a section; the wording holds its title and what the notes open with, `after` follows that."""
        words = self.words["slides"][name]
        title = words.get("title") or self.words["help"]["title"]
        return Section(title, tuple(blocks), lead, (*self.lines(words["notes"]), *after), self.words["parts"])

    def _before(self) -> Section:
        words = self.words["slides"]["before"]
        blocks = [Block((self.paragraph(line, "bullet"),)) for line in words["lines"]]
        told = [*self.note("before-you-start"), words["disclosure"], *self.note("if-a-pupil-discloses")]
        return self.section("before", blocks, after=told)

    def _brief(self) -> Section:
        words = self.words["slides"]["brief"]
        brief, doubt = self.content.brief, self.content.doubt
        blocks = [Block((Paragraph(self.noted(brief[name], bold=words["labels"][name])),)) for name in brief]
        lead = (Paragraph((Run(filled(words["doubt"], asdict(doubt)), colour="doubt"),)),) if doubt else ()
        full = [*self.principle.in_full, self.principle.wording]
        told = [_joined(self.noted(self.statement(claim, claim.text))) for claim in full]
        return self.section("brief", blocks, lead, [*told[:-1], filled(words["wording"], {"text": told[-1]})])

    def _sentence(self) -> Section:
        """Draw the sentence: questions and words are on the slide, what they mean is in the notes."""
        words, drawing = self.words["slides"]["sentence"], self.content.sentence
        boxes: list[Box] = []
        for place, part in enumerate(drawing.parts, start=1):
            for inside, one in enumerate((part, *part.within)):
                name = filled(words["name"], {"place": f"{place}.{inside}" if inside else place})
                ground = GROUNDS.get(one.edge, "")
                boxes.append(Box(self._boxed(one), one.edge, name, one.told, one.question, ground, inner=inside > 0))
        for question in drawing.silent:
            runs = (Run(f"{question} ", colour="quiet"), Run(drawing.not_said, italic=True))
            told = filled(words["silent"], {"question": question, "not_said": drawing.not_said})
            boxes.append(Box(Paragraph(runs, size=SMALL), "dashed", question, told, beside=True))
        lead = Paragraph((Run(drawing.lead, colour="doubt" if drawing.unread else "quiet"),), size=SMALL)
        return replace(self.section("sentence", (), (lead,)), boxes=tuple(boxes))

    def _boxed(self, part: PaperPart) -> Paragraph:
        """Give the text of a box: the words, whether nobody has read them, and their kind."""
        runs = [Run(part.shown, bold=not part.doubt, italic=bool(part.doubt)), Run(f"  {part.kind}", colour="quiet")]
        if part.doubt:
            runs.append(Run(f" {filled(self.words['notes']['doubt'], {'label': part.doubt})}", colour="doubt"))
        return Paragraph(tuple(runs), size=MIDDLE if part.question else SMALL)

    def _phrases(self) -> Section:
        words = self.words["slides"]["phrases"]
        blocks = []
        for phrase, noted in zip(self.principle.phrases, self.content.phrases, strict=True):
            kind = self.catalogue.word("phrase_kinds", phrase.kind)
            values = asdict(noted)
            quoted = Run(filled(words["quoted"], values), bold=True, colour="primary")
            note = filled(words["note"], {**values, "label": kind.label, "meaning": kind.meaning})
            blocks.append(Block((Paragraph((quoted, Run(" "), *self.noted(noted))),), (cleaned(note),)))
        return self.section("phrases", blocks)

    def _silent(self) -> Section:
        claims = self.principle.does_not_say
        told = [self.noted(self.statement(claim, claim.text)) for claim in claims]
        return self.section("silent", [Block((Paragraph(runs, "bullet"),)) for runs in told])

    def _open(self) -> Section:
        """Put the question whose sides take the least room, so that the class sees them side by side."""
        questions = self.principle.open_questions
        first = min(questions, key=lambda one: sum(len(view.who) + len(view.text) for view in one.views))
        blocks = [
            Block((Paragraph(self.noted(self.statement(view, view.text), bold=_stopped(cleaned(view.who)))),))
            for view in first.views
        ]
        others = " ".join(cleaned(one.question) for one in questions if one is not first)
        more = [filled(self.words["slides"]["open"]["more"], {"questions": others})] if others else []
        lead = Paragraph((Run(cleaned(first.question), bold=True, colour="primary"),))
        return self.section("open", blocks, (lead,), more)

    def _discuss(self) -> Section:
        blocks = [
            Block((Paragraph((Run(self.numbered(place, text)),)),))
            for place, text in enumerate(self.content.questions, start=1)
        ]
        return self.section("discuss", blocks, self._unsure_lead)

    def _check(self) -> Section:
        blocks = []
        for place, item in enumerate(self.checks, start=1):
            question = Paragraph((Run(self.numbered(place, item["question"]), bold=True),))
            answers = (Paragraph((Run(text),), "answer") for text in self.lettered(item["answers"]))
            blocks.append(Block((question, *answers), self.explained(place, item)))
        return self.section("check", blocks, self._unsure_lead)

    def _help(self) -> Section:
        lines = self.words["help"]["lines"]
        return self.section("help", [Block((self.paragraph(line),)) for line in lines])

    def _source(self) -> Section:
        lines = self.words["slides"]["source"]["lines"]
        return self.section("source", [Block((self.paragraph(line),)) for line in lines])

    @property
    def _unsure_lead(self) -> tuple[Paragraph, ...]:
        return (Paragraph((Run(self.unsure, colour="doubt"),), size=SMALL),) if self.unsure else ()


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _joined(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
