"""Regular expressions of rules: compiled with a sentence, searched within a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from editor.errors import BadValue, RuleError
from editor.i18n import _
from editor.text.expression_size import require_small

MOST_SECONDS = 0.25
"""How long an expression may take in one paragraph: any that needs more would need hours."""
_LONGEST = 60_000
_SIMPLE = frozenset(r"\.^$*+?{}[]|()")


class TooSlow(Exception):
    """An expression takes too long: its writer has to change it."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where an expression was found, and what its groups hold."""

    start: int
    end: int
    text: str
    groups: tuple[str | None, ...] = ()

    @property
    def group(self) -> int:
        """The number of the first group that holds something, counted from 0; -1 for none."""
        return next((at for at, held in enumerate(self.groups) if held is not None), -1)


class Expression:
    """A compiled expression."""

    def __init__(self, pattern: Any) -> None:
        self._pattern = pattern

    def matches(self, text: str) -> list[Match]:
        """Find all places. Raises TooSlow."""
        try:
            found = self._pattern.finditer(text, timeout=MOST_SECONDS)
            return [
                Match(match.start(), match.end(), match[0], match.groups())
                for match in found
                if match[0] and "\0" not in match[0]
            ]
        except TimeoutError:
            raise TooSlow from None

    def fits(self, text: str) -> bool:
        """Whether it is somewhere in a text. Raises TooSlow."""
        try:
            return self._pattern.search(text, timeout=MOST_SECONDS) is not None
        except TimeoutError:
            raise TooSlow from None

    def expand(self, template: str, words: str) -> str:
        r"""Write the groups of a match into a text: `\g<1>`. Raises TooSlow."""
        try:
            return str(self._pattern.sub(template, words, count=1, timeout=MOST_SECONDS))
        except TimeoutError:
            raise TooSlow from None

    @property
    def text(self) -> str:
        """The expression as it is written."""
        return str(self._pattern.pattern)

    @property
    def groups(self) -> int:
        """How many groups it has."""
        return int(self._pattern.groups)


class Compiler:
    """Compiles what a rule file holds; a mistake names the line of its key."""

    def __init__(self, file: str, lines: Mapping[str, int], ignore_case: bool) -> None:
        self._file, self._lines = file, lines
        self._flags = regex.MULTILINE | regex.V0 | (regex.IGNORECASE if ignore_case else 0)

    def whole_words(
        self, key: str, expressions: Iterable[str], nonword: bool = False
    ) -> Expression:
        """Compile a choice between expressions, each of them whole words. Raises RuleError."""
        return self.choice(key, expressions, "" if nonword else r"\b")

    def choice(self, key: str, expressions: Iterable[str], edge: str = "") -> Expression:
        """Compile a choice between expressions with something at both ends. Raises RuleError."""
        texts = list(expressions)
        for text in texts:
            self._compile(key, text)  # so that a mistake is told of the one that has it
        return Expression(self._compile(key, f"{edge}(?:{'|'.join(texts)}){edge}"))

    def one(self, key: str, expression: str) -> Expression:
        """Compile one expression as it is. Raises RuleError."""
        return Expression(self._compile(key, expression))

    def require_groups(self, key: str, expression: Expression, numbers: Iterable[int]) -> None:
        """Raise RuleError for the number of a group that an expression has not got."""
        for number in numbers:
            if number > expression.groups:
                raise RuleError(
                    _("“${n}” is a group that “{text}” has not got.").format(
                        n=number, text=expression.text[:60]
                    ),
                    _("Put what it stands for in round brackets, or write $$ for a dollar sign."),
                    self._file,
                    self._lines.get(key, 0),
                )

    def _compile(self, key: str, text: str) -> Any:
        try:
            require_small(text)
            return _within_limit(regex.compile, text)(text, self._flags)
        except (regex.error, OverflowError, RecursionError, ValueError, BadValue) as error:
            why = (getattr(error, "msg", str(error)) or type(error).__name__).rstrip(".")
            raise RuleError(
                _("The expression “{text}” can’t be read: {why}.").format(text=text[:60], why=why),
                _("Write \\ before a character that is meant as it is: \\. or \\(."),
                self._file,
                self._lines.get(key, 0),
            ) from None


def _within_limit(compile: Callable[..., Any], text: str) -> Callable[..., Any]:
    if len(text) > _LONGEST:
        raise ValueError(_("it is too long"))
    return compile


def without_groups(expression: str) -> str:
    """Return an expression whose groups don't count: `(a)` becomes `(?:a)`, `[(]` stays."""
    return str(_GROUP.sub(lambda found: found["other"] or "(?:", expression))


_GROUP = regex.compile(r"(?P<other>\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?!P?<\w))|\((?:\?P?<\w+>)?")


def is_plain(expression: str) -> bool:
    """Whether an expression is words to be taken as they are."""
    return not _SIMPLE & set(expression)
