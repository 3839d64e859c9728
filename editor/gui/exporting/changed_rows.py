"""The files that an export changed, a row each: a page's title, its path and its sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from editor.formats.replaced_texts import ReplacedTexts
from editor.formats.report import ExportDifference
from editor.gui.widgets.layout import plain_tip
from editor.i18n import N_plural, _, isolated, plural
from editor.text.folding import fold

_Index = QModelIndex | QPersistentModelIndex

NEW, CHANGED, REMOVED = KINDS = ("new", "changed", "removed")
TITLE, PATH = 1, 2
_NUMBERS = (3, 4)


@dataclass(frozen=True, slots=True)
class ExportChanges:
    """What an export changed: which files, what some of them were before, and of which paper."""

    difference: ExportDifference
    texts: ReplacedTexts
    paper: str


class ChangedFile(NamedTuple):
    """A file by its path: what happened to it, a page's title, the sizes before and after.

    Sizes are in bytes; None where there was no file, or is none.
    """

    kind: str
    path: str
    title: str
    before: int | None
    after: int | None


class ChangedModel(QAbstractTableModel):
    """The files of one export that changed; `show_only` filters them."""

    def __init__(self, changes: ExportChanges, parent: QObject) -> None:
        super().__init__(parent)
        self._all = sorted(_files(changes), key=_place)
        self._words = [_searched(file) for file in self._all]
        self._rows: Sequence[ChangedFile] = self._all
        self.counts: Mapping[str, int] = Counter(file.kind for file in self._all)

    def file(self, row: int) -> ChangedFile:
        """Return the file that a row is about."""
        return self._rows[row]

    def show_only(self, kind: str, words: str) -> None:
        """Show the files of one kind, or of all, whose path or title has each of the words."""
        wanted = [(word, fold(word) or word) for word in words.casefold().split()]
        self.beginResetModel()
        self._rows = [
            file
            for file, text in zip(self._all, self._words, strict=True)
            if kind in ("", file.kind)
            and all(word in text or folded in text for word, folded in wanted)
        ]
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_headers())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return _headers()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        text = _cells(self._rows[index.row()])[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return isolated(text) if text and index.column() in (TITLE, PATH) else text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(text)
        return None


def kind_title(kind: str, count: int) -> str:
    """Return a kind of change with the number of files: `12 new`."""
    texts = {
        NEW: N_plural("{n} new", "{n} new"),
        CHANGED: N_plural("{n} changed", "{n} changed"),
        REMOVED: N_plural("{n} removed", "{n} removed"),
    }
    return plural(*texts.get(kind, N_plural("{n} file", "{n} files")), count)


def _files(changes: ExportChanges) -> Iterator[ChangedFile]:
    found, ending = changes.difference, f" · {changes.paper}"
    for kind, sizes in zip(KINDS, (found.new, found.changed, found.removed), strict=True):
        for path, size in sizes.items():
            title = found.titles.get(path, "").removesuffix(ending)
            before = size if kind == REMOVED else found.former.get(path)
            yield ChangedFile(kind, path, title, before, None if kind == REMOVED else size)


def _searched(file: ChangedFile) -> str:
    """Return what a search looks through: the path and title, the title also without accents."""
    return "\n".join((f"{file.path}\n{file.title}".casefold(), fold(file.title)))


def _place(file: ChangedFile) -> tuple[int, bool, str]:
    """Return where a file is in the list: pages come before what readers do not open."""
    return KINDS.index(file.kind), not file.path.endswith(".html"), file.path


def _headers() -> tuple[str, ...]:
    return _("Change"), _("Page"), _("File"), _("Bytes before"), _("Bytes now")


def _cells(file: ChangedFile) -> tuple[str, ...]:
    kinds = {NEW: _("New"), CHANGED: _("Changed"), REMOVED: _("Removed")}
    sizes = ("" if size is None else f"{size:,}" for size in (file.before, file.after))
    return kinds[file.kind], file.title, file.path, *sizes


def _side(column: int) -> Qt.AlignmentFlag:
    # The last digits are below each other in an interface of either direction.
    last = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
    side = last if column in _NUMBERS else Qt.AlignmentFlag.AlignLeading
    return side | Qt.AlignmentFlag.AlignVCenter
