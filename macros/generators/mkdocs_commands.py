"""Builds and serves by MkDocs' own commands, so that a fault leaves the last good site as it was and says what to do.

MkDocs empties the folder before it writes. So a build goes to a folder beside it, which takes the old one's place only
when everything is written; whoever publishes the folder never sees half a site. `macros/build/folders.py` says which
folders may be written at all, and how one takes another's place.
"""

from __future__ import annotations

import argparse
import errno
import gc
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import typst
from mkdocs.__main__ import cli

from macros import moments
from macros.build import folder_exchange, folders, publishing

__all__ = ["build", "main", "serve"]

_REASONS = {
    errno.ENOSPC: "the disk is full; free some space and build again",
    errno.EDQUOT: "your share of the disk is used up; free some space and build again",
    errno.EFBIG: "a file would be larger than this disk or your settings allow",
    errno.EACCES: "you may not write here; choose another folder (make site SITE=folder) or change its rights",
    errno.EPERM: "you may not write here; choose another folder (make site SITE=folder) or change its rights",
    errno.EROFS: "this disk can only be read; choose another folder (make site SITE=folder)",
}

_GARBAGE = (5_000, 20, 50)
"""How many objects a build makes before it looks for garbage among them, and after how many looks it looks further.

By Python's own measure it would go through all that was read nine times, and most of that stays to the end.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status.

    `build [--compress] [--zensical PROGRAM --staged FOLDER] FOLDER` or `serve PORT [--host HOST]`.
    """
    parser = argparse.ArgumentParser(
        prog="python -m macros.generators.mkdocs_commands", description="Build or serve the site."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build")
    building.add_argument("folder", type=Path)
    building.add_argument(
        "--compress", action="store_true", help="add .br and .gz beside text, for servers of your own"
    )
    building.add_argument("--zensical", metavar="PROGRAM", type=Path, help="build with this Zensical, not with MkDocs")
    building.add_argument("--staged", metavar="FOLDER", type=Path, help="where Zensical finds the finished sources")
    serving = commands.add_parser("serve")
    serving.add_argument("port", type=int)
    serving.add_argument("--host", default="127.0.0.1", help="who may look: 0.0.0.0 is everybody on the network")
    options = parser.parse_args(arguments)
    if options.command == "serve":
        return serve(options.port, options.host)
    if options.zensical is None:
        return build(options.folder, options.compress)
    if options.staged is None:
        parser.error("--zensical asks for --staged")
    return build(options.folder, options.compress, lambda new: _zensical(options.zensical, options.staged, new))


def build(folder: Path, compress: bool = False, generator: Callable[[Path], int] | None = None) -> int:
    """Build the site strictly into a folder, which changes only when all went well; returns the exit status.

    With `compress`, files packed beforehand stand beside the text files. `generator` writes the site into a folder that
    does not exist yet, and gives an exit status; without one, MkDocs does.
    """
    generator = generator or _built
    try:
        moments.given()
        target = folders.for_a_site(folder)
        with folder_exchange.locked(target), folder_exchange.workspace(target) as new:
            status = generator(new)
            if status == 0 and compress:
                print(f"packed {sum(1 for _ in publishing.pack(new))} files")
            if status == 0:
                folder_exchange.exchange(new, target)
    except folder_exchange.Partly as error:
        print(f"{folder}/ is partly new: {_reason(error)}; build again to mend it", file=sys.stderr)
        status = 1
    except folders.Refused as sentence:
        print(f"the site was not built: {sentence}", file=sys.stderr)
        status = 1
    except OSError as error:
        status = _say(f"{_reason(error)}{f' ({error.filename})' if error.filename else ''}", folder)
    except (ValueError, RuntimeError, typst.TypstError) as error:
        status = _say(str(error), folder)
    except KeyboardInterrupt:
        status = _say("stopped before the end", folder) and 130
    return status


def serve(port: int, host: str = "127.0.0.1") -> int:
    """Serve the live site at an address of this machine (IPv4, or a name for one); returns the exit status."""
    try:
        moments.given()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError, UnicodeError) as error:
            number = error.errno if isinstance(error, OSError) else None
            if isinstance(error, socket.gaierror | UnicodeError) or number == errno.EADDRNOTAVAIL:
                print(f"{host} is no address of this machine; choose one: make serve HOST=0.0.0.0", file=sys.stderr)
                return 1
            why = "is used by another program" if number == errno.EADDRINUSE else "cannot be used"
            print(f"port {port} {why}; choose another: make serve PORT=8001", file=sys.stderr)
            return 1
    return _mkdocs("serve", "--dev-addr", f"{host}:{port}")


def _built(folder: Path) -> int:
    gc.set_threshold(*_GARBAGE)
    return _mkdocs("build", "--strict", "--site-dir", str(folder))


def _mkdocs(*arguments: str) -> int:
    try:
        cli.main(args=list(arguments), standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _zensical(program: Path, staged: Path, new: Path) -> int:
    """Stage the sources, let Zensical build them, and complete what it built; gives the exit status."""
    from macros.generators import zensical
    from macros.pages import site_check  # here, as a build by MkDocs reads the data itself
    from macros.pages.site import Site

    catalogue, faults = site_check.load()
    if catalogue is None:
        print(*faults, sep="\n", file=sys.stderr)
        return 1
    site = Site(catalogue)
    place = folders.guarded(staged)
    with folder_exchange.locked(place):
        zensical.stage(place, site)
        options = ["--clean", "--strict", "--config-file", str(place / zensical.SETTINGS)]
        command = [str(program.absolute()), "build", *options]
        status = subprocess.run(command, check=False).returncode  # noqa: S603  the program of our own environment
        if status == 0:
            zensical.complete(place / "site", site)
            shutil.move(place / "site", new)
    return status


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def _say(why: str, folder: Path) -> int:
    kept = f"{folder}/ is as it was" if folder.exists() else "nothing was written"
    print(f"the site was not built: {why}; {kept}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
