"""The preview as the window shows it: a real web engine on a real desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.gui.draft.draft import Draft
from editor.gui.page.engine import LockedPage
from editor.gui.page.page_view import PageView
from editor.gui.preview.pane import PreviewPane
from editor.gui.session import Session

Settle = Callable[[], None]
Ask = Callable[[LockedPage, str], object]


@pytest.fixture
def draft(session: Session, settle: Settle) -> Iterator[Draft]:
    """A draft that is left safely at the end, as the window does."""
    made = Draft(session)
    yield made
    made.close()
    settle()


@pytest.fixture
def pane(session: Session, draft: Draft, qtbot: QtBot, settle: Settle) -> Iterator[PreviewPane]:
    """The pane, shown and with its engine running."""
    made = PreviewPane(session, draft)
    made.resize(480, 800)
    made.show()
    qtbot.waitUntil(lambda: made.view is not None, timeout=20_000)
    yield made
    settle()
    close(made, made.view, qtbot)


@pytest.fixture
def ask(qtbot: QtBot) -> Ask:
    """Run a script of ours in the page and give its value."""

    def run(page: LockedPage, script: str) -> object:
        answers: list[object] = []
        page.do(script, answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
        return answers[0]

    return run


@pytest.fixture
def open_story(
    session: Session, pane: PreviewPane, draft: Draft, qtbot: QtBot, settle: Settle
) -> Callable[[str], None]:
    """Open a story and wait until its page is there."""

    def go(story_id: str) -> None:
        session.reread()
        settle()
        draft.open(story_id)
        qtbot.waitUntil(lambda: draft.key == story_id)
        shown(pane, draft, qtbot, settle)

    return go


@pytest.fixture
def follow(pane: PreviewPane, draft: Draft, qtbot: QtBot, settle: Settle) -> Callable[[], None]:
    """Wait until the page holds the draft as it is."""
    return lambda: shown(pane, draft, qtbot, settle)


def shown(pane: PreviewPane, draft: Draft, qtbot: QtBot, settle: Settle) -> None:
    """Wait until the engine's article is the renderer's, byte for byte."""
    settle()
    view = pane.view
    assert view is not None

    found: list[object] = []

    def same() -> bool:
        view.page.do("document.querySelector('article')?.outerHTML", found.append)
        sheet = view.sheet
        if view.loading or not found or sheet is None or sheet.article is None:
            return False
        return found[-1] == sheet.article.html

    qtbot.waitUntil(same, timeout=20_000)


def close(widget: QWidget, view: PageView | None, qtbot: QtBot) -> None:
    """Let the engine go in its order, and the widget after it."""
    if view is not None:
        with qtbot.waitSignal(view.page.destroyed, timeout=20_000):
            view.release()
    widget.close()
    widget.deleteLater()
