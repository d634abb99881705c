"""The whole site as a folder that another generator builds: finished Markdown, every file beside it, settings, theme.

The templates inside pages are filled in here, by the same engine as in the MkDocs build, so the other generator needs
neither macros nor hooks. It is Zensical (https://zensical.org), which reads the settings of MkDocs.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros import define_env
from macros.build import artifacts, disk_cache, folders, own_addresses
from macros.build.page_metadata import card_jobs, page_metadata
from macros.build.postprocess import POLICY, postprocess
from macros.checkout import ROOT, TEMPLATES
from macros.exports import markdown_copies
from macros.formats.content import write
from macros.pages import docs_pages, front_matter, handwritten, template_guard
from macros.pages.site import Site

__all__ = ["complete", "stage"]

SETTINGS = "mkdocs.yml"
MARK = "# Written by `python -m macros stage`, which empties this folder before it writes again.\n"
"""How the settings of a staged folder begin: no other folder is ever emptied."""

OF_MKDOCS = ("plugins", "hooks", "watch", "validation", "strict", "edit_uri", "docs_dir", "site_dir")
"""Settings that say how MkDocs builds from the checkout, which the staged folder has no use for."""

OF_OURS = ("api/v1/index.json", "assets/search-data.js", "llms.txt")
"""Files that a site built from staged sources has, and a site of somebody else's has not."""

UNUSED = ("search.json", "assets/images", "assets/javascripts", "assets/stylesheets")
"""What Zensical writes and no page of this site asks for."""


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


def stage(folder: Path, site: Site) -> None:
    """Write the finished sources of a site into a folder.

    A folder that was written so before is emptied, but for names that begin with a dot. Raises folders.Refused where it
    holds anything else or is not to be emptied, OSError where it cannot be written, jinja2.TemplateError where a
    template has a fault, and template_guard.Refused where a page in docs/ may not be filled in.
    """
    lines = handwritten.refused(site.catalogue)
    if lines:
        raise template_guard.Refused("\n".join(lines))
    folder = folders.for_sources(folder)
    settings = read_settings(ROOT / SETTINGS)
    extra = settings["extra"]
    info = artifacts.info_of(site, settings["site_name"], settings["site_url"])
    extra["edit_data"] = artifacts.edit_data(settings["repo_url"], settings["edit_uri"])
    extra["policy"] = POLICY
    engine, cache = _engine(site), disk_cache.opened()
    artifacts.prove_escaping(engine)
    generated = artifacts.GeneratedFiles(site, info, _renderer(engine), cache)
    about = settings["site_description"]
    generated.make_ahead(*card_jobs(site, info, cache))
    files = dict(generated.files())
    extra.update(generated.names())
    sources = list(_sources(site, f"{settings['repo_url']}/{settings['edit_uri']}"))
    meta, more = page_metadata(site, info, about, cache)
    files.update(more)
    if folder.exists():
        folders.empty(folder)
    write(folder / SETTINGS, MARK)
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("*.md"), dirs_exist_ok=True)
    config = SimpleNamespace(**settings)
    for source in sources:
        page = SimpleNamespace(meta=source.head, edit_url=source.edit)
        text = engine.from_string(source.text).render({**extra, "config": config, "page": page, **source.head})
        head = {**source.head, **meta[source.address], "edit": source.edit}
        write(folder / "docs" / source.file, front_matter.written(head) + text)
    for path, content in files.items():
        write(folder / "docs" / path, content)
    shutil.copytree(ROOT / "theme", folder / "theme")
    written = yaml.safe_dump(_staged_settings(settings), allow_unicode=True, sort_keys=False)
    write(folder / SETTINGS, MARK + written)
    disk_cache.prune(cache)


def complete(folder: Path, site: Site, address: str | None = None) -> None:
    """Add to a site that Zensical built what is made from finished pages: their Markdown, and the archive of all.

    Takes out what no page asks for. `address` is the site's on the web; without it, the one in `mkdocs.yml`. Raises
    OSError where the folder cannot be read or written, folders.Refused where it is not to be written, and ValueError
    where it holds no site that was built from staged sources.
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
            sure = site.confidence_at("/" if own == "." else f"/{own}/")
            write(page.with_name(markdown_copies.NAME), markdown_copies.markdown_copy(html, full, sure))
    lines = list(_refused(folder))
    if lines:
        raise template_guard.Refused("\n".join(lines))
    postprocess(folder, artifacts.moment_of(site), site.kinds, disk_cache.opened())


def _refused(folder: Path) -> Iterator[str]:
    """Yield what is wrong with what became of the pages written by hand."""
    from selectolax.lexbor import LexborHTMLParser

    for name, text in docs_pages.hand_written().items():
        page = folder / name.removeprefix("docs/").removesuffix(".md") / "index.html"
        page = page.parent.with_suffix(".html") if page.parent.name == "index" else page
        article = LexborHTMLParser(page.read_text(encoding="utf-8")).css_first("article")
        yield from handwritten.in_page(name, text, (article.inner_html or "") if article else "")


def _sources(site: Site, edit: str) -> Iterator[Source]:
    """Yield every page, those written by hand first; `edit` is the address below which docs/ is edited."""
    for name, text in docs_pages.hand_written().items():
        file = name.removeprefix("docs/")
        yield _source(file, text, urljoin(edit, file))
    for page in site.pages:
        yield _source(page.file, page.stub, urljoin(edit, page.edit))


def _source(file: str, text: str, edit: str) -> Source:
    return Source(file, front_matter.fields(text, file), front_matter.parts(text)[1].lstrip("\n"), edit)


def _engine(site: Site) -> Environment:
    """Give the template engine of the pages, as mkdocs-macros and our MkDocs adapter make it."""
    plain = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True)
    engine = template_guard.guarded(plain)
    artifacts.prepare(engine)

    def macro(function: Callable[..., Any]) -> Callable[..., Any]:
        engine.globals[function.__name__] = function
        return function

    define_env(SimpleNamespace(macro=macro, conf=SimpleNamespace(extra={"site": site})))
    return engine


def _renderer(engine: Environment) -> Callable[..., str]:
    return lambda name, **given: engine.get_template(name).render(**given)


class _Loader(yaml.SafeLoader):
    """Reads the settings of MkDocs, in which `!ENV [NAME, default]` is a variable of the environment."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    names = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else [node.value, None]
    return next((os.environ[name] for name in names[:-1] if name in os.environ), names[-1])


_Loader.add_constructor("!ENV", _environment)


def read_settings(file: Path) -> dict[str, Any]:
    """Give the settings of MkDocs from their file; raises OSError, and ValueError where an address is none."""
    settings: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506  a safe loader's child
    site, repository = own_addresses.site(settings["site_url"]), own_addresses.repository(settings["repo_url"])
    return {**settings, "site_url": site, "repo_url": repository}


def _staged_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give the settings of the staged folder."""
    staged = {name: value for name, value in settings.items() if name not in OF_MKDOCS}
    extra = {name: settings["extra"][name] for name in ("exit_url", "policy")}
    languages = {
        code: own and {**own, "nav": [list(place) for place in own["nav"]]}
        for code, own in settings["extra"]["languages"].items()
    }
    return {
        **staged,
        "plugins": [],
        # Zensical colours code unless told otherwise.
        "markdown_extensions": [*staged["markdown_extensions"], {"pymdownx.highlight": {"use_pygments": False}}],
        "extra": {**extra, "languages": languages},
    }
