"""Where things stand on the slides of lessons: one way of laying out for each kind of slide, all in large type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macros.data.languages import ENGLISH
from macros.formats.pptx_drawing import box_height
from macros.formats.pptx_text import (
    INSET,
    LINE,
    SPACING,
    Box,
    LaidOut,
    Paragraph,
    Place,
    Placed,
    Run,
    Shape,
    rows,
)
from macros.formats.pptx_writer import MARKS
from macros.pages.drawings import DrawnSentence

__all__ = [
    "LEAST",
    "NUMBER",
    "Heading",
    "beside",
    "code",
    "eleven",
    "headings",
    "said",
    "sentence",
    "slide",
    "text",
]

OPENING, NUMBER, TITLE, LARGE, SIZE, LEAST = 54, 48, 40, 40, 32, 28
"""Points of type: the title of a deck, numbers to call, titles, text where it is short, text, and the least of all."""

LEFT, ACROSS, TOP, BOTTOM = 43.2, 871.2, 30.0, 496.0
"""Points from the left and from the top between which all stands, and the width of it; marks stand below."""

EDGE = LEFT + INSET
"""Points from the left to letters, and to what is drawn."""

BELOW = 16.0
"""Points between a title and what stands below it."""

SERIF = 0.98
"""How wide bold serifs are at most, beside the face that rows are counted with."""

SQUARE = 232.0
"""Points of a code's side: cameras read it from the last row."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An official heading: its number, what it is called, and its mark in words."""

    number: int
    title: str
    told: str


def text(line: str, size: int = SIZE, colour: str = "", *, bold: bool = False, kind: str = "plain") -> Paragraph:
    """Give a line of a slide."""
    return Paragraph((Run(line, bold=bold, colour=colour),), kind, size)


def said(title: str, lines: Sequence[str], colour: str = "") -> list[Paragraph]:
    """Give the lines of a slide as large as they fit."""
    large = [text(line, LARGE, colour, kind="loose") for line in lines]
    if _below(title) + sum(rows(one, ACROSS) * one.size * LINE + SPACING["loose"][2] for one in large) <= BOTTOM:
        return large
    return [text(line, SIZE, colour) for line in lines]


def slide(
    title: str,
    lines: Sequence[Paragraph],
    drawn: Sequence[Shape | Placed],
    notes: Sequence[str],
    *,
    ground: str = "",
    opening: bool = False,
    hidden: bool = False,
    narrow: bool = False,
) -> LaidOut:
    """Give a slide: a title, and below it text or shapes. `narrow` leaves room for a code on the right.

    On a ground of the site's own colour all is white, and nothing else is seen.
    """
    dark = ground == "primary"
    size = OPENING if opening else TITLE
    head = text(title, size, "white" if dark else "", bold=True)
    top = TOP + (110 if opening else 0)
    high = rows(head, ACROSS * SERIF) * size * LINE + 10
    start = top + high + BELOW
    width = ACROSS - (SQUARE + 40 if narrow else 0)
    return LaidOut(
        title=head,
        title_place=(LEFT, top, ACROSS, high),
        text=tuple(lines),
        text_place=(LEFT, start, width, BOTTOM - start),
        shapes=tuple(one for one in drawn if isinstance(one, Shape)),
        boxes=tuple(one for one in drawn if isinstance(one, Placed)),
        notes=tuple(notes),
        ground=ground,
        bare=dark,
        hidden=hidden,
    )


def _below(title: str) -> float:
    """Give the points from the top at which shapes begin below a title."""
    return TOP + rows(text(title, TITLE, bold=True), ACROSS * SERIF) * TITLE * LINE + 10 + BELOW


def _mark(number: int, place: Place, name: str, told: str, label: str = "") -> Shape:
    _, form, turned = MARKS[number - 1]
    lines = (text(label, SIZE, "white", bold=True),) if label else ()
    return Shape(place, name, told, form, turned, lines, centred=True, ground=str(number))


def eleven(title: str, told: Sequence[tuple[int, int, str, str]]) -> Iterator[Shape]:
    """Yield a shape for each principle, in two rows: by its number, its heading's number, its name, what it is."""
    side, gap, start = 124.0, 38.0, _below(title) + 16
    first = (len(told) + 1) // 2
    apart = (ACROSS - 2 * INSET - first * side) / (first - 1)
    for at, (number, heading, name, words) in enumerate(told):
        row, column = divmod(at, first)
        place = (EDGE + column * (side + apart), start + row * (side + gap), side, side)
        yield _mark(heading, place, name, words, str(number))


def headings(title: str, found: Sequence[Heading]) -> Iterator[Shape]:
    """Yield the mark of each heading and what it is called, in two columns, the first one first."""
    start, side = _below(title), 44.0
    first = (len(found) + 1) // 2
    high = (BOTTOM - start) / first
    for at, one in enumerate(found):
        column, row = divmod(at, first)
        left, top = EDGE + column * (ACROSS / 2), start + row * high
        place = (left + side + 6, top, ACROSS / 2 - side - 20, high)
        yield _mark(one.number, (left, top + (high - side) / 2, side, side), one.told, one.told)
        yield Shape(place, one.title, one.title, text=(text(one.title, LEAST),))


def sentence(title: str, drawing: DrawnSentence, names: Sequence[str], language: str) -> Iterator[Placed]:
    """Yield a box for each part of a sentence: its kind and its words. What stands within a part is left out."""
    top, width = _below(title) + 8, ACROSS - 2 * INSET
    for part, name in zip(drawing.parts, names, strict=True):
        foreign = ENGLISH.code if part.phrase and language != ENGLISH.code else ""
        run = Run(part.shown(language), bold=part.phrase is not None, language=foreign)
        words = Paragraph((run,), size=SIZE)
        ground = {"solid": "panel", "double": "head"}.get(part.edge, "")
        box = Box(words, part.edge, name, part.told(language), part.kind_label, ground)
        high = box_height(box, width) + 12
        yield Placed(box, EDGE, top, width, high)
        top += high + 16


def beside(title: str, lines: Sequence[str], names: Sequence[str]) -> Iterator[Placed]:
    """Yield a box for each of two lines, beside each other and of one height."""
    gap = 28.0
    width = (ACROSS - 2 * INSET - gap) / 2
    words = [text(line, LARGE) for line in lines]
    boxes = [Box(one, "solid", name, one.text, ground="panel") for one, name in zip(words, names, strict=True)]
    high = max(box_height(box, width) for box in boxes) + 40
    for at, box in enumerate(boxes):
        yield Placed(box, EDGE + at * (width + gap), _below(title) + 16, width, high)


def code(title: str, dots: tuple[tuple[int, ...], ...], told: str, address: str) -> Shape:
    """Give the code for cameras on the right, with the light edge that they need round it."""
    place = (LEFT + ACROSS - SQUARE - 12, _below(title) + 14, SQUARE, SQUARE)
    return Shape(place, told, told, form="code", ground="black", dots=dots, link=address)
