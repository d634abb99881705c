"""What other programs read of the pages: schema.org terms, held against the vocabulary, and the pages as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec_schemaorg.models as vocabulary
import pytest
from bs4 import BeautifulSoup
from markdown import markdown
from mkdocs.utils.meta import get_data

from macros.data.catalogue import Catalogue
from macros.exports import markdown_copies
from tests.conftest import BuiltPage, BuiltSite

SITE = "https://voluntary-principles.example/"


def graph(page: BuiltPage) -> list[dict[str, Any]]:
    (script,) = page.soup.select('head > script[type="application/ld+json"]')
    read = json.loads(script.get_text())
    assert read["@context"] == "https://schema.org"
    return list(read["@graph"])


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from nodes(item)


def written(site: BuiltSite) -> list[BuiltPage]:
    return [page for page in site.pages.values() if page.article and page.address != "/404.html"]


def test_structured_data_use_only_words_of_the_vocabulary(site: BuiltSite) -> None:
    wrong: set[str] = set()
    for page in written(site):
        for node in nodes(graph(page)):
            kinds = node.get("@type", "Thing")
            classes = [getattr(vocabulary, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
            known = {name for one in classes for name in one.__struct_fields__}
            wrong |= {f"{kinds}: {name}" for name in node if not name.startswith("@") and name not in known}
    assert wrong == set()


def test_every_page_says_what_it_is_and_links_nothing_that_is_not_there(site: BuiltSite) -> None:
    broken: set[str] = set()
    for page in written(site):
        first, *rest = graph(page)
        assert first["url"] == SITE + page.address.lstrip("/")
        assert page.title.startswith(first["name"])
        assert first["description"] == page.description
        assert [node["@type"] for node in rest] == ([] if page.address == "/" else ["BreadcrumbList"])
        for node in nodes([first, *rest]):
            for name in ("@id", "item", "contentUrl"):
                target, _, anchor = str(node.get(name, SITE)).partition("#")
                path = target.removeprefix(SITE)
                file = site.folder / path / "index.html" if path.endswith("/") or not path else site.folder / path
                if not file.is_file() or (anchor and anchor != "site" and anchor not in site.pages[f"/{path}"].ids):
                    broken.add(str(node[name]))
    assert broken == set()


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/principles/1/", ["Article", "LearningResource"]),
        ("/glossary/", "DefinedTermSet"),
        ("/figures/reports-by-company/", "Dataset"),
        ("/teach/sixty-minutes/", "LearningResource"),
        ("/categories/", "CollectionPage"),
        ("/questions/", "FAQPage"),
        ("/data/", "DataCatalog"),
    ],
)
def test_kinds_of_page_have_their_own_word(site: BuiltSite, address: str, kind: str | list[str]) -> None:
    assert graph(site.pages[address])[0]["@type"] == kind


def test_programs_get_the_answers_that_were_read_and_no_other(site: BuiltSite, catalogue: Catalogue) -> None:
    page = site.pages["/questions/"]
    beside = {
        str(one["id"]): json.loads(one.select("script")[0].get_text())
        for one in page.soup.select("details:has(> script)")
    }
    assert {(node["@id"], node["@type"]) for node in beside.values()} == {(f"#{name}", "Question") for name in beside}
    named = [node["@id"] for node in graph(page)[0]["mainEntity"]]
    assert named == [f"{SITE}questions/#{name}" for name in beside]
    found = {node["name"]: node["acceptedAnswer"]["text"] for node in beside.values()}
    sure = [
        question
        for question in catalogue.questions
        if question.confidence == "confirmed" and not any(claim.confidence for claim in question.answer)
    ]
    assert found == {one.question: " ".join(claim.text for claim in one.answer) for one in sure}
    assert 0 < len(sure) < len(catalogue.questions)


def test_every_term_of_the_glossary_is_defined_for_programs(site: BuiltSite, catalogue: Catalogue) -> None:
    found = {node["@id"]: node["description"] for node in graph(site.pages["/glossary/"])[0]["hasDefinedTerm"]}
    assert found == {f"{SITE}glossary/#{term.id}": term.definition for term in catalogue.terms}


def test_every_page_is_there_as_markdown_that_says_the_same(site: BuiltSite, catalogue: Catalogue) -> None:
    for page in written(site):
        text, said = head_and_text(site, page.address)
        assert text.startswith("# "), page.address
        assert f"<{SITE}{page.address.lstrip('/')}>" in text
        assert "**#" not in text, page.address
        assert "](data:" not in text, "pictures stand beside the page"
        assert (said["title"], said["address"]) == (shared(page, "og:title"), f"{SITE}{page.address.lstrip('/')}")
        assert said["checked"].isoformat() == shared(page, "article:modified_time")
        assert said["licence"].startswith("https://creativecommons.org/licenses/by/4.0")
        (whole,) = page.soup.select("html")
        assert said["language"] == whole["lang"]
    text, _ = head_and_text(site, "/principles/1/")
    text = markdown(text)
    plain = " ".join(site_text(text).split())
    for claim in catalogue.principle(1).in_full:
        assert claim.text in plain


def head_and_text(site: BuiltSite, address: str) -> tuple[str, dict[str, Any]]:
    """Read a page's Markdown as MkDocs does."""
    return get_data((site.folder / address.strip("/") / markdown_copies.NAME).read_text(encoding="utf-8"))


def shared(page: BuiltPage, name: str) -> str:
    (tag,) = page.soup.select(f'meta[property="{name}"]')
    return str(tag["content"])


def test_markdown_says_how_sure_a_record_is_and_gives_each_source_once(site: BuiltSite, catalogue: Catalogue) -> None:
    for collection in ("principles", "figures", "stakeholders", "questions"):
        for record in getattr(catalogue.document, collection):
            address = catalogue.address(collection, record)
            if "#" in address:
                continue
            text, said = head_and_text(site, address)
            assert said["confidence"] == record.confidence, address
            page = site[address]
            listed = {str(one["value"]): one.get_text(" ", strip=True) for one in page.soup.select("ol.sources > li")}
            read = BeautifulSoup(markdown(text, extensions=["footnotes", "tables"]), "lxml")
            notes = read.select(".footnote li")
            assert len(notes) == len(listed), address
            for note in notes:
                number = str(note["id"]).removeprefix("fn:")
                own = (
                    note.get_text(" ").replace("\\&", "&").strip("\u2013 \n")
                )  # CommonMark knows this escape, not this reader
                assert own.startswith(listed[number][:20]), (address, number)


def site_text(html: str) -> str:
    soup = BeautifulSoup(html, "lxml")
    for link in soup.find_all("a"):
        if link.get_text().rstrip("+").isdigit():  # a source mark
            link.decompose()
    return soup.get_text(" ").replace(" .", ".").replace(" ,", ",")


def test_text_of_a_page_stays_text_in_its_markdown() -> None:
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:b) *c* _d_ `e`"
    made = markdown_copies.markdown_copy(f"<html><article><h1>A</h1><p>{hostile}</p></article></html>", SITE)
    read = BeautifulSoup(markdown(made), "lxml")
    assert {tag.name for tag in read.find_all(True)} == {"html", "body", "h1", "p", "a"}
    assert [link["href"] for link in read.find_all("a")] == [SITE]


def test_list_for_programs_names_every_page(site: BuiltSite) -> None:
    text = (site.folder / markdown_copies.LIST).read_text(encoding="utf-8")
    for page in written(site):
        assert f"({SITE}{page.address.lstrip('/')}{markdown_copies.NAME})" in text, page.address
