"""A practice: what a stakeholder does, on record, about a principle."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import Id, PartialDate, Past, PrincipleNumber, Ref, StakeholderId, Text, Title
from macros.data.parts import Record
from macros.data.rows import COMMON, Kind, Search


class Practice(Record):
    """Something that a stakeholder does or did, on record, and the principles it bears on."""

    stakeholder: StakeholderId = Field(description="Who does it, by its id.")
    principles: tuple[PrincipleNumber, ...] = Field(
        min_length=1, description="Official numbers of the principles that it bears on."
    )
    name: Title | None = Field(default=None, description="What it is called, in a few words.")
    text: Text = Field(description="What is done, in our own words.")
    date: Annotated[PartialDate, Past()] | None = Field(default=None, description="When it was said or done.")
    until: Annotated[PartialDate, Past()] | None = Field(
        default=None, description="When it ended, where it went on for some time."
    )
    status: Annotated[Id, Ref("practice_statuses")] = Field(
        description="Whether it is done today, by one of the words."
    )


KIND = Kind(
    singular="practice",
    file=COMMON,
    page=None,
    anchor="/stakeholders/{stakeholder}/#practice-{id}",
    listed=None,
    cites=True,
    linked=False,
    api=5,
    search=Search("Practice", "name", lambda one: one.text, weight=0.7, names=()),
    a_to_z=None,
    readability="stakeholder pages",
    structured=None,
    host=("stakeholder", "stakeholders"),
    order=lambda one: sorted(one.principles),
)
