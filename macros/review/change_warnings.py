"""What a reviewer of a change to the data should not miss: numbers of help, certainty, official phrases, removals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from macros.data import kinds
from macros.data.cases import hashable
from macros.data.telephone import spelt
from macros.data.urls import address_of, withdrawn_addresses
from macros.data.yaml_tree import Tree
from macros.review.affected_pages import OWN_ONLY
from macros.review.data_diff import Changed, Edit, all_sources, former_ids, items_of
from macros.review.data_state import Side
from macros.review.markdown_quoting import FEW, code, label, line_in_words

__all__ = ["warnings"]

_RANKS = {word: rank for rank, word in enumerate(reversed(kinds.CONFIDENCE))}

_MARKS = {"C": 0, "B": 1, "A": 2}

_SHORT = 60

_URGENT = {
    "A number or an address of help changed": 0,
    "Printed and dialled numbers differ": 0,
    "A place of help is marked surer than before": 0,
    "Confidence raised without a new source": 1,
    "Confidence raised, and the source was read as before": 1,
    "An official phrase changed": 1,
    "An official number changed": 1,
}
"""What comes first among what to look at; 2 is the rest."""

_CONTACT = ("phone", "text", "url", "email", "chat")


def warnings(changes: Sequence[Changed], old: Side, new: Side) -> Iterator[str]:
    """Yield what a reviewer should not miss, each with its record and line."""
    led = {
        old: item
        for name in kinds.COLLECTIONS
        for _, item in items_of(new.tree, name).values()
        for old in former_ids(item)
    }
    withdrawn = set(withdrawn_addresses(new.tree.data))
    follow = _Follow(_sureness(old.tree), _sureness(new.tree))
    found: list[tuple[int, str]] = []
    for change in changes:
        if change.kind == "removed":
            heir = led.get(str(change.item.get("id")))
            leads = f"; its address leads to {code(heir['id'])}" if heir else ""
            if address_of(change.collection, change.item) in withdrawn:
                leads = "; its address says that it was withdrawn"
            found.append((1, f"A record is removed: {label(change)}, was at {line_in_words(change.start)}{leads}."))
        elif change.kind == "added" and change.collection == "services":
            where = f"{label(change)}, {line_in_words(change.start)}"
            said = f"A place of help is new: {where}. Try its number and its address."
            found.append((0, said))
            found += [(0, said) for said in _other_numbers(change)]
        elif change.kind == "changed":
            if change.renamed and change.old:
                was = code(change.old.get("id"))
                found.append((1, f"An id is renamed: {label(change)}, {line_in_words(change.start)}, was {was}."))
            groups: dict[str, list[Edit]] = defaultdict(list)
            for said, edit in _noticed(change, new, follow):
                groups[said].append(edit)
            found += [(0, said) for said in _other_numbers(change)]
            for said, edits in groups.items():
                where = "; ".join(
                    f"line {change.line_of(edit)}, {code(edit.name, 200)}{_from_to(edit)}" for edit in edits[:FEW]
                )
                more = f"; and {len(edits) - FEW} more" if len(edits) > FEW else ""
                found.append((_URGENT.get(said, 2), f"{said}: {label(change)}, {where}{more}."))
    yield from (said for _, said in sorted(found, key=lambda item: item[0]))


def _other_numbers(change: Changed) -> Iterator[str]:
    """Yield each number of help that is new or changed and is printed with other digits than are dialled."""
    old, new = change.old or {}, change.new or {}
    for name in ("phone", "text") if change.collection == "services" else ():
        part = new.get(name)
        both = [part.get(one) for one in ("label", "number")] if isinstance(part, dict) else []
        if part == old.get(name) or not all(isinstance(one, str) for one in both):
            continue
        label_, number = map(str, both)
        if spelt(label_, number, str(new.get("country"))):
            line = change.after.position((*change.at, name), key=True).line
            told = f"line {line}, {code(label_)} is printed and {code(number)} is dialled"
            yield f"Printed and dialled numbers differ: {label(change)}, {told}. Hold each letter against the keys."


def _from_to(edit: Edit) -> str:
    if any(isinstance(value, dict | list) or len(str(value)) > _SHORT for value in (edit.old, edit.new)):
        return ""  # the record's own part shows it
    if edit.old is None or edit.new is None:
        return f", which was {code(edit.old)} and is gone" if edit.new is None else f", new: {code(edit.new)}"
    return f", from {code(edit.old)} to {code(edit.new)}"


def _noticed(change: Changed, new: Side, follow: _Follow) -> Iterator[tuple[str, Edit]]:
    """Yield what stands out within a record that is there before and after."""
    collection = change.collection
    edits = [leaf for edit in change.edits for leaf in _leaves(edit)]
    for edit in edits:
        if edit.last == "confidence":
            yield from _raised(change, edit, follow)
        elif edit.last in ("date", "until"):
            yield "A date changed", edit
        elif edit.last == "checked" and str(edit.new) < str(edit.old):
            yield "The day of the last check moved back", edit
        elif collection == "sources" and edit.last == "url":
            yield "The address of a source changed", edit
        elif collection in ("principles", "categories") and edit.path == ("number",):
            yield "An official number changed", edit
        elif edit.last in ("phrase", "official_heading") and collection in ("principles", "categories"):
            yield "An official phrase changed", edit
        elif collection == "figures" and edit.last in ("value", "shown", "cells"):
            yield "A number changed", edit
        elif collection == "services":
            yield from _help(edit)
        elif _is_text(edit) and _of_care(change, new):
            yield "A text for survivors, children or people who need help changed", edit


def _help(edit: Edit) -> Iterator[tuple[str, Edit]]:
    if edit.path[0] in _CONTACT:
        yield "A number or an address of help changed", edit
    elif edit.path[0] in ("mark", "marks"):
        if _MARKS.get(str(edit.new), 0) > _MARKS.get(str(edit.old), 0):
            yield "A place of help is marked surer than before", edit
    elif _is_text(edit):
        yield "A text of a place of help changed", edit


def _is_text(edit: Edit) -> bool:
    """Whether a reader reads it: no link, no word for search, no remark for editors."""
    said = edit.new if edit.new is not None else edit.old
    several = isinstance(said, list) and all(isinstance(one, str) for one in said)
    return (several or isinstance(said, str)) and edit.path[0] not in OWN_ONLY and edit.last not in ("sources", "id")


def _raised(change: Changed, edit: Edit, follow: _Follow) -> Iterator[tuple[str, Edit]]:
    """Yield a confidence that is higher than before while no source came with it; what only follows another does not.

    A line that is taken away makes a statement as sure as its record, or its record as sure as its principle. Where
    that one was raised too, it is the cause, and the only one to look at.
    """
    own = [follow.stated(item, side) for side, item in enumerate((change.old, change.new))]
    old, new = (_RANKS.get(str(value or default), 0) for value, default in zip((edit.old, edit.new), own, strict=True))
    if new <= old:
        return
    if change.collection == "sources":
        if not any(other.path[0] in ("read", "url") for other in change.edits):
            yield "Confidence raised, and the source was read as before", edit
        return
    if not all(isinstance(part, dict) for part in edit.within):
        return  # the part came or went as a whole
    if edit.new is None and follow.cause_of(change, edit, own):
        return
    inner = [all_sources(part) for part in edit.within]
    outer = [all_sources({"sources": (item or {}).get("sources")}) for item in (change.old, change.new)]
    if not inner[1] - inner[0] and not outer[1] - outer[0]:
        yield "Confidence raised without a new source", edit


@dataclass(frozen=True, slots=True)
class _Follow:
    """How sure each principle was and is, by its number: what states no confidence of its own follows it."""

    before: Mapping[Any, str]
    after: Mapping[Any, str]

    def stated(self, item: Mapping[str, Any] | None, side: int) -> str:
        """Give the confidence of a record before (0) or after (1): its own, or that of the principle it is about."""
        followed = (self.before, self.after)[side].get(hashable((item or {}).get("principle")), "")
        return str((item or {}).get("confidence") or followed)

    def cause_of(self, change: Changed, edit: Edit, own: Sequence[str]) -> bool:
        """Whether a line that was taken away follows something that was itself raised, and is told of by itself."""
        if edit.path != ("confidence",) and change.new and change.new.get("confidence"):
            return _RANKS.get(own[1], 0) > _RANKS.get(own[0], 0)
        number = hashable((change.new or {}).get("principle"))
        return _RANKS.get(self.after.get(number, ""), 0) > _RANKS.get(self.before.get(number, ""), 0)


def _sureness(tree: Tree) -> dict[Any, str]:
    return {
        hashable(item.get("number")): str(item.get("confidence")) for _, item in items_of(tree, "principles").values()
    }


def _leaves(edit: Edit) -> Iterator[Edit]:
    """Yield the single fields of a part that came or went as a whole."""
    whole = edit.new if edit.old is None else edit.old
    if isinstance(whole, dict) and (edit.old is None or edit.new is None):
        for name, value in whole.items():
            sides = (None, value) if edit.old is None else (value, None)
            yield from _leaves(Edit((*edit.path, name), (*edit.at, name), *sides))
    elif isinstance(whole, list) and any(isinstance(item, dict) for item in whole) and None in (edit.old, edit.new):
        for index, value in enumerate(whole):
            sides = (None, value) if edit.old is None else (value, None)
            yield from _leaves(Edit((*edit.path, index + 1), (*edit.at, index), *sides))
    else:
        yield edit


def _of_care(change: Changed, new: Side) -> bool:
    """Whether somebody may read a record's text who needs help now, or was harmed."""
    item = change.item
    if change.collection in ("needs", "distress"):
        return True
    if change.collection == "notes":
        return str(item.get("page", "")).split("/")[0] in ("help", "survivors")
    group = item.get("id") if change.collection == "groups" else item.get("group")
    found = items_of(new.tree, "groups").get(str(group)) if change.collection in ("groups", "readings") else None
    return bool(found and (found[1].get("help_first") or "survivor" in str(group)))
