"""The colours and typefaces of everything that is seen, from `macros/palette.yml`, for whatever sets or draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["FILE", "Colour", "Palette", "palette", "properties"]

FILE = Path(__file__).with_name("palette.yml")


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in both schemes, as style sheets write it (`#` and hexadecimal digits), and what it is text on."""

    light: str
    dark: str
    text_on: tuple[str, ...] = ()
    """The names of grounds that it is text on, in both schemes."""
    print_on: tuple[str, ...] = ()
    """The same in the light scheme alone."""


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours by name, and the typefaces; the mark of the first official heading is the colour `1`, and so on."""

    colours: Mapping[str, Colour]
    marks: tuple[Colour, ...]
    bars: tuple[int, ...]
    """The number of the mark that each series of a chart has the colour of."""
    faces: Mapping[str, str]
    """Of screens, as style sheets write it (`heading`, `text`, `code`), and of slides."""
    paper: tuple[str, ...]
    """The families that the typesetter has, the first one first."""

    @property
    def digits(self) -> dict[str, str]:
        """The light colours by name, without the sign before their digits, for files in which it means something."""
        return {name: colour.light.removeprefix("#") for name, colour in self.colours.items()}

    @property
    def series(self) -> list[str]:
        """The colours of a chart's series, written in the same way."""
        return [self.digits[str(mark)] for mark in self.bars]

    @property
    def values(self) -> dict[str, Any]:
        """What the typesetter is given: the light colours by name, those of the marks in their order, the typefaces."""
        return {
            "colours": {name: colour.light for name, colour in self.colours.items()},
            "marks": [mark.light for mark in self.marks],
            "face": list(self.paper),
        }


@cache
def palette() -> Palette:
    """Read the palette; raises OSError where it is not there, KeyError or TypeError where it has another form."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    marks = tuple(_colour(**given) for given in read["marks"])
    named = {name: _colour(**given) for name, given in read["colours"].items()}
    faces = dict(read["faces"])
    paper = tuple(faces.pop("paper"))
    numbered = {str(number): mark for number, mark in enumerate(marks, start=1)}
    return Palette(named | numbered, marks, tuple(read["bars"]), faces, paper)


def _colour(light: str, dark: str, text_on: Iterable[str] = (), print_on: Iterable[str] = ()) -> Colour:
    return Colour(light, dark, tuple(text_on), tuple(print_on))


def properties(sheet: str) -> str:
    """Give the rules that set the custom properties of a style sheet (`--vp-` and a name) which the palette has.

    Those alone that the sheet reads. Dark follows the device, with no script; paper stays light.
    """
    own = palette()
    used = {name: colour for name, colour in own.colours.items() if f"var(--vp-{name})" in sheet}
    faces = {name: face for name, face in own.faces.items() if f"var(--vp-face-{name})" in sheet}
    light = "".join(f"--vp-{name}:{colour.light};" for name, colour in used.items())
    dark = "".join(f"--vp-{name}:{colour.dark};" for name, colour in used.items() if colour.dark != colour.light)
    set_faces = "".join(f"--vp-face-{name}:{face};" for name, face in faces.items())
    return (
        f":root{{color-scheme:light dark;{light}{set_faces}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )
