"""How the form of a story was left: where the caret was, how far it was scrolled, and its focus."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer

from editor.core.findings import TextPlace
from editor.gui.story.form import StoryForm
from editor.gui.widgets.layout import lay_out_now

MOST = 1_000_000_000
"""More characters or pixels than any form has; Qt holds twice as much."""
_TIMES = 3
"""The form follows the caret, and once more when the body has its height; then it is scrolled."""


def caret_of(form: StoryForm) -> TextPlace | None:
    """Return where the caret is in the field that has the focus in the form, or had it last."""
    for path, field in form.text_fields():
        if field is form.focusWidget():
            return TextPlace(path, field.caret(), field.caret())
    return None


def view_of(form: StoryForm) -> dict[str, str]:
    """Return the form's view as texts: `caret`, `scroll`, and `focus` where it has that."""
    view = {"scroll": str(form.verticalScrollBar().value())}
    caret, focused = caret_of(form), form.window().focusWidget()
    if caret is not None:
        view["caret"] = f"{caret.path} {caret.start}"
        if focused is not None and form.isAncestorOf(focused):
            view["focus"] = "form"
    return view


def show_view(form: StoryForm, view: Mapping[str, str]) -> None:
    """Show the form as it was left; what can't be used of the view is as if it were not there."""
    path, _space, at = view.get("caret", "").rpartition(" ")
    caret, scroll = _number(at), _number(view.get("scroll", ""))
    if path and caret is not None:
        form.go_to(TextPlace(path, caret, caret), with_focus=view.get("focus") == "form")
    if scroll is None or (not path and not scroll):
        return  # a form that was just made is like that
    scroll_form(form, scroll)


def scroll_form(form: StoryForm, pixels: int) -> None:
    """Scroll a form as far as it was, now and again once its fields have their heights."""
    bar = form.verticalScrollBar()

    def scroll(times: int) -> None:
        lay_out_now()  # it can't scroll as far before
        bar.setValue(pixels)
        if times > 1:
            QTimer.singleShot(0, bar, partial(scroll, times - 1))

    scroll(_TIMES)


def page_scroll_in(view: Mapping[str, str]) -> int:
    """Return how far down the preview's page was scrolled, in CSS pixels; 0 where unusable."""
    return _number(view.get("page", "")) or 0


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(MOST))
    return int(text) if is_number else None
