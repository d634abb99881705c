"""What search loads: nothing lost of what it shows, cut by need, and less of each thing the more there are."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

import pytest

from macros.data.catalogue import Catalogue
from macros.pages import search_files
from macros.pages.search_index import Cry, Entry, cries, entries
from macros.pages.site import Site
from tests.search_reading import unpacked


def made(every: Sequence[Entry], some: Sequence[Cry] = (), suffix: str = "") -> list[str]:
    return [text for _, text in search_files.search_files(suffix, every, some)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_entry_and_cry_comes_out_as_it_went_in(catalogue: Catalogue, language: str) -> None:
    own = Site(catalogue).catalogue_in(language)
    every, some = list(entries(own)), list(cries(own))
    data = unpacked(*made(every, some, "" if language == "en" else f".{language}"))
    assert len(data["entries"]) == len(every)
    for entry, (title, kind, address, names, text, weight, _) in zip(every, data["entries"], strict=True):
        assert (title, data["kinds"][kind], f"/{address}", weight) == (
            entry.title,
            entry.kind,
            entry.address,
            entry.weight,
        )
        assert set(names.split(" | ")) <= {*entry.names, ""}
        assert entry.text.startswith(text.removesuffix(" …"))
        assert len(text) <= search_files.LONGEST
    assert data["distress"] == [[cry.label, cry.address.lstrip("/"), list(cry.phrases), cry.need] for cry in some]


@pytest.mark.parametrize(
    ("address", "title", "packed"),
    [
        ("timeline/#2020-01-09-project-artemis", "Microsoft announces Project Artemis", "timeline/#2020-01-09-CD"),
        ("principles/3/", "Principles and 3", "principles/3/"),
        ("a/#word", "Another", "a/#word"),
        ("a/#two-two", "Two", "a/#AA"),
        ("a/#c-te", "Côte", "a/#AB"),
    ],
)
def test_an_address_leaves_out_what_the_title_says(address: str, title: str, packed: str) -> None:
    assert search_files.packed_address(address, title) == packed


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (("Hash", "hash", "#hash"), ""),
        (("You Tube", "YouTube"), "You Tube | YouTube"),
        (("live-stream", "live stream"), "live-stream"),
        (("digital fingerprint", "Digital fingerprints", "fingerprint"), "digital fingerprint | fingerprint"),
        (("€", "£"), "€ | £"),
    ],
)
def test_a_name_that_says_no_more_than_those_before_it_is_left_out(names: tuple[str, ...], kept: str) -> None:
    assert unpacked(*made([Entry("hash", "Term", "/a/", names)]))["entries"][0][3] == kept


def test_results_show_whole_sentences_where_they_fit() -> None:
    first = "A sentence of the U.S. Code says so. "
    every = [Entry("a", "Term", "/a/", (), text) for text in (first + "B" * 200, "word " * 60, first + "No more.")]
    shown = [row[4] for row in unpacked(*made(every))["entries"]]
    assert shown[0] == first.strip()
    assert shown[1].endswith("word …")
    assert len(shown[1]) <= search_files.LONGEST
    assert shown[2] == first + "No more."


def test_a_word_that_is_not_shown_is_kept_where_it_tells_an_entry_from_others() -> None:
    rest = "x" * 150 + ". Counselling, grooming, colours and titles."
    others = [Entry("grooming", "Term", f"/{n}/") for n in range(search_files.FEW)]
    every = [Entry("Title", "Term", "/a/", ("colours",), f"Shown. {rest}"), *others]
    assert unpacked(*made(every))["entries"][0][6].split() == ["and", "counselling", "x" * 150]


def test_ten_times_the_entries_are_far_less_than_ten_times_the_bytes(catalogue: Catalogue) -> None:
    every = list(entries(catalogue))
    tenth, whole = (sum(len(gzip.compress(text.encode(), 6)) for text in made(some)) for some in (every[::10], every))
    assert whole < 7.5 * tenth


def test_more_to_find_leaves_less_to_show() -> None:
    text = " ".join(f"Sentence {number} of them." for number in range(40))
    few, many = ([Entry(f"{number}", "Term", "/a/", (), text) for number in range(count)] for count in (100, 4000))
    lengths = [len(unpacked(*made(every))["entries"][0][4]) for every in (few, many)]
    assert search_files.LONGEST >= lengths[0] > lengths[1] >= search_files.SHORTEST - len("Sentence 10 of them. ")
