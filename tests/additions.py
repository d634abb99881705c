"""A checkout in which somebody added what the guide shows: a kind of record, three words, a third language.

It is built once for all tests that look at what such additions do, and of little data: as many kinds of page, and all
that can stand on one, on half as many pages.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT
from tests.samples import DATA, called, real_tree, split
from tests.test_hostile_fields import copied, whole, written

SAMPLE = ROOT / "tests" / "data" / "court_cases"

IMPORT = "from macros.data.kinds.court_case import CourtCase\n"
MODULE = "    court_case,\n"
FIELD = "    court_cases: Annotated[tuple[CourtCase, ...], court_case.KIND] = ()\n"
NAV = "      - Court cases: court-cases/index.md\n"

WELSH = """\
terms:
  plain:
    term: meithrin perthynas
categories:
  searching:
    title: Atal
principles:
  principle-3:
    title: Atal meithrin perthynas
"""
WELSH_TEXTS = {"In brief": "Yn gryno", "Glossary": "Geirfa", "Home": "Hafan"}


SOURCE, BODY = "overview", "example-company"
"""What the invented records name in the little data, in place of what they name in the real data."""


@dataclass(frozen=True)
class Copy:
    """A copy of the checkout."""

    root: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("PRINCIPLES_DATA", "PYTHONPATH")}
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env={**kept, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def change(self, name: str, *pairs: tuple[str, str]) -> None:
        """Put other text in the place of some, which stands there."""
        file = self.root / name
        text = file.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, (name, old)
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")

    def line(self, name: str, part: str) -> int:
        """Give the line on which a text first stands."""
        before, found, _ = (self.root / name).read_text(encoding="utf-8").partition(part)
        assert found
        return before.count("\n") + 1


def with_court_cases(root: Path, data: Path = DATA) -> Copy:
    """Copy the checkout and add the invented kind and three invented words; `data` are what it shows."""
    for name in ("macros", "docs", "theme", "hosting"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(data, root / "data")
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    copy = Copy(root)
    shutil.copytree(root / "data", root / "before")
    shutil.copy(SAMPLE / "court_case.py", root / "macros" / "data" / "kinds")
    for name in ("court-case.md.j2", "court-cases.md.j2"):
        shutil.copy(SAMPLE / name, root / "macros" / "templates")
    copy.change(
        "macros/data/kinds/__init__.py",
        ("    distress_entry,\n", MODULE + "    distress_entry,\n"),
        ("from macros.data.kinds.distress_entry", IMPORT + "from macros.data.kinds.distress_entry"),
        ("    notes: Annotated", FIELD + "    notes: Annotated"),
    )
    copy.change("mkdocs.yml", ("      - Programmes:", NAV + "      - Programmes:"))
    copy.change(
        "data/principles.yml",
        (
            "\nevent_kinds:\n",
            "\nevent_kinds:\n  - {id: hearing, label: Hearings, meaning: A court or a committee hears.}\n",
        ),
        (
            "\npractice_statuses:\n",
            "\npractice_statuses:\n  - {id: paused, label: On hold, meaning: It rests for now.}\n",
        ),
        ("\nservice_kinds:\n", "\nservice_kinds:\n  - {id: forums, label: Forums, meaning: Where people write.}\n"),
    )
    for name, collection, old, new in (
        ("events.yml", "events", "kind", "hearing"),
        ("principles.yml", "practices", "status", "paused"),
    ):
        file = root / "data" / name
        head, records = file.read_text(encoding="utf-8").split(f"\n{collection}:\n", 1)
        records = re.sub(rf"^    {old}: .*", f"    {old}: {new}", records, count=1, flags=re.MULTILINE)
        file.write_text(f"{head}\n{collection}:\n{records}", encoding="utf-8")
    shutil.copy(SAMPLE / "records.yml", root / "data" / "court_cases.yml")
    return copy


def with_signs(copy: Copy) -> Copy:
    """Draw the invented words."""
    copy.change("docs/assets/site.css", (".dot-meeting {", ".dot-hearing { background: var(--vp-1); }\n.dot-meeting {"))
    copy.change("macros/data/kinds/vocabularies.py", ('signs={"in-place"', 'signs={"paused": "‖", "in-place"'))
    return copy


def with_welsh(copy: Copy) -> list[str]:
    """Add Welsh: a row, an overlay and a catalog with three texts each; give what the check said on the way."""
    said = []
    copy.change("macros/data/languages.py", ('"ca"),', '"ca"),\n        Language("cy", "Cymraeg", "cy-GB", "gb"),'))
    said.append(copy.run("macros", "check").stderr)
    (copy.root / "data" / "principles.cy.yml").write_text(WELSH, encoding="utf-8")
    said.append(copy.run("macros", "check").stderr)
    said.append(copy.run("macros", "texts").stdout)
    catalog = copy.root / "macros" / "locale" / "cy" / "LC_MESSAGES" / "messages.po"
    text = catalog.read_text(encoding="utf-8")
    for english, welsh in WELSH_TEXTS.items():
        text, count = re.subn(f'(msgid "{english}"\nmsgstr )""', rf'\1"{welsh}"', text)
        assert count == 1
    catalog.write_text(text, encoding="utf-8")
    return [*said, copy.run("macros", "check").stdout]


def little_data(folder: Path) -> Path:
    """Write little data into a new folder: a record or two of every kind, of which one has every field that it can.

    So a page shows all that a page of its kind can show. There is help in the countries of the languages, and for all.
    """
    data = copied(whole()[0])
    for word, known in zip(data["event_kinds"], ("meeting", "law"), strict=True):
        word["id"] = known
    data["practice_statuses"][1]["id"] = "ended"
    for event in data["events"]:
        event["kind"] = "meeting"
    for series in (series for figure in data["figures"] for series in figure["series"]):  # one bar alone is not drawn
        series["points"].append({**series["points"][0], "at": "Another point", "value": 2})
    for note in real_tree().data["notes"]:  # pages written by hand lead to them
        data["notes"].append({**data["notes"][0], "former_ids": [], "id": note["id"], "page": note["page"]})
    data["measures"][1]["id"] = "handling-rule"  # as a template calls it
    here, there = data["services"]
    everywhere = {**here, "id": "everywhere", "former_ids": [], "country": "int"}
    there["country"] = "ca"
    data["services"].append(everywhere)
    data["countries"] += [
        {"id": one, "label": f"Label of {one}", "meaning": f"Meaning of {one}"} for one in ("ca", "int")
    ]
    for number, situation in enumerate(data["situations"], start=1):
        (first,) = situation["first"]
        situation["number"] = number
        situation["first"] = [
            {**first, "country": one["country"], "services": [one["id"]]} for one in (here, there, everywhere)
        ]
    split(written(data)[0].decode(), folder)
    (folder / "principles.fr.yml").write_text("principles: {}\n", encoding="utf-8")
    done = called("format", PRINCIPLES_DATA=str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def build(folder: Path) -> None:
    """Make a checkout with all additions, its site in `site`, and in `said.json` what the check said of Welsh."""
    with tempfile.TemporaryDirectory() as aside:
        copy = with_signs(with_court_cases(folder, little_data(Path(aside) / "data")))
    for real, little in (("govuk-overview-2022", SOURCE), ("five-country-ministerial", BODY)):
        file = folder / "data" / "court_cases.yml"
        file.write_text(file.read_text(encoding="utf-8").replace(real, little), encoding="utf-8")
    said = with_welsh(copy)
    done = copy.run("mkdocs", "build", "--strict", "--site-dir", str(folder / "site"))
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stdout + done.stderr
    (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")
