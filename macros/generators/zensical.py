"""The whole site as a folder that another generator builds: finished Markdown, every file beside it, settings, theme.

The templates inside pages are filled in here, by the same engine as in the MkDocs build, so the other generator needs
neither macros nor hooks. It is Zensical (https://zensical.org), which reads the settings of MkDocs.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros import define_env
from macros.build import artifacts, folders
from macros.checkout import ROOT, TEMPLATES
from macros.data.languages import LANGUAGES, UntranslatedText
from macros.exports import markdown_copies
from macros.pages import front_matter, handwritten, sitemap, sites, template_guard, ui_strings

__all__ = ["complete", "stage"]

SETTINGS = "mkdocs.yml"
MARK = "# Written by `python -m macros stage`, which empties this folder before it writes again.\n"
"""How the settings of a staged folder begin: no other folder is ever emptied."""

OF_MKDOCS = ("plugins", "hooks", "watch", "validation", "strict", "edit_uri", "docs_dir", "site_dir")
"""Settings that say how MkDocs builds from the checkout, which the staged folder has no use for."""

OF_ZENSICAL: Mapping[str, str] = {"partials/language.html": "zensical/language.html"}
"""Templates of Zensical that are replaced, each by one of ours."""

OF_OURS = ("api/v1/index.json", "assets/search-data.js", "llms.txt")
"""Files that a site built from staged sources has, and a site of somebody else's has not."""

UNUSED = (
    "search.json",
    "assets/images",
    "assets/javascripts",
    "assets/stylesheets/modern",
    "assets/stylesheets/classic/palette*",
)
"""What Zensical writes and no page of this site asks for."""

_LANGUAGE = "(page and page.meta and page.meta.lang or 'en')"
CALLS = (
    (re.compile(r'\bsay\(("[^"]*"|config\.\w+)\)'), rf"(config.extra.said[{_LANGUAGE}][\1] or \1)"),
    (
        re.compile(r'\btell\(("[^"]*"|config\.\w+)\)'),
        rf"((config.extra.told[{_LANGUAGE}][\1] or config.extra.said[{_LANGUAGE}][\1] or \1) | safe)",
    ),
    (re.compile(r"\blanguage\(\)"), _LANGUAGE),
    (re.compile(r"\balternates\(\)"), "(page and page.meta and page.meta.alternates or [])"),
    # It would lead to the staged file, which nobody can edit.
    (re.compile(r"\bpage\.edit_url\b"), "(page and page.meta and page.meta.edit)"),
    # Zensical's engine has filters and tests in place of methods, and its page for lost addresses has no address.
    (re.compile(r"\b([\w.]+)\.items\(\)"), r"\1 | items"),
    (re.compile(r"\bpage\.url\.startswith\(([\w.]+)\)"), r"((page.url or '') is startingwith(\1))"),
    (re.compile(r"\b(item|child|target) == page\b"), r"(page and \1.url == page.url)"),
    (re.compile(r'config\.extra\.embeds\.get\("/" ~ page\.url\)'), "(page and page.meta and page.meta.embed)"),
)
"""What the theme's templates call in our MkDocs adapter, and where the staged folder has the same."""

SAID = re.compile(r'\b(?:say|tell)\("([^"]*)"\)')
"""A text of the theme that other languages may have."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page before its template is filled in: its file below docs/, its head, its text, where it is edited."""

    file: str
    head: Mapping[str, Any]
    text: str
    edit: str

    @property
    def address(self) -> str:
        """Where it stands on the site."""
        return "/" + self.file.removesuffix("index.md")

    def shown(self) -> artifacts.Shown:
        """Give the page as its head and lists show it."""
        title, description = (unescape(str(self.head.get(name, ""))) for name in ("title", "description"))
        return artifacts.Shown(self.address, title, description, str(self.head.get("lang", "en")))


