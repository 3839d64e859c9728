"""The line at the top: a new story, search, the story's stage, and its next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from editor.gui.draft.draft import Draft
from editor.gui.review.approval_state import story_status
from editor.gui.review.story_actions import Primary
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.action_button import ActionButton
from editor.gui.widgets.chip import Chip
from editor.gui.widgets.layout import STRETCH, label, once, plain_tip, row
from editor.gui.window.palette import SearchField
from editor.i18n import _


class TopBar(QFrame):
    """Holds no rule: its buttons are the window's actions."""

    def __init__(
        self,
        session: Session,
        draft: Draft,
        actions: Mapping[str, QAction],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        set_kind(self, "bar")
        self._draft = draft
        self._next_step, self._has_stage = "", False
        self._fit_later = once(self, self._make_room)
        self.brand = label(_("Stonehand"), "brand")
        self.search = SearchField(session, lambda: _offered(actions), parent)
        search = actions["search"]
        search.changed.connect(lambda: self.search.show_keys(search.shortcut()))
        self.search.show_keys(search.shortcut())
        self.stage = Chip()
        self.new, returns = ActionButton(actions["new"]), ActionButton(actions["return"])
        self.export = ActionButton(actions["export"])
        self.primary = ActionButton(actions["primary"], "primary")
        row(
            self.brand,
            self.new,
            (self.search, 10),
            STRETCH,
            self.stage,
            returns,
            self.export,
            self.primary,
            inside=self,
            spacing=9,
            margins=(12, 7),
        )

    def show_next_step(self, step: Primary) -> None:
        """Give the primary button the look of the next step; no button is shown twice."""
        self.primary.set_kind(step.kind)
        self._next_step = step.name
        self._make_room()

    def show_stage(self, shown: bool) -> None:
        """Show the stage and the approval of the open story, where it is what is worked on."""
        self._has_stage = shown
        if shown:
            story = self._draft.open_story
            approval = story_status(story.state, story.stored, story.is_unsaved)
            self.stage.show_state(approval.word, approval.dot)
            self.stage.setToolTip(plain_tip(approval.sentence))
            self.stage.setAccessibleDescription(approval.sentence)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            # After what is in the bar has its new look, and so its new size.
            self._fit_later.start()

    def _make_room(self) -> None:
        """Show what there is room for: with large letters, what only repeats a menu is left out."""
        self.new.setVisible(self._next_step != "new")
        self.export.setVisible(self._next_step != "export")
        self.stage.setVisible(self._has_stage)
        for part in (self.export, self.new, self.stage):
            if self.minimumSizeHint().width() <= self.width():
                break
            part.hide()


def _offered(actions: Mapping[str, QAction]) -> Iterable[QAction]:
    """Return every action but the search itself, and none under two names."""
    next_step = actions["primary"].text()
    others = (actions[name].text().replace("&", "") for name in ("export", "new"))
    hidden = {"search", "primary"} if next_step in others else {"search"}
    return (action for name, action in actions.items() if name not in hidden)
