"""A change: an entry of the list of what changed on the site."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import Day, Doi, Id, Past, PrincipleNumber, Ref, StakeholderId, Text, YesNo
from macros.data.parts import Named
from macros.data.rows import Kind, Page


class Change(Named):
    """An entry of the list of what changed on the site."""

    date: Annotated[Day, Past()] = Field(description="The day of the change.")
    text: Text = Field(description="What changed, in a few sentences.")
    unchanged: YesNo = Field(
        default=False, description="true: checked against the sources again, and nothing had to change."
    )
    doi: Doi | None = Field(
        default=None, description="The DOI of the edition of this day, once it has one: 10.5281/zenodo.1234567."
    )
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles whose pages changed."
    )
    categories: tuple[Annotated[Id, Ref("categories")], ...] = Field(
        default=(), description="Ids of the categories that changed."
    )
    stakeholders: tuple[StakeholderId, ...] = Field(default=(), description="Ids of the stakeholders that changed.")
    figures: tuple[Annotated[Id, Ref("figures")], ...] = Field(
        default=(), description="Ids of the figures that changed."
    )
    programmes: tuple[Annotated[Id, Ref("programmes")], ...] = Field(
        default=(), description="Ids of the programmes that changed."
    )
    events: tuple[Annotated[Id, Ref("events")], ...] = Field(default=(), description="Ids of the events that changed.")
    laws: tuple[Annotated[Id, Ref("laws")], ...] = Field(default=(), description="Ids of the laws that changed.")
    report_flows: tuple[Annotated[Id, Ref("report_flows")], ...] = Field(
        default=(), description="Ids of the report flows that changed."
    )
    measures: tuple[Annotated[Id, Ref("measures")], ...] = Field(
        default=(), description="Ids of the measures that changed."
    )
    tools: tuple[Annotated[Id, Ref("tools")], ...] = Field(default=(), description="Ids of the tools that changed.")
    terms: tuple[Annotated[Id, Ref("terms")], ...] = Field(default=(), description="Ids of the terms that changed.")
    questions: tuple[Annotated[Id, Ref("questions")], ...] = Field(
        default=(), description="Ids of the questions that changed."
    )
    services: tuple[Annotated[Id, Ref("services")], ...] = Field(
        default=(), description="Ids of the services that changed."
    )


KIND = Kind(
    singular="change",
    page=None,
    anchor=None,
    listed=Page("/changes/", "changes.md.j2"),
    cites=False,
    linked=False,
    api=24,
    search=None,  # what changed is found, not that it did
    a_to_z=None,
    readability=None,
    structured=None,
    ordered="they stand in the order in which they were made: the newest last",
)
