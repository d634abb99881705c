"""What is cited, and its values as texts and files have them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from macros.data.field_types import PartialDate
from macros.data.languages import ENGLISH

__all__ = ["ARCHIVE", "LANGUAGE", "Work", "quoted", "url_of"]

LANGUAGE = ENGLISH.tag
"""How exactly the language of the site is named."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited: a page on the web. `own`: a page of this site, whose author is the site itself.

    `archived` is where a copy of somebody else's page may be, nearest to the day `read` on which this site read it.
    """

    key: str
    author: str
    title: str
    issued: PartialDate
    url: str
    own: bool = True
    language: str = LANGUAGE
    archived: str | None = None
    read: PartialDate | None = None


ARCHIVE = "Internet Archive"


def url_of(work: Work) -> str:
    """Give the address with no sign in it that could end a field."""
    return quoted(work.url)


def quoted(address: str) -> str:
    """Give an address with every sign that could end a field as a reference."""
    return quote(address, safe="/:?#@!$&'()*+,;=~%[]")
