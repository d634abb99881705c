"""The check: what is wrong, at which line and column, in words that say how to mend it; every fault in one run."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from macros.data import field_types, kinds
from macros.data.urls import addresses
from macros.data.validation import check
from macros.data.yaml_reader import Position, read_bytes
from macros.pages import site_check
from tests.samples import (
    TODAY,
    edited,
    expected,
    good,
    real,
    report,
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


_GLOSSED = "          kind: aim\n          gloss: Gloss on seek in principle 4\n"


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
