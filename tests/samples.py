"""What the tests of reading and checking share: a small file without faults, marked edits of it, and its reports."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
import subprocess
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import settings

from macros import __main__ as command
from macros.data import kinds, loading
from macros.data.data_folder import LISTS
from macros.data.validation import check
from macros.data.yaml_reader import Position, Tree, read_bytes
from macros.exports.joined_data import joined
from macros.pages import site_check

ROOT = Path(__file__).resolve().parent.parent
TIMES = int(os.environ.get("EXAMPLES") or 1)
"""How many times the usual number of invented inputs are tried; more than one by night."""

DATA = ROOT / "data"
"""The real data: a file for each list."""

BROKEN = ROOT / "tests" / "broken"
TODAY = date(2026, 11, 28)
HERE = "‸"
"""Marks, in an edit, the place that a fault is expected at; taken out before the text is read."""

_WORDS = {
    "confidences": kinds.CONFIDENCE,
    "ways_of_reading": ("original",),
    "phrase_kinds": ("aim", "action"),
    "sentence_slots": ("doing", "deadline"),
    "stakeholder_kinds": ("company",),
    "statuses": ("endorsed",),
    "practice_statuses": ("in-place",),
    "service_kinds": ("games", "messaging"),
    "countries": ("gb", "us"),
}

_CATEGORIES = ("abuse-material", "grooming", "live-abuse", "searching", "best-interests", "victims", "working-together")

_PRINCIPLE = """\
  - id: {id}
    number: {number}
    category: {category}
    title: Title of principle {number}
    tab_title: Principle {number}
    summary: Summary of principle {number}
    description: Description of principle {number}
    content_note: Note on principle {number}
    in_brief:
      aim: {{text: Aim of principle {number}, ours: true}}
      asks: {{text: Asks of principle {number}, ours: true}}
      why: {{text: Why of principle {number}, ours: true}}
    not_asked: {{text: Not asked by principle {number}, ours: true}}
    in_full:
      - text: Full sense of principle {number}
        sources: [overview]
    wording:
      text: Wording of principle {number}
      ours: true
    phrases:
      - id: seek
        phrase: seek to {number}
        kind: aim
        meaning: Meaning of seek in principle {number}
        sources: [overview]
      - id: report
        phrase: report {number}
        kind: action
        meaning: Meaning of report in principle {number}
        sources: [overview]
    sentence:
      parts:
        - slot: doing
          phrase: seek
          kind: aim
          gloss: Gloss on seek in principle {number}
        - {{slot: doing, words: Own words of {number}, kind: action, gloss: Gloss on those}}
      silent: [deadline]
    easy: {{sentence: Try., then: [{{text: One idea.}}, {{text: Another idea.}}]}}
    asks: {{doing: {{answer: not-checked}}, own_terms: {{answer: not-checked}}, report: {{answer: not-checked}},
           limit: {{answer: not-checked}}, example: {{answer: not-checked}}}}
    services:
      centre: [games]
    example: {{service: An invented service, counts: What counts, does_not_count: What does not}}
    does_not_say:
      - text: Silence of principle {number}
        ours: true
    open_questions:
      - id: who
        question: Question of principle {number}
        views:
          - who: One side of {number}
            text: View one of {number}
            sources: [overview]
          - who: Another side of {number}
            text: View two of {number}
            sources: [overview]
    sources: [overview]
    confidence: confirmed
    checked: 2026-11-24
"""

_CATEGORY = """\
  - id: {id}
    number: {number}
    title: Title of category {number}
    tab_title: Category {number}
    summary: Summary of category {number}
    description: Description of category {number}
    about:
      - text: About category {number}
        sources: [overview]
    sources: [overview]
    confidence: confirmed
    checked: 2026-11-24
"""

_REST = """\
stakeholders:
  - id: example-company
    name: Example Company
    kind: company
    countries: [gb]
    summary: Summary of the company
    description: Description of the company
    status: endorsed
    former_names:
      - name: Former Company
        until: 2021-10
        sources: [launch]
    website: https://company.example/
    sources: [launch]
    confidence: confirmed
    checked: 2026-11-24

practices:
  - id: example-practice
    stakeholder: example-company
    principles: [1, 3]
    text: Text of the practice
    date: 2020-03
    until: 2021
    status: in-place
    sources: [launch]
    confidence: reported
    checked: 2026-11-24

sources:
  - id: overview
    title: Title of the overview
    publisher: Publisher of the overview
    url: https://overview.example/text?page=1#part
    date: 2022-03-24
    licence: Licence of the overview
    official: true
    read: original
    confidence: confirmed
    checked: 2026-11-24
  - id: launch
    title: Title of the launch
    publisher: Publisher of the launch
    url: https://launch.example
    date: 2020
    licence: Licence of the launch
    read: original
    confidence: confirmed
    checked: 2026-11-24
