"""What a page written by hand may do. Anybody can propose one, so it is text with a few marked places, and no program.

A page in docs/ is a template: it shows facts of the data. Jinja's own sandbox is no fence for that (what a page is
given leads to whole programs), so a page is held against a short list of what pages need, in its syntax tree
(https://jinja.palletsprojects.com/en/stable/api/#the-meta-api): names, methods, filters, parts, files. Whatever is not
listed is refused, in `make check` with its place, and again by `Guarded` before anything of it runs. The markup and the
head are held against lists of their own.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros.checkout import ROOT, TEMPLATES
from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import ANCHORS, PAGES
from macros.data.yaml_reader import Fault, Position, read_bytes
from macros.pages import jinja_gettext, markup, sitemap, sites
from macros.pages.context import Sheet
from macros.pages.escaping import as_lines
from macros.unicode_text import INVISIBLE, deceit

__all__ = ["Guarded", "Refused", "faults", "guarded", "in_folder", "in_page", "read", "refused", "stand_in"]

MAX_BYTES = 100_000
"""Bytes of a page; the longest has some thirty thousand."""

MAX_LINE = 2_000
"""Characters of a line; the longest has some five hundred. What makes HTML of it slows down with both."""

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

HEAD = frozenset({"aliases", "description", "hide", "title"})
HIDDEN = frozenset({"navigation", "toc"})
_IN_HEAD = re.compile(r'[<>{}"\\]')

PICTURES = frozenset({".avif", ".jpeg", ".jpg", ".png", ".webp"})
CODE = "docs/assets/"
"""The one folder in docs/ whose files are code: scripts, sheets and drawings that readers' browsers run."""

ALSO_PAGES = frozenset({".markdown", ".mdown", ".mkd", ".mkdn"})
_NAME = re.compile(r"docs/(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*\.[a-z]+")

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


class Refused(ValueError):  # noqa: N818  (it says what was not done)
    """A page was not filled in; its text is the lines that say why."""


# --- the whole folder ------------------------------------------------------------------------------------------------


def refused(catalogue: Catalogue | None = None, folder: Path | None = None) -> list[str]:
    """Give the lines that say what is wrong in docs/, page by page; none where all is well.

    With a catalogue, the records that pages name are looked for in it too. `folder` is another folder to look through.
    """
    lines: list[str] = []
    for name, found in in_folder(catalogue, folder).items():
        lines += sites.said(name, found)
    return lines


def in_folder(catalogue: Catalogue | None = None, folder: Path | None = None) -> dict[str, list[Fault]]:
    """Give what is wrong with each file of docs/, by its name in the checkout; files without a fault are left out."""
    docs = folder or ROOT / "docs"
    found: dict[str, list[Fault]] = {}
    for file in _files(docs):
        name = f"docs/{file.relative_to(docs).as_posix()}"
        wrong = list(_of_file(name, file, catalogue))
        if wrong:
            found[name] = wrong
    return found


def _files(docs: Path) -> Iterator[Path]:
    """Yield every file below a folder, and each link in place of what it leads to."""
    for place, below, names in os.walk(docs):
        own = Path(place)
        links = [name for name in below if (own / name).is_symlink()]
        below[:] = sorted(name for name in below if name not in links)
        yield from (own / name for name in sorted((*names, *links)))


def _of_file(name: str, file: Path, catalogue: Catalogue | None) -> Iterator[Fault]:
    here = Position(1, 1)
    if file.is_symlink():
        yield Fault(here, "a link to another file; put the file itself here")
    elif file.suffix == ".md":
        if not _NAME.fullmatch(name):
            yield Fault(here, "the name of a page, and of its folders, has small letters, digits and hyphens alone")
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
        except OSError as error:
            yield Fault(here, f"the page cannot be read: {error.strerror or error}")
            return
        yield from faults(name, data, catalogue)
    elif file.suffix in ALSO_PAGES:
        yield Fault(here, "MkDocs takes this for a page; call it .md")
    elif not name.startswith(CODE) and not (file.suffix in PICTURES and _NAME.fullmatch(name)):
        yield Fault(
            here, f"only pages (.md) and pictures ({', '.join(sorted(PICTURES))}) can stand here; delete this file"
        )


