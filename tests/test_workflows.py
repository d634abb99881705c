"""What runs by itself, and the forms that people fill in: nothing here can be tried at home, so it is read closely."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.samples import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
RELEASE = GITHUB / "workflows" / "release.yml"
FORMS = sorted(file for file in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if file.name != "config.yml")
BIN = Path(sys.executable).parent
Done = subprocess.CompletedProcess[str]

SCHEMAS = {
    "github-workflows": WORKFLOWS,
    "dependabot": [GITHUB / "dependabot.yml"],
    "github-issue-forms": FORMS,
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
}


def read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (texts alone: `on` stays a word)


def steps(file: Path) -> Iterator[dict[str, Any]]:
    for job in read(file)["jobs"].values():
        yield from job["steps"]


def tool(name: str, *arguments: str | Path, text: str | None = None) -> Done:
    """Run a command of the environment."""
    command = [str(BIN / name), *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False)


def zizmor(folder: Path) -> Done:
    return tool("zizmor", "--offline", "--no-progress", "--no-config", "--persona", "auditor", folder)


def shellcheck(script: str) -> Done:
    return tool("shellcheck", "--shell", "bash", "-", text=script)


def addresses() -> tuple[str, str]:
    """Give the addresses of site and repository that mkdocs.yml falls back to."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    found = dict(re.findall(r'^(site_url|repo_url): !ENV \[\w+, "([^"]+)"\]$', text, re.MULTILINE))
    return found["site_url"], found["repo_url"]


def test_no_weak_place_is_found_in_the_workflows() -> None:
    done = zizmor(GITHUB)
    assert done.returncode == 0, done.stdout + done.stderr
    for file in WORKFLOWS:
        assert f"/workflows/{file.name}\n" in done.stderr, "each file must have been read"


def test_a_weak_place_would_be_found(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = (GITHUB / "workflows" / "links.yml").read_text(encoding="utf-8")
    safe = 'case "$CODE" in'
    assert text.count(safe) == 1
    (folder / "links.yml").write_text(text.replace(safe, 'case "${{ github.event.issue.title }}" in'), encoding="utf-8")
    done = zizmor(tmp_path / ".github")
    assert done.returncode != 0
    assert "template-injection" in done.stdout


@pytest.mark.parametrize("name", SCHEMAS)
def test_files_are_what_the_host_expects(name: str) -> None:
    assert SCHEMAS[name]
    done = tool("check-jsonschema", "--builtin-schema", f"vendor.{name}", *SCHEMAS[name])
    assert done.returncode == 0, done.stdout


def test_a_wrong_form_would_be_found(tmp_path: Path) -> None:
    form = tmp_path / "form.yml"
    form.write_text(FORMS[0].read_text(encoding="utf-8").replace("type: input", "type: inptu"), encoding="utf-8")
    assert tool("check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", form).returncode == 1


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_has_least_rights_limits_and_no_expression_in_a_script(file: Path) -> None:
    flow = read(file)
    assert flow["permissions"] == {}
    assert "concurrency" in flow
    assert "pull_request_target" not in flow["on"]
    for job in flow["jobs"].values():
        assert job["permissions"], "each job names its rights"
        assert int(job["timeout-minutes"]) <= 60
        known = {step["id"] for step in job["steps"] if "id" in step}
        used = set(re.findall(r"\bsteps\.([\w-]+)\.", json.dumps(job)))
        assert used <= known, "a job asks for the result of a step that it does not have"
        needs = job.get("needs", [])
        asked = set(re.findall(r"\bneeds\.([\w-]+)\.outputs\.([\w-]+)", json.dumps(job)))
        for other, output in asked:
            assert other in ([needs] if isinstance(needs, str) else needs)
            assert output in flow["jobs"][other]["outputs"]
    for step in steps(file):
        assert step["name"]
        assert "${{" not in step.get("run", ""), "give a value to a script by env"
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


def test_an_action_has_one_version_and_names_it() -> None:
    seen: dict[str, set[str]] = {}
    for file in WORKFLOWS:
        for line in file.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                part = re.fullmatch(r"\s+uses: (\S+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", line)
                assert part, line
                seen.setdefault(part[1], set()).add(f"{part[2]} {part[3]}")
    assert seen
    assert {name: versions for name, versions in seen.items() if len(versions) != 1} == {}


def test_shell_scripts_are_sound() -> None:
    scripts = [step["run"] for file in WORKFLOWS for step in steps(file) if "run" in step]
    assert len(scripts) > 10
    for script in scripts:
        done = shellcheck(script)
        assert done.returncode == 0, script + done.stdout
    files = [*GITHUB.glob("*.sh"), *(ROOT / ".devcontainer").glob("*.sh"), *(ROOT / "tests").glob("*/*.sh")]
    assert len(files) >= 5
    done = tool("shellcheck", *files)
    assert done.returncode == 0, done.stdout


def test_an_unsound_script_would_be_found() -> None:
    assert "SC2086" in shellcheck("rm $FILE").stdout


def test_commands_in_workflows_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = "\n".join(step.get("run", "") for file in WORKFLOWS for step in steps(file))
    called = set(re.findall(r"^(?:\s|if )*make (?:-C \S+ )?([a-z-]+)", text, re.MULTILINE))
    assert called
    assert called <= targets
    commands = set(re.findall(r"-m macros ([a-z]+)", text))
    assert commands >= {"diff", "stale"}
    shown = subprocess.run([sys.executable, "-m", "macros", "-h"], cwd=ROOT, capture_output=True, text=True, check=True)
    known = re.search(r"\{([a-z,]+)\}", shown.stdout)
    assert known
    assert commands <= set(known[1].split(","))


# --- the script that keeps one issue ----------------------------------------------------------------------------

# Knows the issues in $OPEN, a line each: who opened it, its label, its number. Filters as gh does by what it is asked.
FAKE = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$1 $2" in
  "issue list")
    case "$*" in *"--state open "*) ;; *) exit 2 ;; esac
    label= app=
    for one; do
      if [ "$before" = --label ]; then label=$one; fi
      if [ "$before" = --app ]; then app=$one; fi
      before=$one
    done
    while IFS=, read -r who called number; do
      if [ "${label:-$called}" != "$called" ]; then continue; fi
      if [ -n "$app" ] && [ "$who" != "app/$app" ]; then continue; fi
      echo "$number"
      exit
    done <"$OPEN" ;;
