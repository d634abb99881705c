"""Which pages a change to the data can be seen on: a record's own, and those that list it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import ANCHORS, LINKED, PAGES
from macros.data.urls import HELP, INDEXES, address_of, in_language
from macros.review.data_diff import Changed
from macros.review.data_state import Side
from macros.review.markdown_quoting import code, few

__all__ = ["OWN_ONLY", "affected_pages"]

OWN_ONLY = frozenset(
    {"sources", "confidence", "checked", "description", "tab_title", "content_note", "aliases", "former_ids", "ours"}
)
"""Fields that only a record's own page shows."""

SIDE_BY_SIDE = ("/matrix/", "/compare/")
"""Pages that show every principle, stakeholder and practice."""


def affected_pages(changes: Sequence[Changed], old: Side, new: Side) -> Iterator[str]:
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
        said = [few(own[page])] if page in own else []
        said += [f"lists {few(listed[page])}"] if page in listed else []
        yield f"{code(page)}: {'; '.join(said)}"


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
    return any((len(edit.path) == 1 and edit.last not in OWN_ONLY) or edit.path[0] == "links" for edit in change.edits)


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
        yield from SIDE_BY_SIDE
    elif isinstance(record, kinds.Category):
        yield from (catalogue.address("principles", one) for one in catalogue.principles_of_category(record))
    elif isinstance(record, kinds.Stakeholder):
        principles = catalogue.principles_of(record)
        yield from (catalogue.address("principles", one) for one in principles)
        yield from (catalogue.address("categories", catalogue.category_of(one)) for one in principles)
        yield from (catalogue.address("stakeholders", one) for one in catalogue.people_of(record))
        yield from (catalogue.address(name, one) for name in LINKED for one in catalogue.naming(name, record))
        yield from SIDE_BY_SIDE
    elif isinstance(record, kinds.Source):
        yield from (use.address for use in catalogue.uses_of(record))
    elif isinstance(record, kinds.Practice):
        yield from SIDE_BY_SIDE
    elif isinstance(record, kinds.Law | kinds.Event | kinds.Figure | kinds.ReportFlow):
        yield "/compare/"
    elif isinstance(record, kinds.Service):
        yield from ("/help/", HELP.format(country=record.country))
    for statement in catalogue.document.announcement:
        if record.id in getattr(statement, collection, ()):
            yield catalogue.address("announcement", statement)
