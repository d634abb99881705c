"""Every kind of record and every vocabulary, in the order in which pages and lists have them: the one list of them.

A kind is a module here, with the record's class and its row. It stands in `Document`, once; the field is its
collection's name in the file. `macros.data.collections` makes every other list of kinds from these rows.

Links between records stand on one side only (a practice names its principles, never the other way round); `catalogue`
makes the other side.
"""

# No `from __future__ import annotations` here, as in `parts`.
from typing import Annotated, get_args

from macros.data.kinds import (
    category,
    change,
    distress_entry,
    event,
    exercise,
    figure,
    group,
    law,
    lesson,
    measure,
    note,
    practice,
    principle,
    programme,
    question,
    reading,
    report_flow,
    resource,
    service,
    situation,
    source,
    stakeholder,
    statement,
    term,
    tool,
    vocabularies,
    withdrawal,
)
from macros.data.kinds.asks import Asked, Asks
from macros.data.kinds.category import CATEGORY_COUNT, Category
from macros.data.kinds.change import Change
from macros.data.kinds.distress_entry import Distress
from macros.data.kinds.easy import EasyWords, Idea
from macros.data.kinds.event import Event
from macros.data.kinds.exercise import Answer, Exercise, SelfCheck
from macros.data.kinds.figure import Break, Figure, Point, Row, Series, Table
from macros.data.kinds.group import Group
from macros.data.kinds.law import Law, LawLink
from macros.data.kinds.lesson import CardPhrase, Lesson, Misconception, Step, Task
from macros.data.kinds.lesson_slides import Slide
from macros.data.kinds.measure import FirstFor, Measure, MeasureLaw, Why
from macros.data.kinds.note import Note
from macros.data.kinds.practice import Practice
from macros.data.kinds.principle import (
    PRINCIPLE_COUNT,
    Brief,
    OpenQuestion,
    Phrase,
    Principle,
    ServiceFit,
    View,
    WorkedExample,
)
from macros.data.kinds.programme import Programme
from macros.data.kinds.question import More, Question
from macros.data.kinds.reading import Reading
from macros.data.kinds.report_flow import FlowBranch, FlowStep, ReportFlow
from macros.data.kinds.resource import Resource
from macros.data.kinds.sentence import InnerPart, Sentence, SentencePart
from macros.data.kinds.service import NUMBERS_NEEDED, Mark, Marks, Open, Phone, Service, Span, TextMessage
from macros.data.kinds.situation import FirstHelp, FirstStep, NextPlace, Situation, SituationAnswer
from macros.data.kinds.source import ARCHIVED, Source
from macros.data.kinds.stakeholder import FormerName, Role, Stakeholder
from macros.data.kinds.statement import Statement
from macros.data.kinds.term import Term
from macros.data.kinds.tool import Tool
from macros.data.kinds.vocabularies import Country
from macros.data.kinds.withdrawal import Withdrawal
from macros.data.parts import (
    CONFIDENCE,
    INDIRECT,
    WORLDWIDE,
    Claim,
    Confidence,
    Following,
    Named,
    Paged,
    Part,
    Record,
    Sourced,
    VocabularyTerm,
)
from macros.data.rows import Kind, Vocabulary

__all__ = [
    "ARCHIVED",
    "CATEGORY_COUNT",
    "COLLECTIONS",
    "CONFIDENCE",
    "INDIRECT",
    "KINDS",
    "NUMBERS_NEEDED",
    "PRINCIPLE_COUNT",
    "ROWS",
    "VOCABULARIES",
    "WORLDWIDE",
    "Answer",
    "Asked",
    "Asks",
    "EasyWords",
    "Idea",
    "Break",
    "Brief",
    "CardPhrase",
    "Category",
    "Change",
    "Claim",
    "Confidence",
    "Country",
    "Distress",
    "Document",
    "Event",
    "Exercise",
    "Figure",
    "FirstFor",
    "FirstHelp",
    "FirstStep",
    "FlowBranch",
    "FlowStep",
    "Following",
    "FormerName",
    "Group",
    "InnerPart",
    "Law",
    "LawLink",
    "Lesson",
    "Mark",
    "Marks",
    "Measure",
    "Misconception",
    "MeasureLaw",
    "More",
    "Named",
    "NextPlace",
    "Note",
    "Open",
    "OpenQuestion",
    "Paged",
    "Part",
    "Phone",
    "Phrase",
    "Point",
    "Practice",
    "Principle",
    "Programme",
    "Question",
    "Reading",
    "Record",
    "ReportFlow",
    "Resource",
    "Role",
    "Row",
    "SelfCheck",
    "Sentence",
    "SentencePart",
    "Series",
    "Service",
    "ServiceFit",
    "Situation",
    "SituationAnswer",
    "Slide",
    "Source",
    "Sourced",
    "Span",
    "Stakeholder",
    "Statement",
    "Step",
    "Table",
    "Task",
    "Term",
    "TextMessage",
    "Tool",
    "View",
    "VocabularyTerm",
    "Why",
    "WorkedExample",
    "Withdrawal",
]


