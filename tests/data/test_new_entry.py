"""`python -m macros new KIND ID` from outside, on a copy of the data: a sample of every kind, filled in and checked."""

from __future__ import annotations

import errno
import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from macros import __main__ as command
from macros.checkout import SAMPLES
from macros.data import kinds, new_entry
from macros.data.cases import SAMPLE
from macros.data.collections import FILES
from macros.data.rows import Vocabulary
from macros.pages import site_check
from tests.samples import DATA, ROOT, invented, split
from tests.test_hostile_fields import copied, whole, written

ADDED = {name: row.singular.replace(" ", "-") for name, row in kinds.ROWS.items() if row.fixed is None}
"""The collections that editors may add to, and the name of the kind as the command takes it."""

FILLED: dict[str, str | dict[str, str | list[str]]] = {
    "publisher": "A publisher",
    "url": "https://example.org/a-page-that-nothing-else-names",
    "sources": "overview",
    "confidence": "reported",
    "checked": "2026-11-24",
    "date": "2026-11-24",
    "countries": "gb",
    "country": "gb",
    "principles": "1",
    "principle": "1",
    "stakeholders": "example-company",
    "stakeholder": "example-company",
    "status": {"stakeholders": "endorsed", "practices": "announced"},
    "kind": {"stakeholders": "company", "events": "meeting", "tools": "plain"},
    "stage": "plain",
    "relation": "plain",
    "at": '"2021"',
    "value": "600",
    "operator_kind": "charity",
    "needs": "child-help",
    "need": "child-help",
    "label": {"services": "020 7946 0958"},
    "number": {"services": '"02079460958"', "situations": "99"},
    "mark": "A",
    "when": {"measures": "plain"},
    "costs": "plain",
    "cost": "plain",
    "duty": "plain",
    "open_to": "plain",
    "only_if": "files",
    "kinds": "games",
    "tools": "plain",
    "law": "plain",
    "phrase": {"measures": "seek", "lessons": "seek"},
    "setup": "pairs",
    "uses": "worksheet",
    "strips": "principles",
    "lines": "2",
    "services": "plain",
    "verdict": "plain",
    "group": "plain",
    "minutes": {"lessons": ["10", "4", "6", "1", "4", "4", "1"]},
    "title": {"lessons": ["A lesson", "A step", "Another", "One", "Two", "Three", "Four"]},
    "page": "about/the-text",
    "address": {"withdrawn": "/glossary/#gone-word", "questions": "/glossary/"},
    "instead": "/principles/1/",
    "read": "original",
}
"""What is written into fields that take no text, by the field's name, and by the list where it differs."""

TEXT = re.compile(rf'"{SAMPLE}[^"]*"')


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the real data, which the command takes for ours."""
    folder = shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.setenv("PRINCIPLES_DATA", str(folder))
    return folder


@functools.cache
def _every_kind() -> str:
    data = copied(whole()[0])
    drawn = {"event_kinds": ("meeting", "law"), "practice_statuses": ("in-place", "announced")}
    for words, collection, field in (("event_kinds", "events", "kind"), ("practice_statuses", "practices", "status")):
        new = dict(zip([word["id"] for word in data[words]], drawn[words], strict=True))
        for word in data[words]:
            word["id"] = new[word["id"]]
        for record in data[collection]:
            record[field] = new[record[field]]
    return written(data)[0].decode()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give data with a record or two of every kind, which the command takes for ours."""
    folder = split(_every_kind(), tmp_path / "data")
    assert site_check.load(folder)[1] == []
    monkeypatch.setenv("PRINCIPLES_DATA", str(folder))
    return folder


