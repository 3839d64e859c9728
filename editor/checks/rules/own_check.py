"""A rule file as a check: where it looks, and what it says of what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import PurePath

from editor.checks.base import OWN, Subject
from editor.checks.examples import Example
from editor.checks.prose import BlockProse, split_paragraphs
from editor.checks.rules.expressions import TooSlow
from editor.checks.rules.kinds import Finder, PlacedHit, RuleHit, make_finder
from editor.checks.rules.reader import read_rule
from editor.checks.rules.rule_file import RuleFile, RuleScope
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.languages import without_region
from editor.core.story import Story
from editor.errors import RuleError
from editor.i18n import _
from editor.text import nodes
from editor.text.sentences import split_sentences

_HIT_LIMIT = 200
"""The most places that one rule shows in a story: more only say the same again."""
_FIELDS = {
    RuleScope.HEADLINE: "headline",
    RuleScope.HEADING: "headline",
    RuleScope.STANDFIRST: "standfirst",
    RuleScope.KEY_POINTS: "key_points",
    RuleScope.CAPTION: "pictures",
}
_WHOLE_BODY = frozenset({RuleScope.SUMMARY, RuleScope.RAW})


class OwnCheck:
    """One rule of the paper's own."""

    def __init__(self, rule: RuleFile, finder: Finder) -> None:
        self.id = OWN + rule.name
        self.title = rule.name
        self.about = rule.about or rule.message.replace("%s", "…")
        self.level = rule.level
        self.rule = rule
        self._finder = finder
        self.examples = tuple(self._read_examples())
        self._is_slow = False
        # One function for each way to cut a text, so that a block remembers what it made.
        self._in_block: dict[RuleScope, Callable[[BlockProse], tuple[RuleHit, ...]]] = {
            RuleScope.TEXT: lambda block: self._scan(block.text.rstrip("\n")),
            RuleScope.PARAGRAPH: lambda block: self._scan_parts(block.text, split_paragraphs),
            RuleScope.SENTENCE: lambda block: self._scan_parts(block.text, split_sentences),
        }

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the fields of the rule's scope; a rule that takes too long says so instead."""
        if self.rule.language and not _is_same_language(self.rule.language, subject.story.language):
            return
        if not subject.is_started:
            return
        if not self._is_slow:
            try:
                hits = list(self._finder.choose(list(self._hits(subject))))
                yield from (self._finding(subject, placed) for placed in hits[:_HIT_LIMIT])
                return
            except TooSlow:
                self._is_slow = True
        yield Finding(
            self.id,
            Level.WARNING,
            _("The rule “{name}” takes too long for this text").format(name=self.rule.name),
            _("Whoever writes the paper’s rules can make its expression simpler."),
            TextPlace("body"),
        )

    def find_in(self, sentence: str) -> str:
        """Return the first words that the rule finds in a text alone, or “”. Raises TooSlow."""
        hits = [PlacedHit("body", 0, hit) for hit in self._scan(sentence)]
        chosen = (placed.hit for placed in self._finder.choose(hits))
        return next((sentence[hit.start : hit.end] or "-" for hit in chosen), "")

    def _read_examples(self) -> Iterator[Example]:
        """Try the rule's examples. Raises RuleError for one that is not as it says."""
        for key, sentences in (("right", self.rule.right), ("wrong", self.rule.wrong)):
            for sentence in sentences:
                example = Example(Story(body=sentence), self._find_in_example(key, sentence))
                if example.is_right != (key == "right"):
                    raise self._example_error(
                        key,
                        _("It finds nothing in its wrong example “{text}”.")
                        if example.is_right
                        else _("It finds something in its right example “{text}”."),
                        sentence,
                    )
                yield example

    def _find_in_example(self, key: str, sentence: str) -> str:
        try:
            return self.find_in(sentence)
        except TooSlow:
            raise self._example_error(
                key, _("Its expression takes too long for “{text}”."), sentence
            ) from None

    def _example_error(self, key: str, what: str, sentence: str) -> RuleError:
        return RuleError(
            what.format(text=sentence[:60]),
            _("Change the rule or the example."),
            self.rule.file,
            self.rule.lines.get(key, 0),
        )

    def _hits(self, subject: Subject) -> Iterator[PlacedHit]:
        for scope in self.rule.scope:
            if scope in _WHOLE_BODY:
                text = subject.story.body if scope is RuleScope.RAW else subject.body.text
                yield from (PlacedHit("body", 0, hit) for hit in self._scan(text))
                continue
            for path, text in subject.prose.items():
                if _is_in_scope(path, scope):
                    yield from self._in_text(path, text, scope)
            if scope not in _FIELDS or scope is RuleScope.HEADING:
                yield from self._in_body(subject, scope)

    def _in_text(self, path: str, text: str, scope: RuleScope) -> Iterator[PlacedHit]:
        split = _SPLITS.get(scope)
        hits = self._scan_parts(text, split) if split else self._scan(text)
        yield from (PlacedHit(path, 0, hit) for hit in hits)

    def _in_body(self, subject: Subject, scope: RuleScope) -> Iterator[PlacedHit]:
        make = self._in_block.get(scope, self._in_block[RuleScope.TEXT])
        placed = zip(subject.document.placed, subject.body.blocks, strict=True)
        for (part, _section, _start), (block, at) in placed:
            if scope is RuleScope.HEADING and not isinstance(part.block, nodes.Heading):
                continue
            yield from (PlacedHit("body", at, hit) for hit in block.made(make))

    def _scan(self, text: str) -> tuple[RuleHit, ...]:
        return self._finder.scan(text)

    def _scan_parts(
        self, text: str, split: Callable[[str], Iterable[tuple[int, int]]]
    ) -> tuple[RuleHit, ...]:
        return tuple(
            RuleHit(start + hit.start, start + hit.end, hit.words, hit.instead, hit.kind)
            for start, end in split(text)
            for hit in self._scan(text[start:end])
        )

    def _finding(self, subject: Subject, placed: PlacedHit) -> Finding:
        hit, path = placed.hit, placed.path
        is_raw = path == "body" and RuleScope.RAW in self.rule.scope
        text = subject.story.body if is_raw else subject.prose[path]
        start, end = placed.at + hit.start, placed.at + hit.end
        fixes = tuple(
            Fix(_("Use “{words}”").format(words=instead), (Edit(path, start, end, instead),))
            if instead
            else Fix(_("Remove"), (Edit(path, *_with_a_space(text, start, end), ""),))
            for instead in hit.instead
        )
        message = _with_words(self.rule.message, hit.words)
        place = TextPlace(path, start, end)
        return Finding(self.id, self.level, message, self.rule.about, place, fixes, is_raw)


