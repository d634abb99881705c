"""A category: one of the seven headings of the official text."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from macros.data.cases import Case, Found, numbered, shown
from macros.data.field_types import Description, OfficialPhrase, Summary, TabTitle, Text, Title, WholeNumber
from macros.data.parts import Claim, Printed, Record
from macros.data.rows import COMMON, Kind, Page, Search, Structured

CATEGORY_COUNT = 7
"""How many headings the official text has; a rule holds the numbers against them."""


class Category(Record):
    """One of the seven official headings."""

    translated: ClassVar[tuple[str, ...]] = (
        "title",
        "tab_title",
        "summary",
        "description",
        "heading_note",
        "about",
        "aliases",
    )

    number: WholeNumber = Field(
        description="Its place in the official order.", json_schema_extra={"minimum": 1, "maximum": CATEGORY_COUNT}
    )
    title: Annotated[Title, Printed] = Field(description="Our short heading.")
    tab_title: TabTitle
    official_heading: OfficialPhrase | None = Field(
        default=None, description="The official heading in at most six words; none where it was not seen."
    )
    heading_note: Claim | None = Field(default=None, description="How other versions print the heading.")
    summary: Summary = Field(description="What it is about, in one sentence.")
    description: Description = Field(description="One or two sentences for search results.")
    about: tuple[Claim, ...] = Field(min_length=1, description="What belongs together here, and why.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")


def _official_numbers(case: Case) -> Iterator[Found]:
    """Categories carry the numbers 1 to 7, each once and none left out."""
    yield from numbered(case, "categories", "category", CATEGORY_COUNT)


def _used(case: Case) -> Iterator[Found]:
    """Let every category hold at least one principle."""
    used = set(case.values("principles", "category"))
    for path, item in case.records("categories"):
        identifier = item.get("id")
        if isinstance(identifier, str) and identifier not in used:
            yield (*path, "id"), f"no principle names the category {shown(identifier)}; a category holds at least one"


KIND = Kind(
    singular="category",
    file=COMMON,
    page=Page("/categories/{id}/", "category.md.j2"),
    anchor=None,
    listed=Page("/categories/", "categories.md.j2"),
    cites=True,
    linked=False,
    api=2,
    search=Search("Category", "title", lambda one: one.summary, weight=2.2, names=("official_heading", "aliases")),
    a_to_z="category",
    readability="category pages",
    structured=Structured(record="CollectionPage", listing="CollectionPage"),
    filed=True,
    order=lambda one: one.number,
    shown=lambda one: True,
    rules=(_official_numbers, _used),
    fixed="the official text has seven headings, and nobody adds one",
    ordered="they stand in the order of the official text",
)
