"""Shapes at places of their own on slides: marks and codes for cameras, native, and with words for everybody.

Nothing here knows the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from macros.formats.pptx_text import Shape

__all__ = ["markup"]

CODE = "code"
"""The form of a code for cameras: dots in rows and columns."""

DOT, OVERLAP = 100, 3
"""A dot's side in the units of its drawing, and how far it reaches into the next row, so that no line shows between."""

SIDE, ABOVE = 10, 5
"""Points that a box leaves free beside its text, and above and below it."""


def markup(shape: Shape, number: int, paragraphs: Sequence[str], link: str, ground: str) -> str:
    """Give a shape as DrawingML: its number on the slide, its paragraphs, its link's id, its colour in digits."""
    left, top, width, high = map(Pt, shape.place)
    click = f'<a:hlinkClick r:id="{link}"/>' if link else ""
    turned = f' rot="{shape.turned * 60_000}"' if shape.turned else ""
    upright = f' rot="{-shape.turned * 60_000}"' if shape.turned else ""  # text stays level in a shape that is turned
    inset = (0, 0) if shape.centred else (Pt(SIDE), Pt(ABOVE))
    fill = f'<a:solidFill><a:srgbClr val="{ground}"/></a:solidFill>' if ground else "<a:noFill/>"
    text = "".join(paragraphs) or "<a:p/>"
    return (
        f"<p:sp {nsdecls('p', 'a', 'r')}>"
        f'<p:nvSpPr><p:cNvPr id="{number}" name="{escape(shape.name)}" descr="{escape(shape.told)}">{click}</p:cNvPr>'
        "<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f'<p:spPr><a:xfrm{turned}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{high}"/></a:xfrm>'
        f"{_form(shape)}{fill}<a:ln><a:noFill/></a:ln></p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" lIns="{inset[0]}" rIns="{inset[0]}" tIns="{inset[1]}" bIns="{inset[1]}" '
        f'anchor="ctr"{upright}/><a:lstStyle/>{text}</p:txBody></p:sp>'
    )


def _form(shape: Shape) -> str:
    if shape.form != CODE:
        return f'<a:prstGeom prst="{shape.form}"><a:avLst/></a:prstGeom>'
    side = len(shape.dots) * DOT
    paths = "".join(f'<a:path w="{side}" h="{side}">{row}</a:path>' for row in _dotted(shape.dots))
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f"<a:pathLst>{paths}</a:pathLst></a:custGeom>"
    )


def _dotted(rows: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield each row as a path of its own: programs leave open what lies under two parts of one path."""
    for at, row in enumerate(rows):
        pieces, place = [], 0
        for dark, run in groupby(row):
            count = len(list(run))
            if dark:
                low = min((at + 1) * DOT + OVERLAP, len(rows) * DOT)
                corners = [(place, at), (place + count, at), (place + count, None), (place, None)]
                points = [(x * DOT, low if y is None else y * DOT) for x, y in corners]
                start, *others = (f'<a:pt x="{x}" y="{y}"/>' for x, y in points)
                drawn = "".join(f"<a:lnTo>{one}</a:lnTo>" for one in others)
                pieces.append(f"<a:moveTo>{start}</a:moveTo>{drawn}<a:close/>")
            place += count
        if pieces:
            yield "".join(pieces)
