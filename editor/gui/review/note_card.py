"""A note and its answers on one card, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from editor.core.fields import full_label
from editor.gui.theme import set_kind
from editor.gui.widgets.ago import age_label
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import STRETCH, Item, button, column, label, row
from editor.i18n import _, plural, quoted
from editor.store.reading.rows import NoteRow


class NoteCard(QFrame):
    """One thread. The answers of a resolved note are only counted.

    `is_return` says that the story was returned with this note. With `read_only` nothing is
    offered but the way to its passage.
    """

    answer_wanted = Signal()
    resolve_wanted = Signal(bool)
    """Whether the note is to become resolved."""
    place_wanted = Signal()
    """Go to the passage that the note is about."""

    def __init__(
        self,
        note: NoteRow,
        answers: Sequence[NoteRow],
        is_return: bool,
        *,
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self.note = note
        is_urgent = is_return and not note.resolved
        set_kind(self, "problem" if is_urgent else "card")
        parts: list[Item] = [_entry(note)]
        about = _about(note, is_return)
        if about:
            parts.append(label(about, "warn" if is_urgent else "hint", wrap=True))
        if not note.resolved:
            for answer in answers:
                parts += [4, _entry(answer)]
        elif answers:
            parts.append(label(plural("{n} answer", "{n} answers", len(answers)), "count"))
        column(
            *parts, self._make_buttons(read_only), inside=self, spacing=3, margins=(12, 8, 12, 9)
        )
        spoken = [f"{entry.author}: {entry.text}" for entry in (note, *answers)]
        self.setAccessibleName(". ".join([*spoken, about]))

    def _make_buttons(self, read_only: bool) -> FlowRow:
        buttons, note = FlowRow(), self.note
        if note.field and not note.gone:
            buttons.add(button(_("Go to it"), self.place_wanted.emit))
        if read_only:
            return buttons
        if note.resolved:
            buttons.add(button(_("Reopen"), lambda: self.resolve_wanted.emit(False)))
        else:
            buttons.add(button(_("Answer"), self.answer_wanted.emit))
            buttons.add(button(_("Resolve"), lambda: self.resolve_wanted.emit(True)))
        return buttons


def _entry(note: NoteRow) -> QVBoxLayout:
    text = label(note.text, "hint" if note.resolved else "", wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    top = row(label(note.author, "strong"), STRETCH, age_label(note.at))
    return column(top, text, spacing=3)


def _about(row: NoteRow, is_return: bool) -> str:
    if row.resolved:
        return _("Resolved by {name}").format(name=row.resolved_by)
    if is_return:
        return _("Returned with this note, version {n}").format(n=row.version)
    if row.gone:
        return _("On {words}, which is not in the text any more").format(words=quoted(row.quote))
    if row.quote:
        return _("On {words}").format(words=quoted(row.quote))
    if row.field:
        return _("On {field}, version {n}").format(field=full_label(row.field), n=row.version)
    return _("Version {n}").format(n=row.version) if row.version else ""
