"""The letters and lines of the form, as they were chosen; a long text is laid out once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from editor.declared_setting import SettingsPage
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.theme import apply_theme
from editor.gui.widgets.layout import laid_out_once
from editor.settings import usual_values
from tests.gui.conftest import Settle
from tests.gui.hands import Hands

Write = Callable[..., str]


def test_what_is_written_has_the_letters_and_lines_that_were_chosen(
    form: StoryForm, opened: str, session: Session, draft: Draft, settle: Settle
) -> None:
    form.resize(1400, 800)
    QApplication.processEvents()
    before = {path: field.font().pointSizeF() for path, field in form.text_fields()}
    width, height = form.body.width(), form.body.document().size().height()
    session.change_settings(writing_font="DejaVu Sans", writing_size=3, line_width=40)
    fields = dict(form.text_fields())
    assert {field.font().families()[0] for field in fields.values()} == {"DejaVu Sans"}
    assert {path: field.font().pointSizeF() - 3 for path, field in fields.items()} == before
    assert fields["headline"].font().bold()
    assert form.notice.font().families()[0] != "DejaVu Sans", "the rest of the window stays"
    assert form.body.width() < width
    session.change_settings(line_height=200)
    assert form.body.document().size().height() > 1.5 * height
    draft.edit(replace(draft.typed, key_points=("One.", "Two.", "Three.")), "key_points")
    added = dict(form.text_fields())["key_points/2"]
    assert added.font().families()[0] == "DejaVu Sans", "also where it comes later"
    usual = usual_values(SettingsPage.TEXT)
    session.change_settings(**usual)
    assert form.body.width() == width
    assert form.body.document().size().height() == height
    assert {field.font().families()[0] for _path, field in form.text_fields()} >= {"Noto Serif"}
    settle()


@pytest.mark.parametrize("change", [{"text_size": 3}, {"writing_size": 3}, {"line_width": 45}])
def test_long_body_is_laid_out_once_in_other_letters(
    form: StoryForm,
    write: Write,
    hands: Hands,
    session: Session,
    qapp: QApplication,
    settle: Settle,
    change: dict[str, int],
) -> None:
    hands.open(write("long", body="\n\n".join(["The board met again. " * 20] * 120)))
    form.resize(1200, 800)
    qapp.processEvents()
    document, sizes = form.body.document(), list[QSizeF]()
    document.documentLayout().documentSizeChanged.connect(lambda size: sizes.append(QSizeF(size)))
    with laid_out_once():
        apply_theme(qapp, "light", change.get("text_size", 0))
    session.change_settings(**change)
    qapp.processEvents()
    assert sizes[-1] == document.size()
    assert [size.height() for size in sizes].count(document.size().height()) == 1
    # Qt announces the first screenful of a layout, and then the whole.
    assert len(sizes) <= 3
    apply_theme(qapp, "light")
    settle()


def test_keys_read_no_settings_and_ask_the_database_for_nothing(
    form: StoryForm,
    opened: str,
    hands: Hands,
    session: Session,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.change_settings(typewriter_scrolling=True, writing_size=2)
    settle()
    statements, reads = list[str](), list[object]()

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    engine = session.desk._database._engine
    event.listen(engine, "before_cursor_execute", note)
    monkeypatch.setattr("editor.settings.settings_file", lambda: reads.append("settings"))
    hands.type(form.body, "Twenty more letters.")
    settle()
    event.remove(engine, "before_cursor_execute", note)
    assert form.body.text().startswith("Twenty more letters.")
    assert (statements, reads) == ([], [])
