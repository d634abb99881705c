"""The scripts of a built site, joined where a page loads them one after the other: each costs a request.

The frame names them one by one, as the live server sends them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

__all__ = ["JOINED", "WITH_WORDS", "join"]

JOINED = {
    "help": ("time-zones", "help", "site"),
    "compare": ("site", "tables", "compare"),
    "filters": ("reading", "filters"),
    "glance": ("reading", "glance"),
}
"""Scripts that become one: of help pages, of the comparison, of long lists, of the table of all.

Help and the comparison have `site` in theirs, which other pages load by itself: a second script would show them later
on a slow phone, by one more way there and back.
"""

WITH_WORDS = ("help",)
"""Those of which pages in a second language have one with its texts: `help.fr` and so on."""

_RUN = re.compile(r'(?:<script src="[^"]*assets/[\w.-]+\.js"(?: defer)?></script>\s*)+')
_TAG = re.compile(r'<script src="([^"]*assets/)([\w.-]+)\.js"( defer)?></script>')

_WORDS = "words."
"""How the script of a second language's texts begins, which stands before the first that says them."""


def join(folder: Path) -> None:
    """Join the scripts of a built site, and name what they became in its pages.

    Raises OSError where a file cannot be read or written.
    """
    assets = folder / "assets"
    own = {file.stem: file.read_text(encoding="utf-8") for file in sorted(assets.glob("*.js"))}
    made: dict[str, str] = {}
    named: set[str] = set()

    def shorter(run: re.Match[str]) -> str:
        tags = _TAG.findall(run[0])
        for name, parts in JOINED.items():
            at = _place(tags, parts)
            if at is not None:
                (place, _, defer), *_ = found = tags[at]
                language = next((part[len(_WORDS) - 1 :] for _, part, _ in found if part.startswith(_WORDS)), "")
                made[name + language] = "".join(_ready(own[part], waits and not defer) for _, part, waits in found)
                tags[at] = [(place, name + language, defer)]
        named.update(name for _, name, _ in tags)
        return "".join(f'<script src="{place}{name}.js"{defer}></script>\n' for place, name, defer in tags)

    for page in sorted(folder.rglob("*.html")):
        head, mark, rest = page.read_text(encoding="utf-8").partition("</head>")
        after = _RUN.sub(shorter, head)
        if after != head:
            page.write_text(f"{after}{mark}{rest}", encoding="utf-8")
    for part in {part for parts in JOINED.values() for part in parts} - named:
        (assets / f"{part}.js").unlink(missing_ok=True)
    for name, text in made.items():
        (assets / f"{name}.js").write_text(text, encoding="utf-8")


def _place(tags: Sequence[tuple[str, str, str]], parts: Sequence[str]) -> slice | None:
    """Give where some scripts stand among those of a page, with the words that stand between them, if any do."""
    names = [name for _, name, _ in tags]
    plain = [name for name in names if not name.startswith(_WORDS)]
    for at in range(len(plain) - len(parts) + 1):
        if tuple(plain[at : at + len(parts)]) == tuple(parts):
            return slice(names.index(parts[0]), names.index(parts[-1]) + 1)
    return None


def _ready(text: str, waits: bool) -> str:
    """Give a script as it is, or such that it waits for the whole page where those before it in its file do not."""
    return f'addEventListener("DOMContentLoaded",()=>{{\n{text}}});\n' if waits else text