def stage(folder: Path) -> None:
    """Write the site's finished sources into a folder, for the data in use (`sites.use`).

    A folder that was written so before is emptied, but for names that begin with a dot. Raises folders.Refused where it
    holds anything else or is not to be emptied, OSError where it cannot be written, jinja2.TemplateError where a
    template has a fault, and template_guard.Refused where a page in docs/ may not be filled in.
    """
    lines = handwritten.refused(sites.current())
    if lines:
        raise template_guard.Refused("\n".join(lines))
    folder = folders.for_sources(folder)
    settings = read_settings(ROOT / SETTINGS)
    extra = settings["extra"]
    site = artifacts.imprint(settings["site_name"], settings["site_url"])
    extra["edit_data"] = artifacts.edit_data(settings["repo_url"], settings["edit_uri"])
    extra["policy"] = artifacts.POLICY
    engine, kept = _engine(), dict[str, bytes]()
    beside = artifacts.Beside(site, _renderer(engine), kept)
    files = dict(beside.files())
    extra.update(beside.names())
    sources = list(_sources(f"{settings['repo_url']}/{settings['edit_uri']}"))
    meta, more = artifacts.described(site, settings["site_description"], [source.shown() for source in sources], kept)
    files.update(more)
    if folder.exists():
        folders.empty(folder)
    _write(folder / SETTINGS, MARK)
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("*.md"), dirs_exist_ok=True)
    config = SimpleNamespace(**settings)
    for source in sources:
        page = SimpleNamespace(meta=source.head, edit_url=source.edit)
        text = engine.from_string(source.text).render({**extra, "config": config, "page": page, **source.head})
        head = {**source.head, **meta[source.address], "edit": source.edit, "embed": _embed(extra, source)}
        _write(folder / "docs" / source.file, front_matter.written(head) + text)
    for path, content in files.items():
        _write(folder / "docs" / path, content)
    said = _stage_theme(folder / "theme", "Skip to content", settings["copyright"], settings["site_name"])
    written = yaml.safe_dump(_staged_settings(settings, said), allow_unicode=True, sort_keys=False)
    _write(folder / SETTINGS, MARK + written)


def complete(folder: Path, address: str | None = None) -> None:
    """Add to a site that Zensical built what is made from finished pages: their Markdown, and the archive of all.

    Takes out what no page asks for. `address` is the site's; without it, the one in `mkdocs.yml`. Raises OSError where
    the folder cannot be read or written, folders.Refused where it is not to be written, and ValueError where it holds
    no site that was built from staged sources.
    """
    folder = folders.guarded(folder)
    if not (folder / "index.html").is_file():
        raise ValueError("it holds no built site")
    if any(not (folder / name).is_file() for name in OF_OURS):
        raise ValueError("the built site that it holds was not made from what `python -m macros stage` wrote")
    root = address or read_settings(ROOT / SETTINGS)["site_url"]
    for unused in (found for pattern in UNUSED for found in sorted(folder.glob(pattern))):
        shutil.rmtree(unused) if unused.is_dir() else unused.unlink()
    for page in sorted(folder.rglob("index.html")):
        html = page.read_text(encoding="utf-8")
        if "<article" in html:
            own = page.parent.relative_to(folder).as_posix()
            full = urljoin(root, "" if own == "." else f"{own}/")
            _write(page.with_name(markdown_copies.NAME), markdown_copies.twin(html, full))
    lines = list(_refused(folder))
    if lines:
        raise template_guard.Refused("\n".join(lines))
    artifacts.finished(folder)


def _refused(folder: Path) -> Iterator[str]:
    """Yield what is wrong with what became of the pages written by hand."""
    from selectolax.lexbor import LexborHTMLParser

    for name, text in sites.hand_written().items():
        page = folder / name.removeprefix("docs/").removesuffix(".md") / "index.html"
        page = page.parent.with_suffix(".html") if page.parent.name == "index" else page
        article = LexborHTMLParser(page.read_text(encoding="utf-8")).css_first("article")
        yield from handwritten.in_page(name, text, (article.inner_html or "") if article else "")


