"""A page that a stranger proposes, in a copy of the checkout: refused before anything of it runs."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup

from tests.conftest import ROOT
from tests.handwritten_pages import CANARY, TEMPLATES
from tests.samples import small_data

Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a build needs, with proposals in docs/ that would leave a file where they run."""
    folder = tmp_path_factory.mktemp("proposal")
    for name in ("docs", "hosting", "macros", "theme"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (small_data(folder / "data") / "principles.fr.yml").write_text("principles: {}\n", encoding="utf-8")
    about = folder / "docs" / "about" / "index.md"
    text = about.read_text(encoding="utf-8")
    place = text.index("## ")
    about.write_text(f"{text[:place]}{TEMPLATES[0]}\n\n<script>alert(1)</script>\n\n{text[place:]}", encoding="utf-8")
    privacy = folder / "docs" / "privacy" / "index.md"
    text = privacy.read_text(encoding="utf-8")
    run = "{{ cycler.__init__.__globals__.os.system('touch " + CANARY + "') }}"
    privacy.write_text(text.replace("title: Privacy", f'title: "{run}"', 1), encoding="utf-8")
    (folder / "docs" / "evil.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    return folder


def run(folder: Path, *command: str) -> Done:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRINCIPLES")}
    stamp = {"SOURCE_DATE_EPOCH": "1795564800", "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**environment, **stamp},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("macros", "check"),
        ("macros.generators.mkdocs_commands", "build", "site"),
        ("mkdocs", "build", "--site-dir", "site"),
        ("macros", "stage", "staged"),
    ],
    ids=" ".join,
)
def test_a_proposal_is_refused_with_its_lines_before_anything_runs(command: tuple[str, ...], checkout: Path) -> None:
    done = run(checkout, *command)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "Traceback" not in said
    about = (checkout / "docs/about/index.md").read_text(encoding="utf-8").split("\n")
    line = next(number for number, one in enumerate(about, start=1) if CANARY in one)
    assert f"docs/about/index.md:{line}:" in said
    assert f"docs/about/index.md:{line + 2}:1: error: <script> is not used in pages" in said
    assert "docs/privacy/index.md:2:8: error: 'title' holds plain text" in said
    assert "docs/evil.html:1:1: error: only pages" in said
    assert not list(checkout.rglob(CANARY))
    assert not (checkout / "site").exists()
    assert not (checkout / "staged").exists()


def test_the_live_server_shows_the_fault_in_place_of_the_page(checkout: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(checkout), "NO_MKDOCS_2_WARNING": "1"}
    said = checkout / "said.txt"
    with said.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "macros.generators.mkdocs_commands", "serve", str(port)],
            cwd=checkout,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        about = _answer(server, port, "/about/", said)
        shown = about.find(class_="faults")
        assert shown is not None
        assert "docs/about/index.md" in shown.get_text()
        assert "is not used in pages" in shown.get_text()
        assert not [tag for tag in about.find_all("script") if "alert" in tag.get_text()]
        privacy = _answer(server, port, "/privacy/", said)
        assert "This page has a fault" in privacy.get_text()
        help_ = _answer(server, port, "/help/", said)
        assert "This page has a fault" not in help_.get_text()
        assert CANARY not in help_.get_text()
        with pytest.raises(URLError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/evil.html", timeout=60)
        assert "docs/evil.html:1:1: error:" in said.read_text(encoding="utf-8", errors="replace")
        assert not list(checkout.rglob(CANARY))
    finally:
        server.terminate()
        server.wait(30)


def _answer(server: subprocess.Popen[bytes], port: int, address: str, said: Path) -> BeautifulSoup:
    end = time.monotonic() + 240
    while time.monotonic() < end:
        assert server.poll() is None, said.read_text(encoding="utf-8", errors="replace")
        try:
            with urlopen(f"http://127.0.0.1:{port}{address}", timeout=60) as answer:
                return BeautifulSoup(answer.read(), "lxml")
        except (URLError, OSError):
            time.sleep(0.3)
    raise AssertionError(said.read_text(encoding="utf-8", errors="replace"))


@pytest.fixture
def looked_at(checkout: Path, tmp_path: Path) -> Path:
    """A checkout in which the check finds nothing, so that only the last look is left."""
    folder = tmp_path / "late"
    shutil.copytree(checkout, folder)
    for name in ("about", "privacy"):
        shutil.copy(ROOT / "docs" / name / "index.md", folder / "docs" / name / "index.md")
    (folder / "docs" / "evil.html").unlink()
    file = folder / "macros" / "pages" / "markup.py"
    text = file.read_text(encoding="utf-8")
    start = text.index("def in_source(")
    changed = text[:start] + text[start:].replace("    yield from _tags(text)\n", "    return\n    yield\n", 1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    about = folder / "docs" / "about" / "index.md"
    about.write_text(about.read_text(encoding="utf-8") + '\n<p onclick="x">a</p>\n', encoding="utf-8")
    return folder


def test_the_build_stops_at_what_came_out_of_a_page(looked_at: Path) -> None:
    assert run(looked_at, "macros", "check").returncode == 0
    done = run(looked_at, "macros.generators.mkdocs_commands", "build", "site")
    lines = (looked_at / "docs/about/index.md").read_text(encoding="utf-8").split("\n")
    assert done.returncode != 0
    assert f"docs/about/index.md:{lines.index('<p onclick=' + chr(34) + 'x' + chr(34) + '>a</p>') + 1}:" in (
        done.stdout + done.stderr
    )
    assert "the attribute onclick is not used in pages" in done.stdout + done.stderr
    assert not (looked_at / "site").exists()
