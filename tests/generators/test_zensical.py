"""The site does not depend on its generator: Zensical builds the same one from what `python -m macros stage` writes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests import additions
from tests.conftest import HOST, ROOT, BuiltSite, Once, read_site

DIFFERENT_FILES: Mapping[str, str] = {
    "assets/kinds/*.css": "they are cut to what the pages use, and Zensical marks code in its own way",
    "404.html": "each writes the first page's address in its own way, and this page shows it",
    "sitemap.xml": "Zensical writes no dates into it",
    "sitemap.xml.gz": "Zensical does not pack it",
    "_headers": "it names those style sheets and the packed site map",
    "offline/principles-offline.zip": "it holds the pages, frames and all",
}
"""Files that only one of the two sites has, or that differ, each with the reason."""


@pytest.fixture(scope="module")
def checkout(once: Once) -> Path:
    """A checkout of little data in which a record of every kind has every field; MkDocs built its site in it."""
    return once("additions", additions.build)


@pytest.fixture(scope="module")
def site(checkout: Path) -> BuiltSite:
    """Its site as MkDocs builds it."""
    return read_site(checkout / "site")


@pytest.fixture(scope="module")
def staged(once: Once, checkout: Path) -> Path:
    """What Zensical builds from, beside the site as it builds it; `make` installs it where it is not there yet."""

    def both(folder: Path) -> None:
        ready = make(".venv-zensical/.ready")
        assert ready.returncode == 0, ready.stdout + ready.stderr
        folder.mkdir()
        shutil.copy2(ROOT / "Makefile", checkout)
        shutil.copytree(ROOT / "requirements", checkout / "requirements")
        for environment in (".venv", ".venv-zensical"):
            (checkout / environment).symlink_to(ROOT / environment)
        places = (f"SITE={folder / 'site'}", f"STAGED={folder / 'staged'}")
        done = make("site", "ENGINE=zensical", *places, folder=checkout)
        assert done.returncode == 0, done.stdout + done.stderr

    return once("zensical", both) / "staged"


@pytest.fixture(scope="module")
def other(staged: Path) -> BuiltSite:
    """The site as Zensical builds it."""
    return read_site(staged.with_name("site"))


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PRINCIPLES_"))}
    # Without it `make` would give the last commit's day, and the other site in these tests has none.
    environment.setdefault("SOURCE_DATE_EPOCH", "")
    # The environment that the tests run in is there, and stays as it is.
    command = ["make", "--assume-old=.venv/.site-ready", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@cache
def read(html: str) -> LexborHTMLParser:
    """Read a page with the quickest parser: some forty questions are asked of each."""
    return LexborHTMLParser(html)


def text(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


def said(html: str) -> dict[str, object]:
    """Give what a page says: its title, its description, the text of its article and the anchors in it."""
    page = read(html)
    return {
        "title": text(page.css_first("title")),
        "description": values(html, "", 'meta[name="description"]', "content"),
        "text": text(page.css_first("article")),
        "anchors": values(html, "", "article [id]", "id"),
    }


def named(path: str) -> bool:
    return any(fnmatch(path, pattern) for pattern in DIFFERENT_FILES)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a site but the pages, by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and (file.name == "404.html" or file.suffix != ".html")
    }


def test_it_has_the_same_addresses(site: BuiltSite, other: BuiltSite) -> None:
    assert set(other.pages) == set(site.pages)


def test_every_page_has_the_same_text_and_the_same_anchors(site: BuiltSite, other: BuiltSite) -> None:
    compared = 0
    for address, page in site.pages.items():
        if (
            read(page.html).css_first("article") is None
        ):  # a redirect, a card for a frame: files that are handed through
            assert other[address].html == page.html, address
            continue
        assert said(other[address].html) == said(page.html), address
        compared += 1
    assert compared > 150


def test_every_other_file_is_the_same_to_the_byte(site: BuiltSite, other: BuiltSite) -> None:
    ours, theirs = files(site.folder), files(other.folder)
    different = {path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)}
    assert {path for path in different if not named(path)} == set()
    assert len(ours.keys() & theirs.keys()) > 500


def test_every_named_difference_is_one(site: BuiltSite, other: BuiltSite) -> None:
    ours, theirs = files(site.folder), files(other.folder)
    different = [path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)]
    assert [pattern for pattern in DIFFERENT_FILES if not any(fnmatch(path, pattern) for path in different)] == []


def test_help_and_exit_and_policy_are_there_in_the_page_s_language(site: BuiltSite, other: BuiltSite) -> None:
    for address, page in site.pages.items():
        if read(page.html).css_first("article") is None or address == "/404.html":
            continue
        here, there = page.html, other[address].html
        for selector in (".md-skip", "a.exit", ".danger", ".md-header", ".md-tabs", ".md-footer", ".toc-wide"):
            assert texts(there, selector) == texts(here, selector), (address, selector)
        for selector, name in (
            ("html", "lang"),
            ("a.exit", "href"),
            ('meta[http-equiv="Content-Security-Policy"]', "content"),
            ('script[type="application/ld+json"]', "type"),
            ("script[src]", "src"),
            ('link[rel="canonical"]', "href"),
            ("link[hreflang]", "href"),
            ("nav a", "href"),
            ("footer a", "href"),
            ("[aria-current]", "aria-current"),
        ):
            assert values(there, address, selector, name) == values(here, address, selector, name), (address, selector)


def texts(html: str, selector: str) -> list[str]:
    return [text(node) for node in read(html).css(selector)]


def values(html: str, address: str, selector: str, name: str) -> list[str]:
    """Give an attribute of every element that fits; of a link, where it leads."""
    found = [str(node.attributes.get(name)) for node in read(html).css(selector)]
    return [urljoin(HOST + address, value) for value in found] if name in ("href", "src") else found


def test_the_contribute_page_lists_the_differences() -> None:
    guide = (ROOT / "docs" / "contribute" / "code" / "index.md").read_text(encoding="utf-8")
    section = guide.split('<a id="generator">')[1].split("\n### ")[0]
    missing = [name for name in DIFFERENT_FILES if f"`{name}`" not in section]
    assert missing == []


def test_the_staged_pages_need_no_macros(other: BuiltSite, staged: Path) -> None:
    pages = list((staged / "docs").rglob("*.md"))
    assert len(pages) > 150
    for page in pages:
        # Data may say such things, but then as text: `escaping.escape` writes braces as references.
        assert not re.search(r"\{%|\{\{", page.read_text(encoding="utf-8")), page


def test_a_fault_in_the_data_is_said_and_the_folder_stays(tmp_path: Path) -> None:
    broken = tmp_path / "principles.yml"
    broken.write_text("principles: 7\n", encoding="utf-8")
    folder = tmp_path / "staged"
    folder.mkdir()
    (folder / "kept.txt").write_text("here", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "macros", "stage", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PRINCIPLES_DATA": str(broken)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "error:" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "kept.txt").exists()


def test_no_folder_with_other_files_is_emptied(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Another\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "macros", "stage", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "holds other files" in done.stderr
    assert (tmp_path / "mkdocs.yml").read_text(encoding="utf-8") == "site_name: Another\n"


def test_what_is_no_site_is_not_completed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "macros", "complete", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "holds no built site" in done.stderr


def test_no_other_generator_is_known() -> None:
    done = make("site", "ENGINE=jekyll")
    assert done.returncode != 0
    assert "no generator is called jekyll" in done.stderr
