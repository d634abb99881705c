"""Scripts of a built site are joined, and still run when they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.build.page_scripts import join

HELP = '<script src="{0}time-zones.js"></script>\n<script src="{0}help.js"></script>\n'
SITE = '<script src="{0}site.js" defer></script>\n'
WORDS = '<script src="{0}words.fr.js" defer></script>\n'
LONG = SITE + '<script src="{0}reading.js" defer></script>\n<script src="{0}filters.js" defer></script>\n'


def built(folder: Path, pages: dict[str, str]) -> Path:
    """Write a site of these pages, with every script that one may name; gives its folder."""
    for name in ("time-zones", "help", "site", "words.fr", "reading", "filters", "glance", "tables", "compare"):
        file = folder / f"assets/{name}.js"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{name}();\n", encoding="utf-8")
    for place, scripts in pages.items():
        (folder / place).mkdir(parents=True)
        root = "../" * (place.count("/") + 1)
        page = f"<head>\n{scripts.format(f'{root}assets/')}<title>a</title></head>"
        (folder / place / "index.html").write_text(page, encoding="utf-8")
    return folder


def scripts_of(site: Path, place: str) -> list[str]:
    page = (site / place / "index.html").read_text(encoding="utf-8")
    return [line for line in page.splitlines() if line.startswith("<script")]


@pytest.mark.parametrize(
    ("scripts", "wanted"),
    [
        (HELP + SITE, ['<script src="../assets/help.js"></script>']),
        (HELP + WORDS + SITE, ['<script src="../assets/help.fr.js"></script>']),
        (
            LONG,
            ['<script src="../assets/site.js" defer></script>', '<script src="../assets/filters.js" defer></script>'],
        ),
        (WORDS + SITE, [WORDS.format("../assets/").strip(), SITE.format("../assets/").strip()]),
    ],
)
def test_a_page_names_what_its_scripts_became(tmp_path: Path, scripts: str, wanted: list[str]) -> None:
    site = built(tmp_path, {"page": scripts})
    join(site)
    assert scripts_of(site, "page") == wanted


def test_what_waited_for_the_page_still_does(tmp_path: Path) -> None:
    site = built(tmp_path, {"help": HELP + SITE, "fr/aide": HELP + WORDS + SITE, "list": LONG})
    join(site)
    first, rest = (site / "assets/help.js").read_text(encoding="utf-8").split("addEventListener", 1)
    assert first == "time-zones();\nhelp();\n"
    assert rest == '("DOMContentLoaded",()=>{\nsite();\n});\n'
    french = (site / "assets/help.fr.js").read_text(encoding="utf-8")
    assert (
        french.index("help();")
        < french.index("DOMContentLoaded")
        < french.index("words.fr();")
        < french.index("site();")
    )
    assert (site / "assets/filters.js").read_text(encoding="utf-8") == "reading();\nfilters();\n"


def test_a_script_that_no_page_names_by_itself_goes(tmp_path: Path) -> None:
    site = built(tmp_path, {"help": HELP + SITE, "list": LONG})
    join(site)
    left = {file.stem for file in (site / "assets").iterdir()}
    assert left == {"help", "site", "filters", "words.fr"}
