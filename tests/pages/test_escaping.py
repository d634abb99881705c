"""Text made safe, and links between pages."""

from __future__ import annotations

import posixpath

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from macros.data.languages import UntranslatedText
from macros.pages import escaping

FOLDERS = st.lists(st.sampled_from(["a", "b", "principles"]), max_size=4).map(
    lambda names: "/" + "".join(f"{name}/" for name in names)
)


@given(FOLDERS, st.sampled_from(["", "a.pdf"]), FOLDERS)
def test_a_link_leads_from_a_page_to_an_address(folder: str, file: str, page: str) -> None:
    link = escaping.relative(folder + file, page)
    assert posixpath.normpath(posixpath.join(page, link)) == posixpath.normpath(folder + file)
    assert link.endswith("/") == (not file)
    assert not link.startswith("/")
    assert ".." not in link.lstrip("./")


def test_a_link_within_a_page_is_its_anchor_alone() -> None:
    assert escaping.relative("/a/#b", "/a/") == "#b"
    assert escaping.relative("/a/", "/a/") == "./"
    assert escaping.relative("/a/#b", "/a/c/") == "../#b"


def test_a_text_is_escaped_however_often_it_comes() -> None:
    for _ in range(2):
        assert escaping.escape("<b>\t a\u200b") == Markup("&#60;b&#62; a\ufffd")
        assert escaping.escape(UntranslatedText("a_b")) == escaping.escape("a_b") == Markup("a&#95;b")
        assert escaping.escape(Markup("<b>")) == Markup("<b>")
        assert escaping.escape(None) == ""
        assert escaping.escape(1) == 1
