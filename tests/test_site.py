"""The built pages, read from outside: what a reader, a link and a search engine find."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

from bs4 import Tag

from benchmarks.weights import weigh
from macros.data.catalogue import Catalogue
from macros.data.collections import FILES, PAGES
from macros.data.urls import addresses, is_card, source_range
from macros.pages import site_check
from tests.conftest import HOST, BuiltPage, BuiltSite
from tests.samples import DATA, real_tree

# Pages that Material or a redirect makes; they are no place of their own.
NOT_READ = {"/404.html"}


def own_pages(site: BuiltSite) -> list[BuiltPage]:
    """Give the pages of the site itself: not the cards that other sites show (`test_embed_cards` reads those)."""
    pages = (page for page in site.pages.values() if page.address not in NOT_READ)
    return [page for page in pages if not is_card(page.address)]


def test_the_first_page_says_whether_the_principles_are_still_alive(site: BuiltSite, catalogue: Catalogue) -> None:
    note = catalogue.get("notes", "still-alive")
    french = catalogue.translations["fr"].catalogue.get("notes", "still-alive")
    assert "still-alive" in site["/about/the-text/"].ids
    for address, said in (("/", note), ("/fr/", french)):
        page = site[address]
        text = " ".join(page.soup.get_text(" ").split())
        assert [part for part in (said.title, said.body[0].text) if part not in text] == []
        assert ("http://site.test/about/the-text/", "still-alive") in set(page.links()), address


def test_every_address_of_the_data_is_on_the_site(site: BuiltSite) -> None:
    tree = real_tree()
    missing = []
    for address in {*addresses(tree.data), *site_check.published(site_check.PUBLISHED_FILE)}:
        page, _, anchor = address.partition("#")
        if page not in site.pages or (anchor and anchor not in site[page].ids):
            missing.append(address)
    assert not missing


def test_every_internal_link_and_anchor_leads_somewhere(site: BuiltSite) -> None:
    broken = set()
    for page in own_pages(site):
        for address, anchor in page.links():
            if not address.startswith(HOST + "/"):
                continue
            path = urlsplit(address).path
            if path in site.pages:
                # What a page shall show (`#a=3&what=principles`) is no place on it; tests of that page read it.
                if anchor and "=" not in anchor and anchor not in site[path].ids:
                    broken.add(f"{page.address} -> {path}#{anchor}")
            elif not (site.folder / path.lstrip("/")).is_file():
                broken.add(f"{page.address} -> {path}")
    assert not broken


def test_titles_and_descriptions_are_there_and_unlike(site: BuiltSite) -> None:
    pages = own_pages(site)
    titles = Counter(page.title for page in pages)
    descriptions = Counter(page.description for page in pages)
    assert [title for title, count in titles.items() if count > 1 or not title] == []
    assert [text for text, count in descriptions.items() if count > 1 or len(text) < 20] == []


def test_titles_of_help_are_calm(site: BuiltSite) -> None:
    """They show in the history of a browser that others may use; every other title says what its page says."""
    harsh = re.compile(r"abuse|exploit|groom|sexual|rape|porn|victim", re.IGNORECASE)
    helping = [page for page in own_pages(site) if "/help/" in page.address]
    assert helping
    assert [page.title for page in helping if harsh.search(page.title)] == []


def test_a_principle_has_one_title_everywhere(site: BuiltSite) -> None:
    pages = [page for page in own_pages(site) if re.fullmatch(r"(/fr)?/principles/\d+/", page.address)]
    assert len(pages) > 11
    for page in pages:
        heading = page.soup.find("h1")
        shared = page.soup.find("meta", property="og:title")
        assert heading is not None
        assert isinstance(shared, Tag)
        title = page.title.rpartition(" - ")[0]
        assert " ".join(heading.get_text().split()) == " ".join(title.split())
        assert shared["content"] == title


def test_ids_are_unique_on_each_page(site: BuiltSite) -> None:
    doubled = {}
    for page in own_pages(site):
        counted = Counter(str(tag["id"]) for tag in page.soup.find_all(id=True))
        twice = [name for name, count in counted.items() if count > 1]
        if twice:
            doubled[page.address] = twice
    assert not doubled


def test_headings_step_down_one_level_at_a_time(site: BuiltSite) -> None:
    wrong = []
    for page in own_pages(site):
        article = page.article
        assert article is not None, page.address
        levels = [int(tag.name[1]) for tag in article.find_all(re.compile(r"^h[1-6]$"))]
        if levels[:1] != [1] or levels.count(1) != 1 or any(after - before > 1 for before, after in pairwise(levels)):
            wrong.append((page.address, levels))
    assert not wrong


def test_no_template_mark_is_left(site: BuiltSite) -> None:
    marks = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|\{:|#\}")
    assert [page.address for page in site.pages.values() if marks.search(page.soup.get_text())] == []


def test_every_source_mark_leads_to_the_page_s_list_and_on(site: BuiltSite) -> None:
    marked = 0
    for page in own_pages(site):
        entries = {str(entry["id"]): entry for entry in page.soup.select("ol.sources > li[id]")}
        for mark in page.soup.select("a.source-mark"):
            marked += 1
            anchor = str(mark["href"])
            entry = entries.get(anchor.lstrip("#"))
            assert entry is not None, (page.address, anchor)
            assert entry["value"] == mark.get_text().rstrip("+")
            others = str(mark.get("data-sources") or "").split()
            assert (len(others) > 1) == mark.get_text().endswith("+")
            assert set(others) <= {str(one["value"]) for one in entries.values()}, page.address
            link = entry.find("a")
            assert link is not None
            there, _, source = str(link["href"]).partition("sources/")[2].partition("#")
            assert source == anchor.removeprefix("#source-")
            assert source in site[f"/sources/{there}"].ids
    assert marked > 1000


def test_each_principle_shows_what_the_data_says(site: BuiltSite, catalogue: Catalogue) -> None:
    for principle in catalogue.principles:
        text = site[f"/principles/{principle.number}/"].main
        said = [principle.title, principle.in_brief.aim.text, principle.in_brief.asks.text, principle.in_brief.why.text]
        said += [claim.text for claim in (*principle.in_full, *principle.does_not_say, *principle.measures)]
        said += [text for phrase in principle.phrases for text in (phrase.phrase, phrase.meaning)]
        said += [view.text for question in principle.open_questions for view in question.views]
        assert [sentence for sentence in said if sentence not in text] == []
        record = site[f"/principles/{principle.number}/record/"].main
        assert [one.text for one in catalogue.practices_for(principle) if one.text not in record] == []


def test_links_lead_both_ways(site: BuiltSite, catalogue: Catalogue) -> None:
    leads = {
        page.address: {urlsplit(address).path for address, _ in page.links() if address.startswith(HOST)}
        for page in own_pages(site)
    }
    for principle in catalogue.principles:
        here = catalogue.address("principles", principle)
        category = catalogue.address("categories", catalogue.category_of(principle))
        assert category in leads[here]
        assert here in leads[category]
        for practice in catalogue.practices_for(principle):
            there = f"/stakeholders/{practice.stakeholder}/"
            assert there in leads[f"{here}record/"]
            assert here in leads[there]
        for stakeholder in catalogue.stakeholders_of([principle]):
            assert f"/stakeholders/{stakeholder.id}/" in leads[category]
    for source in catalogue.sources:
        details = f"/sources/{source_range(source.publisher)}/"
        assert details in leads["/sources/"]
        for use in catalogue.uses_of(source):
            assert use.address.partition("#")[0] in leads[details]


def test_neighbours_make_one_chain(site: BuiltSite, catalogue: Catalogue) -> None:
    for collection in PAGES:
        if collection == "situations":  # nobody in distress shall be sent from one to the next; /help/ lists them
            continue
        first = next(
            record
            for record in getattr(catalogue.document, collection)
            if site[catalogue.address(collection, record)].soup.find("a", class_="pager-before") is None
        )
        address, seen = catalogue.address(collection, first), []
        while True:
            seen.append(address)
            following = site[address].soup.find("a", class_="pager-after")
            if following is None:
                break
            page = site[address]
            address = next(
                urlsplit(link).path for link, _ in page.links() if link.endswith(_tail(str(following["href"])))
            )
        assert len(seen) == len(set(seen)) == len(getattr(catalogue.document, collection))


def _tail(href: str) -> str:
    return "/" + href.lstrip("./")


def test_edit_links_lead_to_the_record_s_line(site: BuiltSite, catalogue: Catalogue) -> None:
    for collection in PAGES:
        lines = (DATA / f"{FILES[collection]}.yml").read_text(encoding="utf-8").split("\n")
        for record in getattr(catalogue.document, collection):
            page = site[catalogue.address(collection, record)]
            button = page.soup.select_one("a.edit")
            assert button is not None
            found = re.search(rf"/edit/main/data/{FILES[collection]}\.yml#L(\d+)$", str(button["href"]))
            assert found, button["href"]
            assert lines[int(found[1]) - 1].strip() == f"- id: {record.id}"


def test_every_page_leads_to_help_and_out(site: BuiltSite) -> None:
    for page in own_pages(site):
        assert any(urlsplit(address).path in {"/help/", "/fr/help/"} for address, _ in page.links()), page.address
        way_out = page.soup.select_one("a.exit")
        assert way_out is not None, page.address
        assert "noreferrer" in way_out["rel"]


def test_the_site_asks_no_other_host_for_anything(site: BuiltSite) -> None:
    for page in site.pages.values():
        for name, attribute in (("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")):
            for tag in page.soup.find_all(name):
                if tag.has_attr(attribute):
                    assert not urlsplit(str(tag[attribute])).netloc, (page.address, tag)
        for tag in page.soup.find_all("link"):
            loads = {"stylesheet", "icon", "preload", "preconnect", "dns-prefetch", "manifest"} & set(tag["rel"])
            assert not (loads and urlsplit(str(tag["href"])).netloc), (page.address, tag)
    for file in site.folder.rglob("*.css"):
        assert "url(http" not in file.read_text(encoding="utf-8"), file


def test_links_to_other_sites_leak_nothing(site: BuiltSite) -> None:
    for page in own_pages(site):
        article = page.article
        assert article is not None
        for tag in article.find_all("a", href=re.compile(r"^https?://")):
            if "md-content__button" not in (tag.get("class") or ()):
                assert {"noopener", "noreferrer"} <= set(tag.get("rel") or ()), (page.address, tag)


LIGHT = (
    *("/", "/fr/", "/help/", "/help/gb/", "/help/steps-1/", "/principles/", "/principles/6/", "/fr/principles/6/"),
    *("/principles/3/record/", "/evidence/", "/figures/", "/figures/cybertipline-reports/", "/matrix/", "/compare/"),
    *("/programmes/", "/contribute/", "/contribute/code/", "/contribute/new/"),
    *("/stakeholders/", "/stakeholders/meta/", "/categories/grooming/", "/for/parents/", "/a-z/", "/about/", "/data/"),
    *("/principles/1/", "/principles/1/record/", "/fr/principles/1/record/", "/law/", "/announcement/"),
    *(
        "/timeline/",
        "/timeline/2010s/",
        "/timeline/2020/",
        "/sources/",
        "/sources/m-o/",
        "/sources/u/",
        "/sources/s-u/",
    ),
    *(
        "/questions/",
        *(f"/for/small-services/{name}/" for name in ("start", "law", "tools")),
        "/glossary/",
        "/fr/glossary/",
        "/teach/",
        "/fr/principles/glance/",
        "/fr/help/",
        "/fr/help/ca/",
    ),
    *("/fr/help/steps-2/", "/evidence/how-a-report-travels/united-kingdom/", "/figures/uk-arrests-safeguarding/"),
)
"""A page of every other kind that readers come to first, and the heaviest ones."""


def test_the_first_view_of_a_page_is_light(site: BuiltSite) -> None:
    """At most 40 KB as a host sends them, in at most six requests (and one for the icon of the tab)."""
    for address in LIGHT:
        weight = weigh(site.folder, address.strip("/"))
        assert 0 < weight.whole.gzip <= 40 * 1024, (address, weight.whole)
        assert weight.whole.files - weight.parts["icons"].files <= 6, (address, weight)
