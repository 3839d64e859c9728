"""A line under a caption that offers where and when its picture was taken, as the file says."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from editor.core.file_words import FileWords
from editor.core.times import parse_instant
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.layout import isolated
from editor.i18n import _


class TakenHint(SmallButton):
    """Hidden where there is nothing to offer; a click asks to insert what it shows."""

    wanted = Signal(str)
    """The words that belong at the end of the caption."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._offer = FileWords(), ""
        self.clicked.connect(lambda: self.wanted.emit(self._offer))
        self.hide()

    def show_words(self, words: FileWords, caption: str, language: str) -> None:
        """Offer what the caption does not say yet, in the story's language."""
        self._words = words
        self.show_caption(caption, language)

    def show_caption(self, caption: str, language: str) -> None:
        """Offer what a caption does not say yet."""
        self._offer = _missing(self._words, caption, language)
        self.setText(_("Taken: {place} – insert").format(place=isolated(self._offer)))
        self.setAccessibleName(_("Insert {place} into the caption").format(place=self._offer))
        self.setToolTip(_("The picture’s file says so; make sure that it is right"))
        self.setVisible(bool(self._offer))


def with_taken(caption: str, offer: str) -> str:
    """Return a caption with where and when at its end, as a sentence of its own."""
    return f"{caption.rstrip()} {offer}.".lstrip()


def _missing(words: FileWords, caption: str, language: str) -> str:
    day = ""
    if words.taken:
        from editor.proof.words import words as words_of  # noqa: PLC0415  Babel is large

        day = words_of(language or "en").day(parse_instant(f"{words.taken}T12:00:00Z"))
    city = words.place.partition(",")[0]
    place = "" if city and city.casefold() in caption.casefold() else words.place
    # Whoever wrote a day in any way has the year or the day's number in the caption.
    has_day = not day or day in caption or (not place and words.taken[:4] in caption)
    return ", ".join(filter(None, (place, "" if has_day else day)))
