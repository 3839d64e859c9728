"""Stories in tabs, in the real window: each is where it was left, and none is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory, Spike
from editor.core.people import Role
from editor.gui.library.rows import ROW
from editor.gui.story.form import StoryForm
from editor.gui.widgets.tab_order import has_focus
from editor.gui.window.main_window import MainWindow
from editor.gui.window.tab_facts import MOST_TABS
from editor.gui.window.tab_strip import TabStrip
from editor.gui.window.window_state import WindowState
from editor.i18n import isolated
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder
from tests.gui.conftest import CHIEF, EDITOR, WRITER
from tests.people import joining
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]

LONG = "\n\n".join(f"Paragraph {number} of a long story." for number in range(80))
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Tabs:
    """A window, and what a person does with its tabs and sees of them."""

    def __init__(self, window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self._settle = settle

    @property
    def strip(self) -> TabStrip:
        return self.window.centre.tab_strip

    @property
    def form(self) -> StoryForm:
        return self.window.centre.form

    def settle(self) -> None:
        for _time in range(3):
            self._settle()
            QApplication.processEvents()

    def open(self, *stories: str) -> None:
        """Open stories in new tabs."""
        for story in stories:
            self.window.parts.tabs.open_all([story])
            self.settle()

    def choose(self, story: str) -> None:
        """Choose a story in the list."""
        self.window.parts.show_story(story)
        self.settle()

    def do(self, name: str) -> None:
        action = self.window.menu_actions[name]
        assert action.isEnabled(), name
        action.trigger()
        self.settle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _CTRL) -> None:
        """Press a key wherever the focus is, so that the window's shortcuts get it first."""
        focused = QApplication.focusWidget()
        QTest.keyClick(focused or self.window, key, modifiers)
        self.settle()

    def seen(self) -> list[str]:
        """The names of the tabs, as they are read aloud; nothing where there is no strip."""
        strip = self.strip
        if not strip.isVisible():
            return []
        return [strip.accessibleTabName(index) for index in range(strip.count())]

    def here(self) -> str:
        """The open story's slug, which is the active tab's."""
        strip, typed = self.strip, self.window.draft.typed
        if strip.isVisible():
            assert strip.accessibleTabName(strip.currentIndex()).startswith(typed.headline)
        return typed.slug


@pytest.fixture
def ids(write: Write) -> list[str]:
    return [write(slug, slug.title(), body=LONG) for slug in ("ferry", "market", "school")]


@pytest.fixture
def tabs(open_window: OpenWindow, ids: list[str], settle: Settle, qtbot: QtBot) -> Tabs:
    made = Tabs(open_window(person=WRITER), settle, qtbot)
    made.choose(ids[0])
    return made


def row_of(window: MainWindow, story: str) -> QModelIndex:
    """The row of a story in the list."""
    model = window.list.view.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return next(index for index in rows if index.data(ROW).id == story)


def remembered(desk: Desk, story: str, tabs: str) -> WindowState:
    last = {"place": "drafts", "story": story, "tabs": tabs}
    return WindowState(tab="checks", desks={str(desk.path): last})


def test_with_one_tab_nothing_of_tabs_is_seen(tabs: Tabs, ids: list[str]) -> None:
    for story in ids:
        tabs.choose(story)
        assert tabs.seen() == []
    assert tabs.window.menu_actions["close"].text() == "&Close window"
    assert tabs.window.parts.tabs.to_text() == ""
    for name in ("next_tab", "previous_tab", "close_other_tabs", "move_tab_on", "reopen_tab"):
        assert not tabs.window.menu_actions[name].isEnabled()
    tabs.form.body.setFocus()
    tabs.press(Qt.Key.Key_Tab)
    assert not tabs.form.body.hasFocus(), "then Ctrl+Tab leaves the body, as ever"


def test_choosing_in_the_list_shows_a_story_in_the_active_tab(tabs: Tabs, ids: list[str]) -> None:
    tabs.open(ids[1])
    assert tabs.seen() == ["Ferry", "Market"]
    assert tabs.here() == "market"
    tabs.choose(ids[2])
    assert tabs.seen() == ["Ferry", "School"]
    tabs.choose(ids[0])
    assert tabs.seen() == ["Ferry", "School"], "it is in a tab already"
    assert tabs.here() == "ferry"
    tabs.do("new")
    assert tabs.seen() == ["No headline yet", "School"]


