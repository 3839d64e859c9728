"""Going to a field of the form by its name, with the caret where it was in it, and to the next."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from editor.core.findings import TextPlace
from editor.gui.story.form import StoryForm
from editor.gui.story.form_part import FormPart
from editor.gui.story.labelled_field import LabelledField
from editor.gui.widgets.tab_order import focus_into, takes_focus
from editor.gui.widgets.text_field import TextField


def caret_place(form: StoryForm, path: str) -> TextPlace:
    """Return the place in a field where its caret is; `key_points` is the first of them."""
    for part in form.parts:
        field = part.widget_at(path)
        if field is not None:
            caret = field.caret() if isinstance(field, TextField) else 0
            return TextPlace(path, caret, caret)
    return TextPlace(path)


def field_paths(form: StoryForm) -> list[str]:
    """Return the path of every field that the form has now, in the order of the form."""
    return [path for part in form.parts for path in _paths(part)]


def _paths(part: FormPart) -> Iterator[str]:
    if isinstance(part, LabelledField):
        yield part.path
    elif part.parts():
        for inner in part.parts():
            yield from _paths(inner)
    else:
        yield from (path for path, _field in part.text_fields())


def caption_path(form: StoryForm) -> str:
    """Return the path of the caption to go to: the first, or the one after that of the caret.

    In a story without pictures it is that of the button that adds one.
    """
    captions = [row.cells["caption"] for row in form.pictures.rows]
    if not captions:
        return "pictures"
    focused = [number for number, cell in enumerate(captions) if cell.field.hasFocus()]
    return captions[(focused[0] + 1) % len(captions) if focused else 0].path


def step_field(form: StoryForm, steps: int) -> None:
    """Put the focus into the next field of the form, or with -1 into the one before.

    The last leads to the first. Tab may mean something else in the body, and it stops at buttons.
    """
    stops = [stop for part in form.parts for stop in part.tab_stops()]
    fields = [stop for stop in stops if takes_focus(stop) and not isinstance(stop, QAbstractButton)]
    here = _stop_with_focus(stops)
    if here is None or not fields:
        focus_into(form)
        return
    # From a button, too, it goes on from where that is among the fields.
    before = [field for field in fields if stops.index(field) < stops.index(here)]
    index = fields.index(here) if here in fields else len(before) - (steps > 0)
    fields[(index + steps) % len(fields)].setFocus(
        Qt.FocusReason.TabFocusReason if steps > 0 else Qt.FocusReason.BacktabFocusReason
    )


def _stop_with_focus(stops: list[QWidget]) -> QWidget | None:
    focused = QApplication.focusWidget()
    return next((stop for stop in stops if stop is focused), None)
