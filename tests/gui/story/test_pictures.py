"""Pictures come by file, drop and paste; bad ones are explained beside the pictures."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.core.findings import TextPlace
from editor.core.picture_reference import picture_reference
from editor.core.story import Picture
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.story.picture_row import PictureRow
from editor.proof.renditions import crops, site_renditions
from editor.store.desk import Desk
from tests.proof import embedded
from tests.proof.odd_pictures import drawn


@pytest.fixture
def pictured(form: StoryForm, draft: Draft, opened: str, jpeg: bytes, qtbot: QtBot) -> StoryForm:
    """An open story with one picture."""
    form.pictures.add_pictures([jpeg])
    qtbot.waitUntil(lambda: len(form.pictures.rows) == 1)
    return form


def files(*paths: Path) -> QMimeData:
    """Return files as they are dropped."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_dropped_file_becomes_a_picture(
    form: StoryForm,
    draft: Draft,
    desk: Desk,
    opened: str,
    jpeg: bytes,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    (tmp_path / "boat.jpg").write_bytes(jpeg)
    data = files(tmp_path / "boat.jpg")
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    bare = Qt.KeyboardModifier.NoModifier
    field = form.body.viewport()
    QApplication.sendEvent(field, QDragEnterEvent(QPoint(50, 50), *held, bare))
    QApplication.sendEvent(field, QDropEvent(QPointF(50, 50), *held, bare))
    qtbot.waitUntil(lambda: len(draft.typed.pictures) == 1)
    [picture] = draft.typed.pictures
    assert desk.pictures.read(picture.file) == jpeg
    assert (picture.width, picture.height) == (640, 480)


def test_added_picture_is_rendered_ahead_so_that_an_export_only_reads(
    form: StoryForm,
    draft: Draft,
    desk: Desk,
    opened: str,
    jpeg: bytes,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STONEHAND_RENDITIONS", str(tmp_path / "renditions"))
    vars(desk).pop("pictures", None)  # another is made, which finds the folder
    form.pictures.add_pictures([jpeg])
    qtbot.waitUntil(lambda: len(draft.typed.pictures) == 1)
    qtbot.waitUntil(lambda: not draft.session.jobs.busy, timeout=60_000)
    [picture] = draft.typed.pictures
    names = [path.name for path in (tmp_path / "renditions").iterdir()]
    kept = sum("words" not in name for name in names)
    assert kept == len(site_renditions(picture)) + len(crops(picture))
    rendered = list[object]()
    monkeypatch.setattr("editor.store.pictures.render", lambda *call: rendered.append(call))
    assert all(desk.pictures.encoded(picture.file, size) for size in site_renditions(picture))
    assert rendered == []


def test_pasted_image_becomes_a_picture(
    form: StoryForm, draft: Draft, desk: Desk, opened: str, qtbot: QtBot
) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    data = QMimeData()
    data.setImageData(image)
    form.body.insertFromMimeData(data)
    qtbot.waitUntil(lambda: len(draft.typed.pictures) == 1)
    [picture] = draft.typed.pictures
    assert (picture.width, picture.height) == (60, 40)
    assert draft.typed.body.startswith("The harbour"), "nothing went into the text"


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("broken.jpg", b"\xff\xd8\xff\xe0 not a picture", ""),
        ("empty.png", b"", ""),
    ],
)
def test_bad_picture_is_explained_beside_the_pictures(
    form: StoryForm,
    draft: Draft,
    opened: str,
    tmp_path: Path,
    qtbot: QtBot,
    name: str,
    data: bytes,
    part: str,
) -> None:
    (tmp_path / name).write_bytes(data)
    assert form.pictures.add_from(files(tmp_path / name))
    qtbot.waitUntil(lambda: form.pictures.problem.text() != "")
    assert part in form.pictures.problem.text()
    qtbot.waitUntil(lambda: not form.pictures.problem.visibleRegion().isEmpty())
    assert draft.typed.pictures == ()


def test_picture_is_not_added_to_a_story_opened_meanwhile(
    form: StoryForm, draft: Draft, opened: str, jpeg: bytes, settle: Any
) -> None:
    form.pictures.add_pictures([jpeg])
    draft.new()
    settle()
    assert draft.typed.pictures == ()


