"""Every page once more as Markdown, beside its HTML, and `llms.txt`, the list of them: for programs that read text.

The Markdown is made from the finished page, so that it says the same. Above it stands what the page's head says, as
YAML. A source is a footnote: its number and its address stand once, not in each of its marks. What charts draw stands
in the tables below them. `llms.txt` follows https://llmstxt.org
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from html_to_markdown import ConversionOptions, convert

from macros.checkout import TEMPLATES, Unreadable, shown
from macros.exports.path_patterns import Output
from macros.pages import front_matter
from macros.pages.site_info import SiteInfo

__all__ = ["LIST", "NAME", "OUTPUTS", "Listed", "llms", "markdown_copy", "page_texts"]

OUTPUTS = (Output("markdown", ("{page}index.md", "llms.txt")),)
"""The paths of its files."""

LIST = "llms.txt"
NAME = "index.md"

NOT_TEXT = (
    *(".headerlink", ".permalink", ".definition", ".eleven", ".crumbs", ".pager", ".screen-tools", ".mend", "textarea"),
    *("svg", '.chart[role="img"]', ".chart-title", ".key", ".patterns-box"),
)
"""What serves moving about on the screen, or says again what stands elsewhere."""

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


_TITLE = re.compile(r"<h1\b.*?</h1>", re.DOTALL)
_FOLD = re.compile(r"<summary>\s*(<(h[2-6])\b(?:(?!</summary>).)*</\2>)(.*?)</summary>", re.DOTALL)
"""What a fold is called, where that is a heading, and what stands beside it."""
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


_MARK = re.compile(r'<a class="source-mark" href="#[^"]*"(?: data-sources="([\d ]+)")?[^>]*>(\d+)\+?</a>')
_SOURCES = re.compile(r'<ol class="sources">(.*?)</ol>', re.DOTALL)
_SOURCE = re.compile(r'<li [^>]*\bvalue="(\d+)"[^>]*>(.*?)</li>', re.DOTALL)
_OPEN, _CLOSE, _SAID = "\ue000", "\ue001", "\ue002"
"""What stands around the number of a footnote while HTML becomes Markdown, and behind that of its text."""
_FOOTNOTE = re.compile(f"{_OPEN}(\\d+){_CLOSE}(?:({_SAID})\\s*)?")


def markdown_copy(html: str, address: str, confidence: str = "") -> str:
    """Give the content of a finished page as Markdown, with full links.

    `address` is the page's full address, `confidence` how sure its record is, where it has one. What the page shows as
    text stays text: signs that mean something to Markdown or HTML are escaped. A page without an `article` gives an
    empty text.
    """
    start, end = html.find("<article"), html.find("</article>")
    if start < 0 or end < 0:
        return ""
    # Terms of a list in bold: Markdown has no lists of terms.
    article = _FOLD.sub(r"\1<p>\3</p>", _footnotes(_title_first(html[start:end])))
    article = article.replace("<dt>", "<dt><strong>").replace("</dt>", "</strong></dt>")
    options = ConversionOptions(
        base_url=address,
        escape_asterisks=True,
        escape_misc=True,
        escape_underscores=True,
        exclude_selectors=list(NOT_TEXT),
        extract_metadata=False,
    )
    text = _FOOTNOTE.sub(_as_footnote, (convert(article, options).content or "").strip())
    return f"{_head(html[:start], address, confidence)}{text}\n\n<{address}>\n"


def _head(head: str, address: str, confidence: str) -> str:
    """Give what the head of a page says of it, as YAML: nothing where it says nothing."""
    found = {name: _value(pattern, head) for name, pattern in _HEAD.items()}
    if not found["title"]:
        return ""
    said = {"title": _quoted(found["title"]), "address": address, "language": found["language"]}
    said |= {"checked": found["checked"], "confidence": confidence, "licence": LICENCE}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in said.items() if value) + "---\n\n"


_SIGNS = re.compile(r"[`*_\[\]<>&#|~\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What means something to whoever takes the head for Markdown, and what YAML does not take as it is."""


def _quoted(text: str) -> str:
    """Give a text as a string of YAML that is no markup either."""
    return _SIGNS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))


_HEAD = {
    "title": re.compile(r'<meta property="og:title" content="([^"]*)"'),
    "language": re.compile(r'<html lang="([^"]*)"'),
    "checked": re.compile(r'<meta property="article:modified_time" content="([^"]*)"'),
}
"""Where a page's head says it."""


def _value(pattern: re.Pattern[str], head: str) -> str:
    match = pattern.search(head)
    return unescape(match[1]) if match else ""


def _footnotes(article: str) -> str:
    """Give a page whose marks of sources and list of sources are footnotes; where it has no list, as it is."""
    article = re.sub(f"[{_OPEN}{_CLOSE}{_SAID}]", "", article)
    if not _SOURCES.search(article):
        return article
    marked = _MARK.sub(lambda mark: "".join(map(_numbered, (mark[1] or mark[2]).split())), article)
    return _SOURCES.sub(lambda found: _SOURCE.sub(_told, found[1]), marked)


def _numbered(number: str) -> str:
    return f"{_OPEN}{number}{_CLOSE}"


def _told(entry: re.Match[str]) -> str:
    return f"<p>{_numbered(entry[1])}{_SAID}{entry[2]}</p>"


def _as_footnote(number: re.Match[str]) -> str:
    # With the dash it is text for readers without footnotes too: a single word there would be the address of a link.
    return f"[^{number[1]}]: \u2013 " if number[2] else f"[^{number[1]}]"


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
                found[address] = front_matter.parts(written.read_text(encoding="utf-8", errors="replace"))[1]
            else:
                html = file.read_text(encoding="utf-8", errors="replace")
                found[address] = markdown_copy(html, f"https://site.invalid{address}")
    except (OSError, ValueError) as error:
        raise Unreadable(f"{shown(folder)} cannot be read: {error}") from None
    if not found:
        raise Unreadable(f"{shown(folder)} holds no built site; build one with `make site SITE=FOLDER`")
    return found
