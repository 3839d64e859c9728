"""The one way to print: what came from a desk or a file can't steer the terminal.

Nothing else of the command line calls `click.echo`; a test checks it.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from editor.errors import OutputError, reason_of
from editor.i18n import _
from editor.progress import Progress

# Escape sequences begin with a control character, also one of C1. Text that is turned
# round by the direction marks of Unicode can show another name than it has.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SHOWN_AS = "\ufffd"


def say(text: str = "", *, err: bool = False) -> None:
    """Print lines of text, on stderr if asked; a control character is shown as `\ufffd`."""
    _print(_STEERING.sub(_SHOWN_AS, text), err=err)


def one_line(text: object) -> str:
    """Return a value from outside as part of one line, so that it can't begin another."""
    return re.sub(r"[\t\n]", _SHOWN_AS, str(text))


def say_json(value: object) -> None:
    """Print one value as indented JSON in UTF-8, with control characters escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    _print(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _print(text: str, *, err: bool = False) -> None:
    """Print a text. Raises OutputError where it can't be written, as to a disk that is full."""
    try:
        click.echo(text, err=err)
    except BrokenPipeError:
        raise  # whoever reads has read enough: click ends it without a word
    except OSError as error:
        raise output_problem(error) from error


def output_problem(error: OSError) -> OutputError:
    """Return the known problem in an error of writing to the terminal, a pipe or a file."""
    return OutputError(
        _("The output could not be written: {reason}.").format(reason=reason_of(error))
    )


def say_table(rows: list[tuple[str, ...]]) -> None:
    """Print rows in aligned columns; the last column is not padded."""
    if not rows:
        return
    lines = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)][:-1]
    for cells in lines:
        padded = [
            cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=False)
        ]
        say("  ".join([*padded, cells[-1]]))


def _percent(done: int, total: int, _step: str) -> str:
    return _("{percent} %").format(percent=100 * done // max(1, total))


@contextmanager
def showing_progress(
    describe: Callable[[int, int, str], str] = _percent,
) -> Iterator[Progress]:
    """Give a Progress that is shown on one line of a terminal, which is cleared at the end.

    `describe` says what is shown of a report; the share that is done, unless given.
    """
    if not sys.stderr.isatty():
        yield Progress()
        return
    shown = [""]

    def show(done: int, total: int, step: str) -> None:
        # A line that is wrapped could not be cleared.
        width = shutil.get_terminal_size().columns - 1
        line = _STEERING.sub(_SHOWN_AS, one_line(describe(done, total, step)))[:width]
        if line != shown[0]:
            click.echo(f"\r{line}\x1b[K", err=True, nl=False)
            shown[0] = line

    try:
        yield Progress(show)
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)


def _width(text: str) -> int:
    """How many columns a terminal gives a text: two for wide letters, none for marks."""
    return sum(
        0 if unicodedata.category(letter) in {"Mn", "Me", "Cf"} else
        2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )  # fmt: skip


def can_ask() -> bool:
    """Return whether a person sits at the terminal. A script is never asked."""
    return sys.stdin is not None and sys.stdin.isatty()
