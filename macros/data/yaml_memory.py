"""What files said when they were read last: a save changes one of twenty, and the live server reads that alone."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from macros.data.yaml_tree import Budget, Tree

__all__ = ["remembered"]


class Remembered(dict[str, tuple[bytes, Tree]]):
    """Of each file, by name, the hash of what was read last, and what came of it."""

    on = False
    """Whether anything is remembered: only where nobody changes the values that were read."""

    def of(self, name: str, data: bytes, limit: int, most: int) -> Tree | None:
        """Give what the same bytes said before, where so many bytes and events may be read; else None."""
        mark, known = self.get(name, (b"", None))
        if known is None or mark != sha256(data).digest() or len(data) > limit or known.events > most:
            return None
        return replace(known, faults=[], guesses=Budget())

    def keep(self, name: str, data: bytes, tree: Tree) -> None:
        """Remember what a file said, unless it has a fault."""
        if self.on and not tree.faults:
            self[name] = sha256(data).digest(), replace(tree, faults=[], guesses=Budget())


remembered = Remembered()
"""What the live server need not read again."""