def test_a_row_is_opened_in_a_tab_by_middle_click_key_and_menu(tabs: Tabs, ids: list[str]) -> None:
    window = tabs.window
    view = window.list.view
    center = view.visualRect(row_of(window, ids[1])).center()
    tabs.qtbot.mouseClick(view.viewport(), Qt.MouseButton.MiddleButton, pos=center)
    tabs.settle()
    assert tabs.here() == "market"
    view.setFocus()
    view.setCurrentIndex(row_of(window, ids[2]))
    tabs.press(Qt.Key.Key_T)
    assert tabs.seen() == ["Ferry", "Market", "School"]
    tabs.do("close_other_tabs")
    for number in range(3):
        view.row_toggled.emit(number)
    assert window.menu_actions["chosen_tabs"].text() == "Open 3 stories in &tabs"
    tabs.do("chosen_tabs")
    assert len(tabs.seen()) == 3
    assert not window.list.chosen


def test_opening_the_open_story_in_a_tab_says_that_it_is_open(tabs: Tabs, ids: list[str]) -> None:
    tabs.window.list.view.setCurrentIndex(row_of(tabs.window, ids[0]))
    tabs.do("open_tab")
    assert tabs.window.centre.problem.text().startswith("This story is open already.")
    assert tabs.seen() == []


def test_keys_go_from_tab_to_tab_wherever_the_focus_is(tabs: Tabs, ids: list[str]) -> None:
    tabs.open(*ids[1:])
    tabs.form.body.setFocus()
    seen = list[str]()
    for _time in range(3):
        tabs.press(Qt.Key.Key_Tab)
        seen.append(tabs.here())
    tabs.press(Qt.Key.Key_Tab, _CTRL | _SHIFT)
    seen.append(tabs.here())
    tabs.window.list.view.setFocus()
    tabs.press(Qt.Key.Key_Tab)
    seen.append(tabs.here())
    assert seen == ["ferry", "market", "school", "market", "school"]


def test_each_tab_has_its_caret_its_page_and_its_undo(tabs: Tabs, ids: list[str]) -> None:
    form, draft = tabs.form, tabs.window.draft
    tabs.do("go_to_body")
    form.body.select(1200, 1200)
    QApplication.processEvents()
    bar = form.verticalScrollBar()
    bar.setValue(bar.value() + 40)
    scroll = bar.value()
    assert scroll > 400
    draft.edit(replace(draft.typed, kicker="Now"), "kicker")
    tabs.open(ids[1])
    draft.edit(replace(draft.typed, headline="Market early"), "headline")
    tabs.window.list.view.setFocus()
    tabs.do("previous_tab")
    assert (form.body.caret(), form.body.hasFocus(), bar.value()) == (1200, True, scroll)
    tabs.do("undo")
    assert draft.typed.kicker == ""
    tabs.do("next_tab")
    tabs.do("undo")
    assert draft.typed.headline == "Market"
    tabs.do("redo")
    assert draft.typed.headline == "Market early"


def test_arrow_keys_in_the_strip_keep_the_focus_there(tabs: Tabs, ids: list[str]) -> None:
    tabs.do("go_to_body")
    tabs.form.body.select(900, 900)
    tabs.open(ids[1])
    tabs.strip.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        tabs.press(key, Qt.KeyboardModifier.NoModifier)
        assert tabs.strip.hasFocus()
    assert tabs.here() == "market"
    tabs.form.headline.setFocus()
    tabs.do("previous_tab")
    assert tabs.form.body.caret() == 900, "what was only passed keeps its caret's place"


def test_next_column_goes_to_the_text_and_not_to_the_tabs(tabs: Tabs, ids: list[str]) -> None:
    tabs.open(ids[1])
    tabs.window.list.view.setFocus()
    tabs.press(Qt.Key.Key_F6, _NONE)
    assert has_focus(tabs.form), "also where nobody was in the text yet"
    tabs.form.body.setFocus()
    for _time in range(2):
        tabs.press(Qt.Key.Key_F6, _SHIFT)
        assert has_focus(tabs.window.list)
        tabs.press(Qt.Key.Key_F6, _NONE)
        assert tabs.form.body.hasFocus()
    tabs.strip.setFocus()
    tabs.press(Qt.Key.Key_F6, _SHIFT)
    tabs.press(Qt.Key.Key_F6, _NONE)
    assert has_focus(tabs.form)


