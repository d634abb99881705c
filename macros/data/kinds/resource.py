"""A resource: teaching material of somebody else."""

from pydantic import Field

from macros.data.field_types import CountryId, PrincipleNumber, ShortText, Text, Title, Url
from macros.data.parts import Record
from macros.data.rows import Kind, Search


class Resource(Record):
    """Teaching material of somebody else."""

    name: Title
    publisher: Text
    url: Url = Field(title="Web address")
    country: CountryId
    audience: ShortText
    ages: ShortText | None = None
    text: Text
    principles: tuple[PrincipleNumber, ...] = ()


KIND = Kind(
    singular="resource",
    page=None,
    anchor="/teach/#{id}",
    listed=None,  # the page of lessons lists them too
    cites=True,
    linked=True,
    api=None,
    search=Search("Teaching resource", "name", lambda one: one.text, weight=0.8, names=()),
    a_to_z=None,
    readability="teaching",
    structured=None,
    ordered="pages show them in this order: by the age of who it is for, the youngest first",
)
