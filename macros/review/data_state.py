"""One state of the data, before or after a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from macros.data.catalogue import Catalogue
from macros.data.yaml_reader import Tree

__all__ = ["Side"]


@dataclass(frozen=True, slots=True)
class Side:
    """One state of the data: what to call it, its tree, and its catalogue (none where it is no data for today)."""

    name: str
    tree: Tree
    catalogue: Catalogue | None
    overlays: Mapping[str, Tree] = field(default_factory=dict)
    """The texts in second languages, by language."""
