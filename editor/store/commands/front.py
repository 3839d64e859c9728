"""The front: an editor orders the stories that come first on the home page, by signing the list."""

from __future__ import annotations

from editor.core.changes import Changes
from editor.core.commands import OrderFront
from editor.core.people import Role
from editor.errors import NotAllowed, Stale
from editor.i18n import _
from editor.store.commands.paper import write_signed_paper
from editor.store.commands.transaction import Transaction
from editor.store.reading.papers import read_front


def order_front(transaction: Transaction, command: OrderFront) -> Changes:
    """Order the front: it goes out as the editor signs it.

    Raises NotAllowed for a journalist, BadValue for a list that can't be one, NotFound
    for a story that the desk has not got, Stale, UntrustedSignature.
    """
    if transaction.person.role is Role.JOURNALIST:
        raise NotAllowed(
            _("Only editors and chiefs may order the front page."), _("Ask one of them to do it.")
        )
    front = command.front
    front.require_valid()
    for story in front.stories:
        transaction.row(story)
    chain = transaction.trusted_chain()
    state = read_front(transaction.connection, chain)
    if front == state.front and not state.doubt:
        return Changes()
    if command.base != state.front.hash:
        raise Stale(
            _("Someone else ordered the front page in the meantime."),
            _("Look at it as it is now, then order it again."),
        )
    write_signed_paper(transaction, "front", front.canonical(), front.hash, chain.latest_hash)
    return Changes.of("front")
