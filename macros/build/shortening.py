"""Our own style sheets and scripts without remarks and spare white space: a quarter less to send.

Sheets are read by tinycss2, which the build has for Material's. Scripts lose their indents and the lines that are
nothing but a remark; that needs no parser, as none of ours has a text of several lines or a remark within a line of
its own kind (`script` says so where one has). Programs that do more come as compiled code, which is not there for every
machine that builds the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import tinycss2

__all__ = ["page", "script", "sheet", "tokens"]

_TIGHT = frozenset("{};,")
"""Signs of a style sheet beside which white space says nothing."""

_AS_IT_IS = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
"""Elements of a page in which white space counts."""

_REMARK = re.compile(r"(.*?[;,(){}\[\]]) +// [^\"'`]*$")

_SEVERAL_LINES = re.compile(r"/\*|\\$", re.MULTILINE)


def sheet(text: str) -> str:
    """Give a style sheet that says the same without remarks, and with white space only where it says something."""
    return f"{tinycss2.serialize(tokens(text))}\n"


def tokens(text: str) -> list[Any]:
    """Give what `sheet` gives as tokens, for whoever goes on to read them."""
    return _tight(tinycss2.parse_component_value_list(text, skip_comments=True))


def _tight(tokens: Iterable[Any]) -> list[Any]:
    """Give tokens without spare white space; a block in braces has none of its own at its ends."""
    kept: list[Any] = []
    for token in tokens:
        if token.type == "whitespace":
            if kept and not _is_tight(kept[-1], after=True):
                kept.append(token)
            continue
        if kept and kept[-1].type == "whitespace" and _is_tight(token, after=False):
            kept.pop()
        kept.append(token)
    if kept and kept[-1].type == "whitespace":
        kept.pop()
    if kept and kept[-1].type == "literal" and kept[-1].value == ";":
        kept.pop()
    for token in kept:
        if token.type == "{} block":
            token.content = _tight(token.content)
        elif token.type == "whitespace":
            token.value = " "
    return kept


def _is_tight(token: Any, *, after: bool) -> bool:
    """Whether white space after a token, or before it, says nothing; before a colon it can (`a :hover`)."""
    if token.type in ("{} block", "whitespace"):  # white space twice, where a remark stood between
        return True
    return token.type == "literal" and (token.value in _TIGHT or (after and token.value == ":"))


def script(text: str) -> str:
    """Give a script of ours without remarks that fill a line or end it, and without indents.

    Raises ValueError where it holds what may go over several lines: a remark between `/*` and `*/`, or a text in
    backquotes that does not end in its line.
    """
    lines = [line.strip() for line in text.split("\n")]
    kept = [_without_remark(line) for line in lines if line and not line.startswith("//")]
    for line in kept:
        if _SEVERAL_LINES.search(line) or line.count("`") % 2:
            raise ValueError(f"this line of a script may go on in the next, so its white space may count: {line[:80]}")
    return "\n".join(kept) + "\n"


def _without_remark(line: str) -> str:
    """Give a line of a script without the remark at its end; one in which a text may hold such signs stays whole."""
    found = _REMARK.match(line)
    return found[1] if found and not any(found[1].count(sign) % 2 for sign in "\"'`") else line


def page(html: str) -> str:
    """Give a page without indents and empty lines, but where white space counts."""
    parts = _AS_IT_IS.split(html)
    return "".join(
        _without_indents(part) if place % 3 == 0 else part for place, part in enumerate(parts) if place % 3 != 2
    )


def _without_indents(part: str) -> str:
    """Give a part of a page without white space at the ends of its lines, and without empty ones."""
    first, *others = part.split("\n")
    if not others:
        return part
    *between, last = others
    return "\n".join([first.rstrip(), *filter(None, map(str.strip, between)), last.lstrip()])
