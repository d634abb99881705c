"""`python -m macros check` from outside, as `make check` and the workflows run it."""

from __future__ import annotations

import gc
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from macros import __main__ as command
from macros.pages import site_check
from tests.samples import BROKEN, ROOT, called, filled, good

Done = subprocess.CompletedProcess[str]


def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> Done:
    """Run the command; dates of the samples are past, whatever the clock of this machine says.

    Where neither the folder nor the terminal is another, it is called within this process.
    """
    if cwd == ROOT and "PYTHONIOENCODING" not in environment:
        return called("check", *arguments, **{"SOURCE_DATE_EPOCH": "1795564800", **environment})
    known = {name: value for name, value in os.environ.items() if name != "PRINCIPLES_DATA"}
    stamp = {"SOURCE_DATE_EPOCH": "1795564800"}  # 2026-11-25
    done = subprocess.run(
        [sys.executable, "-m", "macros", "check", *map(str, arguments)],
        cwd=cwd,
        env={**known, **stamp, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def refused(done: Done, name: str | Path) -> list[str]:
    """Assert that a run found faults and said so as promised; give what is said of each."""
    assert (done.returncode, done.stdout) == (1, "")
    *lines, count = done.stderr.splitlines()
    more = re.fullmatch("and ([0-9,]+) more; mend these first", lines[-1])
    if more:
        lines.pop()
        assert len(lines) == site_check.IN_FULL
    every = len(lines) + (int(more[1].replace(",", "")) if more else 0)
    assert count == f"{every:,} fault{'' if every == 1 else 's'} in {name}"
    parts = [re.fullmatch(rf"{re.escape(str(name))}:([0-9]+):([0-9]+): error: (.+)", line) for line in lines]
    places = [(int(part[1]), int(part[2])) for part in parts if part]
    assert len(places) == len(lines) > 0
    assert places == sorted(places)
    return [part[3] for part in parts if part]


def test_a_file_without_faults_is_one_line(sample: Path) -> None:
    done = run(sample)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(sample))}: [0-9]+ records, no faults\n", done.stdout)


def test_without_a_name_the_real_data_is_checked() -> None:
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    assert re.fullmatch(r"data: \d+ records, no faults; Français: \d+ texts missing, \d+ older .*", line)


