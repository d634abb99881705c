"""The chart that sets all series of a figure on one scale, where each has a chart of its own."""

from __future__ import annotations

from macros.data.catalogue import Catalogue
from macros.pages.bar_charts import charts, overview


def test_companies_are_compared_in_a_year_that_counts_alike(catalogue: Catalogue) -> None:
    figure = catalogue.get("figures", "reports-by-company")
    first = overview(figure)
    assert first is not None
    breaks = [gap.before for gap in figure.breaks]
    assert first.label == "2023", "the last year before the count changed, and every company has a number for it"
    assert breaks == ["2024"]
    assert [row.at for row in first.rows] == [series.label for series in figure.series]
    values = [point.value or 0 for series in figure.series for point in series.points if point.at == first.label]
    for row, value in zip(first.rows, values, strict=True):
        assert abs(row.bars[0].width - 100 * value / max(values)) < 0.006


def test_only_figures_whose_charts_have_scales_of_their_own_have_it(catalogue: Catalogue) -> None:
    found = {figure.id for figure in catalogue.document.figures if overview(figure)}
    assert found == {"reports-by-company", "report-types"}
    for figure in catalogue.document.figures:
        if any(series.unit for series in figure.series):
            assert overview(figure) is None, "what is counted in different units shares no scale"
        assert figure.id not in found or len(tuple(charts(figure))) > 2