"""

PARENTS = """\
groups:
  - id: parents
    name: Parents
    tab_title: Parents
    summary: Summary
    description: Description
    part: [{text: One, ours: true}, {text: Two, ours: true}, {text: Three, ours: true}]
    ours: true
    confidence: confirmed
    checked: 2026-11-24
readings:
  - {id: parents-4, group: parents, principle: 4, means: Means, first_step: Step,
     not_asked: Not asked, ours: true, checked: 2026-11-24}
  - {id: parents-5, group: parents, principle: 5, means: Means, first_step: Step,
     not_asked: Not asked, ours: true, checked: 2026-11-24}
"""
"""A group of readers, and what principles 4 and 5 mean for it: to stand below the sample."""


def good() -> str:
    """Give a small file without faults: every official principle and category, one or two records of the rest."""
    parts = ["# A small file without faults.\n"]
    for name, words in _WORDS.items():
        entries = (f"  - {{id: {word}, label: Label of {word}, meaning: Meaning of {word}}}\n" for word in words)
        parts.append(f"{name}:\n{''.join(entries)}")
    numbered = enumerate(_CATEGORIES, start=1)
    parts.append("categories:\n" + "".join(_CATEGORY.format(id=name, number=number) for number, name in numbered))
    shares = [_CATEGORIES[(number - 1) % len(_CATEGORIES)] for number in range(1, kinds.PRINCIPLE_COUNT + 1)]
    numbered = enumerate(shares, start=1)
    text = (_PRINCIPLE.format(id=f"principle-{number}", number=number, category=share) for number, share in numbered)
    parts.append("principles:\n" + "".join(text))
    parts.append(_REST)
    return filled("".join(parts))


def filled(text: str) -> str:
    """Add the collections that the text leaves out: a kind of record that comes to the model later needs none here."""
    required = (name for name, info in kinds.Document.model_fields.items() if info.is_required())
    return text + "".join(f"{name}: []\n" for name in required if f"\n{name}:\n" not in text)


def in_files(text: str) -> dict[str, str]:
    """Give the lists of a text in files as `data/` has them, by their names."""
    parts = re.split(r"^([a-z_]+):", text, flags=re.MULTILINE)
    lists = {name: f"{name}:{rest}" for name, rest in zip(parts[1::2], parts[2::2], strict=True)}
    # In one file the sources may stand in any order; in a folder they stand from A to Z.
    overview, launch = "  - id: overview\n", "  - id: launch\n"
    entries = re.findall(rf"^(?:{overview}|{launch})(?:    .*\n)+", lists["sources"], re.MULTILINE)
    lists["sources"] = lists["sources"].replace("".join(entries), "".join(sorted(entries)))
    return {
        file: f"# {file}\n\n" + "\n".join(lists.get(name, f"{name}: []\n").rstrip("\n") + "\n" for name in names)
        for file, names in LISTS.items()
    }


def split(text: str, folder: Path) -> Path:
    """Write the lists of a text into the files of a new folder; gives the folder."""
    folder.mkdir(exist_ok=True)
    for file, own in {"published.txt": "", **in_files(text)}.items():
        (folder / file).write_text(own, encoding="utf-8")
    return folder


NEEDS = ("emergency", "threat", "child-help", "crisis", "worried-about-child")
"""What every country with help has a number for."""

_SERVICE = """\
  - id: {id}
    name: Line {id}
    operator: Operator of {id}
    operator_kind: charity
    country: {country}
    needs: [{needs}]
    for_whom: Anyone
    aliases: [line of {id}]
    {contact}
    mark: A
    sources: [overview]
    confidence: confirmed
    checked: 2026-11-24
"""


def with_help() -> str:
    """Give the small file with help in two countries and worldwide: numbers to call and one to write to."""
    text = good()
    for old, new in (
        ("countries:\n", "countries:\n  - {id: int, label: International, meaning: Works across countries}\n"),
        ("needs: []\n", "needs:\n" + "".join(f"  - {{id: {one}, label: {one}, meaning: M}}\n" for one in NEEDS)),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    call = 'phone: {{label: "{}", number: "{}"}}'.format
    write = 'text: {label: "85258", number: "85258", keyword: SHOUT}'
    return f"{text}services:\n" + "".join(
        _SERVICE.format(id=name, country=country, needs=", ".join(needs), contact=contact)
        for name, country, needs, contact in (
            ("gb-danger", "gb", NEEDS[:1], call("999", "999")),
            ("gb-writing", "gb", NEEDS[3:4], write),
            ("gb-child", "gb", NEEDS[1:3] + NEEDS[4:], call("0800 1111", "08001111")),
            ("us-all", "us", NEEDS, call("1-800-4-A-CHILD (1-800-422-4453)", "18004224453")),
            ("int-danger", "int", NEEDS[:1], call("112", "112")),
        )
    )


_ON_PAGES = """\
event_kinds:
  - {id: meeting, label: Meetings, meaning: People meet}
