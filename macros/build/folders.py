"""Which folders a build may write, one build at a time, and how a new site takes an old one's place: nothing is lost.

Needs nothing but Python itself, so that `make clean` can run it (`python3 -I macros/build/folders.py SITE STAGED`)
where no environment is left.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

try:
    import fcntl
except ImportError:  # only systems without `make` lack it
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "Partly",
    "Refused",
    "clear",
    "empty",
    "exchange",
    "for_a_site",
    "for_sources",
    "guarded",
    "locked",
    "main",
    "workspace",
]

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

PART = ".part-of-a-build"
"""A file that is being written into a folder which is brought up to date in place."""

CURE = "name a new or an empty folder (for a site: make site SITE=folder)"

UNMOVABLE = frozenset({errno.EACCES, errno.EBUSY, errno.EINVAL, errno.EPERM, errno.EROFS, errno.EXDEV})
"""Why a folder cannot change its name though its files may be written."""


class Refused(ValueError):  # noqa: N818  (it says in a sentence why a folder is not touched)
    """A folder is not to be written or emptied; its text is a sentence for whoever named it."""


class Partly(OSError):  # noqa: N818  (it is what the folder is)
    """A folder that is brought up to date in place was left with some files old and some new."""


# --- which folder ----------------------------------------------------------------------------------------------------


def for_a_site(folder: Path) -> Path:
    """Give the folder in which a site may be written, with links followed; raises Refused, or OSError.

    It is a new or an empty folder, or holds a site of ours. Names that begin with a dot do not count, as they are kept.
    """
    place = guarded(folder)
    strange = _strange(place, MARK_FILE, MARK)
    if strange:
        raise Refused(f"{folder} holds other files than a site of ours, such as {strange}; {CURE}")
    return place


def for_sources(folder: Path) -> Path:
    """Give the folder in which finished sources may be written, with links followed; raises Refused, or OSError."""
    place = guarded(folder)
    strange = _strange(place, STAGED_FILE, STAGED_MARK)
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


def _strange(folder: Path, name: str, mark: bytes) -> str | None:
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


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep a folder (with links followed) to oneself; waits, and says so, while another program of ours has it.

    Raises OSError where there is no place for it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    number, file = _lock(folder)
    try:
        yield
    finally:
        if file:
            file.unlink(missing_ok=True)
        os.close(number)


def _lock(folder: Path) -> tuple[int, Path | None]:
    """Wait for the lock; give its number and the file that it is, which whoever holds it takes away."""
    beside = folder.with_name(f".{folder.name}.lock")
    said = False
    while True:
        try:
            number, file = os.open(beside, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666), beside
        except OSError:  # nothing can be put beside it; then it keeps its place and can hold its lock itself
            if not folder.is_dir():
                raise
            number, file = os.open(folder, os.O_RDONLY), None
        try:
            said = _waited(number, folder, said)
            if file is None or os.path.samestat(os.fstat(number), file.stat()):
                return number, file
        except FileNotFoundError:  # the one who had it took the file away: that lock holds nobody off any more
            pass
        except BaseException:
            os.close(number)
            raise
        os.close(number)


def _waited(number: int, folder: Path, said: bool) -> bool:
    """Wait until nobody else has a lock; tells whether that was said."""
    if fcntl is None:
        return said
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if not said:
            print(f"another build is writing {folder.name}/; waiting until it has ended", file=sys.stderr, flush=True)
        fcntl.flock(number, fcntl.LOCK_EX)
        return True
    except OSError:  # a disk of the network that knows no locks
        pass
    return said


@contextlib.contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """Give a place where the new site is written, beside the folder where that can be, which does not exist yet.

    First mends what a build left that was ended between two steps; takes the place away at the end. Raises Refused
    where something of somebody else has the name that is needed.
    """
    new, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    if old.is_dir():
        if _strange(old, MARK_FILE, MARK):
            raise Refused(f"{old} is in the way and holds no site of ours; move it elsewhere")
        if folder.exists():
            _replace(old, folder)
        else:
            old.rename(folder)
    if os.access(folder.parent, os.W_OK):
        if new.is_symlink() or (new.exists() and not _begun(new)):
            raise Refused(f"{new} is in the way and holds no site of ours; move it elsewhere")
        apart = None
        shutil.rmtree(new, ignore_errors=True)
    else:
        apart = Path(tempfile.mkdtemp(prefix="site-"))
        new = apart / "new"
    try:
        yield new
    finally:
        shutil.rmtree(apart or new, ignore_errors=True)


def _begun(folder: Path) -> bool:
    """Tell whether a folder is what is left of a site that was being written."""
    return folder.is_dir() and (not any(folder.iterdir()) or any((folder / name).exists() for name in BEGUN))


# --- the new for the old ---------------------------------------------------------------------------------------------


def exchange(new: Path, folder: Path) -> None:
    """Let a finished site take the place of the one in a folder (which `for_a_site` gave); dot names there stay.

    By two changes of name, so that nobody sees half a site; file by file where a name cannot be changed. Raises OSError
    with the folder as it was, or Partly.
    """
    old = folder.with_name(f".{folder.name}.old")
    if _mounted(folder):
        _update(new, folder)
        return
    moved = False
    try:
        if folder.exists():
            folder.rename(old)
            moved = True
        new.rename(folder)
    except BaseException as error:
        if moved and not folder.exists():
            old.rename(folder)
        if not isinstance(error, OSError) or error.errno not in UNMOVABLE:
            raise
        _update(new, folder)
        return
    if moved:
        try:
            _replace(old, folder)
        except OSError as error:
            raise Partly(error.errno, f"what it held stays in {old.name}: {error.strerror}", error.filename) from error


def _replace(old: Path, folder: Path) -> None:
    """Take away what a folder stood in place of, when its dot names have been carried over."""
    for name in list(_dotted(old)):
        if not os.path.lexists(folder / name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (old / name).rename(folder / name)
    shutil.rmtree(old, ignore_errors=True)


def _dotted(folder: Path) -> Iterator[Path]:
    """Yield every name below a folder that begins with a dot, from that folder; nothing below such a name."""
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name).relative_to(folder) for name in (*folders, *files) if name.startswith("."))
        folders[:] = [name for name in folders if not name.startswith(".")]


def _mounted(folder: Path) -> bool:
    """Tell whether another disk or folder is shown at a folder or below it, where the system says so."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return os.path.ismount(folder)
    places = (re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), line.split(" ")[4]) for line in lines)
    return any(place == str(folder) or place.startswith(f"{folder}/") for place in places)


