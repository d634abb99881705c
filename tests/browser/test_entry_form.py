"""The form for new entries, as somebody fills it in: every kind, hard texts, what it says, and the way without it."""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from macros.build import offline_zip
from macros.data import kinds, loading, new_entry
from macros.data.catalogue import Catalogue
from macros.data.collections import FILES
from macros.data.validation import check
from macros.exports import entry_form
from macros.pages import site_check
from tests.browser.conftest import Reader
from tests.browser.test_accessibility import RULES
from tests.conftest import BuiltSite
from tests.data.test_new_entry import ADDED, FILLED, Filled, fill
from tests.samples import DATA, real_tree

PLACE = "/contribute/new/"
SAFE = {"term": "my word", "definition": "What it means.", "confidence": "reported", "checked": "2026-11-24"}


def filled(collection: str) -> dict[str, Any]:
    """Give the sample of a kind, filled in as `make new` would have it, as data."""
    sample = new_entry.sample(collection)
    assert sample
    text = sample.read_text(encoding="utf-8").replace("id: sample", "id: my-entry", 1)
    values = real_values()
    data = real_tree().data
    own = {  # words that mean something else in other kinds
        "questions": {"group": data["question_groups"][0]["id"]},
        "tools": {"kind": data["tool_kinds"][0]["id"]},
        "measures": {"phrase": data["principles"][0]["phrases"][0]["id"]},
        "lessons": {"phrase": data["principles"][0]["phrases"][0]["id"]},
    }
    values = {**values, **own.get(collection, {})}
    (entry,) = yaml.safe_load(fill(text, collection, values))
    return dict(entry)


OF_LISTS = {
    **{"sources": "sources", "stakeholder": "stakeholders", "stakeholders": "stakeholders", "services": "services"},
    **{"stage": "law_stages", "relation": "law_relations", "verdict": "verdicts", "group": "groups"},
    **{"when": "measure_times", "costs": "costs", "cost": "costs", "duty": "duties", "open_to": "tool_access"},
    **{"tools": "tools", "law": "laws"},
}
"""Fields whose values the form offers, and the list whose ids they are."""


@cache
def real_values() -> Filled:
    """Give values that fit the real data: of those that are ids, the first of their list."""
    data = real_tree().data
    return {**FILLED, **{name: str(data[listed][0]["id"]) for name, listed in OF_LISTS.items()}}


FILL = """(every) => every.filter(([name, number, value]) => {
  const named = (name) => [...document.querySelectorAll(".entry-form [name]")].filter((one) => one.name === name);
  const boxes = named(name);
  const ticked = (one) => ["checkbox", "radio"].includes(one.type);
  const fits = (one) => !ticked(one) || value === true || one.value === value;
  const control = (number === null || boxes.length ? boxes : named(`${name}.${number}`)).find(fits);
  if (!control || !control.checkVisibility() || control.disabled || control.readOnly) return true;
  if (ticked(control)) control.checked = true;
  else control.value = value;
  for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
  return control.localName === "select" && control.value !== value;
})"""
"""Puts values into the fields of the form; gives those that no field takes which can be seen and used. In one call: the
hundreds of fields of all kinds take a browser ten times as long one by one."""


def fill_in(page: Page, parts: dict[str, Any], part: str, value: dict[str, Any]) -> None:
    """Put an entry into the fields of the form."""
    assert page.evaluate(FILL, list(to_fill(parts, part, value))) == []


def to_fill(
    parts: dict[str, Any], part: str, value: dict[str, Any], path: str = ""
) -> Iterator[tuple[str, int | None, str | bool]]:
    """Yield what an entry, or a part of one, puts into each field: its name, its place in a list, the value."""
    fields = {field["name"]: field for field in parts[part]}
    for name, inner in value.items():
        field, at = fields[name], f"{path}{name}"
        for number, one in enumerate(inner if isinstance(inner, list) else [inner]):
            place = number if isinstance(inner, list) else None
            if field["type"] == "part":
                yield from to_fill(parts, field["part"], one, f"{at}." if place is None else f"{at}.{number}.")
            elif field["type"] != "yes":
                yield at, place, str(one)
            elif one:
                yield at, place, True


def entry_of(page: Page) -> str:
    return page.get_by_label("The entry, as it stands in the file").input_value()


