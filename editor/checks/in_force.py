"""The checks that a house style leaves in force, each with the level it has there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import TypeAlias

from editor.checks.base import Check
from editor.checks.built_in import CHECKS
from editor.checks.rules.own_check import UnreadRule, read_own_checks
from editor.core.findings import Finding, Level
from editor.core.house_style import HouseStyle, RuleText
from editor.core.ignored import NEEDED

_InForce: TypeAlias = tuple[tuple[Check, Callable[[Finding], Finding]], ...]


def all_checks(style: HouseStyle) -> tuple[Check, ...]:
    """Return every check there is: the built-in ones, and the paper's own.

    An own rule that can't be read is a check that says so.
    """
    own, problems = read_own_checks((file.name, file.text) for file in style.rules)
    return (*CHECKS, *own, *map(UnreadRule, problems))


def level_in_force(check: Check, style: HouseStyle) -> Level:
    """Return a check's level; what a story can't go out without is no matter of style."""
    return check.level if check.id in NEEDED else style.level(check.id, check.level)


def checks_in_force(style: HouseStyle) -> _InForce:
    """Return the checks that run, each with what gives its findings their level."""
    return _in_force(style.levels, style.rules)


@lru_cache(maxsize=4)
def _in_force(levels: tuple[tuple[str, Level], ...], rules: tuple[RuleText, ...]) -> _InForce:
    style, decided = HouseStyle(levels=levels, rules=rules), dict(levels)
    found: list[tuple[Check, Callable[[Finding], Finding]]] = []
    for check in all_checks(style):
        level = level_in_force(check, style)
        if level is not Level.OFF:
            is_decided = check.id in decided and check.id not in NEEDED
            found.append((check, partial(_with_level, level) if is_decided else _as_found))
    return tuple(found)


def _as_found(finding: Finding) -> Finding:
    return finding


def _with_level(level: Level, finding: Finding) -> Finding:
    return replace(finding, level=level)
