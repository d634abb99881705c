"""Every field of every record against every hostile value: refused with its line, or taken as the text that it is.

The fields are read off the kinds of record and off `translations.TRANSLATED`, so that a new one is tried without a word
here. `tests/test_hostile_data.py` holds what pages and files then make of such texts.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from html import unescape
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import feedparser
import icalendar
import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pydantic import BaseModel, TypeAdapter, ValidationError

from macros.data import kinds, translations
from macros.data.catalogue import Catalogue
from macros.data.field_types import PartialDate, Ref
from macros.data.kinds import NUMBERS_NEEDED
from macros.data.validation import check
from macros.data.yaml_reader import INVISIBLE, MAX_BYTES, Fault, Tree, read_bytes
from macros.exports import atom_feeds, citation_files, citations, csv_tables, event_calendar, json_api
from macros.pages import escaping, front_matter, search_files, search_index, site_check
from macros.pages.site_info import SiteInfo
from tests.exports.test_citations import LATEX
from tests.samples import LEAKS, TIMES, TODAY, good, invented
from tests.search_reading import unpacked

HERE = SiteInfo("A name", "https://site.test/folder/", 1_600_000_000)

# --- what is tried ---------------------------------------------------------------------------------------------------

VALUES: dict[str, tuple[str, ...]] = {
    "HTML": (
        "<b>bold</b>",
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "a <!-- gone --> b",
        "</title></head></article>--> ]]>",
        "&lt;b&gt; &amp; &#60;script&#62; &nbsp;",
        "a < b > c && d ]]> e",
        "1 <2 and 3<4",
    ),
    "attributes": (
        '" onmouseover="alert(3)" x=\'y',
        "' onfocus='alert(4)' autofocus x=`y`",
        "x { onclick=alert(5) } {: .x onclick=alert(6) }",
    ),
    "templates": (
        "{{ 7*7 }} {% raw %} {# gone #}",
        "a {{ config }} b",
        "{% include '/etc/passwd' %}",
        "[[link]] [[assets]] [[about]] {title} {page} %s ${x} #{x}",
    ),
    "Markdown": (
        "[link](javascript:alert(7)) ![x](https://evil.example/x.png)",
        "[link][1] <javascript:alert(8)> https://evil.example/ (c)",
        "`code` **bold** _em_ ~~s~~ ^^u^^ ==m== ++k++ $x^2$",
        "cell | next | | --- |",
        "---",
        "---\ntitle: other\n---\n# heading\n\n!!! note\n    boxed",
        "# heading",
        "- item",
        "+ item",
        "* item",
        "1. item",
        "2026\\. item \\` \\_ \\",
        "> quoted",
        ": definition",
        "=== tab",
        "!!! note",
        "??? note",
        "/// note",
        '--8<-- "/etc/passwd"',
        "*[CSAM]: swapped\n[^1]: note\n\n    indented",
        "```html",
        "~~~",
        "[x]: javascript:alert(9)",
    ),
    "tables of values": (
        "=1+1",
        '=HYPERLINK("https://evil.example","x")',
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1+1",
        "a\t=1+1",
        "a,b;c\td\"e\"'f'",
        "a;=1+1",
        'a;"=1+1";@SUM(1);\'=1',
        "=cmd|' /C calc'!A0",
        "'=1",
        '"',
    ),
    "calendars": (
        "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:b",
        "C:\\New\\name; a,b \\n \\N \\; \\\\",
        "a;b=c:d",
        "ATTACH:file",
    ),
    "references": (
        "}, url = {javascript:alert(10)}",
        "a\n}\n@misc{x, title={y}}",
        "a } b { c \\} d \\{",
        "a\nER  - \nTY  - BOOK",
        "ER  - ",
        "@misc{x,",
        "\\input{/etc/passwd} $x$ % gone & # _ ~ ^",
    ),
    "XML and scripts": (
        "a ]]> b <![CDATA[ c",
        "</script><script>alert(11)</script>",
        "&xxe; %xxe; <!DOCTYPE x>",
        "a\u2028b\u2029c",
        "a\x00b",
        "a\x08b\x0bc\x1bd",
        "a\x7fb\x85c",
        "a\ufffeb\uffffc",
        "\\u003cscript\\u003e \\x3cb\\x3e",
        "_x000D_ _x0041_",
    ),
    "Unicode": (
        "a\u202eb\u202c c",
        "a\u2066b\u2069c",
        "a\u200bb\ufeffc\u2060d",
        "a\u00adb",
        "a\U000e0041b",
        "a\ufe0fb",
        "a\u3164b",
        "a\u200fb\u061cc",
        "a\ud800b",
        "a\udfffb",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
        "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645 123",
        "e" + "\u0301" * 38,
        "\U0001f642 \U0001f469\u200d\U0001f467 \U0001f1ec\U0001f1e7",
        "\uff46\uff55\uff4c\uff4c \uff1d\uff11\uff0b\uff11 \ufb01 \u00df \u0130",
        "a\u00a0: \u00ab\u202fb\u202f\u00bb",
        "\u5b50\u4f9b\u3092\u5b88\u308b \u00e9 \u03a9 \u0436",
        "\u0301a",
        "a\U0001d173b",
        "a\U0001bca0b\U00013430c\u2800d",
        "ab\u200dcd \u200c",
        "ex\u0430mple",
        "\u0441\u043e\u0440 of the old",
    ),
    "size": ("a " * 5000, "b" * 12_000, "\u0301" * 1600, "[" * 3000, "<" * 3000, "x " * 9),
    "nothing": ("", " ", "\u00a0", "\u200b", "\u3000", "\t", "\n"),
    "paths": ("../../etc/passwd", "..", "/", "/etc/passwd", "a/../b", "%2e%2e%2f", "a%00b", "..\\..\\x", "a\x00.html"),
    "addresses": (
        "javascript:alert(12)",
        "JaVaScRiPt://site.example/%0aalert(13)",
        "data:text/html,<script>alert(14)</script>",
        "//evil.example/x",
        "https://user:word@evil.example/",
        "https://good.example@evil.example/",
        "https://a.example/a b",
        " https://a.example/",
        "https://a.example/\n",
        "https://a.example/\"onclick='x'",
        "https://a.example/<b>",
        "https://a.example\\@evil.example/",
        "https://evil\u200b.example/",
        "https://\u0435vil.example/",
        "https://a.example/\u202eb",
        "https:///x",
        "https://a.example:port/",
        "https://[::1]/",
        "https://./",
        "https://a..example/",
        "https://a.example:99999999/",
        "https://a.example:0/",
        "https://-a.example/",
        "https://127.0.0.1/",
        "https://0x7f.1/",
        "https://localhost/",
        "ftp://a.example/",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "https://a.example/(x)_[y]?a=1&b=2;c,d#e%22%3E",
        "a@b.example\nBcc: c@d.example",
        "a@b.example?bcc=c@d.example",
        '"a b"@c.example',
        "+44 1234;ext=1",
        "112,*#06#",
        "tel:112",
    ),
    "words of the machine": ("true", "null", "~", "1e3", "0x10", "*a", "&a b", "!!python/object:os.system x", "<<"),
}
"""By what they aim at. What the check takes of them must come out of every file as it went in."""

EVERY = tuple(dict.fromkeys(value for values in VALUES.values() for value in values))

# --- a file with every field of every record -------------------------------------------------------------------------

Place = tuple[str | int, ...]

FORMED: dict[str, str] = {
    "page": "about/the-text",
    "number": "+441234567890",
    "email": "name@example.org",
    "zone": "Europe/London",
    "opens": "08:00",
    "closes": "17:30",
    "address": "/glossary/",
    "instead": "/principles/1/",
    "doi": "10.5281/zenodo.1234567",
}
"""A right value for each field that is held to a pattern; a new one must be named here."""


@dataclass(frozen=True)
class Leaf:
    """A field that holds text: where it stands, and what the model says of it."""

    place: Place
    kind: Any

    @cached_property
    def narrow(self) -> bool:
        """Whether the model holds it to a form or to known words: every other text is one that people write freely."""
        return self.take("One two") is None

    @property
    def bound(self) -> bool:
        """Whether a rule holds it to another field: a number is printed as it is dialled, and found by nothing else."""
        return self.place[0] == "services" and ("aliases" in self.place or self.place[-1] == "label")

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What the model does with such a field."""
        return TypeAdapter(self.kind)

    def take(self, value: str) -> str | None:
        """Give what the model makes of a value by itself, as text; None where it refuses."""
        try:
            return str(self.adapter.validate_python(value))
        except ValidationError:
            return None


