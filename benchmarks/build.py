"""One build of many times the data, in a process of its own: `python -m benchmarks.build DATA SITE [MARKDOWN]`.

The official counts and the size limit hold for the real file; here they are lifted. With MARKDOWN, the rendered
Markdown of every page is kept in that folder, for a stock build of the same text.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import mkdocs.plugins
from mkdocs.commands.build import build
from mkdocs.config import load_config

from benchmarks import ROOT
from macros import model, reading


def main(data: str, site: str, markdown: str | None = None) -> None:
    """Build the site of a data file."""
    os.environ["PRINCIPLES_DATA"] = data
    os.chdir(ROOT)
    lift(data)
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=site)
    if markdown:
        config.plugins["keep"] = _Keep(Path(markdown))
    build(config)


def lift(data: str) -> None:
    """Lift the counts and the limit for a file whose name ends with how many times the data it holds."""
    times = int(Path(data).stem.rpartition("-")[2])
    model.PRINCIPLE_COUNT *= times
    model.CATEGORY_COUNT *= times
    reading.read_file.__defaults__ = (None, 1 << 40)


class _Keep(mkdocs.plugins.BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Writes each page's Markdown as it is before it becomes HTML."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @mkdocs.plugins.event_priority(-100)
    def on_page_markdown(self, markdown: str, /, **known: Any) -> None:
        """Keep one page."""
        file = self.folder / known["page"].file.src_uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(markdown, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
