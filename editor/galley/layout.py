"""Setting a galley: a document of Qt's, in tenths of a point, so that no screen has a say in it.

Only this module and `sheets` know how a galley looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMarginsF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextLength,
    QTextTableFormat,
)

from editor.core import times
from editor.core.fields import full_label
from editor.galley.contents import Galley, GalleyPicture
from editor.galley.note_places import GalleyNote
from editor.galley.passages import GalleyLook, GalleyPassage, Kind, Stretch
from editor.i18n import _, isolated
from editor.progress import Progress
from editor.store.reading.rows import NoteRow

POINT: Final = 10
"""Units of the document in a point."""
BODY: Final = 1
"""The state of a block whose lines are counted."""
FAMILIES: Final = ("Noto Serif", "Georgia", "Times New Roman", "Noto Naskh Arabic", "DejaVu Serif")
TURNED: Final = Qt.LayoutDirection.RightToLeft
_STRAIGHT: Final = Qt.LayoutDirection.LeftToRight

_INDENT = 16 * POINT
_PICTURE = QSizeF(150 * POINT, 110 * POINT)
"""The most that a picture takes: it is there to be recognised."""
_FIRST_STRONG, _END = "\u2068", "\u2069"
"""Around words with a direction of their own."""
_LINE_HEIGHT = 150.0
"""In percent: a correction is written between two lines."""


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    after: float = 5.0
    before: float = 0.0
    height: float = 125.0


_STYLES: dict[Kind, _Style] = {
    "kicker": _Style(10, 2),
    "headline": _Style(21, 6, height=115),
    "standfirst": _Style(12.5, 6),
    "byline": _Style(10, 6),
    "point": _Style(11, 2),
    "label": _Style(10, 3, 14),
    "small": _Style(9.5, 3),
}
_BODY_STYLE = _Style(11.5, 6, height=_LINE_HEIGHT)
_CROSSHEAD = _Style(12, 5, 6, _LINE_HEIGHT)


def margins(is_right_to_left: bool) -> QMarginsF:
    """Return the margins in points: narrow for the numbers of lines, wide for a pencil."""
    numbers, pencil = 62.0, 176.0
    left, right = (pencil, numbers) if is_right_to_left else (numbers, pencil)
    return QMarginsF(left, 62.0, right, 56.0)


def lay_out(galley: Galley, page: QSizeF, progress: Progress) -> QTextDocument:
    """Set a galley on pages of a size in points. Raises Cancelled."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.setIndentWidth(_INDENT)
    document.setDefaultFont(font(_BODY_STYLE.size))
    option = document.defaultTextOption()
    option.setTabStopDistance(_INDENT)
    document.setDefaultTextOption(option)
    document.setPageSize(page * POINT)
    setter = _Setter(document, galley, progress)
    setter.set_all()
    _keep_with_next(document, setter.headings)
    return document


def font(size: float) -> QFont:
    """Return the face of galleys in a size in points, for a painter or document in our units."""
    made = QFont(list(FAMILIES))
    made.setStyleHint(QFont.StyleHint.Serif)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setPixelSize(round(size * POINT))
    return made


def _keep_with_next(document: QTextDocument, headings: Sequence[int]) -> None:
    """Move headings to the next sheet that would be the last line of one."""
    height, layout = document.pageSize().height(), document.documentLayout()
    for number in headings:
        heading = document.findBlockByNumber(number)
        following = heading.next()
        if not following.isValid():
            continue
        # Asked first: it sets what was not set yet, without which there is no line.
        top = layout.blockBoundingRect(following).top()
        first = following.layout().lineAt(0) if following.layout().lineCount() else None
        starts = top + first.y() + first.ascent() if first is not None else top
        if starts // height > layout.blockBoundingRect(heading).top() // height:
            shape = heading.blockFormat()
            shape.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(heading).setBlockFormat(shape)


