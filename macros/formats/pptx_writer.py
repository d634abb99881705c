"""Text to slides, as an Office Open XML presentation (ISO/IEC 29500), by python-pptx.

Every slide fills the title and the text of its layout, so that outlines and screen readers find both, in that order.
Text that does not fit goes on to a further slide and is never set smaller. Nothing here knows the data.
"""

from __future__ import annotations

import hashlib
import io
import math
import textwrap
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import namespaces, nsdecls
from pptx.util import Emu, Inches, Pt

from macros.formats.typst_renderer import Kept
from macros.formats.zip_writer import pack
from macros.palette import palette

__all__ = ["COLOURS", "MARKS", "Block", "Deck", "Paragraph", "Run", "Section", "height", "presentation", "slides_of"]

LANGUAGE = "en-GB"

COLOURS: Mapping[str, str] = palette().digits
"""The light colours by name, as this format writes them."""

SHAPES = (
    ("ellipse", 0),
    ("triangle", 0),
    ("triangle", 90),
    ("diamond", 0),
    ("rect", 0),
    ("pentagon", 0),
    ("hexagon", 0),
)
"""The shape of each category's mark, and by how many degrees that is turned."""

MARKS = tuple((COLOURS[str(number)], *shape) for number, shape in enumerate(SHAPES, start=1))
"""The mark of each category: its colour, its shape, and by how many degrees that is turned."""

WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)
"""Sixteen by nine, in the size that programs for slides give it."""

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

_SHAPES = {"plain": (0, 0, BEFORE), "bullet": (22, -22, BEFORE), "answer": (22, 0, 4)}
"""Per kind of paragraph, points before its lines, before its first line beyond those, and above it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same; `colour` is one of COLOURS, `link` the address that they lead to."""

    text: str
    bold: bool = False
    colour: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a slide; its kind is `plain`, `bullet` or `answer`."""

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
class Section:
    """What stands under one title, on one slide or more: `lead` opens each of them, `notes` the notes of each.

    `parts` is the title of one of several slides, with `{title}`, `{place}` and `{count}` in it.
    """

    title: str
    blocks: tuple[Block, ...]
    lead: tuple[Paragraph, ...] = ()
    notes: tuple[str, ...] = ()
    parts: str = "{title} ({place}/{count})"


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation: its title slide, its sections, and what it says about itself.

    `name` is what a window shows while it is open; `category` the number of the mark, `moment` when it was made.
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


@dataclass(slots=True)
class _Slide:
    title: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def height(paragraphs: Iterable[Paragraph]) -> float:
    """Give the points that paragraphs fill on a slide, generously measured."""
    return sum(len(_lines(paragraph)) * paragraph.size * LINE + _SHAPES[paragraph.kind][2] for paragraph in paragraphs)


@lru_cache(maxsize=1000)
def _lines(paragraph: Paragraph) -> list[str]:
    across = ACROSS.pt - 2 * INSET - _SHAPES[paragraph.kind][0]
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
        title = section.title
        if len(pages) > 1:
            title = section.parts.format(title=section.title, place=place, count=len(pages))
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


def presentation(deck: Deck, kept: Kept) -> bytes:
    """Give a deck as a file. Each slide has a title of its own, its language and notes; nothing is empty."""
    parts = (repr(asdict(deck)), Path(__file__).read_text(encoding="utf-8"), repr(palette()), pptx.__version__)
    key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    if key not in kept:
        kept[key] = _made(deck)
    return kept[key]


def _made(deck: Deck) -> bytes:
    file: Any = pptx.Presentation(io.BytesIO(_base()))
    _describe(file, deck)
    _decorate(file, deck)
    opening, content = file.slide_layouts
    _add(file, opening, _Slide(deck.title, list(deck.opening), list(deck.opening_notes)))
    for section in deck.sections:
        for made in slides_of(section):
            _add(file, content, _Slide(*made))
    out = io.BytesIO()
    file.save(out)
    with zipfile.ZipFile(out) as saved:
        return pack([(name, saved.read(name)) for name in saved.namelist()], deck.moment)


def _describe(file: Any, deck: Deck) -> None:
    when = datetime.fromtimestamp(deck.moment, UTC).replace(tzinfo=None)
    about = file.core_properties
    about.title, about.author, about.subject, about.comments = deck.name, deck.author, deck.subject, deck.about
    about.last_modified_by, about.language, about.revision, about.keywords = deck.author, LANGUAGE, 1, ""
    about.created = about.modified = when


def _add(file: Any, layout: Any, what: _Slide) -> None:
    slide = file.slides.add_slide(layout)
    title, body = slide.placeholders
    _fill(title, [f"<a:p>{_run(Run(what.title))}</a:p>"])
    _fill(body, [_paragraph(paragraph, slide.part) for paragraph in what.paragraphs])
    notes = slide.notes_slide
    _fill(notes.notes_placeholder, [f"<a:p>{_run(Run(note))}</a:p>" for note in what.notes])


def _fill(shape: Any, paragraphs: Sequence[str]) -> None:
    inside = "".join(paragraphs)
    body = f"<p:txBody {nsdecls('p', 'a', 'r')}><a:bodyPr/><a:lstStyle/>{inside}</p:txBody>"
    old = shape.element.txBody
    old.getparent().replace(old, parse_xml(body))


def _paragraph(paragraph: Paragraph, part: Any) -> str:
    left, first, above = _SHAPES[paragraph.kind]
    gap = f'<a:spcBef><a:spcPts val="{above * 100}"/></a:spcBef>' if above != BEFORE else ""
    bullet = '<a:buChar char="•"/>' if paragraph.kind == "bullet" else "<a:buNone/>"
    runs = "".join(_run(run, paragraph.size, part) for run in paragraph.runs)
    return f'<a:p><a:pPr marL="{Pt(left)}" indent="{Pt(first)}">{gap}{bullet}</a:pPr>{runs}</a:p>'


def _run(run: Run, size: int = SIZE, part: Any = None) -> str:
    """Give a run's markup; what is not said here (face, size, colour) comes from the layout."""
    points = f' sz="{size * 100}"' if size != SIZE else ""
    inside = f'<a:solidFill><a:srgbClr val="{COLOURS[run.colour]}"/></a:solidFill>' if run.colour else ""
    if run.link and part is not None:
        identifier = part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        inside += f'<a:hlinkClick r:id="{identifier}"/>'
    bold = ' b="1"' if run.bold else ""
    return f'<a:r><a:rPr lang="{LANGUAGE}"{points}{bold}>{inside}</a:rPr><a:t>{escape(run.text)}</a:t></a:r>'


