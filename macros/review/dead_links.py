"""Dead links, as the weekly check found them: where each stands in the data, and where an archived copy may be.

The check is lychee's (https://lychee.cli.rs); what it found comes as the JSON that `--format json` writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.yaml_reader import INVISIBLE

__all__ = ["Dead", "Unreadable", "dead", "told"]

_MAPS = ("error_map", "fail_map", "timeout_map")
"""Where lychee puts what did not answer: by its version, errors under one of two names, and timeouts apart."""


class Unreadable(ValueError):  # noqa: N818 (it says in a sentence what is wrong)
    """What was given is not what lychee writes; its text goes on from the name of the file."""


@dataclass(frozen=True, slots=True)
class Dead:
    """An address that did not answer, the files it stands in, and what was said instead."""

    address: str
    files: tuple[str, ...]
    said: str


def dead(text: str) -> tuple[Dead, ...]:
    """Read what lychee wrote; give each address that did not answer once, in order. Raises Unreadable."""
    try:
        whole = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"is not JSON: {error}") from None
    if not isinstance(whole, dict) or not any(isinstance(whole.get(name), dict) for name in _MAPS):
        raise Unreadable(f"is not what lychee writes as JSON: none of {', '.join(_MAPS)} is in it")
    found: dict[str, tuple[dict[str, None], str]] = {}
    for name in _MAPS:
        for file, answers in _mapped(whole.get(name)):
            for answer in answers if isinstance(answers, list) else ():
                address = answer.get("url") if isinstance(answer, dict) else None
                if isinstance(address, str):
                    found.setdefault(address, ({}, _said(answer.get("status"))))[0][file] = None
    return tuple(Dead(address, tuple(files), said) for address, (files, said) in sorted(found.items()))


def _mapped(value: Any) -> Iterable[tuple[str, Any]]:
    return value.items() if isinstance(value, dict) else ()


def _said(status: Any) -> str:
    """Give lychee's words for what came back."""
    if not isinstance(status, dict):
        return str(status or "no answer")
    return ": ".join(str(status[name]) for name in ("text", "details") if status.get(name)) or "no answer"


def told(found: Iterable[Dead], catalogue: Catalogue) -> Iterator[str]:
    """Yield the lines of a report in Markdown; none where nothing is dead.

    A source is named with its line and with the address of its archived copy nearest to the day it was read. Nobody has
    looked whether there is one; whoever mends the entry does.
    """
    every = tuple(found)
    if not every:
        return
    by_address: dict[str, list[kinds.Source]] = {}
    for source in catalogue.document.sources:
        if source.url:
            by_address.setdefault(_plain(source.url), []).append(source)
    yield f"{len(every)} links lead nowhere." if len(every) > 1 else "1 link leads nowhere."
    yield ""
    yield (
        "Open each once more before you change anything: a site can be down for a day. Where the page is gone, look at "
        "the archived copy. If it shows what was read, write its address into `archived` of the source and leave `url` "
        "as it is. If the page has only moved, put the new address into `url`."
    )
    for one in every:
        yield ""
        yield f"- {_code(one.address)}: {_code(one.said)}"
        sources = by_address.get(_plain(one.address), [])
        for source in sources:
            yield f"  - `{catalogue.named(catalogue.start('sources', source))}`: the source `{source.id}`"
            if source.archive:
                day = "as given" if source.archived else f"nearest to {source.checked}, if there is one"
                yield f"  - archived copy, {day}: {source.archive}"
        if not sources:
            yield f"  - in {', '.join(map(_code, one.files))}"


def _plain(address: str) -> str:
    """Give an address in the one form of many in which programs and people write it."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}://{host.lower()}{slash or '/'}{path}".partition("#")[0]


def _code(text: str) -> str:
    """Give a text as code, so that nothing that came from elsewhere means anything in Markdown."""
    return f"`{INVISIBLE.sub(' ', ' '.join(text.split())).replace('`', chr(39))[:300]}`"
