"""What can be wrong with a style sheet of a theme, and the tokens that are in one.

A page may load nothing but the site's one sheet (its Content Security Policy), so a theme's
sheets import nothing and name no other file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import starmap
from typing import Final, NamedTuple

from editor.errors import ThemeError
from editor.i18n import N_, _

_PIECE: Final = re.compile(
    r"""(?P<comment>/\*.*?\*/)
    | (?P<open_comment>/\*)
    | (?P<string>"(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<open_string>["'])
    | (?P<escape>\\)
    | (?P<bracket>[{}()\[\]])
    | (?P<imports>@import\b)
    | (?P<url>\b(?:url|src|image|image-set|-webkit-image-set)(?=\())
    | (?P<tag></)
    | (?P<control>[\x00-\x08\x0b\x0e-\x1f\x7f])""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_PAIRS: Final = {"{": "}", "(": ")", "[": "]"}
_VARIABLE: Final = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_DEFINED: Final = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
_COLOUR: Final = re.compile(r"--([\w-]+)\s*:\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\s*(?:;|\})")
_DARK: Final = re.compile(r"@media[^{]*\(\s*prefers-color-scheme\s*:\s*dark\s*\)[^{]*\{")


class Sheet(NamedTuple):
    """One sheet of a theme: its file, and its text."""

    file: str
    text: str


class Colours(NamedTuple):
    """The colours of a theme's tokens by name, as `#rrggbb`, in light and in dark mode."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


def check_sheet(sheet: Sheet) -> None:
    """Raise ThemeError for what no browser reads as it is meant, and for what a page may not load.

    That is brackets, comments and strings that don't close (CSS Syntax 3), `@import`, `url()`,
    and what would end the style of the page for missing addresses, which has it inside.
    """
    still_open: list[tuple[str, int]] = []
    for found in _PIECE.finditer(sheet.text):
        kind, at = str(found.lastgroup), found.start()
        if kind in _WRONG:
            sentence, hint = _WRONG[kind]
            raise _error(sheet, at, _(sentence), _(hint))
        if kind == "bracket":
            _match(sheet, still_open, found[0], at)
    if still_open:
        bracket, at = still_open[-1]
        raise _error(
            sheet,
            at,
            _("“{open}” is never closed.").format(open=bracket),
            _("Write “{close}” where it ends.").format(close=_PAIRS[bracket]),
        )


def check_variables(sheets: tuple[Sheet, ...]) -> None:
    """Raise ThemeError for a custom property that is used and nowhere defined."""
    bare = tuple(starmap(lambda file, text: Sheet(file, _bare(text)), sheets))
    defined = {name for sheet in bare for name in _DEFINED.findall(sheet.text)}
    for sheet in bare:
        for found in _VARIABLE.finditer(sheet.text):
            if found[1] not in defined:
                raise _error(
                    sheet,
                    found.start(),
                    _("{name} is defined nowhere.").format(name=found[1]),
                    _("Define it in tokens.css."),
                )


def colours(text: str) -> Colours:
    """Return the colours that a sheet of tokens defines."""
    bare = _bare(text)
    dark = "".join(_dark_blocks(bare))
    light = bare
    for block in _dark_blocks(bare):
        light = light.replace(block, "")
    found = {name: _long(colour) for name, colour in _COLOUR.findall(light)}
    return Colours(found, found | {name: _long(c) for name, c in _COLOUR.findall(dark)})


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def line_at(text: str, place: int) -> int:
    """Return the line of a place in a text, counted from 1."""
    return text.count("\n", 0, place) + 1


_WRONG: Final = {
    "open_comment": (N_("A comment has no end."), N_("Write “*/” where it ends.")),
    "open_string": (N_("A quotation mark is never closed."), N_("Close it in the same line.")),
    "imports": (N_("A theme imports no other style sheet."), N_("Copy its rules into site.css.")),
    "url": (
        N_("A style sheet names another file; pages would not load it."),
        N_("Use colours, lines and the fonts that readers have."),
    ),
    "escape": (N_("“\\” is for strings only."), N_("Write the character itself.")),
    "tag": (N_("“</” has no place in a style sheet."), N_("Remove it.")),
    "control": (N_("There is a control character."), N_("Remove it.")),
}


def _match(sheet: Sheet, still_open: list[tuple[str, int]], bracket: str, at: int) -> None:
    if bracket in _PAIRS:
        still_open.append((bracket, at))
    elif not still_open:
        sentence = _("“{close}” closes nothing.").format(close=bracket)
        raise _error(sheet, at, sentence, _("Remove it, or open the rule that it closes."))
    else:
        opened, place = still_open.pop()
        if _PAIRS[opened] != bracket:
            sentence = _("“{open}” is never closed.").format(open=opened)
            hint = _("Write “{close}” where it ends.").format(close=_PAIRS[opened])
            raise _error(sheet, place, sentence, hint)


def _error(sheet: Sheet, at: int, sentence: str, hint: str) -> ThemeError:
    return ThemeError(sentence, hint, sheet.file, line_at(sheet.text, at))


def _bare(text: str) -> str:
    """Blank comments, so that every place keeps its line."""
    return re.sub(
        r"/\*.*?\*/", lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.DOTALL
    )


def _dark_blocks(text: str) -> Iterator[str]:
    for start in _DARK.finditer(text):
        depth, place = 1, start.end()
        while depth and place < len(text):
            depth += {"{": 1, "}": -1}.get(text[place], 0)
            place += 1
        yield text[start.start() : place]


def _long(colour: str) -> str:
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
