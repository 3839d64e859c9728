"""A page of the help: its words, and pictures of the window in the theme that is shown."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, QUrl
from PySide6.QtGui import QImage, QPainter, QResizeEvent, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QStyle, QTextBrowser, QTextEdit, QWidget

from editor.core.languages import is_right_to_left
from editor.gui.theme import color, color_scheme, current_theme, set_kind
from editor.gui.widgets.offsets import all_to_qt
from editor.gui.window.help_pages import HelpQuery
from editor.i18n import _, isolated
from editor.resources import resource
from editor.text.html import to_html
from editor.text.parse import parse

_PAGE = """td, th { padding: CELL; text-align: left; } p, li { line-height: 140%; }
p.picture { line-height: 100%; margin-bottom: 4px; } p.caption { margin-top: 0; color: MUTE; }"""
_MARGIN = 18
_PICTURE = re.compile(r"^!\[([^\]\n]+)\]\(([\w-]+\.webp)\)$", re.MULTILINE)
_NAME = re.compile(r"[\w-]+\.webp")
_CODE = re.compile(r"(<pre>.*?</pre>)|<code>(.*?)</code>", re.DOTALL)
_KEYS = re.compile(r"(?:(?:Ctrl|Alt|Shift|Cmd)\+)+(?:[A-Za-z0-9]+|[^\s\w<])")
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh].*?</t[dh]>", re.DOTALL)
_HYPHENS = re.compile(r"(?<![\w-])(--?)(?=\w)")
_JOINER = "\u2060"
_UNSEEN = str.maketrans("", "", isolated("") + _JOINER)
_MOST_MARKS = 500
"""More would only colour the whole page."""
_PIXELS_A_POINT = 2
"""Pictures are sharp on a screen that has this many pixels a point."""
_IMAGE = QTextDocument.ResourceType.ImageResource


def help_html(markdown: str, language: str = "en") -> str:
    """Return a page as HTML. A line that is a picture alone shows it, with its words below it.

    In a language that runs from right to left, code and keys still read from left to right.
    """
    # Not by `to_html`: in a story's text the same line is no picture of the program.
    words, *others = _PICTURE.split(markdown)
    html = [to_html(parse(words))]
    for words, name, after in zip(others[::3], others[1::3], others[2::3], strict=True):
        alt = escape(words)
        html.append(f'<p class="picture"><img src="{name}" alt="{alt}"></p>')
        html.append(f'<p class="caption">{alt}</p>')
        html.append(to_html(parse(after)))
    made = "\n".join(html)
    if is_right_to_left(language):
        made = _from_right(made)
    # Without a joiner a line may end between the hyphens of an option and its name.
    return _CODE.sub(lambda code: _HYPHENS.sub(rf"\1{_JOINER}", code[0]), made)


def picture_names(markdown: str) -> list[str]:
    """Return the names of the pictures that a page shows."""
    return [name for _alt, name in _PICTURE.findall(markdown)]


def picture_file(name: str, language: str) -> Path:
    """Return where a picture is: that of the page's language, else the English one."""
    own = resource("help", language, name)
    return own if own.is_file() else resource("help", name)


def _from_right(html: str) -> str:
    """Turn a page for Qt, which reads `dir` but leaves the columns of a table where they are."""
    made = _CODE.sub(_code_from_left, _KEYS.sub(lambda keys: isolated(keys[0]), html))
    made = _ROW.sub(lambda row: f"<tr>{''.join(_CELL.findall(row[1])[::-1])}</tr>", made)
    made = made.replace("<table>", '<table align="right">')
    # Few fonts have slanted letters of Arabic.
    made = made.replace("<em>", "<strong>").replace("</em>", "</strong>")
    return f'<body dir="rtl">{made}</body>'


def _code_from_left(found: re.Match[str]) -> str:
    if found[1]:
        return found[1].translate(_UNSEEN).replace("<pre>", '<pre dir="ltr">')
    return f"<code>{isolated(found[2].translate(_UNSEEN))}</code>"


