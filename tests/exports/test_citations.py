"""How pages are cited, held against worked examples; the files, read by the programs of other people."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from bs4 import BeautifulSoup
from bs4.element import Tag
from htmldate import find_date
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config
from pylatexenc import latex2text

from macros.data.catalogue import Catalogue
from macros.data.collections import FILED
from macros.data.field_types import PartialDate
from macros.data.yaml_reader import INVISIBLE
from macros.exports.citation_files import bibtex, csl_json, ris
from macros.exports.citation_values import Work
from macros.exports.citations import STYLES, TEMPLATE, texts
from macros.formats.typst_renderer import html
from macros.pages.sitemap import pages
from tests.conftest import ROOT, BuiltSite

OFFICIAL = Work(
    "homeoffice2022",
    "Home Office",
    "Voluntary Principles: overview (accessible version)",
    PartialDate("2022-03-24"),
    "https://site.test/overview",
    own=False,
)
OWN = Work("x", "A Site, explained", "How eSafety and the UK act", PartialDate("2026-05-04"), "https://site.test/a/")
TWIN = Work("y", "A Site, explained", "Is it safe?", PartialDate("2026-05-04"), "https://site.test/b/")
EXPECTED = {
    # After the styles' handbooks: _italics_; who reads the page adds the day of reading.
    OFFICIAL: (
        "Home Office. (2022, March 24). _Voluntary Principles: overview (accessible version)_. https://site.test/overview",
        "Home Office. _Voluntary Principles: Overview (Accessible Version)_. 24 Mar. 2022, https://site.test/overview.",
        "Home Office. “Voluntary Principles: Overview (Accessible Version).” March 24, 2022. https://site.test/overview.",
        "Home Office (2022) _Voluntary Principles: overview (accessible version)_. "
        "Available at: https://site.test/overview.",
    ),
    OWN: (
        "A Site, explained. (2026, May 4). _How eSafety and the UK act_. https://site.test/a/",
        "A Site, explained. _How eSafety and the UK Act_. 4 May 2026, https://site.test/a/.",
        "A Site, explained. “How eSafety and the UK Act.” May 4, 2026. https://site.test/a/.",
        "A Site, explained (2026) _How eSafety and the UK act_. Available at: https://site.test/a/.",
    ),
    # Same author, same day: no 2026a and 2026b, for each stands alone.
    TWIN: (
        "A Site, explained. (2026, May 4). _Is it safe?_ https://site.test/b/",
        "A Site, explained. _Is It Safe?_ 4 May 2026, https://site.test/b/.",
        "A Site, explained. “Is It Safe?” May 4, 2026. https://site.test/b/.",
        "A Site, explained (2026) _Is it safe?_ Available at: https://site.test/b/.",
    ),
}


def test_texts_follow_the_handbooks() -> None:
    for expected, found in zip(EXPECTED.values(), texts(list(EXPECTED), {}), strict=True):
        assert [text.style for text in found] == [style.label for style in STYLES]
        marked = ("".join(f"_{part.text}_" if part.italic else part.text for part in text.pieces) for text in found)
        assert tuple(marked) == expected


# Signs that mean something to BibTeX, LaTeX, RIS, JSON, the typesetter or HTML, line ends, and a few plain ones.
HOSTILE = st.text('ab Z09\\{}$&#_%~^"@,=/*<>[]()\n\r\t\x00\u2028\u202eé字', min_size=1, max_size=40).map(
    lambda text: f"a{text}b"
)


_known = latex2text.get_default_latex_context_db()
_signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}  # LaTeX's own, unknown to this reader
_macros = [latex2text.MacroTextSpec(name, simplify_repl=sign) for name, sign in _signs.items()]
_known.add_context_category("signs", macros=_macros, prepend=True)
LATEX = latex2text.LatexNodes2Text(latex_context=_known)


def shown(text: str) -> str:
    return INVISIBLE.sub("\ufffd", " ".join(text.split()))


@given(title=HOSTILE, author=HOSTILE, host=st.sampled_from(["https://site.test/", "/"]), address=HOSTILE)
def test_no_value_breaks_out_of_its_field(title: str, author: str, host: str, address: str) -> None:
    work = Work("key", author, title, PartialDate("2026-05-04"), f"{host}{address}")

    library = parse_string(bibtex(work))
    (entry,) = library.entries
    assert library.failed_blocks == []
    fields = {field.key: field.value for field in entry.fields}
    assert list(fields) == ["author", "title", "date", "year", "month", "note", "url", "langid"]
    for name, value in (("author", author), ("title", title)):
        assert (fields[name][0], fields[name][-1]) == ("{", "}")
        assert LATEX.latex_to_text(fields[name][1:-1]) == shown(value)
    assert re.fullmatch(rf"{host}[!-~]*", fields["url"])
    assert not set(fields["url"]) & set('{}\\"<> ')

    (record,) = rispy.loads(ris(work))
    assert (record["title"], record["publisher"]) == (shown(title), shown(author))
    assert record["authors"] == [shown(author.replace(",", " "))]
    assert (record["type_of_reference"], record["date"]) == ("ELEC", "2026/05/04")
    assert record["urls"] == [fields["url"]]
    assert "unknown_tag" not in record

    (item,) = json.loads(csl_json(work))
    assert (item["title"], item["author"]) == (shown(title), [{"literal": shown(author)}])

    ((apa, *others),) = texts([work], {})
    assert str(apa).startswith(f"{shown(author)}"[:-1])
    assert shown(title) in {piece.text for piece in apa.pieces}
    for text in (apa, *others):
        assert [piece.text for piece in text.pieces if piece.address] == [fields["url"]]
        assert shown(title).casefold() in str(text).casefold()


def test_every_page_says_how_to_cite_it(site: BuiltSite, catalogue: Catalogue) -> None:
    cited = [page for page in pages(catalogue) if page.language == "en" and page.frame != "form"]
    assert len(cited) > 100
    for page in cited:
        box = site[page.address].soup.find(id="cite")
        assert isinstance(box, Tag), page.address
        assert not box.has_attr("open")
        terms, citations = box.select("dt"), box.select("dd")
        assert [term.get_text() for term in terms[:4]] == [style.label for style in STYLES]
        for citation in citations[:4]:
            said = citation.get_text().casefold()
            assert all(part.casefold() in said for part in ("The Voluntary Principles, explained", shown(page.title)))
            assert re.search(r"\b20\d\d\b", said)
            (address,) = citation.select("[data-cite-address]")
            assert address.get_text() == address["data-cite-address"]
            assert str(address["data-cite-address"]).endswith(page.address)
        links = [str(link["href"]) for link in box.select("a[download]")]
        own = not page.address.endswith("/record/")
        wanted = ["cite.bib", "cite.ris", "cite.csl.json"] if page.collection in FILED and own else []
        if page.collection == "principles" and own:
            assert len(citations) == 8, "the official text too"
            wanted += [f"../../sources/official.{end}" for end in ("bib", "ris", "csl.json")]
        assert links == wanted, page.address


COPY = "https://web.archive.org/web/20220401/https://site.test/overview?a=1&b=~c_d%20e"


def test_somebody_elses_page_is_cited_with_its_archived_copy() -> None:
    near = f"Archived copy nearest to 1 April 2022, if there is one: {COPY}"
    for read, note in ((PartialDate("2022-04-01"), near), (None, f"Archived copy: {COPY}")):
        work = replace(OFFICIAL, archived=COPY, read=read)
        (entry,) = parse_string(bibtex(work)).entries
        fields = {field.key: field.value for field in entry.fields}
        assert LATEX.latex_to_text(fields["note"]).strip("{}") == note
        assert fields["url"] == OFFICIAL.url
        (record,) = rispy.loads(ris(work))
        assert record["notes"] == [note]
        assert record["urls"] == [OFFICIAL.url]
        (item,) = json.loads(csl_json(work))
        assert (item["archive"], item["archive_location"], item["note"]) == ("Internet Archive", COPY, note)
    (item,) = json.loads(csl_json(OFFICIAL))
    assert set(item) == CSL_FIELDS, "without a copy nothing is said of one"


def test_the_official_text_has_files_of_its_own(site: BuiltSite, catalogue: Catalogue) -> None:
    source = next(one for one in catalogue.official_texts if one.date)
    (item,) = json.loads((site.folder / "sources" / "official.csl.json").read_text(encoding="utf-8"))
    assert (item["URL"], item["title"]) == (source.url, source.title)
    assert item["archive_location"] == f"https://web.archive.org/web/{source.checked:%Y%m%d}/{source.url}"
    (entry,) = parse_string((site.folder / "sources" / "official.bib").read_text(encoding="utf-8")).entries
    assert entry.key == source.id
    box = site["/principles/3/"].soup.find(id="cite")
    assert isinstance(box, Tag)
    links = [link for link in box.select("a[href]") if "web.archive.org" in str(link["href"])]
    assert [link["href"] for link in links] == [item["archive_location"]]
    assert ", if there is one" in str(links[0].next_sibling)


CSL_FIELDS = {"id", "type", "title", "author", "issued", "URL", "language"}
"""Of https://github.com/citation-style-language/schema, the ones that a page has; `id` and `type` are required."""


