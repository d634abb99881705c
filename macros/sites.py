"""The checkout: where its data, schema and published addresses are, and the catalogue that pages are written from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from macros.addresses import HELP, PAGES
from macros.catalogue import Catalogue
from macros.checking import check
from macros.model import Document
from macros.pages import TEMPLATES, pages
from macros.reading import Fault, Tree, read_bytes, read_file
from macros.rendering import escape, relative
from macros.search import Entry, search_data

ROOT = Path(__file__).resolve().parent.parent
SCHEMA_FILE = ROOT / "data" / "principles.schema.json"
PUBLISHED_FILE = ROOT / "data" / "published.txt"


def data_file() -> Path:
    """Give the data file: `data/principles.yml`, or what the environment's PRINCIPLES_DATA names."""
    return Path(os.environ.get("PRINCIPLES_DATA") or ROOT / "data" / "principles.yml")


def shown(file: Path) -> str:
    """Give a file's name as messages show it: from the checkout's root where it lies in it, else as it was given."""
    try:
        return file.resolve().relative_to(ROOT).as_posix()
    except (ValueError, OSError, RuntimeError):  # elsewhere, too long, or a link that leads back to itself
        return str(file)


def published(file: Path) -> tuple[str, ...]:
    """Give the published addresses that a data file must keep: those listed beside it, else this checkout's."""
    for listed in (file.parent / PUBLISHED_FILE.name, PUBLISHED_FILE):
        try:
            text = listed.read_text(encoding="utf-8", errors="replace")
        except OSError:  # none here; a folder that cannot be read is reported with the data file itself
            continue
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    return ()


def publish(catalogue: Catalogue) -> list[str]:
    """Add a catalogue's addresses to the list of published ones; returns those that are new. Removes none."""
    before = published(PUBLISHED_FILE)
    new = sorted(set(catalogue.addresses) - set(before))
    PUBLISHED_FILE.write_text("".join(f"{line}\n" for line in sorted({*before, *new})), encoding="utf-8")
    return new


def report(tree: Tree, faults: Iterable[Fault]) -> Iterator[str]:
    """Yield the lines that say what is wrong: one per fault, then the count."""
    every = sorted(faults)
    for fault in every:
        place = f"{fault.position.line}:{fault.position.column}"
        yield f"{tree.source.name}:{place}: error: {_printable(fault.message)}"
    yield f"{len(every)} fault{'' if len(every) == 1 else 's'} in {tree.source.name}"


def _printable(message: str) -> str:
    """Keep a message on one line, whatever it quotes from the file: line breaks and the like are spelt out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in message)


def hand_written() -> dict[str, str]:
    """Give the text of every page written by hand, by its name in the checkout."""
    return {shown(file): file.read_text(encoding="utf-8") for file in sorted((ROOT / "docs").rglob("*.md"))}


def schema_text() -> str:
    """Give the JSON Schema (2020-12) of the data file, as `data/principles.schema.json` holds it."""
    schema = Document.model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "data/principles.yml", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def search_text() -> str:
    """Give the script that holds what search knows: every record, every list, every page written by hand."""
    catalogue = current()
    listed = [
        Entry(page.title, "Page", page.address, page.names, page.description, 1.6)
        for page in pages(catalogue)
        if page.collection is None
    ]
    for name, text in hand_written().items():
        head = read_bytes(text.split("---\n")[1].encode(), name).data if text.startswith("---\n") else {}
        if isinstance(head, dict) and "title" in head:
            address = "/" + name.removeprefix("docs/").removesuffix("index.md")
            names = tuple(map(str, head.get("aliases") or ()))
            listed.append(Entry(str(head["title"]), "Page", address, names, str(head.get("description", "")), 1.6))
    return search_data(catalogue, listed)


_current: Catalogue | None = None
_records: dict[str, Any] = {}


def load(file: Path | None = None) -> tuple[Catalogue | None, list[str]]:
    """Read and check a data file (default: the one in force).

    Returns the catalogue and no lines, or no catalogue and the lines that say what is wrong.
    """
    path = file or data_file()
    tree = read_file(path, shown(path))
    outcome = check(tree, today(), published(path))
    if outcome.document is None:
        return None, list(report(tree, outcome.faults))
    return Catalogue(outcome.document, tree), []


def use(catalogue: Catalogue) -> None:
    """Make a catalogue the one that pages are written from."""
    global _current
    _current = catalogue
    _records.clear()
    for collection in PAGES:
        for record in getattr(catalogue.document, collection):
            _records[catalogue.address(collection, record)] = record
    for group in catalogue.service_groups:
        _records[HELP.format(country=group.word.id)] = group


def current() -> Catalogue:
    """Give the catalogue in use; raises RuntimeError before `use`."""
    if _current is None:
        raise RuntimeError("no data is loaded: `hooks: [macros/hooks.py]` is missing in mkdocs.yml")
    return _current


def record_at(address: str) -> Any:
    """Give the record whose page stands at an address; None for pages of several records."""
    return _records.get(address)


def redirect_text(old: str, new: str) -> str:
    """Give the page that leads from a former address to the present one, with and without script."""
    link = escape(relative(new, old))
    template = (TEMPLATES / "redirect.html").read_text(encoding="utf-8")
    return template.replace("[[link]]", link).replace("[[assets]]", escape(relative("/assets/", old)))


def today() -> date:
    """Give the day that no date may lie after: the real one, or SOURCE_DATE_EPOCH's where that is later.

    Only the check looks at the clock; nothing that is built does.
    """
    now = datetime.now(timezone(timedelta(hours=14))).date()  # where a day begins first: editors live anywhere
    try:
        return max(now, datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "")), UTC).date())
    except (ValueError, OverflowError, OSError):  # not set, or not a moment
        return now
