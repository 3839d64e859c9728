"""The whole window on a real desk, driven by its keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner
from editor.core.findings import TextPlace
from editor.core.workflow import Action, Stage
from editor.errors import Stale
from editor.gui.library.places import MINE, REVIEW
from editor.gui.session import Session
from editor.gui.widgets.tab_order import takes_focus
from editor.gui.window.columns import NARROW
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, EDITOR, WRITER
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def full(write: Write) -> dict[str, str]:
    """A story of each stage, and two more in review; their ids by slug."""
    return {
        "drafted": write("drafted"),
        "drafted-by-chief": write("drafted-by-chief", by=CHIEF),
        "review-one": write("review-one", stage=Stage.REVIEW),
        "review-two": write("review-two", stage=Stage.REVIEW),
        "review-three": write("review-three", stage=Stage.REVIEW),
        "approved": write("approved", stage=Stage.APPROVED),
        "spiked": write("spiked", stage=Stage.SPIKED),
    }


def press(qtbot: QtBot, *keys: tuple[Qt.Key, Qt.KeyboardModifier] | Qt.Key) -> None:
    for key in keys:
        code, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, code, modifier)


def test_problem_is_shown_in_the_window_not_in_a_dialog(
    open_window: OpenWindow, session: Session, full: dict[str, str]
) -> None:
    window = open_window()
    session.problem.emit(Stale("Ines saved version 3.", "Look at both."))
    assert window.centre.problem.text() == "Ines saved version 3."
    assert QApplication.activeModalWidget() is None


def test_first_visit_goes_to_the_place_with_work(
    open_window: OpenWindow, full: dict[str, str], session: Session
) -> None:
    assert open_window(person=EDITOR).places.current().key == REVIEW
    assert open_window(person=WRITER).places.current().key == MINE


def test_places_show_how_many_stories_they_hold(
    open_window: OpenWindow, full: dict[str, str]
) -> None:
    places = open_window().places.places()
    shown = {place.key: places.count(place) for place in places.places()}
    assert shown == {
        "waiting": 3,
        "mine": 1,
        "returned": 0,
        "all": 7,
        "drafts": 2,
        "review": 3,
        "approved": 1,
        "published": 0,
        "spiked": 1,
        "killed": 0,
        "banner": 0,
        "section:world": 7,
        "section:business": 0,
        "section:sport": 0,
        "no-section": 0,
        f"author:{CHIEF}": 1,
        f"author:{EDITOR}": 0,
        f"author:{WRITER}": 6,
    }


@pytest.mark.parametrize(
    ("person", "titles"),
    [
        (
            WRITER,
            {"drafted": "Submit for approval", "review-one": "Export…", "spiked": "Unspike"},
        ),
        (
            EDITOR,
            {
                "drafted": "Submit for approval",
                "review-one": "Approve this version",
                "approved": "Export…",
            },
        ),
        (CHIEF, {"review-one": "Approve this version"}),
    ],
    ids=[WRITER, EDITOR, CHIEF],
)
def test_primary_button_names_the_next_step(
    open_window: OpenWindow,
    settle: Settle,
    full: dict[str, str],
    person: str,
    titles: dict[str, str],
) -> None:
    window = open_window(person=person)
    for slug, title in titles.items():
        window.parts.show_story(full[slug])
        settle()
        assert window.top.primary.text() == title, slug
        buttons = [button for button in window.top.findChildren(QPushButton) if button.isVisible()]
        assert [button.text() for button in buttons].count("Export…") == 1, slug
        returns = window.menu_actions["return"].isVisible()
        assert returns == (person != WRITER and slug in ("review-one", "approved")), slug


def test_edit_of_approved_text_changes_the_next_step(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, full: dict[str, str], desk: Desk
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(full["approved"])
    settle()
    window.centre.form.headline.setFocus()
    qtbot.keyClicks(window.centre.form.headline, "Late: ")
    assert window.top.primary.text() == "Approve this version"
    press(qtbot, (Qt.Key.Key_Return, CTRL))
    settle()
    stored = reading(desk).stored(full["approved"])
    assert "Late:" in stored.story.headline
    assert stored.state.stage is Stage.REVIEW, "who wrote some of it does not approve it"
    assert "wrote" in window.centre.problem.text()


def test_submit_and_approve_by_keyboard(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, write: Write, desk: Desk
) -> None:
    story = write("by-keyboard")
    window = open_window(person=WRITER)
    assert QApplication.focusWidget() is window.list.view
    press(qtbot, Qt.Key.Key_Return)
    assert window.draft.open_story.key == story, "the first story is there at the start"
    press(qtbot, (Qt.Key.Key_Return, CTRL))
    settle()
    assert reading(desk).stored(story).state.stage is Stage.REVIEW
    assert window.top.stage.text() == "In review"


def test_approving_by_keyboard_opens_the_next_story(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, full: dict[str, str], desk: Desk
) -> None:
    window = open_window(person=EDITOR)
    assert window.list.place.key == REVIEW
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    settle()
    first = window.draft.open_story.key
    assert reading(desk).stored(first).story.slug == "review-one", (
        "the one that waits longest is first"
    )
    press(qtbot, (Qt.Key.Key_Return, CTRL))
    settle()
    assert reading(desk).stored(first).state.stage is Stage.APPROVED
    assert reading(desk).stored(window.draft.open_story.key).story.slug == "review-two"
    assert window.list.current_id() == window.draft.open_story.key
    assert window.list.count.text() == "2 in review"


def test_approving_twice_at_once_approves_once(
    open_window: OpenWindow, settle: Settle, full: dict[str, str], desk: Desk
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(full["review-one"])
    settle()
    window.story_actions.do(Action.APPROVE)
    window.story_actions.do(Action.APPROVE)
    settle()
    assert window.centre.problem.text() == ""
    assert [row.action for row in reading(desk).log(full["review-one"])].count("approved") == 1


def test_return_needs_a_note(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, full: dict[str, str], desk: Desk
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(full["review-one"])
    settle()
    press(qtbot, (Qt.Key.Key_Return, CTRL | SHIFT))
    sheet = window.centre.sheet
    assert sheet.isVisible()
    assert QApplication.focusWidget() is sheet.text
    press(qtbot, (Qt.Key.Key_Return, CTRL))
    qtbot.keyClicks(sheet.text, "   ")
    press(qtbot, (Qt.Key.Key_Return, CTRL))
    settle()
    assert reading(desk).stored(full["review-one"]).state.stage is Stage.REVIEW
    qtbot.keyClicks(sheet.text, "Name both agencies.")
    press(qtbot, (Qt.Key.Key_Return, CTRL))
    settle()
    assert reading(desk).stored(full["review-one"]).state.stage is Stage.DRAFT
    assert [note.text for note in reading(desk).notes(full["review-one"])] == [
        "Name both agencies."
    ]
    assert not sheet.isVisible()


def test_escape_closes_the_return_note_and_keeps_its_text(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, full: dict[str, str]
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(full["review-one"])
    settle()
    window.menu_actions["return"].trigger()
    qtbot.keyClicks(window.centre.sheet.text, "Half a thought")
    press(qtbot, Qt.Key.Key_Escape)
    assert not window.centre.sheet.isVisible()
    assert window.centre.isAncestorOf(QApplication.focusWidget())
    window.menu_actions["return"].trigger()
    assert window.centre.sheet.text.toPlainText() == "Half a thought"


@pytest.mark.parametrize(
    ("slug", "after"), [("drafted", Stage.DRAFT), ("review-two", Stage.REVIEW)]
)
def test_toast_undoes_a_spike(
    qtbot: QtBot,
    open_window: OpenWindow,
    settle: Settle,
    full: dict[str, str],
    desk: Desk,
    slug: str,
    after: Stage,
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(full[slug])
    settle()
    window.menu_actions["spike"].trigger()
    settle()
    assert reading(desk).stored(full[slug]).state.stage is Stage.SPIKED
    assert f"Headline of {slug}" in window.centre.toast.text()
    window.centre.toast.undo()
    settle()
    assert reading(desk).stored(full[slug]).state.stage is after
    assert window.centre.toast.text() == ""


def test_window_state_is_restored(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, full: dict[str, str]
) -> None:
    window = open_window()
    window.places.go("section:world")
    window.parts.show_story(full["approved"])
    settle()
    window.columns.show_places(False)
    window.menu_actions["checks"].trigger()
    state = window.current_state()
    window.close()
    settle()
    again = open_window(state=state)
    assert again.draft.open_story.key == full["approved"]
    assert again.list.current_id() == full["approved"]
    assert again.places.current().key == "section:world"
    assert again.places.isHidden()
    assert again.pane.tabs.current() == "checks"


def test_missing_last_story_is_no_problem(
    open_window: OpenWindow, session: Session, full: dict[str, str]
) -> None:
    there = {str(session.desk.path): {"place": "section:gone", "story": "no-such-id"}}
    window = open_window(state=WindowState(tab="checks", desks=there))
    assert window.centre.problem.text() == ""
    assert window.places.current() is not None


def test_closing_saves_what_was_typed(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, full: dict[str, str], desk: Desk
) -> None:
    window = open_window(person=WRITER)
    window.parts.show_story(full["drafted"])
    settle()
    window.centre.form.headline.setFocus()
    qtbot.keyClicks(window.centre.form.headline, "Last words. ")
    with qtbot.waitSignal(window.closed):
        window.close()
    settle()
    assert "Last words." in reading(desk).stored(full["drafted"]).story.headline


def test_every_key_is_used_once(open_window: OpenWindow) -> None:
    window = open_window()
    keys = [
        sequence.toString()
        for action in window.findChildren(QAction)
        for sequence in action.shortcuts()
        if not sequence.isEmpty()
    ]
    assert len(keys) > 30
    assert sorted(keys) == sorted(set(keys))


def test_every_action_is_in_a_menu(open_window: OpenWindow) -> None:
    window = open_window()
    listed: set[QAction] = set()

    def walk(menu: QMenu) -> None:
        for action in menu.actions():
            listed.add(action)
            if action.menu() is not None:
                walk(action.menu())

    titles = []
    for action in window.menuBar().actions():
        titles.append(action.text())
        walk(action.menu())
    assert set(window.menu_actions.by_name.values()) <= listed
    access = [title[title.index("&") + 1].lower() for title in titles]
    assert len(access) == len(set(access)) <= 9


def test_access_keys_are_unique_in_each_menu(open_window: OpenWindow) -> None:
    for top in open_window().menuBar().actions():
        texts = [action.text() for action in top.menu().actions() if "&" in action.text()]
        keys = [text[text.index("&") + 1].lower() for text in texts]
        assert sorted(keys) == sorted(set(keys)), top.text()


def focusable(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if takes_focus(widget)]


def test_everything_that_takes_the_focus_has_a_name(
    open_window: OpenWindow, settle: Settle, full: dict[str, str]
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(full["drafted"])
    for place in (MINE, REVIEW, "published", "banner"):
        window.places.go(place)
        settle()
        # The web engine has a widget of its own inside its view; the view has the name.
        nameless = [
            f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
            for widget in focusable(window)
            if not (widget.accessibleName() or getattr(widget, "text", str)())
            and not isinstance(widget.parentWidget(), QWebEngineView)
        ]
        assert len(focusable(window)) >= 8, place
        assert nameless == [], place


def test_tab_follows_the_order_on_screen(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, full: dict[str, str]
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(full["drafted"])
    settle()
    parts = [window.top, window.places, window.list, window.centre, window.pane, window.status]
    window.top.findChildren(QPushButton)[0].setFocus()
    first = QApplication.focusWidget()
    ring, visited = [], []
    while (here := QApplication.focusWidget()) not in visited:
        visited.append(here)
        ring += [i for i, part in enumerate(parts) if part is here or part.isAncestorOf(here)]
        press(qtbot, Qt.Key.Key_Tab)
    assert here is first, "Tab returns to the first stop"
    assert ring == sorted(ring)
    press(qtbot, (Qt.Key.Key_Backtab, SHIFT))
    assert QApplication.focusWidget() is visited[-1]
    assert set(ring) == set(range(len(parts)))


def test_f6_goes_from_column_to_column(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, full: dict[str, str]
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(full["drafted"])
    settle()
    window.places.setFocus()
    visited = []
    for _step in range(4):
        press(qtbot, Qt.Key.Key_F6)
        here = QApplication.focusWidget()
        columns = (window.places, window.list, window.centre, window.pane)
        visited += [i for i, part in enumerate(columns) if part is here or part.isAncestorOf(here)]
    assert visited == [1, 2, 3, 0]
    press(qtbot, (Qt.Key.Key_F6, SHIFT))
    assert window.pane.isAncestorOf(QApplication.focusWidget())


def test_search_finds_stories_and_commands_and_gives_the_focus_back(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, write: Write
) -> None:
    found = write("ferry-boats", "Norland orders electric ferries")
    write("other-news")
    window = open_window(person=WRITER)
    window.list.view.setFocus()
    press(qtbot, (Qt.Key.Key_K, CTRL))
    search = window.top.search
    qtbot.keyClicks(search, "electric")
    qtbot.waitUntil(lambda: search.answers()[:-1] == ["Norland orders electric ferries"])
    press(qtbot, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert QApplication.focusWidget() is window.list.view
    press(qtbot, (Qt.Key.Key_K, CTRL))
    qtbot.keyClicks(search, "electric")
    qtbot.waitUntil(lambda: bool(search.answers()))
    press(qtbot, Qt.Key.Key_Return)
    settle()
    assert window.draft.open_story.key == found
    window.draft.close()
    press(qtbot, (Qt.Key.Key_K, CTRL))
    qtbot.keyClicks(search, "expor")
    qtbot.waitUntil(lambda: bool(search.answers()))
    assert search.answers() == ["Export…"], "once, though it is also the next step"
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, (Qt.Key.Key_K, CTRL))
    qtbot.keyClicks(search, "new sto")
    qtbot.waitUntil(lambda: "New story" in search.answers())
    press(qtbot, Qt.Key.Key_Return)
    settle()
    assert window.draft.open_story.key.startswith("new-")


def test_search_without_results_is_no_problem(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle
) -> None:
    window = open_window()
    window.top.search.begin(None)
    for text in ('"', "zzz AND (", "  ", "*", "no such words"):
        window.top.search.setText(text)
        settle()
    qtbot.waitUntil(lambda: window.top.search.answers() == [])
    assert window.centre.problem.text() == ""


@pytest.mark.parametrize("larger", [0, 4])
def test_no_button_is_clipped(
    open_window: OpenWindow,
    session: Session,
    settle: Settle,
    full: dict[str, str],
    larger: int,
) -> None:
    from editor.gui.theme import apply_theme, text_scale

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light", larger)
    window = open_window(person=EDITOR)
    window.parts.show_story(full["review-one"])
    settle()
    for width, height in ((1024, 600), (1440, 900)):
        window.resize(width, height)
        QApplication.processEvents()
        assert window.width() <= max(width, 1024)
        clipped = [
            button.text()
            for part in (window.top, window.list, window.pane)
            for button in part.findChildren(QPushButton)
            if button.isVisible() and button.width() < button.minimumSizeHint().width()
        ]
        assert clipped == [], width
        columns = [part for part in (window.list, window.centre, window.pane) if part.isVisible()]
        assert len(columns) >= 2
        assert window.places.isVisible() == (width > NARROW * text_scale())
        assert min(part.width() for part in columns) > 180, width


def test_narrow_window_offers_every_place_in_a_menu(
    open_window: OpenWindow, full: dict[str, str], settle: Settle
) -> None:
    window = open_window()
    window.resize(1024, 600)
    QApplication.processEvents()
    assert window.list.places_button.isVisible()
    menu = window.list.places_button.menu()
    menu.aboutToShow.emit()
    titles = [action.text() for action in menu.actions()]
    assert titles == [place.title for place in window.places.places().places()]
    menu.actions()[titles.index("Spiked")].trigger()
    settle()
    assert window.list.place.key == "spiked"
    window.resize(1440, 900)
    QApplication.processEvents()
    assert window.places.isVisible()
    assert not window.list.places_button.isVisible()


def test_undo_and_next_step_follow_the_banner(
    qtbot: QtBot,
    open_window: OpenWindow,
    settle: Settle,
    full: dict[str, str],
    banner: Banner,
    desk: Desk,
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(full["review-one"])
    window.places.go("banner")
    settle()
    assert window.top.primary.text() == "Approve banner", "a story out of sight is not approved"
    assert not window.menu_actions["spike"].isEnabled()
    assert not window.top.stage.isVisible()
    editor = window.centre.banner
    editor.draft.set_field(0, "title", "Ferry back on Tuesday")
    qtbot.waitUntil(window.menu_actions["undo"].isEnabled)
    window.menu_actions["undo"].trigger()
    assert editor.draft.banner.briefs[0].title == "Ferry back on Monday"
    qtbot.waitUntil(window.menu_actions["redo"].isEnabled)
    window.menu_actions["redo"].trigger()
    window.parts.show_story(full["review-one"])
    settle()
    assert reading(desk).banner().briefs[0].title == "Ferry back on Tuesday"
    assert window.places.current().key == REVIEW
    assert window.top.primary.text() == "Approve this version"


def test_ctrl_return_in_a_note_sends_the_note_only(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, full: dict[str, str], desk: Desk
) -> None:
    window = open_window(person=WRITER)
    window.parts.show_story(full["drafted"])
    settle()
    window.menu_actions["note"].trigger()
    settle()
    box = QApplication.focusWidget()
    assert window.pane.isAncestorOf(box)
    qtbot.keyClicks(box, "Ask the port.")
    press(qtbot, (Qt.Key.Key_Return, CTRL))
    settle()
    assert [note.text for note in reading(desk).notes(full["drafted"])] == ["Ask the port."]
    assert reading(desk).stored(full["drafted"]).state.stage is Stage.DRAFT


def test_finding_leads_to_its_place_in_story_or_banner(
    open_window: OpenWindow,
    settle: Settle,
    full: dict[str, str],
    banner: Banner,
) -> None:
    window = open_window(person=EDITOR)
    for path, text in (
        ("banner/1/title", "Market hall to open early"),
        ("banner", ""),
        ("banner/9/title", ""),
        ("headline", "Headline of drafted"),
        ("no/such/path", ""),
    ):
        window.parts.show_story(full["drafted"])
        settle()
        window.parts.go_to(TextPlace(path))
        settle()
        assert window.centre.shows_banner() == path.startswith("banner"), path
        if text:
            here = QApplication.focusWidget()
            shown = here.text() if hasattr(here, "text") else here.toPlainText()
            assert (shown() if callable(shown) else shown) == text


def test_empty_desk_begins_with_a_story_and_its_window_has_a_name(
    open_window: OpenWindow, settle: Settle
) -> None:
    window = open_window(person=WRITER)
    assert window.windowTitle() == "Harbour Post – Stonehand"
    assert window.top.primary.text() == "New story"
    texts = [button.text() for button in window.top.findChildren(QPushButton) if button.isVisible()]
    assert texts.count("New story") == 1
    window.top.primary.click()
    settle()
    assert window.draft.open_story.key.startswith("new-")


def test_save_of_what_is_saved_says_so(
    open_window: OpenWindow, settle: Settle, full: dict[str, str]
) -> None:
    window = open_window(person=WRITER)
    window.parts.show_story(full["drafted"])
    settle()
    window.menu_actions["save"].trigger()
    assert window.centre.toast.text() == "Nothing has changed since version 1."
