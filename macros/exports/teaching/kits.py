"""A teaching kit per principle: handout, slides, questions on paper and as text, in one ZIP, made from the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from typing import Any

from macros.checkout import TEMPLATES
from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.yaml_reader import read_bytes
from macros.exports.path_patterns import Output
from macros.exports.teaching.handouts import Handout, Imprint, cleaned, said, statement, unsure
from macros.formats.pptx_writer import Block, Deck, Paragraph, Run, Section, presentation
from macros.formats.typst_renderer import Kept, pdf
from macros.formats.zip_writer import pack

__all__ = ["OUTPUTS", "Kit", "kits"]

OUTPUTS = (Output("kits", ("teach/kits/principle-{number}.zip",)),)
"""The paths of its files."""

WORDING = "kit.yml"
SHEETS = "questions.typ"
NUMBERS = "numbers"
"""The folder of a kit that holds the sheets of numbers."""

ADDRESSES = frozenset({"page", "help", "teach", "cite", "handout", "licence", "link"})
"""Fields of the wording that are addresses; nothing else becomes a link, whatever it says."""

SMALL = 20
"""Points of what a slide says about itself."""

_FIELD = re.compile(r"\{(\w+)\}")

Words = Mapping[str, Any]
"""The wording, as `kit.yml` holds it."""


@dataclass(frozen=True, slots=True)
class Kit:
    """A principle's teaching kit: its number and the ZIP file."""

    number: int
    content: bytes

    @property
    def address(self) -> str:
        """Where it stands, from the site's root."""
        return f"/teach/kits/principle-{self.number}.zip"

    @property
    def kilobytes(self) -> int:
        """Its size, as links to it state it."""
        return max(1, round(len(self.content) / 1000))


def kits(
    catalogue: Catalogue,
    imprint: Imprint,
    handouts: Mapping[int, Handout],
    numbers: Mapping[str, bytes],
    kept: Kept,
    principles: Iterable[kinds.Principle] | None = None,
) -> Iterator[Kit]:
    """Yield the kit of those principles that have questions, by default of all.

    `handouts` are by number; `numbers` are the sheets of numbers of each country by the names of their files.

    Raises ValueError for a fault in the wording, and typst.TypstError for one in the template.
    """
    for principle in catalogue.principles if principles is None else principles:
        exercise = catalogue.exercise(principle)
        if exercise:
            made = _Making(catalogue, principle, exercise, imprint, handouts[principle.number], numbers, _wording())
            yield Kit(principle.number, pack(made.files(kept), imprint.stamp))


@cache
def _wording() -> Words:
    tree = read_bytes((TEMPLATES / WORDING).read_bytes(), WORDING)
    if tree.faults or not isinstance(tree.data, dict):
        raise ValueError(f"macros/templates/{WORDING}: {tree.faults[0].message if tree.faults else 'no fields'}")
    return tree.data


def _filled(pattern: str, values: Mapping[str, Any]) -> str:
    # One pass, so that braces in a value stay text.
    return _FIELD.sub(lambda match: str(values[match[1]]), pattern)


