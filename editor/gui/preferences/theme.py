"""The theme dialog: how the paper's site looks, and changing a copy of that beside its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QInputDialog,
    QPlainTextEdit,
    QSplitter,
    QTextEdit,
    QWidget,
)

from editor.core import times
from editor.core.changes import Changes
from editor.core.commands import RemoveTheme, SaveHouse, SaveTheme
from editor.core.edition import Item
from editor.core.people import Role
from editor.core.story import slug_from
from editor.core.theme import ThemeFiles
from editor.errors import EditorError, ThemeError
from editor.gui.jobs import Work
from editor.gui.kept.journal_writer import Entry
from editor.gui.kept.kept_form import KeptForm
from editor.gui.page.live_page import LivePage
from editor.gui.page.page_maker import PageMaker
from editor.gui.page.preview_item import preview_item
from editor.gui.page.rendered_page import RenderedPage
from editor.gui.preferences.theme_draft import ThemeDraft
from editor.gui.session import Session
from editor.gui.theme import color, set_read_only
from editor.gui.widgets.choice_box import ChoiceBox
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.segments import Segments
from editor.gui.widgets.unsaved_dialog import UnsavedDialog
from editor.i18n import _
from editor.proof.pages import Site
from editor.proof.theme import Theme, copied, read_theme, shipped_names, signed_digest
from editor.store.reading.rows import Filter
from editor.store.reading.snapshot import Snapshot
from editor.store.themes import Themes

_STORIES = 7


class ThemeDialog(UnsavedDialog):
    """Chooses the paper's theme and changes copies. The chief may; others may only look."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("The paper's theme"), parent, size=(980, 620))
        self._session, self._themes = session, Themes(session.desk.path)
        self.draft = ThemeDraft(self)
        self._items: tuple[Item, ...] = ()
        self._front: tuple[str, ...] = ()
        self._maker = PageMaker(session.documents, lambda _house: self._read)
        self._read: Theme = read_theme(self.draft.typed)
        self.passphrase = PassphraseBar(session)
        self.themes, self.files = ChoiceBox(), ChoiceBox()
        self.text, self.error = QPlainTextEdit(), label(kind="error", wrap=True)
        self.preview = LivePage(session, self._prepare, self._show_no_error, self._show_error)
        self.pages, self.widths = Segments(), Segments()
        self.copy = button(_("&Copy and change…"), self._copy)
        self.remove = button(_("Re&move"), self._remove)
        self.revert = button(_("&Revert"), self.draft.revert)
        self.save = button(_("&Save"), self._save)
        self.use = button(_("&Use this theme"), self._use, "primary")
        self._name_parts()
        self._lay_out()
        self.preview.started.connect(
            lambda: session.ask(_stories, owner=self, done=self._show_stories)
        )
        self.draft.changed.connect(self._draft_changed)
        self.themes.activated.connect(self._choose)
        self.files.currentIndexChanged.connect(self._show_file)
        self.text.textChanged.connect(self._typed)
        for segments in (self.pages, self.widths):
            segments.chosen.connect(lambda _name: self.preview.refresh())
        self.widths.chosen.connect(self._set_width)
        session.person_changed.connect(self._set_enabled)
        session.keys.changed.connect(self._set_enabled)
        session.changed.connect(self._changed)
        self.finished.connect(self.preview.release)
        self._open(session.house.theme)
        kept = KeptForm(
            session,
            "theme",
            read=self.draft.to_entry,
            restore=self._restore,
            changes=(self.draft.changed,),
            on_refused=self.bar.show_error,
            parent=self,
        )
        self.finished.connect(kept.forget)

    def has_unsaved(self) -> bool:
        return self.draft.is_changed

    def _name_parts(self) -> None:
        for box, name in (
            (self.themes, _("Theme")),
            (self.files, _("File")),
            (self.text, _("Text of the file")),
            (self.preview, _("The page as readers would get it")),
        ):
            box.setAccessibleName(name)
        # The application's style sheet names the letters of all fields.
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self.text.setStyleSheet(f'font-family: "{fixed}"')
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        # Templates and style sheets are read from the left in every language.
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.themes.setMinimumContentsLength(14)
        self.files.setMinimumContentsLength(18)
        self.error.hide()
        self.pages.add_choice("home", _("Home page"))
        self.pages.add_choice("story", _("Story"))
        self.widths.add_choice("desktop", _("Desktop"))
        self.widths.add_choice("phone", _("Phone"))

    def _lay_out(self) -> None:
        left, right, parts = QWidget(), QWidget(), QSplitter(Qt.Orientation.Horizontal)
        column(
            row(label(_("&Theme"), buddy=self.themes), (self.themes, 1), spacing=8),
            FlowRow(self.copy, self.remove),
            row(label(_("&File"), buddy=self.files), (self.files, 1), spacing=8),
            (self.text, 1),
            self.error,
            inside=left,
            spacing=8,
            margins=(0, 0, 8, 0),
        )
        column(
            row(self.pages, STRETCH, self.widths),
            (self.preview, 1),
            inside=right,
            spacing=8,
            margins=(8, 0, 0, 0),
        )
        self.preview.setMinimumSize(260, 200)
        for part in (left, right):
            parts.addWidget(part)
        parts.setSizes([460, 520])
        parts.setChildrenCollapsible(False)
        buttons = row(
            button(_("Close"), self.reject),
            STRETCH,
            self.revert,
            self.save,
            self.use,
            spacing=8,
        )
        self.lay_out(column((parts, 1)), buttons, above=(self.bar, self.passphrase), spacing=10)

    def _open(self, name: str) -> None:
        """Show a theme of the desk, and all there are to choose from."""
        try:
            self._fill_themes()
            self.draft.open(self._themes.read(name))
        except EditorError as error:
            self.bar.show_error(error)
        self.themes.setCurrentIndex(self.themes.findData(self.draft.saved.name))

    def _fill_themes(self) -> None:
        own = self._themes.names()
        self.themes.clear()
        for known in (*shipped_names(), *own):
            is_used = known == self._session.house.theme
            self.themes.addItem(
                _("{name} (in use)").format(name=known) if is_used else known, known
            )

    def _restore(self, entry: Entry) -> None:
        """Bring back what a crash left of a theme's texts, and say whether the theme is another."""
        theme, files = self._themes.read(str(entry["theme"])), entry["files"]
        if not isinstance(files, Mapping):
            raise TypeError("files")
        texts = {path: text for path, text in files.items() if isinstance(text, str)}
        self._open(theme.name)
        first = self.draft.restore(theme, texts)
        self.files.setCurrentIndex(max(0, self.files.findData(first)))
        is_same = theme.digest == entry["base"]
        hint = "" if is_same else _("The theme was changed since. Saving replaces those files.")
        self.bar.show_text(_("What you typed before is back. It is not saved yet."), hint)

    def _choose(self, _index: int) -> None:
        name = self.themes.currentData()
        if not self.draft.is_changed:
            self._open(name)
            return
        self.themes.setCurrentIndex(self.themes.findData(self.draft.saved.name))
        self.bar.show_text(
            _("What you typed is not saved."),
            _("Save it, or revert, before you look at another theme."),
        )

    def _draft_changed(self) -> None:
        """Show the files as they are now, without moving the cursor of who types."""
        current = self.files.currentData()
        self.files.blockSignals(True)
        self.files.clear()
        for path in self.draft.paths():
            title = path if self.draft.is_own(path) else _("{file} (shared)").format(file=path)
            self.files.addItem(title, path)
        self.files.setCurrentIndex(max(1 if current is None else 0, self.files.findData(current)))
        self.files.blockSignals(False)
        self._show_file()
        self._set_enabled()
        self.preview.refresh()

    def _show_file(self, _index: int = 0) -> None:
        text = self.draft.text(self.files.currentData() or "")
        if text != self.text.toPlainText():
            self.text.setPlainText(text)

    def _typed(self) -> None:
        path = self.files.currentData()
        if path is None or not self._is_chief() or self.draft.is_shipped:
            return
        try:
            self.draft.write(path, self.text.toPlainText())
        except ThemeError as error:
            self._show_error(error)

    def _prepare(self) -> Work[RenderedPage]:
        files, house, items = self.draft.typed, self._session.house, self._items
        site = Site(house)
        is_story, front = self.pages.current() == "story" and items, self._front

        def work(_progress: object) -> RenderedPage:
            theme = read_theme(files)
            theme.check()
            self._read = theme
            if is_story:
                return self._maker.story(items[0], site)
            return self._maker.home(items, site, front)

        return work

    def _show_error(self, error: EditorError) -> None:
        """Say beside the text what is wrong with the theme; the last good page stays."""
        self.error.setText(f"{error.sentence} {error.hint}")
        self.error.show()
        self.text.setAccessibleDescription(error.sentence)
        if isinstance(error, ThemeError) and error.line:
            self._mark(error.file, error.line)

    def _mark(self, file: str, line: int) -> None:
        """Mark a line of the file that is shown, with the colour of a selection."""
        if self.files.currentData() != file:
            return
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(self.text.document().findBlockByNumber(line - 1))
        mark.format.setBackground(color("selection"))
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        self.text.setExtraSelections([mark])

    def _show_no_error(self) -> None:
        self.error.hide()
        self.text.setAccessibleDescription("")
        self.text.setExtraSelections([])

    def _show_stories(self, found: tuple[tuple[Item, ...], tuple[str, ...]]) -> None:
        self._items, self._front = found
        self.preview.refresh()

    def _set_width(self, name: str) -> None:
        self.preview.set_width("phone" if name == "phone" else "desktop")

    def _is_chief(self) -> bool:
        return self._session.can_decide and self._session.person.role is Role.CHIEF

    def _set_enabled(self) -> None:
        is_chief, house, draft = self._is_chief(), self._session.house, self.draft
        set_read_only(self.text, not is_chief or draft.is_shipped)
        self.copy.setEnabled(is_chief)
        self.revert.setEnabled(draft.is_changed)
        self.save.setEnabled(is_chief and draft.is_changed)
        signed = house.theme, house.theme_digest
        is_used = signed == (draft.saved.name, signed_digest(draft.saved))
        self.use.setEnabled(is_chief and not is_used and not draft.is_changed)
        is_papers = draft.saved.name == house.theme
        can_remove = is_chief and not (draft.is_shipped or draft.is_changed or is_papers)
        self.remove.setEnabled(can_remove)
        self.remove.setToolTip(_("This is the paper's theme.") if is_papers else "")

    def _changed(self, changes: Changes) -> None:
        """Show what somebody else saved, unless something was typed here."""
        if changes.touches("house") and not self.draft.is_changed:
            is_there = self.draft.is_shipped or self.draft.saved.name in self._themes.names()
            self._open(self.draft.saved.name if is_there else self._session.house.theme)

    def _copy(self) -> None:
        asked = QInputDialog(self)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setWindowTitle(_("Copy and change"))
        asked.setLabelText(_("Name of the new theme:"))
        asked.setOkButtonText(_("&Copy"))
        asked.textValueSelected.connect(self.copy_as)
        asked.open()

    def copy_as(self, title: str) -> None:
        """Make a copy of the theme in the desk, and open it; without a title do nothing."""
        if not title.strip():
            return
        self.bar.clear()
        files = self.draft.typed
        self._session.jobs.run(
            lambda _progress: copied(
                read_theme(files), slug_from(title, "theme"), " ".join(title.split())
            ),
            owner=self,
            done=lambda theme: self._run_save(theme, ""),
            failed=self.bar.show_error,
        )

    def _remove(self) -> None:
        """Remove the theme from the desk; the bar offers the way back."""
        self.bar.clear()
        theme, sentence = self.draft.saved, _("Removed the theme “{name}”.")

        def done(_changes: Changes) -> None:
            undo = (_("&Undo"), lambda: self._run_save(theme, ""))
            self.bar.show_text(sentence.format(name=theme.name), "", undo)

        self._session.run(
            RemoveTheme(theme.name, theme.digest),
            owner=self,
            done=done,
            failed=self.bar.show_error,
        )

    def _save(self) -> None:
        self.bar.clear()
        self._run_save(self.draft.typed, self.draft.saved.digest)

    def _run_save(self, theme: ThemeFiles, base: str) -> None:
        before = self.draft.typed

        def done(_changes: Changes) -> None:
            self.draft.saved = theme
            if self.draft.typed is before:  # else it was typed on while that was saved
                self.draft.typed = theme

        self._session.run(SaveTheme(theme, base), owner=self, done=done, failed=self.bar.show_error)

    def _use(self) -> None:
        """Choose the theme for the paper, which the desk refuses if it makes no pages."""
        self.bar.clear()
        self.use.setEnabled(False)
        theme, house = self.draft.saved, self._session.house
        chosen = replace(house, theme=theme.name, theme_digest=signed_digest(theme))
        self._session.run(SaveHouse(chosen, house.hash), owner=self, failed=self._not_used)

    def _not_used(self, error: EditorError) -> None:
        self.bar.show_error(error)
        self._set_enabled()


def _stories(snapshot: Snapshot) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return stories of the desk as they would be published now, and which an editor put first."""
    front = snapshot.front_state().front.stories[:_STORIES]
    newest = [row.id for row in snapshot.rows(Filter(), limit=_STORIES)]
    ids = dict.fromkeys((*newest, *snapshot.rows_of(front)))
    now = times.now()
    return tuple(preview_item(snapshot.stored(id).story, None, now) for id in ids), front
