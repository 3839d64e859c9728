"""`stonehand credentials`: by which certificates the paper signs its pictures."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from editor.cli.base import OutPath, desk_option, force_option, json_option, open_desk, run_command
from editor.cli.passphrase import choose_passphrase
from editor.cli.printing import can_ask, say, say_json, say_table
from editor.core.commands import SaveHouse
from editor.core.times import instant_text, now
from editor.errors import KeyUnavailable
from editor.i18n import _

if TYPE_CHECKING:
    from editor.core.house import House
    from editor.store.desk import Desk

_FILE = click.Path(path_type=Path)
T = TypeVar("T")


@click.command("credentials")
@desk_option
@click.option("--make", is_flag=True, help="Make own certificates, and keep the key here.")
@click.option(
    "--add",
    "files",
    nargs=2,
    type=_FILE,
    default=None,
    metavar="CERTIFICATES KEY",
    help="Two PEM files; the key stays in this computer's keyring.",
)
@click.option("--off", is_flag=True, help="Sign no pictures any more.")
@click.option("--copy-key", type=OutPath(), help="Copy the key to a file with a passphrase.")
@click.option("--add-key", type=_FILE, metavar="KEY", help="Keep a copy of the key here.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Which chief signs it.")
@force_option
@json_option
def credentials(
    desk_path: Path,
    make: bool,
    files: tuple[Path, Path] | None,
    off: bool,
    copy_key: Path | None,
    add_key: Path | None,
    person: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Show by which certificates the paper signs its pictures (C2PA), or change that.

    They are off until a chief makes or adds them. Own certificates prove that the pictures are as
    this paper exported them; readers see “untrusted”, for nobody else vouches for them.
    --copy-key and --add-key bring the key to another computer, and need no chief.
    """
    if make + bool(files) + off + bool(copy_key) + bool(add_key) > 1:
        raise click.UsageError(_("Give one of --make, --add, --off, --copy-key and --add-key."))
    if (make or off) and not person:
        raise click.UsageError(_("Name with --as the chief who signs this."))
    by = person or ""
    with open_desk(desk_path, writes=bool(make or files or off)) as desk:
        if make:
            _make(desk, by)
        elif files:
            _add(desk, *files, by)
        elif off:
            _save(desk, "", by)
        elif copy_key:
            _copy_key(desk, copy_key, force=force)
        elif add_key:
            _add_key(desk, add_key)
        house = _house(desk)
    _print(house, as_json=as_json)


def _house(desk: Desk) -> House:
    with desk.read() as snapshot:
        return snapshot.house()


def _check_may_change(desk: Desk, person: str) -> None:
    from editor.store.commands.paper import check_may_change  # noqa: PLC0415  for `--help`

    if not person:
        raise click.UsageError(_("Name with --as the chief who signs this."))
    with desk.read() as snapshot:
        check_may_change(snapshot.person(person))


def _make(desk: Desk, person: str) -> None:
    from editor.trust.paper_credentials import make_certificates  # noqa: PLC0415  for `--help`

    _check_may_change(desk, person)  # before a key is kept
    _save(desk, make_certificates(_house(desk), now()), person)


def _add(desk: Desk, certificates: Path, key: Path, person: str) -> None:
    from editor.trust.paper_credentials import (  # noqa: PLC0415  for `--help`
        add_certificates,
        read_certificates,
    )

    if read_certificates(certificates, now()).text != _house(desk).content_credentials:
        _check_may_change(desk, person)  # before a key is kept
    add = partial(add_certificates, certificates, key, at=now())
    _save(desk, _with_passphrase(lambda passphrase: add(passphrase=passphrase)), person)


def _add_key(desk: Desk, key: Path) -> None:
    from editor.trust.paper_credentials import add_key  # noqa: PLC0415  for `--help`

    _with_passphrase(partial(add_key, _house(desk), key))


def _with_passphrase(read: Callable[[str], T]) -> T:
    """Read a key's file, and ask for its passphrase where it has one that is not given."""
    try:
        return read(os.environ.get("STONEHAND_PASSPHRASE", ""))
    except KeyUnavailable:
        if not can_ask():
            raise
    return read(click.prompt(_("Passphrase of the key's file"), hide_input=True, err=True))


def _copy_key(desk: Desk, path: Path, *, force: bool) -> None:
    from editor.trust.paper_credentials import copy_key  # noqa: PLC0415  for `--help`

    passphrase = os.environ.get("STONEHAND_PASSPHRASE", "")
    if not passphrase:
        if not can_ask():
            raise KeyUnavailable(
                _("There is no terminal to ask for a passphrase for the copy."),
                _("Set STONEHAND_PASSPHRASE."),
            )
        passphrase = choose_passphrase(_("Choose a passphrase for the copy of the key"))
    copy_key(_house(desk), path, passphrase, force=force)
    say(_("Wrote the key to {file}. Its passphrase opens it.").format(file=path), err=True)


def _save(desk: Desk, text: str, person: str) -> None:
    house = _house(desk)
    if house.content_credentials == text:
        return
    changed = replace(house, content_credentials=text)
    run_command(desk, SaveHouse(changed, house.hash), person)


def _print(house: House, *, as_json: bool) -> None:
    from editor.trust.paper_credentials import read_paper_credentials  # noqa: PLC0415

    found = read_paper_credentials(house)
    if found is None:
        if as_json:
            say_json(None)
        else:
            say(_("The paper signs no pictures."))
        return
    chain = found.chain
    if as_json:
        say_json(
            {
                "name": chain.name,
                "issuer": chain.issuer,
                "valid_until": instant_text(chain.end),
                "fingerprint": chain.fingerprint,
                "key_here": found.is_key_here,
            }
        )
        return
    here = _("on this computer") if found.is_key_here else _("not on this computer")
    say_table(
        [
            (_("Signed by"), chain.name),
            (_("Issued by"), chain.issuer),
            (_("Valid until"), instant_text(chain.end)),
            (_("Fingerprint"), chain.fingerprint),
            (_("Key"), here),
        ]
    )