@dataclass(frozen=True)
class _Making:
    """One kit being made: what goes into it, and the values that its wording names."""

    catalogue: Catalogue
    principle: kinds.Principle
    exercise: kinds.Exercise
    imprint: Imprint
    handout: Handout
    numbers: Mapping[str, bytes]
    words: Words

    @property
    def folder(self) -> str:
        return f"principle-{self.principle.number}"

    @property
    def names(self) -> dict[str, str]:
        """The name of every file of the kit, each of which stays clear when it has left its folder."""
        ends = {"handout": "pdf", "slides": "pptx", "questions": "pdf", "class": "txt", "teacher": "txt"}
        longer = {"class": "questions-for-the-class", "teacher": "questions-for-the-teacher"}
        return {name: f"{self.folder}-{longer.get(name, name)}.{end}" for name, end in ends.items()}

    def files(self, kept: Kept) -> Iterator[tuple[str, bytes]]:
        """Yield the place and the content of every file of the kit."""
        sheets = [self.for_the_class(), self.for_the_teacher()]
        whole = {
            "title": self.fill(self.words["sheets"]["title"]),
            "description": self.fill(self.words["sheets"]["description"]),
            "site": self.values["site"],
            "category": self.values["category_number"],
            "footer": self.fill(self.words["footer"]),
            "sheets": sheets,
        }
        contents = {
            "handout": self.handout.content,
            "slides": presentation(self.deck(), kept),
            "questions": pdf(SHEETS, whole, self.imprint.stamp, kept),
            "class": _text(sheets[0]).encode(),
            "teacher": _text(sheets[1]).encode(),
        }
        yield f"{self.folder}/README.txt", _text(self.readme()).encode()
        for name, file in self.names.items():
            yield f"{self.folder}/{file}", contents[name]
        for file, content in self.numbers.items():
            yield f"{self.folder}/{NUMBERS}/{file}", content

    # --- values and words ---

    @cached_property
    def told(self) -> dict[str, Any]:
        """What the handout says."""
        return said(self.catalogue, self.principle, self.imprint)

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every value that the wording can name."""
        calls = [f"{number} ({', '.join(countries)})" for number, countries in self.told["emergency"]]
        return {
            **{name: value for name, value in self.told.items() if isinstance(value, str | int)},
            "category": self.told["category"]["title"],
            "category_number": self.told["category"]["number"],
            "content_note": cleaned(self.principle.content_note),
            "cite": f"{self.told['page']}#cite",
            "handout": self.imprint.to(self.handout.address),
            "licence": self.words["licence"],
            "emergency": self.words["or"].join(filter(None, (", ".join(calls[:-1]), *calls[-1:]))),
        }

    def fill(self, pattern: str, **more: Any) -> str:
        """Give a pattern of the wording with its values in place."""
        return _filled(pattern, {**self.values, **more})

    def runs(self, pattern: str, **more: Any) -> list[Run]:
        """Give the same as runs, in which addresses are links."""
        found = []
        for place, piece in enumerate(_FIELD.split(pattern)):
            if not place % 2:
                found.append(Run(piece))
                continue
            value = str({**self.values, **more}[piece])
            found.append(Run(value, link=value if piece in ADDRESSES and value.startswith("http") else ""))
        return [run for run in found if run.text]

    def statement(self, part: Any, text: str) -> dict[str, Any]:
        """Give a text of the data with what is noted beside it."""
        noted: dict[str, Any] = cleaned(statement(self.catalogue, part, text))
        return noted

    def noted(self, part: Mapping[str, Any], *, bold: str = "") -> tuple[Run, ...]:
        """Give a statement as runs: words before it, its text, and the notes beside it."""
        notes = self.words["notes"]
        runs = [Run(f"{bold} ", bold=True)] if bold else []
        runs.append(Run(part["text"]))
        if part["ours"]:
            runs.append(Run(f" {notes['ours']}", colour="ours"))
        if part["doubt"]:
            runs.append(Run(f" {_filled(notes['doubt'], {'label': part['doubt']})}", colour="doubt"))
        return tuple(runs)

    def note(self, identifier: str) -> list[str]:
        """Give the points of one of the site's notes; none where the data has no such note."""
        found = [note for note in self.catalogue.document.notes if note.id == identifier]
        return [cleaned(claim.text) for note in found for claim in note.body]

    # --- slides ---

    def deck(self) -> Deck:
        """Give the slides."""
        words = self.words["slides"]
        opening = [self.paragraph(line, size=SMALL if place else 24) for place, line in enumerate(words["opening"])]
        makers = (
            self._before,
            self._brief,
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
            moment=self.imprint.stamp,
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
        brief, doubt = self.told["brief"], self.told["doubt"]
        blocks = [Block((Paragraph(self.noted(brief[name], bold=words["labels"][name])),)) for name in brief]
        lead = (Paragraph((Run(_filled(words["doubt"], doubt), colour="doubt"),)),) if doubt else ()
        full = [*self.principle.in_full, self.principle.wording]
        told = [_joined(self.noted(self.statement(claim, claim.text))) for claim in full]
        return self.section("brief", blocks, lead, [*told[:-1], _filled(words["wording"], {"text": told[-1]})])

    def _phrases(self) -> Section:
        words = self.words["slides"]["phrases"]
        blocks = []
        for phrase, told in zip(self.principle.phrases, self.told["phrases"], strict=True):
            kind = self.catalogue.word("phrase_kinds", phrase.kind)
            quoted = Run(_filled(words["quoted"], told), bold=True, colour="primary")
            note = _filled(words["note"], {**told, "label": kind.label, "meaning": kind.meaning})
            blocks.append(Block((Paragraph((quoted, Run(" "), *self.noted(told))),), (cleaned(note),)))
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
        more = [_filled(self.words["slides"]["open"]["more"], {"questions": others})] if others else []
        lead = Paragraph((Run(cleaned(first.question), bold=True, colour="primary"),))
        return self.section("open", blocks, (lead,), more)

    def _discuss(self) -> Section:
        blocks = [
            Block((Paragraph((Run(self.numbered(place, text)),)),))
            for place, text in enumerate(self.told["questions"], start=1)
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

    # --- questions ---

    @cached_property
    def unsure(self) -> str:
        """What stands above questions about words that nobody has read; nothing where all is confirmed."""
        word = unsure(self.catalogue, self.exercise.confidence)
        return self.fill(self.words["unsure"], label=cleaned(word.label)) if word else ""

    @property
    def _unsure_lead(self) -> tuple[Paragraph, ...]:
        return (Paragraph((Run(self.unsure, colour="doubt"),), size=SMALL),) if self.unsure else ()

    @property
    def _unsure_line(self) -> list[dict[str, Any]]:
        return [{"kind": "plain", "runs": _runs(Run(self.unsure, bold=True))}] if self.unsure else []

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
        return _filled(self.words["question"], {"place": place, "text": text})

    def lettered(self, answers: Sequence[str]) -> list[str]:
        """Give answers with their letters."""
        return [
            _filled(self.words["answer"], {"letter": _letter(place), "text": text})
            for place, text in enumerate(answers)
        ]

    def explained(self, place: int, item: Mapping[str, Any]) -> tuple[str, str]:
        """Give the right answer to a question, and why it is right."""
        right = item["right"][0]
        values = {"place": place, "letter": _letter(right), "text": item["answers"][right]}
        return _filled(self.words["right"], values), item["why"]

    def for_the_class(self) -> dict[str, Any]:
        """Give the sheet for the class, as the template sets it and as text is made from it."""
        words = self.words["sheets"]
        return self._sheet(
            "class",
            [
                self.plain(words["class"]["lead"]),
                *self._unsure_line,
                _heading(words["discuss"]),
                _items("numbered", [[Run(text)] for text in self.told["questions"]]),
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
                _items("numbered", [[Run(text)] for text in self.told["questions"]]),
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
                link=self.imprint.to(self.catalogue.address("lessons", lesson)),
            )
            for lesson in self.catalogue.about("lessons", self.principle)
        ]
        return _items("bullets", [*found, self.runs(words["all_lessons"])])

    def plain(self, pattern: str) -> dict[str, Any]:
        """Give a line of the wording as a paragraph of a sheet."""
        return {"kind": "plain", "runs": _runs(*self.runs(pattern))}

    # --- what is inside ---

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


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _joined(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _runs(*runs: Run) -> list[dict[str, Any]]:
    return [asdict(run) for run in runs]


def _heading(text: str) -> dict[str, Any]:
    return {"kind": "heading", "runs": _runs(Run(text))}


def _items(kind: str, items: Sequence[Sequence[Run]]) -> dict[str, Any]:
    return {"kind": kind, "items": [_runs(*runs) for runs in items]}


def _text(sheet: Mapping[str, Any]) -> str:
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
                for letter, answer in enumerate(item["answers"]):
                    yield f"   {_filled(block['lettered'], {'letter': _letter(letter), 'text': _words(answer)})}"
                yield from (f"   {_words(runs)}" for runs in item["explained"])


def _words(runs: Sequence[Mapping[str, Any]]) -> str:
    return "".join(run["text"] for run in runs)
