"""The kinds of value that records hold: texts of a length, ids, addresses, dates as exact as they are known.

Each kind says in words that an editor understands what is wrong with a value; `kinds` puts them together to records.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Strict
from pydantic.functional_validators import AfterValidator, BeforeValidator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from macros.unicode_text import INVISIBLE, TYPED_SPACE, deceit

PHRASE_WORDS = 6
"""Official phrases of six words or fewer may be quoted; longer ones would reproduce the text (content rule 1)."""

SUMMARY_LENGTH = 90
"""A principle's line in a list: six to ten words that fit two lines of a phone 320 px wide."""

TITLE_LENGTH = 100
"""Browsers and search results cut longer titles."""

DESCRIPTION_LENGTH = 170
"""Search engines show about 160 characters of a page's description."""

FINDING_WORDS = 25
"""A verdict in one breath, which a reader takes in before anything else on the page."""

DATE_WORDS = 14
"""Why a date matters, in a list of a few."""

TEXT_LENGTH = 1500
"""One statement with one list of sources; more is two statements."""

FORMER_IDS = 10
"""Ids that one record once had; none ever had three."""

# --- marks: what a field's annotation tells the check ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field that names a record of another collection, by its id or by another field of it."""

    collection: str
    by: str = "id"


@dataclass(frozen=True, slots=True)
class Past:
    """Marks a date that cannot lie in the future."""


# --- kinds of value ----------------------------------------------------------------------------------------------

_TAG = re.compile(r"<[A-Za-z/!?][^<>\s]{0,20}>?")
_TEMPLATE_MARKS = ("{{", "}}", "{%", "%}", "{#", "#}")


def _plain(value: str) -> str:
    """Refuse what could be run or hidden; give the text with its white space folded."""
    simple = value.isascii() and value.isprintable()  # most texts: nothing in them is invisible
    invisible = None if simple else INVISIBLE.search(value)
    if invisible:
        code = f"U+{ord(invisible.group()):04X}"
        raise PydanticCustomError("text", "an invisible character ({code}); delete it", {"code": code})
    found = None if simple else deceit(value)
    if found:
        raise PydanticCustomError("text", "{said}", {"said": found.message, "snippet": found.snippet})
    tag = _TAG.search(value) if "<" in value else None
    if tag:
        raise PydanticCustomError(
            "text",
            'HTML ("{snippet}") is not used here; write plain text (a less-than sign needs a space after it)',
            {"snippet": tag.group()},
        )
    for mark in _TEMPLATE_MARKS if "{" in value or "}" in value else ():
        if mark in value:
            raise PydanticCustomError(
                "text", '"{snippet}" is a template mark and is not used here; write plain text', {"snippet": mark}
            )
    folded = " ".join(value.split()) if simple else TYPED_SPACE.sub(" ", value).strip(" ")
    if not folded.strip():
        raise PydanticCustomError("text", "there is no text here; write it or delete the line")
    return value if folded == value else folded  # not a second text of the same signs


def _wordy(value: str) -> str:
    """Refuse a text of nothing but punctuation: pages sort names by their first letter, and read texts aloud."""
    if not any(map(str.isalnum, value)):
        raise PydanticCustomError("text", "there is no letter and no digit here; write the text or delete the line")
    return value


ID_FORM = "^[a-z0-9]+(-[a-z0-9]+)*$"
"""The form of an id, as schemas say it too."""


def at_most(most: int, otherwise: str = "say the rest elsewhere") -> AfterValidator:
    """Give a check that refuses a text of more words than `most`; `otherwise` is what to do with the rest."""

    def short(value: str) -> str:
        count = len(value.split())
        if count > most:
            raise PydanticCustomError(
                "words",
                "{count} words; at most {most} fit here: {otherwise}",
                {"count": count, "most": most, "otherwise": otherwise},
            )
        return value

    return AfterValidator(short)


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


_OF_WINDOWS = re.compile(r"(?:aux|con|nul|prn|com[0-9]|lpt[0-9])\Z")
"""Names that no file or folder can have there: https://learn.microsoft.com/windows/win32/fileio/naming-a-file"""


def well_formed(value: str) -> bool:
    """Whether a text has the form of an id."""
    return _ID.match(value) is not None


