"""What is done once a whole site is built: style sheets cut, names after content, the archive, headers for hosts."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from pathlib import Path

from macros.build import offline_zip, page_scripts, page_sheets, publishing, shortening
from macros.formats.cache import Cache

__all__ = ["POLICY", "postprocess"]

DATA_SCRIPTS = ("search-data", "words", "entry-form-data", "compare-data")
"""How the names of scripts begin that are data without a remark."""

SITE_MAP = "sitemap.xml"

_HIDDEN = '<meta name="robots" content="noindex">'

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
"""What a page may load: files of this site, and no script that stands in a page.

No script of ours asks for anything; `connect-src` is for programs that test a page and read robots.txt from within it.
`data:` are small icons that the style sheets hold. The live server puts a script of its own into pages; it sends none.
"""


def postprocess(folder: Path, moment: int, kinds: Mapping[str, str], cache: Cache) -> None:
    """Do what needs the whole built site; `moment` is what its archive says of when it was made (seconds since 1970).

    Give each kind of page the style sheets that it uses (`kinds` says which an address is), take remarks and spaces out
    of our own sheets and scripts, name all of them after their content, and add the archive of the whole site and the
    headers for hosts that read them.
    """
    page_sheets.divide(folder, kinds, (*DATA_SCRIPTS, "time-zones"), cache)
    page_scripts.join(folder)
    for own in (folder / "assets").glob("*.[cj]s*"):
        shorten = {".css": shortening.sheet, ".js": shortening.script}.get(own.suffix)
        if shorten and not own.name.startswith(DATA_SCRIPTS):
            own.write_text(shorten(own.read_text(encoding="utf-8")), encoding="utf-8")
    publishing.name_by_content(folder)
    _leave_out_of_site_map(folder, moment)
    offline_zip.archive(folder, moment)
    paths = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    (folder / publishing.HEADERS).write_text(publishing.headers(paths, POLICY), encoding="utf-8")


_ENTRY = re.compile(r"\s*<url>\s*<loc>([^<]*)</loc>.*?</url>", re.DOTALL)


def _leave_out_of_site_map(folder: Path, moment: int) -> None:
    """Take pages that ask not to be found, such as those of what was withdrawn, out of the map of the site."""
    place = folder / SITE_MAP
    if not place.is_file():
        return
    text = place.read_text(encoding="utf-8")
    root = min((found[1] for found in _ENTRY.finditer(text)), key=len, default="")

    def kept(entry: re.Match[str]) -> str:
        page = folder / entry[1].removeprefix(root) / "index.html"
        hidden = page.is_file() and _HIDDEN in page.read_text(encoding="utf-8").partition("</head>")[0]
        return "" if hidden else entry[0]

    made = _ENTRY.sub(kept, text)
    if made != text:
        place.write_text(made, encoding="utf-8")
        packed = place.with_name(f"{SITE_MAP}.gz")
        if packed.is_file():
            packed.write_bytes(gzip.compress(made.encode(), mtime=moment))