esac
previous=
for one; do
  if [ "$previous" = --body-file ]; then cp "$one" "$BODY"; fi
  previous=$one
done
"""


@pytest.mark.parametrize("number", ["", "7"])
@pytest.mark.parametrize("report", [None, "", "Deux liens\n", "é" * 70_000])
def test_one_issue_is_opened_written_anew_or_closed(number: str, report: str | None, tmp_path: Path) -> None:
    gh = tmp_path / "gh"
    gh.write_text(FAKE, encoding="utf-8")
    gh.chmod(0o755)
    others = "somebody,report: x,5\ngithub-actions,report: x,6\napp/github-actions,report: y,8\napp/other,report: x,9\n"
    own = f"app/github-actions,report: x,{number}\n" if number else ""
    (tmp_path / "open").write_text(others + own, encoding="utf-8")
    file = tmp_path / "report.md"
    if report is not None:
        file.write_text(report, encoding="utf-8")
    names = {name: str(tmp_path / name.lower()) for name in ("CALLS", "OPEN", "BODY")}
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    command = ["sh", str(GITHUB / "issue.sh"), "A title", "report: x", str(file)]
    done = subprocess.run(command, env={**os.environ, **names, "PATH": path}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    calls = [" ".join(line.split()[:3]) for line in (tmp_path / "calls").read_text(encoding="utf-8").splitlines()]
    assert calls[0] == "issue list --state"
    expected = {
        (False, False): [],
        (False, True): ["issue close 7"],
        (True, False): ["label create report:", "issue create --title"],
        (True, True): ["issue edit 7"],
    }
    assert calls[1:] == expected[bool(report), bool(number)]
    if report:
        body = (tmp_path / "body").read_text(encoding="utf-8")
        assert len(body.encode()) < 65_536
        assert body.startswith(report[:10])
        assert ("and more" in body) == (len(report) > 60_000)


# --- forms ------------------------------------------------------------------------------------------------------

PREFILLED = ("page", "record", "line", "problem", "source")
"""What links on pages fill in; a changed id would make them fill in nothing, unseen."""


def test_the_forms_are_those_that_pages_link_to() -> None:
    names = {"correction.yml", "stakeholder.yml", "dead-link.yml", "wording.yml", "translation.yml", "new-entry.yml"}
    assert {file.name for file in FORMS} == names


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_a_form_asks_for_page_problem_and_source_and_warns(file: Path) -> None:
    body = read(file)["body"]
    ids = [field["id"] for field in body if field["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    wanted = [name for name in PREFILLED if file.stem != "stakeholder" or name not in ("record", "line")]
    required = {field["id"] for field in body if field.get("validations", {}).get("required") == "true"}
    if file.stem == "new-entry":  # what the form on the site fills in
        assert ids == ["file", "place", "entry", "source", "care"]
        assert required == {"file", "entry"}
    else:
        assert [name for name in ids if name in PREFILLED] == wanted
        assert "problem" in required
    first = body[0]["attributes"]["value"]
    for words in ("Never send or link abuse material", "Name no victim", "emergency number", "/help/)"):
        assert words in first
    care = body[-1]["attributes"]["options"]
    assert [option["required"] for option in care] == ["true"]


def test_every_written_address_is_that_of_the_site_or_the_repository() -> None:
    site, repository = addresses()
    choices = read(GITHUB / "ISSUE_TEMPLATE" / "config.yml")
    assert choices["blank_issues_enabled"] == "false"
    written = [link["url"] for link in choices["contact_links"]]
    texts = [*FORMS, GITHUB / "pull_request_template.md", *ROOT.glob("*.md")]
    for file in texts:
        written += re.findall(r"https://voluntary-principles[^\s)]*", file.read_text(encoding="utf-8"))
    assert written
    for url in written:
        assert url.startswith((site, f"{repository}/")), url
    pages = (ROOT / "data" / "published.txt").read_text(encoding="utf-8").splitlines()
    for url in written:
        if url.startswith(site):
            path = urlsplit(url).path
            assert path in pages or (ROOT / "docs" / path.strip("/") / "index.md").is_file(), url


def test_links_between_the_papers_for_people_lead_somewhere() -> None:
    for file in ROOT.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", file.read_text(encoding="utf-8")):
            path, _, anchor = target.partition("#")
            found = ROOT / path
            assert found.exists(), f"{file.name}: {target}"
            if anchor:
                text = found.read_text(encoding="utf-8")
                headings = {
                    name.lower().replace(" ", "-") for name in re.findall(r"^#+ ([\w -]+)$", text, re.MULTILINE)
                }
                named = re.findall(r'\{: #([\w-]+) \}|<a id="([\w-]+)"></a>', text)
                assert anchor in headings.union(*named), f"{file.name}: {target}"


def test_the_matchers_find_faults_and_notices() -> None:
    matcher, notices = json.loads((GITHUB / "check-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
    assert (matcher["severity"], notices["severity"]) == ("error", "notice")
    assert re.match(notices["pattern"][0]["regexp"], "data/principles.fr.yml:3:5: notice: the English has changed")
    (pattern,) = matcher["pattern"]
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    (task,) = (one for one in tasks if one["label"] == "check")
    assert task["problemMatcher"]["pattern"] == pattern
    assert re.match(pattern["regexp"], "data/principles.fr.yml:3:5: error: unknown field 'a'")


def test_editors_find_the_schema_and_a_container_its_scripts() -> None:
    for file in (ROOT / "data").glob("*.yml"):
        found = re.match(r"# yaml-language-server: \$schema=(.+)\n", file.read_text(encoding="utf-8"))
        assert found, file.name
        assert (file.parent / found[1]).is_file()
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))["recommendations"]
    assert container["customizations"]["vscode"]["extensions"] == wanted
    assert "redhat.vscode-yaml" in wanted, "it reads these lines"
    assert (ROOT / container["postCreateCommand"].removeprefix("sh ")).is_file()


# --- the bill of materials --------------------------------------------------------------------------------------


def test_the_bill_of_materials_names_every_package_that_the_site_needs() -> None:
    made = tool(Path(sys.executable).name, GITHUB / "sbom.py", "edition-2026-11-24")
    assert made.returncode == 0, made.stderr
    again = tool(Path(sys.executable).name, GITHUB / "sbom.py", "edition-2026-11-24")
    assert made.stdout == again.stdout
    bill = json.loads(made.stdout)
    refs = {one["bom-ref"] for one in bill["components"]}
    own, *rest = bill["dependencies"]
    assert {one["ref"] for one in rest} <= refs
    assert {need for one in (own, *rest) for need in one["dependsOn"]} <= refs
    names = {re.split("[@/]", ref)[-2] for ref in own["dependsOn"]}
    assert names >= {"mkdocs", "mkdocs-material", "pydantic", "typst", "minisearch"}
    assert not {"pip", "voluntary-principles-site"} & {one["name"] for one in bill["components"]}
    for script in (ROOT / "docs" / "assets" / "vendor").glob("*.js"):
        (own_script,) = (one for one in bill["components"] if f"{one['name']}-{one['version']}" in script.name)
        digest = hashlib.sha256(script.read_bytes()).hexdigest()
        assert own_script["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_the_bill_names_the_hashes_of_the_lock_file() -> None:
    made = tool(Path(sys.executable).name, GITHUB / "sbom.py", "edition-2026-11-24")
    bill = json.loads(made.stdout)
    lock = ROOT / "requirements" / "site.txt"
    (reference,) = bill["metadata"]["component"]["externalReferences"]
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    assert (reference["url"], reference["hashes"][0]["content"]) == ("requirements/site.txt", digest)
    found = {
        f"{one['name']}=={one['version']}": {entry["content"] for entry in files["hashes"]}
        for one in bill["components"]
        for files in one.get("externalReferences", ())
    }
    blocks = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8"))
    locked = {
        re.split(r"[ ;\\]", block)[0].lower(): set(re.findall(r"sha256:(\w+)", block))
        for block in blocks
        if "==" in block
    }
    installed = {f"{one['name']}=={one['version']}" for one in bill["components"]}
    assert {name: hashes for name, hashes in locked.items() if name in installed} == found
    assert len(found) > 30


# --- editions ---------------------------------------------------------------------------------------------------

TAG = "edition-2026-11-24"
GH_TAG = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$*" in
  *git/refs*) exit "${REFUSED:-0}" ;;
  *commits/tags/*) if [ -z "$STANDS" ]; then echo '{"message":"No commit found"}'; exit 1; fi; echo "$STANDS" ;;
  *) exit 3 ;;
esac
"""


