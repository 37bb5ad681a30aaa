"""The documentation is true: its examples run, its lists are complete, its commands exist."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

from press.model.header import KEYS
from press.options import BuildOptions
from press.settings import SETTINGS
from tests.conftest import ADDRESS, ROOT, make_project
from tests.support.checks import find_in_stages
from tests.support.inv import INV

FAULTS = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
RULES = dict(re.findall(r"^### ([a-z-]+)\n(.*?)(?=^##|\Z)", FAULTS, re.MULTILINE | re.DOTALL))
SETTINGS_PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
_FILE = re.compile(r"^`(content/\S+)`:\n\n```(?:markdown|xml)\n(.*?)```", re.MULTILINE | re.DOTALL)
_SAID = re.compile(r"^```text\n(.*?)\n```", re.MULTILINE | re.DOTALL)
WITH_EXAMPLE = sorted(rule for rule, text in RULES.items() if "\nWrong:\n" in text)


def _problems_of(folder: Path, example: str) -> list[str]:
    """Write the files of an example into a content folder, and return everything that the press reports."""
    folder.mkdir()
    project = make_project(folder)
    for path, text in _FILE.findall(example):
        project.write(path, text)
    problems = find_in_stages(BuildOptions(folder / "testconf.py", project.content, project.output, ADDRESS))
    return [str(problem).replace(f"{folder}/", "") for problem in problems]


@pytest.mark.parametrize("rule", WITH_EXAMPLE)
def test_the_example_of_a_rule_shows_what_the_press_reports(rule: str, tmp_path: Path) -> None:
    wrong, right = RULES[rule].split("\nRight:\n")
    assert _SAID.search(wrong)[1] in _problems_of(tmp_path / "wrong", wrong)
    assert not [problem for problem in _problems_of(tmp_path / "right", right) if f"[{rule}]" in problem]


def test_the_examples_of_settings_are_right() -> None:
    examples = re.findall(r"^```python\n(.*?)```$", SETTINGS_PAGE, re.MULTILINE | re.DOTALL)
    checks = {setting.name: setting.check for setting in SETTINGS}
    given: dict[str, object] = {}
    exec("\n".join(examples), {}, given)
    assert given.keys() == {"LEAFLETS_MENU", "LEAFLETS_COLOURS"}
    assert [name for name, value in given.items() if checks[name](value)] == []


def _rules_in_code() -> set[str]:
    """Return every rule that the code names, where a problem is made or in a table of rules."""
    found = set()
    for file in (ROOT / "press").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return {text for text in found if text in RULES}


def _rules_made_in_code() -> set[str]:
    """Return the rules that calls of error, warning, advice and WrongValue name literally."""
    places = {"error": 2, "warning": 2, "advice": 2, "WrongValue": 0}
    found = set()
    for file in (ROOT / "press").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
                arguments = node.args[places[node.func.id] :][:1]
                found |= {a.value for a in arguments if isinstance(a, ast.Constant)}
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                found |= {v.value for k, v in pairs if isinstance(k, ast.Constant) and k.value == "press_rule"
                          and isinstance(v, ast.Constant)}  # fmt: skip
    return found


def test_every_rule_has_a_heading_and_every_heading_a_rule() -> None:
    assert _rules_made_in_code() - RULES.keys() == set()
    assert RULES.keys() - _rules_in_code() == set()


def test_every_key_of_a_header_is_described() -> None:
    described = re.findall(r"^### (.+)$", (ROOT / "docs" / "metadata.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for heading in described for name in heading.split(", ")) == sorted(KEYS.values())


def test_every_command_in_the_documentation_exists_and_the_readme_lists_all() -> None:
    listed = subprocess.run([INV, "--list", "--list-format", "json"], cwd=ROOT, capture_output=True, check=True)
    namespace = json.loads(listed.stdout)
    tasks = {task["name"] for task in namespace["tasks"]}
    tasks |= {f"{part['name']}.{task['name']}" for part in namespace["collections"] for task in part["tasks"]}
    for file in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        named = set(re.findall(r"`(?:\.venv/bin/)?inv ([a-z.]+)", file.read_text(encoding="utf-8")))
        assert named <= tasks, file
    table = re.findall(
        r"^\| `(?:inv|press) ([a-z.]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(table) == sorted(tasks - {"help"})


def test_every_setting_is_documented_with_its_default_and_its_help() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| `(.*?)` \| (.*) \|$", SETTINGS_PAGE, re.MULTILINE)
    assert [(name, ast.literal_eval(default), text) for name, default, text in rows] == [
        (setting.name, setting.default, setting.help) for setting in SETTINGS
    ]


def test_every_file_that_the_documentation_names_is_there() -> None:
    for file in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        text = file.read_text(encoding="utf-8")
        prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        linked = [link for link in re.findall(r"\]\(([^)#:]+)\)", prose) if "{" not in link]
        plain = re.findall(r"`((?:press|theme|tests|docs)/[\w./-]+\w)`", text)
        missing = [p for p in linked if not (file.parent / p).exists()] + [
            p for p in plain if not (ROOT / p).exists()
        ]
        assert missing == [], file


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(page.name[:4]) for page in (ROOT / "docs" / "decisions").iterdir())
    assert numbers == list(range(1, len(numbers) + 1))
