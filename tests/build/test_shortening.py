"""Our sheets and scripts as they are sent: shorter, and saying the same."""

from __future__ import annotations

import re
from typing import Any

import pytest
import tinycss2

from macros.build import shortening
from macros.build.artifacts import OWN_SCRIPTS
from macros.build.stylesheets import OURS
from tests.conftest import ROOT

DOCS = ROOT / "docs"


def rules(text: str) -> list[Any]:
    """Give what a style sheet says: each rule's selector or condition, and its declarations by name and value."""
    found: list[Any] = []
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        assert rule.type in ("qualified-rule", "at-rule"), rule
        prelude = " ".join(tinycss2.serialize(rule.prelude).split()).replace(" ,", ",").replace(", ", ",")
        if rule.type == "at-rule" and rule.at_keyword in ("media", "supports"):
            found.append((rule.at_keyword, prelude, rules(tinycss2.serialize(rule.content))))
            continue
        declared = tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True)
        assert all(one.type in ("declaration", "qualified-rule") for one in declared), prelude
        found.append((prelude, [value_of(one) for one in declared]))
    return found


def value_of(one: Any) -> Any:
    if one.type != "declaration":
        return tinycss2.serialize(one.prelude).strip(), tinycss2.serialize(one.content).split()
    value = " ".join(tinycss2.serialize(one.value).split()).replace(" ,", ",").replace(", ", ",")
    return one.name, value, one.important


@pytest.mark.parametrize("path", OURS)
def test_a_sheet_says_the_same_in_fewer_signs(path: str) -> None:
    text = (DOCS / path).read_text(encoding="utf-8")
    short = shortening.sheet(text)
    assert rules(short) == rules(text)
    assert len(rules(text)) > 20
    assert len(short) < 0.85 * len(text)
    assert "/*" not in short
    assert shortening.sheet(short) == short


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a :hover , b > c { color : red ; }", "a :hover,b > c{color :red}"),
        ("a:hover{margin:-1px calc( 1px + 2px )}", "a:hover{margin:-1px calc( 1px + 2px )}"),
        ("/* a */ a /* b */ b { content: '/* c */  d' }", 'a b{content:"/* c */  d"}'),
        ("@media screen and (min-width: 60em) { a { b: c } }", "@media screen and (min-width: 60em){a{b:c}}"),
    ],
)
def test_white_space_stays_where_it_says_something(written: str, sent: str) -> None:
    assert shortening.sheet(written) == f"{sent}\n"


@pytest.mark.parametrize("name", [*OWN_SCRIPTS, "redirect.js"])
def test_a_script_loses_indents_and_remarks_alone(name: str) -> None:
    text = (DOCS / "assets" / name).read_text(encoding="utf-8")
    short = shortening.script(text)
    lines = [line for line in map(str.strip, text.split("\n")) if line and not line.startswith("//")]
    *kept, last = short.split("\n")
    assert (len(kept), last) == (len(lines), "")
    for line, sent in zip(lines, kept, strict=True):
        assert line.startswith(sent)
        assert line == sent or (sent[-1] in ";,(){}[]" and re.fullmatch(r" +// .*", line.removeprefix(sent))), line


def test_what_looks_like_a_remark_within_a_text_stays() -> None:
    assert shortening.script('go("a; // b"); // c\nx = [1, // d\n2];\n') == 'go("a; // b");\nx = [1,\n2];\n'


def test_a_page_loses_white_space_where_it_says_nothing() -> None:
    page = "<p>\n    a\n\n  b</p>\n<pre>\n  c\n\n  d</pre>\n\n  <p>e\n  <textarea>\n f</textarea>"
    sent = "<p>\na\nb</p>\n<pre>\n  c\n\n  d</pre>\n<p>e\n<textarea>\n f</textarea>"
    assert shortening.page(page) == sent


@pytest.mark.parametrize("text", ["const a = `b\n  c`;", "/* a\n  b */", "const a = 'b\\\n  c';"])
def test_a_script_whose_white_space_may_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="white space may count"):
        shortening.script(text)