def put(folder: Path, collection: str, entry: str, place: str) -> None:
    """Put an entry where the form says that it belongs."""
    file = folder / f"{FILES[collection]}.yml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    if place == f"as the first entry of the list “{collection}”":
        text = file.read_text(encoding="utf-8")
        assert f"{collection}: []\n" in text
        file.write_text(text.replace(f"{collection}: []\n", f"{collection}:\n{entry}"), encoding="utf-8")
        return
    said = re.search(r"(above|below the whole) (?:the )?entry “[^”]+”, which starts at line (\d+)", place)
    assert said, place
    line = int(said[2]) - 1
    assert re.match(r" *- ", lines[line])
    if said[1] != "above":
        line += 1
        while line < len(lines) and not re.match(r"\S", lines[line]):
            line += 1
    file.write_text("".join([*lines[:line], entry, *lines[line:]]), encoding="utf-8")


def test_every_kind_filled_in_passes_the_check(reader: Reader, catalogue: Catalogue, tmp_path: Path) -> None:
    known = entry_form.form_data(catalogue)
    made: dict[str, tuple[str, str, int]] = {}
    with reader.open(PLACE) as page:
        choice = page.get_by_label("What do you want to add?")
        offered = choice.locator("option").evaluate_all("all => all.map(one => one.value).filter(Boolean)")
        assert sorted(offered) == sorted(ADDED), "each kind that editors may add"
        for kind in known["kinds"]:
            collection, entry = kind["list"], filled(kind["list"])
            choice.select_option(collection)
            expect(page.get_by_role("button", name="Check the entry")).to_be_visible()
            fill_in(page, known["parts"], kind["part"], entry)
            page.get_by_role("button", name="Check the entry").click()
            expect(page.locator(".entry-summary")).to_be_hidden()
            expect(page.locator(".entry-state")).to_have_text("Ready. The form finds no fault.")
            text = entry_of(page)
            assert yaml.safe_load(text) == [entry], text
            assert page.locator(".entry-file").first.inner_text() == f"data/{FILES[collection]}.yml"
            place = page.locator(".entry-place").inner_text()
            edit = str(page.locator(".entry-edit").get_attribute("href"))
            assert re.search(rf"/edit/main/data/{FILES[collection]}\.yml#L\d+$", edit)
            issue = urlsplit(str(page.locator(".entry-issue").get_attribute("href")))
            asked = parse_qs(issue.query)
            assert len(issue.query) < 7200
            assert asked["file"] == [f"data/{FILES[collection]}.yml"]
            assert asked.get("entry", [text]) == [text]
            assert ("entry" in asked) == page.locator(".entry-long").is_hidden()
            made[collection] = text, place, int(edit.rpartition("#L")[2])
    folder = shutil.copytree(DATA, tmp_path / "data")
    # From the end of each file, so that the lines that the form names stay right.
    for collection, (text, place, _) in sorted(made.items(), key=lambda one: -one[1][2]):
        put(folder, collection, text, place)
    tree = loading.trees(folder)[0]
    faults = check(tree, site_check.today(), site_check.published(folder)).faults
    assert [f"{fault.position.file}:{fault.position.line}: {fault.message}" for fault in faults] == []
    for collection in made:
        ids = [one["id"] for one in tree.data[collection]]
        assert "my-entry" in ids
        if kinds.ROWS[collection].fixed is None and sorted(set(ids) - {"my-entry"}) == [
            i for i in ids if i != "my-entry"
        ]:
            assert ids == sorted(ids), "a list in alphabetical order stays so"


HARD = (
    *("yes", "No", "on", "null", "~", "true", "y", "NaN", "2021", "1e3", "0x1f", "1_000", "12:30", "2026-11-24", ".5"),
    *("a: b", "a #b", "#a", "- a", "? a", ": a", "[a", "{a: b}", "a]", "&a", "*a", "!a", "|", ">-", "%a", "@a", "`a`"),
    *("'a'", '"a"', "a \"b\" 'c' \\d", "a\\", "\\n", "ends:", "---", "...", "= a", "<<", "a, b", "a\tb", "a\n\nb\n- c"),
    *(
        "É, 子, 🙂",
        "a\u00a0b",
        "a\u2028b",
        "x\u0085y",
        "<b>",
        "{{ a }}",
        "  a  ",
        "https://example.org/a#b?c=[d]",
        "-1",
    ),
)
SIGNS = "ab yn01-:#[]{},&*!|>%@`'\"\\?=~<./\n\t é子🙂"