@pytest.mark.parametrize("collection", FILED)
def test_files_agree_with_the_record_and_one_another(site: BuiltSite, catalogue: Catalogue, collection: str) -> None:
    keys = set()
    for record in getattr(catalogue.document, collection):
        address = catalogue.address(collection, record)
        folder = site.folder / address.strip("/")
        day = record.checked.isoformat()
        entry = parse_string((folder / "cite.bib").read_text(encoding="utf-8")).entries[0]
        bib = {field.key: field.value for field in entry.fields}
        with (folder / "cite.ris").open(encoding="utf-8", newline="") as file:
            (listed,) = rispy.load(file)
        (item,) = json.loads((folder / "cite.csl.json").read_text(encoding="utf-8"))
        assert set(item) == CSL_FIELDS
        assert item["type"] == "webpage"
        assert item["issued"] == {"date-parts": [[int(part) for part in day.split("-")]]}
        assert listed["date"] == day.replace("-", "/")
        assert (entry.entry_type, bib["date"], bib["year"]) == ("online", day, day[:4])
        assert {item["URL"], bib["url"], listed["urls"][0]} == {item["URL"]}
        assert item["URL"].endswith(address)
        assert item["title"] == listed["title"]
        assert {entry.key, listed["id"], item["id"]} == {entry.key}
        keys.add(entry.key)
    assert len(keys) == len(getattr(catalogue.document, collection))


