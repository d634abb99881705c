"""What builds keep for the next: found again, never half, never larger than allowed, and never needed."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.build import disk_cache
from macros.build.disk_cache import DiskCache
from macros.checkout import cache_path
from macros.formats.cache import kept, key_of


def entries(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def test_what_was_kept_is_found_by_the_next_program_and_by_no_other_code(tmp_path: Path) -> None:
    DiskCache(tmp_path, "this code")["key"] = b"made"
    assert DiskCache(tmp_path, "this code")["key"] == b"made"
    assert "key" not in DiskCache(tmp_path, "other code")
    with pytest.raises(KeyError):
        DiskCache(tmp_path, "this code")["another key"]


def test_the_salt_changes_with_code_and_not_with_what_python_leaves_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "macros" / "one.py"
    source.parent.mkdir()
    source.write_text("1", encoding="utf-8")
    for name in disk_cache._SOURCES[1:]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(disk_cache, "ROOT", tmp_path)
    digest = disk_cache.code_digest.__wrapped__
    first = digest()
    source.with_suffix(".pyc").write_bytes(b"compiled")
    assert digest() == first
    source.write_text("2", encoding="utf-8")
    assert digest() != first


@pytest.mark.parametrize("damage", [b"", b"short", None], ids=["empty", "cut", "other"])
def test_a_damaged_entry_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    cache = DiskCache(tmp_path, "")
    cache["key"] = b"made"
    (place,) = entries(tmp_path)
    place.write_bytes(place.read_bytes()[:-1] + b"!" if damage is None else damage)
    after = DiskCache(tmp_path, "")
    assert "key" not in after
    assert kept(after, ["a part"], lambda: b"anew") == b"anew"


def test_without_a_place_to_write_a_build_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    cache = DiskCache(tmp_path / "file" / "cache", "")
    made = iter([b"first", b"second"])
    assert kept(cache, ["part"], lambda: next(made)) == b"first"
    cache["another"] = b"value"
    assert kept(cache, ["part"], lambda: next(made)) == b"first"
    cache.prune()


def test_the_folder_may_go_at_any_time(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "cache", "")
    cache["one"] = b"1"
    cache["two"] = b"2"
    shutil.rmtree(cache.folder)
    assert "one" not in cache
    cache["one"] = b"1"
    assert DiskCache(cache.folder, "")["one"] == b"1"


def test_what_nobody_asked_for_longest_goes_first(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, "")
    for number in range(10):
        cache[str(number)] = bytes(1000)
        os.utime(cache._place(str(number)), (number, number))
    assert DiskCache(tmp_path, "")["0"] == bytes(1000)  # asked for just now
    cache.prune(5 * 1032)
    after = DiskCache(tmp_path, "")
    assert [number for number in range(10) if str(number) in after] == [0, 6, 7, 8, 9]
    assert sum(file.stat().st_size for file in entries(tmp_path)) <= 5 * 1032


def test_the_environment_says_where_or_that_nothing_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRINCIPLES_CACHE", str(tmp_path))
    assert cache_path() == tmp_path
    monkeypatch.setenv("PRINCIPLES_CACHE", "")
    cache = disk_cache.opened()
    assert isinstance(cache, disk_cache.OneRun)
    cache["a"] = b"one"
    assert (cache["a"], "a" in disk_cache.opened()) == (b"one", False)
    disk_cache.prune(cache)
    assert not cache.folder.exists()


def test_where_nothing_is_kept_and_no_folder_can_be_made_memory_has_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: str) -> str:
        raise OSError("no room")

    monkeypatch.setenv("PRINCIPLES_CACHE", "")
    monkeypatch.setattr(tempfile, "mkdtemp", none)
    assert disk_cache.opened() == {}


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
@settings(max_examples=300)
def test_other_parts_never_have_the_same_key(one: list[bytes], other: list[bytes]) -> None:
    assert (key_of(one) == key_of(other)) == (one == other)
