"""What is pasted into the body is read, put in as one undo step, and told of in a quiet line."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from editor.core.fields import FIELDS
from editor.errors import EditorError
from editor.gui.draft.draft import Draft
from editor.gui.story.form import StoryForm
from editor.gui.story.paste import AT_ONCE
from editor.gui.widgets.clipboard import OWN
from tests.gui.hands import Hands

BODY = "The harbour opened on Monday.\n\nBoats came in."
PAGE = (
    '<h1>Ports</h1><p>The <b>pier</b> is <a href="https://port.example/?utm_source=x">shut</a>.'
    '<span style="display:none">No.</span></p><ul><li>one</li><li>two</li></ul>'
)
READ = "## Ports\n\nThe **pier** is [shut](https://port.example/).\n\n- one\n- two"


def clip(html: str = "", text: str = "") -> QMimeData:
    data = QMimeData()
    if html:
        data.setData("text/html", html.encode())
    if text:
        data.setText(text)
    return data


@pytest.fixture
def paste(form: StoryForm, opened: str) -> Callable[..., StoryForm]:
    """Paste into the body of an open story, at a place or over a range."""

    def put(data: QMimeData, start: int = len(BODY), end: int | None = None) -> StoryForm:
        assert opened
        form.body.setFocus()
        form.body.select(start, start if end is None else end)
        form.body.insertFromMimeData(data)
        return form

    return put


Paste = Callable[..., StoryForm]


def test_a_page_is_pasted_as_markdown_between_blank_lines(paste: Paste, draft: Draft) -> None:
    at = BODY.index("\n\n")
    form = paste(clip(PAGE, "Ports The pier is shut."), at)
    assert draft.typed.body == BODY.replace("\n\n", f"\n\n{READ}\n\n", 1)
    assert form.body.caret() == at + 2 + len(READ)
    assert form.body.hasFocus()
    assert form.paste.line.text() == (
        "Kept: 1 crosshead, 1 list, 1 link, bold. Left out: tracking in 1 link, hidden text."
    )


def test_words_are_pasted_into_their_line(paste: Paste, draft: Draft) -> None:
    start = BODY.index("opened")
    paste(clip("<b>1. closed</b>", "1. closed"), start, start + len("opened"))
    assert draft.typed.body.startswith("The harbour **1. closed** on Monday.")
    paste(clip("<span>1. Really</span>", "1. Really"), 0)
    assert draft.typed.body.startswith("1\\. ReallyThe harbour")


@pytest.mark.parametrize("data", [clip(PAGE), clip("", "x"), clip("<b>x</b>"), clip("", "a\n\nb")])
def test_one_undo_restores_the_text_before_a_paste_while_typing(
    data: QMimeData, paste: Paste, form: StoryForm, draft: Draft, hands: Hands
) -> None:
    form.body.select(len(BODY), len(BODY))
    hands.type(form.body, " Soon")
    typed = draft.typed.body
    paste(data, len(typed))
    assert draft.typed.body != typed
    hands.type(form.body, "s")
    hands.undo(form.body)
    hands.undo(form.body)
    assert draft.typed.body == form.body.text() == typed


def test_the_line_undoes_the_paste(paste: Paste, draft: Draft) -> None:
    form = paste(clip(PAGE))
    form.paste.line.undo.click()
    assert draft.typed.body == BODY
    assert form.paste.line.isHidden()


def test_the_line_goes_with_a_paste_that_is_undone_by_keys(paste: Paste, hands: Hands) -> None:
    form = paste(clip(PAGE))
    assert form.paste.line.text()
    hands.undo(form.body)
    assert form.body.text() == BODY
    assert form.paste.line.isHidden()


def test_the_line_pastes_the_plain_text_instead(paste: Paste, draft: Draft) -> None:
    start = BODY.index("Boats")
    form = paste(clip(PAGE, "Ports  pier"), start, start + len("Boats"))
    form.paste.line.plain.click()
    assert draft.typed.body == BODY.replace("Boats", "Ports  pier")
    draft.undo()
    assert draft.typed.body == BODY


def test_the_line_offers_nothing_once_somebody_types(
    paste: Paste, draft: Draft, hands: Hands
) -> None:
    form = paste(clip(PAGE))
    hands.type(form.body, "x")
    line = form.paste.line
    assert line.text()
    assert line.undo.isHidden()
    assert line.plain.isHidden()
    assert draft.typed.body.endswith("x")


def test_plain_words_say_nothing(paste: Paste) -> None:
    assert not paste(clip("<p>Words.</p>", "Words.")).paste.line.text()


def test_own_copies_come_back_exactly(form: StoryForm, opened: str, draft: Draft) -> None:
    assert opened
    markdown = "\n> a *b*  c\u00a0d\n\n  - e\\\n f\n1) g"
    draft.set_value("body", markdown)
    form.body.selectAll()
    form.body.cut()
    assert draft.typed.body == ""
    assert QApplication.clipboard().text() == markdown
    assert QApplication.clipboard().mimeData().hasFormat(OWN)
    form.body.paste()
    assert draft.typed.body == markdown


def test_lines_of_a_pdf_are_joined(paste: Paste, draft: Draft) -> None:
    text = (
        "The harbour of Port Ellery opened on Monday, nine days after the storm\n"
        "closed it, and forty-two boats left the quay before dawn with the crews\n"
        "that had waited.\n"
    )
    form = paste(clip("", text))
    assert draft.typed.body.endswith("\n\n" + " ".join(text.split()))
    assert form.paste.line.text() == "Broken lines were joined."
    form.paste.line.plain.click()
    assert draft.typed.body == BODY + text


def test_markdown_of_another_program_stays_as_it_is(paste: Paste, draft: Draft) -> None:
    text = "## Ports\n\nThe **pier**\nis [shut](harbour-opens)."
    paste(clip("", text))
    assert draft.typed.body == BODY + text


def test_pictures_of_the_page_are_taken_with_their_captions(
    paste: Paste, draft: Draft, jpeg: bytes, settle: Callable[[], None]
) -> None:
    data = base64.b64encode(jpeg).decode()
    html = (
        f'<p>Before.</p><figure><img src="data:image/jpeg;base64,{data}" alt="A spot">'
        '<figcaption>The spot.</figcaption></figure><img src="data:image/png;base64,AAAA">'
        '<figure><img src="https://x.example/a.jpg"><figcaption>Elsewhere.</figcaption></figure>'
    )
    pictures = draft.typed.pictures
    form = paste(clip(html, "Before."))
    settle()
    [picture] = draft.typed.pictures
    assert (picture.caption, picture.alt) == ("The spot.", "A spot")
    assert draft.typed.body == f"{BODY}\n\nBefore.\n\nElsewhere."
    assert len(form.pictures.rows) == 1
    assert form.paste.line.text() == (
        "Kept: 1 picture. Left out: 1 picture that is only on the web, "
        "1 picture that can’t be read."
    )
    draft.undo()
    assert (draft.typed.body, draft.typed.pictures) == (BODY, pictures)
    assert not form.pictures.rows


def test_bad_text_elsewhere_survives_a_paste_with_pictures(
    paste: Paste,
    draft: Draft,
    form: StoryForm,
    jpeg: bytes,
    settle: Callable[[], None],
    hands: Hands,
) -> None:
    field = dict(form.text_fields())["slug"]
    field.setFocus()
    field.selectAll()
    hands.type(field, "no slug!")
    bad = dict(draft.open_story.bad_texts)
    assert bad
    data = base64.b64encode(jpeg).decode()
    paste(clip(f'<p>Words.</p><img src="data:image/jpeg;base64,{data}">'))
    settle()
    assert draft.typed.pictures
    assert draft.open_story.bad_texts == bad


def test_a_long_page_is_read_beside_the_typing(
    paste: Paste, draft: Draft, hands: Hands, settle: Callable[[], None]
) -> None:
    words = "<p>The harbour of Port Ellery opened.</p>" * (AT_ONCE // 30)
    form = paste(clip(words), len(BODY))
    line = form.paste.line
    assert line.text() == "Reading what was pasted…"
    form.body.select(0, 0)
    hands.type(form.body, "Soon: ")
    settle()
    body = draft.typed.body
    assert body.startswith(f"Soon: {BODY}\n\nThe harbour of Port Ellery opened.\n\nThe")
    assert body.count("Port Ellery") == AT_ONCE // 30
    draft.undo()
    assert draft.typed.body == f"Soon: {BODY}"


def test_a_long_paste_can_be_cancelled(
    paste: Paste, draft: Draft, settle: Callable[[], None]
) -> None:
    form = paste(clip("<p>The harbour.</p>" * AT_ONCE))
    form.paste.line.cancel.click()
    settle()
    assert draft.typed.body == BODY
    assert form.paste.line.isHidden()


def test_a_paste_is_not_put_into_another_story(
    paste: Paste, draft: Draft, hands: Hands, write: Callable[..., str], qtbot: QtBot
) -> None:
    other = write("ferry-back")
    paste(clip("<p>The harbour.</p>" * AT_ONCE))
    hands.open(other)
    assert draft.typed.body == BODY
    assert draft.typed.slug == "ferry-back"


def test_twenty_megabytes_get_a_sentence(
    paste: Paste, draft: Draft, problems: list[EditorError], settle: Callable[[], None]
) -> None:
    paste(clip("<p>word</p>" * 2_000_000))
    settle()
    [problem] = problems
    assert problem.sentence == "What was copied is 22 MB of HTML; 9 MB is the limit."
    paste(clip("", "word " * 4_000_000))
    settle()
    assert problems[1].sentence.startswith("The text has 20,0")
    assert draft.typed.body == BODY


def test_formatting_that_is_too_much_is_left_out(
    paste: Paste, draft: Draft, settle: Callable[[], None]
) -> None:
    form = paste(clip("<p>word</p>" * 1_000_000, "Only these words."))
    settle()
    assert draft.typed.body == f"{BODY}Only these words."
    assert form.paste.line.text() == "Left out: all formatting, which is too much."


def test_one_line_fields_take_the_words_on_one_line(
    paste: Paste, draft: Draft, form: StoryForm
) -> None:
    form.headline.setFocus()
    form.headline.selectAll()
    form.headline.insertFromMimeData(clip(PAGE, "Ports\nThe har\u00adbour\u200b is “shut”.\n"))
    assert draft.typed.headline == "Ports The harbour is “shut”."
    form.headline.selectAll()
    form.headline.insertFromMimeData(clip(PAGE))
    assert draft.typed.headline == "Ports The pier is shut. one two"


def test_items_of_a_page_are_several_key_points(
    paste: Paste, draft: Draft, form: StoryForm
) -> None:
    field = form.points.add_field
    field.setFocus()
    field.insertFromMimeData(
        clip("<ul><li>First <b>one</b></li><li>Second</li></ul>", "First one Second")
    )
    assert draft.typed.key_points[-2:] == ("First one", "Second")


def test_the_line_takes_no_focus_and_has_names(paste: Paste) -> None:
    line = paste(clip(PAGE)).paste.line
    assert not line.hasFocus()
    assert all(button.text() for button in line.findChildren(QPushButton))
    assert line.accessibleName() == line.text()


def test_nothing_else_of_the_story_changes(paste: Paste, draft: Draft) -> None:
    before = draft.typed
    paste(clip(PAGE))
    assert replace(draft.typed, body=before.body) == before
    assert FIELDS


def test_words_typed_in_what_a_long_paste_replaces_stay(
    paste: Paste, draft: Draft, hands: Hands, settle: Callable[[], None]
) -> None:
    form = paste(clip("<p>The harbour of Port Ellery.</p>" * (AT_ONCE // 30)), 4, 18)
    form.body.select(8, 8)
    hands.type(form.body, "NEW ")
    typed = form.body.text()
    settle()
    assert "NEW" in draft.typed.body
    assert draft.typed.body.startswith(typed[:22])
    draft.undo()
    assert draft.typed.body == typed


def test_pictures_of_the_web_replace_no_words(paste: Paste, draft: Draft) -> None:
    form = paste(clip('<img src="http://port.example/x.png">'), 4, 11)
    assert draft.typed.body == BODY
    assert form.paste.line.text() == "Left out: 1 picture that is only on the web."


def test_a_cell_of_a_table_takes_words_on_one_line(
    form: StoryForm, opened: str, draft: Draft, settle: Callable[[], None]
) -> None:
    table = "| a | b |\n|---|---|\n| c | d |"
    for html, written in (
        ("<p>One <b>b</b> x|y.</p>", "One **b** x\\|y."),
        ("<p>One</p><ul><li>two</li></ul>", "One two"),
    ):
        draft.edit(replace(draft.typed, body=table), "body")
        form.body.setFocus()
        form.body.select(23, 23)
        form.body.insertFromMimeData(clip(html))
        settle()
        assert draft.typed.body == f"{table[:23]}{written}{table[23:]}"
        draft.undo()
        assert draft.typed.body == table


def test_a_story_that_is_locked_meanwhile_takes_no_paste(
    paste: Paste, draft: Draft, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    form = paste(clip("<p>The harbour.</p>" * (AT_ONCE // 8)))
    monkeypatch.setattr(type(draft), "can_edit", property(lambda _draft: False))
    settle()
    assert draft.typed.body == BODY
    assert form.paste.line.text() == "Nothing was pasted: this story can’t be changed now."
