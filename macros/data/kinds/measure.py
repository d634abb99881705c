"""A measure: one step that those who run a service can take, in the order in which steps help."""

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import Field

from macros.data.cases import Case, Found, no_such_phrase, parts_at, phrases_by_number, shown, too_many_words
from macros.data.field_types import CountryId, Id, PrincipleNumber, Ref, ShortText, Text, Title
from macros.data.parts import Claim, Part, Record
from macros.data.rows import Kind, Page, Search, Structured

Trait = Literal["files", "contact", "children"]
TRAITS: tuple[str, ...] = get_args(Trait)
"""What a service lets people do, as the path asks: send files, reach strangers, be a child there."""

HOW_WORDS = 80
"""A step is read and done; whoever wants to know more follows its sources and tools."""

FIRST = 3
"""Each other group of readers gets its first three things, and no more."""


class Why(Part):
    """The principle that a step serves, and its words."""

    principle: PrincipleNumber = Field(description="The official number of the principle.")
    phrase: Id | None = Field(default=None, description="The id of the phrase of this principle that asks for it.")


class MeasureLaw(Claim):
    """What the law of a country says about a step, and for whom, in one or two short sentences."""

    country: CountryId = Field(description="The country or region, by its id.")
    duty: Annotated[Id, Ref("duties")] = Field(description="Whether it is a duty there, by one of the words.")
    law: Annotated[Id, Ref("laws")] | None = Field(
        default=None, description="The law on this site that says it; pages show its name and date."
    )


class FirstFor(Claim):
    """What a step comes to for another group of readers, as one of their first three things."""

    group: Annotated[Id, Ref("groups")] = Field(description="The group of readers, by its id.")


class Measure(Record):
    """One step that those who run a service can take."""

    do: Title = Field(description="What to do, with one verb at its start: Name one person who receives reports.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    when: Annotated[Id, Ref("measure_times")] = Field(description="When to take it, by one of the words.")
    why: tuple[Why, ...] = Field(min_length=1, description="The principles that it serves, the nearest first.")
    how: tuple[Claim, ...] = Field(min_length=1, description=f"How to do it, in at most {HOW_WORDS} words together.")
    takes: ShortText = Field(description="How long it takes a small team: 30 minutes. Our own guess unless it waits.")
    costs: Annotated[Id, Ref("costs")] = Field(description="What it costs, by one of the words.")
    who: ShortText | None = Field(default=None, description="Who can get it, only where not everybody can.")
    kinds: tuple[Annotated[Id, Ref("service_kinds")], ...] = Field(
        default=(), description="For which kinds of service; without this line for all."
    )
    only_if: tuple[Trait, ...] = Field(
        default=(),
        description="files, contact or children: only where people can send files, strangers can reach each other, "
        "children may use it; one of those named is enough. Without this line always.",
    )
    countries: tuple[CountryId, ...] = Field(
        default=(), description="Only where it is a step for users in these countries alone."
    )
    tools: tuple[Annotated[Id, Ref("tools")], ...] = Field(default=(), description="Tools that help with it.")
    done: ShortText = Field(description="When it is done, so that two people would agree.")
    proof: ShortText = Field(description="What to keep as proof. Never material itself, and no copy of it.")
    does_not: ShortText = Field(description="What it does not do.")
    law: tuple[MeasureLaw, ...] = Field(default=(), description="What the laws of countries say about it.")
    first_for: tuple[FirstFor, ...] = Field(
        default=(), description="Groups of readers among whose first three things it is."
    )

    @property
    def title(self) -> str:
        """What links and lists call it."""
        return self.do

    @property
    def principles(self) -> tuple[int, ...]:
        """The numbers of the principles that it serves."""
        return tuple(why.principle for why in self.why)


def _words_of_the_principle(case: Case) -> Iterator[Found]:
    """Let a step rest on words that its principle has."""
    known = phrases_by_number(case)
    for path, item in case.records("measures"):
        for place, why in parts_at((*path, "why"), item.get("why")):
            number, phrase = why.get("principle"), why.get("phrase")
            if isinstance(number, int) and isinstance(phrase, str) and phrase not in known.get(number, {phrase}):
                yield (*place, "phrase"), no_such_phrase(case, phrase, known[number])


def _short(case: Case) -> Iterator[Found]:
    """Let a step be read in a minute; it is its last sentence that makes it too long."""
    for path, item in case.records("measures"):
        if how := list(parts_at((*path, "how"), item.get("how"))):
            last, _ = how[-1]
            yield from too_many_words((*last, "text"), HOW_WORDS, "`how`", *(claim.get("text") for _, claim in how))


def _one_law_a_country(case: Case) -> Iterator[Found]:
    """Say once per step what a country's law says about it."""
    for path, item in case.records("measures"):
        seen: set[str] = set()
        for place, law in parts_at((*path, "law"), item.get("law")):
            country = law.get("country")
            if isinstance(country, str) and country in seen:
                yield (*place, "country"), f"{shown(country)} stands twice under `law`; make one of both"
            elif isinstance(country, str):
                seen.add(country)


def _first_three(case: Case) -> Iterator[Found]:
    """Give no group more than its first three things."""
    count: dict[str, int] = {}
    for path, item in case.records("measures"):
        for place, first in parts_at((*path, "first_for"), item.get("first_for")):
            group = first.get("group")
            if not isinstance(group, str):
                continue
            count[group] = count.get(group, 0) + 1
            if count[group] > FIRST:
                yield (
                    (*place, "group"),
                    f"{shown(group)} has its first {FIRST} things already; take one of them away before this is added",
                )


KIND = Kind(
    singular="measure",
    page=None,
    anchor="/for/small-services/start/#{id}",
    listed=Page("/for/small-services/start/", "measures.md.j2"),
    cites=True,
    linked=True,
    api=16,
    search=Search("Step for services", "do", lambda one: one.how[0].text, weight=1.5),
    a_to_z="step for services",
    readability="for services",
    structured=Structured(listing="CollectionPage"),
    beside="Steps for services",
    grouped=("measure_times", "when"),
    rules=(_words_of_the_principle, _short, _one_law_a_country, _first_three),
    ordered="within each time, the page shows them in this order",
)
