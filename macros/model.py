"""The records: what a principle, a category, a stakeholder, a source … is, field by field.

`data/principles.yml` holds lists of these. The classes are the only description of the format: the check, the JSON
Schema that editors read and the pages are all made from them. Links between records stand on one side only (a practice
names its principles, never the other way round); `catalogue` makes the other side.
"""

# No `from __future__ import annotations` here: pydantic would compile each annotation again from its text, for every
# class that has it, which takes a tenth of the time of a check.
import os
import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, Strict
from pydantic.functional_validators import AfterValidator

from macros.paper import printed
from macros.values import (
    FORMER_IDS,
    Cell,
    ClockTime,
    CountryId,
    Day,
    Description,
    Id,
    Mail,
    NotePage,
    Number,
    OfficialPhrase,
    PartialDate,
    Past,
    PrincipleNumber,
    Ref,
    ShortText,
    ShortTitle,
    SourceId,
    StakeholderId,
    Summary,
    TabTitle,
    Text,
    Title,
    Url,
    Weekday,
    WholeNumber,
    YesNo,
    Zone,
    _plain,
    _wordy,
)

# Otherwise the first class looks through every installed package for extensions of pydantic
# (https://docs.pydantic.dev/latest/concepts/plugins/), which may change what is accepted.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

PRINCIPLE_COUNT = 11
CATEGORY_COUNT = 7
"""How many principles and headings the official text has; `checking` holds the numbers against them."""


Confidence = Literal["confirmed", "reported", "unchecked"]
CONFIDENCE: tuple[str, ...] = get_args(Confidence)

INDIRECT = "indirect"
"""The way of reading that is none: known through others who cite it. Such a source alone confirms nothing."""

WORLDWIDE = "int"
"""The country under which services for people anywhere stand."""


ARCHIVED = re.compile(r"https?://(?:web\.)?archive\.org/")
"""The addresses that lie in the archive already."""


Printed = AfterValidator(printed)
"""Marks a text that stands in handouts, kits or pictures too, where not every sign can be set."""


# --- what records are made of ------------------------------------------------------------------------------------


class Part(BaseModel):
    """Anything in the file: unknown fields are refused, values are not bent into other types, nothing changes later."""

    # Deferred: what is only part of a record needs no checker of its own.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Sourced(Part):
    """Anything that states a fact. It names its sources, or says with `ours: true` that it is our own reading."""

    sources: tuple[SourceId, ...] = Field(default=(), description="Ids of the sources that this rests on.")
    ours: YesNo = Field(default=False, description="true: our own reading or judgement, shown as ours.")


class Claim(Sourced):
    """One statement in our own words, with the sources it rests on."""

    text: Annotated[Text, Printed]
    confidence: Confidence | None = Field(default=None, description="Only where it differs from the record's.")


class Named(Part):
    """Anything with an address of its own."""

    id: Id = Field(description="Its place in addresses: small letters, digits, hyphens. Never changed, never reused.")
    former_ids: tuple[Id, ...] = Field(
        default=(), max_length=FORMER_IDS, description="Ids it once had; their addresses lead here."
    )


class Word(Named):
    """An entry of a vocabulary: a word that records use and that the site explains."""

    label: Annotated[Title, Printed]
    meaning: Annotated[Text, Printed]


class Record(Named, Sourced):
    """A fact or a set of facts that is checked against its sources as one."""

    confidence: Confidence = Field(
        description="confirmed: read in the source; reported: read through others; unchecked: not yet read in a source."
    )
    checked: Annotated[Day, Past()] = Field(description="The day its facts were last checked against their sources.")


class Following(Named, Sourced):
    """A record about one principle, as sure as the principle unless it says otherwise (see `settled`)."""

    confidence: Confidence | None = Field(
        default=None,
        description="Only where it differs from the principle's; nothing on an unread text is surer than it.",
    )
    checked: Annotated[Day, Past()] = Field(description="The day it was last checked against its sources.")