def _sources(edit: str) -> Iterator[Source]:
    """Yield every page, those written by hand first; `edit` is the address below which docs/ is edited."""
    for name, text in sites.hand_written().items():
        file = name.removeprefix("docs/")
        yield _source(file, text, urljoin(edit, file))
    for page in sitemap.pages(sites.current()):
        yield _source(page.file, page.stub, urljoin(edit, page.edit))


def _source(file: str, text: str, edit: str) -> Source:
    return Source(file, front_matter.fields(text, file), front_matter.parts(text)[1].lstrip("\n"), edit)


def _engine() -> Environment:
    """Give the template engine of the pages, as mkdocs-macros and our MkDocs adapter make it."""
    plain = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True)
    engine = template_guard.guarded(plain)
    artifacts.prepare(engine)

    def macro(function: Callable[..., Any]) -> Callable[..., Any]:
        engine.globals[function.__name__] = function
        return function

    define_env(SimpleNamespace(macro=macro))
    return engine


def _renderer(engine: Environment) -> Callable[..., str]:
    return lambda name, **given: engine.get_template(name).render(**given)


def _embed(extra: Mapping[str, Any], source: Source) -> dict[str, str] | None:
    embed = extra["embeds"].get(source.address)
    return {"oembed": embed.oembed, "name": embed.name} if embed else None


class _Loader(yaml.SafeLoader):
    """Reads the settings of MkDocs, in which `!ENV [NAME, default]` is a variable of the environment."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    names = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else [node.value, None]
    return next((os.environ[name] for name in names[:-1] if name in os.environ), names[-1])


_Loader.add_constructor("!ENV", _environment)


def read_settings(file: Path) -> dict[str, Any]:
    """Give the settings of MkDocs from their file; raises OSError."""
    settings: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506  a safe loader's child
    return settings


def _staged_settings(settings: Mapping[str, Any], said: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Give the settings of the staged folder."""
    staged = {name: value for name, value in settings.items() if name not in OF_MKDOCS}
    extra = {name: settings["extra"][name] for name in ("generator", "exit_url", "policy")}
    languages = {
        code: own and {**own, "nav": [list(place) for place in own["nav"]]}
        for code, own in settings["extra"]["languages"].items()
    }
    return {
        **staged,
        "plugins": [],
        # Zensical colours code unless told otherwise.
        "markdown_extensions": [*staged["markdown_extensions"], {"pymdownx.highlight": {"use_pygments": False}}],
        "theme": {**settings["theme"], "custom_dir": "theme", "variant": "classic"},
        "extra": {**extra, "languages": languages, **_texts(said)},
    }


def _texts(said: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, dict[str, str]]]:
    """Give the texts of the theme by language: `said` in attributes, `told` in the page where it is to be marked."""
    plain = {language: {text: str(own) for text, own in texts.items()} for language, texts in said.items()}
    marked = {
        language: {
            text: ui_strings.as_html(language, text) for text, own in texts.items() if isinstance(own, UntranslatedText)
        }
        for language, texts in said.items()
    }
    return {"said": plain, "told": marked}


def _stage_theme(folder: Path, *more: str) -> dict[str, dict[str, str]]:
    """Write our theme without calls to our MkDocs adapter; returns its texts (and more) by language and by English."""
    texts = set(more)
    for file in sorted((ROOT / "theme").rglob("*.html")):
        template = file.read_text(encoding="utf-8")
        texts.update(SAID.findall(template))
        for call, same in CALLS:
            template = call.sub(same, template)
        _write(folder / file.relative_to(ROOT / "theme"), template)
    for name, ours in OF_ZENSICAL.items():
        _write(folder / name, (TEMPLATES / ours).read_bytes())
    return {
        language: {text: ui_strings.say(language, text) for text in sorted(texts)} for language in ("en", *LANGUAGES)
    }


def _write(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
