"""Every value of every figure as one long table: a row for each point of a series, and for each cell of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.formats.relation import Column, Relation, Row

__all__ = ["FIGURE_VALUES", "figure_values"]

FIGURE_VALUES = "figure_values"

_COLUMNS = (
    Column("figure", "text", "The figure, by its id.", ("figures", "id")),
    Column("position", "integer", "The place of the value in its figure, from 1."),
    Column("figure_name", "text", "What the figure is called."),
    Column("series", "text", "The series, by its id; empty for a value of a table."),
    Column("series_label", "text", "What the series is called, or the head of the table's column."),
    Column("unit", "text", "What the number counts; empty for a value of a table."),
    Column("at", "text", "The year, or another place on the axis; the first cell of the table's row."),
    Column("value", "number", "The number; empty where a source gives only words."),
    Column("shown", "text", "The value in words, where it has some."),
    Column("confidence", "text", "How sure the value is."),
    Column("break_before", "text", "Why it cannot be compared with the value before it."),
    Column("sources", "list", "Ids of the sources that it rests on."),
    Column("address", "text", "Where the figure stands on the site."),
)


def figure_values(catalogue: Catalogue) -> Relation:
    """Give the table: figures in the order of the data, and within them values in their own order."""
    rows = [row for figure in catalogue.document.figures for row in _rows(catalogue, figure)]
    return replace(_EMPTY, rows=rows)


_EMPTY = Relation(FIGURE_VALUES, "Each value of each figure.", _COLUMNS, ("figure", "position"))


def _rows(catalogue: Catalogue, figure: kinds.Figure) -> Iterator[Row]:
    for at, values in enumerate(_values(figure), 1):
        yield (figure.id, at, figure.name, *values, catalogue.address("figures", figure))


def _values(figure: kinds.Figure) -> Iterator[Row]:
    breaks = {one.before: one.text for one in figure.breaks}
    for series in figure.series:
        for point in series.points:
            sure, sources = point.confidence or figure.confidence, list(point.sources or figure.sources)
            value = (point.at, point.value, point.shown, sure, breaks.get(point.at), sources)
            yield (series.id, series.label, series.unit or figure.unit, *value)
    for row in figure.table.rows if figure.table else ():
        sure, sources = row.confidence or figure.confidence, list(row.sources or figure.sources)
        first, *cells = row.cells
        for head, cell in zip(figure.table.columns[1:] if figure.table else (), cells, strict=False):
            yield (None, head, None, first, None, cell, sure, None, sources)
