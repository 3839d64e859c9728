"""Where pictures come from: files, and what browsers and programs give in a drop or a paste."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QImageWriter

from editor.core.story import Picture
from editor.errors import BadInput, DeskError, EditorError
from editor.gui.widgets.file_drop import dropped_files
from editor.i18n import _
from editor.progress import Progress

if TYPE_CHECKING:
    from editor.store.pictures import Pictures

Source: TypeAlias = Path | bytes

_ENCODED = ("image/png", "image/jpeg", "image/webp")
"""Kinds in which a program gives a picture whole, the one first that loses nothing."""
_WEB = ("http", "https", "ftp", "blob")
_OF_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".svg", ".tif", ".tiff")
_PROMISES = ("promise", "filegroupdescriptor")
"""Parts of the formats by which programs offer files that they have not written yet."""


def sources_in(data: QMimeData) -> list[Source]:
    """Return the pictures in what was dropped or pasted; none where it is something else.

    Nothing is fetched. Raises BadInput for a picture that is only an address or a promise.
    """
    urls = data.urls()
    if files := dropped_files(data):
        return list(files)
    for kind in _ENCODED:
        if data.hasFormat(kind) and (encoded := bytes(data.data(kind).data())):
            return [encoded]
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return [_png(image)]
    if inside := [_in_address(url) for url in urls if url.scheme() == "data"]:
        return list(inside)
    if any(part in name.lower() for name in data.formats() for part in _PROMISES):
        raise BadInput(
            _("The program only promises the picture."),
            _("Save it to a file there, then add the file."),
        )
    if any(map(_is_picture_on_the_web, urls)) or (urls and "<img" in data.html().lower()):
        raise BadInput(
            _("The picture is on the web, and nothing is fetched from there."),
            _("Save the picture to a file in the browser, then add the file."),
        )
    return []


def holds_pictures(data: QMimeData) -> bool:
    """Return whether something that is held over the form may be a picture, and nothing else is."""
    if files := [url for url in data.urls() if url.isLocalFile()]:
        return all(url.path().lower().endswith(_OF_PICTURES) for url in files)
    return data.hasImage() or data.hasUrls()


@dataclass
class AddedPictures:
    """What came of some sources: pictures that the desk has, and why others were refused."""

    pictures: list[Picture] = field(default_factory=list)
    refused: list[EditorError] = field(default_factory=list)

    def problem(self) -> EditorError | None:
        """Return one error about all that was refused; None where nothing was."""
        match self.refused:
            case []:
                return None
            case [only]:
                return only
        count = len(self.pictures) + len(self.refused)
        sentence = _("{refused} of {count} files could not be added.").format(
            refused=len(self.refused), count=count
        )
        return BadInput(sentence, " ".join(error.sentence for error in self.refused))


def add_all(store: Pictures, sources: Sequence[Source], progress: Progress) -> AddedPictures:
    """Have a desk store pictures, one after the other; a bad one stops no other.

    Raises Cancelled.
    """
    added = AddedPictures()
    for number, source in enumerate(sources):
        name = source.name if isinstance(source, Path) else ""
        progress.report(number, len(sources), name)
        try:
            added.pictures.append(store.add(source))
        except DeskError as error:
            added.refused.append(error)
            break  # the disk is full, or can't be written to: others would fail as well
        except EditorError as error:
            named = f"{name}: {error.sentence}" if name not in error.sentence else error.sentence
            added.refused.append(type(error)(named, error.hint))
    return added


def _is_picture_on_the_web(url: QUrl) -> bool:
    return url.scheme() in _WEB and url.path().lower().endswith(_OF_PICTURES)


def _in_address(url: QUrl) -> bytes:
    """Return the bytes in a `data:` address (RFC 2397); none where they are damaged."""
    head, _comma, content = bytes(url.toEncoded().data()).decode("ascii", "replace").partition(",")
    data = unquote_to_bytes(content)
    if not head.lower().endswith(";base64"):
        return data
    try:
        return base64.b64decode(data)
    except binascii.Error:
        return b""


def _png(image: QImage) -> bytes:
    """Return a pasted image as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
