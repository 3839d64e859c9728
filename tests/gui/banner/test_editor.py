"""The banner's editor: writing, ordering, saving, merging, and text restored after a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import SaveBanner
from editor.gui.banner.editor import BannerEditor
from editor.gui.kept.journal_writer import BANNER_ENTRY
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.fonts import skip_without_fonts
from tests.gui.conftest import CHIEF, EDITOR, WRITER, close
from tests.people import approving_banner
from tests.reading import reading

Settle = Callable[[], None]


@pytest.fixture
def editor(
    banner: Banner, session: Session, qtbot: QtBot, settle: Settle
) -> Iterator[BannerEditor]:
    made = BannerEditor(session)
    made.resize(620, 820)
    made.show()
    qtbot.waitUntil(lambda: made.preview.view is not None, timeout=20_000)
    settle()
    yield made
    made.hide()  # which saves
    settle()
    close(made, made.preview.view, qtbot)
    settle()


def titles(editor: BannerEditor) -> list[str]:
    return [card.title.text() for card in editor.cards.cards()]


def press(widget: QWidget, key: Qt.Key, text: str = "", alt: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))


def test_alt_and_arrow_keys_move_a_brief_and_undo_moves_it_back(editor: BannerEditor) -> None:
    first = editor.cards.cards()[0]
    first.title.setFocus()
    press(first.title, Qt.Key.Key_Down, alt=True)
    assert titles(editor) == ["Market hall to open early", "Ferry back on Monday"]
    press(first.title, Qt.Key.Key_Down, alt=True)
    assert titles(editor)[1] == "Ferry back on Monday", "the last one stays the last"
    editor.draft.stack.undo()
    assert titles(editor)[0] == "Ferry back on Monday"


def test_card_is_dragged_by_its_handle(editor: BannerEditor, qtbot: QtBot) -> None:
    first, last = editor.cards.cards()
    handle = first.handle
    target = editor.cards.mapToGlobal(last.geometry().bottomLeft() + QPoint(10, 4))
    for kind, at in (
        (QEvent.Type.MouseButtonPress, handle.mapToGlobal(QPoint(2, 2))),
        (QEvent.Type.MouseMove, target),
        (QEvent.Type.MouseButtonRelease, target),
    ):
        event = QMouseEvent(
            kind, QPointF(2, 2), QPointF(at), Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(handle, event)
    assert titles(editor) == ["Market hall to open early", "Ferry back on Monday"]


def test_typed_text_is_previewed_and_saved_by_itself(
    editor: BannerEditor, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    skip_without_fonts()
    press(editor.cards.cards()[0].title, Qt.Key.Key_X, "x")
    view = editor.preview.view
    assert view is not None
    found: list[object] = []

    def seen() -> bool:
        view.page.run_script("document.querySelector('.trends')?.innerText", found.append)
        return bool(found) and "Ferry back on Mondayx" in str(found[-1])

    qtbot.waitUntil(seen, timeout=20_000)
    qtbot.waitUntil(
        lambda: reading(desk).banner().briefs[0].title == "Ferry back on Mondayx", timeout=9_000
    )
    settle()
    assert desk.journal.read(BANNER_ENTRY) is None
    assert editor.draft.save_state.startswith("Saved")


def test_briefs_are_added_removed_and_restored_by_undo(
    editor: BannerEditor, desk: Desk, settle: Settle
) -> None:
    messages: list[tuple[str, object]] = []
    editor.draft._session.message.connect(lambda text, undo: messages.append((text, undo)))
    editor.add()
    assert titles(editor)[-1] == ""
    editor.draft.save()
    settle()
    assert len(reading(desk).banner().briefs) == 2, "an empty brief is not published"
    editor.cards.cards()[0].remove_asked.emit()
    assert titles(editor)[0] == "Market hall to open early"
    [(text, undo)] = messages
    assert "Ferry back on Monday" in text
    assert callable(undo)
    undo()
    assert titles(editor)[0] == "Ferry back on Monday"


def test_change_by_somebody_else_is_merged_and_nothing_is_lost(
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
    saved = reading(desk).banner().briefs
    assert [brief.title for brief in saved][-1] == "Snow in the hills"
    assert saved[0].summary.endswith("y")
    assert "Somebody else" in editor.bar.text()


def test_journal_of_a_saved_banner_is_removed_without_a_notice(
    banner: Banner, session: Session, desk: Desk, settle: Settle
) -> None:
    desk.journal.write(BANNER_ENTRY, {"banner": banner.to_json(), "base": Banner().to_json()})
    editor = BannerEditor(session)
    settle()
    assert editor.bar.text() == ""
    assert desk.journal.read(BANNER_ENTRY) is None
    editor.deleteLater()


def test_typed_text_is_restored_after_a_crash(
    banner: Banner, session: Session, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    typed = Banner((Brief("b1", "Typed before the crash", ""), *banner.briefs[1:]))
    desk.journal.write(BANNER_ENTRY, {"banner": typed.to_json(), "base": banner.to_json()})
    editor = BannerEditor(session)
    settle()
    assert titles(editor)[0] == "Typed before the crash"
    editor.draft.save()
    settle()
    assert reading(desk).banner().briefs[0].title == "Typed before the crash"
    assert desk.journal.read(BANNER_ENTRY) is None
    editor.deleteLater()


def test_editor_approves_what_a_journalist_proposed(
    editor: BannerEditor, desk: Desk, session: Session, settle: Settle
) -> None:
    assert editor.approval.chip.text() == "Waits for an editor"
    assert f"Proposed by {CHIEF}." in editor.approval.sentence.text()
    assert "second pair of eyes" in editor.approval.sentence.text(), "the chief wrote it"
    assert not editor.can_approve()
    session.set_person(EDITOR)
    assert editor.can_approve()
    editor.approve()
    settle()
    assert editor.approval.chip.text() == "Goes out"
    assert editor.approval.sentence.text() == f"Approved by {EDITOR} · signature verified."
    assert not editor.can_approve()
    assert reading(desk).banner_state().approved == reading(desk).banner()


def test_change_of_an_approved_banner_waits_again(
    editor: BannerEditor, desk: Desk, session: Session, settle: Settle
) -> None:
    desk.do(approving_banner(desk), EDITOR)
    session.check_for_changes()
    settle()
    assert editor.approval.chip.text() == "Goes out"
    session.set_person(WRITER)
    press(editor.cards.cards()[0].title, Qt.Key.Key_X, "x")
    assert editor.approval.chip.text() == "Waits for an editor"
    assert f"Proposed by {WRITER}." in editor.approval.sentence.text()
    assert "journalists don't approve" in editor.approval.sentence.text()
    assert "the one approved before" in editor.approval.sentence.text()
    editor.draft.save()
    settle()
    assert reading(desk).banner_state().needs_approval


def test_typing_with_a_locked_key_asks_nobody_and_loses_nothing(
    editor: BannerEditor, desk: Desk, session: Session, settle: Settle
) -> None:
    session.lock_keys()
    settle()
    press(editor.cards.cards()[0].title, Qt.Key.Key_X, "x")
    editor.draft.save()
    settle()
    assert editor.draft.save_state == "Kept on this computer"
    assert editor.bar.text() == ""
    assert desk.journal.read(BANNER_ENTRY) is not None
    session.keys.unlock(CHIEF, "test", owner=editor, done=editor.draft.save, failed=print)
    settle()
    assert reading(desk).banner().briefs[0].title.endswith("x")
    assert desk.journal.read(BANNER_ENTRY) is None


def test_times_of_a_brief_are_typed(editor: BannerEditor, desk: Desk, settle: Settle) -> None:
    card = editor.cards.cards()[0]
    assert card.starts.edit.accessibleName() == "Starts"
    card.starts.edit.setFocus()
    card.field_changed.emit("starts", "2026-12-01T06:00:00Z", False)
    card.field_changed.emit("expires", "2026-12-09T22:59:00Z", False)
    editor.draft.save()
    settle()
    brief = reading(desk).banner().briefs[0]
    assert (brief.starts, brief.expires) == ("2026-12-01T06:00:00Z", "2026-12-09T22:59:00Z")
    assert card.starts.edit.text().startswith("2026-12-01")


def test_a_brief_has_typographic_marks_and_one_undo_takes_one_back(editor: BannerEditor) -> None:
    title = editor.cards.cards()[0].title
    title.setFocus()
    title.select(0, len(title.text()))
    for character in '"Yes"':
        press(title, Qt.Key.Key_unknown, character)
    assert editor.draft.banner.briefs[0].title == "“Yes”"
    undone = []
    for _step in range(5):
        editor.draft.stack.undo()
        undone.append(editor.draft.banner.briefs[0].title)
    assert undone == ['“Yes"', "“Yes", "“", '"', "Ferry back on Monday"]
