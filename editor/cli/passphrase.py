"""Asking for a passphrase in the terminal, where there is one and nothing else gives it."""

from __future__ import annotations

import sys

import click

from editor.errors import BadInput
from editor.i18n import _
from editor.trust.key_file import SHORTEST_PASSPHRASE
from editor.trust.keyring import KeyStore


def can_ask() -> bool:
    """Return whether a person sits at the terminal. A script is never asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask_passphrase(store: KeyStore, name: str = "") -> KeyStore:
    """Return the same keys, opened with the passphrase that is typed now.

    Nothing is asked where no passphrase is missing, or nobody can be asked. With
    the name of a person who has no key here yet, a new passphrase is chosen.
    Raises click.Abort for Ctrl+C, KeyUnavailable.
    """
    if not store.is_locked or not can_ask():
        return store
    if name and not store.has(name):
        question = _("Choose a passphrase for the key of {person}").format(person=name)
        return store.unlocked(choose_passphrase(question))
    return store.unlocked(click.prompt(_("Passphrase"), hide_input=True, err=True))


def choose_passphrase(question: str) -> str:
    """Ask for a new passphrase, twice. Raises click.Abort for Ctrl+C, BadInput for a short one."""
    chosen: str = click.prompt(
        question,
        hide_input=True,
        confirmation_prompt=_("The same again"),
        err=True,
    )
    if len(chosen) < SHORTEST_PASSPHRASE:
        raise BadInput(
            _("That is too short."),
            _("A passphrase has at least {n} characters.").format(n=SHORTEST_PASSPHRASE),
        )
    return chosen
