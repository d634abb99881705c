"""The typesetter: pictures as fine as all are, unless they would be too large to draw."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from macros.formats import typst_renderer
from macros.formats.typst_renderer import pngs

CARD = {"label": "Principle 3", "title": "A title", "category": 1, "site": "A site"}


def drawn() -> list[tuple[int, int]]:
    values = [{**CARD, "title": title} for title in ("One", "Another")]
    return [Image.open(io.BytesIO(picture)).size for picture in pngs("card.typ", values, {})]


def test_a_picture_of_much_has_no_more_dots_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = drawn()
    monkeypatch.setattr(typst_renderer, "LARGEST", 100_000)
    assert drawn() == usual, "of a short value nobody looks how large its picture gets"
    monkeypatch.setattr(typst_renderer, "LONG", 100)
    for width, height in drawn():
        assert 98_000 < width * height < 102_000  # sides are whole dots
        assert width / height == pytest.approx(usual[0][0] / usual[0][1], rel=0.01)
    monkeypatch.setattr(typst_renderer, "LARGEST", 10_000_000)
    assert drawn() == usual
