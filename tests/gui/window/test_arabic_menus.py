"""The menus of the Arabic window: in Arabic, and no two of a menu with one access key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from editor.gui.interface_language import apply_language
from tests.catalogues import compile_catalogues
from tests.gui.conftest import OpenWindow


@pytest.fixture(autouse=True)
def _arabic(qapp: QApplication) -> Iterator[None]:
    compile_catalogues()
    apply_language(qapp, "ar")
    yield
    apply_language(qapp, "en")


def test_no_two_commands_of_a_menu_have_one_access_key(open_window: OpenWindow) -> None:
    window = open_window()
    menus = [[action.text() for action in window.menuBar().actions()]]
    menus += [
        [action.text() for action in menu.actions() if action.text()]
        for menu in window.menuBar().findChildren(QMenu)
    ]
    repeated = []
    for texts in menus:
        keys = Counter(QKeySequence.mnemonic(text).toString() for text in texts)
        repeated += [key for key, count in keys.items() if key and count > 1]
    assert repeated == []
