"""The table of commands."""

from __future__ import annotations

from editor.gui.window.actions import menus, specs


def test_every_command_names_a_menu_that_exists() -> None:
    assert {spec.menu for spec in specs()} == set(menus())


def test_names_are_unique() -> None:
    names = [spec.name for spec in specs()]
    assert len(names) == len(set(names))


def test_only_what_asks_for_more_has_an_ellipsis() -> None:
    asking = {spec.name for spec in specs() if spec.text.endswith("…")}
    assert asking == {
        "correct",
        "kill",
        "paste_wire",
        "import",
        "export",
        "new_desk",
        "open_desk",
        "picture",
        "return",
    }


def test_titles_are_in_sentence_case() -> None:
    for spec in specs():
        words = spec.text.replace("&", "").split()
        proper = {"Stonehand"}
        assert not [word for word in words[1:] if word[0].isupper() and word not in proper], spec
