"""What the desk asks for before a text goes out, as fields."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from editor.core.house import House
from editor.core.policy import GATES, FourEyes, Policy
from editor.i18n import _


class PolicyFields(QGroupBox):
    """Four eyes, gates, and whose approval a section needs."""

    saved = Signal(object)
    """The Policy that a person wants to be in force."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(_("What is asked before a text goes out"), parent)
        self.four_eyes = QComboBox()
        for eyes, words in _eyes().items():
            self.four_eyes.addItem(words, eyes)
        self.gates = {gate: QCheckBox(words) for gate, words in _gates().items()}
        self.sections = {each.slug: QLineEdit() for each in house.sections}
        self.save = QPushButton(_("&Sign this policy"))
        form = QFormLayout(self)
        form.addRow(_("&Four eyes"), self.four_eyes)
        for box in self.gates.values():
            form.addRow("", box)
        for each in house.sections:
            field = self.sections[each.slug]
            field.setPlaceholderText(_("Anyone who may approve; or names, with commas"))
            form.addRow(_("Who approves {section}").format(section=each.title), field)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.save)
        form.addRow("", end)
        self.save.clicked.connect(lambda: self.saved.emit(self.policy()))

    def show_policy(self, policy: Policy) -> None:
        """Show what is in force."""
        self.four_eyes.setCurrentIndex(self.four_eyes.findData(policy.four_eyes))
        for gate, box in self.gates.items():
            box.setChecked(gate in policy.gates)
        for section, field in self.sections.items():
            field.setText(", ".join(policy.approvers_of(section)))

    def policy(self) -> Policy:
        """What the fields say."""
        named = {
            section: tuple(name.strip() for name in field.text().split(",") if name.strip())
            for section, field in self.sections.items()
        }
        return Policy(
            FourEyes(self.four_eyes.currentData()),
            tuple(sorted((section, names) for section, names in named.items() if names)),
            tuple(gate for gate in GATES if self.gates[gate].isChecked()),
        )


def _eyes() -> dict[FourEyes, str]:
    return {
        FourEyes.AUTO: _("As soon as two people may approve"),
        FourEyes.ALWAYS: _("Always"),
        FourEyes.NEVER: _("Never: who wrote a text may approve it"),
    }


def _gates() -> dict[str, str]:
    return {
        "notes": _("No open note"),
        "errors": _("No check that finds an error"),
        "warnings": _("No check that finds anything"),
    }
