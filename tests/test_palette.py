"""One palette: no colour stands in another file, every sheet gets its own from it, text stands out from its ground."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import tinycss2
from tinycss2.color3 import parse_color

from macros.build.stylesheets import OURS
from macros.palette import FILE, Colour, palette, properties
from tests.conftest import ROOT, BuiltSite

ELSEWHERE: Mapping[str, str] = {
    "docs/assets/favicon.svg": "browsers load it alone, so no style sheet reaches it",
}
"""Files with colours of their own, each with the reason; they are the palette's, too."""

LITERALS = (
    re.compile(r"(?<![&\w])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])", re.IGNORECASE),
    re.compile(r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|luma|cmyk|RGBColor)\(\s*[\"']?[#\d]", re.IGNORECASE),
    re.compile(r"[\"'][0-9a-f]{6}[\"']", re.IGNORECASE),
    re.compile(r"\b(?:fill|stroke|paint|text)\W{1,3}(?:\d\w* \+ )?(?:black|white|gr[ae]y|red|blue|green|navy|teal)\b"),
)
"""How the languages of this checkout write a colour."""

TEXT = frozenset({".css", ".html", ".j2", ".js", ".md", ".py", ".svg", ".txt", ".typ", ".xml", ".yml"})

SCHEMES = ("light", "dark")


def literals(text: str) -> list[str]:
    return [match[0] for pattern in LITERALS for match in pattern.finditer(text)]


def files() -> Iterator[Path]:
    for folder in ("docs", "macros", "theme"):
        yield from (file for file in sorted((ROOT / folder).rglob("*")) if file.suffix in TEXT and file != FILE)


def named_colours(css: str) -> list[str]:
    """Give the words in a style sheet's values that name a colour, but for the system's own and the text's."""
    found = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        tokens = list(rule.content or ()) if hasattr(rule, "content") else []
        after = ""
        while tokens:
            token = tokens.pop(0)
            if hasattr(token, "content") and token.type == "{} block":
                tokens = [*token.content, *tokens]
            elif token.type == "ident" and after == ":" and token.lower_value not in ("transparent", "currentcolor"):
                found += [token.value] if parse_color(token) else []
            after = ":" if token.type == "literal" and token.value == ":" else after
            after = "" if token.type == "literal" and token.value == ";" else after
    return found


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG 2.2 defines it."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def pairs() -> Iterator[tuple[str, str, str]]:
    """Yield each text with its ground and the scheme in which they meet."""
    for name, colour in palette().colours.items():
        yield from ((name, ground, scheme) for ground in colour.text_on for scheme in SCHEMES)
        yield from ((name, ground, "light") for ground in colour.print_on)


def test_no_colour_stands_in_another_file() -> None:
    found = {file.relative_to(ROOT).as_posix(): literals(file.read_text(encoding="utf-8")) for file in files()}
    assert {name: colours for name, colours in found.items() if colours and name not in ELSEWHERE} == {}
    of_palette = {colour.light for colour in palette().colours.values()}
    for name in ELSEWHERE:
        assert set(found[name]), name
        assert set(found[name]) <= of_palette, name


def test_no_colour_is_named_in_a_style_sheet() -> None:
    for path in OURS:
        assert named_colours((ROOT / "docs" / path).read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize(
    "text",
    ["color: #fff;", '"1c2a30"', "rgb(0 0 0 / 25%)", 'rgb("#1c2a30")', "fill: white", "luma(20)", "stroke: 2pt + red"],
)
def test_a_colour_is_known_by_how_it_is_written(text: str) -> None:
    assert literals(text)


def test_names_of_colours_are_known_and_the_systems_own_are_left() -> None:
    css = "a { color: red; border: 1px solid Navy } @media print { b:hover { background: Canvas; color: white } }"
    assert named_colours(css) == ["red", "Navy", "white"]
    assert literals('href="#a-z" &#35; #before-you-start issue "#1"') == []


def test_text_stands_out_in_both_schemes() -> None:
    colours = palette().colours
    dim = {}
    for name, ground, scheme in pairs():
        found = contrast(getattr(colours[name], scheme), getattr(colours[ground], scheme))
        if found < 4.5:
            dim[name, ground, scheme] = round(found, 2)
    assert dim == {}
    assert len(list(pairs())) > 60


def test_every_colour_of_text_says_what_it_stands_on() -> None:
    """What a sheet of ours gives to `color` is text: its name in the palette has grounds."""
    css = "".join((ROOT / "docs" / path).read_text(encoding="utf-8") for path in OURS)
    used = set(re.findall(r"(?<![\w-])color: var\(--vp-([\w]+)\)", css))
    assert {"ink", "quiet", "exit", "1"} <= used
    assert [name for name in sorted(used) if not palette().colours[name].text_on] == []


def test_every_property_that_a_sheet_reads_is_set(site: BuiltSite) -> None:
    sheets = [*(site.folder / "assets" / "kinds").glob("*.css"), *(site.folder / "assets").glob("embed.*.css")]
    assert len(sheets) > 30
    for file in sheets:
        css = file.read_text(encoding="utf-8")
        light, dark = css.partition("prefers-color-scheme:dark")[::2]
        assert set(re.findall(r"var\((--vp-[\w-]+)\)", css)) <= set(re.findall(r"(--vp-[\w-]+):", css)), file.name
        assert f"--vp-ink:{palette().colours['ink'].light};" in light
        assert f"--vp-ink:{palette().colours['ink'].dark};" in dark


def test_a_sheet_gets_the_colours_that_it_reads_and_no_other() -> None:
    css = properties("p { color: var(--vp-ink); top: var(--vp-face-text) }")
    ink = palette().colours["ink"]
    assert f"{{color-scheme:light dark;--vp-ink:{ink.light};--vp-face-text:{palette().faces['text']};}}" in css
    assert f"{{:root{{--vp-ink:{ink.dark};}}}}" in css
    assert css.count("--vp-") == 3


def test_a_chart_has_a_mark_for_each_series_as_style_sheets_do() -> None:
    own = palette()
    assert own.series == [own.marks[number - 1].light[1:] for number in own.bars]
    for path in OURS:
        css = (ROOT / "docs" / path).read_text(encoding="utf-8")
        found = re.findall(r"\.bar-(\d)[^{]*\{ (?:color|fill): var\(--vp-(\d)\)", css)
        assert [(int(bar), int(mark)) for bar, mark in found] == list(enumerate(own.bars, start=1)), path


def test_colours_are_written_alike() -> None:
    for name, colour in palette().colours.items():
        assert isinstance(colour, Colour)
        for scheme in SCHEMES:
            assert re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", getattr(colour, scheme)), name
        assert {*colour.text_on, *colour.print_on} <= palette().colours.keys(), name
    assert len(palette().marks) == 7
