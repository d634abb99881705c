"""A page in docs/ is a proposal of a stranger: it may show facts, and nothing in it may run, reach out or deceive.

The check says so with the place; nothing is filled in before; and what became of a page is looked at once more.
"""

from __future__ import annotations

import itertools
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from macros.data.catalogue import Catalogue
from macros.pages import handwritten, markup, site_check
from tests.conftest import ROOT
from tests.handwritten_pages import HEAD, NAME, SET, TEMPLATES, refused
from tests.samples import invented

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
