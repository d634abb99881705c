"""What stands on slides, and how much of it fits.

Text that does not fit goes on to a further slide and is never set smaller.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pptx.util import Inches

from macros.data.languages import ENGLISH

__all__ = [
    "BEFORE",
    "ROOM",
    "SIZE",
    "SPACING",
    "Block",
    "Box",
    "Deck",
    "LaidOut",
    "Paragraph",
    "Placed",
    "Run",
    "Section",
    "Shape",
    "height",
    "rows",
    "slides_of",
]


LEFT, ACROSS = Inches(0.6), Inches(12.1)

BODY_TOP, BODY_HEIGHT = Inches(1.4), Inches(5.3)

INSET = 7.2
"""Points that a box of text leaves free on its left and right; half as much above and below."""

SIZE = 24
"""Points of the type on slides: to be read from the last row."""

BEFORE = 9
"""Points above a paragraph."""

LINE = 1.2
"""A line's height, in sizes of its type."""

LETTER, BOLD = 0.51, 0.56
"""A letter's width, in sizes of its type, when room is measured: Arial's are narrower on average in English text."""

ROOM = BODY_HEIGHT.pt - INSET
"""Points that the text of one slide can fill in height."""

SPACING = {"plain": (0, 0, BEFORE), "bullet": (22, -22, BEFORE), "answer": (22, 0, 4), "loose": (0, 0, 18)}
"""Per kind of paragraph, points before its lines, before its first line beyond those, and above it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same; `colour` is one of COLOURS, `link` the address that they lead to."""

    text: str
    bold: bool = False
    colour: str = ""
    link: str = ""
    italic: bool = False
    language: str = ""
    """Where it is another than that of the deck (BCP 47)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a slide; its kind is `plain`, `loose`, `bullet` or `answer`."""

    runs: tuple[Run, ...]
    kind: str = "plain"
    size: int = SIZE

    @property
    def text(self) -> str:
        """Its words without their looks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that stay on one slide if they can, and what the speaker's notes say about them."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a drawing: its text, the style of its edge, its name, and what it says in words (also for the notes).

    `label` stands in a column before the text. `ground` is one of COLOURS, `mark` for a tint of the deck's mark, or
    nothing. A box that is `inner` belongs to the one before it; those that are `beside` share a row.
    """

    text: Paragraph
    edge: str
    name: str
    told: str
    label: str = ""
    ground: str = ""
    inner: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and where it stands on its slide, in points."""

    box: Box
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one title, on one slide or more: `lead` opens each of them, `notes` the notes of each.

    `parts` is the title of one of several slides, with `{title}`, `{place}` and `{count}` in it. `boxes` of a drawing
    stand in place of blocks.
    """

    title: str
    blocks: tuple[Block, ...]
    lead: tuple[Paragraph, ...] = ()
    notes: tuple[str, ...] = ()
    parts: str = "{title} ({place}/{count})"
    boxes: tuple[Box, ...] = ()

    def named(self, place: int, count: int) -> str:
        """Give the title of one of its slides, from 1."""
        return self.parts.format(title=self.title, place=place, count=count) if count > 1 else self.title