events:
  - id: 2020-03-05-launch
    date: 2020-03-05
    title: Title of the launch
    text: Text of the launch
    kind: meeting
    sources: [launch]
    confidence: confirmed
    checked: 2026-11-24
notes:
  - id: six-or-seven
    title: Title of the note
    page: categories
    body: [{text: Text of the note, ours: true}]
    ours: true
    confidence: confirmed
    checked: 2026-11-24
  - id: reading-limits
    title: Title of the note
    page: about/the-text
    body: [{text: Text of the note, ours: true}]
    ours: true
    confidence: confirmed
    checked: 2026-11-24
"""


def small_data(folder: Path) -> Path:
    """Write data of a few records into a new folder, enough for all that pages in `docs/` name; gives the folder.

    A site of it is built in a quarter of the time.
    """
    text = with_help()
    for name in ("event_kinds", "events", "notes"):
        text = text.replace(f"\n{name}: []\n", "\n")
    return split(text + _ON_PAGES, folder)


def edited(text: str, edits: Iterable[tuple[str, str]]) -> tuple[str, list[Position]]:
    """Replace each old snippet, which must stand once; give the text without marks, and the marks' places in order."""
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample"
        text = text.replace(old, new)
    places = []
    while HERE in text:
        before, _, after = text.partition(HERE)
        places.append(Position(before.count("\n") + 1, len(before) - before.rfind("\n")))
        text = before + after
    return text, places


def report(data: bytes, name: str = "sample.yml", published: Iterable[str] = (), today: date = TODAY) -> list[str]:
    """Read and check bytes; give the lines that a person sees, or none when nothing is wrong."""
    tree = read_bytes(data, name)
    outcome = check(tree, today, published)
    return [] if outcome.document is not None else list(site_check.report(tree, outcome.faults))


def expected(faults: Iterable[tuple[Position, str]], name: str = "sample.yml") -> list[str]:
    """Give the whole report that these faults must make."""
    lines = [f"{name}:{place.line}:{place.column}: error: {message}" for place, message in faults]
    return [*lines, f"{len(lines)} fault{'' if len(lines) == 1 else 's'} in {name}"]


def called(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call one of our commands within this process, which spares a start of Python; gives what it gave and said."""
    out, err = io.StringIO(), io.StringIO()
    before = dict(os.environ)
    os.environ.pop("PRINCIPLES_DATA", None)
    os.environ.update(environment)
    try:
        with contextlib.chdir(ROOT), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = command.main(list(map(str, arguments)))
    except SystemExit as end:  # how argparse ends a program
        status = int(end.code or 0)
    finally:
        os.environ.clear()
        os.environ.update(before)
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())


def invented(count: int) -> settings:
    """Give hypothesis' settings for some invented inputs, or a multiple of them by night.

    By day every run invents the same ones, so that a change fails by what it does; by night each run invents others.
    """
    return settings(max_examples=count * TIMES, derandomize=TIMES == 1, database=None, deadline=None)


LEAKS = ("Input should", "String should", "Value error", "List should", "Tuple should", "pydantic", "Traceback")
"""Words of the machinery; a person who edits YAML must never read them."""


@dataclass(frozen=True)
class Outcome:
    """What reading and checking some bytes led to."""

    tree: Tree
    passed: bool


def sound(data: bytes, published: Iterable[str] = ()) -> Outcome:
    """Read and check bytes and hold the outcome against what is promised for every file; raises AssertionError."""
    tree = read_bytes(data, "sample.yml")
    outcome = check(tree, TODAY, published)
    faults = outcome.faults
    assert (outcome.document is None) == bool(faults)
    assert list(faults) == sorted(set(faults))
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    for fault in faults:
        place = fault.position
        assert 1 <= place.line <= len(lines), fault
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, fault
        assert not any(leak in fault.message for leak in LEAKS), fault
    for line in site_check.report(tree, faults):
        assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in line), line
        assert len(line) < 1200, line
    return Outcome(tree, outcome.document is not None)


@functools.cache
def real_tree() -> Tree:
    """Give the real data as it is read from its files; whoever changes it takes a copy."""
    tree, _ = loading.trees(DATA)
    assert not tree.faults, "run `make check`: the data cannot be read"
    return tree


@functools.cache
def real() -> str:
    """Give the real data as one file with all lists, as editions hand it out."""
    return joined(real_tree())


def cut_down(records: int = 2) -> str:
    """Give the real data in one file, with only the first records of every collection, its lines as they are."""
    tree = read_bytes(real().encode(), "principles.yml")
    lines = tree.source.lines
    kept: list[str] = []
    for name, items in tree.data.items():
        start = tree.position((name,), key=True).line
        end = tree.spans[(name,)].end.line
        if len(items) > records:
            end = tree.position((name, records)).line
        kept += lines[start - 1 : end - 1]
    return "\n".join(kept) + "\n"
