"""What a rule file says: its kind, its message and the words it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from editor.core.findings import Level
from editor.i18n import N_


class RuleKind(StrEnum):
    """What a rule looks for; the names are Vale's (vale.sh/docs/styles, “checks”)."""

    EXISTENCE = "existence"
    """Words that must not appear."""
    SUBSTITUTION = "substitution"
    """Words to be replaced by others."""
    OCCURRENCE = "occurrence"
    """How often something may, or must, appear."""
    REPETITION = "repetition"
    """The same word twice in a row."""
    CONSISTENCY = "consistency"
    """Two ways to write a thing, of which a story has only one."""
    CONDITIONAL = "conditional"
    """Something that must not appear without something else."""


class RuleScope(StrEnum):
    """Where a rule looks. The first six are Vale's, the others are fields of a story."""

    TEXT = "text"
    """Every field; in the body each paragraph, item, heading and cell."""
    HEADING = "heading"
    """The headline and the crossheads."""
    PARAGRAPH = "paragraph"
    """Every paragraph of every field."""
    SENTENCE = "sentence"
    """Every sentence of every field."""
    SUMMARY = "summary"
    """The whole body at once."""
    RAW = "raw"
    """The whole body as it is written, with its Markdown."""
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    KEY_POINTS = "key_points"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule. The names of the fields are those of the keys in its file.

    `message` has `%s` where the words found are shown; in a substitution the first one
    is for the words to write instead. `swap` leads from an expression to the words to write
    instead, several of them separated by `|`. `either` holds pairs of expressions.
    `replace` is what may be written instead of what an existence rule finds; an empty
    text removes it. `right` and `wrong` are sentences in which the rule finds nothing, and
    something.
    """

    file: str
    extends: RuleKind
    message: str
    level: Level = Level.WARNING
    about: str = N_("")
    scope: tuple[RuleScope, ...] = (RuleScope.TEXT,)
    language: str = ""
    ignorecase: bool = False
    nonword: bool = False
    alpha: bool = False
    capitalize: bool = False
    append: bool = False
    tokens: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    swap: tuple[tuple[str, str], ...] = ()
    either: tuple[tuple[str, str], ...] = ()
    token: str = ""
    first: str = ""
    second: str = ""
    min: int = 0
    max: int = 0
    replace: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, hash=False, compare=False)
    """In which line of the file each key is, counted from 1."""

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return PurePath(self.file).stem