def read(name: str, file: Path, catalogue: Catalogue | None = None) -> tuple[str, list[str]]:
    """Give the text of a page and the lines that say what is wrong with it; no text where there is something wrong."""
    found = list(_of_file(name, file, catalogue))
    if not found:
        data = file.read_bytes()  # looked at once more: it may have been saved meanwhile
        found = list(faults(name, data, catalogue))
    return ("", list(sites.said(name, found))) if found else (data.decode(), [])


def stand_in(lines: Iterable[str]) -> str:
    """Give the page that the live server shows in place of one that was refused."""
    template = (TEMPLATES / "refused.md").read_text(encoding="utf-8")
    return template.replace("[[faults]]", as_lines("\n".join(lines)))


# --- one page --------------------------------------------------------------------------------------------------------


def faults(name: str, data: bytes, catalogue: Catalogue | None = None) -> Iterator[Fault]:
    """Yield what is wrong with a page, in no order; `name` is its name in the checkout, such as `docs/about/index.md`.

    Raises nothing, whatever the bytes are.
    """
    if len(data) > MAX_BYTES:
        yield Fault(Position(1, 1), f"the page is larger than {MAX_BYTES // 1000} KB; split it in two")
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Fault(_Text(data[: error.start].decode("utf-8")).end, "this character is not UTF-8; type it again")
        return
    page = _Text(text)
    unseen = list(_unseen(page))
    yield from unseen[:100]
    if unseen:
        return
    head = _HEAD_OF_PAGE.match(text)
    if head is None:
        yield Fault(Position(1, 1), "a page starts with its head: `---`, `title:` and `description:`, and `---` again")
        return
    yield from _in_head(name, head[1])
    yield from _in_body(_address(name), page, head.end(), catalogue)


_HEAD_OF_PAGE = re.compile(r"---\n((?:(?!---|\.\.\.)[^\n]*\n)*)---\n")
"""The head as every reader of it takes it: ours, MkDocs, the live server."""


class _Text:
    """A text that knows the line and column of each of its letters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, place: int) -> Position:
        line = bisect_right(self._starts, place)
        return Position(line, place - self._starts[line - 1] + 1)

    @property
    def end(self) -> Position:
        return self.at(len(self.text))

    def find(self, what: str, line: int) -> Position:
        """Give the first place of a snippet from a line on; the line's start where it is not there."""
        start = self._starts[min(line, len(self._starts)) - 1]
        found = self.text.find(what, start) if what else -1
        return self.at(found if found >= 0 else start)


def _unseen(page: _Text) -> Iterator[Fault]:
    for match in INVISIBLE.finditer(page.text):
        yield Fault(page.at(match.start()), f"an invisible character (U+{ord(match.group()):04X}); delete it")
    if "\r" in page.text or "\t" in page.text:
        at = re.search("[\r\t]", page.text)
        yield Fault(page.at(at.start() if at else 0), "a tab or a carriage return; use spaces, and plain line ends")
    start = 0
    for line in page.text.split("\n"):
        found = deceit(line)
        if len(line) > MAX_LINE:
            yield Fault(page.at(start), f"a line of {len(line):,} characters; at most {MAX_LINE:,} fit: break it")
        if found:
            yield Fault(page.at(start + line.index(found.snippet)), found.message)
        start += len(line) + 1


def _address(name: str) -> str:
    """Give a page's address on the site."""
    own = name.removeprefix("docs/").removesuffix(".md")
    return "/" + (own.removesuffix("index") if own.endswith(("/index", "index")) else f"{own}/")


