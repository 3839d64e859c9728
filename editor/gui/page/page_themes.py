"""The theme of a paper for pages on screen, read once for each state that its chief signed."""

from __future__ import annotations

import threading
from pathlib import Path

from editor.core.house import House
from editor.errors import EditorError
from editor.proof.theme import Theme, read_theme, shipped_names, shipped_theme
from editor.store.themes import Themes


class PageThemes:
    """Gives the themes of one desk. Safe to use from several threads."""

    def __init__(self, desk: Path) -> None:
        self._themes = Themes(desk)
        self._lock = threading.Lock()
        self._read: tuple[tuple[str, str], Theme] | None = None
        self.problem: EditorError | None = None
        """Why the theme that was asked for last is not to be had; None where it is."""

    def of(self, house: House) -> Theme:
        """Return a paper's theme; the plain one where it is broken, which an export refuses."""
        if house.theme in shipped_names():
            self.problem = None
            return shipped_theme(house.theme)
        signed = house.theme, house.theme_digest
        with self._lock:
            if self._read is None or self._read[0] != signed:
                try:
                    theme = read_theme(self._themes.of(house))
                    theme.check()
                except EditorError as error:
                    self.problem = error
                    return shipped_theme()
                self._read = signed, theme
            self.problem = None
            return self._read[1]
