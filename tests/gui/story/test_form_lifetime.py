"""What the form does a moment later is not done once its fields are gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from editor.core.findings import TextPlace
from editor.core.story import Picture
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.form import StoryForm


def test_picture_that_somebody_goes_to_may_be_gone_before_it_is_brought_into_view(
    form: StoryForm, draft: Draft, opened: str
) -> None:
    draft.edit(replace(draft.typed, pictures=(Picture(caption="The quay."),)), "pictures")
    form.go_to(TextPlace("pictures/0/caption"))
    draft.edit(replace(draft.typed, pictures=()), "pictures")
    # As where the row is deleted first; an error in the loop of events would fail the test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert form.pictures.rows == []


@pytest.mark.parametrize("path", ["body", "headline"])
def test_form_may_be_gone_before_what_somebody_goes_to_is_brought_into_view(
    session: Session, draft: Draft, opened: str, path: str, qtbot: QtBot
) -> None:
    window = StoryForm(session, draft)
    window.show()
    window.go_to(TextPlace(path))
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert not isValid(window)
