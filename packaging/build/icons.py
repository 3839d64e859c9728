"""The program's icon in the sizes that desktops ask for, painted from the one SVG by Qt."""

from __future__ import annotations

import shutil
from pathlib import Path

from identity import APP_ID, ROOT
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = ROOT / "resources" / "icons" / "stonehand.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""In pixels: those of the hicolor theme, which every desktop falls back to."""


def paint(size: int) -> QImage:
    """Return the icon as an image of so many pixels a side."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    return image


def write_icons(share: Path) -> None:
    """Write all sizes and the SVG itself into a `share` folder."""
    theme = share / "icons" / "hicolor"
    for size in SIZES:
        file = theme / f"{size}x{size}" / "apps" / f"{APP_ID}.png"
        file.parent.mkdir(parents=True)
        if not paint(size).save(str(file)):
            raise SystemExit(f"The icon can't be written: {file}")
    scalable = theme / "scalable" / "apps" / f"{APP_ID}.svg"
    scalable.parent.mkdir(parents=True)
    shutil.copyfile(SOURCE, scalable)