def _in_head(name: str, text: str) -> Iterator[Fault]:
    """Hold the head against what pages need; the theme prints title and description into HTML as they are."""
    tree = read_bytes(text.encode(), name, MAX_BYTES)
    for fault in tree.faults:
        yield Fault(Position(fault.position.line + 1, fault.position.column), fault.message)
    if tree.faults:
        return
    data = tree.data if isinstance(tree.data, dict) else {}

    def at(*path: str | int, key: bool = False) -> Position:
        place = tree.position(path, key=key)
        return Position(place.line + 1, place.column)

    for field_ in data:
        if field_ not in HEAD:
            yield Fault(
                at(field_, key=True), f"'{field_[:40]}' is not used in a head; known are {', '.join(sorted(HEAD))}"
            )
    for field_, most in (("title", 100), ("description", 170)):
        value = data.get(field_)
        if not isinstance(value, str) or not any(map(str.isalnum, value)):
            yield Fault(at(field_), f"the head needs '{field_}', as text")
        elif _IN_HEAD.search(value):
            yield Fault(at(field_), f"'{field_}' holds plain text: none of < > {{ }} \" and no backslash")
        elif len(value) > most:
            yield Fault(at(field_), f"'{field_}' has {len(value)} characters; at most {most} fit")
    aliases, hide = data.get("aliases", []), data.get("hide", [])
    if not isinstance(aliases, list) or len(aliases) > 50:
        yield Fault(at("aliases"), "'aliases' is a list of at most 50 texts")
    else:
        for index, alias in enumerate(aliases):
            if not isinstance(alias, str | int) or _IN_HEAD.search(str(alias)) or len(str(alias)) > 100:
                yield Fault(at("aliases", index), 'an alias is a short plain text: none of < > { } " and no backslash')
    if not isinstance(hide, list) or not all(isinstance(one, str) and one in HIDDEN for one in hide):
        yield Fault(at("hide"), f"'hide' is a list of {' and '.join(sorted(HIDDEN))}")


def _in_body(address: str, page: _Text, start: int, catalogue: Catalogue | None) -> Iterator[Fault]:
    body = page.text[start:]
    first = page.at(start).line - 1
    try:
        tree = _reader().parse(body)
        looked = _Look(address)
        looked.at_tree(tree)
    except TemplateSyntaxError as error:
        # Jinja says it in a sentence; where, to the line.
        yield Fault(Position(first + (error.lineno or 1), 1), f"this is no template: {str(error.message)[:200]}")
        return
    except RecursionError:
        yield Fault(Position(first + 1, 1), "a marked place ({{ … }} or {% … %}) is nested too deeply; write it simply")
        return
    for line, what, message in looked.found:
        yield Fault(page.find(what, first + line), message)
    for line, collection, identifier in looked.named if catalogue else ():
        known = {record.id for record in getattr(catalogue.document, collection)} if catalogue else set()
        if identifier not in known:
            yield Fault(
                page.find(f'"{identifier}"', first + line),
                f"this page shows '{identifier}' of {collection}, which is not there; name another, or keep the record",
            )
    left = _without_template(body)
    for at in left.trimming:
        yield Fault(page.at(start + at), "a mark without - or +: {% … %}; what stands beside it stays where it is")
    for at, message in markup.in_source(left.text):
        yield Fault(page.at(start + left.origin(at)), message)


@functools.cache
def _reader() -> Environment:
    """Give what reads a page as Jinja does when it fills it in, and runs nothing."""
    return Environment(autoescape=True, keep_trailing_newline=True)


@dataclass
class _Left:
    """What is left of a page without what belongs to the template, and where each piece of it stood."""

    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])
    """Where a piece starts here, and where it starts in the page."""
    trimming: list[int] = field(default_factory=list)
    """Where marks stand that take the white space beside them away."""

    def origin(self, at: int) -> int:
        """Give the place in the page of a place here."""
        here, there = self.places[bisect_right(self.places, (at, sys.maxsize)) - 1]
        return there + at - here


def _without_template(body: str) -> _Left:
    """Give a page as if it were filled in: for each value an x, for blocks and remarks nothing, as the engine does."""
    left, kept = _Left(), list[str]()
    here = there = 0
    inside, trim = "", False

    def keep(value: str, origin: int) -> None:
        nonlocal here
        left.places.append((here, origin))
        kept.append(value)
        here += len(value)

    for _, token, value in _reader().lexer.tokeniter(body, None):
        there = body.find(value, there)
        name, _, part = token.partition("_")
        if part == "begin" and name in ("block", "comment", "raw", "variable"):
            inside = "" if name == "raw" else name
            if value.rstrip(" %}").endswith(("-", "+")):
                left.trimming.append(there)
            trim = name == "raw"
        elif part == "end" and name in ("block", "comment", "raw", "variable"):
            if value.startswith(("-", "+")) or (name == "raw" and re.search(r"[-+]", value)):
                left.trimming.append(there)
            if name == "variable":
                keep("x", there)
            inside, trim = "", name != "variable"
        elif not inside:
            gone = 1 if trim and value.startswith("\n") else 0
            keep(value[gone:], there + gone)
            trim = False
        there += len(value)
    left.text = "".join(kept)
    return left


