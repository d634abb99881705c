"""Renews the catalogs of texts: `python -m macros texts`.

Texts are collected by Babel where they stand: in templates (`{% trans %}`, `_("…")`, the comment at their top), in the
theme (`say("…")`, `tell("…")`) and in scripts (`say("…")`), in Python (`say(language, "…")`, `marked("…")`), in the
rows of kinds what search calls their records, in mkdocs.yml what pages say of it, and in the files of what teachers
hand out every text (`macros/exports/teaching/wordings.py`). A text that is new gets an empty entry, or the translation
of one that was much the same, marked fuzzy. What is translated stays; what is said nowhere any more goes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from macros.checkout import ROOT, TEMPLATES, shown
from macros.data.collections import SEARCH, SHOWN
from macros.data.kinds import COLLECTIONS
from macros.data.languages import LANGUAGES
from macros.exports.teaching import wordings
from macros.generators import zensical
from macros.pages import site_check, sitemap, ui_strings

__all__ = ["renew", "renewed"]

HEAD = """# {name}: the texts of templates, theme and scripts. How to translate: docs/contribute/index.md#languages
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
"""The head of a catalog: no day and no names, so that it changes when a text does."""

SETTINGS = ("site_name", "copyright")
"""What pages say of mkdocs.yml in every language."""

THEME: Mapping[str, Any] = {"say": None, "tell": None}
"""What the theme calls to say a text."""

WIDTH = 120
_WORDS = re.compile(r"[^\W\d_]")
_FIELD = re.compile(r"\{\w+\}")
_SHARED = re.compile(r"parts/courtesy|\bctx\.whole\b")
"""What stands in a template of pages or cards that are there in several languages."""

_OPTIONS = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}

Message = tuple[str | tuple[str, ...], str]
"""A text, or its singular and plural, and the file that says it."""


def renew() -> Iterator[str]:
    """Write the catalog of every second language anew; yields a line on each. Raises ValueError where one is broken."""
    for language in LANGUAGES:
        file = ui_strings.catalog_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(renewed(language))
        ui_strings.texts.cache_clear()
        missing = len(ui_strings.texts(language).missing)
        yield f"wrote {shown(file)}: {missing} texts to translate"


def renewed(language: str) -> bytes:
    """Give the catalog of a language as it is to be. Raises ValueError where the one there is cannot be read."""
    file = ui_strings.catalog_file(language)
    wrong = list(ui_strings.faults(language)) if file.exists() else []
    if wrong:
        raise ValueError("\n".join(site_check.said(ui_strings.named(language), wrong)))
    template = Catalog(locale=language, fuzzy=False)
    for text, place in _messages():
        template.add(text, locations=[(place, 0)])
    with io.BytesIO(file.read_bytes() if file.exists() else b"") as old:
        catalog = read_po(old, locale=language, ignore_obsolete=True)
    catalog.update(template, update_creation_date=False)
    written = io.BytesIO()
    write_po(written, catalog, width=WIDTH, omit_header=True, ignore_obsolete=True, include_lineno=False)
    rule = get_plural(language).plural_forms
    head = HEAD.format(name=LANGUAGES[language].name, code=language, plural=rule)
    return head.encode() + written.getvalue().lstrip()


def _messages() -> Iterator[Message]:
    """Yield every text that another language can have, file by file in the order of their names."""
    settings = zensical.read_settings(ROOT / zensical.SETTINGS)
    for name in SETTINGS:
        yield settings[name], zensical.SETTINGS
    for file in sorted(TEMPLATES.rglob("*.j2")):
        for text in _heads(file):
            yield text, shown(file)
        yield from _extracted("jinja2.ext:babel_extract", file, {"_": None, "gettext": None, "ngettext": (1, 2)})
    for file in sorted((ROOT / "theme").rglob("*.html")):
        yield from _extracted("jinja2.ext:babel_extract", file, THEME)
    for file in sorted((ROOT / "docs" / "assets").glob("*.js")):
        yield from _extracted("javascript", file, {"say": None})
    for name in wordings.TRANSLATED:
        for text in wordings.texts(name):
            if _FIELD.sub("", text).strip():
                yield text, shown(TEMPLATES / name)
    for name, row in SEARCH.items():
        if name in SHOWN:
            yield row.kind, f"{COLLECTIONS[name].__module__.replace('.', '/')}.py"
    data = ROOT / "macros" / "data"  # what it says is for editors; their messages are in English
    for file in sorted(file for file in (ROOT / "macros").rglob("*.py") if data not in file.parents):
        yield from _extracted("python", file, {"say": (2,), "marked": (1,)})


def _heads(file: Path) -> Iterator[str]:
    """Yield the texts of the comment at the top of a template that hold words, where other languages use it too."""
    if file.parent != TEMPLATES or not _SHARED.search(file.read_text(encoding="utf-8")):
        return
    for name, text in sitemap.head(file.name).items():
        if name not in sitemap.NOT_TEXTS and _WORDS.search(_FIELD.sub("", text)):
            yield text


def _extracted(method: str, file: Path, keywords: Mapping[str, Any]) -> Iterator[Message]:
    return _said(method, file.read_bytes(), shown(file), keywords)


def _said(method: str, source: bytes, name: str, keywords: Mapping[str, Any]) -> Iterator[Message]:
    for _, text, _, _ in extract(method, io.BytesIO(source), keywords, (), _OPTIONS):
        if text:
            yield text, name
