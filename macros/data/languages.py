"""The languages of the site. A second language is data: a row here, an overlay and a catalog of texts.

The overlay (`data/principles.fr.yml`) holds the records' texts, the catalog (`macros/locale/fr/`) those of templates,
theme and scripts. How dates and numbers are written comes from Unicode's data (CLDR), by the language's code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ENGLISH", "LANGUAGES", "Language", "UntranslatedText", "language_of"]

WORLDWIDE = "int"
"""Stands for a country where help is for people anywhere."""


class UntranslatedText(str):
    """A text that is still in English on a page in another language; pages mark it with its own `lang`."""

    __slots__ = ()

    lang = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code, its name for itself, how programs name it with its country, and whose help is in it."""

    code: str
    """BCP 47, and the first part of the addresses of its pages."""
    name: str
    tag: str
    """BCP 47 with a country: `fr-CA`."""
    country: str = ""
    """The country, by its id, whose page of help is in this language; English has those of all."""

    @property
    def region(self) -> str:
        """The country in that, as the typesetter takes it: `ca`."""
        return self.tag.partition("-")[2].lower()

    @property
    def locale(self) -> str:
        """The same for programs that write an underscore: `fr_CA`."""
        return self.tag.replace("-", "_")

    @property
    def helped(self) -> tuple[str, str]:
        """The countries whose help is for readers of this language."""
        return self.country, WORLDWIDE


ENGLISH = Language("en", "English", "en-GB")
"""The language of the data itself, of the templates and of the scripts."""

LANGUAGES: Mapping[str, Language] = {
    one.code: one
    for one in (
        Language("fr", "Français", "fr-CA", "ca"),  #
    )
}
"""The second languages, by code."""


def language_of(code: str) -> Language:
    """Give a language of the site by its code; raises KeyError for another."""
    return ENGLISH if code == ENGLISH.code else LANGUAGES[code]
