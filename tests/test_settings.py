"""Settings survive a bad file, a read-only home and a stranger's value."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from editor.declared_setting import SettingsPage
from editor.i18n import language_in_use, use_language
from editor.places import settings_file
from editor.settings import (
    Settings,
    all_settings,
    load_settings,
    save_changed,
    save_settings,
    settings_on,
    start_with_settings,
)


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
    assert replace(settings, unread={}) == Settings(person="Mona")
    assert len(problems) == 3
    assert "“Appearance”" in problems[0]


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
    assert len(all_settings()) == len(Settings.__dataclass_fields__) - 1
    for setting in all_settings().values():
        assert setting.about
        assert bool(setting.page) == bool(setting.title)
        assert setting.choices is None or setting.usual in setting.choices


def test_every_usual_value_is_accepted_and_shown_in_words() -> None:
    shown = [setting for page in SettingsPage for setting in settings_on(page)]
    assert len(shown) >= 5
    for setting in shown:
        assert setting.accepts(setting.usual)
        assert setting.words(setting.usual)
        assert not setting.accepts(None)


def write(content: object) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(json.dumps(content), encoding="utf-8")


def read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(settings_file().read_bytes())
    return found


def test_what_a_later_version_wrote_is_written_back_until_it_is_chosen_here() -> None:
    write({"appearance": "sepia", "columns": {"left": [1, None]}, "text_size": 3})
    settings, problems = load_settings()
    assert (settings.appearance, settings.text_size) == ("system", 3)
    assert problems == [
        "The setting “Appearance” has a value that can't be used; “As the system” is used instead."
    ]
    assert save_settings(settings.changed(text_size=4))
    assert read()["appearance"] == "sepia"
    assert read()["columns"] == {"left": [1, None]}
    assert read()["text_size"] == 4
    assert save_settings(load_settings()[0].changed(appearance="dark"))
    assert read()["appearance"] == "dark"
    assert load_settings()[1] == []


@pytest.mark.parametrize(
    "value", [{"text_size": 13}, {"text_size": -3}, {"text_size": 1.5}, {"lock_keys_after": 16}]
)
def test_what_is_out_of_bounds_is_named_and_not_used(value: dict[str, object]) -> None:
    write(value)
    settings, problems = load_settings()
    assert replace(settings, unread={}) == Settings()
    assert len(problems) == 1


def test_what_is_nested_too_deeply_to_be_written_is_named_and_dropped() -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text('{"later": ' + "[" * 900 + "]" * 900 + "}", encoding="utf-8")
    settings, problems = load_settings()
    assert problems == ["What the settings file has as “later” can't be used and is ignored."]
    assert save_settings(settings)
    assert "later" not in read()


def test_broken_file_is_set_aside_before_settings_are_written() -> None:
    write("no settings")
    settings, problems = start_with_settings()
    assert settings == Settings()
    aside = settings_file().with_name("settings.broken.json")
    assert len(problems) == 2
    assert str(aside) in problems[1]
    assert aside.read_text(encoding="utf-8") == '"no settings"'
    assert save_settings(settings)
    assert start_with_settings() == (Settings(), [])
    assert aside.read_text(encoding="utf-8") == '"no settings"'


def test_language_is_that_of_the_system_until_one_is_chosen() -> None:
    assert start_with_settings("ar")[0].interface_language("ar") == "ar"
    assert language_in_use() == "ar"
    assert save_settings(Settings(language="en"))
    assert start_with_settings("ar")[0].interface_language("ar") == "en"
    assert language_in_use() == "en"


def test_languages_name_themselves_and_are_not_translated() -> None:
    setting = all_settings()["language"]
    use_language("ar")
    named = [setting.words(value) for value in setting.choices or ()]
    use_language("en")
    assert named[1:] == ["English", "العربية (123)", "العربية (١٢٣)"]
    assert named[0] != "As the system"


def test_future_file_stays_where_it_is() -> None:
    write({"appearance": "sepia"})
    start_with_settings()
    assert read() == {"appearance": "sepia"}


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


def test_what_another_window_changed_meanwhile_stays() -> None:
    first = second = Settings(
        recent_desks=("/one", "/gone"), backup_folders={"/one": "/a", "/two": "/a"}
    )
    assert save_settings(first)
    assert save_changed(first, appearance="dark", recent_desks=("/new", "/one", "/gone"))
    assert save_changed(first, backup_folders={"/one": "/a", "/two": "/b"})
    assert save_changed(second, text_size=2, recent_desks=("/one",))
    assert save_changed(second, backup_folders={**second.backup_folders, "/three": "/c"})
    saved, _problems = load_settings()
    assert (saved.appearance, saved.text_size) == ("dark", 2)
    assert saved.recent_desks == ("/one", "/new")
    assert saved.backup_folders == {"/one": "/a", "/two": "/b", "/three": "/c"}


def test_changed_settings_are_written_whole_where_the_file_is_gone() -> None:
    before = Settings(person="Mara Quill", text_size=2)
    assert save_changed(before, appearance="dark")
    assert load_settings() == (before.changed(appearance="dark"), [])


def test_two_windows_change_settings_at_the_same_time_and_none_is_lost() -> None:
    together = Barrier(6)

    def write(number: int) -> None:
        together.wait()
        assert save_changed(Settings(), backup_folders={f"/{number}": "/backups"})

    with ThreadPoolExecutor(6) as windows:
        list(windows.map(write, range(6)))
    assert len(load_settings()[0].backup_folders) == 6
