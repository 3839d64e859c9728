"""The Arabic window: no two commands of a menu, or parts of a dialog, have one access key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from editor.gui.interface_language import apply_language
from editor.gui.session import Session
from tests.catalogues import compile_catalogues
from tests.gui.conftest import CHIEF, OpenWindow, ShowDialog
from tests.gui.dialogs import DIALOGS
from tests.gui.widgets.test_dialog import access_keys


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


def test_no_two_parts_of_a_dialog_have_one_access_key(
    session: Session, show_dialog: ShowDialog[QWidget]
) -> None:
    session.set_person(CHIEF)
    repeated = {}
    for name, make in DIALOGS.items():
        dialog = show_dialog(make(session))
        repeated[name] = [key for key, count in access_keys(dialog).items() if count > 1]
        dialog.close()
    assert {name: keys for name, keys in repeated.items() if keys} == {}
