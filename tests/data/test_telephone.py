"""The numbers of help: printed as they are dialled, and found by no other."""

from __future__ import annotations

import pytest

from macros.data import telephone
from macros.data.kinds import NUMBERS_NEEDED
from tests.samples import (
    NEEDS,
    edited,
    expected,
    report,
    with_help,
)

Edits = list[tuple[str, str]]


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
