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
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

from macros.build import shortening, stylesheets
from macros.build.css_names import Asked, asked_by, asked_from, names_in, start_tags
from macros.build.css_pruning import Piece, Rules, pieces
from macros.formats.cache import Cache, kept

__all__ = ["KINDS", "divide"]

KINDS = "assets/kinds"
"""Where the sheets of kinds of pages stand."""

_LINKS = re.compile(
    rf'<link rel="stylesheet" href="([^"]*){re.escape(stylesheets.MATERIAL)}">\s*'
    rf'<link rel="stylesheet" href="[^"]*{re.escape(stylesheets.OURS[0])}">'
)
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
        place = page.relative_to(folder).as_posix().removesuffix("index.html")
        itself = place.strip("/").removesuffix(".html").replace("/", "-") or "home"
        of_kind[kinds.get(f"/{place}", itself)].append(page)
    whole = [folder / stylesheets.MATERIAL, folder / stylesheets.OURS[0]]
    sheet = _Sheet("".join(sheet.read_text(encoding="utf-8") for sheet in whole))
    asked = asked_from(json.loads(kept(cache, ("asked by a style sheet", sheet.text), sheet.asked)))
    used = {kind: found for kind, pages in of_kind.items() if (found := _rewritten(pages, kind, asked))}
    parts = [sheet.text, *code, *code.values()]
    for kind, one in used.items():
        parts += [kind, *sorted(one.scripts), *sorted(one.tags)]
    own = json.loads(kept(cache, parts, lambda: _divided(sheet, asked, used, code)))
    for file in whole:
        file.unlink()
    (folder / KINDS).mkdir()
    for kind in used:
        (folder / KINDS / f"{kind}.css").write_text(own[kind], encoding="utf-8")


class _Sheet:
    """A style sheet, which is taken apart only when somebody asks: a second build need not."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def pieces(self) -> list[Piece]:
        """What stands in it, shortened: before it is divided, and not fifty times after."""
        return pieces(shortening.tokens(self.text))

    def asked(self) -> bytes:
        """Give what it asks for, in JSON."""
        return json.dumps(asked_by(selector for piece in self.pieces for selector in piece.selectors).as_json).encode()


@dataclass(frozen=True)
class _Used:
    """What the pages of one kind use."""

    tags: set[str] = field(default_factory=set)
    """Their start tags, without what is no matter to the style sheet: as many in a thousand pages as in ten."""
    scripts: set[str] = field(default_factory=set)
    """The names of the scripts that they load."""


def _rewritten(pages: Iterable[Path], kind: str, asked: Asked) -> _Used | None:
    """Name the sheet of a kind in its pages, shorten them, and give what they use; None where none names the sheets."""
    used = None
    before = set[str]()
    for page in pages:
        text = page.read_text(encoding="utf-8")
        html, found = _LINKS.subn(rf'<link rel="stylesheet" href="\1{KINDS}/{kind}.css">', text, count=1)
        if not found:
            continue
        used = used or _Used()
        tags = start_tags(text)
        fresh = tags - before  # the head and the menu of one page are those of the next
        used.tags.update(asked.bare(fresh))
        used.scripts.update(name for tag in fresh if ".js" in tag for name in _SCRIPT.findall(tag))
        before = tags
        page.write_text(shortening.page(html), encoding="utf-8")
    return used


def _divided(sheet: _Sheet, asked: Asked, used: Mapping[str, _Used], code: Mapping[str, str]) -> bytes:
    """Give the sheet of each kind, as it is published, in JSON."""
    scripts = {kind: [code[name] for name in sorted(_loaded(one.scripts, code))] for kind, one in used.items()}
    every = names_in(chain.from_iterable(one.tags for one in used.values()), {*chain(*scripts.values())}, asked)
    rules = Rules(sheet.pieces, every)
    return json.dumps(
        {kind: rules.cut(names_in(one.tags, scripts[kind], asked)) for kind, one in used.items()}
    ).encode()


def _loaded(scripts: Iterable[str], code: Mapping[str, str]) -> set[str]:
    """Give the names of scripts, and of those that they load in turn."""
    loaded: set[str] = set()
    named = set(scripts)
    while named := {name for name in named if name in code} - loaded:
        loaded |= named
        named = {name for script in named for name in _SCRIPT.findall(code[script])}
    return loaded
