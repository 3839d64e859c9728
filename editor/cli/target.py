"""`stonehand target`: the places that the paper delivers to, and changing them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import desk_option, json_option, open_desk, run_command
from editor.cli.printing import one_line, say, say_json, say_table
from editor.core.commands import SaveTargets
from editor.core.delivery import Target, Targets
from editor.i18n import _

if TYPE_CHECKING:
    from editor.store.desk import Desk
    from editor.store.reading.signed_states import TargetsState


@click.command("target")
@desk_option
@click.argument("name", default="")
@click.argument("address", default="")
@click.option("--set", "change", is_flag=True, help="Add the target NAME, or give it ADDRESS.")
@click.option("--remove", is_flag=True, help="Remove the target NAME; nothing there is touched.")
@click.option("--forget", is_flag=True, help="Remove its password from this computer's keyring.")
@click.option("--format", "format_name", default="", help="Else as before, or site.")
@click.option("--parts", default="", metavar="PART,…", help="Those of a bundle.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Which editor signs it.")
@json_option
def target(
    desk_path: Path,
    name: str,
    address: str,
    change: bool,
    remove: bool,
    forget: bool,
    format_name: str,
    parts: str,
    person: str | None,
    as_json: bool,
) -> None:
    """Print the targets that the paper delivers to, or add, change or remove one.

    ADDRESS is a folder, a file ….zip, s3://BUCKET/FOLDER, sftp://PERSON@HOST/FOLDER or
    git+https://HOST/REPOSITORY#BRANCH. It has no password: that is asked for when you deliver.
    Another NAME is another target, whose first delivery sends everything.
    """
    _check_usage(name, address, person, change=change, remove=remove)
    if forget and (change or remove or not name):
        raise click.UsageError(_("--forget needs the NAME of the target, and nothing else."))
    with open_desk(desk_path, writes=change or remove) as desk:
        if forget:
            say(_forget(desk, name))
            return
        if change:
            with desk.read() as snapshot:
                new = _read_target(snapshot.targets(), name, address, format_name, parts)
            _set(desk, new, str(person))
        elif remove:
            _remove(desk, name, str(person))
        with desk.read() as snapshot:
            state = snapshot.targets_state()
    targets = state.targets.targets
    if name and not remove:
        targets = (state.targets.find(name),)
    if as_json:
        say_json([target.to_json() for target in targets])
        return
    say_table([(row.name, _format_text(row), one_line(row.address)) for row in targets])
    say(_describe(state))


def _check_usage(
    name: str, address: str, person: str | None, *, change: bool, remove: bool
) -> None:
    if change and remove:
        raise click.UsageError(_("Give either --set or --remove."))
    if change and not (name and address):
        raise click.UsageError(_("--set needs the NAME of the target and its ADDRESS."))
    if remove and not name:
        raise click.UsageError(_("--remove needs the NAME of the target."))
    if address and not change:
        raise click.UsageError(_("An ADDRESS goes with --set."))
    if (change or remove) and not person:
        raise click.UsageError(_("Name with --as the editor who signs this."))


def _read_target(known: Targets, name: str, address: str, format_name: str, parts: str) -> Target:
    """Return the target that was asked for. Raises BadValue, NotFound, UsageError."""
    from editor.core.bundle_parts import read_parts  # noqa: PLC0415  for `--help`
    from editor.formats.exporters import find_exporter  # noqa: PLC0415

    before = next((old for old in known.targets if old.name.casefold() == name.casefold()), None)
    is_as_before = before is not None and format_name in ("", before.format)
    format_name = format_name or (before.format if before else "site")
    if parts and format_name != "bundle":
        raise click.UsageError(_("Only a bundle has --parts."))
    chosen = read_parts(parts) if parts else before.parts if before and is_as_before else ()
    return Target(name, address, find_exporter(format_name, chosen).name, chosen)


def _set(desk: Desk, new: Target, person: str) -> None:
    with desk.read() as snapshot:
        shown = snapshot.targets()
    run_command(desk, SaveTargets(shown.with_target(new), shown.hash), person)


def _remove(desk: Desk, name: str, person: str) -> None:
    with desk.read() as snapshot:
        shown = snapshot.targets()
    removed = shown.find(name)
    others = tuple(target for target in shown.targets if target != removed)
    run_command(desk, SaveTargets(Targets(others), shown.hash), person)


def _forget(desk: Desk, name: str) -> str:
    """Remove a target's password from the keyring; say what became of it."""
    from editor.delivery.credentials import forget_credentials  # noqa: PLC0415  for `--help`

    with desk.read() as snapshot:
        target = snapshot.targets().find(name)
        desk_id = snapshot.masthead().desk
    if forget_credentials(desk_id, target):
        return _("The keyring of this computer has nothing for “{target}” any more.").format(
            target=target.name
        )
    return _("The keyring of this computer had nothing for “{target}”.").format(target=target.name)


def _format_text(target: Target) -> str:
    return f"{target.format} ({', '.join(target.parts)})" if target.parts else target.format


def _describe(state: TargetsState) -> str:
    """Say who saved the targets, or that there are none."""
    if state.doubt:
        return _("Nothing is delivered: {reason}").format(reason=state.doubt)
    if not state.targets.targets or state.approval is None:
        return _("The paper has no targets. Add one with --set NAME ADDRESS.")
    return _("Saved by {name}.").format(name=state.approval.by)
