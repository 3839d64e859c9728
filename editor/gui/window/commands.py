"""What each of the window's actions does, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from editor.core.workflow import Action
from editor.gui.review import note_sheet
from editor.gui.review.notes import NotesPane
from editor.gui.review.story_actions import Primary, export_step
from editor.gui.story.checks import ChecksPane
from editor.gui.window import dialogs
from editor.gui.window.importing import ask_files, read_files, said, take_in
from editor.settings import APPEARANCES

if TYPE_CHECKING:
    from editor.gui.window.main_window import MainWindow

Handlers = dict[str, Callable[[], object]]

TABS = ("preview", "checks", "history", "notes")
_SMALLEST, _LARGEST = -2, 12


class Commands(QObject):
    """Connects the table of actions with the parts of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.commands
        self.people = self._actions.people
        self.places_menu = QMenu(window)
        self._help: QWidget | None = None
        self._actions.connect_all(self._file() | self._edit() | self._view() | self._help_menu())
        self._actions.connect_all(self._insert() | self._story())
        self._connect()
        self._fill_menus()
        self.refresh()

    def refresh(self) -> None:
        """Enable what can be done now, and name what comes next."""
        window = self._window
        step = self._next()
        self._actions["primary"].setText(step.title)
        window.top.show_primary(step)
        window.top.show_stage(self._story_shown())
        possible = self._possible()
        # First, for an action that can't be seen counts as disabled.
        self._actions["return"].setVisible(possible["return"])
        for name, on in possible.items():
            self._actions[name].setEnabled(on)

    @Slot(int)
    def refresh_later(self, _index: int) -> None:
        """Look again once the step that was taken is complete."""
        QTimer.singleShot(0, self, self.refresh)

    def _story_shown(self) -> bool:
        """Whether a story is what is worked on: nothing is done to one out of sight."""
        return self._window.draft.open_story.is_open and not self._window.centre.shows_banner()

    def _next(self) -> Primary:
        shown = self._story_shown()
        return self._window.story_actions.primary() if shown else export_step()

    def _possible(self) -> dict[str, bool]:
        draft, actions = self._window.draft, self._window.story_actions
        shown = self._story_shown()
        possible = {
            "return": shown and actions.can(Action.RETURN),
            "spike": shown and actions.can(Action.SPIKE),
            "unspike": shown and actions.can(Action.UNSPIKE),
            "publish": shown and actions.can(Action.PUBLISH) and not draft.open_story.is_unsaved,
            "correct": shown and actions.can(Action.CORRECT),
            "update": shown and actions.can(Action.UPDATE),
            "kill": shown and actions.can(Action.KILL),
            "save": shown and draft.can_edit,
            "note": shown and draft.open_story.stored is not None,
            "note_passage": shown and draft.open_story.stored is not None,
            "story_log": shown and draft.open_story.stored is not None,
            "next_check": shown and bool(draft.open_story.findings),
            "changes": shown and self._window.centre.review.suits(),
            "next_change": shown and self._window.centre.shows_review(),
            "previous_change": shown and self._window.centre.shows_review(),
            "undo": self._stack().canUndo(),
            "redo": self._stack().canRedo(),
        }
        return possible | dict.fromkeys(self._insert(), shown and draft.can_edit)

    def show_tab(self, name: str) -> None:
        """Show a tab of the pane, and the pane if it was hidden."""
        self._window.columns.show_pane(True)
        self._window.pane.choose(name)

    def do_primary(self) -> None:
        """Do what comes next for the open story."""
        story = self._window.story_actions
        steps = {"submit": story.submit, "approve": story.approve, "unspike": story.unspike}
        steps["reconcile"] = self._window.draft.reconcile
        steps.get(self._next().name, self.export)()

    def export(self) -> None:
        """Ask what goes out, where to, and write it."""
        if self._window.draft.open_story.is_unsaved:
            self._window.draft.save()
        dialogs.export(self._window.session, self._window)

    def take_files(self, paths: list[Path]) -> None:
        """Take files in: one is shown line by line first, several come as they are read."""
        session = self._window.session
        if len(paths) == 1:
            self._paste_wire(paths[0])
        elif paths:
            session.jobs.run(
                partial(read_files, paths),
                owner=self,
                done=lambda read: take_in(session, read, self._taken, session.problem.emit),
            )

    def _taken(self, stories: tuple[str, ...], briefs: int = 0) -> None:
        """Go to the first story that came in, and say what came."""
        if stories:
            self._window.show_story(stories[0])
        self._window.session.message.emit(said(len(stories), briefs), None)

    def _file(self) -> Handlers:
        window = self._window
        return {
            "new": self._new,
            "paste_wire": self._paste_wire,
            "import": lambda: self.take_files(ask_files(window)),
            "save": window.draft.save,
            "export": self.export,
            "paper": lambda: dialogs.paper(window.session, window),
            "masthead": lambda: dialogs.masthead(window.session, window),
            "desk_log": lambda: dialogs.log(window.session, window),
            "new_desk": lambda: window.desk_wanted.emit("new"),
            "open_desk": lambda: window.desk_wanted.emit("open"),
            "close": window.close,
            "quit": window.close,
        }

    def _edit(self) -> Handlers:
        return {
            "undo": self._undo,
            "redo": self._redo,
            "cut": partial(_on_focus, "cut"),
            "copy": partial(_on_focus, "copy"),
            "paste": partial(_on_focus, "paste"),
            "select_all": partial(_on_focus, "selectAll"),
            "search": lambda: self._window.top.search.begin(QApplication.focusWidget()),
        }

    def _view(self) -> Handlers:
        window = self._window
        tabs: Handlers = {name: partial(self.show_tab, name) for name in TABS}
        looks: Handlers = {
            f"appearance_{name}": partial(window.session.prefer, appearance=name)
            for name in APPEARANCES
        }
        return (
            tabs
            | looks
            | {
                "changes": window.centre.switch,
                "desktop": lambda: self._show_width("desktop"),
                "phone": lambda: self._show_width("phone"),
                "places": lambda: window.columns.show_places(window.places.isHidden()),
                "pane": lambda: window.columns.show_pane(window.pane.isHidden()),
                "next_pane": lambda: window.focus_column(1),
                "previous_pane": lambda: window.focus_column(-1),
                "larger": lambda: self._resize_text(1),
                "smaller": lambda: self._resize_text(-1),
                "usual_size": lambda: self._resize_text(0),
                "full_screen": self._full_screen,
            }
        )

    def _insert(self) -> Handlers:
        form = self._window.centre.form
        return {
            "bold": lambda: form.mark("**", "**"),
            "italic": lambda: form.mark("*", "*"),
            "link": lambda: form.mark("[", "]()"),
            "key_point": form.add_key_point,
            "picture": form.choose_picture,
        }

    def _story(self) -> Handlers:
        window = self._window
        return {
            "primary": self.do_primary,
            "return": window.centre.return_note.open_sheet,
            "spike": window.story_actions.spike,
            "unspike": window.story_actions.unspike,
            "note": self._write_note,
            "note_passage": self._note_passage,
            "next_check": self._next_check,
            "story_log": lambda: dialogs.log(window.session, window, window.draft.open_story.key),
            "publish": window.story_actions.publish,
            "correct": lambda: window.centre.sheet.ask(
                note_sheet.correction(), window.story_actions.correct
            ),
            "update": window.story_actions.update,
            "kill": lambda: window.centre.sheet.ask(note_sheet.kill(), window.story_actions.kill),
            "next_change": lambda: window.centre.review.step(1),
            "previous_change": lambda: window.centre.review.step(-1),
            "next": lambda: window.list.step(1),
            "previous": lambda: window.list.step(-1),
        }

    def _help_menu(self) -> Handlers:
        window = self._window
        return {
            "help": self._show_help,
            "shortcuts": lambda: dialogs.shortcuts(self._actions, window),
            "about": lambda: dialogs.about(window.session, window),
        }

    def _connect(self) -> None:
        window = self._window
        for signal in (
            window.draft.opened,
            window.draft.state_changed,
            window.draft.findings_changed,
            window.session.person_changed,
            window.session.settings_changed,
        ):
            signal.connect(self.refresh)
        window.draft.stack.indexChanged.connect(self.refresh_later)
        window.session.changed.connect(lambda _changes: self._fill_menus())
        window.session.person_changed.connect(self._fill_menus)
        window.places.chosen.connect(lambda _place: self._fill_menus())

    def _fill_menus(self) -> None:
        session, places = self._window.session, self._window.places
        names = [person.name for person in session.people]
        self._actions.choices(self.people, names, session.person.name, session.work_as)
        current = places.current()
        keys = {place.title: place.key for place in places.places().places()}
        self._actions.choices(
            self.places_menu,
            list(keys),
            current.title if current else "",
            lambda title: places.go(keys[title]),
        )
        self._actions.appearance(session.settings.appearance).setChecked(True)
        self._fill_recent()

    def _fill_recent(self) -> None:
        recent = self._actions.recent
        recent.clear()
        for path in self._window.session.settings.recent_desks:
            action = recent.addAction(Path(path).stem.replace("&", "&&"))
            action.setToolTip(path)
            action.triggered.connect(
                lambda _on=False, path=path: self._window.desk_wanted.emit(path)
            )
        recent.setEnabled(not recent.isEmpty())

    def _new(self) -> None:
        self._window.leave_banner()
        self._window.draft.new()
        self._window.show_form()

    def _paste_wire(self, file: Path | None = None) -> None:
        dialogs.paste_wire(self._window.session, self._window, self._taken, file)

    def _stack(self) -> QUndoStack:
        banner = self._window.centre.banner
        shown = self._window.centre.shows_banner()
        return banner.draft.stack if banner is not None and shown else self._window.draft.stack

    def _undo(self) -> None:
        self._stack().undo() if self._window.centre.shows_banner() else self._window.draft.undo()

    def _redo(self) -> None:
        self._stack().redo() if self._window.centre.shows_banner() else self._window.draft.redo()

    def _show_width(self, name: str) -> None:
        self.show_tab("preview")
        self._window.set_page_width(name)

    def _resize_text(self, step: int) -> None:
        session = self._window.session
        size = min(max(session.settings.text_size + step, _SMALLEST), _LARGEST) if step else 0
        session.prefer(text_size=size)

    def _full_screen(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._actions["full_screen"].setChecked(window.isFullScreen())

    def _write_note(self) -> None:
        self.show_tab("notes")
        page = self._window.pane.page("notes")
        if isinstance(page, NotesPane):
            page.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _note_passage(self) -> None:
        """Write a note on what is selected in the form; on the story where nothing is."""
        chosen = self._window.centre.form.selected_passage()
        self._write_note()
        page = self._window.pane.page("notes")
        if chosen is not None and isinstance(page, NotesPane):
            page.write_about(*chosen)

    def _next_check(self) -> None:
        self.show_tab("checks")
        page = self._window.pane.page("checks")
        if isinstance(page, ChecksPane):
            page.step(1)

    def _show_help(self) -> None:
        if self._help is None:
            self._help = dialogs.help_window(self._window)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()


def _on_focus(name: str) -> None:
    """Let the field that has the focus do what it does by itself."""
    widget = QApplication.focusWidget()
    act = getattr(widget, name, None)
    if act is not None:
        act()
