"""Regular expressions that somebody writes are refused where they would fill the memory."""

from __future__ import annotations

import regex

from editor.errors import BadValue
from editor.i18n import _

_LONGEST_WRITTEN_OUT = 100_000
"""Characters of an expression with its repetitions written out, as `regex` keeps it in memory:
a million take 300 MB, a hundred million end the program."""
_TOKEN = regex.compile(
    r"(?P<call>\(\?(?:R|[+-]?\d|&|P>))|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|\{\s*(?P<times>\d+)\s*(?:,\s*\d*\s*)?\}|.",
    regex.DOTALL,
)


def require_small(expression: str) -> None:
    """Raise BadValue for an expression that would fill the memory: no limit of time stops that."""
    lengths, last = [0], 0
    for token in _TOKEN.finditer(expression):
        if token["call"]:
            raise BadValue(
                _("The expression has a group inside itself at character {n}.").format(
                    n=token.start() + 1
                ),
                _("Write what is to be found again in full."),
            )
        if token[0] == "(":
            lengths.append(0)
        elif token[0] == ")" and len(lengths) > 1:
            last = lengths.pop()
            lengths[-1] += last
        elif token["times"]:
            times = max(1, int(token["times"]))
            lengths[-1] += last * (times - 1)
            last *= times
        else:
            last = 1
            lengths[-1] += 1
        if max(lengths) > _LONGEST_WRITTEN_OUT:
            raise BadValue(
                _("The expression repeats too much at character {n}.").format(n=token.start() + 1),
                _("Use a smaller number in the braces."),
            )
