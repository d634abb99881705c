"""One build at a time in a folder, and a new site in an old one's place: nobody sees half of it, nothing is lost."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from macros.build.folders import MARK, MARK_FILE, Refused, begun, dotted, empty, other_file

try:
    import fcntl
except ImportError:  # only systems without `make` lack it
    fcntl = None  # type: ignore[assignment]

__all__ = ["PART", "UNMOVABLE", "Partly", "exchange", "locked", "workspace"]

PART = ".part-of-a-build"
"""A file that is being written into a folder which is brought up to date in place."""

UNMOVABLE = frozenset({errno.EACCES, errno.EBUSY, errno.EINVAL, errno.EPERM, errno.EROFS, errno.EXDEV})
"""Why a folder cannot change its name though its files may be written."""


class Partly(OSError):  # noqa: N818  (it is what the folder is)
    """A folder that is brought up to date in place was left with some files old and some new."""


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
        if other_file(old, MARK_FILE, MARK):
            raise Refused(f"{old} is in the way and holds no site of ours; move it elsewhere")
        if folder.exists():
            _replace(old, folder)
        else:
            old.rename(folder)
    if os.access(folder.parent, os.W_OK):
        if new.is_symlink() or (new.exists() and not begun(new)):
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
    for name in list(dotted(old)):
        if not os.path.lexists(folder / name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (old / name).rename(folder / name)
    shutil.rmtree(old, ignore_errors=True)


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
