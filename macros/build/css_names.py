"""What pages name, and the scripts that they load: elements, and the values of attributes.

Read from the tags alone, and from what scripts have in quotes. How elements lie in each other is not looked at, so more
may seem to fit than does, and never less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from macros.build.css_selectors import Compound, Selector

__all__ = ["Asked", "Names", "asked_by", "names_in", "usable"]

_TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:\s+[^\s=>\"'/]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_CLASSES = re.compile(r"\bclassName\b\s*[:=]\s*([^,;})]*)")
_GIVEN = re.compile(r"\bclassList\.\w+\(([^)]*)\)|\bid\s*[:=]\s*([^,;})]*)")
_MADE = re.compile(r"\b(?:createElement|make)\(\s*[\"'](\w+)")
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`")

Element = tuple[str, str, frozenset[str]]
"""An element's name (empty where a script may make any of these classes), id and classes."""


@dataclass(frozen=True)
class Asked:
    """What a style sheet asks for by name: nothing else on a page makes a difference to it."""

    words: frozenset[str]
    """Classes, ids, and elements."""
    attributes: Mapping[str, frozenset[str]]
    """Attributes, each with the values that it asks for whole."""


def asked_by(selectors: Iterable[Selector]) -> Asked:
    """Give what selectors ask for."""
    words: set[str] = set()
    attributes = defaultdict[str, set[str]](set)
    compounds = [compound for one in selectors for compound in one.compounds]
    while compounds:
        one = compounds.pop()
        words |= {one.element, one.id, *one.classes}
        for name, value in one.attributes:
            attributes[name] |= {value} if value is not None else set()
        compounds += (found for group in (*one.groups, *one.holds) for own in group for found in own.compounds)
    return Asked(frozenset(words), {name: frozenset(values) for name, values in attributes.items()})


@dataclass
class Names:
    """What pages and their scripts name: elements, the values of attributes, and what scripts give to any element."""

    elements: set[Element] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(
        default_factory=lambda: {name: {""} for name in ("class", "id", "hidden", "open")}
    )
    made: set[str] = field(default_factory=set)
    """Elements that scripts make, and classes and ids that they give to any element."""
    said: set[str] = field(default_factory=set)
    """Words that scripts say, which may be values of attributes."""
    _known: dict[Compound, bool] = field(default_factory=dict)

    def add_script(self, text: str, asked: Asked) -> None:
        """Add what a script may make: elements with their classes, and classes that it gives to any element."""
        for word in _all_words(text).intersection(asked.attributes):
            self.attributes.setdefault(word, set())
        self.said |= {word for word in _words(text) if any(word in values for values in asked.attributes.values())}
        made = set(_MADE.findall(text)) | {word for said in _GIVEN.findall(text) for word in _words("".join(said))}
        for said in _CLASSES.findall(text):
            if "+" in said or "`" in said:
                made |= _words(said)
            for one in _QUOTED.findall(said):
                if classes := asked.words.intersection(one[1:-1].split()):
                    self.elements.add(("", "", classes))
        self.made |= made & asked.words

    def has(self, compound: Compound) -> bool:
        """Say whether some element may have all that a compound names."""
        if compound not in self._known:
            self._known[compound] = self._has(compound)
        return self._known[compound]

    def _has(self, compound: Compound) -> bool:
        for name, value in compound.attributes:
            found = self.attributes.get(name)
            if found is None or (value is not None and value not in found and value not in self.said):
                return False
        if not all(any(usable(one, self) for one in group) for group in (*compound.groups, *compound.holds)):
            return False
        return self._is_bare(compound) or any(self._fits(compound, one) for one in self._candidates(compound))

    def _is_bare(self, compound: Compound) -> bool:
        """Whether a script may make any element into what a compound says."""
        return (
            self.made.issuperset(compound.classes)
            and (not compound.id or compound.id in self.made)
            and (not compound.element or compound.element in self.made)
            and all(any(self._is_bare(one.subject) for one in group) for group in compound.groups)
        )

    def _candidates(self, compound: Compound) -> Sequence[Element]:
        """Give the elements among which all are that a compound may mean: the fewest that one of its names leads to."""
        asked = [f".{name}" for name in compound.classes if name not in self.made]
        if compound.id and compound.id not in self.made:
            asked.append(f"#{compound.id}")
        if compound.element and compound.element not in self.made:
            asked.append(compound.element)
        found = [self._by_name.get(name, ()) for name in asked]
        return min(found, key=len) if found else list(self.elements)

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Element]]:
        """The elements by each of their names: their own, `.` and a class, `#` and an id."""
        found = defaultdict[str, list[Element]](list)
        for element in self.elements:
            for name in _called(element):
                found[name].append(element)
        return found

    def _fits(self, compound: Compound, element: Element) -> bool:
        name, identity, classes = element
        return (
            (compound.element in ("", name) or (not name and compound.element in self.made))
            and (compound.id in ("", identity) or compound.id in self.made)
            and all(one in classes or one in self.made for one in compound.classes)
            and all(any(self._fits(one.subject, element) for one in group) for group in compound.groups)
        )


@cache
def _all_words(code: str) -> frozenset[str]:
    """Give every word of a script, in small letters."""
    return frozenset(word.lower() for word in _WORD.findall(code))


@cache
def _words(code: str) -> frozenset[str]:
    """Give the words in quotes in a piece of a script."""
    return frozenset(word for one in _QUOTED.findall(code) for word in _WORD.findall(one))


def names_in(pages: Iterable[str], scripts: Iterable[str], asked: Asked) -> Names:
    """Give what some pages (HTML) and scripts name of what is asked."""
    names = Names()
    names.elements |= {("html", "", frozenset()), ("body", "", frozenset())}
    for tag in {tag for page in pages for tag in _TAG.findall(page)}:
        names.elements.add(_read(names, asked, *tag))
    for script in scripts:
        names.add_script(script, asked)
    return names


def _read(names: Names, asked: Asked, element: str, attributes: str) -> Element:
    """Give an element by what its tag says, as far as it is asked for, and remember its attributes."""
    own = {name.lower(): next(filter(None, values), "") for name, *values in _ATTRIBUTE.findall(attributes)}
    for name, values in asked.attributes.items():
        if name in own:
            names.attributes.setdefault(name, set()).update(values.intersection([own[name]]))
    identity = own.get("id", "")
    return (
        element.lower(),
        identity if identity in asked.words else "",
        asked.words.intersection(own.get("class", "").split()),
    )


def _called(element: Element) -> Iterator[str]:
    """Yield what an element is called: its name, `#` and its id, and `.` and each of its classes."""
    name, identity, classes = element
    if name:
        yield name
    if identity:
        yield f"#{identity}"
    yield from (f".{one}" for one in classes)


def usable(selector: Selector, names: Names) -> bool:
    """Say whether each compound of a selector may be some element."""
    return all(names.has(compound) for compound in selector.compounds)
