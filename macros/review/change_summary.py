"""What a change to the data does, in words for whoever reviews it: two states of the data to lines of Markdown.

What the data says goes through `markdown_quoting`. Nothing is read from disk here; `__main__` and `sites` do that.

Fields are compared in the raw trees, so that data from before a change of the model can be compared too. What needs
links between records (pages, reading ease, other languages) comes from the catalogues.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher, unified_diff
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue, Translated
from macros.data.collections import READABILITY
from macros.data.languages import LANGUAGES
from macros.data.translations import FINGERPRINT, Translation
from macros.data.urls import address_of, addresses, embed_of
from macros.data.yaml_tree import Tree
from macros.review.affected_pages import affected_pages
from macros.review.change_warnings import warnings
from macros.review.data_diff import (
    Changed,
    Edit,
    all_sources,
    canonical,
    changes_between,
    edits_between,
)
from macros.review.data_state import Side
from macros.review.markdown_quoting import (
    FEW,
    MAX_LINES,
    bullets,
    code,
    fenced,
    few,
    fitting,
    label,
    line_in_words,
    one_line,
)
from macros.review.readability import ease, texts

__all__ = ["Side", "code", "differences", "fenced", "page_differences"]

MAX_PAGE_LINES = 40
"""Of one page's difference."""

MAX_LINE = 2000
"""Characters of a line of a page."""

WIDTH = 112
EASE = 0.5
"""A smaller move of the reading ease says nothing."""

_WORD_SIGNS = ("[-", "-]", "{+", "+}")
_GOES_ON = " […] "
_KEPT = 6
"""Words left standing on each side of a changed one."""


def differences(old: Side, new: Side) -> Iterator[str]:
    """Yield what a change to the data does, from one state to another, as lines of Markdown. Raises nothing.

    `new` is data without faults; `old` need not be what today's model asks for.
    """
    changes, moved = changes_between(old.tree, new.tree)
    yield f"## {_counted(changes)}"
    yield ""
    yield f"Compared with {code(old.name)}."
    yield ""
    yield from _summary(changes, moved)
    if old.catalogue is None:
        yield "What was there before does not pass today's check. So reading ease and translations are not compared."
        yield ""
    gone = sorted(set(addresses(old.tree.data)) - set(addresses(new.tree.data)))
    come = sorted(set(addresses(new.tree.data)) - set(addresses(old.tree.data)))
    first = [*(f"The address {code(address)} would vanish." for address in gone[:FEW]), *warnings(changes, old, new)]
    yield from bullets("### Look at these first", first)
    yield from fitting(_records(changes, frozenset(come)), "record")
    yield from bullets("### Addresses that appear", map(code, come))
    yield from bullets("### Addresses that would vanish", map(code, gone))
    yield from bullets("### Pages touched", affected_pages(changes, old, new))
    yield from _by_name("Terms", "terms", changes)
    yield from _by_name("Figures", "figures", changes)
    if old.catalogue and new.catalogue:
        yield from bullets("### Reading ease", _ease(old.catalogue, new.catalogue))
    for language in LANGUAGES.values():
        yield from _language(language.code, language.name, old, new)


# --- the counts -----------------------------------------------------------------------------------------------------


def _counted(changes: Sequence[Changed]) -> str:
    numbers = {kind: sum(change.kind == kind for change in changes) for kind in ("changed", "added", "removed")}
    if not changes:
        return "No record changed."
    first = f"{numbers['changed'] or 'No'} record{'' if numbers['changed'] == 1 else 's'} changed"
    return f"{first}, {numbers['added'] or 'none'} added, {numbers['removed'] or 'none'} removed"


def _summary(changes: Sequence[Changed], moved: set[str]) -> Iterator[str]:
    for collection in dict.fromkeys([*(change.collection for change in changes), *sorted(moved)]):
        own = [change for change in changes if change.collection == collection]
        said = [_counted(own)] if own else []
        said += ["the records stand in another order"] if collection in moved else []
        name = _collection(collection)
        yield f"- {name}: {'; '.join(said)}"
    if changes or moved:
        yield ""


def _collection(name: str) -> str:
    """Name a collection; one that today's model does not know may be called anything."""
    return name.replace("_", " ").capitalize() if name in kinds.COLLECTIONS else code(name)


# --- each record ----------------------------------------------------------------------------------------------------


def _records(changes: Sequence[Changed], come: frozenset[str]) -> Iterator[list[str]]:
    collection = None
    for change in changes:
        block = list(_record(change, come))
        if change.collection != collection:
            collection = change.collection
            block = [f"### {_collection(collection)}", "", *block]
        yield block


def _record(change: Changed, come: frozenset[str]) -> Iterator[str]:
    was = "was at " if change.kind == "removed" else ""
    yield f"#### {label(change)}: {change.kind}, {was}{line_in_words(change.start)}"
    yield ""
    facts = list(_facts(change, come))
    yield from (f"- {fact}" for fact in facts)
    if facts:
        yield ""
    if change.kind == "removed":
        return
    if change.kind == "added":
        yield from fenced(_whole(change.new, "+"))
        return
    for edit in change.edits:
        if len(edit.path) == 1 and edit.path[0] in ("sources", "confidence", "checked"):
            continue  # said among the facts
        yield f"Line {change.line_of(edit)}, {code(edit.name, 200)}:"
        yield ""
        yield from fenced(_shown(edit))