def test_hard_texts_are_read_back_as_they_were_typed(reader: Reader) -> None:
    some = random.Random(7)  # noqa: S311  the same texts in every run
    texts = [*HARD, *(f"{one} and so on, {'word ' * 30}{one}" for one in HARD)]
    texts += ["".join(some.choice(SIGNS) for _ in range(some.randrange(1, 300))) for _ in range(300)]
    with reader.open(f"{PLACE}#kind=terms") as page:
        made = page.evaluate(
            """(texts) => texts.map((text) => {
              for (const name of ["field-definition", "field-aliases.0", "field-id", "field-notes.0.text"]) {
                const field = document.getElementById(name);
                field.value = text;
                field.dispatchEvent(new Event("input", { bubbles: true }));
              }
              return document.getElementById("entry-text").value;
            })""",
            texts,
        )
    for text, entry in zip(texts, made, strict=True):
        wanted = re.sub(r"[ \t\r\n\f\v]+", " ", text).strip(" ")
        one_line = re.sub(r"[ \t\f\v]+", " ", re.sub(r"[\r\n]", "", text)).strip(" ")  # as browsers take it
        (read,) = yaml.safe_load(f"terms:\n{entry}")["terms"]
        if not wanted:
            assert read is None, text
            continue
        assert read == {"id": one_line, "definition": wanted, "aliases": [wanted], "notes": [{"text": wanted}]}, text
        assert all(line == line.rstrip() for line in entry.split("\n"))


def wrong(page: Page, name: str, text: str) -> str:
    """Type something into a field and leave it; give what the field then says."""
    field = page.locator(f'.entry-form [name="{name}"]')
    field.fill(text)
    field.blur()
    said = page.locator(f'[id="field-{name}-error"]').inner_text()
    assert (field.get_attribute("aria-invalid") == "true") == bool(said)
    assert f"field-{name}-error" in str(field.get_attribute("aria-describedby"))
    return said


