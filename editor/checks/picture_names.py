"""What findings call a picture."""

from __future__ import annotations

from editor.checks.base import Subject
from editor.i18n import _


def picture_name(subject: Subject, index: int) -> str:
    """Return what findings call a picture: by its number where there are several."""
    is_only = len(subject.story.pictures) == 1
    return _("Picture") if is_only else _("Picture {n}").format(n=index + 1)