@dataclass
class Sample:
    """Records with every field that the model has, and where in them text stands."""

    first: dict[str, str]
    """The id of a record of each collection, to refer to."""
    leaves: list[Leaf] = field(default_factory=list)
    count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def part(self, part: type[BaseModel], place: Place) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, info in part.model_fields.items():
            kind = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
            made[name] = self.value(kind, name, (*place, name))
        return made

    def value(self, kind: Any, name: str, place: Place) -> Any:
        inner, marks = bare(kind)
        if get_origin(inner) is tuple:
            least = next((mark.min_length for mark in marks if hasattr(mark, "min_length")), 1)
            return [self.value(get_args(inner)[0], name, (*place, number)) for number in range(least)]
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return self.part(inner, place)
        if inner is bool:
            return True
        if inner in (int, float):
            reference = next((mark for mark in marks if isinstance(mark, Ref)), None)
            return 1 if reference is None or reference.by == "number" else next(self.count)
        self.leaves.append(Leaf(place, kind))
        if inner in (PartialDate, date):
            return {"until": "2021-01-01"}.get(name, "2020-03-05")
        if get_origin(inner) is Literal:
            return get_args(inner)[0]
        assert inner is str, f"a kind of field that this file knows nothing of yet: {name}: {kind}"
        reference = next((mark for mark in marks if isinstance(mark, Ref)), None)
        if reference:
            return self.first[reference.collection]
        for form in (FORMED.get(name), "https://a.example/x", f"part-{next(self.count)}"):
            if form and _takes(kind, form) and not _takes(kind, "One two"):
                return form
        assert _takes(kind, "One two"), f"name a right value for {'.'.join(map(str, place))} in FORMED"
        return f"Text {next(self.count)}"


