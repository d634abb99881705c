"""What may stand in the marked places of a page written by hand, held against its syntax tree.

Names, methods, filters, parts and files are on short lists of what pages need. Whatever is not listed is refused
(https://jinja.palletsprojects.com/en/stable/api/#the-meta-api).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from macros.checkout import TEMPLATES
from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import ANCHORS, PAGES
from macros.pages import docs_pages
from macros.pages.context import PageContext

__all__ = ["CALLED", "FILTERS", "LOOPS", "MAX_PIECES", "SETTINGS", "SyntaxLook"]

MAX_PIECES = 2_000
"""Marked places of a page; the longest has thirty."""

LOOPS = 2
"""Loops within each other: what two take grows fast enough."""

CALLED = frozenset(
    (
        *("about", "category_of", "collections", "count", "day", "get", "isoformat", "link", "principle"),
        *("principles_of_category", "to", "word"),
    )
)
"""Methods that a page may call. Each only looks something up; `_` and `format` would take a text for a pattern."""

FILTERS = frozenset({"first", "join", "last", "length"})

SETTINGS = frozenset({"repo_url", "site_url"})
"""What a page may print of `config`. The rest of it leads to everything."""

_MACRO = re.compile(r"\{%-? macro (\w+)\(")

_BLOCK: Mapping[type[nodes.Node], str] = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Block: "block",
    nodes.CallBlock: "call",
    nodes.Extends: "extends",
    nodes.FilterBlock: "filter",
    nodes.Import: "import",
    nodes.Macro: "macro",
    nodes.Scope: "autoescape",
    nodes.ScopedEvalContextModifier: "autoescape",
    nodes.With: "with",
}


@dataclass
class SyntaxLook:
    """A look through a page's syntax tree: what is wrong in it, and the records that it names."""

    address: str
    found: list[tuple[int, str, str]] = field(default_factory=list)
    """Line in the body, what to look for there, what to say."""
    named: list[tuple[int, str, str]] = field(default_factory=list)
    """Line in the body, collection, id."""
    imported: set[str] = field(default_factory=set)
    pieces: int = 0
    line: int = 1

    def at_tree(self, tree: nodes.Template) -> None:
        """Look through a page that was read; what is found stands in the fields. Raises RecursionError."""
        self._statements(tree.body, frozenset(), 0)

    def _no(self, node: nodes.Node, what: str, message: str) -> None:
        if len(self.found) < 100:
            self.line = node.lineno or self.line  # a node that Jinja made by itself has none
            self.found.append((self.line, what, message))

    # --- statements ---

    def _statements(self, body: Iterable[nodes.Node], names: frozenset[str], loops: int) -> None:
        for node in body:
            self.pieces += 1
            if self.pieces > MAX_PIECES:
                if self.pieces == MAX_PIECES + 1:
                    self._no(node, "{", f"a page has at most {MAX_PIECES:,} marked places")
                return
            names = self._statement(node, names, loops)

    def _statement(self, node: nodes.Node, names: frozenset[str], loops: int) -> frozenset[str]:
        """Look at a statement; give the names that are known after it."""
        match node:
            case nodes.Output():
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        self._printed(part, names)
            case nodes.Assign(
                target=nodes.Name(name="ctx"),
                node=nodes.Call(node=nodes.Name(name="page_context"), args=[nodes.Const(value=own)]) as made,
            ) if loops == 0 and own == self.address and _plain_call(made):
                return names | {"ctx"}
            case nodes.Assign() if isinstance(node.target, nodes.Name) and node.target.name == "ctx":
                self._no(
                    node,
                    "set",
                    f'a page sees its own address: {{% set ctx = page_context("{self.address}") %}}',
                )
                return names | {"ctx"}
            case nodes.If():
                self._value(node.test, names)
                self._statements(node.body, names, loops)
                self._statements(node.elif_, names, loops)
                self._statements(node.else_, names, loops)
            case nodes.For():
                self._loop(node, names, loops)
            case nodes.Include():
                self._part(node.template, "include")
            case nodes.FromImport():
                self._importing(node)
            case _:
                word = _BLOCK.get(type(node), type(node).__name__.lower())
                self._no(node, word, f"{{% {word} %}} is not used in pages; write the text itself, or use a part")
        return names

    def _loop(self, node: nodes.For, names: frozenset[str], loops: int) -> None:
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        own = {target.name for target in targets if isinstance(target, nodes.Name)}
        if len(own) != len(targets):
            self._no(node, "for", "a loop runs over plain names: {% for term in ctx.catalogue.terms %}")
        for name in own & {"config", "ctx", "listing", "loop", "page_context", *self.imported}:
            self._no(node, name, f"'{name}' means something else already; give the loop another name")
        if node.recursive or loops >= LOOPS:
            self._no(node, "for", f"at most {LOOPS} loops within each other, and none that calls itself")
        self._value(node.iter, names)
        inner = names | own | {"loop"}
        if node.test is not None:
            self._value(node.test, inner)
        self._statements(node.body, inner, loops + 1)
        self._statements(node.else_, names, loops)

    def _part(self, template: nodes.Expr | None, word: str) -> str | None:
        known = _parts()
        name = template.value if isinstance(template, nodes.Const) else None
        if isinstance(name, str) and name in known:
            return name
        if template is not None:
            hint = f"there are {', '.join(known)}"
            self._no(template, str(name) if name else word, f'a part is named in full: "parts/help.md.j2"; {hint}')
        return None

    def _importing(self, node: nodes.FromImport) -> None:
        name = self._part(node.template, "from")
        known = _parts().get(name, frozenset()) if name else frozenset()
        for one in node.names:
            if not isinstance(one, str):
                self._no(node, one[0], f"'{one[0]}' keeps its name; leave out `as`")
            elif name and one not in known:
                self._no(node, one, f"{name} has no '{one}'; it has {', '.join(sorted(known))}")
            elif name:
                self.imported.add(one)

    # --- values ---

    def _printed(self, node: nodes.Node, names: frozenset[str]) -> None:
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Call | nodes.Filter):
            self._value(node, names)
        else:
            self._no(node, "{{", "a value of the data stands between {{ and }}; write the text itself outside of them")

    def _value(self, node: nodes.Node | None, names: frozenset[str]) -> None:
        match node:
            case nodes.Const():
                pass
            case nodes.Name():
                if node.name not in names:
                    known = ", ".join(sorted(names | {"config.repo_url", "listing(…)"}))
                    self._no(node, node.name, f"'{node.name[:40]}' is not known in pages; known here are {known}")
            case nodes.Getattr():
                self._attribute(node, names)
            case nodes.Call():
                self._call(node, names)
            case nodes.Filter() if node.name in FILTERS and node.node is not None:
                if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > (node.name == "join"):
                    self._no(node, node.name, f"the filter '{node.name}' takes nothing else here")
                elif node.args and not (isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str)):
                    self._no(node, node.name, 'what stands between is a text: | join(", ")')
                self._value(node.node, names)
            case nodes.Filter():
                self._no(node, node.name, f"the filter '{node.name[:40]}' is not used in pages; {_there(FILTERS)}")
            case nodes.Not():
                self._value(node.node, names)
            case nodes.And() | nodes.Or():
                self._value(node.left, names)
                self._value(node.right, names)
            case nodes.Compare():
                self._value(node.expr, names)
                for operand in node.ops:
                    self._value(operand.expr, names)
            case nodes.Getitem():
                self._no(
                    node, "[", "square brackets are not used in pages; write a name after a dot, as in ctx.catalogue"
                )
            case nodes.Test():
                self._no(
                    node,
                    node.name,
                    f"the test '{node.name[:40]}' is not used in pages; {{% if … %}} asks whether it is there",
                )
            case None:
                pass
            case _:
                self._no(node, "{", "this is more than a page may do; name a value, such as ctx.catalogue.last_checked")

    def _attribute(self, node: nodes.Getattr, names: frozenset[str]) -> None:
        if node.attr.startswith("_"):
            self._no(node, node.attr, f"'{node.attr[:40]}' starts with _ and is not for pages")
        elif isinstance(node.node, nodes.Name) and node.node.name == "config":
            if node.attr not in SETTINGS:
                self._no(node, node.attr, f"of the settings pages show {', '.join(sorted(SETTINGS))} alone")
        elif not isinstance(node.node, nodes.Name | nodes.Getattr | nodes.Call | nodes.Filter):
            self._no(node, node.attr, "a name after a dot belongs to a value of the data")
        else:
            unknown = _unknown(node)
            if unknown:
                self._no(node, node.attr, unknown)
            self._value(node.node, names)

    def _call(self, node: nodes.Call, names: frozenset[str]) -> None:
        called = node.node
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self._no(node, "*", "what is given to a call is written out, one by one")
        for given in (*node.args, *(pair.value for pair in node.kwargs)):
            self._value(given, names)
        match called:
            case nodes.Name(name="listing"):
                if not (_plain_call(node) and len(node.args) == 1 and _text(node.args[0]) in docs_pages.LISTED):
                    self._no(
                        node, "listing", f"listing shows one of these files: {', '.join(sorted(docs_pages.LISTED))}"
                    )
            case nodes.Name(name=name) if name in self.imported:
                pass
            case nodes.Getattr() if called.attr in CALLED:
                self._attribute(called, names)
                self._given(node, called.attr)
            case nodes.Getattr():
                self._no(node, called.attr, f"'{called.attr[:40]}' cannot be called in pages; {_there(CALLED)}")
            case nodes.Name(name=name):
                self._no(node, name, f"'{name[:40]}' cannot be called in pages")
            case _:
                self._no(node, "(", "this cannot be called in pages")

    def _given(self, node: nodes.Call, method: str) -> None:
        """Hold what a method is given against what the data has, where it is written out as it must be."""
        if method not in ("about", "get", "link", "to", "word"):
            return
        first = _text(node.args[0]) if node.args and _plain_call(node) else None
        if first is None:
            self._no(node, method, f"the first thing given to '{method}' is written out, as a text")
        elif method == "to":
            if not first.startswith("/"):
                self._no(node, first, 'a place of this site starts with a slash: ctx.to("/help/")')
        elif method == "link" and first not in (PAGES.keys() | ANCHORS.keys()):
            self._no(node, first, f"records of '{first[:40]}' have no place of their own")
        elif first not in kinds.COLLECTIONS:
            self._no(node, first, f"there is no collection '{first[:40]}'")
        elif method in ("get", "word"):
            second = _text(node.args[1]) if len(node.args) == 2 else None
            if second is None:
                self._no(node, method, f'a record is named in full: {method}("{first}", "its-id")')
            else:
                self.named.append((node.lineno, first, second))


