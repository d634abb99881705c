"""The reports, on small input made for them: each names what is to be looked at and its line, and nothing else."""

from __future__ import annotations

import pytest

from macros import reports
from macros.catalogue import Catalogue
from macros.checking import check
from macros.readability import KINDS, ease
from macros.reading import read_bytes
from tests.samples import TODAY, good

RECORD = "sources: [launch], confidence: confirmed, checked: 2026-11-24"

ADDED = f"""\
event_kinds:
  - {{id: meeting, label: Meeting, meaning: Meaning of meeting}}
terms:
  - {{id: hash, term: hash, forms: [hashes], definition: A short code for a file., {RECORD}}}
  - {{id: hash-matching, term: hash matching, definition: Comparing short codes., {RECORD}}}
  - {{id: child, term: child, common: true, definition: Anyone under 18., principles: [1], {RECORD}}}
events:
  - {{id: alone, date: 2020-03, title: Alone, text: Text, kind: meeting, {RECORD}}}
  - {{id: with-principle, date: 2020, title: One, text: Text, kind: meeting, principles: [1], {RECORD}}}
  - {{id: with-somebody, date: 2020, title: Two, text: Text, kind: meeting, stakeholders: [example-company], {RECORD}}}
law_stages:
  - {{id: in-force, label: In force, meaning: Meaning of in force}}
law_relations:
  - {{id: same-aim, label: Same aim, meaning: Meaning of same aim}}
laws:
  - id: act
    name: Act
    country: gb
    stage: in-force
    date: 2023
    text: [{{text: Text, sources: [launch]}}]
    links: [{{principle: 1, relation: same-aim, text: Text, ours: true}}]
    sources: [launch]
    confidence: confirmed
    checked: 2026-11-24
"""

UNUSED = """\
  - id: unread
    title: Title of the unread
    publisher: Publisher
    licence: Licence
    read: original
    confidence: confirmed
    checked: 2026-11-24
"""


@pytest.fixture(scope="module")
def text() -> str:
    small = good()
    for name in ("event_kinds", "law_stages", "law_relations"):
        assert f"\n{name}: []\n" in small
        small = small.replace(f"{name}: []\n", "")
    before, mark, after = small.partition("sources:\n  - id: overview\n")
    return f"{before}{ADDED}sources:\n{UNUSED}  - id: overview\n{after}" if mark else ""


@pytest.fixture(scope="module")
def small(text: str) -> Catalogue:
    """A small catalogue with three terms, three events, a law and a source that nothing rests on."""
    tree = read_bytes(text.encode(), "sample.yml")
    outcome = check(tree, TODAY, ())
    assert outcome.document is not None, outcome.faults
    return Catalogue(outcome.document, tree)


def line_of(text: str, snippet: str) -> int:
    assert text.count(snippet) == 1
    return text[: text.index(snippet)].count("\n") + 1


def unlinked(small: Catalogue, page: str) -> list[str]:
    return list(reports.unlinked_terms(small, {"docs/page.md": page}))


def test_a_term_without_a_link_is_reported_once_at_its_first_line(small: Catalogue) -> None:
    page = "---\ntitle: hash\n---\n# Page\n\nNo term here.\nCompanies compare Hashes.\nA hash again.\n"
    assert unlinked(small, page) == ["docs/page.md:7: 'Hashes' is not linked; its place is /glossary/#hash"]


def test_the_longest_term_counts_and_each_page_for_itself(small: Catalogue) -> None:
    pages = {"docs/a.md": "Hash matching.\n", "docs/b.md": "\nA hash.\n", "docs/c.md": "Rehashed, hash-like.\n"}
    assert list(reports.unlinked_terms(small, pages)) == [
        "docs/a.md:1: 'Hash matching' is not linked; its place is /glossary/#hash-matching",
        "docs/b.md:2: 'hash' is not linked; its place is /glossary/#hash",
    ]


def test_a_link_to_another_term_or_place_is_no_link_to_this_one(small: Catalogue) -> None:
    said = "'hash' is not linked; its place is /glossary/#hash"
    for page in ("[Hash matching](../glossary/#hash-matching).\nA hash.\n", "[Here](#hash).\nA hash.\n"):
        assert unlinked(small, page) == [f"docs/page.md:2: {said}"], page


@pytest.mark.parametrize(
    "page",
    [
        "See [hashes](../glossary/index.md#hash): a hash is short.\n",
        "A hash first, and then [what it is](../glossary/#hash).\n",
        "Type `hash` here.\n",
        "```\nhash\n```\n",
        "<span title='hash'>it</span>\n",
        "[this](https://hash.example/hash/)\n",
        "{{ sheet('hash') }} {% set hash = 1 %}\n",
        "Every child.\n",
    ],
)
def test_what_is_linked_or_no_prose_or_common_is_not(small: Catalogue, page: str) -> None:
    assert unlinked(small, page) == []


def test_only_the_source_that_nothing_rests_on_is_reported(small: Catalogue, text: str) -> None:
    line = line_of(text, "  - id: unread\n")
    assert list(reports.unused_sources(small)) == [
        f"data/principles.yml:{line}: the source 'unread' supports nothing; use it or delete it"
    ]


def test_only_records_that_nothing_leads_to_are_reported(small: Catalogue, text: str) -> None:
    wanted = [("alone", "- {id: alone,"), ("hash", "- {id: hash,"), ("hash-matching", "- {id: hash-matching,")]
    assert list(reports.unlinked_records(small)) == [
        f"data/principles.yml:{line_of(text, snippet)}: nothing leads to '{name}'; name a principle or stakeholder"
        for name, snippet in wanted
    ]


def test_the_whole_report_is_all_of_them(small: Catalogue) -> None:
    page = "A hash.\n"
    assert list(reports.report(small, {"docs/page.md": page})) == [
        *unlinked(small, page),
        *reports.unused_sources(small),
        *reports.unlinked_records(small),
        *reports.reading_ease(small),
    ]
    assert len(list(reports.unlinked_records(small))) == 3


def test_long_words_and_sentences_read_harder() -> None:
    plain = ease(["We read the book. It was good."])
    hard = ease(["Interoperability considerations necessitate organisational accountability documentation."])
    assert plain is not None
    assert hard is not None
    assert (plain.words, hard.words) == (7, 6)
    assert plain.flesch > 100 > 0 > hard.flesch
    assert plain.grade < hard.grade
    assert ease(["", "2020", "…"]) is None


# Syllables as https://en.wiktionary.org/ divides the words, most of them after Merriam-Webster.
@pytest.mark.parametrize(
    ("words", "syllables"),
    [
        ("child", 1),
        ("abuse", 2),
        ("service companies", 5),
        ("people aimed", 3),
        ("principle images", 6),
        ("table reported", 5),
        ("exploitation", 4),
        ("the whole file", 3),
    ],
)
def test_syllables_are_counted_as_a_dictionary_does(words: str, syllables: int) -> None:
    found = ease([words])
    assert found is not None
    count = len(words.split())
    assert round((206.835 - 1.015 * count - found.flesch) / 84.6 * count) == syllables


def test_reading_ease_is_told_for_each_kind_of_page_that_has_prose(catalogue: Catalogue) -> None:
    lines = list(reports.reading_ease(catalogue))
    assert [line.split(":")[0].removeprefix("reading ease of ") for line in lines] != sorted(KINDS)
    assert {line.split(":")[0].removeprefix("reading ease of ") for line in lines} == set(KINDS)
    numbers = [int(line.split(":")[1].split()[0]) for line in lines]
    assert numbers == sorted(numbers)
