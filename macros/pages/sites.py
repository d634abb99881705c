"""The checkout: where its data, schema and published addresses are, and the catalogue that pages are written from."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from markupsafe import Markup

from macros import moments
from macros.checkout import ROOT, TEMPLATES
from macros.data.catalogue import Catalogue, Translated
from macros.data.collections import PAGES
from macros.data.kinds import Document
from macros.data.languages import LANGUAGES
from macros.data.translations import translate
from macros.data.urls import HELP, SOURCES, in_language, is_card
from macros.data.validation import check
from macros.data.yaml_reader import MAX_FAULTS, Fault, Position, Tree, read_bytes, read_file
from macros.pages import completeness, front_matter, ui_strings
from macros.pages.escaping import as_lines, escape, relative
from macros.pages.search_index import Entry, search_data
from macros.pages.sitemap import pages
from macros.pages.ui_strings import say

MAX_PUBLISHED = 2_000_000
"""Bytes of the list of published addresses; it has some fifty thousand."""

IN_FULL = 200
"""Faults of a file that are told one by one."""

LONGEST_LINE = 600
"""Characters of what is said of one fault."""

LISTED = frozenset({"hosting/nginx.conf"})
"""The files of the checkout that a page may show as they are."""

SCHEMA_FILE = ROOT / "data" / "principles.schema.json"
PUBLISHED_FILE = ROOT / "data" / "published.txt"


def data_file() -> Path:
    """Give the data file: `data/principles.yml`, or what the environment's PRINCIPLES_DATA names."""
    return Path(os.environ.get("PRINCIPLES_DATA") or ROOT / "data" / "principles.yml")


def overlay_file(file: Path, language: str) -> Path:
    """Give the file with a data file's texts in a second language: `principles.fr.yml` beside `principles.yml`."""
    return file.with_name(f"{file.stem}.{language}{file.suffix}")


def shown(file: Path) -> str:
    """Give a file's name as messages show it: from the checkout's root where it lies in it, else as it was given."""
    try:
        return file.resolve().relative_to(ROOT).as_posix()
    except (ValueError, OSError, RuntimeError):  # elsewhere, too long, or a link that leads back to itself
        return str(file)


class Unreadable(Exception):  # noqa: N818  (it says in a sentence why something cannot be read)
    """Something that was asked for by name cannot be read; its text is a sentence for whoever asked."""


def published(file: Path) -> tuple[str, ...]:
    """Give the published addresses that a data file must keep: those listed beside it, else this checkout's.

    Raises Unreadable where the list is far too long.
    """
    for listed in (file.parent / PUBLISHED_FILE.name, PUBLISHED_FILE):
        try:
            with listed.open("rb") as opened:
                data = opened.read(MAX_PUBLISHED + 1)
        except OSError:  # none here; a folder that cannot be read is reported with the data file itself
            continue
        if len(data) > MAX_PUBLISHED:
            message = f"the list is larger than {MAX_PUBLISHED // 1_000_000} MB; something was pasted there"
            raise Unreadable("\n".join(said(shown(listed), [Fault(Position(1, 1), message)])))
        text = data.decode("utf-8", "replace")
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    return ()


def publish(catalogue: Catalogue) -> list[str]:
    """Add a catalogue's addresses to the list of published ones; returns those that are new. Removes none."""
    before = published(PUBLISHED_FILE)
    new = sorted(set(catalogue.addresses) - set(before))
    PUBLISHED_FILE.write_text("".join(f"{line}\n" for line in sorted({*before, *new})), encoding="utf-8")
    return new


def report(tree: Tree, faults: Iterable[Fault]) -> Iterator[str]:
    """Yield the lines that say what is wrong with the file that a tree was read from, as `said` does."""
    return said(tree.source.name, faults)


def said(name: str, faults: Iterable[Fault]) -> Iterator[str]:
    """Yield the lines that say what is wrong with a file: one per fault, the first of them in full, then the count."""
    every, name = sorted(faults), _printable(name)
    for fault in every[:IN_FULL]:
        place = f"{fault.position.line}:{fault.position.column}"
        yield f"{name}:{place}: error: {_short(_printable(fault.message))}"
    count = f"{len(every):,}" if len(every) <= MAX_FAULTS else f"more than {MAX_FAULTS:,}"
    if len(every) > IN_FULL:
        more = f"{len(every) - IN_FULL:,}" if len(every) <= MAX_FAULTS else f"more than {MAX_FAULTS - IN_FULL:,}"
        yield f"and {more} more; mend these first"
    yield f"{count} fault{'' if len(every) == 1 else 's'} in {name}"


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"


