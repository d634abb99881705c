"""The first `make` in a fresh clone: interrupted anywhere, or started twice, it ends with an environment that works.

The clone here asks for one small package that lies beside it, so that nothing is fetched.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, Once

BACKEND = """
import base64, hashlib, os, time, zipfile

def _wheel(folder, name, files):
    path = os.path.join(folder, f"{name}-1-py3-none-any.whl")
    info = f"{name}-1.dist-info"
    files = {**files, f"{info}/METADATA": f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1\\n"}
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    record = ""
    with zipfile.ZipFile(path, "w") as whole:
        for file, text in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{file},sha256={digest},{len(text)}\\n"
            whole.writestr(file, text)
        whole.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\\n")
    return os.path.basename(path)

def build_editable(folder, config_settings=None, metadata_directory=None):
    return _wheel(folder, "own", {"own.pth": os.getcwd()})

build_wheel = build_editable
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "own"
version = "1"
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return fresh(tmp_path / "clone")


@pytest.fixture
def installed(tmp_path: Path, once: Once) -> Path:
    """Give a clone in which the first `make` went well: a copy of one made once, with its times."""

    def first(folder: Path) -> None:
        assert make(fresh(folder)).returncode == 0

    return shutil.copytree(once("installed", first), tmp_path / "clone", symlinks=True)


def fresh(folder: Path) -> Path:
    (folder / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(ROOT / "requirements" / "install.py", folder / "requirements")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    scope: dict[str, object] = {}
    exec(compile(BACKEND, "backend", "exec"), scope)  # noqa: S102  our own text above
    files = {f"small/part{number}.py": "x = 1\n" * 50 for number in range(150)} | {
        "small/__init__.py": "NAME = 'small'\n"
    }
    wheel = folder / scope["_wheel"](str(folder), "small", files)  # type: ignore[operator]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "requirements" / "site.txt").write_text(f"small==1 --hash=sha256:{digest}\n", encoding="utf-8")
    return folder


def command(clone: Path) -> tuple[list[str], dict[str, str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PIP_", "PYTHONPATH"))}
    base = getattr(sys, "_base_executable", sys.executable)
    options = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(clone), "PIP_CONFIG_FILE": os.devnull}
    return ["make", f"PYTHON={base}", ".venv/.site-ready"], {**kept, **options}


def make(clone: Path) -> subprocess.CompletedProcess[str]:
    arguments, environment = command(clone)
    return subprocess.run(arguments, cwd=clone, env=environment, capture_output=True, text=True, check=False)


def works(clone: Path) -> bool:
    code = "import small.part149"
    for program in (["-c", code], ["-m", "pip", "check"]):
        if subprocess.call([str(clone / ".venv" / "bin" / "python"), *program], stdout=subprocess.DEVNULL):
            return False
    return (clone / ".venv" / ".site-ready").exists()


@pytest.mark.parametrize(
    ("until", "sent"),
    [
        ("bin/python", signal.SIGKILL),
        ("lib/python*/site-packages/small/part100.py", signal.SIGKILL),
        ("lib/python*/site-packages/small/part100.py", signal.SIGINT),
    ],
)
def test_a_first_make_that_was_ended_is_mended_by_the_next(clone: Path, until: str, sent: signal.Signals) -> None:
    arguments, environment = command(clone)
    process = subprocess.Popen(
        arguments, cwd=clone, env=environment, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    while process.poll() is None and not list((clone / ".venv").glob(until)):
        time.sleep(0.005)
    assert process.poll() is None, process.communicate()[0]
    os.killpg(process.pid, sent)
    process.communicate()
    assert process.returncode != 0
    assert not (clone / ".venv" / ".site-ready").exists()
    done = make(clone)
    assert done.returncode == 0, done.stderr
    assert works(clone)


def test_two_first_makes_at_once_wait_for_each_other(clone: Path) -> None:
    arguments, environment = command(clone)
    both = [
        subprocess.Popen(arguments, cwd=clone, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert any("another make is installing; waiting" in text for text in said), said
    assert works(clone)


def test_half_an_environment_is_made_anew_and_a_whole_one_is_kept(installed: Path) -> None:
    clone = installed
    folder = clone / ".venv"
    (packages,) = folder.glob("lib/python*/site-packages")
    mine = folder / "mine"
    mine.touch()
    os.utime(clone / "requirements" / "site.txt")
    assert make(clone).returncode == 0
    assert mine.exists(), "nothing was broken"
    for broken in ("small-1.dist-info/RECORD", "small/part7.py"):
        mine.touch()
        (packages / broken).unlink()
        os.utime(clone / "requirements" / "site.txt")
        assert make(clone).returncode == 0
        assert not mine.exists(), broken
        assert works(clone)


def test_an_environment_whose_python_is_gone_is_made_anew(installed: Path) -> None:
    clone = installed
    for name in ("python", "python3"):
        (clone / ".venv" / "bin" / name).unlink()
        (clone / ".venv" / "bin" / name).symlink_to("/nowhere/python3")
    assert make(clone).returncode == 0
    assert works(clone)


def test_a_lock_file_that_cannot_be_had_leaves_the_environment(installed: Path) -> None:
    clone = installed
    (clone / "requirements" / "site.txt").write_text(f"other==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    done = make(clone)
    assert done.returncode != 0
    assert "other==1" in done.stderr
    assert works(clone)


def test_an_old_python_is_said(clone: Path) -> None:
    (clone / "python2").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (clone / "python2").chmod(0o755)
    arguments, environment = command(clone)
    arguments[1] = "PYTHON=./python2"
    done = subprocess.run(arguments, cwd=clone, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Python 3.11 or later is needed; name one with: make PYTHON=python3.12" in done.stderr