def bare(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Give a kind without its marks and without None, and the marks."""
    marks: list[Any] = []
    while True:
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            for mark in more:
                marks += [mark, *getattr(mark, "metadata", ())]
        elif get_origin(kind) in (Union, types.UnionType):
            (kind,) = (option for option in get_args(kind) if option is not type(None))
        else:
            return kind, tuple(marks)


def _takes(kind: Any, value: str) -> bool:
    return Leaf((), kind).take(value) is not None


FIXED = {"principles": 10, "categories": 6, "confidences": 0, "sentence_slots": 0}
"""Collections whose records the official text counts: there the whole record takes the place of one of the sample's."""


@cache
def whole() -> tuple[dict[str, Any], tuple[Leaf, ...]]:
    """Give a file in which one record of every collection has every field, and each field in it that holds text."""
    tree = read_bytes(good().encode(), "good.yml")
    data: dict[str, Any] = json.loads(json.dumps(tree.data))
    first = {name: records[0]["id"] for name, records in data.items() if records}
    first |= {name: "plain" for name in kinds.COLLECTIONS if name not in first}
    plain = Sample(first)
    for name, part in kinds.COLLECTIONS.items():
        if not data.get(name):
            data[name] = [{**plain.part(part, (name, 0)), "id": "plain", "former_ids": ["was-plain"]}]
    sample = Sample(first)
    for name, part in kinds.COLLECTIONS.items():
        at = FIXED.get(name, len(data[name]))
        record = sample.part(part, (name, at))
        if at < len(data[name]):
            record |= {key: data[name][at][key] for key in ("id", "number") if key in data[name][at]}
            data[name][at] = record
        else:
            data[name].append(record)
    data["needs"] += [{"id": need, "label": need, "meaning": need} for need in NUMBERS_NEEDED]
    for service in data["services"]:  # what the rules of help ask for
        service["needs"] += list(NUMBERS_NEEDED)
        service["aliases"] = ["Text"]
        for name in ("phone", "text"):
            service[name]["label"] = service[name]["number"]
    for lesson in data["lessons"]:  # its steps take as long as it does
        lesson["minutes"] = sum(step["minutes"] for step in lesson["steps"])
        _show(lesson)
        for card in lesson["cards"]:  # each has a phrase of its principle
            card["phrase"] = "seek"
    for exercise in data["exercises"]:  # one answer is right
        for question in exercise["self_check"]:
            for answer in question["answers"][1:]:
                answer["right"] = False
    for number, gone in enumerate(data["withdrawn"]):  # an address is withdrawn once
        gone["address"] = f"/glossary/#word-{number}"
    for measure in data["measures"]:  # its principle has the words that ask for it
        measure["why"][0]["phrase"] = "seek"
    _take_apart(data)
    # Every principle names every slot, so the id of one is tried with them all or not at all.
    named = [leaf for leaf in sample.leaves if not {"slot", "silent"} & set(leaf.place)]
    named = [leaf for leaf in named if leaf.place[0] != "sentence_slots" or leaf.place[-1] != "id"]
    named = [replace(leaf, place=_shown(leaf.place)) for leaf in named]
    return data, tuple(leaf for leaf in named if _stands(data, leaf.place))


def _show(lesson: dict[str, Any]) -> None:
    """Put the one slide of a lesson between those that every lesson has; it has lines, and so no drawing."""
    for slide in lesson.get("slides", ()):
        minutes = lesson["minutes"]
        plain = {key: value for key, value in slide.items() if key not in ("drawing", "principle")} | {"minutes": 0}
        ends = {"notes": "Text.", "minutes": 0}
        first = {"kind": "opening", "title": "The first", **ends, "minutes": minutes}
        lesson["slides"] = [first, plain, {"kind": "help", "title": "The last", **ends}]


def _shown(place: Place) -> Place:
    """Give the place of a field where the slide that has it stands between others."""
    return (*place[:3], 1, *place[4:]) if place[0] == "lessons" and place[2:3] == ("slides",) else place


UNHEARD = {"Sentence.unread", "SentencePart.phrase", "InnerPart.phrase", "Asked.phrase"}
"""Fields that the whole principle cannot have: it was read, and in its parts are words of ours, or quoted ones."""

UNHEARD |= {"Slide.drawing", "Slide.principle"}  # a slide has lines, or a drawing of a principle


def _take_apart(data: dict[str, Any]) -> None:
    """Mend the sentence of the whole principle: words are ours or a phrase's, and each slot is answered or silent."""
    principle = data["principles"][FIXED["principles"]]
    sentence = principle["sentence"]
    del sentence["unread"]  # it was read
    for number, part in enumerate(sentence["parts"]):
        part["within"] = part["within"][:1] if number == 0 else []
        part["slot"] = data["sentence_slots"][0]["id"]
        del part["phrase"]
        for inner in part["within"]:
            del inner["phrase"]
    sentence["silent"] = [slot["id"] for slot in data["sentence_slots"][1:]]
    for asked in principle["asks"].values():  # in words that no phrase has
        asked["answer"] = "said"
        del asked["phrase"]


def _stands(data: Any, place: Place) -> bool:
    for key in place:
        try:
            data = data[key]
        except (KeyError, IndexError):
            return False
    return True


def written(data: Any, raw: bool = False) -> tuple[bytes, dict[Place, int]]:
    """Write data as YAML, one value a line, and give the line of each; `raw`: signs as they are, not as escapes."""
    lines: list[str] = []
    places: dict[Place, int] = {}

    def write(value: Any, place: Place, indent: str, start: str) -> None:
        if isinstance(value, dict | list) and value:
            if start.strip() and start.strip() != "-":
                lines.append(start.rstrip())
                start = indent
            items = value.items() if isinstance(value, dict) else enumerate(value)
            for key, inner in items:
                mark = f"{key}:" if isinstance(value, dict) else "-"
                write(inner, (*place, key), indent + "  ", f"{start}{mark} ")
                start = indent
            return
        text = json.dumps(value, ensure_ascii=False)
        if not raw:
            text = re.sub("[^ -~]", lambda sign: f"\\U{ord(sign[0]):08x}", text)
        lines.append(f"{start}{text}")
        places[place] = len(lines)

    write(data, (), "", "")
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass"), places


def put(data: Any, place: Place, value: Any) -> None:
    for step in place[:-1]:
        data = data[step]
    data[place[-1]] = value


def at(data: Any, place: Place) -> Any:
    for step in place:
        data = data[step] if isinstance(step, int) or isinstance(data, dict) else getattr(data, step)
    return data


def copied(data: Any) -> Any:
    return json.loads(json.dumps(data))


def folded(value: str) -> str:
    """Give a text as the check hands it on: white space folded."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", value).strip(" ")


def said(tree: Tree, faults: tuple[Fault, ...], count: int) -> dict[int, list[str]]:
    """Give the messages by line, and hold each to what is promised of every message."""
    lines = [next(iter(site_check.report(tree, [fault]))) for fault in faults]  # a report of all has the first in full
    found: dict[int, list[str]] = {}
    for line in lines:
        assert line.isprintable(), line
        assert len(line) < 1200, line
        match = re.fullmatch(r"[a-z.]+:(\d+):\d+: error: (.+)", line)
        assert match, line
        assert not any(leak in line for leak in LEAKS), line
        assert 1 <= int(match[1]) <= count
        found.setdefault(int(match[1]), []).append(match[2])
    return found


def test_the_whole_file_has_every_field_and_no_fault() -> None:
    data, leaves = whole()
    text, _ = written(data)
    tree = read_bytes(text, "whole.yml")
    outcome = check(tree, TODAY)
    assert [fault.message for fault in outcome.faults] == []
    seen = {(type(part), name) for part in _parts(outcome.document) for name in part.model_fields_set}
    missing = [
        f"{kind.__name__}.{name}"
        for kind in {kind for kind, _ in seen if kind is not kinds.Document}
        for name in kind.model_fields
        if (kind, name) not in seen
    ]
    assert set(missing) <= UNHEARD
    assert len(leaves) > 200


def _parts(value: Any) -> Iterator[kinds.Part]:
    if isinstance(value, kinds.Part):
        yield value
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)


# --- every field against every value ---------------------------------------------------------------------------------

_CANNOT_BE_YAML = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad]|" + INVISIBLE.pattern)
CASCADES = (
    *("unknown category", "no principle names the category", "principle ", "the confidence ", "there is no "),
    "help in ",
)
"""What a refused id makes of the records that name it; their lines are others."""


def refusals(
    value: str, leaves: tuple[Leaf, ...], raw: bool = False
) -> tuple[Tree, dict[int, list[str]], dict[Place, int]]:
    """Put a value into fields, and give the tree, what is said at each line, and each field's line."""
    data = copied(whole()[0])
    for leaf in leaves:
        put(data, leaf.place, value)
    text, places = written(data, raw)
    tree = read_bytes(
        text, "whole.yml", max(MAX_BYTES, len(text))
    )  # every field at its longest may be more than a real file holds
    outcome = check(tree, TODAY)
    assert (outcome.document is None) == bool(outcome.faults)
    return tree, said(tree, outcome.faults, text.count(b"\n") + 1), places


@pytest.mark.parametrize("aim", VALUES)
def test_a_value_is_refused_at_its_line_or_taken_as_the_text_it_is(aim: str) -> None:
    taken: dict[str, tuple[Leaf, ...]] = {}
    for value in VALUES[aim]:
        taken[value] = try_everywhere(value)
        leaves = whole()[1][::5]  # of signs that nobody sees a file's first thousand are listed
        if INVISIBLE.search(value) and not re.search("[\r\n\ud800-\udfff]", value):
            _, lines, places = refusals(value, leaves, raw=True)  # the sign itself, which no reviewer would see
            assert {places[leaf.place] for leaf in leaves} <= set(lines), value
    for texts in dealt(taken):
        _come_out(texts)


def dealt(taken: dict[str, tuple[Leaf, ...]]) -> Iterator[dict[Place, str]]:
    """Deal values out to the fields that take them; every field gets another one each time.

    By night every field gets every value; by day it gets a third of them, and each value stands in a third of all
    fields: a writer that lets one through does so wherever its kind of text stands.
    """
    values = [value for value, leaves in taken.items() if leaves]
    takers = [{leaf.place for leaf in taken[value]} for value in values]
    for start in range(0, len(values), 3 if TIMES == 1 else 1):
        turns = ((leaf.place, (start + number) % len(values)) for number, leaf in enumerate(whole()[1]))
        yield {place: values[turn] for place, turn in turns if place in takers[turn]}


def try_everywhere(value: str) -> tuple[Leaf, ...]:
    """Put a value into every field of a record, and hold what the check says of it against what is promised.

    Gives the fields that take it.
    """
    leaves = whole()[1]
    if _CANNOT_BE_YAML.search(value):
        for leaf in leaves[::40]:  # the first ends the reading, so each by itself
            _, lines, places = refusals(value, (leaf,))
            assert list(lines) == [places[leaf.place]], (value, leaf.place)
        return ()
    _, lines, places = refusals(value, leaves)
    taken = []
    for leaf in leaves:
        made, here = leaf.take(value), lines.pop(places[leaf.place], None)
        assert made is not None or here, (value, leaf.place)
        if leaf.narrow:  # of a right form it can still be unknown to the rules
            assert here or _harmless(leaf, value), (value, leaf.place)
        elif made is not None and not leaf.bound:
            assert not here, (value, leaf.place, here)
            assert made == folded(value)
            assert not _UNSEEN.search(made), (value, leaf.place)
            taken.append(leaf)
    assert all(message.startswith(CASCADES) for messages in lines.values() for message in messages), (value, lines)
    return tuple(taken)


def _harmless(leaf: Leaf, value: str) -> bool:
    """Whether a value that a narrow field took is one that it may have: an address of the web, small words."""
    name = next(step for step in reversed(leaf.place) if isinstance(step, str))
    if name in ("url", "website", "archived"):
        return bool(
            re.fullmatch(r"https?://([a-z0-9]+\.)+[a-z]{2,}(/[^\s<>\"'`{}|\\^]*)?", value)
        ) and not INVISIBLE.search(value)
    return bool(re.fullmatch(r"[a-z0-9-]+", value))


FRAGMENTS = st.one_of(
    st.sampled_from([value for value in EVERY if len(value) < 80 and not _CANNOT_BE_YAML.search(value)]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text("<>&\"'`{}[]()#|!*_-=+@\\\n\r\t;:,.%/ a1\u202e\u200b\u2028", max_size=12),
)


@invented(20)
@given(st.lists(FRAGMENTS, min_size=1, max_size=4).map("".join))
def test_random_mixtures_are_refused_at_their_line_or_taken_as_the_text_they_are(value: str) -> None:
    _come_out({leaf.place: value for leaf in try_everywhere(value)})


# --- what comes out --------------------------------------------------------------------------------------------------


def _come_out(texts: dict[Place, str]) -> None:
    """Put texts into fields that take them, and read them back out of every file that needs no typesetter."""
    if not texts:
        return
    data = copied(whole()[0])
    for place, value in texts.items():
        put(data, place, value)
    tree = read_bytes(written(data)[0], "whole.yml")
    outcome = check(tree, TODAY)
    document = outcome.document
    assert document, (texts, "each field takes its own, all together do not", outcome.faults[:3])
    wanted = {place: folded(value) for place, value in texts.items()}
    for place, text in wanted.items():
        assert at(document, place) == text
    catalogue = Catalogue(document, tree)
    given = {path: content.read().decode() for path, content in json_api.files(catalogue, HERE.url)}
    files = {**dict(csv_tables.exports(catalogue)), **given}
    files |= dict(atom_feeds.feeds(catalogue, HERE, "Changes")) | dict(event_calendar.files(catalogue, HERE))
    every = json.loads(files["api/v1/all.json"])
    for place, text in wanted.items():
        if place[0] in json_api.COLLECTIONS and "aliases" not in place:  # those serve search alone
            assert at(every, place) == text, place
    for text in set(wanted.values()):
        head = front_matter.written({"title": escaping.title(text), "x": 1}).split("---\n")
        assert len(head) == 3 or "---" in text
        title = yaml.load("---\n".join(head[1:-1]), yaml.CSafeLoader)["title"]  # as the generator reads it
        assert unescape(title) == re.sub("[\x1c-\x1f\x85\u2028\u2029]", " ", text)
    tables(catalogue, files.__getitem__)
    calendar(catalogue, files["timeline.ics"])
    feed_says(files["feed.xml"], [change.text for change in catalogue.changes])
    interface(catalogue, files.__getitem__)
    loaded = search_files.search_files("", list(search_index.entries(catalogue)), search_index.cries(catalogue))
    found(catalogue, unpacked(*(text for _, text in loaded)))
    for _, work, filed in citations.works(catalogue, HERE, {}):
        if filed:
            cited(work.title, citation_files.bibtex(work), citation_files.ris(work), citation_files.csl_json(work))


def cell(value: Any) -> str:
    """Give a text as a table holds it: with an apostrophe before what a spreadsheet would run."""
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", str(value), re.ASCII):
        return str(value)
    whole = f"'{value}" if str(value).startswith(("=", "+", "-", "@", "\t", "\r")) else str(value)
    return re.sub(r'([;\t\r\n]"*)(?=[=+\-@])', r"\1'", whole)


def rows_of(text: str) -> list[list[str]]:
    text = text.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    cells = [one for row in rows for one in row if not re.fullmatch(r"-[0-9]+(\.[0-9]+)?", one, re.ASCII)]
    assert not any(one.startswith(("=", "+", "-", "@", "\t", "\r")) for one in cells)
    elsewhere = csv.reader(io.StringIO(text, newline=""), delimiter=";")  # as where a comma stands within numbers
    assert not [one for row in elsewhere for one in row if one.lstrip('"').startswith(("=", "+", "-", "@"))]
    return rows


def tables(catalogue: Catalogue, read: Callable[[str], str]) -> None:
    """Hold the tables of the timeline and the figures against the data."""
    head, *rows = rows_of(read("timeline/events.csv"))
    assert [row[head.index("title")] for row in rows] == [cell(event.title) for event in catalogue.events]
    assert [row[head.index("text")] for row in rows] == [cell(event.text) for event in catalogue.events]
    for figure in catalogue.document.figures:
        if not figure.series:
            continue
        head, *rows = rows_of(read(f"figures/{figure.id}/data.csv"))
        assert head[0] == cell(figure.axis)
        assert {row[0] for row in rows} == {cell(point.at) for series in figure.series for point in series.points}
        # Of two points with one name the later one stands in the table.
        last = [point for series in figure.series for point in {one.at: one for one in series.points}.values()]
        shown = {cell(point.shown) for point in last if point.shown}
        assert shown <= {one for row in rows for one in row}


def entries_of(text: str) -> list[dict[str, str]]:
    """Read a calendar after RFC 5545, with nothing of the library that wrote it."""
    unfolded = text.replace("\r\n ", "")
    assert "\n" not in unfolded.replace("\r\n", "")
    found: list[dict[str, str]] = []
    for line in unfolded.split("\r\n")[:-1]:
        name, _, said_there = line.partition(":")
        name = name.partition(";")[0]
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VCALENDAR":
            assert name not in found[-1], line
            assert not re.search(r"(?<!\\)(\\\\)*[;,]", said_there) or name == "CATEGORIES", line
            found[-1][name] = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], said_there)
    return found