def _plain_call(node: nodes.Call) -> bool:
    return not node.kwargs and node.dyn_args is None and node.dyn_kwargs is None


def _text(node: nodes.Node) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


def _there(known: Iterable[str]) -> str:
    return f"there are {', '.join(sorted(known))}"


def _unknown(node: nodes.Getattr) -> str | None:
    """Say that the context, the catalogue or the document has no such name, as far as one sees without the data."""
    owner, names = node.node, frozenset[str]()
    match owner:
        case nodes.Name(name="ctx"):
            names = frozenset((*dir(PageContext), *PageContext.__dataclass_fields__))
        case nodes.Getattr(attr="catalogue", node=nodes.Name(name="ctx")):
            names = frozenset((*dir(Catalogue), "document", "language"))
        case nodes.Getattr(attr="document", node=nodes.Getattr(attr="catalogue", node=nodes.Name(name="ctx"))):
            names = frozenset(kinds.COLLECTIONS)
        case _:
            return None
    if node.attr in names:
        return None
    where = "macros/pages/context.py and macros/data/catalogue.py"
    return f"there is no '{node.attr[:40]}' here; look at {where} for what there is"


@functools.cache
def _parts() -> Mapping[str, frozenset[str]]:
    """Give the parts that a page may place, each with the macros in it."""
    files = sorted((TEMPLATES / "parts").glob("*.md.j2"))
    return {f"parts/{file.name}": frozenset(_MACRO.findall(file.read_text(encoding="utf-8"))) for file in files}