def with_gh(folder: Path, stands: str, **more: str) -> dict[str, str]:
    """Give an environment with a gh that knows where the tag stands, and no git settings of whoever runs this."""
    program = folder / "bin" / "gh"
    program.parent.mkdir()
    program.write_text(GH_TAG, encoding="utf-8")
    program.chmod(0o755)
    return {
        **os.environ,
        **{"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "CALLS": str(folder / "calls")},
        **{"STANDS": stands, "GH_REPO": "a/b", "GH_TOKEN": "x", "GIT_CONFIG_GLOBAL": os.devnull, **more},
    }


def commit(folder: Path, day: str) -> str:
    """Make a repository with a commit of a day; gives the commit's number."""
    when = f"{day}T12:00:00+00:00"
    people = {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **people, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "One"]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize(
    ("tag", "day", "stands", "said"),
    [
        (TAG, "2026-11-24", "", ""),
        (TAG, "2026-11-24", "same", ""),
        (TAG, "2026-11-25", "", ""),  # the same day, further west
        (TAG, "2026-11-24", "0" * 40, "There is a tag edition-2026-11-24 already"),
        (TAG, "2026-11-26", "", "after the day that the edition is named after"),
        ("edition-2026-11-24\nx=y", "2026-11-24", "", "is named after its day"),
        ("x\nedition-2026-11-24", "2026-11-24", "", "is named after its day"),
        ("edition-2026-11-24-two", "2026-11-24", "", "is named after its day"),
        ("an-edition-2026-11-24", "2026-11-24", "", "is named after its day"),
        ("edition-2026-02-30", "2026-02-01", "", "is named after its day"),
        ("edition-", "2026-11-24", "", "is named after its day"),
    ],
)
def test_an_edition_is_named_after_a_day_and_stands_at_its_commit(
    tag: str, day: str, stands: str, said: str, tmp_path: Path
) -> None:
    number = commit(tmp_path, day)
    environment = with_gh(tmp_path, number if stands == "same" else stands)
    command = ["sh", str(GITHUB / "edition.sh"), tag, number]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, said in done.stderr) == (1 if said else 0, True), done.stderr


