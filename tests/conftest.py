"""What every test of the built site shares: one build per run, read page by page."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from filelock import FileLock
from hypothesis import settings

from macros.data.catalogue import Catalogue
from macros.pages import site_check
from tests.samples import good, invented

ROOT = Path(__file__).resolve().parent.parent
HOST = "http://site.test"

settings.register_profile("usual", invented(40))
settings.load_profile("usual")


_OF_BUILDING = {
    "test_mkdocs_commands",
    "test_moments",
    "test_nginx",
    "test_offline_zip",
    "test_outputs",
    "test_zensical",
    "test_publishing",
    "test_palette",
}
"""Modules whose tests of the built site are about how it is built, whatever its data says."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what a change to the data can break: what looks at the built site. Others, in a browser, mark themselves."""
    for item in items:
        about_building = "browser" in item.path.parts or item.path.stem in _OF_BUILDING
        if "site" in getattr(item, "fixturenames", ()) and not about_building:
            item.add_marker("data")


def pytest_collection_finish() -> None:
    """Look for garbage seldom: modules, pages and records are a million objects that stay, and are not looked at again.

    Commands do without as well (`macros/__main__.py`); here it would be half of what the tests take.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def build(target: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build the site strictly into a folder, as `make site` does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass
class BuiltPage:
    """One page of the built site."""

    address: str
    file: Path
    html: str = field(repr=False)

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "lxml")

    @cached_property
    def ids(self) -> set[str]:
        return {str(tag["id"]) for tag in self.soup.find_all(id=True)}

    @cached_property
    def article(self) -> Tag | None:
        """The page's own content; None on a redirect and on a card for a frame."""
        return self.soup.find("article")

    @cached_property
    def places(self) -> dict[str, Tag]:
        """The elements of the page's own content that have an id."""
        return {str(tag["id"]): tag for tag in (self.article.find_all(id=True) if self.article else ())}

    @cached_property
    def leads(self) -> frozenset[str]:
        """The addresses that the page's own content leads to on this site or another, each without its host."""
        links = links_in(self.article, self.address) if self.article else ()
        return frozenset(urlsplit(to).path + (f"#{anchor}" if anchor else "") for to, anchor in links)

    @property
    def title(self) -> str:
        return self.soup.title.get_text() if self.soup.title else ""

    @property
    def description(self) -> str:
        tag = self.soup.find("meta", attrs={"name": "description"})
        return str(tag["content"]) if tag else ""

    @property
    def main(self) -> str:
        """The text of the page's own content, white space folded."""
        return " ".join(self.article.get_text().split()) if self.article else ""

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield every address the page leads to or loads, resolved, with its anchor."""
        return links_in(self.soup, self.address)


def links_in(part: Tag, address: str) -> Iterator[tuple[str, str]]:
    """Yield every address that a part of a page leads to or loads, resolved, with its anchor."""
    for tag in part.find_all(["a", "link", "img", "script"]):
        place = tag.get("href" if tag.name in ("a", "link") else "src")
        if place is not None:
            to, anchor = urldefrag(urljoin(HOST + address, str(place)))
            yield to, unquote(anchor)


@dataclass
class BuiltSite:
    """The built site."""

    folder: Path
    pages: dict[str, BuiltPage]

    def __getitem__(self, address: str) -> BuiltPage:
        return self.pages[address]


def read_site(folder: Path) -> BuiltSite:
    """Read every page of a built site."""
    pages = {}
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix()
        address = "/" + name.removesuffix("index.html")
        pages[address] = BuiltPage(address, file, file.read_text(encoding="utf-8"))
    return BuiltSite(folder, pages)


Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Give a function that has a folder made once for the whole run, by whichever worker is first to need it.

    It takes the folder's name, and what makes it: a function of a path at which nothing is yet.
    """
    top = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    (top / "once").mkdir(exist_ok=True)

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder = top / "once" / name
        with FileLock(top / "once" / f"{name}.lock"):
            if not folder.with_suffix(".whole").exists():
                assert not folder.exists(), "it could not be made; the test that tried says why"
                make(folder)
                folder.with_suffix(".whole").touch()
        return folder

    return made


@pytest.fixture(scope="session")
def site(once: Once) -> BuiltSite:
    """The site, built once for the whole run."""

    def make(folder: Path) -> None:
        done = build(folder)
        assert done.returncode == 0, done.stdout + done.stderr

    return read_site(once("site", make))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The real data, checked."""
    found, faults = site_check.load(ROOT / "data")
    assert found is not None, "\n".join(faults)
    return found


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Give a small file without faults, beside it the list of its published addresses."""
    file = tmp_path / "sample.yml"
    file.write_text(good(), encoding="utf-8")
    (tmp_path / "published.txt").write_text("/principles/4/\n\n", encoding="utf-8")
    return file
