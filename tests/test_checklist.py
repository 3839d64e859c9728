"""The forty things of `checklist.toml`: all are there, and what proves each exists."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from editor.resources import resource

TESTS = Path(__file__).parent
EDITOR = TESTS.parent / "editor"
POINTS: list[dict[str, Any]] = tomllib.loads(
    (TESTS / "checklist.toml").read_text(encoding="utf-8")
)["point"]


@cache
def functions(file: str) -> frozenset[str]:
    """Return the names of a test file's functions at its top."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_all_forty_are_there_in_order() -> None:
    assert [point["number"] for point in POINTS] == list(range(1, 41))


@pytest.mark.parametrize("point", POINTS, ids=lambda point: str(point["number"]))
def test_what_proves_a_point_exists(point: dict[str, Any]) -> None:
    assert point["says"].endswith(".")
    assert point["tests"]
    for test in point["tests"]:
        file, _colons, name = test.partition("::")
        assert name.startswith("test_")
        assert (TESTS / file).is_file(), test
        assert name in functions(file), test
    for picture in point.get("pictures", ()):
        assert resource("help", picture).is_file()
    assert point.keys() <= {"number", "says", "tests", "pictures", "differs"}


def test_no_box_of_the_system_blocks_the_window() -> None:
    boxes = {"QMessageBox", "QErrorMessage", "getText", "getItem", "getInt", "getMultiLineText"}
    found = [
        (path.name, node.lineno)
        for path in (EDITOR / "gui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
        and boxes & {getattr(node, "id", ""), getattr(node, "attr", "")}
    ]
    assert found == []
