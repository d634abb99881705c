"""Where the site and its repository are: `SITE_URL` and `REPO_URL`, looked at here before anything is made of them.

They stand in `mkdocs.yml`, which takes them from the environment where it names them. Feeds, citations, `robots.txt`
and the map of the site hold whole addresses, so there is no site without one.
"""

from __future__ import annotations

import re

__all__ = ["repository", "site"]

_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>`{}|\\^]+(?:/[^\s?#\"'<>`{}|\\^]*)?")


def site(text: str | None) -> str:
    """Give the address of the site, with a slash at its end; raises ValueError with a sentence where it is none."""
    found = _whole("SITE_URL", text, "at which readers find the site", "https://example.org/principles/")
    return f"{found}/"


def repository(text: str | None) -> str:
    """Give the address of the repository, without a slash at its end; raises ValueError with a sentence."""
    return _whole("REPO_URL", text, "of the source code", "https://example.org/me/principles")


def _whole(name: str, text: str | None, of_what: str, example: str) -> str:
    given = (text or "").strip()
    if not _ADDRESS.fullmatch(given):
        raise ValueError(
            f"{name} is {given[:80]!r}; it takes the whole address {of_what}, such as {example}; leave it out, and the "
            "one in mkdocs.yml holds"
        )
    return given.rstrip("/")
