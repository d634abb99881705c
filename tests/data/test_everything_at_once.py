"""A file with everything wrong at once: each fault is told at its line and column, in one run."""

from __future__ import annotations

from macros.data.yaml_reader import Position
from tests.data.test_validation import ILL_FORMED, NO_ADDRESS, NO_DATE, VANISHED
from tests.samples import (
    BROKEN,
    expected,
    filled,
    report,
)

NO_NUMBER = (
    "help in 'gb' has no number that may be printed for {}; "
    "add a service with one, or add the need to one that is there for it"
)
HELPLESS = (
    "'child-help' (somebody under 18)",
    "'emergency' (danger now)",
    "'threat' (a threat)",
    "'worried-about-child' (an adult who is worried about a child)",
)

# Line, column and message of every fault of broken/everything.yml.
EVERYTHING: list[tuple[int, int, str]] = [
    (2, 1, "unknown collection 'principals'; did you mean 'principles'?"),
    (5, 3, "the confidence 'unchecked' is not explained; add it"),
    (7, 10, "unknown confidence 'guessed'; the words are fixed: confirmed, reported, unchecked"),
    (10, 3, "'ways_of_reading' must be a list of records, each starting with `- `; here stands a group of fields"),
    (18, 10, "the id 'company' is taken at line 17; ids are never shared or used again"),
    (20, 27, "'label': text belongs here and 1.10 is not read as text; put it in quotes: \"1.10\""),
    (20, 42, "'meaning': text belongs here and true is not read as text; put it in quotes: \"true\""),
    (24, 10, ILL_FORMED.format("Live Video", "live-video")),
    (24, 50, "'meaning': an invisible character (U+200B); delete it"),
    (27, 5, "'countries': fields belong here (`name: value`, indented); here stands text ('gb')"),
    (28, 4, "'countries' is empty; write its value or delete the line"),
    (31, 3, "categories 2, 3, 4, 5, 6, 7 are missing; the official text has 7 in all"),
    (31, 9, "no principle names the category 'abuse-material'; a category holds at least one"),
    (34, 5, '"title" stands twice here (first at line 33); keep one'),
    (39, 9, "no source here; add `sources: [id]`, or `ours: true` if it is our own reading"),
    (43, 9, "no principle names the category 'grooming'; a category holds at least one"),
    (44, 13, "category 1 stands twice; each official number belongs to one category"),
    (45, 13, "'title': \"{{\" is a template mark and is not used here; write plain text"),
    (
        46,
        25,
        "'tab_title': HTML (\"<em>\") is not used here; write plain text (a less-than sign needs a space after it)",
    ),
    (47, 14, "an anchor (&summary); delete it, or put the text in double quotes"),
    (48, 18, "an alias (*summary); write the value out again, or put the text in double quotes"),
    (49, 12, "'about': a list of at least 1 belongs here; this one has 0"),
    (50, 34, "'aliases': text belongs here and 012 is not read as text; put it in quotes: \"012\""),
    (51, 11, "'ours': only true or false can stand here, not 'yes'"),
    (52, 17, "'confidence': unknown value 'certain'; allowed are: confirmed, reported, unchecked"),
    (53, 14, "'checked': 2026-02-30 does not exist in the calendar; check month and day"),
    (56, 3, "principles 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 are missing; the official text has 11 in all"),
    (56, 5, "'asks' is missing in this principle; add it"),
    (56, 5, "'description' is missing in this principle; add it"),
    (56, 5, "'easy' is missing in this principle; add it"),
    (56, 5, "'example' is missing in this principle; add it"),
    (56, 5, "'not_asked' is missing in this principle; add it"),
    (56, 5, "'sentence' is missing in this principle; add it"),
    (56, 5, VANISHED.format("/principles/12/#phrase-report")),
    (57, 13, "there is no principle 12; the official numbers are 1 to 11"),
    (58, 15, "unknown category 'abuse-materials'; did you mean 'abuse-material'?"),
    (61, 14, "'summary': 102 characters; at most 90 fit: shorten it or split it in two"),
    (63, 5, "unknown field 'descripton'; did you mean 'description'?"),
    (64, 19, "a tag (!!python/object:os.system); delete it, or put the text in double quotes"),
    (66, 12, "'aim': fields belong here (`name: value`, indented); here stands text ('An aim')"),
    (67, 44, "unknown source 'overveiw'; did you mean 'overview'?"),
    (68, 24, "'text': \"{%\" is a template mark and is not used here; write plain text"),
    (70, 7, "'in_full': a list belongs here, such as [one, two]; here stands a group of fields"),
    (76, 7, "'phrases': a list of at least 2 belongs here; this one has 1"),
    (
        77,
        17,
        "'phrase': 7 words; at most 6 fit here: official words are quoted in few, and the rest is said in our own",
    ),
    (78, 15, "unknown phrase kind 'amis'; known ones are: aim"),
    (82, 16, "unknown service kind 'games'; known ones are: Live Video"),
    (84, 9, "no source here; add `sources: [id]`, or `ours: true` if it is our own reading"),
    (89, 51, "'sources': a list belongs here, such as [one, two]; here stands text ('overview')"),
    (90, 13, "no source here; add `sources: [id]`, or `ours: true` if it is our own reading"),
    (91, 15, "unknown principle '2'; known ones are: 12"),
    (91, 18, "'related': a whole number without quotes belongs here, not '3'"),
    (91, 23, "'related': a whole number without quotes belongs here, not 12.0"),
    (94, 14, "2027-01-01 lies in the future; a date here is one that has passed"),
    (97, 3, VANISHED.format("/stakeholders/gone/")),
    (101, 17, "unknown country 'gbr'; did you mean 'gb'?"),
    (103, 39, "all from # on is dropped; put the text in double quotes, or a comment on its own line"),
    (
        105,
        14,
        NO_ADDRESS.format("website", "ftp://company.example"),
    ),
    (
        108,
        14,
        NO_DATE.format("checked", "24.11.2026"),
    ),
    (109, 9, "the id 'old-company' is taken at line 98; ids are never shared or used again"),
    (112, 16, "'countries': a list of at least 1 belongs here; this one has 0"),
    (116, 19, "unknown stakeholder 'exampel-company'; did you mean 'example-company'?"),
    (119, 14, "'checked': \"2026-11\" needs the day too, such as 2026-11-24"),
    (124, 18, "unknown principle '1'; known ones are: 12"),
    (127, 12, "2020-12 comes before the start, 2021; correct one of them"),
    (136, 16, "'publisher': text belongs here and 1999 is not read as text; put it in quotes: \"1999\""),
    (
        137,
        10,
        NO_ADDRESS.format("url", "www.overview.example"),
    ),
    (138, 11, "2026-12 lies in the future; a date here is one that has passed"),
    (140, 15, "'official': only true or false can stand here, not 'true'"),
    (144, 5, "a merge key (<<); write the fields out instead"),
    (144, 9, "an alias (*known); write the value out again, or put the text in double quotes"),
    *((150, 5, NO_NUMBER.format(need)) for need in HELPLESS),
    (157, 23, "'0800 2222' is not a number of this service (it has 08001112); correct or delete it"),
    (
        158,
        20,
        "'0800 1111' is printed and '08001112' is dialled; the digits must be the same "
        "(letters count as on the keys of a telephone; other words belong into another field)",
    ),
]


def test_everything_wrong_at_once_is_said_in_one_run() -> None:
    text = filled((BROKEN / "everything.yml").read_text(encoding="utf-8"))
    published = [
        "/principles/12/",
        "/principles/12/#phrase-report",
        "/stakeholders/gone/",
        "/stakeholders/old-company/",
        "/sources/#overview",
    ]
    faults = [(Position(line, column), message) for line, column, message in EVERYTHING]
    assert report(text.encode(), "broken/everything.yml", published) == expected(faults, "broken/everything.yml")
