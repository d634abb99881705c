"""No file makes the check slow, large or loud: work is counted here, as no clock is the same twice.

Under the limit of size a file may take ten times what the real one takes, however it was made.
"""

from __future__ import annotations

import difflib
import re
import subprocess
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from macros.data import kinds, urls, yaml_reader
from macros.data.cases import did_you_mean
from macros.data.translations import translate
from macros.data.validation import MAX_VALUES, check
from macros.data.yaml_reader import (
    BYTES_PER_EVENT,
    MAX_BYTES,
    MAX_FAULTS,
    Budget,
    Source,
    Tree,
    read_bytes,
)
from macros.data.yaml_tree import COMPARISONS
from macros.pages import site_check
from tests.samples import TODAY, edited, good, real, report
from tests.test_check_command import refused, run

Done = subprocess.CompletedProcess[str]


def with_more(collection: str, records: Iterable[str]) -> str:
    """Give the small file with more records at the start of a list."""
    text, _ = edited(good(), [(f"\n{collection}:\n", f"\n{collection}:\n{''.join(records)}")])
    return text


def source(identifier: str) -> str:
    return (
        f"  - {{id: {identifier}, title: Title, publisher: Publisher, licence: Licence, read: original, "
        "confidence: confirmed, checked: 2026-11-24}\n"
    )


def practice(identifier: str, more: str = "sources: [launch]") -> str:
    return (
        f"  - {{id: {identifier}, stakeholder: example-company, principles: [1], text: Text, status: in-place, {more}, "
        "confidence: reported, checked: 2026-11-24}\n"
    )


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of words that each guess was compared with."""
    counts: list[int] = []
    real = difflib.get_close_matches

    def counted(word: str, possibilities: Sequence[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
        counts.append(len(possibilities))
        return real(word, possibilities, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    return counts


def test_many_slips_among_many_ids_are_guessed_at_a_few_times(compared: list[int]) -> None:
    slips = ", ".join(f"sourc-nmber-{number:05d}" for number in range(2500))
    text = with_more("sources", (source(f"source-number-{number:05d}") for number in range(1000)))
    text, _ = edited(
        text, [("    sources: [launch]\n    confidence: reported", f"    sources: [{slips}]\n    confidence: reported")]
    )
    lines = report(text.encode())
    assert 0 < sum(compared) <= COMPARISONS
    assert len(compared) < 100
    assert len(lines) == site_check.IN_FULL + 2
    assert lines[-2:] == ["and 2,300 more; mend these first", "2,500 faults in sample.yml"]
    assert "did you mean 'source-number-00000'?" in lines[0]
    assert "add it under `sources:` first" in lines[site_check.IN_FULL - 1]
    assert sum(map(len, lines)) < 50_000


def test_the_budget_is_spent_by_length_and_number_and_long_words_get_no_guess(compared: list[int]) -> None:
    budget = Budget(100)
    assert did_you_mean("titel", ["title"], budget) == "did you mean 'title'?"
    assert did_you_mean("x" * 101, ["x" * 100], budget) is None
    assert did_you_mean("title", ["title"] * 200, budget) is None
    assert compared == [1]
    assert 0 < budget.left < 100
    while did_you_mean("titel", ["title"], budget):
        pass
    assert budget.left == 0


def test_a_few_slips_in_the_real_file_are_all_guessed() -> None:
    text = real()
    slips = re.subn(r"\n    confidence: reported\n", "\n    confidence: reportd\n", text, count=20)
    assert slips[1] == 20
    lines = report(slips[0].encode())
    assert len([line for line in lines if "did you mean 'reported'?" in line]) == 20


def test_a_list_of_empty_records_is_not_looked_at_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    real = kinds.COLLECTIONS["practices"]

    class Counted(real):  # type: ignore[misc, valid-type]
        @classmethod
        def model_validate(cls, *given: Any, **more: Any) -> Any:
            nonlocal looked
            looked += 1
            return real.model_validate(*given, **more)

    monkeypatch.setitem(kinds.COLLECTIONS, "practices", Counted)
    text, _ = edited(good(), [("\npractices:\n", f"\npractices:\n{'  - {}' + chr(10)}" + "  - {}\n" * 50_000)])
    outcome = check(read_bytes(text.encode(), "sample.yml"), TODAY)
    assert looked < MAX_FAULTS / 5
    assert MAX_FAULTS < len(outcome.faults) < MAX_FAULTS + 100
    lines = list(site_check.report(Tree(Source("sample.yml")), outcome.faults))
    assert len(lines) == site_check.IN_FULL + 2
    assert lines[-2:] == ["and more than 9,800 more; mend these first", "more than 10,000 faults in sample.yml"]
    assert sum(map(len, lines)) < 50_000


@pytest.mark.parametrize("count", [1, 2, 199, 200, 201, 1234, MAX_FAULTS])
def test_the_count_of_faults_is_true(count: int) -> None:
    text = with_more("practices", ("  - x\n" for _ in range(count)))
    lines = report(text.encode())
    assert lines[-1] == f"{count:,} fault{'' if count == 1 else 's'} in sample.yml"
    told = [line for line in lines if ": error: " in line]
    assert len(told) == min(count, site_check.IN_FULL)
    more = [line for line in lines if line.endswith(" more; mend these first")]
    assert more == (
        [f"and {count - site_check.IN_FULL:,} more; mend these first"] if count > site_check.IN_FULL else []
    )


class Line(str):
    """A line of which no piece may be taken: a piece for each value of a long line is the square of its length."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> str:
        raise AssertionError(f"a piece of a line was cut out: {key}")


