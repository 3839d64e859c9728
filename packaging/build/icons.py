"""The program's icon as each platform wants it, painted from the one SVG by Qt."""

from __future__ import annotations

import shutil
from pathlib import Path

from identity import APP_ID, ROOT
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = ROOT / "resources" / "icons" / "stonehand.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""In pixels: those of the hicolor theme, which every desktop falls back to."""
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""In pixels: those of Explorer and the taskbar on screens of 100 to 250 percent."""
MACOS_SIZES = (16, 32, 64, 128, 256, 512, 1024)
"""In pixels: those of an icon set, whose names are for half of it on a Retina screen."""

_BODY = 0.92
"""The share of a macOS icon that ours takes: the tile is then 824 of 1,024 points, as Apple's."""


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


def write_ico(file: Path) -> None:
    """Write the icon of the Windows programs and of the installer."""
    *smaller, largest = map(_image, WINDOWS_SIZES)
    sizes = [(size, size) for size in WINDOWS_SIZES]
    file.parent.mkdir(parents=True, exist_ok=True)
    largest.save(file, format="ICO", sizes=sizes, append_images=smaller)


def write_icns(file: Path) -> None:
    """Write the icon of the app bundle, with the margin that icons have on macOS."""
    *smaller, largest = map(_image_with_margin, MACOS_SIZES)
    file.parent.mkdir(parents=True, exist_ok=True)
    largest.save(file, format="ICNS", append_images=smaller)


def _image(size: int) -> Image.Image:
    """Return the icon in so many pixels a side."""
    painted = paint(size).convertToFormat(QImage.Format.Format_RGBA8888)
    # Its memory is Qt's, and goes with it.
    return Image.frombytes("RGBA", (size, size), bytes(painted.constBits()))


def _image_with_margin(size: int) -> Image.Image:
    body = round(size * _BODY / 2) * 2
    image = Image.new("RGBA", (size, size))
    image.paste(_image(body), ((size - body) // 2, (size - body) // 2))
    return image