def _facts(change: Changed, come: frozenset[str]) -> Iterator[str]:
    found = dict.fromkeys(filter(None, (make(change.collection, change.item) for make in (address_of, embed_of))))
    if found:
        gone = ", would vanish" if change.kind == "removed" else ""
        yield "Page: " + ", ".join(code(one) + (" (new)" if one in come else gone) for one in found)
    if change.renamed and change.old and change.new:
        yield f"Its id was {code(change.old['id'])} and is {code(change.new['id'])}."
    if change.edits:
        yield "Fields: " + few([code(name, 200) for name in dict.fromkeys(edit.name for edit in change.edits)], 12)
    before, after = all_sources(change.old), all_sources(change.new)
    said = [("added", after - before), ("removed", before - after)]
    sources = "; ".join(f"{verb} {', '.join(map(code, sorted(ids)))}" for verb, ids in said if ids)
    if sources and change.kind == "changed":
        yield f"Sources: {sources}"
    for name in ("confidence", "checked"):
        old, new = (change.old or {}).get(name), (change.new or {}).get(name)
        if change.kind == "changed" and canonical(old) != canonical(new):
            yield f"{name.capitalize()}: from {code(_or_nothing(old))} to {code(_or_nothing(new))}"


def _or_nothing(value: Any) -> Any:
    return "" if value is None else value


