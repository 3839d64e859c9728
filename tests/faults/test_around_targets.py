"""Ways to send editions to somebody else: targets that no editor signed."""

from __future__ import annotations

import pytest

from editor.core.commands import SaveTargets
from editor.core.delivery import Target, Targets
from editor.errors import UntrustedSignature
from tests.faults.newsroom import TOM, Attack, Room, Ways, assert_matches, audit
from tests.faults.signed_papers import ways_around
from tests.reading import reading

ELSEWHERE = Targets((Target("Website", "s3://somebody-else/site"),))
FORGED = (ELSEWHERE.canonical().decode(), ELSEWHERE.hash)
ways = Ways()
ways.params += ways_around("targets", FORGED)


def choose(room: Room, address: str) -> None:
    """Save the targets by the door."""
    with room.desk() as desk:
        base = reading(desk).targets().hash
        desk.do(SaveTargets(Targets((Target("Website", address),)), base), TOM)


@pytest.mark.parametrize(("reason", "attack"), ways.params)
def test_targets_that_no_editor_signed_lead_nowhere(
    room: Room, reason: str, attack: Attack
) -> None:
    """It is known before anybody is contacted, and in the audit."""
    choose(room, "/srv/old")
    choose(room, "/srv/site")
    attack(room)
    with pytest.raises(Exception, match=reason) as problem, room.desk() as desk:
        reading(desk).targets_state().require_sound()
    is_distrust = isinstance(problem.value, UntrustedSignature)
    assert is_distrust or "changed outside" in str(problem.value)
    assert_matches(audit(room) or "no word", reason)
