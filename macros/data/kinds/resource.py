"""A resource: teaching material of somebody else."""

from pydantic import Field

from macros.data.field_types import CountryId, PrincipleNumber, ShortText, Text, Title, Url
from macros.data.parts import Record
from macros.data.rows import Kind, Search


class Resource(Record):
    """Teaching material of somebody else."""

    name: Title = Field(description="What it is called.")
    publisher: Text = Field(description="Who publishes it.")
    url: Url = Field(title="Web address", description="Where it is.")
    country: CountryId = Field(description="The country or region, by its id.")
    audience: ShortText = Field(description="Who it is for.")
    ages: ShortText | None = Field(default=None, description="For which ages it is.")
    text: Text = Field(description="What it holds.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles that it bears on."
    )


KIND = Kind(
    singular="resource",
    page=None,
    anchor="/teach/#{id}",
    listed=None,  # the page of lessons lists them too
    cites=True,
    linked=True,
    api=22,
    search=Search("Teaching resource", "name", lambda one: one.text, weight=0.8, names=()),
    a_to_z=None,
    readability="teaching",
    structured=None,
    ordered="pages show them in this order: by the age of who it is for, the youngest first",
)
