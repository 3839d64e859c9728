"""The theme dialog: choose, copy and change beside the page; a broken theme keeps the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from editor.core.commands import OrderFront
from editor.core.front import Front
from editor.core.people import Role
from editor.core.workflow import Stage
from editor.gui.kept.journal_writer import Entry
from editor.gui.preferences.theme import ThemeDialog
from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.store.desk import Desk
from editor.store.themes import Themes
from tests.reading import reading

Settle = Callable[[], None]


def opened(session: Session, settle: Settle, qtbot: QtBot, role: Role) -> ThemeDialog:
    session.set_person(next(person.name for person in session.people if person.role is role))
    made = ThemeDialog(session)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


@pytest.fixture
def dialog(session: Session, settle: Settle, qtbot: QtBot) -> Iterator[ThemeDialog]:
    made = opened(session, settle, qtbot, Role.CHIEF)
    yield made
    made.draft.revert()
    made.close()


def show_file(dialog: ThemeDialog, path: str) -> None:
    dialog.files.setCurrentIndex(dialog.files.findData(path))


def test_only_the_chief_may_change_themes(session: Session, settle: Settle, qtbot: QtBot) -> None:
    dialog = opened(session, settle, qtbot, Role.JOURNALIST)
    assert dialog.text.isReadOnly()
    assert not any(b.isEnabled() for b in (dialog.copy, dialog.save, dialog.use, dialog.revert))


@pytest.mark.parametrize("larger", [0, 6, 9.75])
def test_no_button_is_narrower_than_its_words_on_a_small_screen(
    qapp: QApplication, session: Session, settle: Settle, qtbot: QtBot, larger: float
) -> None:
    apply_theme(qapp, "light", larger)
    dialog = opened(session, settle, qtbot, Role.CHIEF)
    dialog.resize(1024, 600)
    QApplication.processEvents()
    for widget in (dialog.copy, dialog.remove):
        assert widget.width() >= widget.minimumSizeHint().width()
        at = QRect(widget.mapTo(dialog, QPoint(0, 0)), widget.size())
        assert widget.parentWidget().rect().contains(widget.geometry()), widget.text()
        assert dialog.rect().contains(at)
    dialog.close()


def test_a_shipped_theme_is_looked_at_and_chosen(
    dialog: ThemeDialog, desk: Desk, settle: Settle
) -> None:
    assert dialog.themes.currentText() == "broadsheet (in use)"
    assert dialog.text.isReadOnly()
    assert not dialog.use.isEnabled()
    dialog.themes.setCurrentIndex(dialog.themes.findData("tabloid"))
    dialog.themes.activated.emit(dialog.themes.currentIndex())
    assert "Tabloid" in dialog.text.toPlainText()
    dialog.use.click()
    settle()
    assert (reading(desk).house().theme, reading(desk).house().theme_digest) == ("tabloid", "")
    assert dialog.themes.currentText() == "tabloid (in use)"


def test_name_of_a_copy_is_asked_for_and_its_button_is_a_verb(
    dialog: ThemeDialog, desk: Desk, settle: Settle
) -> None:
    for title, names in (("  ", ()), ("Evening Post", ("evening-post",))):
        dialog.copy.click()
        [asked] = [found for found in dialog.findChildren(QInputDialog) if found.isVisible()]
        asked.setTextValue(title)
        [copy] = [part for part in asked.findChildren(QPushButton) if "Copy" in part.text()]
        copy.click()
        settle()
        assert Themes(desk.path).names() == names


def test_a_copy_is_changed_saved_and_used(dialog: ThemeDialog, desk: Desk, settle: Settle) -> None:
    dialog.copy_as("Evening Post")
    settle()
    themes = Themes(desk.path)
    assert themes.names() == ("evening-post",)
    assert dialog.themes.currentData() == "evening-post"
    assert not dialog.text.isReadOnly()
    show_file(dialog, "tokens.css")
    changed = dialog.text.toPlainText().replace("#a8231c", "#0b5d3b")
    dialog.text.setPlainText(changed)
    assert dialog.save.isEnabled()
    assert not dialog.use.isEnabled()
    dialog.save.click()
    settle()
    assert themes.read("evening-post").by_path["tokens.css"].decode() == changed
    dialog.use.click()
    settle()
    house = reading(desk).house()
    assert house.theme_digest == themes.of(house).digest


def test_a_shared_template_becomes_the_themes_own_once_it_is_changed(
    dialog: ThemeDialog, desk: Desk, settle: Settle
) -> None:
    dialog.copy_as("Evening")
    settle()
    show_file(dialog, "templates/moved.html")
    assert dialog.files.currentText() == "templates/moved.html (shared)"
    dialog.text.setPlainText("{% set main %}<p>Moved</p>{% endset %}\n")
    assert dialog.files.currentText() == "templates/moved.html"
    dialog.revert.click()
    assert dialog.files.currentText() == "templates/moved.html (shared)"
    assert not dialog.draft.is_changed


def test_a_broken_theme_is_told_with_its_line_and_the_last_page_stays(
    dialog: ThemeDialog, settle: Settle, qtbot: QtBot
) -> None:
    dialog.copy_as("Evening")
    settle()
    dialog.preview.start()
    qtbot.waitUntil(lambda: dialog.preview.is_current, timeout=20_000)
    view = dialog.preview.view
    assert view is not None
    good = view.rendered
    show_file(dialog, "site.css")
    text = dialog.text.toPlainText()
    dialog.text.setPlainText("a {\n" + text)
    qtbot.waitUntil(dialog.error.isVisible)
    assert dialog.error.text().startswith("site.css, line 1: ")
    assert dialog.text.extraSelections()[0].cursor.blockNumber() == 0
    assert view.rendered is good
    dialog.text.setPlainText("h1 { color: inherit; }\n" + text)
    qtbot.waitUntil(dialog.error.isHidden)
    qtbot.waitUntil(lambda: "h1 { color: inherit; }" in (view.rendered or good).css)
    assert dialog.text.extraSelections() == []


def test_closing_says_once_that_what_was_typed_is_not_saved(
    dialog: ThemeDialog, settle: Settle
) -> None:
    dialog.copy_as("Evening")
    settle()
    dialog.text.setPlainText("a { color: inherit; }\n")
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.bar.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_closing_says_so_also_while_the_bar_says_something_else(
    dialog: ThemeDialog, settle: Settle
) -> None:
    dialog.copy_as("Evening")
    settle()
    dialog.text.setPlainText("a { color: inherit; }\n")
    dialog.bar.show_text("What you typed before is back. It is not saved yet.")
    dialog.reject()
    assert dialog.isVisible()


def test_what_is_typed_while_a_theme_is_saved_stays(
    dialog: ThemeDialog, desk: Desk, settle: Settle
) -> None:
    dialog.copy_as("Evening")
    settle()
    show_file(dialog, "site.css")
    dialog.text.setPlainText("a { color: inherit; }\n")
    dialog.save.click()
    dialog.text.appendPlainText("b { color: inherit; }\n")
    settle()
    assert Themes(desk.path).read("evening").by_path["site.css"] == b"a { color: inherit; }\n"
    assert "b { color: inherit; }" in dialog.text.toPlainText()
    assert dialog.save.isEnabled()


def test_text_of_a_file_is_read_from_the_left_in_every_language(dialog: ThemeDialog) -> None:
    dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert dialog.themes.isRightToLeft()
    assert not dialog.text.isRightToLeft()


def test_copy_with_the_name_of_another_theme_is_refused(
    dialog: ThemeDialog, settle: Settle
) -> None:
    dialog.copy_as("Evening")
    settle()
    dialog.copy_as("evening")
    settle()
    assert dialog.bar.text() == "There is a theme “evening” already."


def test_typed_text_is_back_after_a_crash_and_forgotten_once_the_dialog_is_closed(
    dialog: ThemeDialog, session: Session, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    dialog.copy_as("Evening")
    settle()
    show_file(dialog, "site.css")
    dialog.text.setPlainText("a { color: inherit; }\n")
    qtbot.waitUntil(lambda: desk.journal.read("theme") is not None, timeout=4000)
    qtbot.waitUntil(lambda: bool(desk.journal.read("theme")), timeout=4000)
    again = opened(session, settle, qtbot, Role.CHIEF)  # as after a crash: it was never closed
    assert again.themes.currentData() == "evening"
    assert again.files.currentData() == "site.css"
    assert again.text.toPlainText() == "a { color: inherit; }\n"
    assert "is back" in again.bar.text()
    assert again.save.isEnabled()
    again.bar.clear()
    again.reject()
    again.reject()
    settle()
    assert desk.journal.read("theme") is None
    assert not opened(session, settle, qtbot, Role.CHIEF).draft.is_changed


def test_typed_text_of_a_theme_that_is_gone_is_set_aside(
    session: Session, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    entry: Entry = {"theme": "gone", "base": "", "files": {"site.css": "a {}"}}
    desk.journal.write("theme", entry)
    dialog = opened(session, settle, qtbot, Role.CHIEF)
    assert "can't be read" in dialog.bar.text()
    assert desk.journal.read("unreadable:theme") == entry
    assert dialog.themes.count() == 2


def test_theme_is_removed_and_the_bar_offers_the_way_back(
    dialog: ThemeDialog, desk: Desk, settle: Settle
) -> None:
    assert not dialog.remove.isEnabled(), "it comes with Stonehand"
    dialog.copy_as("Evening")
    settle()
    removed = Themes(desk.path).read("evening")
    dialog.text.setPlainText(dialog.text.toPlainText() + "\n")
    assert not dialog.remove.isEnabled(), "what was typed would be lost"
    dialog.revert.click()
    dialog.remove.click()
    settle()
    assert Themes(desk.path).names() == ()
    assert dialog.themes.currentText() == "broadsheet (in use)"
    assert "Removed the theme “evening”" in dialog.bar.text()
    buttons = dialog.bar.findChildren(QPushButton)
    [undo] = [part for part in buttons if part.text().replace("&", "") == "Undo"]
    undo.click()
    settle()
    assert Themes(desk.path).read("evening") == removed
    assert dialog.themes.currentData() == "evening"
    dialog.use.click()
    settle()
    assert not dialog.remove.isEnabled(), "the paper has it"
    assert dialog.remove.toolTip() == "This is the paper's theme."


@pytest.mark.parametrize(
    ("template", "text"),
    [("home", "{% if %}"), ("about", "{% set main %}{{ roles.x.y }}{% endset %}")],
)
def test_broken_theme_is_not_chosen(
    dialog: ThemeDialog, desk: Desk, settle: Settle, template: str, text: str
) -> None:
    dialog.copy_as("Evening")
    settle()
    show_file(dialog, f"templates/{template}.html")
    dialog.text.setPlainText(text)
    dialog.save.click()
    settle()
    dialog.use.click()
    settle()
    assert f"templates/{template}.html, line 1: " in dialog.bar.text()
    assert reading(desk).house().theme == "broadsheet"
    assert dialog.use.isEnabled()


def test_theme_that_cannot_be_read_leaves_the_others_to_choose_from(
    session: Session, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    (desk.path / "themes/odd").mkdir(parents=True)
    (desk.path / "themes/odd/script.js").write_text("x")
    dialog = opened(session, settle, qtbot, Role.CHIEF)
    dialog.themes.setCurrentIndex(dialog.themes.findData("odd"))
    dialog.themes.activated.emit(dialog.themes.currentIndex())
    assert "script.js" in dialog.bar.text()
    assert dialog.themes.currentData() == "broadsheet", "the one that is shown"


def test_home_page_has_the_stories_that_an_editor_put_first_and_no_other_language(
    session: Session, desk: Desk, write: Callable[..., str], settle: Settle, qtbot: QtBot
) -> None:
    ids = [write(f"story-{number}", stage=Stage.APPROVED) for number in range(9)]
    write("port", "ميناء", language="ar", stage=Stage.APPROVED)
    desk.do(OrderFront(Front((ids[0],)), reading(desk).front().hash), "Mara Quill")
    dialog = opened(session, settle, qtbot, Role.CHIEF)
    dialog.preview.start()
    qtbot.waitUntil(lambda: dialog.preview.is_current, timeout=20_000)
    settle()
    qtbot.waitUntil(lambda: dialog.preview.is_current, timeout=20_000)
    view = dialog.preview.view
    assert view is not None
    assert view.rendered is not None
    html = view.rendered.before
    assert html.index("Headline of story-0") < html.index("Headline of story-8")
    assert "ميناء" not in html
