"""The whole site as one ZIP that opens from a folder: links lead to files, and nothing needs a server or a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.exports.path_patterns import Output
from macros.formats.zip_writer import pack_into

__all__ = ["FOLDER", "OUTPUTS", "PLACE", "archive", "for_a_folder"]

OUTPUTS = (Output("offline", ("offline/principles-offline.zip",)),)
"""The paths of its files."""

PLACE = "offline/principles-offline.zip"
"""Where the archive stands on the site."""

FOLDER = "principles-offline"
"""The folder that the archive unpacks to."""

# Of no use without a server: the archive itself, what only sites and programs fetch, the page for lost addresses.
LEFT_OUT = ("offline/", "assets/cards/", "sitemap.xml", "robots.txt", "404.html", "_headers")
LEFT_OUT_EVERYWHERE = ("index.md", "oembed.json")

# What holds for a site with an address of its own only: the feeds, languages and other forms of a page that a program
# may ask the site for.
_OF_A_SITE = re.compile(r'<link rel="alternate"[^>]*>')

# In a folder no header stops a page, and "files of this site" allows nothing there: the files beside it are `file:`.
_POLICY = re.compile(r'(?<=<meta http-equiv="Content-Security-Policy" content=")[^"]*(?=">)')
_SELF = re.compile(r"'self'")

READ_ME = """The Voluntary Principles, explained: the whole site, to read without a network.

Open index.html in this folder with any browser. Search works too. Nothing you do here is sent anywhere; only links to
other sites, and "Exit this page", need a network.
"""

# A fragment may start with a numeric reference: generated pages write every sign that Markdown knows as one.
_LINK = re.compile(r'(?P<before>\b(?:href|action)=")(?P<path>[^"#?:&]*)(?P<after>[#?&][^"]*)?(?=")')


def archive(site: Path, moment: int) -> None:
    """Put the archive of a built site in its place; every file in it bears the same moment (seconds since 1970).

    Raises OSError where a file cannot be read or written.
    """
    place = site / PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as out:
        pack_into(out, ((f"{FOLDER}/{name}", content) for name, content in _files(site)), moment)


def for_a_folder(html: str) -> str:
    """Give a page as it stands in a folder.

    Its links to other pages of the site lead to the files that hold them, and its policy allows the files beside it:
    still no script that stands in a page, and nothing from elsewhere.
    """
    return _LINK.sub(_to_file, _POLICY.sub(_for_files, _OF_A_SITE.sub("", html)))


def _for_files(policy: re.Match[str]) -> str:
    return _SELF.sub("'self' file:", policy[0])


def _files(site: Path) -> Iterator[tuple[str, bytes]]:
    yield "READ-ME.txt", READ_ME.encode()
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        if not file.is_file() or name.startswith(LEFT_OUT) or file.name in LEFT_OUT_EVERYWHERE:
            continue
        content = file.read_bytes()
        yield name, for_a_folder(content.decode()).encode() if file.suffix == ".html" else content


def _to_file(match: re.Match[str]) -> str:
    path = match["path"]
    if path.endswith("/"):
        path += "index.html"
    elif path in {".", ".."} or path.endswith("/.."):
        path += "/index.html"
    return f"{match['before']}{path}{match['after'] or ''}"
