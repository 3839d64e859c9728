"""One field of the paper dialog: its title, what it is for, what is in it and what is wrong."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from editor.core.house import House
from editor.errors import BadValue
from editor.gui.theme import set_look
from editor.gui.widgets.choice_box import ChoiceBox
from editor.gui.widgets.layout import column, label
from editor.gui.widgets.offsets import source

_LEAST_LETTERS = 20
"""How much of a choice is seen at least."""

Read = Callable[[str], object]
Write = Callable[[House], str]


class PaperField(ABC):
    """A field's text is what the journal keeps of it; `read` makes a value of it.

    `box` takes the focus; `outer` is what is laid out, most often the same. `note` is a
    line that the dialog fills in, for what the text comes to.
    """

    title: str
    hint: str

    def __init__(self, title: str, hint: str, box: QWidget) -> None:
        self.title, self.hint, self.box, self.outer = title, hint, box, box
        self.problem = label(kind="error", wrap=True)
        self.problem.hide()
        self.note = label(kind="hint", wrap=True)
        self.note.hide()
        box.setAccessibleName(title.replace("&", ""))
        box.setAccessibleDescription(hint)

    @property
    @abstractmethod
    def changed(self) -> SignalInstance:
        """The text is another one."""

    @abstractmethod
    def text(self) -> str:
        """Return what is in the field."""

    @abstractmethod
    def set_text(self, text: str) -> None:
        """Put a text into the field, as an earlier run left it."""

    @abstractmethod
    def show(self, house: House) -> None:
        """Show what the paper has."""

    @abstractmethod
    def read(self) -> object:
        """Return the value. Raises BadValue with what is wrong and how to write it."""

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be changed or not."""
        self.box.setEnabled(not read_only)

    def cell(self) -> QVBoxLayout:
        """Lay out the field with its problem and its explanation below it."""
        explanation = label(self.hint, "hint", wrap=True)
        return column(self.outer, self.problem, self.note, explanation, spacing=2)

    def check(self) -> bool:
        """Show what is wrong with the text, or nothing; return whether it is good."""
        sentence = problem_of(self.read)
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.box.setAccessibleDescription(sentence or self.hint)
        return not sentence

    def set_note(self, text: str) -> None:
        """Say what the text comes to; nothing hides the line."""
        self.note.setText(text)
        self.note.setVisible(bool(text))


class PaperText(PaperField):
    """Words in one line or several."""

    def __init__(
        self,
        title: str,
        box: QLineEdit | QPlainTextEdit,
        read: Read,
        write: Write,
        hint: str = "",
    ) -> None:
        super().__init__(title, hint, box)
        self.box: QLineEdit | QPlainTextEdit = box
        self._read, self._write = read, write
        if isinstance(box, QPlainTextEdit):
            box.setTabChangesFocus(True)

    @property
    def changed(self) -> SignalInstance:
        return self.box.textChanged

    def text(self) -> str:
        box = self.box
        return box.text() if isinstance(box, QLineEdit) else source(box.document())

    def set_text(self, text: str) -> None:
        box = self.box
        box.setText(text) if isinstance(box, QLineEdit) else box.setPlainText(text)

    def show(self, house: House) -> None:
        self.set_text(self._write(house))

    def read(self) -> object:
        return self._read(self.text())

    def set_read_only(self, read_only: bool) -> None:
        set_look(self.box, "readOnly", read_only)


class PaperChoice(PaperField):
    """One of a few choices, each with its own title."""

    def __init__(
        self, title: str, choices: Mapping[StrEnum, str], write: Write, hint: str = ""
    ) -> None:
        super().__init__(title, hint, ChoiceBox(_LEAST_LETTERS))
        self.box: ChoiceBox
        self.box.currentTextChanged.connect(self.box.setToolTip)  # the box may be too narrow
        self._kind, self._write = type(next(iter(choices))), write
        for choice, name in choices.items():
            self.box.addItem(name, str(choice))

    @property
    def changed(self) -> SignalInstance:
        return self.box.currentIndexChanged

    def text(self) -> str:
        return str(self.box.currentData())

    def set_text(self, text: str) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(text)))

    def show(self, house: House) -> None:
        self.set_text(self._write(house))

    def read(self) -> object:
        return self._kind(self.text())


class PaperFlag(PaperField):
    """Something that the paper does or does not."""

    def __init__(self, title: str, name: str, hint: str = "") -> None:
        box = QCheckBox(title)
        super().__init__("", hint, box)
        box.setAccessibleName(title.replace("&", ""))
        self.box: QCheckBox = box
        self._name = name

    @property
    def changed(self) -> SignalInstance:
        return self.box.toggled

    def text(self) -> str:
        return "yes" if self.box.isChecked() else ""

    def set_text(self, text: str) -> None:
        self.box.setChecked(bool(text))

    def show(self, house: House) -> None:
        self.box.setChecked(getattr(house, self._name))

    def read(self) -> object:
        return self.box.isChecked()


def problem_of(read: Callable[[], object]) -> str:
    """Say what is wrong with a text and how to write it; empty when nothing is."""
    try:
        read()
    except BadValue as error:
        return f"{error.sentence} {error.hint}"
    return ""
