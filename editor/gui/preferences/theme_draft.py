"""The theme that somebody looks at or changes, as it is on the desk and as it was typed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from editor.core.theme import MANIFEST, STYLE, TEMPLATES, TOKENS, ThemeFiles
from editor.gui.kept.journal_writer import Entry
from editor.proof.theme import read_theme, shipped_files, shipped_names


class ThemeDraft(QObject):
    """One theme with the files that were changed and not yet saved."""

    changed = Signal()
    """A file is another one, or all of them are."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.saved = shipped_files(shipped_names()[0])
        """The theme as it is on the desk."""
        self.typed = self.saved
        """The theme as it would be saved."""

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with Stonehand, so that only a copy can be changed."""
        return self.saved.name in shipped_names()

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be saved."""
        return self.typed != self.saved

    def open(self, theme: ThemeFiles) -> None:
        """Show a theme; what was typed into another one is dropped."""
        self.saved = self.typed = theme
        self.changed.emit()

    def revert(self) -> None:
        """Drop what was typed."""
        self.open(self.saved)

    def to_entry(self) -> Entry:
        """Return what was typed, as the journal stores it; nothing where nothing was."""
        if not self.is_changed:
            return {}
        saved = self.saved.by_path
        typed = {path: data for path, data in self.typed.files if saved.get(path) != data}
        texts = {path: data.decode("utf-8") for path, data in typed.items()}
        return {"theme": self.saved.name, "base": self.saved.digest, "files": texts}

    def restore(self, theme: ThemeFiles, texts: Mapping[str, str]) -> str:
        """Show a theme with what was typed before a crash; the first file of it, or nothing.

        Raises ThemeError for texts that no theme has.
        """
        typed = theme
        for path, text in texts.items():
            typed = typed.with_file(path, text.encode("utf-8"))
        self.saved, self.typed = theme, typed
        self.changed.emit()
        return next(iter(texts), "")

    def paths(self) -> list[str]:
        """Return the files of the theme, then the templates that it shares with others."""
        known = read_theme(shipped_files(shipped_names()[0])).sources
        shared = {TEMPLATES + name for name in known}
        own = [MANIFEST, TOKENS, STYLE]
        return [*own, *sorted({*self.typed.by_path, *shared} - {*own})]

    def is_own(self, path: str) -> bool:
        """Whether the theme has a file of its own for this."""
        return path in self.typed.by_path

    def text(self, path: str) -> str:
        """Return the text of a file, the shared one where the theme has none of its own."""
        data = self.typed.by_path.get(path)
        if data is not None:
            return data.decode("utf-8", "replace")
        source = read_theme(shipped_files(shipped_names()[0])).sources.get(
            path.removeprefix(TEMPLATES)
        )
        return source.text if source else ""

    def write(self, path: str, text: str) -> None:
        """Put a text into a file; a shared one becomes the theme's own. Raises ThemeError."""
        if text == self.text(path):
            return
        self.typed = self.typed.with_file(path, text.encode("utf-8"))
        self.changed.emit()
