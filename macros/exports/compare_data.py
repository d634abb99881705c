"""What the page that compares two (`/compare/`) loads once its reader has chosen what to compare: a script per kind.

They are scripts and not JSON, so that the page works in a folder (file://) too, where a page may fetch nothing. What
they hold is text: `docs/assets/compare.js` puts it into the page as text alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.field_types import PartialDate
from macros.exports.path_patterns import Output
from macros.pages import comparison
from macros.pages.escaping import long_date

__all__ = ["OUTPUTS", "files", "said"]

PLACE = "assets/compare-data-{subject}.js"

OUTPUTS = (Output("compare", tuple(PLACE.format(subject=subject) for subject in comparison.SUBJECTS), internal=True),)
"""The paths of its files."""


def files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the path of each script from the site's root, and its text."""
    for subject in comparison.SUBJECTS:
        text = json.dumps(said(catalogue, subject), ensure_ascii=False, separators=(",", ":"))
        # The two line ends that end a line in older scripts but not in JSON.
        text = text.replace(chr(0x2028), " ").replace(chr(0x2029), " ")
        yield PLACE.format(subject=subject), f"(window.compareData??={{}})[{json.dumps(subject)}]={text};\n"


def said(catalogue: Catalogue, subject: str) -> dict[str, Any]:
    """Give all of a kind that can be compared, by id, and the words for what is less than sure."""
    return {
        "doubts": {word.id: word.label for word in catalogue.document.confidences if word.id != "confirmed"},
        "items": {
            one.id: {
                "name": one.name,
                "address": _from_root(one.address),
                "cells": {aspect: _cell(cell) for aspect, cell in one.cells.items() if cell.entries},
            }
            for one in comparison.compared(catalogue, subject)
        },
    }


def _cell(cell: comparison.Cell) -> dict[str, Any]:
    more = {"address": _from_root(cell.address), "count": cell.count}
    return {"entries": [_entry(entry) for entry in cell.entries], **_kept(more)}


def _entry(entry: comparison.Entry) -> dict[str, Any]:
    return _kept(
        {
            "text": entry.text,
            "address": _from_root(entry.address),
            "more": entry.more,
            "tag": entry.tag,
            "date": _date(entry.date),
            "until": _date(entry.until),
            "doubt": entry.confidence if entry.confidence != "confirmed" else None,
            "quoted": entry.quoted,
            "role": entry.role,
            "when": entry.when,
            "sources": [_source(one) for one in entry.sources],
        }
    )


def _source(source: kinds.Source) -> list[str]:
    """Give who published a source and in which year, where it stands, and its title."""
    said = ", ".join(filter(None, (source.publisher, source.date.text[:4] if source.date else "")))
    return [said, _from_root(Catalogue.details("sources", source)), source.title]


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _date(when: PartialDate | None) -> list[str] | None:
    return [when.text, long_date(when)] if when else None


def _from_root(address: str) -> str:
    """Give an address as the script resolves it: from the site's root, wherever that is."""
    return address.lstrip("/")
