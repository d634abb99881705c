"""What of a second language was translated from which English: `data/principles.fr.lock`, which only a command writes.

A line holds one text: the way to it, as messages name it, and the English that was there when somebody said that the
French renders it (`make translated`). So a report can show that English beside today's, without asking git.

    terms.grooming.definition: "A person builds trust with a child …"

Lines are sorted, so that two people who mark texts of different records change different places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from macros.data.yaml_diagnosis import conflict_marks
from macros.data.yaml_reader import MAX_BYTES, MAX_FAULTS
from macros.data.yaml_tree import Fault, Position
from macros.unicode_text import INVISIBLE

__all__ = ["lock_text", "parsed", "unreadable"]

HEAD = "# Written by `make translated`: the English that each text was translated from. Change nothing here by hand."

_LINE = re.compile(r'([a-z0-9_-]+(?:\.[a-z0-9_-]+){2,12}): ("[^\n]*")\Z')

_CURE = "take the file as git has it (`git checkout main -- {name}`), then run `make translated` to see what is open"


def parsed(data: bytes, name: str) -> tuple[dict[str, str], list[Fault]]:
    """Read a lock file that messages call `name`: English by the way to its text, and what is wrong, at its line.

    Raises nothing, whatever the bytes are.
    """
    if len(data) > MAX_BYTES:
        return {}, [unreadable(name, f"the file is larger than {MAX_BYTES / 1_000_000:g} MB; {_cure(name)}")]
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return {}, [unreadable(name, f"this line is not saved as UTF-8; {_cure(name)}", line)]
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    marks = [at for at, _, _ in conflict_marks(lines)]
    for at in marks[: MAX_FAULTS + 1]:
        faults.append(unreadable(name, f"git left this mark where two versions met; {_cure(name)}", at))
    for number, message in () if marks else _wrong(lines, texts):
        faults.append(unreadable(name, f"{message}; {_cure(name)}", number))
        if len(faults) > MAX_FAULTS:
            break
    return ({}, faults) if faults else (texts, [])


def _wrong(lines: list[str], texts: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Put the texts of lines where they belong; yields the number of each line that holds none, and why."""
    for number, written in enumerate(lines, start=1):
        line = written.rstrip("\r")
        if not line or line.startswith("#"):
            continue
        found = _LINE.match(line)
        text = _text(found[2]) if found else None
        if found is None or text is None:
            yield number, "this line was not written by `make translated`"
        elif found[1] in texts:
            yield number, f"'{found[1][:120]}' stands here twice"
        else:
            texts[found[1]] = text


def _text(written: str) -> str | None:
    """Give a text as the command writes it; None where it would have written it in another way."""
    try:
        text = json.loads(written)
    except ValueError:
        return None
    return text if isinstance(text, str) and _quoted(text) == written and not INVISIBLE.search(text) else None


def lock_text(texts: Mapping[str, str]) -> str:
    """Give the lock file of texts, by the way to each."""
    return "".join(f"{line}\n" for line in (HEAD, *(f"{path}: {_quoted(texts[path])}" for path in sorted(texts))))


def unreadable(name: str, message: str, line: int = 1) -> Fault:
    """Give a fault of the lock file that messages call `name`."""
    return Fault(Position(line, 1, name), message)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _cure(name: str) -> str:
    return _CURE.format(name=name)
