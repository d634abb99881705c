"""What is wrong with a YAML file that cannot be read, told from its lines: where each slip is, and its cure.

A parser stops at the first thing that it cannot understand, and says where it noticed: a quote left open is noticed at
the next quote, thousands of lines below. Here the lines themselves are looked at, as a person would, for what people
who edit such files get wrong. That works because files of this project are of one form: a field or an entry begins on
a line of its own, and long text is indented under `>-`. The parser stays the judge of what is right: nothing here is
asked while a file can be read. The work grows with the length of the file and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from macros.data.yaml_values import FIELD, Slip, Values

__all__ = ["NO_DASH", "TWICE", "Slip", "conflict_marks", "slips"]

_CONFLICT = re.compile(r"(<{7}|>{7}|\|{7})(?: |$)|={7}$")
_CLOSE = re.compile(r"([a-z_]{2,}):(?!//)(?=[^\s:])")
_WIDE = re.compile(r"([\w-]+) *\uFF1A")
_DASHES = re.compile(r"(?:- +)*(?:-$)?")
NO_DASH = "an entry begins here"
TWICE = "stands twice here"

MOST = 1_000
"""Slips that are told; in a file with more, nobody counts."""

_NEAR = 60
"""Lines that are looked ahead to tell which of two neighbours stands wrong."""

_SPACES = "\u00a0\u202f\u2007\u3000"


def conflict_marks(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield every mark that git leaves where it could not put two versions of a text together."""
    for number, line in enumerate(lines, start=1):
        if _CONFLICT.match(line):
            yield (
                number,
                1,
                f"git left this mark ({line[:7]}) where two versions met; keep what is right of both and delete the "
                "marks <<<<<<<, ======= and >>>>>>>",
            )


@dataclass(slots=True)
class _Level:
    """A map or a list of entries that lines above have opened."""

    column: int
    is_list: bool
    line: int
    in_entry: bool = False
    """Whether it is the map of a list's entry."""
    names: dict[str, int] = field(default_factory=dict)
    """The fields so far, each with its line."""


