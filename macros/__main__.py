"""The commands: `python -m macros check | schema | stale | report | published`."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from macros import sites
from macros.catalogue import Catalogue
from macros.checking import check
from macros.reading import read_file
from macros.reports import report, stale


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0: well, 1: faults found, 2: not a command)."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="Look after data/principles.yml.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="say what is wrong with a data file, each fault with its line")
    checking.add_argument("file", nargs="?", type=Path, help="the file (default: data/principles.yml)")
    commands.add_parser("schema", help="write data/principles.schema.json, which editors use to help and underline")
    ageing = commands.add_parser("stale", help="list what to check again first: oldest, then unchecked, then reported")
    ageing.add_argument("--days", type=int, default=0, help="leave out what was checked in the last DAYS days")
    commands.add_parser("report", help="list what somebody may want to look at: unlinked terms, unused sources …")
    commands.add_parser("published", help="add the addresses of the data file to data/published.txt")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file may have any name, a terminal any alphabet
    if options.command == "schema":
        return _schema()
    if options.command == "published":
        return _published()
    if options.command == "report":
        return _report()
    if options.command == "stale":
        return _stale(options.days)
    return _check(options.file or sites.data_file())


def _check(file: Path) -> int:
    tree = read_file(file, sites.shown(file))
    outcome = check(tree, sites.today(), sites.published(file))
    if outcome.document is not None:
        count = sum(len(getattr(outcome.document, name)) for name in type(outcome.document).model_fields)
        print(f"{tree.source.name}: {count} records, no faults")
        return 0
    for line in sites.report(tree, outcome.faults):
        print(line, file=sys.stderr)
    return 1


def _schema() -> int:
    sites.SCHEMA_FILE.write_text(sites.schema_text(), encoding="utf-8")
    print(f"wrote {sites.shown(sites.SCHEMA_FILE)}")
    return 0


def _report() -> int:
    catalogue = _catalogue()
    if catalogue is None:
        return 1
    found = list(report(catalogue, sites.hand_written()))
    print(*found, f"{len(found)} notes; none of them is a fault", sep="\n")
    return 0


def _stale(days: int) -> int:
    catalogue = _catalogue()
    if catalogue is None:
        return 1
    print(*stale(catalogue, sites.today() - timedelta(days=days)), sep="\n")
    return 0


def _catalogue() -> Catalogue | None:
    """Give the checked data; None, and its faults on standard error, where it has any."""
    catalogue, faults = sites.load()
    if catalogue is None:
        print(*faults, sep="\n", file=sys.stderr)
    return catalogue


def _published() -> int:
    catalogue = _catalogue()
    if catalogue is None:
        return 1
    new = sites.publish(catalogue)
    print(f"{len(new)} new addresses in {sites.shown(sites.PUBLISHED_FILE)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
