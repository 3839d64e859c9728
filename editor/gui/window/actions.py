"""Every command of the window as one table: its words, its menu, its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from editor.i18n import _
from editor.settings import APPEARANCES

Key = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command. `group` separates it in its menu from what belongs elsewhere."""

    name: str
    menu: str
    text: str
    keys: str | Key = ""
    group: int = 0
    checkable: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole


def menus() -> dict[str, str]:
    """The menus in order: their names and their titles."""
    return {
        "file": _("&File"),
        "edit": _("&Edit"),
        "view": _("&View"),
        "insert": _("&Insert"),
        "story": _("&Story"),
        "help": _("&Help"),
    }


def specs() -> tuple[ActionSpec, ...]:
    """Every command, in the order of the menus."""
    return (*_file(), *_edit(), *_view(), *_insert(), *_story(), *_help())


def _file() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("new", "file", _("&New story"), Key.New),
        ActionSpec("paste_wire", "file", _("Paste &wire text…"), "Ctrl+Alt+V"),
        ActionSpec("import", "file", _("&Import files…"), "Ctrl+Shift+I"),
        ActionSpec("save", "file", _("&Save version"), Key.Save, 1),
        ActionSpec("export", "file", _("&Export…"), "Ctrl+E", 1),
        ActionSpec("new_desk", "file", _("New &desk…"), "", 2),
        ActionSpec("open_desk", "file", _("&Open desk…"), Key.Open, 2),
        ActionSpec("paper", "file", _("The &paper"), "", 3),
        ActionSpec("masthead", "file", _("&Masthead"), "", 3),
        ActionSpec("desk_log", "file", _("&Log of the desk"), "", 3),
        ActionSpec("close", "file", _("&Close window"), "Ctrl+W", 4),
        ActionSpec(
            "quit", "file", _("&Quit Stonehand"), "Ctrl+Q", 4, role=QAction.MenuRole.QuitRole
        ),
    )


def _edit() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("undo", "edit", _("&Undo"), Key.Undo),
        ActionSpec("redo", "edit", _("&Redo"), Key.Redo),
        ActionSpec("cut", "edit", _("Cu&t"), Key.Cut, 1),
        ActionSpec("copy", "edit", _("&Copy"), Key.Copy, 1),
        ActionSpec("paste", "edit", _("&Paste"), Key.Paste, 1),
        ActionSpec("select_all", "edit", _("Select &all"), Key.SelectAll, 1),
        ActionSpec("search", "edit", _("&Search stories and commands"), "Ctrl+K", 2),
    )


def _view() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("preview", "view", _("&Preview"), "Alt+1"),
        ActionSpec("checks", "view", _("&Checks"), "Alt+2"),
        ActionSpec("history", "view", _("&History"), "Alt+3"),
        ActionSpec("notes", "view", _("&Notes"), "Alt+4"),
        ActionSpec("changes", "view", _("Changes in review"), "F7", 1),
        ActionSpec("desktop", "view", _("Page as on a &desktop"), "Ctrl+Shift+D", 1),
        ActionSpec("phone", "view", _("Page as on a ph&one"), "Ctrl+Shift+H", 1),
        ActionSpec("places", "view", _("P&laces column"), "F9", 2, checkable=True),
        ActionSpec("pane", "view", _("Pre&view pane"), "Ctrl+F9", 2, checkable=True),
        ActionSpec("next_pane", "view", _("Ne&xt column"), "F6", 3),
        ActionSpec("previous_pane", "view", _("P&revious column"), "Shift+F6", 3),
        ActionSpec("larger", "view", _("Lar&ger text"), Key.ZoomIn, 4),
        ActionSpec("smaller", "view", _("S&maller text"), Key.ZoomOut, 4),
        ActionSpec("usual_size", "view", _("&Usual text size"), "Ctrl+0", 4),
        ActionSpec("full_screen", "view", _("&Full screen"), "F11", 6, checkable=True),
    )


def _insert() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("bold", "insert", _("&Bold"), Key.Bold),
        ActionSpec("italic", "insert", _("I&talic"), Key.Italic),
        ActionSpec("link", "insert", _("&Link"), "Ctrl+L"),
        ActionSpec("key_point", "insert", _("&Key point"), "Ctrl+Shift+B", 1),
        ActionSpec("picture", "insert", _("&Picture…"), "Ctrl+Shift+P", 1),
    )


