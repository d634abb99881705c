"""From every block of a page to its line in the data, and to a form that already knows which."""

from __future__ import annotations

from bisect import bisect_right
from urllib.parse import parse_qs, urlsplit

import yaml

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import FILES
from macros.data.urls import in_language
from tests.conftest import ROOT, BuiltSite

EDIT = "/edit/main/data"
BLOCKS = {
    "/principles/1/": ".phrases > div, .practices > li, .views, .brief",
    "/stakeholders/meta/": ".practices > li",
    "/timeline/2020/": "li.event",
    "/law/": "article.law",
    "/glossary/": "section.entry",
    "/sources/u/": ".source-list > li",
    "/announcement/": "dl.statement",
    "/for/educators/": "section.reading",
    "/fr/principles/1/": ".phrases > div, .views, .brief",
    "/fr/glossary/": "section.entry",
}


def test_every_block_has_both_ways(site: BuiltSite) -> None:
    for address, blocks in BLOCKS.items():
        article = site.pages[address].article
        assert article
        for block in article.select(blocks):
            near = block if block.select_one(".mend") else block.find_next_sibling() or block.parent
            found = near.select_one(".mend") if near and near.get("class") != ["mend"] else near
            assert found or (near and near.find(class_="mend")), (address, str(block)[:80])


def test_each_way_leads_to_the_lines_of_its_own_record(site: BuiltSite, catalogue: Catalogue) -> None:
    starts = sorted(
        (
            (f"{FILES[name]}.yml", catalogue.start(name, record).line, name, record)
            for name in kinds.COLLECTIONS
            for record in getattr(catalogue.document, name)
        ),
        key=lambda start: start[:2],
    )
    places = [start[:2] for start in starts]
    count = 0
    for page in site.pages.values():
        for edit, report in (mend.find_all("a") for mend in page.soup.select(".mend")):
            target, asked = urlsplit(str(edit["href"])), parse_qs(urlsplit(str(report["href"])).query)
            file, line = asked["line"][0].split(":")
            assert target.path.endswith(f"{EDIT}/{file}")
            assert target.fragment == f"L{line}"
            count += 1
            if file == "principles.fr.yml":
                continue
            found, _, name, record = starts[bisect_right(places, (file, int(line))) - 1]
            assert found == file
            here = f"/principles/{record.principle}/" if name == "exercises" else catalogue.address(name, record)
            assert asked["page"] == [here], (page.address, name, record.id)
    assert count > 1000


def test_a_text_in_french_is_mended_in_the_file_of_french_texts(site: BuiltSite, catalogue: Catalogue) -> None:
    lines = (ROOT / "data" / "principles.fr.yml").read_text(encoding="utf-8").splitlines()
    page = site.pages["/fr/glossary/"]
    for term in catalogue.terms:
        edit, report = page.soup.select(f"#{term.id} .mend a")
        target = urlsplit(str(edit["href"]))
        assert target.path.endswith(f"{EDIT}/principles.fr.yml")
        assert lines[int(target.fragment[1:]) - 1].strip() == f"{term.id}:"
        assert parse_qs(urlsplit(str(report["href"])).query)["page"] == [in_language(f"/glossary/#{term.id}", "fr")]


def test_the_form_has_the_fields_that_links_fill_in(site: BuiltSite) -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "correction.yml").read_text(encoding="utf-8"))
    fields = {part.get("id") for part in form["body"]}
    link = site.pages["/glossary/"].soup.select(".mend a")[1]
    asked = parse_qs(urlsplit(str(link["href"])).query)
    assert asked.pop("template") == ["correction.yml"]
    assert set(asked) <= fields
