"""Published addresses: which would vanish, where that is said, how a record is withdrawn, and who keeps the list."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from macros import __main__ as command
from macros.data import loading
from macros.data.catalogue import Catalogue
from macros.data.data_folder import LISTS
from macros.data.urls import addresses, record_of
from macros.data.validation import check
from macros.data.yaml_reader import read_bytes
from macros.data.yaml_tree import Tree
from macros.exports import json_api
from macros.pages import site_check, sitemap
from macros.pages.site import Site
from tests.samples import TODAY, good, in_files

FACTS = "sources: [launch], confidence: confirmed, checked: 2026-11-24"
TERMS = "terms:\n" + "".join(
    f"  - {{id: {one}, term: {one}, definition: A word., {FACTS}}}\n" for one in ("ape", "bus", "car")
)
ENTRY = """\
withdrawn:
  - id: term-bus
    address: /glossary/#bus
    was: The word bus
    date: 2026-11-24
    why: It was never used.
"""


def tree(text: str) -> Tree:
    return read_bytes(text.encode(), "sample.yml")


BEFORE = tree(good() + TERMS)


def without(*ids: str) -> str:
    lines = [line for line in TERMS.split("\n") if not any(f"id: {one}," in line for one in ids)]
    return good() + "\n".join(lines)


def told(text: str, published: tuple[str, ...] = (), before: Tree | None = BEFORE) -> tuple[list[tuple[str, str]], str]:
    """Give what is wrong, each with the text of its line, and what is ready to paste."""
    outcome = check(tree(text), TODAY, published, before)
    lines = text.split("\n")
    return [(lines[fault.position.line - 1], fault.message) for fault in outcome.faults], "\n".join(outcome.ready)


def test_what_was_there_before_may_not_vanish_though_nobody_wrote_it_down() -> None:
    assert told(good() + TERMS) == ([], "")
    ((line, message),), ready = told(without("bus"))
    assert line.lstrip().startswith("- {id: ape,"), "it is said where the record stood: at the entry before it"
    assert message.startswith(
        "the published address /glossary/#bus would vanish; put the record back, or add its id to"
    )
    assert ready.split("\n")[1:] == [
        "withdrawn:",
        "  - id: term-bus",
        "    address: /glossary/#bus",
        '    was: "Term: bus"',
        f"    date: {TODAY}",
        '    why: "Replace this: why it was taken away, for readers who follow an old link"',
    ]
    assert told(without("bus"), before=None) == ([], ""), "what nobody knows of"
    ((line, _),), _ = told(without("ape"))
    assert "id: bus" in line, "or at the one after it, where it was the first"


def test_without_the_data_of_before_the_order_says_where_a_record_stood() -> None:
    ((line, _),), _ = told(without("bus"), ("/glossary/#bus", "/fr/glossary/#bus", "/embed/terms/bus/"), None)
    assert "id: ape" in line, "one fault for a record, its card and its French"


def test_what_is_ready_to_paste_passes_once_it_says_why() -> None:
    _, ready = told(without("bus"))
    entry = "\n".join(ready.split("\n")[1:])
    faults, _ = told(f"{without('bus')}\n{entry}\n")
    assert [message.partition(" with")[0] for _, message in faults] == ["replace this sample text"]
    done = re.sub(r'"Replace this[^"]*"', "Nobody used it.", entry)
    assert told(f"{without('bus')}\n{done}\n") == ([], "")


def test_a_page_goes_with_what_lay_below_it() -> None:
    gone = ("/programmes/old/", "/programmes/old/#aim", "/fr/programmes/old/")
    faults, ready = told(good(), gone, None)
    assert [message.split(" ")[3] for _, message in faults] == ["/programmes/old/"]
    assert "id: programme-old\n    address: /programmes/old/\n" in ready
    entry = ENTRY.replace("/glossary/#bus", "/programmes/old/")
    assert told(good() + entry, gone, None) == ([], "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (good() + TERMS + ENTRY, "'/glossary/#bus' is the address of a record that is there; an address is never used"),
        (without("bus") + "\n" + ENTRY + ENTRY.partition("\n")[2].replace("term-bus", "bus-2"), "stands at line"),
        (without("bus") + "\n" + ENTRY + "    instead: /glossary/#bike\n", "nothing stands at '/glossary/#bike'"),
        (without("bus") + "\n" + ENTRY.replace("/glossary/#bus", "glossary#bus"), "has not the form that belongs here"),
        (without("bus") + "\n" + ENTRY.replace("2026-11-24", "2099-01-01"), "lies in the future"),
    ],
)
def test_a_withdrawal_that_cannot_be_right_is_refused(text: str, said: str) -> None:
    faults, _ = told(text, before=None)
    assert len(faults) == 1
    assert said in faults[0][1]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/glossary/#bus", ("terms", "bus")),
        ("/embed/terms/bus/", ("terms", "bus")),
        ("/stakeholders/meta/", ("stakeholders", "meta")),
        ("/stakeholders/meta/#practice-x", ("practices", "x")),
        ("/help/gb/#line", ("services", "line")),
        ("/about/the-text/#origin", ("notes", "origin")),
        ("/principles/3/", ("principles", "3")),
        ("/principles/3/#phrase-x", None),
        ("/", None),
        ("/strange", None),
    ],
)
def test_an_address_tells_its_record(address: str, found: tuple[str, str] | None) -> None:
    if address == "/principles/3/#phrase-x":
        assert record_of(address) in (None, ("notes", "phrase-x"))
    else:
        assert record_of(address) == found


def catalogue(text: str) -> Catalogue:
    read = tree(text)
    document = check(read, TODAY).document
    assert document is not None
    return Catalogue(document, read)


def test_programs_pages_and_frames_are_told_what_was_withdrawn() -> None:
    page = ENTRY.partition("\n")[2].replace("term-bus", "old").replace("/glossary/#bus", "/programmes/old/")
    one = catalogue(without("bus") + "\n" + ENTRY + page)
    files = dict(json_api.files(one, "https://site.test/"))
    said = json.loads(files["api/v1/terms/bus.json"].read())
    assert said == {
        "address": "/glossary/#bus",
        "id": "bus",
        "withdrawn": "2026-11-24",
        "was": "The word bus",
        "why": "It was never used.",
        "dataset": {"version": 1, "edition": "2026-11-24", "licence": "CC BY 4.0", "language": "en"},
    }
    assert b"bus" not in files["api/v1/terms.json"].read()
    assert [card for card, _, _ in sitemap.withdrawn_cards(one)] == ["/embed/terms/bus/"]
    assert [gone.id for gone in one.withdrawn_from("/glossary/")] == ["term-bus"]
    assert {"/glossary/#bus", "/fr/glossary/#bus", "/embed/terms/bus/", "/programmes/old/"} <= one.addresses
    site = Site(one)
    (made,) = (made for made in site.pages if made.address == "/programmes/old/")
    assert 'robots: "noindex"' in made.stub
    assert site.record_at("/programmes/old/").was == "The word bus"
    assert "/programmes/old/" not in [summary.address for summary in site.summaries]
    assert "programmes/old" not in "".join(site.search_files().values())


# --- the commit before ------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git checkout with the small file as a data folder; gives that folder."""
    data = tmp_path / "data"
    data.mkdir()
    for name in ("GIT_DIR", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    for name, own in in_files(good() + TERMS).items():
        (data / name).write_text(own, encoding="utf-8")
    (data / loading.PUBLISHED).write_text("/stakeholders/gone/\n", encoding="utf-8")
    monkeypatch.setenv("PRINCIPLES_DATA", str(data))
    git(data, "init", "--quiet", "--initial-branch=main")
    git(data, "add", ".")
    git(data, "commit", "--quiet", "-m", "The data")
    return data


def git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_change_is_held_against_where_its_branch_left_main(checkout: Path) -> None:
    assert loading.before_change(checkout) is None, "nothing differs"
    git(checkout, "checkout", "--quiet", "-b", "mine")
    terms = checkout / "terms.yml"
    terms.write_text(terms.read_text(encoding="utf-8").replace("id: bus", "id: bike"), encoding="utf-8")
    git(checkout, "commit", "--quiet", "-am", "Another id")
    found = loading.before_change(checkout)
    assert found is not None
    assert found[1] == b"/stakeholders/gone/\n", "who takes a line out of the list does not take back what it promises"
    assert set(addresses(found[0].data)) - set(addresses(loading.trees(checkout)[0].data)) == {
        "/glossary/#bus",
        "/fr/glossary/#bus",
        "/embed/terms/bus/",
        "/fr/embed/terms/bus/",
    }
    assert loading.before_change(checkout, "HEAD~1") is not None
    assert loading.before_change(checkout, "HEAD") is not None


def test_the_check_asks_for_no_list_of_addresses_and_loses_none(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / loading.PUBLISHED).write_text("", encoding="utf-8")
    git(checkout, "commit", "--quiet", "--allow-empty", "-am", "No list")
    terms = checkout / "terms.yml"
    right = terms.read_text(encoding="utf-8")
    terms.write_text(right.replace("id: car, term: car", "id: cow, term: cow"), encoding="utf-8")
    assert command.main(["check"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert re.search(r"terms\.yml:5:\d+: error: the published address /glossary/#car would vanish", lines[0])
    assert lines[1].startswith("to withdraw what would vanish, write this in place of `withdrawn: []` in withdrawn.yml")
    assert lines[3:5] == ["  - id: term-car", "    address: /glossary/#car"]
    assert lines[-1].startswith("1 fault in ")
    more = f"  - {{id: dog, term: dog, definition: A word., {FACTS}}}\n"
    terms.write_text(right + more, encoding="utf-8")
    found, faults = site_check.load(checkout, arranged=True, before=loading.before_change(checkout))
    assert faults == [], "an address that is new is nobody's work"
    assert found is not None
    assert command.main(["check", "--base", "no-such-commit"]) == 2
    assert "is neither a data file nor a commit that this checkout has" in capsys.readouterr().err


def test_the_list_of_what_was_withdrawn_has_its_file() -> None:
    assert LISTS["withdrawn.yml"] == ("withdrawn",)
