"""People of a test's desk, each with a key of their own, and what an editor approves."""

from __future__ import annotations

from contextlib import suppress

from editor.core.commands import AddPerson, Approve, ApproveBanner
from editor.core.people import Person, Role
from editor.errors import EditorError
from editor.store.desk import Desk
from editor.trust.keyring import KeyStore, choose_key_store, ensure_key
from tests.reading import reading


def joining(name: str, role: Role, keys: KeyStore | None = None) -> AddPerson:
    """Put someone on the masthead whose key is on this computer."""
    key = ensure_key(keys or choose_key_store(), name)
    return AddPerson(Person(name, role), key.public.line(name))


def approving(desk: Desk, story: str, version: int | None = None, note: str = "") -> Approve:
    """Approve a version as its reader does: the text that is shown, by its hash."""
    hash = ""
    with suppress(EditorError):
        stored = reading(desk).stored(story, version)
        hash, version = stored.hash, stored.version
    return Approve(story, version or 0, hash, note)


def approving_banner(desk: Desk) -> ApproveBanner:
    """Approve the banner as it was saved last."""
    return ApproveBanner(reading(desk).banner().hash)
