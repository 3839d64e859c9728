"""The file with a person's own keys: read, written, and survived."""

from __future__ import annotations

import pytest

from editor.gui.window.shortcut_file import read_shortcuts, write_shortcuts
from editor.places import shortcuts_file


def put(content: str) -> None:
    shortcuts_file().parent.mkdir(parents=True, exist_ok=True)
    shortcuts_file().write_text(content, encoding="utf-8")


def test_keys_read_back() -> None:
    assert read_shortcuts() == ({}, None)
    assert write_shortcuts({"save": "Ctrl+J", "export": ""})
    assert read_shortcuts() == ({"save": "Ctrl+J", "export": ""}, None)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "could not be read"),
        ("{", "could not be read"),
        ("[]", "no shortcuts"),
        ('{"format": 1, "shortcuts": []}', "no shortcuts"),
        ('{"format": 2, "shortcuts": {"save": {"keys": "Ctrl+J"}}}', "newer Stonehand"),
    ],
)
def test_a_file_that_can_not_be_used_is_said_and_set_aside_when_a_key_is_changed(
    content: str, words: str
) -> None:
    put(content)
    keys, problem = read_shortcuts()
    assert keys == {}
    assert problem is not None
    assert words in problem.sentence
    assert "shortcuts-old.json" in problem.hint
    assert write_shortcuts({"save": "Ctrl+J"})
    assert read_shortcuts() == ({"save": "Ctrl+J"}, None)
    old = shortcuts_file().with_name("shortcuts-old.json")
    assert old.read_text(encoding="utf-8") == content


def test_a_bad_key_leaves_the_others() -> None:
    put('{"format": 1, "shortcuts": {"save": "Ctrl+J", "export": 7}}')
    keys, problem = read_shortcuts()
    assert keys == {"save": "Ctrl+J"}
    assert problem is not None


def test_a_computer_that_refuses_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STONEHAND_CONFIG", "/dev/null/nowhere")
    assert write_shortcuts({"save": "Ctrl+J"}) is False
