"""`stonehand paper`: the paper's facts, what it says of itself, and changing them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from editor.cli.base import desk_option, json_option, open_desk, run_command
from editor.cli.printing import say_json, say_table
from editor.core.canonical import Json
from editor.core.commands import SaveHouse
from editor.core.house import House
from editor.core.publisher import AiUse, Digits, PolicyKind, PublishedPolicy, chosen
from editor.core.section_lines import parse_sections, section_lines
from editor.errors import BadInput, reason_of
from editor.i18n import N_, _

if TYPE_CHECKING:
    from editor.store.desk import Desk

_FACTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("--name", "name", {"help": N_("The paper's name, as readers see it.")}),
    ("--url", "url", {"help": N_("The site's address; empty while there is none.")}),
    ("--language", "language", {"help": N_("The paper's language (BCP 47).")}),
    ("--timezone", "timezone", {"help": N_("The zone of all dates, such as Europe/Lisbon.")}),
    ("--dateline", "dateline_template", {"help": N_("The template of its datelines.")}),
    (
        "--digits",
        "digits",
        {"type": click.Choice([*map(str, Digits)]), "help": N_("The digits of dates and counts.")},
    ),
    ("--theme", "theme", {"help": N_("The theme of its site.")}),
    ("--founded", "founded", {"type": int, "help": N_("The year of the first issue; 0 for none.")}),
    ("--rights", "rights", {"help": N_("The line of rights below every page; may have {year}.")}),
    ("--licence", "licence", {"help": N_("The address of the licence of the texts.")}),
    (
        "--ai-use",
        "ai_use",
        {
            "type": click.Choice([*map(str, AiUse)]),
            "help": N_("What AI may do with what is published."),
        },
    ),
    ("--contact", "contact", {"help": N_("A mail address or page that everybody may see.")}),
    (
        "--account",
        "accounts",
        {"multiple": True, "help": N_("The paper's own page on another site; one option each.")},
    ),
    (
        "--member-of",
        "memberships",
        {"multiple": True, "help": N_("The site of an association; one option each.")},
    ),
    ("--owner", "controlled_by", {"help": N_("The site of whoever owns the paper.")}),
    (
        "--owns",
        "controls",
        {"multiple": True, "help": N_("Another site that the paper owns; one option each.")},
    ),
    (
        "--show-masthead/--hide-masthead",
        "show_masthead",
        {"help": N_("Name the people of the masthead on the page about the paper, or not.")},
    ),
)
"""The options whose value is that of a field."""


def _fact_options(command: Callable[..., None]) -> Callable[..., None]:
    for option, name, settings in reversed(_FACTS):
        command = click.option(option, name, default=None, **settings)(command)
    return command


@click.command("paper")
@desk_option
@_fact_options
@click.option("--about", metavar="FILE", help="Markdown about the paper; - reads it from stdin.")
@click.option(
    "--policy",
    "policies",
    nargs=2,
    multiple=True,
    metavar="KIND FILE",
    help="A policy's Markdown, or its address: publishingPrinciples, ethicsPolicy, "
    "correctionsPolicy, verificationFactCheckingPolicy, unnamedSourcesPolicy, "
    "missionCoveragePrioritiesPolicy, diversityPolicy, "
    "ownershipFundingInfo. An empty file removes it.",
)
@click.option(
    "--sections",
    metavar="FILE",
    help="The sections, one a line, as they are printed; - reads them from stdin.",
)
@click.option("--logo", metavar="FILE", help="A picture for the logo; empty for none.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Which chief changes them.")
@json_option
def paper(
    desk_path: Path,
    about: str | None,
    policies: tuple[tuple[str, str], ...],
    sections: str | None,
    logo: str | None,
    person: str | None,
    as_json: bool,
    **facts: Any,
) -> None:
    """Show the paper's facts and style, or change them; the chief signs each change."""
    changed = {name: value for name, value in facts.items() if value not in (None, ())}
    files = (about, sections, logo)
    is_change = bool(changed or policies) or any(file is not None for file in files)
    if is_change and not person:
        raise click.UsageError(_("Name with --as the chief who signs this."))
    with open_desk(desk_path, writes=is_change) as desk:
        if about is not None:
            changed["about"] = _read_text(about)
        if sections is not None:
            changed["sections"] = parse_sections(_read_text(sections))
        # After what may wait for somebody who types: another chief may change the paper meanwhile.
        with desk.read() as snapshot:
            house = snapshot.house()
        if policies:
            changed["policies"] = _with_policies(house, policies)
        if logo is not None:
            changed["logo"] = _add_logo(desk, logo)
        if is_change:
            house, base = replace(house, **changed), house.hash
            run_command(desk, SaveHouse(house, base), by=person or "")
    if as_json:
        say_json(_all_fields(house))
    else:
        _print(house)


def _with_policies(house: House, given: tuple[tuple[str, str], ...]) -> tuple[PublishedPolicy, ...]:
    """The policies of a house with those given in place of what they were. Raises BadValue."""
    policies = {policy.kind: policy for policy in house.policies}
    for name, file in given:
        kind = chosen(PolicyKind, name)
        is_address = file.startswith(("https://", "http://"))
        policies[kind] = PublishedPolicy(kind, file if is_address else _read_text(file))
    return tuple(policies.values())


def _add_logo(desk: Desk, file: str) -> str:
    return desk.pictures.add(Path(file)).file if file else ""


def _read_file(path: Path) -> bytes:
    from editor.formats.importers import read_text_file  # noqa: PLC0415  for `--help`

    return read_text_file(path, may_wait=True)


def _read_text(file: str) -> str:
    """Read a text file, or stdin for `-`. Raises BadInput."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else _read_file(Path(file))
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else _("it is no text in UTF-8")
        raise BadInput(
            _("“{file}” can't be read: {reason}.").format(file=file, reason=reason),
            _("Give a text file in UTF-8."),
        ) from error


def _all_fields(house: House) -> Mapping[str, Json]:
    """Return the house as JSON, with the fields that have their default."""
    defaults = {spec.name: spec.default for spec in fields(House) if spec.default is not MISSING}
    return defaults | house.to_json()


def _print(house: House) -> None:
    none = _("none")
    policies = [policy.kind.label for policy in house.policies]
    lists = {
        _("Sections"): [*section_lines(house.sections)],
        _("Accounts"): house.accounts,
        _("Member of"): house.memberships,
        _("Owns"): house.controls,
        _("Policies"): policies,
    }
    rows: list[tuple[str, ...]] = [
        (_("Name"), house.name),
        (_("Address"), house.url or none),
        (_("Language"), house.language),
        (_("Time zone"), house.timezone),
        (_("Digits"), str(house.digits)),
        (_("Dateline"), house.dateline_template),
        (_("Theme"), house.theme),
        (_("Logo"), house.logo or none),
        (_("Founded"), str(house.founded or none)),
        (_("Rights"), house.rights or none),
        (_("Licence"), house.licence or none),
        (_("Use by AI"), str(house.ai_use)),
        (_("Contact"), house.contact or none),
        (_("Owner"), house.controlled_by or none),
        (_("About"), house.about.partition("\n")[0] or none),
        (_("Masthead"), _("shown") if house.show_masthead else _("not shown")),
    ]
    for title, values in lists.items():
        first, *others = values or [none]
        rows += [(title, first), *(("", value) for value in others)]
    say_table(rows)
