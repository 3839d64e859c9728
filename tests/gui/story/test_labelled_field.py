"""The counts above the fields: of all and of what is selected, against the paper's limit."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from editor.gui.story.form import StoryForm
from editor.gui.story.labelled_field import BoundField
from tests.gui.hands import Hands


def cell(form: StoryForm, path: str) -> BoundField:
    [found] = [part for part in form.parts if isinstance(part, BoundField) and part.path == path]
    return found


@pytest.mark.usefixtures("opened")
def test_headline_is_counted_by_characters_against_the_limit(form: StoryForm, hands: Hands) -> None:
    count = cell(form, "headline").label.count
    form.headline.select(0, len(form.headline.text()))
    hands.type(form.headline, "Café opens 👩‍🌾")
    limit = form.session.house.limit("headline")
    assert count() == f"12 of {limit}", "an emoji of several code points is one character"
    form.headline.select(0, 4)
    assert count() == f"4 selected, 12 of {limit}"
    form.headline.select(4, 4)
    assert count() == f"12 of {limit}"


@pytest.mark.usefixtures("opened")
def test_body_is_counted_by_words_without_marks(
    form: StoryForm, hands: Hands, qtbot: QtBot
) -> None:
    form.body.select(0, len(form.body.text()))
    hands.type(form.body, "Four **boats** sailed [north](https://sea.example).")
    label = cell(form, "body").label
    qtbot.waitUntil(lambda: label.count() == "Markdown · 4 words · 1 min read")
    form.body.select(0, len("Four **boats**"))
    assert label.count() == "2 of 4 words"


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("path", "words"), [("headline", "an emoji"), ("body", "238 words")])
def test_what_is_counted_is_explained(form: StoryForm, path: str, words: str) -> None:
    tips = [label.toolTip() for label in cell(form, path).label.findChildren(QLabel)]
    assert any(words in tip for tip in tips)
