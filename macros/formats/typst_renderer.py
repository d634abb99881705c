"""Data to paper and pictures, by the typesetter Typst (https://typst.app/docs/): what handouts and cards share.

Values go in as data (`sys.inputs`), never as source, so that no text can act as markup. Only the fonts that the
typesetter brings along are used, and no clock: the same data gives the same bytes on every machine.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import typst
from PIL import Image, ImageColor

from macros.checkout import TEMPLATES
from macros.data.paper import NOT_SET
from macros.formats.cache import Cache, kept, key_of
from macros.palette import FILE, palette
from macros.unicode_text import visible

__all__ = ["clean", "has_set", "html", "pdf", "picture", "pngs", "svg"]

PARTS = ("marks.typ", "drawing.typ", "sheet.typ")
"""What templates of the typesetter include."""

PIXELS_PER_INCH = 144
"""A card is laid out in points; so a point is two pixels."""

HEAVY = 40_000
"""Bytes from which a picture is made smaller, which takes longer than drawing it does."""

LARGEST = 20_000_000
"""Dots of the largest picture, three times those of the largest real one; each takes ten bytes while it is drawn."""

LONG = 500_000
"""Signs of a value from which a picture might have more, as the table of a thousand principles would."""

COLOURS = 64
"""A card's flat colours and the edges between them; more only adds bytes."""

SHEET = 16
"""Cards set in one go: few enough that every processor gets some, and that little memory is taken."""


def clean(text: str) -> str:
    """Give text as the typesetter can set it: white space folded; what no font has or nobody sees becomes U+FFFD.

    The check refuses such signs where they would be set (`macros/data/paper.py`). Here they would end the
    typesetting, and the build with it, if nobody had checked.
    """
    return NOT_SET.sub("\ufffd", visible(text))


def pdf(template: str, value: Any, stamp: int, cache: Cache) -> bytes:
    """Set a template with a value, which it reads from `sys.inputs.data`, as a tagged PDF/UA-1 file.

    `stamp` is the moment the file says it was made at (seconds since 1970). Raises typst.TypstError for a fault in the
    template.
    """
    return _one(template, value, cache, format="pdf", pdf_standards="ua-1", timestamp=stamp)


def svg(template: str, value: Any, cache: Cache) -> bytes:
    """Set a template with a value, which it reads from `sys.inputs.data` and sets on one page, as a drawing (SVG).

    Raises typst.TypstError for a fault in the template.
    """
    return _one(template, value, cache, format="svg")


def picture(template: str, value: Any, cache: Cache) -> bytes:
    """Set a template with a value, which it reads from `sys.inputs.data` and sets on one page, as a picture (PNG).

    Raises typst.TypstError for a fault in the template.
    """
    return _one(template, value, cache, format="png", ppi=PIXELS_PER_INCH)


def html(template: str, value: Any, cache: Cache) -> str:
    """Set a template with a value, which it reads from `sys.inputs.data`, as a document of HTML.

    Raises typst.TypstError for a fault in the template or in what it reads.
    """
    return _one(template, value, cache, format="html").decode()


def _one(template: str, value: Any, cache: Cache, **how: Any) -> bytes:
    """Set a template with a value as one file, unless the cache has it; `how` is what the typesetter is asked for."""
    data = json.dumps(value)

    def make() -> bytes:
        made = _compiler(template, data).compile(**how)
        assert isinstance(made, bytes)  # noqa: S101  a list comes only for pictures of more pages than one
        return _small(made) if how["format"] == "png" else made

    return kept(cache, _parts(template, data, json.dumps(how)), make)


def pngs(template: str, values: Sequence[Any], cache: Cache, sheet: int = SHEET) -> Iterator[bytes]:
    """Set a template that makes one page of each value, and yield the pages as pictures in the same order.

    `sheet` is how many are set in one go. The typesetter remembers all of its last ten goes, so large pages go by few.
    Raises typst.TypstError for a fault in the template.
    """
    keys = [key_of(_parts(template, json.dumps(value))) for value in values]
    missing = [(key, value) for key, value in zip(keys, values, strict=True) if key not in cache]
    sheets = [missing[start : start + sheet] for start in range(0, len(missing), sheet)]
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # the libraries leave Python's lock while they work
        for part, pictures in zip(sheets, workers.map(lambda part: _sheet(template, part), sheets), strict=True):
            cache.update((key, picture) for (key, _), picture in zip(part, pictures, strict=True))
    return (cache[key] for key in keys)


def _sheet(template: str, part: Sequence[tuple[str, Any]]) -> list[bytes]:
    data = json.dumps([value for _, value in part])
    compiler = _compiler(template, data)
    fine = PIXELS_PER_INCH if len(data) < LONG else _as_fine_as_fits(compiler)
    return [_small(picture) for picture in _pages(compiler, fine)]


def _pages(compiler: typst.Compiler, fine: float) -> list[bytes]:
    made = compiler.compile(format="png", ppi=fine)
    return [made] if isinstance(made, bytes) else list(made or [])


def _as_fine_as_fits(compiler: typst.Compiler) -> float:
    """Give the dots per inch with which no page has more dots than a picture may: those of all others, or fewer."""
    coarse = PIXELS_PER_INCH / 16
    drawn = [Image.open(io.BytesIO(picture)) for picture in _pages(compiler, coarse)]
    most = max(picture.width * picture.height for picture in drawn)
    fitting: float = coarse * (LARGEST / most) ** 0.5
    return min(PIXELS_PER_INCH, fitting)


def _small(picture: bytes) -> bytes:
    """Give a heavy picture with its most frequent colours only: half the bytes, and no difference to be seen."""
    if len(picture) < HEAVY:
        return picture
    full = Image.open(io.BytesIO(picture)).convert("RGB")
    sample = full.resize((full.width // 3, full.height // 3), Image.Resampling.NEAREST)  # as many colours, in less time
    found: Any = sample.getcolors(full.width * full.height)  # (how often, (red, green, blue))
    often = [colour for _, colour in sorted(found, reverse=True)]
    # The seven marks first: a small one has few dots, and would be drawn in the nearest colour of some edge.
    chosen = [*(ImageColor.getrgb(mark.light) for mark in palette().marks), *often][:COLOURS]
    colours = Image.new("P", (1, 1))
    colours.putpalette([level for colour in chosen for level in colour])
    out = io.BytesIO()
    full.quantize(palette=colours, dither=Image.Dither.NONE).save(out, "PNG", compress_level=6)
    return out.getvalue()


_SET: set[str] = set()
"""Templates that were set in this process."""


def has_set() -> bool:
    """Say whether the typesetter has been at work in this process, and so has threads of its own."""
    return bool(_SET)


def _compiler(template: str, data: str) -> typst.Compiler:
    _SET.add(template)
    given = {"data": data, "palette": _palette()}
    return typst.Compiler(
        TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=given
    )


def _palette() -> str:
    """Give the colours and typefaces that templates read from `sys.inputs.palette`."""
    return json.dumps(palette().values)


@cache
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False)
    families = set(fonts.families())
    # The typesetter takes another typeface in silence, and the same data would give other bytes.
    for name in palette().paper:
        if name not in families:
            known = ", ".join(sorted(families))
            raise ValueError(f"macros/{FILE.name}: the typesetter has no font '{name}'; it has: {known}")
    return fonts


def _parts(template: str, *parts: str) -> tuple[str, ...]:
    """Give all that a file is made from: the template with what it includes, the palette, and what is handed in."""
    sources = ((TEMPLATES / name).read_text(encoding="utf-8") for name in (template, *PARTS))
    return (*sources, _palette(), *parts)