class Paged(Part):
    """A record whose page is called by its name."""

    name: Title
    tab_title: TabTitle | None = Field(default=None, description="Only where the name is not calm enough for a tab.")

    @property
    def calm_name(self) -> str:
        """What the browser's tab and history show."""
        return self.tab_title or self.name


# --- the collections ---------------------------------------------------------------------------------------------


class Source(Named):
    """Something that was read, and that facts rest on."""

    title: Annotated[str, Strict(), Field(max_length=300), AfterValidator(_plain), AfterValidator(_wordy)]
    publisher: Text
    url: Url | None = None
    date: Annotated[PartialDate, Past()] | None = None
    licence: Text
    official: YesNo = Field(default=False, description="true: it holds the official text of the principles.")
    read: Annotated[Id, Ref("ways_of_reading")] = Field(description="How it was read.")
    note: Text | None = None
    confidence: Confidence
    checked: Annotated[Day, Past()]
    archived: Url | None = Field(
        default=None, description="An archived copy that was seen; else one is looked for by the day it was read."
    )

    @property
    def archive(self) -> str | None:
        """Where the archived copy nearest to the day of reading is, if there is one; None without an address.

        The archive leads from a day to the copy nearest to it. Nobody has looked, unless `archived` is given; so
        whoever shows this says "if there is one".
        """
        if self.archived or not self.url or ARCHIVED.match(self.url):
            return self.archived
        return f"https://web.archive.org/web/{self.checked:%Y%m%d}/{self.url}"


class Country(Word):
    """A country or region as stakeholders and help name it."""

    help_label: Annotated[Title, Printed] | None = Field(
        default=None, description="What help pages call it, where that is clearer."
    )

    @property
    def help_name(self) -> str:
        """What help pages call it."""
        return self.help_label or self.label


class Note(Record):
    """A short explanation with a place of its own on a page."""

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    title: Title
    page: NotePage = Field(description="The page it stands on, such as about/the-text.")
    body: tuple[Claim, ...] = Field(min_length=1)


class Category(Record):
    """One of the seven official headings."""

    number: WholeNumber = Field(
        description="Its place in the official order.", json_schema_extra={"minimum": 1, "maximum": CATEGORY_COUNT}
    )
    title: Annotated[Title, Printed] = Field(description="Our short heading.")
    tab_title: TabTitle
    official_heading: OfficialPhrase | None = Field(
        default=None, description="The official heading in at most six words; none where it was not seen."
    )
    heading_note: Claim | None = Field(default=None, description="How other versions print the heading.")
    summary: Summary
    description: Description
    about: tuple[Claim, ...] = Field(min_length=1, description="What belongs together here, and why.")
    aliases: tuple[Text, ...] = ()


class Phrase(Sourced):
    """An official phrase and what it means; it has an address of its own on the principle's page."""

    id: Id
    former_ids: tuple[Id, ...] = Field(default=(), max_length=FORMER_IDS)
    phrase: Annotated[OfficialPhrase, Printed]
    kind: Annotated[Id, Ref("phrase_kinds")]
    meaning: Annotated[Text, Printed]
    confidence: Confidence | None = None


class Brief(Part):
    """A principle in three sentences."""

    aim: Claim
    asks: Claim
    why: Claim


class View(Sourced):
    """One side of an open question."""

    who: Annotated[Text, Printed] = Field(description="Who holds it.")
    text: Annotated[Text, Printed]
    confidence: Confidence | None = None


class OpenQuestion(Named):
    """A question on which informed people differ, with the sides fairly put."""

    question: Annotated[Text, Printed]
    views: tuple[View, ...] = Field(min_length=2)


class ServiceFit(Part):
    """Which kinds of service a principle bears on. Our own reading."""

    centre: tuple[Annotated[Id, Ref("service_kinds")], ...] = ()
    relevant: tuple[Annotated[Id, Ref("service_kinds")], ...] = ()


