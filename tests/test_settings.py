"""Settings survive a bad file, a read-only home and a stranger's value."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from editor.places import settings_file
from editor.settings import Settings, load_settings, save_settings


@pytest.mark.parametrize("content", ["", "{", "[]", "\x00", '"text"'])
def test_unreadable_settings_are_reported(content: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(content, encoding="utf-8")
    settings, problems = load_settings()
    assert settings == Settings()
    assert len(problems) == 1


def test_bad_setting_is_named_and_the_others_are_read() -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(
        '{"appearance": "pink", "recent_desks": "x", "text_size": true, "person": "Mona"}',
        encoding="utf-8",
    )
    settings, problems = load_settings()
    assert settings == Settings(person="Mona")
    assert len(problems) == 3
    assert "appearance" in problems[0]


def test_settings_read_back() -> None:
    chosen = Settings(
        appearance="dark", typographic_marks=False, recent_desks=("/a", "/b"), text_size=2
    )
    assert save_settings(chosen)
    assert load_settings() == (chosen, [])


def test_unwritable_settings_are_false(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STONEHAND_CONFIG", "/dev/null/nowhere")
    assert save_settings(Settings()) is False


def test_every_setting_has_a_sentence() -> None:
    for spec in Settings.__dataclass_fields__.values():
        assert spec.metadata["about"]


_TWO_WRITERS = """
import sys
from editor.settings import Settings, load_settings, save_settings
refused = sum(not save_settings(Settings(text_size=n % 2)) for n in range(300))
print(refused, *load_settings()[1])
"""


def test_two_processes_write_settings_at_once_and_neither_is_refused(python: str) -> None:
    root = Path(__file__).parents[1]
    writers = [
        subprocess.Popen([python, "-c", _TWO_WRITERS], stdout=subprocess.PIPE, text=True, cwd=root)
        for _ in range(2)
    ]
    assert [writer.communicate()[0].strip() for writer in writers] == ["0", "0"]
    assert list(settings_file().parent.iterdir()) == [settings_file()]
