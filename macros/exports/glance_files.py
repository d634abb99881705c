"""The eleven at a glance beside its page: as a table (CSV), for programs (JSON), and as a picture (PNG)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from macros.data.catalogue import Catalogue
from macros.exports.csv_tables import BOM, table
from macros.exports.path_patterns import Output, in_languages
from macros.exports.teaching.statements import cleaned
from macros.formats.cache import Cache
from macros.formats.content import Content, SizedFile
from macros.formats.typst_renderer import pngs
from macros.pages import glance
from macros.pages.drawings import quoted
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo, edition
from macros.pages.ui_strings import marked, say

__all__ = ["OUTPUTS", "GlancePicture", "files", "pictures"]

ADDRESS = "/principles/glance/"

_PICTURES = tuple(f"{address.lstrip('/')}table.png" for address in in_languages(ADDRESS))

OUTPUTS = (Output("glance", ("principles/glance/data.csv", "principles/glance/data.json", *_PICTURES)),)
"""The paths of its files."""

SETTING = "glance.typ"


@dataclass(frozen=True, slots=True)
class GlancePicture(SizedFile):
    """The table as a picture in one language."""

    language: str
    content: Content

    @property
    def address(self) -> str:
        """Where it stands, from the site's root."""
        return f"{_page(self.language)}table.png"


def _page(language: str) -> str:
    return f"{'' if language == 'en' else f'/{language}'}{ADDRESS}"


def files(catalogue: Catalogue, site_info: SiteInfo) -> Iterator[tuple[str, str]]:
    """Yield the path of the table and of the data from the site's root, each with its text."""
    yield f"{ADDRESS.lstrip('/')}data.csv", BOM + _csv(catalogue)
    said = {
        "title": "The eleven at a glance",
        "address": site_info.to(ADDRESS),
        "checked": catalogue.last_checked.isoformat(),
        "licence": "CC BY 4.0",
        "words": {name: word.text for name, word in glance.WORDS.items()},
        "law_words": {name: word.text for name, word in glance.LAW_WORDS.items()},
        "cannot_show": list(glance.LIMITS),
        "principles": [_said(catalogue, row) for row in glance.rows(catalogue)],
    }
    yield f"{ADDRESS.lstrip('/')}data.json", json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _said(catalogue: Catalogue, row: glance.GlanceRow) -> dict[str, Any]:
    return {
        "number": row.principle.number,
        "id": row.principle.id,
        "title": row.principle.title,
        "address": catalogue.address("principles", row.principle),
        **{cell.question: _given(cell) for cell in row.cells},
        "law": {
            law.state.country.id: {"word": law.stage, **({"law": law.state.law.id} if law.state.law else {})}
            for law in row.laws
        },
        "on_record": row.on_record,
    }


def _given(cell: glance.GlanceCell) -> dict[str, str]:
    more = {"official_words": cell.quote, "our_words": cell.own, "phrase": cell.phrase.id if cell.phrase else None}
    return {"answer": cell.answer, **{name: value for name, value in more.items() if value}}


def _csv(catalogue: Catalogue) -> str:
    """Give the table as CSV: a row for each principle; official words stand in quotation marks."""
    rows = list(glance.rows(catalogue))
    countries = [law.state.country.id for law in rows[0].laws] if rows else []
    head = ["principle", "title", *glance.QUESTIONS, *(f"law_{country}" for country in countries), "on_record"]
    return table(
        head,
        (
            [
                str(row.principle.number),
                row.principle.title,
                *(_words(cell, "en") for cell in row.cells),
                *(law.word.text for law in row.laws),
                str(row.on_record),
            ]
            for row in rows
        ),
    )


def _words(cell: glance.GlanceCell, language: str) -> str:
    said = [cell.own, quoted(cell.quote, language) if cell.quote else None]
    return " ".join(filter(None, said)) or say(language, cell.word.text)


def pictures(catalogue: Catalogue, site_info: SiteInfo, cache: Cache, asked: Iterable[str]) -> Iterator[GlancePicture]:
    """Yield the table as a picture in each language asked for. Raises typst.TypstError for a fault in the template."""
    languages = list(asked)
    values = [_sheet(catalogue, site_info, language) for language in languages]
    for language, picture in zip(languages, pngs(SETTING, values, cache), strict=True):
        yield GlancePicture(language, Content(picture))


def _sheet(catalogue: Catalogue, site_info: SiteInfo, language: str) -> dict[str, Any]:
    """Give what the picture says, as the template reads it."""
    own = catalogue.translations[language].catalogue if language != "en" else catalogue
    rows = list(glance.rows(own))
    told = {
        "title": marked("The eleven at a glance"),
        "principle": marked("Principle"),
        "law": marked("Law with the same aim"),
        "record": marked("On record"),
        "limits": marked("What the columns cannot show"),
        "quoted": marked("Words in quotation marks are official; the rest is ours."),
    }
    page = site_info.to(_page(language))
    value = {
        **{name: say(language, text) for name, text in told.items()},
        "language": language,
        "site": say(language, site_info.name),
        "page": page,
        "edition": say(language, "Edition of {date}.", date=long_date(edition(catalogue), language)),
        "heads": [say(language, head) for head in glance.QUESTIONS.values()],
        "countries": [glance.short(language, law.state.country) for law in rows[0].laws] if rows else [],
        "cannot_show": [say(language, line) for line in glance.LIMITS],
        "rows": [
            {
                "number": row.principle.number,
                "category": own.category_of(row.principle).number,
                "title": row.principle.title,
                "cells": [_drawn(cell, language) for cell in row.cells],
                "laws": [{"drawn": True, "text": say(language, law.word.text), "word": law.stage} for law in row.laws],
                "record": str(row.on_record),
            }
            for row in rows
        ],
    }
    return cleaned(value)


def _drawn(cell: glance.GlanceCell, language: str) -> dict[str, Any]:
    return {"drawn": not (cell.quote or cell.own), "text": _words(cell, language), "word": cell.answer}