class Principle(Record):
    """One of the eleven principles."""

    number: WholeNumber = Field(
        description="Its official number.", json_schema_extra={"minimum": 1, "maximum": PRINCIPLE_COUNT}
    )
    category: Annotated[Id, Ref("categories")]
    title: Annotated[ShortTitle, Printed] = Field(description="Our short title.")
    tab_title: Annotated[TabTitle, Printed]
    summary: Summary = Field(description="Six to ten words for lists.")
    description: Annotated[Description, Printed] = Field(description="One or two sentences for search results.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may call it; for search.")
    content_note: Annotated[Text, Printed] = Field(description="One line on what the page deals with.")
    in_brief: Brief
    in_full: tuple[Claim, ...] = Field(min_length=1, description="What it says, in plain words of our own.")
    wording: Claim = Field(description="How strong the official wording is.")
    phrases: tuple[Phrase, ...] = Field(min_length=2, max_length=6)
    services: ServiceFit
    does_not_say: tuple[Claim, ...] = Field(min_length=1)
    measures: tuple[Claim, ...] = Field(
        default=(), description="What is typically done, where no stakeholder is named."
    )
    open_questions: tuple[OpenQuestion, ...] = Field(min_length=1)
    related: tuple[PrincipleNumber, ...] = ()


class FormerName(Sourced):
    """A name that a stakeholder had before."""

    name: Text
    until: Annotated[PartialDate, Past()] | None = None
    confidence: Confidence | None = None


class Role(Sourced):
    """What a stakeholder did in the story of the principles, and when."""

    date: Annotated[PartialDate, Past()] | None = None
    until: Annotated[PartialDate, Past()] | None = None
    text: Text
    confidence: Confidence | None = None


class Stakeholder(Record, Paged):
    """An organisation or a person with a part in the principles."""

    short_name: Title | None = None
    former_names: tuple[FormerName, ...] = ()
    aliases: tuple[Text, ...] = Field(default=(), description="Other names people use; for search.")
    kind: Annotated[Id, Ref("stakeholder_kinds")]
    countries: tuple[CountryId, ...] = Field(min_length=1)
    organisation: StakeholderId | None = Field(default=None, description="For a person: the body they spoke for.")
    summary: ShortText = Field(description="Who they are, in one sentence.")
    description: Description
    status: Annotated[Id, Ref("statuses")]
    status_note: Claim | None = None
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Principles it bears on besides those its practices name."
    )
    about: tuple[Claim, ...] = ()
    roles: tuple[Role, ...] = ()
    caveats: tuple[Claim, ...] = ()
    website: Url | None = None
    service_kinds: tuple[Annotated[Id, Ref("service_kinds")], ...] = Field(
        default=(), description="For a company: the kinds of service that it runs and this file speaks of."
    )


class Practice(Record):
    """Something that a stakeholder does or did, on record, and the principles it bears on."""

    stakeholder: StakeholderId
    principles: tuple[PrincipleNumber, ...] = Field(min_length=1)
    name: Title | None = None
    text: Text
    date: Annotated[PartialDate, Past()] | None = None
    until: Annotated[PartialDate, Past()] | None = None
    status: Annotated[Id, Ref("practice_statuses")]


class Event(Record):
    """Something that happened on a known date."""

    date: Annotated[PartialDate, Past()]
    until: Annotated[PartialDate, Past()] | None = None
    title: Title
    text: Text
    kind: Annotated[Id, Ref("event_kinds")]
    countries: tuple[CountryId, ...] = ()
    principles: tuple[PrincipleNumber, ...] = ()
    stakeholders: tuple[StakeholderId, ...] = ()
    date_note: Text | None = Field(default=None, description="Where the date itself needs a word.")


class Point(Part):
    """One value of a series."""

    at: Annotated[ShortTitle, Printed] = Field(description="The year, or another place on the axis.")
    value: Number | None = Field(default=None, description="The number; none where a source gives only words.")
    shown: Annotated[ShortText, Printed] | None = Field(
        default=None, description='As it is to be read, such as "about 62 million".'
    )
    confidence: Confidence | None = None
    sources: tuple[SourceId, ...] = Field(default=(), description="Only where they differ from the figure's.")

    @property
    def text(self) -> str:
        """The value as people read it."""
        if self.shown is not None:
            return self.shown
        if self.value is None:
            return ""
        return f"{self.value:,.0f}" if self.value == int(self.value) else f"{self.value:,}"