def _decorate(file: Any, deck: Deck) -> None:
    """Add what every slide shows and nobody has to hear: a bar, the category's mark, the imprint, the number."""
    opening, content = file.slide_layouts
    colour, shape, turned = MARKS[(deck.category - 1) % len(MARKS)]
    bar = _shape(10, "Bar", (0, 0, WIDTH, Inches(0.12)), "rect", COLOURS["primary"])
    for layout, side, top in ((opening, Inches(0.9), Inches(0.75)), (content, Inches(0.22), Inches(6.97))):
        place = (LEFT + Inches(0.1), top, side, side)
        tree = layout.shapes._spTree
        for markup in (bar, _shape(11, "Mark", place, shape, colour, turned)):
            tree.insert(2, parse_xml(markup))
    footer = _run(Run(deck.footer, colour="quiet"), 12)
    number = (
        f'<a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum"><a:rPr lang="{LANGUAGE}" sz="1200">'
        f'<a:solidFill><a:srgbClr val="{COLOURS["quiet"]}"/></a:solidFill></a:rPr><a:t>#</a:t></a:fld>'
    )
    line = Inches(6.88), Inches(0.4)
    tree = content.shapes._spTree
    tree.append(parse_xml(_shape(12, "Imprint", (Inches(1), line[0], Inches(10.6), line[1]), inside=footer)))
    tree.append(parse_xml(_shape(13, "Number", (Inches(11.7), line[0], Inches(1), line[1]), inside=number, side="r")))


def _shape(
    number: int,
    name: str,
    place: tuple[int, int, int, int],
    form: str = "rect",
    colour: str = "",
    turned: int = 0,
    inside: str = "",
    side: str = "l",
) -> str:
    left, top, width, high = place
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else "<a:noFill/>"
    return (
        f"<p:sp {nsdecls('p', 'a')}>"
        f'<p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm rot="{turned * 60000}"><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{high}"/></a:xfrm>'
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></p:spPr>'
        '<p:txBody><a:bodyPr wrap="square" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="{side}"/>{inside}</a:p></p:txBody></p:sp>'
    )


