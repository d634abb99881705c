"""The commands for editors and reviewers: what changed, what may want a look, what is old, which links are dead."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from macros.checkout import Unreadable, data_path, shown
from macros.commands.checking import catalogue
from macros.data import loading
from macros.pages import docs_pages, site_check, ui_strings

__all__ = ["diff", "links", "report", "stale"]


def diff(base: str, folders: Sequence[Path] | None) -> int:
    """Say in Markdown what changed since `base`, and on which pages of two built sites; gives the exit status."""
    from macros.exports.markdown_copies import page_texts  # here, as the check is not to wait for them
    from macros.review.change_summary import (
        Side,
        differences,
        page_differences,
    )

    path = data_path()
    new, texts = loading.trees(path)
    try:
        kept = site_check.published(path)
    except Unreadable as lines:
        print(lines, file=sys.stderr)
        return 1
    catalogue, faults = site_check.assembled(new, texts, kept)
    if catalogue is None:
        print(*faults, sep="\n", file=sys.stderr)
        return 1
    try:
        old, old_texts = loading.trees_at(base, path)
        built = [page_texts(folder) for folder in folders or ()]
    except Unreadable as sentence:
        print(sentence, file=sys.stderr)
        return 2
    before, faults = site_check.assembled(old, old_texts, ())
    if old.faults or not isinstance(old.data, dict):  # what cannot be read at all; data of an older model can
        print(*faults, sep="\n", file=sys.stderr)
        return 1
    print(*differences(Side(base, old, before, old_texts), Side("", new, catalogue, texts)), sep="\n")
    if built:
        print(*page_differences(*built), sep="\n")
    return 0


def report() -> int:
    """List what somebody may want to look at, none of it a fault; gives the exit status."""
    known = catalogue()
    if known is None:
        return 1
    from macros.review.editor_report import report as noticed
    from macros.review.editor_report import translation_report

    texts = [line for language in known.translations for line in ui_strings.untranslated(language)]
    found = [*noticed(known, docs_pages.hand_written(), site_check.today()), *translation_report(known), *texts]
    print(*found, f"{len(found)} notes; none of them is a fault", sep="\n")
    return 0


def stale(days: int, principles: Sequence[int] | None) -> int:
    """List what to check again first, or what waits for the text of some principles; gives the exit status."""
    known = catalogue()
    if known is None:
        return 1
    from macros.review.editor_report import stale as ageing
    from macros.review.editor_report import unread

    if principles is None:
        print(*ageing(known, site_check.today() - timedelta(days=days)), sep="\n")
        return 0
    numbers = [principle.number for principle in known.principles]
    for number in principles:
        if number not in numbers:
            print(f"there is no principle {number}; the numbers are {numbers[0]} to {numbers[-1]}", file=sys.stderr)
            return 2
    print(*unread(known, docs_pages.hand_written(), principles), sep="\n")
    return 0


def links(file: Path) -> int:
    """Say in Markdown which links of the data are dead, by the file that lychee wrote; gives the exit status."""
    known = catalogue()
    if known is None:
        return 1
    from macros.review import dead_links

    try:
        found = dead_links.dead(file.read_text(encoding="utf-8"))
        print(*dead_links.told(found, known), sep="\n")
    except (OSError, ValueError) as error:
        said = error if isinstance(error, dead_links.Unreadable) else f"cannot be read: {error}"
        print(f"{shown(file)} {said}", file=sys.stderr)
        return 2
    return 0
