"""The front is ordered by editors alone, and never overwritten."""

from __future__ import annotations

import pytest

from editor.core.commands import OrderFront
from editor.core.front import LONGEST_FRONT, Front
from editor.errors import BadValue, NotAllowed, NotFound, Stale, UntrustedSignature
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    MARA,
    TOM,
    Clock,
    approved,
    change_database,
    edition_at,
    new,
    refused,
)

EMPTY = Front().hash


def test_bad_front_is_refused(desk: Desk) -> None:
    story = approved(desk)
    twice = refused(desk, OrderFront(Front((story, story)), EMPTY), TOM, BadValue)
    assert "twice" in twice.sentence
    many = tuple(f"{number:032x}" for number in range(LONGEST_FRONT + 1))
    assert "31 stories" in refused(desk, OrderFront(Front(many), EMPTY), TOM, BadValue).sentence
    unknown = refused(desk, OrderFront(Front((story, "0" * 32)), EMPTY), TOM, NotFound)
    assert "no story" in unknown.sentence
    assert reading(desk).front() == Front()


def test_journalist_may_not_order_the_front(desk: Desk) -> None:
    front = Front((approved(desk),))
    refused(desk, OrderFront(front, EMPTY), LINA, NotAllowed)
    desk.do(OrderFront(front, EMPTY), TOM)
    refused(desk, OrderFront(Front(), front.hash), LINA, NotAllowed)
    assert desk.do(OrderFront(Front(), front.hash), MARA).touched == (("front", ""),)


def test_front_ordered_by_another_is_not_overwritten(desk: Desk) -> None:
    first, second = approved(desk, "Ferry"), approved(desk, "Crane")
    assert desk.do(OrderFront(Front((first,)), EMPTY), TOM).touched == (("front", ""),)
    refused(desk, OrderFront(Front((second,)), EMPTY), MARA, Stale)
    assert not desk.do(OrderFront(Front((first,)), "whatever"), MARA).touched
    state = reading(desk).front_state()
    assert state.front == Front((first,))
    assert state.approval is not None
    assert (state.approval.by, state.doubt) == (TOM, "")


def test_edition_has_the_front_of_what_goes_out(desk: Desk, clock: Clock) -> None:
    old, draft, recent = approved(desk, "Ferry"), new(desk, "Crane"), approved(desk, "Tide")
    desk.do(OrderFront(Front((draft, old)), EMPTY), TOM)
    edition = reading(desk).edition(None, clock())
    assert edition.front == (old,)
    assert [item.story.id for item in edition.items] == [recent, old], "is still newest first"
    assert edition.proof is not None
    assert edition.proof.front
    assert reading(desk).reasons_against([draft, old]) == {draft: "draft, not approved"}


def test_reasons_name_why_a_story_of_the_front_is_not_shown(desk: Desk, clock: Clock) -> None:
    held = approved(desk, "Ferry", embargo="2026-03-09T06:00:00Z")
    desk.do(OrderFront(Front((held,)), EMPTY), TOM)
    assert "embargo" in reading(desk).reasons_against([held])[held]
    assert edition_at(desk, None, clock()).front == ()


def test_front_that_was_changed_outside_is_found(desk: Desk, clock: Clock) -> None:
    first, second = approved(desk, "Ferry"), approved(desk, "Crane")
    desk.do(OrderFront(Front((first, second)), EMPTY), TOM)
    desk.do(OrderFront(Front((second, first)), Front((first, second)).hash), TOM)
    change_database(desk, "DELETE FROM papers WHERE kind = 'front' AND number = 2")
    assert "changed outside" in reading(desk).front_state().doubt
    with pytest.raises(UntrustedSignature, match="changed outside"):
        reading(desk).edition(None, clock())
    assert "changed outside" in reading(desk).verify_audit().reason
