"""The HTML that a page written by hand may hold: judged in its source, and for certain in what comes of it.

Both go by what is listed here, and by nothing else: whatever is not listed is refused. `in_source` reads the Markdown
before anything is made of it and knows each place; it takes any `<` for the start of a tag, also within code. `in_page`
reads the finished HTML with a parser that follows the same standard as browsers do (https://html.spec.whatwg.org), so
nothing that Markdown makes of a page slips by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from macros.values import reachable

__all__ = ["in_page", "in_source", "unfit"]

ELEMENTS = frozenset(
    (
        *("a", "abbr", "aside", "b", "blockquote", "br", "caption", "cite", "code", "dd", "details", "div", "dl", "dt"),
        *("em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "nav"),
        *("ol", "p", "pre", "q", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "time", "tr", "ul"),
    )
)
"""Elements that say what a text is. None runs, loads a page, sends anything, or holds text that is read differently."""

EMPTY = frozenset({"br", "hr", "img"})
"""Elements that hold nothing and are never closed."""

DEEPEST = 60
"""Tags open at one place of a source; pages have eight. Readers of HTML slow down with depth."""

EVERYWHERE = frozenset(
    (
        *("class", "dir", "id", "lang", "role", "tabindex", "title"),
        *("aria-current", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby"),
        *("data-cite-address", "data-copy", "data-search", "data-search-exclude"),
    )
)
"""Attributes of any element. Those with `data-` are read by our own script and hold text alone."""

OF: Mapping[str, frozenset[str]] = {
    "a": frozenset({"download", "href", "hreflang", "rel", "type"}),
    "details": frozenset({"open"}),
    "div": frozenset({"popover"}),
    "img": frozenset({"alt", "height", "loading", "src", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start"}),
    "td": frozenset({"colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
"""Attributes of one kind of element."""

SCHEMES = frozenset({"http", "https", "mailto", "sms", "tel"})
"""Where a link may lead besides this site."""

_WEB = re.compile(r"https?://([^/?#:]*)(?::([0-9]*))?(?:[/?#].*)?\Z", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"([^/?#:]*):")
_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0]")
_OPENS = re.compile(r"<(?=[A-Za-z/!?])")
_BARE = re.compile(r"<(https?://[^\s<>]+)>")
_ATTRIBUTE = r"""[A-Za-z][A-Za-z0-9:_.-]*(?:="[^"<>]*"|='[^'<>]*')?"""
_TAG = re.compile(rf"</?([A-Za-z][A-Za-z0-9-]*)((?:\s+{_ATTRIBUTE})*)\s*/?>")
_EACH = re.compile(r"""([A-Za-z][A-Za-z0-9:_.-]*)(?:="([^"]*)"|='([^']*)')?""")
_PICTURE = re.compile(r"!\[")
_WHOLE_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\(([^()\s]+)\)")
_LINK = re.compile(r"\]\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)")
_REFERENCE = re.compile(r"^[ ]{0,3}\[[^\]\n]*\]:[ \t]*\n?[ \t]*<?([^\s<>]+)", re.MULTILINE)
_BRACES = re.compile(r"\{(:?)([^{}\n]*)\}")
_TOKEN = re.compile(r"""([^\s={}"']+)=("[^"\n]*"|'[^'\n]*'|[^\s"'{}]*)|(\S+)""")


def unfit(address: str, *, picture: bool = False) -> str | None:
    """Give why an address cannot stand in a page, as the source has it; None where it can.

    Browsers drop tabs and line ends in an address, take a backslash for a slash, and read references such as `&#106;`.
    """
    plain = unescape(address).strip(" ")
    if _SPACE.search(plain):
        return "an address holds no spaces; write %20"
    if "\\" in plain:
        return "an address holds no backslash; write /"
    if plain.startswith("//"):
        return "an address of another site starts with https://"
    scheme = _SCHEME.match(plain)
    if scheme is None:
        return None
    if picture:
        return "a picture comes from this site alone; put the file into docs/assets/"
    if scheme[1].lower() not in SCHEMES:
        return f"a link cannot start with {scheme[0][:40]}; it leads to a page, or starts with https:, mailto: or tel:"
    web = _WEB.match(plain)
    if scheme[1].lower() in ("http", "https") and not (web and reachable(web[1], web[2])):
        return "nothing can be at this address; the name of the host cannot be right"
    return None


