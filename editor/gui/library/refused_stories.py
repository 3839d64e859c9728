"""Names the stories that stayed as they were, with the reason of each, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from editor.errors import EditorError
from editor.gui.keys import NotSigned
from editor.gui.widgets.elided import shortened
from editor.i18n import _, listed, plural, quoted

_LONGEST_NAME = 40
_MOST_NAMES = 5
_MOST_REASONS = 4


def refusal_of_several(refused: Sequence[tuple[str, EditorError]], total: int) -> EditorError:
    """Return one problem for several stories, by their names; a reason is said once.

    Of one story alone it is its own problem.
    """
    if total == 1 or isinstance(refused[0][1], NotSigned):
        return refused[0][1]
    by_reason: dict[str, list[str]] = {}
    for name, error in refused:
        reason = f"{error.sentence} {error.hint}".strip()
        by_reason.setdefault(reason, []).append(quoted(shortened(name, _LONGEST_NAME)))
    sentence = _("Not done: {refused} of {all} stories.").format(refused=len(refused), all=total)
    lines = [f"{_names(names)}: {reason}" for reason, names in by_reason.items()]
    if len(lines) > _MOST_REASONS:
        more = len(lines) - _MOST_REASONS
        lines[_MOST_REASONS:] = [plural("And {n} more reason.", "And {n} more reasons.", more)]
    return EditorError(sentence, "\n".join(lines))


def _names(names: list[str]) -> str:
    shown = listed(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return _("{names} and {n} more").format(names=shown, n=more) if more > 0 else shown
