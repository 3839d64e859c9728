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
class Spec:
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


def specs() -> tuple[Spec, ...]:
    """Every command, in the order of the menus."""
    return (*_file(), *_edit(), *_view(), *_insert(), *_story(), *_help())


def _file() -> tuple[Spec, ...]:
    return (
        Spec("new", "file", _("&New story"), Key.New),
        Spec("paste_wire", "file", _("Paste &wire text…"), "Ctrl+Alt+V"),
        Spec("import", "file", _("&Import files…"), "Ctrl+Shift+I"),
        Spec("save", "file", _("&Save version"), Key.Save, 1),
        Spec("export", "file", _("&Export…"), "Ctrl+E", 1),
        Spec("new_desk", "file", _("New &desk…"), "", 2),
        Spec("open_desk", "file", _("&Open desk…"), Key.Open, 2),
        Spec("paper", "file", _("The &paper"), "", 3),
        Spec("masthead", "file", _("&Masthead"), "", 3),
        Spec("desk_log", "file", _("&Log of the desk"), "", 3),
        Spec("close", "file", _("&Close window"), "Ctrl+W", 4),
        Spec("quit", "file", _("&Quit Stonehand"), "Ctrl+Q", 4, role=QAction.MenuRole.QuitRole),
    )


def _edit() -> tuple[Spec, ...]:
    return (
        Spec("undo", "edit", _("&Undo"), Key.Undo),
        Spec("redo", "edit", _("&Redo"), Key.Redo),
        Spec("cut", "edit", _("Cu&t"), Key.Cut, 1),
        Spec("copy", "edit", _("&Copy"), Key.Copy, 1),
        Spec("paste", "edit", _("&Paste"), Key.Paste, 1),
        Spec("select_all", "edit", _("Select &all"), Key.SelectAll, 1),
        Spec("search", "edit", _("&Search stories and commands"), "Ctrl+K", 2),
    )


def _view() -> tuple[Spec, ...]:
    return (
        Spec("preview", "view", _("&Preview"), "Alt+1"),
        Spec("checks", "view", _("&Checks"), "Alt+2"),
        Spec("history", "view", _("&History"), "Alt+3"),
        Spec("notes", "view", _("&Notes"), "Alt+4"),
        Spec("changes", "view", _("Changes in review"), "F7", 1),
        Spec("desktop", "view", _("Page as on a &desktop"), "Ctrl+Shift+D", 1),
        Spec("phone", "view", _("Page as on a ph&one"), "Ctrl+Shift+H", 1),
        Spec("places", "view", _("P&laces column"), "F9", 2, checkable=True),
        Spec("pane", "view", _("Pre&view pane"), "Ctrl+F9", 2, checkable=True),
        Spec("next_pane", "view", _("Ne&xt column"), "F6", 3),
        Spec("previous_pane", "view", _("P&revious column"), "Shift+F6", 3),
        Spec("larger", "view", _("Lar&ger text"), Key.ZoomIn, 4),
        Spec("smaller", "view", _("S&maller text"), Key.ZoomOut, 4),
        Spec("usual_size", "view", _("&Usual text size"), "Ctrl+0", 4),
        Spec("full_screen", "view", _("&Full screen"), "F11", 6, checkable=True),
    )


def _insert() -> tuple[Spec, ...]:
    return (
        Spec("bold", "insert", _("&Bold"), Key.Bold),
        Spec("italic", "insert", _("I&talic"), Key.Italic),
        Spec("link", "insert", _("&Link"), "Ctrl+L"),
        Spec("key_point", "insert", _("&Key point"), "Ctrl+Shift+B", 1),
        Spec("picture", "insert", _("&Picture…"), "Ctrl+Shift+P", 1),
    )


def _story() -> tuple[Spec, ...]:
    return (
        Spec("primary", "story", _("Submit for approval"), "Ctrl+Return"),
        Spec("return", "story", _("&Return with note…"), "Ctrl+Shift+Return"),
        Spec("publish", "story", _("Pu&blish"), "", 1),
        Spec("correct", "story", _("&Correct…"), "", 1),
        Spec("update", "story", _("Up&date"), "", 1),
        Spec("kill", "story", _("&Kill…"), "", 1),
        Spec("spike", "story", _("Sp&ike"), "Ctrl+Shift+K", 1),
        Spec("unspike", "story", _("Take &up again"), "Ctrl+Shift+U", 1),
        Spec("note", "story", _("&Write a note"), "Ctrl+Shift+N", 2),
        Spec("note_passage", "story", _("Note on this passa&ge"), "Ctrl+Alt+N", 2),
        Spec("next_check", "story", _("Next c&heck"), "F8", 2),
        Spec("next_change", "story", _("Next change"), "Alt+Down", 2),
        Spec("previous_change", "story", _("Previous change"), "Alt+Up", 2),
        Spec("story_log", "story", _("&Log of this story"), "", 4),
        Spec("next", "story", _("&Next story"), "Ctrl+PgDown", 3),
        Spec("previous", "story", _("&Previous story"), "Ctrl+PgUp", 3),
    )


def _help() -> tuple[Spec, ...]:
    return (
        Spec("help", "help", _("Stonehand &help"), Key.HelpContents),
        Spec("shortcuts", "help", _("&Keyboard shortcuts"), "Ctrl+/"),
        Spec("about", "help", _("&About Stonehand"), "", 1, role=QAction.MenuRole.AboutRole),
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

    def _make(self, spec: Spec) -> QAction:
        action = QAction(spec.text, self, checkable=spec.checkable)
        action.setObjectName(spec.name)
        action.setMenuRole(spec.role)
        action.setShortcut(QKeySequence(spec.keys))
        self.by_name[spec.name] = action
        return action

    def _add_submenus(self, spec: Spec) -> None:
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