def _printable(message: str) -> str:
    """Keep a message on one line, whatever it quotes from the file: line breaks and the like are spelt out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in message)


def hand_written() -> dict[str, str]:
    """Give the text of every page written by hand, by its name in the checkout."""
    files = (file for file in sorted((ROOT / "docs").rglob("*.md")) if file.is_file() and not file.is_symlink())
    return {shown(file): file.read_text(encoding="utf-8", errors="replace") for file in files}


def written_heads() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the address and the YAML head of every page written by hand."""
    for name, text in hand_written().items():
        yield "/" + name.removeprefix("docs/").removesuffix("index.md"), front_matter.fields(text, name)


def listing(name: str) -> Markup:
    """Give a file of the checkout for a page to show line by line, as it is.

    Raises ValueError where it is none of `LISTED`, and OSError where it cannot be read.
    """
    if name not in LISTED:
        raise ValueError(f"pages show {', '.join(sorted(LISTED))} and no other file; '{name}' is none of them")
    return as_lines((ROOT / name).read_text(encoding="utf-8"))


def schema_text() -> str:
    """Give the JSON Schema (2020-12) of the data file, as `data/principles.schema.json` holds it."""
    schema = Document.model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "data/principles.yml", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def search_text(language: str = "en") -> str:
    """Give the script that holds what search knows in a language: records, lists and, in English, pages by hand."""
    catalogue = current(f"/{language}/")
    every = pages(current())
    own = [page for page in every if page.collection is None and page.language == language]
    kind = say(language, "Page")
    listed = [Entry(page.title, kind, page.address, page.names, page.description, 1.6) for page in own]
    for address, head in written_heads() if language == "en" else ():
        if "title" in head:
            names = tuple(map(str, head.get("aliases") or ()))
            listed.append(Entry(str(head["title"]), kind, address, names, str(head.get("description", "")), 1.6))
    return search_data(catalogue, listed)


_current: Catalogue | None = None
_records: dict[str, Any] = {}


def load(file: Path | None = None) -> tuple[Catalogue | None, list[str]]:
    """Read and check a data file (default: the one in force), and the second languages that have a file beside it.

    The catalogs of these languages are checked with it.

    Returns the catalogue and no lines, or no catalogue and the lines that say what is wrong.
    """
    path = file or data_file()
    try:
        kept = published(path)
    except Unreadable as unreadable:
        return None, str(unreadable).split("\n")
    tree, overlays = trees(path)
    catalogue, lines = assembled(tree, overlays, kept)
    for language in overlays:
        wrong = list(ui_strings.faults(language))
        if wrong:
            catalogue, lines = None, [*lines, *said(ui_strings.named(language), wrong)]
    lacking: dict[str, list[Fault]] = {}
    for name, fault in completeness.lacking(catalogue, shown(path), ROOT) if catalogue else ():
        lacking.setdefault(name, []).append(fault)
    if lacking:
        return None, [line for name, faults in lacking.items() for line in said(name, faults)]
    return catalogue, lines


def trees(file: Path) -> tuple[Tree, dict[str, Tree]]:
    """Read a data file and, by language, the second languages that have a file beside it; faults are in the trees."""
    tree = read_file(file, shown(file))
    overlays: dict[str, Tree] = {}
    for language in LANGUAGES if tree.data is not None else ():  # what cannot be read has nothing beside it
        overlay = overlay_file(file, language)
        # Only this site's own languages were ever published.
        if overlay.exists() or file.resolve() == ROOT / "data" / "principles.yml":
            overlays[language] = read_file(overlay, shown(overlay))
    return tree, overlays


def assembled(tree: Tree, overlays: Mapping[str, Tree], kept: Iterable[str]) -> tuple[Catalogue | None, list[str]]:
    """Check a tree and the texts in second languages over it; `kept` are the published addresses it must keep.

    Returns the catalogue and no lines, or no catalogue and the lines that say what is wrong.
    """
    outcome = check(tree, today(), kept)
    if outcome.document is None:
        return None, list(report(tree, outcome.faults))
    catalogue = Catalogue(outcome.document, tree)
    lines: list[str] = []
    for language, texts in overlays.items():
        translation, faults = translate(outcome.document, texts, language)
        if translation is None:
            lines += report(texts, faults)
        else:
            own = Catalogue(translation.document, tree, language, translation.stale, catalogue, texts)
            catalogue.translations[language] = Translated(own, translation)
    return (None, lines) if lines else (catalogue, [])


