"""Many times the real data: `python -m benchmarks.data TIMES FILE`.

A copy of a record gets an id of its own, and names the records of its own copy: principle 2 of the third copy is
principle 24, and its category is the third copy's. Vocabularies, terms, notes and the list of changes are not
multiplied: every copy names the same ones. Addresses that stand inside a text lead to the first copy.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from urllib.parse import urlsplit, urlunsplit

import yaml

from macros.checkout import data_path
from macros.data import field_types, kinds, loading
from macros.pages import site_check

MULTIPLIED = (
    "categories",
    "principles",
    "stakeholders",
    "practices",
    "events",
    "figures",
    "laws",
    "programmes",
    "services",
    "announcement",
    "groups",
    "readings",
    "exercises",
    "lessons",
    "resources",
    "sources",
)
"""Collections that grow; the others explain words, and there are only so many words."""


ONLY_ONCE = frozenset({"matters"})
"""What only so many records may say, however many there are."""


def multiplied(data: Mapping[str, list[Any]], times: int) -> dict[str, list[Any]]:
    """Give the data with every record that grows in it `times` times, the originals first."""
    steps = {
        name: max((item["number"] for item in data[name] if "number" in item), default=0)
        for name in MULTIPLIED
        if name in data
    }
    return {
        name: [*items, *_copies(name, items, times, steps)] if name in MULTIPLIED else items
        for name, items in data.items()
    }


def _copies(collection: str, items: list[Any], times: int, steps: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    part = kinds.COLLECTIONS[collection]
    for number in range(1, times):
        for item in items:
            record = _moved(copy.deepcopy(item), part, number, steps)
            record["id"] = _id(record["id"], number)
            if "former_ids" in record:
                record["former_ids"] = [_id(old, number) for old in record["former_ids"]]
            if "number" in record:
                record["number"] += number * steps[collection]
            for own in ONLY_ONCE.intersection(record):
                del record[own]
            if record.get("url") and collection == "sources":
                record["url"] = _url(record["url"], number)
            yield record


def _url(url: str, number: int) -> str:
    """Give another address for a copy: no two sources have the same."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, f"copy={number + 1}")))
    return urlunsplit(parts._replace(path=parts.path or "/", query=query))


def _id(identifier: str, number: int) -> str:
    return f"{identifier}-x{number + 1}" if number else identifier


def _moved(value: dict[str, Any], part: type[kinds.Part], number: int, steps: Mapping[str, int]) -> dict[str, Any]:
    """Let what a record names be of its own copy."""
    for name, info in part.model_fields.items():
        if name in value:
            marks = (*_marks(info.annotation), *info.metadata)
            value[name] = _mapped(value[name], marks, number, steps)
    return value


def _mapped(value: Any, marks: tuple[Any, ...], number: int, steps: Mapping[str, int]) -> Any:
    if isinstance(value, list):
        return [_mapped(item, marks, number, steps) for item in value]
    for mark in marks:
        if isinstance(value, dict) and isinstance(mark, type) and issubclass(mark, kinds.Part):
            return _moved(value, mark, number, steps)
        if isinstance(mark, field_types.Ref) and mark.collection in steps:
            return value + number * steps[mark.collection] if mark.by == "number" else _id(value, number)
    return value


def _marks(annotation: Any) -> Iterator[Any]:
    """Yield what an annotation says of the values in it, be they alone, optional or in a list."""
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        yield from marks
        yield from _marks(inner)
    elif get_origin(annotation) in (Union, UnionType, tuple):
        for inner in get_args(annotation):
            yield from _marks(inner)
    else:
        yield annotation


class _Dumper(yaml.CSafeDumper):
    """Quotes text that begins like a number: to YAML 1.1, and so to PyYAML, `08081000900` is none."""


def _text(dumper: yaml.CSafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if value[:1].isdigit() else None)


_Dumper.add_representer(str, _text)


def write(times: int, file: Path) -> None:
    """Write the real data, multiplied, to one file; beside it an empty list of addresses that have to be kept."""
    tree = loading.trees(data_path())[0]
    if tree.faults:
        raise SystemExit("\n".join(site_check.report(tree, tree.faults)))
    with file.open("w", encoding="utf-8") as out:
        yaml.dump(multiplied(tree.data, times), out, _Dumper, sort_keys=False, allow_unicode=True, width=120)
    (file.parent / loading.PUBLISHED).write_text("", encoding="utf-8")


def main(arguments: Iterable[str]) -> None:
    """Write the file that the command line names."""
    times, file = arguments
    write(int(times), Path(file))


if __name__ == "__main__":
    main(sys.argv[1:])
