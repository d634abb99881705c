"""Where the site and its repository are: `SITE_URL` and `REPO_URL`, looked at here before anything is made of them.

They stand in `mkdocs.yml`, which takes them from the environment where it names them. Feeds, citations, `robots.txt`
and the map of the site hold whole addresses, so there is no site without one.
"""

from __future__ import annotations

import re

__all__ = ["repository", "site"]

_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>`{}|\\^]+(?:/[^\s?#\"'<>`{}|\\^]*)?")

_HOLDS = "leave it out, and the one in mkdocs.yml holds"


def site(text: str | None) -> str:
    """Give the address of the site, with a slash at its end; raises ValueError with a sentence where it is none."""
    given = (text or "").strip()
    if not _ADDRESS.fullmatch(given):
        raise ValueError(
            f"SITE_URL is {given[:80]!r}; it takes the whole address at which readers find the site, such as "
            f"https://example.org/principles/; {_HOLDS}"
        )
    return f"{given.rstrip('/')}/"


def repository(text: str | None) -> str:
    """Give the address of the repository, without a slash at its end; raises ValueError with a sentence."""
    given = (text or "").strip()
    if not _ADDRESS.fullmatch(given):
        raise ValueError(
            f"REPO_URL is {given[:80]!r}; it takes the whole address of the source code, such as "
            f"https://example.org/me/principles; {_HOLDS}"
        )
    return given.rstrip("/")
