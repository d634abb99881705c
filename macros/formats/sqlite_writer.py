"""Tables to one SQLite database, with the same bytes for the same input: no clock, no trace of the library's version.

Names of tables and columns are the program's own; whatever comes from data is bound as a value and never part of SQL.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from macros.formats.content import Content
from macros.formats.relation import Column, Relation

__all__ = ["database"]

_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "list": "JSON",
}
_COUNTER, _VALID_FOR = 24, 92
"""Where a file counts its changes, twice (https://www.sqlite.org/fileformat2.html#the_database_header), and after the
second the number of the library that wrote it."""

_VERSION = 3_040_000
"""What stands there for it."""


def database(relations: Iterable[Relation], views: str, version: int) -> Content:
    """Give a database with tables in the order given and the views that a text of SQL makes; `version` is its form.

    Tables with a key of one column keep the order of their rows; others are sorted by their key.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.sqlite"
        with closing(sqlite3.connect(file, isolation_level=None)) as made:
            for setting in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", f"user_version = {version}"):
                made.execute(f"PRAGMA {setting}")
            made.execute("BEGIN")
            for relation in relations:
                made.execute(_create(relation))
                holes = ", ".join("?" for _ in relation.columns)
                made.executemany(
                    f"INSERT INTO {_quoted(relation.name)} VALUES ({holes})",  # noqa: S608 (a name of the program's)
                    (tuple(map(_value, row)) for row in relation.rows),
                )
            made.execute("COMMIT")
            made.executescript(views)
            made.execute("VACUUM")
        with file.open("r+b") as written:
            for place, numbers in ((_COUNTER, (1,)), (_VALID_FOR, (1, _VERSION))):
                written.seek(place)
                written.write(struct.pack(f">{len(numbers)}I", *numbers))
            written.seek(0)
            return Content.of_file(written)


def _create(relation: Relation) -> str:
    columns = [_column(one, unique=one.name in relation.unique) for one in relation.columns]
    key = f"PRIMARY KEY ({', '.join(map(_quoted, relation.key))})"
    sorted_by_key = " WITHOUT ROWID" if len(relation.key) > 1 else ""
    body = ",\n  ".join([*columns, key])
    return f"CREATE TABLE {_quoted(relation.name)} (\n  {body}\n){sorted_by_key}"


def _column(column: Column, *, unique: bool) -> str:
    refers = f" REFERENCES {_quoted(column.refers[0])} ({_quoted(column.refers[1])})" if column.refers else ""
    return f"{_quoted(column.name)} {_TYPES[column.type]}{' UNIQUE' if unique else ''}{refers}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(value: Any) -> Any:
    """Give a value as the database holds it: a list as JSON, yes and no as 1 and 0."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
