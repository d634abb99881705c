"""What search loads, unpacked as `docs/assets/search.js` does it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

NAMES, TEXTS = "assets/search-data{suffix}.js", "assets/search-data-texts{suffix}.js"


def value(script: str, name: str) -> Any:
    """Read a script as a browser would: one value on one line."""
    assert script.startswith(f"{name}={{")
    assert script.endswith("};\n")
    assert not re.search("[\r\n\u2028\u2029]", script.removesuffix("\n")), "what ends a line in a script"
    return json.loads(script.removeprefix(f"{name}=").removesuffix(";\n"))


def unpacked(names: str, texts: str) -> dict[str, Any]:
    """Give kinds, cries, and of each entry its title, kind, address, names, text, weight and more words."""
    known, said = value(names, "searchData"), value(texts, "searchTexts")
    columns = [known["titles"], known["of"], list(_addresses(known)), known["names"], said["shown"], known["weights"]]
    rows = zip_longest(*columns, said["more"])
    return {"kinds": known["kinds"], "distress": known["distress"], "entries": [list(row) for row in rows]}


def unpacked_from(folder: Path, suffix: str = "") -> dict[str, Any]:
    """Give the same from a built site."""
    [names] = folder.glob(f"assets/search-data{suffix}.{'[0-9a-f]' * 10}.js")
    texts = folder / value(names.read_text(encoding="utf-8"), "searchData")["texts"]
    return unpacked(names.read_text(encoding="utf-8"), texts.read_text(encoding="utf-8"))


def _addresses(known: dict[str, Any]) -> Iterator[str]:
    page = ""
    for title, packed in zip(known["titles"], known["addresses"], strict=True):
        words = [word.lower() for word in re.findall("[A-Za-z0-9]+", title)]
        own, mark, anchor = packed.partition("#") if packed[:1] != "~" else (page, "#", packed[1:])
        parts = ("-".join(words[ord(at) - 65] for at in part) if part.isupper() else part for part in anchor.split("-"))
        page = own
        yield own + mark + "-".join(parts)
