"""How the entries of a list stand in its file: their order, and the form of the lines around them.

Lists whose order means nothing have one all the same, from A to Z by id: then everybody knows where an entry goes, and
two people who add entries at once meet only where these are neighbours. What is moved here are lines, with the remarks
above them; no value is ever written anew.
"""

from __future__ import annotations

from bisect import bisect_right
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from macros.data.collections import ALPHABETICAL
from macros.data.yaml_reader import read_bytes
from macros.data.yaml_tree import Fault, Tree

__all__ = ["Unsure", "formatted", "misplaced"]

COMMAND = "make format"
"""What puts entries in order."""


class Unsure(Exception):  # noqa: N818  (it says in a sentence why nothing is changed)
    """A file cannot be put in order without a change of what it says; its text says which list."""


def misplaced(tree: Tree) -> Iterator[Fault]:
    """Yield each entry that does not stand from A to Z by id, with the entry that it belongs after.

    As few are named as have to move. Raises nothing, whatever the tree holds.
    """
    for name in sorted(ALPHABETICAL):
        items = tree.data.get(name) if isinstance(tree.data, dict) else None
        every = (
            [item.get("id") if isinstance(item, dict) else None for item in items] if isinstance(items, list) else []
        )
        ids = [one for one in every if isinstance(one, str)]
        if len(ids) < len(every):
            continue  # what has no id is said elsewhere
        kept = _longest_in_order(ids)
        right = [ids[index] for index in kept]
        for index in sorted(set(range(len(ids))) - set(kept)):
            place = bisect_right(right, ids[index])
            near = kept[place - 1] if place else kept[0]
            line = tree.position((name, near)).line
            where = f"put it {'after' if place else 'above'} '{ids[near][:80]}' (line {line})"
            yield Fault(
                tree.position((name, index)),
                f"the entries of `{name}` stand from A to Z by id; {where}, or run `{COMMAND}`",
            )


def _longest_in_order(ids: list[str]) -> list[int]:
    """Give the indexes of as many ids as possible that are in order already."""
    tails: list[int] = []
    before: list[int] = []
    values: list[str] = []
    for index, one in enumerate(ids):
        place = bisect_right(values, one)
        before.append(tails[place - 1] if place else -1)
        tails[place:] = [index] if place == len(tails) else [index, *tails[place + 1 :]]
        values[place:] = [one] if place == len(values) else [one, *values[place + 1 :]]
    found, index = [], tails[-1] if tails else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


# --- the command ------------------------------------------------------------------------------------------------------


def formatted(data: bytes, name: str) -> bytes:
    """Give a data file with its entries in order and its lines in the form of the house; remarks go with their entry.

    `name` is what messages call it. The form: line ends and no space before them, one free line at most, one between
    entries of several lines and before each list, one line end at the end. What the file says stays, to the last value.
    Raises Unsure where that cannot be made sure of, or the file cannot be read.
    """
    data = data.removeprefix(BOM_UTF8)
    before = read_bytes(data, name)
    if before.faults or not isinstance(before.data, dict):
        raise Unsure(f"{name} cannot be read; `make check` says why")
    text = data.decode("utf-8").replace("\r\n", "\n")
    lines = _tidy(text.split("\n"), before)
    tidied = read_bytes("\n".join(lines).encode(), name)
    # From the last list to the first: the lines of those above keep their numbers.
    starts = sorted(((tidied.position((one,)).line, one) for one in tidied.data or {}), reverse=True)
    for _, one in starts:
        lines = _list_in_order(lines, tidied, one)
    made = ("\n".join(lines).strip("\n") + "\n").encode()
    after = read_bytes(made, name)
    if _in_any_order(after.data) != _in_any_order(before.data) or _remarks(made) != _remarks(data):
        raise Unsure(f"{name} has a form in which its entries cannot be moved; put them in order by hand")
    return made


def _tidy(lines: list[str], tree: Tree) -> list[str]:
    """Take away spaces at the ends of lines and free lines beyond one; texts of several lines stay as they are."""
    texts = _lines_of_texts(tree, len(lines))
    found: list[str] = []
    for number, line in enumerate(lines, start=1):
        if number in texts:
            found.append(line)
        elif line.strip() or (found and found[-1].strip()):
            found.append(line.rstrip())
    return found


def _lines_of_texts(tree: Tree, count: int) -> set[int]:
    """Give the numbers of the lines in which a text of several lines stands."""
    found: set[int] = set()
    for span in tree.spans.leaves():
        if span.end.line > span.start.line:
            found.update(range(span.start.line, min(span.end.line, count) + 1))
    return found


def _list_in_order(lines: list[str], tree: Tree, name: str) -> list[str]:
    """Give the lines of a file with the entries of one of its lists in their order, and free lines between them."""
    items = tree.data[name]
    if not isinstance(items, list) or not items:
        return lines
    first = tree.position((name,))
    dash = first.column - 1
    if lines[first.line - 1][dash : dash + 1] != "-":
        return lines  # in brackets
    head = tree.position((name,), key=True).line
    end = _end(lines, head, dash)
    heads = []
    for index in range(len(items)):
        line = tree.position((name, index)).line - 1
        while lines[line][dash : dash + 1] != "-" or lines[line][:dash].strip():
            line -= 1
        heads.append(line)
    starts = [_above(lines, line, dash, heads[number - 1] if number else head - 1) for number, line in enumerate(heads)]
    blocks = []
    for number, start in enumerate(starts):
        until = starts[number + 1] if number + 1 < len(starts) else end
        blocks.append(_trimmed(lines[start:until]))
    order = list(range(len(items)))
    ids = [item.get("id") if isinstance(item, dict) else None for item in items]
    if name in ALPHABETICAL and all(isinstance(one, str) for one in ids):
        order.sort(key=lambda number: str(ids[number]))
    free = any(len(block) > 1 for block in blocks)
    put: list[str] = []
    for place, number in enumerate(order):
        put += ([""] if place and free else []) + blocks[number]
    above, below = _trimmed(lines[head : starts[0]]), _trimmed(lines[end:])
    above = [*above, ""] if above else []
    return [*lines[:head], *above, *put, *(["", *below] if below else [])]


def _end(lines: list[str], head: int, dash: int) -> int:
    """Give the index after the last line of a list: what follows are remarks, free lines or the next list."""
    last = head
    for index in range(head, len(lines)):
        line = lines[index]
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or (line.lstrip(" ").startswith("#") and indent <= dash):
            continue
        if indent < dash or (indent == dash and line[dash] != "-"):
            break
        last = index + 1
    return last


def _above(lines: list[str], line: int, dash: int, last: int) -> int:
    """Give the index of the first of the remarks that stand right above an entry, and nothing free between them."""
    while line - 1 > last and lines[line - 1].startswith(f"{' ' * dash}#"):
        line -= 1
    return line


def _trimmed(lines: list[str]) -> list[str]:
    found = list(lines)
    while found and not found[-1].strip():
        found.pop()
    while found and not found[0].strip():
        found.pop(0)
    return found


def _in_any_order(data: Any) -> Any:
    """Give what a file says, whatever the order of the entries of lists in which it means nothing."""
    if not isinstance(data, Mapping):
        return None
    return {
        name: sorted(items, key=lambda item: str(item.get("id") if isinstance(item, dict) else ""))
        if name in ALPHABETICAL and isinstance(items, list)
        else items
        for name, items in data.items()
    }


def _remarks(data: bytes) -> Counter[str]:
    lines = data.decode("utf-8").split("\n")
    return Counter(line.strip() for line in lines if line.lstrip().startswith("#"))
