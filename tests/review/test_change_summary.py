"""`python -m macros diff`: what a change to the data does, in words, and that the data stays text in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import markdown
import pytest

from macros.checkout import Unreadable
from macros.data import loading
from macros.data.yaml_reader import read_bytes
from macros.pages import site_check
from macros.review.change_summary import Side, code, differences, fenced, page_differences
from tests.samples import NEEDS, ROOT, edited, good

RECORD = "sources: [launch], confidence: confirmed, checked: 2026-11-24"

HELP = f"""\
needs:
  - {{id: talk, label: To talk, meaning: Somebody to talk to}}
{"".join(f"  - {{id: {one}, label: {one}, meaning: M}}" + chr(10) for one in NEEDS)}services:
  - id: line
    name: A line
    operator: Operator
    operator_kind: charity
    country: gb
    needs: [talk, {", ".join(NEEDS)}]
    for_whom: For anybody
    phone: {{label: 0800 1111, number: "08001111"}}
    mark: B
    sources: [launch]
    confidence: confirmed
    checked: 2026-11-24
groups:
  - id: young
    name: Young people
    tab_title: Young people
    summary: Summary
    description: Description
    help_first: true
    part: [{{text: One, ours: true}}, {{text: Two, ours: true}}, {{text: Three, ours: true}}]
    {RECORD.replace(", ", chr(10) + "    ")}
verdicts:
  - {{id: with-care, label: Needs care, meaning: Right in a sense.}}
figures:
  - id: count
    name: A count
    title: The count went up
    verdict: with-care
    finding: It went up.
    description: Description
    unit: reports
    definition: {{text: What is counted, ours: true}}
    series:
      - {{id: all, label: All, points: [{{at: "2020", value: 1234}}, {{at: "2021", value: 2345}}]}}
    shows: [{{text: A rise, ours: true}}]
    cannot_show: [{{text: Why, ours: true}}]
    {RECORD.replace(", ", chr(10) + "    ")}
terms:
  - {{id: hash, term: hash, definition: A short code for a file., {RECORD}}}
