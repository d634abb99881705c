"""Boxes of a drawing on slides: native shapes one below the other, in the order in which they are read.

What does not fit goes on to a further slide. Nothing here knows the data.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from macros.formats.pptx_text import (
    ACROSS,
    BODY_HEIGHT,
    BODY_TOP,
    BOLD,
    INSET,
    LEFT,
    LETTER,
    LINE,
    Box,
    Paragraph,
    Placed,
    height,
)

__all__ = ["box_height", "pages_of", "shape"]

LINES = {"solid": ("solid", "sng", 2.25), "dashed": ("dash", "sng", 2.25), "dotted": ("sysDot", "sng", 2.25)} | {
    "double": ("solid", "dbl", 4.5)
}
"""The line of each style of edge: its dashes, whether it is one line or two, and its width in points."""

COLUMN = 144
"""Points from the left of a box to its words, beside the question that they answer."""

SIDE, ABOVE, INNER = 8, 4, 2
"""Points that a box leaves free beside its text; above and below it; and above and below within another box."""

GAP, NEAR = 5, 3
"""Points between boxes, and between one and what belongs to it."""


def pages_of(boxes: Sequence[Box], lead: Iterable[Paragraph]) -> list[list[Placed]]:
    """Give the boxes of each slide, below the paragraphs that open it. What belongs together stays together."""
    start = BODY_TOP.pt + height(lead) + INSET
    end = BODY_TOP.pt + BODY_HEIGHT.pt
    pages: list[list[Placed]] = [[]]
    top = start
    for group in _groups(boxes):
        placed = list(_placed(group, top))
        if pages[-1] and placed[-1].top + placed[-1].height > end:
            pages.append([])
            placed = list(_placed(group, start))
        pages[-1] += placed
        top = placed[-1].top + placed[-1].height + GAP
    return pages


def _groups(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    """Yield each box with those that belong to it; those that stand beside each other are one group."""
    group: list[Box] = []
    for box in boxes:
        if group and not box.inner and not (box.beside and group[-1].beside):
            yield group
            group = []
        group.append(box)
    if group:
        yield group


def _placed(group: Sequence[Box], top: float) -> Iterator[Placed]:
    if group[0].beside:
        width = (ACROSS.pt - GAP * (len(group) - 1)) / len(group)
        tall = max(box_height(box, width) for box in group)
        for place, box in enumerate(group):
            yield Placed(box, LEFT.pt + place * (width + GAP), top, width, tall)
        return
    for box in group:
        left = COLUMN if box.inner else 0
        width = ACROSS.pt - left
        tall = box_height(box, width)
        yield Placed(box, LEFT.pt + left, top, width, tall)
        top += tall + NEAR


def box_height(box: Box, width: float) -> float:
    """Give the points that a box of a width needs for its text, generously measured."""
    wide = sum(len(run.text) * box.text.size * (BOLD if run.bold else LETTER) for run in box.text.runs)
    room = width - 2 * SIDE - _hung(box)
    # Lines break between words, so that not all of each is filled.
    lines = 1 if wide <= room else math.ceil(1.15 * wide / room)
    return lines * box.text.size * LINE + 2 * (INNER if box.inner else ABOVE)


def _hung(box: Box) -> int:
    return COLUMN if box.label else 0


def shape(placed: Placed, number: int, runs: str, line: str, ground: str) -> str:
    """Give a box as a shape (DrawingML): its number on the slide, its text, the fills of its edge and its ground."""
    box = placed.box
    dashes, compound, wide = LINES[box.edge]
    hung, inside = _hung(box), INNER if box.inner else ABOVE
    return (
        f"<p:sp {nsdecls('p', 'a')}>"
        f'<p:nvSpPr><p:cNvPr id="{number}" name="{escape(box.name)}" descr="{escape(box.told)}"/>'
        "<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f'<p:spPr><a:xfrm><a:off x="{Pt(placed.left)}" y="{Pt(placed.top)}"/>'
        f'<a:ext cx="{Pt(placed.width)}" cy="{Pt(placed.height)}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{ground}'
        f'<a:ln w="{Pt(wide)}" cmpd="{compound}">{line}<a:prstDash val="{dashes}"/></a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="{Pt(SIDE)}" rIns="{Pt(SIDE)}" tIns="{Pt(inside)}" '
        f'bIns="{Pt(inside)}" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:pPr marL="{Pt(hung)}" indent="{-Pt(hung)}" algn="l"/>{runs}</a:p></p:txBody></p:sp>'
    )
