"""What the YAML parser says, and what a person can do about it, where the lines themselves show no slip."""

from __future__ import annotations

__all__ = ["explained"]

# What libyaml says (left) and what a person can do about it (right). Anything else is passed on as it is.
_MENDS = (
    (
        "mapping values are not allowed",
        "a colon followed by a space stands inside this text; put the whole text in double quotes, "
        "or check that the line above has its own colon",
    ),
    (
        "could not find expected ':'",
        "a line here is neither `key: value` nor indented under one; check the indentation and the colon",
    ),
    (
        "did not find expected key",
        "the indentation does not fit the lines above, or a quote inside quoted text is not doubled",
    ),
    (
        "did not find expected '-' indicator",
        "a list item must start with `- ` and stand under the items before it",
    ),
    ("did not find expected ',' or ']'", "a list in square brackets is not closed; add `]` or a comma"),
    ("did not find expected ',' or '}'", "a map in curly brackets is not closed; add `}` or a comma"),
    (
        "found character that cannot start any token",
        "text cannot start with this character; put the whole text in double quotes",
    ),
    ("found unexpected end of stream", "a quote was opened and never closed; add the closing quote"),
    ("found unexpected document indicator", "`---` or `...` stands inside quoted text; close the quote or delete it"),
    ("found unknown escape character", "a backslash in double-quoted text; use single quotes or write it twice"),
    ("found invalid Unicode character", "a backslash in double-quoted text; use single quotes or write it twice"),
    ("did not find expected hexdecimal", "a backslash in double-quoted text; use single quotes or write it twice"),
    ("block sequence entries are not allowed", "a list item cannot start here; put it on a line of its own"),
    ("did not find expected alphabetic or numeric", "text cannot start with & or *; put it in double quotes"),
    ("did not find expected digit", "after `>` or `|` only an indentation number or `-` or `+` may stand"),
    ("did not find expected comment or line break", "after `>` or `|` the text must start on the next line"),
    ("found undefined tag handle", "text cannot start with !; put it in double quotes"),
    ("mapping keys are not allowed", "text cannot start with a question mark; put it in double quotes"),
    ("expected <document start>", "something stands after the end of the data; check brackets and quotes above"),
    ("directive", "a line cannot start with %; delete the line"),
    ("incompatible YAML document", "a line cannot start with %; delete the line"),
    ("did not find expected node content", "something is missing here, or text starts with a sign that YAML uses"),
)


def explained(problem: str) -> str:
    """Give what to do about what the parser says."""
    for said, mend in _MENDS:
        if said in problem:
            return mend
    return f"this is not YAML: {problem}"
