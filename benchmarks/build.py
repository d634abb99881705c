"""One measured process: a build of the site from multiplied data, or of the same Markdown by Material as it comes.

`python -m benchmarks.build site FOLDER MARKDOWN TIMES` builds the site, from the data that PRINCIPLES_DATA names as
everywhere, and keeps each page's Markdown; `python -m benchmarks.build stock FOLDER MARKDOWN` builds that Markdown.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from benchmarks.check import lift
from macros.checkout import ROOT, data_path
from macros.data import kinds
from macros.exports.teaching import lesson_layout, lesson_slides
from macros.formats import typst_renderer

KINDS = "kinds.json"
"""Beside the Markdown: the kind of each page, by its address."""

STOCK = """\
site_name: Stock
site_url: https://stock.example/
theme: {name: material}
plugins: [search]
markdown_extensions: [attr_list, tables, toc]
"""
"""What a maintainer would start with; the same extensions of Markdown, so that the same text means the same."""


class Collect(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Keeps each page's Markdown as it stands when every plugin is done with it, and of what kind the page is."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.kinds: dict[str, str] = {}

    @event_priority(-100)
    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Write the page where a stock build reads it."""
        file = self.folder / "docs" / page.file.src_uri
        file.parent.mkdir(parents=True, exist_ok=True)
        head = {"title": page.title, "description": page.meta.get("description", "")}
        lines = (f"{name}: {json.dumps(value)}\n" for name, value in head.items())
        file.write_text(f"---\n{''.join(lines)}---\n{markdown}", encoding="utf-8")
        self.kinds[page.url] = str(page.meta.get("body", "by hand")).removesuffix(".md.j2")

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the list of kinds."""
        (self.folder / KINDS).write_text(json.dumps(self.kinds), encoding="utf-8")


def site(folder: Path, markdown: Path, times: int) -> None:
    """Build the site strictly, as `make site` does."""
    categories = kinds.CATEGORY_COUNT
    lift(times, data_path())
    _share_marks(categories, times)
    _build(ROOT / "mkdocs.yml", folder, Collect(markdown))


def _share_marks(categories: int, times: int) -> None:
    """Let a copied category have on paper and cards the mark of the one that it copies: there are marks for seven."""
    compiler = typst_renderer._compiler

    def shared(data: Any) -> Any:
        if isinstance(data, list):
            return [shared(item) for item in data]
        if not isinstance(data, dict):
            return data
        found = {name: shared(value) for name, value in data.items()}
        match found:
            case {"category": int(number)}:
                found["category"] = (number - 1) % categories + 1
            case {"category": {"number": int(number)}}:
                found["category"]["number"] = (number - 1) % categories + 1
        for name in {"ground", "colour"} & found.keys():  # on slides
            if str(found[name]).isdigit():
                found[name] = str((int(found[name]) - 1) % categories + 1)
        return found

    def with_shared(template: str, data: str) -> Any:
        return compiler(template, json.dumps(shared(json.loads(data))))

    typst_renderer._compiler = with_shared
    lesson_layout.MARKS *= times  # type: ignore[attr-defined]
    worded = lesson_slides.wording  # type: ignore[attr-defined]

    def with_more_shapes(name: str, language: str) -> Any:
        words = worded(name, language)
        return {**words, "shapes": words["shapes"] * times} if "shapes" in words else words

    lesson_slides.wording = with_more_shapes  # type: ignore[attr-defined,assignment]


def stock(folder: Path, markdown: Path) -> None:
    """Build the same Markdown with Material as it comes."""
    settings = markdown / "mkdocs.yml"
    settings.write_text(STOCK, encoding="utf-8")
    _build(settings, folder)


def _build(settings: Path, folder: Path, *more: Collect) -> None:
    config = load_config(str(settings), site_dir=str(folder))
    for plugin in more:
        config.plugins["benchmark"] = plugin
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def main(arguments: Iterable[str]) -> None:
    """Build what the command line names."""
    name, folder, markdown, *times = arguments
    if name == "site":
        site(Path(folder), Path(markdown), *map(int, times))
    else:
        stock(Path(folder), Path(markdown))


if __name__ == "__main__":
    main(sys.argv[1:])
