"""Keeps how an export was set up until the dialog is closed: after a crash it is as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QButtonGroup

from editor.errors import EditorError
from editor.formats.exporters import EXPORTERS
from editor.gui.exporting.target_field import TargetField
from editor.gui.kept.journal_writer import Entry, JournalWriter
from editor.gui.session import Session

KEY = "export"


class KeptExport(QObject):
    """The format and the place, in the desk's journal while the dialog is open."""

    def __init__(
        self,
        session: Session,
        formats: QButtonGroup,
        target: TargetField,
        refused: Callable[[EditorError], object],
    ) -> None:
        super().__init__(target)
        self._formats, self._target = formats, target
        self._keeper = JournalWriter(session, self._entry, self)
        self._keeper.refused.connect(refused)
        session.use_desk(lambda desk: desk.journal.read(KEY), self._begin)

    def forget(self) -> None:
        """Forget it: the dialog was closed."""
        self._keeper.leave()
        self._keeper.drop(KEY)

    def _begin(self, entry: Entry | None) -> None:
        names = [exporter.name for exporter in EXPORTERS]
        if entry and entry.get("format") in names:
            self._formats.button(names.index(str(entry["format"]))).setChecked(True)
        path = entry.get("path") if entry else None
        if isinstance(path, str) and path:
            self._target.put(Path(path))
        elif entry and entry.get("zip"):
            self._target.zip.setChecked(True)
        self._formats.idToggled.connect(self._changed)
        self._target.changed.connect(self._changed)

    def _changed(self) -> None:
        self._keeper.touch()

    def _entry(self) -> tuple[str, Entry]:
        target, exporter = self._target, EXPORTERS[self._formats.checkedId()]
        path = str(target.path) if target.own else ""
        return KEY, {"format": exporter.name, "path": path, "zip": target.zip.isChecked()}
