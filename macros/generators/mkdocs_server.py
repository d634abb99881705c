"""The live server writes a page, or a file beside the pages, when it is asked for: a save shows before one has waited.

MkDocs builds a whole site before it shows one page of it. Here its build reads the data, the titles and the menu, then
hands over what is left to do; the server does that part of it which somebody asks for. With `mkdocs_hooks` this is all
that knows MkDocs (https://www.mkdocs.org/dev-guide/plugins/).
"""

from __future__ import annotations

import gc
import os
import posixpath
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros.formats.content import Content, write

__all__ = ["Compiled", "Listing", "Live"]

INTERVAL = 0.1
"""Seconds between two looks at the files. Looking works everywhere; a system's own messages are lost in some mounts."""

DELAY = 0.05
"""Seconds without a change until a build begins: whoever writes several files at once is done by then."""

QUIET = 3.0
"""Seconds after a build until memory is tidied up."""

TRIES = 3
"""How often a page is written again because a build began while it was sent."""

Contents = Iterator[tuple[str, str | bytes | Content]]
"""Paths from the site's root, each with what the file holds."""


class Live:
    """What of a site is still to be written."""

    def __init__(self) -> None:
        self._lock = threading.RLock()  # one writes at a time: a build, or the answer to a browser
        self._pages: dict[str, Page] = {}
        self._files: Contents = iter(())
        self._site = Path()
        self._write: Callable[[Page], str] = lambda page: ""
        self.writing = False

    def left(self, config: MkDocsConfig, files: Files, nav: Navigation, env: Environment, made: Contents) -> None:
        """Take the pages out of a build that has read them, and remember them; `made` are the files beside them."""
        listed = [file for file in files.documentation_pages() if file.page]
        every = Files(list(files))
        for file in listed:
            files.remove(file)
        self._pages = {file.dest_uri: file.page for file in listed if file.page}
        self._files, self._site = made, Path(config.site_dir)
        self._write = lambda page: _written(page, config, every, listed, nav, env)

    def serve(self, server: LiveReloadServer, config: MkDocsConfig, before: Callable[[], None]) -> LiveReloadServer:
        """Let a server write what it is asked for; `before` runs ahead of every build."""
        build, answer = server.builder, server.serve_request
        prefix = server.mount_path

        def rebuild() -> None:
            with self._lock:
                before()
                build()
            later = threading.Timer(QUIET, gc.collect)
            later.daemon = True
            later.start()

        def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            path = posixpath.normpath(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore"))
            if not f"{path}/".startswith(prefix) or path.startswith("/livereload/"):
                return answer(environ, start)
            try:
                asked = f"{path}/"[len(prefix) :].strip("/")
                return self._answered(asked, lambda said: answer(environ, said), start)
            except Exception as error:
                traceback.print_exc()
                start("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
                return [f"This page could not be written: {error}\nThe terminal says where.\n".encode()]

        # Nearly all that a build reads stays; looking for garbage in it takes half of a build's time. So that is done
        # when the page has been shown.
        gc.disable()
        server.builder = rebuild
        server.build_delay = DELAY
        server.set_app(app)
        watched = [config.docs_dir, str(config.config_file_path)]
        for path in watched:
            server.unwatch(path)
        server.observer = type(server.observer)(timeout=INTERVAL)
        for path in watched:
            server.watch(path)
        return server

    def _answered(
        self, path: str, answer: Callable[..., Iterable[bytes]], start: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Write what is asked for, then let the server send it; once more where a build took it away in between."""
        for tried in range(TRIES):
            there = self._there(path)
            said: list[tuple[Any, ...]] = []
            sent = answer(lambda *head, into=said: into.append(head))
            if said[0][0].startswith("404") and there and tried < TRIES - 1:
                continue
            break
        start(*said[0])
        return sent

    def _there(self, path: str) -> bool:
        """Write the file at a path, or the page in the folder of that name; tells whether there is one."""
        names = (path, posixpath.join(path, "index.html"))
        if any(part.startswith(".") for part in path.split("/")):
            return False  # browsers ask for such without anybody's wish
        for name in names:
            with self._lock:
                page = self._pages.pop(name, None)
                if page:
                    self.writing = True
                    try:
                        self._put(name, self._write(page))
                    finally:
                        self.writing = False
            if page or (self._site / name).is_file():
                return True
        while True:
            with self._lock:  # given away between two files, so that a page need not wait for all of them
                if any((self._site / name).is_file() for name in names):  # somebody else had it made in between
                    return True
                made = next(self._files, None)
                if made is None:
                    return False
                self._put(*made)
                if made[0] in names:
                    return True

    def _put(self, name: str, content: str | bytes | Content) -> None:
        write(self._site / name, content)


def _written(
    page: Page, config: MkDocsConfig, files: Files, listed: list[File], nav: Navigation, env: Environment
) -> str:
    """Do with one page what a build of MkDocs does with each."""
    plugins, described = config.plugins, page.meta
    page.active = True
    try:
        page.read_source(config)
        page.meta = {**page.meta, **described}
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        context = plugins.on_page_context(get_context(nav, listed, config, page), page=page, config=config, nav=nav)
        return str(plugins.on_post_page(env.get_template("main.html").render(context), page=page, config=config))
    finally:
        page.active = False


class Listing(FileSystemLoader):
    """Loads the theme's templates; lists them without its ten thousand icons, which MkDocs would look at one by one."""

    def list_templates(self) -> list[str]:
        """Give the name of every file outside folders whose names begin with a dot."""
        found = set()
        for place in self.searchpath:
            for folder, below, files in os.walk(place):
                below[:] = [name for name in below if not name.startswith(".")]
                own = Path(folder).relative_to(place)
                found |= {(own / name).as_posix() for name in files}
        return sorted(found)


class Compiled(BytecodeCache):
    """Templates as compiled by earlier builds; Jinja compares their text before it takes one."""

    def __init__(self, cache: MutableMapping[str, bytes]) -> None:
        """Keep them in a mapping, each by its name and by what the engine does with values."""
        self._cache = cache

    @staticmethod
    def _key(bucket: Bucket) -> str:
        engine = bucket.environment
        does = (engine.autoescape, engine.finalize is not None, engine.sandboxed, *sorted(engine.extensions))
        return repr(("compiled", bucket.key, type(engine).__name__, does, engine.trim_blocks, engine.lstrip_blocks))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what was kept of the template."""
        kept = self._cache.get(self._key(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        self._cache[self._key(bucket)] = bucket.bytecode_to_string()
