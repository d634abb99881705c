"""Data from disk or from git's history, as trees: a folder laid out like `data/`, or one file that holds all lists.

A folder in which `principles.yml` stands alone holds one such file: so the data was kept before every list got a file
of its own, and so every edition hands it out. Of a folder only plain files in it are read, never what a link leads to.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from macros.checkout import DATA, Unreadable, git, shown
from macros.data.data_folder import (
    COMMON_FILE,
    LISTS,
    NoPlainFile,
    Read,
    are_several,
    overlay_name,
    read_one,
    read_together,
)
from macros.data.kinds import Document
from macros.data.languages import LANGUAGES
from macros.data.translation_lock import parsed, unreadable
from macros.data.yaml_reader import MAX_BYTES, read_bytes, read_file, refused
from macros.data.yaml_tree import Tree
from macros.unicode_text import printable

__all__ = [
    "PUBLISHED",
    "before_change",
    "beside",
    "file_of",
    "lock_file",
    "overlay_file",
    "reader",
    "trees",
    "trees_at",
    "watched",
    "with_file",
]

PUBLISHED = "published.txt"
"""The list of published addresses, in the folder with the data or beside the one file."""

Trees = tuple[Tree, dict[str, Tree]]
"""The data, and by language the texts in second languages."""


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  a name that no file can have is none, and no error


def overlay_file(path: Path, language: str) -> Path:
    """Give the file with the texts in a second language over a data folder or file.

    In a folder it is `principles.fr.yml`, and so it is beside a file that is called `principles.yml`.
    """
    if _is_folder(path):
        return path / overlay_name(language)
    return path.with_name(f"{path.stem}.{language}{path.suffix}")


def lock_file(overlay: Path) -> Path:
    """Give the file that keeps what the texts of an overlay were translated from: `principles.fr.lock`, beside it."""
    return overlay.with_suffix(".lock")


def beside(path: Path, name: str) -> Path:
    """Give a file that lies with a data folder or file."""
    return path / name if _is_folder(path) else path.parent / name


def watched(path: Path) -> tuple[Path, ...]:
    """Give the files and folders whose change may change a data folder or file and its second languages."""
    overlays = [overlay_file(path, language) for language in LANGUAGES]
    more = [file for overlay in overlays for file in (overlay, lock_file(overlay)) if file.is_file()]
    return (path,) if _is_folder(path) else (path, *more)


def reader(folder: Path) -> Read:
    """Give what reads the plain files of a folder, and nothing that a link leads to."""
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))

    def read(name: str, limit: int) -> bytes:
        file = folder / name
        if not stat.S_ISREG(file.lstat().st_mode):
            raise NoPlainFile
        with open(os.open(file, flags), "rb") as opened:  # noqa: PTH123  Path.open follows links
            return opened.read(limit + 1)

    return read


def trees(path: Path, *, strict: bool = True) -> Trees:
    """Read a data folder or file and, by language, the second languages in it or beside it; faults are in the trees.

    Where it is not `strict`, as for data that today's is compared with, it need not have today's files. Raises nothing.
    """
    name = shown(path)
    if not _is_folder(path):
        tree = _alone(path, read_file(path, name))
    else:
        try:
            names = os.listdir(path)  # noqa: PTH208  names, and nothing of what they are
        except OSError as error:
            return refused(name, f"the folder cannot be read: {error.strerror or error}"), {}
        tree = _together(name, names, reader(path), strict=strict)
    overlays: dict[str, Tree] = {}
    for language in LANGUAGES if tree.data is not None else ():  # what cannot be read has nothing beside it
        overlay = overlay_file(path, language)
        # Only this site's own languages were ever published.
        if os.path.lexists(overlay) or path.resolve() == DATA:
            if _is_folder(path):
                # Its name is the folder's and its own: where it is a link, what that leads to is not named.
                overlays[language] = read_one(f"{name}/{overlay.name}", reader(path), overlay.name)[0]
            else:
                overlays[language] = read_file(overlay, shown(overlay))
            _lock(overlays[language], lock_file(overlay), ours=path.resolve() == DATA)
    return tree, overlays


def _lock(tree: Tree, file: Path, *, ours: bool) -> None:
    """Read what the texts of an overlay were translated from.

    Where that is not kept, none of `ours` counts as translated. Of other data nothing is known then: older data has no
    such file, nor has what editions hand out.
    """
    name = f"{shown(file.parent)}/{file.name}"  # where it is a link, what that leads to is not named
    try:
        tree.lock, faults = parsed(reader(file.parent)(file.name, MAX_BYTES), name)
    except NoPlainFile:
        faults = [unreadable(name, "this is a link, a folder or the like, and is not read; put the file itself here")]
    except FileNotFoundError:
        tree.lock, faults = ({} if ours else None), []
    except OSError as error:
        faults = [unreadable(name, f"the file cannot be read: {error.strerror or error}")]
    tree.faults.extend(faults)


def file_of(path: Path, collection: str) -> Path:
    """Give the file in which a collection of a data folder or file stands or belongs; raises OSError."""
    if not _is_folder(path):
        return path
    several = are_several(os.listdir(path))  # noqa: PTH208  names, and nothing of what they are
    return path / (next(file for file, lists in LISTS.items() if collection in lists) if several else COMMON_FILE)


def with_file(path: Path, file: Path, data: bytes) -> Tree:
    """Read a data folder or file as it would be with other bytes in one of its files; raises OSError."""
    name = shown(path)
    if not _is_folder(path):
        return _alone(path, read_bytes(data, name))
    read = reader(path)

    def replaced(one: str, limit: int) -> bytes:
        return data[: limit + 1] if one == file.name else read(one, limit)

    return _together(name, os.listdir(path), replaced, strict=True)  # noqa: PTH208  as above


def _together(name: str, names: list[str], read: Read, *, strict: bool) -> Tree:
    """Read what a folder holds: a file for each list, or one that has all."""
    if are_several(names):
        return read_together(name, names, read, strict=strict)
    if COMMON_FILE not in names:
        return refused(name, f"there is no data in this folder; name one with {COMMON_FILE} and a file for each list")
    return read_one(f"{name}/{COMMON_FILE}", read, COMMON_FILE)[0]


def _alone(path: Path, tree: Tree) -> Tree:
    """Give a tree of one file; one that says so where the file belongs together with others."""
    needed = {name for name, info in Document.model_fields.items() if info.is_required()}
    if path.name not in LISTS or not isinstance(tree.data, dict) or needed <= tree.data.keys():
        return tree
    folder = path.parent
    if not all((folder / name).is_file() for name in LISTS):
        return tree
    return refused(tree.source.name, f"this file is one of several that are checked together; name {shown(folder)}")


def trees_at(base: str, path: Path) -> Trees:
    """Read data and its second languages as they were: at a commit, or from another folder or file.

    `base` is the name of a folder or file, or whatever git takes for a commit; `path` is where today's data lies.
    Raises Unreadable.
    """
    name = printable(base)
    try:
        other = Path(base)
        if other.is_file() or (other / COMMON_FILE).is_file():
            return trees(other, strict=False)
    except (OSError, ValueError):  # no name that a file can have
        pass
    if not base or base.startswith("-") or not base.isprintable():
        raise Unreadable(f"'{name}' is neither a data file nor a commit; name one, such as main or HEAD~1")
    whole = _is_folder(path)
    folder = path.resolve() if whole else path.resolve().parent
    answer = git(folder, "rev-parse", "--git-dir")
    if answer.returncode:
        why = printable(answer.stderr.decode("utf-8", "replace").strip().split("\n")[0])
        raise Unreadable(
            f"{shown(path)} is in no git checkout that can be read ({why}); name another data file instead"
        )
    # What starts with a hyphen was refused above; the commit's number, which git gives, can be nothing but a number.
    commit = git(folder, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}").stdout.decode("ascii", "replace")
    commit = commit.strip()
    if not commit.isalnum():
        hint = "in a clone that holds only the last commit, fetch it first: `git fetch --depth=1 origin BRANCH`"
        raise Unreadable(f"'{name}' is neither a data file nor a commit that this checkout has; {hint}")

    def read(file: str, limit: int) -> bytes:
        return _blob(folder, commit, file) or b""

    if whole:
        listed = git(folder, "ls-tree", "-z", "--name-only", commit, "./").stdout.decode("utf-8", "replace")
        names = [PurePosixPath(one).name for one in listed.split("\0") if one]
        if COMMON_FILE not in names:
            raise Unreadable(f"there is no data in {shown(path)} at {name}; name a commit that has it")
        tree = _together(f"{name}:{shown(path)}", names, read, strict=False)
    else:
        data = _blob(folder, commit, path.name)
        if data is None:
            raise Unreadable(f"there is no {shown(path)} at {name}; name a commit that has it")
        tree = read_bytes(data, f"{name}:{shown(path)}")
    overlays = {}
    for language in LANGUAGES:
        overlay = overlay_file(path, language)
        texts = _blob(folder, commit, overlay.name)
        if texts is not None:
            own = overlays[language] = read_bytes(texts, f"{name}:{shown(overlay)}")
            lock = lock_file(overlay)
            kept = _blob(folder, commit, lock.name)
            if kept is not None:
                own.lock, faults = parsed(kept, f"{name}:{shown(lock)}")
                own.faults.extend(faults)
    return tree, overlays


def before_change(path: Path, base: str = "") -> tuple[Tree, bytes] | None:
    """Give a data folder or file as it was before the change at hand, and the list of published addresses of then.

    That is at the commit `base`; without one, where this branch left `main`, or at the last commit. None where nothing
    of it differs, and where no base is named and git knows none. Raises Unreadable where one is named that it does not
    know.
    """
    folder = path if _is_folder(path) else path.parent
    try:
        commit = base or _left_main(folder)
        if not commit or (not base and git(folder, "diff", "--quiet", commit, "--", ".").returncode == 0):
            return None
        tree = trees_at(commit, path)[0]
        listed = _blob(folder.resolve(), commit, PUBLISHED) or b""
    except (Unreadable, OSError):
        if base:
            raise
        return None
    return (tree, listed) if isinstance(tree.data, dict) else None


def _left_main(folder: Path) -> str:
    """Give the commit at which the branch at hand left `main`; the last one where there is no such branch."""
    for asked in (("merge-base", "HEAD", "main"), ("merge-base", "HEAD", "origin/main"), ("rev-parse", "HEAD")):
        answer = git(folder, *asked)
        commit = answer.stdout.decode("ascii", "replace").strip()
        if not answer.returncode and commit.isalnum():
            return commit
    return ""


def _blob(folder: Path, commit: str, name: str) -> bytes | None:
    """Give a file of a folder as it was at a commit; None where there was none."""
    done = git(folder, "cat-file", "blob", f"{commit}:./{name}")
    return None if done.returncode else done.stdout
