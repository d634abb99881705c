"""What a change to the data does, in words for whoever reviews it: two states of the data to lines of Markdown.

The lines go where a host renders Markdown, and the data in them comes from anybody. So what the data says stands only
in code spans and code fences, each closed by more backticks than it holds: there nothing is HTML, a link, a mention or
an image. Nothing is read from disk here; `__main__` and `sites` do that.

Fields are compared in the raw trees, so that data from before a change of the model can be compared too. What needs
links between records (pages, reading ease, other languages) comes from the catalogues.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, unified_diff
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue, Translated
from macros.data.collections import ANCHORS, LINKED, PAGES, READABILITY
from macros.data.languages import LANGUAGES
from macros.data.translations import FINGERPRINT
from macros.data.urls import HELP, INDEXES, address_of, addresses, embed_of, in_language
from macros.data.yaml_reader import INVISIBLE
from macros.data.yaml_tree import Position, Tree
from macros.review.data_diff import (
    NAME_LENGTH,
    Changed,
    Edit,
    all_sources,
    canonical,
    changes_between,
    edits_between,
    former_ids,
    items_of,
)
from macros.review.readability import ease, texts

__all__ = ["Side", "code", "differences", "fenced", "page_differences"]

MAX_BYTES = 350_000
"""Of records written out, and again of pages written out: a job's summary holds 1 MiB on GitHub."""

MAX_LINES = 150
"""Of a list, such as that of pages; what is left out is counted."""

MAX_PAGE_LINES = 40
"""Of one page's difference."""

MAX_LINE = 2000
"""Characters of a line of a page."""

WIDTH = 112
EASE = 0.5
"""A smaller move of the reading ease says nothing."""

_SPACE = re.compile(r"\s+")
_BACKTICKS = re.compile(r"`+")
_RANKS = {word: rank for rank, word in enumerate(reversed(kinds.CONFIDENCE))}
_MARKS = {"C": 0, "B": 1, "A": 2}
_WORD_SIGNS = ("[-", "-]", "{+", "+}")
_GOES_ON = " […] "
_KEPT = 6
"""Words left standing on each side of a changed one."""

_SHORT = 60
_FEW = 4
"""Names in a line, before the rest is counted."""

_URGENT = {
    "A number or an address of help changed": 0,
    "A place of help is marked surer than before": 0,
    "Confidence raised without a new source": 1,
    "Confidence raised, and the source was read as before": 1,
    "An official phrase changed": 1,
    "An official number changed": 1,
}
"""What comes first among what to look at; 2 is the rest."""

_CONTACT = ("phone", "text", "url", "email", "chat")
_OWN_ONLY = frozenset(
    {"sources", "confidence", "checked", "description", "tab_title", "content_note", "aliases", "former_ids", "ours"}
)
"""Fields that only a record's own page shows."""


@dataclass(frozen=True, slots=True)
class Side:
    """One state of the data: what to call it, its tree, and its catalogue (none where it is no data for today)."""

    name: str
    tree: Tree
    catalogue: Catalogue | None
    overlays: Mapping[str, Tree] = field(default_factory=dict)
    """The texts in second languages, by language."""


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
    warnings = [*(f"The address {code(address)} would vanish." for address in gone[:_FEW]), *_warnings(changes, new)]
    yield from _list("### Look at these first", warnings)
    yield from _within(_records(changes, frozenset(come)), "record")
    yield from _list("### Addresses that appear", map(code, come))
    yield from _list("### Addresses that would vanish", map(code, gone))
    yield from _list("### Pages touched", _touched(changes, old, new))
    yield from _by_name("Terms", "terms", changes)
    yield from _by_name("Figures", "figures", changes)
    if old.catalogue and new.catalogue:
        yield from _list("### Reading ease", _ease(old.catalogue, new.catalogue))
    for language in LANGUAGES.values():
        yield from _language(language.code, language.name, old, new)


# --- text from the data, made harmless ----------------------------------------------------------------------------


def code(text: Any, length: int = NAME_LENGTH) -> str:
    """Give a text as a code span, on one line and cut, in which nothing is markup, a link or a mention."""
    seen = _seen(text)
    seen = seen if len(seen) <= length else f"{seen[: length - 1]}…"
    if not seen:
        return "(nothing)"
    ticks = "`" * (_longest(seen) + 1)
    space = " " if seen[0] in "` " or seen[-1] in "` " else ""
    return f"{ticks}{space}{seen}{space}{ticks}"


