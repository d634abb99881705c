"""Corrections to Material's own templates, made while they are read: no copy of a template has to be kept up to date.

A line of Material that breaks the HTML standard and stands in no block of `base.html` can be changed in no other way
than by a copy of the whole template. Each correction here is a few words long, costs nothing per page, and says so as
soon as a new Material no longer has those words (a strict build fails), so that none outlives its cause.
`tests/test_html.py` finds new faults.
"""

from __future__ import annotations

from collections.abc import Callable

# By template: (what Material 9.8 writes, what is written in its place).
CORRECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "base.html": (
        # The boxes behind Material's drawer and search, which this site has no use for; a checkbox may not have
        # `autocomplete`, and a hidden one is still met by the keyboard.
        ('<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">', ""),
        ('<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">', ""),
        ('<label class="md-overlay" for="__drawer"></label>', ""),
        ('<div class="md-dialog" data-md-component="dialog">', "<div hidden>"),
        # The page's own language, not the site's.
        ('<html lang="{{ lang.t(\'language\') }}" class="no-js">', '<html lang="{{ language() }}" class="no-js">'),
        ('{{ lang.t("action.skip") }}', '{{ tell("Skip to content") }}'),
        # The article has a second landmark of this kind; two need names to be told apart.
        ('<aside class="md-banner">', '<aside class="md-banner" aria-label="{{ say("Help and exit") }}">'),
    ),
}


def corrected(source: Callable[[str], str]) -> tuple[dict[str, str], list[str]]:
    """Give the corrected templates by name, and what to say about corrections that no longer fit.

    `source` gives a template's text by its name. A correction fits where its words stand exactly once.
    """
    templates, unfit = {}, []
    for name, corrections in CORRECTIONS.items():
        text = source(name)
        for wrong, right in corrections:
            if text.count(wrong) == 1:
                text = text.replace(wrong, right)
            else:
                unfit.append(f"macros/generators/mkdocs_theme.py: the theme's {name} has not once: {wrong}")
        templates[name] = text
    return templates, unfit
