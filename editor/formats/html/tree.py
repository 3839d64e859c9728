"""HTML as a tree of elements and words, whatever is broken in it.

lxml's parser reports what it reads to `_Builder`, which makes the tree. A tree of lxml's own
ends at 255 elements one inside the other, and would lose the words that are deeper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from editor.errors import BadInput
from editor.i18n import _

LARGEST_MARKUP = 9_500_000
"""The most bytes of HTML without pictures; the parser drops words and values of ten million."""

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
    FORMATTING = "formatting"


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
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


Child: TypeAlias = "HtmlElement | str"


@dataclass(frozen=True, slots=True)
class HtmlTree:
    """What was read: the root, all style sheets, the address links are relative to, and counts."""

    root: HtmlElement
    sheet: str
    base: str
    dropped: Counter[Dropped]
    elements: int = 0
    characters: int = 0


_WITHOUT_WORDS: dict[str, Dropped | None] = {
    **dict.fromkeys(("script", "noscript", "template"), Dropped.SCRIPT),
    **dict.fromkeys(
        ("iframe", "frame", "object", "embed", "applet", "video", "audio"), Dropped.FRAME
    ),
    **dict.fromkeys(("input", "select", "textarea", "button", "datalist"), Dropped.FORM),
    **dict.fromkeys(("style", "title", "xml", "svg", "canvas", "rp", "o:officedocumentsettings")),
}
"""Elements whose content is no part of the text, and what they are counted as."""

_EMPTY_TAGS = "area base br col embed frame hr img input link meta param source track wbr"
_EMPTY = frozenset(_EMPTY_TAGS.split())
_BREAKING_TAGS = "p div li tr td th ul ol table blockquote section article h1 h2 h3"
_BREAKING = frozenset(_BREAKING_TAGS.split())
_DATA = re.compile(r"data:image/[^\s\"'<>]{2000,}", re.IGNORECASE)
_HELD = "data:held/"
_START, _END = "startfragment", "endfragment"
_OWN_COMMENTS = ("[if", "[endif", "startfragment", "endfragment", "?xml", "if ")


def read_tree(html: str) -> HtmlTree:
    """Read HTML of any kind. Loads nothing, and expands no entity of its own.

    Where a clipboard marks the fragment that was copied, only that has words.
    Raises BadInput for more than `LARGEST_MARKUP` bytes without pictures.
    """
    from lxml.etree import HTMLParser, fromstring  # noqa: PLC0415 - slow, for a paste alone

    # The parser refuses attributes of ten million characters: pictures wait elsewhere.
    pictures: list[str] = []

    def hold(found: re.Match[str]) -> str:
        pictures.append(found[0])
        return f"{_HELD}{len(pictures) - 1}"

    builder = _Builder(pictures)
    data = _DATA.sub(hold, html).encode("utf-8", "replace")
    if len(data) > LARGEST_MARKUP:
        raise BadInput(
            _("What was copied is {n} MB of HTML; {limit} MB is the limit.").format(
                n=len(data) // 1_000_000, limit=LARGEST_MARKUP // 1_000_000
            ),
            _("Copy it in parts. Your text is as it was."),
        )
    if data.strip():
        parser = HTMLParser(target=builder, encoding="utf-8", no_network=True, huge_tree=False)
        fromstring(data, parser)
    return builder.tree()


_LINE_END = HtmlElement("br", {})
"""What ends a line where a block is deeper than the tree may be."""


class _Builder:
    """Makes the tree of what the parser reports."""

    def __init__(self, pictures: list[str]) -> None:
        self._pictures = pictures
        self._root = HtmlElement("html", {})
        self._open: list[HtmlElement] = [self._root]
        self._flattened: list[str] = []
        """Tags that are open deeper than the tree may be."""
        self._left_out: list[str] = []
        """Tags that are open in what is left out, the outermost first."""
        self._has_ended = False
        self._sheets: list[str] = []
        self._base = ""
        self._dropped: Counter[Dropped] = Counter()
        self._elements = self._characters = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        tag = tag.lower()
        self._elements += 1
        if self._left_out or self._has_ended:
            self._left_out.append(tag)
        elif tag in _WITHOUT_WORDS:
            self._left_out.append(tag)
            if kind := _WITHOUT_WORDS[tag]:
                self._dropped[kind] += 1
        elif tag == "base":
            self._base = self._base or attributes.get("href", "")
        elif tag in ("html", "body"):
            self._root.attributes |= attributes
        else:
            self._begin(tag, attributes)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        is_deep = len(self._open) > DEEPEST
        if is_deep and tag not in _EMPTY:
            self._flattened.append(tag)
            if tag in _BREAKING and self._open[-1].children[-1:] != [_LINE_END]:
                self._open[-1].children.append(_LINE_END)
            return
        lower = {name.lower(): value or "" for name, value in attributes.items()}
        address = lower.get("src", "")
        if address.startswith(_HELD) and address[len(_HELD) :].isdigit():
            lower["src"] = self._pictures[int(address[len(_HELD) :])]
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
        if self._has_ended:
            return
        if not self._left_out:
            self._characters += len(text)
            self._open[-1].children.append(text)
        elif self._left_out[0] == "style":
            self._sheets.append(text)

    def comment(self, text: str) -> None:
        """Count a comment that somebody wrote, or follow the marks of the fragment."""
        if text.strip().lower() == _START:
            self._forget_words()
        elif text.strip().lower() == _END:
            self._has_ended = True
        elif not self._left_out and not text.strip().lower().startswith(_OWN_COMMENTS):
            self._dropped[Dropped.COMMENT] += 1

    def _forget_words(self) -> None:
        """Keep of what precedes the fragment only the elements that it is in."""
        for outer, inner in pairwise(self._open):
            outer.children = [inner]
        self._open[-1].children = []

    def pi(self, _target: str, _data: str | None = None) -> None:
        """Leave out an instruction to programs."""

    def close(self) -> None:
        """End the text."""

    def tree(self) -> HtmlTree:
        """Return what was read."""
        sheet, counts = "".join(self._sheets), (self._elements, self._characters)
        return HtmlTree(self._root, sheet, self._base, self._dropped, *counts)
