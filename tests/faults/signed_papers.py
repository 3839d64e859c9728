"""Papers of a desk that are written past the door: the house style, targets, a front and others."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

import pytest

from editor.core.events import Event
from editor.trust.approval import ApprovalStatement, ApprovedKind
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import token_hash
from tests.faults import forging
from tests.faults.newsroom import LINA, NOON, TOM, Attack, Room


def last_paper(room: Room, kind: str) -> tuple[int, str]:
    ((number, event),) = room.ask(
        "SELECT number, event FROM papers WHERE kind = ? ORDER BY number DESC LIMIT 1", kind
    )
    return int(number), str(event)


def write_signed(
    room: Room, kind: ApprovedKind, paper: tuple[str, str], by: str, key: PrivateKey | None
) -> None:
    """Save and sign another paper, given by its content and its hash, past the door."""
    (content, hash), (number, last) = paper, last_paper(room, kind)
    chain, log = room.chain(), room.log_of(by)
    statement = ApprovalStatement(
        *(chain.desk, kind, hash, "", chain.latest_hash, by, (by,), NOON),
        log=log,
        previous=forging.tip(room, log)[1],
    )
    token = statement.signed(key) if key else ""
    event = Event(
        *(kind, by, NOON, chain.desk),
        parents=(last,),
        subject=hash,
        token=token_hash(token) if token else "",
        nonce=token_hex(8),
    )
    id = forging.append(room, event, key, log)
    room.sql("INSERT INTO papers VALUES (?, ?, ?, ?, ?)", kind, number + 1, content, hash, id)
    room.sql("INSERT INTO approvals VALUES (?, ?, ?)", id, id, token)


def ways_around(kind: ApprovedKind, paper: tuple[str, str]) -> list[Any]:
    """Return parameters `reason` and `attack`: each puts another paper in the place of the second.

    `paper` has its content and its hash; the reason is what must be said of it. The room has two
    papers of this kind by then, which TOM saved by the door.
    """

    def its_content(room: Room) -> None:
        room.sql("UPDATE papers SET content = ? WHERE kind = ? AND number = 2", paper[0], kind)

    def its_content_and_its_hash(room: Room) -> None:
        room.sql(
            "UPDATE papers SET content = ?, hash = ? WHERE kind = ? AND number = 2", *paper, kind
        )

    def the_newest_is_deleted(room: Room) -> None:
        room.sql("DELETE FROM papers WHERE kind = ? AND number = 2", kind)

    def every_one_is_deleted(room: Room) -> None:
        room.sql("DELETE FROM papers WHERE kind = ?", kind)

    def without_a_signature(room: Room) -> None:
        write_signed(room, kind, paper, TOM, None)

    def a_journalist_signs(room: Room) -> None:
        write_signed(room, kind, paper, LINA, room.key(LINA))

    def a_journalist_signs_in_an_editors_name(room: Room) -> None:
        write_signed(room, kind, paper, TOM, room.key(LINA))

    def the_signature_of_the_older_is_used_again(room: Room) -> None:
        asked = "SELECT event FROM papers WHERE kind = ? ORDER BY number"
        (first,), (last,) = room.ask(asked, kind)
        older = "(SELECT token FROM approvals WHERE event = ?)"
        room.sql(f"UPDATE approvals SET token = {older} WHERE event = ?", first, last)

    def the_signature_is_deleted(room: Room) -> None:
        room.sql("DELETE FROM approvals WHERE event = ?", last_paper(room, kind)[1])

    ways: list[tuple[Attack, str]] = [
        (its_content, "changed outside"),
        (its_content_and_its_hash, "changed outside"),
        (the_newest_is_deleted, "changed outside"),
        (every_one_is_deleted, "changed outside"),
        (without_a_signature, "not a signature|did not sign"),
        (a_journalist_signs, "journalist"),
        (
            a_journalist_signs_in_an_editors_name,
            "somebody else's key|not on the masthead|does not verify",
        ),
        (
            the_signature_of_the_older_is_used_again,
            "not the one that was recorded|not the one that its editor signed",
        ),
        (the_signature_is_deleted, "not a signature"),
    ]
    return [
        pytest.param(reason, attack, id=f"{kind}: {attack.__name__}") for attack, reason in ways
    ]
