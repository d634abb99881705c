"""Data compared with what it was before: in a commit, in one file, in another folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data.test_data_folder import change, sample
from tests.samples import ROOT, split


def git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


def compared(base: str | Path, data: Path) -> str:
    """Compare data with what was before; give what the command says."""
    environment = {"PRINCIPLES_DATA": str(data), "SOURCE_DATE_EPOCH": "1795564800", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "macros", "diff", str(base)],
        cwd=ROOT,
        env={**{name: value for name, value in os.environ.items() if not name.startswith("GIT_")}, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The data folder of a checkout: one file in its first commit, a file for each list in the second."""
    data = tmp_path / "checkout" / "data"
    data.mkdir(parents=True)
    git(data.parent, "init", "--quiet", "--initial-branch=main")
    (data / "principles.yml").write_text(sample(), encoding="utf-8")
    (data / "published.txt").write_text("", encoding="utf-8")
    git(data.parent, "add", ".")
    git(data.parent, "commit", "--quiet", "-m", "One file")
    split(sample(), data)
    git(data.parent, "add", ".")
    git(data.parent, "commit", "--quiet", "-m", "A file for each list")
    return data


def test_a_commit_with_one_file_is_compared_with_the_files_of_today(checkout: Path) -> None:
    assert compared("HEAD~1", checkout).startswith("## No record changed.\n")
    change(checkout / "events.yml", "title: Launch", "title: Begin")
    for base in ("HEAD", "HEAD~1"):
        said = compared(base, checkout)
        assert said.startswith("## 1 record changed, none added, none removed\n")
        assert re.search(
            rf"^#### `Begin` \(`start`\): changed, line 4 of `{re.escape(str(checkout))}/events\.yml`$",
            said,
            re.MULTILINE,
        )


def test_what_is_removed_is_named_by_the_file_in_which_it_was(checkout: Path) -> None:
    (checkout / "events.yml").write_text("events: []\n", encoding="utf-8")
    said = compared("HEAD", checkout)
    assert f"removed, was at line 4 of `HEAD:{checkout}/events.yml`" in said
    line = sample()[: sample().index("- {id: start")].count("\n") + 1
    assert f"removed, was at line {line}\n" in compared("HEAD~1", checkout)


def test_a_commit_that_has_not_every_file_of_today_can_be_compared(checkout: Path) -> None:
    git(checkout, "rm", "--quiet", "lessons.yml", "events.yml")
    git(checkout, "commit", "--quiet", "-m", "Fewer")
    split(sample(), checkout)
    assert "0 records" not in compared("HEAD", checkout)
    assert "- Events: No records changed, 1 added, none removed" in compared("HEAD", checkout)


def test_another_folder_or_file_can_be_compared(checkout: Path, tmp_path: Path) -> None:
    other = split(sample().replace("title: Launch", "title: Begin"), tmp_path / "other")
    (other / "laws.yml").unlink()
    one = tmp_path / "one.yml"
    one.write_text(sample(), encoding="utf-8")
    assert "- Events: 1 record changed" in compared(other, checkout)
    assert compared(one, checkout).startswith("## No record changed.\n")
