"""HTML set aside while Markdown reads a page: the page is the same as if Markdown had read all of it."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.generators import raw_html

PIECES = st.sampled_from(
    [
        *("<div>", "</div>", '<div class="a" id="b">', "<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<section>"),
        *("<span>", "</span>", "<br>", "<hr>", "<table>", "</table>", "<details open>", "</details>", "<!-- no -->"),
        *("</section>", "<pre>", "</pre>", "<script>", "</script>", "<p/>", "<svg/>", "\n", "\n\n", "  \n", "\t"),
        *("words", " ", "*strong*", "# Title", "- item", "| a | b |", "&#42;", "&amp;", "<", ">", '"', "`code`"),
        *('<div id="raw-html-0"></div>', "{: #name }", "[link](there)", "    "),
        *("</div><div>", "</p>\n\n\n<div>", "<textarea rows='2'>&#60;\n\n </textarea>", "<textarea>", "</textarea>"),
        *("<script type='a'>{&quot;b\n\n</script>", "<script>a</script></div>"),
    ]
)


def read(text: str) -> str:
    return markdown.Markdown(extensions=["attr_list", "tables", "toc"]).convert(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('# Title\n\n<div class="a">\n<div>in\n\n*it*</div>\n</div>\n\nText', 1),
        ("<p>one</p>\n<p>two</p>\nText *here*\n\n<ul>\n<li>a</li>\n</ul>", 2),
        ("<p>one</p>\n\n  \n\n<p>two</p><ul>\n<li>a</li>\n</ul>\n<p>three</p> <p>four</p>", 1),
        ("<div><textarea rows='2'>&#60;p&#62;\n</textarea></div>\n<p><textarea><b></textarea></p>", 1),
        ("<p>one</p>\n\n<div>two</div> and more\n\n<div>three</div>", 1),
        ("<div>never ended\n\nText", 0),
        ("<p>x</p>\n\n<div><!-- <div> --></div>\n\n<p>y</p>", 1),
        ("<div><script type='application/ld+json'>{&quot;}</script>\n</div>\n\n<p>x</p>", 1),
        ("<p>x</p>\n\n<div><script>a('</b>')</script></div>\n\n<p>y</p>", 1),
        ("text <div>within</div>\n\n  <div>further in</div>", 0),
    ],
)
def test_blocks_of_html_do_not_go_through_markdown(text: str, left: int) -> None:
    rest, blocks = raw_html.set_aside(text)
    assert len(blocks) == left
    assert raw_html.put_back(read(rest), blocks) == read(text)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=2000, deadline=None)
def test_a_page_is_the_same_whatever_is_set_aside(text: str) -> None:
    rest, blocks = raw_html.set_aside(text)
    assert raw_html.put_back(read(rest), blocks) == read(text)


def test_links_may_lead_to_what_was_set_aside() -> None:
    _, blocks = raw_html.set_aside('<div id="one">\n<a name="two"></a> <span\nid="three">x</span>\n</div>')
    assert raw_html.ids(blocks) == {"one", "two", "three"}


def test_blocks_wait_for_their_pages_and_are_given_once() -> None:
    pages = [[f"<p>{number} \u00e9</p>\n" * number, "<div>\U0001f642</div>"] for number in range(1, 20)]
    for _ in range(2):
        kept = [raw_html.Aside(blocks) for blocks in pages]
        assert raw_html.Aside([]).blocks() == []
        assert [aside.blocks() for aside in reversed(kept)] == pages[::-1]
        assert [aside.blocks() for aside in kept] == [[]] * len(kept)
