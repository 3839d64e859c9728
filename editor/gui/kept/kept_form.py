"""A dialog's fields, in the desk's journal until it is closed: a crash loses none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from editor.errors import DeskDamaged, EditorError
from editor.gui.kept.journal_writer import Entry, JournalWriter
from editor.gui.session import Session
from editor.gui.widgets.offsets import source
from editor.i18n import _
from editor.store.journal import UNREADABLE

TextBox: TypeAlias = QLineEdit | QPlainTextEdit
OnRefused: TypeAlias = Callable[[EditorError], object]


class KeptForm(QObject):
    """Write what `read` returns under a key, and give `restore` what an earlier run left there.

    Nothing is written before an earlier entry was restored, so that an empty form
    never takes the place of text. `on_refused` gets the error of a disk that refused.
    """

    def __init__(  # noqa: PLR0913 - what is written, where, and when
        self,
        session: Session,
        key: str,
        *,
        read: Callable[[], Entry],
        restore: Callable[[Entry], object],
        changes: Iterable[SignalInstance],
        on_refused: OnRefused,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._on_refused = session, on_refused
        self._key, self._restore, self._changes = key, restore, tuple(changes)
        self._writer = JournalWriter(session, lambda: (key, read()), self)
        self._writer.refused.connect(on_refused)
        session.use_desk(lambda desk: desk.journal.read(key), owner=self, done=self._begin)

    def forget(self) -> None:
        """Remove it from the journal: the dialog was closed."""
        self._writer.cancel()
        self._writer.remove(self._key)

    def flush(self) -> None:
        """Write now what waits to be written."""
        if self._writer.pending:
            self._writer.flush()

    def _begin(self, entry: Entry | None) -> None:
        if entry:
            try:
                self._restore(entry)
            except (EditorError, *UNREADABLE):
                self._set_aside(entry)
        for changed in self._changes:
            changed.connect(lambda *_values: self._writer.touch())

    def _set_aside(self, entry: Entry) -> None:
        """Keep text that does not read back beside what is typed from now on, and say so."""
        self._session.use_desk(
            lambda desk: desk.journal.write(f"unreadable:{self._key}", entry), owner=self
        )
        self._on_refused(
            DeskDamaged(
                _("What was typed here before can't be read."),
                _("It is still in the desk's drafts folder."),
            )
        )


def keep_boxes(
    session: Session,
    key: str,
    boxes: Mapping[str, TextBox],
    on_refused: OnRefused,
    parent: QObject,
) -> KeptForm:
    """Keep the texts of some boxes, by name, under one key of the journal."""

    def read() -> Entry:
        return {name: _text(box) for name, box in boxes.items()}

    def restore(entry: Entry) -> None:
        for name, box in boxes.items():
            text = entry.get(name)
            if isinstance(text, str) and text != _text(box):
                box.setText(text) if isinstance(box, QLineEdit) else box.setPlainText(text)

    return KeptForm(
        session,
        key,
        read=read,
        restore=restore,
        changes=[box.textChanged for box in boxes.values()],
        on_refused=on_refused,
        parent=parent,
    )


def _text(box: TextBox) -> str:
    return box.text() if isinstance(box, QLineEdit) else source(box.document())
