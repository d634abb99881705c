"""What changed, as Atom feeds (RFC 4287): one of everything, and one for each principle.

Nothing here is new text: titles and texts are those of the pages and of the `changes` list.
"""

from __future__ import annotations

import textwrap
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import Any

from feedgenerator import Atom1Feed

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import CHANGED
from macros.exports.path_patterns import Output
from macros.pages.site_info import SiteInfo, edition

__all__ = ["OUTPUTS", "feeds"]

OUTPUTS = (Output("feeds", ("feed.xml", "principles/{number}/feed.xml")),)
"""The paths of its files."""

PLACE = "feed.xml"
TITLE_LENGTH = 90
"""Letters of a change that stand in an entry's title; readers of feeds show one line."""
NAMED = tuple(name for name in CHANGED if name != "principles")
"""Collections whose records a change can name by id."""


def feeds(catalogue: Catalogue, site_info: SiteInfo, title: str) -> Iterator[tuple[str, str]]:
    """Yield each feed's path from the site's root and its text; `title` is that of the list of changes."""
    times = _times(catalogue)
    yield PLACE, _feed(catalogue, site_info, f"{site_info.name}: {title}", "/", catalogue.changes, times)
    for principle in catalogue.principles:
        address = catalogue.address("principles", principle)
        changes = [change for change in catalogue.changes if _concerns(catalogue, change, principle)]
        name = f"{site_info.name}: {principle.tab_title}"
        yield f"{address.strip('/')}/{PLACE}", _feed(catalogue, site_info, name, address, changes, times)


def _concerns(catalogue: Catalogue, change: kinds.Change, principle: kinds.Principle) -> bool:
    """Whether a change names a principle, or names something that has to do with it, or names nothing: all of it."""
    touched = [(name, key) for name in NAMED for key in getattr(change, name)]
    if not touched and not change.principles:
        return True
    return principle.number in change.principles or any(
        principle.number in _numbers(catalogue, name, catalogue.get(name, key)) for name, key in touched
    )


def _numbers(catalogue: Catalogue, collection: str, record: Any) -> Iterable[int]:
    if collection == "stakeholders":
        return (principle.number for principle in catalogue.principles_of(record))
    numbers: tuple[int, ...] = getattr(record, "principles", ())
    return numbers


def _feed(
    catalogue: Catalogue,
    site_info: SiteInfo,
    title: str,
    address: str,
    changes: Sequence[kinds.Change],
    times: Mapping[str, datetime],
) -> str:
    feed = _Feed(
        title=title,
        link=site_info.to(address),
        description=None,
        language="en-GB",
        author_name=site_info.name,
        author_link=site_info.to("/"),
        feed_url=site_info.to(f"{address}{PLACE}"),
        feed_guid=_urn(f"{address}{PLACE}"),
    )
    feed.newest = max((times[change.id] for change in changes), default=_noon(edition(catalogue)))
    for change in changes:
        feed.add_item(
            title=textwrap.shorten(change.text, TITLE_LENGTH, placeholder=" …"),
            link=site_info.to(f"/changes/#{change.id}"),
            description=escape(change.text, quote=False),  # the library declares summaries as HTML
            unique_id=_urn(f"/changes/#{change.id}"),
            pubdate=times[change.id],
            categories=["unchanged"] if change.unchanged else [],
        )
    return str(feed.writeString("utf-8"))


class _Feed(Atom1Feed):  # type: ignore[misc] # the library has no types
    """A feed whose `updated` is known even where nothing has changed yet; the library would ask the clock."""

    newest: datetime

    def latest_post_date(self) -> datetime:
        return self.newest


def _times(catalogue: Catalogue) -> dict[str, datetime]:
    """Give the moment of each change by its id: noon, when it is that day nearly everywhere, and later for later ones.

    So a second change of a day moves the time of its feeds, and readers that go by that time show it too.
    """
    met: Counter[date] = Counter()
    times = {}
    for change in catalogue.document.changes:
        times[change.id] = _noon(change.date) + timedelta(seconds=met[change.date])
        met[change.date] += 1
    return times


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _urn(address: str) -> str:
    """Give an id that stays when the site moves to another host, as RFC 4287 (4.2.6) wants it."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"voluntary-principles:{address}").urn
