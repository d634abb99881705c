"""One measured process: the same Markdown built by another generator, to see what leaving would buy.

`python -m benchmarks.others install FOLDER` makes an environment with both, from the package registry; after that
`python -m benchmarks.others NAME ENVIRONMENT FOLDER MARKDOWN` builds the Markdown that `benchmarks.build site` kept
with `zensical` or `hugo`, each as it comes: no exports, no check, no search of ours.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

NAMES = {"zensical": "zensical", "hugo": "hugo"}
"""The generators, and what the registry calls each."""

ZENSICAL = """\
site_name: Stock
site_url: https://stock.example/
theme: {name: material}
markdown_extensions: [attr_list, tables, toc]
"""

HUGO = """\
baseURL = "https://stock.example/"
title = "Stock"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
"""

LAYOUT = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav>{{ .TableOfContents }}</nav><main>{{ .Content }}</main></body></html>
"""
"""What a page is put into: Hugo brings no theme along."""


def install(folder: Path) -> None:
    """Make an environment with both generators; raises CalledProcessError where the registry does not give them."""
    venv.create(folder, with_pip=True)
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *NAMES.values()], check=True)


def version(environment: Path, name: str) -> str:
    """Give the version of a generator that was installed."""
    code = f"import importlib.metadata as m; print(m.version({NAMES[name]!r}))"
    return subprocess.run(
        [environment / "bin" / "python", "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


def zensical(program: Path, folder: Path, markdown: Path) -> None:
    """Build the Markdown with Zensical and the theme that comes with it."""
    here = folder.with_name("zensical-sources")
    shutil.copytree(markdown / "docs", here / "docs")
    (here / "mkdocs.yml").write_text(ZENSICAL, encoding="utf-8")
    subprocess.run([program, "build", "--clean", "--config-file", "mkdocs.yml"], cwd=here, check=True)


def hugo(program: Path, folder: Path, markdown: Path) -> None:
    """Build the Markdown with Hugo and the plainest of layouts."""
    here = folder.with_name("hugo-sources")
    for page in (markdown / "docs").rglob("*.md"):
        # Below `index.md` Hugo looks for no further pages, below `_index.md` it does.
        place = here / "content" / page.relative_to(markdown / "docs").with_name("_index.md")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, place)
    for name in ("index", "_default/list", "_default/single"):
        layout = here / "layouts" / f"{name}.html"
        layout.parent.mkdir(parents=True, exist_ok=True)
        layout.write_text(LAYOUT, encoding="utf-8")
    (here / "hugo.toml").write_text(HUGO, encoding="utf-8")
    subprocess.run([program, "--quiet", "--destination", folder], cwd=here, check=True)


def main(arguments: Iterable[str]) -> None:
    """Do what the command line names."""
    name, *places = arguments
    environment, *rest = map(Path, places)
    if name == "install":
        install(environment)
    elif name == "version":
        for one in NAMES:
            print(one, version(environment, one))
    else:
        folder, markdown = rest
        {"zensical": zensical, "hugo": hugo}[name](environment / "bin" / name, folder.resolve(), markdown)


if __name__ == "__main__":
    main(sys.argv[1:])
