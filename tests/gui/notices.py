"""What a window or a dialog shows only sometimes: problems, questions, progress, other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QWidget

from editor.core.delivery import Target
from editor.gui.exporting.access_bar import AccessBar
from editor.gui.library.story_list import StoryList
from editor.gui.path_field import PathField
from editor.gui.review.note_sheet import NoteSheet, questions
from editor.gui.story.labelled_field import LabelledField
from editor.gui.story.paste_line import PasteLine
from editor.gui.widgets.outcome import Outcome
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.password_field import PassphraseFields
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.segments import Segments
from editor.gui.widgets.toast import Toast
from editor.i18n import _

_NARROW = 250
"""Pixels: the parts of the dateline, three in a row, are narrower."""
PLACES = ("s3://bucket.example/news", "sftp://port.example/srv/www")


def show_notices(top: QWidget) -> Iterator[str]:
    """Show one after another what may be shown in a window; yield its name each time."""
    for kind, show in NOTICES.items():
        for part in top.findChildren(kind):
            if is_in_sight(part, top):
                was_hidden = part.isHidden()
                yield from (f"{kind.__name__}: {name}" for name in show(part))
                part.setHidden(was_hidden)
    fields: list[Any] = [
        field for kind in FIELDS for field in top.findChildren(kind) if is_in_sight(field, top)
    ]
    for field in fields:
        # Nothing that is said of a part of the dateline is as long as what is said of a file.
        field.show_problem(long_sentence() if field.width() > _NARROW else _("Nothing found."))
    if fields:
        yield "problems of fields"
    for field in fields:
        field.show_problem("")


def is_in_sight(part: QWidget, top: QWidget) -> bool:
    """Return whether a part is shown, or would be if it were not hidden itself."""
    above = part.parentWidget()
    return part.window() is top and above is not None and (above is top or above.isVisible())


def show_pages(top: QWidget) -> Iterator[str]:
    """Show each page of a window that has several; yield its name each time."""
    for tabs in top.findChildren(Segments):
        if tabs.isVisible():
            first = tabs.current()
            for tab in tabs.findChildren(QAbstractButton):
                tab.setChecked(True)
                yield tabs.current()
            tabs.choose(first)


def long_sentence() -> str:
    """Return a problem as long as they get, in the language of the interface."""
    return _("The text could not be written to the disk, so the window stays open.")


def long_hint() -> str:
    """Return a hint of two sentences."""
    return " ".join(
        (
            _("Make room or copy the text elsewhere, then close the window again."),
            _("There is no desk at {path}.").format(
                path="/home/mara/.local/share/stonehand/logs/2026-11-27T16-30-00Z-crash.txt"
            ),
        )
    )


def nothing() -> None:
    """Stand for what a button would do."""


def _problem(bar: ProblemBar) -> Iterator[str]:
    if isinstance(bar.parentWidget(), StoryList):
        hint = _("Make room or copy the text elsewhere, then close the window again.")
        bar.show_text(long_sentence(), hint, (_("Try again"), nothing), severe=True)
    else:
        actions = [(_(text), nothing) for text in ("Close without saving", "Open the settings")]
        bar.show_text(long_sentence(), long_hint(), *actions, severe=True)
    yield "error"
    bar.clear()


def _toast(toast: Toast) -> Iterator[str]:
    toast.show_text(long_sentence(), nothing)
    yield "undo"
    toast.dismiss()


def _passphrase(bar: PassphraseBar) -> Iterator[str]:
    bar.ask(nothing, nothing)
    yield "asked"
    bar.field.show_problem(long_sentence())
    yield "refused"
    bar.close_bar()


def _access(bar: AccessBar) -> Iterator[str]:
    for place in PLACES:
        bar.ask(Target("Website", place), long_sentence())
        yield place
    bar.close_bar()


def _note(sheet: NoteSheet) -> Iterator[str]:
    for action in questions():
        sheet.ask(action)
        yield action.verb
    sheet.close_sheet()


def _pasted(line: PasteLine) -> Iterator[str]:
    line.show_pasted(long_sentence(), nothing, nothing)
    yield "pasted"
    line.show_reading(nothing)
    yield "reading"
    line.clear()


def _outcome(outcome: Outcome) -> Iterator[str]:
    outcome.show_progress(3, 40, "norland-orders-electric-ferries-for-every-crossing")
    yield "progress"
    outcome.show_ended()
    outcome.show_result(long_sentence(), [long_hint(), long_hint()])
    yield "result"


NOTICES: dict[type[QWidget], Callable[[Any], Iterator[str]]] = {
    ProblemBar: _problem,
    Toast: _toast,
    PassphraseBar: _passphrase,
    AccessBar: _access,
    NoteSheet: _note,
    PasteLine: _pasted,
    Outcome: _outcome,
}
FIELDS = (LabelledField, PathField, PassphraseFields)
"""What says what is wrong with its value."""
