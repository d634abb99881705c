"""Two states of the data, record by record: what came, what went, and what differs within.

Fields are compared in the raw trees, so that data from before a change of the model can be compared too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from macros.data import kinds
from macros.data.yaml_tree import Position, Tree
from macros.unicode_text import folded

__all__ = [
    "NAME_LENGTH",
    "Changed",
    "Edit",
    "all_sources",
    "canonical",
    "changes_between",
    "edits_between",
    "former_ids",
    "items_of",
]

NAME_LENGTH = 90
"""Characters up to which the items of a list are names, and are compared as one."""

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A value that differs: where it stands as a person reads it, its place in the new tree, what it was and is."""

    path: Place
    at: Place
    old: Any
    new: Any
    within: tuple[Any, Any] = (None, None)
    """The parts that hold it, before and after."""

    @property
    def name(self) -> str:
        """The field, such as `in_brief.aim.text` or `in_full[2].text`."""
        first, *rest = self.path
        return str(first) + "".join(
            f"[{step}]" if isinstance(step, int) or step.startswith("=") else f".{step}" for step in rest
        ).replace("[=", "[")

    @property
    def last(self) -> str:
        """The name of the field itself."""
        return next((step for step in reversed(self.path) if isinstance(step, str) and not step.startswith("=")), "")


@dataclass(frozen=True)
class Changed:
    """A record that differs; `old` or `new` is None where it is added or removed."""

    collection: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    before: Tree
    after: Tree
    was_at: Place = ()
    at: Place = ()

    @property
    def item(self) -> dict[str, Any]:
        """The record as it is now, or as it was."""
        found = self.new if self.new is not None else self.old
        return found or {}

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What differs within the record."""
        return tuple(edits_between(self.old, self.new, (), self.at)) if self.old and self.new else ()

    @property
    def kind(self) -> str:
        """Whether it is added, removed or changed."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def start(self) -> Position:
        """Where it starts, in the new data; in the old where it is removed."""
        tree, place = (self.before, self.was_at) if self.new is None else (self.after, self.at)
        return tree.position(place)

    def line_of(self, edit: Edit) -> int:
        """Give the line of the new file on which something differs; that of what it is gone from."""
        return self.after.position(edit.at, key=True).line

    @property
    def renamed(self) -> bool:
        """Whether it has another id than before."""
        return (
            self.kind == "changed"
            and bool(self.old and self.new)
            and self.identifier(self.old) != self.identifier(self.new)
        )

    @staticmethod
    def identifier(item: dict[str, Any] | None) -> str:
        """Give the id of a record, empty where there is none."""
        return str((item or {}).get("id", ""))


def changes_between(old: Tree, new: Tree) -> tuple[list[Changed], set[str]]:
    """Give every record that differs, and the collections whose records stand in another order."""
    found: list[Changed] = []
    moved: set[str] = set()
    for collection in dict.fromkeys([*kinds.COLLECTIONS, *new.data, *old.data]):
        before, after = items_of(old, collection), items_of(new, collection)
        pairs = _pairs(
            {key: item for key, (_, item) in before.items()}, {key: item for key, (_, item) in after.items()}
        )
        for was, now in pairs:
            place, item = before[was] if was is not None else ((), None)
            at, there = after[now] if now is not None else ((), None)
            if item is None or there is None or canonical(item) != canonical(there):
                change = Changed(collection, item, there, old, new, place, at)
                if change.kind != "changed" or change.edits:
                    found.append(change)
        kept = [(was, now) for was, now in pairs if was is not None and now is not None]
        if kept != sorted(kept, key=lambda pair: list(before).index(str(pair[0]))):
            moved.add(collection)
    return found, moved


def items_of(tree: Tree, collection: str) -> dict[str, tuple[Place, dict[str, Any]]]:
    """Give the records of a collection by id, each with its place; what is no record is left out."""
    items = tree.data.get(collection)
    return {
        item["id"]: ((collection, index), item)
        for index, item in enumerate(items if isinstance(items, list) else ())
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    }


