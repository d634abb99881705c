"""Text to slides, as an Office Open XML presentation (ISO/IEC 29500), by python-pptx.

Every slide fills the title and the text of its layout, so that outlines and screen readers find both, in that order.
What stands on slides is `pptx_text`. Nothing here knows the data.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
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

from macros.data.languages import ENGLISH
from macros.formats import pptx_drawing, pptx_shapes, pptx_text
from macros.formats.cache import Cache, kept
from macros.formats.pptx_drawing import pages_of
from macros.formats.pptx_text import (
    ACROSS,
    BEFORE,
    BODY_HEIGHT,
    BODY_TOP,
    INSET,
    LEFT,
    SIZE,
    SPACING,
    Deck,
    LaidOut,
    Paragraph,
    Placed,
    Run,
    Section,
    Shape,
    height,
    slides_of,
)
from macros.formats.zip_writer import pack
from macros.palette import palette

__all__ = ["COLOURS", "MARKS", "presentation"]

LANGUAGE = ENGLISH.tag
"""The language in which a deck is made; `_speak` gives it that of its texts."""

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

TINT = 9_000
"""Thousandths of a hundredth of a mark's colour in a tint of it, as on pages."""

WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)
"""Sixteen by nine, in the size that programs for slides give it."""


USUAL, LARGE = (32, SIZE), (40, 32)
"""Points of titles and of text where nothing else is said: on slides that are filled, and on those laid out already."""

_BESIDE = (str(pptx_text.__file__), str(pptx_drawing.__file__), str(pptx_shapes.__file__))


@dataclass(slots=True)
class _Slide:
    title: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Placed] = field(default_factory=list)


def presentation(deck: Deck, cache: Cache) -> bytes:
    """Give a deck as a file. Each slide has a title of its own, its language and notes; nothing is empty."""
    writers = (Path(file).read_text(encoding="utf-8") for file in (__file__, *_BESIDE))
    parts = (repr(asdict(deck)), *writers, repr(palette()), pptx.__version__)
    return kept(cache, parts, lambda: _made(deck))


def _made(deck: Deck) -> bytes:
    file: Any = pptx.Presentation(io.BytesIO(_base(*(LARGE if deck.slides else USUAL))))
    _describe(file, deck)
    _decorate(file, deck)
    opening, content = file.slide_layouts
    for laid in deck.slides:
        _lay_out(file, content, laid)
    if not deck.slides:
        _add_all(file, opening, content, deck)
    _speak(file, LANGUAGE, deck.language)
    out = io.BytesIO()
    file.save(out)
    with zipfile.ZipFile(out) as saved:
        return pack([(name, saved.read(name)) for name in saved.namelist()], deck.moment)


def _add_all(file: Any, opening: Any, content: Any, deck: Deck) -> None:
    _add(file, opening, _Slide(deck.title, list(deck.opening), list(deck.opening_notes)))
    for section in deck.sections:
        for made in _slides(section):
            _add(file, content, made, deck.category)


def _slides(section: Section) -> Iterator[_Slide]:
    if not section.boxes:
        yield from (_Slide(*made) for made in slides_of(section))
        return
    pages = pages_of(section.boxes, section.lead)
    for place, page in enumerate(pages, start=1):
        notes = [*section.notes, *(placed.box.told for placed in page)]
        yield _Slide(section.named(place, len(pages)), list(section.lead), notes, page)


def _describe(file: Any, deck: Deck) -> None:
    when = datetime.fromtimestamp(deck.moment, UTC).replace(tzinfo=None)
    about = file.core_properties
    about.title, about.author, about.subject, about.comments = deck.name, deck.author, deck.subject, deck.about
    about.last_modified_by, about.language, about.revision, about.keywords = deck.author, deck.language, 1, ""
    about.created = about.modified = when


