"""The reports, on small input made for them: each names what is to be looked at and its line, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from macros.data.catalogue import Catalogue, Translated
from macros.data.collections import READABILITY
from macros.data.translations import translate
from macros.data.validation import check
from macros.data.yaml_reader import read_bytes
from macros.review import editor_report
from macros.review.readability import ease
from tests.samples import PARENTS, TODAY, good

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


def catalogued(text: str, overlay: str | None = None) -> Catalogue:
    """Give the catalogue of a text, with French over it where some is given."""
    tree = read_bytes(text.encode(), "sample.yml")
    outcome = check(tree, TODAY, ())
    assert outcome.document is not None, outcome.faults
    one = Catalogue(outcome.document, tree)
    if overlay is not None:
        texts = read_bytes(overlay.encode(), "sample.fr.yml")
        translation, faults = translate(outcome.document, texts, "fr")
        assert translation is not None, faults
        own = Catalogue(translation.document, tree, "fr", translation.outdated_ids, one, texts)
        one.translations["fr"] = Translated(own, translation)
    return one


def line_of(text: str, snippet: str) -> int:
    assert text.count(snippet) == 1
    return text[: text.index(snippet)].count("\n") + 1


def unlinked(small: Catalogue, page: str) -> list[str]:
    return list(editor_report.unlinked_terms(small, {"docs/page.md": page}))


def test_a_term_without_a_link_is_reported_once_at_its_first_line(small: Catalogue) -> None:
    page = "---\ntitle: hash\n---\n# Page\n\nNo term here.\nCompanies compare Hashes.\nA hash again.\n"
    assert unlinked(small, page) == ["docs/page.md:7: 'Hashes' is not linked; its place is /glossary/#hash"]


def test_the_longest_term_counts_and_each_page_for_itself(small: Catalogue) -> None:
    pages = {"docs/a.md": "Hash matching.\n", "docs/b.md": "\nA hash.\n", "docs/c.md": "Rehashed, hash-like.\n"}
    assert list(editor_report.unlinked_terms(small, pages)) == [
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
    assert list(editor_report.unused_sources(small)) == [
        f"sample.yml:{line}: the source 'unread' supports nothing; use it or delete it"
    ]


def test_only_records_that_nothing_leads_to_are_reported(small: Catalogue, text: str) -> None:
    wanted = [("alone", "- {id: alone,"), ("hash", "- {id: hash,"), ("hash-matching", "- {id: hash-matching,")]
    assert list(editor_report.unlinked_records(small)) == [
        f"sample.yml:{line_of(text, snippet)}: nothing leads to '{name}'; name a principle or stakeholder"
        for name, snippet in wanted
    ]


def test_the_whole_report_is_all_of_them(small: Catalogue) -> None:
    page, today = "A hash.\n", TODAY + timedelta(days=181)
    assert list(editor_report.report(small, {"docs/page.md": page}, today)) == [
        *unlinked(small, page),
        *editor_report.unused_sources(small),
        *editor_report.unlinked_records(small),
        *editor_report.doubting_statements(small),
        *editor_report.ageing(small, TODAY + timedelta(days=1)),
        *editor_report.reading_ease(small),
    ]
    assert len(list(editor_report.unlinked_records(small))) == 3


def test_what_was_checked_more_than_180_days_ago_is_reported_oldest_first(text: str) -> None:
    changed = text.replace("checked: 2026-11-24", "checked: 2026-05-27").replace(
        "- {id: alone, date: 2020-03, title: Alone, text: Text, kind: meeting, sources: [launch], "
        "confidence: confirmed, checked: 2026-05-27}",
        "- {id: alone, date: 2020-03, title: Alone, text: Text, kind: meeting, sources: [launch], "
        "confidence: confirmed, checked: 2026-05-26}",
    )
    one = catalogued(changed)
    after = {
        days: list(editor_report.report(one, {}, date(2026, 5, 27) + timedelta(days=days))) for days in (179, 180, 181)
    }
    found = {days: [line for line in lines if "was last checked" in line] for days, lines in after.items()}
    assert found[179] == []
    place = f"sample.yml:{line_of(changed, '- {id: alone,')}"
    assert found[180] == [f"{place}: events: alone was last checked 2026-05-26; look at its sources again"]
    assert found[181][0] == found[180][0]
    assert len(found[181]) > 20


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("As far as we know, nobody asked.", "As far as we know"),
        ("We could not read the statement.", "could not read"),
        ("We did not read it.", "did not read"),
        ("The month is not confirmed.", "is not confirmed"),
        ("It was not read. It is long.", "was not read"),
        ("Nobody asked. As we understand it, this is right.", "As we understand"),
    ],
)
def test_a_confirmed_statement_that_doubts_itself_is_reported(text: str, said: str, words: str) -> None:
    changed = text.replace("text: Full sense of principle 4", f"text: {said}")
    place = f"sample.yml:{line_of(changed, f'- text: {said}')}"
    assert list(editor_report.doubting_statements(catalogued(changed))) == [
        f"{place}: 'principle-4' is confirmed here and says '{words}'; say in `confidence` how sure it is, "
        "unless only what others say is in doubt"
    ]
    unsure = changed.replace(f"text: {said}\n", f"text: {said}\n        confidence: reported\n")
    assert list(editor_report.doubting_statements(catalogued(unsure))) == []


def test_a_sure_statement_is_not_reported(text: str) -> None:
    for said in ("Companies read what they report.", "Checked by two people.", "It is confirmed by hotlines."):
        changed = text.replace("text: Full sense of principle 4", f"text: {said}")
        assert list(editor_report.doubting_statements(catalogued(changed))) == [], said


def test_doubts_are_found_in_french_by_french_words(text: str) -> None:
    overlay = """\
