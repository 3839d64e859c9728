"""Ways to send editions to somebody else: targets that no editor signed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from editor.core.commands import SaveTargets
from editor.core.delivery import Target, Targets
from editor.errors import UntrustedSignature
from tests.faults.newsroom import LINA, TOM, Attack, Room, Ways, assert_matches, audit
from tests.faults.test_around_papers import last_paper, write_signed
from tests.reading import reading

ELSEWHERE = Targets((Target("Website", "s3://somebody-else/site"),))
ways = Ways()


def refused(reason: str) -> Callable[[Attack], Attack]:
    """What must be known before anybody is contacted, and in the audit."""

    def add(attack: Attack) -> Attack:
        def is_known(room: Room) -> None:
            attack(room)
            with pytest.raises(Exception, match=reason) as problem, room.desk() as desk:
                reading(desk).targets_state().require_sound()
            is_distrust = isinstance(problem.value, UntrustedSignature)
            assert is_distrust or "changed outside" in str(problem.value)
            assert_matches(audit(room) or "no word", reason)

        ways.params.append(pytest.param(is_known, id=attack.__name__))
        return attack

    return add


def choose(room: Room, address: str) -> None:
    """Save the targets by the door."""
    with room.desk() as desk:
        base = reading(desk).targets().hash
        desk.do(SaveTargets(Targets((Target("Website", address),)), base), TOM)


def paper() -> tuple[str, str]:
    return ELSEWHERE.canonical().decode(), ELSEWHERE.hash


@refused("changed outside")
def the_targets_are_edited(room: Room) -> None:
    room.sql("UPDATE papers SET content = ? WHERE kind = 'targets' AND number = 2", paper()[0])


@refused("changed outside")
def the_targets_and_their_hash_are_edited(room: Room) -> None:
    room.sql(
        "UPDATE papers SET content = ?, hash = ? WHERE kind = 'targets' AND number = 2", *paper()
    )


@refused("changed outside")
def the_newest_targets_are_deleted(room: Room) -> None:
    room.sql("DELETE FROM papers WHERE kind = 'targets' AND number = 2")


@refused("not a signature|did not sign")
def targets_are_saved_without_a_signature(room: Room) -> None:
    write_signed(room, "targets", paper(), TOM, None)


@refused("journalist")
def a_journalist_signs_the_targets(room: Room) -> None:
    write_signed(room, "targets", paper(), LINA, room.key(LINA))


@refused("somebody else's key|not on the masthead|does not verify")
def a_journalist_signs_the_targets_in_an_editors_name(room: Room) -> None:
    write_signed(room, "targets", paper(), TOM, room.key(LINA))


@refused("not the one that was recorded|not the one that its editor signed")
def the_signature_of_older_targets_is_used_again(room: Room) -> None:
    (first,), (last,) = (
        room.ask("SELECT event FROM papers WHERE kind = 'targets' AND number = ?", number)[0]
        for number in (1, 2)
    )
    room.sql(
        "UPDATE approvals SET token = (SELECT token FROM approvals WHERE event = ?) "
        "WHERE event = ?",
        first,
        last,
    )


@refused("not a signature")
def the_signature_of_the_targets_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM approvals WHERE event = ?", last_paper(room, "targets")[1])


@pytest.mark.parametrize("attack", ways.params)
def test_targets_that_no_editor_signed_lead_nowhere(room: Room, attack: Attack) -> None:
    choose(room, "/srv/old")
    choose(room, "/srv/site")
    attack(room)