def test_a_tab_that_is_chosen_while_a_save_is_under_way_is_opened(
    tabs: Tabs, ids: list[str], desk: Desk
) -> None:
    tabs.open(ids[1])
    draft = tabs.window.draft
    draft.edit(replace(draft.typed, headline="Market early"), "headline")
    tabs.window.menu_actions["save"].trigger()
    tabs.do("previous_tab")
    assert tabs.here() == "ferry"
    assert reading(desk).stored(ids[1]).story.headline == "Market early"


def test_what_is_chosen_last_is_opened(tabs: Tabs, ids: list[str]) -> None:
    parts, actions = tabs.window.parts, tabs.window.menu_actions
    tabs.open(ids[1])
    parts.show_story(ids[2])
    tabs.do("previous_tab")
    assert (tabs.here(), tabs.seen()) == ("ferry", ["Ferry", "Market"])
    parts.show_story(ids[1])
    actions["next_tab"].trigger()
    tabs.do("previous_tab")
    assert tabs.here() == "ferry"
    assert tabs.window.list.current_id() == ids[0], "the list shows which one is open"
    actions["next_tab"].trigger()
    tabs.choose(ids[0])
    assert tabs.here() == "ferry", "the row of the open story was chosen after the tab"
    actions["next_tab"].trigger()
    tabs.choose(ids[2])
    assert (tabs.here(), tabs.seen()) == ("school", ["Ferry", "School"])


def test_a_tab_is_returned_to_whose_story_nobody_can_read_yet(tabs: Tabs, ids: list[str]) -> None:
    window = tabs.window
    tabs.open(ids[1])
    tabs.do("new")
    window.parts.places.go("banner")
    tabs.settle()
    window.menu_actions["previous_tab"].trigger()
    tabs.do("next_tab")
    assert not window.centre.shows_banner()
    assert tabs.seen() == ["Ferry", "No headline yet"]
    assert window.centre.toast.isHidden(), "nothing is gone"


def test_closing_shows_the_neighbour_and_the_last_tab_closes_the_window(
    tabs: Tabs, ids: list[str], desk: Desk
) -> None:
    tabs.open(*ids[1:])
    draft = tabs.window.draft
    draft.edit(replace(draft.typed, headline="School late"), "headline")
    tabs.window.parts.tabs.choose(1)
    tabs.settle()
    tabs.qtbot.waitUntil(lambda: tabs.seen() == ["Ferry", "Market", "School late"])
    tabs.press(Qt.Key.Key_W)
    assert tabs.here() == "school"
    assert reading(desk).stored(ids[2]).story.headline == "School late"
    tabs.press(Qt.Key.Key_W)
    assert (tabs.here(), tabs.seen()) == ("ferry", [])
    tabs.do("reopen_tab")
    tabs.do("reopen_tab")
    assert tabs.seen() == ["Ferry", "School late", "Market"]
    tabs.do("close_other_tabs")
    assert (tabs.here(), tabs.seen()) == ("market", [])
    with tabs.qtbot.waitSignal(tabs.window.closed):
        tabs.press(Qt.Key.Key_W)


def test_tabs_are_moved_by_keys(tabs: Tabs, ids: list[str]) -> None:
    tabs.open(*ids[1:])
    tabs.press(Qt.Key.Key_PageUp, _CTRL | _SHIFT)
    assert tabs.seen() == ["Ferry", "School", "Market"]
    assert tabs.here() == "school"
    tabs.press(Qt.Key.Key_PageUp, _CTRL | _SHIFT)
    assert not tabs.window.menu_actions["move_tab_back"].isEnabled()
    tabs.press(Qt.Key.Key_PageDown, _CTRL | _SHIFT)
    assert tabs.seen() == ["Ferry", "School", "Market"]
    assert tabs.window.parts.tabs.to_text().split() == [ids[0], ids[2], ids[1]]


def test_the_active_tab_shows_the_headline_as_it_is_typed(tabs: Tabs, ids: list[str]) -> None:
    tabs.open(ids[1])
    draft = tabs.window.draft
    draft.edit(replace(draft.typed, headline="Salt & pepper"), "headline")
    assert tabs.seen() == ["Ferry", "Salt & pepper, Not saved as a version"]
    assert tabs.strip.tabText(1) == f"● {isolated('Salt && pepper')}"
    tabs.do("save")
    assert tabs.seen() == ["Ferry", "Salt & pepper"]
    tabs.window.centre.show_banner()
    assert not tabs.strip.isVisible(), "the banner's editor is no story"
    tabs.do("previous_tab")
    assert tabs.here() == "ferry"
    tabs.do("focus_mode")
    assert not tabs.strip.isVisible()
    tabs.do("focus_mode")
    assert tabs.strip.isVisible()


