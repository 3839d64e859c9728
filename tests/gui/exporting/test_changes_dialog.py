"""What an export changed: the list of files, filtered and searched, and the changes in a page."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from editor.core.commands import SaveStory, Submit
from editor.core.workflow import Stage
from editor.formats.replaced_texts import ReplacedTexts
from editor.formats.report import ExportDifference
from editor.gui.exporting.changed_rows import ChangedModel, ExportChanges
from editor.gui.exporting.changes_dialog import ChangesDialog
from editor.gui.exporting.dialog import ExportDialog
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.gui.conftest import ShowDialog
from tests.people import approving
from tests.reading import reading

Settle = Callable[[], None]
Open = Callable[..., ChangesDialog]

CHIEF, WRITER = "Mara Quill", "Ines Vale"


def page(title: str, body: str) -> bytes:
    return f"<title>{title} · Harbour Post</title>\n<p>{body}</p>\n".encode()


def changes() -> ExportChanges:
    texts = ReplacedTexts()
    texts.keep("stories/ferry.html", page("Ferry", "It is late."), page("Ferry", "It is early."))
    texts.keep("feed.xml", b"<a>\n<b>1</b>\n", b"<a>\n<b>2</b>\n")
    return ExportChanges(
        ExportDifference(
            new={"stories/quay.html": 1200},
            changed={"feed.xml": 14, "stories/ferry.html": 60, "stories/rain.html": 70},
            removed={"stories/market.html": 900},
            unchanged=12,
            former={"feed.xml": 13, "stories/ferry.html": 59, "stories/rain.html": 70},
            titles={"stories/ferry.html": "Ferry · Harbour Post", "stories/quay.html": "Quay"},
        ),
        texts,
        "Harbour Post",
    )


@pytest.fixture
def open_dialog(session: Session, show_dialog: ShowDialog[ChangesDialog]) -> Open:
    return lambda found=None: show_dialog(ChangesDialog(session.jobs, found or changes()))


def cells(model: ChangedModel, row: int) -> list[str]:
    texts = (model.index(row, column).data() for column in range(model.columnCount()))
    return [str(text).strip("\u2068\u2069") for text in texts]


def paths(model: ChangedModel) -> list[str]:
    return [model.file(row).path for row in range(model.rowCount())]


def choose(dialog: ChangesDialog, path: str) -> None:
    dialog.table.setCurrentIndex(dialog.model.index(paths(dialog.model).index(path), 0))


def test_each_file_has_its_title_and_sizes_pages_first(open_dialog: Open) -> None:
    dialog = open_dialog()
    assert [cells(dialog.model, row) for row in range(5)] == [
        ["New", "Quay", "stories/quay.html", "", "1,200"],
        ["Changed", "Ferry", "stories/ferry.html", "59", "60"],
        ["Changed", "", "stories/rain.html", "70", "70"],
        ["Changed", "", "feed.xml", "13", "14"],
        ["Removed", "", "stories/market.html", "900", ""],
    ]


def test_list_is_filtered_by_kind_and_by_words(open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.kinds.choose("removed")
    assert paths(dialog.model) == ["stories/market.html"]
    dialog.kinds.choose("changed")
    dialog.search.setText("html FERRY")
    assert paths(dialog.model) == ["stories/ferry.html"]
    dialog.search.setText("nothing like it")
    assert paths(dialog.model) == []
    assert not dialog.show_diff.isEnabled()
    assert dialog.search.accessibleDescription().startswith("No file has these words")
    dialog.search.clear()
    assert not dialog.search.accessibleDescription()
    assert dialog.show_diff.isEnabled()


def test_search_finds_titles_without_their_accents_and_paths_to_the_letter(
    open_dialog: Open,
) -> None:
    pages = {"stories/cafe-1.html": 9, "stories/cafe-12.html": 9, "stories/suq.html": 9}
    titles = dict(zip(pages, ("Café opens", "Café closes", "البَلَديّة"), strict=True))
    found = ExportDifference(pages, {}, {}, 0, {}, titles=titles)
    dialog = open_dialog(ExportChanges(found, ReplacedTexts(), "Harbour Post"))
    for words, expected in (
        ("cafe OPENS", ["stories/cafe-1.html"]),
        ("cafè", ["stories/cafe-1.html", "stories/cafe-12.html"]),
        ("cafe-1.html", ["stories/cafe-1.html"]),
        ("البلدية", ["stories/suq.html"]),
    ):
        dialog.search.setText(words)
        assert paths(dialog.model) == expected, words


def test_return_on_a_new_or_removed_file_says_why_nothing_is_compared(
    open_dialog: Open, qtbot: QtBot, settle: Settle
) -> None:
    dialog = open_dialog()
    dialog.table.setFocus()
    for path, reason in (
        ("stories/quay.html", "This file is new: there is nothing to compare it with."),
        ("stories/market.html", "This file was removed: it is no longer part of the export."),
    ):
        choose(dialog, path)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
        settle()
        assert dialog.diff.note.isVisible()
        assert dialog.diff.note.text() == reason
        assert dialog.table.accessibleDescription() == reason
        assert dialog.focusWidget() is dialog.table
    choose(dialog, "stories/ferry.html")
    settle()
    assert not dialog.table.accessibleDescription()


def test_return_on_a_page_shows_what_readers_see_changed(
    open_dialog: Open, qtbot: QtBot, settle: Settle
) -> None:
    dialog = open_dialog()
    assert dialog.diff.isHidden(), "only on request"
    choose(dialog, "stories/ferry.html")
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    settle()
    assert dialog.diff.redline.hasFocus()
    text = dialog.diff.redline.toPlainText()
    assert "late" in text
    assert "early" in text
    assert "<p>" not in text
    qtbot.keyClick(dialog.diff.redline, Qt.Key.Key_J)
    assert dialog.diff.count.text() == "1 of 1"
    assert "removed “late”, added “early”" in dialog.diff.redline.accessibleDescription()
    dialog.diff.views.choose("lines")
    assert "<p>It is" in dialog.diff.redline.toPlainText()


def test_file_that_is_no_page_shows_its_lines(open_dialog: Open, settle: Settle) -> None:
    dialog = open_dialog()
    choose(dialog, "feed.xml")
    dialog.show_diff.click()
    settle()
    assert "<b>" in dialog.diff.redline.toPlainText()
    assert dialog.diff.views.isHidden(), "there is nothing but the source"


def test_shown_changes_follow_the_list_and_say_why_there_are_none(
    open_dialog: Open, settle: Settle
) -> None:
    dialog = open_dialog()
    choose(dialog, "stories/ferry.html")
    dialog.show_diff.click()
    settle()
    for path, words in (
        ("stories/rain.html", "is not kept"),
        ("stories/quay.html", "is new"),
        ("stories/market.html", "was removed"),
    ):
        choose(dialog, path)
        settle()
        assert words in dialog.diff.note.text()
        assert dialog.diff.redline.isHidden()
    choose(dialog, "stories/ferry.html")
    settle()
    assert dialog.diff.note.isHidden()
    assert "early" in dialog.diff.redline.toPlainText()


def test_list_of_a_large_site_reads_only_the_rows_that_are_seen(
    open_dialog: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    data = ChangedModel.data

    def noted(self: ChangedModel, index: QModelIndex, role: int = 0) -> object:
        read.append(index.row())
        return data(self, index, role)

    monkeypatch.setattr(ChangedModel, "data", noted)
    sizes = {f"stories/story-{number}.html": number for number in range(40_000)}
    dialog = open_dialog(ExportChanges(ExportDifference(sizes), ReplacedTexts(), ""))
    QApplication.processEvents()
    assert dialog.model.rowCount() == 40_000
    assert 0 < len(set(read)) < 200


def test_tab_reaches_everything_while_changes_are_shown(
    open_dialog: Open, qtbot: QtBot, settle: Settle
) -> None:
    dialog = open_dialog()
    choose(dialog, "stories/ferry.html")
    dialog.show_diff.click()
    settle()
    seen: list[str] = []
    for _number in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.accessibleName() or getattr(focused, "text", str)()
        seen.append(focused.accessibleName() or type(focused).__name__)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert {"Search titles and files", "Files that the export changed", "Changes"} <= set(seen)
    assert {"Text", "Next change"} <= set(seen), "the only change is before the first one"


def test_dialog_deleted_while_a_file_is_compared_gets_no_answer(
    open_dialog: Open, settle: Settle
) -> None:
    dialog = open_dialog()
    choose(dialog, "stories/ferry.html")
    dialog.show_diff.click()
    dialog.close()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(dialog)
    settle()


@pytest.mark.parametrize("name", ["site", "site.zip"])
def test_export_offers_what_it_changed_until_the_next_one_begins(
    session: Session, desk: Desk, write: Callable[..., str], qtbot: QtBot, tmp_path: Path,
    settle: Settle, name: str,
) -> None:  # fmt: skip
    ferry = write("ferry", stage=Stage.APPROVED)
    export = ExportDialog(session)
    export.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(export)
    export.show()
    settle()
    export.target.set_path(tmp_path / name)
    assert export.results.changes.isHidden()
    export.start()
    settle()
    stored = reading(desk).stored(ferry)
    story = replace(stored.story, body="The harbour closed on Monday.\n\nBoats came in.")
    desk.do(SaveStory(story, stored.version), WRITER)
    version = reading(desk).stored(ferry).version
    desk.do(Submit(ferry, version), WRITER)
    desk.do(approving(desk, ferry, version), CHIEF)
    export.start()
    assert export.results.changes.isHidden(), "what the last one changed is forgotten"
    settle()
    export.results.changes.click()
    [dialog] = export.findChildren(ChangesDialog)
    choose(dialog, "stories/ferry.html")
    dialog.show_diff.click()
    settle()
    assert "opened" in dialog.diff.redline.toPlainText()
    assert "closed" in dialog.diff.redline.toPlainText()
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert export._result is not None
    del dialog
    kept = ref(export._result.changes.texts)
    assert kept() is not None
    export.start()
    settle()
    gc.collect()
    assert kept() is None, "the texts of the last export are forgotten"
    assert export.results.changes.isHidden(), "nothing has changed"
