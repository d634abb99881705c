"""The commands: `python -m macros check | new | format | diff | schema | stale | report | texts | …`."""

from __future__ import annotations

import argparse
import gc
import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

# Modules and the tree of a file are a hundred thousand objects that all stay; looking for garbage among them takes half
# as much time again (benchmarks/garbage.py measures it). So before any is loaded, and in a program of its own alone.
if __name__ == "__main__":
    gc.disable()

from macros import editing, moments
from macros.build import folder_exchange, folders
from macros.checkout import DATA, Unreadable, data_path, shown
from macros.data import loading
from macros.data.catalogue import Catalogue
from macros.data.languages import LANGUAGES
from macros.pages import docs_pages, site_check, ui_strings

_NOTICES = 20
"""Texts of second languages that the check names; `report` has all."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0: well, 1: faults found, 2: not a command)."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="Look after the data.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="say what is wrong with the data, each fault with its file and line")
    checking.add_argument(
        "path", nargs="?", type=Path, help="a folder laid out like data/ (the default), or one file with all lists"
    )
    checking.add_argument(
        "--edition",
        action="store_true",
        help="refuse texts too that a second language lacks, or that are older than their English",
    )
    checking.add_argument(
        "--base",
        default="",
        metavar="COMMIT",
        help="what the data was before: its addresses may not vanish (default: where this branch left main)",
    )
    comparing = commands.add_parser("diff", help="say in Markdown what a change to the data does, for its reviewer")
    comparing.add_argument("base", metavar="BASE", help="what to compare with: a commit, a branch, or other data")
    comparing.add_argument(
        "--site", nargs=2, type=Path, metavar=("OLD", "NEW"), help="also compare the pages of two built sites"
    )
    adding = commands.add_parser("new", help="write a new entry from the sample of its kind, to be filled in")
    adding.add_argument("kind", metavar="KIND", help="such as term, event or source")
    adding.add_argument("id", metavar="ID", help="its place in addresses: small letters, digits and hyphens")
    commands.add_parser("format", help="put the entries of the data files in order, remarks and all")
    writing = commands.add_parser("schema", help="write data/schema/, which editors use to help and underline")
    writing.add_argument("--ids", action="store_true", help="write schemas with every id as a choice, beside them")
    ageing = commands.add_parser("stale", help="list what to check again first: oldest, then unchecked, then reported")
    ageing.add_argument("--days", type=int, default=0, help="leave out what was checked in the last DAYS days")
    ageing.add_argument(
        "--principle",
        dest="principles",
        metavar="NUMBER",
        type=int,
        nargs="+",
        action="extend",
        help="list instead all that is to be looked at once somebody has read the text of these principles",
    )
    commands.add_parser("report", help="list what somebody may want to look at: unlinked terms, unused sources …")
    commands.add_parser("texts", help="renew the catalogs of the texts of templates and scripts in other languages")
    marking = commands.add_parser("translated", help="mark texts in second languages as rendering today's English")
    marking.add_argument("records", metavar="RECORD", nargs="*", help="whose texts: grooming, or terms.grooming")
    marking.add_argument("--all", action="store_true", help="mark every text; without, and without names, list them")
    linking = commands.add_parser(
        "links", help="say in Markdown which links are dead, and where archived copies may be"
    )
    linking.add_argument("file", type=Path, help="what lychee found, as JSON")
    commands.add_parser("published", help="add the addresses of the data to data/published.txt")
    staging = commands.add_parser("stage", help="write the site's finished sources, for another generator to build")
    staging.add_argument("folder", type=Path, help="a new folder, or one written so before")
    completing = commands.add_parser("complete", help="add to a site built from these what is made of whole pages")
    completing.add_argument("folder", type=Path, help="the built site")
    options = parser.parse_args(arguments)
    try:
        if options.command in {"stage", "complete"}:  # these make files that bear it
            moments.given()
    except ValueError as sentence:
        print(sentence, file=sys.stderr)
        return 1
    if options.command == "new":
        return editing.new(options.kind, options.id)
    if options.command == "format":
        return editing.format_files()
    if options.command == "schema":
        return _schema(options.ids)
    if options.command == "published":
        return editing.published()
    if options.command == "report":
        return _report()
    if options.command == "texts":
        return _renew()
    if options.command == "translated":
        if options.records and options.all:
            parser.error("name records, or say --all")
        return editing.translated(options.records, every=options.all)
    if options.command == "diff":
        return _diff(options.base, options.site)
    if options.command == "stage":
        return _stage(options.folder)
    if options.command == "complete":
        return _complete(options.folder)
    if options.command == "links":
        return _links(options.file)
    if options.command == "stale":
        return _stale(options.days, options.principles)
    return _check(options.path, options.edition, options.base)


def _check(other: Path | None, edition: bool, base: str) -> int:
    """Check the data in force and the pages of docs/, which show it; or other data, and that alone.

    What a second language lacks is a notice: who mends a fact in English need not know French. An `edition` lacks none.
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