def run_of(job: str, name: str) -> str:
    (found,) = (step["run"] for step in read(RELEASE)["jobs"][job]["steps"] if step["name"].startswith(name))
    return str(found)


@pytest.mark.parametrize(("given", "said"), [("10", "30 False"), ("1", "3 True"), ("", "3 True")])
def test_by_night_more_and_other_inputs_are_invented(given: str, said: str) -> None:
    (run,) = (step for step in steps(GITHUB / "workflows" / "tests.yml") if step.get("run") == "make test")
    assert run["env"] == {"EXAMPLES": "${{ github.event_name == 'schedule' && '10' || '1' }}"}
    code = "from tests.samples import invented; one = invented(3); print(one.max_examples, one.derandomize)"
    environment = {**os.environ, "EXAMPLES": given}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == said


@pytest.mark.parametrize(
    ("stands", "refused", "status"), [("", "0", 0), ("", "1", 1), ("c" * 40, "0", 0), ("d" * 40, "0", 1)]
)
def test_the_tag_is_put_where_the_edition_was_built_from(
    stands: str, refused: str, status: int, tmp_path: Path
) -> None:
    environment = with_gh(tmp_path, stands, REFUSED=refused, TAG=TAG, COMMIT="c" * 40)
    command = ["bash", "-e", "-c", run_of("publish", "Put the tag")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    assert (f"sha={'c' * 40}" in (tmp_path / "calls").read_text(encoding="utf-8")) == (not stands)


@pytest.mark.parametrize("change", ["", "new file", "changed file", "other commit"])
def test_an_edition_is_built_from_the_commit_and_nothing_else(change: str, tmp_path: Path) -> None:
    number = commit(tmp_path, "2026-11-24")
    if change == "new file":
        (tmp_path / "new").write_text("x", encoding="utf-8")
    if change == "changed file":
        (tmp_path / "old").write_text("x", encoding="utf-8")
        subprocess.run(["git", "add", "old"], cwd=tmp_path, check=True)
    environment = {**os.environ, "COMMIT": "0" * 40 if change == "other commit" else number}
    command = ["bash", "-e", "-c", run_of("build", "Make sure that it was built")]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == bool(change), done.stderr


def test_no_test_runs_where_an_edition_is_built_and_no_build_where_it_is_published() -> None:
    jobs = read(RELEASE)["jobs"]
    scripts = {name: "\n".join(step.get("run", "") for step in job["steps"]) for name, job in jobs.items()}
    assert "make test" in scripts["test"]
    assert "make site" in scripts["build"]
    assert not re.search(r"make (test|bench|lock)|test-ready|requirements/test", scripts["build"])
    assert not re.search(r"make [a-z]+$|python|pip", scripts["publish"], re.MULTILINE)
    assert jobs["test"]["permissions"] == {"contents": "read"}
    assert set(jobs["build"]["permissions"].values()) == {"read"}
    assert [name for name, job in jobs.items() if "write" in job["permissions"].values()] == ["publish"]
    assert jobs["publish"]["environment"]["name"]
    assert jobs["build"]["needs"] == "test"
    assert set(jobs["publish"]["needs"]) == {"test", "build"}
    kept = [step["with"]["path"] for step in jobs["test"]["steps"] if "upload" in step.get("uses", "")]
    assert kept == [], "nothing that tests may have touched is handed on"


# --- who reads and what is watched ------------------------------------------------------------------------------


def owned(path: str) -> str:
    """Give the last pattern of CODEOWNERS that fits a file: a folder from the root, one file, or everything."""
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    patterns = [line.split()[0] for line in lines if line and not line.startswith("#")]
    fitting = [
        one for one in patterns if one == "*" or f"/{path}" == one or (one[-1] == "/" and f"/{path}".startswith(one))
    ]
    return fitting[-1]


def test_help_in_every_language_has_readers_of_its_own() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    helping = [name for name in files if "help" in Path(name).name and not name.startswith(("tests/", "benchmarks/"))]
    helping += [name for name in files if name.startswith("data/")]
    for name in files:  # what writes help, or the way out, into other pages
        if name.startswith(("macros/templates/", "macros/locale/", "theme/")):
            text = (ROOT / name).read_text(encoding="utf-8")
            if re.search(r"help|exit_url|emergency", text):
                helping.append(name)
    wanted = {
        "data/principles.yml",
        "data/principles.fr.yml",
        "macros/templates/help.md.j2",
        "theme/partials/header.html",
    }
    assert wanted | {"macros/templates/help-country.md.j2", "macros/locale/fr/LC_MESSAGES/messages.po"} <= set(helping)
    assert [name for name in helping if owned(name) == "*"] == []
    for name in ("services", "situations", "distress", "notes", "principles.fr"):  # whom to call, and the words for it
        assert owned(f"data/{name}.yml") == f"/data/{name}.yml"
    assert owned("data/principles.fr.lock") == "/data/principles.fr.lock"
    for name in (".github/workflows/release.yml", "requirements/site.txt", "Makefile", "docs/assets/site.js"):
        assert owned(name) != "*"


def test_scripts_of_others_are_watched_for_updates() -> None:
    listed = json.loads((ROOT / "requirements" / "package.json").read_text(encoding="utf-8"))
    for field, folder, end in (
        ("dependencies", "docs/assets/vendor", ".min.js"),
        ("devDependencies", "tests/vendor", ".js"),
    ):
        scripts = {file.name for file in (ROOT / folder).glob("*.js")}
        assert scripts == {f"{name}-{version}{end}" for name, version in listed[field].items()}
    watched = read(GITHUB / "dependabot.yml")["updates"]
    assert [one["directory"] for one in watched if one["package-ecosystem"] == "npm"] == ["/requirements"]


def test_the_bill_asks_for_an_edition_and_needs_nothing_that_the_site_does_not() -> None:
    locked = (ROOT / "requirements" / "site.txt").read_text(encoding="utf-8")
    assert "\npackaging==" in locked
    assert tool(Path(sys.executable).name, GITHUB / "sbom.py").returncode == 1
