"""The style sheets of a built site: in the place of the two whole ones, one for each kind of page.

The frame names Material's sheet and ours, whole, as the live server sends them. A page that is published loads what its
kind uses alone: a third of both, in one file, as a second would cost a slow line one more way there and back before
anything shows. Whoever goes on to another kind of page loads rules again that they have; those are some 5 KB.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from macros.build import shortening, stylesheets
from macros.build.css_names import Asked, Names, asked_by, names_in
from macros.build.css_pruning import cut, pieces, separate
from macros.formats.cache import Cache, kept

__all__ = ["KINDS", "divide"]

KINDS = "assets/kinds"
"""Where the sheets of kinds of pages stand."""

_LINKS = re.compile(
    rf'<link rel="stylesheet" href="([^"]*){re.escape(stylesheets.MATERIAL)}">\s*'
    rf'<link rel="stylesheet" href="[^"]*{re.escape(stylesheets.OURS[0])}">'
)
_OF_TEXT = ("content", "title", "alt", "aria-label", "href", "datetime")
"""Attributes whose values are texts and places, and change with a word of the data."""

_SCRIPT = re.compile(r'"(?:[^":]*/)?assets/([\w.-]+\.js)"')


def divide(folder: Path, kinds: Mapping[str, str], data: tuple[str, ...], cache: Cache) -> None:
    """Put sheets for kinds of pages in the place of the two whole ones of a built site, and name them in its pages.

    `kinds` gives the kind of a page by its address; a page that has none there is one of its own. Scripts whose names
    begin as in `data` make no elements. The pages lose their spare white space on the way. Raises OSError where a file
    cannot be read or written.
    """
    scripts = (file for file in sorted((folder / "assets").glob("*.js")) if not file.name.startswith(data))
    code = {file.name: file.read_text(encoding="utf-8") for file in scripts}
    of_kind = defaultdict[str, list[Path]](list)
    for page in sorted(folder.rglob("*.html")):
        if _LINKS.search(page.read_text(encoding="utf-8")):
            place = page.relative_to(folder).as_posix().removesuffix("index.html")
            itself = place.strip("/").removesuffix(".html").replace("/", "-") or "home"
            of_kind[kinds.get(f"/{place}", itself)].append(page)
    whole = [folder / stylesheets.MATERIAL, folder / stylesheets.OURS[0]]
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in whole)
    bare = partial(_bare, _free(text))
    parts = (
        text,
        *code,
        *code.values(),
        *(part for kind, pages in of_kind.items() for part in (kind, *map(bare, pages))),
    )
    own = json.loads(kept(cache, parts, lambda: _divided(text, of_kind, code)))
    for sheet in whole:
        sheet.unlink()
    (folder / KINDS).mkdir()
    for kind, pages in of_kind.items():
        place = f"{KINDS}/{kind}.css"
        (folder / place).write_text(own[kind], encoding="utf-8")
        for page in pages:
            html = _LINKS.sub(rf'<link rel="stylesheet" href="\1{place}">', page.read_text(encoding="utf-8"))
            page.write_text(shortening.page(html), encoding="utf-8")


def _free(sheet: str) -> re.Pattern[str]:
    """Give what is no matter to a style sheet: the text between tags, and values of attributes that it never names."""
    names = (name for name in _OF_TEXT if f"[{name}" not in sheet)
    return re.compile("|".join(["(?<=>)[^<]+", *(rf'(?<= {name}=")[^"]*' for name in names)]))


def _bare(free: re.Pattern[str], page: Path) -> str:
    """Give a page without what is no matter to a style sheet: the same one after a word of it was changed."""
    return free.sub("", page.read_text(encoding="utf-8"))


def _divided(text: str, of_kind: Mapping[str, Iterable[Path]], code: Mapping[str, str]) -> bytes:
    """Give the sheet of each kind, as it is published, in JSON."""
    # Shortened before it is divided, and not fifty times after.
    rules = [one for piece in pieces(shortening.sheet(text)) for one in separate(piece)]
    asked = asked_by(selector for rule in rules for selector in rule.selectors)
    return json.dumps({kind: cut(rules, _names(pages, code, asked)) for kind, pages in of_kind.items()}).encode()


def _names(pages: Iterable[Path], code: Mapping[str, str], asked: Asked) -> Names:
    """Give what pages name of what is asked, and the scripts that they load, which may load others."""
    texts = [page.read_text(encoding="utf-8") for page in pages]
    loaded: set[str] = set()
    named = {name for text in texts for name in _SCRIPT.findall(text)}
    while named := {name for name in named if name in code} - loaded:
        loaded |= named
        named = {name for script in named for name in _SCRIPT.findall(code[script])}
    return names_in(texts, (code[name] for name in sorted(loaded)), asked)
