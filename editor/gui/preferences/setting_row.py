"""A row of the settings window: what a setting is called, its control, and a sentence about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QWidget

from editor.declared_setting import Setting
from editor.gui.widgets.choice_box import ChoiceBox
from editor.gui.widgets.layout import TOP, column, label, row
from editor.i18n import _

_LEAST_LETTERS = 12
"""How much of a choice is seen at least."""
_UNDER_TITLE = 24
"""From the edge of a box to tick to its title, in pixels."""

Changed = Callable[[Any], object]


class SettingRow(QWidget):
    """One row: a title, a sentence below it, and what changes it, if something does."""

    def __init__(self, title: str, about: str, control: QWidget | None, also: str = "") -> None:
        """`also` has more words by which the row is found."""
        super().__init__()
        self.title = title
        self._found_by = f"{title} {about} {also}".casefold()
        self.control: Any = control
        """A SettingControl where the row is a setting's."""
        hint = label(about, "hint", wrap=True)
        # One long word, as a folder's path is, must not make the window wider.
        hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        hint.setMinimumWidth(1)
        if isinstance(control, QCheckBox):
            below = column(hint, margins=(_UNDER_TITLE, 0, 0, 0))
            column(control, below, inside=self, spacing=2)
        elif isinstance(control, QLineEdit):
            above = label(title, "strong", wrap=True, buddy=control)
            column(above, control, hint, inside=self, spacing=4)
        else:
            words = column(label(title, "strong", wrap=True, buddy=control), hint, spacing=2)
            row((words, 1), *((control, TOP),) if control else (), inside=self, spacing=16)
        if control is not None:
            control.setAccessibleName(control.accessibleName() or title)
            control.setAccessibleDescription(about)

    def has(self, words: list[str]) -> bool:
        """Return whether each of the words, folded, is in what the row says."""
        return all(word in self._found_by for word in words)


def setting_row(setting: Setting, on_changed: Changed) -> SettingRow:
    """Make the row of a declared setting; `on_changed` is given what a person chooses."""
    control: SettingControl
    if setting.choices is not None:
        control = SettingChoice(setting, on_changed)
    elif setting.is_font:
        control = SettingFont(setting, on_changed)
    elif isinstance(setting.usual, str):
        control = SettingText(on_changed)
    else:
        control = SettingSwitch(setting, on_changed)
    return SettingRow(_(setting.title), _(setting.about), control, setting.all_words())


class SettingChoice(ChoiceBox):
    """One of a few values."""

    def __init__(self, setting: Setting, on_changed: Changed) -> None:
        super().__init__()
        self.setMinimumContentsLength(_LEAST_LETTERS)
        for value in self.values(setting):
            self.addItem(setting.words(value), value)
        self.currentIndexChanged.connect(lambda _index: on_changed(self.currentData()))

    def values(self, setting: Setting) -> Iterable[Any]:
        """Return what there is to choose."""
        return setting.choices or ()

    def show_value(self, value: Any) -> None:
        """Show a value that was chosen, here or elsewhere."""
        self.setCurrentIndex(max(0, self.findData(value)))


class SettingFont(SettingChoice):
    """One of the font families of this computer, or none of them for Stonehand's own."""

    def __init__(self, setting: Setting, on_changed: Changed) -> None:
        super().__init__(setting, on_changed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setToolTip(self.currentText())  # the box may be too narrow for it
        self.currentTextChanged.connect(self.setToolTip)

    def values(self, _setting: Setting) -> Iterable[Any]:
        families = QFontDatabase.families()
        return ["", *(name for name in families if not QFontDatabase.isPrivateFamily(name))]

    def show_value(self, value: Any) -> None:
        """Show a family, also one that only another computer has."""
        if self.findData(value) < 0:
            self.addItem(_("{font} (not on this computer)").format(font=value), value)
        super().show_value(value)


class SettingSwitch(QCheckBox):
    """On or off."""

    def __init__(self, setting: Setting, on_changed: Changed) -> None:
        super().__init__(_(setting.title).replace("&", "&&"))
        self.toggled.connect(on_changed)

    def show_value(self, value: Any) -> None:
        """Show a value that was chosen, here or elsewhere."""
        self.setChecked(value)


class SettingText(QLineEdit):
    """A line of text, as an address."""

    def __init__(self, on_changed: Changed) -> None:
        super().__init__()
        self.setClearButtonEnabled(True)
        self.textChanged.connect(on_changed)

    def show_value(self, value: Any) -> None:
        """Show a text that was written, here or elsewhere, and leave the caret in the same one."""
        if value != self.text():
            self.setText(value)


SettingControl: TypeAlias = SettingChoice | SettingSwitch | SettingText
