"""Ways to switch off a desk's checks: a house style that no editor signed."""

from __future__ import annotations

import pytest

from editor.core.commands import SaveHouseStyle
from editor.core.findings import Level
from editor.core.house_style import HouseStyle
from tests.faults.newsroom import TOM, Attack, Room, Ways, assert_matches, audit
from tests.faults.signed_papers import ways_around
from tests.reading import reading

NO_CHECKS = HouseStyle(levels=(("quotation-in-body", Level.OFF),))
STRICT = HouseStyle(levels=(("quotation-in-body", Level.STOPS),), words=("Quay",))
FORGED = (NO_CHECKS.canonical().decode(), NO_CHECKS.hash)
ways = Ways()
ways.params += ways_around("house style", FORGED)


def choose(room: Room, style: HouseStyle) -> None:
    """Save the style by the door."""
    with room.desk() as desk:
        base = reading(desk).house_style_state().saved.hash
        desk.do(SaveHouseStyle(style, base), TOM)


@pytest.mark.parametrize(("reason", "attack"), ways.params)
def test_style_that_no_editor_signed_switches_off_no_check(
    room: Room, reason: str, attack: Attack
) -> None:
    """It is known wherever the style is read, and in the audit; the checks go by none."""
    choose(room, HouseStyle(words=("Pier",)))
    choose(room, STRICT)
    attack(room)
    with room.desk() as desk:
        state = reading(desk).house_style_state()
    assert_matches(state.doubt, reason)
    assert state.style == HouseStyle()
    assert_matches(audit(room) or "no word", reason)
