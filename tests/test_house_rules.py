"""Rules of the code base that a reader may rely on, kept by the tests instead of by memory."""

from __future__ import annotations

import ast
import csv
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from etl.form import EDITIONS, load_form
from etl.refusals import refusal_codes
from tests.shared import ROOT

LONGEST_FUNCTION = 60
LONGEST_MODULE = 400
LONGEST_PAGE = 90
PYTHON = sorted(
    path
    for folder in ("etl", "dashboard", "pages", "benchmarks", "tests", "docs")
    for path in (ROOT / folder).rglob("*.py")
)
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org"]
MACHINE_PATHS = ["/" + "work/", "/" + "root/", "/" + "opt/", "/" + "tmp/"]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PYTHON, ids=_ids)
def test_modules_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    long = [
        node.name
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("folder", ["etl", "dashboard/queries", "dashboard/charts"])
def test_only_pages_and_what_they_share_know_streamlit(folder: str) -> None:
    guilty = [
        _ids(path)
        for path in (ROOT / folder).rglob("*.py")
        if any(name.split(".")[0] == "streamlit" for name in _imports(path))
    ]
    assert guilty == []


def test_nothing_imports_a_page() -> None:
    guilty = [_ids(p) for p in PYTHON if any(n.split(".")[0] == "pages" for n in _imports(p))]
    assert guilty == []


@pytest.mark.parametrize("path", sorted((ROOT / "pages").iterdir()), ids=lambda path: path.name)
def test_a_page_is_a_table_of_contents(path: Path) -> None:
    if path.name == "__pycache__":
        return
    assert path.suffix == ".py"
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_PAGE
    assert f'page_frame("{path.stem}"' in text


def test_labels_of_the_form_are_spelled_in_the_form_alone() -> None:
    labels = {
        label
        for edition in EDITIONS
        for cell in load_form(edition).cells
        for label in (cell.line.label, cell.head.label)
        if len(label) >= 4
    }
    guilty = [
        (_ids(path), node.value)
        for path in PYTHON
        if path.is_relative_to(ROOT / "etl") or path.is_relative_to(ROOT / "dashboard")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Constant) and node.value in labels
    ]
    assert guilty == []


def _codes(pattern: str) -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "etl").rglob("*.py"))
    return set(chain.from_iterable(re.findall(pattern, text) for text in texts))


def test_every_refusal_is_declared() -> None:
    raised = _codes(r"Refused\(\s*\"([a-z0-9-]+)\"")
    assert raised
    assert raised <= refusal_codes()


def test_every_doubt_is_declared_and_raised() -> None:
    with (ROOT / "etl" / "doubts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert all(row["zh"] and row["en"] for row in rows)
    raised = _codes(r"(?:doubt|Doubt|refuse_row)\(\s*\"([a-z0-9-]+)\"")
    assert raised == {row["code"] for row in rows}


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_registry_host_and_no_machine_path_is_tracked() -> None:
    wanted = re.compile("|".join(map(re.escape, [*HOSTS, *MACHINE_PATHS])).encode())
    guilty = []
    for path in _tracked():
        data = path.read_bytes()
        if b"\0" not in data[:4096] and (found := wanted.search(data)):
            guilty.append((_ids(path), found[0].decode()))
    assert guilty == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_locked_with_hashes_and_without_an_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    requirements = [block for block in re.split(r"\n(?=\S)", text) if "==" in block]
    assert len(requirements) > 40
    assert [block for block in requirements if "--hash=sha256:" not in block] == []