principles:
  principle-4:
    in_full:
      - >-
        Un premier mot. À notre connaissance, personne ne l'a demandé.
    wording: Nous n'avons pas pu lire le texte.
"""
    assert list(editor_report.doubting_statements(catalogued(text, overlay))) == [
        "sample.fr.yml:4: 'principle-4' is confirmed here and says 'À notre connaissance'; say in "
        "`confidence` how sure it is, unless only what others say is in doubt",
        "sample.fr.yml:6: 'principle-4' is confirmed here and says 'n'avons pas pu lire'; say in "
        "`confidence` how sure it is, unless only what others say is in doubt",
    ]


# --- the day somebody reads a text that nobody had read ---

READ_LATER = (
    PARENTS
    + """\
notes:
  - id: limits
    title: Limits
    page: about/the-text
    body:
      - {text: "Kept short. Principles 3 to 5 were not read. A last word.", ours: true}
      - {text: Principles 5 and 6 were not read., ours: true}
    ours: true
    confidence: confirmed
    checked: 2026-11-24
"""
)


@pytest.fixture(scope="module")
def unread(text: str) -> str:
    """The small file with an unchecked fourth principle, one statement of which is confirmed."""
    before, mark, after = text.partition("  - id: principle-4\n")
    own, other, rest = after.partition("  - id: principle-5\n")
    own = own.replace("    sentence:\n", "    sentence:\n      unread: Nobody has read these words.\n")
    own = own.replace("    confidence: confirmed\n", "    confidence: unchecked\n").replace(
        "- text: Silence of principle 4\n        ours: true",
        "- text: As far as we know, it is silent.\n        sources: [overview]\n        confidence: confirmed",
    )
    remark = "# Nobody has read principle 4: it was\n# not read by us.\n"
    whole = f"{before}{mark}{own}{other}{rest}"
    return f"{whole}{READ_LATER}".replace("\npractices:\n", f"\n{remark}practices:\n")


def test_one_list_shows_all_that_an_unread_principle_leaves_open(unread: str) -> None:
    overlay = (
        'principles:\n  principle-4:\n    title: Un titre\n    does_not_say: ["À notre connaissance, il se tait."]\n'
    )
    page = "First.\n\nPrinciples 4 and 5 were not read.\nPrinciple 5 was not read.\n"
    lines = list(editor_report.unread(catalogued(unread, overlay), {"docs/page.md": page}, [4]))

    def at(snippet: str) -> str:
        return f"sample.yml:{line_of(unread, snippet)}"

    start = line_of(unread, "- id: principle-4\n")
    confidence = unread.split("\n").index("    confidence: unchecked", start) + 1
    assert lines[0] == (
        f"sample.yml:{confidence}: principle 4 is unchecked: once its text was read, change this line first"
    )
    english = [line for line in lines[1:] if line.startswith("sample.yml:")]
    for snippet in (
        *("Title of principle 4\n", "Summary of principle 4", "text: Full sense of principle 4"),
        *("View one of 4", "Meaning of seek in principle 4"),
    ):
        assert [line for line in english if line.startswith(f"{at(snippet)}: ") and "unchecked" in line], snippet
    doubting = "principles: principle-4, does_not_say.0.text, 'As far as we know' in: As far as we know, it is silent."
    assert f"{at('As far as we know')}: {doubting}" in english
    fourth = "not_asked: Not asked, ours: true, checked: 2026-11-24}\n  - {id: parents-5"
    assert f"{at(fourth)}: readings: parents-4, not_asked, unchecked: Not asked" in english
    assert (
        f"{at('Kept short.')}: notes: limits, body.0.text, 'were not read' in: Principles 3 to 5 were not read."
        in english
    )
    assert (
        f"{at('# Nobody has read principle 4')}: 'was not read' in: Nobody has read principle 4: it was not read by us."
        in english
    )
    assert not [line for line in lines if "principle-5" in line or "parents-5" in line or "5 and 6" in line]
    assert not [line for line in english if "Aim of principle 4" in line], "ours alone: nothing to hold against a text"
    assert [line for line in lines if line.startswith("sample.fr.yml:")] == [
        "sample.fr.yml:3: principles: principle-4, title, unchecked: Un titre",
        "sample.fr.yml:4: principles: principle-4, does_not_say.0.text, 'À notre connaissance' in: "
        "À notre connaissance, il se tait.",
    ]
    assert [line for line in lines if line.startswith("docs/")] == [
        "docs/page.md:3: 'were not read' in: Principles 4 and 5 were not read."
    ]


def test_the_word_and_its_sentence_empty_the_list_of_what_is_unchecked(unread: str) -> None:
    mended = unread.replace("    confidence: unchecked\n", "    confidence: confirmed\n")
    mended = mended.replace("      unread: Nobody has read these words.\n", "")
    lines = list(editor_report.unread(catalogued(mended), {}, [4]))
    assert lines[0].endswith("principle 4 is confirmed: once its text was read, change this line first")
    assert [line for line in lines[1:] if "unchecked" in line] == []
    assert len([line for line in lines[1:] if "was not read" in line or "were not read" in line]) == 2


def test_several_principles_are_listed_by_their_numbers(unread: str) -> None:
    lines = list(editor_report.unread(catalogued(unread), {}, [5, 4, 5]))
    heads = [line.split(": ")[1] for line in lines if "change this line first" in line]
    assert heads == ["principle 4 is unchecked", "principle 5 is confirmed"]


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
    lines = list(editor_report.reading_ease(catalogue))
    assert [line.split(":")[0].removeprefix("reading ease of ") for line in lines] != sorted(READABILITY)
    assert {line.split(":")[0].removeprefix("reading ease of ") for line in lines} == set(READABILITY)
    numbers = [int(line.split(":")[1].split()[0]) for line in lines]
    assert numbers == sorted(numbers)
