"""The commands: `python -m macros check | new | format | diff | schema | stale | report | texts | …`."""

from __future__ import annotations

import argparse
import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

# Modules and the tree of a file are a hundred thousand objects that all stay; looking for garbage among them takes half
# as much time again (benchmarks/garbage.py measures it). So before any is loaded, and in a program of its own alone.
if __name__ == "__main__":
    gc.disable()

from macros import moments
from macros.commands import checking, editing, generating, reporting


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0: well, 1: faults found, 2: not a command)."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="Look after the data.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="say what is wrong with the data, each fault with its file and line")
    check.add_argument(
        "path", nargs="?", type=Path, help="a folder laid out like data/ (the default), or one file with all lists"
    )
    check.add_argument(
        "--edition",
        action="store_true",
        help="refuse texts too that a second language lacks, or that are older than their English",
    )
    check.add_argument(
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
        return generating.schema(ids=options.ids)
    if options.command == "published":
        return editing.published()
    if options.command == "report":
        return reporting.report()
    if options.command == "texts":
        return generating.texts()
    if options.command == "translated":
        if options.records and options.all:
            parser.error("name records, or say --all")
        return editing.translated(options.records, every=options.all)
    if options.command == "diff":
        return reporting.diff(options.base, options.site)
    if options.command == "stage":
        return generating.stage(options.folder)
    if options.command == "complete":
        return generating.complete(options.folder)
    if options.command == "links":
        return reporting.links(options.file)
    if options.command == "stale":
        return reporting.stale(options.days, options.principles)
    return checking.check(options.path, edition=options.edition, base=options.base)


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