@cache
def _base() -> bytes:
    """Give the empty presentation that every deck starts from: the library's, with our measures, colours and type."""
    file: Any = pptx.Presentation()
    for layout in list(file.slide_layouts)[2:]:
        file.slide_layouts.remove(layout)
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    del file.element.sldSz.attrib["type"]
    for source, unused in (
        (file.part.package, ("thumbnail", "extended-properties")),
        (file.part, ("printerSettings",)),
    ):
        for identifier, relation in list(source._rels.items()):
            if relation.reltype.endswith(unused):
                source._rels.pop(identifier)
    master = file.slide_master
    for owner in (master, *file.slide_layouts, file.notes_master):
        for shape in list(owner.placeholders):
            if shape.placeholder_format.type in _NOT_USED:
                shape.element.getparent().remove(shape.element)
    opening, content = file.slide_layouts
    _place(master.placeholders, (Inches(0.4), Inches(0.9)), (BODY_TOP, BODY_HEIGHT))
    _place(opening.placeholders, (Inches(1.85), Inches(2.35)), (Inches(4.35), Inches(2.75)))
    for element in (file.element, master.element, opening.element, content.element, file.notes_master.element):
        for tagged in element.findall(".//*[@lang]"):
            tagged.set("lang", LANGUAGE)
    # The library makes the master of the notes, and leaves out to name it.
    identifier = file.part.relate_to(file.notes_master.part, RELATIONSHIP_TYPE.NOTES_MASTER)
    named = f'<p:notesMasterId r:id="{identifier}"/>'
    listed = f"<p:notesMasterIdLst {nsdecls('p', 'r')}>{named}</p:notesMasterIdLst>"
    file.element.sldMasterIdLst.addnext(parse_xml(listed))
    _restyle(master, opening)
    theme = next(one.target_part for one in master.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.THEME)
    theme._blob = _themed(theme.blob)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


_NOT_USED = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
"""What the library leaves empty on slides and notes; the layout shows the imprint and the number instead."""


def _place(placeholders: Iterable[Any], *places: tuple[int, int]) -> None:
    for shape, (top, high) in zip(placeholders, places, strict=True):
        shape.left, shape.width, shape.top, shape.height = LEFT, ACROSS, top, high


def _restyle(master: Any, opening: Any) -> None:
    """Set titles and text flush left, bold titles in the site's colour, all in the sizes that are measured with."""
    for style, size, before in (("titleStyle", 32, 0), ("bodyStyle", SIZE, BEFORE)):
        (first,) = _all(master.element, f"./p:txStyles/p:{style}/a:lvl1pPr")
        first.set("algn", "l")
        (gap,) = _all(first, "./a:spcBef")
        first.replace(gap, parse_xml(f'<a:spcBef {nsdecls("a")}><a:spcPts val="{before * 100}"/></a:spcBef>'))
        (words,) = _all(first, "./a:defRPr")
        words.set("sz", str(size * 100))
        if style == "titleStyle":
            words.set("b", "1")
            _all(words, ".//a:schemeClr")[0].set("val", "tx2")
    title, body = (shape.element.txBody for shape in opening.placeholders)
    for first in _all(body, ".//a:lvl1pPr"):
        first.set("algn", "l")
        for colour in _all(first, ".//a:schemeClr"):
            colour.clear()
            colour.set("val", "tx1")
    _all(title, "./a:bodyPr")[0].set("anchor", "b")
    large = f'<a:lstStyle {nsdecls("a")}><a:lvl1pPr><a:defRPr sz="4400" b="1"/></a:lvl1pPr></a:lstStyle>'
    title.replace(_all(title, "./a:lstStyle")[0], parse_xml(large))


def _all(element: Any, path: str) -> list[Any]:
    found: list[Any] = element.findall(path, namespaces("a", "p"))
    return found


def _themed(blob: bytes) -> bytes:
    """Give the library's theme with the site's colours and a face that is found everywhere."""
    theme: Any = parse_xml(blob)
    theme.set("name", "Calm")
    (colours,) = _all(theme, ".//a:clrScheme")
    accents = {f"accent{place}": colour for place, (colour, _, _) in enumerate(MARKS[:6], start=1)}
    dark, light = {"dk1": "ink", "dk2": "primary"}, {"lt1": "paper", "lt2": "panel"}
    named = {name: COLOURS[colour] for name, colour in {**dark, **light, "hlink": "link", "folHlink": "ours"}.items()}
    for name, colour in {**named, **accents}.items():
        (slot,) = _all(colours, f"./a:{name}")
        for old in list(slot):
            slot.remove(old)
        slot.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{colour}"/>'))
    for kind, name in (("majorFont", "slide_heading"), ("minorFont", "slide_text")):
        for face in _all(theme, f".//a:fontScheme/a:{kind}/a:latin"):
            face.set("typeface", palette().faces[name])
    for other in _all(theme, ".//a:fontScheme//a:font"):  # faces for scripts that no slide has
        other.getparent().remove(other)
    return serialize_part_xml(theme)