# --- the syntax tree -------------------------------------------------------------------------------------------------


@dataclass
class _Look:
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
        self.statements(tree.body, frozenset(), 0)

    def no(self, node: nodes.Node, what: str, message: str) -> None:
        if len(self.found) < 100:
            self.line = node.lineno or self.line  # a node that Jinja made by itself has none
            self.found.append((self.line, what, message))

    # --- statements ---

    def statements(self, body: Iterable[nodes.Node], names: frozenset[str], loops: int) -> None:
        for node in body:
            self.pieces += 1
            if self.pieces > MAX_PIECES:
                if self.pieces == MAX_PIECES + 1:
                    self.no(node, "{", f"a page has at most {MAX_PIECES:,} marked places")
                return
            names = self.statement(node, names, loops)

    def statement(self, node: nodes.Node, names: frozenset[str], loops: int) -> frozenset[str]:
        """Look at a statement; give the names that are known after it."""
        match node:
            case nodes.Output():
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        self.printed(part, names)
            case nodes.Assign(
                target=nodes.Name(name="it"),
                node=nodes.Call(node=nodes.Name(name="sheet"), args=[nodes.Const(value=own)]) as made,
            ) if loops == 0 and own == self.address and _plain_call(made):
                return names | {"it"}
            case nodes.Assign() if isinstance(node.target, nodes.Name) and node.target.name == "it":
                self.no(
                    node, "set", f'a page is the sheet of its own address: {{% set it = sheet("{self.address}") %}}'
                )
                return names | {"it"}
            case nodes.If():
                self.value(node.test, names)
                self.statements(node.body, names, loops)
                self.statements(node.elif_, names, loops)
                self.statements(node.else_, names, loops)
            case nodes.For():
                self.loop(node, names, loops)
            case nodes.Include():
                self.part(node.template, "include")
            case nodes.FromImport():
                self.importing(node)
            case _:
                word = _BLOCK.get(type(node), type(node).__name__.lower())
                self.no(node, word, f"{{% {word} %}} is not used in pages; write the text itself, or use a part")
        return names

    def loop(self, node: nodes.For, names: frozenset[str], loops: int) -> None:
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        own = {target.name for target in targets if isinstance(target, nodes.Name)}
        if len(own) != len(targets):
            self.no(node, "for", "a loop runs over plain names: {% for term in it.catalogue.terms %}")
        for name in own & {"config", "it", "listing", "loop", "sheet", *self.imported}:
            self.no(node, name, f"'{name}' means something else already; give the loop another name")
        if node.recursive or loops >= LOOPS:
            self.no(node, "for", f"at most {LOOPS} loops within each other, and none that calls itself")
        self.value(node.iter, names)
        inner = names | own | {"loop"}
        if node.test is not None:
            self.value(node.test, inner)
        self.statements(node.body, inner, loops + 1)
        self.statements(node.else_, names, loops)

    def part(self, template: nodes.Expr | None, word: str) -> str | None:
        known = _parts()
        name = template.value if isinstance(template, nodes.Const) else None
        if isinstance(name, str) and name in known:
            return name
        if template is not None:
            hint = f"there are {', '.join(known)}"
            self.no(template, str(name) if name else word, f'a part is named in full: "parts/help.md.j2"; {hint}')
        return None

    def importing(self, node: nodes.FromImport) -> None:
        name = self.part(node.template, "from")
        known = _parts().get(name, frozenset()) if name else frozenset()
        for one in node.names:
            if not isinstance(one, str):
                self.no(node, one[0], f"'{one[0]}' keeps its name; leave out `as`")
            elif name and one not in known:
                self.no(node, one, f"{name} has no '{one}'; it has {', '.join(sorted(known))}")
            elif name:
                self.imported.add(one)

    # --- values ---

    def printed(self, node: nodes.Node, names: frozenset[str]) -> None:
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Call | nodes.Filter):
            self.value(node, names)
        else:
            self.no(node, "{{", "a value of the data stands between {{ and }}; write the text itself outside of them")

    def value(self, node: nodes.Node | None, names: frozenset[str]) -> None:
        match node:
            case nodes.Const():
                pass
            case nodes.Name():
                if node.name not in names:
                    known = ", ".join(sorted(names | {"config.repo_url", "listing(…)"}))
                    self.no(node, node.name, f"'{node.name[:40]}' is not known in pages; known here are {known}")
            case nodes.Getattr():
                self.attribute(node, names)
            case nodes.Call():
                self.call(node, names)
            case nodes.Filter() if node.name in FILTERS and node.node is not None:
                if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > (node.name == "join"):
                    self.no(node, node.name, f"the filter '{node.name}' takes nothing else here")
                elif node.args and not (isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str)):
                    self.no(node, node.name, 'what stands between is a text: | join(", ")')
                self.value(node.node, names)
            case nodes.Filter():
                self.no(node, node.name, f"the filter '{node.name[:40]}' is not used in pages; {_there(FILTERS)}")
            case nodes.Not():
                self.value(node.node, names)
            case nodes.And() | nodes.Or():
                self.value(node.left, names)
                self.value(node.right, names)
            case nodes.Compare():
                self.value(node.expr, names)
                for operand in node.ops:
                    self.value(operand.expr, names)
            case nodes.Getitem():
                self.no(
                    node, "[", "square brackets are not used in pages; write a name after a dot, as in it.catalogue"
                )
            case nodes.Test():
                self.no(
                    node,
                    node.name,
                    f"the test '{node.name[:40]}' is not used in pages; {{% if … %}} asks whether it is there",
                )
            case None:
                pass
            case _:
                self.no(node, "{", "this is more than a page may do; name a value, such as it.catalogue.last_checked")

    def attribute(self, node: nodes.Getattr, names: frozenset[str]) -> None:
        if node.attr.startswith("_"):
            self.no(node, node.attr, f"'{node.attr[:40]}' starts with _ and is not for pages")
        elif isinstance(node.node, nodes.Name) and node.node.name == "config":
            if node.attr not in SETTINGS:
                self.no(node, node.attr, f"of the settings pages show {', '.join(sorted(SETTINGS))} alone")
        elif not isinstance(node.node, nodes.Name | nodes.Getattr | nodes.Call | nodes.Filter):
            self.no(node, node.attr, "a name after a dot belongs to a value of the data")
        else:
            unknown = _unknown(node)
            if unknown:
                self.no(node, node.attr, unknown)
            self.value(node.node, names)

    def call(self, node: nodes.Call, names: frozenset[str]) -> None:
        called = node.node
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self.no(node, "*", "what is given to a call is written out, one by one")
        for given in (*node.args, *(pair.value for pair in node.kwargs)):
            self.value(given, names)
        match called:
            case nodes.Name(name="listing"):
                if not (_plain_call(node) and len(node.args) == 1 and _text(node.args[0]) in sites.LISTED):
                    self.no(node, "listing", f"listing shows one of these files: {', '.join(sorted(sites.LISTED))}")
            case nodes.Name(name=name) if name in self.imported:
                pass
            case nodes.Getattr() if called.attr in CALLED:
                self.attribute(called, names)
                self.given(node, called.attr)
            case nodes.Getattr():
                self.no(node, called.attr, f"'{called.attr[:40]}' cannot be called in pages; {_there(CALLED)}")
            case nodes.Name(name=name):
                self.no(node, name, f"'{name[:40]}' cannot be called in pages")
            case _:
                self.no(node, "(", "this cannot be called in pages")

    def given(self, node: nodes.Call, method: str) -> None:
        """Hold what a method is given against what the data has, where it is written out as it must be."""
        if method not in ("about", "get", "link", "to", "word"):
            return
        first = _text(node.args[0]) if node.args and _plain_call(node) else None
        if first is None:
            self.no(node, method, f"the first thing given to '{method}' is written out, as a text")
        elif method == "to":
            if not first.startswith("/"):
                self.no(node, first, 'a place of this site starts with a slash: it.to("/help/")')
        elif method == "link" and first not in (PAGES.keys() | ANCHORS.keys()):
            self.no(node, first, f"records of '{first[:40]}' have no place of their own")
        elif first not in kinds.COLLECTIONS:
            self.no(node, first, f"there is no collection '{first[:40]}'")
        elif method in ("get", "word"):
            second = _text(node.args[1]) if len(node.args) == 2 else None
            if second is None:
                self.no(node, method, f'a record is named in full: {method}("{first}", "its-id")')
            else:
                self.named.append((node.lineno, first, second))