class Series(Named):
    """A row of values that can be compared with each other."""

    label: Annotated[ShortTitle, Printed]
    unit: Annotated[ShortTitle, Printed] | None = Field(
        default=None, description="Only where it is not the figure's; such a series is drawn by itself."
    )
    points: tuple[Point, ...] = Field(min_length=1)


class Break(Sourced):
    """A place where a series stops being comparable with what came before."""

    before: Annotated[ShortTitle, Printed] = Field(
        description="The first point that is not comparable with the one before it."
    )
    text: Text
    confidence: Confidence | None = None


class Row(Part):
    """A line of a table."""

    cells: tuple[Cell, ...] = Field(min_length=1)
    confidence: Confidence | None = None
    sources: tuple[SourceId, ...] = ()


class Table(Part):
    """Values that do not make a series: other units, other definitions, words in place of numbers."""

    columns: tuple[ShortTitle, ...] = Field(min_length=2)
    rows: tuple[Row, ...] = Field(min_length=1)


class Figure(Record, Paged):
    """A number or a series of numbers: what it says, where it comes from, what it cannot say."""

    name: Annotated[Title, Printed]
    title: Annotated[Title, Printed] = Field(description="The finding, in one sentence.")
    description: Description
    aliases: tuple[Text, ...] = ()
    unit: Annotated[ShortTitle, Printed]
    definition: Claim
    axis: ShortTitle = Field(default="Year", description="What the points of the series stand on.")
    chart: bool = Field(default=False, description="Whether the series may be drawn, or say too little for that.")
    own_scales: YesNo = Field(default=False, description="true: sizes differ so far that each series is drawn alone.")
    series: tuple[Series, ...] = ()
    breaks: tuple[Break, ...] = ()
    table: Table | None = None
    origin: tuple[Claim, ...] = ()
    shows: tuple[Claim, ...] = Field(min_length=1)
    cannot_show: tuple[Claim, ...] = Field(min_length=1)
    principles: tuple[PrincipleNumber, ...] = ()
    stakeholders: tuple[StakeholderId, ...] = ()


class LawLink(Sourced):
    """How a law stands to a principle. Our own reading, unless a source makes the link."""

    principle: PrincipleNumber
    relation: Annotated[Id, Ref("law_relations")]
    text: Text
    confidence: Confidence | None = None


class Law(Record):
    """A law, a code under a law, or official guidance on the ground of the principles."""

    name: Title
    short_name: ShortTitle | None = None
    aliases: tuple[Text, ...] = ()
    country: CountryId
    stage: Annotated[Id, Ref("law_stages")]
    date: Annotated[PartialDate, Past()]
    until: Annotated[PartialDate, Past()] | None = None
    text: tuple[Claim, ...] = Field(min_length=1)
    links: tuple[LawLink, ...] = Field(min_length=1)
    stakeholders: tuple[StakeholderId, ...] = ()


class Programme(Record, Paged):
    """Something that was announced with the principles or followed them, and what became of it."""

    aliases: tuple[Text, ...] = ()
    summary: ShortText
    description: Description
    outcome: ShortText = Field(description="What became of it, in a few words.")
    date: Annotated[PartialDate, Past()] | None = None
    announced: tuple[Claim, ...] = Field(min_length=1)
    done: tuple[Claim, ...] = ()
    became: tuple[Claim, ...] = Field(min_length=1)
    principles: tuple[PrincipleNumber, ...] = ()
    stakeholders: tuple[StakeholderId, ...] = ()


