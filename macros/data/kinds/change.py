"""A change: an entry of the list of what changed on the site."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import Day, Id, Past, PrincipleNumber, Ref, StakeholderId, Text, YesNo
from macros.data.parts import Named
from macros.data.rows import Kind, Page


class Change(Named):
    """An entry of the list of what changed on the site."""

    date: Annotated[Day, Past()]
    text: Text
    unchanged: YesNo = Field(
        default=False, description="true: checked against the sources again, and nothing had to change."
    )
    principles: tuple[PrincipleNumber, ...] = ()
    categories: tuple[Annotated[Id, Ref("categories")], ...] = ()
    stakeholders: tuple[StakeholderId, ...] = ()
    figures: tuple[Annotated[Id, Ref("figures")], ...] = ()
    programmes: tuple[Annotated[Id, Ref("programmes")], ...] = ()
    events: tuple[Annotated[Id, Ref("events")], ...] = ()
    laws: tuple[Annotated[Id, Ref("laws")], ...] = ()
    report_flows: tuple[Annotated[Id, Ref("report_flows")], ...] = ()
    measures: tuple[Annotated[Id, Ref("measures")], ...] = ()
    tools: tuple[Annotated[Id, Ref("tools")], ...] = ()
    terms: tuple[Annotated[Id, Ref("terms")], ...] = ()
    questions: tuple[Annotated[Id, Ref("questions")], ...] = ()
    services: tuple[Annotated[Id, Ref("services")], ...] = ()


KIND = Kind(
    singular="change",
    page=None,
    anchor=None,
    listed=Page("/changes/", "changes.md.j2"),
    cites=False,
    linked=False,
    api=None,
    search=None,  # what changed is found, not that it did
    a_to_z=None,
    readability=None,
    structured=None,
    ordered="they stand in the order in which they were made: the newest last",
)
