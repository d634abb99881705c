"""What pages name, and the scripts that they load: elements, and the values of attributes.

Read from the tags alone, and from what scripts have in quotes. How elements lie in each other is not looked at, so more
may seem to fit than does, and never less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from macros.build.css_selectors import Compound, Selector

__all__ = ["Asked", "Names", "asked_by", "asked_from", "names_in", "start_tags"]

_START = re.compile(r"""<[a-zA-Z][^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
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
class _Tag:
    """What a start tag says of what is asked: its element, and its attributes with what they say of that."""

    element: Element
    attributes: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True)
class _Script:
    """What a script says of what is asked: see `Names`, whose fields these are."""

    elements: frozenset[Element]
    attributes: frozenset[str]
    made: frozenset[str]
    said: frozenset[str]


@dataclass(eq=False)
class Asked:
    """What a style sheet asks for by name: nothing else on a page makes a difference to it."""

    words: frozenset[str]
    """Classes, ids, and elements."""
    ids: frozenset[str]
    """The ids among them."""
    attributes: Mapping[str, frozenset[str]]
    """Attributes, each with the values that it asks for whole."""
    _tags: dict[str, _Tag] = field(default_factory=dict)
    _scripts: dict[str, _Script] = field(default_factory=dict)

    @property
    def as_json(self) -> dict[str, Any]:
        """The same in values that JSON has; `asked_from` reads them."""
        attributes = {name: sorted(values) for name, values in sorted(self.attributes.items())}
        return {"words": sorted(self.words), "ids": sorted(self.ids), "attributes": attributes}

    @cached_property
    def _values(self) -> frozenset[str]:
        return frozenset(value for values in self.attributes.values() for value in values)

    @cached_property
    def _unasked(self) -> list[tuple[re.Pattern[str], str]]:
        """Attributes whose values make no difference, such as addresses and texts, each with what says enough."""
        counting = {"class", *(name for name, values in self.attributes.items() if values)} - {"id"}
        ids = "|".join(re.escape(value) for value in sorted(self.ids | self.attributes.get("id", frozenset())))
        there = [(re.escape(name), name) for name in sorted(self.attributes.keys() - counting - {"id"})]
        there.append((rf'id(?!="(?:{ids})")', "id"))
        asked = "|".join(re.escape(name) for name in sorted({*counting, *self.attributes, "id"}))
        others = (rf"(?!(?:{asked})=)[^\s=\">]+", "")
        # One after the other, as what is put in their places then needs no look at what was found.
        return [(re.compile(rf' {name}="[^"]*"(?=[\s/>])'), said and f" {said}") for name, said in (*there, others)]

    def bare(self, tags: Iterable[str]) -> set[str]:
        """Give start tags without values that are no matter: far fewer, and the same after a text was changed."""
        text = "\0".join(tags)
        for found, said in self._unasked:
            text = found.sub(said, text)
        return set(text.split("\0"))

    def tag(self, text: str) -> _Tag:
        """Give what a start tag says of what is asked."""
        if text not in self._tags:
            self._tags[text] = self._tag(text)
        return self._tags[text]

    def _tag(self, text: str) -> _Tag:
        found = _TAG.match(text)
        element, attributes = found.groups() if found else ("", "")
        own = {name.lower(): next(filter(None, values), "") for name, *values in _ATTRIBUTE.findall(attributes)}
        identity = own.get("id", "")
        return _Tag(
            (
                element.lower(),
                identity if identity in self.words else "",
                self.words.intersection(own.get("class", "").split()),
            ),
            tuple((name, values.intersection([own[name]])) for name, values in self.attributes.items() if name in own),
        )

    def script(self, text: str) -> _Script:
        """Give what a script may make: elements with their classes, and classes that it gives to any element."""
        if text not in self._scripts:
            self._scripts[text] = self._script(text)
        return self._scripts[text]

    def _script(self, text: str) -> _Script:
        elements: set[Element] = set()
        made = set(_MADE.findall(text)) | {word for said in _GIVEN.findall(text) for word in _words("".join(said))}
        for said in _CLASSES.findall(text):
            if "+" in said or "`" in said:
                made |= _words(said)
            for one in _QUOTED.findall(said):
                if classes := self.words.intersection(one[1:-1].split()):
                    elements.add(("", "", classes))
        named = {word.lower() for word in _WORD.findall(text)}
        return _Script(
            frozenset(elements),
            frozenset(named.intersection(self.attributes)),
            self.words & made,
            self._values & _words(text),
        )