class _Setter:
    """Sets passage after passage at the end of a document."""

    def __init__(self, document: QTextDocument, galley: Galley, progress: Progress) -> None:
        self._document, self._galley, self._progress = document, galley, progress
        self._direction = TURNED if galley.is_right_to_left else _STRAIGHT
        self._cursor = QTextCursor(document)
        self._is_empty = True
        self.headings: list[int] = []
        """The numbers of the blocks that belong to what follows."""
        self._pictures = {picture.address: picture for picture in galley.pictures}

    def set_all(self) -> None:
        galley = self._galley
        self._set_margins()
        self._text("label", galley.paper, GalleyLook.BOLD)
        for fact in galley.facts:
            self._text("small", fact)
        self._space(10)
        for passage in galley.top:
            self._set(passage)
        for picture in galley.pictures:
            if picture.address not in galley.shown_in_text:
                self._set_picture(picture)
        self._space(6)
        for index, passage in enumerate(galley.body):
            self._progress.report(index, len(galley.body), _("Setting the text"))
            self._set(passage, BODY)
        self._set_texts(_("Corrections"), galley.corrections)
        self._set_notes(galley.notes)
        self._set_texts(_("Editor’s note"), galley.ed_note.splitlines())

    def _set_margins(self) -> None:
        around = margins(self._galley.is_right_to_left)
        frame = self._document.rootFrame()
        shape = frame.frameFormat()
        shape.setLeftMargin(around.left() * POINT)
        shape.setRightMargin(around.right() * POINT)
        shape.setTopMargin(around.top() * POINT)
        shape.setBottomMargin(around.bottom() * POINT)
        frame.setFrameFormat(shape)

    def _set_texts(self, title: str, texts: Sequence[str]) -> None:
        if texts:
            self._text("label", title, GalleyLook.BOLD)
        for text in texts:
            self._text("small", text)

    def _set_notes(self, notes: Sequence[GalleyNote]) -> None:
        if notes:
            self._text("label", _("Notes"), GalleyLook.BOLD)
        for note in notes:
            for passage in _note_passages(note):
                self._set(passage)

    def _text(self, kind: Kind, text: str, look: GalleyLook = GalleyLook.PLAIN) -> None:
        self._set(GalleyPassage(kind, (Stretch(_isolated(text), look),)))

    def _space(self, points: float) -> None:
        """Add room below what was set last."""
        shape = self._cursor.blockFormat()
        shape.setBottomMargin(shape.bottomMargin() + points * POINT)
        self._cursor.setBlockFormat(shape)

    def _set(self, passage: GalleyPassage, state: int = -1) -> None:
        if passage.rows:
            self._set_table(passage, state)
            return
        if passage.kind == "picture":
            if passage.address in self._pictures:
                self._set_picture(self._pictures[passage.address])
            return
        style = _style(passage.kind, state == BODY)
        self._start_block(passage, style)
        if passage.kind != "rule":
            self._cursor.block().setUserState(state)
        if passage.lead:
            self._insert(Stretch(f"{passage.lead}\t"), style)
        for stretch in passage.stretches:
            self._insert(stretch, style)

    def _start_block(self, passage: GalleyPassage, style: _Style) -> None:
        shape = QTextBlockFormat()
        shape.setLayoutDirection(self._direction)
        shape.setTopMargin(style.before * POINT)
        shape.setBottomMargin(style.after * POINT)
        height = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        shape.setLineHeight(style.height, height.value)
        shape.setIndent(max(passage.level, 1 if passage.lead else 0))
        if passage.lead:
            shape.setTextIndent(-_INDENT)
        if passage.kind == "rule":
            shape.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if self._is_empty:
            self._cursor.setBlockFormat(shape)
            self._is_empty = False
        else:
            self._cursor.insertBlock(shape)
        # Else a block goes on as the one before.
        self._cursor.block().setUserState(-1)
        if passage.kind in {"crosshead", "label"}:
            self.headings.append(self._cursor.block().blockNumber())

    def _insert(self, stretch: Stretch, style: _Style) -> None:
        shape = QTextCharFormat()
        look = stretch.look
        if self._galley.is_right_to_left:
            look &= ~GalleyLook.ITALIC  # Arabic and Hebrew have none, and fonts no letters for it
        shape.setFont(_face(look, style.size))
        if GalleyLook.NOTED in stretch.look:
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        if stretch.look & (GalleyLook.RAISED | GalleyLook.NUMBER):
            shape.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        text = f"[{stretch.text}]" if GalleyLook.NUMBER in stretch.look else stretch.text
        self._cursor.insertText(text.replace("\n", "\u2028"), shape)

    def _set_table(self, passage: GalleyPassage, state: int) -> None:
        style = _style("small", False)
        shape = QTextTableFormat()
        shape.setLayoutDirection(self._direction)
        shape.setBorder(POINT / 2)
        shape.setBorderCollapse(True)
        shape.setCellPadding(3 * POINT)
        shape.setTopMargin(4 * POINT)
        shape.setBottomMargin(10 * POINT)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        self._is_empty = False
        table = self._cursor.insertTable(len(passage.rows), len(passage.rows[0]), shape)
        block = QTextBlockFormat()
        block.setLayoutDirection(self._direction)
        for row, cells in enumerate(passage.rows):
            for column, cell in enumerate(cells):
                self._cursor = table.cellAt(row, column).firstCursorPosition()
                self._cursor.setBlockFormat(block)
                # The cells of a row are beside each other: their lines are counted once.
                self._cursor.block().setUserState(state if column == 0 else -1)
                for stretch in cell:
                    self._insert(stretch, style)
        self._cursor = QTextCursor(self._document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.block().setUserState(-1)

    def _set_picture(self, picture: GalleyPicture) -> None:
        self._start_block(GalleyPassage("small"), _Style(9.5, 3, 4, 100))
        image = QImage.fromData(picture.data) if picture.data else QImage()
        if image.isNull():
            problem = picture.problem or _("The picture can’t be shown.")
            self._insert(Stretch(problem, GalleyLook.ITALIC), _style("small", False))
        else:
            self._insert_image(picture.address, image)
        for passage in picture.caption:
            self._set(passage)
        self._space(6)

    def _insert_image(self, address: str, image: QImage) -> None:
        name = QUrl(address or "picture:lead")
        self._document.addResource(QTextDocument.ResourceType.ImageResource.value, name, image)
        size = QSizeF(image.size()).scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
        shape = QTextImageFormat()
        shape.setName(name.toString())
        shape.setWidth(size.width())
        shape.setHeight(size.height())
        self._cursor.insertImage(shape)


def _style(kind: Kind, is_body: bool) -> _Style:
    if kind == "crosshead":
        return _CROSSHEAD
    return _STYLES.get(kind, _BODY_STYLE if is_body else _STYLES["small"])


def _face(look: GalleyLook, size: float) -> QFont:
    # A number is raised, and so set smaller by itself.
    face = font(size)
    if look & (GalleyLook.BOLD | GalleyLook.NUMBER):
        face.setWeight(QFont.Weight.Bold)
    face.setItalic(GalleyLook.ITALIC in look)
    if GalleyLook.FIXED in look:
        face.setFamilies(["Noto Sans Mono", "Consolas", "DejaVu Sans Mono", "Courier New"])
        face.setStyleHint(QFont.StyleHint.Monospace)
    return face


def _note_passages(galley_note: GalleyNote) -> Iterator[GalleyPassage]:
    """Yield a note as it is listed: who, when, what it is about; its words, and its answers."""
    note = galley_note.note
    lead = f"[{galley_note.number}]"
    yield GalleyPassage(
        "small", _who(note, f"{times.shown_at(note.at)}. {_about(galley_note)}"), lead
    )
    yield GalleyPassage("small", (Stretch(_isolated(note.text)),), level=1)
    for answer in galley_note.answers:
        yield GalleyPassage(
            "small", _who(answer, f"{times.shown_at(answer.at)}: {answer.text}"), level=2
        )


def _who(note: NoteRow, more: str) -> tuple[Stretch, ...]:
    author = Stretch(f"{_FIRST_STRONG}{isolated(note.author)}", GalleyLook.BOLD)
    return (author, Stretch(f", {more}{_END}"))


def _isolated(text: str) -> str:
    """Return words that are read in their own direction, whichever the story has."""
    return "\n".join(isolated(line) for line in text.splitlines())


def _about(galley_note: GalleyNote) -> str:
    note = galley_note.note
    if note.gone:
        sentence = _("On “{words}”, which is not in the text any more.")
        return sentence.format(words=isolated(note.quote))
    if note.quote:
        return _("On “{words}”.").format(words=isolated(note.quote))
    if note.field:
        return _("On {field}.").format(field=full_label(note.field))
    return _("On the whole story.")
