"""Files that are written as soon as they are made: in their places, known to links, and no objects until then."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.structure.files import File, Files, InclusionLevel

from macros.formats.content import Content
from macros.generators.mkdocs_files import AllFiles


def test_they_are_written_and_found(tmp_path: Path) -> None:
    plugins = SimpleNamespace(_current_plugin="hooks")
    config: Any = SimpleNamespace(site_dir=str(tmp_path), use_directory_urls=True, plugins=plugins)
    page = File("a/index.md", str(tmp_path), str(tmp_path), use_directory_urls=True)
    under_ours = File("api/one.json", str(tmp_path), str(tmp_path), use_directory_urls=True)
    files = AllFiles(Files([page, under_ours]), config)
    made: list[tuple[str, str | bytes | Content]] = [("api/one.json", "[1]"), ("api/two.json", b"[2]")]
    files.write([*made, ("three.bin", Content(b"3" * 10))])
    written = {name: (tmp_path / name).read_bytes() for name in ("api/one.json", "api/two.json", "three.bin")}
    assert written == {"api/one.json": b"[1]", "api/two.json": b"[2]", "three.bin": b"3" * 10}
    assert list(files) == [page]
    found = files.get_file_from_path("api/two.json")
    assert found is not None
    assert (found.url, found.inclusion, found.page) == ("api/two.json", InclusionLevel.INCLUDED, None)
    assert files.get_file_from_path("api/two.json") is found
    found.copy_file()
    assert (tmp_path / "api/two.json").read_bytes() == b"[2]"
    assert files.get_file_from_path("api/four.json") is None
    replaced = files.get_file_from_path("api/one.json")
    assert replaced is not None
    assert replaced is not under_ours
