"""A service: a place to get help or to report."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, Strict

from macros.data.cases import Case, Found, Place, is_sample, shown
from macros.data.field_types import (
    ClockTime,
    CountryId,
    Day,
    Id,
    Mail,
    Past,
    Ref,
    ShortText,
    ShortTitle,
    Text,
    Title,
    Url,
    Weekday,
    YesNo,
    Zone,
)
from macros.data.parts import WORLDWIDE, Part, Printed, Record
from macros.data.rows import Kind, Page, Search
from macros.data.telephone import same, strange


class Phone(Part):
    """A number to call."""

    label: Annotated[ShortText, Printed] = Field(description="As printed.")
    number: Annotated[str, Strict(), Field(pattern=r"^\+?[0-9]{3,15}$")] = Field(
        description="Digits only, for dialling."
    )


class TextMessage(Part):
    """A number to send a text message to."""

    label: Annotated[ShortText, Printed] = Field(description="As printed.")
    number: Annotated[str, Strict(), Field(pattern=r"^\+?[0-9]{3,15}$")] = Field(
        description="Digits only, for dialling."
    )
    keyword: Annotated[ShortTitle, Printed] | None = Field(default=None, description="What to write in the message.")


Mark = Literal["A", "B", "C"]


class Marks(Part):
    """How sure single fields are, where they differ from the record: C is never printed, hours marked B neither."""

    url: Mark | None = None
    phone: Mark | None = None
    text: Mark | None = None
    chat: Mark | None = None
    email: Mark | None = None
    hours: Mark | None = None
    ages: Mark | None = None
    languages: Mark | None = None
    anonymous: Mark | None = None


class Span(Part):
    """A stretch of the week during which somebody answers; what ends after midnight starts again on the next day."""

    days: tuple[Weekday, ...] = Field(min_length=1, description="The days, such as [mon, tue, wed].")
    opens: ClockTime = Field(description="The time in quotes, in the zone of the service, such as '08:00'.")
    closes: ClockTime = Field(description="The time at which it ends; '24:00' is midnight.")


class Open(Part):
    """When somebody answers, for the line "Open now". Only where the operator's own page was read (hours marked A)."""

    zone: Zone = Field(description="The IANA name of the time zone, such as Europe/London.")
    always: YesNo = Field(default=False, description="true: at any hour of every day.")
    weekly: tuple[Span, ...] = Field(default=(), description="Only where it is not always.")
    checked: Annotated[Day, Past()] = Field(description="The day the hours were last held against their source.")


class Service(Record):
    """A place to get help or to report."""

    translated: ClassVar[tuple[str, ...]] = (
        "name",
        "short_name",
        "url",
        "phone",
        "text",
        "operator",
        "for_whom",
        "aliases",
        "hours",
        "ages",
        "languages",
        "limits",
        "what_happens",
        "cannot_speak",
    )
    own: ClassVar[tuple[str, ...]] = ("name", "short_name", "url", "phone", "text")

    name: Annotated[Title, Printed] = Field(description="What it is called.")
    short_name: Annotated[ShortTitle, Printed] | None = Field(
        default=None, description='What follows "Call", where the name is long.'
    )
    operator: Text = Field(description="Who runs it.")
    # Of use to programs: part of `/api/v1/`, from which nothing is ever taken. Pages name the operator in words.
    operator_kind: Literal["police", "regulator", "charity", "government", "network", "company"] = Field(
        description="What kind of body runs it."
    )
    country: CountryId = Field(description="The country or region, by its id.")
    needs: tuple[Annotated[Id, Ref("needs")], ...] = Field(
        min_length=1, description="Ids of the needs that it is there for."
    )
    for_whom: Annotated[Text, Printed] = Field(description="Who can turn to it.")
    aliases: tuple[Text, ...] = Field(
        default=(), description="What people may type; for search only. Of numbers, its own alone."
    )
    url: Annotated[Url, Printed] | None = Field(default=None, title="Web address", description="Its address.")
    phone: Phone | None = Field(default=None, description="The number to call.")
    text: TextMessage | None = Field(default=None, title="Text message", description="A number to write to.")
    chat: YesNo = Field(default=False, description="true: it has a chat on its site.")
    email: Mail | None = Field(default=None, title="Mail address", description="Its mail address.")
    hours: Annotated[ShortText, Printed] | None = Field(default=None, description="When somebody answers, in words.")
    open: Open | None = Field(default=None, description="The hours again, for the line that says whether it is open.")
    free: YesNo = Field(default=False, description="true: a source says that it costs nothing to call or write.")
    ages: Annotated[ShortText, Printed] | None = Field(default=None, description="For which ages.")
    languages: Annotated[ShortText, Printed] | None = Field(
        default=None, description="In which languages somebody answers."
    )
    anonymous: Literal["yes", "no", "unknown"] = Field(
        default="unknown", description="Whether one need not say who one is."
    )
    limits: Text | None = Field(default=None, description="One sentence on confidentiality or scope.")
    what_happens: Text | None = Field(
        default=None, description="What happens when you get in touch, where a source says so."
    )
    cannot_speak: Text | None = Field(
        default=None, description="What to do when you cannot speak, where a source says so."
    )
    marks: Marks = Field(default=Marks(), description="Only for fields that are less sure than the whole.")
    mark: Mark = Field(
        description="How sure the record as a whole is: A the operator's own page, B elsewhere, C not seen."
    )

    def printable(self, name: str) -> Any:
        """Give a field as it may be printed: None where it is marked C, and for hours where it is marked B."""
        mark = getattr(self.marks, name) or self.mark
        refused = ("B", "C") if name == "hours" else ("C",)
        return None if mark in refused else getattr(self, name)


