"""A figure's charts as pictures to put into slides and papers: SVG with real text, and the same as PNG.

The drawing is `macros/templates/chart.svg.j2`; the PNG is that drawing, set by the typesetter with its own fonts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.paper import settable
from macros.exports.path_patterns import Output
from macros.formats.cache import Cache
from macros.formats.content import Content, kilobytes
from macros.formats.typst_renderer import pngs
from macros.pages.bar_charts import charts
from macros.pages.context import PageContext
from macros.pages.escaping import long_date
from macros.pages.site_info import SiteInfo, edition
from macros.palette import palette

__all__ = ["OUTPUTS", "WIDTH", "Picture", "drawn_figures", "paper_drawing", "pictures"]

OUTPUTS = (Output("charts", ("figures/{id}/chart.svg", "figures/{id}/chart.png")),)
"""The paths of its files."""

DRAWING = "chart.svg.j2"
SETTING = "picture.typ"

WIDTH = 1600
"""Pixels of the PNG: a slide's width, and fine enough for paper."""

SHEET = 2
"""Pictures drawn in one go: each takes some 12 MB of memory for as long as the typesetter remembers it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One figure's pictures: its id, the page they belong to, the SVG and the PNG file."""

    id: str
    page: str
    svg: Content
    png: Content

    @property
    def files(self) -> tuple[tuple[str, Content], ...]:
        """Each file's path from the site's root, and its content."""
        folder = self.page.lstrip("/")
        return (f"{folder}chart.svg", self.svg), (f"{folder}chart.png", self.png)

    @property
    def kilobytes(self) -> tuple[int, int]:
        """The sizes of both, as links to them state it."""
        return kilobytes(self.svg.size), kilobytes(self.png.size)


def drawn_figures(catalogue: Catalogue) -> Iterator[kinds.Figure]:
    """Yield every figure that has a chart."""
    return (figure for figure in catalogue.document.figures if next(charts(figure), None))


def pictures(
    catalogue: Catalogue,
    site_info: SiteInfo,
    render: Callable[..., str],
    cache: Cache,
    figures: Iterable[kinds.Figure] | None = None,
) -> Iterator[Picture]:
    """Yield the pictures of figures that have a chart, by default of all that do.

    `render` fills in a template by its name. Raises typst.TypstError for a drawing that cannot be read.
    """
    drawn = list(drawn_figures(catalogue) if figures is None else figures)
    faces = palette().faces
    # The typefaces of a reader's device; the typesetter knows only those that it brings along.
    svgs = [_drawing(catalogue, site_info, render, figure, faces["heading"], faces["text"]) for figure in drawn]
    made = pngs(SETTING, [paper_drawing(catalogue, site_info, render, figure) for figure in drawn], cache, SHEET)
    for figure, svg, png in zip(drawn, svgs, made, strict=True):
        yield Picture(figure.id, catalogue.address("figures", figure), Content(svg.encode()), Content(png))


def paper_drawing(catalogue: Catalogue, site_info: SiteInfo, render: Callable[..., str], figure: kinds.Figure) -> str:
    """Give the picture of a figure as SVG in the typefaces that the typesetter has; `render` as above."""
    face = palette().paper[0]
    return _drawing(catalogue, site_info, render, figure, face, face)


def _drawing(
    catalogue: Catalogue, site_info: SiteInfo, render: Callable[..., str], figure: kinds.Figure, *faces: str
) -> str:
    return render(
        DRAWING,
        ctx=PageContext(catalogue, catalogue.address("figures", figure), figure),
        site=site_info,
        edition=long_date(edition(catalogue)),
        palette=palette(),
        faces=faces,
        wrap=textwrap.wrap,
        words=long_date,
        settable=settable,
    )