@dataclass(slots=True)
class _Scan(Values):
    levels: list[_Level] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """The names of all fields of the file, once they were asked for."""

    def run(self) -> list[Slip]:
        while self.at < len(self.lines) and len(self.found) < MOST:
            line = self.lines[self.at].rstrip()
            indent = len(line) - len(line.lstrip(" "))
            rest = line[indent:]
            if rest and not rest.startswith("#") and line != "---":
                if rest[0] in _SPACES:
                    self.note(indent, "this space is not the usual one (it came with a copied text); type it again")
                    rest = line[indent:].lstrip(_SPACES + " ")
                    indent = len(line) - len(rest)
                self.look(line, indent, rest)
            self.at += 1
        return self.found

    def look(self, line: str, indent: int, rest: str) -> None:
        dashes = len(match[0]) if (match := _DASHES.match(rest)) else 0
        column = indent + dashes
        rest = line[column:]
        if dashes:
            self.take_dash(indent, column)
        elif rest.startswith("-") and rest[1:2].isalpha() and not self.goes_on(indent):
            self.note(indent + 1, "a space is missing after the dash; write `- ` before the entry")
            self.take_dash(indent, indent + 2)
            column, rest, dashes = indent + 2, rest[1:], 1
            line = f"{line[:indent]}- {rest}"
        if dashes and not rest:
            self.may_open, self.holds_text = True, False
            return
        named = FIELD.match(rest)
        if named:
            self.take_field(column, named[1], new=bool(dashes))
            self.take_value(line, column + named.end(), self.levels[-1].column, named[1])
        elif (dashes or not self.goes_on(indent)) and not self.mistyped(line, column, rest, bool(dashes)):
            if dashes:
                self.take_value(line, column, indent, "")
            else:
                self.note(column, self.stray(rest))

    def goes_on(self, indent: int) -> bool:
        """Whether a line that far in may be more of the plain text above."""
        return self.holds_text and bool(self.levels) and indent > self.levels[-1].column

    def known(self) -> set[str]:
        """Give the names of all fields of the file."""
        if not self.names:
            matches = (FIELD.match(line.lstrip(" -")) for line in self.lines)
            self.names.update(match[1] for match in matches if match)
        return self.names

    def stray(self, rest: str) -> str:
        if rest[0] == "%":
            return "a line cannot start with %; delete the line"
        first = re.match(r"[a-z_]+(?= )", rest)
        if first and first[0] in self.known():
            return f"a colon is missing after `{first[0]}`; write `{first[0]}: ` and its value"
        return (
            "this line is neither a field nor part of the text above; put it under the first line of its text, "
            "or delete it"
        )

    def mistyped(self, line: str, column: int, rest: str, new: bool) -> bool:
        """Say what is wrong with the colon of a field; gives whether that was it."""
        wide, close = _WIDE.match(rest), _CLOSE.match(rest)
        if wide:
            self.note(column + wide.end() - 1, f"this colon is a wide one; write `{wide[1]}: ` with the usual colon")
            name, after = wide[1], column + wide.end()
        elif close and (not new or any(close[1] in level.names for level in self.levels) or close[1] == "id"):
            if rest[close.end() : close.end() + 1] in _SPACES:
                what = "the space after the colon is not the usual one (it came with a copied text); type it again"
            else:
                what = f"a space is missing after the colon; write `{close[1]}: ` and its value"
            self.note(column + close.end(), what)
            name, after = close[1], column + close.end()
        else:
            spaced = re.match(rf"([a-z_]{{2,}}):[{_SPACES}]", rest)
            if not spaced:
                return False
            self.note(
                column + spaced.end() - 1,
                "the space after the colon is not the usual one (it came with a copied text); type it again",
            )
            name, after = spaced[1], column + spaced.end()
        self.take_field(column, name, new=new)
        while line[after : after + 1] and line[after] in _SPACES + " ":
            after += 1
        self.take_value(line, after, self.levels[-1].column, name)
        return True

    # --- where lines stand ----------------------------------------------------------------------------------------

    def fitting(self, column: int, is_list: bool) -> _Level | None:
        """Give the open level that a line at a column belongs to, nearest of one space off; close what is inside."""
        for off in (0, 1, -1):
            for place in range(len(self.levels) - 1, -1, -1):
                level = self.levels[place]
                if level.column == column + off and level.is_list == is_list:
                    del self.levels[place + 1 :]
                    return level
        return None

    def open(
        self, column: int, is_list: bool, in_entry: bool = False, names: Mapping[str, int] | None = None
    ) -> _Level:
        level = _Level(column, is_list, self.at, in_entry, dict(names or {}))
        self.levels.append(level)
        return level

    def off(self, what: str, column: int, level: _Level) -> None:
        away = column - level.column
        spaces = "1 space" if abs(away) == 1 else f"{abs(away)} spaces"
        side = "right" if away > 0 else "left"
        self.note(
            column,
            f"{what} stands {spaces} too far {side}; put it straight under the others (see line {level.line + 1})",
        )

    def take_dash(self, indent: int, column: int) -> None:
        top = self.levels[-1] if self.levels else None
        if (
            top is None
            or (self.may_open and not top.is_list and indent >= top.column)
            or (self.may_open and top.is_list and indent > top.column)
        ):
            self.open(indent, is_list=True)
        else:
            exact = next((one for one in reversed(self.levels) if one.is_list and one.column == indent), None)
            level = exact or self.fitting(indent, is_list=True)
            if level is None:
                if self.holds_text and top is not None and indent > top.column:
                    return  # the reader itself says that the text above swallowed it
                level = self.list_without_dash(indent)
            elif level is not exact:
                self.off("this dash", indent, level)
                column += level.column - indent  # its other fields mostly stand where they should
            del self.levels[self.levels.index(level) + 1 :]
        self.open(column, is_list=False, in_entry=True)
        self.may_open = self.holds_text = False

    def list_without_dash(self, indent: int) -> _Level:
        """Give the list for a dash that stands under no other: perhaps the entry above it lacks its dash."""
        above = next((one for one in reversed(self.levels) if not one.is_list and one.column == indent + 2), None)
        if above is None or above.in_entry:
            self.note(indent, "this dash stands under no other; put it under the dashes of its list")
            return self.open(indent, is_list=True)
        first = next(iter(above.names), "")
        self.note(
            above.column,
            f"{NO_DASH} without its dash; write `- {first}:` two spaces further left",
            above.line,
        )
        del self.levels[self.levels.index(above) :]
        return self.open(indent, is_list=True)

    def dash_is_off(self, column: int, level: _Level) -> bool:
        """Whether not this field stands beside the others, but the dash above, of the first entry of its list."""
        place = self.levels.index(level)
        above = self.levels[place - 1] if place else None
        if not (level.in_entry and len(level.names) == 1 and above and above.is_list and above.line == level.line):
            return False
        for line in self.lines[self.at + 1 : self.at + 1 + _NEAR]:
            indent = len(line) - len(line.lstrip(" "))
            if line.strip() and indent <= max(column, level.column):
                if indent == level.column or indent == above.column:
                    return False
                break
        away = column - level.column
        above.column, level.column = above.column + away, column
        at, self.at = self.at, level.line
        side = "left" if away > 0 else "right"
        spaces = "1 space" if abs(away) == 1 else f"{abs(away)} spaces"
        self.note(
            above.column - away,
            f"this dash stands {spaces} too far {side}; the fields of its entry show where it belongs",
        )
        self.at = at
        return True

    def take_field(self, column: int, name: str, *, new: bool) -> None:
        name = name.strip("\"'")
        if new:
            level = self.levels[-1]
        elif not self.levels:
            level = self.open(column, is_list=False)
        else:
            level = self.level_of(column)
            first = next(iter(level.names), None)
            if name in level.names:
                if level.in_entry and len(level.names) > 1 and (name == first or self.repeats_next(column, level)):
                    self.note(column, f"{NO_DASH} without its dash; write `- {name}:` two spaces further left")
                    level.names.clear()
                    level.line = self.at
                else:
                    more = f", or put a dash before it if {NO_DASH}" if level.in_entry and name == first else ""
                    said = f'"{name[:60]}" {TWICE} (first at line {level.names[name] + 1}); keep one{more}'
                    self.note(column, said)
        level.names.setdefault(name, self.at)

    def entry_of(self, level: _Level, column: int) -> _Level:
        """Give the entry that a field alone in a map begins, which lacks its dash: the next field shows it."""
        first = next(iter(level.names))
        self.note(level.column, f"{NO_DASH} without its dash; write `- {first}:`", level.line)
        level.is_list, names, level.names = True, level.names, {}
        return self.open(column, is_list=False, in_entry=True, names=names)

    def repeats_next(self, column: int, level: _Level) -> bool:
        """Whether the field after this one, at the same column, is a second of its name as well."""
        for line in self.lines[self.at + 1 : self.at + 1 + _NEAR]:
            indent = len(line) - len(line.lstrip(" "))
            if line.strip() and indent <= column:
                named = FIELD.match(line, column)
                return indent == column and named is not None and named[1] in level.names
        return False

    def level_of(self, column: int) -> _Level:
        """Give the map that a field at a column belongs to; says so where it stands beside it."""
        top = self.levels[-1]
        if self.may_open and column > top.column:
            return self.open(column, is_list=False)
        exact = next((one for one in reversed(self.levels) if one.column == column and not one.is_list), None)
        if exact:
            del self.levels[self.levels.index(exact) + 1 :]
            return exact
        of_list = next((one for one in reversed(self.levels) if one.column == column and one.is_list), None)
        if of_list:
            del self.levels[self.levels.index(of_list) + 1 :]
            self.note(column, f"{NO_DASH} without its dash; write `- ` before its first field")
            return self.open(column + 2, is_list=False, in_entry=True)
        level = self.fitting(column, is_list=False)
        if level is None:
            level = next((one for one in reversed(self.levels) if not one.is_list and one.column < column), None)
            level = level or next(one for one in self.levels if not one.is_list)
            del self.levels[self.levels.index(level) + 1 :]
        if level.column == column - 2 and len(level.names) == 1 and not level.in_entry and level.line + 1 == self.at:
            return self.entry_of(level, column)
        if not self.dash_is_off(column, level):
            self.off("this field", column, level)
        return level


def slips(lines: Sequence[str]) -> list[Slip]:
    """Give what is wrong with the lines of a YAML file, in their order; nothing where no known slip is seen.

    Marks of git come alone: what stands between them are two versions.
    """
    marks = list(conflict_marks(lines))
    return marks or sorted(_Scan(lines).run())
