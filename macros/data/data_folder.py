"""The files of the data folder as one tree: which list stands in which file, and what is wrong with how they stand.

`principles.yml` holds several lists, every other file one, after which it is named (`collections.FILES`). Together the
files may be no larger than a single one with all lists may be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from macros.data.cases import did_you_mean, shown, what
from macros.data.collections import FILES
from macros.data.kinds import Document
from macros.data.languages import LANGUAGES
from macros.data.rows import COMMON
from macros.data.yaml_reader import BYTES_PER_EVENT, EMPTY, MAX_BYTES, MAX_FAULTS, read_bytes, refused
from macros.data.yaml_tree import Fault, Position, Source, Spans, SpansOfFiles, Tree

__all__ = [
    "COMMON_FILE",
    "LARGEST",
    "LISTS",
    "NoPlainFile",
    "Read",
    "are_several",
    "overlay_name",
    "read_one",
    "read_together",
]

SUFFIX = ".yml"

LARGEST = 350 * 1024
"""Bytes up to which the host of the source code searches a file."""

COMMON_FILE = f"{COMMON}{SUFFIX}"

LISTS: dict[str, tuple[str, ...]] = {
    f"{file}{SUFFIX}": tuple(name for name in FILES if FILES[name] == file) for file in dict.fromkeys(FILES.values())
}
"""Every file of the folder, and the lists that stand in it, in the order in which one file has all of them."""

Read = Callable[[str, int], bytes]
"""Gives what a file of the folder holds, by its name, up to one byte more than a limit; raises OSError, NoPlainFile."""


class NoPlainFile(Exception):  # noqa: N818  (it says what something is)
    """What bears a file's name is a link, a folder or the like."""


def overlay_name(language: str) -> str:
    """Give the name of the file with the texts in a second language."""
    return f"{COMMON}.{language}{SUFFIX}"


def are_several(names: Collection[str]) -> bool:
    """Whether a folder with these names in it holds a file for each list; else `principles.yml` has all lists."""
    return any(name in names for name in LISTS if name != COMMON_FILE)


def read_one(shown: str, read: Read, file: str, left: int = MAX_BYTES, events: int | None = None) -> tuple[Tree, int]:
    """Read one file of a folder; gives its tree, and how many bytes it has.

    `shown` is its name in messages; `left` and `events` are what may still be read. Raises nothing.
    """
    try:
        data = read(file, left)
    except NoPlainFile:
        return refused(shown, "this is a link, a folder or the like, and is not read; put the file itself here"), 0
    except FileNotFoundError:
        return refused(shown, "there is no such file; check the name"), 0
    except OSError as error:
        return refused(shown, f"the file cannot be read: {error.strerror or error}"), 0
    if len(data) > left:
        together = "with this file the data is" if left < MAX_BYTES else "the file is"
        message = f"{together} larger than {MAX_BYTES / 1_000_000:g} MB; something was pasted that does not belong here"
        return refused(shown, message), left
    return read_bytes(data, shown, MAX_BYTES, events), len(data)


def read_together(folder: str, names: Collection[str], read: Read, *, strict: bool = True) -> Tree:
    """Read the files of a folder as one tree: `folder` is its name in messages, `names` are all that is in it.

    A file that cannot be read, is missing or has another name than a list, and a list in a wrong file or in two, are
    faults of the tree, each at its file. Where it is not `strict` (for data as it was before), only what cannot be read
    is one. Raises nothing.
    """
    reading = _Reading(folder, names, read, strict)
    for file in LISTS:
        if not reading.full:
            reading.take(file)
    return reading.together()