def asked_by(selectors: Iterable[Selector]) -> Asked:
    """Give what selectors ask for."""
    words: set[str] = set()
    ids: set[str] = set()
    attributes = defaultdict[str, set[str]](set)
    compounds = [compound for one in selectors for compound in one.compounds]
    while compounds:
        one = compounds.pop()
        words |= {one.element, one.id, *one.classes}
        ids.add(one.id)
        for name, value in one.attributes:
            attributes[name] |= {value} if value is not None else set()
        compounds += (found for group in (*one.groups, *one.holds) for own in group for found in own.compounds)
    return Asked(
        frozenset(words), frozenset(ids - {""}), {name: frozenset(values) for name, values in attributes.items()}
    )


def asked_from(said: Mapping[str, Any]) -> Asked:
    """Give what `Asked.as_json` says."""
    attributes = {name: frozenset(values) for name, values in said["attributes"].items()}
    return Asked(frozenset(said["words"]), frozenset(said["ids"]), attributes)


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

    def has(self, compound: Compound) -> bool:
        """Say whether some element may have all that a compound names."""
        for name, value in compound.attributes:
            found = self.attributes.get(name)
            if found is None or (value is not None and value not in found and value not in self.said):
                return False
        if not all(any(_usable(one, self) for one in group) for group in (*compound.groups, *compound.holds)):
            return False
        if self._is_bare(compound):
            return True
        said = bool(compound.element) + bool(compound.id) + len(compound.classes) + len(compound.groups)
        if said == 1:  # an element that has this one has all; of a group, one was found above
            return bool(compound.groups or self._candidates(compound))
        return any(self._fits(compound, one) for one in self._candidates(compound))

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
            and (compound.classes <= classes or compound.classes <= classes | self.made)
            and (
                not compound.groups
                or all(any(self._fits(one.subject, element) for one in group) for group in compound.groups)
            )
        )


def _words(code: str) -> frozenset[str]:
    """Give the words in quotes in a piece of a script."""
    return frozenset(word for one in _QUOTED.findall(code) for word in _WORD.findall(one))


def start_tags(page: str) -> set[str]:
    """Give the start tags of a page (HTML), each once, as they are written."""
    return set(_START.findall(page))


def names_in(tags: Iterable[str], scripts: Iterable[str], asked: Asked) -> Names:
    """Give what some start tags and scripts name of what is asked."""
    names = Names()
    names.elements |= {("html", "", frozenset()), ("body", "", frozenset())}
    for tag in map(asked.tag, tags):
        names.elements.add(tag.element)
        for name, values in tag.attributes:
            names.attributes.setdefault(name, set()).update(values)
    for script in map(asked.script, scripts):
        names.elements |= script.elements
        names.made |= script.made
        names.said |= script.said
        for name in script.attributes:
            names.attributes.setdefault(name, set())
    return names


def _called(element: Element) -> Iterator[str]:
    """Yield what an element is called: its name, `#` and its id, and `.` and each of its classes."""
    name, identity, classes = element
    if name:
        yield name
    if identity:
        yield f"#{identity}"
    yield from (f".{one}" for one in classes)


def _usable(selector: Selector, names: Names) -> bool:
    """Say whether each compound of a selector may be some element."""
    return all(names.has(compound) for compound in selector.compounds)
