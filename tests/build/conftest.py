"""What tests of the built site's files for servers share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.build import publishing
from tests.build.headers import Rules, read_headers
from tests.conftest import BuiltSite, Once

SHOWN = (
    "index.html",
    "404.html",
    "feed.xml",
    "timeline.ics",
    "llms.txt",
    "_headers",
    "assets",
    "principles/1",
    "embed/principles/1",
    "fr/embed/principles/1",
    "fr/principles/1",
    "api/v1",
    "handouts",
)
"""What of the site the server of the tests has."""


@pytest.fixture(scope="module")
def rules(site: BuiltSite) -> Rules:
    """Give what the site's own file of headers says."""
    return read_headers((site.folder / publishing.HEADERS).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def packed(site: BuiltSite, once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a part of the site with its packed files."""

    def make(folder: Path) -> None:
        for name in SHOWN:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if (site.folder / name).is_dir():
                shutil.copytree(site.folder / name, folder / name)
            else:
                shutil.copy(site.folder / name, folder / name)
        shutil.rmtree(folder / "api" / "v1" / "sources")  # hundreds of files of one kind
        assert len(list(publishing.pack(folder))) > 100

    return shutil.copytree(once("packed", make), tmp_path_factory.mktemp("packed"), dirs_exist_ok=True)
