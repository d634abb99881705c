"""How a new site takes the place of an old one: one build at a time, and file by file where no name can change."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from macros.build import folder_exchange
from tests.build.test_folders import DOTTED, NEW, OLD, OLD_MARK, alone, build, linked, read, write
from tests.conftest import ROOT

# --- two at once -----------------------------------------------------------------------------------------------------

SLOW = """
import sys, time
from pathlib import Path
from macros.generators import mkdocs_commands

def generator(new):
    (new / "assets").mkdir(parents=True)
    (new / "_headers").write_text(sys.argv[3])
    for number in range(40):
        (new / "assets" / f"{number}-{sys.argv[2]}.css").write_text(sys.argv[2])
        (new / f"{number}.html").write_text(sys.argv[2])
        time.sleep(0.02)
    return 0

sys.exit(mkdocs_commands.build(Path(sys.argv[1]), generator=generator))
"""


@pytest.mark.parametrize("read_only", [False, True])
def test_two_builds_into_one_folder_wait_for_each_other(read_only: bool, tmp_path: Path) -> None:
    folder = write(tmp_path / "top" / "site", {"_headers": OLD_MARK})
    seen = [str(folder), str(linked(tmp_path / "link", folder))]
    environment = dict(os.environ)
    if read_only:  # as where nothing can be put beside a folder
        meddling = "import os\nos.access = lambda *a, **b: False\nopened = os.open\n"
        meddling += "def refused(path, *a, **b):\n    if str(path).endswith('.lock'): raise PermissionError(13, 'x')\n"
        meddling += "    return opened(path, *a, **b)\nos.open = refused\n"
        write(tmp_path / "meddling", {"sitecustomize.py": meddling})
        environment |= {"PYTHONPATH": os.pathsep.join([str(tmp_path / "meddling"), str(ROOT)])}
    builds = []
    for place, text in zip(seen, "ab", strict=True):
        command = [sys.executable, "-c", SLOW, place, text, OLD_MARK]
        builds.append(subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True))
    said = [process.communicate(timeout=120)[1] for process in builds]
    assert [process.returncode for process in builds] == [0, 0], said
    assert sorted("another build is writing site/; waiting" in text for text in said) == [False, True], said
    assert len({text for name, text in read(folder).items() if name != "_headers"}) == 1
    assert len(read(folder)) == 81
    assert alone(folder)


def test_a_build_that_waits_can_be_stopped(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", OLD)
    with folder_exchange.locked(folder):
        command = [sys.executable, "-c", SLOW, str(folder), "a", OLD_MARK]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            assert "waiting" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
        assert process.returncode == 130
        assert "Traceback" not in said
        assert (tmp_path / ".site.lock").exists(), "it is not theirs to take away"
    assert read(tmp_path) == {f"site/{name}": text for name, text in OLD.items()}


# --- where a name cannot change --------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV])
@pytest.mark.parametrize("step", [1, 2])
def test_a_folder_that_cannot_be_renamed_is_brought_up_to_date_in_place(
    number: int, step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "site", {**OLD, **DOTTED, "a": "a file where a folder is to be", "index.html": "old"})
    linked(folder / "gone" / "link", tmp_path)
    asked = []
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        asked.append(self)
        if len(asked) == step:
            raise OSError(number, os.strerror(number), str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    same = folder.stat().st_ino
    assert build(folder) == 0
    assert read(folder) == {**NEW, **DOTTED}
    assert not (folder / "gone" / "link").exists()
    assert folder.stat().st_ino == same
    assert alone(folder)


MOUNTED = """
set -eu
mount --bind "$1/disk" "$1/site"
"$2" -c "$3" "$1/site" b "$4"
test "$(cat "$1/disk/0.html")" = b
test "$(cat "$1/disk/.git/config")" = mine
test ! -e "$1/disk/gone"
"""


def test_a_mount_point_is_brought_up_to_date_in_place(tmp_path: Path) -> None:
    disk = write(tmp_path / "disk", {**OLD, ".git/config": "mine"})
    (tmp_path / "site").mkdir()
    same = disk.stat().st_ino
    command = ["sh", "-c", MOUNTED, "-", str(tmp_path), sys.executable, SLOW, OLD_MARK]
    may = shutil.which("unshare") and not subprocess.call(["unshare", "-rm", "true"], stderr=subprocess.DEVNULL)
    if not may:  # then through a link, and with a system that says of it what it says of a mount
        (tmp_path / "site").rmdir()
        (tmp_path / "site").symlink_to(disk)
        command[2] = MOUNTED.replace("mount --bind", ": ")
        command[6] = SLOW.replace(
            "\n\ndef", "\nfrom macros.build import folder_exchange\nfolders._mounted = bool\n\ndef", 1
        )
    done = subprocess.run(
        [*(["unshare", "-rm"] if may else []), *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert disk.stat().st_ino == same
    assert {path.name for path in disk.iterdir()} >= {".git", "_headers", "assets", "39.html"}


def test_a_folder_with_something_mounted_in_it_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = f"1 2 0:1 / {tmp_path}/a\\040site/.git rw - ext4 x rw\n1 2 0:1 / {tmp_path}/other rw - ext4 x rw\n"
    monkeypatch.setattr(Path, "read_text", lambda self, **_: lines)
    assert folder_exchange._mounted(tmp_path / "a site")
    assert folder_exchange._mounted(tmp_path / "other")
    assert not folder_exchange._mounted(tmp_path / "oth")


def test_a_site_that_stayed_half_new_is_said_and_mended_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "site", {**OLD, **DOTTED})
    monkeypatch.setattr(folder_exchange, "_mounted", lambda folder: True)
    copy = shutil.copyfile

    def full(source: Path, target: Path) -> Path:
        if source.suffix == ".html":
            target.write_text("half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        return copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", full)
    assert build(folder) == 1
    said = capsys.readouterr().err
    assert (
        said == f"{folder}/ is partly new: the disk is full; free some space and build again; build again to mend it\n"
    )
    assert read(folder)["index.html"] == "old"
    monkeypatch.setattr(shutil, "copyfile", copy)
    assert build(folder) == 0
    assert read(folder) == {**NEW, **DOTTED}
