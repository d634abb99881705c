"""A report flow: how a report travels in a country, step by step, and where it can stop."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from macros.data.cases import Case, Found, too_many_words
from macros.data.field_types import (
    CountryId,
    Description,
    Id,
    PrincipleNumber,
    Ref,
    ShortText,
    ShortTitle,
    StakeholderId,
    Text,
    Title,
    YesNo,
)
from macros.data.parts import Claim, Named, Paged, Part, Printed, Record
from macros.data.rows import Kind, Page, Search, Structured

STEPS = 6
"""Every way has as many steps, so that readers can lay one beside another."""

WORDS = 25
"""What happens at a step, and where it can stop, is read at a glance; the sources say more."""


class FlowBranch(Part):
    """One of two ways on from a step."""

    when: Annotated[ShortTitle, Printed] = Field(description='What is the case, after "If": it looks like a crime.')
    then: Claim = Field(description="What then follows, in at most 25 words.")


class FlowStep(Named):
    """One step of a report: who does what, where it can stop, and what whoever reported may hear."""

    title: Annotated[ShortTitle, Printed] = Field(description="What happens, in a few words: Somebody notices.")
    who: Annotated[ShortText, Printed] = Field(description="Who does it.")
    what: Claim = Field(description="What they do, in at most 25 words.")
    branches: Annotated[tuple[FlowBranch, ...], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="Only where the way parts: the two ways on."
    )
    stops: Claim = Field(description="Where it can stop here, in at most 25 words.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="The principles that work at this step. Our own reading, and shown as ours."
    )
    hears: Claim | None = Field(default=None, description="What whoever reported may hear, in at most 25 words.")


class ReportFlow(Record, Paged):
    """The way of a report in one country, or of material that is known: six steps."""

    name: Annotated[Title, Printed] = Field(description="What it is called.")
    label: ShortTitle = Field(description="What links to it say, beside the others: United States.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    country: CountryId | None = Field(default=None, description="Only where it is the way of a country.")
    summary: Annotated[ShortText, Printed] = Field(description="What it shows, in one sentence.")
    description: Description = Field(description="One or two sentences for search results.")
    circle: YesNo = Field(default=False, description="true: the last step leads back to the first.")
    steps: tuple[FlowStep, ...] = Field(
        min_length=STEPS, max_length=STEPS, description="The way of a report, step by step."
    )
    numbers: tuple[Claim, ...] = Field(default=(), description="What is counted on this way, and by whom.")
    figures: tuple[Annotated[Id, Ref("figures")], ...] = Field(
        default=(), description="Figures that count reports on this way; their pages lead here."
    )
    stakeholders: tuple[StakeholderId, ...] = Field(default=(), description="Ids of the stakeholders that it bears on.")

    @property
    def principles(self) -> tuple[int, ...]:
        """The numbers of all principles that work at any of its steps."""
        return tuple(sorted({number for step in self.steps for number in step.principles}))


def _short(case: Case) -> Iterator[Found]:
    """Let each text of a step be short enough to be read at a glance."""
    for node in case.nodes:
        if node.part not in (FlowStep, FlowBranch):
            continue
        for name in ("what", "stops", "hears", "then"):
            claim = node.value.get(name)
            text = claim.get("text") if isinstance(claim, dict) else None
            yield from too_many_words((*node.path, name, "text"), WORDS, f"`{name}`", text)


KIND = Kind(
    singular="report flow",
    page=Page("/evidence/how-a-report-travels/{id}/", "report-flow.md.j2"),
    anchor=None,
    listed=Page("/evidence/how-a-report-travels/", "report-flows.md.j2"),
    cites=True,
    linked=True,
    api=14,
    search=Search(
        "How a report travels",
        "name",
        lambda one: " ".join((one.summary, *(step.title for step in one.steps))),
        weight=1.6,
    ),
    a_to_z="how a report travels",
    readability="report flows",
    structured=Structured(listing="CollectionPage"),
    beside="How a report travels",
    parts={"steps": "step-{id}"},
    rules=(_short,),
    ordered="pages show them in this order: the ways of countries first, then the circle of known material",
)