def _plain_call(node: nodes.Call) -> bool:
    return not node.kwargs and node.dyn_args is None and node.dyn_kwargs is None


def _text(node: nodes.Node) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


def _there(known: Iterable[str]) -> str:
    return f"there are {', '.join(sorted(known))}"


def _unknown(node: nodes.Getattr) -> str | None:
    """Say that the sheet, the catalogue or the document has no such name, as far as it can be seen without the data."""
    owner, names = node.node, frozenset[str]()
    match owner:
        case nodes.Name(name="it"):
            names = frozenset((*dir(Sheet), *Sheet.__dataclass_fields__))
        case nodes.Getattr(attr="catalogue", node=nodes.Name(name="it")):
            names = frozenset((*dir(Catalogue), "document", "language"))
        case nodes.Getattr(attr="document", node=nodes.Getattr(attr="catalogue", node=nodes.Name(name="it"))):
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


# --- before anything is filled in ------------------------------------------------------------------------------------


class Guarded(Environment):
    """The template engine of the pages. What it is given as a text is filled in only where a page may hold it.

    That is then done in Jinja's sandbox, where no name with `_` leads on, and what is shown cannot be changed. Files of
    macros/templates/ are ours, and so is the one line of a generated page.
    """

    def from_string(self, source: Any, *arguments: Any, **more: Any) -> Template:
        """Give a template from a text; raises Refused where it holds what a page may not."""
        text = str(source)
        if text.strip() == sitemap.BODY.strip():
            return super().from_string(source, *arguments, **more)
        look = _Look(_any_address(text))
        try:
            look.at_tree(_reader().parse(text))
        except RecursionError:
            raise Refused("nested too deeply") from None
        if look.found:
            raise Refused("\n".join(f"line {line}: {message}" for line, _, message in look.found))
        return self._fence().from_string(source, *arguments, **more)

    def _fence(self) -> Environment:
        """Give the same engine as a sandbox; it keeps nothing compiled, which the other would take for its own."""
        fence = ImmutableSandboxedEnvironment(
            loader=self.loader,
            undefined=self.undefined,
            autoescape=self.autoescape,
            finalize=self.finalize,
            trim_blocks=self.trim_blocks,
            lstrip_blocks=self.lstrip_blocks,
        )
        fence.filters = self.filters
        fence.globals = self.globals
        jinja_gettext.install(fence)
        return fence


def _any_address(text: str) -> str:
    """Give the address that a page says is its own: which one it is, the check knows, and it leads to no more."""
    found = re.search(r'sheet\("(/[a-z0-9/-]*)"\)', text)
    return found[1] if found else "/"


def guarded(engine: Environment | None = None) -> Guarded:
    """Give the engine of the pages, in place of another with its names and filters, or by itself."""
    made = Guarded(loader=engine.loader if engine else None, undefined=engine.undefined if engine else StrictUndefined)
    if engine is not None:
        made.globals.update(engine.globals)
        made.filters.update(engine.filters)
    jinja_gettext.install(made)
    return made


def in_page(name: str, source: str, html: str) -> list[str]:
    """Give the lines that say what is wrong with the finished HTML of a page; none where all is well."""
    text = _Text(source)
    found = [Fault(text.find(what, 1), why) for what, why in islice(markup.in_page(html), 100)]
    return list(sites.said(name, found)) if found else []
