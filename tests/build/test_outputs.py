"""Every file of a built site: a page, a file of docs/, or declared by what writes it; and `/data/` lists the same."""

from __future__ import annotations

from macros.build.outputs import OUTPUTS, claims
from macros.build.publishing import HASHED
from macros.data.catalogue import Catalogue
from macros.pages import docs_pages, sitemap
from tests.conftest import ROOT, BuiltSite


def plain(path: str) -> str:
    """Give a path without the hash in its name."""
    return HASHED.sub(path[path.rindex(".") :], path) if HASHED.search(path) else path


def test_every_file_is_a_page_or_of_docs_or_declared_once(site: BuiltSite, catalogue: Catalogue) -> None:
    pages = {f"{page.address}index.html".lstrip("/") for page in sitemap.pages(catalogue)}
    pages |= {f"{address}index.html".lstrip("/") for address, _ in docs_pages.written_heads()}
    pages |= {f"{old.strip('/')}/index.html" for old, _ in sitemap.redirects(catalogue)}
    docs = ROOT / "docs"
    by_hand = {file.relative_to(docs).as_posix() for file in docs.rglob("*") if file.is_file() and file.suffix != ".md"}
    matched: set[str] = set()
    wrong = {}
    for file in site.folder.rglob("*"):
        path = plain(file.relative_to(site.folder).as_posix())
        if not file.is_file():
            continue
        found = [pattern for _, pattern in claims(path)]
        matched.update(found)
        if len(found) + (path in pages) + (path in by_hand) != 1:
            wrong[path] = found
    assert not wrong
    assert {pattern for output in OUTPUTS for pattern in output.patterns} - matched == set()


def test_the_names_of_outputs_are_their_own() -> None:
    names = [output.name for output in OUTPUTS]
    assert len(names) == len(set(names))


def test_the_page_on_data_lists_every_path_that_is_not_internal(site: BuiltSite) -> None:
    section = site["/data/"].soup.select_one("#beside")
    assert section is not None
    found = section.find_next("ul")
    assert found is not None
    rows = found.find_all("li")
    listed = [[code.get_text() for code in row.select("code")] for row in rows]
    assert listed == [list(output.shown) for output in OUTPUTS if not output.internal]
    for row in rows:
        for code in row.select("code"):
            code.extract()
        assert len(row.get_text(strip=True)) > 10, listed


def test_a_pattern_says_what_differs_in_capitals() -> None:
    shown = {output.name: output.shown for output in OUTPUTS}
    assert shown["markdown"] == ("/PAGE/index.md", "/llms.txt")
    assert shown["number-sheets"] == ("/handouts/help-COUNTRY.pdf", "/handouts/help-COUNTRY-LANGUAGE.pdf")
