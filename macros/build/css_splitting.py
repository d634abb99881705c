"""A style sheet taken apart by kind of page: what all pages share, and for each kind what only some need.

A page loads the shared sheet first. So a rule that goes into the sheet of a kind comes behind shared rules that stood
after it. Where that could change which of the two wins on some element, it stays in the shared one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import groupby

from macros.build.css_names import Names
from macros.build.css_pruning import Piece, text_of, without_unread
from macros.build.css_selectors import Compound, Weight

__all__ = ["separate", "split"]

_SIDES = ("top", "right", "bottom", "left")
_PLACES = {
    "block": ("top", "bottom"),
    "inline": ("right", "left"),
    **{
        f"{axis}-{end}": sides
        for axis, sides in (("block", ("top", "bottom")), ("inline", ("right", "left")))
        for end in ("start", "end")
    },
}
_ALSO = {
    "flex": ("flex-basis", "flex-grow", "flex-shrink"),
    "flex-flow": ("flex-direction", "flex-wrap"),
    "font": ("font-family", "font-size", "font-style", "font-weight", "font-variant-numeric", "line-height"),
    "gap": ("column-gap", "row-gap"),
    "columns": ("column-count", "column-width"),
    "page-break-inside": ("break-inside",),
    "place-items": ("align-items", "justify-items"),
    "inline-size": ("width",),
    "block-size": ("height",),
}
"""Properties that set others whose names do not begin with theirs, or have another name."""


def split(sheet: Iterable[Piece], kinds: Mapping[str, Names], share: float) -> tuple[str, dict[str, str]]:
    """Give the sheet that all pages share, and the one for each kind of page.

    `kinds` says what the pages of each kind name. A rule that this share of the kinds, or more, can use is shared.
    """
    of_compound = cache(partial(_having, kinds))
    whole = [one for piece in sheet for one in separate(piece)]
    whole = without_unread([piece for piece in whole if _users(piece, kinds, of_compound)])
    users = [_users(piece, kinds, of_compound) for piece in whole]
    shared = [len(own) >= share * len(kinds) for own in users]
    return (
        _text(piece for piece, stays in zip(whole, shared, strict=True) if stays),
        {
            kind: _text(
                _moved(
                    ((one, stays) for one, own, stays in zip(whole, users, shared, strict=True) if kind in own), names
                )
            )
            for kind, names in kinds.items()
        },
    )


def _moved(found: Iterable[tuple[Piece, bool]], names: Names) -> Iterator[Piece]:
    """Yield what goes behind the shared sheet: of pieces, each with whether it is shared, those that are not.

    A shared one that stands after one of them, and must win against it, is said there once more.
    """
    earlier = defaultdict[tuple[Weight, str, str], list[Piece]](list)
    for piece, is_shared in found:
        keys = _keys(piece)
        if is_shared and not any(_meet(piece, other, names) for key in keys for other in earlier.get(key, ())):
            continue
        for key in keys:
            earlier[key].append(piece)
        yield piece


def separate(piece: Piece) -> Iterator[Piece]:
    """Yield a piece for each selector of a piece."""
    for selector in piece.selectors:
        yield replace(piece, selectors=(selector,))
    if not piece.selectors:
        yield piece


def _text(singles: Iterable[Piece]) -> str:
    """Give pieces with one selector each as a sheet in which rules that say the same are one."""
    return text_of(
        replace(one, selectors=one.selectors + tuple(other.selectors[0] for other in others))
        for one, *others in (list(same) for _, same in groupby(singles, lambda one: (one.around, one.body)))
    )


def _having(kinds: Mapping[str, Names], compound: Compound) -> frozenset[str]:
    """Give the kinds of pages on which some element may have all that a compound names."""
    return frozenset(kind for kind, names in kinds.items() if names.has(compound))


def _users(piece: Piece, kinds: Iterable[str], of_compound: Callable[[Compound], frozenset[str]]) -> frozenset[str]:
    """Give the kinds of pages that can use a piece; what is no rule is for all."""
    return frozenset(kinds).intersection(*(of_compound(one) for own in piece.selectors for one in own.compounds))


def _keys(piece: Piece) -> set[tuple[Weight, str, str]]:
    """Give for each property of a rule what it would have in common with a rule against which order decides."""
    return {
        (selector.weight, selector.pseudo, f"{important}{longhand}")
        for selector in piece.selectors
        for name, important in piece.sets
        for longhand in _longhands(name)
    }


@cache
def _longhands(name: str) -> frozenset[str]:
    """Give the properties that a property sets, as far as two of ours could set one of them both."""
    first, _, rest = name.partition("-")
    if first in ("margin", "padding", "inset", "top", "right", "bottom", "left"):
        first, rest = ("inset", first) if first in _SIDES else (first, rest)
        sides = _PLACES.get(rest) or ((rest,) if rest in _SIDES else _SIDES)
        return frozenset(f"{first}-{side}" for side in sides)
    if first == "border" and rest not in ("radius", "collapse", "spacing") and not rest.endswith("-radius"):
        side = next((one for one in (*_SIDES, *_PLACES) if rest == one or rest.startswith(f"{one}-")), "")
        kind = rest.removeprefix(side).strip("-")
        sides = _PLACES.get(side) or ((side,) if side else _SIDES)
        return frozenset(f"{one}-{what}" for one in sides for what in ([kind] if kind else ["width", "style", "color"]))
    if first in (
        "background",
        "outline",
        "list",
        "overflow",
        "transition",
        "animation",
        "mask",
    ) and not rest.startswith("blend"):
        return frozenset({first})
    if name.startswith("text-decoration"):
        return frozenset({"text-decoration"})
    return frozenset(_ALSO.get(name, (name,)))


def _meet(one: Piece, other: Piece, names: Names) -> bool:
    """Say whether two rules may be about the same element in the same medium, and say different things of it."""
    media = {word for piece in (one, other) for head in piece.around for word in ("print", "screen") if word in head}
    if one.body == other.body or {"print", "screen"} <= media:
        return False
    first, second = one.selectors[0], other.selectors[0]
    both = _joined(first.subject, second.subject)
    return both is not None and names.meets(both, first.around + second.around)


@cache
def _joined(first: Compound, second: Compound) -> Compound | None:
    """Give what an element is that two compounds mean; None where it would have two names or ids."""
    for own, others in ((first.element, second.element), (first.id, second.id)):
        if own and others and own != others:
            return None
    return Compound(
        first.element or second.element,
        first.id or second.id,
        first.classes | second.classes,
        first.attributes + second.attributes,
        first.groups + second.groups,
        first.holds + second.holds,
    )