def _identifier(value: str) -> str:
    if not _ID.match(value):
        raise PydanticCustomError(
            "identifier",
            'ill-formed id "{value}"; use small letters, digits and single hyphens, such as {proposal}',
            {"value": value, "proposal": propose_id(value)},
        )
    if _OF_WINDOWS.match(value):
        raise PydanticCustomError(
            "identifier",
            'the id "{value}" is a name that Windows keeps for itself, so nobody there could build the site; '
            "choose a longer one",
            {"value": value},
        )
    return value


def propose_id(value: str) -> str:
    """Give a well-formed id that is like `value`."""
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")[:60].strip("-") or "my-record"


_URL = re.compile(r"https?://([A-Za-z0-9.-]+)(?::([0-9]+))?(?:/[^\s<>\"'`{}|\\^]*)?\Z")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\Z")
_LAST_LABEL = re.compile(r"(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,58}[A-Za-z0-9])\Z")
_MAIL = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*@([A-Za-z0-9.-]+)\Z")


def reachable(host: str, port: str | None = None) -> bool:
    """Whether a name can be a host on the public web (RFC 1123), and a port one: not `.`, `a..b`, a bare number."""
    *labels, last = host.split(".")
    named = bool(labels) and len(host) <= 253 and all(map(_LABEL.match, labels)) and bool(_LAST_LABEL.match(last))
    return named and (port is None or (len(port) <= 5 and 0 < int(port) < 65536))


def _address(value: str) -> str:
    match = _URL.match(value)
    if not match or INVISIBLE.search(value) or deceit(value):
        raise PydanticCustomError(
            "address",
            'not a web address: "{value}"; it must start with https:// (or http://) and hold no spaces',
            {"value": value[:80]},
        )
    if not reachable(match[1], match[2]):
        raise PydanticCustomError(
            "address",
            'nothing can be at "{value}"; the name of the host or the port cannot be right',
            {"value": value[:80]},
        )
    return value


def _mail(value: str) -> str:
    match = _MAIL.match(value)
    if not match or not reachable(match[1]):
        raise PydanticCustomError("mail", 'not a mail address: "{value}"', {"value": value[:80]})
    return value