class Document(Part):
    """The whole file: one list of records per collection, vocabularies first."""

    confidences: Annotated[tuple[VocabularyTerm, ...], vocabularies.CONFIDENCES]
    ways_of_reading: Annotated[tuple[VocabularyTerm, ...], vocabularies.WAYS_OF_READING]
    phrase_kinds: Annotated[tuple[VocabularyTerm, ...], vocabularies.PHRASE_KINDS]
    sentence_slots: Annotated[tuple[VocabularyTerm, ...], vocabularies.SENTENCE_SLOTS]
    stakeholder_kinds: Annotated[tuple[VocabularyTerm, ...], vocabularies.STAKEHOLDER_KINDS]
    statuses: Annotated[tuple[VocabularyTerm, ...], vocabularies.STATUSES]
    practice_statuses: Annotated[tuple[VocabularyTerm, ...], vocabularies.PRACTICE_STATUSES]
    service_kinds: Annotated[tuple[VocabularyTerm, ...], vocabularies.SERVICE_KINDS]
    event_kinds: Annotated[tuple[VocabularyTerm, ...], vocabularies.EVENT_KINDS]
    law_stages: Annotated[tuple[VocabularyTerm, ...], vocabularies.LAW_STAGES]
    law_relations: Annotated[tuple[VocabularyTerm, ...], vocabularies.LAW_RELATIONS]
    needs: Annotated[tuple[VocabularyTerm, ...], vocabularies.NEEDS]
    verdicts: Annotated[tuple[VocabularyTerm, ...], vocabularies.VERDICTS]
    question_groups: Annotated[tuple[VocabularyTerm, ...], vocabularies.QUESTION_GROUPS]
    measure_times: Annotated[tuple[VocabularyTerm, ...], vocabularies.MEASURE_TIMES]
    costs: Annotated[tuple[VocabularyTerm, ...], vocabularies.COSTS]
    duties: Annotated[tuple[VocabularyTerm, ...], vocabularies.DUTIES]
    tool_kinds: Annotated[tuple[VocabularyTerm, ...], vocabularies.TOOL_KINDS]
    tool_access: Annotated[tuple[VocabularyTerm, ...], vocabularies.TOOL_ACCESS]
    countries: Annotated[tuple[Country, ...], vocabularies.COUNTRIES]
    principles: Annotated[tuple[Principle, ...], principle.KIND]
    categories: Annotated[tuple[Category, ...], category.KIND]
    stakeholders: Annotated[tuple[Stakeholder, ...], stakeholder.KIND]
    practices: Annotated[tuple[Practice, ...], practice.KIND]
    events: Annotated[tuple[Event, ...], event.KIND] = ()
    figures: Annotated[tuple[Figure, ...], figure.KIND] = ()
    laws: Annotated[tuple[Law, ...], law.KIND] = ()
    programmes: Annotated[tuple[Programme, ...], programme.KIND] = ()
    report_flows: Annotated[tuple[ReportFlow, ...], report_flow.KIND] = ()
    measures: Annotated[tuple[Measure, ...], measure.KIND] = ()
    tools: Annotated[tuple[Tool, ...], tool.KIND] = ()
    terms: Annotated[tuple[Term, ...], term.KIND] = ()
    questions: Annotated[tuple[Question, ...], question.KIND] = ()
    services: Annotated[tuple[Service, ...], service.KIND] = ()
    situations: Annotated[tuple[Situation, ...], situation.KIND] = ()
    distress: Annotated[tuple[Distress, ...], distress_entry.KIND] = ()
    announcement: Annotated[tuple[Statement, ...], statement.KIND] = ()
    groups: Annotated[tuple[Group, ...], group.KIND] = ()
    readings: Annotated[tuple[Reading, ...], reading.KIND] = ()
    exercises: Annotated[tuple[Exercise, ...], exercise.KIND] = ()
    lessons: Annotated[tuple[Lesson, ...], lesson.KIND] = ()
    resources: Annotated[tuple[Resource, ...], resource.KIND] = ()
    notes: Annotated[tuple[Note, ...], note.KIND] = ()
    changes: Annotated[tuple[Change, ...], change.KIND] = ()
    withdrawn: Annotated[tuple[Withdrawal, ...], withdrawal.KIND] = ()
    sources: Annotated[tuple[Source, ...], source.KIND]


COLLECTIONS: dict[str, type[Part]] = {
    name: get_args(field.annotation)[0] for name, field in Document.model_fields.items()
}
"""Name of each collection, as in the file, and the class of its records."""

ROWS: dict[str, Kind | Vocabulary] = {name: field.metadata[0] for name, field in Document.model_fields.items()}
"""The row of each collection, by its name."""

KINDS: dict[str, Kind] = {name: row for name, row in ROWS.items() if isinstance(row, Kind)}
"""The row of each kind of record, by the name of its collection."""

VOCABULARIES: dict[str, Vocabulary] = {name: row for name, row in ROWS.items() if isinstance(row, Vocabulary)}
"""The row of each vocabulary, by the name of its collection."""
