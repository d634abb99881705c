"""The style sheets of a site before they are cut and named: Material's, which every page loads first."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

__all__ = ["MATERIAL", "material"]

MATERIAL = "assets/material.css"
"""Where Material's sheet stands: the same one whichever generator writes the pages."""


def material() -> str:
    """Give Material's style sheet as it comes; raises FileNotFoundError where the package has none."""
    found = find_spec("material")
    places = found.submodule_search_locations if found else None
    for folder in places or ():
        for sheet in sorted(Path(folder).glob("templates/assets/stylesheets/main.*.min.css")):
            return sheet.read_text(encoding="utf-8")
    raise FileNotFoundError("mkdocs-material has no style sheet of the name main.*.min.css")
