"""A file for each list: every fault names its file, and what stands in a wrong place is a sentence that mends it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.data import kinds, loading
from macros.data.collections import FILES
from macros.data.data_folder import LARGEST, LISTS, read_together
from macros.data.validation import check
from macros.data.yaml_reader import BYTES_PER_EVENT, MAX_BYTES, read_bytes
from macros.exports.joined_data import joined
from macros.pages import site_check
from tests.conftest import BuiltSite
from tests.data.test_any_file import edited_bytes
from tests.samples import DATA, LEAKS, ROOT, TODAY, good, in_files, invented, real, real_tree, split
from tests.test_check_command import Done, run

EVENT = (
    "events:\n  - {id: start, date: 2020-03-05, title: Launch, text: A start, kind: meeting, sources: [launch], "
    "confidence: confirmed, checked: 2026-11-24}\n"
)


def sample() -> str:
    """Give the small file with an event in it."""
    kind = "event_kinds: [{id: meeting, label: Meetings, meaning: A start}]\n"
    return good().replace("event_kinds: []\n", kind) + EVENT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return split(sample(), tmp_path / "facts")


def faults(done: Done, folder: Path) -> list[str]:
    """Assert that a run found faults; give each as `file:line: message`, without the folder."""
    assert (done.returncode, done.stdout) == (1, "")
    *lines, count = done.stderr.splitlines()
    assert count.startswith(f"{len(lines)} fault{'' if len(lines) == 1 else 's'} in {folder}")
    found = [re.fullmatch(rf"{re.escape(str(folder))}/(.+?):(\d+):\d+: error: (.+)", line) for line in lines]
    assert None not in found, lines
    return [f"{one[1]}:{one[2]}: {one[3]}" for one in found if one]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


# --- the real data ---


def test_no_file_is_larger_than_what_the_host_searches() -> None:
    sizes = {file.name: file.stat().st_size for file in DATA.iterdir() if file.is_file()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_each_list_stands_in_the_file_of_its_name() -> None:
    shared = set(LISTS["principles.yml"])
    assert shared >= {"categories", "principles", "stakeholders", "practices", "confidences", "countries"}
    for name, file in FILES.items():
        assert file == ("principles" if name in shared else name)
        text = (DATA / f"{file}.yml").read_text(encoding="utf-8")
        assert re.findall(rf"^{name}:", text, re.MULTILINE) == [f"{name}:"]


def test_every_record_knows_its_file_and_line() -> None:
    tree = real_tree()
    lines = {file: (DATA / file).read_text(encoding="utf-8").split("\n") for file in LISTS}
    for name in kinds.COLLECTIONS:
        for index, record in enumerate(tree.data[name]):
            place = tree.position((name, index))
            assert place.file == f"data/{FILES[name]}.yml"
            line = lines[f"{FILES[name]}.yml"][place.line - 1]
            assert re.search(rf"- \{{?id: {record['id']}\b", line), (place, line)


def test_the_joined_file_says_the_same_and_is_what_the_site_hands_out(site: BuiltSite) -> None:
    assert read_bytes(real().encode(), "joined.yml").data == real_tree().data
    handed = site.folder / "data" / "principles.yml"
    assert handed.read_text(encoding="utf-8") == real()
    done = run(handed)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(handed))}: \d+ records, no faults; Français: .*\n", done.stdout)
    french = (DATA / "principles.fr.yml").read_text(encoding="utf-8").partition("\n")[2]
    assert (site.folder / "data" / "principles.fr.yml").read_text(encoding="utf-8") == french
    schema = json.loads((site.folder / "data" / "principles.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(kinds.COLLECTIONS)
    assert real().startswith(f"# yaml-language-server: $schema={'principles.schema.json'}\n")


def test_every_remark_of_the_files_is_in_the_joined_one_but_their_heads() -> None:
    for file in LISTS:
        body = (DATA / file).read_text(encoding="utf-8").partition("\n\n")[2]
        assert f"\n{body}" in real(), file


def test_the_report_tells_of_a_file_before_it_is_too_large(folder: Path) -> None:
    def told() -> list[str]:
        environment = {**os.environ, "PRINCIPLES_DATA": str(folder), "SOURCE_DATE_EPOCH": "1795564800"}
        done = subprocess.run(
            [sys.executable, "-m", "macros", "report"], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        return [line for line in done.stdout.decode().splitlines() if "KiB" in line]

    assert told() == []
    with (folder / "laws.yml").open("a", encoding="utf-8") as file:
        file.write(f"# {'x' * 100}\n" * (320 * 1024 // 103))
    size = (folder / "laws.yml").stat().st_size // 1024
    assert told() == [
        f"{folder}/laws.yml:1: this file has {size} KiB; hosts of source code search files of up to 350 KiB, so think "
        "of a way to split it"
    ]


# --- a folder, or one file ---


def test_a_folder_and_one_file_hold_the_same(folder: Path, tmp_path: Path) -> None:
    one = tmp_path / "one.yml"
    one.write_text(sample(), encoding="utf-8")
    (tmp_path / "published.txt").write_text("", encoding="utf-8")
    counts = [run(path).stdout.removeprefix(f"{path}: ") for path in (folder, one)]
    assert counts[0] == counts[1]
    assert counts[0].endswith(" records, no faults\n")
    in_force = run(PRINCIPLES_DATA=str(folder))
    assert in_force.stdout.removeprefix(f"{folder}: ") == counts[0], "the folder is in force"


def test_one_file_is_taken_from_a_folder_in_which_it_is_alone(tmp_path: Path) -> None:
    (tmp_path / "principles.yml").write_text(sample().replace("kind: meeting", "kind: meetings"), encoding="utf-8")
    (tmp_path / "published.txt").write_text("", encoding="utf-8")
    (line,) = faults(run(tmp_path), tmp_path)
    assert re.match(r"principles\.yml:\d+: unknown event kind 'meetings'", line)


def test_one_file_of_several_is_not_checked_without_the_others(folder: Path) -> None:
    for name in ("principles.yml", "events.yml"):
        assert faults(run(folder / name), folder) == [
            f"{name}:1: this file is one of several that are checked together; name {folder}"
        ]


def test_a_second_language_lies_in_the_folder(folder: Path) -> None:
    (folder / "principles.fr.yml").write_text("principles:\n  gone: {title: Un}\n", encoding="utf-8")
    (line,) = faults(run(folder), folder)
    assert line.startswith("principles.fr.yml:2: no record has the id 'gone'")


# --- faults ---


def test_faults_name_their_files_and_one_run_reports_all(folder: Path) -> None:
    change(folder / "events.yml", "sources: [launch]", "sources: [lunch]")
    change(folder / "principles.yml", "phrase: seek to 3\n    ", "phrase: seek to 3\n        extra: 1\n    ")
    change(folder / "sources.yml", "    licence: Licence of the launch\n", "")
    text = (folder / "principles.yml").read_text(encoding="utf-8")
    line = text[: text.index("extra: 1")].count("\n") + 1
    assert faults(run(folder), folder) == [
        "events.yml:4: unknown source 'lunch'; did you mean 'launch'?",
        f"principles.yml:{line}: unknown field 'extra'; known ones are: sources, ours, id, former_ids, phrase, "
        "kind, meaning, confidence",
        "sources.yml:4: 'licence' is missing in this source; add it, such as 'Licence of the overview'",
    ]


def test_the_count_names_the_one_file_with_faults(folder: Path) -> None:
    change(folder / "events.yml", "sources: [launch]", "sources: [lunch]")
    assert run(folder).stderr.endswith(f"\n1 fault in {folder}/events.yml\n")
    change(folder / "sources.yml", "    licence: Licence of the launch\n", "")
    assert run(folder).stderr.endswith(f"\n2 faults in {folder}\n")


def test_a_list_in_a_wrong_file_is_led_home(folder: Path) -> None:
    with (folder / "laws.yml").open("a", encoding="utf-8") as file:
        file.write(EVENT.replace("id: start", "id: other"))
    assert faults(run(folder), folder) == [
        f"laws.yml:4: the list 'events' stands in {folder}/events.yml too; move these records there and delete it here"
    ]
    (folder / "events.yml").write_text("# Nothing.\nfigures: []\n", encoding="utf-8")
    assert faults(run(folder), folder) == [
        f"events.yml:2: the list 'figures' stands in {folder}/figures.yml too; move these records there and "
        "delete it here",
        f"laws.yml:4: the list 'events' belongs into {folder}/events.yml; move it there",
    ]


def test_a_list_of_no_kind_is_reported_in_each_file(folder: Path) -> None:
    for name in ("events.yml", "laws.yml"):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("evens: []\n")
    assert faults(run(folder), folder) == [
        "events.yml:5: unknown collection 'evens'; did you mean 'events'?",
        "laws.yml:4: unknown collection 'evens'; delete it",
    ]


def test_a_missing_file_is_one_fault(folder: Path) -> None:
    for name, first in (("services.yml", "services"), ("sources.yml", "sources"), ("principles.yml", "confidences")):
        kept = (folder / name).read_bytes()
        (folder / name).unlink()
        assert faults(run(folder), folder) == [
            f"{name}:1: there is no such file; put it back, or write one with `{first}:` and its records"
        ]
        (folder / name).write_bytes(kept)


def test_a_file_without_its_list_is_one_fault(folder: Path) -> None:
    for content, message in (
        ("", "the file is empty; it must hold `events:`"),
        ("# A remark.\n", "the file is empty; it must hold `events:`"),
        ("- {id: start}\n", "a list stands where `events:` belongs; write that line above the records"),
        ("text\n", "text ('text') stands where `events:` belongs; write that line above the records"),
    ):
        (folder / "events.yml").write_text(content, encoding="utf-8")
        assert faults(run(folder), folder) == [f"events.yml:1: {message}"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("event.yml", "no list has a file of this name, so nothing in it is read; did you mean 'events.yml'?"),
        ("events.yaml", "this file has another name, so nothing in it is read; rename it events.yml"),
        ("Laws.YML", "this file has another name, so nothing in it is read; rename it laws.yml"),
        ("principles.de.yml", "no list has a file of this name, so nothing in it is read; did you mean "),
        ("zzz.yml", "no list has a file of this name, so nothing in it is read; known ones are: principles.yml, "),
    ],
)
def test_a_file_of_an_unknown_name_is_a_fault(folder: Path, name: str, message: str) -> None:
    (folder / name).write_text("events: []\n", encoding="utf-8")
    (line,) = faults(run(folder), folder)
    assert line.startswith(f"{name}:1: {message}")


def test_what_is_no_data_file_may_lie_there(folder: Path) -> None:
    for name in (".events.yml.swp", ".hidden.yml", "events.yml~", "README.md", "events.yml.orig"):
        (folder / name).write_text("Not data\n", encoding="utf-8")
    (folder / "schema").mkdir()
    assert run(folder).returncode == 0


def test_a_file_that_cannot_be_read_says_nothing_false_of_the_others(folder: Path) -> None:
    (folder / "sources.yml").write_text("sources:\n  - id: launch\n    title: One: two\n", encoding="utf-8")
    change(folder / "events.yml", "title: Launch", "titel: Launch")
    first, second, third = faults(run(folder), folder)
    assert first == "events.yml:4: 'title' is missing in this event; add it"
    assert second == "events.yml:4: unknown field 'titel'; did you mean 'title'?"
    assert third.startswith("sources.yml:3: a colon followed by a space stands inside this text")


# --- hostile folders ---


def test_nothing_is_read_from_outside_the_folder(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret.yml"
    outside.write_text("events:\n  - {id: a-secret}\n", encoding="utf-8")
    inside = ROOT / "README.md"
    for target in (outside, folder / "laws.yml", tmp_path / "nowhere", Path("/dev/zero"), tmp_path):
        (folder / "events.yml").unlink()
        (folder / "events.yml").symlink_to(target)
        done = run(folder)
        assert faults(done, folder) == [
            "events.yml:1: this is a link, a folder or the like, and is not read; put the file itself here"
        ]
        assert "secret" not in done.stderr.replace(str(outside), "")
    (folder / "events.yml").unlink()
    (folder / "events.yml").write_text(EVENT, encoding="utf-8")
    for name, target in (("principles.fr.yml", outside), ("principles.fr.yml", inside), ("published.txt", outside)):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
        assert faults(run(folder), folder) == [
            f"{name}:1: this is a link, a folder or the like, and is not read; put the file itself here"
        ]
        (folder / name).unlink()


def test_what_is_no_file_does_not_hold_up_the_check(folder: Path) -> None:
    (folder / "events.yml").unlink()
    os.mkfifo(folder / "events.yml")
    (folder / "laws.yml").unlink()
    (folder / "laws.yml").mkdir()
    message = "this is a link, a folder or the like, and is not read; put the file itself here"
    assert faults(run(folder), folder) == [f"events.yml:1: {message}", f"laws.yml:1: {message}"]


def test_the_files_together_may_be_as_large_as_one(folder: Path) -> None:
    files = [file for file in LISTS if file != "principles.yml"]
    for file in files:
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text + f"# {'x' * 100}\n" * (MAX_BYTES // len(files) // 103 + 300), encoding="utf-8")
    found = faults(run(folder), folder)
    (late,) = (file for file in files if found[0].startswith(f"{file}:"))
    assert late in files[-4:]
    said = "something was pasted that does not belong here"
    assert found == [f"{late}:1: with this file the data is larger than {MAX_BYTES / 1_000_000:g} MB; {said}"]


def test_the_files_together_may_hold_as_much_as_one(folder: Path) -> None:
    most = MAX_BYTES // BYTES_PER_EVENT
    for file in ("announcement.yml", "figures.yml", "laws.yml"):
        (folder / file).write_text(f"{file.removesuffix('.yml')}: [{'[],' * (most // 5)}[]]\n", encoding="utf-8")
    found = [line for line in faults_of_many(run(folder)) if "too many values" in line]
    assert len(found) == 1


def faults_of_many(done: Done) -> list[str]:
    """Give the lines of a run with more faults than are told."""
    assert done.returncode == 1
    return done.stderr.splitlines()


FILES_OF_SAMPLE = in_files(sample())


@st.composite
def edited_folders(draw: st.DrawFn) -> dict[str, bytes]:
    """Give the files of a folder after some slips of the hand: in a file, or in how files lie."""
    files = {name: text.encode() for name, text in FILES_OF_SAMPLE.items()}
    for _ in range(draw(st.integers(1, 3))):
        name, other = (draw(st.sampled_from(sorted(files))) for _ in range(2))
        match draw(st.sampled_from(["edit", "edit", "delete", "rename", "exchange", "append"])):
            case "edit":
                files[name] = draw(edited_bytes([files[name].decode("utf-8", "replace")]))
            case "delete" if len(files) > 1:
                del files[name]
            case "rename":
                files[
                    draw(st.sampled_from(["event.yml", "Sources.yml", "x.yaml", "principles.de.yml", "\udc80.yml"]))
                ] = files.pop(name)
            case "exchange":
                files[name], files[other] = files[other], files[name]
            case "append":
                files[name] += files[other]
    return files


@given(edited_folders())
@invented(60)
def test_no_slip_in_a_folder_ends_in_a_traceback(files: dict[str, bytes]) -> None:
    tree = read_together("facts", files, lambda name, limit: files[name][: limit + 1])
    outcome = check(tree, TODAY, ["/principles/4/", "/sources/#x"])
    assert (outcome.document is None) == bool(outcome.faults)
    for fault in outcome.faults:
        folder, _, name = fault.position.file.partition("/")
        assert folder == "facts"
        lines = files.get(name, b"").decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
        assert 1 <= fault.position.line <= len(lines), fault
        assert 1 <= fault.position.column <= len(lines[fault.position.line - 1]) + 1, fault
        assert not any(leak in fault.message for leak in LEAKS), fault
    places = [fault.position for fault in outcome.faults]
    assert places == sorted(places, key=lambda place: (place.file, place))
    for line in site_check.report(tree, outcome.faults):
        assert line.isprintable()


def test_reading_the_joined_text_again_gives_the_same_text(folder: Path) -> None:
    text = joined(loading.trees(folder)[0])
    again = split(text, folder.parent / "again")
    assert joined(loading.trees(again)[0]) == text
