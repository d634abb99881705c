"""Builds that go wrong: a clear word, the last good site untouched, never half a site. And builds that are the same."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from macros.build.publishing import HEADERS, headers
from tests.conftest import ROOT
from tests.samples import real

GOOD = "the last good site"
EPOCH = "1795564800"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text(GOOD, encoding="utf-8")
    (folder / HEADERS).write_text(
        headers(["index.html"], ""), encoding="utf-8"
    )  # which tells that it is a site of ours
    return folder


def meddling(tmp_path: Path, code: str) -> dict[str, str]:
    """Give an environment in which Python runs some code before it starts."""
    folder = tmp_path / "meddling"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(textwrap.dedent(code), encoding="utf-8")
    paths = os.pathsep.join([str(folder), str(ROOT)])
    return {**os.environ, "PYTHONPATH": paths, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": EPOCH}


def build(folder: Path, environment: dict[str, str], cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "macros.generators.mkdocs_commands", "build", str(folder)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def untouched(site: Path) -> bool:
    """Whether the good site is all that is there: no half site in it or beside it."""
    beside = {path.name for path in site.parent.iterdir() if path.name != "meddling" and "principles" not in path.name}
    return {path.name for path in site.iterdir()} == {"index.html", HEADERS} and beside == {"site"}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full; free some space and build again"),
        (errno.EROFS, "this disk can only be read; choose another folder (make site SITE=folder)"),
        (errno.EACCES, "you may not write here; choose another folder"),
    ],
)
def test_a_disk_that_takes_no_more_is_named_and_the_site_stays(
    site: Path, tmp_path: Path, number: int, said: str
) -> None:
    environment = meddling(
        tmp_path,
        f"""
        import os, sys
        count = 0
        def watch(event, arguments):
            global count
            if event == "open" and "w" in str(arguments[1] or "") and ".site.new" in str(arguments[0]):
                count += 1
                if count > 200:
                    raise OSError({number}, os.strerror({number}), arguments[0])
        sys.addaudithook(watch)
        """,
    )
    done = build(site, environment)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert said in done.stderr
    assert f"{site}/ is as it was" in done.stderr
    assert untouched(site)


def test_a_fault_in_the_data_leaves_the_site(site: Path, tmp_path: Path) -> None:
    data = tmp_path / "principles.yml"
    text = real()
    data.write_text(text[: len(text) // 2], encoding="utf-8")  # as an editor that died while saving leaves it
    done = build(site, {**meddling(tmp_path, ""), "PRINCIPLES_DATA": str(data)})
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert f"{data}:" in done.stdout + done.stderr
    assert untouched(site)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_leaves_the_site(site: Path, tmp_path: Path, sent: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "macros.generators.mkdocs_commands", "build", str(site)],
        cwd=ROOT,
        env=meddling(tmp_path, ""),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    new = site.with_name(".site.new")
    while process.poll() is None and not (new / "index.html").exists():
        time.sleep(0.01)
    process.send_signal(sent)
    said, _ = process.communicate()
    assert process.returncode != 0
    assert (site / "index.html").read_text(encoding="utf-8") == GOOD
    assert "Traceback" not in said
    if sent == signal.SIGINT:
        assert "stopped before the end" in said
        assert untouched(site)


def test_a_font_that_is_missing_is_named(site: Path, tmp_path: Path) -> None:
    done = build(
        site,
        meddling(
            tmp_path,
            """
            import typst
            typst.Fonts = lambda include_system_fonts: type("None_", (), {"families": lambda self: ["Other"]})()
            """,
        ),
    )
    assert done.returncode == 1
    assert "the typesetter has no font 'Libertinus Serif'; it has: Other" in done.stderr
    assert "Traceback" not in done.stderr
    assert untouched(site)


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "macros.generators.mkdocs_commands", "serve", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"port {port} is used by another program; choose another: make serve PORT=8001\n"


def test_builds_are_the_same_wherever_and_whenever_and_ask_no_network(tmp_path: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    alone = ["unshare", "-rn"] if shutil.which("unshare") and not subprocess.call(["unshare", "-rn", "true"]) else []
    sites = []
    for number, (zone, locale, umask, day) in enumerate(
        [("Pacific/Auckland", "C", 0o077, "2027-01-01"), ("America/Toronto", "C.UTF-8", 0o002, "2031-07-09")]
    ):
        tree = tmp_path / ("a" if number else "a-folder with a long name" * 3) / "tree"
        for name in filter(None, tracked.split("\0")):
            if (ROOT / name).is_file() and not name.startswith(("tests/", ".")):
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, tree / name)
        environment = {
            **meddling(
                tree.parent,
                f"""
                import os, sys, time_machine
                os.umask({umask})
                time_machine.travel("{day}T12:00:00Z").start()
                def watch(event, arguments):
                    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
                        raise AssertionError(f"a build asked the network: {{event}} {{arguments}}")
                sys.addaudithook(watch)
                """,
            ),
            "TZ": zone,
            "LC_ALL": locale,
            "HOME": str(tree.parent),
            "PYTHONHASHSEED": str(number + 1),
        }
        environment["PYTHONPATH"] = os.pathsep.join([str(tree.parent / "meddling"), str(tree)])
        done = subprocess.run(
            [*alone, sys.executable, "-m", "macros.generators.mkdocs_commands", "build", "site"],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        sites.append(tree / "site")
    first, second = (
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()} for site in sites
    )
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []
    assert len(first) > 1500


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "a" * 300])
def test_a_strange_host_is_told_in_a_sentence(host: str) -> None:
    command = [sys.executable, "-m", "macros.generators.mkdocs_commands", "serve", "8123", "--host", host]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"{host} is no address of this machine; choose one: make serve HOST=0.0.0.0\n"


def test_only_the_command_line_says_who_may_look() -> None:
    told = {}
    for given in ((), ("HOST=0.0.0.0",)):
        command = ["make", "--dry-run", "serve", *given]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "HOST": "my-computer"}, capture_output=True, text=True, check=True
        )
        told[given] = done.stdout
    assert '--host "127.0.0.1"' in told[()]
    assert '--host "0.0.0.0"' in told[("HOST=0.0.0.0",)]
