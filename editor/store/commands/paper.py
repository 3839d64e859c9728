"""The paper's facts and style, and how its documents are written."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert, select

from editor.core.changes import Changes
from editor.core.commands import RemoveTheme, SaveHouse, SaveTheme
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.times import parse_instant
from editor.errors import BadValue, NotAllowed, Stale
from editor.i18n import _
from editor.proof.theme import read_theme
from editor.proof.theme_check import check_theme
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import approvals, papers
from editor.store.reading.papers import PaperKind, SignedKind
from editor.store.themes import Themes
from editor.trust.certificates import read_chain
from editor.trust.log_tip import token_hash


def check_may_change(person: Person) -> None:
    """Raise NotAllowed for whoever may not change the paper's facts and style."""
    if person.role is not Role.CHIEF:
        raise NotAllowed(
            _("Only the chief may change the paper's facts and style."),
            _("Ask the chief to do it."),
        )


def save_house(transaction: Transaction, command: SaveHouse) -> Changes:
    """Save the paper's facts and style: the chief's to change and to sign."""
    check_may_change(transaction.person)
    current = transaction.house()
    if command.house == current:
        return Changes()
    if command.base != current.hash:
        raise Stale(
            _("Someone else changed the paper's facts and style in the meantime."),
            _("Look at them as they are now, then change them again."),
        )
    if (command.house.theme, command.house.theme_digest) != (current.theme, current.theme_digest):
        check_theme(read_theme(Themes(transaction.path).of(command.house)))
    certificates = command.house.content_credentials
    if certificates and certificates != current.content_credentials:
        read_chain(certificates).check_time(parse_instant(transaction.at))
    write_house(transaction, command.house)
    return Changes.of("house")


def save_theme(transaction: Transaction, command: SaveTheme) -> Changes:
    """Save a theme of the desk: the chief's to change, and to sign where the paper has it."""
    theme, house = command.theme, transaction.house()
    themes = _themes_to_change(transaction, theme.name, command.base)
    if house.theme == theme.name:
        check_theme(read_theme(theme))
        write_house(transaction, replace(house, theme_digest=theme.digest))
    themes.write(theme)
    return Changes.of("house")


def remove_theme(transaction: Transaction, command: RemoveTheme) -> Changes:
    """Remove a theme of the desk, but never the one that the paper has."""
    themes = _themes_to_change(transaction, command.name, command.base)
    if transaction.house().theme == command.name:
        raise NotAllowed(
            _("The theme “{name}” is the paper's.").format(name=command.name),
            _("Choose another one first, then remove it."),
        )
    themes.remove(command.name)
    return Changes.of("house")


def _themes_to_change(transaction: Transaction, name: str, base: str) -> Themes:
    """Return the desk's themes for the chief.

    Raises BadValue for a shipped one and for a new one whose name is taken, Stale unless the
    theme is as it was edited from.
    """
    if transaction.person.role is not Role.CHIEF:
        raise NotAllowed(
            _("Only the chief may change the paper's themes."), _("Ask the chief to do it.")
        )
    themes = Themes(transaction.path)
    themes.check_own(name)
    in_desk = themes.read(name).digest if name in themes.names() else ""
    if in_desk and not base:
        raise BadValue(
            _("There is a theme “{name}” already.").format(name=name),
            _("Give the new one another name."),
        )
    if in_desk != base:
        raise Stale(
            _("The theme “{name}” was changed in the meantime.").format(name=name),
            _("Look at it as it is now, then change it again."),
        )
    return themes


def write_house(transaction: Transaction, house: House, masthead: str = "") -> None:
    """Write a new version of the house with the chief's signature.

    `masthead` is the hash of the one in force, read where it is not given.
    """
    in_force = masthead or transaction.trusted_chain().latest_hash
    write_signed_paper(transaction, "house", house.canonical(), house.hash, in_force)


def write_signed_paper(
    transaction: Transaction,
    kind: SignedKind,
    content: bytes,
    hash: str,
    masthead: str,
) -> None:
    """Write a new version of a paper, which counts as the person signs it.

    `masthead` is the hash of the one in force.
    """
    writers = (transaction.person.name,)
    token = transaction.sign_approval(kind, hash, "", masthead, writers=writers)
    event = write_paper(transaction, kind, content, hash, token_hash(token))
    transaction.connection.execute(insert(approvals).values(event=event, text=event, token=token))


def write_paper(
    transaction: Transaction, kind: PaperKind, content: bytes, hash: str, token: str = ""
) -> str:
    """Write a new version of a paper, and its event; the event's id."""
    query = select(papers.c.number, papers.c.event).where(papers.c.kind == kind)
    last = transaction.connection.execute(query.order_by(papers.c.number.desc()).limit(1)).first()
    _place, event = transaction.append(
        kind, parents=(last.event,) if last else (), subject=hash, token=token
    )
    number = last.number + 1 if last else 1
    transaction.connection.execute(
        insert(papers).values(
            kind=kind, number=number, content=content.decode("utf-8"), hash=hash, event=event
        )
    )
    return event
