"""Which folders a build takes, what stays in them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.build import folders, publishing
from macros.generators import mkdocs_commands
from tests.conftest import ROOT
from tests.samples import called

OLD_MARK = "# Made by macros/build/publishing.py. No two rules that fit one address give the same header."
"""The first line of `_headers` in every site that was ever built; sites of the first release are known by it."""


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def read(folder: Path) -> dict[str, str]:
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items()}


NEW = {"_headers": f"{OLD_MARK}\n/new", "index.html": "new", "a/index.html": "new", "assets/site.1.css": "new"}
OLD = {"_headers": OLD_MARK, "index.html": "old", "gone/index.html": "old", "assets/site.0.css": "old"}
DOTTED = {".nojekyll": "", ".git/config": "mine", ".well-known/security.txt": "mine", "gone/.htaccess": "mine"}


def build(folder: Path, files: dict[str, str] = NEW) -> int:
    """Build with a generator that writes a few files."""
    return mkdocs_commands.build(folder, generator=lambda new: 0 if write(new, files) else 1)


def alone(folder: Path) -> bool:
    """Whether nothing of the build is left beside a folder."""
    return not [path for path in folder.parent.iterdir() if path.name.startswith(f".{folder.name}.")]


# --- which folder ----------------------------------------------------------------------------------------------------


def test_sites_of_this_and_of_the_first_release_are_known() -> None:
    made = publishing.headers(["index.html"], "x")
    assert made.startswith(OLD_MARK)
    assert made.encode().startswith(folders.MARK)
    assert folders.MARK_FILE == publishing.HEADERS


def test_every_folder_in_git_is_kept() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name.split("/")[0] for name in listed.split("\0") if "/" in name} <= set(folders.KEPT)


@pytest.mark.parametrize("kept", [*folders.KEPT, "docs/assets", "docs/a-new-one", "macros/locale/fr", ".", "..", ""])
def test_no_folder_of_the_checkout_is_built_into(
    kept: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    there = sorted(path.name for path in ROOT.iterdir())
    assert build(Path(kept)) == 1
    said = capsys.readouterr().err
    assert "name a new or an empty folder (for a site: make site SITE=folder)" in said
    assert said.count("\n") == 1
    assert sorted(path.name for path in ROOT.iterdir()) == there
    assert not (ROOT / "docs" / "a-new-one").exists()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (
            lambda top: write(top / "x", {"thesis.odt": "mine"}),
            "holds other files than a site of ours, such as thesis.odt",
        ),
        (lambda top: write(top / "x", {"_headers": "/*\n  A: b", "index.html": ""}), "holds other files than a site"),
        (lambda top: write(top, {"x": "a file"}) / "x", "is a file"),
        (lambda top: write(top, {"x": "a file"}) / "x" / "y", "lies in a file (x)"),
        (lambda top: Path("/"), "is the root of all files"),
        (lambda top: top / "home", "is your home folder or holds it"),
        (lambda top: top, "is your home folder or holds it"),
        (lambda top: ROOT, "is this checkout or holds it"),
        (lambda top: linked(top / "x", ROOT / "docs"), "belongs to this checkout"),
        (lambda top: linked(top / "x", top / "home"), "is your home folder"),
        (lambda top: linked(top / "x", top / "x"), "cannot be used"),
    ],
)
def test_nothing_of_anybody_is_built_over(
    make: Callable[[Path], Path],
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = make(tmp_path)
    before = read(tmp_path)
    assert build(folder) == 1
    assert why in capsys.readouterr().err
    assert read(tmp_path) == before


def linked(link: Path, place: Path) -> Path:
    link.symlink_to(place)
    return link


# --- what stays ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [None, {}, DOTTED, OLD, {**OLD, **DOTTED}])
@pytest.mark.parametrize("name", ["site", 'a site\'s "new" $HOME', "-site", "сайт"])
def test_a_site_takes_the_place_of_the_old_one_and_dot_names_stay(
    before: dict[str, str] | None, name: str, tmp_path: Path
) -> None:
    folder = tmp_path / "top" / name
    if before is not None:
        folder.mkdir(parents=True)
        write(folder, before)
    assert build(folder) == 0
    assert read(folder) == {**NEW, **{kept: text for kept, text in (before or {}).items() if kept in DOTTED}}
    assert alone(folder)


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    write(tmp_path / "disk" / "real", {**OLD, **DOTTED})
    link = linked(tmp_path / "site", tmp_path / "disk" / "real")
    assert build(link) == 0
    assert link.is_symlink()
    assert read(tmp_path / "disk" / "real") == {**NEW, **DOTTED}
    waiting = linked(tmp_path / "later", tmp_path / "disk" / "not-yet")
    assert build(waiting) == 0
    assert waiting.is_symlink()
    assert read(tmp_path / "disk" / "not-yet") == NEW


def test_a_link_in_an_old_site_is_taken_away_and_not_what_it_leads_to(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"thesis.odt": "mine"})
    write(tmp_path / "site", OLD)
    linked(tmp_path / "site" / "gone" / "more", tmp_path / "elsewhere")
    assert build(tmp_path / "site") == 0
    assert read(tmp_path / "site") == NEW
    assert read(tmp_path / "elsewhere") == {"thesis.odt": "mine"}


@pytest.mark.parametrize("left", [".site.new", ".site.old"])
def test_what_has_the_names_that_a_build_needs_is_not_taken_away(
    left: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "site", OLD)
    write(tmp_path / left, {"thesis.odt": "mine"})
    assert build(tmp_path / "site") == 1
    assert f"{left} is in the way and holds no site of ours; move it elsewhere" in capsys.readouterr().err
    assert read(tmp_path / left) == {"thesis.odt": "mine"}
    assert read(tmp_path / "site") == OLD


def test_a_build_that_was_ended_between_two_steps_is_mended(tmp_path: Path) -> None:
    """The power may go when the old site has made room, or when the new one is there and dot names are not yet."""
    write(tmp_path / ".site.old", {**OLD, **DOTTED})
    write(tmp_path / ".site.new", {"assets/half": ""})
    assert mkdocs_commands.build(tmp_path / "site", generator=lambda new: 1) == 1
    assert read(tmp_path) == {f"site/{name}": text for name, text in {**OLD, **DOTTED}.items()}
    shutil.rmtree(tmp_path / "site" / "gone")
    shutil.move(tmp_path / "site" / ".git", write(tmp_path / ".site.old", OLD))
    assert build(tmp_path / "site") == 0
    kept = {name: text for name, text in DOTTED.items() if not name.startswith("gone/")}
    assert read(tmp_path) == {f"site/{name}": text for name, text in {**NEW, **kept}.items()}


# --- make ------------------------------------------------------------------------------------------------------------

TELLING = """#!/bin/sh
case "$1" in -c) exit 0 ;; esac
for one; do printf '%s\\n' "$one"; done >"$(dirname "$0")/asked"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose Python writes down what it is asked, so that nothing is built."""
    folder = tmp_path / "checkout"
    (folder / "macros" / "build").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(ROOT / "macros" / "build" / "folders.py", folder / "macros" / "build")
    write(folder, {"pyproject.toml": "", **{f"requirements/{name}": "" for name in ("site.txt", "zensical.txt")}})
    write(folder, {"requirements/install.py": "", ".venv/bin/python": TELLING})
    (folder / ".venv" / "bin" / "python").chmod(0o755)
    time.sleep(0.01)
    write(folder, {".venv/.site-ready": "", ".venv-zensical/.ready": ""})
    return folder


def make(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments],
        cwd=checkout,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("name", ['../a site\'s "new" one', "`touch x`", "$$HOME; touch x", "-rf", "сайт", ""])
def test_make_hands_any_name_over_as_it_is(checkout: Path, name: str, engine: str) -> None:
    done = make(checkout, "site", f"SITE={name}", f"ENGINE={engine}", SITE="other", STAGED="other")
    assert done.returncode == 0, done.stderr
    asked = (checkout / ".venv" / "bin" / "asked").read_text(encoding="utf-8").splitlines()
    assert asked[:3] == ["-m", "macros.generators.mkdocs_commands", "build"]
    assert asked[-2:] == ["--", name]
    assert ("--staged=.staged" in asked) == (engine == "zensical")
    assert not (checkout / "x").exists()


@pytest.mark.parametrize("options", [(), ("-e",)])
def test_make_takes_no_folder_from_the_environment(checkout: Path, options: tuple[str, ...], tmp_path: Path) -> None:
    thesis = write(tmp_path / "thesis", {"thesis.odt": "mine", "_headers": OLD_MARK})
    names = dict.fromkeys(("SITE", "STAGED", "VENV", "ZENSICAL", "BIN"), str(thesis))
    done = make(checkout, *options, "site", **names)
    assert done.returncode == 0, done.stderr
    assert (checkout / ".venv" / "bin" / "asked").read_text(encoding="utf-8").splitlines()[-1] == "site"
    done = make(checkout, *options, "clean", **names)
    assert done.returncode == 0, done.stderr
    assert read(thesis) == {"thesis.odt": "mine", "_headers": OLD_MARK}
    assert not (checkout / ".venv").exists()
    assert not (checkout / ".venv-zensical").exists()


def test_make_clean_takes_away_what_is_ours_and_says_what_stays(checkout: Path, tmp_path: Path) -> None:
    write(checkout / "site", OLD)
    write(checkout / ".staged", {"mkdocs.yml": "# Written by `python -m macros stage`, which", "docs/index.md": ""})
    write(checkout / ".site.new", {"assets/x": ""})
    done = make(checkout, "clean")
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in checkout.iterdir()} == {"Makefile", "macros", "pyproject.toml", "requirements"}
    other = write(tmp_path / "a site", {**OLD, **DOTTED})
    done = make(checkout, "clean", f"SITE={other}")
    assert done.returncode == 0, done.stderr
    assert f"{other}/.git stays" in done.stdout
    assert read(other) == DOTTED
    thesis = write(tmp_path / "thesis", {"thesis.odt": "mine"})
    for name, value in (("SITE", thesis), ("STAGED", thesis), ("SITE", checkout), ("STAGED", checkout / "macros")):
        done = make(checkout, "clean", f"{name}={value}")
        assert done.returncode != 0
        assert len(done.stderr.splitlines()) == 2  # the sentence, and make's own
    assert read(thesis) == {"thesis.odt": "mine"}
    assert (checkout / "macros" / "build" / "folders.py").exists()


# --- the folders of the other generator ------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["stage", "complete"])
@pytest.mark.parametrize("kept", ["docs", ".", "theme/partials"])
def test_no_folder_of_the_checkout_is_staged_into_or_completed(command: str, kept: str) -> None:
    def there() -> dict[Path, int]:
        """Give all but what other builds write meanwhile."""
        return {path: path.stat().st_mtime_ns for path in (ROOT / kept).iterdir() if path.name != ".cache"}

    before = there()
    done = called(command, kept)
    assert done.returncode == 1
    assert re.search(r"checkout( or holds it)?; name a new or an empty folder", done.stderr)
    assert there() == before


def test_a_site_of_somebody_else_is_not_completed(tmp_path: Path) -> None:
    site = write(tmp_path, {"index.html": "<article>", "assets/images/me.png": "mine", "search.json": "mine"})
    before = read(site)
    done = subprocess.run(
        [sys.executable, "-m", "macros", "complete", str(site)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "was not made from what `python -m macros stage` wrote" in done.stderr
    assert read(site) == before


def test_emptying_a_folder_leaves_what_begins_with_a_dot(tmp_path: Path) -> None:
    folder = write(tmp_path / "x", {**OLD, **DOTTED})
    outside = write(tmp_path / "outside", {"a": "mine"})
    linked(folder / "link", outside)
    linked(folder / "gone" / "link", outside)
    assert {path.as_posix() for path in folders.empty(folder)} == {".nojekyll", ".git", ".well-known", "gone/.htaccess"}
    assert read(folder) == DOTTED
    assert read(outside) == {"a": "mine"}
