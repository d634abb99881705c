"""The template engine of the pages, which fills in no text that holds what a page may not.

Jinja's own sandbox is no fence by itself: what a page is given leads to whole programs. So a text is held against
`handwritten_syntax` first, whoever hands it over.
"""

from __future__ import annotations

import re
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros.pages import jinja_gettext, sitemap
from macros.pages.handwritten_syntax import SyntaxLook
from macros.pages.handwritten_text import reader

__all__ = ["Guarded", "Refused", "guarded"]


class Refused(ValueError):  # noqa: N818  (it says what was not done)
    """A page was not filled in; its text is the lines that say why."""


class _OnPage(Context):
    """What a template knows of a page: calls its methods and macros, the most of all calls, without long questions.

    Jinja asks of all that is called whether it wants to be given the context. A method of a page never does; a macro is
    always given the same; and what says texts asks whose page this is, which the variables of a loop do not change.
    """

    def call(self, wanted: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call what a template calls, as Jinja does."""
        kind = type(wanted)
        if kind is MethodType or wanted is jinja_gettext.plain:
            given: tuple[Any, ...] = ()
        elif kind is Macro:
            wanted, given = wanted.__call__, (self.eval_ctx,)
        elif kind is FunctionType and wanted in jinja_gettext.TELLS:
            given = (self,)
        else:
            return super().call(wanted, *arguments, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return wanted(*given, *arguments, **named)


class Guarded(Environment):
    """The template engine of the pages. What it is given as a text is filled in only where a page may hold it.

    That is then done in Jinja's sandbox, where no name with `_` leads on, and what is shown cannot be changed. Files of
    macros/templates/ are ours, and so is the one line of a generated page.
    """

    context_class = _OnPage
    _compiled_line: Template | None = None

    def from_string(self, source: Any, *arguments: Any, **more: Any) -> Template:
        """Give a template from a text; raises Refused where it holds what a page may not."""
        text = str(source)
        if text.strip() == sitemap.BODY.strip():
            return self._line()
        look = SyntaxLook(_any_address(text))
        try:
            look.at_tree(reader().parse(text))
        except RecursionError:
            raise Refused("nested too deeply") from None
        if look.found:
            raise Refused("\n".join(f"line {line}: {message}" for line, _, message in look.found))
        return self._fence().from_string(source, *arguments, **more)

    def _line(self) -> Template:
        """Give the one line of generated pages, which is compiled once for all of them."""
        if self._compiled_line is None:
            self._compiled_line = super().from_string(sitemap.BODY)
        return self._compiled_line

    def _fence(self) -> Environment:
        """Give the same engine as a sandbox; it keeps nothing compiled, which the other would take for its own."""
        fence = ImmutableSandboxedEnvironment(
            loader=self.loader,
            undefined=self.undefined,
            autoescape=self.autoescape,
            finalize=self.finalize,
            trim_blocks=self.trim_blocks,
            lstrip_blocks=self.lstrip_blocks,
            optimized=False,
        )
        fence.filters = self.filters
        fence.globals = self.globals
        jinja_gettext.install(fence)
        return fence


def _any_address(text: str) -> str:
    """Give the address that a page says is its own: which one it is, the check knows, and it leads to no more."""
    found = re.search(r'page_context\("(/[a-z0-9/-]*)"\)', text)
    return found[1] if found else "/"


def guarded(engine: Environment | None = None) -> Guarded:
    """Give the engine of the pages, in place of another with its names and filters, or by itself."""
    made = Guarded(
        loader=engine.loader if engine else None,
        undefined=engine.undefined if engine else StrictUndefined,
        optimized=False,  # our templates calculate with no constants, and to look for some takes a quarter of the time
    )
    if engine is not None:
        made.globals.update(engine.globals)
        made.filters.update(engine.filters)
    jinja_gettext.install(made)
    return made
