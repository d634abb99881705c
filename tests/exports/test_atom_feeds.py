"""The feeds of changes, read by a parser that other people's readers use."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest
from lxml import etree

from macros.data.catalogue import Catalogue
from macros.exports import atom_feeds
from macros.pages.site_info import SiteInfo
from tests.conftest import BuiltSite
from tests.samples import real_tree

SITE = "https://voluntary-principles.example/"
ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(site: BuiltSite, path: str) -> Any:
    read = feedparser.parse((site.folder / path).read_bytes())
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


@pytest.mark.parametrize("path", ["feed.xml", *(f"principles/{number}/feed.xml" for number in range(1, 12))])
def test_feed_has_what_the_format_asks_and_links_that_lead_somewhere(site: BuiltSite, path: str) -> None:
    read = feed_of(site, path)
    assert {link.rel: link.href for link in read.feed.links}["self"] == SITE + path
    root = etree.fromstring((site.folder / path).read_bytes())
    for part in (root, *root.findall(f"{ATOM}entry")):  # RFC 4287, 4.1.1 and 4.1.2
        assert [part.findtext(ATOM + name) for name in ("id", "title", "updated")].count(None) == 0
    ids = [entry.id for entry in read.entries]
    assert len(ids) == len(set(ids))
    for entry in read.entries:
        address, anchor = entry.link.removeprefix(SITE).split("#")
        assert f'id="{anchor}"' in (site.folder / address / "index.html").read_text(encoding="utf-8")


def test_feed_of_everything_lists_every_change_newest_first(site: BuiltSite, catalogue: Catalogue) -> None:
    entries = feed_of(site, "feed.xml").entries
    assert [entry.summary for entry in entries] == [change.text for change in catalogue.changes]
    assert [entry.updated for entry in entries] == sorted((entry.updated for entry in entries), reverse=True)
    assert len({entry.updated for entry in entries}) == len(entries), "a second change of a day is later than the first"
    assert {entry.updated[10:14] for entry in entries} == {"T12:"}, "it is that day nearly everywhere"


def test_a_second_change_of_a_day_moves_the_time_of_the_feed(catalogue: Catalogue) -> None:
    here = SiteInfo("A site", "https://site.test/", 0)

    def times(count: int) -> list[str]:
        newest = catalogue.document.changes[-1]
        more = tuple(newest.model_copy(update={"id": f"one-more-{place}"}) for place in range(count))
        document = catalogue.document.model_copy(update={"changes": (*catalogue.document.changes, *more)})
        feed = dict(atom_feeds.feeds(Catalogue(document, real_tree()), here, "Changes"))["feed.xml"]
        read = feedparser.parse(feed)
        return [read.feed.updated, *(entry.updated for entry in read.entries)]

    before, after = times(0), times(1)
    assert after[0] > before[0]
    assert after[2:] == before[1:], "what was there keeps its time"


def test_feed_of_a_principle_lists_what_names_it_and_what_names_its_figures(
    site: BuiltSite, catalogue: Catalogue
) -> None:
    change = next(change for change in catalogue.changes if change.figures and not change.principles)
    concerned = {number for key in change.figures for number in catalogue.get("figures", key).principles}
    assert concerned
    for number in concerned:
        assert change.text in [entry.summary for entry in feed_of(site, f"principles/{number}/feed.xml").entries]


def test_pages_lead_to_their_feeds(site: BuiltSite) -> None:
    for page, feed in (("", "feed.xml"), ("principles/3/", "principles/3/feed.xml")):
        head = etree.HTML((site.folder / page / "index.html").read_bytes()).find("head")
        hrefs = [link.get("href") for link in head.findall("link") if link.get("type") == "application/atom+xml"]
        assert any((site.folder / page / href).resolve() == (site.folder / feed).resolve() for href in hrefs), hrefs