def _pairs(
    before: Mapping[str, dict[str, Any]], after: Mapping[str, dict[str, Any]]
) -> list[tuple[str | None, str | None]]:
    """Pair ids of before and after, in after's order; a former id leads to what it was. What is gone comes last."""
    taken = {key for key in after if key in before}
    pairs: list[tuple[str | None, str | None]] = []
    for key, item in after.items():
        was: str | None = key if key in before else None
        if was is None:
            was = next((old for old in former_ids(item) if old in before and old not in taken), None)
            taken |= {was} if was else set()
        pairs.append((was, key))
    return pairs + [(key, None) for key in before if key not in taken]


def former_ids(item: Mapping[str, Any]) -> list[str]:
    """Give the ids that a record once had."""
    former = item.get("former_ids")
    return [one for one in former if isinstance(one, str)] if isinstance(former, list) else []


def edits_between(old: Any, new: Any, path: Place, at: Place, within: tuple[Any, Any] = (None, None)) -> Iterator[Edit]:
    """Yield each value that differs between two states of a part; `path` and `at` say where it stands."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in (*new, *(name for name in old if name not in new)):
            yield from edits_between(old.get(name), new.get(name), (*path, name), (*at, name), (old, new))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_edits(old, new, path, at)
    elif canonical(old) != canonical(new):
        yield Edit(path, at, old, new, within)


def _list_edits(old: list[Any], new: list[Any], path: Place, at: Place) -> Iterator[Edit]:
    if canonical(old) == canonical(new):
        return
    if all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in (*old, *new)):
        before, after = ({item["id"]: item for item in items} for items in (old, new))
        places = {item["id"]: index for index, item in enumerate(new)}
        pairs = _pairs(before, after)
        for was, now in pairs:
            step, where = f"={now or was}", at if now is None else (*at, places[now])
            item = before[was] if was is not None else None
            yield from edits_between(item, after[now] if now is not None else None, (*path, step), where)
        kept = [was for was, now in pairs if was is not None and now is not None]
        if kept != [key for key in before if key in kept]:
            yield Edit((*path, "order"), at, list(before), list(after))
        return
    if all(not isinstance(item, dict | list) and len(str(item)) <= NAME_LENGTH for item in (*old, *new)):
        yield Edit(path, at, old, new)
        return
    for left, right in _aligned(old, new):
        index = right if right is not None else left or 0
        place = at if right is None else (*at, right)
        was_there, is_there = (None if one is None else items[one] for one, items in ((left, old), (right, new)))
        yield from edits_between(was_there, is_there, (*path, index + 1), place)


def _aligned(old: list[Any], new: list[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Yield which item of a list became which: those that differ, are new or are gone."""
    before, after = [canonical(item) for item in old], [canonical(item) for item in new]
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left = list(range(a, b))
        for now in range(c, d):
            was = next((one for one in left if b - a == d - c == 1 or _alike(before[one], after[now])), None)
            if was is not None:
                left.remove(was)
            yield was, now
        for was in left:
            yield was, None


def _alike(one: str, other: str) -> bool:
    words = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return words.quick_ratio() > 0.5 and words.ratio() > 0.5


def canonical(value: Any) -> str:
    """Give a text that two values share that a page shows alike: white space folded, 2020 the same as "2020"."""
    if isinstance(value, dict):
        return json.dumps({str(key): canonical(item) for key, item in sorted(value.items())}, ensure_ascii=False)
    if isinstance(value, list):
        return json.dumps([canonical(item) for item in value], ensure_ascii=False)
    return "\0" if value is None else folded(str(value))


def all_sources(part: Any) -> set[str]:
    """Give the ids of the sources that anything in a part names."""
    if isinstance(part, list):
        return set().union(*map(all_sources, part))
    if not isinstance(part, dict):
        return set()
    own = part.get("sources")
    named = {one for one in own if isinstance(one, str)} if isinstance(own, list) else set()
    return named.union(*(all_sources(item) for name, item in part.items() if name != "sources"))
