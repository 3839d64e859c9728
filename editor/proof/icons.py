"""The paper's icons for browsers and home screens: its logo, or else a mark made of its name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from editor.core.edition import PictureSource
from editor.core.house import House
from editor.core.rendition import Rendition
from editor.errors import NotFound, PictureDamaged, UnreadablePicture
from editor.i18n import _
from editor.proof.picture_recipes import recipe
from editor.text.xml import escape

if TYPE_CHECKING:
    from PIL import ImageDraw

_WIDTHS: Final = (32, 180, 192, 512)
"""A browser's tab, an iPhone's home screen, Android's and its start screen."""
_MASKABLE: Final = 512

_COLOURS: Final = (
    "#7a1f1f", "#8a4b08", "#4d5a12", "#1d5c3a", "#0f5a63", "#1f4a86", "#453a8a", "#7a2a63",
)  # fmt: skip
"""Dark enough for white letters on them: at least 6 : 1 (WCAG 2.2, 1.4.3 asks for 4.5)."""
_LEFT_OUT: Final = frozenset({"the", "a", "le", "la", "les", "el", "los", "der", "die", "das"})
_ARTICLE: Final = "ال"
_FINE = 4
"""How much larger icons are drawn, to be smooth once they are shrunk."""


@dataclass(frozen=True, slots=True)
class IconFile:
    """One icon: its path from the top of the site and its width in pixels, 0 for a drawing.

    A `maskable` one may be cut to a circle of 80 % of its width (Web App Manifest, 4.3).
    `name` is the paper's. `logo` is the file of its logo; without one it is a monogram.
    """

    path: str
    width: int
    maskable: bool
    name: str
    logo: str

    @property
    def key(self) -> str:
        """A hash of all that goes into its bytes."""
        parts = (self.name, self.logo, recipe(self._rendition))
        return sha256("\0".join(parts).encode()).hexdigest()

    def make(self, source: PictureSource) -> bytes:
        """Return the icon's bytes. Raises NotFound, PictureDamaged, UnreadablePicture."""
        if not self.width:
            return monogram_svg(self.name)
        if not self.logo:
            return monogram_png(self.name, self.width)
        try:
            return source.encoded(self.logo, self._rendition)
        except (NotFound, PictureDamaged, UnreadablePicture) as error:
            raise type(error)(
                _("The paper's logo: {problem}").format(problem=error.sentence),
                _("Choose it again in File › The paper."),
            ) from error

    @property
    def _rendition(self) -> Rendition:
        kind = "maskable" if self.maskable else "icon"
        return Rendition(self.path, self.width, self.width, kind)


def icon_files(house: House) -> tuple[IconFile, ...]:
    """Return the icons of a paper, narrowest first; the second is a drawing without a logo.

    The first and the last are squares, for those who take no other.
    """
    logo = house.logo
    narrowest, *others = (
        IconFile(f"assets/icon-{width}.png", width, False, house.name, logo) for width in _WIDTHS
    )
    drawing = () if logo else (IconFile("assets/icon.svg", 0, False, house.name, ""),)
    path = f"assets/icon-{_MASKABLE}-maskable.png"
    return narrowest, *drawing, *others, IconFile(path, _MASKABLE, True, house.name, logo)


def monogram(name: str) -> str:
    """Return the initials of a paper's first two words, or the first letter of another script.

    Articles are left out where another word follows.
    """
    words = [word for word in name.split() if any(map(str.isalnum, word))]
    words = [word for word in words if word.casefold() not in _LEFT_OUT] or words
    initials = [_initial(word) for word in words[:2]]
    if not initials:
        return ""
    return "".join(initials) if all(map(_is_latin, initials)) else initials[0]


def monogram_svg(name: str) -> bytes:
    """Draw the monogram in the reader's fonts, in any script, on the paper's colour."""
    letters = monogram(name)
    size = 200 if len(letters) > 1 else 320
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
        f'<rect width="512" height="512" rx="72" fill="{_colour(name)}"/>'
        f'<text x="256" y="268" font-family="Georgia, serif" font-size="{size}" '
        'font-weight="700" fill="#fff" text-anchor="middle" dominant-baseline="central">'
        f"{escape(letters)}</text></svg>\n"
    ).encode()


@lru_cache(maxsize=16)  # shrinking it takes longer than many an export
def monogram_png(name: str, width: int) -> bytes:
    """Draw the monogram on the paper's colour, inside the middle four fifths; the same each time.

    Only the letters of English have a font that is the same on every computer. For other
    names it is a page of a newspaper.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415  most exports make no icon

    side = width * _FINE
    icon = Image.new("RGB", (side, side), _colour(name))
    letters = "".join(map(_plain, monogram(name)))
    draw = ImageDraw.Draw(icon)
    if letters.isascii() and letters.isalnum():
        _draw_letters(draw, letters, side)
    else:
        _draw_newspaper(draw, _colour(name), side)
    icon = icon.resize((width, width), Image.Resampling.LANCZOS)
    out = BytesIO()
    icon.save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw_letters(draw: ImageDraw.ImageDraw, letters: str, side: int) -> None:
    from PIL import ImageFont  # noqa: PLC0415

    font = ImageFont.load_default(side * (0.4 if len(letters) > 1 else 0.56))
    draw.text(
        (side / 2, side / 2),
        letters,
        "white",
        font,
        "mm",
        stroke_width=side / 70,
        stroke_fill="white",
    )


def _draw_newspaper(draw: ImageDraw.ImageDraw, colour: str, side: int) -> None:
    """Draw a white page with a masthead, a picture and lines of text in two columns."""
    unit = side / 32

    def bar(left: float, top: float, right: float, bottom: float, fill: str) -> None:
        draw.rectangle((left * unit, top * unit, right * unit - 1, bottom * unit - 1), fill)

    bar(7, 7, 25, 25, "white")
    bar(9, 9, 23, 12, colour)
    bar(9, 14, 15.5, 20, colour)
    for line in (14, 16.5, 19):
        bar(17, line, 23, line + 1.2, colour)
    bar(9, 21.6, 23, 22.8, colour)


def _initial(word: str) -> str:
    """Return the first letter of a word, with the marks that belong to it."""
    word = unicodedata.normalize("NFC", word)
    if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 1:
        word = word.removeprefix(_ARTICLE)
    at = next(i for i, character in enumerate(word) if character.isalnum())
    end = at + 1
    while end < len(word) and unicodedata.category(word[end]).startswith("M"):
        end += 1
    return word[at:end].upper()


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter[0], "").startswith(("LATIN", "DIGIT"))


def _plain(letter: str) -> str:
    """Return a letter without its accents: É is E."""
    return unicodedata.normalize("NFD", letter)[0]


def _colour(name: str) -> str:
    return _COLOURS[sha256(name.encode()).digest()[0] % len(_COLOURS)]