def fenced(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines as a block of code that they cannot end."""
    every = [_visible(line) for line in lines]
    ticks = "`" * max(3, 1 + max(map(_longest, every), default=0))
    yield f"{ticks}diff"
    yield from every
    yield ticks
    yield ""


def _longest(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)


def _seen(text: Any) -> str:
    if isinstance(text, bool):
        return "true" if text else "false"
    return _visible(_SPACE.sub(" ", str(text)).strip())


def _visible(line: str) -> str:
    """Spell out what nobody could see, line ends among it."""
    return "".join(
        sign.encode("unicode_escape", "surrogatepass").decode()
        if INVISIBLE.match(sign) or not (sign.isprintable() or sign in "\u00a0\u202f\u2009\u200c\u200d")
        else sign
        for sign in line
    )


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


def _list(heading: str, lines: Iterable[str], most: int = MAX_LINES) -> Iterator[str]:
    every = list(dict.fromkeys(lines))
    if every:
        yield heading
        yield ""
        yield from (f"- {line}" for line in every[:most])
        if len(every) > most:
            yield f"- and {len(every) - most} more, which are not listed"
        yield ""


def _within(blocks: Iterable[list[str]], what: str) -> Iterator[str]:
    """Yield blocks of lines as long as they fit, and how many did not."""
    size, left = 0, 0
    for block in blocks:
        size += sum(len(line.encode("utf-8", "replace")) + 1 for line in block)
        if size > MAX_BYTES:
            left += 1
        else:
            yield from block
    if left:
        yield f"Not written out, for want of space: {left} more {what}."
        yield ""


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
    yield f"#### {_label(change)}: {change.kind}, {was}{_line(change.start)}"
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


def _line(position: Position) -> str:
    """Name a line, and its file where the data has several."""
    return f"line {position.line}" + (f" of {code(position.file, 300)}" if position.file else "")


def _facts(change: Changed, come: frozenset[str]) -> Iterator[str]:
    found = dict.fromkeys(filter(None, (make(change.collection, change.item) for make in (address_of, embed_of))))
    if found:
        gone = ", would vanish" if change.kind == "removed" else ""
        yield "Page: " + ", ".join(code(one) + (" (new)" if one in come else gone) for one in found)
    if change.renamed and change.old and change.new:
        yield f"Its id was {code(change.old['id'])} and is {code(change.new['id'])}."
    if change.edits:
        yield "Fields: " + _few([code(name, 200) for name in dict.fromkeys(edit.name for edit in change.edits)], 12)
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
        said = ", ".join(map(_seen, value)) if isinstance(value, list) else _seen(value)
        yield from _wrapped(f"{name}: {said}" if name else said, f"{sign} ")


def _wrapped(text: str, start: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=start, break_long_words=False, break_on_hyphens=False
    ) or [start.rstrip()]


def _shown(edit: Edit) -> Iterator[str]:
    old, new = edit.old, edit.new
    if isinstance(old, list) and isinstance(new, list) and edit.last != "order":
        gone, come = ([_seen(one) for one in have if one not in other] for have, other in ((old, new), (new, old)))
        if gone or come:
            yield from (f"- {one}" for one in gone)
            yield from (f"+ {one}" for one in come)
            return
    if isinstance(old, str) and isinstance(new, str):
        words = _words(_seen(old), _seen(new))
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


# --- what to look at ------------------------------------------------------------------------------------------------


def _warnings(changes: Sequence[Changed], new: Side) -> Iterator[str]:
    """Yield what a reviewer should not miss, each with its record and line."""
    led = {
        old: item
        for name in kinds.COLLECTIONS
        for _, item in items_of(new.tree, name).values()
        for old in former_ids(item)
    }
    found: list[tuple[int, str]] = []
    for change in changes:
        if change.kind == "removed":
            heir = led.get(str(change.item.get("id")))
            leads = f"; its address leads to {code(heir['id'])}" if heir else ""
            found.append((1, f"A record is removed: {_label(change)}, was at {_line(change.start)}{leads}."))
        elif change.kind == "added" and change.collection == "services":
            said = f"A place of help is new: {_label(change)}, {_line(change.start)}. Try its number and its address."
            found.append((0, said))
        elif change.kind == "changed":
            if change.renamed and change.old:
                was = code(change.old.get("id"))
                found.append((1, f"An id is renamed: {_label(change)}, {_line(change.start)}, was {was}."))
            groups: dict[str, list[Edit]] = defaultdict(list)
            for said, edit in _noticed(change, new):
                groups[said].append(edit)
            for said, edits in groups.items():
                where = "; ".join(
                    f"line {change.line_of(edit)}, {code(edit.name, 200)}{_from_to(edit)}" for edit in edits[:_FEW]
                )
                more = f"; and {len(edits) - _FEW} more" if len(edits) > _FEW else ""
                found.append((_URGENT.get(said, 2), f"{said}: {_label(change)}, {where}{more}."))
    yield from (said for _, said in sorted(found, key=lambda item: item[0]))


def _from_to(edit: Edit) -> str:
    if any(isinstance(value, dict | list) or len(str(value)) > _SHORT for value in (edit.old, edit.new)):
        return ""  # the record's own part shows it
    if edit.old is None or edit.new is None:
        return f", which was {code(edit.old)} and is gone" if edit.new is None else f", new: {code(edit.new)}"
    return f", from {code(edit.old)} to {code(edit.new)}"


def _noticed(change: Changed, new: Side) -> Iterator[tuple[str, Edit]]:
    """Yield what stands out within a record that is there before and after."""
    collection = change.collection
    edits = [leaf for edit in change.edits for leaf in _leaves(edit)]
    for edit in edits:
        if edit.last == "confidence":
            yield from _raised(change, edit)
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
    return (several or isinstance(said, str)) and edit.path[0] not in _OWN_ONLY and edit.last not in ("sources", "id")


def _raised(change: Changed, edit: Edit) -> Iterator[tuple[str, Edit]]:
    """Yield a confidence that is higher than before while no source came with it."""
    own = [str(item.get("confidence", "")) if item else "" for item in (change.old, change.new)]
    old, new = (_RANKS.get(str(value or default), 0) for value, default in zip((edit.old, edit.new), own, strict=True))
    if new <= old:
        return
    if change.collection == "sources":
        if not any(other.path[0] in ("read", "url") for other in change.edits):
            yield "Confidence raised, and the source was read as before", edit
        return
    if not all(isinstance(part, dict) for part in edit.within):
        return  # the part came or went as a whole
    inner = [all_sources(part) for part in edit.within]
    outer = [all_sources({"sources": (item or {}).get("sources")}) for item in (change.old, change.new)]
    if not inner[1] - inner[0] and not outer[1] - outer[0]:
        yield "Confidence raised without a new source", edit


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


# --- pages ----------------------------------------------------------------------------------------------------------


def _touched(changes: Sequence[Changed], old: Side, new: Side) -> Iterator[str]:
    """Yield each page that a change can be seen on, and whose change it is."""
    own: dict[str, list[str]] = defaultdict(list)
    listed: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        side = old if change.kind == "removed" else new
        here = set(_own_pages(change, new))
        label = code(change.item.get("id"))
        for page in here:
            own[page].append(label)
        record = _record_of(side.catalogue, change)
        if record is None or side.catalogue is None or not _seen_elsewhere(change):
            continue
        for page in {one.split("#")[0] for one in _listing(side.catalogue, change.collection, record)} - here:
            listed[page].append(label)
    for page in sorted({*own, *listed}):
        said = [_few(own[page])] if page in own else []
        said += [f"lists {_few(listed[page])}"] if page in listed else []
        yield f"{code(page)}: {'; '.join(said)}"


def _label(change: Changed) -> str:
    """Give a record's name and id, as code."""
    item, identifier = change.item, change.identifier(change.item)
    if change.collection in ("principles", "categories"):
        name = f"{item.get('number')}. {item.get('title')}"
    else:
        fields = ("name", "term", "title", "label", "phrase", "question")
        name = str(next((item[one] for one in fields if isinstance(item.get(one), str)), ""))
    return f"{code(name)} ({code(identifier)})" if name else code(identifier)


def _few(labels: Sequence[str], most: int = _FEW) -> str:
    more = f" and {len(labels) - most} more" if len(labels) > most else ""
    return ", ".join(labels[:most]) + more


def _own_pages(change: Changed, new: Side) -> Iterator[str]:
    """Yield the page that a record stands on, in every language, and the list of its kind."""
    address = "/changes/" if change.collection == "changes" else address_of(change.collection, change.item)
    if address is None:
        return
    page = address.split("#")[0]
    pages = [page]
    index = (PAGES.get(change.collection) or ANCHORS.get(change.collection, page)).split("{")[0].split("#")[0]
    if index in INDEXES and _seen_elsewhere(change):
        pages.append(index)
    languages = new.catalogue.translations if new.catalogue else ()
    for one in dict.fromkeys(pages):
        yield one
        yield from filter(None, (in_language(one, language) for language in languages))


def _seen_elsewhere(change: Changed) -> bool:
    """Whether other pages than the record's own can show what differs: its names and links, not its inner texts."""
    if change.kind != "changed" or change.collection not in PAGES:
        return True
    return any((len(edit.path) == 1 and edit.last not in _OWN_ONLY) or edit.path[0] == "links" for edit in change.edits)


def _record_of(catalogue: Catalogue | None, change: Changed) -> Any:
    if catalogue is None or change.collection not in kinds.COLLECTIONS:
        return None
    try:
        return catalogue.get(change.collection, str(change.item.get("id")))
    except KeyError:
        return None


def _listing(catalogue: Catalogue, collection: str, record: Any) -> Iterator[str]:
    """Yield the addresses of what shows a record beside its own page, by the links of the catalogue."""
    numbers = {*getattr(record, "principles", ()), *(link.principle for link in getattr(record, "links", ()))}
    numbers |= {record.principle} if hasattr(record, "principle") else set()
    yield from (catalogue.address("principles", catalogue.principle(number)) for number in sorted(numbers))
    for one in getattr(record, "stakeholders", ()):
        yield catalogue.address("stakeholders", catalogue.get("stakeholders", one))
    if isinstance(record, kinds.Principle):
        yield catalogue.address("categories", catalogue.category_of(record))
        yield from (catalogue.address("stakeholders", one) for one in catalogue.stakeholders_of([record]))
        yield from (catalogue.address(name, one) for name in LINKED for one in catalogue.about(name, record))
        yield from (
            catalogue.address("groups", one) for one in catalogue.document.groups if catalogue.reading(one, record)
        )
        yield "/matrix/"
    elif isinstance(record, kinds.Category):
        yield from (catalogue.address("principles", one) for one in catalogue.principles_of_category(record))
    elif isinstance(record, kinds.Stakeholder):
        principles = catalogue.principles_of(record)
        yield from (catalogue.address("principles", one) for one in principles)
        yield from (catalogue.address("categories", catalogue.category_of(one)) for one in principles)
        yield from (catalogue.address("stakeholders", one) for one in catalogue.people_of(record))
        yield from (catalogue.address(name, one) for name in LINKED for one in catalogue.naming(name, record))
        yield "/matrix/"
    elif isinstance(record, kinds.Source):
        yield from (use.address for use in catalogue.uses_of(record))
    elif isinstance(record, kinds.Practice):
        yield "/matrix/"
    elif isinstance(record, kinds.Service):
        yield from ("/help/", HELP.format(country=record.country))
    for statement in catalogue.document.announcement:
        if record.id in getattr(statement, collection, ()):
            yield catalogue.address("announcement", statement)


def _by_name(title: str, collection: str, changes: Sequence[Changed]) -> Iterator[str]:
    own = [change for change in changes if change.collection == collection]
    yield from _list(f"### {title} touched", (f"{_label(change)}: {change.kind}" for change in own))


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
    if not said and not lines:
        return
    yield f"### {name}"
    yield ""
    yield from lines
    if lines:
        yield ""
    yield from _within(said, "translated record")


def _state(before: Translated | None, after: Translated) -> Iterator[str]:
    now, then = after.translation, before.translation if before else None
    if then is None:
        yield f"- There was no such file; {len(now.missing)} texts are missing and {len(now.older)} are older."
        return
    older, mended = sorted(now.stale - then.stale), then.stale - now.stale
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


def _overlay(old: Tree | None, new: Tree | None) -> Iterator[list[str]]:
    """Yield the texts of a second language that differ, one block for each record."""
    if old is None or new is None or not isinstance(old.data, dict) or not isinstance(new.data, dict):
        return
    for collection in dict.fromkeys([*new.data, *old.data]):
        before, after = (_dict(tree.data.get(collection)) for tree in (old, new))
        for identifier in dict.fromkeys([*after, *before]):
            was, now = ({identifier: side[identifier]} if identifier in side else {} for side in (before, after))
            edits = list(edits_between(was, now, (), (collection,)))
            own = [edit for edit in edits if edit.last != FINGERPRINT]
            if not edits:
                continue
            line = new.position((collection, identifier), key=True).line
            block = [f"#### {code(f'{collection}: {identifier}')}, line {line}", ""]
            if not own:
                block += ["Marked as up to date with its English; no text changed.", ""]
            for edit in own:
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
    yield from _list("### Pages that appear", map(code, come))
    yield from _list("### Pages that vanish", map(code, gone))
    yield from _within((list(_page(addresses, blocks[key])) for key, addresses in groups.items()), "group of pages")


def _page(addresses: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    yield f"#### {_few([code(address) for address in addresses], 6)}"
    yield ""
    yield from fenced(line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}…" for line in lines[:MAX_PAGE_LINES])
    cut = len(lines) - MAX_PAGE_LINES
    if cut > 0:
        yield f"{cut} more line{'' if cut == 1 else 's'} of this difference {'is' if cut == 1 else 'are'} not shown."
        yield ""
