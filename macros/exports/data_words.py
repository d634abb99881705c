"""What the files of the data say of themselves; the words stand in a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from macros.checkout import TEMPLATES
from macros.data.yaml_reader import read_bytes

__all__ = ["DISTRIBUTIONS", "DataWords", "data_words"]

_NAME = "data-files.yml"

DISTRIBUTIONS: tuple[tuple[str, str, str], ...] = (
    ("api/v1/all.json", "all", "application/json"),
    ("api/v1/datapackage.json", "package", "application/json"),
    ("api/v1/figure-values.csv", "figure-values", "text/csv"),
    ("data/principles.sqlite", "database", "application/vnd.sqlite3"),
    ("data/principles.xlsx", "workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
"""The whole, as catalogues of data list it: the path from the site's root, what it is called here, and its type."""


@dataclass(frozen=True, slots=True)
class DataWords:
    """The words: of the whole, of each file, and of the workbook's first sheet."""

    title: str
    description: str
    keywords: tuple[str, ...]
    files: Mapping[str, str]
    workbook: Mapping[str, Any]

    def file(self, called: str, **values: str) -> str:
        """Give what a file is, with values in place of the names in braces."""
        return self.files[called].format_map(values)

    @property
    def heads(self) -> tuple[str, ...]:
        """The name of the workbook's first sheet, and the heads of its list of sheets."""
        return tuple(self.workbook[name] for name in ("first", "sheet", "row", "rows"))

    def about(self, **values: str) -> list[list[str]]:
        """Give the lines of that sheet, with values in place of the names in braces."""
        return [[cell.format_map(values) for cell in line] for line in self.workbook["about"]]


@cache
def data_words() -> DataWords:
    """Give the words; raises ValueError where the template has a fault."""
    tree = read_bytes((TEMPLATES / _NAME).read_bytes(), _NAME)
    if tree.faults or not isinstance(tree.data, dict):
        raise ValueError(f"macros/templates/{_NAME}: {tree.faults[0].message if tree.faults else 'no fields'}")
    said = tree.data
    return DataWords(said["title"], said["description"], tuple(said["keywords"]), said["files"], said["workbook"])