def trees_at(base: str, file: Path) -> tuple[Tree, dict[str, Tree]]:
    """Read a data file and its second languages as they were: at a commit, or from another file of that name.

    `base` is the name of a file, or whatever git takes for a commit; `file` is today's data file. Raises Unreadable.
    """
    name = _printable(base)
    try:
        if Path(base).is_file():
            return trees(Path(base))
    except (OSError, ValueError):  # no name that a file can have
        pass
    if not base or base.startswith("-") or not base.isprintable():
        raise Unreadable(f"'{name}' is neither a data file nor a commit; name one, such as main or HEAD~1")
    folder = file.resolve().parent
    said = _git(folder, "rev-parse", "--git-dir")
    if said.returncode:
        why = _printable(said.stderr.decode("utf-8", "replace").strip().split("\n")[0])
        raise Unreadable(
            f"{shown(file)} is in no git checkout that can be read ({why}); name another data file instead"
        )
    # What starts with a hyphen was refused above; the commit's number, which git gives, can be nothing but a number.
    commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}").stdout.decode("ascii", "replace")
    commit = commit.strip()
    if not commit.isalnum():
        hint = "in a clone that holds only the last commit, fetch it first: `git fetch --depth=1 origin BRANCH`"
        raise Unreadable(f"'{name}' is neither a data file nor a commit that this checkout has; {hint}")
    data = _blob(folder, commit, file.name)
    if data is None:
        raise Unreadable(f"there is no {shown(file)} at {name}; name a commit that has it")
    overlays = {}
    for language in LANGUAGES:
        overlay = overlay_file(file, language)
        texts = _blob(folder, commit, overlay.name)
        if texts is not None:
            overlays[language] = read_bytes(texts, f"{name}:{shown(overlay)}")
    return read_bytes(data, f"{name}:{shown(file)}"), overlays


def _blob(folder: Path, commit: str, name: str) -> bytes | None:
    """Give a file of a folder as it was at a commit; None where there was none."""
    done = _git(folder, "cat-file", "blob", f"{commit}:./{name}")
    return None if done.returncode else done.stdout


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Ask git; raises Unreadable where there is none or it does not answer. Never asks anybody for a password."""
    try:
        return subprocess.run(  # noqa: S603  a list, so no shell reads it; what could be an option was refused
            ["git", *arguments],  # noqa: S607  whichever git the editor works with
            cwd=folder,
            env={**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except FileNotFoundError:
        raise Unreadable("git is not installed; install it, or name another data file instead") from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise Unreadable(f"git does not answer ({_printable(str(error))})") from None


def use(catalogue: Catalogue) -> None:
    """Make a catalogue, and what it has in other languages, the one that pages are written from."""
    global _current
    _current = catalogue
    _records.clear()
    for address, record in _records_by_address(catalogue):
        _records[address] = record
    for language, translated in catalogue.translations.items():
        for address, record in _records_by_address(translated.catalogue):
            there = in_language(address, language)
            if there:
                _records[there] = record


def _records_by_address(catalogue: Catalogue) -> Iterator[tuple[str, Any]]:
    for collection in PAGES:
        for record in getattr(catalogue.document, collection):
            yield catalogue.address(collection, record), record
    for page in catalogue.source_pages:
        yield SOURCES.format(range=page.id), page
    for group in catalogue.service_groups:
        yield HELP.format(country=group.word.id), group


def current(address: str = "/") -> Catalogue:
    """Give the catalogue in use, in the language of the page at an address; raises RuntimeError before `use`."""
    if _current is None:
        raise RuntimeError("no data is loaded: `hooks: [macros/generators/mkdocs_hooks.py]` is missing in mkdocs.yml")
    translated = _current.translations.get(address.split("/")[1])
    return translated.catalogue if translated else _current


def record_at(address: str) -> Any:
    """Give the record whose page stands at an address; None for pages of several records."""
    return _records.get(address)


def redirect_text(old: str, new: str) -> str:
    """Give the page that leads from a former address to the present one, with and without script."""
    link = escape(relative(new, old))
    # A card may run no script, and no place on it is linked to.
    name = "redirect-embed.html" if is_card(old) else "redirect.html"
    template = (TEMPLATES / name).read_text(encoding="utf-8")
    return template.replace("[[link]]", link).replace("[[assets]]", escape(relative("/assets/", old)))


def today() -> date:
    """Give the day that no date may lie after: the real one, or SOURCE_DATE_EPOCH's where that is later.

    Only the check looks at the clock; nothing that is built does.
    """
    now = datetime.now(timezone(timedelta(hours=14))).date()  # where a day begins first: editors live anywhere
    try:
        moment = moments.given()
    except ValueError:  # whoever builds with it says so
        moment = None
    return now if moment is None else max(now, datetime.fromtimestamp(moment, UTC).date())
