"""A style sheet cut down to the rules that some pages can use.

Material's sheet serves every site that anybody makes with it; most of its rules match nothing here. And of ours, most
serve one kind of page. A rule stays when, for each compound of its selector (`li.card[open]`), some element of the
pages or of their scripts has the element's name, id, classes and attributes. How elements lie in each other is not
looked at, as PurgeCSS does not, so a rule too many may stay but none that matches a page goes. Custom properties go
that no rule reads, animations that none names, and what a later rule of the same selector sets anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import tinycss2

from macros.build.css_names import Names, usable
from macros.build.css_selectors import Selector, parts, selectors

__all__ = ["Piece", "cut", "pieces", "separate", "text_of", "without_unread"]

_READ = re.compile(r"var\(\s*(--[\w-]+)")
_GROUPS = frozenset({"media", "supports", "layer"})


@dataclass(frozen=True)
class Piece:
    """A rule of a sheet, or (with no selectors) something else that stands in it, such as an animation."""

    around: tuple[str, ...]
    """The heads of the groups that it stands in, such as `@media print`."""
    selectors: tuple[Selector, ...]
    body: tuple[tuple[str, str], ...]
    """Declarations: name, and the whole as text. Of something else, its text alone, under its name."""

    @property
    def sets(self) -> Iterator[tuple[str, bool]]:
        """Yield the name of each property that it sets, and whether as important."""
        for name, said in self.body:
            yield name, said.replace(" ", "").endswith("!important")


def pieces(sheet: str) -> list[Piece]:
    """Give what stands in a style sheet, in its order."""
    return list(_pieces(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), ()))


def _pieces(rules: Iterable[Any], around: tuple[str, ...]) -> Iterator[Piece]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield Piece(around, tuple(selectors(rule.prelude)), tuple(_declarations(rule.content)))
        elif rule.type == "at-rule" and rule.at_keyword in _GROUPS and rule.content is not None:
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            head = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}"
            yield from _pieces(inside, (*around, head))
        elif rule.type == "at-rule":
            name = tinycss2.serialize(rule.prelude).strip() if rule.at_keyword.endswith("keyframes") else ""
            yield Piece(around, (), ((name, rule.serialize()),))


def _declarations(content: list[Any]) -> Iterator[tuple[str, str]]:
    for one in parts(content, ";"):
        name = next((token.value for token in one if token.type == "ident"), "")
        if name:
            yield name if name.startswith("--") else name.lower(), tinycss2.serialize(one).strip()


def text_of(kept: Iterable[Piece]) -> str:
    """Give pieces as a style sheet; those beside each other in the same groups share them."""
    text: list[str] = []
    around: tuple[str, ...] = ()
    for piece in kept:
        shared = 0
        while shared < min(len(around), len(piece.around)) and around[shared] == piece.around[shared]:
            shared += 1
        text.append("}" * (len(around) - shared) + "".join(f"{head}{{" for head in piece.around[shared:]))
        around = piece.around
        said = ";".join(said for _, said in piece.body)
        text.append(f"{','.join(one.text for one in piece.selectors)}{{{said}}}" if piece.selectors else said)
    return "".join(text) + "}" * len(around)


def cut(sheet: Iterable[Piece], names: Names) -> str:
    """Give a style sheet without what cannot match, custom properties that nothing reads, and what is set anew."""
    single = (one for piece in sheet for one in separate(piece) if all(usable(own, names) for own in one.selectors))
    return text_of(_together(without_unread(list(single))))


def separate(piece: Piece) -> Iterator[Piece]:
    """Yield a piece for each selector of a piece; of what has one or none, itself."""
    if not piece.selectors[1:]:
        yield piece
        return
    for selector in piece.selectors:
        yield replace(piece, selectors=(selector,))


def _together(singles: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with one selector each, those that stand together and say the same as one."""
    for _, same in groupby(singles, lambda one: (one.around, one.body)):
        one, *others = same
        yield replace(one, selectors=one.selectors + tuple(other.selectors[0] for other in others))


def without_unread(found: list[Piece]) -> list[Piece]:
    """Give pieces without animations that none names, custom properties that none reads, and what is set anew."""
    found = list(_without_overridden(found))
    before = -1
    while before != (
        before := sum(len(piece.body) for piece in found)
    ):  # one that goes may be the last to read another
        said = " ".join(said for piece in found for _, said in piece.body if piece.selectors)
        read = set(_READ.findall(said))
        found = [less for piece in found if (less := _read(piece, read, said)).body]
    return found


def _read(piece: Piece, read: set[str], said: str) -> Piece:
    """Give a rule without custom properties that are not read, and an animation empty that is named nowhere."""
    if not piece.selectors:
        name = piece.body[0][0]
        return piece if not name or name in said else replace(piece, body=())
    return replace(piece, body=tuple(one for one in piece.body if not one[0].startswith("--") or one[0] in read))


_SHORT = frozenset({"background", "font", "list-style", "margin", "outline", "overflow", "padding", "transition"})
"""Properties that set all whose names begin with theirs."""

_NEW = ("color-mix(", "dvh", "env(")
"""What makes a value one that a browser may not know, which then takes what was set before."""


def _without_overridden(found: list[Piece]) -> Iterator[Piece]:
    """Yield pieces without what a later rule of the same selector sets anew, in the same groups or in none."""
    later: dict[tuple[str, tuple[str, ...], str], bool] = {}
    kept: list[Piece] = []
    for piece in reversed(found):
        if not piece.selectors:
            kept.append(piece)
            continue
        important = dict(piece.sets)
        body = tuple(one for one in piece.body if not _is_anew(piece, one[0], important[one[0]], later))
        for name, said in piece.body:
            if not any(new in said for new in _NEW):
                for one in piece.selectors:
                    key = (one.text, piece.around, name)
                    later[key] = later.get(key, False) or important[name]
        if body:
            kept.append(replace(piece, body=body))
    yield from reversed(kept)


def _is_anew(
    piece: Piece, name: str, is_important: bool, later: Mapping[tuple[str, tuple[str, ...], str], bool]
) -> bool:
    """Say whether a property of a rule is set by later ones, for each of its selectors and no less important."""
    names = (name, *(short for short in _SHORT if name.startswith(f"{short}-")))
    return all(
        any(
            (found := later.get((one.text, around, other))) is not None and found >= is_important
            for other in names
            for around in {(), piece.around}
        )
        for one in piece.selectors
    )