Place = tuple[float, float, float, float]
"""Points from the left and from the top of a slide, width and height."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape at a place of its own: its name, and what it says to those who do not see it.

    `form` is one of DrawingML's, turned by degrees, or `code` for the dots of a code for cameras. `ground` is its
    colour, `link` the address that it leads to.
    """

    place: Place
    name: str
    told: str
    form: str = "rect"
    turned: int = 0
    text: tuple[Paragraph, ...] = ()
    centred: bool = False
    ground: str = ""
    dots: tuple[tuple[int, ...], ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A slide whose author says where everything stands: the title, the text below it if any, then shapes and boxes.

    `ground` is the colour behind it all; `bare` leaves out what every slide shows; `hidden` slides are passed over.
    """

    title: Paragraph
    title_place: Place
    text: tuple[Paragraph, ...] = ()
    text_place: Place = (0, 0, 0, 0)
    shapes: tuple[Shape, ...] = ()
    boxes: tuple[Placed, ...] = ()
    notes: tuple[str, ...] = ()
    ground: str = ""
    bare: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation: its title slide, its sections, and what it says about itself.

    `name` is what a window shows while it is open; `category` the number of the mark, `moment` when it was made.
    Where there are slides that are laid out already, they are all of it.
    """

    name: str
    title: str
    opening: tuple[Paragraph, ...]
    opening_notes: tuple[str, ...]
    sections: tuple[Section, ...]
    footer: str
    category: int
    author: str
    subject: str
    about: str
    moment: int
    slides: tuple[LaidOut, ...] = ()
    language: str = ENGLISH.tag
    """As programs name it, with its country."""


def height(paragraphs: Iterable[Paragraph]) -> float:
    """Give the points that paragraphs fill on a slide, generously measured."""
    return sum(len(_lines(paragraph)) * paragraph.size * LINE + SPACING[paragraph.kind][2] for paragraph in paragraphs)


def rows(paragraph: Paragraph, across: float) -> int:
    """Give the rows that a paragraph takes in a box of some points in width, generously measured."""
    return len(_lines(paragraph, across - 2 * INSET))


@lru_cache(maxsize=1000)
def _lines(paragraph: Paragraph, across: float = ACROSS.pt - 2 * INSET) -> list[str]:
    across -= SPACING[paragraph.kind][0]
    wide = sum(len(run.text) * (BOLD if run.bold else LETTER) for run in paragraph.runs) / (len(paragraph.text) or 1)
    return textwrap.wrap(paragraph.text, max(1, int(across / (paragraph.size * (wide or LETTER))))) or [""]


def slides_of(section: Section) -> Iterator[tuple[str, list[Paragraph], list[str]]]:
    """Yield title, paragraphs and notes of each slide of a section: as few as hold it, filled alike."""
    blocks = [part for block in section.blocks for part in _fitting(block, ROOM - height(section.lead))]
    lead = height(section.lead)
    pages = _packed(blocks, ROOM - lead)
    whole = sum(height(block.paragraphs) for block in blocks)
    for step in range(8):  # the least room that needs no more slides than all of it
        room = whole / len(pages) * (1 + step / 8)
        alike = _packed(blocks, min(room, ROOM - lead))
        if len(alike) == len(pages):
            pages = alike
            break
    for place, page in enumerate(pages, start=1):
        title = section.named(place, len(pages))
        paragraphs = [*section.lead, *(paragraph for block in page for paragraph in block.paragraphs)]
        yield title, paragraphs, [*section.notes, *(note for block in page for note in block.notes)]


def _packed(blocks: Sequence[Block], room: float) -> list[list[Block]]:
    pages: list[list[Block]] = [[]]
    left = room
    for block in blocks:
        needed = height(block.paragraphs)
        if pages[-1] and needed > left:
            pages.append([])
            left = room
        pages[-1].append(block)
        left -= needed
    return pages


def _fitting(block: Block, room: float) -> Iterator[Block]:
    """Yield a block as it is, or what is too high for a slide paragraph by paragraph, and cut between words."""
    if height(block.paragraphs) <= room:
        yield block
        return
    parts: list[Paragraph] = []
    for paragraph in block.paragraphs:
        most = max(1, math.floor((room - BEFORE) / (paragraph.size * LINE)))
        lines = _lines(paragraph)
        if len(lines) <= most:
            parts.append(paragraph)
            continue
        last = paragraph.runs[-1]
        parts += [
            Paragraph((Run(" ".join(lines[start : start + most]), last.bold, last.colour),), paragraph.kind)
            for start in range(0, len(lines), most)
        ]
    for place, paragraph in enumerate(parts):
        yield Block((paragraph,), () if place else block.notes)
