"""`stonehand key`: a person's public key, for a chief to add to the masthead."""

from __future__ import annotations

import os
from pathlib import Path

import click

from editor.cli.base import OutPath, force_option
from editor.cli.passphrase import (
    ask_new_passphrase,
    ask_passphrase,
    choose_passphrase,
)
from editor.cli.printing import can_ask, say
from editor.core.people import Person, Role
from editor.errors import BadInput, KeyUnavailable, OutputError, reason_of
from editor.files import write_file
from editor.i18n import _
from editor.targets import check_target_file
from editor.trust.keyring import KeyStore, choose_key_store, ensure_key
from editor.trust.keys import PrivateKey, PublicKey

_LONGEST_LINE = 10_000  # bytes


@click.command("key")
@click.option("--person", "name", required=True, metavar="NAME", help="Your name.")
@click.option("--out", default=None, type=OutPath(), help="A file to send.")
@force_option
@click.option("--change-passphrase", is_flag=True, help="Choose another passphrase for your key.")
@click.option("--new", is_flag=True, help="Make a new key; the old one is set aside.")
def key(name: str, out: Path | None, force: bool, change_passphrase: bool, new: bool) -> None:
    """Print your public key as one line; it is created at the first use."""
    person = Person(name, Role.JOURNALIST).name
    store = choose_key_store()
    if change_passphrase:
        if out or force or new:
            raise click.UsageError(_("--change-passphrase takes no other option than --person."))
        _change_passphrase(store, person)
        return
    if out is not None:
        what = _("the public key of {person}").format(person=person)
        check_target_file(out, what, lambda file: _is_key_line(file, person), force=force)
    if new:
        line = _make_new_key(store, person).line(person)
    else:
        # Opening the private key proves the public one: this line is what the chief will trust.
        line = ensure_key(ask_passphrase(store, person), person).public.line(person)
    if out is None:
        say(line)
    else:
        _write(out, line)
        sentence = _("Wrote the public key of {person} to {file}. Send it to the chief.")
        say(sentence.format(person=person, file=out))
    say(_("The private key stays {place}.").format(place=store.about), err=True)


def _make_new_key(store: KeyStore, person: str) -> PublicKey:
    """Make a key in place of one that its person can't open. A script is not asked."""
    if can_ask() and store.has(person):
        question = _(
            "{person} has a key here. With a new one the old one no longer signs on this "
            "computer, and the chief adds {person} again. Make a new key?"
        )
        click.confirm(question.format(person=person), abort=True, err=True)
    made = PrivateKey.generate()
    if aside := ask_new_passphrase(store, person).replace(person, made):
        sentence = _("The old key was set aside: {place}.")
        say(sentence.format(place=aside), err=True)
    return made.public


def _change_passphrase(store: KeyStore, person: str) -> None:
    old = new = ""
    if store.needs_passphrase:
        if not store.has(person):
            sentence = _("There is no key of {person} here.")
            raise KeyUnavailable(
                sentence.format(person=person), _("`stonehand key` makes one, with a passphrase.")
            )
        old = os.environ.get("STONEHAND_PASSPHRASE", "")
        new = os.environ.get("STONEHAND_NEW_PASSPHRASE", "")
        if not (old and new) and not can_ask():
            raise KeyUnavailable(
                _("There is no terminal to ask for the passphrases."),
                _("Set STONEHAND_PASSPHRASE and STONEHAND_NEW_PASSPHRASE."),
            )
        old = old or click.prompt(_("Present passphrase"), hide_input=True, err=True)
        new = new or choose_passphrase(_("New passphrase"))
    store.change_passphrase(person, old, new)
    say(_("The key of {person} has a new passphrase.").format(person=person))


def _is_key_line(file: Path, person: str) -> bool:
    """Whether a file is this person's public key. Raises OSError."""
    with file.open("rb") as opened:
        text = opened.read(_LONGEST_LINE).decode("utf-8", "replace")
    try:
        return PublicKey.from_line(text)[1] == person
    except BadInput:
        return False


def _write(out: Path, line: str) -> None:
    try:
        write_file(out, f"{line}\n".encode())
    except OSError as error:
        sentence = _("{file} can't be written: {reason}.")
        raise OutputError(
            sentence.format(file=out, reason=reason_of(error)), _("Choose another file.")
        ) from None
