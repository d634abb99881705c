"""What a chart draws, worked out from a figure's series: one row per point, one bar per series.

Bars lie on their side, so that every year and every value is real text at reading size, on a phone and on paper, and a
break in a series is a line of words between two rows. A chart library draws columns whose labels shrink with the
screen, knows no such break, and would bring its own colours for one scheme only; the arithmetic here is one division.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros import model

__all__ = ["Bar", "ChartRow", "chart_rows"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: the number of its series (from 1), its share of the longest bar in per cent, its text."""

    series: int
    label: str
    width: float
    text: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class ChartRow:
    """The values of one point of the axis, and what breaks the series before it."""

    at: str
    bars: tuple[Bar, ...]
    breaks: tuple[model.Break, ...]


def chart_rows(figure: model.Figure) -> Iterator[ChartRow]:
    """Yield the rows of a figure's chart, in the order of its points; none where it is not to be drawn."""
    if figure.chart == "none":
        return
    values = [point.value for series in figure.series for point in series.points if point.value is not None]
    longest = max(values, default=0) or 1
    for at in axis(figure):
        bars = tuple(
            Bar(number, series.label, round(100 * point.value / longest, 2), point.text, bool(point.confidence))
            for number, series in enumerate(figure.series, start=1)
            for point in series.points
            if point.at == at and point.value is not None
        )
        yield ChartRow(at, bars, tuple(gap for gap in figure.breaks if gap.before == at))


def axis(figure: model.Figure) -> tuple[str, ...]:
    """Give the points on which the series stand, each once, in the order of the data."""
    return tuple(dict.fromkeys(point.at for series in figure.series for point in series.points))
