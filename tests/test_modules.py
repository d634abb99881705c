"""The size of modules: one that a newcomer reads in one sitting, about one thing."""

from __future__ import annotations

from tests.conftest import ROOT

LIMIT = 400
"""Lines of a module."""


def test_no_module_is_longer_than_the_limit() -> None:
    lengths = {
        file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8").count("\n")
        for file in (ROOT / "macros").rglob("*.py")
    }
    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > LIMIT} == {}
