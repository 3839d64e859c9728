"""The house style: what the checks look for, and how much each matters, as an editor signs it."""

from __future__ import annotations

from editor.core.changes import Changes
from editor.core.commands import SaveHouseStyle
from editor.core.people import Role
from editor.errors import NotAllowed, Stale
from editor.i18n import _
from editor.store.commands.paper import write_signed_paper
from editor.store.commands.transaction import Transaction
from editor.store.reading.papers import read_house_style


def save_house_style(transaction: Transaction, command: SaveHouseStyle) -> Changes:
    """Save the house style as an editor or a chief signs it.

    Raises NotAllowed for a journalist, BadValue for what can't be a style, Stale,
    UntrustedSignature.
    """
    if transaction.person.role is Role.JOURNALIST:
        raise NotAllowed(
            _("Only editors and chiefs may change the house style."), _("Ask one of them to do it.")
        )
    style = command.style
    style.require_valid()
    chain = transaction.trusted_chain()
    state = read_house_style(transaction.connection, chain)
    if style == state.saved and not state.doubt:
        return Changes()
    if command.base != state.saved.hash:
        raise Stale(
            _("Someone else changed the house style in the meantime."),
            _("Look at it as it is now, then change it again."),
        )
    content = style.canonical()
    write_signed_paper(transaction, "house style", content, style.hash, chain.latest_hash)
    return Changes.of("house style")