def test_each_field_says_what_is_wrong_while_one_types(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open(f"{PLACE}#kind=sources") as page:
        taken = catalogue.document.sources[3]
        line = catalogue.start("sources", taken).line
        cases = {
            ("id", taken.id): f"This id is taken: data/sources.yml, line {line}. Choose another.",
            ("id", "My Source"): "Small letters, digits and single hyphens only, such as my-source.",
            ("id", "con"): "Windows keeps this name for itself. Choose a longer one.",
            ("title", "a" * 301): "At most 300 characters; this has 301.",
            ("title", "a <b>"): "Write plain text, without HTML. A less-than sign needs a space after it.",
            ("title", "{{ a }}"): "Write plain text, without double curly brackets or other marks of templates.",
            ("title", "a\u200bb"): "There is an invisible or broken sign here. Delete it, or type the text again.",
            ("title", "…"): "There is no letter and no digit here. Write the text, or leave the field empty.",
            ("url", "example.org"): "This is no web address. It starts with https:// and holds no spaces.",
            ("url", "https://example.org/a b"): "This is no web address. It starts with https:// and holds no spaces.",
            ("date", "5 March 2020"): "Write a year, a month or a day: 2020, 2020-03 or 2020-03-05.",
            ("date", "2020-02-30"): "This day is not in the calendar. Look at month and day.",
            ("date", "2999"): "This lies in the future. A date here is one that has passed.",
            ("checked", "2020-03"): "Write year, month and day, such as 2026-11-24.",
        }
        for (name, text), said in cases.items():
            assert wrong(page, name, text) == said, text
        for name, text in {
            "id": "my-source-2026",
            "title": "A: b",
            "url": "https://example.org/a?b=c#d",
            "date": "2020-03",
        }.items():
            assert wrong(page, name, text) == ""
        # Without leaving the field, after a moment.
        page.locator('.entry-form [name="publisher"]').fill("<b>")
        expect(page.locator('[id="field-publisher-error"]')).to_contain_text("plain text")


def test_the_summary_leads_to_each_fault_and_sources_are_asked_for(reader: Reader, catalogue: Catalogue) -> None:
    unread = next(one for one in catalogue.document.sources if one.read == kinds.INDIRECT)
    read = next(one for one in catalogue.document.sources if one.read != kinds.INDIRECT)
    with reader.open(f"{PLACE}#kind=terms") as page:
        page.get_by_role("button", name="Check the entry").click()
        expect(page.get_by_role("group", name="6 things are missing or wrong")).to_be_focused()
        summary = page.locator(".entry-summary")
        assert summary.get_by_role("link").all_inner_texts() == [
            "Id: This is needed.",
            "Term: This is needed.",
            "Definition: This is needed.",
            "Sources: Name a source, or tick “Our own reading”.",
            "Confidence: This is needed.",
            "Checked: This is needed.",
        ]
        summary.get_by_role("link", name="Definition: This is needed.").click()
        expect(page.get_by_label("Definition")).to_be_focused()
        assert "#" not in page.url.removesuffix("#kind=terms"), "no entry in the tab's history"
        for name, text in {"id": "my-word", **SAFE}.items():
            control = page.locator(f'.entry-form [name="{name}"]')
            control.select_option(text) if name == "confidence" else control.fill(text)
        assert summary.get_by_role("link").all_inner_texts() == ["Sources: Name a source, or tick “Our own reading”."]
        page.locator('.entry-form [name="sources.0"]').fill("no-such-source")
        page.locator('.entry-form [name="sources.0"]').blur()
        expect(summary).to_be_hidden()
        note = "No entry of “sources” has this id today. Look at how it is written, or add that entry too."
        expect(page.locator('[id="field-sources.0-error"]')).to_have_text(note)
        expect(page.locator(".entry-notes")).to_have_text(f"Sources: {note}")
        page.locator('.entry-form [name="sources.0"]').fill(unread.id)
        page.locator('.entry-form [name="confidence"]').select_option("confirmed")
        expect(summary).to_contain_text("Confirmed, but nobody read a source of this.")
        page.get_by_role("button", name="Add to “sources”").last.click()
        added = page.locator('.entry-form [name="sources.1"]')
        expect(added).to_be_focused()
        added.fill(read.id)
        expect(page.locator('[id="field-sources.1-error"]')).to_have_text(read.title)
        expect(summary).to_be_hidden()
        expect(page.locator(".entry-ready")).to_be_visible()
        page.get_by_role("button", name="Remove Sources 1", exact=True).last.click()
        assert yaml.safe_load(entry_of(page))[0]["sources"] == [read.id]


def test_the_entry_can_be_copied_and_saved_from_a_folder_too(browser: Browser, site: BuiltSite, tmp_path: Path) -> None:
    with zipfile.ZipFile(site.folder / offline_zip.PLACE) as whole:
        whole.extractall(tmp_path)
    file = tmp_path / offline_zip.FOLDER / "contribute" / "new" / "index.html"
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(f"{file.as_uri()}#kind=countries")
        for name, text in {"id": "zz", "label": "Yes: a country", "meaning": "A country."}.items():
            page.locator(f'.entry-form [name="{name}"]').fill(text)
        text = entry_of(page)
        assert yaml.safe_load(text) == [{"id": "zz", "label": "Yes: a country", "meaning": "A country."}]
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save it as a file").click()
        assert saved.value.suggested_filename == "zz.yml"
        assert Path(saved.value.path()).read_text(encoding="utf-8") == text
        page.get_by_role("button", name="Copy the entry").click()
        said = page.locator(".entry-copied")
        expect(said).to_have_text(re.compile("Copied|The entry is marked"))
        if "marked" in said.inner_text():
            marked = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
            assert page.locator(".entry-text").evaluate(marked) == text
        assert all(url.startswith(("file:", "blob:", "data:")) for url in asked), asked
    finally:
        context.close()


def test_without_script_the_page_leads_to_forms_and_samples(reader: Reader) -> None:
    with reader.open(PLACE, java_script_enabled=False) as page:
        expect(page.get_by_text("The form needs scripts")).to_be_visible()
        expect(page.locator("form.entry-form")).to_be_hidden()
        expect(page.locator(".entry-result")).to_be_hidden()
        forms = page.get_by_role("link", name="Tell us in a form of GitHub")
        assert str(forms.get_attribute("href")).endswith("/issues/new/choose")
        page.get_by_role("link", name="Copy a sample").click()
        expect(page.locator("#sample")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing_in_a_form_full_of_faults(reader: Reader, scheme: Any, width: int) -> None:
    settings = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    with reader.open(f"{PLACE}#kind=stakeholders", **settings) as page:
        page.evaluate("document.querySelectorAll('.entry-form details').forEach((fold) => (fold.open = true))")
        for button in page.locator(".row-add:visible").all():
            button.click()
        page.get_by_role("button", name="Check the entry").click()
        outcome = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        found = [
            (fault["id"], node["html"][:200]) for fault in outcome.response["violations"] for node in fault["nodes"]
        ]
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_form_in_forced_colours_and_with_the_keyboard_alone(reader: Reader) -> None:
    with reader.open(PLACE, forced_colors="active") as page:
        page.get_by_label("What do you want to add?").focus()
        page.keyboard.type("Source")
        expect(page.get_by_role("button", name="Check the entry")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Id", exact=True)).to_be_focused()
        page.keyboard.type("a b")
        page.keyboard.press("Enter")
        expect(page.locator(".entry-summary")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Id", exact=True)).to_be_focused()
        field = page.locator("#field-id")
        assert field.evaluate("field => getComputedStyle(field).borderTopStyle") == "solid"
