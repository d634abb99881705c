"""Which folders a build may write and empty: a new one, or one that holds what is ours; nothing else is lost.

Needs nothing but Python itself, so that `make clean` can run it (`python3 -I macros/build/folders.py SITE STAGED`)
where no environment is left.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["Refused", "begun", "clear", "dotted", "empty", "for_a_site", "for_sources", "guarded", "main", "other_file"]

ROOT = Path(__file__).resolve().parents[2]
"""The checkout. `make clean` runs this file alone, so it asks no other module."""

KEPT = (
    *(".ci", ".devcontainer", ".git", ".github", ".venv", ".venv-zensical", ".vscode", "benchmarks", "data", "docs"),
    *("hosting", "macros", "requirements", "tests", "theme"),
)
"""The folders of the checkout that no build may write into: those in git, git's own, and the environments."""

MARK_FILE, MARK = "_headers", b"# Made by macros/build/publishing.py."
"""What every finished site holds, and how it begins: a folder without it is no site of ours."""

STAGED_FILE, STAGED_MARK = "mkdocs.yml", b"# Written by `python -m macros stage`"
"""The same for a folder of finished sources."""

BEGUN = ("404.html", "assets", MARK_FILE)
"""Names of which a site that was being written when the power went has at least one."""

CURE = "name a new or an empty folder (for a site: make site SITE=folder)"


class Refused(ValueError):  # noqa: N818  (it says in a sentence why a folder is not touched)
    """A folder is not to be written or emptied; its text is a sentence for whoever named it."""


# --- which folder ----------------------------------------------------------------------------------------------------


def for_a_site(folder: Path) -> Path:
    """Give the folder in which a site may be written, with links followed; raises Refused, or OSError.

    It is a new or an empty folder, or holds a site of ours. Names that begin with a dot do not count, as they are kept.
    """
    place = guarded(folder)
    strange = other_file(place, MARK_FILE, MARK)
    if strange:
        raise Refused(f"{folder} holds other files than a site of ours, such as {strange}; {CURE}")
    return place


def for_sources(folder: Path) -> Path:
    """Give the folder in which finished sources may be written, with links followed; raises Refused, or OSError."""
    place = guarded(folder)
    strange = other_file(place, STAGED_FILE, STAGED_MARK)
    if strange:
        raise Refused(f"{folder} holds other files than finished sources, such as {strange}; {CURE}")
    return place


def guarded(folder: Path) -> Path:
    """Give a folder with links followed, unless it is one that nothing may empty; raises Refused."""

    def refused(why: str) -> Refused:
        return Refused(f"{folder} {why}; {CURE}")

    try:
        place = folder.resolve()
        if place == Path(place.anchor):
            raise refused("is the root of all files")
        for part in (place, *place.parents):
            if part.exists():
                if not part.is_dir():
                    raise refused("is a file" if part == place else f"lies in a file ({part.name})")
                break
    except (OSError, RuntimeError) as error:  # a link that leads back to itself, a name too long
        raise refused(f"cannot be used ({getattr(error, 'strerror', None) or error})") from None
    for home in _homes():
        if any(_same(place, part) for part in (home, *home.parents)):
            raise refused("is your home folder or holds it")
    if any(_same(place, part) for part in (ROOT, *ROOT.parents)):
        raise refused("is this checkout or holds it")
    for kept in (ROOT / name for name in KEPT):
        if _same(kept, place):
            raise refused("belongs to this checkout")
        if any(_same(kept, part) for part in place.parents):
            raise refused(f"lies in {kept.name}/, which belongs to this checkout")
        if any(_same(place, part) for part in kept.resolve().parents):
            raise refused(f"holds {kept.name}/, which belongs to this checkout")
    return place


def _homes() -> Iterator[Path]:
    with contextlib.suppress(RuntimeError, OSError):
        yield Path.home().resolve()
    with contextlib.suppress(ImportError, KeyError, OSError):
        import pwd

        yield Path(pwd.getpwuid(os.getuid()).pw_dir).resolve()


def _same(one: Path, other: Path) -> bool:
    """Tell whether two names lead to one folder, also where a disk takes Docs for docs, or shows one folder twice."""
    try:
        return one == other or one.samefile(other)
    except OSError:  # one of them is not there
        return False


def other_file(folder: Path, name: str, mark: bytes) -> str | None:
    """Give a file of a folder that is neither marked as ours nor holds dot names alone; None where all is well."""
    if _begins(folder / name, mark):
        return None
    for place, below, files in os.walk(folder, onerror=_raise):
        links = [one for one in below if Path(place, one).is_symlink()]
        found = sorted(one for one in (*files, *links) if not one.startswith("."))
        if found:
            return str(Path(place, found[0]).relative_to(folder))
        below[:] = sorted(one for one in below if not one.startswith("."))
    return None


def _raise(error: OSError) -> None:
    """Let a folder that cannot be listed count as what it may hold."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _begins(file: Path, mark: bytes) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(mark)) == mark
    except OSError:
        return False


# --- one at a time ---------------------------------------------------------------------------------------------------


def begun(folder: Path) -> bool:
    """Tell whether a folder is what is left of a site that was being written."""
    return folder.is_dir() and (not any(folder.iterdir()) or any((folder / name).exists() for name in BEGUN))


# --- the new for the old ---------------------------------------------------------------------------------------------


def dotted(folder: Path) -> Iterator[Path]:
    """Yield every name below a folder that begins with a dot, from that folder; nothing below such a name."""
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name).relative_to(folder) for name in (*folders, *files) if name.startswith("."))
        folders[:] = [name for name in folders if not name.startswith(".")]


# --- taking away -----------------------------------------------------------------------------------------------------


def empty(folder: Path) -> list[Path]:
    """Take everything out of a folder but dot names and the folders they are in; gives those that stay."""
    kept = list(dotted(folder))
    holding = {parent for name in kept for parent in name.parents}
    for place, folders, files in os.walk(folder):
        own = Path(place).relative_to(folder)
        for name in files:
            if not name.startswith("."):
                Path(place, name).unlink()
        for name in folders:
            below = Path(place, name)
            if name.startswith(".") or own / name in holding:
                continue
            below.unlink() if below.is_symlink() else shutil.rmtree(below)
        folders[:] = [name for name in folders if own / name in holding]
    return kept


def clear(folder: Path, name: str, mark: bytes) -> list[Path]:
    """Take away a folder that a mark says is ours, and what builds left beside it; gives the dot names that stay.

    Raises Refused where it holds anything else, and OSError where it cannot be taken away.
    """
    place = guarded(folder)
    strange = other_file(place, name, mark)
    if strange:
        raise Refused(f"{folder} stays: it holds other files than ours, such as {strange}")
    new = place.with_name(f".{place.name}.new")
    if new.is_dir() and not new.is_symlink() and begun(new):
        shutil.rmtree(new)
    if not place.is_dir():
        return []
    kept = empty(place)
    with contextlib.suppress(OSError):  # it is not empty, or another disk is shown here
        place.rmdir()
    return kept


def main(arguments: Sequence[str]) -> int:
    """Take away a built site and the folder of finished sources; returns the exit status."""
    status = 0
    for folder, name, mark in zip(arguments, (MARK_FILE, STAGED_FILE), (MARK, STAGED_MARK), strict=False):
        try:
            for kept in clear(Path(folder), name, mark):
                print(f"{folder}/{kept} stays")
        except Refused as sentence:
            print(sentence, file=sys.stderr)
            status = 1
        except OSError as error:
            print(f"{folder} stays: {error.strerror or error} ({error.filename})", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