def test_no_piece_of_a_line_is_taken_for_a_value() -> None:
    text = "a: [" + ", ".join(["one", "two three", "1", '"x"', "{b: c}"] * 2000) + "]\nb: c # a remark\n"
    tree = Tree(Source("sample.yml", [Line(line) for line in text.split("\n")]))
    yaml_reader._build(text.encode(), tree, MAX_BYTES)
    assert len(tree.data["a"]) == 10_000
    assert [fault.message for fault in tree.faults] == [
        "all from # on is dropped; put the text in double quotes, or a comment on its own line"
    ]


def test_a_snippet_is_looked_for_in_its_value_alone() -> None:
    """A text with an escape does not hold what was found in it; the rest of the file is not searched for it."""
    tree = read_bytes(b'a: ["\\x7b\\x7b", "{{"]\n', "sample.yml")
    assert tree.position(("a", 0), snippet="{{") == tree.position(("a", 0))
    assert tree.position(("a", 1), snippet="{{").column == tree.position(("a", 1)).column + 1


@pytest.mark.parametrize("piece", ["{},", "[],", "a,", "1,", '"",', "{a: b},", "- a\n", "a: b\n"], ids=repr)
def test_a_file_of_nothing_but_values_is_refused_as_soon_as_it_is_seen(piece: str) -> None:
    limit = MAX_BYTES // 8  # the share of values is the same at every size, and so is where it ends
    text = piece * (limit // len(piece) - 2)
    tree = read_bytes((f"[{text}]" if piece.endswith(",") else text).encode(), "sample.yml", limit)
    assert tree.data is None
    assert 1 <= len(tree.faults) <= MAX_FAULTS + 1
    if "a: b" not in piece or "{" in piece:
        assert "too many values" in tree.faults[-1].message


def test_the_real_file_grown_to_the_limit_of_size_has_not_too_many_values() -> None:
    events = sum(text.count(sign) for text in [real()] for sign in (": ", "- ", "[", "{", ", "))
    assert events * BYTES_PER_EVENT < len(real().encode()) * 2


@pytest.mark.parametrize(
    "data",
    [
        b"a: 1\n" * 30_000,
        b"a: [" + b"*x," * 30_000 + b"]\n",
        b"a: [" + b"!t x," * 30_000 + b"]\n",
        b"a: [" + b"&x x," * 30_000 + b"]\n",
        b"a\tb: c\x01\n" * 30_000,
        "\u200b\n".encode() * 30_000,
        b"a: b # c\n" * 30_000,
        b"".join(b"principle%d: []\n" % number for number in range(30_000)),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_the_faults_of_any_file_are_counted_to_an_end(data: bytes) -> None:
    tree = read_bytes(data, "sample.yml")
    assert len(tree.faults) <= MAX_FAULTS + 1
    lines = report(data)
    assert len(lines) == site_check.IN_FULL + 2
    assert lines[-1] == "more than 10,000 faults in sample.yml"
    assert sum(map(len, lines)) < 100_000


@pytest.mark.parametrize("more", ["    f{}: x\n", "    aliases{}: {{a: {{b: [c]}}}}\n"])
def test_an_entry_of_thousands_of_values_is_one_fault(more: str) -> None:
    text, _ = edited(
        good(),
        [("    status: in-place\n", "    status: in-place\n" + "".join(map(more.format, range(MAX_VALUES + 1))))],
    )
    (line, count) = report(text.encode())
    assert "this entry holds more than 5,000 values" in line
    assert count == "1 fault in sample.yml"


def test_a_line_of_the_report_is_cut() -> None:
    text, _ = edited(good(), [("date: 2020-03\n", f"date: {'x' * 100_000}\n")])
    text, _ = edited(text, [("\nsources:\n", f"\n{'y' * 100_000}: []\nsources:\n")])
    assert all(len(line) < site_check.LONGEST_LINE + 100 for line in report(text.encode()))
    lines = report(good().encode(), published=[f"/{'z' * 100_000}/"])
    assert all(len(line) < site_check.LONGEST_LINE + 100 for line in lines)


def test_an_address_is_made_of_what_can_stand_in_one() -> None:
    record = {"number": "x" * 1_000_000, "id": "a", "phrases": [{"id": f"p{number}"} for number in range(1000)]}
    assert sum(map(len, urls.addresses({"principles": [record]}))) < 10_000
    values: tuple[object, ...] = ({}, [], None, 1.5, "y" * 101)
    for value in values:
        assert urls.address_of("stakeholders", {"id": value}) is None


def test_former_ids_of_one_record_make_few_addresses() -> None:
    company = {"id": "company", "former_ids": [f"old-{number}" for number in range(10_000)]}
    practices = [{"id": f"p{number}", "stakeholder": "company"} for number in range(100)]
    found = list(urls.addresses({"stakeholders": [company], "practices": practices}))
    assert len(found) < 5000
    text, _ = edited(
        good(),
        [
            (
                "  - id: example-company\n",
                f"  - id: example-company\n    former_ids: [{', '.join(company['former_ids'][:30])}]\n",
            )
        ],
    )
    (line, _) = report(text.encode())
    assert "a list of at most 10 belongs here" in line


# --- what stands beside the file ---


def test_the_list_of_published_addresses_has_a_limit_too(sample: Path) -> None:
    listed = sample.with_name("published.txt")
    listed.write_text("/x/\n" * (site_check.MAX_PUBLISHED // 4 + 1), encoding="utf-8")
    (message,) = refused(run(sample), listed)
    assert message == "the list is larger than 2 MB; something was pasted there"
    listed.write_text("".join(f"/stakeholders/x-{number}/\n" for number in range(50_000)), encoding="utf-8")
    done = run(sample)
    assert done.returncode == 1
    assert len(done.stderr) < 100_000
    assert done.stderr.endswith(f"more than 10,000 faults in {sample}\n")


def test_a_published_line_that_is_no_address_is_said_and_ends_nothing(sample: Path) -> None:
    sample.with_name("published.txt").write_text("word\n//\n#\n \n/fr\n\x00\n", encoding="utf-8")
    assert all("would vanish" in message for message in refused(run(sample), sample))


@pytest.mark.parametrize(
    "text",
    [
        "principles:\n" + "".join(f"  pinciple-{number}: x\n" for number in range(30_000)),
        "".join(f"principle{number}: {{}}\n" for number in range(30_000)),
        "principles:\n  principle-1:\n    phrases:\n" + "".join(f"      sek{number}: x\n" for number in range(30_000)),
        f"principles:\n  principle-1:\n    aliases: [{'1, ' * 30_000}]\n",
    ],
    ids=lambda text: text[:40],
)
def test_an_overlay_is_bounded_as_the_file_is(text: str, compared: list[int]) -> None:
    document = check(read_bytes(good().encode(), "sample.yml"), date(2026, 11, 24)).document
    assert document is not None
    tree = read_bytes(text.encode(), "sample.fr.yml")
    translation, faults = translate(document, tree, "fr")
    assert translation is None
    assert 1 <= len(faults) <= MAX_FAULTS + 1
    assert sum(compared) <= COMPARISONS
    lines = list(site_check.report(tree, faults))
    assert len(lines) <= site_check.IN_FULL + 2
    assert sum(map(len, lines)) < 100_000
