"""What a first visit to a page costs in bytes, read from a built site."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

LOADED = {
    "css": ("link[rel~=stylesheet]", "href"),
    "js": ("script[src]", "src"),
    "icons": ("link[rel~=icon], link[rel~=apple-touch-icon], link[rel~=manifest]", "href"),
    "images": ("img[src]", "src"),
}
"""What a browser loads with a page: which elements name it, and in which attribute."""

SEARCH = (
    "assets/search*.js",
    "assets/vendor/minisearch*.js",
    "search/*",
    "assets/javascripts/workers/*",
)
"""Files that only search needs: first ours, then Material's."""


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
    """A page's own bytes and those of the style sheets, scripts, icons and images that it names."""

    html: Size
    parts: Mapping[str, Size] = field(default_factory=dict)

    @property
    def whole(self) -> Size:
        """All together."""
        return sum(self.parts.values(), self.html)


def of_search(path: str) -> bool:
    """Whether a file, named from the site's root, is one that only search needs."""
    return any(fnmatchcase(path, pattern) for pattern in SEARCH)


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
    """Give the file of a page; exits where the site has none."""
    file = site / address / "index.html"
    if not file.is_file():
        raise SystemExit(f"page weights: /{address} was not built")
    return file


def weigh(site: Path, address: str) -> Weight:
    """Weigh a page and what it loads; exits where that is missing, or is part of search."""
    file = page_file(site, address)
    parts = {
        kind: sum((size(loaded) for loaded in sorted(set(loaded(site, file, selector, name)))), Size())
        for kind, (selector, name) in LOADED.items()
    }
    return Weight(size(file), parts)


def loaded(site: Path, page: Path, selector: str, name: str) -> Iterator[Path]:
    """Yield the files that a page names in an element and attribute; exits where one is missing or of search."""
    here = "/" + page.relative_to(site).as_posix()
    for tag in LexborHTMLParser(page.read_bytes()).css(selector):
        target = urlsplit(urljoin(here, str(tag.attributes[name])))
        if target.netloc or target.scheme == "data":  # stock Material asks Google for its font
            continue
        path = target.path.lstrip("/")
        if not (site / path).is_file():
            raise SystemExit(f"page weights: {here} names {path}, which is not in the site")
        if of_search(path):
            raise SystemExit(f"page weights: {here} loads {path}, a file of search, with the page")
        yield site / path
