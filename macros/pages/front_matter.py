"""The head of a page in Markdown: YAML between two lines of three hyphens. Written and read here alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from macros.data.yaml_reader import read_bytes
from macros.pages.escaping import as_yaml

__all__ = ["HEAD", "fields", "parts", "written"]

HEAD = re.compile(r"---\n((?:(?!---|\.\.\.)[^\n]*\n)*)---\n")
"""The head as every reader of it takes it: ours, MkDocs, the live server."""


def parts(text: str) -> tuple[str, str]:
    """Give the YAML of a page's head and the text below it; an empty head where the page has none."""
    match = HEAD.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def fields(text: str, name: str) -> dict[str, Any]:
    """Give what a page's head says, by field; none where it has no head, or one that cannot be read.

    `name` is the page's name in messages.
    """
    data = read_bytes(parts(text)[0].encode(), name).data
    return data if isinstance(data, dict) else {}


def written(fields: Mapping[str, Any]) -> str:
    """Give a page's head. JSON strings are YAML strings, and hold no line break that could end the head."""
    lines = (f"{name}: {as_yaml(value)}" for name, value in fields.items())
    return "---\n" + "\n".join(lines) + "\n---\n"
