"""`stonehand masthead`: who is on a desk's masthead, and what its policy requires."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import click

from editor.cli.base import (
    desk_argument,
    json_option,
    open_desk,
    run_command,
)
from editor.cli.printing import say, say_json, say_table
from editor.core.commands import AddPerson, Command, RemoveComputer, RemovePerson, SetPolicy
from editor.core.people import Person, Role, parse_role
from editor.core.policy import GATES, FourEyes, Policy
from editor.errors import BadValue, NotFound, reason_of
from editor.i18n import _
from editor.store.desk import Desk


@dataclass(frozen=True, slots=True)
class _Member:
    """A person on the masthead, with the words of their public keys, one for each computer."""

    name: str
    role: Role
    keys: list[str]


@dataclass(frozen=True, slots=True)
class _Masthead:
    """The masthead as it is printed."""

    number: int
    words: str
    people: list[_Member]
    policy: Policy
    keys: str


@click.command("masthead")
@desk_argument
@click.option("--add", "added", metavar="NAME", help="Add someone to the masthead; needs --role.")
@click.option("--role", default=None, help="chief, editor or journalist.")
@click.option("--key", "key_file", type=click.Path(path_type=Path), help="Their key file.")
@click.option("--remove", "removed", metavar="NAME", help="Remove someone from the masthead.")
@click.option("--computer", metavar="WORDS", help="With --remove: only this key, by its words.")
@click.option(
    "--policy",
    "settings",
    multiple=True,
    metavar="KEY=VALUE…",
    help="four_eyes=auto|always|never, gates=notes,warnings, section.SLUG=NAME+NAME.",
)
@click.argument("more_settings", nargs=-1, metavar="")
@click.option("--accept", is_flag=True, help="Trust this masthead, though it was another before.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Which chief does it.")
@json_option
def masthead(
    desk_path: Path,
    added: str | None,
    role: str | None,
    key_file: Path | None,
    removed: str | None,
    computer: str | None,
    settings: tuple[str, ...],
    more_settings: tuple[str, ...],
    accept: bool,
    person: str | None,
    as_json: bool,
) -> None:
    """Show the masthead and the policy of DESK, or change them.

    Each change is signed by the chief named with --as. To be sure that it is the
    real masthead, compare its words with the chief's by telephone.
    """
    if (role or key_file) and not added:
        raise click.UsageError(_("--role and --key need --add NAME."))
    if added and not role:
        raise click.UsageError(_("--add needs --role chief, editor or journalist."))
    if computer and not removed:
        raise click.UsageError(_("--computer needs --remove NAME."))
    if more_settings and not settings:
        sentence = _("Unexpected words: {words}. Use --policy.")
        raise click.UsageError(sentence.format(words=" ".join(more_settings)))
    with open_desk(desk_path, writes=bool(added or removed or settings)) as desk:
        if accept:
            desk.accept_masthead()
        commands: list[Command] = []
        if added and role:
            commands.append(AddPerson(Person(added, parse_role(role)), _key_line(key_file)))
        if removed:
            commands.append(
                RemoveComputer(removed, computer) if computer else RemovePerson(removed)
            )
        if settings:
            policy = _changed_policy(_current_policy(desk), (*settings, *more_settings))
            commands.append(SetPolicy(policy))
        if commands and not person:
            raise click.UsageError(_("Name with --as the chief who signs this."))
        for command in commands:
            run_command(desk, command, by=person or "")
        view = _view(desk)
    if as_json:
        say_json(asdict(view) | {"policy": view.policy.to_json()})
    else:
        _print(view)


def _key_line(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        with file.open("rb") as opened:
            return opened.read(4096).decode("utf-8", "replace").strip()
    except OSError as error:
        sentence = _("The key file {file} can't be read: {reason}.")
        raise NotFound(
            sentence.format(file=file, reason=reason_of(error)),
            _("Give the file that `stonehand key` wrote."),
        ) from None


def _current_policy(desk: Desk) -> Policy:
    with desk.read() as snapshot:
        chain = snapshot.masthead()
    return chain.latest.policy


def _changed_policy(policy: Policy, settings: tuple[str, ...]) -> Policy:
    """Return a policy with settings such as `gates=notes` changed. Raises BadValue."""
    four_eyes, gates, sections = policy.four_eyes, policy.gates, dict(policy.sections)
    for setting in settings:
        name, equals, value = setting.partition("=")
        if name == "four_eyes" and value in list(FourEyes):
            four_eyes = FourEyes(value)
        elif name == "gates" and equals:
            gates = tuple(gate for gate in value.split(",") if gate)
        elif name.startswith("section.") and equals:
            names = tuple(person.strip() for person in value.split("+") if person.strip())
            sections[name.removeprefix("section.")] = names
        else:
            raise BadValue(
                _("“{setting}” is not a policy.").format(setting=setting),
                _(
                    "Write four_eyes=auto|always|never, gates={gates} (or gates=), "
                    "or section.world=Nadia+Tom (or section.world= for anybody)."
                ).format(gates=",".join(GATES)),
            )
    limited = sorted((section, names) for section, names in sections.items() if names)
    return Policy(four_eyes, tuple(limited), gates)


def _view(desk: Desk) -> _Masthead:
    with desk.read() as snapshot:
        chain = snapshot.masthead()
    members = sorted(chain.latest.members, key=lambda member: member.person.name)
    return _Masthead(
        chain.latest.number,
        chain.words,
        [
            _Member(
                member.person.name,
                member.person.role,
                [key.words for key in member.keys],
            )
            for member in members
        ],
        chain.latest.policy,
        desk.keys.about,
    )


def _print(view: _Masthead) -> None:
    say_table([(member.name, _(member.role), ", ".join(member.keys)) for member in view.people])
    policy = view.policy
    say("\n" + _("Four eyes: {setting}").format(setting=policy.four_eyes))
    say(_("Gates: {gates}").format(gates=", ".join(policy.gates) or _("none")))
    for section, names in policy.sections:
        approvers = _(" or ").join(names)
        say(_("Section {section}: {names}").format(section=section, names=approvers))
    say(_("Masthead {n}: {words}").format(n=view.number, words=view.words))
    say(_("Private keys are stored {place}.").format(place=view.keys))
