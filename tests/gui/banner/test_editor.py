"""The banner's editor: writing, ordering, expiry, saving, and what a crash leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.core import times
from editor.core.brief import Banner, Brief
from editor.core.commands import SaveBanner
from editor.core.times import parse_instant
from editor.gui.banner.draft import JOURNAL_KEY
from editor.gui.banner.editor import BannerEditor
from editor.gui.banner.expiry import ExpiryField, night
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.gui.preview.conftest import close
from tests.reading import reading

Settle = Callable[[], None]


@pytest.fixture
def editor(
    banner: Banner, session: Session, qtbot: QtBot, settle: Settle
) -> Iterator[BannerEditor]:
    made = BannerEditor(session)
    made.resize(620, 820)
    made.show()
    qtbot.waitUntil(lambda: made.strip.view is not None, timeout=20_000)
    settle()
    yield made
    made.hide()  # which saves
    settle()
    close(made, made.strip.view, qtbot)
    settle()


def titles(editor: BannerEditor) -> list[str]:
    return [card.title.text() for card in editor.cards.cards()]


def press(widget: QWidget, key: Qt.Key, text: str = "", alt: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))


def test_alt_and_arrows_move_a_brief_and_undo_brings_it_back(editor: BannerEditor) -> None:
    first = editor.cards.cards()[0]
    first.title.setFocus()
    press(first.title, Qt.Key.Key_Down, alt=True)
    assert titles(editor) == ["Market hall to open early", "Ferry back on Monday"]
    press(first.title, Qt.Key.Key_Down, alt=True)
    assert titles(editor)[1] == "Ferry back on Monday", "the last one stays the last"
    editor.draft.stack.undo()
    assert titles(editor)[0] == "Ferry back on Monday"


def test_a_card_is_dragged_by_its_grip(editor: BannerEditor, qtbot: QtBot) -> None:
    first, last = editor.cards.cards()
    grip = first.grip
    target = editor.cards.mapToGlobal(last.geometry().bottomLeft() + QPoint(10, 4))
    for kind, at in (
        (QEvent.Type.MouseButtonPress, grip.mapToGlobal(QPoint(2, 2))),
        (QEvent.Type.MouseMove, target),
        (QEvent.Type.MouseButtonRelease, target),
    ):
        event = QMouseEvent(
            kind, QPointF(2, 2), QPointF(at), Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(grip, event)
    assert titles(editor) == ["Market hall to open early", "Ferry back on Monday"]


def test_what_is_typed_is_seen_below_and_saved_by_itself(
    editor: BannerEditor, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    press(editor.cards.cards()[0].title, Qt.Key.Key_X, "x")
    view = editor.strip.view
    assert view is not None
    found: list[object] = []

    def seen() -> bool:
        view.page.do("document.querySelector('.trends')?.innerText", found.append)
        return bool(found) and "Ferry back on Mondayx" in str(found[-1])

    qtbot.waitUntil(seen, timeout=20_000)
    qtbot.waitUntil(
        lambda: reading(desk).banner().briefs[0].title == "Ferry back on Mondayx", timeout=9_000
    )
    settle()
    assert desk.journal.read(JOURNAL_KEY) is None
    assert editor.draft.save_state.startswith("Saved")


def test_add_remove_and_undo(editor: BannerEditor, desk: Desk, settle: Settle) -> None:
    told: list[tuple[str, object]] = []
    editor.draft._session.message.connect(lambda text, undo: told.append((text, undo)))
    editor.add()
    assert titles(editor)[-1] == ""
    editor.draft.save()
    settle()
    assert len(reading(desk).banner().briefs) == 2, "an empty brief is not published"
    editor.cards.cards()[0].remove_asked.emit()
    assert titles(editor)[0] == "Market hall to open early"
    [(text, undo)] = told
    assert "Ferry back on Monday" in text
    assert callable(undo)
    undo()
    assert titles(editor)[0] == "Ferry back on Monday"


def test_somebody_elses_change_is_joined_and_nothing_is_lost(
    editor: BannerEditor, desk: Desk, session: Session, settle: Settle
) -> None:
    theirs = Banner(
        (*reading(desk).banner().briefs, Brief("b9", "Snow in the hills", "Roads are shut."))
    )
    press(editor.cards.cards()[0].summary, Qt.Key.Key_Y, "y")
    desk.do(SaveBanner(theirs, reading(desk).banner().hash), session.person.name)  # another window
    editor.draft.save()
    settle()
    editor.draft.save()
    settle()
    kept = reading(desk).banner().briefs
    assert [brief.title for brief in kept][-1] == "Snow in the hills"
    assert kept[0].summary.endswith("y")
    assert "Somebody else" in editor.bar.text()


def test_after_a_crash_the_text_is_there(
    banner: Banner, session: Session, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    typed = Banner((Brief("b1", "Typed before the crash", ""), *banner.briefs[1:]))
    desk.journal.write(JOURNAL_KEY, {"banner": typed.to_json(), "base": banner.to_json()})
    editor = BannerEditor(session)
    settle()
    assert titles(editor)[0] == "Typed before the crash"
    editor.draft.save()
    settle()
    assert reading(desk).banner().briefs[0].title == "Typed before the crash"
    assert desk.journal.read(JOURNAL_KEY) is None
    editor.deleteLater()


def test_an_unreadable_expiry_is_told_beside_it_and_changes_nothing(qtbot: QtBot) -> None:
    field = ExpiryField()
    qtbot.addWidget(field)
    chosen: list[str] = []
    field.chosen.connect(chosen.append)
    field.show_expiry("2999-01-02T03:04:00Z")
    for text in ("soon", "2026-13-01", "99999-01-01", "\u0660"):
        field.edit.setText(text)
        field.edit.textEdited.emit(text)
        assert "2026-03-03 18:00" in field.problem()
    field.show_expiry("2999-01-02T03:04:00Z")
    assert field.edit.text() == "\u0660", "what is being typed is left alone"
    assert chosen == []
    field.edit.setText("2020-01-01 10:00")
    field.edit.textEdited.emit("2020-01-01 10:00")
    assert "over" in field.problem()
    assert parse_instant(chosen[0]).astimezone().hour == 10
    field._take(None)
    assert (chosen[-1], field.problem()) == ("", "")


def test_tonight_is_the_last_minute_of_the_day() -> None:
    now = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    for days in (0, 1, 7):
        until = parse_instant(night(now, days)).astimezone()
        assert (until.hour, until.minute) == (23, 59)
        assert (until.date() - now.astimezone().date()).days == days
    assert parse_instant(night(times.now(), 1)) > times.now()
