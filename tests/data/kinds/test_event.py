"""The dates that open the timeline: few, and short."""

from __future__ import annotations

from macros.data import kinds
from tests.samples import (
    edited,
    good,
    report,
)


def test_a_ninth_date_that_matters_and_a_long_one_are_refused() -> None:
    event = (
        "  - {{id: event-{0}, date: 2020, title: Title {0}, text: Text {0}, kind: law, {1}sources: [launch], "
        "confidence: reported, checked: 2026-11-24}}\n"
    )
    lists = good().replace("event_kinds: []", "event_kinds:\n  - {id: law, label: Law, meaning: Meaning of law}")
    few = "".join(event.format(number, "matters: It matters, ") for number in range(kinds.event.MOST_DATES))
    plain = event.format("plain", "")
    assert report((lists + "events:\n" + few + plain).encode()) == []
    ninth = event.format("ninth", f"‸matters: {' '.join(['word'] * 14)}, ")
    text, places = edited(lists + "events:\n" + few + plain + ninth, [])
    said = "the timeline opens with 8 dates, and this is one more; delete one `matters:`"
    (line, *_) = report(text.encode())
    assert line.startswith(f"sample.yml:{places[0].line}:")
    assert line.endswith(said)
    long = event.format("long", f"matters: {' '.join(['word'] * 15)}, ")
    (line, *_) = report((lists + "events:\n" + long).encode())
    assert line.endswith("'matters': 15 words; at most 14 fit here: say the rest elsewhere")
