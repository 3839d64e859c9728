"""The paper dialog: its name and address, how its datelines read, its sections, its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from editor.core.changes import Changes
from editor.core.commands import SaveHouse
from editor.core.dateline import Dateline, render_dateline
from editor.core.fields import fields_with_limit
from editor.core.fields import label as field_label
from editor.core.house import READ, House, Section
from editor.core.people import Role
from editor.core.story import slug_from
from editor.core.times import in_zone, now
from editor.core.zones import UTC_NAME, short_name, zone
from editor.errors import BadValue
from editor.gui.kept.kept_form import TextBox, keep_boxes
from editor.gui.session import Session
from editor.gui.theme import set_look
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.offsets import source
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.zone_box import ZoneBox
from editor.i18n import _

_EXAMPLE = Dateline(city="Lisbon", country="Portugal", date="2026-03-03", agency="Reuters")
_EXAMPLES = ("language", "timezone", "dateline_template")
_DEFAULTS = {"language": "en", "timezone": UTC_NAME}
"""What an empty field means."""


class PaperDialog(Dialog):
    """What is the same on every page. The chief may change it; others may only read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("The paper"), parent, size=(560, 560))
        self._session = session
        self._base = session.house
        self.bar = ProblemBar()
        self.passphrase = PassphraseBar(session)
        self.name, self.url, self.language = QLineEdit(), QLineEdit(), QLineEdit()
        self.zones = ZoneBox()
        self.timezone, self.clock = self.zones.text_box(), label(kind="hint")
        self.template, self.example = QLineEdit(), label(kind="hint")
        self.sections = QPlainTextEdit()
        self.limits = {field.name: QLineEdit() for field in fields_with_limit()}
        self.save = button(_("&Save"), self._save, "primary")
        texts = {
            "name": self.name,
            "url": self.url,
            "language": self.language,
            "timezone": self.timezone,
            "dateline_template": self.template,
        }
        self._boxes: dict[str, TextBox] = {**texts, "sections": self.sections, **self.limits}
        self._read: dict[str, Callable[[], object]] = {
            **{name: partial(_read_text, name, box) for name, box in texts.items()},
            "sections": lambda: _parse_sections(source(self.sections.document())),
            **{name: partial(_read_limit, box) for name, box in self.limits.items()},
        }
        self.problems = {name: label(kind="error", wrap=True) for name in self._boxes}
        for problem in self.problems.values():
            problem.hide()
        self._hints = {"timezone": self.clock, "dateline_template": self.example}
        self._lay_out()
        self._show(session.house)
        for name, box in self._boxes.items():
            box.textChanged.connect(partial(self._box_changed, name))
            if isinstance(box, QLineEdit):
                box.editingFinished.connect(partial(self._check, name))
        session.changed.connect(self._changed)
        session.person_changed.connect(self._set_read_only)
        session.keys.changed.connect(self._set_read_only)
        kept = keep_boxes(session, "paper", self._boxes, self.bar.show_error, self)
        self.finished.connect(kept.forget)

    def house(self) -> House:
        """Return the paper that the fields describe. Raises BadValue with what is wrong."""
        read: dict[str, Any] = {name: read() for name, read in self._read.items()}
        limits = tuple((name, read.pop(name)) for name in self.limits)
        return replace(self._base, **read, limits=limits)

    def _lay_out(self) -> None:
        self.url.setPlaceholderText("https://paper.example/")
        self.url.setToolTip(_("Where the site will live; feeds and the sitemap need it."))
        self.language.setPlaceholderText("en")
        self.zones.setToolTip(_("Every date that readers see is the day in this zone."))
        self.template.setToolTip(
            _("Fields in braces, optional parts in brackets: {example}").format(
                example="{CITY}[, {date}][ ({agency})] - "
            )
        )
        self.sections.setTabChangesFocus(True)
        self.sections.setToolTip(
            _("One section a line: its address, a colon and its title. A new one needs no address.")
        )
        for box in self.limits.values():
            box.setToolTip(_("Characters; a check reports longer ones."))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        titles = {
            "name": _("&Name"),
            "url": _("Web &address"),
            "language": _("&Language"),
            "timezone": _("&Time zone"),
            "dateline_template": _("&Dateline"),
            "sections": _("S&ections"),
        }
        for name, typed in self._boxes.items():
            field: QWidget = self.zones if name == "timezone" else typed
            title = titles.get(name) or _("{field} up to").format(field=field_label(name))
            hints = [hint for hint in (self._hints.get(name),) if hint]
            form.addRow(
                label(title, buddy=field), column(field, self.problems[name], *hints, spacing=2)
            )
            field.setAccessibleName(title.replace("&", ""))
        buttons = row(STRETCH, button(_("Close"), self.reject), self.save, spacing=8)
        self.lay_out(form, buttons, above=(self.bar, self.passphrase), spacing=12)

    def _show(self, house: House) -> None:
        self._base = house
        self.name.setText(house.name)
        self.url.setText(house.url)
        self.language.setText(house.language)
        self.timezone.setText(house.timezone)
        self.template.setText(house.dateline_template)
        self.sections.setPlainText("\n".join(map(_section_line, house.sections)))
        for name, box in self.limits.items():
            box.setText(str(house.limit(name)))
        self._show_examples()
        self._set_read_only()

    def _set_read_only(self) -> None:
        is_chief = self._session.can_decide and self._session.person.role is Role.CHIEF
        for box in self._boxes.values():
            set_look(box, "readOnly", not is_chief)
        self.save.setEnabled(is_chief)

    def _box_changed(self, name: str, *_text: str) -> None:
        """While somebody types, say only whether what was wrong still is."""
        if not self.problems[name].isHidden():
            self._check(name)
        self._show_examples()

    def _check(self, name: str) -> bool:
        """Show below a field what is wrong with it, or nothing; return whether it is good."""
        sentence = _problem(self._read[name])
        problem = self.problems[name]
        problem.setText(sentence)
        problem.setVisible(bool(sentence))
        self._boxes[name].setAccessibleDescription(sentence)
        return not sentence

    def _show_examples(self) -> None:
        """Show how a dateline reads, and what time it is in the zone, while both are known."""
        good = {name: not _problem(self._read[name]) for name in _EXAMPLES}
        if good["dateline_template"] and good["language"]:
            language = self.language.text().strip() or _DEFAULTS["language"]
            text = render_dateline(_EXAMPLE, self.template.text(), language)
            self.example.setText(_("Reads: {text}").format(text=text))
        if good["timezone"]:
            there = in_zone(now(), zone(self.timezone.text()))
            sentence = _("It is {time} there ({zone}).")
            self.clock.setText(sentence.format(time=f"{there:%H:%M}", zone=short_name(there)))
        self.example.setVisible(good["dateline_template"] and good["language"])
        self.clock.setVisible(good["timezone"])

    def _save(self) -> None:
        self.bar.clear()
        if bad := [name for name in self._boxes if not self._check(name)]:
            self._boxes[bad[0]].setFocus()
            return
        self._session.run(
            SaveHouse(self.house(), self._base.hash),
            owner=self,
            done=lambda _changes: self.accept(),
            failed=self.bar.show_error,
        )

    def _changed(self, changes: Changes) -> None:
        """Show what somebody else saved, unless something was typed here."""
        if changes.touches("house") and self._is_untouched():
            self._show(self._session.house)

    def _is_untouched(self) -> bool:
        try:
            return self.house() == self._base
        except BadValue:
            return False


