"""The style sheets of a site before they are cut and named: Material's, which every page loads first, and ours.

Ours read the palette's colours and typefaces as custom properties, which are set at their top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from macros.checkout import ROOT
from macros.palette import properties

__all__ = ["MATERIAL", "OURS", "files", "material"]

_LEFT_OUT = re.compile(
    r"(?<=[{}])[^{}@]*(?::nth-child\(\d+\) \.md-tabs__link|md-(?:tabs|header)\[hidden\]|summary:before|\.\w+>summary)"
    r"[^{}]*\{[^{}]*\}"
)
"""Rules of Material's whose names our pages have, for what we do not do: tabs that slide in one after the other, a head
that goes away, a picture before what folds."""

MATERIAL = "assets/material.css"
"""Where Material's sheet stands: the same one whichever generator writes the pages."""

OURS = ("assets/site.css", "assets/embed.css")
"""The sheet of pages and that of cards for other sites, in docs/ and on the site."""


def files() -> Iterator[tuple[str, str]]:
    """Yield each sheet's path from the site's root and its text; raises OSError where one cannot be read."""
    yield MATERIAL, material()
    for path in OURS:
        sheet = (ROOT / "docs" / path).read_text(encoding="utf-8")
        yield path, properties(sheet) + sheet


def material() -> str:
    """Give Material's style sheet, but for what is left out; raises FileNotFoundError where the package has none."""
    found = find_spec("material")
    places = found.submodule_search_locations if found else None
    for folder in places or ():
        for sheet in sorted(Path(folder).glob("templates/assets/stylesheets/main.*.min.css")):
            return _LEFT_OUT.sub("", sheet.read_text(encoding="utf-8"))
    raise FileNotFoundError("mkdocs-material has no style sheet of the name main.*.min.css")
