"""What passes the check can be built: names that can be read, signs that do not deceive, addresses that can be."""

from __future__ import annotations

import pytest

from tests.data.test_bounds import source, with_more
from tests.samples import edited, good, report

MENDED = {
    "a term that is one quotation mark": (
        "terms",
        "  - {id: quote, term: '\"', definition: A word., ours: true, confidence: confirmed, checked: 2026-11-24}\n",
        "'term': there is no letter and no digit here; write the text or delete the line",
    ),
    "a term of dots": (
        "terms",
        "  - {id: dots, term: …, definition: A word., ours: true, confidence: confirmed, checked: 2026-11-24}\n",
        "'term': there is no letter and no digit here; write the text or delete the line",
    ),
    "a publisher that is a dash": (
        "sources",
        source("dash").replace("publisher: Publisher", "publisher: '-'"),
        "'publisher': there is no letter and no digit here; write the text or delete the line",
    ),
}


@pytest.mark.parametrize("what", MENDED)
def test_a_name_has_a_letter_or_a_digit(what: str) -> None:
    collection, record, message = MENDED[what]
    text = good()
    text = with_more(collection, [record]) if f"\n{collection}:\n" in text else f"{text}{collection}:\n{record}"
    (line, _) = report(text.encode())
    assert line.endswith(f"error: {message}")


@pytest.mark.parametrize(("right", "count"), [((), "none"), ((0, 1), "2"), ((0,), None)])
def test_a_self_check_has_one_right_answer(right: tuple[int, ...], count: str | None) -> None:
    answers = ", ".join(f"{{text: Answer {at}{', right: true' if at in right else ''}}}" for at in range(3))
    usual = "{text: A, right: true}, {text: B}"
    asked = "".join(
        f"      - {{id: q{at}, question: Question, why: Why, answers: [{answers if at == 3 else usual}]}}\n"
        for at in range(5)
    )
    text = (
        f"{good()}exercises:\n  - id: exercise\n    principle: 1\n    discussion: [One, Two, Three]\n"
        f"    self_check:\n{asked}    ours: true\n    confidence: confirmed\n    checked: 2026-11-24\n"
    )
    lines = report(text.encode())
    if count is None:
        assert lines == []
    else:
        (line, _) = lines
        assert line.endswith(f"{count} of these answers is right; write `right: true` at exactly one")


# --- signs ---


@pytest.mark.parametrize(
    "text",
    [
        "a \U0001bca0 b",
        "a\U0001bca3b",
        "\U00013430",
        "a \U0001345f b",
        "a\u2800b",
        "a\u200db",
        "\u200c a",
        "a \u200d",
        "\u0645\u06cc\u200c b",
        "ex\u0430mple",
        "\u0410BC",
        "\u0391BC",
        "the \u0441\u043e\u0440 here",
        "\u03bf ne",
    ],
    ids=ascii,
)
def test_a_sign_that_deceives_is_refused(text: str) -> None:
    written, _ = edited(good(), [("text: Text of the practice", f'text: "{text}"')])
    lines = report(written.encode())
    assert len(lines) == 2, lines
    assert "invisible" in lines[0] or "only looks Latin" in lines[0]


@pytest.mark.parametrize(
    "text",
    [
        "caf\u00e9 \u00ab no\u00ebl \u00bb \u0153uvre \u2019 \u2013 \u2026 \u20ac \u00b5m",
        "\u041c\u043e\u0441\u043a\u0432\u0430 and \u0391\u03b8\u03ae\u03bd\u03b1",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "M\u0101ori, \u1403\u14c4\u1483\u144e\u1450\u1466, \u4e2d\u6587, \ud55c\uad6d",
        "a 5 \u03a9 load, the \u03b1-particle",
    ],
    ids=ascii,
)
def test_a_sign_of_any_language_is_taken(text: str) -> None:
    written, _ = edited(good(), [("text: Text of the practice", f'text: "{text}"')])
    assert report(written.encode()) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://./",
        "https://../",
        "https://a/",
        "https://a..example/",
        "https://.example/",
        "https://a.example./",
        "https://-a.example/",
        "https://a-.example/",
        "https://a.example:99999999/",
        "https://a.example:65536/",
        "https://a.example:0/",
        "https://a.example:/",
        "https://127.0.0.1/",
        "https://0x7f.0.0.0x1/",
        "https://a.1/",
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 140}example/",
    ],
)
def test_an_address_that_cannot_be_is_refused(address: str) -> None:
    written, _ = edited(good(), [("website: https://company.example/", f"website: {address}")])
    (line, _) = report(written.encode())
    assert "'website': n" in line


@pytest.mark.parametrize(
    "address", ["https://a.example", "http://xn--a-b.xn--p1ai:8080/", "https://a-b.c1.example:65535/x?y=%20#z"]
)
def test_an_address_that_can_be_is_taken(address: str) -> None:
    written, _ = edited(good(), [("website: https://company.example/", f"website: {address}")])
    assert report(written.encode()) == []
