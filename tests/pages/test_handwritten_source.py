"""What is written so that GitHub shows a page well: the site takes it as it is meant, line by line."""

from __future__ import annotations

import pytest

from macros.pages.handwritten import faults
from macros.pages.handwritten_source import as_on_site

NAME = "docs/some/where/index.md"
REPOSITORY = "https://github.com/voluntary-principles/voluntary-principles"
SITE = "https://voluntary-principles.example"


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("<!-- {% set a = 1 %} -->", "{% set a = 1 %}"),
        ("<p><!-- {{ a }} --></p>", "<p>{{ a }}</p>"),
        ("<!-- {% if a %}\nb {{ c }}\n{% endif %} -->d\ne<!-- end -->f", "{% if a %}\nb {{ c }}\n{% endif %}\nf"),
        ("<!-- {{ a }} -->b <!-- {{ c }} -->d<!-- end -->", "{{ a }}b {{ c }}"),
        ('## <a id="an-id"></a>Some words', "## Some words {: #an-id }"),
        (
            f"[a form]({REPOSITORY}/issues/new/choose).",
            '[a form]({{ config.repo_url }}/issues/new/choose){: rel="noopener noreferrer" }.',
        ),
        (f"[help]({SITE}/help/)", "[help](../../help/index.md)"),
        (f"[a part]({SITE}/about/the-text/#a-part)", "[a part](../../about/the-text/index.md#a-part)"),
    ],
)
def test_what_github_hides_is_taken_by_the_site(written: str, taken: str) -> None:
    assert as_on_site(written, NAME) == taken
    assert written.count("\n") == taken.count("\n"), "messages name lines"


@pytest.mark.parametrize(
    "text", ["<!-- a remark -->", "<!-- end -->", '<a id="a"></a>words', f"[a]({SITE}.evil.example/help/)", "[a](b.md)"]
)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert as_on_site(text, NAME) == text


def test_what_stands_in_a_remark_is_held_to_the_same_rules() -> None:
    head = "---\ntitle: A page\ndescription: What it is about.\n---\n\n"
    for text, said in {
        "<!-- {{ config.secret }} -->": "settings",
        "<!-- {% raw %} -->": "template",
        "<!-- a remark -->": "a tag is written as",
    }.items():
        found = list(faults(NAME, f"{head}words\n{text}\n".encode()))
        assert [(fault.position.line, said in fault.message) for fault in found] == [(7, True)], (text, found)
