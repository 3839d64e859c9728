"""`stonehand style`: the house style of a desk, and changing it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from editor.cli.base import desk_option, json_option, open_desk, run_command
from editor.cli.printing import one_line, say, say_json, say_table
from editor.core.commands import SaveHouseStyle
from editor.core.findings import Level
from editor.core.house_style import HouseStyle, LoadedWord, RuleText
from editor.errors import NotFound, RuleError
from editor.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from editor.store.reading.signed_states import HouseStyleState

_OWN = "own"
"""The word for the level that a check has by itself."""
_RULE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("style")
@desk_option
@click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="CHECK=LEVEL",
    help="Set a check to off, hint, warning or stops; “own” is what it is by itself.",
)
@click.option(
    "--add-word",
    "words",
    multiple=True,
    metavar="WORD",
    help="Add a word or name that is spelled right.",
)
@click.option(
    "--add-loaded",
    "loaded",
    multiple=True,
    metavar="WORD[=INSTEAD]",
    help="Add a word that the paper does not want, and what it writes instead.",
)
@click.option(
    "--add-rule",
    "rules",
    multiple=True,
    metavar="FILE",
    type=_RULE,
    help="Add or replace a rule of the paper's own: TOML, or the YAML of a Vale style.",
)
@click.option(
    "--remove",
    "removed",
    multiple=True,
    metavar="NAME",
    help="Remove a word, a loaded word, or a rule by the name of its file.",
)
@click.option("--as", "person", default=None, metavar="PERSON", help="Which editor signs it.")
@json_option
def style(
    desk_path: Path, person: str | None, as_json: bool, **changes: tuple[Any, ...]
) -> None:  # fmt: skip
    """Print the house style: the level of each check, the paper's words and its own rules.

    With --as an editor or a chief changes it; all changes are made together or not at all.
    """
    if any(changes.values()) != bool(person):
        raise click.UsageError(_("Give changes, and name with --as the editor who signs them."))
    with open_desk(desk_path, writes=bool(person)) as desk:
        if person:
            with desk.read() as snapshot:
                saved = snapshot.house_style_state().saved
            run_command(desk, SaveHouseStyle(_changed(saved, changes), saved.hash), person)
        with desk.read() as snapshot:
            state = snapshot.house_style_state()
    if as_json:
        say_json({"levels": _levels(state.style), **_without_levels(state.style)})
    else:
        _say_style(state)


def _changed(style: HouseStyle, changes: dict[str, tuple[Any, ...]]) -> HouseStyle:
    """Return the style after the changes.

    Raises NotFound for what is not in it, RuleError for a file that is no rule.
    """
    style = _without(style, changes["removed"])
    for text in changes["levels"]:
        check, _equals, level = text.rpartition("=")
        style = style.with_level(_known_check(check, style), _level(level))
    loaded = (LoadedWord(*map(str.strip, text.split("=", 1))) for text in changes["loaded"])
    return replace(
        style.with_words(*changes["words"]),
        loaded=(*style.loaded, *loaded),
        rules=(*style.rules, *map(_read_rule, changes["rules"])),
    )


def _without(style: HouseStyle, names: Sequence[str]) -> HouseStyle:
    left = replace(
        style,
        words=tuple(word for word in style.words if word not in names),
        loaded=tuple(row for row in style.loaded if row.word not in names),
        rules=tuple(rule for rule in style.rules if rule.name not in names),
    )
    known = {
        *style.words,
        *(row.word for row in style.loaded),
        *(rule.name for rule in style.rules),
    }
    if unknown := next((name for name in names if name not in known), ""):
        raise NotFound(
            _("The house style has no word or rule “{name}”.").format(name=unknown[:90]),
            _("`stonehand style` prints them; a rule has the name of its file."),
        )
    return left


def _known_check(check: str, style: HouseStyle) -> str:
    from editor.checks.in_force import all_checks  # noqa: PLC0415 - only to set a level

    if check not in {known.id for known in all_checks(style)}:
        raise NotFound(
            _("There is no check “{name}”.").format(name=check[:90]),
            _("`stonehand style` prints their ids; Help › Checks says what each finds."),
        )
    return check


def _level(text: str) -> Level | None:
    names = [str(level) for level in Level]
    if text not in (*names, _OWN):
        sentence = _("“{text}” is no level; choose from {levels}.")
        raise click.UsageError(sentence.format(text=text, levels=", ".join((*names, _OWN))))
    return None if text == _OWN else Level(text)


def _read_rule(path: Path) -> RuleText:
    """Read a rule from a file and try it. Raises RuleError."""
    from editor.checks.rules.own_check import own_check  # noqa: PLC0415 - only for a rule
    from editor.checks.rules.reader import load_rule  # noqa: PLC0415 - only for a rule

    text = load_rule(path)
    own_check(path.name, text)
    return RuleText(path.name, text)


def _levels(style: HouseStyle) -> dict[str, str]:
    """Return the level of each check by its id, in the order of the findings."""
    from editor.checks.in_force import all_checks, level_in_force  # noqa: PLC0415 - see above

    return {check.id: str(level_in_force(check, style)) for check in all_checks(style)}


def _without_levels(style: HouseStyle) -> dict[str, Any]:
    return {
        "words": list(style.words),
        "loaded": {row.word: row.instead for row in style.loaded},
        "rules": {rule.name: rule.text for rule in style.rules},
    }


def _say_style(state: HouseStyleState) -> None:
    style, decided = state.style, dict(state.style.levels)
    say_table(
        [
            (check, level, _("by the house style") if check in decided else "")
            for check, level in _levels(style).items()
        ]
    )
    _say_list(_("Words:"), style.words)
    _say_list(
        _("Loaded words:"),
        (f"{row.word} → {row.instead}" if row.instead else row.word for row in style.loaded),
    )
    _say_list(_("Rules:"), map(_rule_line, style.rules))
    if state.doubt:
        say(_("The checks go by no house style. {why}").format(why=state.doubt))


def _rule_line(rule: RuleText) -> str:
    from editor.checks.rules.own_check import own_check  # noqa: PLC0415 - only for a rule

    try:
        return f"{rule.name}: {own_check(rule.name, rule.text).about}"
    except RuleError as error:
        return error.sentence


def _say_list(title: str, rows: Iterable[str]) -> None:
    for number, row in enumerate(rows):
        if not number:
            say(f"\n{title}")
        say(f"  {one_line(row)}")
