"""Data from a pull request is untrusted: what the check refuses would still be shown as text if it came through."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config

from macros import model, rendering, sites
from macros.catalogue import Catalogue
from macros.reading import INVISIBLE, read_file
from tests.conftest import ROOT, BuiltSite, read_site

HOSTILE = (
    "{{ 7*7 }} {% raw %} {# gone #} {{ config }}",
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    '" onmouseover="alert(3)" x=\'y',
    "[link](javascript:alert(4)) ![x](https://evil.example/x.png)",
    "`code` **bold** _em_ | a | b | ~~s~~ ^^u^^ ==m== {: .x onclick=alert(5) }",
    "</title></head></div></article>--> ]]> <!-- &lt;b&gt; &amp; \\",
    "---\ntitle: other\n---\n# heading\n\n!!! note\n    boxed",
    "*[CSAM]: swapped\n[^1]: note\n\n    indented code",
)
"""Each would do harm or change the page if it were taken as a template, as HTML or as Markdown."""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site built with hostile text in every text field of some records, as if nothing had checked it."""
    tree = read_file(ROOT / "data" / "principles.yml")
    spots = {
        "principles": (0, 4, 10),
        "categories": (0, 1, 2),
        "stakeholders": (0, 7, 12),
        "practices": (0, 3),
        "sources": (0, 1, 2),
        "figures": (0, 1),
        "programmes": (0,),
        "terms": (1, 2),
        "events": (3,),
        "laws": (1,),
        "services": (1, 2),
        "announcement": (0,),
        "notes": (0, 1),
    }
    records: dict[str, Any] = {}
    for name, part in model.COLLECTIONS.items():
        records[name] = tuple(
            _poisoned(part.model_validate(item), number) if number in spots.get(name, ()) else part.model_validate(item)
            for number, item in enumerate(tree.data[name])
        )
    catalogue = Catalogue(model.Document.model_construct(**records), tree)
    folder = tmp_path_factory.mktemp("hostile") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sites, "load", lambda file=None: (catalogue, []))
        patch.chdir(ROOT)
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=False))
    return read_site(folder)


# Fields that the model holds to a narrow form: ids, addresses, numbers to dial, words of a fixed list.
NARROW = {"id", "former_ids", "sources", "url", "website", "number", "email", "page", "at", "before"}
REFERENCES = {
    "kind",
    "status",
    "category",
    "stakeholder",
    "stakeholders",
    "countries",
    "country",
    "organisation",
    "read",
}
REFERENCES |= {
    "stage",
    "relation",
    "needs",
    "related",
    "figures",
    "programmes",
    "notes",
    "verdict",
    "centre",
    "relevant",
}
FIXED = {"confidence", "chart", "operator_kind", "anonymous", "mark", "marks"}


def _poisoned(part: Any, number: int, name: str = "") -> Any:
    if isinstance(part, str):
        return HOSTILE[number % len(HOSTILE)]
    if isinstance(part, tuple):
        return tuple(_poisoned(item, number + place, name) for place, item in enumerate(part))
    if isinstance(part, model.Part):
        changed = {
            field: _poisoned(getattr(part, field), number + place, field)
            for place, field in enumerate(type(part).model_fields)
            if field not in NARROW | REFERENCES | FIXED
        }
        return part.model_copy(update=changed)
    return part


def test_hostile_text_is_shown_as_text(hostile_site: BuiltSite) -> None:
    shown = " ".join(" ".join(page.soup.get_text().split()) for page in hostile_site.pages.values())
    for text in HOSTILE:
        assert " ".join(text.split()) in shown, text


def test_hostile_text_makes_no_element_and_no_attribute(hostile_site: BuiltSite) -> None:
    for page in hostile_site.pages.values():
        assert not page.soup.select("[onmouseover]"), page.address
        assert not page.soup.select("[onerror]"), page.address
        assert not page.soup.select("[onclick]"), page.address
        assert not page.soup.find("a", href=lambda link: bool(link) and str(link).startswith("javascript:alert"))
        assert not [tag for tag in page.soup.find_all("img") if "evil" in str(tag.get("src"))], page.address
        scripts = page.soup.find_all("script")
        data = [tag for tag in scripts if tag.get("type") == "application/ld+json"]
        assert not [tag for tag in scripts if tag not in data and tag.get_text()], page.address
        for tag in data:
            assert "<" not in tag.get_text()
            json.loads(tag.get_text())


def test_a_hostile_title_and_description_stay_text(hostile_site: BuiltSite) -> None:
    """mkdocs-macros renders a title that holds a template mark; Material prints both into HTML as they are."""
    titles = [page.title for page in hostile_site.pages.values()]
    assert any("{{ 7*7 }}" in title for title in titles)
    assert not any("49" in title for title in titles)
    assert any("<script>alert(1)</script>" in title for title in titles)
    assert any('" onmouseover="alert(3)"' in page.description for page in hostile_site.pages.values())


def test_hostile_text_stays_text_in_the_search_index(hostile_site: BuiltSite) -> None:
    """The entries are shown as text by `docs/assets/search.js`; here they must be one value."""
    script = (hostile_site.folder / "assets" / "search-data.js").read_text(encoding="utf-8")
    assert script.startswith("searchData={")
    assert script.endswith("};\n")
    assert len(script.splitlines()) == 1
    data = json.loads(script.removeprefix("searchData=").removesuffix(";\n"))
    assert any("{{ 7*7 }}" in str(entry) for entry in data["entries"])


@settings(derandomize=True, database=None, deadline=None, max_examples=400)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("`*_{}[]()#+-.!|<>~^=\"'&\\: \n1a"),
            st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
        )
    )
)
def test_escaped_text_means_itself_in_markdown_and_html(text: str) -> None:
    wanted = INVISIBLE.sub("\ufffd", " ".join(text.split()))
    shown = str(rendering.escape(text))
    places: tuple[Callable[[str], str], ...] = (
        lambda escaped: f"# a {escaped} b",
        lambda escaped: f"<p>a {escaped} b</p>",
    )
    for place in places:
        html = markdown(place(shown), extensions=["attr_list", "tables"])
        soup = BeautifulSoup(html, "lxml")
        element = soup.find(["h1", "p"])
        assert element is not None
        found = " ".join(element.get_text().split())
        assert found == f"a {wanted} b".replace("a  b", "a b"), html
        assert not element.find(True), html
    attribute = BeautifulSoup(f'<p title="{shown}">x</p>', "lxml").find("p")
    assert attribute is not None
    assert " ".join(str(attribute["title"]).split()) == wanted
    assert set(attribute.attrs) == {"title"}


def test_what_nobody_can_see_becomes_visible() -> None:
    """Direction overrides would show another order; Python-Markdown's own placeholders start with U+0002."""
    assert rendering.escape("a\u202eb\x02wzxhzdk:0\x03c\u200bd") == "a\ufffdb\ufffdwzxhzdk:0\ufffdc\ufffdd"


def test_former_ids_lead_on() -> None:
    text = sites.redirect_text("/stakeholders/old-name/", "/stakeholders/meta/")
    assert 'content="0; url=../meta/"' in text
    assert '<link rel="canonical" href="../meta/">' in text
    assert '<a href="../meta/">' in text
