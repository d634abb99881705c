"""A sheet as a document that word processors change (Office Open XML, ISO/IEC 29500), by python-docx.

Headings, lists and the heads of tables are real ones, so that outlines and screen readers find them. The same sheet
gives the same bytes. Nothing here knows the data.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from macros.data.languages import language_of
from macros.formats.cache import Cache, kept
from macros.formats.paper_blocks import Block, Paper, Sheet, Words
from macros.formats.zip_writer import pack
from macros.palette import palette

__all__ = ["document"]

SIZES: dict[Paper, tuple[Length, Length]] = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}

MARGIN = Mm(18)

_USED = frozenset(
    {
        *("Normal", "Heading1", "Heading1Char", "Heading2", "Heading2Char", "ListBullet", "DefaultParagraphFont"),
        *("TableNormal", "TableGrid", "NoList", "Footer", "FooterChar"),
    }
)
"""The styles of the library's template that sheets have, with those that these rest on."""

_NOT_USED = frozenset(
    {
        RELATIONSHIP_TYPE.THUMBNAIL,
        RELATIONSHIP_TYPE.CUSTOM_XML,
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }
)
"""Parts of that template that no sheet needs."""

LINE = "_" * 60
"""A line to write on; a word processor keeps it where it changes the paper."""


def document(sheet: Sheet, paper: Paper, moment: int, cache: Cache) -> bytes:
    """Give a sheet as a file for a size of paper; every part of it bears the moment (seconds since 1970)."""
    writer = Path(__file__).read_text(encoding="utf-8")
    parts = (repr(asdict(sheet)), paper, str(moment), writer, repr(palette()), docx.__version__)
    return kept(cache, parts, lambda: _made(sheet, paper, moment))


@cache
def _base() -> bytes:
    """Give the library's template without what no sheet uses: two thirds of every file, and somebody's thumbnail."""
    file = docx.Document()
    for owner in (file.part, file.part.package):
        for name, relation in list(owner.rels.items()):
            if relation.reltype in _NOT_USED:
                del owner.rels[name]
    styles = file.styles.element
    for style in list(styles.iter(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _USED:
            styles.remove(style)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _made(sheet: Sheet, paper: Paper, moment: int) -> bytes:
    file = docx.Document(io.BytesIO(_base()))
    _describe(file, sheet, moment)
    _style(file, sheet)
    _place(file, sheet, paper)
    if sheet.eyebrow:
        file.add_paragraph(sheet.eyebrow)
    file.add_heading(sheet.title, 1)
    for block in sheet.blocks:
        _add(file, block)
    out = io.BytesIO()
    file.save(out)
    with zipfile.ZipFile(out) as saved:
        return pack([(name, saved.read(name)) for name in saved.namelist()], moment)


def _describe(file: Any, sheet: Sheet, moment: int) -> None:
    about = file.core_properties
    about.title, about.author, about.subject, about.comments = sheet.title, sheet.site, sheet.description, ""
    about.language = language_of(sheet.language).tag
    about.last_modified_by = sheet.site
    about.created = about.modified = datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)


def _style(file: Any, sheet: Sheet) -> None:
    look = palette()
    for tag in file.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language_of(sheet.language).tag)
    for name, size, face in (
        ("Normal", max(sheet.size, 10.5), "slide_text"),
        ("Heading 1", 22, "slide_heading"),
        ("Heading 2", 14, "slide_heading"),
    ):
        style = file.styles[name]
        style.font.size, style.font.name = Pt(size), look.faces[face]
        fonts = style.element.rPr.rFonts
        for attribute in list(fonts.attrib):  # a face of the theme would win over the one that is named
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        fonts.set(qn("w:hAnsi"), look.faces[face])
        colour = "ink" if name == "Normal" else "primary"
        style.font.color.rgb = RGBColor.from_string(look.digits[colour])
        style.paragraph_format.space_after = Pt(5)
    for name in ("Heading 1", "Heading 2"):
        file.styles[name].paragraph_format.keep_with_next = True


def _place(file: Any, sheet: Sheet, paper: Paper) -> None:
    (section,) = file.sections
    across, down = SIZES[paper]
    section.page_width, section.page_height = (down, across) if sheet.wide else (across, down)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    foot = section.footer.paragraphs[0]
    foot.text = sheet.foot
    foot.runs[0].font.size = Pt(8.5)


def _add(file: Any, block: Block) -> None:
    if block.kind == "heading":
        file.add_heading(_text(block.items[0]), 2)
    elif block.kind == "table":
        _table(file, block)
    else:
        for place, item in enumerate(block.items):
            paragraph = file.add_paragraph(style="List Bullet" if block.kind == "bullets" else None)
            if block.kind in ("numbered", "tasks"):  # numbers of the word processor run on from list to list
                paragraph.add_run(f"{place + 1}. ")
            run = paragraph.add_run(_text(item))
            run.bold = True if block.kind == "strong" else None
            if block.kind == "imprint":
                run.font.size = Pt(8.5)
            for _ in range(block.lines[place] if block.lines else 0):
                file.add_paragraph(LINE)


def _table(file: Any, block: Block) -> None:
    rows = list(block.rows)
    table = file.add_table(rows=len(rows), cols=len(block.widths), style="Table Grid")
    table.autofit = False
    (section,) = file.sections
    across = section.page_width - section.left_margin - section.right_margin
    widths = [Length(int(across * share / sum(block.widths))) for share in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, row in enumerate(rows):
        for cell, item, width in zip(table.rows[place].cells, row, widths, strict=True):
            cell.width = width  # some programs go by the columns, others by the cells
            (paragraph,) = cell.paragraphs
            run = paragraph.add_run(_text(item))
            run.font.size = Pt(9.5)
            run.bold = True if place == 0 else None
    properties, head = OxmlElement("w:trPr"), OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")  # repeated on every page, and read as the head of its columns
    properties.append(head)
    last = list(file.element.body.iter(qn("w:tbl")))[-1]
    last.find(qn("w:tr")).insert(0, properties)
    file.add_paragraph()


def _text(item: tuple[Words, ...]) -> str:
    return "".join(text for text, _ in item)
