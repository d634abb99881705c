"""Where the site and its repository are: what is refused at once, and what is mended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.build import own_addresses
from tests.conftest import ROOT

NONE = (
    "",
    " ",
    "/",
    "principles",
    "/principles/",
    "https://",
    "ftp://example.org/",
    "https://example.org/?a",
    "https://a b/",
)


def test_an_address_is_whole_or_refused_with_a_sentence() -> None:
    for text in (*NONE, None, "https://example.org/#top", 'https://example.org/"'):
        with pytest.raises(ValueError, match=r"^SITE_URL is '.*'; it takes the whole address .* mkdocs\.yml holds$"):
            own_addresses.site(text)
        with pytest.raises(ValueError, match=r"^REPO_URL is '.*'; it takes the whole address .* mkdocs\.yml holds$"):
            own_addresses.repository(text)


def test_a_slash_at_the_end_is_mended() -> None:
    for text in ("https://example.org", "https://example.org/", "https://example.org//", " https://example.org/\n"):
        assert own_addresses.site(text) == "https://example.org/"
        assert own_addresses.repository(text) == "https://example.org"
    assert own_addresses.site("http://localhost:8000/a/b") == "http://localhost:8000/a/b/"


def test_a_build_says_that_it_mended_an_address() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=ROOT,
        env={**os.environ, "REPO_URL": "https://example.org/me/", "SITE_URL": "", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0, "the other address is none"
    assert "REPO_URL ends with a slash or a space; it is read without: https://example.org/me\n" in done.stderr


@pytest.mark.parametrize("name", ["SITE_URL", "REPO_URL"])
@pytest.mark.parametrize(
    "command",
    [
        ("macros", "stage", "new"),
        ("macros.generators.mkdocs_commands", "build", "new"),
        ("mkdocs", "build", "--site-dir", "new"),
    ],
    ids=" ".join,
)
def test_a_command_says_at_once_that_it_is_none(command: tuple[str, ...], name: str, tmp_path: Path) -> None:
    arguments = [str(tmp_path / "new") if one == "new" else one for one in command]
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, name: "", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert f"{name} is ''; it takes the whole address" in said
    assert "Traceback" not in said
    assert not (tmp_path / "new").exists()


def test_the_addresses_in_the_settings_are_whole() -> None:
    from macros.generators.zensical import read_settings

    settings = read_settings(ROOT / "mkdocs.yml")
    assert settings["site_url"].endswith("/")
    assert not settings["repo_url"].endswith("/")
