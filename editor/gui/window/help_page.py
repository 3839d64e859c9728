"""A page of the help: its words, and pictures of the window in the theme that is shown."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QEvent, QRect, Qt, QUrl
from PySide6.QtGui import QImage, QPainter, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QStyle, QTextBrowser, QWidget

from editor.gui.theme import color, color_scheme, current_theme, set_kind
from editor.i18n import _
from editor.resources import resource
from editor.text.html import to_html
from editor.text.parse import parse

_PAGE = """td, th { padding: 3px 18px 3px 0; text-align: left; } p, li { line-height: 140%; }
p.picture { line-height: 100%; margin-bottom: 4px; } p.caption { margin-top: 0; color: MUTE; }"""
_MARGIN = 18
_PICTURE = re.compile(r"^!\[([^\]\n]+)\]\(([\w-]+\.png)\)$", re.MULTILINE)
_NAME = re.compile(r"[\w-]+\.png")
_PIXELS_A_POINT = 2
"""Pictures are sharp on a screen that has this many pixels a point."""
_IMAGE = QTextDocument.ResourceType.ImageResource


def help_html(markdown: str) -> str:
    """Return a page as HTML. A line that is a picture alone shows it, with its words below it."""
    # Not by `to_html`: in a story's text the same line is no picture of the program.
    words, *others = _PICTURE.split(markdown)
    html = [to_html(parse(words))]
    for words, name, after in zip(others[::3], others[1::3], others[2::3], strict=True):
        alt = escape(words)
        html.append(f'<p class="picture"><img src="{name}" alt="{alt}"></p>')
        html.append(f'<p class="caption">{alt}</p>')
        html.append(to_html(parse(after)))
    return "\n".join(html)


class HelpPage(QTextBrowser):
    """Shows a page. Its pictures are no wider than the column, and come from the help alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Help page"))
        set_kind(self, "page")
        self.document().setDocumentMargin(_MARGIN)
        self.setOpenLinks(False)
        self._markdown = ""
        self._shown_at = (0, 0.0)
        """The column's width in points and the screen's pixels a point, as pictures have them."""

    def show_markdown(self, markdown: str) -> None:
        """Show a page from its top."""
        self._markdown, self._shown_at = markdown, self._measure()
        self.document().setDefaultStyleSheet(_PAGE.replace("MUTE", color("mute").name()))
        self.setHtml(help_html(markdown))

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
            self.show_markdown(self._markdown)
            self.verticalScrollBar().setValue(place)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._fit_pictures()
        return super().event(event)

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
        for _alt, name in _PICTURE.findall(self._markdown):
            document.addResource(_IMAGE.value, QUrl(name), self._picture(name))
        document.markContentsDirty(0, document.characterCount())

    def _picture(self, name: str) -> QImage:
        """Return a picture as large as it is shown. Qt's own scaling drops lines of letters."""
        if color_scheme(current_theme()) == "dark":
            name = name.replace(".png", "-dark.png")
        image = QImage(str(resource("help", name)))
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