def test_text_that_nobody_here_can_sign_is_marked_in_its_tab(
    tabs: Tabs, ids: list[str], desk: Desk, tmp_path: Path
) -> None:
    guest = "Nora Berg"
    desk.do(joining(guest, Role.EDITOR, KeyFolder(tmp_path / "elsewhere", "x", cost=1)), CHIEF)
    tabs.window.session.check_for_changes()
    tabs.settle()
    tabs.open(ids[1])
    tabs.window.session.set_person(guest)
    draft = tabs.window.draft
    draft.edit(replace(draft.typed, headline="Market early"), "headline")
    tabs.do("previous_tab")
    tabs.qtbot.waitUntil(lambda: tabs.seen() == ["Ferry", "Market early, Not saved as a version"])
    tabs.window.session.set_person(WRITER)
    tabs.do("next_tab")
    tabs.do("save")
    tabs.do("previous_tab")
    tabs.qtbot.waitUntil(lambda: tabs.seen() == ["Ferry", "Market early"])


def test_what_others_do_to_a_story_is_seen_in_its_tab(
    tabs: Tabs, ids: list[str], desk: Desk
) -> None:
    tabs.open(*ids[1:])
    stored = reading(desk).stored(ids[0])
    desk.do(SaveStory(replace(stored.story, headline="Ferry stops"), stored.version), EDITOR)
    desk.do(Spike(ids[1], 1), EDITOR)
    tabs.window.session.check_for_changes()
    expected = ["Ferry stops", "Market, Spiked", "School"]
    tabs.qtbot.waitUntil(lambda: tabs.seen() == expected)
    tabs.do("previous_tab")
    assert tabs.here() == "market"
    assert tabs.seen() == expected, "it stays until somebody closes it"


def test_a_story_that_is_gone_closes_its_tab_with_a_sentence(tabs: Tabs, ids: list[str]) -> None:
    tabs.open("0" * 32)
    assert tabs.seen() == []
    assert tabs.here() == "ferry"
    assert "no longer on this desk" in tabs.window.centre.toast.text()


def test_a_story_that_was_begun_and_has_no_word_is_no_tab_once_it_is_left(
    tabs: Tabs, ids: list[str]
) -> None:
    tabs.open(ids[1])
    tabs.do("new")
    assert tabs.seen() == ["Ferry", "No headline yet"]
    assert tabs.window.parts.tabs.to_text() == ids[0], "it can't be found again"
    tabs.do("previous_tab")
    assert tabs.seen() == []
    tabs.open(ids[1])
    tabs.do("new")
    tabs.do("close")
    assert not tabs.window.menu_actions["reopen_tab"].isEnabled()
    tabs.open(ids[1])
    tabs.do("new")
    draft = tabs.window.draft
    draft.edit(replace(draft.typed, headline="Begun"), "headline")
    tabs.do("previous_tab")
    tabs.qtbot.waitUntil(lambda: tabs.seen() == ["Ferry", "Begun"])
    tabs.do("next_tab")
    assert tabs.here() == "begun", "the desk gave it a slug when it was left"


def test_tabs_have_a_bound_and_say_so(tabs: Tabs, ids: list[str]) -> None:
    story_tabs = tabs.window.parts.tabs
    story_tabs.stories = [ids[0], *(f"{number:032x}" for number in range(MOST_TABS - 1))]
    story_tabs.open_all([ids[1]])
    assert "100 stories can be in tabs" in tabs.window.centre.problem.text()
    assert len(story_tabs.stories) == MOST_TABS
    story_tabs.stories = [ids[0]]


def test_tabs_and_the_active_one_come_back(
    open_window: OpenWindow, settle: Settle, qtbot: QtBot, desk: Desk, ids: list[str]
) -> None:
    state = remembered(desk, ids[1], " ".join(ids))
    tabs = Tabs(open_window(state=state), settle, qtbot)
    assert tabs.seen() == ["Ferry", "Market", "School"]
    assert tabs.here() == "market"
    again = tabs.window.current_state().on_desk(desk.path)
    assert (again["story"], again["tabs"]) == (ids[1], " ".join(ids))


