"""The style sheets of a built site, taken apart: one that all pages share, and one for each kind of page.

The frame names Material's sheet and ours, whole, as the live server sends them. A page that is published loads what its
kind uses alone: a third of both, so that it is there sooner on a slow line.
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
from macros.build.css_pruning import pieces
from macros.build.css_splitting import split
from macros.formats.cache import Cache, kept

__all__ = ["KINDS", "divide"]

KINDS = "assets/kinds"
"""Where the sheets of kinds of pages stand."""

SHARE = 0.5
"""The share of all kinds that use a rule from which on it stands in the sheet that all pages load.

With more, a reader loads a rule that most pages use again with each further kind; with less, all load what few use.
"""

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
    shared, own = json.loads(kept(cache, parts, lambda: _divided(text, of_kind, code)))
    whole[0].unlink()
    whole[1].write_text(shared, encoding="utf-8")
    (folder / KINDS).mkdir()
    for kind, pages in of_kind.items():
        links = [stylesheets.OURS[0]]
        if own[kind]:
            links.append(f"{KINDS}/{kind}.css")
            (folder / links[1]).write_text(own[kind], encoding="utf-8")
        for page in pages:
            html = _LINKS.sub(partial(_linked, links), page.read_text(encoding="utf-8"))
            page.write_text(shortening.page(html), encoding="utf-8")


def _free(sheet: str) -> re.Pattern[str]:
    """Give what is no matter to a style sheet: the text between tags, and values of attributes that it never names."""
    names = (name for name in _OF_TEXT if f"[{name}" not in sheet)
    return re.compile("|".join(["(?<=>)[^<]+", *(rf'(?<= {name}=")[^"]*' for name in names)]))


def _bare(free: re.Pattern[str], page: Path) -> str:
    """Give a page without what is no matter to a style sheet: the same one after a word of it was changed."""
    return free.sub("", page.read_text(encoding="utf-8"))


def _divided(text: str, of_kind: Mapping[str, Iterable[Path]], code: Mapping[str, str]) -> bytes:
    """Give the shared sheet and those of kinds, as they are published, in JSON."""
    rules = pieces(text)
    asked = asked_by(selector for rule in rules for selector in rule.selectors)
    names = {kind: _names(pages, code, asked) for kind, pages in of_kind.items()}
    shared, own = split(rules, names, SHARE)
    shortened = {kind: shortening.sheet(sheet) if sheet else "" for kind, sheet in own.items()}
    return json.dumps([shortening.sheet(shared), shortened]).encode()


def _linked(sheets: Iterable[str], found: re.Match[str]) -> str:
    """Give the elements that load sheets in place of those found."""
    return "".join(f'<link rel="stylesheet" href="{found[1]}{sheet}">' for sheet in sheets)


def _names(pages: Iterable[Path], code: Mapping[str, str], asked: Asked) -> Names:
    """Give what pages name of what is asked, and the scripts that they load, which may load others."""
    texts = [page.read_text(encoding="utf-8") for page in pages]
    loaded: set[str] = set()
    named = {name for text in texts for name in _SCRIPT.findall(text)}
    while named := {name for name in named if name in code} - loaded:
        loaded |= named
        named = {name for script in named for name in _SCRIPT.findall(code[script])}
    return names_in(texts, (code[name] for name in sorted(loaded)), asked)
