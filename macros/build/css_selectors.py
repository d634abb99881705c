"""Selectors of style sheets taken apart: what they name, and how much they weigh. Tokens are tinycss2's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2

__all__ = ["Compound", "Selector", "Weight", "parts", "selectors"]

Weight = tuple[int, int, int]
"""Specificity: how many ids, how many classes and the like, how many elements and the like."""

_ONE_OF = frozenset({"is", "where", "has"})
_ELEMENTS_OF_OLD = frozenset({"before", "after", "first-line", "first-letter"})
_COMBINATORS = frozenset(">+~")


@dataclass(frozen=True)
class Compound:
    """What a selector says of one element."""

    element: str = ""
    id: str = ""
    classes: frozenset[str] = frozenset()
    attributes: tuple[tuple[str, str | None], ...] = ()
    """Names, each with the value that it must have; None where it is not said whole."""
    groups: tuple[tuple[Selector, ...], ...] = ()
    """Of each of these one must fit it: what stands in `:is()` and `:where()`."""
    holds: tuple[tuple[Selector, ...], ...] = ()
    """Of each of these one must fit something near it: what stands in `:has()`."""


@dataclass(frozen=True)
class Selector:
    """A selector: its text, what it says of each element, its specificity, and the part of an element that it means."""

    text: str
    compounds: tuple[Compound, ...]
    weight: Weight
    subject: Compound
    """What it says of the element that it is about."""
    around: tuple[Compound, ...]
    """What it says of elements that this one lies in."""
    pseudo: str = ""


def parts(tokens: list[Any], mark: str) -> Iterator[list[Any]]:
    """Yield what stands between marks outside of brackets: selectors at commas, declarations at semicolons."""
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == mark:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def selectors(tokens: list[Any]) -> Iterator[Selector]:
    """Yield each selector of a rule."""
    for part in parts(tokens, ","):
        yield _selector(part)


def _selector(tokens: list[Any]) -> Selector:
    start, end = 0, len(tokens)
    while start < end and tokens[start].type == "whitespace":
        start += 1
    while start < end and tokens[end - 1].type == "whitespace":
        end -= 1
    own = tokens[start:end]
    reader = _Reader()
    for token in own:
        reader.take(token)
    reader.end()
    return Selector(
        tinycss2.serialize(own),
        tuple(one for one in reader.compounds if one != Compound()),
        (reader.a, reader.b, reader.c),
        reader.compounds[-1],
        tuple(one for one, lies_in in zip(reader.compounds, reader.lies_in, strict=False) if lies_in),
        reader.pseudo,
    )


class _Reader:
    """Takes the tokens of a selector one by one."""

    def __init__(self) -> None:
        self.compounds: list[Compound] = []
        self.lies_in: list[bool] = []
        """Of each compound but the last, whether what comes next is within it."""
        self.a = self.b = self.c = 0
        self.pseudo = ""
        self._begin()

    def _begin(self) -> None:
        self._sign = self._between = ""
        self._element = self._id = ""
        self._classes: set[str] = set()
        self._attributes: list[tuple[str, str | None]] = []
        self._groups: list[tuple[Selector, ...]] = []
        self._holds: list[tuple[Selector, ...]] = []

    def end(self) -> None:
        """End a compound."""
        self.compounds.append(
            Compound(
                self._element,
                self._id,
                frozenset(self._classes),
                tuple(self._attributes),
                tuple(self._groups),
                tuple(self._holds),
            )
        )
        self._begin()

    def take(self, token: Any) -> None:
        """Take the next token."""
        if token.type == "whitespace":
            self._between = self._between or " "
            return
        if token.type == "literal" and token.value in _COMBINATORS:
            self._between = token.value
            return
        if self._between:
            self.lies_in.append(self._between in " >")
            self.end()
        sign, self._sign = self._sign, ""
        if token.type == "literal":
            self._sign = sign + token.value if token.value == ":" else token.value
        elif token.type == "ident":
            self._take_name(token, sign)
        elif token.type == "hash":
            self._id, self.a = token.value, self.a + 1
        elif token.type == "[] block":
            self.b += 1
            self._attributes.append(_attribute(token.content))
        elif token.type == "function":
            self._take_function(token, sign)

    def _take_name(self, token: Any, sign: str) -> None:
        if sign == ".":
            self.b += 1
            self._classes.add(token.value)
        elif sign == "::" or (sign == ":" and token.lower_value in _ELEMENTS_OF_OLD):
            self.c += 1
            self.pseudo = token.lower_value
        elif sign == ":":
            self.b += 1
            if token.lower_value == "root":
                self._element = "html"
        else:
            self.c += 1
            self._element = token.lower_value

    def _take_function(self, token: Any, sign: str) -> None:
        name = token.lower_name
        if sign == "::":
            self.c += 1
            self.pseudo = name
        elif name in _ONE_OF or name == "not":
            inside = tuple(selectors(token.arguments))
            heaviest = max((one.weight for one in inside), default=(0, 0, 0))
            if name != "where":
                self.a, self.b, self.c = (self.a + heaviest[0], self.b + heaviest[1], self.c + heaviest[2])
            if name != "not":
                (self._holds if name == "has" else self._groups).append(inside)
        else:
            self.b += 1


def _attribute(content: list[Any]) -> tuple[str, str | None]:
    said = [token for token in content if token.type != "whitespace"]
    name = said[0].lower_value
    if len(said) == 3 and said[1].type == "literal" and said[1].value == "=":
        return name, str(said[2].value)
    return name, None
