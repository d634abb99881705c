"""The sheets of a lesson's pack that are cut up, torn off or only looked at: strips, cards, exit slips, the chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from macros.data import kinds
from macros.data.languages import ENGLISH, language_of
from macros.exports.teaching.kit_words import letter
from macros.exports.teaching.pack_words import PackWords
from macros.exports.teaching.statements import cleaned, unsure
from macros.exports.teaching.wordings import filled
from macros.pages.bar_charts import charts

__all__ = ["ON_A_PAGE", "PackCuttings"]

ON_A_PAGE = {"strips": 6, "cards": 8}
"""How many of each `pack-strips.typ` and `pack-cards.typ` set on a page."""

STRIDE, PRIME = 4, 11
"""Strips get their letters in steps of so many, counted round a prime, so that these do not give the order away."""


class PackCuttings(PackWords):
    """A pack's sheets that have templates of their own, each as its template reads it."""

    def cutting(self, title: str, **content: Any) -> dict[str, Any]:
        """Give what every template reads, with the content of one."""
        values = self.values
        shared = {name: values[name] for name in ("site", "description")}
        foot = self.fill(self.words["foot"])
        spoken = {"language": self.language, "region": language_of(self.language).region}
        return {"title": title, "foot": foot, **spoken, **shared, **content}

    def strips(self) -> dict[str, Any] | None:
        """Give the strips with their key; None where the lesson has none."""
        if self.lesson.strips is None:
            return None
        own, found = self.words["strips"], list(self._strips())
        shuffled = _shuffled(len(found))
        lettered = [{**found[at], "letter": letter(place)} for place, at in enumerate(shuffled)]
        groups: dict[str, list[str]] = {}
        for strip in sorted(lettered, key=lambda one: one["place"]):
            groups.setdefault(strip["group"], []).append(filled(own["answers"][self.lesson.strips], strip))
        return self.cutting(
            own["title"],
            lead=own[self.lesson.strips],
            cut=own["cut"],
            key=own["key"],
            key_lead=own["key_lead"],
            strips=lettered,
            groups=[{"title": title, "answers": answers} for title, answers in groups.items()],
        )

    def _strips(self) -> Iterator[dict[str, Any]]:
        """Yield each strip in the order of the text: what stands on it, and where it belongs."""
        if self.lesson.strips == "principles":
            for principle in self.catalogue.principles:
                doubt = unsure(self.catalogue, principle.confidence)
                category = self.catalogue.category_of(principle)
                yield self._strip(
                    principle.number, principle, principle.title, principle.summary, category.title, doubt
                )
            return
        principle = self.catalogue.principle(self.lesson.principles[0])
        labels = self.words["strips"]["labels"]
        for place, name in enumerate(kinds.Brief.model_fields):
            part = getattr(principle.in_brief, name)
            doubt = unsure(self.catalogue, part.confidence or principle.confidence)
            yield self._strip(place, principle, part.text, "", labels[name], doubt)

    def _strip(
        self, place: int, principle: kinds.Principle, text: str, more: str, group: str, doubt: Any
    ) -> dict[str, Any]:
        return cleaned(
            {
                "place": place,
                "number": principle.number,
                "title": principle.title,
                "text": text,
                "more": more,
                "group": group,
                "doubt": doubt.label if doubt else "",
            }
        )

    def cards(self) -> dict[str, Any] | None:
        """Give the cards, with a key where they have one; None where the lesson has none."""
        own = self.words["cards"]
        made, answers = self._phrase_cards() if self.lesson.cards else self._claim_cards()
        if not made:
            return None
        content = {"key": own["key"], "key_lead": own["key_lead"], "cards": made, "answers": answers}
        return cleaned(self.cutting(own["title"], **content))

    def _phrase_cards(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        own, made, answers = self.words["cards"], [], []
        for place, card in enumerate(self.lesson.cards, start=1):
            phrase = next(one for one in self.catalogue.principle(card.principle).phrases if one.id == card.phrase)
            label = self.catalogue.word("phrase_kinds", phrase.kind).label
            values = {"number": place, "phrase": phrase.phrase, "principle": card.principle, "label": label}
            made.append(
                {
                    "label": "",
                    "text": filled(own["quoted"], values),
                    "said": filled(own["words"], {"words": card.words}) if card.words else "",
                    "below": filled(own["principle"], {"number": card.principle}),
                    "lang": ENGLISH.code,
                    "number": str(place),
                    "back": "",
                }
            )
            answers.append({"head": filled(own["answer"], values), "text": phrase.meaning})
        return made, answers

    def _claim_cards(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        own, made = self.words["cards"], []
        for place, one in enumerate(self.lesson.claims, start=1):
            statement = self.catalogue.get("announcement", one)
            verdict = self.catalogue.word("verdicts", statement.verdict).label
            for name, text in (("said", statement.said), ("found", statement.finding)):
                label = own[name] if name == "said" else f"{own[name]} \u00b7 {verdict}"
                back = {"number": str(place), "back": own[name]}
                made.append({"label": label, "text": text, "said": "", "below": "", "lang": self.language, **back})
        return made, []

    def slips(self) -> dict[str, Any]:
        """Give the exit slips."""
        own = self.words["exit-slip"]
        return self.cutting(**{**own, "help": self.runs(own["help"])})

    def chart(self, draw: Callable[[kinds.Figure], str]) -> dict[str, Any] | None:
        """Give the chart of the lesson's figure, which `draw` gives as SVG; None where there is no figure or chart."""
        figure = self.catalogue.get("figures", self.lesson.figure) if self.lesson.figure else None
        if figure is None or next(iter(charts(figure)), None) is None:
            return None
        own = self.words["chart"]
        page = self.to(self.catalogue.address("figures", figure))
        alt = filled(own["alt"], {"title": cleaned(figure.title), "unit": cleaned(figure.unit), "page": page})
        return self.cutting(own["title"], alt=alt, drawing=draw(figure))


def _shuffled(count: int) -> list[int]:
    """Give the places from 0 in an order that looks like none, the same each time."""
    return sorted(range(count), key=lambda place: ((place + 1) * STRIDE % PRIME, place))
