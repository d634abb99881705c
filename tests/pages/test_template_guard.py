"""The engine that fills in pages refuses by itself what the check would."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.exceptions import SecurityError

from macros.pages import docs_pages, sitemap, template_guard
from tests.handwritten_pages import HEAD, SET, TEMPLATES, refused


def engine() -> template_guard.Guarded:
    """The engine of the pages, with a function that a test can see called."""
    plain = Environment(
        loader=DictLoader({"parts/help.md.j2": "help", "principle.md.j2": "principle"}),
        undefined=StrictUndefined,
        autoescape=True,
    )
    plain.globals["page_context"] = lambda address: {"address": address}
    plain.globals["listing"] = docs_pages.listing
    return template_guard.guarded(plain)


@pytest.mark.parametrize("attack", TEMPLATES, ids=lambda text: text[:60])
def test_the_engine_itself_refuses_what_the_check_would(
    attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Exception) as stopped:  # noqa: PT011  a syntax that is no template's is Jinja's own word
        engine().from_string(f"{SET}{attack}\n").render(config={"repo_url": "x"}, page={"meta": {"body": "x"}})
    assert isinstance(stopped.value, template_guard.Refused) or "TemplateSyntaxError" in type(stopped.value).__name__
    assert not list(tmp_path.iterdir())


def test_behind_the_list_stands_the_sandbox() -> None:
    """Were a name on the list that leads on, Jinja's sandbox would hold it."""
    fenced = engine()._fence()
    with pytest.raises(SecurityError):
        fenced.from_string("{{ ().__class__.__mro__ }}").render()
    with pytest.raises(SecurityError):
        fenced.from_string("{{ x.append(1) }}").render(x=[])


def test_the_line_of_generated_pages_passes_and_helps_no_other() -> None:
    text = engine().from_string(sitemap.BODY).render(page={"meta": {"address": "/", "body": "principle.md.j2"}})
    assert text.strip() == "principle"
    assert refused(HEAD + sitemap.BODY)


def test_listing_shows_named_files_alone() -> None:
    assert "server" in docs_pages.listing("hosting/nginx.conf")
    for name in ("/etc/hostname", "data/../SECURITY.md", "hosting/../hosting/nginx.conf", "mkdocs.yml", ""):
        with pytest.raises(ValueError, match="no other file"):
            docs_pages.listing(name)
