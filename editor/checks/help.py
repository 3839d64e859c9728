"""The help's section of each check, made of what the check says of itself and its examples."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from editor.checks.base import Check, is_own
from editor.checks.examples import Example
from editor.core.fields import full_label
from editor.core.findings import Level
from editor.core.paths import text_fields
from editor.i18n import _

_MARKUP = re.compile(r"[\\`*_{}\[\]()#+\-.!>~^|]")


def level_name(level: Level) -> str:
    """Name a level as the window does."""
    return {
        Level.OFF: _("Off"),
        Level.HINT: _("Hint"),
        Level.WARNING: _("Warning"),
        Level.STOPS: _("Stops approval"),
    }[level]


def title_of(check: Check) -> str:
    """Return a check's name on screen; a paper's own rule has the name that the paper gave it."""
    return check.title if is_own(check) else _(check.title)


def about_of(check: Check) -> str:
    """Return what a check says of itself, in Markdown; a paper's own rule in the paper's words."""
    return check.about if is_own(check) else _(check.about)


def help_sections(checks: Iterable[Check]) -> str:
    """Return the sections as Markdown, one a check, headed by its id, at the third level."""
    return "\n\n".join("\n\n".join(_section(check)) for check in checks) + "\n"


def about_check(check: Check) -> str:
    """Return what a check finds as Markdown, headed by its title; its id comes last."""
    _heading, _about, *examples = _section(check)
    name = _("On the command line: `{id}`").format(id=check.id)
    return "\n\n".join((f"### {title_of(check)}", about_of(check), *examples, name)) + "\n"


def _section(check: Check) -> Iterator[str]:
    yield f"### {check.id}"
    yield f"**{title_of(check)}.** {about_of(check)} *{level_name(check.level)}.*"
    yield "\n".join(f"- {_line(example)}" for example in check.examples)


def _line(example: Example) -> str:
    """Show an example: each text of the story, with what is found in bold."""
    if example.is_right:
        return _("Right: {text}").format(text=_texts(example, ""))
    line = _("Wrong: {text}").format(text=_texts(example, example.found))
    if example.fixed:
        line += " " + _("Fixed: {text}").format(text=_plain(example.fixed))
    return line


def _texts(example: Example, found: str) -> str:
    pieces: list[str] = []
    for path, text in text_fields(example.story):
        if not text.strip():
            continue
        shown = _plain(text)
        if found and found in text:
            before, _found, after = text.partition(found)
            shown, found = f"{_plain(before)}**{_visible(found)}**{_plain(after)}", ""
        label = full_label(path)
        pieces.append(_("{field}: {text}").format(field=label, text=shown))
    if found:
        pieces.append(f"**{full_label(found)}**")
    return " · ".join(pieces)


def _plain(text: str) -> str:
    """Write a text so that Markdown shows it as it is, paragraphs in one line."""
    text = text.strip("\n").replace("\n\n", " ¶ ").replace("\n", " ")
    return _MARKUP.sub(r"\\\g<0>", text).replace("&", "&amp;").replace("<", "&lt;")


def _visible(text: str) -> str:
    """Write what is found; characters that nobody sees by their number."""
    if text.strip(" ") == "":
        return "␣" * len(text)
    return "".join(
        f"U+{ord(char):04X}" if unicodedata.category(char) in ("Cf", "Cc") else _plain(char)
        for char in text.replace("\n", " ")
    )
