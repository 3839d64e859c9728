"""How the window may look to different people: colours, the size of letters, and the language."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from editor import i18n
from editor.gui.interface_language import apply_language
from editor.gui.theme import apply_theme
from tests.catalogues import compile_catalogues
from tests.pseudo import PseudoTranslations

TWICE = 9.75
"""Points added to the letters that make them twice as large."""
PSEUDO = "en-XA"


class Look(NamedTuple):
    """A theme, points added to the interface's letters, and the language of what is made then."""

    theme: str = "light"
    larger: float = 0
    language: str = "en"


def use_look(app: QApplication, look: Look) -> None:
    """Give the application a look. A window that is there keeps its words."""
    use_words(app, look.language)
    apply_theme(app, look.theme, look.larger)


def use_words(app: QApplication, language: str) -> None:
    """Choose the language of what is made from now on, and the side that it is read from."""
    compile_catalogues()
    apply_language(app, "en" if language == PSEUDO else language)
    if language == PSEUDO:
        i18n._catalogue = PseudoTranslations()
