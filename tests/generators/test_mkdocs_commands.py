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
from macros.generators import mkdocs_commands
from tests.conftest import ROOT, BuiltSite
from tests.samples import real, small_data

GOOD = "the last good site"
EPOCH = "1795564800"


@pytest.fixture
def last(tmp_path: Path) -> Path:
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


def untouched(last: Path) -> bool:
    """Whether the good site is all that is there: no half site in it or beside it."""
    beside = {path.name for path in last.parent.iterdir() if path.name != "meddling" and "principles" not in path.name}
    return {path.name for path in last.iterdir()} == {"index.html", HEADERS} and beside == {"site"}


WRITES_NO_MORE = """
import os, sys
count = 0
def watch(event, arguments):
    global count
    if event == "open" and "w" in str(arguments[1] or "") and ".site.new" in str(arguments[0]):
        count += 1
        if count > 100:
            raise OSError({number}, os.strerror({number}), arguments[0])
sys.addaudithook(watch)
"""


def test_a_disk_that_takes_no_more_is_named_and_the_site_stays(last: Path, tmp_path: Path) -> None:
    data = small_data(tmp_path / "principles")
    environment = meddling(tmp_path, WRITES_NO_MORE.format(number=errno.ENOSPC))
    done = build(last, {**environment, "PRINCIPLES_DATA": str(data)})
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "the disk is full; free some space and build again" in done.stderr
    assert f"{last}/ is as it was" in done.stderr
    assert untouched(last)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full; free some space and build again"),
        (errno.EROFS, "this disk can only be read; choose another folder (make site SITE=folder)"),
        (errno.EACCES, "you may not write here; choose another folder"),
    ],
)
def test_every_reason_not_to_write_has_its_sentence(
    last: Path, capsys: pytest.CaptureFixture[str], number: int, said: str
) -> None:
    def refused(new: Path) -> int:
        new.mkdir()
        raise OSError(number, os.strerror(number), str(new / "index.html"))

    assert mkdocs_commands.build(last, generator=refused) == 1
    told = capsys.readouterr().err
    assert said in told
    assert f"{last}/ is as it was" in told
    assert untouched(last)


def test_a_fault_in_the_data_leaves_the_site(last: Path, tmp_path: Path) -> None:
    data = tmp_path / "principles.yml"
    text = real()
    data.write_text(text[: len(text) // 2], encoding="utf-8")  # as an editor that died while saving leaves it
    done = build(last, {**meddling(tmp_path, ""), "PRINCIPLES_DATA": str(data)})
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert f"{data}:" in done.stdout + done.stderr
    assert untouched(last)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_leaves_the_site(last: Path, tmp_path: Path, sent: signal.Signals) -> None:
    data = small_data(tmp_path / "principles")
    process = subprocess.Popen(
        [sys.executable, "-m", "macros.generators.mkdocs_commands", "build", str(last)],
        cwd=ROOT,
        env={**meddling(tmp_path, ""), "PRINCIPLES_DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    new = last.with_name(".site.new")
    while process.poll() is None and not (new / "index.html").exists():
        time.sleep(0.01)
    process.send_signal(sent)
    said, _ = process.communicate()
    assert process.returncode != 0
    assert (last / "index.html").read_text(encoding="utf-8") == GOOD
    assert "Traceback" not in said
    if sent == signal.SIGINT:
        assert "stopped before the end" in said
        assert untouched(last)


def test_a_font_that_is_missing_is_named(last: Path, tmp_path: Path) -> None:
    done = build(
        last,
        {
            **meddling(
                tmp_path,
                """
                import typst
                typst.Fonts = lambda include_system_fonts: type("None_", (), {"families": lambda self: ["Other"]})()
                """,
            ),
            "PRINCIPLES_CACHE": "",  # nothing is set where all that an earlier build set is at hand
        },
    )
    assert done.returncode == 1
    assert "the typesetter has no font 'Libertinus Serif'; it has: Other" in done.stderr
    assert "Traceback" not in done.stderr
    assert untouched(last)


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


def test_builds_are_the_same_wherever_and_whenever_and_ask_no_network(site: BuiltSite, tmp_path: Path) -> None:
    """A build far from here, years from now, in another time zone and by another hand, against the site of this run."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    alone = ["unshare", "-rn"] if shutil.which("unshare") and not subprocess.call(["unshare", "-rn", "true"]) else []
    tree = tmp_path / ("a folder with a long name" * 3) / "tree"
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", ".")):
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
    environment = {
        **meddling(
            tree.parent,
            """
            import os, sys, time_machine
            os.umask(0o077)
            time_machine.travel("2031-07-09T12:00:00Z").start()
            def watch(event, arguments):
                if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
                    raise AssertionError(f"a build asked the network: {event} {arguments}")
            sys.addaudithook(watch)
            """,
        ),
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "HOME": str(tree.parent),
        "PYTHONHASHSEED": "2",
        "PYTHONPATH": os.pathsep.join([str(tree.parent / "meddling"), str(tree)]),
    }
    environment.pop("SOURCE_DATE_EPOCH")  # the moment is that of the other build: a given one, or the data's
    environment |= {name: os.environ[name] for name in ("SOURCE_DATE_EPOCH",) if name in os.environ}
    done = subprocess.run(
        [*alone, sys.executable, "-m", "macros.generators.mkdocs_commands", "build", "site"],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site.folder, tree / "site")
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
