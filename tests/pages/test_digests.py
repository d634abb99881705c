"""The page of editions: every day with a change, the newest first, how to cite it, its DOI once it has one."""

from __future__ import annotations

import json

from bs4 import Tag

from macros.data.catalogue import Catalogue
from macros.pages.digests import editions
from tests.conftest import BuiltSite
from tests.samples import real_tree


def test_each_day_with_a_change_is_an_edition_and_leads_to_its_changes(site: BuiltSite, catalogue: Catalogue) -> None:
    page = site["/editions/"]
    listed = page.soup.select("#list ~ ul.roles > li")
    days = sorted({change.date for change in catalogue.document.changes}, reverse=True)
    assert [item["id"] for item in listed] == [f"edition-{day}" for day in days]
    for item, day in zip(listed, days, strict=True):
        named = [str(link["href"]).partition("#")[2] for link in item.select("a")]
        assert named == [change.id for change in catalogue.changes if change.date == day]
        assert set(named) <= site["/changes/"].ids
    assert {"/changes/", "/data/", "/"} <= {link.partition("#")[0] for link in page.leads}
    assert "/editions/" in {link for address in ("/data/", "/changes/") for link in site[address].leads}


def test_a_citation_names_the_edition_that_every_file_says(site: BuiltSite) -> None:
    said = json.loads((site.folder / "api/v1/index.json").read_text(encoding="utf-8"))["edition"]
    newest = site["/editions/"].soup.select_one("#list ~ ul.roles > li time")
    citation = site["/editions/"].soup.select_one("#cite-edition ~ p .citation")
    assert isinstance(newest, Tag)
    assert isinstance(citation, Tag)
    assert newest["datetime"] == said
    assert f"edition of {newest.get_text()}" in citation.get_text()
    assert f"editions/#edition-{said}" in citation.get_text()


def test_an_edition_has_the_doi_that_a_change_of_its_day_names(catalogue: Catalogue) -> None:
    first, *more = catalogue.document.changes
    changed = first.model_copy(update={"doi": "10.5281/zenodo.1234567"})
    document = catalogue.document.model_copy(update={"changes": (changed, *more)})
    found = {one.day: one.doi for one in editions(Catalogue(document, real_tree()))}
    assert found.pop(first.date) == "10.5281/zenodo.1234567"
    assert set(found.values()) == {None}
    assert editions(catalogue)[0].day == max(change.date for change in catalogue.document.changes)
