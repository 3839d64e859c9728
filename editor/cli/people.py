"""`stonehand key` and `stonehand masthead`: who is on a desk, and by which key they sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from editor.cli.base import desk_argument, json_option, open_desk, print_json, print_table
from editor.core.commands import AddPerson, Command, RemovePerson, SetPolicy
from editor.core.people import Person, parse_role
from editor.core.policy import GATES, FourEyes, Policy
from editor.errors import BadInput, BadValue, NotFound
from editor.files import write_file
from editor.store.desk import Desk
from editor.trust.keyring import choose_key_store, ensure_key
from editor.trust.masthead import MastheadChain


@click.command("key")
@click.option("--person", "name", required=True, metavar="NAME", help="Whose key: your name.")
@click.option("--out", default=None, type=click.Path(path_type=Path), help="A file to send.")
def key(name: str, out: Path | None) -> None:
    """Print a person's public key as one line, for a chief to add; made at the first use."""
    person = Person(name, parse_role("journalist")).name
    store = choose_key_store()
    line = ensure_key(store, person).public.line(person)
    if out is None:
        click.echo(line)
    else:
        _write(out, line)
        click.echo(f"Wrote the public key of {person} to {out}. Send it to the chief.")
    click.echo(f"The private half stays {store.about}.", err=True)


@click.command("masthead")
@desk_argument
@click.option("--add", "added", metavar="NAME", help="Put someone on the masthead; needs --role.")
@click.option("--role", default=None, help="chief, editor or journalist.")
@click.option("--key", "key_file", type=click.Path(path_type=Path), help="Their key file.")
@click.option("--remove", "removed", metavar="NAME", help="Take someone off the masthead.")
@click.option(
    "--policy",
    "settings",
    multiple=True,
    metavar="KEY=VALUE…",
    help="four_eyes=auto|always|never, gates=notes,errors,warnings, section.SLUG=NAME+NAME.",
)
@click.argument("more_settings", nargs=-1, metavar="")
@click.option("--accept", is_flag=True, help="Take it for the real one, against what was seen.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Which chief does it.")
@json_option
def masthead(
    desk_path: Path,
    added: str | None,
    role: str | None,
    key_file: Path | None,
    removed: str | None,
    settings: tuple[str, ...],
    more_settings: tuple[str, ...],
    accept: bool,
    person: str | None,
    as_json: bool,
) -> None:
    """Show who is on the masthead of DESK and what it asks for, or change that.

    Each change is signed by the chief named with --as. Compare the words with
    the chief's on the phone to know that it is the real masthead.
    """
    if (role or key_file) and not added:
        raise click.UsageError("--role and --key say something about --add NAME.")
    if added and not role:
        raise click.UsageError("--add needs --role chief, editor or journalist.")
    if more_settings and not settings:
        raise click.UsageError(f"Unexpected words: {' '.join(more_settings)}. Use --policy.")
    with open_desk(desk_path) as desk:
        if accept:
            desk.accept_masthead()
        changes: list[Command] = []
        if added and role:
            changes.append(AddPerson(Person(added, parse_role(role)), _key_line(key_file)))
        if removed:
            changes.append(RemovePerson(removed))
        if settings:
            changes.append(SetPolicy(_policy(_current(desk), (*settings, *more_settings))))
        if changes and not person:
            raise click.UsageError("Say with --as which chief signs this.")
        for change in changes:
            desk.do(change, by=person or "")
        view = _view(desk)
    if as_json:
        print_json(view)
    else:
        _print(view)


def _write(out: Path, line: str) -> None:
    try:
        write_file(out, f"{line}\n".encode())
    except OSError as error:
        raise BadInput(f"{out} can't be written: {error.strerror}.", "Name another file.") from None


def _key_line(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return file.read_bytes()[:4096].decode("utf-8", "replace").strip()
    except OSError as error:
        raise NotFound(
            f"The key file {file} can't be read: {error.strerror}.",
            "Give the file that `stonehand key` wrote.",
        ) from None


def _current(desk: Desk) -> Policy:
    with desk.read() as snapshot:
        chain = snapshot.masthead()
    return chain.latest.policy if chain else Policy()


def _policy(now: Policy, settings: tuple[str, ...]) -> Policy:
    """The policy with some settings changed. Raises BadValue for what is none."""
    four_eyes, gates, sections = now.four_eyes, now.gates, dict(now.sections)
    for setting in settings:
        name, equals, value = setting.partition("=")
        if name == "four_eyes" and value in list(FourEyes):
            four_eyes = FourEyes(value)
        elif name == "gates" and equals:
            gates = tuple(each for each in value.split(",") if each)
        elif name.startswith("section.") and equals:
            names = tuple(each.strip() for each in value.split("+") if each.strip())
            sections[name.removeprefix("section.")] = names
        else:
            raise BadValue(
                f"“{setting}” is not a policy.",
                "Write four_eyes=auto|always|never, gates=" + ",".join(GATES) + " (or gates=), "
                "or section.world=Nadia+Tom (or section.world= for anybody).",
            )
    kept = sorted((section, names) for section, names in sections.items() if names)
    return Policy(four_eyes, tuple(kept), gates)


def _view(desk: Desk) -> dict[str, Any]:
    with desk.read() as snapshot:
        chain, unsigned = snapshot.masthead(), snapshot.people()
    if chain is None:
        people = [{"name": p.name, "role": str(p.role), "key": None} for p in unsigned]
        return {
            "number": 0,
            "words": None,
            "people": people,
            "policy": Policy().to_json(),
            "keys": desk.keys.about,
        }
    return {
        "number": chain.latest.number,
        "words": chain.words,
        "people": _members(chain),
        "policy": chain.latest.policy.to_json(),
        "keys": desk.keys.about,
    }


def _members(chain: MastheadChain) -> list[dict[str, Any]]:
    present = sorted(chain.latest.present, key=lambda each: each.person.name)
    return [
        {"name": each.person.name, "role": str(each.person.role), "key": each.key.words}
        for each in present
    ]


def _print(view: dict[str, Any]) -> None:
    print_table([(p["name"], p["role"], p["key"] or "no key yet") for p in view["people"]])
    policy = view["policy"]
    click.echo(f"\nFour eyes: {policy['four_eyes']}")
    click.echo(f"Gates: {', '.join(policy['gates']) or 'none'}")
    for section, names in policy["sections"].items():
        click.echo(f"Section {section}: {' or '.join(names)}")
    if view["number"]:
        click.echo(f"Masthead {view['number']}: {view['words']}")
    else:
        click.echo("No masthead yet: it is signed with the first approval.")
    click.echo(f"Private keys are kept {view['keys']}.")
