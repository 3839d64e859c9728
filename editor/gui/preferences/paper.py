"""The paper dialog: what is the same on every page, and what the paper says of itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from editor.core.changes import Changes
from editor.core.commands import SaveHouse
from editor.core.dateline import Dateline, render_dateline
from editor.core.house import House
from editor.core.people import Role
from editor.core.publisher import PolicyKind, rights_line
from editor.core.times import in_zone, now
from editor.core.zones import short_name, zone
from editor.dates import clock_text
from editor.errors import BadValue
from editor.gui.kept.journal_writer import Entry
from editor.gui.kept.kept_form import KeptForm
from editor.gui.preferences.paper_field import PaperField, problem_of
from editor.gui.preferences.paper_pages import (
    DEFAULTS,
    LIMITS,
    about_page,
    paper_page,
    rights_page,
)
from editor.gui.session import Session
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.segments import Segments
from editor.gui.widgets.unsaved_dialog import UnsavedDialog
from editor.i18n import _

_EXAMPLE = Dateline(city="Lisbon", country="Portugal", date="2026-03-03", agency="Reuters")
_TO_FIRST_LINE = 6
"""From the top of a field to its first line, in pixels."""


class PaperDialog(UnsavedDialog):
    """What is the same on every page. The chief may change it; others may only read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("The paper"), parent, size=(660, 640))
        self._session = session
        self._base = session.house
        self.passphrase = PassphraseBar(session)
        self.save = button(_("&Save"), self._save, "primary")
        groups = {
            "paper": paper_page(session),
            "rights": rights_page(),
            "about": about_page(),
        }
        self.fields = {name: field for fields in groups.values() for name, field in fields.items()}
        self._group_of = {name: group for group, fields in groups.items() for name in fields}
        self.groups = Segments()
        self._pages = {group: _page(fields) for group, fields in groups.items()}
        self._lay_out()
        self._show(session.house)
        for name, field in self.fields.items():
            field.changed.connect(partial(self._field_changed, name))
            if isinstance(field.box, QLineEdit):
                field.box.editingFinished.connect(partial(self._check, name))
        session.changed.connect(self._changed)
        session.person_changed.connect(self._set_read_only)
        session.keys.changed.connect(self._set_read_only)
        kept = KeptForm(
            session,
            "paper",
            read=self._texts,
            restore=self._restore,
            changes=[field.changed for field in self.fields.values()],
            on_refused=self.bar.show_error,
            parent=self,
        )
        self.finished.connect(kept.forget)

    def house(self) -> House:
        """Return the paper that the fields describe. Raises BadValue with what is wrong."""
        read: dict[str, Any] = {name: field.read() for name, field in self.fields.items()}
        limits = tuple((name, read.pop(name)) for name in LIMITS)
        policies = tuple(read.pop(kind.value) for kind in PolicyKind)
        return replace(self._base, **read, limits=limits, policies=policies)

    def has_unsaved(self) -> bool:
        return self._texts() != self._shown

    def choose_group(self, name: str) -> None:
        """Show the fields of one group."""
        self.groups.choose(name)
        for group, page in self._pages.items():
            page.setVisible(group == name)
        self.bring_into_view()

    def _lay_out(self) -> None:
        titles = {
            "paper": _("Paper"),
            "rights": _("Rights and machines"),
            "about": _("About and policies"),
        }
        for name, title in titles.items():
            self.groups.add_choice(name, title)
        self.groups.setAccessibleName(_("Groups of settings"))
        self.groups.chosen.connect(self.choose_group)
        buttons = row(STRETCH, button(_("Close"), self.reject), self.save, spacing=8)
        self.lay_out(
            column(*self._pages.values(), STRETCH, margins=(2, 2, 8, 2)),
            buttons,
            above=(self.bar, self.passphrase, self.groups),
            spacing=12,
        )
        self.choose_group("paper")

    def _show(self, house: House) -> None:
        self._base = house
        for field in self.fields.values():
            field.show(house)
        self._shown = self._texts()
        self._show_examples()
        self._set_read_only()

    def _texts(self) -> dict[str, str]:
        return {name: field.text() for name, field in self.fields.items()}

    def _restore(self, entry: Entry) -> None:
        for name, field in self.fields.items():
            text = entry.get(name)
            if isinstance(text, str) and text != field.text():
                field.set_text(text)

    def _set_read_only(self) -> None:
        is_chief = self._session.can_decide and self._session.person.role is Role.CHIEF
        for field in self.fields.values():
            field.set_read_only(not is_chief)
        self.save.setEnabled(is_chief)

    def _field_changed(self, name: str, *_text: object) -> None:
        """While somebody types, say only whether what was wrong still is."""
        if not self.fields[name].problem.isHidden():
            self._check(name)
        self._show_examples()

    def _check(self, name: str) -> bool:
        """Show below a field what is wrong with it, or nothing; return whether it is good."""
        is_good = self.fields[name].check()
        group = self._group_of[name]
        others = (field for other, field in self.fields.items() if self._group_of[other] == group)
        self.groups.set_badge(group, sum(not field.problem.isHidden() for field in others))
        return is_good

    def _show_examples(self) -> None:
        """Show what a template, a zone and a line of rights come to, while they are known."""
        template, language = self.fields["dateline_template"], self.fields["language"]
        text = ""
        if not problem_of(template.read) and not problem_of(language.read):
            tag = language.text().strip() or DEFAULTS["language"]
            dateline = render_dateline(_EXAMPLE, template.text(), tag)
            text = _("Reads: {text}").format(text=dateline)
        template.set_note(text)
        timezone, text = self.fields["timezone"], ""
        if not problem_of(timezone.read):
            there = in_zone(now(), zone(timezone.text() or DEFAULTS["timezone"]))
            sentence = _("It is {time} there ({zone}).")
            text = sentence.format(time=clock_text(there), zone=short_name(there))
        timezone.set_note(text)
        rights, text = self.fields["rights"], ""
        if rights.text().strip() and not problem_of(rights.read):
            line = rights_line(str(rights.read()), now().year)
            text = _("Reads: {text}").format(text=line)
        rights.set_note(text)

    def _save(self) -> None:
        self.bar.clear()
        if bad := [name for name in self.fields if not self._check(name)]:
            self.choose_group(self._group_of[bad[0]])
            self.fields[bad[0]].box.setFocus()
            self.bring_into_view(self.fields[bad[0]].box)
            return
        try:
            house = self.house()
        except BadValue as error:  # two fields that are good, but not together
            self.bar.show_error(error)
            return
        self._session.run(
            SaveHouse(house, self._base.hash),
            owner=self,
            done=lambda _changes: self.accept(),
            failed=self.bar.show_error,
        )

    def _changed(self, changes: Changes) -> None:
        """Show what somebody else saved, unless something was typed here."""
        if changes.touches("house") and not self.has_unsaved():
            self._show(self._session.house)


def _page(fields: dict[str, PaperField]) -> QWidget:
    """Lay out the fields of a group, one below the other."""
    page = QWidget()
    # Unlike a form layout, a grid gives lines that wrap the height they need.
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(14)
    grid.setColumnStretch(1, 1)
    for line, field in enumerate(fields.values()):
        title = label(field.title, buddy=field.box)
        title.setContentsMargins(0, _TO_FIRST_LINE, 0, 0)
        grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(field.cell(), line, 1)
    return page
