"""HTML as a tree of elements and words, whatever is broken in it.

lxml's parser reports what it reads to `_Builder`, which makes the tree. A tree of lxml's own
ends at 255 elements one inside the other, and would lose the words that are deeper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

DEEPEST = 90
"""How deep elements nest; what is deeper belongs to the deepest."""


class Dropped(StrEnum):
    """What is left out of a text, for the line that says so."""

    SCRIPT = "script"
    HIDDEN = "hidden text"
    TRACKING = "tracking"
    LINK = "link"
    FRAME = "frame"
    FORM = "form"
    COMMENT = "comment"
    PICTURE = "picture"
    CHARACTER = "character"


@dataclass(slots=True, eq=False)
class HtmlElement:
    """An element: its tag and the names of attributes in lower case."""

    tag: str
    attributes: dict[str, str]
    children: list[Child] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, empty when it has none."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        """The names of its classes."""
        return self.get("class").split()

    def elements(self) -> Iterator[HtmlElement]:
        """Yield the elements directly in it."""
        for child in self.children:
            if isinstance(child, HtmlElement):
                yield child

    def all(self) -> Iterator[HtmlElement]:
        """Yield it and all elements in it, in the order of the text."""
        yield self
        for child in self.elements():
            yield from child.all()

    def text(self) -> str:
        """Return all words in it."""
        return "".join(
            child if isinstance(child, str) else child.text() for child in self.children
        )


Child: TypeAlias = "HtmlElement | str"


@dataclass(frozen=True, slots=True)
class HtmlTree:
    """What was read: the root, all style sheets, the address links are relative to, and counts."""

    root: HtmlElement
    sheet: str
    base: str
    dropped: Counter[Dropped]


_WITHOUT_WORDS: dict[str, Dropped | None] = {
    **dict.fromkeys(("script", "noscript", "template"), Dropped.SCRIPT),
    **dict.fromkeys(("iframe", "frame", "object", "embed", "applet", "video", "audio"), Dropped.FRAME),
    **dict.fromkeys(("input", "select", "textarea", "button", "datalist"), Dropped.FORM),
    **dict.fromkeys(("style", "title", "xml", "svg", "canvas", "rp", "o:officedocumentsettings")),
}
"""Elements whose content is no part of the text, and what they are counted as."""

_EMPTY = frozenset(
    "area base br col embed frame hr img input link meta param source track wbr".split()
)
_BREAKING = frozenset("p div li tr td th ul ol table blockquote section article h1 h2 h3".split())
_OWN_COMMENTS = ("[if", "[endif", "startfragment", "endfragment", "?xml", "if ")


def read_tree(html: str) -> HtmlTree:
    """Read HTML of any kind. Never raises, loads nothing, and expands no entity of its own."""
    from lxml.etree import HTMLParser, fromstring  # noqa: PLC0415 - slow, for a paste alone

    builder = _Builder()
    # A NUL ends nothing but would be read as a sign of its own.
    data = html.replace("\0", "").encode("utf-8", "replace")
    if data.strip():
        parser = HTMLParser(target=builder, encoding="utf-8", no_network=True, huge_tree=False)
        fromstring(data, parser)
    return builder.tree()


class _Builder:
    """Makes the tree of what the parser reports."""

    def __init__(self) -> None:
        self._root = HtmlElement("html", {})
        self._open: list[HtmlElement] = [self._root]
        self._flattened: list[str] = []
        """Tags that are open deeper than the tree may be."""
        self._left_out: list[str] = []
        """Tags that are open in what is left out, the outermost first."""
        self._sheets: list[str] = []
        self._base = ""
        self._dropped: Counter[Dropped] = Counter()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        tag = tag.lower()
        if self._left_out:
            self._left_out.append(tag)
        elif tag in _WITHOUT_WORDS:
            self._left_out.append(tag)
            if kind := _WITHOUT_WORDS[tag]:
                self._dropped[kind] += 1
        elif tag == "base":
            self._base = self._base or attributes.get("href", "")
        elif tag == "html" or tag == "body":
            self._root.attributes |= attributes
        else:
            self._begin(tag, attributes)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        is_deep = len(self._open) > DEEPEST
        if is_deep and tag not in _EMPTY:
            self._flattened.append(tag)
            if tag in _BREAKING:
                self._open[-1].children.append(HtmlElement("br", {}))
            return
        lower = {name.lower(): value or "" for name, value in attributes.items()}
        element = HtmlElement(tag, lower)
        self._open[-1].children.append(element)
        if tag not in _EMPTY:
            self._open.append(element)

    def end(self, tag: str) -> None:
        """End an element, with those that were left open in it."""
        tag = tag.lower()
        if self._left_out:
            while self._left_out and self._left_out.pop() != tag:
                pass
        elif tag in self._flattened[-1:]:
            self._flattened.pop()
        elif tag in _EMPTY or self._flattened:
            pass
        elif any(element.tag == tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def data(self, text: str) -> None:
        """Add words, or a style sheet."""
        if not self._left_out:
            self._open[-1].children.append(text)
        elif self._left_out[0] == "style":
            self._sheets.append(text)

    def comment(self, text: str) -> None:
        """Count a comment that somebody wrote."""
        if not self._left_out and not text.strip().lower().startswith(_OWN_COMMENTS):
            self._dropped[Dropped.COMMENT] += 1

    def pi(self, _target: str, _data: str | None = None) -> None:
        """Leave out an instruction to programs."""

    def close(self) -> None:
        """End the text."""

    def tree(self) -> HtmlTree:
        """Return what was read."""
        return HtmlTree(self._root, "".join(self._sheets), self._base, self._dropped)
