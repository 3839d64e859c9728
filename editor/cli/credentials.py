"""`stonehand credentials`: by which certificates the paper signs its pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import desk_option, json_option, open_desk, run_command
from editor.cli.printing import can_ask, say, say_json, say_table
from editor.core.certificates import certificates_text
from editor.core.commands import SaveHouse
from editor.core.times import instant_text, now
from editor.errors import BadInput, KeyUnavailable
from editor.i18n import _

if TYPE_CHECKING:
    from editor.core.house import House
    from editor.store.desk import Desk
    from editor.trust.picture_keys import PictureKey

_FILE = click.Path(path_type=Path)


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
@click.option("--as", "person", default=None, metavar="PERSON", help="Which chief signs it.")
@json_option
def credentials(
    desk_path: Path,
    make: bool,
    files: tuple[Path, Path] | None,
    off: bool,
    person: str | None,
    as_json: bool,
) -> None:
    """Show by which certificates the paper signs its pictures (C2PA), or change that.

    They are off until a chief makes or adds them. Own certificates prove that the pictures are as
    this paper exported them; readers see “untrusted”, for nobody else vouches for them.
    --add with the paper's own certificates brings the key to another computer, and needs no chief.
    """
    if make + bool(files) + off > 1:
        raise click.UsageError("Give one of --make, --add and --off.")
    if (make or off) and not person:
        raise click.UsageError("Name with --as the chief who signs this.")
    with open_desk(desk_path) as desk:
        if make:
            _make(desk, str(person))
        elif files:
            _add(desk, *files, person)
        elif off:
            _save(desk, "", person)
        with desk.read() as snapshot:
            house = snapshot.house()
    _print(house, as_json=as_json)


def _make(desk: Desk, person: str) -> None:
    from editor.trust.picture_keys import make_own_certificates  # noqa: PLC0415  for `--help`

    with desk.read() as snapshot:
        house = snapshot.house()
    if house.content_credentials:
        raise BadInput(
            _("The paper has certificates already."), _("Turn them off first, with --off.")
        )
    text, key = make_own_certificates(house.name, now())
    _keep(desk, text, key, person)


def _add(desk: Desk, certificates: Path, key: Path, person: str | None) -> None:
    from editor.trust.picture_keys import read_key_file  # noqa: PLC0415  for `--help`

    text = certificates_text(_read(certificates))
    try:
        found = read_key_file(key)
    except KeyUnavailable:
        if not can_ask():
            raise
        passphrase = click.prompt(_("Passphrase"), hide_input=True, err=True)
        found = read_key_file(key, passphrase)
    _keep(desk, text, found, person)


def _read(path: Path) -> str:
    try:
        return path.read_bytes()[:100_000].decode("ascii", "replace")
    except OSError as error:
        raise BadInput(
            _("“{file}” can't be read: {reason}.").format(file=path, reason=error.strerror),
            _("Give the PEM file of the certificates."),
        ) from error


def _keep(desk: Desk, text: str, key: PictureKey, person: str | None) -> None:
    """Keep the key first: then nobody else's export waits for one that nobody has."""
    from editor.trust.certificates import read_chain  # noqa: PLC0415  for `--help`
    from editor.trust.picture_keys import KeyringPictureKeys  # noqa: PLC0415

    chain = read_chain(text)
    chain.check_time(now())
    KeyringPictureKeys().keep(chain, key)
    _save(desk, text, person)


def _save(desk: Desk, text: str, person: str | None) -> None:
    with desk.read() as snapshot:
        house = snapshot.house()
    if house.content_credentials == text:
        return
    if not person:
        raise click.UsageError("Name with --as the chief who signs this.")
    changed = replace(house, content_credentials=text)
    run_command(desk, SaveHouse(changed, house.hash), person)


def _print(house: House, *, as_json: bool) -> None:
    from editor.trust.certificates import read_chain  # noqa: PLC0415  for `--help`
    from editor.trust.picture_keys import KeyringPictureKeys  # noqa: PLC0415

    if not house.content_credentials:
        if as_json:
            say_json(None)
        else:
            say(_("The paper signs no pictures."))
        return
    chain = read_chain(house.content_credentials)
    try:
        is_here = KeyringPictureKeys().has(chain)
    except KeyUnavailable:
        is_here = False
    if as_json:
        say_json(
            {
                "name": chain.name,
                "issuer": chain.issuer,
                "valid_until": instant_text(chain.end),
                "fingerprint": chain.fingerprint,
                "key_here": is_here,
            }
        )
        return
    here = _("on this computer") if is_here else _("not on this computer")
    say_table(
        [
            (_("Signed by"), chain.name),
            (_("Issued by"), chain.issuer),
            (_("Valid until"), instant_text(chain.end)),
            (_("Fingerprint"), chain.fingerprint),
            (_("Key"), here),
        ]
    )