def calendar(catalogue: Catalogue, text: str) -> None:
    """Hold the calendar of the timeline against the data."""
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    entries = entries_of(text)
    for entry, event in zip(entries, catalogue.events, strict=True):
        assert entry["SUMMARY"].startswith(re.sub("\r\n|\r", "\n", event.title))
        assert entry["DESCRIPTION"].startswith(re.sub("\r\n|\r", "\n", event.text))
        assert re.sub("\r\n|\r", "\n", event.date_note or "") in entry["DESCRIPTION"]
    assert all(set(entry) <= CALENDAR for entry in entries)
    assert len(icalendar.Calendar.from_ical(text).walk("VEVENT")) == len(catalogue.events)


CALENDAR = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP", "URL", "END"}


ATOM = "{http://www.w3.org/2005/Atom}"


def feed_says(text: str, changes: list[str] | None = None) -> None:
    """Hold a feed against the texts of all changes; without them, against what each feed must be."""
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))
    assert not feedparser.parse(text.encode()).bozo
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        summary = entry.find(f"{ATOM}summary")
        assert summary.get("type") == "html"
        assert "<" not in (summary.text or ""), "a summary is text, without elements"
        title, link = entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href")
        assert link.startswith((HERE.url, "https://voluntary-principles.example/"))
        start = " ".join(title.removesuffix("…").split())
        assert " ".join(unescape(summary.text or "").split()).startswith(start)
    if changes is not None:
        assert sorted(unescape(entry.findtext(f"{ATOM}summary")) for entry in entries) == sorted(changes)


