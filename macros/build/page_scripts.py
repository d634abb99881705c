"""The scripts of a built site, joined where a page loads one right after the other: each costs a request.

The frame names them one by one, as the live server sends them.
"""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["JOINED", "join"]

JOINED = (("time-zones", "help"), ("reading", "filters"), ("reading", "glance"))
"""Scripts that become one, which bears the last one's name: of help pages, of long lists, of the table of all."""


def join(folder: Path) -> None:
    """Join the scripts of a built site, and name what they became in its pages.

    Raises OSError where a file cannot be read or written.
    """
    assets = folder / "assets"
    texts = {name: (assets / f"{name}.js").read_text(encoding="utf-8") for names in JOINED for name in names}
    for *_, last in JOINED:
        (assets / f"{last}.js").unlink()
    for names in JOINED:
        (assets / f"{names[-1]}.js").write_text("".join(texts[name] for name in names), encoding="utf-8")
    tags = [
        re.compile(r"\s*".join(rf'<script src="([^"]*)assets/{name}\.js"( defer)?></script>' for name in names))
        for names in JOINED
    ]
    for page in sorted(folder.rglob("*.html")):
        before = after = page.read_text(encoding="utf-8")
        for found, names in zip(tags, JOINED, strict=True):
            if f"assets/{names[0]}.js" in after:
                after = found.sub(rf'<script src="\1assets/{names[-1]}.js"\2></script>', after)
        if after != before:
            page.write_text(after, encoding="utf-8")
    (assets / f"{JOINED[0][0]}.js").unlink()
