"""What the search finds besides stories and commands: places, people, settings and fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from editor.core.fields import full_label
from editor.i18n import _

if TYPE_CHECKING:
    from editor.gui.library.places import Place
    from editor.gui.window.parts import WindowParts

# Imported once somebody searches.
# ruff: noqa: PLC0415

_MOST = 6
"""Answers of one kind: what is meant is found with another letter."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and what choosing it does."""

    title: str
    detail: str
    choose: Callable[[], object]


def has_words(title: str, text: str) -> bool:
    """Return whether a title has all words of a text, or parts of them."""
    title = title.casefold()
    return all(word in title for word in text.casefold().split())


def find_answers(parts: WindowParts, text: str, commands: list[Answer]) -> dict[str, list[Answer]]:
    """Return what has the words of a text, by the kind's heading. Nothing of it is read.

    Commands that were found come before settings, which are found by what they say as well.
    """
    return {
        _("Places"): _places(parts, text),
        _("People"): _people(parts, text)[:_MOST],
        _("Commands"): commands,
        _("Settings"): _settings(parts, text)[:_MOST],
        _("Fields of this story"): _fields(parts, text)[:_MOST],
    }


def _places(parts: WindowParts, text: str) -> list[Answer]:
    return [
        Answer(place.title, _detail(place), partial(parts.places.go, place.key))
        for place in parts.places.places().places()
        if has_words(place.title, text)
    ]


def _detail(place: Place) -> str:
    """Return what a place is that is called as a person is."""
    return _("Author") if place.filter is not None and place.filter.author is not None else ""


def _people(parts: WindowParts, text: str) -> list[Answer]:
    """Return everybody else who may work here; those without a key here can only read."""
    session = parts.session
    found = []
    for person in session.people:
        title = _("Work as {name}").format(name=person.name)
        if person != session.person and has_words(title, text):
            can_sign = session.keys.can_sign(person.name)
            detail = "" if can_sign else _("reading only")
            found.append(Answer(title, detail, partial(session.set_person, person.name)))
    return found


def _settings(parts: WindowParts, text: str) -> list[Answer]:
    from editor.declared_setting import PAGE_TITLES, SettingsPage
    from editor.gui.window.actions.edit import open_settings
    from editor.settings import settings_on

    found = [
        (setting, page)
        for page in SettingsPage
        for setting in settings_on(page)
        if has_words(setting.all_words(), text)
    ]
    # First those that are called so; what a setting may be and what it does come after that.
    found.sort(key=lambda one: not has_words(_(one[0].title), text))
    return [
        Answer(_(setting.title), _(PAGE_TITLES[page]), partial(open_settings, parts, setting.name))
        for setting, page in found
    ]


def _fields(parts: WindowParts, text: str) -> list[Answer]:
    """Return fields of the open story, but those that a command of their own goes to."""
    from editor.gui.story.field_moves import caret_place, field_paths

    form = parts.centre.form
    return [
        Answer(title, "", partial(lambda at: parts.centre.go_to(caret_place(form, at)), path))
        for path, title in _titled(field_paths(form) if parts.shows_story() else ())
        if has_words(title, text) and f"go_to_{path.partition('/')[0]}" not in parts.actions
    ]


def _titled(paths: Iterable[str]) -> list[tuple[str, str]]:
    return [(path, full_label(path)) for path in paths]
