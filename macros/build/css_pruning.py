"""A style sheet cut down to the rules that the built pages can use.

Material's sheet serves every site that anybody makes with it; most of its rules match nothing here. A rule stays when
each class, id, element and attribute that its selector names occurs in some page or script. That is decided by names
alone, as PurgeCSS does it, so a rule too many may stay but none that matches a page goes. Custom properties go that no
sheet reads: Material keeps its colours for highlighted code and its icons there. Parsed by tinycss2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import tinycss2

__all__ = ["Names", "cut", "names_in"]

_TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:\s+[^\s=>\"'/]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_GROUPS = frozenset({"media", "supports", "layer"})


@dataclass
class Names:
    """What pages and scripts name: elements, classes, ids, attributes; words of scripts may be any of these."""

    elements: set[str] = field(default_factory=lambda: {"html", "body"})
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=lambda: {"class", "id", "hidden", "open", "dir"})

    def add_script(self, text: str) -> None:
        """Add every word of a script: it may make an element, or set a class, of that name."""
        words = set(_WORD.findall(text))
        for known in (self.elements, self.classes, self.ids, self.attributes):
            known |= words


def names_in(pages: Iterable[str], scripts: Iterable[str]) -> Names:
    """Give what some pages (HTML) and scripts name."""
    names = Names()
    seen: set[tuple[str, str]] = set()
    for page in pages:
        for element, attributes in _TAG.findall(page):
            if (element, attributes) in seen:
                continue
            seen.add((element, attributes))
            names.elements.add(element.lower())
            for name, *values in _ATTRIBUTE.findall(attributes):
                names.attributes.add(name.lower())
                value = next(filter(None, values), "")
                if name == "class":
                    names.classes |= set(value.split())
                elif name == "id":
                    names.ids.add(value)
    for script in scripts:
        names.add_script(script)
    return names


def cut(sheet: str, names: Names, beside: str = "") -> str:
    """Give a style sheet without the rules that cannot match and the custom properties that nothing reads.

    `beside` is the text of the sheets that are sent with it. Animations that no rule names go with the rules.
    """
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    kept = list(_kept(rules, names))
    text = "".join(part for part, animation in kept if not animation)
    text, before = "".join(part for part, animation in kept if not animation or animation in text), ""
    while text != before:  # one that goes may have been the last to read another
        before, read = text, set(_READ.findall(text + beside))
        text = "".join(_with_read(tinycss2.parse_stylesheet(text), read))
    return text


def _with_read(rules: Iterable[Any], read: set[str]) -> Iterator[str]:
    """Yield the text of each rule, without the custom properties that are not among those `read`."""
    for rule in rules:
        if rule.type == "qualified-rule":
            declared = ";".join(
                tinycss2.serialize(one).strip()
                for one in _parts(rule.content, ";")
                if not (name := next((token.value for token in one if token.type == "ident"), "")).startswith("--")
                or name in read
            )
            if declared.strip(";"):
                yield f"{tinycss2.serialize(rule.prelude)}{{{declared}}}"
        elif rule.type == "at-rule" and rule.at_keyword in _GROUPS and rule.content is not None:
            inside = "".join(_with_read(tinycss2.parse_rule_list(rule.content), read))
            if inside:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        else:
            yield rule.serialize()


def _kept(rules: Iterable[Any], names: Names) -> Iterator[tuple[str, str]]:
    """Yield the text of each rule that stays; with its name where it is an animation."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [one for one in _parts(rule.prelude, ",") if _can_match(one, names)]
            if selectors:
                prelude = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                yield f"{prelude}{{{tinycss2.serialize(rule.content).strip()}}}", ""
        elif rule.type == "at-rule" and rule.at_keyword.endswith("keyframes"):
            yield rule.serialize(), tinycss2.serialize(rule.prelude).strip()
        elif rule.type == "at-rule" and rule.at_keyword in _GROUPS and rule.content is not None:
            inside = "".join(
                text
                for text, _ in _kept(
                    tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), names
                )
            )
            if inside:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}", ""
        elif rule.type == "at-rule":
            yield rule.serialize(), ""


def _parts(tokens: list[Any], mark: str) -> Iterator[list[Any]]:
    """Yield what stands between marks outside of brackets: selectors at commas, declarations at semicolons."""
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == mark:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _can_match(selector: list[Any], names: Names) -> bool:
    """Say whether all that a selector names outside of functions such as `:not()` occurs somewhere."""
    before = ""
    for token in selector:
        if token.type == "ident":
            if before == "." and token.value not in names.classes:
                return False
            if before not in {".", ":"} and token.lower_value not in names.elements:
                return False
        elif token.type == "hash" and token.value not in names.ids:
            return False
        elif token.type == "[] block":
            name = next((part.lower_value for part in token.content if part.type == "ident"), "")
            if name not in names.attributes:
                return False
        before = token.value if token.type == "literal" else ""
    return True
