"""The moment that files bear: what SOURCE_DATE_EPOCH may be, and what stands in for it where git cannot say."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from macros import moments
from macros.data.catalogue import Catalogue
from macros.pages.site_info import stamp
from tests.conftest import ROOT, BuiltSite

WRONG = ("soon", "1795564800.5", "-5", "0x10", "1_000", "१२", "4354819200", "9" * 30, "1 2", "+5", "\u00b2")
Done = subprocess.CompletedProcess[str]


def test_what_is_a_moment_is_read_and_nothing_else() -> None:
    assert moments.read("1795564800") == moments.read(" 1795564800\n") == 1_795_564_800
    assert moments.read("0") == 0  # somebody's own word
    assert moments.read(None) is moments.read("") is moments.read(" \n") is None
    for text in WRONG:
        with pytest.raises(
            ValueError, match=r"it takes whole seconds since 1970, before 2108, such as 1795564800\. Leave"
        ):
            moments.read(text)


def test_what_nobody_gave_is_a_day_of_the_data(catalogue: Catalogue) -> None:
    for text in (None, "", *WRONG):
        assert datetime.fromtimestamp(stamp(catalogue, text), UTC).date() == catalogue.last_checked
    assert catalogue.last_checked.year >= 2026


@pytest.mark.parametrize(
    "command",
    [
        ("macros", "stage", "new"),
        ("macros", "complete", "new"),
        ("macros.generators.mkdocs_commands", "build", "new"),
        ("macros.generators.mkdocs_commands", "serve", "8000"),
        ("mkdocs", "build", "--site-dir", "new"),
    ],
    ids=" ".join,
)
def test_a_command_says_at_once_that_it_is_no_moment(command: tuple[str, ...], tmp_path: Path) -> None:
    arguments = [str(tmp_path / "new") if one == "new" else one for one in command]
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "soon", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "SOURCE_DATE_EPOCH is 'soon'; it takes whole seconds since 1970" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_file_of_a_site_bears_the_same_moment(site: BuiltSite, catalogue: Catalogue) -> None:
    expected = datetime.fromtimestamp(stamp(catalogue, os.environ.get("SOURCE_DATE_EPOCH")), UTC)
    days = set(re.findall(r"<lastmod>([^<]+)</lastmod>", (site.folder / "sitemap.xml").read_text(encoding="utf-8")))
    assert days == {expected.date().isoformat()}
    archives = [site.folder / "offline" / "principles-offline.zip", *(site.folder / "teach" / "kits").glob("*.zip")]
    assert len(archives) > 5
    for archive in archives:
        with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as whole:
            assert {entry.date_time[:3] for entry in whole.infolist()} == {expected.timetuple()[:3]}, archive.name


# --- what make gives -------------------------------------------------------------------------------------------------

DAY = 1_795_564_800
SIGNED = """tree {tree}
author A <a@b.example> {day} +0000
committer A <a@b.example> {day} +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 \x20
 iQ==
 -----END PGP SIGNATURE-----

Signed
"""
TELLING = '#!/bin/sh\nprintf "%s" "$SOURCE_DATE_EPOCH" >"$(dirname "$0")/given"\n'


def git(folder: Path, *arguments: str, text: str | None = None) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, input=text, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def repository(folder: Path) -> None:
    """Make a repository with one signed commit, and settings that show what a signature is worth."""
    git(folder, "init", "-q")
    tree = git(folder, "write-tree")
    commit = git(folder, "hash-object", "-t", "commit", "-w", "--stdin", text=SIGNED.format(tree=tree, day=DAY))
    git(folder, "update-ref", "HEAD", commit)
    program = folder / ".git" / "gpg"
    program.write_text(
        "#!/bin/sh\necho '[GNUPG:] GOODSIG 1 A'; echo 'gpg: Good signature 1234' >&2\n", encoding="utf-8"
    )
    program.chmod(0o755)
    git(folder, "config", "gpg.program", str(program))
    git(folder, "config", "log.showSignature", "true")
    assert "Good signature" in git(folder, "log", "-1", "--format=%ct"), "otherwise the test shows nothing"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("signed", str(DAY)),
        ("no repository", ""),
        ("a repository of somebody else around it", ""),
        ("no commit", ""),
        ("somebody else's folder", ""),
        ("no git", ""),
        ("given", "1600000000"),
        ("given empty", ""),
    ],
)
def test_make_gives_the_commit_s_moment_or_none(kind: str, expected: str, tmp_path: Path) -> None:
    checkout = tmp_path / "top" / "checkout"
    (checkout / ".venv" / "bin").mkdir(parents=True)
    for name in ("site.txt", "install.py"):
        (checkout / "requirements").mkdir(exist_ok=True)
        (checkout / "requirements" / name).touch()
    (checkout / "pyproject.toml").touch()
    shutil.copy(ROOT / "Makefile", checkout)
    python = checkout / ".venv" / "bin" / "python"
    python.write_text(TELLING, encoding="utf-8")
    python.chmod(0o755)
    (checkout / ".venv" / ".site-ready").touch()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "GIT_", "SOURCE_"))
    }
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    if kind in ("signed", "somebody else's folder", "no git", "given", "given empty"):
        repository(checkout)
    elif kind == "a repository of somebody else around it":
        repository(checkout.parent)
    elif kind == "no commit":
        git(checkout, "init", "-q")
    if kind == "somebody else's folder":
        environment["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"
    if kind.startswith("given"):
        environment["SOURCE_DATE_EPOCH"] = expected
    if kind == "no git":
        programs = tmp_path / "programs"
        programs.mkdir()
        for name in ("make", "sh", "dirname", "env"):
            (programs / name).symlink_to(shutil.which(name) or "")
        environment["PATH"] = str(programs)
    done = subprocess.run(["make", "check"], cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (python.parent / "given").read_text(encoding="utf-8") == expected
