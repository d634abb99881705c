"""The pages written by hand, in docs/: their texts and heads, and the files of the checkout that they may show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from macros.checkout import ROOT, SAMPLES, shown
from macros.pages import front_matter
from macros.pages.escaping import as_lines
from macros.pages.handwritten_source import as_on_site

__all__ = ["LISTED", "address_of", "hand_written", "listing", "written_heads"]

LISTED = frozenset({"hosting/nginx.conf", *(shown(file) for file in SAMPLES.glob("*.yml"))})
"""The files of the checkout that a page may show as they are."""


def hand_written() -> dict[str, str]:
    """Give the text of every page written by hand, as the site takes it, by its name in the checkout."""
    files = (file for file in sorted((ROOT / "docs").rglob("*.md")) if file.is_file() and not file.is_symlink())
    return {shown(file): as_on_site(file.read_text(encoding="utf-8", errors="replace"), shown(file)) for file in files}


def written_heads() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the address and the YAML head of every page written by hand."""
    for name, text in hand_written().items():
        yield address_of(name), front_matter.fields(text, name)


def address_of(name: str) -> str:
    """Give the address of a page on the site by its name in the checkout, such as `docs/about/index.md`."""
    own = name.removeprefix("docs/").removesuffix(".md")
    return "/" + (own.removesuffix("index") if own.endswith(("/index", "index")) else f"{own}/")


def listing(name: str) -> Markup:
    """Give a file of the checkout for a page to show line by line, as it is.

    Raises ValueError where it is none of `LISTED`, and OSError where it cannot be read.
    """
    if name not in LISTED:
        raise ValueError(f"pages show {', '.join(sorted(LISTED))} and no other file; '{name}' is none of them")
    return as_lines((ROOT / name).read_text(encoding="utf-8"))
