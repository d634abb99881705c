"""What stands at each field of a record, by its class; and the raw tree of the data, walked by that map."""

from __future__ import annotations

import functools
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from macros.data import field_types, kinds
from macros.data.cases import Node, Place

__all__ = ["Shape", "named_parts", "nodes_of", "shapes"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands at a field: a part, or a value with the marks of its annotation; alone or in a list."""

    part: type[kinds.Part] | None = None
    marks: tuple[Any, ...] = ()
    many: bool = False


@functools.cache
def shapes(part: type[kinds.Part]) -> dict[str, Shape]:
    """Give what stands at each field of a part."""
    return {name: _shape(info.annotation, _metadata(info)) for name, info in part.model_fields.items()}


@functools.cache
def named_parts(part: type[kinds.Part]) -> tuple[str, ...]:
    """Give the fields of a part that hold parts with an id."""
    return tuple(name for name, shape in shapes(part).items() if shape.part and "id" in shape.part.model_fields)


def _metadata(info: FieldInfo) -> tuple[Any, ...]:
    return tuple(mark for mark in info.metadata if isinstance(mark, field_types.Ref | field_types.Past))


def _shape(annotation: Any, marks: tuple[Any, ...] = (), *, many: bool = False) -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _shape(
            inner, (*marks, *(m for m in more if isinstance(m, field_types.Ref | field_types.Past))), many=many
        )
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(annotation) if option is not type(None)]
        return _shape(options[0], marks, many=many)
    if origin is tuple:
        return _shape(get_args(annotation)[0], marks, many=True)
    if isinstance(annotation, type) and issubclass(annotation, kinds.Part):
        return Shape(annotation, marks, many)
    return Shape(None, marks, many)


def nodes_of(data: Mapping[str, Any]) -> list[Node]:
    """Give every part of every record of the data, and each value that its class marks, in the order of the data."""
    found: list[Node] = []
    for name, part in kinds.COLLECTIONS.items():
        items = data.get(name)
        if isinstance(items, list):
            for index, item in enumerate(items):
                _walk(item, part, (name, index), found)
    return found


def _walk(value: Any, part: type[kinds.Part], path: Place, found: list[Node]) -> None:
    if not isinstance(value, dict):
        return
    found.append(Node(path, value, part))
    for name, shape in shapes(part).items():
        if (shape.part is None and not shape.marks) or name not in value:
            continue
        inner = value[name]
        if not shape.many:
            pairs: Iterable[tuple[Place, Any]] = (((*path, name), inner),)
        elif isinstance(inner, list):
            pairs = (((*path, name, index), item) for index, item in enumerate(inner))
        else:
            continue
        for where, item in pairs:
            if shape.part is not None:
                _walk(item, shape.part, where, found)
            else:
                found.append(Node(where, item, None, shape.marks))