def state(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def refused(capsys: pytest.CaptureFixture[str], folder: Path, kind: str, identifier: str) -> str:
    """Ask for an entry that is refused; give what is said. No file may have changed, and none may have come."""
    before = state(folder)
    assert command.main(["new", "--", kind, identifier]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert state(folder) == before
    return said.err.rstrip("\n")


def entry(old: bytes, new: bytes) -> tuple[int, str]:
    """Give the line before an addition, and what was added; everything else must be as it was."""
    lines, more = old.split(b"\n"), new.split(b"\n")
    first = next((number for number, line in enumerate(lines) if line != more[number]), len(lines))
    count = len(more) - len(lines)
    assert lines == more[:first] + more[first + count :]
    return first, b"\n".join(more[first : first + count]).decode()


Filled = Mapping[str, str | dict[str, str | list[str]]]


def fill(text: str, collection: str, fitting_values: Filled = FILLED) -> str:
    """Replace each text of a sample with something that can stand there."""
    counted: dict[str, int] = {}

    def one(line: str) -> str:
        def value(found: re.Match[str]) -> str:
            field = re.findall(r"(\w+): \[?$", line[: found.start()])
            name = field[0] if field else ""
            known = fitting_values.get(name)
            fitting = known.get(collection) if isinstance(known, dict) else known
            if isinstance(fitting, list):
                counted[name] = counted.get(name, -1) + 1
                return fitting[counted[name]]
            return fitting or "Plain words"

        return TEXT.sub(value, line)

    return "\n".join(map(one, text.split("\n")))


@pytest.mark.parametrize(("collection", "kind"), ADDED.items())
def test_a_new_entry_is_refused_until_it_is_filled_in_and_then_passes(
    collection: str, kind: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(small)
    assert command.main(["new", kind, "my-entry"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    after = state(small)
    home = f"{FILES[collection]}.yml"
    assert {name for name in after if after[name] != before.get(name)} == {home}
    first, text = entry(before[home], after[home])
    assert "id: my-entry" in text
    told = said.out.splitlines()[1:-1]
    every = [
        (number, found.start() + 1)
        for number, line in enumerate(after[home].decode().split("\n"), start=1)
        for found in TEXT.finditer(line)
    ]
    places = [re.fullmatch(rf".*/{home}:(\d+):(\d+): replace this sample text with .+", line) for line in told]
    assert [(int(place[1]), int(place[2])) for place in places if place] == every
    assert len(every) == text.count(SAMPLE) == len(told) > 0
    assert first < every[0][0]
    catalogue, lines = site_check.load(small)
    assert catalogue is None
    assert len(lines) == len(every) + 1, "the check names what is not filled in, each once, and nothing else"
    assert all("replace this sample text" in line for line in lines[:-1])
    (small / home).write_bytes(after[home].replace(text.encode(), fill(text, collection).encode()))
    catalogue, lines = site_check.load(small)
    row = kinds.ROWS[collection]
    if isinstance(row, Vocabulary) and (row.signs or row.style):  # what a sign is lacking is said, as of any word
        assert len(lines) == 2
        assert "my-entry" in lines[0]
        return
    assert lines == []
    assert catalogue is not None
    assert [one.id for one in getattr(catalogue.document, collection)].count("my-entry") == 1


def test_every_kind_that_editors_may_add_has_a_sample() -> None:
    assert new_entry.without_sample() == []
    invented = replace(kinds.KINDS["programmes"], singular="court case")
    assert new_entry.without_sample({**kinds.ROWS, "court_cases": invented}) == ["court case"]
    used = {new_entry.sample(name) for name in ADDED}
    assert used == set(SAMPLES.iterdir()), "no sample is of no use"


@pytest.mark.parametrize("name", ["principles", "categories", "confidences"])
def test_what_the_official_text_fixes_cannot_be_added(
    name: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nobody adds one" in refused(capsys, data, name, "my-entry")


@pytest.mark.parametrize(
    ("kind", "identifier", "said"),
    [
        ("trem", "my-word", "there is no kind 'trem'; did you mean 'term"),
        ("", "my-word", "there is no kind ''; known ones are: change, "),
        ("phrase", "my-word", "'phrase' is no entry of its own but a part of a principle"),
        ("term", "", "ill-formed id"),
        ("term", "My Word", 'ill-formed id "My Word"; use small letters'),
        ("term", "con", "Windows"),
        ("terms", "grooming", "the id 'grooming' is taken: "),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(
    kind: str, identifier: str, said: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(capsys, data, kind, identifier)


def test_an_id_that_was_ever_used_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "terms.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("  - id: grooming\n", "  - id: grooming\n    former_ids: [luring]\n"), encoding="utf-8"
    )
    said = refused(capsys, data, "term", "luring")
    assert re.match(r"the id 'luring' was once that of 'grooming': .*terms\.yml:\d+; ids are never used again", said)


def test_an_id_that_was_published_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (data / "published.txt").open("a", encoding="utf-8") as file:
        file.write("/fr/glossary/#luring\n")
    said = refused(capsys, data, "term", "luring")
    assert said.startswith("the id 'luring' was used once: /fr/glossary/#luring is a published address")


def test_a_full_disk_leaves_the_file_as_it_was(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    said = refused(capsys, data, "term", "my-word")
    assert said.endswith("terms.yml cannot be written: No space left on device; it is as it was")


def test_what_somebody_else_wrote_meanwhile_is_kept(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, flush = data / "terms.yml", os.fsync

    def meanwhile(handle: int) -> None:
        flush(handle)
        file.write_bytes(file.read_bytes() + b"# theirs\n")

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert command.main(["new", "term", "my-word"]) == 1
    assert "was changed by somebody else just now" in capsys.readouterr().err
    assert file.read_bytes() == (DATA / "terms.yml").read_bytes() + b"# theirs\n"


def test_data_with_faults_is_mended_first_but_a_second_entry_can_be_begun(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["new", "source", "my-source"]) == 0
    assert command.main(["new", "event", "my-event"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert not [
        line for line in told[told.index("then run `make check`") + 1 :] if "sources.yml:" in line.split(" ")[0]
    ]
    file = data / "terms.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("    term: ", "    trem: ", 1), encoding="utf-8")
    *lines, last = refused(capsys, data, "term", "my-word").splitlines()
    assert "terms.yml:" in lines[0]
    assert "trem" in "".join(lines)
    assert last == "mend these first; then ask for the new entry again"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_first_entry_of_an_empty_list_takes_the_place_of_its_brackets(ending: str, data: Path) -> None:
    file = data / "withdrawn.yml"
    file.write_bytes(f"# head{ending}{ending}withdrawn: []{ending}# the end{ending}".encode())
    assert command.main(["new", "withdrawal", "my-entry"]) == 0
    lines = file.read_bytes().decode().split(ending)
    assert lines[:4] == ["# head", "", "withdrawn:", "  - id: my-entry"]
    assert lines[-2:] == ["# the end", ""]


def test_an_entry_goes_to_its_place_though_others_stand_out_of_order(data: Path) -> None:
    file = data / "terms.yml"
    head, first, *rest = file.read_text(encoding="utf-8").split("\n  - id: ")
    file.write_text("\n  - id: ".join([head, *rest, first.rstrip("\n")]) + "\n", encoding="utf-8")
    assert command.main(["new", "term", "my-word"]) == 0
    ids = re.findall(r"^  - id: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    place = ids.index("my-word")
    assert ids[place - 1] < "my-word" < ids[place + 1]


def test_a_list_that_is_not_there_or_in_brackets_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "changes.yml"
    file.write_text("changes:\n  []\n", encoding="utf-8")
    assert "write `changes:` and the first entry by hand" in refused(capsys, data, "change", "my-change")
    file.write_text("changes: [{id: one, date: 2026-11-24, text: A change}]\n", encoding="utf-8")
    assert "this list stands in brackets" in refused(capsys, data, "change", "my-change")


@settings(invented(12), phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ids=st.lists(st.from_regex(r"[a-z][0-9][a-z0-9]{0,4}", fullmatch=True), min_size=1, max_size=4, unique=True),
    new=st.from_regex(r"[a-z0-9]{3,6}", fullmatch=True),
    sort=st.booleans(),
    indent=st.sampled_from(["", "  ", "    "]),
    ending=st.sampled_from(["\n", "\r\n"]),
    tail=st.sampled_from(["", "\n", "\n\n# the end\n"]),
    free=st.booleans(),
)
def test_a_list_keeps_its_order_its_remarks_and_every_byte(
    ids: list[str], new: str, sort: bool, indent: str, ending: str, tail: str, free: bool, small: Path
) -> None:
    ids = sorted(ids) if sort else ids
    blocks = [
        f"{indent}# on {one}\n{indent}- id: {one}\n{indent}  date: 2026-11-24\n{indent}  text: >-\n"
        f"{indent}    A change\n{indent}    # of words"
        for one in ids
    ]
    text = "# head\nchanges:\n" + ("\n\n" if free else "\n").join(blocks) + tail
    old = text.replace("\n", ending).encode()
    file = small / "changes.yml"
    before = file.read_bytes()
    file.write_bytes(old)
    try:
        assert command.main(["new", "change", new]) == (1 if new in ids or new in WINDOWS else 0)
        after = file.read_bytes()
        if new in ids or new in WINDOWS:
            assert after == old
            return
        if after.endswith(ending.encode()) and not tail:  # what follows the last line needs an end of that line
            old += ending.encode()
        _, added = entry(old, after)
        assert f'id: "{new}"' in added or f"id: {new}" in added
        assert (b"\r\n" in after) == (ending == "\r\n")
        assert after.count(b"\n") == after.count(ending.encode())
        found = re.findall(rb"- id: \"?([a-z0-9]+)", after)
        in_order = len(ids) > 1 and ids == sorted(ids)
        assert [one.decode() for one in found] == (sorted([*ids, new]) if in_order else [*ids, new])
        for one in ids:
            assert re.search(rf"# on {one}\r?\n *- id: {one}\b".encode(), after), "its remark stands above it"
    finally:
        file.write_bytes(before)


WINDOWS = {"aux", "con", "nul", "prn"}


def test_the_file_keeps_its_rights_and_nothing_is_left_beside_it(data: Path) -> None:
    file, names = data / "terms.yml", sorted(one.name for one in data.iterdir())
    file.chmod(0o640)
    rights = file.stat().st_mode  # as far as this system knows any
    assert command.main(["new", "term", "my-word"]) == 0
    assert file.stat().st_mode == rights
    assert sorted(one.name for one in data.iterdir()) == names


@pytest.mark.parametrize("name", ["$(shell touch x)", "`touch x`", "$$HOME; touch x", "-rf", 'a "b\'s" слово', ""])
def test_make_hands_names_on_as_they_are(name: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    program = tmp_path / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nprintf '<%s>' \"$@\"\n")
    program.chmod(0o755)
    (tmp_path / "requirements").mkdir()
    for old in ("pyproject.toml", "requirements/site.txt", "requirements/install.py"):
        (tmp_path / old).touch()
        os.utime(tmp_path / old, (0, 0))
    (tmp_path / ".venv" / ".site-ready").touch()
    inherited = {one: value for one, value in os.environ.items() if not one.startswith("MAKE")}
    asked = ["make", "-s", "new", f"KIND={name}", f"ID={name}"]
    done = subprocess.run(asked, cwd=tmp_path, env=inherited, capture_output=True, text=True, check=True)
    assert done.stdout == f"<-m><macros><new><--><{name}><{name}>"
    assert not (tmp_path / "x").exists()


def test_the_command_says_in_a_line_what_is_wrong() -> None:
    asked = [sys.executable, "-m", "macros", "new", "--", "term", "$(id)"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith('ill-formed id "$(id)"')
