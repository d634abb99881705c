"""Makes what make needs: `python3 requirements/install.py site | test | zensical | programs`.

Two at once wait for each other. An environment that an interrupted run left half made is noticed and made anew; no
stamp is set before everything is there. Needs nothing but Python itself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # only systems without `make` lack it
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
OWN = Path(".venv")
OTHER = Path(".venv-zensical")

STAMPS = {
    "site": (OWN / ".site-ready", ("requirements/site.txt", "pyproject.toml", "requirements/install.py")),
    "test": (OWN / ".test-ready", ("requirements/test.txt", "pyproject.toml", "requirements/install.py")),
    "zensical": (OTHER / ".ready", ("requirements/zensical.txt", "requirements/install.py")),
    "programs": (OWN / ".browser-ready", ("tests/browser/install.sh", "tests/nginx/install.sh", OWN / ".test-ready")),
}
"""Per thing to make, the stamp that says that it is there, and the files that must not be newer."""

WHOLE = """
import sys, sysconfig
from importlib.metadata import distributions

names = set()
for one in distributions(path=sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})):
    names.add(one.metadata["Name"].lower())
    files = [file for file in one.files if file.suffix != ".pyc"]
    if not all(file.locate().exists() for file in files):
        sys.exit(1)
sys.exit("pip" not in names)
"""
"""Fails where a package lacks its list of files, which is written last, or one of these; or where pip is not there."""


def main(what: str) -> int:
    """Make one thing, unless it is there; returns the exit status."""
    os.chdir(ROOT)
    with _alone():
        if _ready(what):  # whoever was waited for has made it
            return 0
        if what == "programs":
            status = _run(["sh", "tests/browser/install.sh", OWN / "bin" / "python"]) or _run(
                ["sh", "tests/nginx/install.sh"]
            )
        else:
            status = _installed(what)
        if status == 0:
            STAMPS[what][0].touch()
    return status


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other make installs into this folder."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("another make is installing; waiting until it has ended", file=sys.stderr, flush=True)
                fcntl.flock(folder, fcntl.LOCK_EX)
            except OSError:  # a disk of the network that knows no locks
                pass
        yield
    finally:
        os.close(folder)


def _ready(what: str) -> bool:
    stamp, needs = STAMPS[what]
    if not stamp.exists() or _runs(stamp.parent) != 0:
        return False
    return all(Path(file).stat().st_mtime_ns <= stamp.stat().st_mtime_ns for file in needs)


def _installed(what: str) -> int:
    folder = STAMPS[what][0].parent
    if _runs(folder, "-I", "-c", WHOLE) != 0:
        made = _made(folder)
        if made != 0:
            return made
    # What the tests need holds all that the site needs, in the same versions.
    if what != "site" or not _ready("test"):
        status = _pip(folder, "--require-hashes", "-r", f"requirements/{what}.txt")
        if status != 0:
            return status
    return 0 if folder == OTHER else _pip(folder, "--no-deps", "--no-build-isolation", "--editable", ".")


def _made(folder: Path) -> int:
    """Make an environment, in place of what an interrupted run left of one."""
    if folder.is_symlink() or folder.is_file():
        print(f"{folder} is no folder of this checkout; take it away, then try again", file=sys.stderr)
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)  # this very program may be in what was taken away
    status = _run([base, "-m", "venv", folder])
    if status != 0:
        shutil.rmtree(folder, ignore_errors=True)
        print(
            "Python cannot make an environment; on Debian and Ubuntu: apt-get install python3-venv",
            file=sys.stderr,
        )
    return status


def _pip(folder: Path, *arguments: str) -> int:
    return _runs(folder, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments, quiet=False)


def _runs(folder: Path, *arguments: str, quiet: bool = True) -> int:
    """Run an environment's Python; gives its exit status, 127 where there is none."""
    return _run([folder / "bin" / "python", *(arguments or ("-c", ""))], quiet)


def _run(command: list[str | Path], quiet: bool = False) -> int:
    shown = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, stderr=shown, stdout=shown, check=False).returncode  # noqa: S603
    except OSError:
        return 127


if __name__ == "__main__":
    if sys.argv[1:] not in [[name] for name in STAMPS]:
        sys.exit(f"name what to install: {', '.join(STAMPS)}")
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit("stopped before the end; the same command mends it")
