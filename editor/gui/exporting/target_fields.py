"""The fields of one target: its name, its address, and what is delivered there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from editor.core.canonical import Json
from editor.core.delivery import Target
from editor.core.target_address import EXAMPLES
from editor.errors import BadValue
from editor.formats.exporters import all_exporters
from editor.gui.exporting.bundle_parts import BundleParts
from editor.gui.widgets.layout import STRETCH, column, label
from editor.i18n import _


@dataclass(frozen=True, slots=True)
class TypedTarget:
    """A target as it is typed, right or not."""

    name: str = ""
    address: str = ""
    format: str = "site"
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, target: Target) -> TypedTarget:
        """Return how a target is typed."""
        return cls(target.name, target.address, target.format, target.parts)

    @classmethod
    def from_json(cls, value: Json) -> TypedTarget:
        """Read what `to_json` wrote. Raises TypeError for anything else."""
        if not isinstance(value, dict):
            raise TypeError("no target")
        parts = value.get("parts", [])
        if not isinstance(parts, list):
            raise TypeError("no parts")
        name, address, format_name = (str(value.get(key, "")) for key in _TEXTS)
        return cls(name, address, format_name or "site", tuple(map(str, parts)))

    def to_json(self) -> dict[str, Json]:
        """Return it as plain values."""
        texts: dict[str, Json] = {key: getattr(self, key) for key in _TEXTS}
        return {**texts, "parts": list(self.parts)}

    def read(self) -> Target:
        """Return the target. Raises BadValue for what can't be one."""
        return Target(self.name, self.address, self.format, self.parts)


_TEXTS = ("name", "address", "format")


class TargetFields(QWidget):
    """Shows one target and lets it be changed; what is wrong is said below the address."""

    changed = Signal(TypedTarget)

    def __init__(self) -> None:
        super().__init__()
        self.name, self.address, self.format = QLineEdit(), QLineEdit(), QComboBox()
        self.parts = BundleParts()
        self.problem = label(kind="error", wrap=True)
        self.hint = label(_("For example {examples}").format(examples=EXAMPLES), "hint", wrap=True)
        for exporter in all_exporters():
            self.format.addItem(_(exporter.title), exporter.name)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for title, field in (
            (_("&Name"), self.name),
            (_("&Address"), self.address),
            (_("&What is delivered"), self.format),
        ):
            form.addRow(label(title, buddy=field), field)
        column(form, self.parts, self.problem, self.hint, STRETCH, inside=self, spacing=6)
        self.name.textEdited.connect(self._edited)
        self.address.textEdited.connect(self._edited)
        self.format.activated.connect(self._edited)
        self.parts.changed.connect(self._edited)
        self.show_target(None)

    def show_target(self, target: TypedTarget | None) -> None:
        """Show a target, or empty fields that nothing can be typed into for None."""
        shown = target or TypedTarget()
        for field, text in ((self.name, shown.name), (self.address, shown.address)):
            if field.text() != text:  # the caret stays where it is
                field.setText(text)
                field.setCursorPosition(0)  # of a long one its beginning is seen
        if self.format.findData(shown.format) < 0:  # a newer Stonehand may know it
            self.format.addItem(shown.format, shown.format)
        self.format.setCurrentIndex(self.format.findData(shown.format))
        with QSignalBlocker(self.parts):
            self.parts.choose(shown.parts or self.parts.usual)
        self.setEnabled(target is not None)
        self._show_state(shown if target else None)

    def show_problem(self, error: BadValue) -> None:
        """Show why the target can't be saved, and go to its address."""
        self._say(f"{error.sentence} {error.hint}")
        self.address.setFocus()

    def _edited(self, *_value: object) -> None:
        is_bundle = self.format.currentData() == "bundle"
        typed = TypedTarget(
            self.name.text(),
            self.address.text(),
            self.format.currentData(),
            self.parts.chosen if is_bundle else (),
        )
        self._show_state(typed)
        self.changed.emit(typed)

    def _show_state(self, typed: TypedTarget | None) -> None:
        self.parts.setVisible(typed is not None and typed.format == "bundle")
        sentence = ""
        if typed is not None and typed.name and typed.address:
            try:
                typed.read()
            except BadValue as error:
                sentence = f"{error.sentence} {error.hint}"
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.hint.setVisible(not sentence)
        self.address.setAccessibleDescription(sentence or self.hint.text())