def interface(catalogue: Catalogue, read: Callable[[str], str]) -> None:
    """Hold the JSON for programs against the data, and its tables against the JSON."""
    every = json.loads(read("api/v1/all.json"))
    for name in json_api.COLLECTIONS:
        head, *rows = rows_of(read(f"api/v1/{name}.csv"))
        records = getattr(catalogue.document, name)
        for row, record, own in zip(rows, every[name], records, strict=True):
            there = dict(zip(head, row, strict=True))
            filed = json.loads(read(f"api/v1/{name}/{record['id']}.json"))
            assert {field: value for field, value in filed.items() if field != "dataset"} == record
            for key, text in record.items():
                if isinstance(text, str):
                    assert there[key] == cell(text), (name, key)
                    if isinstance(getattr(own, key, None), str):
                        assert getattr(own, key) == text
                elif isinstance(text, dict) or (isinstance(text, list) and text and isinstance(text[0], dict)):
                    assert json.loads(there[key]) == text, (name, key)


def found(catalogue: Catalogue, data: Mapping[str, Any]) -> None:
    """Hold what search loads against its entries and what people type who need help."""
    entries = {(entry[0], entry[2]) for entry in data["entries"]}
    for one in search_index.entries(catalogue):
        assert (_on_one_line(one.title), one.address.lstrip("/")) in entries
    assert [phrase for cry in data["distress"] for phrase in cry[2]] == [
        _on_one_line(phrase) for cry in catalogue.document.distress for phrase in cry.phrases
    ]