class Term(Record):
    """A word of the subject, and how to use it with care."""

    term: ShortTitle
    abbreviation: ShortTitle | None = None
    forms: tuple[ShortTitle, ...] = Field(default=(), description="Other forms in which pages use it, such as plurals.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    definition: Annotated[str, Strict(), Field(max_length=320), AfterValidator(_plain), AfterValidator(_wordy)] = Field(
        description="One sentence; also the tooltip."
    )
    notes: tuple[Claim, ...] = ()
    common: YesNo = Field(default=False, description="true: too common a word to be explained wherever it stands.")
    say: ShortText | None = Field(default=None, description="The words to use.")
    not_say: tuple[ShortText, ...] = Field(
        default=(), description="Words to leave to others; shown in the glossary only."
    )
    why: Text | None = Field(default=None, description="Why these words and not those.")
    principles: tuple[PrincipleNumber, ...] = ()
    related: tuple[Annotated[Id, Ref("terms")], ...] = ()


class Phone(Part):
    """A number to call."""

    label: Annotated[ShortText, Printed] = Field(description="As printed.")
    number: Annotated[str, Strict(), Field(pattern=r"^\+?[0-9]{3,15}$")] = Field(
        description="Digits only, for dialling."
    )


class TextMessage(Part):
    """A number to send a text message to."""

    label: Annotated[ShortText, Printed]
    number: Annotated[str, Strict(), Field(pattern=r"^\+?[0-9]{3,15}$")]
    keyword: Annotated[ShortTitle, Printed] | None = None


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

    name: Annotated[Title, Printed]
    short_name: Annotated[ShortTitle, Printed] | None = Field(
        default=None, description='What follows "Call", where the name is long.'
    )
    operator: Text
    operator_kind: Literal["police", "regulator", "charity", "government", "network", "company"]
    country: CountryId
    needs: tuple[Annotated[Id, Ref("needs")], ...] = Field(min_length=1)
    for_whom: Text
    aliases: tuple[Text, ...] = ()
    url: Url | None = None
    phone: Phone | None = None
    text: TextMessage | None = None
    chat: YesNo = False
    email: Mail | None = None
    hours: Annotated[ShortText, Printed] | None = None
    open: Open | None = Field(default=None, description="The hours again, for the line that says whether it is open.")
    free: YesNo = Field(default=False, description="true: a source says that it costs nothing to call or write.")
    ages: Annotated[ShortText, Printed] | None = None
    languages: Annotated[ShortText, Printed] | None = None
    anonymous: Literal["yes", "no", "unknown"] = "unknown"
    limits: Text | None = Field(default=None, description="One sentence on confidentiality or scope.")
    what_happens: Text | None = Field(
        default=None, description="What happens when you get in touch, where a source says so."
    )
    cannot_speak: Text | None = Field(
        default=None, description="What to do when you cannot speak, where a source says so."
    )
    marks: Marks = Marks()
    mark: Mark = Field(
        description="How sure the record as a whole is: A the operator's own page, B elsewhere, C not seen."
    )

    def printable(self, name: str) -> Any:
        """Give a field as it may be printed: None where it is marked C, and for hours where it is marked B."""
        mark = getattr(self.marks, name) or self.mark
        refused = ("B", "C") if name == "hours" else ("C",)
        return None if mark in refused else getattr(self, name)


class FirstStep(Sourced):
    """One of the few things to do first."""

    do: ShortTitle = Field(description='What to do, shown in bold: starts with a verb or with "Do not".')
    text: ShortText | None = Field(default=None, description="The rest of the step; with `do` at most 16 words.")


class FirstHelp(Part):
    """Where to turn first in one country: the service whose number is shown large, and at most one more."""

    country: CountryId
    services: tuple[Annotated[Id, Ref("services")], ...] = Field(min_length=1, max_length=2)
    notes: tuple[Claim, ...] = Field(default=(), description="What this country's own authorities advise.")


class SituationAnswer(Part):
    """A question that people in this situation ask, and the answer."""

    question: ShortText
    answer: Claim


class NextPlace(Part):
    """Where to go after the first steps: another situation, or a service."""

    label: ShortText
    situation: Annotated[Id, Ref("situations")] | None = None
    service: Annotated[Id, Ref("services")] | None = None