NUMBERS_NEEDED = {
    "emergency": "danger now",
    "threat": "a threat",
    "child-help": "somebody under 18",
    "crisis": "a crisis at any age",
    "worried-about-child": "an adult who is worried about a child",
}
"""Needs for which every country with help has a number to call or to write to, and what they are in plain words."""

NUMBERS_WORLDWIDE = ("emergency",)
"""The same for people anywhere: no other number works in many countries."""

_NUMBERED = ("phone", "text")


def _numbers_as_dialled(case: Case) -> Iterator[Found]:
    """Print the number that is dialled."""
    for path, service in case.records("services"):
        for name in _NUMBERED:
            part = service.get(name)
            label, number = (part.get("label"), part.get("number")) if isinstance(part, dict) else (None, None)
            if isinstance(label, str) and isinstance(number, str):
                message = other_number(label, number, _country(service))
                if message:
                    yield (*path, name, "label"), message


def other_number(label: str, number: str, country: str) -> str | None:
    """Give what to say where a label prints another number than is dialled; None where it prints the same."""
    if same(label, number, country):
        return None
    return (
        f"{shown(label)} is printed and {shown(number)} is dialled; the digits must be the same "
        "(letters count as on the keys of a telephone; other words belong into another field)"
    )


def _numbers_for_each_need(case: Case) -> Iterator[Found]:
    """Give each country with help a number for every need that cannot wait."""
    first: dict[str, Place] = {}
    answered: dict[str, set[Any]] = {}
    for path, service in case.records("services"):
        country = _country(service)
        first.setdefault(country, path)
        needs = service.get("needs")
        if isinstance(needs, list) and any(_printable(service, name) for name in _NUMBERED):
            answered.setdefault(country, set()).update(need for need in needs if isinstance(need, str))
    for country, path in first.items():
        wanted = NUMBERS_WORLDWIDE if country == WORLDWIDE else NUMBERS_NEEDED
        for need in wanted:
            if country and need not in answered.get(country, ()):
                yield (
                    path,
                    f"help in {shown(country)} has no number that may be printed for '{need}' "
                    f"({NUMBERS_NEEDED[need]}); add a service with one, or add the need to one that is there for it",
                )


def _printable(service: Mapping[str, Any], name: str) -> bool:
    """Whether a field of a service stands on pages; `Service.printable` says so of records without faults."""
    marks = service.get("marks")
    mark = (marks.get(name) if isinstance(marks, dict) else None) or service.get("mark")
    return isinstance(service.get(name), dict) and mark != "C"


def _numbers_in_aliases(case: Case) -> Iterator[Found]:
    """Let people find a service by its own numbers and by no other."""
    for path, service in case.records("services"):
        aliases = service.get("aliases")
        if isinstance(aliases, list):
            parts = [service[name] for name in _NUMBERED if isinstance(service.get(name), dict)]
            numbers = [part["number"] for part in parts if isinstance(part.get("number"), str)]
            for index, message in strange_numbers(aliases, numbers, _country(service)):
                yield (*path, "aliases", index), message


def strange_numbers(aliases: Iterable[Any], numbers: Iterable[str], country: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each alias that holds a number which is none of the service's, and what to say about it."""
    own = tuple(numbers)
    for index, alias in enumerate(aliases):
        for found in strange(alias, own, country) if isinstance(alias, str) else ():
            known = f"it has {', '.join(own)}" if own else "it has none"
            yield index, f"{shown(found)} is not a number of this service ({known}); correct or delete it"


def _country(service: Mapping[str, Any]) -> str:
    country = service.get("country")
    return country if isinstance(country, str) and not is_sample(country) else ""


KIND = Kind(
    singular="service",
    page=None,
    anchor="/help/{country}/#{id}",
    listed=Page("/help/", "help.md.j2"),
    cites=True,
    linked=False,
    api=11,
    search=Search("Help", "name", lambda one: one.for_whom, weight=2),
    a_to_z="help",
    readability="help",
    structured=None,
    shown=lambda one: True,
    rules=(_numbers_as_dialled, _numbers_for_each_need, _numbers_in_aliases),
    ordered="help pages show them in this order: within a country and a need, whom to turn to first",
)
