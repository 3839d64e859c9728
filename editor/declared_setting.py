"""How a personal setting is declared: on which page it is, what it is called, what it may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from editor.i18n import N_, _

Choices: TypeAlias = Mapping[Any, str]
"""The values that a setting may have, in order, with the words for each; `{n}` is the value."""

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class SettingsPage(StrEnum):
    """The pages of the settings window, in order."""

    APPEARANCE = "appearance"
    TEXT = "text"
    TYPING = "typing"
    PROOFING = "proofing"
    KEYS = "keys"
    LANGUAGE = "language"
    UPDATES = "updates"
    PLACES = "places"


PAGE_TITLES: Final = {
    SettingsPage.APPEARANCE: N_("Appearance"),
    SettingsPage.TEXT: N_("Text"),
    SettingsPage.TYPING: N_("Typing"),
    SettingsPage.PROOFING: N_("Proofing"),
    SettingsPage.KEYS: N_("Keys"),
    SettingsPage.LANGUAGE: N_("Language"),
    SettingsPage.UPDATES: N_("Updates"),
    SettingsPage.PLACES: N_("Places"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a setting is declared: what it is called, what it does and what it may be.

    Without a `page` it is remembered from what a person does, and not in the window.
    """

    about: str
    page: SettingsPage | None = None
    title: str = ""
    choices: Choices | None = None
    is_font: bool = False
    is_language: bool = False
    also: str = ""
    """Other words by which somebody may look for it."""
    name: str = ""
    usual: Any = None

    def accepts(self, value: object) -> bool:
        """Return whether a value is of the right kind and within the bounds."""
        if type(value) is not type(self.usual):
            return False
        if self.choices is not None:
            return value in self.choices
        return not isinstance(value, str) or is_text(value)

    def all_words(self) -> str:
        """Return every word by which it is found, in the interface's language."""
        values = map(self.words, self.choices or ())
        also = _(self.also) if self.also else ""
        return " ".join((_(self.title), _(self.about), also, *values))

    def words(self, value: object) -> str:
        """Return how a value is shown, in the interface's language."""
        if self.choices is not None and self.is_language and value != self.usual:
            return self.choices[value]  # in that language, whatever the interface speaks
        if self.choices is not None:
            return _(self.choices[value]).format(n=value)
        if self.is_font and not value:
            return _("Stonehand’s own")
        if isinstance(value, bool):
            return _("on") if value else _("off")
        return str(value) or _("none")


def remembered(about: str) -> dict[str, Setting]:
    """Declare, as a field's metadata, what is remembered and in no window."""
    return {"setting": Setting(about)}


def chosen(
    page: SettingsPage,
    title: str,
    about: str,
    choices: Choices | None = None,
    also: str = "",
) -> dict[str, Setting]:
    """Declare, as a field's metadata, what a person chooses in the settings window."""
    return {"setting": Setting(about, page, title, choices, also=also)}


def is_text(value: Any) -> bool:
    """Return whether it is text that can name a folder: half a surrogate pair and NUL can't."""
    return isinstance(value, str) and not _NO_TEXT.search(value)
