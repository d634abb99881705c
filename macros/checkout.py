"""Where this checkout, its data and its templates lie, and what git knows of them: what is asked of the machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from macros.unicode_text import printable

__all__ = [
    "DATA",
    "LOCALE",
    "ROOT",
    "SAMPLES",
    "TEMPLATES",
    "Unreadable",
    "cache_path",
    "data_path",
    "git",
    "replace",
    "shown",
]

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

DATA = ROOT / "data"
"""The folder with its data."""

TEMPLATES = Path(__file__).parent / "templates"
"""Every template of pages, sheets and files."""

SAMPLES = Path(__file__).parent / "data" / "samples"
"""A new entry of each kind of record, to be filled in; `word.yml` is that of every vocabulary."""

LOCALE = Path(__file__).parent / "locale"
"""The texts of templates, theme and scripts in other languages: a folder for each."""


class Unreadable(Exception):  # noqa: N818  (it says in a sentence why something cannot be read)
    """Something that was asked for by name cannot be read; its text is a sentence for whoever asked."""


def data_path() -> Path:
    """Give the data in force: the folder `data`, or the folder or file that the environment's PRINCIPLES_DATA names."""
    return Path(os.environ.get("PRINCIPLES_DATA") or DATA)


def cache_path() -> Path | None:
    """Give the folder for what builds keep for the next: `.cache`, or the one that PRINCIPLES_CACHE names.

    None where the environment's PRINCIPLES_CACHE is there and empty: nothing is kept.
    """
    named = os.environ.get("PRINCIPLES_CACHE")
    return ROOT / ".cache" if named is None else Path(named) if named else None


def shown(file: Path) -> str:
    """Give a file's name as messages show it: from the checkout's root where it lies in it, else as it was given."""
    try:
        return file.resolve().relative_to(ROOT).as_posix()
    except (ValueError, OSError, RuntimeError):  # elsewhere, too long, or a link that leads back to itself
        return str(file)


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Ask git; raises Unreadable where there is none or it does not answer. Never asks anybody for a password."""
    try:
        return subprocess.run(  # noqa: S603  a list, so no shell reads it; what could be an option was refused
            ["git", *arguments],  # noqa: S607  whichever git the editor works with
            cwd=folder,
            env={**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except FileNotFoundError:
        raise Unreadable("git is not installed; install it, or name another data file instead") from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise Unreadable(f"git does not answer ({printable(str(error))})") from None


def replace(file: Path, old: bytes, new: bytes) -> None:
    """Put new bytes in the place of a file's, at once or not at all; raises Unreadable."""
    file, beside = file.resolve(), None
    try:
        handle, beside = tempfile.mkstemp(prefix=".", suffix=".new", dir=file.parent)
        with os.fdopen(handle, "wb") as opened:
            opened.write(new)
            opened.flush()
            os.fsync(opened.fileno())
        shutil.copymode(file, beside)
        if file.read_bytes() != old:
            raise Unreadable(f"{shown(file)} was changed by somebody else just now; run the command again")
        Path(beside).replace(file)
        beside = None
    except OSError as error:
        raise Unreadable(f"{shown(file)} cannot be written: {error.strerror or error}; it is as it was") from None
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                Path(beside).unlink()