class Situation(Record):
    """What is happening to a reader who needs help: the first steps, then whom to call in which country.

    Its address and the title in the browser's tab say nothing but a number: others may see them.
    """

    number: WholeNumber = Field(
        description="Its place on the help page, in its address and in the tab's title.",
        json_schema_extra={"minimum": 1},
    )
    title: Annotated[Title, Printed] = Field(description="In the reader's own words.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    minor: YesNo = Field(default=False, description="true: a smaller link, below the others.")
    relief: ShortText = Field(description="One sentence of relief, of at most 14 words.")
    needs: tuple[Annotated[Id, Ref("needs")], ...] = Field(min_length=1, description="Whose services it lists.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="The principles whose readers it may be happening to: their pages link to it."
    )
    steps: tuple[FirstStep, ...] = Field(min_length=3, max_length=5)
    first: tuple[FirstHelp, ...] = Field(min_length=1, description="One for each country with help.")
    answers: tuple[SituationAnswer, ...] = ()
    then: tuple[NextPlace, ...] = Field(default=(), max_length=3)


class Statement(Record):
    """One thing that the announcement of 5 March 2020 said, and what is known of it since."""

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    title: Title
    said: Text = Field(description="What the announcement says, in our own words.")
    verdict: Annotated[Id, Ref("verdicts")]
    found: tuple[Claim, ...] = Field(min_length=1, description="What confirms it, corrects it, or is missing.")
    figures: tuple[Annotated[Id, Ref("figures")], ...] = ()
    programmes: tuple[Annotated[Id, Ref("programmes")], ...] = ()
    notes: tuple[Annotated[Id, Ref("notes")], ...] = ()
    principles: tuple[PrincipleNumber, ...] = ()
    stakeholders: tuple[StakeholderId, ...] = ()


class Group(Record):
    """A kind of reader, such as parents or educators."""

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    name: Title
    tab_title: TabTitle
    summary: ShortText
    description: Description
    part: tuple[Claim, ...] = Field(min_length=3, max_length=3, description="Your part, in three lines.")
    help_first: YesNo = Field(default=False, description="true: help stands before everything else on its page.")


class Reading(Following):
    """What one principle means for one kind of reader. Ours, without new facts."""

    group: Annotated[Id, Ref("groups")]
    principle: PrincipleNumber
    means: Text = Field(description="What it means for you.")
    not_asked: Text = Field(description="What it does not ask of you.")


class Answer(Part):
    """A possible answer of a self-check."""

    text: Annotated[ShortText, Printed]
    right: YesNo = False


class SelfCheck(Named):
    """A question with answers, one of them right, and why."""

    question: Annotated[Text, Printed]
    answers: tuple[Answer, ...] = Field(min_length=2, max_length=4)
    why: Annotated[Text, Printed]


class Exercise(Following):
    """Questions for a class or for oneself about one principle."""

    principle: PrincipleNumber
    discussion: tuple[Annotated[Text, Printed], ...] = Field(min_length=3, max_length=3)
    self_check: tuple[SelfCheck, ...] = Field(min_length=5, max_length=5)


class Step(Part):
    """A stretch of a lesson."""

    minutes: WholeNumber
    text: Text


class Lesson(Record):
    """A lesson of a given length."""

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    title: Annotated[Title, Printed]
    tab_title: TabTitle
    description: Description
    minutes: WholeNumber
    ages: ShortText
    goals: tuple[Text, ...] = Field(min_length=1)
    materials: tuple[Text, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=2)
    afterwards: tuple[Text, ...] = ()
    principles: tuple[PrincipleNumber, ...] = ()


class Resource(Record):
    """Teaching material of somebody else."""

    name: Title
    publisher: Text
    url: Url
    country: CountryId
    audience: ShortText
    ages: ShortText | None = None
    text: Text
    principles: tuple[PrincipleNumber, ...] = ()


class Change(Named):
    """An entry of the list of what changed on the site."""

    date: Annotated[Day, Past()]
    text: Text
    unchanged: YesNo = Field(
        default=False, description="true: checked against the sources again, and nothing had to change."
    )
    principles: tuple[PrincipleNumber, ...] = ()
    categories: tuple[Annotated[Id, Ref("categories")], ...] = ()
    stakeholders: tuple[StakeholderId, ...] = ()
    figures: tuple[Annotated[Id, Ref("figures")], ...] = ()
    programmes: tuple[Annotated[Id, Ref("programmes")], ...] = ()
    events: tuple[Annotated[Id, Ref("events")], ...] = ()
    laws: tuple[Annotated[Id, Ref("laws")], ...] = ()
    terms: tuple[Annotated[Id, Ref("terms")], ...] = ()
    services: tuple[Annotated[Id, Ref("services")], ...] = ()


class Distress(Named):
    """What people type who need help; search shows the help entry of the need before any result."""

    need: Annotated[Id, Ref("needs")]
    phrases: tuple[ShortText, ...] = Field(
        min_length=1, description="Words that together mean this need; small words and their order do not count."
    )


class Document(Part):
    """The whole file: one list of records per collection, in the order in which they refer to each other."""

    confidences: tuple[Word, ...]
    ways_of_reading: tuple[Word, ...]
    phrase_kinds: tuple[Word, ...]
    stakeholder_kinds: tuple[Word, ...]
    statuses: tuple[Word, ...]
    practice_statuses: tuple[Word, ...]
    service_kinds: tuple[Word, ...]
    event_kinds: tuple[Word, ...]
    law_stages: tuple[Word, ...]
    law_relations: tuple[Word, ...]
    needs: tuple[Word, ...]
    verdicts: tuple[Word, ...]
    countries: tuple[Country, ...]
    categories: tuple[Category, ...]
    principles: tuple[Principle, ...]
    stakeholders: tuple[Stakeholder, ...]
    practices: tuple[Practice, ...]
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    laws: tuple[Law, ...] = ()
    programmes: tuple[Programme, ...] = ()
    terms: tuple[Term, ...] = ()
    services: tuple[Service, ...] = ()
    situations: tuple[Situation, ...] = ()
    distress: tuple[Distress, ...] = ()
    announcement: tuple[Statement, ...] = ()
    groups: tuple[Group, ...] = ()
    readings: tuple[Reading, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    resources: tuple[Resource, ...] = ()
    notes: tuple[Note, ...] = ()
    changes: tuple[Change, ...] = ()
    sources: tuple[Source, ...]


COLLECTIONS: dict[str, type[Part]] = {
    name: get_args(field.annotation)[0] for name, field in Document.model_fields.items()
}
"""Name of each collection, as in the file, and the class of its records."""


def settled(document: Document) -> Document:
    """Give a document with every confidence stated that follows from a principle's.

    A reading or an exercise that states none has its principle's, and so has a statement of a principle that names
    sources. What names none is our own, and there is nothing to read. Raises nothing.
    """
    sure = {principle.number: principle.confidence for principle in document.principles}
    update: dict[str, Any] = {
        "principles": tuple(_stated(principle, principle.confidence) for principle in document.principles)
    }
    for name in ("readings", "exercises"):
        update[name] = tuple(
            record if record.confidence else record.model_copy(update={"confidence": sure.get(record.principle)})
            for record in getattr(document, name)
        )
    return document.model_copy(update=update)


def _stated(value: Any, confidence: Confidence) -> Any:
    if isinstance(value, tuple):
        return tuple(_stated(item, confidence) for item in value)
    if not isinstance(value, Part):
        return value
    update = {
        name: _stated(getattr(value, name), confidence)
        for name in type(value).model_fields
        if isinstance(getattr(value, name), tuple | Part)
    }
    if isinstance(value, Sourced) and value.sources and getattr(value, "confidence", "") is None:
        update["confidence"] = confidence
    return value.model_copy(update=update) if update else value