@dataclass
class _Reading:
    """The files read so far, by name, what is wrong with them, and what may still be read."""

    folder: str
    names: Collection[str]
    read: Read
    strict: bool
    trees: dict[str, Tree] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left: int = MAX_BYTES
    events: int = MAX_BYTES // BYTES_PER_EVENT
    full: bool = False
    """Whether the files so far are more than may be read, which is said at the last of them."""

    def shown(self, file: str) -> str:
        return f"{self.folder}/{file}"

    def fault(self, file: str, message: str, position: Position | None = None) -> None:
        position = position or Position(1, 1)
        self.faults.append(Fault(position._replace(file=self.shown(file)), message))

    def take(self, file: str) -> None:
        """Read a file."""
        first = LISTS[file][0]
        if file not in self.names:
            if self.strict:
                self.fault(file, f"there is no such file; put it back, or write one with `{first}:` and its records")
            return
        own, size = read_one(self.shown(file), self.read, file, self.left, max(1, self.events))
        self.left, self.events = self.left - size, self.events - own.events
        spent = self.left <= 0 or self.events <= 0
        self.full = len(self.faults) + len(own.faults) > MAX_FAULTS or (spent and bool(own.faults))
        for found in own.faults:
            message = found.message if found.message != EMPTY else f"the file is empty; it must hold `{first}:`"
            self.fault(file, message, found.position)
        if not own.faults and not isinstance(own.data, dict):
            message = f"{what(own.data)} stands where `{first}:` belongs; write that line above the records"
            self.fault(file, message, own.position(()))
        self.trees[file] = own

    def together(self) -> Tree:
        """Give the tree of all files."""
        whole = Tree(Source(self.folder), data={}, faults=self.faults)
        held: dict[str, Spans] = {}
        if self.strict:
            self.strange_files(whole)
        for name, files in self.places().items():
            first = self.trees[files[0]]
            whole.data[name], whole.files[name] = first.data[name], first.source
            held[name] = first.spans
            for file in files if self.strict else ():
                self.strange_list(name, file, files)
        for name, stem in FILES.items():
            file = f"{stem}{SUFFIX}"
            own = self.trees.get(file)
            source = own.source if own else Source(self.shown(file))
            whole.files.setdefault(name, source)
            readable = own is not None and isinstance(own.data, dict)
            if name not in whole.data and not readable:
                whole.unread |= {name} if self.strict or file in self.names else set()
            elif name not in whole.data and self.strict and not Document.model_fields[name].is_required():
                self.fault(file, f"the collection '{name}' is missing; add `{name}:` with records")
        whole.spans = SpansOfFiles(held)
        return whole

    def places(self) -> dict[str, list[str]]:
        """Give each list that stands anywhere, and the files it stands in, the right one first."""
        found: dict[str, list[str]] = {}
        for file, tree in self.trees.items():
            for name in tree.data if isinstance(tree.data, dict) else ():
                found.setdefault(name, []).append(file)
        return {name: sorted(files, key=lambda file: name not in LISTS[file]) for name, files in found.items()}

    def strange_list(self, name: str, file: str, files: list[str]) -> None:
        """Note a list that stands where it does not belong, or twice."""
        if name in LISTS[file]:
            return
        home = f"{FILES[name]}{SUFFIX}" if name in FILES else files[0]
        position = self.trees[file].position((name,), key=True)
        if home in files and home != file:
            message = f"the list '{name}' stands in {self.shown(home)} too; move these records there and delete it here"
            self.fault(file, message if name in FILES else f"unknown collection {shown(name)}; delete it", position)
        elif home != file:
            self.fault(file, f"the list '{name}' belongs into {self.shown(home)}; move it there", position)

    def strange_files(self, whole: Tree) -> None:
        """Note each file of the folder whose name is none that is read."""
        languages = {overlay_name(language) for language in LANGUAGES}
        for file in sorted(self.names):
            if len(self.faults) > MAX_FAULTS:
                return
            stem, _, suffix = file.rpartition(".")
            if (
                suffix.lower() not in {"yml", "yaml"}
                or not stem
                or file.startswith(".")
                or file in {*LISTS, *languages}
            ):
                continue
            right = f"{stem.lower()}{SUFFIX}"
            if right in LISTS:
                self.fault(file, f"this file has another name, so nothing in it is read; rename it {right}")
                continue
            hint = did_you_mean(file, (*LISTS, *languages), whole.guesses) or f"known ones are: {', '.join(LISTS)}"
            self.fault(file, f"no list has a file of this name, so nothing in it is read; {hint}")
