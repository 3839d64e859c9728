"""Where and when a picture was taken is offered as long as its caption does not say it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from editor.core.file_words import FileWords
from editor.gui.story.taken_hint import TakenHint, with_taken

WORDS = FileWords(place="Jeddah, Saudi Arabia", taken="2026-03-03")


@pytest.mark.parametrize(
    ("caption", "language", "offer"),
    [
        ("", "en", "Jeddah, Saudi Arabia, 3 March 2026"),
        ("A ferry in Jeddah.", "en", "3 March 2026"),
        ("A ferry in Jeddah, 2026.", "en", ""),
        ("A ferry, 2026.", "en", "Jeddah, Saudi Arabia, 3 March 2026"),
        ("", "fr", "Jeddah, Saudi Arabia, 3 mars 2026"),
    ],
)
def test_hint_offers_what_the_caption_does_not_say(
    qtbot: QtBot, caption: str, language: str, offer: str
) -> None:
    hint = TakenHint()
    qtbot.addWidget(hint)
    hint.show_words(WORDS, caption, language)
    assert hint.isHidden() is not bool(offer)
    assert offer in hint.text()
    assert offer in hint.accessibleName()


def test_nothing_is_offered_where_the_file_says_nothing(qtbot: QtBot) -> None:
    hint = TakenHint()
    qtbot.addWidget(hint)
    hint.show_words(FileWords(caption="A quay"), "", "en")
    assert hint.isHidden()


def test_offer_is_a_sentence_at_the_end_of_the_caption() -> None:
    assert with_taken("A ferry. ", "Oslo") == "A ferry. Oslo."
    assert with_taken("", "Oslo") == "Oslo."


def test_long_place_is_no_wider_than_its_column(qtbot: QtBot) -> None:
    hint = TakenHint()
    qtbot.addWidget(hint)
    hint.show_words(FileWords(place="Llanfairpwllgwyngyll " * 8), "", "en")
    assert hint.minimumSizeHint().width() <= 100
    assert hint.sizeHint().width() > 400
    assert hint.heightForWidth(200) > 4 * hint.sizeHint().height() // 2
    hint.resize(200, hint.heightForWidth(200))
    assert "Llanfairpwllgwyngyll" in hint.toolTip()
    assert not hint.grab().isNull()
