"""A note and its answers on one card, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.core import times
from editor.core.fields import full_label
from editor.core.times import parse_instant
from editor.gui.theme import set_kind
from editor.gui.widgets.ago import since
from editor.gui.widgets.flow_row import FlowRow
from editor.i18n import _, plural
from editor.store.reading.rows import NoteRow


class NoteCard(QFrame):
    """One thread. What is resolved is folded to its first line until it is wanted."""

    answer_wanted = Signal()
    resolve_wanted = Signal(bool)
    """Whether the note is to count as dealt with."""
    place_wanted = Signal()
    """Go to the passage the note is about."""

    def __init__(
        self,
        note: NoteRow,
        answers: Sequence[NoteRow],
        returned: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_kind(self, "problem" if returned and not note.resolved else "card")
        self.note = note
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 9)
        self._column.setSpacing(3)
        self._add(note)
        about = _about(note, returned)
        if about:
            label = QLabel(about)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_kind(label, "warn" if returned and not note.resolved else "hint")
            self._column.addWidget(label)
        for answer in answers:
            if not note.resolved:
                self._column.addSpacing(4)
                self._add(answer)
        if note.resolved and answers:
            more = QLabel(plural("{n} answer", "{n} answers", len(answers)))
            set_kind(more, "count")
            self._column.addWidget(more)
        self._add_buttons()
        said = [f"{each.author}: {each.text}" for each in (note, *answers)]
        self.setAccessibleName(". ".join([*said, about]))

    def _add(self, row: NoteRow) -> None:
        who = QLabel(row.author)
        set_kind(who, "strong")
        when = QLabel(_("{ago} ago").format(ago=since(row.at, times.now())))
        when.setToolTip(parse_instant(row.at).astimezone().strftime("%Y-%m-%d %H:%M"))
        set_kind(when, "count")
        top = QHBoxLayout()
        top.addWidget(who)
        top.addStretch(1)
        top.addWidget(when)
        text = QLabel(row.text)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if row.resolved:
            set_kind(text, "hint")
        self._column.addLayout(top)
        self._column.addWidget(text)

    def _add_buttons(self) -> None:
        row = FlowRow()
        note = self.note
        if note.field and not note.gone:
            row.add(_button(_("Go to it"), self.place_wanted.emit))
        if not note.resolved:
            row.add(_button(_("Answer"), self.answer_wanted.emit))
            row.add(_button(_("Resolve"), lambda: self.resolve_wanted.emit(True)))
        else:
            row.add(_button(_("Reopen"), lambda: self.resolve_wanted.emit(False)))
        self._column.addWidget(row)


def threads(rows: Sequence[NoteRow]) -> list[tuple[NoteRow, list[NoteRow]]]:
    """Notes with their answers, in order; what is still open stands last, by the box."""
    known = {row.id: row for row in rows}

    def root(row: NoteRow) -> NoteRow:
        while row.answers in known and row.answers != row.id:
            row = known[row.answers]
        return row

    found: dict[int, list[NoteRow]] = {}
    for row in rows:
        first = root(row)
        found.setdefault(first.id, [])
        if first.id != row.id:
            found[first.id].append(row)
    together = [(known[each], answers) for each, answers in found.items()]
    return sorted(together, key=lambda thread: not thread[0].resolved)


def _button(text: str, act: object) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(lambda _on=False: act())  # type: ignore[operator]
    return button


def _about(row: NoteRow, returned: bool) -> str:
    if row.resolved:
        return _("Resolved by {name}").format(name=row.resolved_by)
    if returned:
        return _("Returned with this note, version {n}").format(n=row.version)
    if row.gone:
        return _("On “{words}”, which is not in the text any more").format(words=row.quote)
    if row.quote:
        return _("On “{words}”").format(words=row.quote)
    if row.field:
        return _("On {field}, version {n}").format(field=full_label(row.field), n=row.version)
    return _("Version {n}").format(n=row.version) if row.version else ""
