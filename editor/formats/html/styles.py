"""The few properties of CSS that say what words are: from attributes and simple style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from editor.formats.html.tree import HtmlElement

Style: TypeAlias = Mapping[str, str]

_PROPERTIES = (
    "display visibility font-weight font-style white-space vertical-align border-left "
    "mso-hide mso-list mso-element margin margin-left float position"
)
_KNOWN = frozenset(_PROPERTIES.split())
_BRACE = re.compile("[{}]")
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<class>[\w-]+))?(?:#(?P<id>[\w-]+))?")
_BOLD = re.compile(r"bold|bolder|[6-9]00|1000")
_ICON = re.compile(r"icon|\bfa\b|\bfa-|glyph|material-symbols", re.IGNORECASE)


class Styles:
    """Knows the style of an element: what the sheets say, then its own attribute."""

    def __init__(self, sheet: str = "") -> None:
        self._rules: dict[tuple[str, str, str], dict[str, str]] = {}
        self._read: dict[str, dict[str, str]] = {}
        self._read_sheet(sheet)

    def of(self, element: HtmlElement) -> Style:
        """Return the known properties of an element, in lower case."""
        own = self._declarations(element.get("style"))
        if not self._rules:  # most of what is copied has none
            return own
        names, style = ["", *element.classes], dict[str, str]()
        # The order of weight: a tag, a class, a tag with a class, an id.
        for class_name in names:
            for tag in ("", element.tag):
                style |= self._rules.get((tag, class_name, ""), {})
        if identifier := element.get("id"):
            style |= self._rules.get(("", "", identifier), {})
        return style | own

    def _read_sheet(self, sheet: str) -> None:
        for selectors, declarations in _rules(sheet):
            style = self._declarations(declarations)
            for selector in selectors.split(",") if style else ():
                found = _SELECTOR.fullmatch(selector.strip())
                if found and any(found.groups()):
                    key = (found["tag"] or "", found["class"] or "", found["id"] or "")
                    self._rules.setdefault(key, {}).update(style)

    def _declarations(self, text: str) -> dict[str, str]:
        if not text:
            return {}
        if text not in self._read:
            style: dict[str, str] = {}
            for declaration in text.split(";"):
                name, _colon, value = declaration.partition(":")
                if (name := name.strip().lower()) in _KNOWN:
                    style[name] = value.replace("!important", "").strip().lower()
            self._read[text] = style
        return self._read[text]


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations of a sheet; what is inside of an at-rule is none."""
    first, *rest = sheet.split("/*")
    sheet = first + "".join(part.partition("*/")[2] for part in rest)
    depth = start = opened = 0
    selectors = ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            if not depth:
                selectors = sheet[start : brace.start()].rpartition(";")[2]
                opened = brace.end()
            depth += 1
        elif depth:
            depth -= 1
            selectors = selectors.replace("<!--", "").replace("-->", "").strip()
            if not depth and not selectors.startswith("@"):
                yield selectors, sheet[opened : brace.start()]
            start = brace.end()


def is_hidden(element: HtmlElement, style: Style) -> bool:
    """Whether no reader of the page sees an element: only where that is certain.

    Icons are words only to their font.
    """
    if "hidden" in element.attributes and element.get("hidden").lower() != "until-found":
        return True
    if style.get("display") == "none" or style.get("mso-hide") == "all":
        return True
    if style.get("mso-element") in ("comment-list", "comment") or "msocomanchor" in element.classes:
        return True
    if element.get("aria-hidden").lower() != "true":
        return False
    is_icon = element.tag in ("i", "span") and _ICON.search(element.get("class"))
    return bool(is_icon) or not any(map(str.isalnum, element.text()))


def is_bold(style: Style, otherwise: bool) -> bool:
    """Whether words are bold; `otherwise` where the style doesn't say."""
    weight = style.get("font-weight", "inherit")
    return otherwise if weight == "inherit" else bool(_BOLD.fullmatch(weight))


def is_italic(style: Style, otherwise: bool) -> bool:
    """Whether words are italic; `otherwise` where the style doesn't say."""
    face = style.get("font-style", "inherit")
    return otherwise if face == "inherit" else face.startswith(("italic", "oblique"))
