"""What may be typed into search: too much of it, and the same words in other signs."""

from __future__ import annotations

from unicodedata import normalize
from urllib.parse import quote

import pytest

from tests.browser.conftest import Reader, wait_for_search
from tests.browser.search_dialog import answers, searching
from tests.conftest import BuiltSite

LONG = {
    "one word": "a" * 20_000,
    "no word": "".join(chr(97 + at * at % 26) for at in range(20_000)),
    "hyphens": "ab-" * 7_000,
    "many words": "prevent grooming of children " * 700,
    "marks": "e\u0301" * 10_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_what_is_asked_is_cut_before_it_is_looked_for(reader: Reader, kind: str) -> None:
    text = LONG[kind]
    for address in (f"/#q={quote(text)}", f"/?q={quote(text[:5_000])}"):
        with reader.open(address) as page:
            wait_for_search(page)
            assert len(page.get_by_role("searchbox").input_value()) == 300
            # A script may write more than the field takes from a keyboard.
            taken = page.evaluate(
                """(text) => {
                    const start = performance.now();
                    siteSearch.find(text);
                    return performance.now() - start;
                }""",
                text,
            )
            assert taken < 2_000, "it took some 90 seconds before"


def test_words_beyond_the_thirtieth_and_letters_beyond_the_fortieth_change_nothing(reader: Reader) -> None:
    with searching(reader) as page:
        words = " ".join(["zq"] * 29)
        assert answers(page, f"{words} grooming")[1]
        assert not answers(page, f"{words} zq grooming")[1]
        long = "zqxjkvb" * 6
        assert page.evaluate("text => siteSearch.find(text)", f"{long[:40]} grooming") == page.evaluate(
            "text => siteSearch.find(text)", f"{long * 3} grooming"
        )


def test_a_paste_is_cut_by_the_field(reader: Reader) -> None:
    with searching(reader) as page:
        page.get_by_role("searchbox").press_sequentially("a" * 320)
        assert page.get_by_role("searchbox").input_value() == "a" * 300


@pytest.mark.parametrize(
    ("address", "one", "other"),
    [
        ("/fr/", "prévenir", normalize("NFD", "prévenir")),
        ("/fr/", "téléphone à l'aide", normalize("NFD", "téléphone à l'aide")),
        ("/", "naïve grooming", normalize("NFD", "naïve grooming")),
        ("/", "IWF", "I.W.F."),
        ("/", "IWF", "i.w.f"),
        ("/", "UK", "U.K."),
        ("/", "UK law", "U.K. law"),
        ("/", "US", "U.S."),
        ("/", "NCMEC in the US and UK", "N.C.M.E.C. in the U.S. and U.K."),
    ],
)
def test_signs_and_dots_written_in_another_way_find_the_same(
    reader: Reader, address: str, one: str, other: str
) -> None:
    assert one != other
    with searching(reader, address) as page:
        found, again = (page.evaluate("text => siteSearch.find(text)", text) for text in (one, other))
        assert found["results"]
        assert again == found
        assert answers(page, other)[1][0]


def test_what_the_data_writes_with_dots_is_found_without(reader: Reader, site: BuiltSite) -> None:
    """An entry that says "18 U.S.C. 2258A" or the like is found by the letters alone."""
    with searching(reader) as page:
        assert page.evaluate(
            """() => {
                const data = "Q.X.J. act";
                searchData.entries.push([data, 0, "law/", "", "", 1]);
                return document.querySelector("script[src*='assets/search.']").src;
            }"""
        )
        page.evaluate(
            """() => {
                delete window.siteSearch;
                const again = document.createElement("script");
                again.src = document.querySelector("script[src*='assets/search.']").src;
                document.head.append(again);
            }"""
        )
        wait_for_search(page)
        for words in ("QXJ", "q.x.j."):
            assert answers(page, words)[1][0] == "/law/"
