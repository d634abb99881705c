"""The texts of templates, theme and scripts in a second language: `macros/locale/<language>/LC_MESSAGES/messages.po`.

Each of them holds its English text in place; here it is looked up, as gettext does. The catalog is read as it is: no
compiled copy lies beside it. An entry that is empty or marked fuzzy is missing, and the text is shown in English.
`python -m macros texts` renews the catalogs (`macros/generators/text_catalogs.py`).

`%(name)s` in a text of a template stands for a value; so does `{name}` in one of Python or a script, and in the head
of a template.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from macros.checkout import LOCALE
from macros.data.languages import UntranslatedText
from macros.data.yaml_reader import Fault, Position

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Catalog

__all__ = [
    "Texts",
    "catalog_file",
    "faults",
    "found",
    "marked",
    "named",
    "say",
    "script",
    "texts",
    "untranslated",
]

_FIELD = re.compile(r"\{(\w+)\}")
_VALUE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
_IN_SCRIPT = re.compile(r'\bsay\("([^"]+)"')
_NEEDS_NO_SCRIPT = re.compile(r"<script|javascript:|\{[{%#]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a language by their English; where they count something, one for each plural form."""

    one: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]
    """Gives the plural form for a number."""
    missing: tuple[tuple[int, str], ...] = ()
    """The line and the English of each text that is not translated."""

    def counted(self, text: str, number: int) -> str | None:
        """Give the text, named by its English singular, for a number; None where it is missing."""
        forms = self.many.get(text)
        return forms[self.form(number)] if forms else None


def say(language: str, text: str, **values: Any) -> str:
    """Give a text in a language (BCP 47); `{name}` stands for a value. Untranslated, it is `UntranslatedText`."""
    own = found(language, text)
    said = own or text
    said = _FIELD.sub(lambda match: str(values.get(match[1], match[0])), said) if values else said
    return said if own else UntranslatedText(said)


def found(language: str, text: str) -> str | None:
    """Give a text in a language; None where it is not translated. Raises ValueError as `texts` does."""
    return text if language == "en" else texts(language).one.get(text)


def marked(text: str) -> str:
    """Give a text as it is: so the command that collects texts finds one that is said in another place."""
    return text


def script(language: str, sources: Iterable[str]) -> str:
    """Give the script that tells the pages' own scripts (`sources`, which name them by `say("…")`) their texts."""
    used = sorted({text for source in sources for text in _IN_SCRIPT.findall(source)})
    said = {text: own for text in used if (own := found(language, text))}
    return f"siteWords={json.dumps(said, ensure_ascii=False, separators=(',', ':'))};\n"


def catalog_file(language: str) -> Path:
    """Give the file with a language's texts."""
    return LOCALE / language / "LC_MESSAGES" / "messages.po"


def named(language: str) -> str:
    """Give the name of that file as messages show it."""
    return f"macros/locale/{language}/LC_MESSAGES/messages.po"


@functools.cache
def texts(language: str) -> Texts:
    """Give every text of a second language; raises ValueError where its catalog cannot be read."""
    catalog, wrong = _read(language)
    if catalog is None:
        raise ValueError(f"{named(language)}:{wrong[0].position.line}: {wrong[0].message}")
    one, many, missing = dict[str, str](), dict[str, tuple[str, ...]](), []
    for message in catalog:
        own = _each(message.string)
        if not message.id:
            continue
        if message.fuzzy or not all(own):
            missing.append((message.lineno or 1, _each(message.id)[0]))
        elif message.pluralizable:
            many[_each(message.id)[0]] = own
        else:
            one[_each(message.id)[0]] = own[0]
    return Texts(one, many, _forms(catalog.plural_expr), tuple(missing))


def _each(text: Any) -> tuple[str, ...]:
    """Give a text of a catalog, or each of its forms; an empty one where there is none."""
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _forms(expression: str) -> Callable[[int], int]:
    """Give the plural form of a number, by the rule in a catalog's head; raises ValueError where it is none."""
    from gettext import c2py  # in every Python; it takes numbers and signs alone

    rule: Callable[[int], int] = c2py(expression)
    return rule


def untranslated(language: str) -> Iterator[str]:
    """Yield each text that a language lacks, with its line, for the report; raises ValueError as `texts` does."""
    for line, text in texts(language).missing:
        yield f"{named(language)}:{line}: '{text}' is not translated"


def faults(language: str) -> Iterator[Fault]:
    """Yield what is wrong with the catalog of a language; raises nothing, whatever it holds.

    A translation has the values and the marks (HTML) of its English, and no other.
    """
    catalog, wrong = _read(language)
    yield from wrong
    for message in catalog or ():
        if not message.id or message.fuzzy:
            continue
        english = _each(message.id)
        for number, text in enumerate(_each(message.string)):
            if text:
                # The first form may say the number in words, or leave it out.
                model = english[min(number, len(english) - 1)]
                for why in _unlike(model, text, free=len(english) > 1):
                    yield Fault(Position(message.lineno or 1, 1), f"'{_short(english[0])}': {why}")


def _unlike(english: str, own: str, *, free: bool) -> Iterator[str]:
    """Yield in which way a translation is not like its English; `free` where it may leave a value out."""
    values = {next(filter(None, match)) for match in _VALUE.findall(english)}
    used = {next(filter(None, match)) for match in _VALUE.findall(own)}
    if used - values:
        yield f"the English has no value '{sorted(used - values)[0]}'"
    if values - used and not free:
        yield f"the value '{sorted(values - used)[0]}' is missing"
    if "%(" in english and re.search(r"%(?!\(\w+\)s|%)", own):
        yield "a percent sign is written twice: %%"
    if _marks(english) != _marks(own):
        yield "it has other HTML than its English"
    if _NEEDS_NO_SCRIPT.search(own) and not _NEEDS_NO_SCRIPT.search(english):
        yield "it is text, no program"


def _marks(text: str) -> list[str]:
    """Give the HTML tags of a text, each with its attributes, in order of the alphabet."""
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(f"{tag} {sorted(attrs, key=str)}")

        def handle_endtag(self, tag: str) -> None:
            tags.append(f"/{tag}")

        def handle_comment(self, data: str) -> None:
            tags.append("!")

        def handle_decl(self, decl: str) -> None:
            tags.append("!")

        def handle_pi(self, data: str) -> None:
            tags.append("!")

    reader = Reader(convert_charrefs=True)
    reader.feed(text)
    reader.close()
    return sorted(tags)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _read(language: str) -> tuple[Catalog | None, list[Fault]]:
    """Read the catalog of a language; gives it, or the faults for which it cannot be read."""
    # Here: of most commands only the check of a second language needs it, and it is slow to load.
    from babel.core import Locale, UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    file, start = catalog_file(language), Position(1, 1)
    try:
        Locale.parse(language, sep="-")
        with file.open("rb") as opened:
            catalog = read_po(opened, locale=language.replace("-", "_"), abort_invalid=True)
        _forms(catalog.plural_expr)
    except (UnknownLocaleError, TypeError):
        return None, [Fault(start, f"'{language}' is no code of a language that dates and numbers are known for")]
    except FileNotFoundError:
        return None, [Fault(start, "there is no such file; `make texts` writes it")]
    except OSError as error:
        return None, [Fault(start, f"the file cannot be read: {error.strerror or error}")]
    except PoFileError as error:
        return None, [Fault(Position((error.lineno or 0) + 1, 1), f"this is no catalog of gettext: {error}")]
    except (ValueError, LookupError) as error:
        return None, [Fault(start, f"this is no catalog of gettext: {error}")]
    return catalog, []
