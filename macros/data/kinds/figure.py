"""A figure: a number or a series of numbers, and what it cannot say."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from macros.data.cases import Case, Found, shown
from macros.data.field_types import (
    Cell,
    Description,
    Finding,
    Id,
    Number,
    PrincipleNumber,
    Ref,
    ShortText,
    ShortTitle,
    SourceId,
    StakeholderId,
    Text,
    Title,
    YesNo,
)
from macros.data.parts import Claim, Confidence, Named, Paged, Part, Printed, Record, Sourced
from macros.data.rows import Kind, Page, Search, Structured


class Point(Part):
    """One value of a series."""

    at: Annotated[ShortTitle, Printed] = Field(description="The year, or another place on the axis.")
    value: Number | None = Field(default=None, description="The number; none where a source gives only words.")
    shown: Annotated[ShortText, Printed] | None = Field(
        default=None, description='As it is to be read, such as "about 62 million".'
    )
    confidence: Confidence | None = Field(
        default=None, description="How sure this is, only where it differs from the figure's."
    )
    sources: tuple[SourceId, ...] = Field(default=(), description="Only where they differ from the figure's.")

    @property
    def text(self) -> str:
        """The value as people read it."""
        if self.shown is not None:
            return self.shown
        if self.value is None:
            return ""
        return f"{self.value:,.0f}" if self.value == int(self.value) else f"{self.value:,}"


class Series(Named):
    """A row of values that can be compared with each other."""

    label: Annotated[ShortTitle, Printed] = Field(description="What it is called in the legend.")
    unit: Annotated[ShortTitle, Printed] | None = Field(
        default=None, description="Only where it is not the figure's; such a series is drawn by itself."
    )
    points: tuple[Point, ...] = Field(min_length=1, description="Its values, in the order of the axis.")


class Break(Sourced):
    """A place where a series stops being comparable with what came before."""

    before: Annotated[ShortTitle, Printed] = Field(
        description="The first point that is not comparable with the one before it."
    )
    text: Text = Field(description="What changed in the way of counting.")
    confidence: Confidence | None = Field(
        default=None, description="How sure this is, only where it differs from the record's."
    )


class Row(Part):
    """A line of a table."""

    cells: tuple[Cell, ...] = Field(min_length=1, description="Its cells, one for each column.")
    confidence: Confidence | None = Field(
        default=None, description="How sure this is, only where it differs from the figure's."
    )
    sources: tuple[SourceId, ...] = Field(default=(), description="Only where they differ from the figure's.")


class Table(Part):
    """Values that do not make a series: other units, other definitions, words in place of numbers."""

    columns: tuple[ShortTitle, ...] = Field(min_length=2, description="The heads of its columns.")
    rows: tuple[Row, ...] = Field(min_length=1, description="Its rows.")


class Figure(Record, Paged):
    """A number or a series of numbers: what it says, where it comes from, what it cannot say."""

    name: Annotated[Title, Printed] = Field(description="What it is called in links and lists.")
    title: Annotated[Title, Printed] = Field(description="The finding, in one sentence.")
    description: Description = Field(description="One or two sentences for search results.")
    verdict: Annotated[Id, Ref("verdicts")] = Field(description="How far the number holds, by one of the words.")
    finding: Finding = Field(
        description="The verdict in at most 25 words, with the number that decides it; nothing that is not below."
    )
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    unit: Annotated[ShortTitle, Printed] = Field(description="What its numbers count.")
    definition: Claim = Field(description="What exactly is counted.")
    axis: ShortTitle = Field(default="Year", description="What the points of the series stand on.")
    chart: bool = Field(default=False, description="Whether the series may be drawn, or say too little for that.")
    own_scales: YesNo = Field(default=False, description="true: sizes differ so far that each series is drawn alone.")
    series: tuple[Series, ...] = Field(default=(), description="Its values, in rows that can be compared.")
    breaks: tuple[Break, ...] = Field(default=(), description="Where the way of counting changed.")
    table: Table | None = Field(default=None, description="For values that do not make a series.")
    origin: tuple[Claim, ...] = Field(default=(), description="How the numbers come about.")
    shows: tuple[Claim, ...] = Field(min_length=1, description="What the numbers show.")
    cannot_show: tuple[Claim, ...] = Field(min_length=1, description="What they cannot show.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles that it bears on."
    )
    stakeholders: tuple[StakeholderId, ...] = Field(default=(), description="Ids of the stakeholders that it bears on.")


_YEAR = re.compile(r"(?:^|\D)((?:19|20)\d\d)(?!\d)")


def _points(case: Case) -> Iterator[Found]:
    """Let each point of a series stand once, at no time to come, and hold no number below nothing."""
    for node in case.nodes:
        if node.part is not Series:
            continue
        points, met = node.value.get("points"), set[str]()
        for index, point in enumerate(points if isinstance(points, list) else ()):
            if not isinstance(point, dict):
                continue
            place, value = (*node.path, "points", index), point.get("value")
            at = str(point.get("at", ""))
            if at in met:
                yield (*place, "at"), f"{shown(at)} stands twice in this series; keep one"
            met.add(at)
            if any(int(year) > case.today.year for year in _YEAR.findall(at)):
                yield (*place, "at"), f"{shown(at)} lies in the future; a figure says what was counted"
            if isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
                yield (*place, "value"), f"{value} is less than nothing; a count cannot be"


KIND = Kind(
    singular="figure",
    page=Page("/figures/{id}/", "figure.md.j2"),
    anchor=None,
    listed=Page("/figures/", "figures.md.j2"),
    cites=True,
    linked=True,
    api=8,
    search=Search("Figure", "name", lambda one: one.title, weight=1.5),
    a_to_z="figure",
    readability="figures",
    structured=Structured(record="Dataset", listing="CollectionPage"),
    filed=True,
    card=Page("/embed/figures/{id}/", "embed-figure.html.j2"),
    rules=(_points,),
    ordered="pages show them in this order: those that others rest on first",
)