def _on_one_line(text: str) -> str:
    return re.sub("[\u2028\u2029]", " ", text)


def cited(title: str, bibtex: str, ris: str, csl: str) -> None:
    """Hold the three files for citing against a title, each read by a program of other people."""
    wanted = INVISIBLE.sub("\ufffd", re.sub(r"[^\S\xa0\u202f]+", " ", title).strip())
    library = parse_string(bibtex)
    (entry,) = library.entries
    assert library.failed_blocks == []
    fields = {one.key: one.value for one in entry.fields}
    assert set(fields) == {"author", "title", "date", "year", "month", "note", "url", "langid"}
    assert LATEX.latex_to_text(fields["title"][1:-1]).split() == wanted.split()
    (record,) = rispy.loads(ris)
    assert record["title"].split() == wanted.split()
    assert "unknown_tag" not in record
    (item,) = json.loads(csl)
    assert item["title"] == wanted


# --- the second language ---------------------------------------------------------------------------------------------


def overlay(part: Any, place: Place, found: list[Leaf]) -> Any:
    """Give what an overlay holds of a part, a text for every text; `found` takes the places of the texts."""
    made: dict[str, Any] = {}
    names = translations.TRANSLATED.get(type(part), tuple(type(part).model_fields))  # of a number all of it
    for name in names:
        value = getattr(part, name)
        info = type(part).model_fields[name]
        here = place if len(names) == 1 else (*place, name)
        kind = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
        if isinstance(value, str):
            dialled = isinstance(part, kinds.Phone | kinds.TextMessage) and name == "label"
            forms = (FORMED["number"] if dialled else "Un texte", FORMED.get(name, ""), "https://a.example/x")
            made[name] = next(form for form in forms if _takes(kind, form))
            found.append(Leaf(here, kind))
        elif isinstance(value, kinds.Part):
            made[name] = overlay(value, here, found)
        elif value and isinstance(value[0], kinds.Part) and (hasattr(value[0], "id") or hasattr(value[0], "country")):
            keys = [str(getattr(one, "id", None) or getattr(one, "country", None)) for one in value]
            made[name] = {key: overlay(one, (*here, key), found) for key, one in zip(keys, value, strict=True)}
        elif value and isinstance(value[0], kinds.Part):
            made[name] = [overlay(one, (*here, number), found) for number, one in enumerate(value)]
        elif value:
            made[name] = ["Un texte"] * (1 if name in translations.FREE else len(value))
            inner, _ = bare(kind)
            found.extend(Leaf((*here, number), get_args(inner)[0]) for number in range(len(made[name])))
    return made[names[0]] if len(names) == 1 else made


