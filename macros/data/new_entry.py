"""A new entry in the file of its list, written from the sample of its kind; the rest of the file keeps every byte.

A sample is an entry whose texts all begin with `cases.SAMPLE`. The check refuses these, so what nobody filled in is
never published; and it finds no other fault, or nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from macros.checkout import SAMPLES, Unreadable, replace, shown
from macros.data import kinds, loading
from macros.data.cases import did_you_mean
from macros.data.collections import ALPHABETICAL, PARTS, SINGULAR
from macros.data.field_types import Id
from macros.data.rows import Kind, Vocabulary
from macros.data.urls import addresses
from macros.data.validation import LEFT_OVER, check
from macros.data.yaml_tree import Budget, Fault, Position, Tree
from macros.unicode_text import printable

__all__ = ["Added", "Refused", "add", "named", "sample", "without_sample"]

_WORD = "word"
_ID = "id: sample"
_NO_TEXT = re.compile(r"true|false|null|[0-9][0-9e]*|0[box][0-9a-f]+")
"""Ids that YAML reads as something else where they stand without quotes."""


class Refused(Exception):  # noqa: N818  (it says in sentences why nothing was written)
    """A new entry cannot be written; its text says why, a sentence or a line for each fault."""


@dataclass(frozen=True, slots=True)
class Added:
    """Where a new entry stands, in which list, and each text of it that is to be replaced."""

    collection: str
    position: Position
    left: tuple[Fault, ...]


def _slug(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip().lower())


def named(rows: Mapping[str, Kind | Vocabulary] = kinds.ROWS) -> dict[str, str]:
    """Give the collection of each kind by what people may call it: one of its records, or all of them."""
    return {name: one for one, row in rows.items() for name in (_slug(one), _slug(row.singular))}


def sample(collection: str, rows: Mapping[str, Kind | Vocabulary] = kinds.ROWS) -> Path | None:
    """Give the file with the sample of a kind; None where it has none."""
    row = rows[collection]
    names = [_slug(row.singular), *([_WORD] if kinds.COLLECTIONS.get(collection) is kinds.VocabularyTerm else [])]
    return next((file for name in names if (file := SAMPLES / f"{name}.yml").is_file()), None)


def without_sample(rows: Mapping[str, Kind | Vocabulary] = kinds.ROWS) -> list[str]:
    """Name the kinds that editors may add and that have no sample."""
    return [row.singular for name, row in rows.items() if row.fixed is None and sample(name, rows) is None]


def add(
    path: Path, kind: str, identifier: str, today: date, published: Collection[str], said: Callable[..., Iterator[str]]
) -> Added:
    """Write a new entry of a kind, under an id, into a data folder or file.

    It goes to its place where the list is in alphabetical order, else to the end. `today` and `published`
    are those of the check; `said` gives the lines for a tree's faults. Raises Refused, and then nothing was written.
    """
    collection = _collection(kind)
    before = loading.trees(path)[0]
    faults = [fault for fault in check(before, today, published).faults if not _is_left_over(fault)]
    if faults:
        raise Refused("\n".join([*said(before, faults), "mend these first; then ask for the new entry again"]))
    _free(before, collection, identifier)
    try:
        file = loading.file_of(path, collection)
        old = file.read_bytes()
        index, new = _with_entry(before, collection, identifier, old.decode("utf-8"))
        after = loading.with_file(path, file, new.encode("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"the file of the list '{collection}' cannot be read: {error}") from None
    found = check(after, today, published).faults
    wrong = [fault for fault in found if not _is_left_over(fault)]
    if wrong:
        raise Refused("\n".join([*said(after, wrong), "so nothing was written"]))
    if not _is_one_more(before.data, after.data, collection, index, identifier):
        raise Refused(f"the list '{collection}' has a form in which no entry can be added; nothing was written")
    used = sorted((set(addresses(after.data)) - set(addresses(before.data))) & set(published))
    if used:
        raise Refused(
            f"the id '{identifier}' was used once: {used[0]} is a published address; ids are never used again"
        )
    try:
        replace(file, old, new.encode("utf-8"))
    except Unreadable as sentence:
        raise Refused(str(sentence)) from None
    return Added(collection, after.position((collection, index)), tuple(_left(after, collection, index, found)))


def _collection(kind: str) -> str:
    """Give the collection of a kind that editors may add to; raises Refused."""
    known, name = named(), _slug(kind)
    parts = {_slug(part.removesuffix("s")): SINGULAR[owner] for owner, part in PARTS}
    owner = parts.get(name.removesuffix("s"))
    if owner:
        raise Refused(f"'{name}' is no entry of its own but a part of a {owner}; copy one that stands there")
    collection = known.get(name)
    mine = [_slug(row.singular) for row in kinds.ROWS.values() if row.fixed is None]
    if collection is None:
        hint = did_you_mean(name, list(known), Budget()) or f"known ones are: {', '.join(sorted(mine))}"
        raise Refused(f"there is no kind '{printable(kind)[:60]}'; {hint}")
    fixed = kinds.ROWS[collection].fixed
    if fixed is not None:
        raise Refused(f"{fixed}; correct those that stand in the list '{collection}'")
    return collection


def _free(tree: Tree, collection: str, identifier: str) -> None:
    """Raise Refused where an id is ill-formed, or taken, or was ever that of a record."""
    try:
        TypeAdapter(Id).validate_python(identifier)
    except ValidationError as error:
        raise Refused(printable(error.errors()[0]["msg"])) from None
    for index, record in enumerate(tree.data.get(collection, ())):
        former = record.get("former_ids", ())
        if identifier == record["id"] or identifier in former:
            place = tree.position((collection, index, "id" if identifier == record["id"] else "former_ids"))
            where = f"{place.file or tree.source.name}:{place.line}"
            if identifier == record["id"]:
                raise Refused(f"the id '{identifier}' is taken: {where}; choose another")
            raise Refused(
                f"the id '{identifier}' was once that of '{record['id']}': {where}; ids are never used again, so "
                "choose another"
            )


def _with_entry(tree: Tree, collection: str, identifier: str, text: str) -> tuple[int, str]:
    """Give the number of the new entry in its list, and the text of the file with it; raises Refused."""
    source, lines = tree.files.get(collection, tree.source), text.split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    if not tree.data.get(collection):
        head = tree.position((collection,), key=True).line - 1
        if re.fullmatch(rf"{collection}:[ ]*\[[ ]*\][ ]*\r?", lines[head]):
            whole = [f"{collection}:", *_entry(collection, identifier, 2)]
            return 0, "\n".join([*lines[:head], *(f"{line}{ending}" for line in whole), *lines[head + 1 :]])
        raise Refused(
            f"the list '{collection}' is not in {source.name}, or holds nothing; write `{collection}:` and the first "
            "entry by hand"
        )
    start = tree.position((collection,))
    dash = start.column - 1
    if lines[start.line - 1][dash : dash + 1] != "-":
        raise Refused(f"{source.name}:{start.line}: this list stands in brackets; give each entry a line with a dash")
    ids = [str(record["id"]) for record in tree.data[collection]]
    ordered = collection in ALPHABETICAL or (len(ids) > 1 and ids == sorted(ids))
    index = next((i for i, one in enumerate(ids) if one > identifier), len(ids)) if ordered else len(ids)
    if index < len(ids):
        end = tree.position((collection, index)).line - 1
        while lines[end][dash : dash + 1] != "-":  # a dash on a line of its own
            end -= 1
    else:
        end = min(tree.spans[(collection,)].end.line - 1, len(lines))
    while not _belongs(lines[end - 1], dash, last=index == len(ids)):
        end -= 1
    entry = _entry(collection, identifier, dash)
    if index and len(entry) > 1:
        entry.insert(0, "")
    elif not index:  # above the remarks that stand on the first entry, and below those on a part of the list
        end = start.line - 1
        while lines[end - 1].startswith(f"{' ' * dash}#"):
            end -= 1
        entry.append("")
    if end == len(lines):  # the file's last line has no end
        lines[-1] += ending
        whole = [*lines, *(f"{line}{ending}" for line in entry[:-1]), entry[-1], ""]
        whole[-2] += ending
    else:
        whole = [*lines[:end], *(f"{line}{ending}" for line in entry), *lines[end:]]
    return index, "\n".join(whole)


def _entry(collection: str, identifier: str, dash: int) -> list[str]:
    """Give the lines of a new entry, from the sample of its kind, so far from the left; raises Refused."""
    file = sample(collection)
    if file is None:
        raise Refused(f"there is no sample of this kind; write one: {shown(SAMPLES)}/{_slug(SINGULAR[collection])}.yml")
    quoted = f'"{identifier}"' if _NO_TEXT.fullmatch(identifier) else identifier
    entry = file.read_text(encoding="utf-8").rstrip("\n").replace(_ID, f"id: {quoted}", 1).split("\n")
    return [f"{' ' * dash}{line}" for line in entry]


def _belongs(line: str, dash: int, *, last: bool) -> bool:
    """Whether a line belongs to an entry, and is no free line or remark after it; remarks at the end stay above."""
    indent = len(line) - len(line.lstrip(" "))
    if not line.strip():
        return False
    return not line.lstrip(" ").startswith("#") or indent > dash or (last and indent == dash > 0)


def _is_left_over(fault: Fault) -> bool:
    return fault.message.startswith(LEFT_OVER)


def _is_one_more(before: Mapping[str, Any], after: Any, collection: str, index: int, identifier: str) -> bool:
    """Whether data is as before with one entry more: the last guard of everything else in the file."""
    if not isinstance(after, dict) or len(after.get(collection, ())) != len(before[collection]) + 1:
        return False
    entries = list(after[collection])
    return entries.pop(index).get("id") == identifier and {**after, collection: entries} == before


def _left(tree: Tree, collection: str, index: int, found: Iterable[Fault]) -> Iterator[Fault]:
    """Yield those of the faults that say what is to be replaced in an entry."""
    first = tree.position((collection, index))
    following = (collection, index + 1)
    after = tree.position(following).line if following in tree.spans else None
    for fault in found:
        own = fault.position.file == first.file and fault.position.line >= first.line
        if own and _is_left_over(fault) and (after is None or fault.position.line < after):
            yield fault
