"""What the check refuses that no class of record can know by itself."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from macros.data.validation import check
from macros.data.yaml_tree import Tree
from macros.pages import site_check
from tests.samples import real_tree

Data = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def whole() -> Tree:
    """Give the real data, in which nothing is wrong."""
    return real_tree()


def named(data: Data, collection: str, identifier: str) -> dict[str, Any]:
    return next(item for item in data[collection] if item["id"] == identifier)


def points(data: Data) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = named(data, "figures", "cybertipline-reports")["series"][0]["points"]
    return found


def a_point_twice(data: Data) -> None:
    points(data)[3]["at"] = points(data)[2]["at"]


def a_point_to_come(data: Data) -> None:
    points(data)[-1]["at"] = f"{site_check.today().year + 1}"


def a_number_below_nothing(data: Data) -> None:
    points(data)[0]["value"] = -1


def a_source_twice(data: Data) -> None:
    sources = data["events"][0]["sources"]
    sources.append(sources[0])


def an_address_of_two_sources(data: Data) -> None:
    one, other = [source for source in data["sources"] if source.get("url")][:2]
    other["url"] = one["url"]


def steps_that_do_not_add_up(data: Data) -> None:
    named(data, "lessons", "ten-minutes")["steps"][0]["minutes"] += 1


def a_long_worksheet(data: Data) -> None:
    task = named(data, "lessons", "ten-minutes")["worksheet"][0]
    task["text"] = "word " * 39 + "word"
    task = named(data, "lessons", "ten-minutes")["worksheet"][1]
    task["text"] = "word " * 30 + "word"


def a_card_of_another_principle(data: Data) -> None:
    named(data, "lessons", "thirty-minutes")["cards"][0]["phrase"] = "may-include"


def an_address_as_source(data: Data) -> None:
    source = next(source for source in data["sources"] if source.get("url"))
    data["events"][0]["sources"] = [source["url"]]


def an_unknown_address_as_source(data: Data) -> None:
    data["events"][0]["sources"] = ["https://nowhere.example/"]


def a_former_id(data: Data) -> None:
    data["categories"][0]["former_ids"] = ["old-name"]
    data["principles"][0]["category"] = "old-name"


def an_id_that_windows_keeps(data: Data) -> None:
    data["changes"][0]["id"] = "aux"


def what_is_not_asked_at_length(data: Data) -> None:
    data["principles"][0]["not_asked"]["text"] = "It does not ask this. " + "word " * 20 + "word."


def an_example_at_length(data: Data) -> None:
    data["principles"][0]["example"] = dict.fromkeys(("service", "counts", "does_not_count"), "word " * 30 + "word.")


def a_long_opening(data: Data) -> None:
    data["principles"][0]["does_not_say"][1]["text"] = "It does not say " + "word " * 10 + "word. A short one follows."


def a_meaning_at_length(data: Data) -> None:
    data["readings"][0]["means"] = "word " * 60 + "word."


def a_first_step_at_length(data: Data) -> None:
    data["readings"][0]["first_step"] = "word " * 20 + "word."


def texts_that_just_fit(data: Data) -> None:
    data["principles"][0]["does_not_say"][1]["text"] = "It does not say " + "word " * 9 + "word. " + "More " * 40
    data["readings"][0]["means"] = "word " * 59 + "word."


@pytest.mark.parametrize(
    ("edit", "said", "at"),
    [
        (what_is_not_asked_at_length, "26 words in what it does not ask; at most 25 fit: shorten it", "not_asked"),
        (an_example_at_length, "93 words in the three texts together; at most 90 fit: shorten it", "example"),
        (a_long_opening, "15 words in the first sentence, which stands alone; at most 14 fit", "does_not_say"),
        (a_meaning_at_length, "61 words in what it means; at most 60 fit: shorten it", "means"),
        (a_first_step_at_length, "21 words in the first step; at most 20 fit: shorten it", "first_step"),
        (texts_that_just_fit, "", ""),
    ],
)
def test_a_text_fits_its_place_on_the_page(whole: Tree, edit: Callable[[Data], None], said: str, at: str) -> None:
    tree = copy.copy(whole)
    tree.data = copy.deepcopy(whole.data)
    edit(tree.data)
    faults = check(tree, site_check.today()).faults
    assert len(faults) == bool(said)
    for fault in faults:
        assert said in fault.message
        collection = "readings" if at in ("means", "first_step") else "principles"
        path = (collection, 0, at) if at != "does_not_say" else (collection, 0, at, 1)
        assert fault.position.line == tree.position(path).line


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (a_point_twice, "'2012' stands twice in this series; keep one"),
        (a_point_to_come, "lies in the future; a figure says what was counted"),
        (a_number_below_nothing, "-1 is less than nothing; a count cannot be"),
        (a_source_twice, "stands twice here; keep one"),
        (an_address_of_two_sources, "too; keep one record, and name that one everywhere"),
        (steps_that_do_not_add_up, "the steps take 11 minutes, not 10; change one of both"),
        (a_long_worksheet, "words in a worksheet; at most 70 fit. Shorten the tasks, or leave one out"),
        (a_card_of_another_principle, "this principle has no phrase 'may-include'; its phrases are: seek-to-prevent"),
        (an_address_as_source, "this is the address of '"),
        (
            an_unknown_address_as_source,
            "name a source by its id; add a record with this address under `sources:` first",
        ),
        (a_former_id, "unknown category 'old-name'; it is now 'abuse-material'"),
        (an_id_that_windows_keeps, "a name that Windows keeps for itself"),
    ],
)
def test_it_is_refused_in_a_sentence(whole: Tree, edit: Callable[[Data], None], said: str) -> None:
    tree = copy.copy(whole)
    tree.data = copy.deepcopy(whole.data)
    edit(tree.data)
    faults = check(tree, site_check.today()).faults
    assert [fault.message for fault in faults if said in fault.message], [fault.message for fault in faults][:5]
    own = "unknown source" if "as_source" in edit.__name__ else said
    assert all(own in fault.message or said in fault.message for fault in faults), [f.message for f in faults]


def test_an_ill_formed_id_is_never_proposed(whole: Tree) -> None:
    tree = copy.copy(whole)
    tree.data = copy.deepcopy(whole.data)
    tree.data["categories"][0]["id"] = "Abuse-Material"
    faults = [fault.message for fault in check(tree, site_check.today()).faults]
    assert any("ill-formed id" in message for message in faults)
    assert not any("did you mean 'Abuse-Material'" in message for message in faults)


@pytest.mark.parametrize(("above", "lost"), [("stakeholders", "practices"), ("categories", "principles")])
def test_a_list_without_its_first_line_is_one_fault(whole: Tree, above: str, lost: str) -> None:
    tree = copy.copy(whole)
    tree.data = dict(whole.data)
    tree.data[above] = [*tree.data[above], *tree.data.pop(lost)]
    (fault,) = check(tree, site_check.today()).faults
    assert f"the line `{lost}:` is missing above them: put it back" in fault.message


def test_a_missing_licence_names_the_usual_ones(whole: Tree) -> None:
    tree = copy.copy(whole)
    tree.data = copy.deepcopy(whole.data)
    del tree.data["sources"][0]["licence"]
    (fault,) = check(tree, site_check.today()).faults
    assert "'licence' is missing in this source; add it, such as '" in fault.message
