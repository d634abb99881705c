"""A site's style sheets divided by kind of page, in a small site."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.build import page_sheets, stylesheets

LINKS = (
    f'<link rel="stylesheet" href="{{root}}{stylesheets.MATERIAL}">\n'
    f'  <link rel="stylesheet" href="{{root}}{stylesheets.OURS[0]}">'
)
FRAME = f'<html><head>{LINKS}<script src="{{root}}assets/own.js"></script></head>\n  <body>{{body}}</body></html>'
KINDS = {"/one/": "record", "/two/": "record"}
BODIES = {"": '<p class="home">Home', "one/": '<p class="record">One', "two/": '<ul class="more"><li>Two'}


def write(folder: Path, bodies: dict[str, str]) -> Path:
    """Write a site before its sheets are divided."""
    (folder / "assets").mkdir(parents=True)
    (folder / stylesheets.MATERIAL).write_text(".home{top:0}.record{top:1px}.gone{top:2px}", encoding="utf-8")
    (folder / stylesheets.OURS[0]).write_text("ul.more { top: 3px }\n.made { top: 4px }", encoding="utf-8")
    (folder / "assets" / "own.js").write_text('import("assets/other.js");', encoding="utf-8")
    (folder / "assets" / "other.js").write_text('p.classList.add("made");', encoding="utf-8")
    for place, body in bodies.items():
        (folder / place).mkdir(exist_ok=True)
        page = FRAME.format(root="../" if place else "", body=body)
        (folder / place / "index.html").write_text(page, encoding="utf-8")
    (folder / "card.html").write_text("<html>  \n  <p>A card</html>", encoding="utf-8")
    return folder


def sheets(folder: Path, cache: dict[str, bytes]) -> dict[str, str]:
    """Divide the sheets of a site, and give them by their names."""
    page_sheets.divide(folder, KINDS, ("search-data",), cache)
    return {file.name: file.read_text(encoding="utf-8") for file in (folder / page_sheets.KINDS).iterdir()}


def test_each_kind_of_page_gets_what_its_pages_and_their_scripts_use(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", BODIES)
    assert sheets(folder, {}) == {
        "home.css": ".home{top:0}.made{top:4px}",
        "record.css": ".record{top:1px}ul.more{top:3px}.made{top:4px}",
    }
    for place, sheet in {"": "assets/kinds/home.css", "two/": "../assets/kinds/record.css"}.items():
        page = (folder / place / "index.html").read_text(encoding="utf-8")
        assert page.count('rel="stylesheet"') == 1
        assert f'<link rel="stylesheet" href="{sheet}"><script' in page
        assert "\n<body>" in page
    assert (folder / "card.html").read_text(encoding="utf-8") == "<html>  \n  <p>A card</html>"
    assert not (folder / stylesheets.MATERIAL).exists()
    assert not (folder / stylesheets.OURS[0]).exists()


@pytest.mark.parametrize(
    ("body", "is_other"),
    [
        ('<p class="record" title="A title">Three words more <a href="/three/">', False),
        ('<p class="record"><b class="gone">', True),
    ],
)
def test_sheets_are_kept_until_what_they_depend_on_changes(tmp_path: Path, body: str, is_other: bool) -> None:
    cache: dict[str, bytes] = {}
    before = sheets(write(tmp_path / "before", {**BODIES, "one/": '<p class="record"><a href="/">One</a>'}), cache)
    made = set(cache)
    after = sheets(write(tmp_path / "after", {**BODIES, "one/": body}), cache)
    assert (after != before) == is_other
    assert (set(cache) != made) == is_other