def _diff(base: str, folders: Sequence[Path] | None) -> int:
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


def _schema(ids: bool) -> int:
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


def _report() -> int:
    catalogue = editing.catalogue()
    if catalogue is None:
        return 1
    from macros.review.editor_report import report, translation_report

    texts = [line for language in catalogue.translations for line in ui_strings.untranslated(language)]
    found = [*report(catalogue, docs_pages.hand_written(), site_check.today()), *translation_report(catalogue), *texts]
    print(*found, f"{len(found)} notes; none of them is a fault", sep="\n")
    return 0


def _renew() -> int:
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


def _stale(days: int, principles: Sequence[int] | None) -> int:
    catalogue = editing.catalogue()
    if catalogue is None:
        return 1
    from macros.review.editor_report import stale, unread

    if principles is None:
        print(*stale(catalogue, site_check.today() - timedelta(days=days)), sep="\n")
        return 0
    known = [principle.number for principle in catalogue.principles]
    for number in principles:
        if number not in known:
            print(f"there is no principle {number}; the numbers are {known[0]} to {known[-1]}", file=sys.stderr)
            return 2
    print(*unread(catalogue, docs_pages.hand_written(), principles), sep="\n")
    return 0


def _links(file: Path) -> int:
    catalogue = editing.catalogue()
    if catalogue is None:
        return 1
    from macros.review import dead_links

    try:
        found = dead_links.dead(file.read_text(encoding="utf-8"))
        print(*dead_links.told(found, catalogue), sep="\n")
    except (OSError, ValueError) as error:
        said = error if isinstance(error, dead_links.Unreadable) else f"cannot be read: {error}"
        print(f"{shown(file)} {said}", file=sys.stderr)
        return 2
    return 0


def _stage(folder: Path) -> int:
    from macros.generators import zensical
    from macros.pages import template_guard  # here: slow to load, and of no use to the other commands
    from macros.pages.site import Site

    catalogue = editing.catalogue()
    if catalogue is None:
        return 1
    try:
        place = folders.guarded(folder)
        with folder_exchange.locked(place):
            zensical.stage(place, Site(catalogue))
    except (folders.Refused, template_guard.Refused) as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(f"{shown(folder)} was not written: {error}", file=sys.stderr)
        return 1
    return 0


def _complete(folder: Path) -> int:
    from macros.generators import zensical
    from macros.pages import template_guard
    from macros.pages.site import Site

    catalogue = editing.catalogue()
    if catalogue is None:
        return 1
    try:
        place = folders.guarded(folder)
        with folder_exchange.locked(place):
            zensical.complete(place, Site(catalogue))
    except (folders.Refused, template_guard.Refused) as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(f"{shown(folder)} cannot be completed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    # Here and not in `main`: whoever calls that within a program of their own keeps their ways.
    if hasattr(signal, "SIGPIPE"):  # a reader that has seen enough, such as `head`, ends the command in silence
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file may have any name, a terminal any alphabet
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # to take the tree apart, object by object, takes a quarter more (benchmarks/garbage.py)
