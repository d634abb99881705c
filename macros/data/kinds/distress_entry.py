"""Distress: what people type who need help."""

from typing import Annotated, ClassVar

from pydantic import Field

from macros.data.field_types import Id, Ref, ShortText
from macros.data.parts import Named
from macros.data.rows import Kind


class Distress(Named):
    """What people type who need help; search shows the help entry of the need before any result."""

    translated: ClassVar[tuple[str, ...]] = ("phrases",)

    need: Annotated[Id, Ref("needs")] = Field(description="The need that these words mean, by its id.")
    phrases: tuple[ShortText, ...] = Field(
        min_length=1, description="Words that together mean this need; small words and their order do not count."
    )


KIND = Kind(
    singular="distress entry",
    page=None,
    anchor=None,
    listed=None,
    cites=False,
    linked=False,
    api=None,
    search=None,  # search shows the help entry of the need instead
    a_to_z=None,
    readability=None,
    structured=None,
    ordered="what is most urgent stands first",
)