def test_truncated_picture_is_refused_and_the_others_stay(
    pictured: StoryForm, draft: Draft, jpeg: bytes, qtbot: QtBot
) -> None:
    pictured.pictures.add_pictures([jpeg[: len(jpeg) // 2]])
    qtbot.waitUntil(lambda: pictured.pictures.problem.text() != "")
    assert len(draft.typed.pictures) == 1


def test_words_about_a_picture_reach_the_draft(
    pictured: StoryForm, draft: Draft, hands: Any
) -> None:
    [row] = pictured.pictures.rows
    for name in ("caption", "alt", "credit", "rights", "usage"):
        hands.type(row.cells[name].field, f"{name} é")
        assert getattr(draft.typed.pictures[0], name) == f"{name} é"
    row.decorative.click()
    assert draft.typed.pictures[0].decorative
    assert not row.cells["alt"].field.isEnabled()
    draft.undo()
    assert not row.decorative.isChecked()


def test_click_moves_the_focal_point(pictured: StoryForm, draft: Draft, qtbot: QtBot) -> None:
    thumbnail = pictured.pictures.rows[0].thumbnail
    qtbot.waitUntil(lambda: not thumbnail._image.isNull())
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(thumbnail, left, pos=QPoint(thumbnail.width() // 4, thumbnail.height() // 4))
    x, y = draft.typed.pictures[0].focus
    assert x == pytest.approx(0.25, abs=0.02)
    assert y == pytest.approx(0.25, abs=0.02)
    draft.undo()
    assert draft.typed.pictures[0].focus == (0.5, 0.5)
    assert thumbnail.hasFocus()


def test_dragging_the_focal_point_is_one_step(
    pictured: StoryForm, draft: Draft, qtbot: QtBot
) -> None:
    thumbnail = pictured.pictures.rows[0].thumbnail
    qtbot.waitUntil(lambda: not thumbnail._image.isNull())
    steps = draft.stack.count()
    QTest.mousePress(thumbnail, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    for x in (30, 50, 70):
        at = QPointF(x, 20)
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            thumbnail.mapToGlobal(at),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(thumbnail, move)
    assert draft.stack.count() == steps + 1
    assert draft.typed.pictures[0].focus[0] == pytest.approx(70 / thumbnail.width(), abs=0.01)


def test_arrows_move_the_focal_point_within_the_picture(
    pictured: StoryForm, draft: Draft, hands: Any
) -> None:
    thumbnail = pictured.pictures.rows[0].thumbnail
    shift = Qt.KeyboardModifier.ShiftModifier
    hands.press(thumbnail, Qt.Key.Key_Right)
    hands.press(thumbnail, Qt.Key.Key_Down, "", shift)
    assert draft.typed.pictures[0].focus == (0.52, 0.6)
    for _press in range(9):
        hands.press(thumbnail, Qt.Key.Key_Left, "", shift)
    assert draft.typed.pictures[0].focus == (0.0, 0.6)
    assert "0 percent from the left" in thumbnail.accessibleDescription()
    hands.press(thumbnail, Qt.Key.Key_Home)
    assert draft.typed.pictures[0].focus == (0.5, 0.5)


def test_removing_a_picture_can_be_undone(pictured: StoryForm, draft: Draft, hands: Any) -> None:
    hands.type(pictured.pictures.rows[0].cells["caption"].field, "The Gull")
    pictured.pictures.rows[0].remove.click()
    assert draft.typed.pictures == ()
    assert pictured.pictures.rows == []
    draft.undo()
    assert draft.typed.pictures[0].caption == "The Gull"
    assert pictured.pictures.rows[0].cells["caption"].field.text() == "The Gull"


def test_another_picture_can_be_made_first(
    pictured: StoryForm, draft: Draft, hands: Any, jpeg: bytes, qtbot: QtBot
) -> None:
    hands.type(pictured.pictures.rows[0].cells["caption"].field, "First")
    pictured.pictures.add_pictures([jpeg])
    qtbot.waitUntil(lambda: len(pictured.pictures.rows) == 2)
    hands.type(pictured.pictures.rows[1].cells["caption"].field, "Second")
    pictured.pictures.rows[1].make_first.click()
    assert [picture.caption for picture in draft.typed.pictures] == ["Second", "First"]
    assert pictured.pictures.rows[0].cells["caption"].field.text() == "Second"


def test_place_of_a_picture_is_its_caption(pictured: StoryForm) -> None:
    pictured.go_to(TextPlace("pictures/0"))
    assert pictured.pictures.rows[0].cells["caption"].field.hasFocus()
    pictured.go_to(TextPlace("pictures/0/alt"))
    assert pictured.pictures.rows[0].cells["alt"].field.hasFocus()


def test_form_deleted_while_a_picture_is_added(
    session: Session, draft: Draft, jpeg: bytes, settle: Any
) -> None:
    form = StoryForm(session, draft)
    draft.new()
    form.pictures.add_pictures([jpeg])
    settle()
    form.pictures.add_pictures([jpeg])
    shiboken6.delete(form)
    settle()
    assert len(draft.typed.pictures) == 1
    draft.undo()
    assert draft.typed.pictures == ()


SEED = Picture(caption="The new quay.", credit="AP", alt="A quay at dawn")


@pytest.fixture
def seeded(form: StoryForm, draft: Draft, opened: str) -> PictureRow:
    """The row of a picture that has its words and waits for its file."""
    draft.edit(replace(draft.typed, pictures=(SEED,)), "pictures")
    [picture] = form.pictures.rows
    return picture


def test_picture_without_a_file_gets_one_and_keeps_its_words(
    seeded: PictureRow, form: StoryForm, draft: Draft, jpeg: bytes, qtbot: QtBot
) -> None:
    assert seeded.choose_file.text() == "Choose…"
    assert seeded.choose_file in list(form.pictures.tab_stops())
    qtbot.waitUntil(lambda: any(f.check == "picture-file" for f in draft.open_story.findings))
    form.go_to(TextPlace("pictures/0/file"))
    assert seeded.choose_file.hasFocus()
    seeded.replace_by(jpeg)
    qtbot.waitUntil(lambda: draft.typed.pictures[0].file != "")
    [picture] = draft.typed.pictures
    assert (picture.width, picture.height) == (640, 480)
    assert replace(picture, file="", width=0, height=0) == SEED
    assert seeded.problem.text() == "", "these words were written for this file"
    assert seeded.choose_file.text() == "Replace…"
    qtbot.waitUntil(lambda: not seeded.thumbnail._image.isNull())
    qtbot.waitUntil(lambda: not any(f.check == "picture-file" for f in draft.open_story.findings))
    draft.undo()
    assert draft.typed.pictures == (SEED,)


def test_file_that_was_chosen_last_is_shown_though_the_one_before_is_stored_first(
    seeded: PictureRow,
    draft: Draft,
    session: Session,
    jpeg: bytes,
    settle: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first_is_stored = threading.Event()
    add = type(session.desk.pictures).add

    def slow_add(pictures: Any, source: bytes) -> Picture:
        if source != jpeg:
            assert first_is_stored.wait(20)
        try:
            return add(pictures, source)
        finally:
            first_is_stored.set()

    monkeypatch.setattr(type(session.desk.pictures), "add", slow_add)
    seeded.replace_by(jpeg)
    seeded.replace_by(drawn(size=(300, 200)))
    settle()
    assert draft.typed.pictures[0].size == (300, 200)
    draft.undo()
    assert draft.typed.pictures == (SEED,)


def test_click_where_no_picture_is_asks_for_it_and_changes_nothing(
    seeded: PictureRow, draft: Draft, hands: Any
) -> None:
    asked: list[bool] = []
    seeded.thumbnail.file_wanted.disconnect()
    seeded.thumbnail.file_wanted.connect(lambda: asked.append(True))
    QTest.mouseClick(seeded.thumbnail, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    hands.press(seeded.thumbnail, Qt.Key.Key_Right)
    hands.press(seeded.thumbnail, Qt.Key.Key_Space)
    assert asked == [True, True]
    assert draft.typed.pictures == (SEED,), "there is no focal point to move"
    assert seeded.thumbnail.accessibleDescription() == "No file yet"
    seeded.thumbnail.set_read_only(True)
    hands.press(seeded.thumbnail, Qt.Key.Key_Return)
    assert len(asked) == 2


def test_replaced_picture_keeps_its_words_and_asks_whether_they_fit(
    seeded: PictureRow, draft: Draft, jpeg: bytes, qtbot: QtBot
) -> None:
    seeded.replace_by(jpeg)
    qtbot.waitUntil(lambda: draft.typed.pictures[0].file != "")
    first = draft.typed.pictures[0]
    draft.set_value("pictures/0/focus", (0.1, 0.2))
    seeded.replace_by(drawn(size=(300, 200)))
    qtbot.waitUntil(lambda: draft.typed.pictures[0].file != first.file)
    second = draft.typed.pictures[0]
    assert (second.caption, second.credit, second.alt) == ("The new quay.", "AP", "A quay at dawn")
    assert (second.width, second.focus) == (300, (0.5, 0.5))
    assert "picture before" in seeded.problem.text()
    press(seeded, "Clear them")
    assert draft.typed.pictures[0] == replace(second, caption="", credit="", alt="")
    draft.undo()
    assert draft.typed.pictures[0] == second
    draft.undo()
    assert draft.typed.pictures[0].file == first.file
    assert seeded.problem.text() == ""


def test_text_shows_the_file_that_replaced_the_one_it_showed(
    seeded: PictureRow, form: StoryForm, draft: Draft, jpeg: bytes, qtbot: QtBot
) -> None:
    seeded.replace_by(jpeg)
    qtbot.waitUntil(lambda: draft.typed.pictures[0].file != "")
    first = draft.typed.pictures[0].file
    body = f"One.\n\n{picture_reference(first)}\n\nTwo. `{picture_reference(first)}`"
    draft.edit(replace(draft.typed, body=body), "body")
    seeded.replace_by(drawn(size=(300, 200)))
    qtbot.waitUntil(lambda: draft.typed.pictures[0].file != first)
    after = body.replace(picture_reference(first), picture_reference(draft.typed.pictures[0].file))
    assert after != body
    assert draft.typed.body == form.body.text() == after
    draft.undo()
    assert (draft.typed.body, draft.typed.pictures[0].file) == (body, first)
    assert form.body.text() == body


def test_text_keeps_a_file_that_another_picture_has_too(
    seeded: PictureRow, draft: Draft, jpeg: bytes, qtbot: QtBot
) -> None:
    seeded.replace_by(jpeg)
    qtbot.waitUntil(lambda: draft.typed.pictures[0].file != "")
    [first], shown = draft.typed.pictures, picture_reference(draft.typed.pictures[0].file)
    draft.edit(replace(draft.typed, pictures=(first, first), body=shown), "body")
    seeded.replace_by(drawn(size=(300, 200)))
    qtbot.waitUntil(lambda: draft.typed.pictures[0].file != first.file)
    assert draft.typed.body == shown


def test_words_of_a_replaced_picture_can_be_kept(
    seeded: PictureRow, draft: Draft, jpeg: bytes, qtbot: QtBot
) -> None:
    for data in (jpeg, drawn()):
        before = draft.typed.pictures[0].file
        seeded.replace_by(data)
        qtbot.waitUntil(lambda before=before: draft.typed.pictures[0].file != before)
    press(seeded, "Keep them")
    assert draft.typed.pictures[0].caption == "The new quay."
    assert seeded.problem.text() == ""


def test_damaged_file_is_repaired_by_the_original(
    seeded: PictureRow, draft: Draft, desk: Desk, jpeg: bytes, qtbot: QtBot
) -> None:
    seeded.replace_by(jpeg)
    qtbot.waitUntil(lambda: draft.typed.pictures[0].file != "")
    whole, path = draft.typed, desk.path / "pictures" / draft.typed.pictures[0].file
    altered = bytearray(jpeg)
    altered[-9] ^= 1
    path.write_bytes(altered)
    seeded.load()
    draft.check_again()
    qtbot.waitUntil(lambda: seeded.thumbnail.missing == "The file was altered")
    qtbot.waitUntil(lambda: any(f.check == "picture-file" for f in draft.open_story.findings))
    seeded.replace_by(jpeg)
    qtbot.waitUntil(lambda: not seeded.thumbnail._image.isNull())
    qtbot.waitUntil(lambda: not any(f.check == "picture-file" for f in draft.open_story.findings))
    assert path.read_bytes() == jpeg
    assert draft.typed == whole
    assert seeded.problem.text() == "", "it is the same picture"


def test_file_that_is_no_picture_leaves_the_picture_as_it_was(
    seeded: PictureRow, draft: Draft, qtbot: QtBot
) -> None:
    seeded.replace_by(b"no picture")
    qtbot.waitUntil(lambda: seeded.problem.text() != "")
    assert draft.typed.pictures == (SEED,)


AGENCY = embedded.jpeg(embedded.packet(embedded.AGENCY))


def test_added_picture_has_the_words_of_its_file_and_one_undo_takes_all(
    form: StoryForm, draft: Draft, opened: str, qtbot: QtBot
) -> None:
    before = draft.typed
    form.pictures.add_pictures([AGENCY])
    qtbot.waitUntil(lambda: len(draft.typed.pictures) == 1)
    [picture] = draft.typed.pictures
    assert picture.caption == "A ferry leaves Jeddah."
    assert picture.credit == "Gulf Wire/Nour Haddad"
    assert picture.alt == "A white ferry"
    assert picture.rights == "© 2026 Gulf Wire"
    [row] = form.pictures.rows
    assert row.cells["usage"].field.text() == "ONE TIME USE ONLY No sales. Until 2026-12-31."
    qtbot.waitUntil(lambda: any(f.check == "picture-usage" for f in draft.open_story.findings))
    draft.undo()
    assert draft.typed == before


def test_nothing_of_a_picture_is_wider_than_its_place(
    form: StoryForm, draft: Draft, opened: str, jpeg: bytes, qtbot: QtBot
) -> None:
    form.pictures.add_pictures([AGENCY, jpeg])
    qtbot.waitUntil(lambda: len(form.pictures.rows) == 2)
    first, second = form.pictures.rows
    qtbot.waitUntil(first.taken.isVisible)
    form.resize(380, 600)
    qtbot.waitUntil(lambda: form.widget().width() == form.viewport().width())
    room = form.viewport().width()
    parts = [part for row in (first, second) for part in row.findChildren(QWidget)]
    seen = [part for part in parts if part.isVisible()]
    assert seen
    assert max(part.mapTo(form.viewport(), part.rect().topRight()).x() for part in seen) < room
    assert first.make_first.isHidden(), "it is the first"
    assert second.make_first.isVisible()


def test_place_and_day_are_inserted_into_the_caption(
    form: StoryForm, draft: Draft, opened: str, qtbot: QtBot
) -> None:
    form.pictures.add_pictures([AGENCY])
    qtbot.waitUntil(lambda: len(draft.typed.pictures) == 1)
    [row] = form.pictures.rows
    qtbot.waitUntil(lambda: not row.taken.isHidden())
    assert row.taken in list(form.pictures.tab_stops())
    row.taken.click()
    assert draft.typed.pictures[0].caption == "A ferry leaves Jeddah. 3 March 2026."
    assert row.taken.isHidden()
    draft.undo()
    assert draft.typed.pictures[0].caption == "A ferry leaves Jeddah."
    assert not row.taken.isHidden()


def test_file_that_says_something_else_is_offered_and_changes_no_word(
    seeded: PictureRow, draft: Draft, qtbot: QtBot
) -> None:
    seeded.replace_by(AGENCY)
    qtbot.waitUntil(lambda: draft.typed.pictures[0].file != "")
    kept = draft.typed.pictures[0]
    assert (kept.caption, kept.credit, kept.alt) == (SEED.caption, SEED.credit, SEED.alt)
    assert kept.rights == "© 2026 Gulf Wire", "what was empty is filled"
    assert "caption “A ferry leaves Jeddah.”" in seeded.problem.accessibleName()
    press(seeded, "Use the file’s words")
    assert draft.typed.pictures[0].caption == "A ferry leaves Jeddah."
    assert draft.typed.pictures[0].alt == "A white ferry"
    draft.undo()
    assert draft.typed.pictures[0] == kept
    draft.undo()
    assert draft.typed.pictures == (SEED,)


def captions(draft: Draft) -> list[str]:
    return [picture.caption for picture in draft.typed.pictures]


@pytest.fixture
def three(form: StoryForm, draft: Draft, opened: str) -> StoryForm:
    """An open story with three pictures that have captions."""
    pictures = tuple(Picture(caption=name) for name in ("One", "Two", "Three"))
    draft.edit(replace(draft.typed, pictures=pictures), "pictures")
    return form


def test_keys_put_a_picture_elsewhere_and_the_caret_stays_in_it(
    three: StoryForm, draft: Draft, hands: Any
) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    field = three.pictures.rows[0].cells["caption"].field
    field.setFocus()
    field.select(2, 2)
    hands.press(field, Qt.Key.Key_Down, "", alt)
    assert captions(draft) == ["Two", "One", "Three"]
    moved = three.pictures.rows[1].cells["caption"].field
    assert three.window().focusWidget() is moved
    assert (moved.text(), moved.caret()) == ("One", 2)
    hands.press(three.pictures.rows[1].thumbnail, Qt.Key.Key_Down, "", alt)
    assert captions(draft) == ["Two", "Three", "One"]
    hands.press(three.pictures.rows[2].thumbnail, Qt.Key.Key_Down, "", alt)
    assert captions(draft) == ["Two", "Three", "One"], "it is the last one"
    draft.undo()
    draft.undo()
    assert captions(draft) == ["One", "Two", "Three"]


def test_picture_is_dragged_to_another_place(three: StoryForm, draft: Draft, settle: Any) -> None:
    settle()
    rows = three.pictures.rows
    assert all(not row.handle.isHidden() for row in rows)
    handle = rows[0].handle
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(9, 40))
    end = QPointF(handle.mapFromGlobal(rows[2].mapToGlobal(QPoint(9, rows[2].height() - 2))))
    for kind, held in (
        (QEvent.Type.MouseMove, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    ):
        event = QMouseEvent(
            kind,
            end,
            handle.mapToGlobal(end),
            Qt.MouseButton.LeftButton,
            held,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(handle, event)
    assert captions(draft) == ["Two", "Three", "One"]
    draft.undo()
    assert captions(draft) == ["One", "Two", "Three"]


def test_only_picture_has_no_handle(seeded: PictureRow) -> None:
    assert seeded.handle.isHidden()


def test_several_files_come_in_their_order_and_one_undo_takes_them(
    form: StoryForm, draft: Draft, opened: str, jpeg: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [tmp_path / name for name in ("a.jpg", "notes.txt", "b.png", "c.jpg", "d.gif")]
    for path, data in zip(
        paths, (jpeg, b"no picture", drawn("PNG"), drawn(), b"GIF89a"), strict=True
    ):
        path.write_bytes(data)
    before = draft.typed
    assert form.pictures.add_from(files(*paths))
    qtbot.waitUntil(lambda: len(draft.typed.pictures) == 3)
    sizes = [picture.size for picture in draft.typed.pictures]
    assert sizes == [(640, 480), (60, 40), (60, 40)]
    assert form.pictures.problem.text() == "2 of 5 files could not be added."
    explained = form.pictures.problem.accessibleName()
    assert "notes.txt: The file is not a JPEG" in explained
    assert "d.gif: GIF pictures" in explained
    qtbot.waitUntil(form.pictures._under_way.isHidden)
    draft.undo()
    assert draft.typed == before


def test_adding_several_can_be_cancelled(
    form: StoryForm, draft: Draft, opened: str, settle: Any, qtbot: QtBot
) -> None:
    started, go_on = threading.Event(), threading.Event()
    pictures = draft.session.desk.pictures
    real = pictures.add

    def slow(source: Path | bytes) -> Picture:
        started.set()
        assert go_on.wait(30)
        return real(source)

    pictures.add = slow  # type: ignore[method-assign]
    form.pictures.add_pictures([drawn(), drawn(size=(80, 60)), drawn(size=(90, 60))])
    qtbot.waitUntil(started.is_set)
    qtbot.waitUntil(lambda: "Adding 1 of 3" in form.pictures._state.text())
    form.pictures.cancel.click()
    go_on.set()
    settle()
    assert draft.typed.pictures == ()
    assert form.pictures._under_way.isHidden()


def test_folder_of_the_last_picture_is_remembered(
    form: StoryForm, draft: Draft, opened: str, jpeg: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "boat.jpg").write_bytes(jpeg)
    for _time in range(2):
        form.pictures.choose()
        [dialog] = form.pictures.findChildren(QFileDialog)
        before = draft.session.settings.picture_folder
        assert before in ("", str(tmp_path))
        assert not before or dialog.directory().absolutePath() == before
        dialog.filesSelected.emit([str(tmp_path / "boat.jpg")])
        shiboken6.delete(dialog)
    qtbot.waitUntil(lambda: len(draft.typed.pictures) == 2)
    assert draft.session.settings.picture_folder == str(tmp_path)


def test_picture_that_is_only_on_the_web_is_explained_and_not_fetched(
    form: StoryForm, draft: Draft, opened: str
) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://post.example/boat.jpg")])
    assert form.pictures.add_from(data)
    assert "nothing is fetched" in form.pictures.problem.text()
    assert "Save the picture to a file" in form.pictures.problem.accessibleName()
    assert draft.typed.pictures == ()


def press(picture: PictureRow, text: str) -> None:
    """Press a button of the row's question."""
    [found] = [made for made in picture.problem.findChildren(QPushButton) if made.text() == text]
    found.click()
