"""The check: what is wrong, at which line and column, in words that say how to mend it; every fault in one run."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from macros.data import field_types, kinds, telephone
from macros.data.kinds import NUMBERS_NEEDED
from macros.data.urls import addresses
from macros.data.validation import check
from macros.data.yaml_reader import Position, read_bytes
from macros.pages import site_check
from tests.samples import (
    BROKEN,
    HERE,
    NEEDS,
    PARENTS,
    TODAY,
    cut_down,
    edited,
    expected,
    filled,
    good,
    invented,
    real,
    report,
    sound,
    with_help,
)

Edits = list[tuple[str, str]]


def test_the_samples_have_no_faults() -> None:
    assert report(good().encode()) == []
    assert report(with_help().encode()) == []


def test_the_real_file_has_no_faults() -> None:
    assert report(real().encode(), "data/principles.yml", today=site_check.today()) == []


NO_ADDRESS = "'{}': not a web address: \"{}\"; it must start with https:// (or http://) and hold no spaces"
NO_DATE = "'{}': \"{}\" is not a date; write the year, month and day in this order: 2020, 2020-03 or 2020-03-05"
ILL_FORMED = "'id': ill-formed id \"{}\"; use small letters, digits and single hyphens, such as {}"
VANISHED = (
    "the published address {} would vanish; put the record back, or add its id to `former_ids` of the record that "
    "takes its place, or withdraw it: what to write is said below"
)

# Name, edits of the good file with the place of each fault marked, and the messages in that order.
CASES: list[tuple[str, Edits, list[str]]] = [
    # fields
    (
        "unknown field",
        [("title: Title of principle 4", "title: Title of principle 4\n    ‸sumary: Twice")],
        ["unknown field 'sumary'; did you mean 'summary'?"],
    ),
    (
        "unknown field of a part",
        [("aim: {text: Aim of principle 4, ours: true}", "aim: {text: Aim of principle 4, ours: true, ‸zzz: 1}")],
        ["unknown field 'zzz'; known ones are: sources, ours, text, confidence"],
    ),
    (
        "misspelt field",
        [
            ("- id: principle-4\n    number: 4\n", "- ‸id: principle-4\n    ‸nubmer: 4\n"),
            ("\nprinciples:\n  -", "\nprinciples:\n  ‸-"),
        ],
        [
            "principle 4 is missing; the official text has 11 in all",
            "'number' is missing in this principle; add it",
            "unknown field 'nubmer'; did you mean 'number'?",
        ],
    ),
    (
        "missing field",
        [("- id: overview\n    title: Title of the overview\n", "- ‸id: overview\n")],
        ["'title' is missing in this source; add it"],
    ),
    (
        "missing field of a part",
        [("- id: who\n        question: Question of principle 2\n", "- ‸id: who\n")],
        ["'question' is missing in this principle; add it"],
    ),
    (
        "empty field",
        [("title: Title of principle 4", "title:‸")],
        ["'title' is empty; write its value or delete the line"],
    ),
    (
        "empty text",
        [("title: Title of principle 4", 'title: ‸" "')],
        ["'title': there is no text here; write it or delete the line"],
    ),
    (
        "unknown collection",
        [("confidences:\n", "‸confidences:\n"), ("practices:\n", "‸practises:\n")],
        [
            "the collection 'practices' is missing; add `practices:` with records",
            "unknown collection 'practises'; did you mean 'practices'?",
        ],
    ),
    # types
    (
        "list where fields belong",
        [("aim: {text: Aim of principle 4, ours: true}", "aim: ‸[Aim of principle 4]")],
        ["'aim': fields belong here (`name: value`, indented); here stands a list"],
    ),
    (
        "text where fields belong",
        [("aim: {text: Aim of principle 4, ours: true}", "aim: ‸Aim of principle 4")],
        ["'aim': fields belong here (`name: value`, indented); here stands text ('Aim of principle 4')"],
    ),
    (
        "fields where a list belongs",
        [("- text: About category 4\n        sources: [overview]", "‸text: About category 4")],
        ["'about': a list belongs here, such as [one, two]; here stands a group of fields"],
    ),
    (
        "text where a list belongs",
        [("countries: [gb]", "countries: ‸gb")],
        ["'countries': a list belongs here, such as [one, two]; here stands text ('gb')"],
    ),
    (
        "list where text belongs",
        [("title: Title of principle 4", "title: ‸[Title of principle 4]")],
        ["'title': text belongs here; here stands a list"],
    ),
    (
        "text among the records",
        [("practices:\n", "practices:\n  - ‸id:example-practice\n")],
        ["'practices': fields belong here (`name: value`, indented); here stands text ('id:example-practice')"],
    ),
    (
        "empty record",
        [("practices:\n", "practices:\n  -‸\n")],
        ["'practices' is empty; write its value or delete the line"],
    ),
    (
        "fields where the records belong",
        [("practices:\n  - id:", "practices:\n    ‸id:")],
        ["'practices' must be a list of records, each starting with `- `; here stands a group of fields"],
    ),
    (
        "words for yes and no",
        [("aim: {text: Aim of principle 4, ours: true}", "aim: {text: Aim of principle 4, ours: ‸yes}")],
        [
            "'ours': only true or false can stand here, not 'yes'",
        ],
    ),
    (
        "a number in quotes",
        [
            ("id: principle-4\n    number: 4", 'id: principle-4\n    number: ‸"4"'),
            ("\nprinciples:\n  -", "\nprinciples:\n  ‸-"),
        ],
        [
            "principle 4 is missing; the official text has 11 in all",
            "'number': a whole number without quotes belongs here, not '4'",
        ],
    ),
    (
        "unknown word of the model",
        [("confidence: reported", "confidence: ‸reportd")],
        ["'confidence': unknown value 'reportd'; did you mean 'reported'?"],
    ),
    (
        "too long",
        [("summary: Summary of principle 4", "summary: ‸" + "long " * 20)],
        ["'summary': 99 characters; at most 90 fit: shorten it or split it in two"],
    ),
    (
        "too few",
        [
            (
                "          - who: Another side of 4\n            text: View two of 4\n"
                "            sources: [overview]\n",
                "",
            ),
            ("          - who: One side of 4", "          ‸- who: One side of 4"),
        ],
        ["'views': a list of at least 2 belongs here; this one has 1"],
    ),
    # ids
    (
        "ill-formed id",
        [("id: example-practice", "id: ‸Example Practice!")],
        [ILL_FORMED.format("Example Practice!", "example-practice")],
    ),
    (
        "id twice",
        [("id: principle-4", "id: ‸principle-3")],
        ["the id 'principle-3' is taken at line 232; ids are never shared or used again"],
    ),
    (
        "former id of another record",
        [("id: principle-4", "id: principle-4\n    former_ids: [older, ‸principle-3]")],
        ["the id 'principle-3' is taken at line 232; ids are never shared or used again"],
    ),
    (
        "id of a part twice",
        [
            ("- id: report\n        phrase: report 4", "- id: ‸seek\n        phrase: report 4"),
            ("phrase: report 4\n        kind: action", "phrase: report 4\n        kind: aim"),
        ],
        ["the id 'seek' is taken at line 312; ids are never shared or used again"],
    ),
    # references
    (
        "unknown category",
        [("number: 2\n    category: grooming", "number: 2\n    category: ‸groming")],
        ["unknown category 'groming'; did you mean 'grooming'?"],
    ),
    (
        "unknown source",
        [
            (
                "name: Former Company\n        until: 2021-10\n        sources: [launch]",
                "name: Former Company\n        sources: [overview, ‸lunch]",
            )
        ],
        ["unknown source 'lunch'; did you mean 'launch'?"],
    ),
    (
        "unknown principle",
        [("principles: [1, 3]", "principles: [1, ‸12, ‸0]")],
        [
            "unknown principle '12'; known ones are: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
            "unknown principle '0'; known ones are: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
        ],
    ),
    (
        "unknown stakeholder",
        [("stakeholder: example-company", "stakeholder: ‸zzz")],
        ["unknown stakeholder 'zzz'; known ones are: example-company"],
    ),
    # official numbers
    (
        "principle out of range",
        [
            ("id: principle-4\n    number: 4", "id: principle-4\n    number: ‸12"),
            ("\nprinciples:\n  -", "\nprinciples:\n  ‸-"),
        ],
        [
            "principle 4 is missing; the official text has 11 in all",
            "there is no principle 12; the official numbers are 1 to 11",
        ],
    ),
    (
        "principle twice",
        [
            ("id: principle-4\n    number: 4", "id: principle-4\n    number: 5"),
            ("id: principle-5\n    number: 5", "id: principle-5\n    number: ‸5"),
            ("\nprinciples:\n  -", "\nprinciples:\n  ‸-"),
        ],
        [
            "principle 4 is missing; the official text has 11 in all",
            "principle 5 stands twice; each official number belongs to one principle",
        ],
    ),
    (
        "principle without category",
        [
            ("id: working-together", "id: ‸working-together"),
            ("- id: principle-7\n    number: 7\n    category: working-together", "- ‸id: principle-7\n    number: 7"),
        ],
        [
            "no principle names the category 'working-together'; a category holds at least one",
            "'category' is missing in this principle; add it",
        ],
    ),
    (
        "category numbers",
        [
            ("id: grooming\n    number: 2", "id: grooming\n    number: ‸8"),
            ("\ncategories:\n  -", "\ncategories:\n  ‸-"),
        ],
        [
            "category 2 is missing; the official text has 7 in all",
            "there is no category 8; the official numbers are 1 to 7",
        ],
    ),
    # dates
    (
        "a day that does not exist",
        [("date: 2020-03\n", "date: ‸2021-02-29\n")],
        ["'date': 2021-02-29 does not exist in the calendar; check month and day"],
    ),
    (
        "a date in another order",
        [("date: 2020-03\n", "date: ‸05.03.2020\n")],
        [NO_DATE.format("date", "05.03.2020")],
    ),
    (
        "a date in the future",
        [("date: 2020-03\n    until: 2021\n", "date: 2020-03\n    until: ‸2026-11-29\n")],
        ["2026-11-29 lies in the future; a date here is one that has passed"],
    ),
    (
        "dates in the wrong order",
        [("date: 2020-03\n    until: 2021\n", "date: 2020-03\n    until: ‸2019\n")],
        ["2019 comes before the start, 2020-03; correct one of them"],
    ),
    (
        "a day is needed",
        [("confidence: reported\n    checked: 2026-11-24", "confidence: reported\n    checked: ‸2026-11")],
        ["'checked': \"2026-11\" needs the day too, such as 2026-11-24"],
    ),
    # addresses
    (
        "address of another kind",
        [("url: https://launch.example", "url: ‸javascript:alert(1)")],
        [NO_ADDRESS.format("url", "javascript:alert(1)")],
    ),
    (
        "address without https",
        [("url: https://launch.example", "url: ‸launch.example")],
        [NO_ADDRESS.format("url", "launch.example")],
    ),
    (
        "hidden character in an address",
        [("url: https://launch.example", r'url: ‸"https://launch.example/a\u202eb"')],
        [NO_ADDRESS.format("url", r"https://launch.example/a\u202eb")],
    ),
    # the official text
    (
        "a long phrase",
        [("phrase: seek to 4", "phrase: ‸seek to do seven words and more")],
        ["'phrase': 7 words; at most 6 fit here: official words are quoted in few, and the rest is said in our own"],
    ),
    # sources
    (
        "record without source",
        [
            ("status: in-place\n    sources: [launch]\n", "status: in-place\n"),
            ("- id: example-practice", "- ‸id: example-practice"),
        ],
        ["no source here; add `sources: [id]`, or `ours: true` if it is our own reading"],
    ),
    (
        "claim without source",
        [("- text: Silence of principle 4\n        ours: true", "- ‸text: Silence of principle 4")],
        ["no source here; add `sources: [id]`, or `ours: true` if it is our own reading"],
    ),
    # what must not reach a page
    (
        "HTML",
        [("text: Text of the practice", "text: Text of ‸<b>the</b> practice")],
        ["'text': HTML (\"<b>\") is not used here; write plain text (a less-than sign needs a space after it)"],
    ),
    (
        "HTML further down",
        [("text: Text of the practice", "text: >-\n      Text of 1 < n\n      and ‸<!-- of --> more")],
        ["'text': HTML (\"<!--\") is not used here; write plain text (a less-than sign needs a space after it)"],
    ),
    (
        "template marks",
        [
            ("title: Title of principle 1\n", 'title: "Title ‸{{ 7*7 }}"\n'),
            ("title: Title of principle 2\n", "title: Title ‸{% raw %}\n"),
            ("title: Title of principle 3\n", "title: Title ‸{#hash\n"),
            ("title: Title of principle 4\n", "title: Title ‸}}\n"),
        ],
        [
            f"'title': \"{mark}\" is a template mark and is not used here; write plain text"
            for mark in ("{{", "{%", "{#", "}}")
        ],
    ),
    (
        "marks written as escapes",
        [
            ("title: Title of principle 4\n", r'title: ‸"\x7b{ 7*7 }"' + "\n"),
            ("title: Title of principle 5\n", r'title: ‸"a\u202eb"' + "\n"),
        ],
        [
            "'title': \"{{\" is a template mark and is not used here; write plain text",
            "'title': an invisible character (U+202E); delete it",
        ],
    ),
    # what YAML makes of unquoted text
    (
        "numbers and truths where text belongs",
        [
            ("title: Title of principle 1\n", "title: ‸1.10\n"),
            ("title: Title of principle 2\n", "title: ‸012\n"),
            ("title: Title of principle 3\n", "title: ‸true\n"),
            ("title: Title of principle 4\n", "title: ‸~\n"),
        ],
        [
            "'title': text belongs here and 1.10 is not read as text; put it in quotes: \"1.10\"",
            "'title': text belongs here and 012 is not read as text; put it in quotes: \"012\"",
            "'title': text belongs here and true is not read as text; put it in quotes: \"true\"",
            "'title' is empty; write its value or delete the line",
        ],
    ),
    (
        "an alias is reported once",
        [("title: Title of principle 4", "title: ‸*title")],
        ["an alias (*title); write the value out again, or put the text in double quotes"],
    ),
]


@pytest.mark.parametrize(("edits", "messages"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_every_fault_of_a_broken_file_and_no_other(edits: Edits, messages: list[str]) -> None:
    text, places = edited(good(), edits)
    assert report(text.encode()) == expected(zip(places, messages, strict=True))


# --- how sure a statement can be ----------------------------------------------------------------------------------

UNREAD = "nobody read 'launch' (`read: indirect`), and no other source stands here"
LAUNCH: Edits = [
    ("ways_of_reading:\n", "ways_of_reading:\n  - {id: indirect, label: Known through others, meaning: M}\n"),
    (
        "licence: Licence of the launch\n    read: original\n    confidence: confirmed",
        "licence: Licence of the launch\n    read: indirect\n    confidence: reported",
    ),
]
"""Nobody has read the source of the company and of its former name."""


def test_nothing_is_confirmed_by_a_source_that_nobody_read() -> None:
    marked = [
        ("- name: Former Company", f"- {HERE}name: Former Company"),
        (
            "website: https://company.example/\n    sources: [launch]\n    confidence: confirmed",
            f"website: https://company.example/\n    sources: [launch]\n    confidence: {HERE}confirmed",
        ),
    ]
    text, places = edited(good(), [*LAUNCH, *marked])
    said = f"confirmed, but {UNREAD}; write `confidence: reported` here, or name a source that was read"
    assert report(text.encode()) == expected([(place, said) for place in places])
    # The claim says so itself; the record has another source that was read.
    mended, _ = edited(
        text,
        [
            ("- name: Former Company\n", "- name: Former Company\n        confidence: reported\n"),
            (
                "website: https://company.example/\n    sources: [launch]",
                "website: https://company.example/\n    sources: [overview, launch]",
            ),
        ],
    )
    assert report(mended.encode()) == []


def test_a_source_that_nobody_read_is_not_confirmed() -> None:
    unread = (
        "id: unread, title: T, publisher: P, licence: L, read: indirect, confidence: ‸confirmed, checked: 2026-11-24"
    )
    text, places = edited(
        good(), [LAUNCH[0], ("sources:\n  - id: overview", f"sources:\n  - {{{unread}}}\n  - id: overview")]
    )
    said = "confirmed, but `read: indirect` says that nobody read it; write `confidence: reported`"
    assert report(text.encode()) == expected([(places[0], said)])


_FOURTH = "            text: View two of 4\n            sources: [overview]\n    sources: [overview]\n    confidence: "
FOURTH_UNCHECKED = (f"{_FOURTH}confirmed", f"{_FOURTH}unchecked")
_DRAWN = "        - {slot: doing, words: Own words of 4, kind: action, gloss: Gloss on those}\n"
_GLOSSED = "          kind: aim\n          gloss: Gloss on seek in principle 4\n"
FOURTH_UNREAD = (_DRAWN, f"{_DRAWN}      unread: We have not read it.\n")


def test_what_is_about_an_unread_principle_is_no_surer_than_it() -> None:
    said = (
        "{}, but principle 4 is unchecked, and this is about its text; delete this line, "
        "and it is as sure as the principle"
    )
    own = "not_asked: Not asked, ours: true, confidence: ‸{}, checked: 2026-11-24}}\n  - {{id: parents-5"
    for word, refused in (("confirmed", True), ("reported", True), ("unchecked", False)):
        change = ("not_asked: Not asked, ours: true, checked: 2026-11-24}\n  - {id: parents-5", own.format(word))
        text, places = edited(good() + PARENTS, [FOURTH_UNCHECKED, FOURTH_UNREAD, change])
        assert report(text.encode()) == (expected([(places[0], said.format(word))]) if refused else []), word
        kept, _ = edited(good() + PARENTS, [change])
        assert report(kept.encode()) == [], "any word will do for a principle that was read"


def test_what_says_nothing_of_its_own_is_as_sure_as_its_principle() -> None:
    text, _ = edited(
        good() + PARENTS,
        [
            FOURTH_UNCHECKED,
            FOURTH_UNREAD,
            (
                "- text: Full sense of principle 4\n",
                "- text: Full sense of principle 4\n        confidence: reported\n",
            ),
            (
                "- text: Silence of principle 4\n        ours: true",
                "- text: Silence of principle 4\n        sources: [overview]",
            ),
        ],
    )
    document = check(read_bytes(text.encode(), "sample.yml"), TODAY).document
    assert document is not None
    assert [reading.confidence for reading in document.readings] == ["unchecked", "confirmed"]
    fourth, fifth = document.principles[3:5]
    assert [phrase.confidence for phrase in fourth.phrases] == ["unchecked", "unchecked"]
    assert [view.confidence for view in fourth.open_questions[0].views] == ["unchecked", "unchecked"]
    assert fourth.does_not_say[0].confidence == "unchecked"
    assert fourth.in_full[0].confidence == "reported", "it says otherwise"
    assert fourth.in_brief.aim.confidence is None, "it is ours and rests on nothing that could be read"
    assert [phrase.confidence for phrase in fifth.phrases] == ["confirmed", "confirmed"]


# --- the numbers of help ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "number", "fits"),
    [
        ("988", "988", True),
        ("234 (free)", "234", True),
        ("1-800-4-A-CHILD (1-800-422-4453)", "18004224453", True),
        ("1-800-THE-LOST", "18008435678", True),
        ("800-656-HOPE (800-656-4673)", "8006564673", True),
        ("833-591-KNOW (833-591-5669)", "+18335915669", True),
        ("1-833-591-KNOW", "8335915669", True),
        ("1800 respect", "18007377328", True),
        ("988", "989", False),
        ("988 (or 911)", "988", False),
        ("9889 free", "988", False),
        ("1-800-4-A-CHILD (1-800-422-4454)", "18004224453", False),
        ("1-800-4-A-CHILT (1-800-422-4453)", "18004224453", False),
        ("833-591-KNOW", "4433591566", False),
        ("Childhelp", "18004224453", False),
        ("(800) 422-4453", "18004224453", True),
        ("18 00 42 24 45", "18004224453", False),
    ],
)
def test_a_number_is_printed_as_it_is_dialled(label: str, number: str, fits: bool) -> None:
    old = 'phone: {label: "1-800-4-A-CHILD (1-800-422-4453)", number: "18004224453"}'
    text, places = edited(with_help(), [(old, f'phone: {{label: ‸"{label}", number: "{number}"}}')])
    said = (
        f"'{label}' is printed and '{number}' is dialled; the digits must be the same "
        "(letters count as on the keys of a telephone; other words belong into another field)"
    )
    assert report(text.encode()) == ([] if fits else expected([(places[0], said)]))


@pytest.mark.parametrize(
    ("country", "label", "number", "fits"),
    [
        ("nz", "0508 NETSAFE (0508 638 723)", "0508638723", True),
        ("nz", "0508 NETSAFE", "0508638723", True),
        ("nz", "0800 376 633", "+64800376633", True),
        ("gb", "020 7946 0958", "+442079460958", True),
        ("gb", "(020) 7946 0958", "02079460958", True),
        ("au", "13YARN (13 92 76)", "139276", True),
        ("au", "1800 55 1800", "+611800551800", True),
        ("ie", "+353 1 234 5678", "+35312345678", True),
        ("ie", "01 234 5678", "+35312345678", False),
        ("gb", "0800 376 633", "+64800376633", False),
        ("gb", "020 7946 0959", "+442079460958", False),
        ("nz", "0508 NETSAFE 1", "0508638723", False),
    ],
)
def test_a_country_and_its_keys_may_write_a_number_in_their_own_way(
    country: str, label: str, number: str, fits: bool
) -> None:
    assert telephone.same(label, number, country) == fits


def test_each_country_with_help_has_a_number_for_every_need_that_cannot_wait() -> None:
    said = (
        "help in '{}' has no number that may be printed for '{}' ({}); "
        "add a service with one, or add the need to one that is there for it"
    )
    crisis, child = (
        said.format("gb", "crisis", "a crisis at any age"),
        said.format("gb", "child-help", "somebody under 18"),
    )
    marked = ("- id: gb-danger", "- ‸id: gb-danger")
    number = 'phone: {label: "0800 1111", number: "08001111"}'
    cases: list[tuple[Edits, list[str]]] = [
        ([("needs: [crisis]", "needs: [threat]")], [crisis]),
        ([("keyword: SHOUT}\n    mark: A", "keyword: SHOUT}\n    mark: C")], [crisis]),
        ([("keyword: SHOUT}\n    mark: A", "keyword: SHOUT}\n    marks: {text: C}\n    mark: A")], [crisis]),
        ([("keyword: SHOUT}\n    mark: A", "keyword: SHOUT}\n    marks: {text: A}\n    mark: C")], []),
        ([("needs: [threat, child-help, worried-about-child]", "needs: [threat, worried-about-child]")], [child]),
        (
            [(number, "url: https://line.example/")],
            [
                child,
                said.format("gb", "threat", "a threat"),
                said.format("gb", "worried-about-child", "an adult who is worried about a child"),
            ],
        ),
    ]
    for edits, messages in cases:
        text, places = edited(with_help(), [marked, *edits])
        faults = [(places[0], message) for message in messages]
        assert report(text.encode()) == (expected(faults) if faults else []), edits
    text, places = edited(
        with_help(), [("- id: int-danger", "- ‸id: int-danger"), ('phone: {label: "112", number: "112"}', "chat: true")]
    )
    assert report(text.encode()) == expected([(places[0], said.format("int", "emergency", "danger now"))])
    assert set(NEEDS) == set(NUMBERS_NEEDED)


@pytest.mark.parametrize(
    ("alias", "strange"),
    [
        ("0800 1111", ""),
        ("call 08001111", ""),
        ("help for under 18", ""),
        ("since 1986", ""),
        ("247 help", ""),
        ("48 hours", ""),
        ("0800 1112", "0800 1112"),
        ("text 85258", "85258"),
        ("0800", "0800"),
    ],
)
def test_a_service_is_found_by_its_own_numbers_alone(alias: str, strange: str) -> None:
    text, places = edited(with_help(), [("aliases: [line of gb-child]", f'aliases: [other, ‸"{alias}"]')])
    said = f"'{strange}' is not a number of this service (it has 08001111); correct or delete it"
    assert report(text.encode()) == (expected([(places[0], said)]) if strange else [])


def test_a_service_without_a_number_has_none_in_its_names() -> None:
    change = (
        'aliases: [line of int-danger]\n    phone: {label: "112", number: "112"}',
        "aliases: [‸'112']\n    chat: true",
    )
    text, places = edited(with_help(), [change, ("- id: int-danger", "- ‸id: int-danger")])
    lines = report(text.encode())
    assert lines[1].endswith("'112' is not a number of this service (it has none); correct or delete it")
    assert lines[1].startswith(f"sample.yml:{places[1].line}:")


def test_a_principle_that_leaves_is_missed_where_its_addresses_were() -> None:
    kept = {"/principles/4/", "/principles/4/#phrase-seek", "/principles/4/#question-who", "/sources/#launch"}
    assert kept <= set(addresses(read_bytes(good().encode(), "sample.yml").data))
    assert report(good().encode(), published=kept) == []
    text, places = edited(
        good(),
        [
            ("stakeholders:\n  - id: example-company\n", "stakeholders:\n  ‸- id: other-company\n"),
            ("stakeholder: example-company", "stakeholder: other-company"),
            ("- id: principle-4\n    number: 4\n", "- ‸id: renamed\n    number: 4\n"),
            ("- id: seek\n        phrase: seek to 4", "- id: strive\n        phrase: seek to 4"),
            (f"phrase: seek\n{_GLOSSED}", f"phrase: strive\n{_GLOSSED}"),
            ("sources:\n  - id: overview", "sources:\n  - ‸id: overview"),
            ("- id: launch", "- id: start"),
        ],
    )
    text = text.replace("[launch]", "[start]")
    gone = [
        "/principles/4/#phrase-seek",
        "/stakeholders/example-company/",
        "/sources/#launch",
    ]
    messages = [VANISHED.format(address) for address in gone]
    at = [places[0], places[1], places[2]]
    assert report(text.encode(), published=[*kept, *gone]) == expected(zip(at, messages, strict=True))
    mended, _ = edited(
        text,
        [
            ("- id: other-company\n", "- id: other-company\n    former_ids: [example-company]\n"),
            ("- id: strive\n", "- id: strive\n        former_ids: [seek]\n"),
            ("- id: start\n", "- id: start\n    former_ids: [launch]\n"),
        ],
    )
    assert report(mended.encode(), published=[*kept, *gone]) == []


NO_NUMBER = (
    "help in 'gb' has no number that may be printed for {}; "
    "add a service with one, or add the need to one that is there for it"
)
HELPLESS = (
    "'child-help' (somebody under 18)",
    "'emergency' (danger now)",
    "'threat' (a threat)",
    "'worried-about-child' (an adult who is worried about a child)",
)

# Line, column and message of every fault of broken/everything.yml.
EVERYTHING: list[tuple[int, int, str]] = [
    (2, 1, "unknown collection 'principals'; did you mean 'principles'?"),
    (5, 3, "the confidence 'unchecked' is not explained; add it"),
    (7, 10, "unknown confidence 'guessed'; the words are fixed: confirmed, reported, unchecked"),
    (10, 3, "'ways_of_reading' must be a list of records, each starting with `- `; here stands a group of fields"),
    (18, 10, "the id 'company' is taken at line 17; ids are never shared or used again"),
    (20, 27, "'label': text belongs here and 1.10 is not read as text; put it in quotes: \"1.10\""),
    (20, 42, "'meaning': text belongs here and true is not read as text; put it in quotes: \"true\""),
    (24, 10, ILL_FORMED.format("Live Video", "live-video")),
    (24, 50, "'meaning': an invisible character (U+200B); delete it"),
    (27, 5, "'countries': fields belong here (`name: value`, indented); here stands text ('gb')"),
    (28, 4, "'countries' is empty; write its value or delete the line"),
    (31, 3, "categories 2, 3, 4, 5, 6, 7 are missing; the official text has 7 in all"),
    (31, 9, "no principle names the category 'abuse-material'; a category holds at least one"),
    (34, 5, '"title" stands twice here (first at line 33); keep one'),
    (39, 9, "no source here; add `sources: [id]`, or `ours: true` if it is our own reading"),
    (43, 9, "no principle names the category 'grooming'; a category holds at least one"),
    (44, 13, "category 1 stands twice; each official number belongs to one category"),
    (45, 13, "'title': \"{{\" is a template mark and is not used here; write plain text"),
    (
        46,
        25,
        "'tab_title': HTML (\"<em>\") is not used here; write plain text (a less-than sign needs a space after it)",
    ),
    (47, 14, "an anchor (&summary); delete it, or put the text in double quotes"),
    (48, 18, "an alias (*summary); write the value out again, or put the text in double quotes"),
    (49, 12, "'about': a list of at least 1 belongs here; this one has 0"),
    (50, 34, "'aliases': text belongs here and 012 is not read as text; put it in quotes: \"012\""),
    (51, 11, "'ours': only true or false can stand here, not 'yes'"),
    (52, 17, "'confidence': unknown value 'certain'; allowed are: confirmed, reported, unchecked"),
    (53, 14, "'checked': 2026-02-30 does not exist in the calendar; check month and day"),
    (56, 3, "principles 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 are missing; the official text has 11 in all"),
    (56, 5, "'asks' is missing in this principle; add it"),
    (56, 5, "'description' is missing in this principle; add it"),
    (56, 5, "'easy' is missing in this principle; add it"),
    (56, 5, "'example' is missing in this principle; add it"),
    (56, 5, "'not_asked' is missing in this principle; add it"),
    (56, 5, "'sentence' is missing in this principle; add it"),
    (56, 5, VANISHED.format("/principles/12/#phrase-report")),
    (57, 13, "there is no principle 12; the official numbers are 1 to 11"),
    (58, 15, "unknown category 'abuse-materials'; did you mean 'abuse-material'?"),
    (61, 14, "'summary': 102 characters; at most 90 fit: shorten it or split it in two"),
    (63, 5, "unknown field 'descripton'; did you mean 'description'?"),
    (64, 19, "a tag (!!python/object:os.system); delete it, or put the text in double quotes"),
    (66, 12, "'aim': fields belong here (`name: value`, indented); here stands text ('An aim')"),
    (67, 44, "unknown source 'overveiw'; did you mean 'overview'?"),
    (68, 24, "'text': \"{%\" is a template mark and is not used here; write plain text"),
    (70, 7, "'in_full': a list belongs here, such as [one, two]; here stands a group of fields"),
    (76, 7, "'phrases': a list of at least 2 belongs here; this one has 1"),
    (
        77,
        17,
        "'phrase': 7 words; at most 6 fit here: official words are quoted in few, and the rest is said in our own",
    ),
    (78, 15, "unknown phrase kind 'amis'; known ones are: aim"),
    (82, 16, "unknown service kind 'games'; known ones are: Live Video"),
    (84, 9, "no source here; add `sources: [id]`, or `ours: true` if it is our own reading"),
    (89, 51, "'sources': a list belongs here, such as [one, two]; here stands text ('overview')"),
    (90, 13, "no source here; add `sources: [id]`, or `ours: true` if it is our own reading"),
    (91, 15, "unknown principle '2'; known ones are: 12"),
    (91, 18, "'related': a whole number without quotes belongs here, not '3'"),
    (91, 23, "'related': a whole number without quotes belongs here, not 12.0"),
    (94, 14, "2027-01-01 lies in the future; a date here is one that has passed"),
    (97, 3, VANISHED.format("/stakeholders/gone/")),
    (101, 17, "unknown country 'gbr'; did you mean 'gb'?"),
    (103, 39, "all from # on is dropped; put the text in double quotes, or a comment on its own line"),
    (
        105,
        14,
        NO_ADDRESS.format("website", "ftp://company.example"),
    ),
    (
        108,
        14,
        NO_DATE.format("checked", "24.11.2026"),
    ),
    (109, 9, "the id 'old-company' is taken at line 98; ids are never shared or used again"),
    (112, 16, "'countries': a list of at least 1 belongs here; this one has 0"),
    (116, 19, "unknown stakeholder 'exampel-company'; did you mean 'example-company'?"),
    (119, 14, "'checked': \"2026-11\" needs the day too, such as 2026-11-24"),
    (124, 18, "unknown principle '1'; known ones are: 12"),
    (127, 12, "2020-12 comes before the start, 2021; correct one of them"),
    (136, 16, "'publisher': text belongs here and 1999 is not read as text; put it in quotes: \"1999\""),
    (
        137,
        10,
        NO_ADDRESS.format("url", "www.overview.example"),
    ),
    (138, 11, "2026-12 lies in the future; a date here is one that has passed"),
    (140, 15, "'official': only true or false can stand here, not 'true'"),
    (144, 5, "a merge key (<<); write the fields out instead"),
    (144, 9, "an alias (*known); write the value out again, or put the text in double quotes"),
    *((150, 5, NO_NUMBER.format(need)) for need in HELPLESS),
    (157, 23, "'0800 2222' is not a number of this service (it has 08001112); correct or delete it"),
    (
        158,
        20,
        "'0800 1111' is printed and '08001112' is dialled; the digits must be the same "
        "(letters count as on the keys of a telephone; other words belong into another field)",
    ),
]


def test_everything_wrong_at_once_is_said_in_one_run() -> None:
    text = filled((BROKEN / "everything.yml").read_text(encoding="utf-8"))
    published = [
        "/principles/12/",
        "/principles/12/#phrase-report",
        "/stakeholders/gone/",
        "/stakeholders/old-company/",
        "/sources/#overview",
    ]
    faults = [(Position(line, column), message) for line, column, message in EVERYTHING]
    assert report(text.encode(), "broken/everything.yml", published) == expected(faults, "broken/everything.yml")


def test_only_a_whole_document_passes() -> None:
    for text, what in (
        ("[]", "a list"),
        ("- a\n", "a list"),
        ("a\n", "text ('a')"),
        ("1\n", "a number"),
        ("~\n", "nothing"),
        ("---\n", "nothing"),
    ):
        message = f"{what} stands where the collections belong, such as `principles:` and `sources:`"
        place = Position(2, 1) if text == "---\n" else Position(1, 1)
        assert report(text.encode()) == expected([(place, message)])
    required = sorted(name for name, info in kinds.Document.model_fields.items() if info.is_required())
    missing = [(Position(1, 1), f"the collection '{name}' is missing; add `{name}:` with records") for name in required]
    assert report(b"{}") == expected(missing)


def test_a_number_is_a_number() -> None:
    number = TypeAdapter[float](field_types.Number)
    assert [number.validate_python(value) for value in (3, 2.5, -1)] == [3, 2.5, -1]
    for value in ("1_000", "12", "1,5", True, None, float("nan"), float("inf")):
        with pytest.raises(ValidationError):
            number.validate_python(value)


def test_yaml_words_and_numbers_that_are_text_stay_as_they_were_typed() -> None:
    assert read_bytes(b"a: =\n", "sample.yml").data == {"a": "="}
    typed = ["NO", "on", "yes", "Off", "2020-03-05", "1_000", "12:30", "1e3", "0x1F", ".5", "v1.10", "a: b"]
    flow = ", ".join(f'"{word}"' if ": " in word else word for word in typed)
    text, _ = edited(good(), [("title: Title of category 2\n", f"title: Title of category 2\n    aliases: [{flow}]\n")])
    outcome = check(read_bytes(text.encode(), "sample.yml"), TODAY)
    assert outcome.document is not None
    assert list(outcome.document.categories[1].aliases) == typed


# --- what happens to any file -------------------------------------------------------------------------------------

TOKENS = r"""
    {{ {% {# }} <script> < &a *a !!python/object:os.system <<: --- ... %TAG - [ ] { } , | > ' " @ ` \ ~ NO on .inf 1e999
    2020-03-05 2020-02-30 1.10 012 1_000 12:30 -0 99999999999999999999999999999 [[[[[[[[ "\ud800" "\u202e" "\e[31m"
    "\n::error::x"
"""
NASTY = [
    *TOKENS.split(),
    *("<<: *a", "? ", ": ", " #", "- ", "- - - - ", "\n", "\n  ", "id: x", "number: 1", "sources: []", "ours: yes"),
    *"\t\r\ufeff\u202e\x00\x85\u2028\U000e0041\ufffeé\U0001f600",
]
"""What a slip, another program or an attacker may leave in a file."""

WORDS = ["", " ", "x", "X Y", "2020-13", "9999-12-31", "{{ 7*7 }}", "<b>", "\u202e", "a\nb", "\x1b[31m", "x" * 3000]
NUMBERS = [True, False, 0, -1, 12, 10**19 - 1, 1.5]
GROUPS = [[], {}, [None], [[]], [1, "1", {}], {"id": "x"}, {"": {"": None}}, {"sources": "x"}, {"text": {"text": []}}]
ODD: list[Any] = [None, *WORDS, *NUMBERS, *GROUPS]
"""Values that belong nowhere, or not everywhere."""

SMALL = [good(), cut_down()]


@st.composite
def edited_bytes(draw: st.DrawFn, texts: list[str]) -> bytes:
    """Give a file after one to three slips of the hand."""
    data = draw(st.sampled_from(texts)).encode()
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["flip", "insert", "delete", "double", "swap", "indent", "dedent", "cut"]))
        if not data:
            break
        at = draw(st.integers(0, len(data) - 1))
        lines = data.split(b"\n")
        row = data[:at].count(b"\n")
        match kind:
            case "flip":
                data = data[:at] + bytes([draw(st.integers(0, 255))]) + data[at + 1 :]
                continue
            case "insert":
                data = data[:at] + draw(st.sampled_from(NASTY)).encode() + data[at:]
                continue
            case "cut":
                data = data[:at]
                continue
            case "delete":
                del lines[row]
            case "double":
                lines.insert(row, lines[row])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[row], lines[other] = lines[other], lines[row]
            case "indent":
                lines[row] = b" " * draw(st.integers(1, 4)) + lines[row]
            case "dedent":
                lines[row] = lines[row].lstrip()
        data = b"\n".join(lines)
    return data


@given(edited_bytes(SMALL))
@invented(200)
def test_no_slip_of_the_hand_ends_in_a_traceback(data: bytes) -> None:
    sound(data, published=("/principles/4/", "/stakeholders/example-company/", "/sources/#x"))


@given(edited_bytes([real()]))
@invented(4)
def test_no_slip_in_the_real_file_ends_in_a_traceback(data: bytes) -> None:
    sound(data, published=("/principles/4/", "/sources/#x"))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, item in pairs for deeper in _paths(item, (*path, key)))]


TREES = [read_bytes(text.encode(), "sample.yml").data for text in SMALL]
PATHS = [_paths(tree)[1:] for tree in TREES]


@st.composite
def edited_trees(draw: st.DrawFn) -> Any:
    """Give a document after one to five changes of its structure."""
    which = draw(st.integers(0, len(TREES) - 1))
    tree = copy.deepcopy(TREES[which])
    for _ in range(draw(st.integers(1, 5))):
        *way, last = draw(st.sampled_from(PATHS[which]))
        kind = draw(st.sampled_from(["put", "drop", "rename", "wrap", "double"]))
        odd = copy.deepcopy(draw(st.sampled_from(ODD)))
        try:
            owner = tree
            for step in way:
                owner = owner[step]
            value = owner[last]
        except (LookupError, TypeError):  # an earlier change took it away
            continue
        if not isinstance(owner, dict | list):
            continue
        if kind == "drop":
            del owner[last]
        elif kind == "rename" and isinstance(owner, dict):
            owner[draw(st.sampled_from(NASTY))] = owner.pop(last)
        elif kind == "double" and isinstance(owner, list):
            owner.insert(last, copy.deepcopy(value))
        else:
            owner[last] = [value] if kind == "wrap" else odd
    return tree


@given(edited_trees())
@invented(80)
def test_no_change_of_structure_ends_in_a_traceback(tree: Any) -> None:
    sound(yaml.dump(tree, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False).encode())


@given(
    st.recursive(
        st.sampled_from(ODD),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(sorted(kinds.COLLECTIONS)), inner),
    )
)
@invented(50)
def test_no_other_document_ends_in_a_traceback(tree: Any) -> None:
    sound(yaml.dump(tree, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper)).encode())


# --- dates and ids ------------------------------------------------------------------------------------------------


@given(st.dates())
def test_a_partial_date_is_what_was_written(day: Any) -> None:
    text = day.isoformat()
    for length, precision in ((10, "day"), (7, "month"), (4, "year")):
        partial = field_types.PartialDate(text[:length])
        assert (str(partial), partial.precision, partial.year) == (text[:length], precision, day.year)
        assert partial == field_types.PartialDate(str(partial))
        assert partial.first_day.isoformat() == text[:length] + "0000-01-01"[length:]


@given(st.text("0123456789-", max_size=11) | st.text(max_size=11))
def test_what_is_no_date_is_refused(text: str) -> None:
    try:
        partial = field_types.PartialDate(text)
    except ValueError:
        return
    assert str(partial) == text
    assert partial.first_day.isoformat().startswith(text)


@given(st.text(max_size=200) | st.text("aB1 -_", max_size=200))
def test_a_proposed_id_is_a_good_one(text: str) -> None:
    identifier = field_types.propose_id(text)
    assert TypeAdapter[str](field_types.Id).validate_python(identifier) == identifier
    assert field_types.propose_id(identifier) == identifier


def test_a_ninth_date_that_matters_and_a_long_one_are_refused() -> None:
    event = (
        "  - {{id: event-{0}, date: 2020, title: Title {0}, text: Text {0}, kind: law, {1}sources: [launch], "
        "confidence: reported, checked: 2026-11-24}}\n"
    )
    lists = good().replace("event_kinds: []", "event_kinds:\n  - {id: law, label: Law, meaning: Meaning of law}")
    few = "".join(event.format(number, "matters: It matters, ") for number in range(kinds.event.MOST_DATES))
    plain = event.format("plain", "")
    assert report((lists + "events:\n" + few + plain).encode()) == []
    ninth = event.format("ninth", f"‸matters: {' '.join(['word'] * 14)}, ")
    text, places = edited(lists + "events:\n" + few + plain + ninth, [])
    said = "the timeline opens with 8 dates, and this is one more; delete one `matters:`"
    (line, *_) = report(text.encode())
    assert line.startswith(f"sample.yml:{places[0].line}:")
    assert line.endswith(said)
    long = event.format("long", f"matters: {' '.join(['word'] * 15)}, ")
    (line, *_) = report((lists + "events:\n" + long).encode())
    assert line.endswith("'matters': 15 words; at most 14 fit here: say the rest elsewhere")
