"""XML elements for the feeds and the sitemap, with everything escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from editor.text.xml import escape, escape_attribute


class Element:
    """An XML element with a text or with children."""

    def __init__(self, name: str, attributes: Mapping[str, str] | None = None, text: str = ""):
        self._name = name
        self._attributes = dict(attributes or {})
        self._text = text
        self._children: list[Element] = []

    def child(
        self, name: str, text: str = "", attributes: Mapping[str, str] | None = None
    ) -> Element:
        """Append an element, and return it."""
        child = Element(name, attributes, text)
        self._children.append(child)
        return child

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield the element as indented lines, without characters that XML forbids."""
        pad = "  " * depth
        attributes = "".join(
            f' {name}="{escape_attribute(value)}"' for name, value in self._attributes.items()
        )
        if self._children:
            yield f"{pad}<{self._name}{attributes}>"
            for child in self._children:
                yield from child.lines(depth + 1)
            yield f"{pad}</{self._name}>"
        elif self._text:
            yield f"{pad}<{self._name}{attributes}>{escape(self._text)}</{self._name}>"
        else:
            yield f"{pad}<{self._name}{attributes}/>"


def document(root: Element) -> str:
    """Return the whole file as text, to be written as UTF-8."""
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "\n".join(root.lines()) + "\n"
