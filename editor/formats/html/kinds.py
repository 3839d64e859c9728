"""What an element is to a reader, by its tag, its class and its style."""

from __future__ import annotations

import re

from editor.formats.broken_lines import is_wrapped
from editor.formats.html.inline import Look
from editor.formats.html.styles import Style, is_bold, is_italic
from editor.formats.html.tree import HtmlElement

_HEADING = re.compile(r"h([1-6])")
_BLOCK_TAGS = (
    "p div section article main header footer nav aside address hgroup dl dt dd center "
    "form fieldset legend details summary figcaption caption td th tr tbody thead tfoot"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_BLOCK_DISPLAYS = "block flex grid list-item flow-root table table-row table-cell"
_BLOCK_DISPLAY = frozenset(_BLOCK_DISPLAYS.split())
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_QUOTED = frozenset(("msoquote", "msointensequote"))
_TITLES = {"msotitle": 1, "msosubtitle": 2}
_CODE_CLASS = re.compile(r"highlight|language|\bcode|brush|source", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def styled(look: Look, element: HtmlElement, style: Style) -> Look:
    """Return the look of an element's words: its tag's, unless its style says otherwise."""
    tag = element.tag
    space = style.get("white-space", "normal" if tag in ("td", "th") else "")
    hidden = {"hidden": True, "collapse": True, "visible": False}.get(style.get("visibility", ""))
    return look._replace(
        bold=is_bold(style, tag in ("b", "strong", "th") or look.bold),
        italic=is_italic(style, tag in ("i", "em", "cite") or look.italic),
        code=look.code or tag in _CODE,
        keeps_lines=space.startswith(("pre", "break-spaces")) if space else look.keeps_lines,
        hidden=look.hidden if hidden is None else hidden,
    )


def heading_level(element: HtmlElement) -> int:
    """Return the level of a heading, 1 to 6; 0 for what is none."""
    if found := _HEADING.fullmatch(element.tag):
        return int(found[1])
    if element.get("role").lower() == "heading":
        level = element.get("aria-level").strip()
        return int(level) if level in ("1", "2", "3", "4", "5", "6") else 2
    return next((_TITLES[name] for name in _names(element) if name in _TITLES), 0)


def is_quote(element: HtmlElement, style: Style) -> bool:
    """Whether an element sets somebody's words apart; Outlook marks answers with a line."""
    if element.tag == "blockquote":
        return True
    if element.tag == "div":
        line = style.get("border-left", "")
        return "solid" in line and not line.startswith(("0", "none"))
    return element.tag == "p" and any(name in _QUOTED for name in _names(element))


def is_block(element: HtmlElement, style: Style) -> bool:
    """Whether an element begins on a line of its own."""
    display = style.get("display", "")
    if display.startswith("inline") or display == "contents":
        return False
    return element.tag in _BLOCKS or display in _BLOCK_DISPLAY


def is_code(element: HtmlElement, text: str) -> bool:
    """Whether preformatted text is code or columns, and no letter."""
    inner = list(element.all())
    if any(part.tag == "code" or _CODE_CLASS.search(part.get("class")) for part in inner):
        return bool(text.strip())
    return bool(text.strip()) and not is_wrapped(text.split("\n"))


def without_empty_lines(text: str) -> str:
    """Return lines of code with one empty line where there were several, as Markdown has it."""
    lines = [line.rstrip() for line in text.split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def remove_start(element: HtmlElement, count: int) -> int:
    """Remove the first characters of an element's words; return how many more are to go."""
    for number, child in enumerate(element.children):
        if count <= 0:
            break
        if isinstance(child, str):
            element.children[number] = child[count:]
            count -= len(child)
        else:
            count = remove_start(child, count)
    return max(count, 0)


def _names(element: HtmlElement) -> list[str]:
    return [name.lower() for name in element.classes]