def test_a_second_language_is_checked_with_the_file_it_stands_beside(sample: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "sample.fr.yml"
    overlay.write_text("principles:\n  no-such-record:\n    title: Un titre\n", encoding="utf-8")
    (line,) = refused(run(sample), overlay)
    assert line.startswith("no record has the id 'no-such-record'")
    overlay.write_text("principles: {}\n", encoding="utf-8")
    assert re.search(r"; Français: [1-9][0-9]* texts missing, 0 older", run(sample).stdout)


def test_older_french_is_a_notice_and_no_edition(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    file = folder / "terms.yml"
    text = file.read_text(encoding="utf-8")
    changed = re.sub(r"(- id: grooming\n(?: {4}.*\n)*?    definition: >-\n {6})", r"\1Now, ", text, count=1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    done = run(folder)
    assert (done.returncode, done.stderr) == (0, "")
    notice, *_, summary = done.stdout.splitlines()
    assert re.fullmatch(
        r".*principles\.fr\.yml:[0-9]+:[0-9]+: notice: the English of terms\.grooming\.definition .+", notice
    )
    line = int(notice.partition("principles.fr.yml:")[2].split(":")[0])
    assert "definition:" in (folder / "principles.fr.yml").read_text(encoding="utf-8").splitlines()[line - 1]
    assert "1 older than their English" in summary
    done = run(folder, "--edition")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == notice.replace(": notice: ", ": error: ")
    assert run(ROOT / "data", "--edition").returncode == 0


def test_the_environment_names_another_file(sample: Path, tmp_path: Path) -> None:
    """It is the one that pages are written from, so it has the event that the first page shows."""
    text = sample.read_text(encoding="utf-8")
    text = text.replace("event_kinds: []\n", "event_kinds: [{id: meeting, label: Meetings, meaning: A start}]\n")
    text += (
        "events:\n  - {id: 2020-03-05-launch, date: 2020-03-05, title: Launch, text: A start, kind: meeting, "
        "ours: true, confidence: confirmed, checked: 2026-11-24}\n"
    )
    sample.write_text(text, encoding="utf-8")
    assert run(PRINCIPLES_DATA=str(sample)).returncode == 0
    other = tmp_path / "other.yml"
    other.write_text("", encoding="utf-8")
    assert refused(run(PRINCIPLES_DATA=str(other)), other)
    assert run(sample, PRINCIPLES_DATA=str(other)).returncode == 0, "the file that is named comes first"


def test_every_fault_is_a_line_and_the_count_the_last(tmp_path: Path) -> None:
    file = tmp_path / "everything.yml"
    file.write_text(filled((BROKEN / "everything.yml").read_text(encoding="utf-8")), encoding="utf-8")
    (tmp_path / "published.txt").write_text("", encoding="utf-8")
    assert len(refused(run(file), file)) > 60


def test_a_name_within_the_checkout_is_short_wherever_it_is_called_from(tmp_path: Path) -> None:
    refused(run("tests/broken/everything.yml"), "tests/broken/everything.yml")
    refused(run(BROKEN / "everything.yml", cwd=tmp_path), "tests/broken/everything.yml")


def test_published_addresses_stand_beside_the_file(sample: Path) -> None:
    (sample.parent / "published.txt").write_bytes(b"/principles/4/\n/stakeholders/gone/\n/sources/#\xff\n")
    first, second = refused(run(sample), sample)
    assert "the published address /stakeholders/gone/ would vanish" in first
    assert "would vanish" in second


def test_two_versions_of_the_published_addresses_are_told_at_their_lines(sample: Path) -> None:
    listed = sample.with_name("published.txt")
    listed.write_text("/a/\n<<<<<<< HEAD\n/b/\n=======\n/c/\n>>>>>>> theirs\n", encoding="utf-8")
    done = run(sample)
    *lines, count = done.stderr.splitlines()
    assert [line.split(":")[-4:-2] for line in lines] == [[number, "1"] for number in ("2", "4", "6")]
    assert all("git left this mark" in line for line in lines)
    assert count == f"3 faults in {listed}"


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    loop = tmp_path / "loop.yml"
    loop.symlink_to(loop)
    cases = {
        tmp_path / "none.yml": "there is no such file; check the name",
        tmp_path: "there is no data in this folder; name one with principles.yml and a file for each list",
        loop: "the file cannot be read: Too many levels of symbolic links",
        tmp_path / ("x" * 5000) / "x.yml": "the file cannot be read: File name too long",
    }
    for file, message in cases.items():
        assert refused(run(file), file) == [message]


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"\xff", b"\x00", b"- ", b"{{", b"a: *b", b"[" * 100_000, b"a: !!python/object:os.system x\n"],
    ids=repr,
)
def test_whatever_the_file_holds_there_is_no_traceback(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "file.yml"
    file.write_bytes(data)
    refused(run(file), file)


def test_what_a_file_holds_cannot_write_lines_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "file.yml"
    file.write_text(r'{"a\n::error::b": 1, "\e[31m\u2028c": 2, "d": 3}', encoding="ascii")
    (tmp_path / "published.txt").write_text("", encoding="utf-8")
    said = "\n".join(refused(run(file), file))
    assert r"unknown collection 'a\n::error::b'" in said
    assert r"unknown collection '\x1b[31m\u2028c'" in said


def test_any_name_and_any_terminal_will_do(sample: Path) -> None:
    odd = sample.with_name("prinzipien-\udcff-é.yml")
    odd.write_text(good(), encoding="utf-8")
    for encoding in ("ascii", "utf-8"):
        assert run(odd, PYTHONIOENCODING=encoding).returncode == 0
    (sample.parent / "published.txt").write_text("/ë/\n", encoding="utf-8")
    assert run(odd, PYTHONIOENCODING="ascii").returncode == 1


def test_a_date_is_held_against_the_real_day(sample: Path) -> None:
    sample.write_text(good().replace("date: 2020-03\n", "date: 2999-01\n"), encoding="utf-8")
    message = "2999-01 lies in the future; a date here is one that has passed"
    for stamp in ("", "0", "1795564800", "²", "9" * 40):
        assert message in refused(run(sample, SOURCE_DATE_EPOCH=stamp), sample)


def test_an_unknown_command_is_explained(tmp_path: Path) -> None:
    done = run("--wrong")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: python -m macros")


def test_commands_leave_the_program_that_calls_them_as_it_is() -> None:
    before = {number: signal.getsignal(number) for number in signal.valid_signals()}
    errors, collecting = sys.stdout.errors, gc.isenabled()
    assert command.main(["check", str(ROOT / "data")]) == 0
    assert {number: signal.getsignal(number) for number in signal.valid_signals()} == before
    assert (sys.stdout.errors, gc.isenabled()) == (errors, True)
    assert collecting


def test_a_reader_that_has_seen_enough_ends_a_command_in_silence() -> None:
    program = [sys.executable, "-m", "macros", "report"]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