def _whole(value: Any, sign: str, name: str = "") -> Iterator[str]:
    """Yield everything that a part says, one field to a line."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _whole(item, sign, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for index, item in enumerate(value, start=1):
            yield from _whole(item, sign, f"{name}[{index}]")
    else:
        said = ", ".join(map(one_line, value)) if isinstance(value, list) else one_line(value)
        yield from _wrapped(f"{name}: {said}" if name else said, f"{sign} ")


def _wrapped(text: str, start: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=start, break_long_words=False, break_on_hyphens=False
    ) or [start.rstrip()]


def _shown(edit: Edit) -> Iterator[str]:
    old, new = edit.old, edit.new
    if isinstance(old, list) and isinstance(new, list) and edit.last != "order":
        gone, come = ([one_line(one) for one in have if one not in other] for have, other in ((old, new), (new, old)))
        if gone or come:
            yield from (f"- {one}" for one in gone)
            yield from (f"+ {one}" for one in come)
            return
    if isinstance(old, str) and isinstance(new, str):
        words = _words(one_line(old), one_line(new))
        if words is not None:
            yield from _wrapped(words, "  ")
            return
    yield from _whole(old, "-") if old is not None else ()
    yield from _whole(new, "+") if new is not None else ()


def _words(old: str, new: str) -> str | None:
    """Give both texts in one, word for word, with long stretches that stay left out; None where that would not help."""
    if any(sign in text for sign in _WORD_SIGNS for text in (old, new)):
        return None  # the data must not be able to look like a change
    before, after = old.split(" "), new.split(" ")
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if len(before) < 4 or len(after) < 4 or matcher.ratio() < 0.4:
        return None
    pieces: list[str] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(_shortened(before[a:b], first=a == 0, last=b == len(before) and d == len(after)))
            continue
        taken, put = " ".join(before[a:b]), " ".join(after[c:d])
        pieces.append((f"[-{taken}-]" if a < b else "") + (f"{{+{put}+}}" if c < d else ""))
    return " ".join(pieces).strip()


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    head, tail = ([] if first else words[:_KEPT]), ([] if last else words[-_KEPT:])
    if len(words) <= len(head) + len(tail) + 3:
        return " ".join(words)
    return f"{' '.join(head)}{_GOES_ON}{' '.join(tail)}".strip()


# --- pages ----------------------------------------------------------------------------------------------------------


def _by_name(title: str, collection: str, changes: Sequence[Changed]) -> Iterator[str]:
    own = [change for change in changes if change.collection == collection]
    yield from bullets(f"### {title} touched", (f"{label(change)}: {change.kind}" for change in own))


# --- reading ease and other languages -------------------------------------------------------------------------------


def _ease(old: Catalogue, new: Catalogue) -> Iterator[str]:
    for kind, collections in READABILITY.items():
        before, after = ease(texts(old, collections)), ease(texts(new, collections))
        if before and after and abs(after.flesch - before.flesch) >= EASE:
            way = "easier" if after.flesch > before.flesch else "harder"
            yield f"{kind}: from {before.flesch:.1f} to {after.flesch:.1f}, {way} (60 and more is plain)"


def _language(language: str, name: str, old: Side, new: Side) -> Iterator[str]:
    """Yield what becomes of a second language: its own texts, and what is older or missing now."""
    said = list(_overlay(old.overlays.get(language), new.overlays.get(language)))
    before = old.catalogue.translations.get(language) if old.catalogue else None
    after = new.catalogue.translations.get(language) if new.catalogue else None
    lines = list(_state(before, after)) if after and (before or old.catalogue) else []
    if before and after:
        lines += _marked(before.translation, after.translation)
    if not said and not lines:
        return
    yield f"### {name}"
    yield ""
    yield from lines
    if lines:
        yield ""
    yield from fitting(said, "translated record")


def _state(before: Translated | None, after: Translated) -> Iterator[str]:
    now, then = after.translation, before.translation if before else None
    if then is None:
        yield f"- There was no such file; {len(now.missing)} texts are missing and {len(now.outdated)} are older."
        return
    older, mended = sorted(now.outdated_ids - then.outdated_ids), then.outdated_ids - now.outdated_ids
    missing = [fault for fault in now.missing if fault.message not in {one.message for one in then.missing}]
    if older:
        yield f"- Older than their English now: {len(older)}"
        yield from (f"  - {code(f'{collection}: {identifier}')}" for collection, identifier in older[:MAX_LINES])
    if mended:
        yield f"- Brought up to date: {len(mended)}"
    if missing:
        yield f"- Missing now: {len(missing)}"
        yield from (f"  - line {one.position.line}: {code(one.message, 200)}" for one in missing[:MAX_LINES])
    for found in (older, missing):
        if len(found) > MAX_LINES:
            yield f"- and {len(found) - MAX_LINES} more, which are not listed"


def _marked(then: Translation, now: Translation) -> Iterator[str]:
    """Yield the texts that were marked as translated anew while not a word of them changed."""
    if then.tree.lock is None or now.tree.lock is None:
        return
    found = [
        path
        for path, english in now.tree.lock.items()
        if path in now.texts
        and then.tree.lock.get(path) != english
        and _at(then.tree, path) == _at(now.tree, path) is not None
    ]
    if found:
        yield f"- Marked as translated, though their own words stayed as they were: {len(found)}"
        yield from (f"  - {code(path, 200)}" for path in found[:MAX_LINES])
    if len(found) > MAX_LINES:
        yield f"- and {len(found) - MAX_LINES} more, which are not listed"


def _at(tree: Tree, path: str) -> Any:
    """Give what an overlay has at the way to a text; a part with a single text may stand there as that text alone."""
    value = tree.data
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            value = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
    return value


def _overlay(old: Tree | None, new: Tree | None) -> Iterator[list[str]]:
    """Yield the texts of a second language that differ, one block for each record."""
    if old is None or new is None or not isinstance(old.data, dict) or not isinstance(new.data, dict):
        return
    for collection in dict.fromkeys([*new.data, *old.data]):
        before, after = (_dict(tree.data.get(collection)) for tree in (old, new))
        for identifier in dict.fromkeys([*after, *before]):
            was, now = ({identifier: side[identifier]} if identifier in side else {} for side in (before, after))
            edits = [edit for edit in edits_between(was, now, (), (collection,)) if edit.last != FINGERPRINT]
            if not edits:
                continue
            line = new.position((collection, identifier), key=True).line
            block = [f"#### {code(f'{collection}: {identifier}')}, line {line}", ""]
            for edit in edits:
                block += [
                    f"Line {new.position(edit.at, key=True).line}, {code(edit.name, 200)}:",
                    "",
                    *fenced(_shown(edit)),
                ]
            yield block


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


# --- the built pages ------------------------------------------------------------------------------------------------


def page_differences(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """Yield how the text of two built sites differs, page by page; each maps a page's address to its text.

    Pages with the same difference share one block. Long differences are cut, and it is said how much.
    """
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    blocks: dict[tuple[str, ...], list[str]] = {}
    for address in sorted(old.keys() & new.keys()):
        if old[address] != new[address]:
            before, after = ([line.rstrip() for line in text.splitlines()] for text in (old[address], new[address]))
            found = list(unified_diff(before, after, n=1, lineterm=""))[2:]
            key = tuple(line for line in found if not line.startswith("@@"))
            if key:
                groups[key].append(address)
                blocks.setdefault(key, found)
    gone, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    count = sum(map(len, groups.values()))
    yield f"## Pages: {count or 'none'} changed, {len(come) or 'none'} added, {len(gone) or 'none'} removed"
    yield ""
    yield from bullets("### Pages that appear", map(code, come))
    yield from bullets("### Pages that vanish", map(code, gone))
    yield from fitting((list(_page(addresses, blocks[key])) for key, addresses in groups.items()), "group of pages")


def _page(addresses: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    yield f"#### {few([code(address) for address in addresses], 6)}"
    yield ""
    yield from fenced(line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}…" for line in lines[:MAX_PAGE_LINES])
    cut = len(lines) - MAX_PAGE_LINES
    if cut > 0:
        yield f"{cut} more line{'' if cut == 1 else 's'} of this difference {'is' if cut == 1 else 'are'} not shown."
        yield ""