"""


def base() -> str:
    """Give the small file with help, readers, a figure and a term."""
    return good().replace("needs: []\n", "").replace("verdicts: []\n", "") + HELP


def side(text: str, french: str | None = None, lock: dict[str, str] | None = None) -> Side:
    tree = read_bytes(text.encode(), "sample.yml")
    overlays = {"fr": read_bytes(french.encode(), "sample.fr.yml")} if french is not None else {}
    for overlay in overlays.values():
        overlay.lock = lock
    catalogue, lines = site_check.assembled(tree, overlays, ())
    assert catalogue is not None, lines
    return Side("main", tree, catalogue, overlays)


def said(*edits: tuple[str, str], text: str | None = None) -> str:
    """Give what is said of edits to the small file, which must stand once in it."""
    before = text or base()
    after, _ = edited(before, edits)
    return "\n".join(differences(side(before), side(after)))


def section(out: str, heading: str) -> str:
    """Give the part of the output below a heading."""
    found = re.search(rf"^### {re.escape(heading)}\n\n(.*?)(?=^### |\Z)", out, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


WARNED = "Look at these first"

READING = "means: It means this, first_step: Look at it, not_asked: No more, ours: true, checked: 2026-11-24"


# --- what is said -----------------------------------------------------------------------------------------------------


def test_the_same_data_is_no_change() -> None:
    out = said()
    assert out.splitlines()[0] == "## No record changed."
    assert "###" not in out
    again = "# a remark\n" + base().replace("text: Text of the practice", "text: >-\n      Text of\n      the practice")
    assert "## No record changed." in "\n".join(differences(side(base()), side(again)))


def test_a_changed_text_has_its_name_page_line_and_words() -> None:
    long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    text, _ = edited(base(), [("Full sense of principle 3", long)])
    out = said((long, long.replace("sixteen", "seventeen")), text=text)
    assert out.startswith("## 1 record changed, none added, none removed\n\nCompared with `main`.\n")
    assert "- Principles: 1 record changed, none added, none removed" in out
    assert "- Page: `/principles/3/`, `/embed/principles/3/`" in out
    line = next(number for number, row in enumerate(text.splitlines(), start=1) if long in row)
    assert f"Line {line}, `in_full[1].text`:" in out
    assert "```diff\n  […] ten eleven twelve thirteen fourteen fifteen [-sixteen-]{+seventeen+}\n```" in out
    assert section(out, "Pages touched") == "- `/principles/3/`: `principle-3`\n"


def test_short_values_stand_one_below_the_other() -> None:
    out = said(("title: Title of principle 4", "title: Another"))
    assert "- title: " not in out
    assert "```diff\n- Title of principle 4\n+ Another\n```" in out
    pages = section(out, "Pages touched")
    assert "- `/principles/4/`: `principle-4`" in pages
    assert "- `/principles/`: `principle-4`" in pages
    assert "- `/categories/searching/`: lists `principle-4`" in pages


def test_a_number_of_a_figure_is_named() -> None:
    out = said(("value: 1234", "value: 1243"))
    (warning,) = section(out, WARNED).strip().splitlines()
    assert warning.startswith("- A number changed: `A count` (`count`), line ")
    assert warning.endswith(", `series[all].points[1].value`, from `1234` to `1243`.")
    assert section(out, "Figures touched") == "- `A count` (`count`): changed\n"


def test_a_new_record_is_written_out_and_its_address_is_new() -> None:
    new = f"terms:\n  - {{id: chain, term: chain, definition: Links in a row., {RECORD}}}\n"
    out = said(("terms:\n", new))
    assert out.startswith("## No records changed, 1 added, none removed")
    assert re.search(r"^#### `chain` \(`chain`\): added, line [0-9]+$", out, re.MULTILINE)
    assert "- Page: `/glossary/#chain` (new), `/embed/terms/chain/` (new)" in out
    assert "+ definition: Links in a row.\n" in out
    appear = section(out, "Addresses that appear")
    assert all(f"- `{one}`\n" in appear for one in ("/glossary/#chain", "/embed/terms/chain/", "/fr/glossary/#chain"))
    assert section(out, "Addresses that would vanish") == ""
    assert section(out, "Terms touched") == "- `chain` (`chain`): added\n\n"


def test_a_removed_record_is_named_with_what_takes_its_place() -> None:
    gone = f"  - {{id: hash, term: hash, definition: A short code for a file., {RECORD}}}\n"
    other = f"  - {{id: chain, term: chain, definition: Links in a row., {RECORD}}}\n"
    before = base() + other
    out = said((gone, ""), (other, other.replace("id: chain,", "id: chain, former_ids: [hash],")), text=before)
    assert out.startswith("## 1 record changed, none added, 1 removed")
    assert re.search(
        r"- A record is removed: `hash` \(`hash`\), was at line [0-9]+; its address leads to `chain`\.", out
    )
    assert section(out, "Addresses that would vanish") == ""
    out = said((gone, ""), text=before)
    assert "- The address `/glossary/#hash` would vanish." in section(out, WARNED)
    assert "- `/glossary/#hash`\n" in section(out, "Addresses that would vanish")


def test_a_renamed_id_is_the_same_record() -> None:
    out = said(("id: hash, term", "id: digest, former_ids: [hash], term"))
    assert out.startswith("## 1 record changed, none added, none removed")
    assert re.search(r"- An id is renamed: `hash` \(`digest`\), line [0-9]+, was `hash`\.", section(out, WARNED))
    assert "- Its id was `hash` and is `digest`." in out


def test_another_order_is_said() -> None:
    one, two = re.findall(r"  - id: (?:overview|launch)\n(?:    .*\n)+", base())
    out = said((one + two, two + one))
    assert "## No record changed." in out
    assert "- Sources: the records stand in another order" in out


# --- what a reviewer should not miss ----------------------------------------------------------------------------------

RAISED = ("    confidence: reported\n", "    confidence: confirmed\n")


def test_a_confidence_raised_without_a_new_source() -> None:
    out = said(RAISED)
    assert "- Confidence raised without a new source: `example-practice`, line " in section(out, WARNED)
    assert "- Confidence: from `reported` to `confirmed`" in out
    lowered = "\n".join(differences(side(base().replace(*RAISED)), side(base())))
    assert section(lowered, WARNED) == ""
    named = ("    status: in-place\n    sources: [launch]", "    status: in-place\n    sources: [launch, overview]")
    out = said(RAISED, named)
    assert section(out, WARNED) == ""
    assert "- Sources: added `overview`" in out


def test_a_confidence_raised_is_told_once_for_its_cause_and_not_for_what_follows_it() -> None:
    unsure = base()
    start = unsure.index("  - id: principle-3\n")
    head, rest = unsure[:start], unsure[start:]
    before = head + rest.replace("confidence: confirmed", "confidence: unchecked", 1).replace(
        "- text: Full sense of principle 3\n", "- text: Full sense of principle 3\n        confidence: unchecked\n", 1
    ).replace("    sentence:\n", "    sentence:\n      unread: Nobody has read these words.\n", 1)
    before += f"readings:\n  - {{id: young-3, group: young, principle: 3, confidence: unchecked, {READING}}}\n"
    after = f"{unsure}readings:\n  - {{id: young-3, group: young, principle: 3, {READING}}}\n"
    told = section("\n".join(differences(side(before), side(after))), WARNED)
    assert told.count("Confidence raised without a new source") == 1
    assert "Confidence raised without a new source: `3. Title of principle 3`" in told
    doubting = after.replace("principle: 3, ", "principle: 3, confidence: unchecked, ")
    told = section("\n".join(differences(side(doubting), side(after))), WARNED)
    assert "- Confidence raised without a new source: `young-3`" in told, "taken away alone, it is the cause itself"


def test_a_number_that_is_printed_otherwise_than_it_is_dialled_is_told() -> None:
    spelt = [('label: 0800 1111, number: "08001111"', 'label: 0800 HELP, number: "08004357"')]
    told = section(said(*spelt), WARNED)
    assert re.search(r"- Printed and dialled numbers differ: `A line` .*, line [0-9]+, `0800 HELP` is printed", told)
    assert told.count("Printed and dialled") == 1
    told = section(said((spelt[0][0], 'label: (0800) 11 12, number: "08001112"')), WARNED)
    assert "A number or an address of help changed" in told
    assert "Printed and dialled" not in told
    both = section(said((spelt[0][0], 'label: 0800 HELP (0800 4357), number: "08004357"')), WARNED)
    assert "Printed and dialled" not in both, "it is printed both ways"


def test_a_record_that_is_withdrawn_is_removed_and_its_address_stays() -> None:
    gone = f"terms:\n  - {{id: hash, term: hash, definition: A short code for a file., {RECORD}}}\n"
    entry = "withdrawn:\n  - {id: hash, address: '/glossary/#hash', was: A word, date: 2026-11-24, why: It was wrong}\n"
    out = said((gone, entry), text=base())
    assert "; its address says that it was withdrawn." in section(out, WARNED)
    assert section(out, "Addresses that would vanish") == ""


def test_a_confidence_of_one_statement_that_is_taken_away_is_raised() -> None:
    marked = (
        "- text: Full sense of principle 2\n",
        "- text: Full sense of principle 2\n        confidence: unchecked\n",
    )
    before, _ = edited(base(), [marked])
    out = "\n".join(differences(side(before), side(base())))
    assert "- Confidence raised without a new source: `2. Title of principle 2`" in section(out, WARNED)
    with_source, _ = edited(
        base(),
        [
            (
                "principle 2\n        sources: [overview]\n    wording",
                "principle 2\n        sources: [launch]\n    wording",
            )
        ],
    )
    out = "\n".join(differences(side(before), side(with_source)))
    assert section(out, WARNED) == ""


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ('0800 1111, number: "08001111"', '0800 1112, number: "08001112"', "A number or an address of help changed"),
        ("mark: B\n", "mark: B\n    url: https://line.example/\n", "A number or an address of help changed"),
        ("mark: B\n", "mark: A\n", "A place of help is marked surer than before"),
        ("for_whom: For anybody", "for_whom: For some", "A text of a place of help changed"),
        ("phrase: seek to 5", "phrase: try to 5", "An official phrase changed"),
        ("date: 2020-03\n", "date: 2020-04\n", "A date changed"),
        ("{text: Two, ours", "{text: Second, ours", "A text for survivors, children or people who need help changed"),
        ("meaning: Somebody to", "meaning: One to", "A text for survivors, children or people who need help changed"),
        ("https://launch.example\n", "https://other.example\n", "The address of a source changed"),
    ],
)
def test_what_stands_out_is_said_once(old: str, new: str, warning: str) -> None:
    (line,) = section(said((old, new)), WARNED).strip().splitlines()
    assert line.startswith(f"- {warning}: ")
    assert re.search(r", line [0-9]+, `", line)


def test_an_earlier_check_is_seen_and_a_later_one_is_told() -> None:
    end = "confidence: reported\n    checked: 2026-11-"
    out = said((f"{end}24", f"{end}20"))
    assert "The day of the last check moved back" in section(out, WARNED)
    assert "- Checked: from `2026-11-24` to `2026-11-20`" in out


def test_reading_ease_is_told_where_it_moved() -> None:
    hard = "Institutional responsibilities necessitate comprehensive organisational accountability considerations"
    ease = section(said(("Full sense of principle 1\n", f"{hard}\n")), "Reading ease")
    assert re.match(r"- principle pages: from [0-9.]+ to [0-9.-]+, harder", ease)
    assert section(said(("url: https://launch.example\n", "url: https://a.example\n")), "Reading ease") == ""


def test_french_that_is_older_now_or_missing_is_named() -> None:
    french = "terms:\n  hash: {term: empreinte, definition: Un code court.}\n"
    lock = {"terms.hash.term": "hash", "terms.hash.definition": "A short code for a file."}
    after, _ = edited(base(), [("definition: A short code", "definition: A brief code")])
    out = section("\n".join(differences(side(base(), french, lock), side(after, french, lock))), "Français")
    assert "- Older than their English now: 1\n  - `terms: hash`\n" in out
    less = french.replace(", definition: Un code court.", "").replace("empreinte", "hachage")
    out = section("\n".join(differences(side(base(), french), side(base(), less))), "Français")
    assert "- Missing now: 1\n  - line 2: `terms.hash.definition is not translated`\n" in out
    assert "- empreinte\n+ hachage\n" in out
    marked = {**lock, "terms.hash.definition": "A brief code for a file."}
    out = section("\n".join(differences(side(after, french, lock), side(after, french, marked))), "Français")
    assert "- Brought up to date: 1" in out
    stayed = "- Marked as translated, though their own words stayed as they were: 1\n  - `terms.hash.definition`\n"
    assert stayed in out
    mended = french.replace("court", "bref")
    out = section("\n".join(differences(side(after, french, lock), side(after, mended, marked))), "Français")
    assert "- Brought up to date: 1" in out
    assert "stayed as they were" not in out


def test_signs_of_english_from_before_are_no_change() -> None:
    french = 'terms:\n  hash: {english: "00000000", term: empreinte, definition: Un code court.}\n'
    now = french.replace('english: "00000000", ', "")
    lock = {"terms.hash.term": "hash", "terms.hash.definition": "A short code for a file."}
    assert section("\n".join(differences(side(base(), french), side(base(), now, lock))), "Français") == ""


def test_data_of_an_older_model_can_be_compared() -> None:
    older = base().replace("official: true", "officially: true")
    tree = read_bytes(older.encode(), "old.yml")
    catalogue, _ = site_check.assembled(tree, {}, ())
    out = "\n".join(differences(Side("old", tree, catalogue), side(base())))
    assert "does not pass today's check" in out
    assert "`officially`" in out


@pytest.mark.parametrize("data", ["sources: 1\n", "terms: [1, {id: [x]}, {id: a, former_ids: 3}]\n", "x: {y: z}\n"])
def test_whatever_there_was_before(data: str) -> None:
    out = "\n".join(differences(Side("old", read_bytes(data.encode(), "old.yml"), None), side(base())))
    assert out.startswith("## ")


# --- text from the data stays text ------------------------------------------------------------------------------------

HOSTILE = (
    "`` x ``` <img src=x onerror=alert(1)> @somebody [link](https://evil.example/) ![p](https://evil.example/p.png) "
    "#1 https://evil.example/ | **b** $x$ &lt; \\"
)


def rendered(lines: str) -> str:
    """Give the HTML of Markdown without what stands in code."""
    html = markdown.markdown(lines, extensions=["fenced_code"])
    return re.sub(r"<code[^>]*>.*?</code>", "", html, flags=re.DOTALL)


def test_hostile_text_stays_in_code() -> None:
    text = HOSTILE.replace("<img src=x onerror=alert(1)>", "&lt;img&gt; ````")
    quoted = "'" + text.replace("'", "''") + "'"
    assert len(text) < 200
    new = f"terms:\n  - {{id: odd, term: odd, say: {quoted}, definition: {quoted}, {RECORD}}}\n"
    texts = [
        said(("terms:\n", new)),
        said(("name: A line", f"name: {quoted[:90].rstrip()}'"), ("for_whom: For anybody", f"for_whom: {quoted}")),
        said(("term: hash,", f"term: {quoted[:60].rstrip()}',"), ("A short code for a file.", quoted)),
    ]
    for out in texts:
        plain = rendered(out)
        for sign in ("evil", "@somebody", "<img", "<a ", "<strong", "`"):
            assert sign not in plain, out


@pytest.mark.parametrize("text", [HOSTILE, "`", "``", "` x `", "a\nb\n\n# c", "", "   ", "\u202egnp", "x" * 500, "a`b"])
def test_a_code_span_holds_anything(text: str) -> None:
    span = code(text)
    assert "\n" not in span
    assert "\u202e" not in span
    assert len(span) < 250
    assert re.fullmatch(r"<p>(\(nothing\))?</p>", rendered(span))


def test_a_fence_cannot_be_ended_from_within() -> None:
    lines = ["```", "````", "~~~", "</code></pre><script>", "a\n```\nb", "\x1b[31m\u2028"]
    opened, *inner, closed, last = fenced(lines)
    assert (opened, closed, last) == ("`````diff", "`````", "")
    assert len(inner) == len(lines)
    assert all("\n" not in line and "\x1b" not in line and "\u2028" not in line for line in inner)


def test_data_cannot_look_like_a_change() -> None:
    out = said(("Text of the practice", "Text [-of-] the {+best+} practice"))
    assert "- Text of the practice\n+ Text [-of-] the {+best+} practice\n" in out


def test_a_large_change_is_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.review.markdown_quoting.MAX_BYTES", 1500)
    after = base().replace("Full sense of", "The whole sense of")
    out = "\n".join(differences(side(base()), side(after)))
    left = re.search(r"^Not written out, for want of space: ([0-9]+) more record\.$", out, re.MULTILINE)
    assert left
    assert out.count("\n#### ") + int(left[1]) == 11


# --- the built pages --------------------------------------------------------------------------------------------------


def test_pages_are_compared_and_the_same_difference_stands_once() -> None:
    old = {"/a/": "one\ntwo\nthree\nfour\n", "/b/": "one\ntwo\nthree\nfour\n", "/gone/": "x", "/same/": "x"}
    new = {"/a/": "one\ntwo\n3\nfour\n", "/b/": "one\ntwo\n3\nfour\n", "/come/": "x", "/same/": "x"}
    out = "\n".join(page_differences(old, new))
    assert out.startswith("## Pages: 2 changed, 1 added, 1 removed\n")
    assert section(out, "Pages that appear") == "- `/come/`\n\n"
    assert "#### `/a/`, `/b/`\n\n```diff\n@@ -2,3 +2,3 @@\n two\n-three\n+3\n four\n```" in out
    assert out.count("```diff") == 1


def test_a_long_difference_of_a_page_is_cut() -> None:
    out = "\n".join(page_differences({"/": ""}, {"/": "\n".join(map(str, range(100)))}))
    assert "\n+38\n```\n\n61 more lines of this difference are not shown.\n" in out


# --- the command ------------------------------------------------------------------------------------------------------

Done = subprocess.CompletedProcess[str]


def run(*arguments: str | Path, data: Path, cwd: Path = ROOT, **environment: str) -> Done:
    known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    mine = {"PRINCIPLES_DATA": str(data), "SOURCE_DATE_EPOCH": "1795564800", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "macros", "diff", *map(str, arguments)],
        cwd=cwd,
        env={**known, **mine, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def refused(done: Done) -> str:
    """Assert that a run could not read what it was given; give the sentence."""
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    return line


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A git checkout whose second commit holds the small file; the first holds nothing of it."""
    folder = tmp_path / "checkout"
    (folder / "data").mkdir(parents=True)
    file = folder / "data" / "principles.yml"

    def git(*arguments: str) -> None:
        name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "--quiet", "--initial-branch=main")
    git("commit", "--quiet", "--allow-empty", "-m", "Nothing")
    (folder / "data" / "published.txt").write_text("", encoding="utf-8")
    file.write_text(base(), encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "-m", "The data")
    return file