class HelpPage(QTextBrowser):
    """Shows a page. Its pictures are no wider than the column, and come from the help alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Help page"))
        set_kind(self, "page")
        self.document().setDocumentMargin(_MARGIN)
        self.setOpenLinks(False)
        self._markdown, self._language = "", "en"
        self._query = HelpQuery("")
        self._shown_at = (0, 0.0)
        """The column's width in points and the screen's pixels a point, as pictures have them."""

    def show_markdown(self, markdown: str, language: str = "en") -> None:
        """Show a page from its top, from the side on which its language begins."""
        self._markdown, self._language = markdown, language
        self._shown_at = self._measure()
        runs_from_right = is_right_to_left(language)
        left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(right if runs_from_right else left)
        self.document().setDefaultTextOption(option)
        style = _PAGE.replace("MUTE", color("mute").name())
        style = style.replace("CELL", "3px 0 3px 18px" if runs_from_right else "3px 18px 3px 0")
        self.document().setDefaultStyleSheet(style)
        self.setHtml(help_html(markdown, language))

    def mark(self, query: HelpQuery) -> None:
        """Mark where the words of a query are, and scroll to the first place."""
        self._query = query
        self._color_places()
        cursor = self.textCursor()
        cursor.setPosition(0)
        self.setTextCursor(cursor)
        if query:
            self.go_to_next()

    def go_to_next(self) -> None:
        """Scroll to the next place that is marked, after the last to the first."""
        marks = self.extraSelections()
        if marks:
            at = self.textCursor().position()
            after = (mark.cursor for mark in marks if mark.cursor.selectionStart() > at)
            cursor = QTextCursor(next(after, marks[0].cursor))
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the words that are selected, without the characters that only hold them."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText().translate(_UNSEEN))
        return data

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load a picture of the help, for the theme and the screen; nothing else is loaded."""
        text = QUrl(name).toString()
        return self._picture(text) if kind == _IMAGE.value and _NAME.fullmatch(text) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def changeEvent(self, event: QEvent) -> None:
        """Show the page in the colours of another theme, where it was read."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._markdown:
            place = self.verticalScrollBar().value()
            self.show_markdown(self._markdown, self._language)
            self._color_places()
            self.verticalScrollBar().setValue(place)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._fit_pictures()
        return super().event(event)

    def _color_places(self) -> None:
        text = self.toPlainText()
        places = self._query.places(text)[:_MOST_MARKS]
        starts = all_to_qt(text, [place.start for place in places])
        ends = all_to_qt(text, [place.end for place in places])
        marks = []
        for start, end in zip(starts, ends, strict=True):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.format.setBackground(color("match"))
            marks.append(mark)
        self.setExtraSelections(marks)

    def _measure(self) -> tuple[int, float]:
        # As if there were a scroll bar: it comes and disappears with the height of the pictures.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        column = self.width() - 2 * self.frameWidth() - bar - 2 * _MARGIN
        return max(column, 1), self.devicePixelRatioF()

    def _fit_pictures(self) -> None:
        """Scale the pictures again; the page is not read again, so what is selected stays so."""
        if self._measure() == self._shown_at:
            return
        self._shown_at, document = self._measure(), self.document()
        for name in picture_names(self._markdown):
            document.addResource(_IMAGE.value, QUrl(name), self._picture(name))
        document.markContentsDirty(0, document.characterCount())

    def _picture(self, name: str) -> QImage:
        """Return a picture as large as it is shown. Qt's own scaling drops lines of letters."""
        if color_scheme(current_theme()) == "dark":
            name = name.replace(".webp", "-dark.webp")
        image = QImage(str(picture_file(name, self._language)))
        column, ratio = self._shown_at
        if image.isNull():
            return image
        points = min(column, image.width() / _PIXELS_A_POINT)
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = image.convertToFormat(QImage.Format.Format_RGB32)
        shown = shown.scaledToWidth(round(points * ratio), smooth)
        painter = QPainter(shown)
        painter.setPen(color("edge"))
        painter.drawRect(QRect(0, 0, shown.width() - 1, shown.height() - 1))
        painter.end()
        shown.setDevicePixelRatio(ratio)
        return shown
