"""Text to safe Markdown and HTML: the only door by which data reaches a page.

Templates put values in with `{{ … }}`; `escape` is what the template engine calls on each of them. What it returns
means the same text inside a Markdown heading, inside an HTML element and inside a quoted attribute, so nothing depends
on somebody remembering a filter.
"""

from __future__ import annotations

import functools
import json
import re
from datetime import date
from typing import Any

from markupsafe import Markup

from macros.data import field_types
from macros.unicode_text import INVISIBLE, TYPED_SPACE, folded

# Characters that mean something to HTML, to Markdown (with the extensions that mkdocs.yml switches on) or to the
# template engine. As numeric references they mean only themselves, in every place a value can stand.
_MEANINGFUL = re.compile(r"[&<>\"'`*_{}\[\]\\#!|~^]")
_IN_TITLE = re.compile(r"[&<>\"{}]")

_DATES = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}
"""How exact dates are written, in the patterns of Unicode TR 35."""


def escape(value: Any) -> Any:
    """Give what a template may print for a value: text as harmless markup, everything else unchanged.

    Text that a template built itself (Markup) passes; text from the data never is that.
    """
    if isinstance(value, str):
        return value if isinstance(value, Markup) else _escaped(value)
    if isinstance(value, field_types.PartialDate | date):
        return long_date(value)
    return "" if value is None else value


@functools.lru_cache(maxsize=1 << 14)  # six in seven were on this page or one before: names, labels, parts of addresses
def _escaped(text: str) -> Markup:
    if not (text.isascii() and text.isprintable() and "  " not in text):
        text = INVISIBLE.sub("\ufffd", TYPED_SPACE.sub(" ", text))
    return Markup(_MEANINGFUL.sub(_reference, text))  # noqa: S704  every sign that means something is replaced


def as_lines(text: str) -> Markup:
    """Give lines to stand in `<pre>` as they are, each sign that means something as a reference."""
    return Markup(_MEANINGFUL.sub(_reference, INVISIBLE.sub("\ufffd", text)))  # noqa: S704  every sign that means something is replaced


def title(value: str) -> str:
    """Give text for a page's title and description, which the theme prints into HTML as they are."""
    return _IN_TITLE.sub(_reference, folded(value, TYPED_SPACE))


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


@functools.lru_cache(maxsize=4096)
def long_date(value: field_types.PartialDate | date, language: str = "en") -> str:
    """Give a date in words, as precise as it is known: 5 March 2020, March 2020, 2020; in a language by its code."""
    from babel.dates import format_date  # here: the check needs no dates in words, and this is slow to load

    if isinstance(value, date):
        return str(format_date(value, _DATES["day"], locale=language))
    return str(format_date(value.first_day, _DATES[value.precision], locale=language))


def relative(target: str, page: str) -> str:
    """Give a link from one page to an address, so that the site works below any folder.

    Both are addresses from the site's root: `/principles/1/#in-brief` seen from `/categories/search/` is
    `../../principles/1/#in-brief`.
    """
    path, mark, anchor = target.partition("#")
    if path == page and mark:
        return f"#{anchor}"
    return f"{_way(path, page)}{mark}{anchor}"


@functools.lru_cache(maxsize=1 << 12)
def _way(path: str, page: str) -> str:
    """Give the way from a page to a path."""
    here, there = ([name for name in address.split("/") if name] for address in (page, path))
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    way = "/".join([".."] * (len(here) - shared) + there[shared:]) or "."
    return f"{way}/" if path.endswith("/") else way


def as_yaml(value: Any) -> str:
    """Give a value as YAML, on one line and in ASCII."""
    return _NOT_ASCII.sub(_code, json.dumps(value, ensure_ascii=False))


def as_json_ld(value: Any) -> Markup:
    """Give a value as JSON that can stand in a `script` element for programs: it holds no `<`."""
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(said.replace("<", "\\u003c"))  # noqa: S704  nothing in it ends the element or begins another


# JSON would write what lies above U+FFFF, such as 🙂, as two halves, which YAML refuses.
_NOT_ASCII = re.compile(r"[^\n -~]")


def _code(match: re.Match[str]) -> str:
    sign = ord(match.group())
    return f"\\u{sign:04x}" if sign <= 0xFFFF else f"\\U{sign:08x}"
