"""A table with keys, as a database and a workbook take it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Column", "Relation", "Row", "Type"]

Type = Literal["text", "integer", "number", "boolean", "date", "list"]
"""What a column holds: a date is a text such as 2020-03-05, a list is one of texts."""

Row = tuple[Any, ...]
"""The values of a row, each of its column's type; None where there is nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, what that means, and the table and column that it names a row of."""

    name: str
    type: Type
    meaning: str
    refers: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A table: its name, what a row is, its columns, which of them tell rows apart, and the rows.

    `unique` are further columns by each of which rows can be told apart.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    unique: tuple[str, ...] = ()
