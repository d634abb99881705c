"""The charts as SVG and PNG: read by an XML parser and a picture library, and held against the data."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree.ElementTree import Element, fromstring  # our own files, written a moment ago

import pytest
from PIL import Image

from macros.data.catalogue import Catalogue
from macros.exports.chart_images import WIDTH, Picture, pictures
from macros.pages.bar_charts import charts, overview
from macros.pages.escaping import long_date
from macros.pages.site_info import edition
from macros.palette import palette
from tests.conftest import BuiltSite
from tests.exports.test_embed_cards import HERE, changed, render
from tests.test_hostile_data import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
HEAVIEST = 200_000
"""Bytes of a PNG."""


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    """What was drawn before, as the live server keeps it."""
    return {}


@pytest.fixture(scope="module")
def drawn(catalogue: Catalogue, kept: dict[str, bytes]) -> tuple[Picture, ...]:
    return tuple(pictures(catalogue, HERE, render, kept))


def read(picture: Picture) -> Element:
    return fromstring(picture.svg.read())  # noqa: S314


def texts(root: Element) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in root.iter(f"{SVG}text")]


def test_every_chart_of_a_page_is_a_picture(drawn: tuple[Picture, ...], catalogue: Catalogue) -> None:
    assert [picture.id for picture in drawn] == [one.id for one in catalogue.document.figures if any(charts(one))]
    assert len(drawn) > 10


def test_a_drawing_says_what_it_is_and_every_value(drawn: tuple[Picture, ...], catalogue: Catalogue) -> None:
    for picture in drawn:
        figure: Any = catalogue.get("figures", picture.id)
        root = read(picture)
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        named = {one.get("id"): one for one in root.iter() if one.get("id")}
        title, desc = (named[part] for part in str(root.get("aria-labelledby")).split())
        assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
        assert title.text == figure.title
        shown, told = texts(root), " ".join(str(desc.text).split())
        whole = " ".join(shown)
        for row in (row for chart in charts(figure) for row in chart.rows):
            assert row.at in whole
            for bar in row.bars:
                assert bar.text in shown, (picture.id, bar.text)
                assert bar.text in told
            for gap in row.breaks:
                assert f"Break before {gap.before}: not comparable with the rows above." in whole
                assert f"Break before {gap.before}" in told
        source = catalogue.get("sources", figure.sources[0])
        for part in (figure.title, figure.cannot_show[0].text, source.title, source.publisher):
            assert " ".join(part.split()) in whole, picture.id
        assert f"https://site.test/folder{picture.page}" in whole
        assert f"Edition of {long_date(edition(catalogue))}" in whole


def test_bars_are_as_long_as_their_values(drawn: tuple[Picture, ...], catalogue: Catalogue) -> None:
    for picture in drawn:
        whole = sum(
            bar.width > 0
            for chart in charts(catalogue.get("figures", picture.id))
            for row in chart.rows
            for bar in row.bars
        )
        first = overview(catalogue.get("figures", picture.id))
        whole += sum(bar.width > 0 for row in first.rows for bar in row.bars) if first else 0
        rects = [one for one in read(picture).iter(f"{SVG}rect") if one.get("height") == "16"]
        plain = [one for one in rects if not str(one.get("fill")).startswith("url(")]
        assert len(plain) == whole
        for one in plain:
            assert float(one.get("x", "")) + float(one.get("width", "")) < 768
    tipline = next(picture for picture in drawn if picture.id == "cybertipline-reports")
    [chart] = charts(catalogue.get("figures", tipline.id))
    lengths = [float(str(bar.get("width"))) for bar in read(tipline).iter(f"{SVG}rect") if bar.get("height") == "16"]
    shares = [bar.width / 100 for row in chart.rows for bar in row.bars]
    assert lengths == pytest.approx([share * max(lengths) for share in shares], abs=0.1)


def test_series_differ_by_more_than_their_colour(drawn: tuple[Picture, ...]) -> None:
    for picture in drawn:
        svg = picture.svg.read().decode()
        for pattern, colour in enumerate(palette().series[1:], start=2):
            bars = len(re.findall(f'fill="#{colour}"', svg))
            assert len(re.findall(rf'fill="url\(#pattern-{pattern}\)"', svg)) == bars
            assert svg.count(f'id="pattern-{pattern}"') == 1


def test_a_drawing_loads_nothing_and_fits(drawn: tuple[Picture, ...]) -> None:
    for picture in drawn:
        root = read(picture)
        assert not re.search(r"href|<style|<script|url\((?!#)|<image|<foreignObject", picture.svg.read().decode())
        assert root.get("font-family") == palette().faces["text"]
        titles = [text for text in root.iter(f"{SVG}text") if text.get("font-size") == "24"]
        assert {text.get("font-family") for text in titles} == {palette().faces["heading"]}
        _, _, width, height = map(int, str(root.get("viewBox")).split())
        assert (width, height) == (800, int(str(root.get("height"))))
        for text in root.iter(f"{SVG}text"):
            size = float(str(text.get("font-size")))
            heavy = 1.08 if int(text.get("font-weight") or 400) > 500 else 1.0
            end = float(str(text.get("x"))) + 0.55 * heavy * size * len("".join(text.itertext()))
            assert end < 800, (picture.id, text.text)
            assert float(str(text.get("y"))) < height


def test_a_png_is_the_drawing(drawn: tuple[Picture, ...]) -> None:
    for picture in drawn:
        image = Image.open(io.BytesIO(picture.png.read()))
        assert image.format == "PNG"
        height = int(str(read(picture).get("height")))
        assert image.size == (WIDTH, 2 * height), picture.id
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24)}  # type: ignore[union-attr]
        own = (palette().digits["white"], palette().series[0])
        assert {tuple(bytes.fromhex(colour)) for colour in own} <= colours, picture.id
        assert len(picture.png) < HEAVIEST


def test_what_was_drawn_before_is_not_drawn_again(
    drawn: tuple[Picture, ...], kept: dict[str, bytes], catalogue: Catalogue
) -> None:
    before = dict(kept)
    assert before
    assert tuple(pictures(catalogue, HERE, render, kept)) == drawn
    assert kept == before


@pytest.mark.parametrize("text", [*HOSTILE, "word " * 60, "x" * 300, "\x00 北 🙂"])
def test_hostile_text_is_only_text(catalogue: Catalogue, text: str) -> None:
    figure = next(one for one in catalogue.document.figures if len(one.series) > 1)
    point = figure.series[0].points[0].model_copy(update={"shown": text[:40]})
    series = figure.series[0].model_copy(update={"label": text[:60], "points": (point, *figure.series[0].points[1:])})
    claim = figure.cannot_show[0].model_copy(update={"text": text})
    update = {
        "title": text,
        "name": text,
        "unit": text,
        "cannot_show": (claim,),
        "series": (series, *figure.series[1:]),
    }
    [picture] = pictures(changed(catalogue, figures=(figure.model_copy(update=update),)), HERE, render, {})
    root = read(picture)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        *("svg", "title", "desc", "defs", "pattern", "path", "circle", "rect", "line", "text")
    }
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]
    assert Image.open(io.BytesIO(picture.png.read())).width == WIDTH


def test_pages_lead_to_both_and_state_their_size(site: BuiltSite, catalogue: Catalogue) -> None:
    for figure in catalogue.document.figures:
        page = site[catalogue.address("figures", figure)]
        for name in ("chart.svg", "chart.png"):
            file = page.file.with_name(name)
            links = page.soup.select(f'a[href="{name}"]')
            assert len(links) == file.is_file() == any(charts(figure)), (figure.id, name)
            for link in links:
                assert f"({max(1, round(file.stat().st_size / 1000))} KB)" in str(link.next_sibling)
