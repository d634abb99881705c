"""A reading: what one principle means for one group."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from macros.data.cases import Case, Found, surer_than_its_principle, too_many_words
from macros.data.field_types import Id, PrincipleNumber, Ref, Text
from macros.data.parts import Following
from macros.data.rows import Kind

MEANS_WORDS = 60
FIRST_STEP_WORDS = 20
"""How many words the fold of a principle's page has room for."""


class Reading(Following):
    """What one principle means for one kind of reader. Ours, without new facts."""

    group: Annotated[Id, Ref("groups")] = Field(description="The group of readers, by its id.")
    principle: PrincipleNumber = Field(description="The official number of the principle.")
    means: Text = Field(title="What it means", description=f"What it means for you, in at most {MEANS_WORDS} words.")
    first_step: Text = Field(title="First step", description=f"What to do first, in at most {FIRST_STEP_WORDS} words.")
    not_asked: Text = Field(title="What it does not ask", description="What it does not ask of you.")


def _no_surer_than_its_principle(case: Case) -> Iterator[Found]:
    """Keep what is said about an unread principle as unsure as the principle."""
    yield from surer_than_its_principle(case, "readings")


def _short_enough(case: Case) -> Iterator[Found]:
    """Keep to the words that a fold has room for."""
    for path, item in case.records("readings"):
        yield from too_many_words((*path, "means"), MEANS_WORDS, "what it means", item.get("means"))
        yield from too_many_words((*path, "first_step"), FIRST_STEP_WORDS, "the first step", item.get("first_step"))


KIND = Kind(
    singular="reading",
    page=None,
    anchor="/for/{group}/#principle-{principle}",
    listed=None,
    cites=True,
    linked=False,
    api=21,
    search=None,  # its group and its principle are found
    a_to_z=None,
    readability="for you",
    structured=None,
    host=("group", "groups"),
    rules=(_no_surer_than_its_principle, _short_enough),
    ordered="they stand by group of readers, and within it by the number of the principle",
)
