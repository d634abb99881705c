"""The check of everything that makes the site: data, second languages, published addresses, what each kind needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from macros import moments
from macros.checkout import DATA, ROOT, Unreadable, data_path, shown
from macros.data import loading
from macros.data.arrangement import misplaced
from macros.data.catalogue import Catalogue, Translated
from macros.data.data_folder import NoPlainFile
from macros.data.translations import translate
from macros.data.validation import check
from macros.data.yaml_diagnosis import conflict_marks
from macros.data.yaml_reader import MAX_FAULTS
from macros.data.yaml_tree import Fault, Position, Tree, in_order
from macros.pages import completeness, ui_strings
from macros.unicode_text import printable

MAX_PUBLISHED = 2_000_000
"""Bytes of the list of published addresses; it has some fifty thousand."""

IN_FULL = 200
"""Faults of a file that are told one by one."""

LONGEST_LINE = 600
"""Characters of what is said of one fault."""

PUBLISHED_FILE = DATA / loading.PUBLISHED


def published(path: Path) -> tuple[str, ...]:
    """Give the published addresses that data must keep: those listed in its folder or beside its file, else ours.

    Raises Unreadable where the list is far too long, or holds marks of git where two versions met.
    """
    for listed in (loading.beside(path, loading.PUBLISHED), PUBLISHED_FILE):
        try:
            data = loading.reader(listed.parent)(listed.name, MAX_PUBLISHED)
        except NoPlainFile:
            message = "this is a link, a folder or the like, and is not read; put the file itself here"
            raise Unreadable(
                "\n".join(said(shown(listed.parent) + f"/{listed.name}", [Fault(Position(1, 1), message)]))
            ) from None
        except OSError:  # none here; a folder that cannot be read is reported with the data itself
            continue
        if len(data) > MAX_PUBLISHED:
            message = f"the list is larger than {MAX_PUBLISHED // 1_000_000} MB; something was pasted there"
            raise Unreadable("\n".join(said(shown(listed), [Fault(Position(1, 1), message)])))
        text = data.decode("utf-8", "replace")
        marks = [Fault(Position(line, column), message) for line, column, message in conflict_marks(text.splitlines())]
        if marks:
            raise Unreadable("\n".join(said(shown(listed), marks)))
        return _addresses_in(data)
    return ()


def _addresses_in(listed: bytes) -> tuple[str, ...]:
    text = listed.decode("utf-8", "replace")
    return tuple(line.strip() for line in text.splitlines() if line.strip())


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
    """Yield the lines that say what is wrong with a file or folder.

    One per fault, the first of them in full, then the count. A fault that names no file is in the one called `name`.
    """
    every, name = in_order(faults), printable(name)
    files = {printable(fault.position.file) or name for fault in every}
    for fault in every[:IN_FULL]:
        line, column, file = fault.position
        yield f"{printable(file) or name}:{line}:{column}: error: {_short(printable(fault.message))}"
    if len(files) == 1:
        (name,) = files
    count = f"{len(every):,}" if len(every) <= MAX_FAULTS else f"more than {MAX_FAULTS:,}"
    if len(every) > IN_FULL:
        more = f"{len(every) - IN_FULL:,}" if len(every) <= MAX_FAULTS else f"more than {MAX_FAULTS - IN_FULL:,}"
        yield f"and {more} more; mend these first"
    yield f"{count} fault{'' if len(every) == 1 else 's'} in {name}"


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"


def load(
    file: Path | None = None, *, arranged: bool = False, before: tuple[Tree, bytes] | None = None
) -> tuple[Catalogue | None, list[str]]:
    """Read and check a data folder or file (default: the one in force), and the second languages that lie with it.

    The catalogs of these languages are checked with it. Where it shall be `arranged`, entries out of order are faults
    too: a matter of upkeep, for which no build stops. `before` is the data as it was before a change, and the list of
    published addresses of then: what is gone from these vanishes too.

    Returns the catalogue and no lines, or no catalogue and the lines that say what is wrong.
    """
    path = file or data_path()
    try:
        kept = published(path)
    except Unreadable as unreadable:
        return None, str(unreadable).split("\n")
    tree, overlays = loading.trees(path)
    if before:
        kept = (*kept, *_addresses_in(before[1]))
    catalogue, lines = assembled(tree, overlays, kept, arranged=arranged, before=before[0] if before else None)
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


def assembled(
    tree: Tree,
    overlays: Mapping[str, Tree],
    kept: Iterable[str],
    *,
    arranged: bool = False,
    before: Tree | None = None,
) -> tuple[Catalogue | None, list[str]]:
    """Check a tree and the texts in second languages over it; `kept` are the published addresses it must keep.

    Returns the catalogue and no lines, or no catalogue and the lines that say what is wrong.
    """
    outcome = check(tree, today(), kept, before)
    # One file with all lists may be of an edition from before this order.
    found = [*outcome.faults, *(misplaced(tree) if arranged and tree.files else ())]
    if outcome.document is None or found:
        *lines, count = report(tree, found)
        return None, [*lines, *map(printable, outcome.ready), count]
    catalogue = Catalogue(outcome.document, tree)
    lines = []
    for language, texts in overlays.items():
        translation, faults = translate(outcome.document, texts, language)
        if translation is None:
            lines += report(texts, faults)
        else:
            own = Catalogue(translation.document, tree, language, translation.outdated_ids, catalogue, texts)
            catalogue.translations[language] = Translated(own, translation)
    return (None, lines) if lines else (catalogue, [])


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
