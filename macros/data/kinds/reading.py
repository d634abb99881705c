"""A reading: what one principle means for one group."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from macros.data.cases import Case, Found, surer_than_its_principle
from macros.data.field_types import Id, PrincipleNumber, Ref, Text
from macros.data.parts import Following
from macros.data.rows import Kind


class Reading(Following):
    """What one principle means for one kind of reader. Ours, without new facts."""

    group: Annotated[Id, Ref("groups")]
    principle: PrincipleNumber
    means: Text = Field(title="What it means", description="What it means for you.")
    not_asked: Text = Field(title="What it does not ask", description="What it does not ask of you.")


def _no_surer_than_its_principle(case: Case) -> Iterator[Found]:
    """Keep what is said about an unread principle as unsure as the principle."""
    yield from surer_than_its_principle(case, "readings")


KIND = Kind(
    singular="reading",
    page=None,
    anchor="/for/{group}/#principle-{principle}",
    listed=None,
    cites=True,
    linked=False,
    api=None,
    search=None,  # its group and its principle are found
    a_to_z=None,
    readability="for you",
    structured=None,
    host=("group", "groups"),
    rules=(_no_surer_than_its_principle,),
)
