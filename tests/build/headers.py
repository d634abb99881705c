"""Reads the file `_headers` as hosts do."""

from __future__ import annotations

import re
from pathlib import Path

Rules = list[tuple[str, dict[str, str]]]


def read_headers(text: str) -> Rules:
    """Read `_headers` as its hosts document it: a pattern at the start of a line, its headers indented below."""
    rules: Rules = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in rules[-1][1]
            rules[-1][1][name] = value
        else:
            assert not line or line.startswith("#"), line
    return rules


def given(rules: Rules, address: str) -> dict[str, str]:
    """Give the headers of an address; fails where two rules give the same one."""
    found: dict[str, str] = {}
    for pattern, fields in rules:
        if re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), address):
            assert not found.keys() & fields.keys(), (address, pattern)
            found |= fields
    return found


def address_of(site: Path, file: Path) -> str:
    return "/" + re.sub(r"(^|/)index\.html$", r"\1", file.relative_to(site).as_posix())
