"""What is typed into any field is in the draft at once, and undo brings it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveHouse, SaveStory
from editor.core.findings import TextPlace
from editor.core.paths import value_at, with_value
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.body_commands import BodyCommands
from editor.gui.story.form import StoryForm
from editor.gui.story.marks.emphasis import EmphasisMark
from editor.gui.story.names import NamesArea
from editor.gui.theme import apply_theme
from editor.gui.widgets.field_menu import field_menu
from editor.store.desk import Desk
from tests.gui.hands import Hands
from tests.reading import reading

CHIEF = "Mara Quill"
Write = Callable[..., str]
Settle = Callable[[], None]


def is_in_view(form: StoryForm, cell: QWidget) -> bool:
    end = cell.mapTo(form.viewport(), cell.rect().bottomLeft())
    return form.viewport().rect().contains(end)


TYPED: list[tuple[str, str, object]] = [
    ("kicker", "Transport", "Transport"),
    ("headline", "Café opens – “again” 🚢", "Café opens – “again” 🚢"),
    ("standfirst", "It sails again. Fares stay.", "It sails again. Fares stay."),
    ("dateline/city", "الإسكندرية", "الإسكندرية"),
    ("dateline/country", "Norland", "Norland"),
    ("dateline/state", "North", "North"),
    ("dateline/date", "2026-03-03", "2026-03-03"),
    ("dateline/date", "3 March 2026", "2026-03-03"),
    ("dateline/agency", "HP", "HP"),
    ("body", "First.\n\nSecond 漢字.", "First.\n\nSecond 漢字."),
    ("slug", "a-new-slug", "a-new-slug"),
    ("bylines", "Martin King, Jr.\nAnn Lee", ("Martin King, Jr.", "Ann Lee")),
    ("bylines", "Ann Lee, Harbour Post", ("Ann Lee, Harbour Post",)),
    ("keywords", "Washington, D.C.\n\nميناء، قوارب", ("Washington, D.C.", "ميناء، قوارب")),
    ("ed_note", "Call the mayor.\n\nNot before six.", "Call the mayor.\n\nNot before six."),
]


def test_typing_reaches_the_draft(form: StoryForm, draft: Draft, hands: Any) -> None:
    for path, typed, value in TYPED:
        draft.new()
        draft.edit(replace(draft.typed, bylines=()), "bylines")
        form.go_to(TextPlace(path))
        field = form.focusWidget()
        assert field is not None, path
        hands.type(field, typed)
        assert value_at(draft.typed, path) == value
        assert field.text() == typed, "what is typed is not rewritten meanwhile"


def test_input_method_types_when_it_commits(form: StoryForm, draft: Draft, hands: Any) -> None:
    draft.new()
    hands.compose(form.headline, "kan", "漢字")
    assert draft.typed.headline == "漢字"
    assert form.headline.text() == "漢字"
    assert draft.stack.count() == 1


def test_emoji_and_direction_marks_survive_in_the_headline(
    form: StoryForm, draft: Draft, desk: Desk, hands: Any, settle: Settle
) -> None:
    draft.new()
    text = "🚢\u200f سفينة \u2066USS\u2069 👩\u200d✈️"
    hands.type(form.headline, text)
    draft.save()
    settle()
    assert reading(desk).stored(draft.open_story.key).story.headline == text
    assert form.headline.text() == text


def test_no_break_spaces_are_preserved(
    form: StoryForm, draft: Draft, write: Write, hands: Any
) -> None:
    hands.open(write("km", body="It is 25\u00a0km away."))
    hands.type(form.body, "Yes. ")
    assert draft.typed.body == "Yes. It is 25\u00a0km away."


def test_undo_and_redo_focus_the_field_they_change(
    form: StoryForm, draft: Draft, hands: Any
) -> None:
    draft.new()
    hands.type(form.headline, "Boats")
    hands.type(form.body, "Text")
    hands.type(form.kicker, "Sea")
    hands.undo(form.kicker)
    hands.undo(form.kicker)
    assert (draft.typed.headline, draft.typed.body, draft.typed.kicker) == ("Boats", "", "")
    assert form.body.hasFocus()
    hands.undo(form.body)
    assert form.headline.hasFocus()
    assert form.headline.text() == ""
    for _step in range(3):
        hands.redo(form.headline)
    assert (draft.typed.headline, draft.typed.body, draft.typed.kicker) == ("Boats", "Text", "Sea")
    assert form.kicker.hasFocus()
    assert form.kicker.caret() == 3


def test_typing_in_the_middle_keeps_the_caret(
    form: StoryForm, draft: Draft, write: Write, hands: Any
) -> None:
    hands.open(write("middle", body="One three."))
    form.body.select(4, 4)
    hands.type(form.body, "two ")
    assert draft.typed.body == "One two three."
    assert form.body.caret() == 8


def test_change_elsewhere_in_the_text_keeps_the_caret(
    form: StoryForm, draft: Draft, write: Write, hands: Any
) -> None:
    hands.open(write("elsewhere", body="One. 🚢 Two. Three."))
    form.body.select(7, 7)
    draft.edit(replace(draft.typed, body="One. 🚢 Two. Three. Four."), "body")
    assert form.body.text() == "One. 🚢 Two. Three. Four."
    assert form.body.caret() == 7


def test_going_to_a_place_after_an_emoji_selects_it(
    form: StoryForm, write: Write, hands: Any
) -> None:
    hands.open(write("astral", body="🚢🚢 ships\n\nand 👩‍✈️ one more"))
    for start, end in ((3, 8), (10, 13), (14, 18), (19, 22)):
        form.go_to(TextPlace("body", start, end))
        assert form.body.selected() == form.body.text()[start:end]
        assert form.body.hasFocus()


def test_any_place_of_a_finding_focuses_a_field(form: StoryForm, opened: str) -> None:
    for path in ("key_points", "key_points/1", "key_points/9", "pictures/0", "section", "embargo"):
        form.kicker.setFocus()
        form.go_to(TextPlace(path))
        focused = form.focusWidget()
        assert isinstance(focused, QWidget), path
        assert focused.isVisible(), path
        assert focused is not form.kicker, path


def test_bad_day_is_explained_beside_its_field(form: StoryForm, draft: Draft, hands: Any) -> None:
    draft.new()
    form.go_to(TextPlace("dateline/date"))
    field = form.dateline.cells["date"].field
    assert field.isVisible(), "a field nobody uses yet is unfolded to go there"
    hands.type(field, "2026-02-30")
    assert "not a day" in form.dateline.cells["date"].problem()
    assert draft.typed.dateline.date == ""
    assert field.accessibleDescription() == form.dateline.cells["date"].problem()
    field.selectAll()
    hands.type(field, "--03-03")
    assert form.dateline.cells["date"].problem() == ""
    assert draft.typed.dateline.date == "--03-03"


def test_day_gets_its_one_form_once_the_focus_leaves_it(
    form: StoryForm, draft: Draft, hands: Any
) -> None:
    draft.new()
    draft.edit(replace(draft.typed, language="fr"), "language")
    form.go_to(TextPlace("dateline/date"))
    cell = form.dateline.cells["date"]
    hands.type(cell.field, "3 août 2026")
    assert draft.typed.dateline.date == "2026-08-03"
    form.body.setFocus()
    assert cell.field.text() == "2026-08-03"
    hands.undo(cell.field)
    assert (cell.field.text(), draft.typed.dateline.date) == ("", "")
    draft.redo()
    assert cell.field.text() == "2026-08-03"
    form.go_to(TextPlace("dateline/date"))
    cell.field.selectAll()
    hands.type(cell.field, "4/8/2026")
    assert "may be" in cell.problem()
    form.body.setFocus()
    assert cell.field.text() == "4/8/2026", "what is not clear stays as it was typed"
    assert draft.typed.dateline.date == "2026-08-03"


def test_what_is_wrong_with_a_field_is_seen_below_it(
    form: StoryForm, draft: Draft, hands: Any, qtbot: QtBot
) -> None:
    draft.new()
    form.resize(480, 420)
    cell = form.details.cells["embargo"]
    hands.type(cell.date.edit, "tomorrow at six in the morning, as agreed with the agency")
    form.verticalScrollBar().setValue(0)
    form.go_to(TextPlace("embargo"))
    assert "date and time" in cell.problem()
    qtbot.waitUntil(lambda: is_in_view(form, cell))


def test_undo_first_removes_text_that_never_became_a_value(
    form: StoryForm, draft: Draft, hands: Any
) -> None:
    draft.new()
    hands.type(form.headline, "Boats")
    field = form.details.cells["slug"].field
    hands.type(field, "Not a slug")
    assert "slug" in form.details.cells["slug"].problem()
    hands.undo(field)
    assert field.text() == draft.typed.slug
    assert draft.typed.headline == "Boats"
    assert form.details.cells["slug"].problem() == ""


@pytest.mark.parametrize("name", ["embargo", "publish_at", "expires"])
def test_bad_time_is_explained_and_a_good_one_is_an_instant(
    form: StoryForm, draft: Draft, hands: Any, name: str
) -> None:
    draft.new()
    field = form.details.cells[name].date.edit
    hands.type(field, "tomorrow")
    assert "date and time" in form.details.cells[name].problem()
    field.selectAll()
    hands.type(field, "2026-03-03T06:00+02:00")
    assert form.details.cells[name].problem() == ""
    assert getattr(draft.typed, name) == "2026-03-03T04:00:00Z"


def test_dateline_is_rendered_while_it_is_typed(form: StoryForm, draft: Draft, hands: Any) -> None:
    draft.new()
    hands.type(form.dateline.cells["city"].field, "Port Elin")
    hands.type(form.dateline.cells["country"].field, "Norland")
    assert form.dateline.reads.text() == "Port Elin, Norland–"


def test_dateline_fields_that_the_template_uses_are_shown(
    form: StoryForm, draft: Draft, desk: Desk, settle: Settle
) -> None:
    draft.new()
    assert not form.dateline.cells["agency"].field.isVisible()
    house = replace(reading(desk).house(), dateline_template="{city}[ ({agency})] - ")
    draft.session.run(SaveHouse(house, reading(desk).house().hash), owner=form)
    settle()
    assert form.dateline.cells["agency"].field.isVisible()


@pytest.mark.parametrize(("name", "limit"), [("headline", 90), ("standfirst", 200)])
def test_characters_are_counted_against_a_limit(
    form: StoryForm, draft: Draft, hands: Any, name: str, limit: int
) -> None:
    draft.new()
    field = dict(form.text_fields())[name]
    cell = field.parentWidget()
    hands.type(field, "👩\u200d✈️ Café")
    assert cell.label.count() == f"6 of {limit}"
    draft.edit(with_value(draft.typed, name, "x" * (limit + 1)), name)
    assert cell.label.count() == f"{limit + 1} of {limit}"


def test_words_of_the_body_and_its_selection_are_counted(
    form: StoryForm, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("count", body="One *two* three [four](https://x.example)."))
    counts = form._body_cell.label
    qtbot.waitUntil(lambda: counts.count() == "Markdown · 4 words · 1 min read")
    form.body.select(0, 9)
    assert counts.count() == "2 of 4 words"


def test_rich_text_is_pasted_as_markdown(form: StoryForm, draft: Draft) -> None:
    draft.new()
    rich = QMimeData()
    rich.setHtml("<b>Bold</b> words<script>x</script>")
    rich.setText("Bold words")
    form.body.insertFromMimeData(rich)
    assert draft.typed.body == "**Bold** words"
    form.headline.insertFromMimeData(rich)
    assert draft.typed.headline == "Bold words", "a headline is one line"
    rich.setText(" and so on\n")
    form.headline.insertFromMimeData(rich)
    assert draft.typed.headline == "Bold words and so on", "its space was meant"


def test_arabic_is_written_from_the_right(form: StoryForm, write: Write, hands: Any) -> None:
    hands.open(write("arabic", language="ar", body="نص عربي\n\nEnglish words"))
    for field in (form.headline, *form.points.fields(), form.dateline.cells["city"].field):
        block = field.document().firstBlock()
        assert block.textDirection() is Qt.LayoutDirection.RightToLeft
    first, last = form.body.document().firstBlock(), form.body.document().lastBlock()
    assert first.textDirection() is Qt.LayoutDirection.RightToLeft
    assert last.textDirection() is Qt.LayoutDirection.LeftToRight
    slug = form.details.cells["slug"].field
    assert slug.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_changing_the_language_changes_the_direction(
    form: StoryForm, draft: Draft, opened: str
) -> None:
    language = form.details.cells["language"].field
    language.setCurrentIndex(language.findData("ar"))
    language.activated.emit(language.currentIndex())
    assert draft.typed.language == "ar"
    assert form.headline.layoutDirection() is Qt.LayoutDirection.RightToLeft
    draft.undo()
    assert form.headline.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_choosing_a_section_changes_the_draft(form: StoryForm, draft: Draft, opened: str) -> None:
    section = form.details.cells["section"].field
    section.setCurrentIndex(section.findData("sport"))
    section.activated.emit(section.currentIndex())
    assert draft.typed.section == "sport"
    draft.undo()
    assert section.currentData() == "world"


def test_spiked_story_is_read_only_and_says_why(
    form: StoryForm, draft: Draft, write: Write, hands: Any
) -> None:
    hands.open(write("spiked", "Put aside", stage=Stage.SPIKED))
    hands.type(form.headline, "x")
    assert form.headline.text() == draft.typed.headline == "Put aside"
    assert "spiked" in form.locked.text()
    hands.open(write("fine"))
    assert form.locked.text() == ""
    hands.type(form.headline, "x")
    assert draft.typed.headline.startswith("x")


def test_story_of_a_later_stonehand_is_read_only_and_says_why(
    form: StoryForm,
    draft: Draft,
    desk: Desk,
    write: Write,
    hands: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = write("later", "Written later")
    later = Story.from_json({**reading(desk).stored(story).story.to_json(), "hologram": "?"})
    with monkeypatch.context() as patched:
        patched.setattr(Story, "require_known", lambda _story: None)
        desk.do(SaveStory(later, 1), CHIEF)
    hands.open(story)
    hands.type(form.headline, "x")
    assert not draft.can_edit
    assert draft.typed == later
    assert form.headline.isReadOnly()
    assert "fields that this version of Stonehand does not know" in form.locked.text()
    assert "Update Stonehand" in form.locked.accessibleName()


def test_notice_of_recovered_text_is_above_the_story(
    form: StoryForm, draft: Draft, desk: Desk, write: Write, hands: Any
) -> None:
    story = write("crashed", "As saved")
    typed = replace(reading(desk).stored(story).story, headline="As typed")
    entry = {"story": typed.to_json(), "base": 1, "field": "headline", "caret": 2}
    desk.journal.write(f"story:{story}", entry)
    hands.open(story)
    assert "back" in form.notice.text()
    assert form.headline.text() == "As typed"
    assert form.headline.caret() == 2


def test_caret_in_another_line_is_reported(
    form: StoryForm, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("lines", body="One.\n\n🚢 Two."))
    places: list[TextPlace] = []
    form.caret_moved.connect(places.append)
    form.body.select(7, 7)
    assert len(places) == 1
    assert places[-1].path == "body"
    assert places[-1].start == 6


def test_going_into_the_body_tells_its_line_also_where_the_caret_was_there(
    form: StoryForm, write: Write, hands: Any
) -> None:
    hands.open(write("lines", body="One."))
    form.headline.setFocus()
    places: list[TextPlace] = []
    form.caret_moved.connect(places.append)
    form.body.setFocus()
    assert [(place.path, place.start) for place in places] == [("body", 0)]


def test_squiggles_are_under_what_was_found(
    form: StoryForm, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("spaces", body="🚢 Two  spaces here."))
    qtbot.waitUntil(lambda: bool(form.body.extraSelections()))
    [selection] = form.body.extraSelections()
    assert selection.cursor.selectedText().strip() == ""
    hands.type(form.body, "Now: ")
    [moved] = form.body.extraSelections()
    assert moved.cursor.selectedText().strip() == "", "it moves along while somebody types"
    form.body.select(0, len(form.body.text()))
    hands.type(form.body, "Gone.")
    qtbot.waitUntil(lambda: not form.body.extraSelections())


def test_bold_is_put_on_the_selected_words_and_taken_off_again(
    form: StoryForm, draft: Draft, write: Write, hands: Any
) -> None:
    hands.open(write("mark", body="🚢 The mayor said."))
    form.body.setFocus()
    form.body.select(6, 12)
    form.mark(lambda body: body.emphasise(EmphasisMark.BOLD))
    assert draft.typed.body == "🚢 The **mayor** said."
    assert form.body.selected() == "mayor"
    form.mark(lambda body: body.emphasise(EmphasisMark.BOLD))
    assert draft.typed.body == "🚢 The mayor said."
    form.mark(BodyCommands.link)
    assert draft.typed.body == "🚢 The [mayor]() said."
    hands.type(form.body, "about-her")
    assert draft.typed.body == "🚢 The [mayor](about-her) said."
    draft.undo()
    draft.undo()
    assert draft.typed.body == "🚢 The mayor said."


def test_bold_is_begun_typed_and_ended_as_in_any_editor(
    form: StoryForm, draft: Draft, hands: Any
) -> None:
    draft.new()
    for text in ("It is ", None, "new ", None, "here."):
        if text is None:
            form.mark(lambda body: body.emphasise(EmphasisMark.BOLD))
        else:
            hands.type(form.body, text)
    assert draft.typed.body == "It is **new** here."


def test_bold_in_another_field_changes_nothing_and_says_why(
    form: StoryForm, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("mark", body="The mayor said.", headline="Ferry"))
    before = draft.typed
    form.body.select(4, 9)
    for field in (form.headline, form.pictures.add):
        field.setFocus()
        for change in (lambda body: body.emphasise(EmphasisMark.BOLD), BodyCommands.link):
            with qtbot.waitSignal(form.session.problem) as said:
                form.mark(change)
            assert said.args[0].sentence
            assert said.args[0].hint
        assert field.hasFocus(), "the caret does not jump"
    assert draft.typed == before


@pytest.mark.parametrize(
    ("body", "at"), [("    code here", 6), ("Words `code` here", 8), ("[a](https://a.example)", 6)]
)
def test_bold_in_code_or_in_an_address_is_refused(
    form: StoryForm, draft: Draft, write: Write, hands: Any, qtbot: QtBot, body: str, at: int
) -> None:
    hands.open(write("code", body=body))
    form.body.setFocus()
    form.body.select(at, at)
    with qtbot.waitSignal(form.session.problem):
        form.mark(lambda field: field.emphasise(EmphasisMark.BOLD))
    assert draft.typed.body == body


def test_tab_follows_the_order_in_which_fields_are_seen(
    form: StoryForm, draft: Draft, opened: str
) -> None:
    form.kicker.setFocus()
    seen = []
    for _step in range(12):
        focused = form.focusWidget()
        assert focused is not None
        seen.append(focused.mapTo(form.widget(), focused.rect().topLeft()).y())
        form.focusNextChild()
    # A row's button may be a little above its fields.
    assert all(after > before - 24 for before, after in pairwise(seen))


def test_body_of_a_hundred_thousand_words_opens(
    form: StoryForm, draft: Draft, write: Write, hands: Any
) -> None:
    body = "\n\n".join(["Twenty words make up each one of these many paragraphs here. " * 2] * 4600)
    hands.open(write("long", body=body))
    assert form.body.text() == draft.typed.body
    hands.type(form.body, "x")
    assert draft.typed.body.startswith("xTwenty")


def test_every_field_has_a_name(form: StoryForm, opened: str) -> None:
    for _path, field in form.text_fields():
        assert field.accessibleName(), field


def test_form_is_empty_while_no_story_is_open(form: StoryForm, draft: Draft, opened: str) -> None:
    draft.close()
    assert not draft.open_story.is_open
    assert form.headline.text() == ""
    assert draft.typed == Story()


def test_menu_of_a_squiggle_offers_its_fix(
    form: StoryForm, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("spaces", body="🚢 Two  spaces."))
    qtbot.waitUntil(lambda: bool(form.body.extraSelections()))
    [fix] = [fix for finding in draft.open_story.findings for fix in finding.fixes]
    away, there = field_menu(form.body, 0), field_menu(form.body, 6)
    assert fix.title not in [action.text() for action in away.actions()]
    there.actions()[0].trigger()
    assert draft.typed.body == "🚢 Two spaces."
    undo = next(action for action in there.actions() if action.text() == "&Undo")
    undo.trigger()
    assert draft.typed.body == "🚢 Two  spaces."


def test_caret_stays_in_view_while_the_body_grows(
    form: StoryForm, draft: Draft, hands: Any, qtbot: QtBot
) -> None:
    draft.new()
    form.resize(420, 420)
    hands.type(form.body, "A line of the body.\n" * 30)

    def in_view() -> bool:
        caret = form.body.viewport().mapTo(form.viewport(), form.body.cursorRect().center())
        return form.viewport().rect().contains(caret)

    qtbot.waitUntil(in_view)


def test_line_of_the_caret_stays_in_the_middle_where_that_is_wanted(
    form: StoryForm,
    draft: Draft,
    hands: Any,
    write: Write,
    session: Session,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hands.open(write("long", body="\n\n".join(["A line of the body."] * 80)))
    form.resize(520, 420)

    def off_middle() -> int:
        caret = form.body.viewport().mapTo(form.viewport(), form.body.cursorRect().center())
        return abs(caret.y() - form.viewport().height() // 2)

    # Other tests of this process may have left a button pressed, or a window in front.
    buttons = [Qt.MouseButton.NoButton]
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: buttons[0])
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.go_to(TextPlace("body", 400, 400))
    settle()
    qtbot.waitUntil(lambda: off_middle() > 60)
    session.change_settings(typewriter_scrolling=True)
    qtbot.waitUntil(lambda: off_middle() <= 2)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        hands.press(form.body, key)
        qtbot.waitUntil(lambda: off_middle() <= 2)
    hands.type(form.body, "Words.\n\nMore words.")
    qtbot.waitUntil(lambda: off_middle() <= 2)
    before = form.verticalScrollBar().value()
    buttons[0] = Qt.MouseButton.LeftButton
    form.body.select(form.body.caret() + 30, form.body.caret() + 30)
    assert form.verticalScrollBar().value() == before, "nothing moves under the mouse"
    buttons[0] = Qt.MouseButton.NoButton
    session.change_settings(typewriter_scrolling=False)
    hands.press(form.body, Qt.Key.Key_Down)
    assert form.verticalScrollBar().value() == before
    settle()


def test_larger_interface_font_reaches_the_fields(
    form: StoryForm, opened: str, qapp: QApplication
) -> None:
    before = (form.headline.font().pointSizeF(), form.body.font().pointSizeF())
    apply_theme(qapp, "light", 4)
    try:
        assert form.headline.font().pointSizeF() == pytest.approx(before[0] + 4)
        assert form.body.font().pointSizeF() == pytest.approx(before[1] + 4)
    finally:
        apply_theme(qapp, "light")


def test_half_a_surrogate_pair_is_dropped(
    form: StoryForm, draft: Draft, write: Write, hands: Any
) -> None:
    hands.open(write("half", body="One two three."))
    form.body.select(4, 7)
    form.body.textCursor().insertText("\ud83d🚢")
    assert draft.typed.body == "One 🚢 three."
    form.go_to(TextPlace("body", 6, 11))
    assert form.body.selected() == "three"
    hands.type(form.body, "four")
    assert draft.typed.body == "One 🚢 four."


def test_finding_in_a_name_is_marked_and_leads_to_its_line(
    form: StoryForm, draft: Draft, hands: Any, qtbot: QtBot, settle: Settle
) -> None:
    draft.new()
    draft.edit(replace(draft.typed, keywords=("ports", "Washington, D.C.", "two\u200b ships")), "")
    form.go_to(TextPlace("keywords/1", 0, 10))
    field = form.focusWidget()
    assert isinstance(field, NamesArea)
    assert field.selected() == "Washington"
    qtbot.waitUntil(lambda: bool(field.squiggles_at(len("ports\nWashington, D.C.\ntwo"))))
    form.go_to(TextPlace("bylines"))
    assert form.focusWidget() is form.details.cells["bylines"].field


PARAGRAPH = "The harbour board said on Tuesday that two boats would sail again next week. " * 4


def long_body(form: StoryForm, write: Write, hands: Any, paragraphs: int = 30) -> None:
    hands.open(write("long", body="\n\n".join([PARAGRAPH] * paragraphs)))
    form.resize(600, 500)
    form.body.setFocus()


def test_form_scrolls_as_one_page(form: StoryForm, write: Write, hands: Any, qtbot: QtBot) -> None:
    long_body(form, write, hands)
    body, bar = form.body, form.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1_000)
    assert body.verticalScrollBar().maximum() == 0
    assert body.height() >= body.document().size().height()
    at = QPointF(50, body.height() / 2)
    wheel = QWheelEvent(
        at,
        body.viewport().mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(body.viewport(), wheel)
    assert not wheel.isAccepted(), "the form gets it, and scrolls"


@pytest.mark.parametrize("width", [760, 1_000, 1_900])
def test_lines_have_about_seventy_characters_at_any_width(
    form: StoryForm, write: Write, hands: Any, qtbot: QtBot, width: int
) -> None:
    long_body(form, write, hands)
    form.resize(width, 500)

    def line_length() -> float:
        layout = form.body.document().firstBlock().layout()
        lines = [layout.lineAt(number).textLength() for number in range(layout.lineCount() - 1)]
        return sum(lines) / len(lines)

    qtbot.waitUntil(lambda: 62 <= line_length() <= 76)


def test_page_down_goes_by_what_is_seen(
    form: StoryForm, write: Write, hands: Any, qtbot: QtBot
) -> None:
    long_body(form, write, hands)
    body, page = form.body, form.viewport().height()
    body.select(0, 0)
    tops = [body.cursorRect().top()]
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        hands.press(body, key)
        tops.append(body.cursorRect().top())
        caret = body.viewport().mapTo(form.viewport(), body.cursorRect().center())
        assert form.viewport().rect().contains(caret)
    steps = [after - before for before, after in pairwise(tops)]
    assert all(page / 2 < abs(step) <= page for step in steps)
    assert [step > 0 for step in steps] == [True, True, False]
    hands.press(body, Qt.Key.Key_PageDown, "", Qt.KeyboardModifier.ShiftModifier)
    assert len(body.selected()) > len(PARAGRAPH)


def test_body_that_nobody_may_change_is_scrolled_by_keys(
    form: StoryForm, write: Write, hands: Any, qtbot: QtBot
) -> None:
    long_body(form, write, hands)
    form.body.setReadOnly(True)
    before = form.verticalScrollBar().value()
    hands.press(form.body, Qt.Key.Key_PageDown)
    assert form.verticalScrollBar().value() > before


def test_selecting_goes_on_while_the_mouse_is_held_below_the_form(
    form: StoryForm, write: Write, hands: Any, qtbot: QtBot
) -> None:
    long_body(form, write, hands)
    field, below = form.body.viewport(), QPointF(60, form.height() + 40)
    form.body.select(0, 0)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    QTest.mousePress(field, left, pos=field.mapFrom(form, QPoint(60, form.height() - 60)))
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        field.mapFrom(form, below),
        form.mapToGlobal(below),
        none,
        left,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(field, move)
    bar = form.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 2 * form.viewport().height())
    QTest.mouseRelease(field, left, pos=QPoint(60, 60))
    assert len(form.body.selected()) > len(PARAGRAPH)
    assert not form.body._drag.isActive()


class Widths(QObject):
    """Notes each width that a widget gets."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self.seen.append(event.size().width())
        return False


def test_line_more_does_not_lay_out_the_whole_body_again(
    form: StoryForm, write: Write, hands: Any, settle: Any
) -> None:
    """A scroll bar that came and went changed the width of every line, twice."""
    long_body(form, write, hands, 200)
    settle()
    form.body.select(len(PARAGRAPH) * 100, len(PARAGRAPH) * 100)
    widths, height = Widths(form.body.viewport()), form.body.height()
    hands.type(form.body, "\n\n\n")
    assert form.body.height() > height
    assert set(widths.seen) == {form.body.viewport().width()}


def test_form_is_as_it_was_scrolled_after_another_window(
    form: StoryForm, write: Write, hands: Hands, qtbot: QtBot, settle: Settle
) -> None:
    hands.open(write("long", body="Boats came in.\n\n" * 200))
    form.body.setFocus()
    form.body.select(3000, 3000)
    bar = form.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 500)
    bar.setValue(100)
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    form.activateWindow()
    qtbot.waitUntil(form.body.hasFocus)
    settle()
    assert bar.value() == 100
