"""What a sheet of paper says, in blocks: the same for the typesetter, for a word processor and for plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Block", "Kind", "Paper", "Sheet", "Words", "as_text", "page_count"]

Paper = Literal["a4", "letter"]
"""A size of paper; the names are also those of folders."""

Kind = Literal["heading", "plain", "strong", "bullets", "numbered", "table", "tasks", "imprint"]

Words = tuple[str, str]
"""A text, and the address that it leads to; nothing where it leads nowhere."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a sheet.

    `heading`, `plain` and `strong` (which stands out) have one item, lists have one for each point, a `table` one for
    each cell, row after row, its head first. An item is a tuple of runs. Of `tasks` each has `lines` to write on;
    `widths` are the shares of a table's columns.
    """

    kind: Kind
    items: tuple[tuple[Words, ...], ...]
    widths: tuple[float, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def rows(self) -> Iterator[tuple[tuple[Words, ...], ...]]:
        """The rows of a table, its head first."""
        across = len(self.widths)
        return (self.items[start : start + across] for start in range(0, len(self.items), across))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: what stands above its title, the title, and the blocks below it; `foot` stands at the end of pages."""

    title: str
    eyebrow: str
    description: str
    site: str
    foot: str
    blocks: tuple[Block, ...]
    language: str = "en"
    wide: bool = False
    """Whether the paper lies on its long side."""
    size: float = 10.5
    """Points of the type."""
    one_page: bool = False
    """Whether it has to fit one page: smaller type, where it does not."""


def page_count(pdf: bytes) -> int:
    """Give how many pages a PDF file of the typesetter has."""
    found = re.search(rb"/Type\s*/Pages\s*/Count\s+(\d+)", pdf)
    if not found:
        raise ValueError("the typesetter writes the number of pages in another way than it did")
    return int(found[1])


def as_text(sheet: Sheet) -> str:
    """Give a sheet as plain text that any editor opens: a paragraph is a line, headings are underlined."""
    lines = [sheet.title, "=" * len(sheet.title), *filter(None, [sheet.eyebrow]), ""]
    for block in sheet.blocks:
        texts = ["".join(text for text, _ in item) for item in block.items]
        lines += [*_lines(block.kind, texts), ""]
    return "\n".join(lines).strip() + "\n"


def _lines(kind: Kind, texts: Sequence[str]) -> list[str]:
    match kind:
        case "heading":
            return [*texts, "-" * len(texts[0])]
        case "bullets":
            return [f"- {text}" for text in texts]
        case "numbered" | "tasks":
            return [f"{place}. {text}" for place, text in enumerate(texts, start=1)]
        case _:
            return list(texts)
