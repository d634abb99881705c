"""What servers get from the built site: names after content, headers, packed files."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
from pathlib import Path

import brotli
import pytest

from macros.build import publishing
from macros.data.urls import is_card
from macros.generators import mkdocs_commands
from macros.pages import sitemap
from tests.build.headers import Rules, address_of, given
from tests.conftest import BuiltSite
from tests.search_reading import unpacked_from

# --- headers ---------------------------------------------------------------------------------------------------------


def test_every_file_gets_each_header_once(site: BuiltSite, rules: Rules) -> None:
    for file in site.folder.rglob("*"):
        if file.is_file() and file.name != publishing.HEADERS:
            found = given(rules, address_of(site.folder, file))
            assert {"Cache-Control", *publishing.EVERYWHERE} <= found.keys(), file
            assert found["Referrer-Policy"] == "no-referrer"
            assert found["X-Content-Type-Options"] == "nosniff"
            assert found["Access-Control-Allow-Origin"] == "*"
    allowed = publishing.EVERYWHERE["Permissions-Policy"].split(", ")
    assert [one for one in allowed if not one.endswith("=()")] == ["clipboard-write=(self)"]


def test_the_file_keeps_to_its_hosts_limits(site: BuiltSite, rules: Rules) -> None:
    """Cloudflare Pages takes 100 rules, 2,000 characters a line and one star a pattern."""
    assert 20 < len(rules) <= 100
    assert all(pattern.count("*") <= 1 for pattern, _ in rules)
    text = (site.folder / publishing.HEADERS).read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 2000


def test_pages_say_the_same_policy_in_their_head(site: BuiltSite, rules: Rules) -> None:
    kinds = {"card": 0, "page": 0, "redirect": 0}
    for address, page in site.pages.items():
        policy = given(rules, address)["Content-Security-Policy"]
        own, _, frames = policy.partition("; frame-ancestors ")
        meta = page.soup.select_one('meta[http-equiv="Content-Security-Policy"]')
        framed = is_card(address)
        assert frames == ("" if framed else "'none'"), address
        if meta:
            assert own == meta["content"], address
            kinds["card" if framed else "page"] += 1
        else:
            assert page.title == "This page has moved", address
            kinds["redirect"] += 1
    assert kinds["card"] > 20
    assert kinds["page"] > 100
    assert given(rules, "/fr/embed/principles/1/") == given(rules, "/embed/principles/1/")
    assert given(rules, "/fr/principles/1/") == given(rules, "/principles/1/")


def test_a_redirect_works_under_its_policy() -> None:
    page = sitemap.redirect_text("/old/", "/new/")
    assert '<script src="../assets/redirect.js">' in page
    card = sitemap.redirect_text("/embed/terms/old/", "/embed/terms/new/")
    assert "<script" not in card
    assert "<script" not in sitemap.redirect_text("/fr/embed/terms/old/", "/fr/embed/terms/new/")
    assert '<meta http-equiv="refresh" content="0; url=../new/">' in card


@pytest.mark.parametrize(
    ("address", "name", "value"),
    [
        ("/", "Cache-Control", publishing.SHORT),
        ("/principles/1/", "Cache-Control", publishing.SHORT),
        ("/feed.xml", "Cache-Control", publishing.SHORT),
        ("/api/v1/all.json", "Cache-Control", publishing.HOUR),
        ("/assets/favicon.svg", "Cache-Control", publishing.DAY),
        ("/assets/cards/index.png", "Cache-Control", publishing.DAY),
        ("/assets/vendor/LICENSE.txt", "Cache-Control", publishing.DAY),
        ("/principles/1/cite.ris", "Content-Type", "application/x-research-info-systems; charset=utf-8"),
        ("/principles/1/cite.bib", "Content-Type", "application/x-bibtex; charset=utf-8"),
        ("/principles/1/cite.csl.json", "Content-Type", "application/vnd.citationstyles.csl+json"),
        ("/feed.xml", "Content-Type", "application/atom+xml; charset=utf-8"),
        ("/principles/1/feed.xml", "Content-Type", "application/atom+xml; charset=utf-8"),
        ("/timeline.ics", "Content-Type", "text/calendar; charset=utf-8"),
        ("/data/principles.sqlite", "Content-Type", "application/vnd.sqlite3"),
        ("/data/dcat.jsonld", "Content-Type", "application/ld+json"),
        ("/teach/quiz/principle-1/questions.gift", "Content-Type", "text/plain; charset=utf-8"),
    ],
)
def test_what_may_be_kept_and_what_it_is(site: BuiltSite, rules: Rules, address: str, name: str, value: str) -> None:
    assert (site.folder / address.lstrip("/")).exists()
    assert given(rules, address)[name] == value


# --- names after content ---------------------------------------------------------------------------------------------


def test_style_sheets_and_scripts_are_named_after_what_they_hold(site: BuiltSite, rules: Rules) -> None:
    found = [file for file in (site.folder / "assets").rglob("*") if file.suffix in {".css", ".js"}]
    bases = {publishing.HASHED.sub("", file.name) for file in found}
    assert {
        "site",
        "search",
        "search-data",
        "search-data.fr",
        "search-data-texts",
        "words.fr",
        "embed",
        "redirect",
    } <= bases
    for file in found:
        digest = file.suffixes[-2].lstrip(".")
        assert hashlib.sha256(file.read_bytes()).hexdigest()[:10] == digest, file
        assert given(rules, f"/{file.relative_to(site.folder).as_posix()}")["Cache-Control"] == publishing.FOREVER
    kept = {
        address_of(site.folder, file)
        for file in site.folder.rglob("*")
        if file.is_file() and given(rules, address_of(site.folder, file)).get("Cache-Control") == publishing.FOREVER
    }
    assert kept == {address_of(site.folder, file) for file in found}


def test_what_pages_and_scripts_load_is_there(site: BuiltSite) -> None:
    named = set()
    for page in site.pages.values():
        for tag in page.soup.select("link[rel=stylesheet], script[src]"):
            place = str(tag.get("href") or tag.get("src"))
            file = site.folder / place[1:] if place.startswith("/") else (page.file.parent / place).resolve()
            assert file.is_file(), (page.address, place)
            assert publishing.HASHED.search(file.name), (page.address, place)
            named.add(file.name)
        for dialog in page.soup.select("dialog[data-index]"):
            assert (site.folder / str(dialog["data-index"])).is_file(), page.address
            named.add(Path(str(dialog["data-index"])).name)
    for suffix in ("", ".fr"):
        assert unpacked_from(site.folder, suffix)["entries"], "search names its texts by their name"
    [script] = (site.folder / "assets").glob("site.*.js")
    loads = re.findall(r'"(assets/[^"]+\.js)"', script.read_text(encoding="utf-8"))
    assert [Path(place).name.split(".")[0] for place in loads] == ["minisearch-7", "search"]
    assert all((site.folder / place).is_file() for place in loads)
    assert len(named) >= 7


def small_site(folder: Path, search: str = "find()") -> Path:
    """Make a site in which a page loads a script that loads a script."""
    (folder / "assets" / "javascripts").mkdir(parents=True)
    (folder / "deep").mkdir()
    (folder / "assets" / "search.js").write_text(search)
    (folder / "assets" / "site.js").write_text('load("assets/search.js", "assets/other.js")')
    (folder / "assets" / "javascripts" / "bundle.js").write_text("theme")
    (folder / "deep" / "index.html").write_text(
        '<script src="../assets/site.js"></script><dialog data-index="assets/search.js"></dialog>'
        '<script src="../assets/javascripts/bundle.js"></script><code>assets/site.js</code>'
        '<a href="https://code.example/docs/assets/site.js">source</a><a href="/assets/site.js?x#y">'
    )
    return folder


def test_a_name_changes_with_what_is_loaded_and_with_nothing_else(tmp_path: Path) -> None:
    first, same, other = (
        publishing.name_by_content(small_site(tmp_path / str(number), search))
        for number, search in enumerate(["find()", "find()", "find(all)"])
    )
    assert first == same
    assert set(first) == set(other) == {"assets/search.js", "assets/site.js"}
    assert not set(first.values()) & set(other.values())
    script = (tmp_path / "0" / first["assets/site.js"]).read_text()
    assert script == f'load("{first["assets/search.js"]}", "assets/other.js")'
    assert (tmp_path / "0" / "deep" / "index.html").read_text() == (
        f'<script src="../{first["assets/site.js"]}"></script>'
        f'<dialog data-index="{first["assets/search.js"]}"></dialog>'
        '<script src="../assets/javascripts/bundle.js"></script><code>assets/site.js</code>'
        f'<a href="https://code.example/docs/assets/site.js">source</a><a href="/{first["assets/site.js"]}?x#y">'
    )
    before = sorted(path.name for path in (tmp_path / "0").rglob("*"))
    assert publishing.name_by_content(tmp_path / "0") == {}
    assert sorted(path.name for path in (tmp_path / "0").rglob("*")) == before


# --- packed files ----------------------------------------------------------------------------------------------------


def test_packed_files_hold_the_same(packed: Path) -> None:
    for ending, unpack in ((".br", brotli.decompress), (".gz", gzip.decompress)):
        twins = list(packed.rglob(f"*{ending}"))
        for twin in twins:
            whole = twin.with_suffix("").read_bytes()
            assert unpack(twin.read_bytes()) == whole
            assert twin.stat().st_size < len(whole)
        have = {twin.with_suffix("") for twin in twins}
        assert {packed / "index.html", packed / "principles/1/index.html", packed / "api/v1/all.json"} <= have
        assert not {file.suffix for file in have} & {".png", ".pdf", ".zip"}
        assert packed / "_headers" not in have


@pytest.mark.parametrize("asked", [True, False])
def test_the_build_packs_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bool) -> None:
    def built(*arguments: str) -> int:
        Path(arguments[-1]).mkdir()
        (Path(arguments[-1]) / "index.html").write_text("a page " * 100)
        return 0

    monkeypatch.setattr(mkdocs_commands, "_mkdocs", built)
    assert mkdocs_commands.main(["build", *(["--compress"] if asked else []), str(tmp_path / "site")]) == 0
    names = {"index.html", "index.html.br", "index.html.gz"} if asked else {"index.html"}
    assert {file.name for file in (tmp_path / "site").iterdir()} == names


def test_packing_again_gives_the_same_bytes(packed: Path, tmp_path: Path) -> None:
    shutil.copy(packed / "index.html", tmp_path)
    for twin in publishing.pack(tmp_path):
        assert twin.read_bytes() == (packed / twin.name).read_bytes()
    assert (packed / "index.html.gz").read_bytes()[4:8] == bytes(4), "gzip's field for the time"
