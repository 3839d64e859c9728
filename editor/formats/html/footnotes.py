"""Footnotes of a page: a mark that leads to a note, and the note that leads back to it.

Word, LibreOffice, Google Docs and encyclopedias write them in different elements,
but all of them link both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from editor.formats.html.tree import HtmlElement

_CONTAINERS = frozenset(("p", "li", "div", "dd", "td", "aside"))
_NO_LABEL = re.compile(r"[\s\[\]^]+")
_LONGEST_LABEL = 12


@dataclass(slots=True)
class FoundNotes:
    """The labels of marks, of the blocks that are notes, and of the links back: by element."""

    marks: dict[HtmlElement, str] = field(default_factory=dict)
    notes: dict[HtmlElement, str] = field(default_factory=dict)
    links_back: set[HtmlElement] = field(default_factory=set)


@dataclass(slots=True)
class _Place:
    """An element that is linked or links: where in the order, and in which elements."""

    number: int
    element: HtmlElement
    around: tuple[HtmlElement, ...]


def find_notes(root: HtmlElement) -> FoundNotes:
    """Find the footnotes of a page by the links that lead from one to another and back."""
    if not any(element.tag == "a" and _target(element) for element in root.all()):
        return FoundNotes()
    places: dict[str, _Place] = {}
    links: list[_Place] = []
    for number, (element, around) in enumerate(_walk(root, ())):
        place = _Place(number, element, around)
        for name in {element.get("id"), element.get("name")} - {""}:
            places.setdefault(name, place)
        if element.tag == "a" and _target(element):
            links.append(place)
    found = FoundNotes()
    by_target = {_target(link.element): link for link in reversed(links)}
    for link in links:
        note = places.get(_target(link.element))
        if note is None or note.number <= link.number:
            continue
        back = _link_back(link, note, by_target)
        container = _container(back or note)
        if back is not None and container is not None and container not in found.notes:
            label = _label(link.element, len(found.notes) + 1, set(found.notes.values()))
            found.marks[link.element] = found.notes[container] = label
            found.links_back.add(back.element)
    return found


def _walk(
    element: HtmlElement, around: tuple[HtmlElement, ...]
) -> Iterator[tuple[HtmlElement, tuple[HtmlElement, ...]]]:
    yield element, around
    for child in element.elements():
        yield from _walk(child, (*around, element))


def _target(element: HtmlElement) -> str:
    """Return what a link inside of its page leads to; empty for others."""
    href = element.get("href")
    return href[1:] if href.startswith("#") else ""


def _link_back(link: _Place, note: _Place, by_target: dict[str, _Place]) -> _Place | None:
    """Return the link in or at a note that leads back to a mark, or to what that is in."""
    for element in (link.element, *reversed(link.around[-3:])):
        for name in {element.get("id"), element.get("name")} - {""}:
            back = by_target.get(name)
            if back and (back.element is note.element or note.element in back.around):
                return back
    return None


def _container(place: _Place) -> HtmlElement | None:
    """Return the block that a note is."""
    for element in reversed((*place.around, place.element)):
        if element.tag in _CONTAINERS:
            return element
    return None


def _label(mark: HtmlElement, number: int, taken: set[str]) -> str:
    label = _NO_LABEL.sub("", mark.text())[:_LONGEST_LABEL]
    return label if label and label not in taken else f"note-{number}"
