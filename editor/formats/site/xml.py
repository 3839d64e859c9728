"""XML elements for the feeds and the sitemap, with everything escaped."""

from __future__ import annotations

from collections.abc import Mapping

from editor.text.xml import escape, escape_attribute


class Element:
    """An XML element with a text or with children."""

    __slots__ = ("_attributes", "_children", "_name", "_text")

    def __init__(self, name: str, attributes: Mapping[str, str] | None = None, text: str = ""):
        self._name = name
        self._attributes = attributes
        self._text = text
        self._children: list[Element] = []

    def child(
        self, name: str, text: str = "", attributes: Mapping[str, str] | None = None
    ) -> Element:
        """Append an element, and return it."""
        child = Element(name, attributes, text)
        self._children.append(child)
        return child

    def add_lines(self, lines: list[str], pad: str = "") -> None:
        """Append the element as indented lines, without characters that XML forbids."""
        name = start = self._name
        if self._attributes:
            start += "".join(
                f' {key}="{escape_attribute(value)}"' for key, value in self._attributes.items()
            )
        if self._children:
            lines.append(f"{pad}<{start}>")
            for child in self._children:
                child.add_lines(lines, f"{pad}  ")
            lines.append(f"{pad}</{name}>")
        elif self._text:
            lines.append(f"{pad}<{start}>{escape(self._text)}</{name}>")
        else:
            lines.append(f"{pad}<{start}/>")


def document(root: Element) -> str:
    """Return the whole file as text, to be written as UTF-8."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    root.add_lines(lines)
    return "\n".join(lines) + "\n"