def _add(file: Any, layout: Any, what: _Slide, category: int = 1) -> None:
    slide = file.slides.add_slide(layout)
    title, body = slide.placeholders
    _fill(title, [f"<a:p>{_run(Run(what.title))}</a:p>"])
    _fill(body, [_paragraph(paragraph, slide.part) for paragraph in what.paragraphs])
    if what.boxes:
        body.left, body.top, body.width, body.height = LEFT, BODY_TOP, ACROSS, Pt(height(what.paragraphs) + INSET)
        colour = MARKS[(category - 1) % len(MARKS)][0]
        for number, placed in enumerate(what.boxes, start=20):
            slide.shapes._spTree.append(parse_xml(_box(placed, number, colour)))
    notes = slide.notes_slide
    _fill(notes.notes_placeholder, [f"<a:p>{_run(Run(note))}</a:p>" for note in what.notes])


def _lay_out(file: Any, layout: Any, what: LaidOut) -> None:
    slide = file.slides.add_slide(layout)
    title, body = slide.placeholders
    for shape, place in ((title, what.title_place), (body, what.text_place)):
        shape.left, shape.top, shape.width, shape.height = map(Pt, place)
    _fill(title, [_paragraph(what.title, slide.part, usual=0)])
    if what.text:
        _fill(body, [_paragraph(paragraph, slide.part, usual=0) for paragraph in what.text])
    else:
        body.element.getparent().remove(body.element)
    for number, laid in enumerate(what.shapes, start=20):
        slide.shapes._spTree.append(parse_xml(_laid_shape(laid, number, slide.part)))
    for number, placed in enumerate(what.boxes, start=20 + len(what.shapes)):
        slide.shapes._spTree.append(parse_xml(_box(placed, number, COLOURS["edge"])))
    if what.ground:
        ground = f'<a:solidFill><a:srgbClr val="{COLOURS[what.ground]}"/></a:solidFill><a:effectLst/>'
        slide.element.cSld.insert(0, parse_xml(f"<p:bg {nsdecls('p', 'a')}><p:bgPr>{ground}</p:bgPr></p:bg>"))
    if what.bare:
        slide.element.set("showMasterSp", "0")
    if what.hidden:
        slide.element.set("show", "0")
    _fill(slide.notes_slide.notes_placeholder, [f"<a:p>{_run(Run(note))}</a:p>" for note in what.notes])


def _laid_shape(laid: Shape, number: int, part: Any) -> str:
    paragraphs = [_paragraph(one, part, usual=0, centred=laid.centred) for one in laid.text]
    link = part.relate_to(laid.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True) if laid.link else ""
    return pptx_shapes.markup(laid, number, paragraphs, link, COLOURS.get(laid.ground, ""))


def _box(placed: Placed, number: int, colour: str) -> str:
    """Give a box of a drawing; its edge has the colour of the deck's mark, and a tint of it may be its ground."""
    box = placed.box
    label = [Run(f"{box.label}\t", colour="quiet")] if box.label else []
    runs = "".join(_run(run, box.text.size, usual=0) for run in (*label, *box.text.runs))
    line = f'<a:solidFill><a:srgbClr val="{COLOURS["quiet"] if box.beside else colour}"/></a:solidFill>'
    ground = "<a:noFill/>"
    if box.ground == "mark":
        ground = f'<a:solidFill><a:srgbClr val="{colour}"><a:alpha val="{TINT}"/></a:srgbClr></a:solidFill>'
    elif box.ground:
        ground = f'<a:solidFill><a:srgbClr val="{COLOURS[box.ground]}"/></a:solidFill>'
    return pptx_drawing.shape(placed, number, runs, line, ground)


def _fill(shape: Any, paragraphs: Sequence[str]) -> None:
    inside = "".join(paragraphs)
    body = f"<p:txBody {nsdecls('p', 'a', 'r')}><a:bodyPr/><a:lstStyle/>{inside}</p:txBody>"
    old = shape.element.txBody
    old.getparent().replace(old, parse_xml(body))


def _paragraph(paragraph: Paragraph, part: Any, usual: int = SIZE, *, centred: bool = False) -> str:
    left, first, above = SPACING[paragraph.kind]
    gap = f'<a:spcBef><a:spcPts val="{above * 100}"/></a:spcBef>' if above != BEFORE else ""
    bullet = '<a:buChar char="•"/>' if paragraph.kind == "bullet" else "<a:buNone/>"
    runs = "".join(_run(run, paragraph.size, part, usual) for run in paragraph.runs)
    side = ' algn="ctr"' if centred else ""
    return f'<a:p><a:pPr marL="{Pt(left)}" indent="{Pt(first)}"{side}>{gap}{bullet}</a:pPr>{runs}</a:p>'