_SPLITS: dict[RuleScope, Callable[[str], Iterable[tuple[int, int]]]] = {
    RuleScope.PARAGRAPH: split_paragraphs,
    RuleScope.SENTENCE: split_sentences,
}


def _is_in_scope(path: str, scope: RuleScope) -> bool:
    """Whether a field other than the body is looked at."""
    if path == "body":
        return False
    if scope in _FIELDS:
        return path.partition("/")[0] == _FIELDS[scope]
    return scope is not RuleScope.BODY and not path.startswith("bylines/")


def _with_a_space(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range that is removed by one of the spaces around it."""
    if text[end : end + 1] == " " and text[start - 1 : start].strip() == "":
        return start, end + 1
    if start and text[start - 1] == " ":
        return start - 1, end
    return start, end


def _with_words(message: str, words: tuple[str, ...]) -> str:
    """Fill in `%s` from left to right; those that are left over get the last words again."""
    pieces = message.split("%s")
    filled = pieces[0]
    for number, piece in enumerate(pieces[1:]):
        filled += words[min(number, len(words) - 1)] + piece
    return filled


def _is_same_language(rule: str, story: str) -> bool:
    return without_region(rule) == without_region(story)


@lru_cache(maxsize=500)
def own_check(file: str, text: str) -> OwnCheck:
    """Read a rule file and try its examples. Raises RuleError.

    The same text gives the same check, so that what it found is not looked for again.
    """
    rule = read_rule(file, text)
    return OwnCheck(rule, make_finder(rule))


class UnreadRule:
    """A rule of the paper's own that can't be read: it says so wherever it would have run."""

    level = Level.HINT
    examples: tuple[Example, ...] = ()

    def __init__(self, error: RuleError) -> None:
        name = PurePath(error.file).stem
        self.id, self.title, self.about = OWN + name, name, error.sentence
        self._error = error

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Say what is wrong with the rule, once a story is begun."""
        if subject.is_started:
            sentence = _("A rule of the paper’s own was left out. {why}").format(
                why=self._error.sentence
            )
            yield Finding(self.id, self.level, sentence, self._error.hint, TextPlace("body"))


def read_own_checks(rules: Iterable[tuple[str, str]]) -> tuple[list[OwnCheck], list[RuleError]]:
    """Read rule files by name and text; the mistakes of those that can't be read."""
    checks, problems = [], []
    for file, text in rules:
        try:
            checks.append(own_check(file, text))
        except RuleError as error:
            problems.append(error)
    return checks, problems
