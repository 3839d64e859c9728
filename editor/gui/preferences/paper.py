"""The paper dialog: its name and address, how its datelines read, its sections, its limits."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from editor.core.changes import Changes
from editor.core.commands import SaveHouse
from editor.core.dateline import Dateline, render_dateline
from editor.core.fields import fields_with_limit
from editor.core.fields import label as field_label
from editor.core.house import House, Section
from editor.core.people import Role
from editor.core.story import slug_from
from editor.errors import BadValue, EditorError
from editor.gui.kept.kept_form import TextBox, keep_boxes
from editor.gui.session import Session
from editor.gui.theme import set_look
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, label, row
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _

_EXAMPLE = Dateline(city="Lisbon", country="Portugal", date="2026-03-03", agency="Reuters")


class PaperDialog(Dialog):
    """What is the same on every page. The chief may change it; others may only read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("The paper"), parent, size=(560, 560))
        self._session = session
        self._base = session.house
        self.bar = ProblemBar()
        self.passphrase = PassphraseBar(session)
        self.name, self.url, self.language = QLineEdit(), QLineEdit(), QLineEdit()
        self.template, self.example = QLineEdit(), label(kind="hint")
        self.sections = QPlainTextEdit()
        self.limits = {field.name: QLineEdit() for field in fields_with_limit()}
        self.save = button(_("&Save"), self._save, "primary")
        self._boxes: dict[str, TextBox] = {
            "name": self.name,
            "url": self.url,
            "language": self.language,
            "template": self.template,
            "sections": self.sections,
            **self.limits,
        }
        self._lay_out()
        self._show(session.house)
        self.template.textChanged.connect(self._show_example)
        self.language.textChanged.connect(self._show_example)
        session.changed.connect(self._changed)
        session.person_changed.connect(self._set_read_only)
        session.keys.changed.connect(self._set_read_only)
        kept = keep_boxes(session, "paper", self._boxes, self.bar.show_error, self)
        self.finished.connect(kept.forget)

    def house(self) -> House:
        """Return the paper that the fields describe. Raises BadValue with what is wrong."""
        return replace(
            self._base,
            name=self.name.text(),
            url=self.url.text().strip(),
            language=self.language.text().strip() or "en",
            dateline_template=self.template.text(),
            sections=_parse_sections(self.sections.toPlainText()),
            limits=tuple((name, _parse_limit(box.text())) for name, box in self.limits.items()),
        )

    def _lay_out(self) -> None:
        self.url.setPlaceholderText("https://paper.example/")
        self.url.setToolTip(_("Where the site will live; feeds and the sitemap need it."))
        self.language.setPlaceholderText("en")
        self.template.setToolTip(
            _("Fields in braces, optional parts in brackets: {example}").format(
                example="{CITY}[, {date}][ ({agency})] - "
            )
        )
        self.sections.setTabChangesFocus(True)
        self.sections.setToolTip(_("One section a line: its title, or its address and its title."))
        for box in self.limits.values():
            box.setToolTip(_("Characters; a check reports longer ones."))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for title, field in (
            (_("&Name"), self.name),
            (_("Web &address"), self.url),
            (_("&Language"), self.language),
            (_("&Dateline"), self.template),
            ("", self.example),
            (_("S&ections"), self.sections),
            *(
                (_("{field} up to").format(field=field_label(n)), box)
                for n, box in self.limits.items()
            ),
        ):
            form.addRow(title, field)
            field.setAccessibleName(title.replace("&", ""))
        buttons = row(STRETCH, button(_("Close"), self.reject), self.save, spacing=8)
        self.lay_out(form, buttons, above=(self.bar, self.passphrase), spacing=12)

    def _show(self, house: House) -> None:
        self._base = house
        self.name.setText(house.name)
        self.url.setText(house.url)
        self.language.setText(house.language)
        self.template.setText(house.dateline_template)
        self.sections.setPlainText("\n".join(map(_section_line, house.sections)))
        for name, box in self.limits.items():
            box.setText(str(house.limit(name)))
        self._show_example()
        self._set_read_only()

    def _set_read_only(self) -> None:
        is_chief = self._session.can_decide and self._session.person.role is Role.CHIEF
        for box in self._boxes.values():
            set_look(box, "readOnly", not is_chief)
        self.save.setEnabled(is_chief)

    def _show_example(self) -> None:
        """Show how a dateline reads, or what is wrong with its template."""
        try:
            text = render_dateline(_EXAMPLE, self.template.text(), self.language.text() or "en")
        except BadValue as error:
            self.example.setText(f"{error.sentence} {error.hint}")
        else:
            self.example.setText(_("Reads: {text}").format(text=text))

    def _save(self) -> None:
        self.bar.clear()
        try:
            house = self.house()
        except EditorError as error:
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
        if changes.touches("house") and self._is_untouched():
            self._show(self._session.house)

    def _is_untouched(self) -> bool:
        try:
            return self.house() == self._base
        except BadValue:
            return False


def _section_line(section: Section) -> str:
    """Write a section as one line: its title, after its address where that has to be given."""
    is_derived = slug_from(section.title) == section.slug
    return section.title if is_derived else f"{section.slug} {section.title}"


def _parse_limit(text: str) -> int:
    digits = text.strip()
    if not digits.isdecimal() or not 20 <= int(digits[:6]) <= 500:
        raise BadValue(
            _("“{text}” is no length for a line.").format(text=digits),
            _("Write a number of characters from 20 to 500."),
        )
    return int(digits)


def _parse_sections(text: str) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    for line in text.splitlines():
        title = " ".join(line.split())
        if not title:
            continue
        first, _space, rest = title.partition(" ")
        has_address = bool(rest) and first.isascii() and first.islower()
        section = Section(first, rest) if has_address else Section(slug_from(title), title)
        if section.slug in sections:
            raise BadValue(
                _("Two sections have the address “{slug}”.").format(slug=section.slug),
                _("Write another address before one of the titles, in small letters."),
            )
        sections[section.slug] = section
    return tuple(sections.values())
