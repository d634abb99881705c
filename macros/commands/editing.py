"""The commands that write data files: a new entry, entries in order, published addresses, what is translated."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from macros.checkout import Unreadable, data_path, replace, shown
from macros.commands.checking import catalogue
from macros.data import loading
from macros.data.data_folder import LISTS
from macros.pages import site_check

__all__ = ["format_files", "new", "published", "translated"]


def new(kind: str, identifier: str) -> int:
    """Write a new entry into its list; gives the exit status."""
    from macros.data import new_entry  # here, as the check is not to wait for it

    path = data_path()
    try:
        added = new_entry.add(path, kind, identifier, site_check.today(), site_check.published(path), site_check.report)
    except (new_entry.Refused, Unreadable) as lines:
        print(lines, file=sys.stderr)
        return 1
    line, _, file = added.position
    name = file or shown(path)
    print(
        f"{name}:{line}: here is the new entry '{identifier}'. Until these lines are filled in, the check refuses it:"
    )
    for fault in added.left:
        print(f"{fault.position.file or name}:{fault.position.line}:{fault.position.column}: {fault.message}")
    print("then run `make check`")
    return 0


def format_files() -> int:
    """Put the entries of the data files in order and in form; gives the exit status. A file that says no is left."""
    from macros.data.arrangement import Unsure, formatted

    path, status = data_path(), 0
    files = [path / name for name in LISTS if (path / name).is_file()] if path.is_dir() else [path]
    changed = 0
    for file in files:
        try:
            old = file.read_bytes()
            made = formatted(old, shown(file))
            if made != old:
                replace(file, old, made)
                changed += 1
                print(f"{shown(file)}: put in order")
        except (Unsure, Unreadable) as sentence:
            print(sentence, file=sys.stderr)
            status = 1
        except (OSError, ValueError) as error:
            print(f"{shown(file)} cannot be read: {error}", file=sys.stderr)
            status = 1
    if not changed and not status:
        print(f"{shown(path)}: everything stands in order already")
    return status


def translated(names: Sequence[str], *, every: bool) -> int:
    """Mark texts as translated; gives the exit status.

    Without names it is only said which are open: nobody is to mark all by mistake.
    """
    known = catalogue()
    if known is None:
        return 1
    from macros.data.translation_lock import lock_text
    from macros.review.marking import marking, unknown

    translations = {language: one.translation for language, one in known.translations.items()}
    wrong = list(unknown(list(translations.values()), names))
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
        return 2
    asking = not (names or every)
    status = 0
    for language, translation in translations.items():
        done = marking(translation, names, every=every or asking)
        file = loading.lock_file(loading.overlay_file(data_path(), language))
        for path in done.marked:
            print(f"{path}: {'not yet marked' if asking else 'marked as translated'}")
        if asking and done.marked:
            print(
                f"{shown(file)}: {len(done.marked)} texts are not marked as translated, and nothing was written; name "
                'their records (`make translated RECORDS="terms.ID …"`), or mark all with `make translated ALL=1`'
            )
            status = 1
            continue
        try:
            if done.kept != translation.tree.lock:
                file.write_text(lock_text(done.kept), encoding="utf-8", newline="\n")
        except OSError as error:
            print(f"{shown(file)} cannot be written: {error.strerror or error}", file=sys.stderr)
            return 1
        gone = f"; {done.gone} texts that are gone left out" if done.gone else ""
        print(f"{shown(file)}: {len(done.marked)} texts marked as translated{gone}")
    return status


def published() -> int:
    """Add new addresses to the list of published ones; gives the exit status."""
    known = catalogue()
    if known is None:
        return 1
    new = site_check.publish(known)
    print(f"{len(new)} new addresses in {shown(site_check.PUBLISHED_FILE)}")
    return 0
