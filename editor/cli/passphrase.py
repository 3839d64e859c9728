"""Asking for a passphrase in the terminal, where there is one and nothing else gives it."""

from __future__ import annotations

import os

import click

from editor.cli.printing import can_ask
from editor.errors import BadInput
from editor.i18n import _
from editor.trust.keyring import KeyStore
from editor.trust.passphrase import SHORTEST_PASSPHRASE


def ask_passphrase(store: KeyStore, name: str = "") -> KeyStore:
    """Return the same keys, opened with the passphrase that is typed now.

    Nothing is asked where no passphrase is missing, or nobody can be asked. With
    the name of a person who has no key here yet, a new passphrase is chosen.
    Raises click.Abort for Ctrl+C, KeyUnavailable, BadInput for a new one that is short.
    """
    if name and not store.has(name):
        return ask_new_passphrase(store, name)
    if not store.is_locked or not can_ask():
        return store
    return store.unlocked(click.prompt(_("Passphrase"), hide_input=True, err=True))


def ask_new_passphrase(store: KeyStore, name: str) -> KeyStore:
    """Return the same keys, with the passphrase of one that is made now.

    It is in STONEHAND_PASSPHRASE, or is chosen at the terminal where there is one.
    Raises click.Abort for Ctrl+C, BadInput for a short one.
    """
    if store.is_locked and can_ask():
        question = _("Choose a passphrase for the key of {person}").format(person=name)
        return store.unlocked(choose_passphrase(question))
    if store.needs_passphrase and not store.is_locked:
        _check_length(os.environ.get("STONEHAND_PASSPHRASE", ""))
    return store


def choose_passphrase(question: str) -> str:
    """Ask for a new passphrase, twice. Raises click.Abort for Ctrl+C, BadInput for a short one."""
    chosen: str = click.prompt(
        question,
        hide_input=True,
        confirmation_prompt=_("The same again"),
        err=True,
    )
    _check_length(chosen)
    return chosen


def _check_length(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput(
            _("The new passphrase is too short."),
            _("A passphrase has at least {n} characters.").format(n=SHORTEST_PASSPHRASE),
        )
