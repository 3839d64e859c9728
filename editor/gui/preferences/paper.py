"""The paper: its name and address, how its datelines read, its sections, its limits."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.changes import Changes
from editor.core.commands import SaveHouse
from editor.core.dateline import Dateline, render_dateline
from editor.core.fields import fields_with_limit, label
from editor.core.house import House, Section
from editor.core.people import Role
from editor.core.story import slug_from
from editor.errors import BadValue, EditorError
from editor.gui.kept.kept_form import keep_boxes
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _

_EXAMPLE = Dateline(city="Lisbon", country="Portugal", date="2026-03-03", agency="Reuters")


class PaperDialog(QDialog):
    """What is the same on every page. The chief may change it; others may read it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("The paper"))
        self._session = session
        self._base = session.house
        self.bar = ProblemBar()
        self.name, self.url, self.language = QLineEdit(), QLineEdit(), QLineEdit()
        self.template, self.reads = QLineEdit(), QLabel()
        self.sections = QPlainTextEdit()
        self.limits = {field.name: QLineEdit() for field in fields_with_limit()}
        self.save = QPushButton(_("&Save"))
        self._lay_out()
        self._show(session.house)
        self.template.textChanged.connect(self._render)
        self.language.textChanged.connect(self._render)
        self.save.clicked.connect(self._save)
        session.changed.connect(self._changed)
        session.person_changed.connect(self._allow)
        boxes: dict[str, QLineEdit | QPlainTextEdit] = {
            "name": self.name,
            "url": self.url,
            "language": self.language,
            "template": self.template,
            "sections": self.sections,
            **self.limits,
        }
        kept = keep_boxes(session, "paper", boxes, self.bar.show_error, self)
        self.finished.connect(kept.forget)
        self.resize(560, 560)

    def house(self) -> House:
        """The paper as it is written here. Raises BadValue with what is wrong."""
        return replace(
            self._base,
            name=self.name.text(),
            url=self.url.text().strip(),
            language=self.language.text().strip() or "en",
            dateline_template=self.template.text(),
            sections=_read_sections(self.sections.toPlainText()),
            limits=tuple((name, _read_limit(box.text())) for name, box in self.limits.items()),
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
        set_kind(self.reads, "hint")
        self.reads.setTextFormat(Qt.TextFormat.PlainText)
        self.sections.setTabChangesFocus(True)
        self.sections.setToolTip(_("One section a line: its title, or its address and its title."))
        for box in self.limits.values():
            box.setToolTip(_("Characters; beyond that a check says so."))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for title, widget in (
            (_("&Name"), self.name),
            (_("Web &address"), self.url),
            (_("&Language"), self.language),
            (_("&Dateline"), self.template),
            ("", self.reads),
            (_("S&ections"), self.sections),
            *((_("{field} up to").format(field=label(n)), box) for n, box in self.limits.items()),
        ):
            form.addRow(title, widget)
            widget.setAccessibleName(title.replace("&", ""))
        close = QPushButton(_("Close"))
        close.clicked.connect(self.reject)
        close.setAutoDefault(False)
        set_kind(self.save, "primary")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.save)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 16, 18, 16)
        outer.setSpacing(12)
        outer.addWidget(self.bar)
        outer.addLayout(form, 1)
        outer.addLayout(foot)

    def _show(self, house: House) -> None:
        self._base = house
        self.name.setText(house.name)
        self.url.setText(house.url)
        self.language.setText(house.language)
        self.template.setText(house.dateline_template)
        self.sections.setPlainText("\n".join(_written(each) for each in house.sections))
        for name, box in self.limits.items():
            box.setText(str(house.limit(name)))
        self._render()
        self._allow()

    def _allow(self) -> None:
        chief = self._session.person.role is Role.CHIEF
        self.sections.setReadOnly(not chief)
        for box in (self.name, self.url, self.language, self.template, *self.limits.values()):
            box.setReadOnly(not chief)
        self.save.setEnabled(chief)

    def _render(self) -> None:
        """Show how a dateline reads, or what is wrong with its template."""
        try:
            text = render_dateline(_EXAMPLE, self.template.text(), self.language.text() or "en")
        except BadValue as error:
            self.reads.setText(f"{error.sentence} {error.hint}")
        else:
            self.reads.setText(_("Reads: {text}").format(text=text))

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
        """Start from what somebody else saved, unless something is being written here."""
        if changes.touches("house") and self._untouched():
            self._show(self._session.house)

    def _untouched(self) -> bool:
        try:
            return self.house() == self._base
        except BadValue:
            return False


def _written(section: Section) -> str:
    """A section as one line: its title, with its address where that is not made from it."""
    plain = slug_from(section.title) == section.slug
    return section.title if plain else f"{section.slug} {section.title}"


def _read_limit(text: str) -> int:
    written = text.strip()
    if not written.isdecimal() or not 20 <= int(written[:6]) <= 500:
        raise BadValue(
            _("“{text}” is no length for a line.").format(text=written),
            _("Write a number of characters from 20 to 500."),
        )
    return int(written)


def _read_sections(text: str) -> tuple[Section, ...]:
    found: dict[str, Section] = {}
    for line in text.splitlines():
        title = " ".join(line.split())
        if not title:
            continue
        first, _space, rest = title.partition(" ")
        own = bool(rest) and first.isascii() and first.islower()
        section = Section(first, rest) if own else Section(slug_from(title), title)
        if section.slug in found:
            raise BadValue(
                _("Two sections have the address “{slug}”.").format(slug=section.slug),
                _("Write another address before one of the titles, in small letters."),
            )
        found[section.slug] = section
    return tuple(found.values())