def in_source(text: str) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the markup of a Markdown text: how many letters before it, and what to say.

    The text has nothing of a template in it any more. The work grows with its length and no faster.
    """
    yield from _tags(text)
    for match in _PICTURE.finditer(text):
        whole = _WHOLE_PICTURE.match(text, match.start())
        why = unfit(whole[1], picture=True) if whole else "write a picture as ![what it shows](../assets/name.png)"
        if why:
            yield whole.start(1) if whole else match.start(), why
    for pattern in (_LINK, _REFERENCE):
        for match in pattern.finditer(text):
            why = unfit(match[1])
            if why:
                yield match.start(1), why
    for match in _BRACES.finditer(text):
        for token in _TOKEN.finditer(match[2]):
            why = _in_braces(token, with_colon=bool(match[1]))
            if why:
                yield match.start(2) + token.start(), why


def _tags(text: str) -> Iterator[tuple[int, str]]:
    depth = 0
    for opening in _OPENS.finditer(text):
        at = opening.start()
        bare = _BARE.match(text, at)
        if bare:
            why = unfit(bare[1])
            if why:
                yield at + 1, why
            continue
        tag = _TAG.match(text, at)
        if tag is None:
            yield at, 'a tag is written as <name> or <name attribute="value">; for the sign itself write &lt;'
            continue
        name = tag[1].lower()
        if name not in ELEMENTS:
            yield at, f"<{name[:40]}> is not used in pages; to show it write <code>&lt;{name[:40]}&gt;</code>"
            continue
        if name not in EMPTY:
            depth = max(0, depth - 1) if tag[0].startswith("</") else depth + 1
        if depth > DEEPEST:
            yield at, f"more than {DEEPEST} tags are open here; close them, or write it simply"
            return
        for one in _EACH.finditer(tag[2]):
            why = _attribute(name, one[1].lower(), next(filter(None, one.groups()[1:]), ""))
            if why:
                yield tag.start(2) + one.start(), why


def _in_braces(token: re.Match[str], *, with_colon: bool) -> str | None:
    """Say what is wrong with a part of `{: #id .class name=value }`; the colon may be left out."""
    name, value, word = token.groups()
    if name is not None:
        known = EVERYWHERE.union(*OF.values())
        if name.lower() not in known:
            return _unused(name)
        return unfit(value.strip("\"'"), picture=name.lower() == "src") if name.lower() in ("href", "src") else None
    if with_colon and not word.startswith(("#", ".")):
        return "only an id and classes stand here, such as {: #part .quiet }"
    return None


def _attribute(element: str, name: str, value: str) -> str | None:
    """Say what is wrong with an attribute; None where it may stand there."""
    if name not in EVERYWHERE and name not in OF.get(element, ()):
        return _unused(name)
    if name in ("href", "src"):
        return unfit(value, picture=element == "img")
    return None


def _unused(name: str) -> str:
    return f"the attribute {name[:40]} is not used in pages; delete it"


_AROUND = ("main", "article", "section")
"""What may stand around a page's content: a tag in it that closes one of these would put the rest of it elsewhere."""


def in_page(html: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the finished HTML of a page's content: a piece of it to look for, and what to say."""
    from selectolax.lexbor import LexborHTMLParser  # here: only who builds needs it

    # The content must stay within the box that it is put into, and close what it opens.
    opening = "".join(f"<{name}>" for name in _AROUND)
    tree = LexborHTMLParser(f'{opening}<div id="the-box">{html}</div><p id="behind-the-box">.</p>')
    around = tree.css_first(" > ".join(("body", *_AROUND)))
    boxes = list(around.iter(include_text=False)) if around else []
    for node in tree.root.traverse(include_text=False) if tree.root else ():
        name = (node.tag or "").lower()
        if name in ("html", "head", "body", *_AROUND[:2]):
            for attribute in node.attributes:
                yield f"<{name}", f"the attribute {attribute[:40]} of <{name}> is not used in pages; delete it"
        elif name not in ELEMENTS:
            shown = "a remark (<!-- … -->)" if name.startswith(("-", "!", "_")) else f"<{name[:40]}>"
            yield f"<{name}", f"{shown} is not used in pages; delete it"
        else:
            for attribute, value in node.attributes.items():
                why = _attribute(name, attribute.lower(), value or "")
                if why:
                    yield (value or "") if attribute in ("href", "src") else attribute, why
    if (
        [box.attributes.get("id") for box in boxes] != ["the-box", "behind-the-box"]
        or any(boxes[-1].iter(include_text=False))
        or len(tree.css(", ".join(_AROUND[:2]))) != 2
        or (tree.head is not None and tree.head.first_child is not None)
    ):
        yield "</", "a tag is opened and not closed, or closed and never opened"
