"""What a chart draws, worked out from a figure's series: one row per point, one bar per series.

Bars lie on their side, so that every year and every value is real text at reading size, on a phone and on paper, and a
break in a series is a line of words between two rows. A chart library draws columns whose labels shrink with the
screen, knows no such break, and would bring its own colours for one scheme only; the arithmetic here is one division.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from macros.data import kinds

__all__ = ["Bar", "Chart", "ChartRow", "charts", "for_card", "overview"]

MOST_SERIES = 5
"""As many series as there are colours with a pattern of their own in the style sheet."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: the number of its series (from 1), its share of the longest bar in per cent, its text.

    A point without a number has its words and no length.
    """

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
    breaks: tuple[kinds.Break, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows that share a scale; with the label of their series where it is drawn alone."""

    label: str | None
    rows: tuple[ChartRow, ...]

    @property
    def wordy(self) -> bool:
        """Whether the points are named in words, which need a line of their own, and not as years."""
        return any(len(row.at) > len("2024-25") for row in self.rows)

    @property
    def longest(self) -> int:
        """How many letters the longest value has."""
        return max((len(bar.text) for row in self.rows for bar in row.bars), default=0)


def charts(figure: kinds.Figure) -> Iterator[Chart]:
    """Yield a figure's charts: one of all series, or one for each where they cannot share a scale.

    They cannot where their units or sizes differ too far, or where they are too many to tell apart. Yields none where
    the figure is not to be drawn, and no chart of a single value, which would be a bar that says nothing.
    """
    if not figure.chart or not figure.series:
        return
    if not _apart(figure):
        yield Chart(None, tuple(_rows(figure, figure.series, axis(figure.series))))
        return
    whole = axis(figure.series)
    for series in figure.series:
        if len(series.points) > 1:
            at = axis((series,)) if series.unit else whole
            yield Chart(series.label, tuple(_rows(figure, (series,), at)))


def _apart(figure: kinds.Figure) -> bool:
    return figure.own_scales or len(figure.series) > MOST_SERIES or any(series.unit for series in figure.series)


def overview(figure: kinds.Figure) -> Chart | None:
    """Give one point of the axis with all series on one scale, where each chart has its own: its label is the point.

    It is the last point for which every series has a number, before the last break where there is one: what later
    points count is another thing than most of the charts do. None where the series share a scale, or a unit is not the
    figure's.
    """
    if not figure.chart or not _apart(figure) or any(series.unit for series in figure.series):
        return None
    whole = axis(figure.series)
    end = min((whole.index(gap.before) for gap in figure.breaks[-1:] if gap.before in whole), default=len(whole))
    for at in reversed(whole[:end]):
        points = [point for series in figure.series for point in series.points if point.at == at]
        if len(points) == len(figure.series) and all(point.value is not None for point in points):
            longest = max(point.value or 0 for point in points) or 1
            return Chart(
                at,
                tuple(
                    ChartRow(series.label, (_bar(1, series.label, point, longest),), ())
                    for series, point in zip(figure.series, points, strict=True)
                ),
            )
    return None


def for_card(figure: kinds.Figure) -> tuple[Chart, ...]:
    """Give the charts of a figure for a card: the overview where there is one, and of others as many rows as fit.

    The last ones, which are the newest.
    """
    whole, drawn = overview(figure), tuple(charts(figure))
    return (whole,) if whole else tuple(Chart(one.label, _last(one, LINES_OF_A_CARD // len(drawn))) for one in drawn)


LINES_OF_A_CARD = 20
"""Lines of charts for which a card has room, however narrow its frame is."""


def _last(chart: Chart, room: int) -> tuple[ChartRow, ...]:
    kept: list[ChartRow] = []
    for row in reversed(chart.rows):
        room -= max(1, len(row.bars)) + 2 * int(chart.wordy) + 2 * len(row.breaks)
        if room < 0:
            break
        kept.append(row)
    if 0 < len(kept) < len(chart.rows):
        kept[-1] = replace(kept[-1], breaks=())  # there is nothing above it to be compared with
    return tuple(reversed(kept))


def _rows(figure: kinds.Figure, drawn: tuple[kinds.Series, ...], at: tuple[str, ...]) -> Iterator[ChartRow]:
    values = [point.value for series in drawn for point in series.points if point.value is not None]
    longest = max(values, default=0) or 1
    for place in at:
        bars = tuple(
            _bar(number, series.label, point, longest)
            for number, series in enumerate(drawn, start=1)
            for point in series.points
            if point.at == place
        )
        yield ChartRow(place, bars, tuple(gap for gap in figure.breaks if gap.before == place))


def _bar(number: int, label: str, point: kinds.Point, longest: float) -> Bar:
    return Bar(number, label, round(100 * (point.value or 0) / longest, 2), point.text, bool(point.confidence))


def axis(series: Iterable[kinds.Series]) -> tuple[str, ...]:
    """Give the points on which the series stand, each once, in the order of the data."""
    return tuple(dict.fromkeys(point.at for one in series for point in one.points))
