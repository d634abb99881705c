"""A style sheet cut down to the rules that some pages can use.

Material's sheet serves every site that anybody makes with it; most of its rules match nothing here. And of ours, most
serve one kind of page. A rule stays when, for each compound of its selector (`li.card[open]`), some element of the
pages or of their scripts has the element's name, id, classes and attributes. How elements lie in each other is not
looked at, as PurgeCSS does not, so a rule too many may stay but none that matches a page goes. Custom properties go
that no rule reads, animations that none names, and what a later rule of the same selector sets anew.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import tinycss2

from macros.build.css_names import Names
from macros.build.css_selectors import Compound, Selector, parts, selectors

__all__ = ["Piece", "Rules", "pieces"]

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
    def compounds(self) -> tuple[Compound, ...]:
        """What each of its selectors says of single elements."""
        return tuple(compound for one in self.selectors for compound in one.compounds)

    @property
    def animation(self) -> str:
        """The name of the animation that it is; empty for anything else."""
        return "" if self.selectors else self.body[0][0]

    @property
    def sets(self) -> Iterator[tuple[str, bool]]:
        """Yield the name of each property that it sets, and whether as important."""
        for name, said in self.body:
            yield name, said.replace(" ", "").endswith("!important")


def pieces(sheet: str | Iterable[Any]) -> list[Piece]:
    """Give what stands in a style sheet (its text, or its tokens), in its order."""
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


def _text_of(kept: Iterable[Piece]) -> str:
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


class Rules:
    """The rules of a style sheet, ready to be cut for one kind of page after the other.

    What a later rule of the same selector sets anew is left out at once: where one of them can match, so can the other.
    """

    def __init__(self, sheet: Iterable[Piece], names: Names | None = None) -> None:
        """Take the pieces of a style sheet; with what all pages name, those alone that can match on any of them."""
        single = [one for piece in sheet for one in separate(piece)]
        if names:
            fits = {compound: names.has(compound) for compound in {part for one in single for part in one.compounds}}
            single = [one for one in single if all(map(fits.__getitem__, one.compounds))]
        single = list(_without_overridden(single))
        animations = {piece.animation for piece in single if piece.animation}
        places: dict[Compound, int] = {}
        self._rules = []
        for piece in single:
            needed = frozenset(places.setdefault(one, len(places)) for one in piece.compounds)
            self._rules.append(_Rule(piece, needed, tuple(_declared(piece, animations))))
        self._compounds = list(places)

    def whole(self) -> str:
        """Give the style sheet without animations that none names, and custom properties that none reads."""
        return _text(self._rules)

    def cut(self, names: Names) -> str:
        """Give the style sheet without what cannot match, and what then is named or read nowhere."""
        lost = frozenset(place for place, one in enumerate(self._compounds) if not names.has(one))
        return _text([rule for rule in self._rules if rule.needed.isdisjoint(lost)])


@dataclass(frozen=True, slots=True)
class _Declared:
    """What the declarations of a rule say of others: all of them together, but each custom property by itself."""

    custom: str
    """The name of the custom property; empty for all other declarations of the rule."""
    reads: frozenset[str]
    """Custom properties."""
    animations: frozenset[str]
    """Animations that they may name."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A piece with one selector or none."""

    piece: Piece
    needed: frozenset[int]
    """The places of the compounds that must all fit some element."""
    declared: tuple[_Declared, ...]


def _declared(piece: Piece, animations: set[str]) -> Iterator[_Declared]:
    if not piece.selectors:
        return
    said = defaultdict[str, list[str]](list)
    for name, declaration in piece.body:
        said[name if name.startswith("--") else ""].append(declaration)
    for name, declarations in said.items():
        text = " ".join(declarations)
        one = _Declared(name, frozenset(_READ.findall(text)), frozenset(one for one in animations if one in text))
        if name or one.reads or one.animations:
            yield one


def _text(rules: Sequence[_Rule]) -> str:
    """Give rules as a style sheet, without animations that none names, and custom properties that none reads."""
    declared = [one for rule in rules for one in rule.declared]
    before = -1
    while before != (before := len(declared)):  # one that goes may be the last to read another
        read = frozenset[str]().union(*(one.reads for one in declared))
        declared = [one for one in declared if not one.custom or one.custom in read]
    named = frozenset[str]().union(*(one.animations for one in declared))
    return _text_of(_together(less for rule in rules if (less := _read(rule, read, named)).body))


def _read(rule: _Rule, read: frozenset[str], named: frozenset[str]) -> Piece:
    """Give a rule without custom properties that are not read, and an animation empty that is named nowhere."""
    piece = rule.piece
    if piece.animation and piece.animation not in named:
        return replace(piece, body=())
    if all(one.custom in read for one in rule.declared if one.custom):
        return piece
    return replace(piece, body=tuple(one for one in piece.body if not one[0].startswith("--") or one[0] in read))


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
        yield replace(one, selectors=one.selectors + tuple(other.selectors[0] for other in others)) if others else one


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
