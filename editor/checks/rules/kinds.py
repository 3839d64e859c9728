"""The six kinds of rules: what each finds in a paragraph, and what that means for a story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from editor.checks.rules.expressions import Compiler, Expression, Match, is_plain, without_groups
from editor.checks.rules.rule_file import RuleFile, RuleKind


@dataclass(frozen=True, slots=True)
class RuleHit:
    """What a rule found: a range, the words for its message, and what to write instead.

    `kind` tells apart what a rule of two expressions found.
    """

    start: int
    end: int
    words: tuple[str, ...]
    instead: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PlacedHit:
    """A hit in a field: `at` is where the text begins that it counts from."""

    path: str
    at: int
    hit: RuleHit


class Finder(Protocol):
    """What one kind of rule does."""

    def scan(self, text: str) -> tuple[RuleHit, ...]:
        """Look at one text, for itself; what is found there is remembered with the text.

        Raises TooSlow.
        """
        ...

    def choose(self, hits: Sequence[PlacedHit]) -> Iterable[PlacedHit]:
        """Return what is wrong of all that was found in a story."""
        ...


class _FoundIsWrong:
    """What most kinds do: whatever is found is wrong."""

    def choose(self, hits: Sequence[PlacedHit]) -> Iterable[PlacedHit]:
        return hits


class _Existence(_FoundIsWrong):
    def __init__(self, rule: RuleFile, compiler: Compiler) -> None:
        raw = "".join(rule.raw)
        tokens = "|".join(rule.tokens)
        edge = "" if rule.nonword or not tokens else r"\b"
        words = f"{edge}(?:{tokens}){edge}" if tokens else ""
        if rule.tokens:
            compiler.whole_words("tokens", rule.tokens)
        self._expression = compiler.one("raw", words + raw if rule.append else raw + words)
        self._exceptions = _exceptions(rule, compiler)
        self._instead = rule.replace

    def scan(self, text: str) -> tuple[RuleHit, ...]:
        return tuple(
            RuleHit(match.start, match.end, (match.text.strip(),), self._instead)
            for match in self._expression.matches(text)
            if not _is_excepted(self._exceptions, match)
        )


class _Substitution(_FoundIsWrong):
    def __init__(self, rule: RuleFile, compiler: Compiler) -> None:
        # The longest first: “head of state” before “head”.
        pairs = sorted(rule.swap, key=lambda pair: -len(pair[0]))
        self._swaps = [(compiler.one("swap", words), _as_template(text)) for words, text in pairs]
        for (_words, text), (expression, _template) in zip(pairs, self._swaps, strict=True):
            compiler.require_groups("swap", expression, _group_numbers(text))
        groups = [f"({without_groups(words)})" for words, _instead in pairs]
        self._expression = compiler.whole_words("swap", groups, rule.nonword)
        self._exceptions = _exceptions(rule, compiler)
        self._capitalize = rule.capitalize or rule.ignorecase

    def scan(self, text: str) -> tuple[RuleHit, ...]:
        return tuple(self._hits(text))

    def _hits(self, text: str) -> Iterator[RuleHit]:
        for match in self._expression.matches(text):
            instead = self._written_instead(match)
            if match.text in instead or _is_excepted(self._exceptions, match):
                continue
            yield RuleHit(match.start, match.end, (" / ".join(instead), match.text), instead)

    def _written_instead(self, match: Match) -> tuple[str, ...]:
        expression, instead = self._swaps[match.group]
        if "\\" in instead:
            instead = expression.expand(instead, match.text)
        ways = instead.split("|")
        if self._capitalize and match.text[:1].isupper():
            ways = [way[:1].upper() + way[1:] for way in ways]
        return tuple(ways)


class _Occurrence(_FoundIsWrong):
    def __init__(self, rule: RuleFile, compiler: Compiler) -> None:
        self._expression = compiler.one("token", rule.token)
        self._min, self._max = rule.min, rule.max

    def scan(self, text: str) -> tuple[RuleHit, ...]:
        if not text.strip():
            return ()
        matches = self._expression.matches(text)
        count = len(matches)
        if not ((self._max and count > self._max) or count < self._min):
            return ()
        first = matches[0] if matches else Match(0, 0, "")
        return (RuleHit(first.start, first.end, (str(count),)),)


class _Repetition(_FoundIsWrong):
    def __init__(self, rule: RuleFile, compiler: Compiler) -> None:
        self._expression = compiler.choice("tokens", rule.tokens)
        self._exceptions = _exceptions(rule, compiler)
        self._rule = rule

    def scan(self, text: str) -> tuple[RuleHit, ...]:
        hits, before, count = [], Match(0, 0, ""), 0
        for match in self._expression.matches(text):
            if self._is_same(before.text, match.text):
                count += 1
                both = Match(before.start, match.end, text[before.start : match.end])
                if count > self._rule.max and not _is_excepted(self._exceptions, both):
                    word = match.text.strip()
                    hits.append(RuleHit(both.start, both.end, (word,), (word,)))
            else:
                count = 0
            before = match
        return tuple(hits)

    def _is_same(self, before: str, word: str) -> bool:
        before, word = before.strip(), word.strip()
        if self._rule.alpha and not word.isalpha():
            return False
        if self._rule.ignorecase:
            before, word = before.casefold(), word.casefold()
        return bool(word) and before == word


class _Consistency:
    def __init__(self, rule: RuleFile, compiler: Compiler) -> None:
        self._pairs = rule.either
        self._expressions = [
            tuple(compiler.whole_words("either", (way,), rule.nonword) for way in pair)
            for pair in rule.either
        ]

    def scan(self, text: str) -> tuple[RuleHit, ...]:
        return tuple(
            RuleHit(match.start, match.end, (match.text,), kind=f"{number}/{side}")
            for number, ways in enumerate(self._expressions)
            for side, way in enumerate(ways)
            for match in way.matches(text)
        )

    def choose(self, hits: Sequence[PlacedHit]) -> Iterator[PlacedHit]:
        """Find each place of the way that is used less; of two that are used alike, the second."""
        for number, pair in enumerate(self._pairs):
            sides = [
                [placed for placed in hits if placed.hit.kind == f"{number}/{side}"]
                for side in range(2)
            ]
            if not all(sides):
                continue
            fewer = 0 if len(sides[0]) < len(sides[1]) else 1
            other = pair[1 - fewer]
            for placed in sides[fewer]:
                hit = placed.hit
                instead = (other,) if is_plain(other) else ()
                changed = RuleHit(hit.start, hit.end, hit.words, instead)
                yield PlacedHit(placed.path, placed.at, changed)


class _Conditional:
    def __init__(self, rule: RuleFile, compiler: Compiler) -> None:
        self._first = compiler.one("first", rule.first)
        self._second = compiler.one("second", rule.second)
        self._exceptions = _exceptions(rule, compiler)

    def scan(self, text: str) -> tuple[RuleHit, ...]:
        needed = (
            RuleHit(match.start, match.end, (match.text,), kind="needed")
            for match in self._second.matches(text)
            for match in _held(match)
        )
        first = (
            RuleHit(match.start, match.end, (match.text,), kind="first")
            for match in self._first.matches(text)
            if not _is_excepted(self._exceptions, match)
        )
        return (*needed, *first)

    def choose(self, hits: Sequence[PlacedHit]) -> Iterator[PlacedHit]:
        """Find what appears without what it needs, each once: at its first place."""
        known = {placed.hit.words[0] for placed in hits if placed.hit.kind == "needed"}
        for placed in hits:
            words = placed.hit.words[0]
            if placed.hit.kind == "first" and words not in known:
                known.add(words)
                yield placed


def _held(match: Match) -> list[Match]:
    """Return a match for each group that holds something, or the match itself without groups."""
    held = [text for text in match.groups if text]
    return [Match(match.start, match.end, text) for text in held or [match.text]]


def _exceptions(rule: RuleFile, compiler: Compiler) -> Expression | None:
    if not rule.exceptions:
        return None
    return compiler.choice("exceptions", rule.exceptions, r"\b")


def _is_excepted(exceptions: Expression | None, match: Match) -> bool:
    return exceptions is not None and exceptions.fits(match.text)


def _as_template(text: str) -> str:
    r"""Write Vale's `$1` and `${1}` as Python's `\g<1>`, and its `$$` as `$`."""
    return _REFERENCE.sub(_python_reference, text)


_REFERENCE = re.compile(r"\$(?:(\d{1,2})|\{(\d{1,2})\}|\$)|\\")


def _group_numbers(text: str) -> list[int]:
    return [
        int(found[1] or found[2]) for found in _REFERENCE.finditer(text) if found[1] or found[2]
    ]


def _python_reference(found: re.Match[str]) -> str:
    number = found[1] or found[2]
    if number:
        return rf"\g<{number}>"
    return "$" if found[0] == "$$" else r"\\"


_KINDS: dict[RuleKind, Callable[[RuleFile, Compiler], Finder]] = {
    RuleKind.EXISTENCE: _Existence,
    RuleKind.SUBSTITUTION: _Substitution,
    RuleKind.OCCURRENCE: _Occurrence,
    RuleKind.REPETITION: _Repetition,
    RuleKind.CONSISTENCY: _Consistency,
    RuleKind.CONDITIONAL: _Conditional,
}


def make_finder(rule: RuleFile) -> Finder:
    """Compile a rule. Raises RuleError, with the line, for an expression with a mistake."""
    compiler = Compiler(rule.file, rule.lines, rule.ignorecase)
    return _KINDS[rule.extends](rule, compiler)
