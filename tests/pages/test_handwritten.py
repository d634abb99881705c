"""A page in docs/ is a proposal of a stranger: it may show facts, and nothing in it may run, reach out or deceive.

The check says so with the place; nothing is filled in before; and what became of a page is looked at once more.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.exceptions import SecurityError
from markdown import markdown

from macros.data.catalogue import Catalogue
from macros.pages import docs_pages, handwritten, markup, site_check, sitemap, template_guard
from tests.conftest import ROOT
from tests.samples import invented, small_data

Done = subprocess.CompletedProcess[str]

NAME = "docs/about/index.md"
HEAD = "---\ntitle: A title\ndescription: A description\n---\n"
SET = '{% set ctx = page_context("/about/") %}\n'
CANARY = "canary-of-the-tests"

TEMPLATES = (
    # programs and files
    '{{ cycler.__init__.__globals__.os.popen("touch ' + CANARY + '").read() }}',
    "{{ lipsum.__globals__ }}",
    "{{ lipsum() }}",
    "{{ namespace() }}",
    "{{ joiner() }}",
    "{{ self }}",
    "{{ self.__init__.__globals__ }}",
    "{{ config }}",
    "{{ config.theme.get_env() }}",
    "{{ config.plugins }}",
    "{{ config.repo_url.__class__ }}",
    '{{ config["repo_url"] }}',
    '{{ listing("/etc/hostname") }}',
    '{{ listing("../secret") }}',
    '{{ listing("hosting/../../x") }}',
    "{{ listing(ctx.address) }}",
    '{{ listing(name="hosting/nginx.conf") }}',
    "{{ listing }}",
    "{{ page.meta }}",
    "{{ files }} {{ navigation }} {{ environment }} {{ macros }} {{ plugin }}",
    "{{ fix_url('x') }}",
    "{{ macros_info() }}",
    "{{ ctx.__class__.__mro__ }}",
    "{{ ctx._numbers }}",
    "{{ ctx.catalogue.get.__globals__ }}",
    "{{ loop.__class__ }}",
    "{{ ().__class__ }}",
    "{{ ctx }}{{ cycler }}",
    # patterns, subscripts, filters and tests
    '{{ "{0.__class__}".format(ctx) }}',
    "{{ config.repo_url.format(ctx) }}",
    '{{ "%s" % ctx }}',
    '{{ _("%(x)s", x=ctx) }}',
    "{{ gettext(ctx.address) }}",
    "{% trans %}Sources{% endtrans %}",
    "{% trans x=ctx %}{{ x }}{% endtrans %}",
    '{{ ctx["__class__"] }}',
    '{{ ctx["_" ~ "_class__"] }}',
    "{{ ctx.catalogue.terms[0] }}",
    "{{ ctx.catalogue.terms.0 }}",
    '{{ ctx | attr("__class__") }}',
    '{{ ctx.catalogue.terms | map(attribute="__class__") | first }}',
    '{{ ctx.catalogue.terms | sort(attribute="__class__") | first }}',
    '{{ ctx.catalogue.terms | groupby("__class__") }}',
    '{{ ctx.catalogue.terms | join(", ", "__class__") }}',
    '{{ ctx.catalogue.terms | join(", ", attribute="__class__") }}',
    "{{ ctx.catalogue.terms | join(ctx.address) }}",
    "{{ ctx.catalogue.document.terms | safe }}",
    "{{ ctx | string }}",
    "{{ ctx | tojson }}",
    "{% if ctx is callable %}x{% endif %}",
    # what makes other names, or other templates
    "{% set x = cycler %}",
    "{% set x = ctx %}{{ x }}",
    "{% set ctx = cycler %}",
    '{% set ctx = page_context("/help/") %}',
    "{% set ctx = page_context(config.site_url) %}",
    "{% set page_context = listing %}",
    "{% set x %}a{% endset %}",
    "{% set ns = namespace(a=ctx) %}",
    '{% extends "principle.md.j2" %}',
    '{% include "principle.md.j2" %}',
    '{% include "parts/../principle.md.j2" %}',
    '{% include "/etc/passwd" %}',
    "{% include ctx.address %}",
    '{% include ["parts/help.md.j2"] %}',
    '{% import "parts/blocks.md.j2" as b %}',
    '{% from "parts/blocks.md.j2" import shape as listing %}',
    '{% from "parts/blocks.md.j2" import nothing_there %}',
    '{% from "parts/blocks.md.j2" import shape %}{{ shape.__globals__ }}',
    '{% from "parts/blocks.md.j2" import shape %}{{ shape }}',
    "{% macro f() %}x{% endmacro %}",
    "{% call ctx() %}x{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% block a %}x{% endblock %}",
    "{% with a = ctx %}x{% endwith %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% for listing in ctx.catalogue.terms %}{{ listing('x') }}{% endfor %}",
    "{% for ctx in ctx.catalogue.terms %}x{% endfor %}",
    "{% for shape in ctx.catalogue.terms %}{{ shape() }}{% endfor %}",
    "{% for a in ctx.catalogue.terms recursive %}x{% endfor %}",
    "{% for a in ctx.catalogue.terms %}{{ loop.cycle(a) }}{% endfor %}",
    "{% if cycler.__init__ %}x{% endif %}",
    "{% for a in ctx.catalogue.terms if cycler %}x{% endfor %}",
    # what has no end
    "{{ range(999999999) }}",
    '{{ "x" * 999999999 }}',
    "{{ 9 ** 999999999 }}",
    "{% for a in ctx.catalogue.sources %}{% for b in ctx.catalogue.sources %}"
    "{% for c in ctx.catalogue.sources %}x{% endfor %}{% endfor %}{% endfor %}",
    "{{ " + "(" * 500 + "ctx" + ")" * 500 + " }}",
    "{{ ctx" + ".a" * 400 + " }}",
    # what is more than a value
    '{{ "a text" }}',
    "{{ 7*7 }}",
    '{{ "a" ~ "b" }}',
    "{{ ctx if ctx else ctx }}",
    "{{ [ctx] }}",
    '{{ {"a": ctx} }}',
    # what cannot be filled in
    "{{ ctx.nothing_there }}",
    "{{ ctx.catalogue.nothing_there }}",
    "{{ ctx.catalogue.document.nothing_there }}",
    "{{ ctx.catalogue.document.model_dump() }}",
    '{{ ctx.to("javascript:alert(1)") }}',
    "{{ ctx.to(ctx.address) }}",
    '{{ ctx.link("nothing_there", ctx) }}',
    '{{ ctx.catalogue.get("nothing_there", "x") }}',
    '{{ ctx.catalogue.get("events", ctx.address) }}',
    "{{ ctx.catalogue.get(*ctx.address) }}",
    "{{",
    "{% if %}",
    "{% do ctx %}",
    "{% raw %}",
    "{# a remark",
)
"""Each would run, read, show or fill in what a page must not."""

MARKUP = (
    "<script>alert(1)</script>",
    "<ScRiPt src=x></ScRiPt>",
    '<p onclick="alert(1)">a</p>',
    "<p OnMouseOver='alert(1)'>a</p>",
    "<p/onclick=alert(1)>a</p>",
    '<p\nonclick="alert(1)">a</p>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="JaVaScRiPt:alert(1)">a</a>',
    '<a href="java&#115;cript:alert(1)">a</a>',
    '<a href="java&Tab;script:alert(1)">a</a>',
    '<a href="&#x6A;avascript&colon;alert(1)">a</a>',
    '<a href=" javascript:alert(1)">a</a>',
    '<a href="java\nscript:alert(1)">a</a>',
    '<a href="vbscript:x">a</a>',
    '<a href="data:text/html,x">a</a>',
    '<a href="//evil.example/">a</a>',
    '<a href="\\\\evil.example/">a</a>',
    '<a href="https://user:word@evil.example/">a</a>',
    '<a href="https://evil.example:99999999/">a</a>',
    "[a](javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](java&#115;cript:alert(1))",
    "[a](JAVASCRIPT:alert(1) 'title')",
    "[a](data:text/html,x)",
    "[a](//evil.example/)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "[b]\n\n[b]:\n  javascript:alert(1)",
    "<javascript:alert(1)>",
    "![a](https://evil.example/x.png)",
    "![a](//evil.example/x.png)",
    "![a][b]\n\n[b]: https://evil.example/x.png",
    "[![a](https://evil.example/x.png)](../help/index.md)",
    '<img src="https://evil.example/x.png">',
    '<img src="x.png" onerror="alert(1)">',
    '<img src="x.png" srcset="https://evil.example/x.png 2x">',
    '<iframe src="../help/"></iframe>',
    '<object data="x"></object>',
    '<embed src="x">',
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0; url=https://evil.example/">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<form action="https://evil.example/"><input name="a"><button>b</button></form>',
    '<p style="position: fixed">a</p>',
    "<style>p { color: red }</style>",
    "<svg><script>alert(1)</script></svg>",
    '<svg onload="alert(1)"></svg>',
    "<math><mi>a</mi></math>",
    "<video src='https://evil.example/x'></video>",
    "<template><p>a</p></template>",
    "<noscript>a</noscript>",
    "<textarea>a</textarea>",
    "<title>a</title>",
    '<body onload="alert(1)">',
    "<!-- a remark -->",
    "<![CDATA[ a ]]>",
    "<?php a ?>",
    "<!DOCTYPE html>",
    '<p data-exit="a">a</p>',
    '<p data-filter="a">a</p>',
    "# A part {: onclick=alert(1) }",
    "# A part { onclick=alert(1) }",
    "a\n{: style='color: red' }",
    "*a*{: onclick=alert(1) }",
    "[a](../help/index.md){: href=javascript:alert(1) }",
    "![a](x.png){: srcset=x }",
    "[a](../help/index.md){: ping=https://evil.example/ }",
    "| a | b |\n| --- | ---: |\n| 1 | 2 |\n\n<p style='x'>a</p>",
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    "<scr{# #}ipt>alert(1)</script>",
    "<{# #}script>alert(1)</script>",
    "<{% if ctx %}script{% endif %}>alert(1)</script>",
    '<p {% if ctx %}onclick{% endif %}="alert(1)">a</p>',
    "<\n{%- if ctx -%}\nscript>alert(1)</script>{%- endif -%}",
    '<a href="java{# #}script:alert(1)">a</a>',
    '<a href="{% if ctx %}javascript:alert(1){% endif %}">a</a>',
    "<div>" * 70,
)
"""Each would run, load, send or hide what a page must not, were it only Markdown."""

DECEIT = (
    "a\u202eb",
    "a\u200bb",
    "a\u2800b",
    "a\U0001bca0b",
    "a\U00013430b",
    "a\u200db",
    "p\u0430ypal",
    "a\tb",
    "a\rb",
    "a\x00b",
    "x" * 3000,
)

HEADS = (
    "",
    "title: A title\ndescription: A description\n\n",
    "---\ntitle: A title\n---\n",
    "---\ntitle: A title\ndescription: A description\n...\n",
    "---\ntitle: A title\ndescription: A description\n--- \n",
    "---\ntitle: A title\n---- x: y\ndescription: A description\n---\n",
    "---\ntitle: '{{ 7*7 }}'\ndescription: A description\n---\n",
    "---\ntitle: '{% raw %}'\ndescription: A description\n---\n",
    "---\ntitle: '</title><script>alert(1)</script>'\ndescription: A description\n---\n",
    "---\ntitle: A title\ndescription: '0; url=https://evil.example/\" http-equiv=\"refresh'\n---\n",
    "---\ntitle: A title\ndescription: A description\ntemplate: other.html\n---\n",
    "---\ntitle: A title\ndescription: A description\nbody: principle.md.j2\n---\n",
    "---\ntitle: A title\ndescription: A description\nrender_macros: false\n---\n",
    "---\ntitle: A title\ndescription: A description\npage_context: x\n---\n",
    "---\ntitle: A title\ndescription: A description\nhide: [content]\n---\n",
    "---\ntitle: A title\ndescription: A description\naliases: ['<b>']\n---\n",
    "---\ntitle: A title\ndescription: A description\naliases: {a: b}\n---\n",
    "---\ntitle: [A title]\ndescription: A description\n---\n",
    "---\ntitle: &a A title\ndescription: *a\n---\n",
    "---\ntitle: !!python/object:os.system x\ndescription: A description\n---\n",
    "---\ntitle: A title\ntitle: Another\ndescription: A description\n---\n",
    "---\n- a\n---\n",
    "---\n---\n",
    "\ufeff" + HEAD,
)


def refused(text: str, catalogue: Catalogue | None = None) -> list[str]:
    """Hold a page against what pages may do; give the lines."""
    found = list(handwritten.faults(NAME, text.encode("utf-8", "surrogatepass"), catalogue))
    lines = text.split("\n")
    for fault in found:
        assert 1 <= fault.position.line <= len(lines), fault
        assert 1 <= fault.position.column <= len(lines[fault.position.line - 1]) + 1, fault
    return list(site_check.said(NAME, found)) if found else []


def test_the_pages_that_are_there_pass(catalogue: Catalogue) -> None:
    assert handwritten.refused(catalogue) == []


@pytest.mark.parametrize("attack", TEMPLATES, ids=lambda text: text[:60])
def test_a_template_does_nothing_but_show_facts(attack: str) -> None:
    lines = refused(HEAD + SET + "A text.\n\n" + attack + "\n")
    assert lines
    assert re.match(rf"{NAME}:[0-9]+:[0-9]+: error: ", lines[0])
    assert "Traceback" not in "\n".join(lines)


def test_a_message_says_where_and_what_would_be_right() -> None:
    page = HEAD + SET + "\nFirst {{ ctx.address }} and {{ ctx.catalogue.terms | safe }}.\n"
    assert refused(page) == [
        f"{NAME}:7:54: error: the filter 'safe' is not used in pages; there are first, join, last, length",
        f"1 fault in {NAME}",
    ]
    page = HEAD + '\nA <a href="x" onclick="y">link</a>.\n'
    assert refused(page)[0] == f"{NAME}:6:15: error: the attribute onclick is not used in pages; delete it"


@pytest.mark.parametrize("attack", MARKUP, ids=lambda text: text[:60])
def test_markup_runs_loads_and_sends_nothing(attack: str) -> None:
    assert refused(HEAD + SET + "\nA text.\n\n" + attack + "\n\nMore text.\n")


@pytest.mark.parametrize("attack", DECEIT, ids=ascii)
def test_signs_that_nobody_sees_or_takes_for_others_are_refused(attack: str) -> None:
    assert refused(f"{HEAD}\nA text {attack} here.\n")
    assert refused(HEAD.replace("A title", f"A {attack}") + "\nA text.\n")


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> theirs", "||||||| base"])
def test_marks_of_two_versions_are_refused_at_their_line(mark: str) -> None:
    page = f"{HEAD}\nA text.\n{mark}\nMore text.\n"
    found = list(handwritten.faults("docs/about/index.md", page.encode()))
    assert [page.split("\n")[fault.position.line - 1] for fault in found] == [mark]
    assert "git left this mark" in found[0].message


@pytest.mark.parametrize("head", HEADS, ids=repr)
def test_the_head_of_a_page_is_text_and_known_words(head: str) -> None:
    assert refused(head + "\nA text.\n")


@pytest.mark.parametrize(
    "text",
    [
        "1 < 2 and a > b, a & b, {a: b} and $x$.",
        "<https://example.org/a> and [a](../help/index.md#x) and [b](https://example.org/a_(b)).",
        "# A part {: #part .quiet }",
        '{% for term in ctx.catalogue.terms %}{% if loop.first or term.say == "x" %}{{ term.term }}{% endif %}'
        "{% endfor %}",
        '{{ ctx.catalogue.changes | length }} {{ ctx.to("/help/") }} {{ config.site_url }} {{ ctx.count("terms") }}',
        '{% from "parts/blocks.md.j2" import shape %}{% for one in ctx.catalogue.categories %}{{ shape(one) }}'
        "{% endfor %}",
        '<p class="a" id="b" lang="fr">à</p>\n<ol start="3"><li value="4">a</li></ol>',
        "![A picture](../assets/logo.png)",
        "{% raw %}{{ shown as ctx is }}{% endraw %}",
    ],
)
def test_what_pages_need_is_there(text: str) -> None:
    assert refused(f"{HEAD}{SET}\n{text}\n") == []


def test_whatever_the_bytes_are_there_is_a_line_and_no_traceback() -> None:
    for data in (
        b"",
        b"\xff",
        b"---\n",
        b"\x00" * 100,
        b"a" * 200_000,
        HEAD.encode() + b"\xc3",
        b"---\ntitle: \xff\n---\n",
    ):
        assert list(handwritten.faults(NAME, data))


@invented(150)
@given(st.text(st.sampled_from("{}%#()[]<>!/\"'=:.|&;*`-_ \nabit\u0430"), max_size=300))
def test_no_page_ends_the_check(text: str) -> None:
    refused(HEAD + SET + text)


def test_a_record_that_a_page_shows_must_be_there(catalogue: Catalogue) -> None:
    page = HEAD + SET + 'On {{ ctx.catalogue.get("events", "2020-03-05-launch").date }}.\n'
    assert refused(page, catalogue) == []
    (line, _) = refused(page.replace("launch", "lunch"), catalogue)
    assert line == (
        f"{NAME}:6:35: error: this page shows '2020-03-05-lunch' of events, which is not there; "
        "name another, or keep the record"
    )


UNITS = (
    "{{ ",
    "{{ ctx.address }} ",
    "{% if ctx %}",
    "{# x #}",
    "<a ",
    "](",
    "![",
    "{: a=",
    "[a]: b\n",
    "<p>\n",
    "a\u0430 ",
)


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_the_work_on_a_page_grows_with_its_length_and_no_faster(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted as lines of our own code that run, not as time."""
    counts = []
    for size in (10_000, 40_000):
        body = HEAD + SET + "\n".join([unit * (1000 // len(unit.encode()))] * (size // 1000))
        count = 0

        def traced(frame: object, event: str, argument: object) -> object:
            nonlocal count
            count += 1
            return traced

        before = sys.gettrace()
        sys.settrace(traced)  # type: ignore[arg-type]
        try:
            found = list(itertools.islice(handwritten.faults(NAME, body.encode()), 50_000))
        finally:
            sys.settrace(before)
        counts.append(count)
        assert len(list(site_check.said(NAME, found))) <= site_check.IN_FULL + 2
    assert counts[1] < 6 * counts[0] + 10_000


# --- what comes out --------------------------------------------------------------------------------------------------


def html_of(text: str) -> str:
    """Make HTML of Markdown as the build does; pages name their extensions in mkdocs.yml, MkDocs adds two."""
    return markdown(text, extensions=["attr_list", "tables", "toc", "fenced_code"])


def acts(html: str) -> list[str]:
    """Give what in some HTML would act, as another reader of HTML sees it."""
    soup = BeautifulSoup(html, "lxml")
    found = [tag.name for tag in soup.find_all(["script", "iframe", "object", "embed", "base", "meta", "link", "form"])]
    found += [tag.name for tag in soup.find_all(["svg", "math", "style", "video", "template", "input", "button"])]
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if name.startswith("on") or name in ("style", "srcset", "action", "ping", "data"):
                found.append(name)
            if name in ("href", "src") and re.match(r"[\x00-\x20]*(?!https?:|mailto:|tel:|sms:)\w+:", str(value)):
                found.append(str(value))
            if name == "src" and "//" in str(value):
                found.append(str(value))
    return found


def test_mkdocs_yml_has_the_extensions_that_are_tried_here_and_none_that_takes_other_files() -> None:
    """`pymdownx.snippets` and its like put any file of the machine into a page."""

    class Reader(yaml.SafeLoader):
        pass

    Reader.add_constructor("!ENV", lambda loader, node: None)
    settings_ = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Reader)  # noqa: S506  a safe loader's child
    names = {one if isinstance(one, str) else next(iter(one)) for one in settings_["markdown_extensions"]}
    assert names == {"attr_list", "tables", "toc"}
    assert [next(iter(one)) for one in settings_["plugins"]] == ["macros"]


@pytest.mark.parametrize(
    "attack", [one for one in MARKUP if "{%" not in one and "{#" not in one], ids=lambda text: text[:60]
)
def test_what_became_of_a_page_is_looked_at_once_more(attack: str) -> None:
    html = html_of(f"A text.\n\n{attack}\n\nMore text.\n")
    if acts(html):
        assert list(markup.in_page(html)), html


@pytest.mark.parametrize(
    "html",
    [
        "</div><p>outside</p>",
        "<div><p>open</p>",
        "<b>open",
        "<p>a</p></article></main>",
        "<p><!-- a --></p>",
        "<p>a</p><html onload=x>",
        "<head><meta charset=x></head>",
        "<table><tr><td><p>a",
        "<p><svg><title><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<select><template><img src=x onerror=alert(1)></template></select>",
    ],
)
def test_a_page_stays_in_its_place(html: str) -> None:
    assert list(markup.in_page(html))


def test_the_look_at_pages_takes_what_pages_are_made_of() -> None:
    text = "\n".join(
        (
            "# A part {: #part }",
            "A *text* with `code`, a [link](https://example.org/) and <kbd>/</kbd>.\n",
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n",
            "1. one\n2. two\n",
            "```sh\na < b\n```\n",
            '<details class="uses"><summary>a</summary><pre><code>b</code></pre></details>',
        )
    )
    assert list(markup.in_page(html_of(text))) == []


PIECES = st.sampled_from(
    [
        *(
            "<",
            ">",
            "</",
            "/>",
            "<p",
            "<a href=",
            "<img src=",
            "<script>",
            "<svg>",
            "</p>",
            "<!--",
            "-->",
            "<div>",
            "</div>",
        ),
        *(
            " onclick=",
            "alert(1)",
            '"',
            "'",
            "`",
            "javascript:",
            "java&#115;cript:",
            "https://evil.example/x.png",
            "//e",
        ),
        *(
            "[a](",
            ")",
            "![a](",
            "[a]: ",
            "{: ",
            " }",
            "{",
            "}",
            "=",
            "\n",
            "\n\n",
            " ",
            "    ",
            "# ",
            "- ",
            "> ",
            "|",
            "a",
            "&",
        ),
        *(
            "&lt;",
            "&colon;",
            "\\",
            "*",
            "_",
            "```\n",
            "<https://a.example/>",
            " style=x",
            " srcset=x",
            "<b>",
            "onerror=x",
        ),
    ]
)


@invented(500)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_passes_in_the_source_does_not_act_in_the_page(text: str) -> None:
    html = html_of(text)
    late = list(markup.in_page(html))
    if acts(html):
        assert late, html
        assert list(markup.in_source(text)), (text, html)


# --- the folder ------------------------------------------------------------------------------------------------------


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", folder)
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "about/evil.html",
        "evil.js",
        "evil.svg",
        "evil.css",
        "robots.txt",
        "_headers",
        "about/evil.markdown",
        "about/evil.mdown",
        "assets/evil.mkd",
        "Evil.md",
        "a b.md",
        "a<img src=x onerror=alert(1)>.md",
        "ab\u200b.md",
    ],
)
def test_only_pages_and_pictures_stand_in_the_folder(name: str, docs: Path) -> None:
    assert handwritten.refused(folder=docs) == []
    file = docs / name
    file.write_text(f"{HEAD}\nA text.\n", encoding="utf-8")
    lines = handwritten.refused(folder=docs)
    assert len(lines) == 2, lines
    assert lines[0].isprintable()
    assert ":1:1: error: " in lines[0]