def _problem(read: Callable[[], object]) -> str:
    """Say what is wrong with a text and how to write it; empty when nothing is."""
    try:
        read()
    except BadValue as error:
        return f"{error.sentence} {error.hint}"
    return ""


def _read_text(name: str, box: QLineEdit) -> str:
    return READ[name](box.text() if box.text().strip() else _DEFAULTS.get(name, ""))


def _read_limit(box: QLineEdit) -> int:
    digits = box.text().strip()
    if not digits.isdecimal() or not 20 <= int(digits[:6]) <= 500:
        raise BadValue(
            _("“{text}” is no length for a line.").format(text=digits),
            _("Write a number of characters from 20 to 500."),
        )
    return int(digits)


def _section_line(section: Section) -> str:
    """Write a section as one line: its address, which stories name it by, and its title."""
    return f"{section.slug}: {section.title}"


def _parse_sections(text: str) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    for line in text.splitlines():
        title = " ".join(line.split())
        if not title:
            continue
        first, colon, rest = title.partition(": ")
        has_address = bool(colon) and first.isascii() and first == first.lower()
        section = Section(first, rest) if has_address else Section(slug_from(title), title)
        if section.slug in sections:
            raise BadValue(
                _("Two sections have the address “{slug}”.").format(slug=section.slug),
                _("Write another address and a colon before one of the titles."),
            )
        sections[section.slug] = section
    return tuple(sections.values())
