"""An event: what happened on a known date."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from macros.data.cases import Case, Found
from macros.data.field_types import (
    CountryId,
    Id,
    PartialDate,
    Past,
    PrincipleNumber,
    Ref,
    StakeholderId,
    Text,
    Title,
    WhyDated,
)
from macros.data.parts import Record
from macros.data.rows import Kind, Page, Search

MOST_DATES = 8
"""As many dates as a reader keeps; of more, none stands out."""


class Event(Record):
    """Something that happened on a known date."""

    date: Annotated[PartialDate, Past()]
    until: Annotated[PartialDate, Past()] | None = Field(
        default=None, description="When it ended, where it went on for some time."
    )
    title: Title = Field(description="What happened, in one line.")
    text: Text = Field(description="What happened, in a few sentences.")
    kind: Annotated[Id, Ref("event_kinds")] = Field(description="What kind of event it is, by one of the words.")
    countries: tuple[CountryId, ...] = Field(
        default=(), description="Ids of the countries or regions that it bears on."
    )
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles that it bears on."
    )
    stakeholders: tuple[StakeholderId, ...] = Field(default=(), description="Ids of the stakeholders that it bears on.")
    date_note: Text | None = Field(default=None, description="Where the date itself needs a word.")
    matters: WhyDated | None = Field(
        default=None,
        description="Only of the few dates that open the timeline: what happened, in at most fourteen words.",
    )


def _few_dates(case: Case) -> Iterator[Found]:
    """Let no more dates open the timeline than a reader keeps."""
    marked = [path for path, item in case.records("events") if item.get("matters") is not None]
    for path in marked[MOST_DATES:]:
        yield (
            (*path, "matters"),
            f"the timeline opens with {MOST_DATES} dates, and this is one more; delete one `matters:`",
        )


KIND = Kind(
    singular="event",
    page=None,
    anchor="/timeline/#{id}",
    listed=Page("/timeline/", "timeline.md.j2"),
    cites=True,
    linked=True,
    api=7,
    search=Search("Event", "title", lambda one: one.text, weight=0.8, names=()),
    a_to_z=None,
    readability="timeline",
    structured=None,
    # One of which only the month or year is known stands at that period's end.
    order=lambda one: f"{one.date.text}-99-99"[:10],
    rules=(_few_dates,),
)