Text = Annotated[str, Strict(), Field(max_length=TEXT_LENGTH), AfterValidator(_plain), AfterValidator(_wordy)]
ShortText = Annotated[str, Strict(), Field(max_length=200), AfterValidator(_plain), AfterValidator(_wordy)]
Cell = Annotated[str, Strict(), Field(max_length=200), AfterValidator(_plain)]
"""What stands in a table, where a dash says that there is nothing."""
Title = Annotated[str, Strict(), Field(max_length=TITLE_LENGTH), AfterValidator(_plain), AfterValidator(_wordy)]
ShortTitle = Annotated[str, Strict(), Field(max_length=70), AfterValidator(_plain), AfterValidator(_wordy)]
SiteAddress = Annotated[str, Strict(), Field(pattern=r"^/([a-z0-9-]+/)+(#[a-z0-9-]+)?$|^/#[a-z0-9-]+$", max_length=200)]
"""An address of this site, from its root: /glossary/#example-word."""
NotePage = Annotated[str, Strict(), Field(pattern=r"^[a-z-]+(/[a-z-]+)*$", max_length=80)]
TabTitle = Annotated[
    str,
    Strict(),
    Field(max_length=40, description="Calm words for the browser's tab and history, which others may see."),
    AfterValidator(_plain),
    AfterValidator(_wordy),
]
Summary = Annotated[str, Strict(), Field(max_length=SUMMARY_LENGTH), AfterValidator(_plain), AfterValidator(_wordy)]
Description = Annotated[
    str, Strict(), Field(max_length=DESCRIPTION_LENGTH), AfterValidator(_plain), AfterValidator(_wordy)
]
OfficialPhrase = Annotated[
    str,
    Strict(),
    Field(max_length=120),
    AfterValidator(_plain),
    AfterValidator(_wordy),
    at_most(PHRASE_WORDS, "official words are quoted in few, and the rest is said in our own"),
]
Finding = Annotated[
    str, Strict(), Field(max_length=200), AfterValidator(_plain), AfterValidator(_wordy), at_most(FINDING_WORDS)
]
WhyDated = Annotated[
    str, Strict(), Field(max_length=120), AfterValidator(_plain), AfterValidator(_wordy), at_most(DATE_WORDS)
]
Id = Annotated[str, Strict(), Field(max_length=80, json_schema_extra={"pattern": ID_FORM}), AfterValidator(_identifier)]
Url = Annotated[str, Strict(), Field(max_length=600, json_schema_extra={"format": "uri"}), AfterValidator(_address)]
Doi = Annotated[str, Strict(), Field(pattern=r"^10\.[0-9]{4,9}/[-._;()/:A-Za-z0-9]+$", max_length=120)]
"""A digital object identifier without the address of what resolves it: 10.5281/zenodo.1234567."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ClockTime = Annotated[str, Strict(), Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Zone = Annotated[str, Strict(), Field(pattern=r"^[A-Z][A-Za-z]+(/[A-Z][A-Za-z_]+){1,2}$")]
Mail = Annotated[
    str,
    Strict(),
    Field(pattern=r"^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+$", json_schema_extra={"format": "email"}),
    AfterValidator(_mail),
]
WholeNumber = Annotated[int, Strict()]
YesNo = Annotated[bool, Strict()]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]


PARTIAL_DATE_FORM = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
"""The form of a date that may be a year or a month, as schemas say it."""


class PartialDate:
    """A date as precise as it is known: a year, a month or a day, written as in ISO 8601."""

    __slots__ = ("text",)
    _FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")

    def __init__(self, text: str) -> None:
        """Take `2020`, `2020-03` or `2020-03-05`; raises ValueError for anything else and days that do not exist."""
        match = self._FORM.match(text)
        if not match:
            raise ValueError("form")
        year, month, day = match.groups()
        date(int(year), int(month or 1), int(day or 1))
        self.text = text

    @property
    def precision(self) -> Literal["day", "month", "year"]:
        """How much of the date is known."""
        by_length: dict[int, Literal["day", "month", "year"]] = {4: "year", 7: "month", 10: "day"}
        return by_length[len(self.text)]

    @property
    def first_day(self) -> date:
        """The earliest day the date can mean."""
        parts = [int(part) for part in self.text.split("-")]
        return date(*[*parts, 1, 1][:3])

    @property
    def last_day(self) -> date:
        """The latest day the date can mean."""
        first = self.first_day
        match self.precision:
            case "year":
                return first.replace(month=12, day=31)
            case "month":
                return first.replace(day=monthrange(first.year, first.month)[1])
        return first

    @property
    def year(self) -> int:
        """The year."""
        return int(self.text[:4])

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: PartialDate) -> bool:
        return self.text < other.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._parse, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": ["string", "integer"],
            "pattern": PARTIAL_DATE_FORM,
            "description": "A year, a month or a day: 2020, 2020-03 or 2020-03-05.",
        }

    @classmethod
    def _parse(cls, value: Any) -> PartialDate:
        if isinstance(value, PartialDate):
            return value
        # An unquoted year is a number to YAML and a date to whoever wrote it.
        text = str(value) if type(value) is int else value
        if not isinstance(text, str):
            raise PydanticCustomError("date", "a date belongs here, such as 2020, 2020-03 or 2020-03-05")
        try:
            return cls(text)
        except ValueError as error:
            if str(error) == "form":
                raise PydanticCustomError(
                    "date",
                    '"{value}" is not a date; write the year, month and day in this order: 2020, 2020-03 or 2020-03-05',
                    {"value": text[:40]},
                ) from None
            raise PydanticCustomError(
                "date", "{value} does not exist in the calendar; check month and day", {"value": text}
            ) from None


def _full_date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    parsed = PartialDate._parse(value)
    if parsed.precision != "day":
        raise PydanticCustomError("date", '"{value}" needs the day too, such as 2026-11-24', {"value": parsed.text})
    return parsed.first_day


Day = Annotated[
    date, BeforeValidator(_full_date, json_schema_input_type=str), Field(json_schema_extra={"format": "date"})
]

PrincipleNumber = Annotated[WholeNumber, Ref("principles", by="number")]
SourceId = Annotated[Id, Ref("sources")]
StakeholderId = Annotated[Id, Ref("stakeholders")]
CountryId = Annotated[Id, Ref("countries")]
