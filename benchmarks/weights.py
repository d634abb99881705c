"""What a first visit to a page costs in bytes, read from a built site."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes as stored, and as a server with gzip at level 6 sends them; of how many files."""

    raw: int = 0
    gzip: int = 0
    files: int = 0

    def __add__(self, other: Size) -> Size:
        return Size(self.raw + other.raw, self.gzip + other.gzip, self.files + other.files)


@dataclass(frozen=True, slots=True)
class Weight:
    """A page's own bytes and those of the style sheets and scripts that it names."""

    html: Size
    parts: Mapping[str, Size] = field(default_factory=dict)

    @property
    def whole(self) -> Size:
        """All together."""
        return sum(self.parts.values(), self.html)


def size(file: Path) -> Size:
    """Weigh a file."""
    data = file.read_bytes()
    return Size(len(data), len(gzip.compress(data, 6)), 1)


def largest(site: Path, kinds: Mapping[str, str]) -> dict[str, str]:
    """Give the address of the largest page of each kind, the kinds in the order of their names."""
    found: dict[str, str] = {}
    for address in sorted(kinds, key=lambda address: page_file(site, address).stat().st_size):
        found[kinds[address]] = address
    return dict(sorted(found.items()))


def page_file(site: Path, address: str) -> Path:
    """Give the file of a page."""
    return site / address / "index.html"


def weigh(site: Path, address: str) -> Weight:
    """Weigh a page and what it loads."""
    file = page_file(site, address)
    parts = {
        kind: sum((size(loaded) for loaded in sorted(set(_loaded(site, file, selector, name)))), Size())
        for kind, selector, name in (("css", "link[rel~=stylesheet]", "href"), ("js", "script[src]", "src"))
    }
    return Weight(size(file), parts)


def _loaded(site: Path, page: Path, selector: str, name: str) -> Iterator[Path]:
    here = "/" + page.relative_to(site).as_posix()
    for tag in BeautifulSoup(page.read_bytes(), "lxml").select(selector):
        target = urlsplit(urljoin(here, str(tag[name])))
        if not target.netloc:  # what other hosts send is not in the site; stock Material asks Google for its font
            yield site / target.path.lstrip("/")