def _run(run: Run, size: int = SIZE, part: Any = None, usual: int = SIZE) -> str:
    """Give a run's markup; what is not said here (face, colour, and the usual size) comes from the layout."""
    points = f' sz="{size * 100}"' if size != usual else ""
    inside = f'<a:solidFill><a:srgbClr val="{COLOURS[run.colour]}"/></a:solidFill>' if run.colour else ""
    if run.link and part is not None:
        identifier = part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        inside += f'<a:hlinkClick r:id="{identifier}"/>'
    looks = (' b="1"' if run.bold else "") + (' i="1"' if run.italic else "")
    spoken = run.language or LANGUAGE
    return f'<a:r><a:rPr lang="{spoken}"{points}{looks}>{inside}</a:rPr><a:t>{escape(run.text)}</a:t></a:r>'


def _decorate(file: Any, deck: Deck) -> None:
    """Add what every slide shows and nobody has to hear: a bar, the category's mark, the imprint, the number.

    Slides that are laid out already have large type only: a bar and all marks in a row.
    """
    opening, content = file.slide_layouts
    colour, shape, turned = MARKS[(deck.category - 1) % len(MARKS)]
    bar = _shape(10, "Bar", (0, 0, WIDTH, Inches(0.12)), "rect", COLOURS["primary"])
    if deck.slides:
        side, top = Inches(0.24), Inches(7.03)
        for at, mark in enumerate(MARKS):
            place = (LEFT + Inches(0.1) + at * Inches(0.4), top, side, side)
            content.shapes._spTree.insert(2, parse_xml(_shape(11 + at, "Mark", place, mark[1], mark[0], mark[2])))
        content.shapes._spTree.insert(2, parse_xml(bar))
        return
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
def _base(title_size: int, size: int) -> bytes:
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
    opening, _ = file.slide_layouts
    _place(master.placeholders, (Inches(0.4), Inches(0.9)), (BODY_TOP, BODY_HEIGHT))
    _place(opening.placeholders, (Inches(1.85), Inches(2.35)), (Inches(4.35), Inches(2.75)))
    _speak(file, None, LANGUAGE)
    # The library makes the master of the notes, and leaves out to name it.
    identifier = file.part.relate_to(file.notes_master.part, RELATIONSHIP_TYPE.NOTES_MASTER)
    named = f'<p:notesMasterId r:id="{identifier}"/>'
    listed = f"<p:notesMasterIdLst {nsdecls('p', 'r')}>{named}</p:notesMasterIdLst>"
    file.element.sldMasterIdLst.addnext(parse_xml(listed))
    _restyle(master, opening, title_size, size)
    theme = next(one.target_part for one in master.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.THEME)
    theme._blob = _themed(theme.blob)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


_NOT_USED = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
"""What the library leaves empty on slides and notes; the layout shows the imprint and the number instead."""


def _speak(file: Any, before: str | None, language: str) -> None:
    """Set the language of all texts, or of those only that are in another one."""
    slides = (part for slide in file.slides for part in (slide, slide.notes_slide))
    for owner in (file, file.slide_master, *file.slide_layouts, file.notes_master, *slides):
        for tagged in owner.element.findall(".//*[@lang]"):
            if before in (None, tagged.get("lang")):
                tagged.set("lang", language)


def _place(placeholders: Iterable[Any], *places: tuple[int, int]) -> None:
    for shape, (top, high) in zip(placeholders, places, strict=True):
        shape.left, shape.width, shape.top, shape.height = LEFT, ACROSS, top, high


def _restyle(master: Any, opening: Any, title_size: int, text_size: int) -> None:
    """Set titles and text flush left, bold titles in the site's colour, all in the sizes that are measured with."""
    for style, size, before in (("titleStyle", title_size, 0), ("bodyStyle", text_size, BEFORE)):
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
