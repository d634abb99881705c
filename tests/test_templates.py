"""The templates themselves: what they take from each other is used, and what stands in one place stands there alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from macros.checkout import TEMPLATES

ENGINE = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
EVERY = sorted(TEMPLATES.rglob("*.j2"))


@pytest.mark.parametrize("file", EVERY, ids=lambda file: file.relative_to(TEMPLATES).as_posix())
def test_a_template_uses_what_it_imports(file: Path) -> None:
    tree = ENGINE.parse(file.read_text(encoding="utf-8"))
    imported = {name for node in tree.find_all(nodes.FromImport) for name in node.names if isinstance(name, str)}
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert imported <= used


def test_the_markup_of_a_source_mark_stands_in_one_macro() -> None:
    holding = [file.name for file in EVERY if 'class="source-mark" href="#source-' in file.read_text(encoding="utf-8")]
    assert holding == ["blocks.md.j2"]
