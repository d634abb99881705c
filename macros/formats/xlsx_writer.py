"""Tables to one workbook, with the same bytes for the same input. Every cell has a type; none is ever a formula."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from macros.formats.relation import Column, Relation

__all__ = ["workbook"]

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDTHS = {"text": 30, "integer": 10, "number": 12, "boolean": 10, "date": 12, "list": 30}
"""Of a column by its type, in signs; a column of long texts gets `_WIDE`."""

_WIDE, _LONG = 60, 60
_NAME = 31
"""Signs that the name of a sheet can have."""

_MOST = 32_767
"""Signs that a cell can hold."""

_BLOCK = 256
"""Rows of a sheet that are packed together."""

_FIRST_YEAR = 1900
"""Excel knows no day before."""


def workbook(
    title: str, about: Sequence[Sequence[str]], heads: Sequence[str], relations: Iterable[Relation], moment: int
) -> bytes:
    """Give a workbook with a sheet for each table, its heads frozen, and before them one that says what there is.

    That sheet is called by the first of `heads`; below the lines of `about` it lists the sheets under the other heads:
    the name, what a row is, how many rows. The workbook bears a moment (seconds since 1970).
    """
    out = io.BytesIO()
    made = Workbook(out, _OPTIONS)
    made.set_properties({"title": title, "created": datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)})
    bold, day = made.add_format({"bold": True}), made.add_format({"num_format": "yyyy-mm-dd"})
    first = made.add_worksheet(heads[0])
    given = list(relations)
    named = dict(zip(_names(given, heads[0]), given, strict=True))
    line = _told(first, about, heads[1:], bold)
    for at, (name, relation) in enumerate(named.items(), line):
        first.write_url(at, 0, f"internal:'{name}'!A1", string=name)
        first.write_string(at, 1, relation.meaning)
        first.write_number(at, 2, len(relation.rows))
        sheet = made.add_worksheet(name)
        sheet.table = _Rows()
        _sheet(sheet, relation, bold, day)
    made.close()
    return out.getvalue()


def _told(first: Worksheet, about: Sequence[Sequence[str]], heads: Sequence[str], bold: Format) -> int:
    """Fill the start of the first sheet; give the line on which the list of sheets starts."""
    first.set_column(0, 0, 34)
    first.set_column(1, 1, 80)
    for at, cells in enumerate(about):
        for column, cell in enumerate(cells):
            first.write_string(at, column, cell, *([bold] if column == 0 else []))
    for column, head in enumerate(heads):
        first.write_string(len(about) + 1, column, head, bold)
    return len(about) + 2


def _names(relations: Iterable[Relation], first: str) -> list[str]:
    """Give a name for the sheet of each table: its own, cut where it is too long; no two are the same."""
    taken = {first.lower()}
    names = []
    for relation in relations:
        name, count = relation.name[:_NAME], 1
        while name.lower() in taken:
            count += 1
            name = f"{relation.name[: _NAME - 3]}_{count}"
        taken.add(name.lower())
        names.append(name)
    return names


def _sheet(sheet: Worksheet, relation: Relation, bold: Format, day: Format) -> None:
    for at, column in enumerate(relation.columns):
        sheet.write_string(0, at, column.name, bold)
        sheet.set_column(at, at, _width(at, column, relation))
    for line, row in enumerate(relation.rows, 1):
        for at, value in enumerate(row):
            if value is not None:
                _cell(sheet, line, at, value, relation.columns[at], day)
    last = len(relation.columns) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(relation.rows), last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(relation.rows) + 1}"})  # a year may be a date's text


class _Rows:
    """The cells of a sheet by row and column, in the place of the library's own table, which has an object for each.

    Rows are written from the first to the last, and read so again. So those far from the one that is asked for lie
    packed, in a twentieth of the memory.
    """

    def __init__(self) -> None:
        self._packed: dict[int, bytes] = {}
        self._block, self._rows = 0, dict[int, dict[int, Any]]()
        self._kinds: list[Any] = []
        self._formats: list[Any] = []

    def __getitem__(self, row: int) -> dict[int, Any]:
        return self._near(row).setdefault(row, {})

    def __contains__(self, row: int) -> bool:
        return row in self._near(row)

    def _near(self, row: int) -> dict[int, dict[int, Any]]:
        """Give the rows that are packed together with one."""
        if row // _BLOCK != self._block:
            if self._block not in self._packed:  # what was left once is never written to again
                self._packed[self._block] = zlib.compress(json.dumps(list(self._plain())).encode(), 1)
            self._block, packed = row // _BLOCK, self._packed.get(row // _BLOCK)
            self._rows = {}
            for at, cells in json.loads(zlib.decompress(packed)) if packed else ():
                self._rows[at] = {
                    column: self._kinds[kind](value, self._formats[form]) for column, kind, value, form in cells
                }
        return self._rows

    def _plain(self) -> Iterator[tuple[int, list[tuple[int, int, Any, int]]]]:
        """Yield the rows at hand as plain values: a cell is of some kind, and has a value and a format."""
        for row, cells in self._rows.items():
            plain = []
            for column, cell in cells.items():
                value, form = cell
                plain.append((column, _number_of(type(cell), self._kinds), value, _number_of(form, self._formats)))
            yield row, plain


def _number_of(one: Any, known: list[Any]) -> int:
    if one not in known:
        known.append(one)
    return known.index(one)


def _width(at: int, column: Column, relation: Relation) -> int:
    if column.type not in ("text", "list"):
        return _WIDTHS[column.type]
    longest = max((len(_joined(row[at])) for row in relation.rows if row[at] is not None), default=0)
    return _WIDE if longest > _LONG else max(len(column.name), min(longest, _LONG)) + 2


def _cell(sheet: Worksheet, line: int, at: int, value: Any, column: Column, day: Format) -> None:
    if column.type == "boolean":
        sheet.write_boolean(line, at, value)
    elif column.type in ("integer", "number"):
        sheet.write_number(line, at, value)
    elif column.type == "date" and int(value[:4]) >= _FIRST_YEAR:
        sheet.write_datetime(line, at, date.fromisoformat(value), day)
    else:
        sheet.write_string(line, at, _joined(value)[:_MOST])


def _joined(value: Any) -> str:
    """Give a list with the sign between its parts that tables have."""
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)