def test_the_working_copy_is_compared_with_a_commit(data: Path) -> None:
    done = run("HEAD", data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("## No record changed.\n\nCompared with `HEAD`.\n")
    data.write_text(base().replace("value: 1234", "value: 1235"), encoding="utf-8")
    done = run("main", data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert "- 1234\n+ 1235\n" in done.stdout


def test_a_second_language_is_read_at_the_commit_too(data: Path) -> None:
    data.with_name("principles.fr.yml").write_text("terms: {}\n", encoding="utf-8")
    assert "### Français\n\n- There was no such file; " in run("HEAD", data=data).stdout


def test_what_was_translated_is_read_at_the_commit_too(data: Path) -> None:
    data.with_name("principles.fr.yml").write_text("terms: {hash: {term: empreinte}}\n", encoding="utf-8")
    lock = data.with_name("principles.fr.lock")
    lock.write_text('terms.hash.term: "mash"\n', encoding="utf-8")
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "add", "."], cwd=data.parent, check=True)
    subprocess.run(["git", *name, "commit", "--quiet", "-m", "French"], cwd=data.parent, check=True)
    lock.write_text('terms.hash.term: "hash"\n', encoding="utf-8")
    assert loading.trees_at("HEAD", data)[1]["fr"].lock == {"terms.hash.term": "mash"}
    out = run("HEAD", data=data).stdout
    assert "- Brought up to date: 1\n- Marked as translated, though their own words stayed as they were: 1\n" in out
    assert loading.trees_at("HEAD~1", data)[1] == {}, "older commits have no such file"