def _story() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("primary", "story", _("Submit for approval"), "Ctrl+Return"),
        ActionSpec("return", "story", _("&Return with note…"), "Ctrl+Shift+Return"),
        ActionSpec("publish", "story", _("Pu&blish"), "", 1),
        ActionSpec("correct", "story", _("&Correct…"), "", 1),
        ActionSpec("update", "story", _("Up&date"), "", 1),
        ActionSpec("kill", "story", _("&Kill…"), "", 1),
        ActionSpec("spike", "story", _("Sp&ike"), "Ctrl+Shift+K", 1),
        ActionSpec("unspike", "story", _("&Unspike"), "Ctrl+Shift+U", 1),
        ActionSpec("note", "story", _("&Write a note"), "Ctrl+Shift+N", 2),
        ActionSpec("note_passage", "story", _("Note on this passa&ge"), "Ctrl+Alt+N", 2),
        ActionSpec("next_check", "story", _("Next c&heck"), "F8", 2),
        ActionSpec("next_change", "story", _("Next change"), "Alt+Down", 2),
        ActionSpec("previous_change", "story", _("Previous change"), "Alt+Up", 2),
        ActionSpec("story_log", "story", _("&Log of this story"), "", 4),
        ActionSpec("next", "story", _("&Next story"), "Ctrl+PgDown", 3),
        ActionSpec("previous", "story", _("&Previous story"), "Ctrl+PgUp", 3),
    )


def _help() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("help", "help", _("Stonehand &help"), Key.HelpContents),
        ActionSpec("shortcuts", "help", _("&Keyboard shortcuts"), "Ctrl+/"),
        ActionSpec("about", "help", _("&About Stonehand"), "", 1, role=QAction.MenuRole.AboutRole),
    )


class Actions(QObject):
    """The window's QActions by name, in their menus."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self.by_name: dict[str, QAction] = {}
        self._menus = {name: bar.addMenu(title) for name, title in menus().items()}
        self.people = QMenu(_("Working &as"), bar)
        self.recent = QMenu(_("&Recent desks"), bar)
        self._groups: list[QActionGroup] = []
        group: tuple[str, int] = ("", 0)
        for spec in specs():
            if spec.menu == group[0] and spec.group != group[1]:
                self._menus[spec.menu].addSeparator()
                self._add_submenus(spec)
            group = (spec.menu, spec.group)
            self._menus[spec.menu].addAction(self._make(spec))
        self._add_appearance()

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def connect_all(self, handlers: dict[str, Callable[[], object]]) -> None:
        """Say what each command does."""
        for name, handler in handlers.items():
            self.by_name[name].triggered.connect(lambda _on=False, do=handler: do())

    def choices(
        self, menu: QMenu, titles: list[str], chosen: str, pick: Callable[[str], object]
    ) -> None:
        """Fill a menu with choices of which one holds."""
        menu.clear()
        group = QActionGroup(menu)
        for title in titles:
            action = QAction(title.replace("&", "&&"), menu, checkable=True)
            action.setChecked(title == chosen)
            action.triggered.connect(lambda _on=False, title=title: pick(title))
            group.addAction(action)
            menu.addAction(action)

    def appearance(self, name: str) -> QAction:
        """The command that chooses a look."""
        return self.by_name[f"appearance_{name}"]

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self, checkable=spec.checkable)
        action.setObjectName(spec.name)
        action.setMenuRole(spec.role)
        action.setShortcut(QKeySequence(spec.keys))
        self.by_name[spec.name] = action
        return action

    def _add_submenus(self, spec: ActionSpec) -> None:
        if spec.name == "close":
            self._menus["file"].addMenu(self.recent)
            self._menus["file"].addMenu(self.people)
            self._menus["file"].addSeparator()

    def _add_appearance(self) -> None:
        menu = self._menus["view"].addMenu(_("&Appearance"))
        group = QActionGroup(menu)
        titles = {"system": _("As the &system"), "light": _("&Light"), "dark": _("&Dark")}
        for name in APPEARANCES:
            action = QAction(titles[name], self, checkable=True)
            action.setObjectName(f"appearance_{name}")
            self.by_name[f"appearance_{name}"] = action
            group.addAction(action)
            menu.addAction(action)
