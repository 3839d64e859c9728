"""A page of the help on paper: in black on white, with pictures that leave room for words."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QImage, QTextDocument, QTextOption

from editor.core.languages import is_right_to_left
from editor.gui.window.help_page import help_html, picture_file, picture_names

_POINTS = 9.5
_WIDEST = 340
"""Pixels of a page that has 96 an inch: half of its width on A4."""
_SHARP = 2
"""How many times as many pixels a picture has."""
_LOOK = """h1 { font-size: 17pt; } h2 { font-size: 12pt; margin-bottom: 2px; }
p, li, td, th { line-height: 16.5px; -qt-line-height-type: fixed; }
p, li { margin-top: 3px; margin-bottom: 3px; }
td, th { padding: 1px 16px; } td { text-align: left; }
p.picture { line-height: 100%; -qt-line-height-type: proportional; margin-bottom: 0; }
p.caption { margin-top: 0; font-size: 8pt; color: #444444; }"""
"""Lines are as far apart in every font: Noto's own are a sixth higher than DejaVu's."""


def paper_document(markdown: str, language: str = "en") -> QTextDocument:
    """Return a page as a document to be printed, in the light theme whatever the screen has."""
    made = QTextDocument()
    font = QFont(made.defaultFont())
    font.setPointSizeF(_POINTS)
    made.setDefaultFont(font)
    option = QTextOption()
    if is_right_to_left(language):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    made.setDefaultTextOption(option)
    made.setDefaultStyleSheet(_LOOK)
    html = help_html(markdown, language)
    for name in picture_names(markdown):
        image = QImage(str(picture_file(name, language)))
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        width = min(_WIDEST, image.width() // _SHARP)
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaledToWidth(width * _SHARP, smooth)
        html = html.replace(f'src="{name}"', f'src="{name}" width="{width}"')
        made.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
    made.setHtml(html)
    return made