def _update(new: Path, folder: Path) -> None:
    """Bring a folder up to date in place: what pages load first, then pages, then what is gone is taken away."""
    files = {path.relative_to(new) for path in new.rglob("*") if path.is_file()}
    try:
        for name in sorted(files, key=lambda name: (name.parts[0] != "assets", name.suffix == ".html", name)):
            _put(new / name, folder / name, folder)
        for place, folders, others in os.walk(folder, topdown=False):
            own = Path(place).relative_to(folder)
            if any(part.startswith(".") for part in own.parts):
                continue
            links = [one for one in folders if Path(place, one).is_symlink()]
            for one in (*others, *links):
                if one == PART or (own / one not in files and not one.startswith(".")):
                    Path(place, one).unlink()
            if own.parts:
                with contextlib.suppress(OSError):  # not empty, or another disk is shown here
                    Path(place).rmdir()
    except OSError as error:
        raise Partly(error.errno, error.strerror, error.filename) from error
    except KeyboardInterrupt:
        raise Partly(errno.EINTR, "stopped before the end") from None


def _put(new: Path, file: Path, folder: Path) -> None:
    for part in reversed(file.relative_to(folder).parents[:-1]):
        place = folder / part
        if place.is_symlink() or place.is_file():
            place.unlink()
        place.mkdir(exist_ok=True)
    if file.is_dir() and not file.is_symlink():
        empty(file)
        file.rmdir()
    if file.is_file() and not file.is_symlink() and filecmp.cmp(new, file, shallow=False):
        return
    part_of = file.with_name(PART)
    shutil.copyfile(new, part_of)
    part_of.replace(file)


# --- taking away -----------------------------------------------------------------------------------------------------


def empty(folder: Path) -> list[Path]:
    """Take everything out of a folder but dot names and the folders they are in; gives those that stay."""
    kept = list(_dotted(folder))
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
    strange = _strange(place, name, mark)
    if strange:
        raise Refused(f"{folder} stays: it holds other files than ours, such as {strange}")
    new = place.with_name(f".{place.name}.new")
    if new.is_dir() and not new.is_symlink() and _begun(new):
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