@cache
def whole_overlay() -> tuple[kinds.Document, dict[str, Any], tuple[Leaf, ...]]:
    document = check(read_bytes(written(whole()[0])[0], "whole.yml"), TODAY).document
    assert document
    leaves: list[Leaf] = []
    data: dict[str, Any] = {}
    for name, part in kinds.COLLECTIONS.items():
        if part in translations.TRANSLATED:
            number = FIXED.get(name, len(getattr(document, name)) - 1)
            record = getattr(document, name)[number]
            data[name] = {record.id: overlay(record, (name, record.id), leaves)}
    return document, data, tuple(leaves)


def laid(value: str, leaves: tuple[Leaf, ...]) -> tuple[Any, dict[int, list[str]], dict[Place, int]]:
    document, data, _ = whole_overlay()
    data = copied(data)
    for leaf in leaves:
        put(data, leaf.place, value)
    text, places = written(data)
    tree = read_bytes(text, "whole.fr.yml")
    found, faults = translations.translate(document, tree, "fr")
    assert (found is None) == bool(faults)
    return found, said(tree, faults, text.count(b"\n") + 1), places


def test_the_overlay_of_the_whole_file_has_no_fault() -> None:
    _, _, leaves = whole_overlay()
    found, lines, _ = laid("Un texte", tuple(leaf for leaf in leaves if not leaf.narrow and not leaf.bound))
    assert lines == {}
    assert found is not None
    assert len(leaves) > 40


@pytest.mark.parametrize("aim", VALUES)
def test_a_translated_text_is_refused_at_its_line_or_taken_as_it_is(aim: str) -> None:
    _, _, leaves = whole_overlay()
    for value in VALUES[aim]:
        if _CANNOT_BE_YAML.search(value):
            _, lines, places = laid(value, leaves[:1])
            assert list(lines) == [places[leaves[0].place]]
            continue
        _, lines, places = laid(value, leaves)
        taken = []
        for leaf in leaves:
            made, here = leaf.take(value), lines.pop(places[leaf.place], None)
            assert leaf.bound or (made is None) == bool(here), (value, leaf.place, here)
            if made is not None and not leaf.bound:
                assert made == folded(value)
                taken.append(leaf)
        assert lines == {}
        if taken:
            found, _, _ = laid(value, tuple(taken))
            assert found
            foreign = [text for text in _strings(found.document) if text == folded(value)]
            assert len(foreign) >= len(taken)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, kinds.Part):
        for name in type(value).model_fields:
            yield from _strings(getattr(value, name))
