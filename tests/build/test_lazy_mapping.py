"""Mappings whose values are made when they are asked for: each once, and all of them not in one go."""

from __future__ import annotations

import pytest

from macros.build import lazy_mapping
from macros.build.lazy_mapping import LazyMapping, Under


class Making:
    """Makes words of numbers, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, numbers: list[int]) -> list[str]:
        self.asked.append(numbers)
        return [f"{number}!" for number in numbers]


@pytest.fixture
def making() -> Making:
    return Making()


@pytest.fixture
def mapping(making: Making) -> LazyMapping[str, str]:
    return LazyMapping({str(number): number for number in range(7)}, making)


def test_nothing_is_made_before_it_is_asked_for(mapping: LazyMapping[str, str], making: Making) -> None:
    assert ("3" in mapping, "9" in mapping, len(mapping), list(mapping)) == (True, False, 7, list("0123456"))
    assert making.asked == []
    assert (mapping["3"], mapping["3"], mapping.get("9")) == ("3!", "3!", None)
    assert making.asked == [[3]]


def test_all_are_made_some_at_a_time(
    mapping: LazyMapping[str, str], making: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mapping["4"]
    every = mapping.everything()
    assert making.asked == [[4]]
    assert next(every) == "0!"
    assert list(every) == [f"{number}!" for number in range(1, 7)]
    assert making.asked == [[4], [0, 1, 2, 3, 5, 6]]
    assert list(mapping.batches(3)) == [["0", "1", "2"], ["3", "4", "5"], ["6"]]
    assert lazy_mapping.AT_ONCE < 1000


def test_keys_that_begin_alike_are_a_mapping_of_their_own() -> None:
    whole = {("en", "a", 1): "one", ("en", "a", 2): "two", ("en", "b", 1): "other", ("fr", "a", 1): "un"}
    assert dict(Under(whole, "en", "a")) == {1: "one", 2: "two"}
    assert dict(Under(whole, "fr")) == {("a", 1): "un"}
    assert (Under(whole, "en", "a").get(3), len(Under(whole, "en"))) == (None, 3)