def test_a_link_in_the_folder_leads_nowhere(docs: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(f"{HEAD}\nA secret.\n", encoding="utf-8")
    (docs / "a.md").symlink_to(secret)
    (docs / "b").symlink_to(tmp_path)
    (docs / "assets" / "c.js").symlink_to(secret)
    found = handwritten.in_folder(folder=docs)
    assert set(found) == {"docs/a.md", "docs/b", "docs/assets/c.js"}
    assert {fault.message for faults in found.values() for fault in faults} == {
        "a link to another file; put the file itself here"
    }


# --- before anything is filled in ------------------------------------------------------------------------------------


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


# --- from outside, in a copy of the checkout -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a build needs, with proposals in docs/ that would leave a file where they run."""
    folder = tmp_path_factory.mktemp("proposal")
    for name in ("docs", "hosting", "macros", "theme"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (small_data(folder / "data") / "principles.fr.yml").write_text("principles: {}\n", encoding="utf-8")
    about = folder / "docs" / "about" / "index.md"
    text = about.read_text(encoding="utf-8")
    place = text.index("## ")
    about.write_text(f"{text[:place]}{TEMPLATES[0]}\n\n<script>alert(1)</script>\n\n{text[place:]}", encoding="utf-8")
    privacy = folder / "docs" / "privacy" / "index.md"
    text = privacy.read_text(encoding="utf-8")
    run = "{{ cycler.__init__.__globals__.os.system('touch " + CANARY + "') }}"
    privacy.write_text(text.replace("title: Privacy", f'title: "{run}"', 1), encoding="utf-8")
    (folder / "docs" / "evil.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    return folder


def run(folder: Path, *command: str) -> Done:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRINCIPLES")}
    stamp = {"SOURCE_DATE_EPOCH": "1795564800", "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**environment, **stamp},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("macros", "check"),
        ("macros.generators.mkdocs_commands", "build", "site"),
        ("mkdocs", "build", "--site-dir", "site"),
        ("macros", "stage", "staged"),
    ],
    ids=" ".join,
)
def test_a_proposal_is_refused_with_its_lines_before_anything_runs(command: tuple[str, ...], checkout: Path) -> None:
    done = run(checkout, *command)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "Traceback" not in said
    about = (checkout / "docs/about/index.md").read_text(encoding="utf-8").split("\n")
    line = next(number for number, one in enumerate(about, start=1) if CANARY in one)
    assert f"docs/about/index.md:{line}:" in said
    assert f"docs/about/index.md:{line + 2}:1: error: <script> is not used in pages" in said
    assert "docs/privacy/index.md:2:8: error: 'title' holds plain text" in said
    assert "docs/evil.html:1:1: error: only pages" in said
    assert not list(checkout.rglob(CANARY))
    assert not (checkout / "site").exists()
    assert not (checkout / "staged").exists()


def test_the_live_server_shows_the_fault_in_place_of_the_page(checkout: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(checkout), "NO_MKDOCS_2_WARNING": "1"}
    said = checkout / "said.txt"
    with said.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "macros.generators.mkdocs_commands", "serve", str(port)],
            cwd=checkout,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        about = _answer(server, port, "/about/", said)
        shown = about.find(class_="faults")
        assert shown is not None
        assert "docs/about/index.md" in shown.get_text()
        assert "is not used in pages" in shown.get_text()
        assert not [tag for tag in about.find_all("script") if "alert" in tag.get_text()]
        privacy = _answer(server, port, "/privacy/", said)
        assert "This page has a fault" in privacy.get_text()
        help_ = _answer(server, port, "/help/", said)
        assert "This page has a fault" not in help_.get_text()
        assert CANARY not in help_.get_text()
        with pytest.raises(URLError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/evil.html", timeout=60)
        assert "docs/evil.html:1:1: error:" in said.read_text(encoding="utf-8", errors="replace")
        assert not list(checkout.rglob(CANARY))
    finally:
        server.terminate()
        server.wait(30)


def _answer(server: subprocess.Popen[bytes], port: int, address: str, said: Path) -> BeautifulSoup:
    end = time.monotonic() + 240
    while time.monotonic() < end:
        assert server.poll() is None, said.read_text(encoding="utf-8", errors="replace")
        try:
            with urlopen(f"http://127.0.0.1:{port}{address}", timeout=60) as answer:
                return BeautifulSoup(answer.read(), "lxml")
        except (URLError, OSError):
            time.sleep(0.3)
    raise AssertionError(said.read_text(encoding="utf-8", errors="replace"))


@pytest.fixture
def looked_at(checkout: Path, tmp_path: Path) -> Path:
    """A checkout in which the check finds nothing, so that only the last look is left."""
    folder = tmp_path / "late"
    shutil.copytree(checkout, folder)
    for name in ("about", "privacy"):
        shutil.copy(ROOT / "docs" / name / "index.md", folder / "docs" / name / "index.md")
    (folder / "docs" / "evil.html").unlink()
    file = folder / "macros" / "pages" / "markup.py"
    text = file.read_text(encoding="utf-8")
    start = text.index("def in_source(")
    changed = text[:start] + text[start:].replace("    yield from _tags(text)\n", "    return\n    yield\n", 1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    about = folder / "docs" / "about" / "index.md"
    about.write_text(about.read_text(encoding="utf-8") + '\n<p onclick="x">a</p>\n', encoding="utf-8")
    return folder


def test_the_build_stops_at_what_came_out_of_a_page(looked_at: Path) -> None:
    assert run(looked_at, "macros", "check").returncode == 0
    done = run(looked_at, "macros.generators.mkdocs_commands", "build", "site")
    lines = (looked_at / "docs/about/index.md").read_text(encoding="utf-8").split("\n")
    assert done.returncode != 0
    assert f"docs/about/index.md:{lines.index('<p onclick=' + chr(34) + 'x' + chr(34) + '>a</p>') + 1}:" in (
        done.stdout + done.stderr
    )
    assert "the attribute onclick is not used in pages" in done.stdout + done.stderr
    assert not (looked_at / "site").exists()