def test_each_tab_comes_back_where_it_was_left(
    tabs: Tabs, open_window: OpenWindow, settle: Settle, qtbot: QtBot, desk: Desk, ids: list[str]
) -> None:
    tabs.open(ids[1])
    tabs.do("go_to_body")
    tabs.form.body.select(900, 900)
    tabs.settle()
    scroll = tabs.form.verticalScrollBar().value()
    assert scroll
    tabs.do("next_tab")
    state = tabs.window.current_state()
    tabs.window.close()
    again = Tabs(open_window(state=state), settle, qtbot)
    assert again.here() == "ferry"
    again.do("next_tab")
    assert again.here() == "market"
    assert (again.form.body.caret(), again.form.verticalScrollBar().value()) == (900, scroll)


@pytest.mark.parametrize(
    "views", ["[", "[]", '{{"{0}": ["body", -1, 0]}}', '{{"{0}": 7}}', "9" * 99]
)
def test_broken_views_of_tabs_are_left_out(
    views: str,
    open_window: OpenWindow,
    settle: Settle,
    qtbot: QtBot,
    desk: Desk,
    ids: list[str],
) -> None:
    last = {"story": ids[1], "tabs": " ".join(ids), "views": views.format(*ids)}
    state = WindowState(tab="checks", desks={str(desk.path): last})
    tabs = Tabs(open_window(state=state), settle, qtbot)
    tabs.choose(ids[0])
    assert tabs.here() == "ferry"


@pytest.mark.parametrize(
    ("value", "seen", "gone"),
    [
        ("{0} gone {2}", ["Ferry", "School"], "A story"),
        ("gone lost {1}", [], "2 stories"),
        ("gone lost", [], "2 stories"),
        ("\t\x00 🙂 ' OR 1=1 --", [], "6 stories"),
        ("{0}", [], ""),
    ],
)
def test_what_is_gone_or_broken_of_the_tabs_is_left_out(
    open_window: OpenWindow,
    settle: Settle,
    qtbot: QtBot,
    desk: Desk,
    ids: list[str],
    value: str,
    seen: list[str],
    gone: str,
) -> None:
    window = open_window(state=remembered(desk, ids[0], value.format(*ids)))
    tabs = Tabs(window, settle, qtbot)
    assert tabs.seen() == seen
    assert tabs.here() == "ferry"
    said = window.centre.toast.text()
    assert said.startswith(gone)
    assert bool(said) == bool(gone)


def test_where_the_open_story_is_gone_the_first_tab_is_shown(
    open_window: OpenWindow, settle: Settle, qtbot: QtBot, desk: Desk, ids: list[str]
) -> None:
    window = open_window(state=remembered(desk, "gone", f"{ids[1]} gone {ids[2]}"))
    tabs = Tabs(window, settle, qtbot)
    assert tabs.seen() == ["Market", "School"]
    assert tabs.here() == "market"


def test_unsaved_text_gets_a_tab_of_its_own(
    open_window: OpenWindow, settle: Settle, qtbot: QtBot, desk: Desk, ids: list[str]
) -> None:
    typed = replace(reading(desk).stored(ids[2]).story, headline="Typed before the power went")
    desk.journal.write(f"story:{ids[2]}", {"story": typed.to_json(), "base": 1})
    window = open_window(state=remembered(desk, ids[0], f"{ids[0]} {ids[1]}"))
    tabs = Tabs(window, settle, qtbot)
    assert tabs.here() == "school"
    mark = "Typed before the power went, Not saved as a version"
    assert tabs.seen() == ["Ferry", mark, "Market"]


def test_many_tabs_cost_nothing_until_they_are_chosen(
    open_window: OpenWindow, settle: Settle, qtbot: QtBot, desk: Desk, write: Write
) -> None:
    many = [write(f"story-{number}", f"Story {number}") for number in range(60)]
    read = list[str]()
    state = remembered(desk, many[3], " ".join([*many, *(f"{n:032x}" for n in range(140))]))
    window = open_window(state=state)
    window.draft.opened.connect(lambda: read.append(window.draft.open_story.key))
    tabs = Tabs(window, settle, qtbot)
    assert len(tabs.seen()) == 60
    assert tabs.here() == "story-3"
    tabs.do("next_tab")
    assert read == [many[4]]
    bar = QAccessible.queryAccessibleInterface(tabs.strip)
    assert bar is not None
    names = [child.text(QAccessible.Text.Name) for child in map(bar.child, range(3)) if child]
    assert names == ["Story 0", "Story 1", "Story 2"]
