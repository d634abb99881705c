"""gettext for the template engine: `{% trans %}…{% endtrans %}` in what a page says, `_("…")` in attributes.

`plain(text)` is a text of a record or of `_()` where it may be in English on a page in another language.

Jinja's own functions for this escape values for HTML alone; here each passes `escaping.escape`, as everything does
that a template prints. A text that is not translated is in English and, where it stands in the page, marked so.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context, Undefined
from markupsafe import Markup

from macros.data.languages import UntranslatedText
from macros.pages import ui_strings
from macros.pages.escaping import escape

__all__ = ["TELLS", "install", "plain"]


def install(engine: Environment) -> None:
    """Teach a template engine `{% trans %}` and `_()`, in the language of the page (`it`) that it fills in."""
    engine.add_extension("jinja2.ext.i18n")
    # The values of a text are handed on to us by name, not put in by the engine.
    engine.newstyle_gettext = True  # type: ignore[attr-defined]
    engine.policies["ext.i18n.trimmed"] = True
    engine.globals.update(_=_text, gettext=_gettext, ngettext=_ngettext, plain=plain)


def plain(text: Any) -> Any:
    """Give a text that may be in another language than the page, marked so where it is."""
    said = escape(text)
    if not isinstance(text, UntranslatedText):
        return said
    return Markup('<span lang="{}">{}</span>').format(escape(text.lang), said)


def _language(context: Context) -> str:
    """Give the language of the page in hand; raises LookupError in a part that was imported without context."""
    page = context.resolve("ctx")
    if isinstance(page, Undefined):
        raise LookupError(f"{context.name}: a text is said where no page is known; import the part `with context`")
    return str(page.language)


@pass_context
def _text(context: Context, text: str, /, **values: Any) -> str:
    """Give a text for an attribute or as a value; whatever prints it escapes it."""
    language = _language(context)
    own = ui_strings.found(language, text)
    said = (own or text) % values if values else own or text
    return said if own else UntranslatedText(said)


@pass_context
def _gettext(context: Context, text: str, /, **values: Any) -> Markup:
    """Give a text of a template with its marks."""
    own = ui_strings.found(_language(context), text)
    return _placed(own, text, values)


@pass_context
def _ngettext(context: Context, one: str, many: str, number: int, /, **values: Any) -> Markup:
    """Give a text that counts something."""
    language = _language(context)
    english = one if number == 1 else many
    own = english if language == "en" else ui_strings.texts(language).counted(one, number)
    return _placed(own, english, {"num": number, **values})


def _placed(own: str | None, english: str, values: dict[str, Any]) -> Markup:
    """Give a text with its values in it, each escaped."""
    text = own or english
    # The text stands in a template or its catalog; no value is ever read as one.
    said = Markup(text % {name: escape(value) for name, value in values.items()})  # noqa: S704
    letters = any(map(str.isalpha, text))  # a colon is of no language
    return said if own or not letters else Markup('<span lang="en">{}</span>').format(said)


TELLS = frozenset({_text, _gettext, _ngettext})
"""What asks for the page alone of all that a template knows."""
