"""The command that says whether the data is right; and the checked data, for the others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from macros.checkout import Unreadable, data_path, shown
from macros.data import loading
from macros.data.catalogue import Catalogue
from macros.data.languages import LANGUAGES
from macros.pages import site_check, ui_strings

__all__ = ["catalogue", "check"]

_NOTICES = 20
"""Texts of second languages that the check names; `report` has all."""


def catalogue() -> Catalogue | None:
    """Give the checked data; None, and its faults on standard error, where it has any."""
    found, faults = site_check.load()
    if found is None:
        print(*faults, sep="\n", file=sys.stderr)
    return found


def check(other: Path | None, *, edition: bool, base: str) -> int:
    """Check the data in force and the pages of docs/, which show it; or other data, and that alone.

    What a second language lacks is a notice: who mends a fact in English need not know French. An `edition` lacks none.
    `base` names the commit whose addresses may not vanish. Gives the exit status: 0, 1 with faults, 2 where the base
    is none.
    """
    path = other or data_path()
    try:
        before = loading.before_change(path, base) if other is None or base else None
    except Unreadable as sentence:
        print(sentence, file=sys.stderr)
        return 2
    catalogue, lines = site_check.load(path, arranged=True, before=before)
    if other is None:
        from macros.pages import handwritten  # here: only this check needs the template engine

        lines += handwritten.refused(catalogue)
    if catalogue is None or lines:
        print(*lines, sep="\n", file=sys.stderr)
        return 1
    notes = [
        (one.translation.tree.source.name, note)
        for one in catalogue.translations.values()
        for note in one.translation.notes
    ]
    for name, note in notes if edition else notes[:_NOTICES]:
        place = f"{note.position.file or name}:{note.position.line}:{note.position.column}"
        print(
            f"{place}: {'error' if edition else 'notice'}: {note.message}", file=sys.stderr if edition else sys.stdout
        )
    if edition and notes:
        return 1
    document = catalogue.document
    count = sum(len(getattr(document, name)) for name in type(document).model_fields)
    print(f"{shown(path)}: {count} records, no faults{''.join(_translations(catalogue))}")
    return 0


def _translations(catalogue: Catalogue) -> Iterator[str]:
    """Yield what is known of each second language, for the summary."""
    for language, one in catalogue.translations.items():
        missing = len(one.translation.missing) + len(ui_strings.texts(language).missing)
        older = len(one.translation.outdated)
        yield f"; {LANGUAGES[language].name}: {missing} texts missing, {older} older than their English"
        if missing or older:
            yield " (`python -m macros report` lists them)"
