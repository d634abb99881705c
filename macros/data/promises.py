"""Published addresses: none vanishes. What is taken away is withdrawn, and its address says so.

Three things tell which addresses were published: the list beside the data, which a machine keeps; that list as it was
before a change; and the data as it was before. Nobody has to write an address down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.data.cases import Case, Found, Place, shown
from macros.data.collections import ALPHABETICAL, ANCHORS, FILES, PAGES, PARTS, SINGULAR
from macros.data.languages import LANGUAGES
from macros.data.urls import address_of, addresses, cards_of, is_card, record_of, withdrawn_addresses

__all__ = ["answers_lead_on", "nothing_vanishes", "ready_entries", "withdrawn_rightly"]

MANY = 20
"""Addresses that vanish by one slip, such as a list that cannot be read; nobody withdraws as many at once."""

HOME = f"{FILES['withdrawn']}.yml"


HOSTED_ANYWHERE = frozenset(name for name, address in ANCHORS.items() if address.startswith("/{"))
"""Collections whose records stand on pages of any name: such an address may be that of something else there."""


def _vanished(case: Case) -> list[str]:
    """Give the published addresses that the data no longer has, one for each record: not its card, nor what lay below.

    Another language has what English has.
    """
    kept = {*case.published, *(addresses(case.before.data) if case.before and case.before.data else ())}
    here = set(addresses(case.tree.data))
    english = (one for one in kept if one.removeprefix("/").split("/")[0] not in LANGUAGES)
    gone = sorted(one for one in english if one not in here)
    withdrawn = {one for one in withdrawn_addresses(case.tree.data) if "#" not in one}
    every = set(gone)
    cards = {card for address in gone for card in cards_of(address)}
    return [
        address
        for address in gone
        if not ("#" in address and (address.partition("#")[0] in every | withdrawn)) and address not in cards
    ]


def nothing_vanishes(case: Case) -> Iterator[Found]:
    """Keep every address that was once published."""
    gone = _vanished(case) if case.published or case.before else []
    for address in gone:
        yield (
            _place(case, address),
            f"the published address {address[:200]} would vanish; put the record back, or add its id to "
            "`former_ids` of the record that takes its place, or withdraw it: what to write is said below",
        )


def _place(case: Case, address: str) -> Place:
    """Give the place where the record of an address stood: the record that stood before it, or after it."""
    page = address.partition("#")[0]
    hosts = {address_of(name, item): path for name in PAGES for path, item in case.records(name)}
    found = record_of(address)
    if page != address and page in hosts and (found is None or _part_of(address)):
        return hosts[page]
    if found is None:
        first = address.strip("/").split("/")[0]
        return (first,) if first in FILES else ("withdrawn",)
    collection, identifier = found
    now = {str(item.get("id")): path for path, item in case.records(collection)}
    then = case.before.data.get(collection) if case.before and isinstance(case.before.data, dict) else None
    ids = [str(item.get("id")) for item in then if isinstance(item, dict)] if isinstance(then, list) else []
    if identifier not in ids and collection in ALPHABETICAL:
        ids = sorted({*now, identifier})
    if identifier in ids:
        at = ids.index(identifier)
        near = [*reversed(ids[:at]), *ids[at + 1 :]]
        found_here = next((now[one] for one in near if one in now), None)
        if found_here:
            return found_here
    return (collection,)


def _part_of(address: str) -> bool:
    """Whether an address is that of a part of a record, such as a phrase."""
    anchor = address.partition("#")[2]
    return any(anchor.startswith(pattern.partition("{id}")[0]) for pattern in PARTS.values())


def ready_entries(case: Case) -> Iterator[str]:
    """Yield the lines to paste into the list of what was withdrawn, for each address that would vanish."""
    gone = _vanished(case) if case.published or case.before else []
    if not 0 < len(gone) <= MANY:
        return
    empty = not case.tree.data.get("withdrawn")
    where = f"in place of `withdrawn: []` in {HOME}" if empty else f"in its place from A to Z in {HOME}"
    yield f"to withdraw what would vanish, write this {where}, say why, and run `make check` again:"
    if empty:
        yield "withdrawn:"
    ready = sorted((_id_of(address), address) for address in gone)
    for number, (identifier, address) in enumerate(ready):
        if number:
            yield ""
        yield f"  - id: {identifier}"
        yield f"    address: {address[:200]}"
        yield f'    was: "{_was(case, address)}"'
        yield f"    date: {case.today.isoformat()}"
        yield '    why: "Replace this: why it was taken away, for readers who follow an old link"'


def _id_of(address: str) -> str:
    found = record_of(address)
    if found and not is_card(address):
        return f"{SINGULAR[found[0]].replace(' ', '-')}-{found[1]}"[:80].strip("-")
    signs = (sign if sign.isascii() and sign.isalnum() else "-" for sign in address.lower())
    return "-".join(filter(None, "".join(signs).split("-")))[:80].strip("-") or "first-page"


def _was(case: Case, address: str) -> str:
    """Name what stood at an address, as far as the data of before says it."""
    found = record_of(address)
    if not found:
        return "Replace this: what stood there, in a few words"
    collection, identifier = found
    item: Mapping[str, Any] = next(
        (
            one
            for one in (case.before.data.get(collection, ()) if case.before and case.before.data else ())
            if isinstance(one, dict) and identifier in (one.get("id"), str(one.get("number")))
        ),
        {},
    )
    name = next(
        (item[one] for one in ("name", "term", "title", "question", "label") if isinstance(item.get(one), str)),
        identifier,
    )
    one = SINGULAR[collection]
    return f"{one[0].upper()}{one[1:]}: {name}".replace("\\", "").replace('"', "'")[:150]


def withdrawn_rightly(case: Case) -> Iterator[Found]:
    """Let a withdrawn address be that of nothing that stands on the site, and lead only to what does."""
    present = set(addresses({**case.tree.data, "withdrawn": []}))
    first: dict[str, int] = {}
    for path, item in case.records("withdrawn"):
        address, instead = item.get("address"), item.get("instead")
        if isinstance(address, str) and address in present:
            yield (
                (*path, "address"),
                f"{shown(address)} is the address of a record that is there; an address is never used again: take that "
                "record away, or give it another id, or delete this entry",
            )
        if isinstance(address, str) and address in first:
            yield (*path, "address"), f"{shown(address)} stands at line {first[address]} already; keep one"
        elif isinstance(address, str):
            first[address] = case.tree.position((*path, "address")).line
        if isinstance(instead, str) and instead.startswith("/") and "/#" in instead and instead not in present:
            yield (*path, "instead"), f"nothing stands at {shown(instead)}; name an address of the site, or delete it"


def answers_lead_on(case: Case) -> Iterator[Found]:
    """Let the links of an answer lead to no record that is not there; other pages of the site are looked for later."""
    present: set[str] = set()
    for path, item in case.records("questions"):
        more = item.get("more")
        for place, link in enumerate(more if isinstance(more, list) else ()):
            address = link.get("address") if isinstance(link, dict) else None
            found = record_of(address) if isinstance(address, str) else None
            if found is None or found[0] in HOSTED_ANYWHERE:
                continue
            present = present or set(addresses(case.tree.data))
            if address not in present:
                yield (
                    (*path, "more", place, "address"),
                    f"nothing stands at {shown(address)}; copy the address of a page of the site, or a place on it",
                )