def test_what_git_does_not_know_is_a_sentence(data: Path, tmp_path: Path) -> None:
    for name in (
        "no-such-branch",
        "HEAD:data/principles.yml",
        "HEAD^{tree}",
        str(data.parent.parent),
        "../x.yml",
        "a" * 5000,
    ):
        with pytest.raises(Unreadable, match="is neither a data file nor a commit that this checkout has"):
            loading.trees_at(name, data)
    with pytest.raises(Unreadable, match=r"^there is no .*principles\.yml at HEAD~1; name a commit that has it"):
        loading.trees_at("HEAD~1", data)
    assert "is neither a data file nor a commit that this checkout has" in refused(run("no-such-branch", data=data))
    written = tmp_path / "written"
    for name in (f"--output={written}", "-", "", "--", "a\nb"):
        with pytest.raises(Unreadable, match="is neither a data file nor a commit; name one"):
            loading.trees_at(name, data)
    assert "is neither a data file nor a commit" in refused(run("--", f"--output={written}", data=data))
    assert not written.exists()


def test_outside_of_a_checkout_another_file_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "principles.yml"
    file.write_text(base(), encoding="utf-8")
    (tmp_path / "published.txt").write_text("", encoding="utf-8")
    done = run("main", data=file, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert "is in no git checkout that can be read" in refused(done)
    assert "git is not installed" in refused(run("main", data=file, PATH=str(tmp_path)))
    other = tmp_path / "other.yml"
    other.write_text(base().replace("value: 1234", "value: 1235"), encoding="utf-8")
    done = run(other, data=file)
    assert done.returncode == 0
    assert "- 1235\n+ 1234\n" in done.stdout


def test_data_with_faults_is_reported_as_the_check_does(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yml"
    other.write_text("terms: [\n", encoding="utf-8")
    done = run(other, data=data)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.search(r"^.*other\.yml:[0-9]+:[0-9]+: error: .*\n1 fault in ", done.stderr)
    data.write_text(base().replace("kind: aim", "kind: aims", 1), encoding="utf-8")
    done = run("HEAD", data=data)
    assert (done.returncode, done.stdout) == (1, "")
    assert "unknown phrase kind 'aims'; did you mean 'aim'?" in done.stderr


def test_two_built_sites_are_compared(data: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, word in ((old, "first"), (new, "second")):
        for address, twin in (("", False), ("with-twin", True)):
            place = folder / address
            place.mkdir(parents=True, exist_ok=True)
            html = f"<header>{word}</header><article><h1>Title</h1><p>The {word} *text*</p></article>"
            (place / "index.html").write_text(html, encoding="utf-8")
            if twin:
                (place / "index.md").write_text(f"# Title\n\n```\n@{word}\n", encoding="utf-8")
    done = run("HEAD", "--site", old, new, data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert "## Pages: 2 changed, none added, none removed" in done.stdout
    assert re.search(r"#### `/`\n\n```diff\n.*\n-The first .*text.*\n\+The second .*text", done.stdout, re.DOTALL)
    assert re.search(r"#### `/with-twin/`\n\n````diff\n.*\n-@first\n\+@second\n````\n", done.stdout, re.DOTALL)
    for wrong in (tmp_path / "none", data):
        assert "holds no built site" in refused(run("HEAD", "--site", old, wrong, data=data))
