"""The files of a site as MkDocs lists them: pages and what lies in docs/, and beside them what is written already."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from macros.formats.content import Content, write

__all__ = ["AllFiles"]


class _Written(File):
    """A file that is in its place already."""

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it: there is nothing to copy."""


class AllFiles(Files):
    """Files, and the paths of those that are written as soon as they are made.

    Of these there are a hundred for each page, and pages link to few of them: MkDocs gets an object for each of those,
    and of the others the path alone is kept.
    """

    def __init__(self, files: Iterable[File], config: MkDocsConfig) -> None:
        """Take the files that there are."""
        super().__init__(files)
        self._config = config
        self._written: set[str] = set()

    def write(self, made: Iterable[tuple[str, str | bytes | Content]]) -> None:
        """Write each file to its path from the site's root as soon as it is made, so that none stays in memory.

        Raises OSError where one cannot be written.
        """
        for path, content in made:
            write(Path(self._config.site_dir) / path, content)
            if path in self.src_uris:  # of docs/ or the theme, and would be copied over ours
                self.remove(self.src_uris[path])
            self._written.add(path)

    def get_file_from_path(self, path: str) -> File | None:
        """Give a file by its path; None where there is none."""
        found = super().get_file_from_path(path)
        if found is None and path in self._written:
            found = _Written.generated(self._config, path, content=b"", inclusion=InclusionLevel.INCLUDED)
            self.append(found)
        return found
