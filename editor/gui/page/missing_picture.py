"""The drawing in the place of a picture whose file is missing or broken."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from editor.gui.page.rendered_page import Media
from editor.i18n import _

_LONGEST_NAME = 24
_TALLEST = 1600


def missing_picture(media: Media) -> bytes:
    """Draw a PNG of the picture's proportions that names the missing file and says what to do."""
    size = media.rendition
    width = max(1, min(size.width, 960))
    height = round(size.height * width / max(1, size.width))
    height = min(_TALLEST, max(120, height))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#ecebe7"))
    painter = QPainter(image)
    painter.setPen(QPen(QColor("#b3261e"), 4))
    painter.drawRect(image.rect().adjusted(2, 2, -3, -3))
    font = QFont()
    font.setPixelSize(max(13, width // 28))
    painter.setFont(font)
    painter.setPen(QColor("#1d1d1b"))
    name = media.file if len(media.file) <= _LONGEST_NAME else media.file[:16] + "…"
    message = _("The picture “{name}” can't be shown.\nAdd it to the story again.")
    frame = QRect(image.rect()).adjusted(24, 24, -24, -24)
    painter.drawText(
        frame,
        int(Qt.AlignmentFlag.AlignCenter) | Qt.TextFlag.TextWordWrap,
        message.format(name=name),
    )
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs say bytes
    return bytes(data.data())
