"""What an action is: its words, its key, what it does and when it can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtGui import QAction, QKeySequence

from editor.errors import EditorError
from editor.gui.window.parts import WindowParts

Key: TypeAlias = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action of the window.

    `text` has an ampersand before its access key. `title` replaces it where the
    text depends on the story. `checked` makes the action one that is on or off.
    `hides` hides it where it can't be done, instead of only disabling it. `refusal` says
    why it can't be, where that is not plain. `alone` is what it is called outside a
    submenu that says half of it. What `writes` can't be done to a desk that can only be read.
    """

    name: str
    text: str
    keys: str | Key
    do: Callable[[WindowParts], object]
    when: Callable[[WindowParts], bool] = lambda _parts: True
    checked: Callable[[WindowParts], bool] | None = None
    title: Callable[[WindowParts], str] | None = None
    hides: bool = False
    refusal: Callable[[WindowParts], EditorError | None] = lambda _parts: None
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    alone: str = ""
    writes: bool = False

    def refused(self, parts: WindowParts) -> EditorError | None:
        """Return why it can't be done to this desk, whatever is shown of it."""
        return parts.session.why_read_only if self.writes else None


@dataclass(frozen=True, slots=True)
class MenuChoice:
    """One entry of a menu that is filled each time it is opened."""

    text: str
    choose: Callable[[], object]
    checked: bool | None = None
    """Whether it is the one that is chosen now; None in a menu without a mark."""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Submenu:
    """A menu inside a menu: of actions of which at most one is checked, or of changing choices.

    Among the actions may be another such menu.
    """

    name: str
    text: str
    rows: tuple[ActionRow | Submenu, ...] = ()
    choices: Callable[[WindowParts], Sequence[MenuChoice]] | None = None
    when: Callable[[WindowParts], bool] = lambda _parts: True


Groups: TypeAlias = tuple[tuple[ActionRow | Submenu, ...], ...]
"""The entries of a menu; a line separates one group from the next."""
