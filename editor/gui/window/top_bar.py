"""The line at the top: what is new, what to find, where the story stands, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from editor.gui.draft.draft import Draft
from editor.gui.review.approval_state import story_status
from editor.gui.review.story_actions import Primary
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.action_button import ActionButton
from editor.gui.widgets.chip import Chip
from editor.gui.window.actions import Actions
from editor.gui.window.palette import SearchField
from editor.i18n import _


class TopBar(QFrame):
    """Holds no rule: its buttons are the window's actions."""

    def __init__(self, session: Session, draft: Draft, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        set_kind(self, "bar")
        self._draft = draft
        brand = QLabel(_("Stonehand"))
        brand.setProperty("kind", "brand")
        self.brand = brand
        self.search = SearchField(session, lambda: _offered(actions), parent)
        self.stage = Chip()
        self.primary = ActionButton(actions["primary"], "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(9)
        row.addWidget(brand)
        new = ActionButton(actions["new"])
        row.addWidget(new)
        row.addWidget(self.search, 10)
        row.addStretch(1)
        row.addWidget(self.stage)
        returns = ActionButton(actions["return"])
        row.addWidget(returns)
        self.export = ActionButton(actions["export"])
        row.addWidget(self.export)
        row.addWidget(self.primary)
        for before, after in pairwise((new, self.search, returns, self.export, self.primary)):
            QWidget.setTabOrder(before, after)

    def show_primary(self, primary: Primary) -> None:
        """Dress the button for what comes next; Export… stands there once, not twice."""
        self.primary.set_kind(primary.kind)
        self.export.setVisible(primary.name != "export")

    def show_stage(self, shown: bool) -> None:
        """Say where the open story stands, while it is what is worked on."""
        self.stage.setVisible(shown)
        if shown:
            story = self._draft.open_story
            where = story_status(story.state, story.stored, story.is_unsaved)
            self.stage.show_state(where.word, where.dot)
            self.stage.setToolTip(where.sentence)
            self.stage.setAccessibleDescription(where.sentence)


def _offered(actions: Actions) -> Iterable[QAction]:
    """Every command but the search itself, and none under two names."""
    same = actions["primary"].text() == actions["export"].text().replace("&", "")
    hidden = {"search", "primary"} if same else {"search"}
    return (action for name, action in actions.by_name.items() if name not in hidden)
