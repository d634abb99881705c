"""Every page once more as Markdown, beside its HTML, and `llms.txt`, the list of them: for programs that read text.

The Markdown is made from the finished page, so that it says the same. `llms.txt` follows https://llmstxt.org
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from html_to_markdown import ConversionOptions, convert

from macros.checkout import TEMPLATES, Unreadable, shown
from macros.exports.path_patterns import Output
from macros.pages.site_info import SiteInfo

__all__ = ["LIST", "NAME", "OUTPUTS", "Listed", "llms", "markdown_copy", "page_texts"]

OUTPUTS = (Output("markdown", ("{page}index.md", "llms.txt")),)
"""The paths of its files."""

LIST = "llms.txt"
NAME = "index.md"

NOT_TEXT = (".headerlink", ".permalink", ".definition", ".eleven", ".crumbs", ".pager", ".screen-tools", "textarea")
"""What serves moving about on the screen, or says again what stands elsewhere."""


_TITLE = re.compile(r"<h1\b.*?</h1>", re.DOTALL)
_MEANINGFUL = re.compile(r"[\\`*_\[\]<>&#|~]")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as the list shows it."""

    address: str
    title: str
    description: str

    @property
    def markdown(self) -> str:
        """Where the page's Markdown is."""
        return self.address + NAME


def markdown_copy(html: str, address: str) -> str:
    """Give the content of a finished page as Markdown, with full links.

    `address` is the page's full address. What the page shows as text stays text: signs that mean something to Markdown
    or HTML are escaped. A page without an `article` gives an empty text.
    """
    start, end = html.find("<article"), html.find("</article>")
    if start < 0 or end < 0:
        return ""
    # Terms of a list in bold: Markdown has no lists of terms.
    article = _title_first(html[start:end]).replace("<dt>", "<dt><strong>").replace("</dt>", "</strong></dt>")
    options = ConversionOptions(
        base_url=address,
        escape_asterisks=True,
        escape_misc=True,
        escape_underscores=True,
        exclude_selectors=list(NOT_TEXT),
        extract_metadata=False,
    )
    return f"{(convert(article, options).content or '').strip()}\n\n<{address}>\n"


def _title_first(article: str) -> str:
    """Put a page's title before what stands above it on the screen, such as a note on what the page deals with."""
    title = _TITLE.search(article)
    if title is None:
        return article
    rest = article[: title.start()] + article[title.end() :]
    opening = rest.find(">") + 1
    return rest[:opening] + title.group() + rest[opening:]


def llms(site_info: SiteInfo, about: str, pages: Sequence[Listed]) -> str:
    """Give the text of `llms.txt`: the site in a sentence, and every page's Markdown by its section."""
    places: dict[str, list[Listed]] = {}
    for page in sorted(pages, key=lambda page: page.address.count("/")):  # a section's own page before those below it
        places.setdefault(page.address.split("/")[1], []).append(page)
    single = [page for found in places.values() if len(found) == 1 for page in found]
    sections = (found for found in places.values() if len(found) > 1)
    said = {
        "name": site_info.name,
        "about": about,
        "site": site_info.to("/"),
        "single": _lines(site_info, single),
        "sections": "\n\n".join(f"## {found[0].title}\n\n{_lines(site_info, found)}" for found in sections),
    }
    template = (TEMPLATES / "llms.txt").read_text(encoding="utf-8")
    # One pass, so that what looks like a place in a title stays text.
    return re.sub(r"\[\[(\w+)\]\]", lambda match: said[match[1]], template)


def _lines(site_info: SiteInfo, pages: Sequence[Listed]) -> str:
    return "\n".join(
        f"- [{_escaped(page.title)}]({site_info.to(page.markdown)}): {_escaped(page.description)}" for page in pages
    )


def _escaped(text: str) -> str:
    """Give text on one line that Markdown shows as it is."""
    return _MEANINGFUL.sub(r"\\\g<0>", " ".join(text.split()))


def page_texts(folder: Path) -> dict[str, str]:
    """Give the text of every page of a built site by its address; raises Unreadable."""
    found: dict[str, str] = {}
    try:
        for file in sorted(folder.rglob("index.html")) if folder.is_dir() else ():
            own = file.parent.relative_to(folder).as_posix()
            address = "/" if own == "." else f"/{own}/"
            written = file.with_name("index.md")
            if written.is_file():
                found[address] = written.read_text(encoding="utf-8", errors="replace")
            else:
                html = file.read_text(encoding="utf-8", errors="replace")
                found[address] = markdown_copy(html, f"https://site.invalid{address}")
    except (OSError, ValueError) as error:
        raise Unreadable(f"{shown(folder)} cannot be read: {error}") from None
    if not found:
        raise Unreadable(f"{shown(folder)} holds no built site; build one with `make site SITE=FOLDER`")
    return found
