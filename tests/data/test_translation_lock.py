"""The file that keeps what French was translated from: its form, what it may hold, and the command that writes it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.checkout import DATA
from macros.data import loading
from macros.data.data_folder import LARGEST
from macros.data.translation_lock import lock_text, parsed
from macros.data.yaml_reader import MAX_BYTES, MAX_FAULTS
from macros.pages import site_check
from tests.samples import called

LOCK = "principles.fr.lock"
OVERLAY = "principles.fr.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return called(*arguments, PRINCIPLES_DATA=str(folder))


def said(data: bytes) -> list[str]:
    texts, faults = parsed(data, LOCK)
    assert not (texts and faults)
    return [f"{fault.position.file}:{fault.position.line}: {fault.message}" for fault in faults]


# --- its form ---------------------------------------------------------------------------------------------------------


def test_it_is_what_the_command_writes_a_sorted_line_for_each_text() -> None:
    data = (DATA / LOCK).read_bytes()
    texts, faults = parsed(data, LOCK)
    assert faults == []
    assert lock_text(texts).encode() == data
    _, *lines = data.decode().splitlines()
    assert [line.partition(": ")[0] for line in lines] == sorted(texts)
    assert 100_000 < len(data) < LARGEST


@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}\.[a-z-]{1,4}\.[a-z_]{1,4}", fullmatch=True), st.text(max_size=30)))
def test_what_is_written_is_read_again_or_refused(texts: dict[str, str]) -> None:
    data = lock_text(texts).encode("utf-8", "surrogatepass")
    found, faults = parsed(data, LOCK)
    assert faults or found == texts


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"# a\n\xff\n", 2, "this line is not saved as UTF-8"),
        (b"\xff\xfe#\x00", 1, "this line is not saved as UTF-8"),
        (b"#\n\nno line\n", 3, "this line was not written by `make translated`"),
        (b'terms.a: "x"\n', 1, "this line was not written"),
        (b'terms.a.term: "x\n', 1, "this line was not written"),
        (b'terms.a.term: "x" \n', 1, "this line was not written"),
        (b'terms.a.term: "\\u0061"\n', 1, "this line was not written"),
        (b'terms.a.term: "\\ud800"\n', 1, "this line was not written"),
        (b"terms.a.term: " + b"[" * 100_000 + b"\n", 1, "this line was not written"),
        ('terms.a.term: "x\u202ey"\n'.encode(), 1, "this line was not written"),
        ('terms.\u0430.term: "x"\n'.encode(), 1, "this line was not written"),
        (b'terms.a.term: "x"\nterms.a.term: "x"\n', 2, "'terms.a.term' stands here twice"),
        (b'a.b.c: "x"\n<<<<<<< HEAD\na.b.d: "x"\n', 2, "git left this mark where two versions met"),
        (b"\0" * (MAX_BYTES + 1), 1, "the file is larger than 8 MB"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_nobody_but_the_command_may_write_is_a_sentence(data: bytes, line: int, message: str) -> None:
    (first, *_) = said(data)
    assert first.startswith(f"{LOCK}:{line}: {message}")
    assert "; take the file as git has it (`git checkout main -- " in first


def test_every_mark_of_git_has_its_line_and_the_lines_between_are_not_judged() -> None:
    data = b'<<<<<<< HEAD\na.b.c: "x"\n=======\na.b.c: "y"\n>>>>>>> theirs\n'
    assert [line.split(":")[1] for line in said(data)] == ["1", "3", "5"]


def test_faults_are_counted_only_so_far_and_line_ends_of_windows_do_not_matter() -> None:
    assert len(said(b"x\n" * (MAX_FAULTS * 3))) == MAX_FAULTS + 1
    assert len(said(b"=======\n" * (MAX_FAULTS * 3))) == MAX_FAULTS + 1
    assert parsed(b'#\r\na.b.c: "x"\r\n', LOCK) == ({"a.b.c": "x"}, [])


@given(st.binary(max_size=300))
def test_whatever_the_file_holds_is_a_fault_or_texts(data: bytes) -> None:
    said(data)


# --- where it lies ----------------------------------------------------------------------------------------------------


def test_a_wrong_file_is_told_by_the_check_at_its_line(folder: Path) -> None:
    file = folder / LOCK
    file.write_bytes(file.read_bytes() + b"\xe9\n")
    lines = file.read_bytes().count(b"\n")
    done = run(folder, "check")
    assert (done.returncode, done.stdout) == (1, "")
    first, count = done.stderr.splitlines()
    assert first.startswith(f"{file}:{lines}:1: error: this line is not saved as UTF-8; ")
    assert count == f"1 fault in {file}"
    assert run(folder, "translated", "--all").returncode == 1
    assert file.read_bytes().endswith(b"\xe9\n"), "what cannot be read is not written over"


def test_only_the_file_itself_is_read(folder: Path, tmp_path: Path) -> None:
    file = folder / LOCK
    outside = tmp_path / "secret"
    outside.write_text("a secret\n", encoding="utf-8")
    for target in (outside, tmp_path / "nowhere", Path("/dev/zero"), tmp_path):
        file.unlink()
        file.symlink_to(target)
        done = run(folder, "check")
        first, _ = done.stderr.splitlines()
        assert first.startswith(f"{file}:1:1: error: this is a link, a folder or the like, and is not read")
        assert run(folder, "translated", "--all").returncode == 1
        assert outside.read_text(encoding="utf-8") == "a secret\n"


def test_of_our_own_data_nothing_counts_as_translated_without_it(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / LOCK).unlink()
    _, overlays = loading.trees(folder)
    assert overlays["fr"].lock is None
    monkeypatch.setattr(loading, "DATA", folder)
    _, overlays = loading.trees(folder)
    assert overlays["fr"].lock == {}
    catalogue, _ = site_check.load(folder)
    assert catalogue is not None
    translation = catalogue.translations["fr"].translation
    assert len(translation.outdated) == len(translation.texts) > 900


def test_the_live_site_follows_it(folder: Path) -> None:
    assert loading.watched(folder) == (folder,)
    file = folder / "principles.yml"
    assert loading.watched(file) == (file, folder / OVERLAY, folder / LOCK)


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def older(folder: Path) -> Path:
    """A folder in which the English of two terms has changed by a word each."""
    file = folder / "terms.yml"
    text = file.read_text(encoding="utf-8")
    for name in ("grooming", "hash"):
        before, head, rest = text.partition(f"  - id: {name}\n")
        assert head
        text = before + head + rest.replace("    definition: >-\n      ", "    definition: >-\n      Now, ", 1)
    file.write_text(text, encoding="utf-8")
    return folder


def test_without_names_it_says_what_is_open_and_writes_nothing(older: Path) -> None:
    before = (older / LOCK).read_bytes()
    done = run(older, "translated")
    assert (done.returncode, done.stderr) == (1, "")
    first, second, last = done.stdout.splitlines()
    assert first == "terms.grooming.definition: not yet marked"
    assert second == "terms.hash.definition: not yet marked"
    assert "2 texts are not marked as translated, and nothing was written" in last
    assert "make translated ALL=1" in last
    assert (older / LOCK).read_bytes() == before


@pytest.mark.parametrize("name", ["grooming", "terms.grooming", "terms.grooming.definition"])
def test_a_name_marks_its_texts_and_no_other(older: Path, name: str) -> None:
    before = (older / LOCK).read_text(encoding="utf-8").splitlines()
    done = run(older, "translated", name)
    assert (done.returncode, done.stderr) == (0, "")
    first, last = done.stdout.splitlines()
    assert first == "terms.grooming.definition: marked as translated"
    assert last.endswith(f"{LOCK}: 1 texts marked as translated")
    after = (older / LOCK).read_text(encoding="utf-8").splitlines()
    (changed,) = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed.startswith('terms.grooming.definition: "Now, ')
    assert run(older, "translated").stdout.startswith("terms.hash.definition: not yet marked\n")


def test_all_is_marked_where_somebody_says_so_and_what_is_gone_is_left_out(older: Path) -> None:
    file = older / LOCK
    file.write_text(file.read_text(encoding="utf-8") + 'terms.gone.term: "gone"\n', encoding="utf-8")
    done = run(older, "translated", "--all")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].endswith("2 texts marked as translated; 1 texts that are gone left out")
    assert "terms.gone.term" not in file.read_text(encoding="utf-8")
    assert "0 older than their English" in run(older, "check").stdout
    written = file.stat().st_mtime_ns
    assert run(older, "translated").returncode == 0
    assert file.stat().st_mtime_ns == written


def test_a_name_that_means_nothing_marks_nothing(older: Path) -> None:
    before = (older / LOCK).read_bytes()
    done = run(older, "translated", "hash", "groming")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "no text in a second language has the name 'groming'; did you mean 'grooming'?\n"
    assert run(older, "translated", "groom").returncode == 2, "part of an id is no name"
    assert run(older, "translated", "hash", "--all").returncode == 2
    assert (older / LOCK).read_bytes() == before


def test_the_report_names_the_text_and_shows_both_versions_of_its_english(older: Path) -> None:
    lines = run(older, "report").stdout.splitlines()
    (at,) = [number for number, line in enumerate(lines) if "the English of terms.hash.definition has changed" in line]
    now = lines[at + 2].removeprefix("    it is:  ")
    assert now.startswith("Now, ")
    assert lines[at + 1] == f"    it was: {now.removeprefix('Now, ')}"
    line = int(lines[at].partition(f"{OVERLAY}:")[2].partition(":")[0])
    french = (older / OVERLAY).read_text(encoding="utf-8").splitlines()
    assert french[line - 1].startswith("    definition:")
    records = [text for text in french[:line] if text.startswith("  ") and text[2] != " "]
    assert records[-1] == "  hash:"
