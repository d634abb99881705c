"""What the weekly check of links makes of its findings, and the list for the day somebody reads a text: commands."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.samples import called, good

Done = subprocess.CompletedProcess[str]

DEAD = {"text": "404 Not Found", "code": 404}


def macros(tmp_path: Path, *arguments: str | Path, text: str | None = None) -> Done:
    """Run a command on the small file, or on `text`."""
    data = tmp_path / "sample.yml"
    data.write_text(text or good(), encoding="utf-8")
    (tmp_path / "published.txt").write_text("", encoding="utf-8")
    return called(*arguments, PRINCIPLES_DATA=str(data), SOURCE_DATE_EPOCH="1795564800")


def found(tmp_path: Path, lychee: Any) -> Path:
    file = tmp_path / "links.json"
    file.write_text(lychee if isinstance(lychee, str) else json.dumps(lychee), encoding="utf-8")
    return file


def lychee(**maps: Any) -> dict[str, Any]:
    """Give what lychee 0.24 writes with `--format json`, shortened."""
    empty: dict[str, Any] = {"success_map": {}, "error_map": {}, "timeout_map": {}, "excluded_map": {}}
    return {"total": 3, "unique": 3, "errors": 1, **empty, **maps, "duration": {"secs": 0, "nanos": 0}}


def answer(url: str, **status: Any) -> dict[str, Any]:
    return {"url": url, "status": status or DEAD, "span": {"line": 1, "column": 1}}


def test_a_dead_source_is_named_with_its_line_and_the_copy_nearest_to_its_day(tmp_path: Path) -> None:
    file = found(
        tmp_path,
        lychee(
            # Lychee gives addresses as browsers do: with a slash after the host.
            error_map={"data/sources.yml": [answer("https://launch.example/")]},
            timeout_map={"addresses-in-pages.txt": [answer("https://other.example/a", text="Timeout")]},
        ),
    )
    done = macros(tmp_path, "links", file)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.split("\n")
    assert lines[0] == "2 links lead nowhere."
    line = good()[: good().index("- id: launch")].count("\n") + 1
    assert lines[4:-1] == [
        "- `https://launch.example/`: `404 Not Found`",
        f"  - `{tmp_path / 'sample.yml'}:{line}`: the source `launch`",
        "  - archived copy, nearest to 2026-11-24, if there is one: "
        "https://web.archive.org/web/20261124/https://launch.example",
        "",
        "- `https://other.example/a`: `Timeout`",
        "  - in `addresses-in-pages.txt`",
    ]


def test_a_copy_that_somebody_saw_is_proposed_first(tmp_path: Path) -> None:
    seen = "https://web.archive.org/web/20200305120000/https://launch.example"
    text = good().replace("url: https://launch.example\n", f"url: https://launch.example\n    archived: {seen}\n")
    file = found(tmp_path, lychee(error_map={"data/sources.yml": [answer("https://launch.example/")]}))
    done = macros(tmp_path, "links", file, text=text)
    assert f"  - archived copy, as given: {seen}\n" in done.stdout
    assert done.stdout.startswith("1 link leads nowhere.\n")


def test_older_words_of_the_checker_are_understood_and_nothing_of_it_is_markup(tmp_path: Path) -> None:
    status = {"text": "Failed: `a`\n# <b>", "details": "certificate has expired"}
    file = found(tmp_path, {"fail_map": {"a.txt": [answer("https://a.example/`x`", **status)]}})
    done = macros(tmp_path, "links", file)
    assert "- `https://a.example/'x'`: `Failed: 'a' # <b>: certificate has expired`\n" in done.stdout


def test_nothing_dead_is_nothing_said(tmp_path: Path) -> None:
    done = macros(tmp_path, "links", found(tmp_path, lychee()))
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"error_map": []}'])
def test_what_is_not_from_the_checker_is_refused(text: str, tmp_path: Path) -> None:
    done = macros(tmp_path, "links", found(tmp_path, text))
    assert (done.returncode, done.stdout) == (2, "")
    assert "links.json is not " in done.stderr
    assert macros(tmp_path, "links", tmp_path / "none.json").returncode == 2


def test_the_list_of_what_is_unread_has_the_lines_of_the_file_in_force(tmp_path: Path) -> None:
    done = macros(tmp_path, "stale", "--principle", "3", "--principle", "4", "5")
    assert (done.returncode, done.stderr) == (0, "")
    heads = [line for line in done.stdout.splitlines() if "change this line first" in line]
    assert [head.split(": ")[1] for head in heads] == [f"principle {number} is confirmed" for number in (3, 4, 5)]
    wrong = macros(tmp_path, "stale", "--principle", "12")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "there is no principle 12; the numbers are 1 to 11\n"
