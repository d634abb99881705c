"""The size of modules, and where their tests lie: a newcomer finds both by guessing."""

from __future__ import annotations

from tests.conftest import ROOT

LIMIT = 400
"""Lines of a module, which one reads in one sitting."""

WHOLE = {
    *("check_command", "contributing", "hostile_data", "hostile_fields", "html", "installing", "languages", "modules"),
    *("pdf", "proposed_pages", "site", "templates", "workflows"),
}
"""What tests beside the packages are about where they mirror no module: the whole site, or what surrounds the code."""

SEVERAL = {
    "any_file",
    "bounds",
    "buildable_values",
    "edit_links",
    "everything_at_once",
    "kinds",
    "nginx",
    "record_pages",
}
"""Names of tests within a package that are about several of its modules."""


def test_no_module_is_longer_than_the_limit() -> None:
    lengths = {
        file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8").count("\n")
        for file in (ROOT / "macros").rglob("*.py")
    }
    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > LIMIT} == {}


def test_tests_lie_where_their_modules_do() -> None:
    astray = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        folder = file.parent.relative_to(ROOT / "tests")
        name = file.stem.removeprefix("test_")
        if folder.parts[:1] == ("browser",) or name in (SEVERAL if folder.parts else WHOLE):
            continue
        if not (ROOT / "macros" / folder / f"{name}.py").is_file():
            astray.append(file.relative_to(ROOT).as_posix())
    assert astray == []
