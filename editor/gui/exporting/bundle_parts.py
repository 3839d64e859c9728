"""The parts of a bundle, each with a tick box."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from editor.core.bundle_parts import MAIN_PARTS, PARTS
from editor.gui.widgets.layout import STRETCH, column, label, row
from editor.i18n import N_, _

_LABELS = {
    "site": N_("S&ite"),
    "api": N_("&JSON API"),
    "pictures": N_("Pict&ures"),
    "stories": N_("Te&xts"),
    "history": N_("&History"),
}


class BundleParts(QWidget):
    """Which parts a bundle gets. Without one that has the stories there is nothing to export."""

    changed = Signal()
    usual = MAIN_PARTS

    def __init__(self) -> None:
        super().__init__()
        self.boxes = {part: QCheckBox(_(_LABELS[part])) for part in PARTS}
        self.problem = label(_("Tick a part that has the stories."), "error", wrap=True)
        self.names_people = label(
            _(
                "The history names who wrote, submitted and approved each story, and when. It has "
                "the earlier texts that readers had, and no drafts or notes."
            ),
            "hint",
            wrap=True,
        )
        boxes = row(*self.boxes.values(), STRETCH, spacing=16)
        column(boxes, self.names_people, self.problem, inside=self, spacing=4)
        self.boxes["history"].setToolTip(self.names_people.text())
        self.choose(MAIN_PARTS)
        for box in self.boxes.values():
            box.toggled.connect(self._toggled)
        self._toggled()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The parts that are ticked, in their order."""
        return tuple(part for part, box in self.boxes.items() if box.isChecked())

    @property
    def has_stories(self) -> bool:
        """Whether a part is ticked that has the stories."""
        return not set(MAIN_PARTS).isdisjoint(self.chosen)

    def choose(self, parts: Iterable[object]) -> None:
        """Tick some parts, and no other."""
        wanted = list(parts)
        for part, box in self.boxes.items():
            box.setChecked(part in wanted)

    def _toggled(self) -> None:
        self.problem.setVisible(not self.has_stories)
        self.names_people.setVisible(self.boxes["history"].isChecked())
        self.changed.emit()
