"""The house rules of editor/: sizes, docstrings, and one plain word for one thing."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

EDITOR = Path(__file__).resolve().parent.parent / "editor"
MODULES = sorted(EDITOR.rglob("*.py"))

LARGEST_FILE = 400
LONGEST_FUNCTION = 50

_OF_THE_API = "a value of the API: its schemas, and clients made of them, have this name"

SAME_NAMES: dict[str, str] = dict.fromkeys(
    [
        "Block",
        "Brief",
        "Contents",
        "Correction",
        "Counts",
        "Dateline",
        "Media",
        "Rendition",
        "Section",
        "Site",
        "Story",
        "Subject",
    ],
    _OF_THE_API,
)
"""Class names that two modules use, each with the reason."""

# See "One thing, one word" in CONTRIBUTING.
BANNED_WORDS = frozenset(
    [
        "afresh",
        "anew",
        "behind",
        "came",
        "deed",
        "each",
        "goes",
        "judge",
        "mend",
        "mended",
        "mending",
        "paperwork",
        "pen",
        "said",
        "stands",
        "thing",
        "things",
        "told",
        "went",
    ]
)
BANNED_LOOP_VARIABLES = frozenset({"it", "one"})


def room(path: Path) -> str:
    return path.relative_to(EDITOR).with_suffix("").parts[0]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(EDITOR).as_posix()


def test_first_line_says_what_is_in_the_module() -> None:
    first = {
        name(path): (ast.get_docstring(tree(path)) or "").partition("\n")[0] for path in MODULES
    }
    unsaid = [file for file, line in first.items() if not re.match(r"\S.{8,}[.:!?]$", line)]
    assert unsaid == []


def test_files_are_short() -> None:
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {file: count for file, count in lines.items() if count >= LARGEST_FILE} == {}


def test_functions_are_short() -> None:
    lines = {
        f"{name(path)}: {node.name}": node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    }
    assert {where: count for where, count in lines.items() if count > LONGEST_FUNCTION} == {}


def test_names_are_plain_words() -> None:
    odd = {
        f"{name(path)}: {identifier}"
        for path in MODULES
        for identifier in identifiers(tree(path))
        if BANNED_WORDS & set(words_of(identifier))
    }
    assert odd == set()


def test_loop_variables_say_what_they_are() -> None:
    odd = {
        f"{name(path)}: {variable}"
        for path in MODULES
        for variable in loop_variables(tree(path))
        if variable in BANNED_LOOP_VARIABLES
    }
    assert odd == set()


def test_class_names_are_unique() -> None:
    modules = defaultdict(list)
    for path in MODULES:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules[node.name].append(name(path))
    repeated = {kind: paths for kind, paths in modules.items() if len(paths) > 1}
    assert {kind: paths for kind, paths in repeated.items() if kind not in SAME_NAMES} == {}
    assert set(SAME_NAMES) <= set(repeated)


def identifiers(module: ast.Module) -> Iterator[str]:
    """Yield every name that a module defines: functions, classes, parameters, variables."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def words_of(identifier: str) -> list[str]:
    """Split `_taken_in` and `TakenLine` into their words."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier)
    return [word for word in spaced.lower().split("_") if word]


def loop_variables(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.For | ast.comprehension):
            for target in ast.walk(node.target):
                if isinstance(target, ast.Name):
                    yield target.id
