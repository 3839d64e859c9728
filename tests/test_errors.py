"""The tree of errors and its drawing in the docstring agree."""

from __future__ import annotations

import inspect
import re

from editor import errors


def test_docstring_names_every_error_under_its_parent() -> None:
    drawn = re.findall(r"^([│ ]*[├└]── )?(\w+)  +\S", errors.__doc__ or "", re.MULTILINE)
    parents: list[str] = []
    tree = {}
    for indent, name in drawn:
        depth = len(indent) // 4
        parents[depth:] = [name]
        tree[name] = parents[depth - 1] if depth else "Exception"
    classes = {
        name: kind.__bases__[0].__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if kind.__module__ == errors.__name__ and name != "Cancelled"
    }
    assert tree == classes


def test_error_has_a_sentence_and_a_hint() -> None:
    error = errors.BadValue("It is too long.", "Cut it.")
    assert str(error) == error.sentence == "It is too long."
    assert error.hint == "Cut it."
