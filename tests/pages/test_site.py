"""The site as a value: its pages, their titles, and the record of each."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from macros.data.catalogue import Catalogue
from macros.pages import docs_pages
from macros.pages.site import Site
from tests.conftest import ROOT, BuiltSite

FOLDERS = ("macros", "theme", "docs", "data", "hosting")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("docs/index.md", "/"),
        ("docs/about/index.md", "/about/"),
        ("docs/about/the-text/index.md", "/about/the-text/"),
        ("docs/faq.md", "/faq/"),
        ("docs/help/faq.md", "/help/faq/"),
    ],
)
def test_a_page_by_hand_stands_where_its_file_does(name: str, address: str) -> None:
    assert docs_pages.address_of(name) == address


def test_every_page_is_told_by_the_title_that_it_shows(site: BuiltSite, catalogue: Catalogue) -> None:
    summaries = {page.address: page for page in Site(catalogue).summaries}
    shown = {address: page for address, page in site.pages.items() if page.soup.select_one("main article h1")}
    assert shown.keys() <= summaries.keys() | {"/404.html"}
    for address in shown.keys() & summaries.keys():
        head = shown[address].soup.select_one("head title")
        described = shown[address].soup.select_one('meta[name="description"]')
        assert head
        assert described
        assert head.get_text().startswith(unescape(summaries[address].title))
        assert described["content"] == summaries[address].description


def test_records_and_texts_are_in_the_language_of_the_page(catalogue: Catalogue) -> None:
    site = Site(catalogue)
    assert site.record_at("/principles/3/").number == site.record_at("/fr/principles/3/").number == 3
    assert site.record_at("/principles/3/").title != site.record_at("/fr/principles/3/").title
    assert site.catalogue_at("/fr/glossary/").language == "fr"
    assert site.catalogue_at("/glossary/").language == "en"
    assert site.record_at("/principles/") is None
    assert json.dumps(catalogue.principles[2].title)[1:-1] in site.search_files()["assets/search-data.js"]


@pytest.mark.parametrize(
    "left_out",
    [
        "    engine.autoescape = True\n    engine.finalize = escaping.escape\n",
        "    engine.finalize = escaping.escape\n",
    ],
)
@pytest.mark.parametrize("command", ["build", "stage"])
def test_no_generator_writes_a_site_where_values_are_not_escaped(tmp_path: Path, left_out: str, command: str) -> None:
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    file = tmp_path / "macros" / "build" / "artifacts.py"
    text = file.read_text(encoding="utf-8")
    assert left_out in text
    file.write_text(text.replace(left_out, ""), encoding="utf-8")
    module = {"build": ("macros.generators.mkdocs_commands", "build"), "stage": ("macros", "stage")}[command]
    done = subprocess.run(
        [sys.executable, "-m", *module, "out"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "values of the data would reach the pages as they are" in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()
