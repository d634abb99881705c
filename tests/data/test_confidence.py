"""How sure a statement can be: no surer than its sources and its principle."""

from __future__ import annotations

from macros.data.validation import check
from macros.data.yaml_reader import read_bytes
from tests.samples import (
    HERE,
    PARENTS,
    TODAY,
    edited,
    expected,
    good,
    report,
)

Edits = list[tuple[str, str]]


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
