"""The sign of the site for programs that take no drawing: `favicon.ico`, and the picture on the screen of a phone.

Both are asked for by name at the root of a host, by readers of feeds, messengers, search engines and phones, whatever a
page says of its icon.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

from macros.checkout import ROOT
from macros.exports.path_patterns import Output
from macros.formats.cache import Cache
from macros.formats.typst_renderer import pngs
from macros.palette import palette

__all__ = ["FAVICON", "OUTPUTS", "TOUCH", "files"]

FAVICON, TOUCH = "favicon.ico", "apple-touch-icon.png"

OUTPUTS = (Output("icons", (FAVICON, TOUCH), internal=True),)
"""The paths of its files."""

TEMPLATE = "icons.typ"

DRAWING = ROOT / "docs" / "assets" / "favicon.svg"

TAB = (48, 32, 16)
"""Dots of each picture in `favicon.ico`, the largest first."""

PHONE = 180
"""Dots of the picture for phones, which cut its corners: it fills its square, and the sign keeps away from the edge."""


def files(cache: Cache) -> Iterator[tuple[str, bytes]]:
    """Yield each file's path from the site's root and the file; `cache` keeps what was drawn before."""
    drawing = DRAWING.read_text(encoding="utf-8")
    # A point is two dots.
    tab = [{"width": dots / 2, "margin": 0, "ground": None, "drawing": drawing} for dots in TAB]
    ground = palette().colours["paper"].light
    phone = {"width": PHONE / 2, "margin": PHONE / 12, "ground": ground, "drawing": drawing}
    *small, touch = pngs(TEMPLATE, [*tab, phone], cache)
    largest, *others = [Image.open(io.BytesIO(one)).convert("RGBA") for one in small]
    out = io.BytesIO()
    largest.save(out, "ICO", sizes=[(dots, dots) for dots in TAB], append_images=others)
    yield FAVICON, out.getvalue()
    yield TOUCH, touch
