"""The line under the top bar that says why the person at work, or anybody, can only read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from editor.gui.keys import KeyState
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.layout import button, label, row
from editor.i18n import _


class ReadingLine(QFrame):
    """Takes no room as long as the person can sign: the desk, the masthead and a key allow it."""

    join_wanted = Signal()
    masthead_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "bar")
        self._session = session
        self._sentence = label(kind="hint", wrap=True)
        self.join = button(_("Join…"), self.join_wanted.emit, "quiet")
        self.masthead = button(_("Masthead…"), self.masthead_wanted.emit, "quiet")
        row(
            (self._sentence, 1),
            self.join,
            self.masthead,
            inside=self,
            spacing=6,
            margins=(12, 3),
        )
        session.keys.changed.connect(self._show)
        session.person_changed.connect(self._show)
        session.opened.connect(self._show)
        self.hide()
        self._show()

    def text(self) -> str:
        """Return the sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def _show(self) -> None:
        keys, name = self._session.keys, self._session.person.name
        why, doubt, state = self._session.why_read_only, keys.known.doubt, keys.state(name)
        sentence = {
            KeyState.ABSENT: _("Reading only: {name}’s key is not on this computer"),
            KeyState.UNLISTED: _("Reading only: {name}’s key here is not on the masthead yet"),
        }.get(state, "").format(name=name)
        if why is not None:
            sentence = f"{why.sentence} {why.hint}"
        elif doubt is not None:
            sentence = doubt.sentence
        set_kind(self._sentence, "error" if why is None and doubt is not None else "hint")
        self.join.setVisible(why is None and doubt is None)
        self.masthead.setVisible(why is None and doubt is not None)
        if sentence and sentence != self.text():
            self._sentence.setText(sentence)
            self.setAccessibleName(sentence)
            announce(self)
        self.setVisible(bool(sentence))
