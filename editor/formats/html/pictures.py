"""Pictures of a page: what is known of one, and its bytes where the page itself has them."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import unquote, unquote_to_bytes, urlsplit
from urllib.request import url2pathname

from editor.formats.html.styles import Style
from editor.formats.html.tree import HtmlElement

_OF_WORD = "msoclip1"
"""The folder in which Word for Mac leaves pictures for the clipboard."""
_DATA = re.compile(
    r"data:image/[\w.+-]{1,40}(?P<base64>;[^,]{0,80}base64)?[^,]{0,80},", re.IGNORECASE
)
_SMALLEST = 24
"""A picture that is lower or narrower is a line, an icon or counts readers."""
_CAPTIONED = re.compile(r"(?<![\w-])wp-caption(?![\w-])")
_LONGEST_CAPTION = 600
_SIZE = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*")


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture of a page: its address, or its data, with the words that belong to it."""

    address: str
    alt: str = ""
    caption: str = ""

    @property
    def is_remote(self) -> bool:
        """Whether only somebody else's computer has it: it is not fetched."""
        return not self.address.lower().startswith(("data:image/", "file:"))

    def source(self) -> Path | bytes | None:
        """Return its file or its bytes; None where neither can be read or it is remote."""
        if found := _DATA.match(self.address):
            return _bytes(self.address[found.end() :], bool(found["base64"]))
        return _path(self.address) if self.address[:5].lower() == "file:" else None


def find_picture(image: HtmlElement) -> FoundPicture | None:
    """Return what an image shows; None for lines, icons and what counts readers."""
    address = image.get("src").strip()
    if not address or _is_tiny(image):
        return None
    return FoundPicture(address, " ".join(image.get("alt").split()))


def is_figure(element: HtmlElement, style: Style) -> bool:
    """Whether an element is one picture with its caption, as pages and LibreOffice frame it."""
    if element.tag == "figure" or _CAPTIONED.search(element.get("class")):
        return True
    if style.get("float", "none") not in ("left", "right") or element.tag == "img":
        return False
    images = sum(inner.tag == "img" for inner in element.all())
    return images == 1 and len(element.text().strip()) <= _LONGEST_CAPTION


def captions_in(element: HtmlElement) -> list[HtmlElement]:
    """Return the elements of a figure that are its caption; none where all its words are."""
    return [
        inner
        for inner in element.all()
        if inner.tag == "figcaption" or "wp-caption-text" in inner.classes
    ]


def emoji(image: HtmlElement) -> str:
    """Return the character that a small image stands for; empty for a picture."""
    alt = image.get("alt").strip()
    is_character = 0 < len(alt) <= 8 and all(ord(char) > 0x2000 for char in alt)
    return alt if is_character else ""


def _is_tiny(image: HtmlElement) -> bool:
    for name in ("width", "height"):
        size = _SIZE.fullmatch(image.get(name))
        if size and int(size[1]) < _SMALLEST:
            return True
    return False


def _bytes(data: str, is_base64: bool) -> bytes | None:
    if not is_base64:
        return unquote_to_bytes(data)
    try:
        return base64.b64decode("".join(unquote(data).split()), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def _path(address: str) -> Path | None:
    """Return the file that a program wrote for the clipboard; none of another computer.

    Any page may name any file: only those in a folder for temporary files are taken.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.netloc not in ("", "localhost") or "\0" in unquote(parts.path):
        return None
    path = Path(url2pathname(parts.path))
    if str(path).startswith(("//", "\\\\")):
        return None
    try:
        path = path.resolve()
        is_temporary = path.is_relative_to(Path(gettempdir()).resolve())
        is_taken = (is_temporary or _OF_WORD in path.parts) and path.is_file()
    except OSError:
        return None
    return path if is_taken else None
