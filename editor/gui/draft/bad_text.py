"""Text that is typed into a field and is no value of it, such as `tomorrow 6am` for an embargo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from editor.core.fields import full_label, place
from editor.errors import BadValue
from editor.i18n import _


@dataclass(frozen=True, slots=True)
class BadText:
    """What is typed, and what is wrong with it. The draft keeps it beside the last good value."""

    text: str
    problem: BadValue

    @classmethod
    def recovered(cls, text: str) -> BadText:
        """Return what the journal had, until its field has read it and says what is wrong."""
        return cls(text, BadValue(_("“{text}” can’t be read.").format(text=text)))


BadTexts = Mapping[str, BadText]
"""By the path of their field."""


def first_refusal(texts: BadTexts) -> BadValue | None:
    """Return what is wrong with the first of these fields in the form, which it names."""
    for path in sorted(texts, key=place):
        problem = texts[path].problem
        sentence = _("{field}: {problem}").format(field=full_label(path), problem=problem.sentence)
        return BadValue(sentence, problem.hint, path)
    return None