def test_a_file_gives_the_text_on_the_page_in_every_style(site: BuiltSite, catalogue: Catalogue) -> None:
    """The typesetter reads BibLaTeX by a parser of its own (biblatex, in Rust), and sets it in the four styles."""
    addresses = [
        catalogue.address(name, getattr(catalogue.document, name)[place]) for name in FILED for place in (0, -1)
    ]
    given = [(site.folder / one.strip("/") / "cite.bib").read_text(encoding="utf-8") for one in addresses]
    asked = [(style.engine, [("en", text) for text in given]) for style in STYLES]
    made = BeautifulSoup(html(TEMPLATE, asked, {}), "lxml")
    found = iter([entry.get_text().replace("?.", "?").replace("?”.", "?”").casefold() for entry in made.select("li")])
    for number, style in enumerate(STYLES):
        for address in addresses:
            shown_here = site[address].soup.select("#cite .citation")[number]
            assert next(found) == shown_here.get_text().casefold(), (style.label, address)


def test_programs_that_keep_references_find_the_day_that_the_citation_bears(site: BuiltSite) -> None:
    """Zotero goes by the head too, else by the first `time` of the text; a name there it would split at its comma."""
    cited = [page for page in site.pages.values() if page.soup.find(id="cite")]
    assert len(cited) > 200
    for page in cited:
        day = find_date(page.html, original_date=True)
        assert day == find_date(page.html, original_date=False), page.address
        assert day is not None, page.address
        apa = page.soup.select("#cite .citation")[0].get_text()
        year, month, of_month = map(int, day.split("-"))
        assert f"({year}, {MONTHS[month - 1]} {of_month})" in apa or page.address.startswith("/fr/"), page.address
        (script,) = page.soup.select('head > script[type="application/ld+json"]')
        assert json.loads(script.get_text())["@graph"][0]["dateModified"] == day
        assert not page.soup.select('head meta[name="author"], head meta[name^="citation_"]')


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def test_citation_file_of_the_repository(catalogue: Catalogue) -> None:
    """Held against the schema of CFF 1.2.0 when it was written; the package that has it needs an old jsonschema.

    What that package (cffconvert) made of it then, in BibTeX and APA: name, title, address, month and year.
    """
    said: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert said["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(said)
    assert said["title"] == config.site_name
    assert said["authors"] == [{"name": config.site_name}], "nobody is invented, and an alias would take its place"
    assert (said["url"], said["repository-code"]) == (config.site_url, config.repo_url)
    assert said["date-released"] in {str(change.date) for change in catalogue.changes}
    assert (said["type"], said["license"]) == ("dataset", "CC-BY-4.0")
