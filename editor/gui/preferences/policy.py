"""The fields of the policy: what the desk asks for before a story is exported."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QGroupBox

from editor.core.house import House
from editor.core.policy import GATES, FourEyes, Policy
from editor.gui.section_names import section_name
from editor.gui.widgets.few_lines import FewLines
from editor.gui.widgets.layout import STRETCH, button, caption, label, row
from editor.i18n import _

_LINES_SHOWN = 2


class PolicyFields(QGroupBox):
    """Four eyes, gates, and whose approval a section needs."""

    signed = Signal(Policy)
    """The policy that a person wants to be in force."""

    def __init__(self, house: House) -> None:
        super().__init__(_("What is asked before a text goes out"))
        self.four_eyes = QComboBox()
        self.four_eyes.setAccessibleName(_("Four eyes"))
        for value, title in _four_eyes_titles().items():
            self.four_eyes.addItem(title, value)
        self.gates = {gate: QCheckBox(title) for gate, title in _gate_titles().items()}
        self.sections = {section.slug: FewLines(_LINES_SHOWN) for section in house.sections}
        self.sign = button(_("&Sign this policy"), lambda: self.signed.emit(self.policy()))
        form = QFormLayout(self)
        form.addRow(label(_("F&our eyes"), buddy=self.four_eyes), self.four_eyes)
        for box in self.gates.values():
            form.addRow("", box)
        for section in house.sections:
            field = self.sections[section.slug]
            field.setPlaceholderText(_("Anyone who may approve; or one name a line"))
            # "&" would name a key, and "<" begin HTML.
            title = _("Who approves {section}").format(section=section_name(section))
            field.setAccessibleName(title)
            form.addRow(label(caption(title), buddy=field), field)
        form.addRow("", row(STRETCH, self.sign))

    def show_policy(self, policy: Policy) -> None:
        """Show what is in force."""
        self.four_eyes.setCurrentIndex(self.four_eyes.findData(policy.four_eyes))
        for gate, box in self.gates.items():
            box.setChecked(gate in policy.gates)
        for section, field in self.sections.items():
            field.setPlainText("\n".join(policy.approvers_of(section)))

    def policy(self) -> Policy:
        """Return the policy that the fields describe."""
        approvers = {
            section: tuple(filter(None, map(str.strip, field.toPlainText().splitlines())))
            for section, field in self.sections.items()
        }
        return Policy(
            FourEyes(self.four_eyes.currentData()),
            tuple(sorted((section, names) for section, names in approvers.items() if names)),
            tuple(gate for gate in GATES if self.gates[gate].isChecked()),
        )


def _four_eyes_titles() -> dict[FourEyes, str]:
    return {
        FourEyes.AUTO: _("As soon as two people may approve"),
        FourEyes.ALWAYS: _("Always"),
        FourEyes.NEVER: _("Never: who wrote a text may approve it"),
    }


def _gate_titles() -> dict[str, str]:
    return {
        "notes": _("No open note"),
        "warnings": _("No warning of a check"),
    }
