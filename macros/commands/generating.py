"""The commands that write generated files: schemas, catalogs of texts, the sources of a site for another generator."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from macros.build import folder_exchange, folders
from macros.checkout import DATA, data_path, shown
from macros.commands.checking import catalogue
from macros.data import loading

__all__ = ["complete", "schema", "stage", "texts"]


def schema(*, ids: bool) -> int:
    """Write data/schema/; or, with every id as a choice, the folder beside it. Gives the exit status."""
    from macros.data import schemas

    folder = DATA / schemas.FOLDER
    tree = loading.trees(data_path())[0] if ids else None
    if tree and not isinstance(tree.data, dict):
        print("the data cannot be read; `make check` says why", file=sys.stderr)
        return 1
    try:
        folder = folder / schemas.IDS if tree else folder
        folder.mkdir(exist_ok=True)
        for name, text in schemas.files_with_ids(tree.data) if tree else schemas.files():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"the schemas cannot be written: {error}", file=sys.stderr)
        return 1
    print(f"wrote {shown(folder)}")
    return 0


def texts() -> int:
    """Renew the catalogs of the texts of templates and scripts; gives the exit status."""
    from macros.generators import text_catalogs  # here: it reads every template and script

    try:
        print(*text_catalogs.renew(), sep="\n")
    except ValueError as lines:
        print(lines, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"the catalogs cannot be written: {error}", file=sys.stderr)
        return 1
    return 0


def stage(folder: Path) -> int:
    """Write the finished sources of the site into a folder, for another generator; gives the exit status."""
    return _with_site(folder, "stage", "was not written")


def complete(folder: Path) -> int:
    """Add to a site built from such sources what is made of whole pages; gives the exit status."""
    return _with_site(folder, "complete", "cannot be completed")


def _with_site(folder: Path, step: Literal["stage", "complete"], failed: str) -> int:
    """Have the adapter of the other generator take a step in a folder that nothing else writes at the time."""
    from macros.generators import zensical
    from macros.pages import template_guard  # here: slow to load, and of no use to the other commands
    from macros.pages.site import Site

    known = catalogue()
    if known is None:
        return 1
    take = {"stage": zensical.stage, "complete": zensical.complete}[step]
    try:
        place = folders.guarded(folder)
        with folder_exchange.locked(place):
            take(place, Site(known))
    except (folders.Refused, template_guard.Refused) as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(f"{shown(folder)} {failed}: {error}", file=sys.stderr)
        return 1
    return 0
