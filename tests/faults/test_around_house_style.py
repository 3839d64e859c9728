"""Ways to switch off a desk's checks: a house style that no editor signed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from editor.core.commands import SaveHouseStyle
from editor.core.findings import Level
from editor.core.house_style import HouseStyle
from tests.faults.newsroom import LINA, TOM, Attack, Room, Ways, assert_matches, audit
from tests.faults.test_around_papers import last_paper, write_signed
from tests.reading import reading

NO_CHECKS = HouseStyle(levels=(("quotation-in-body", Level.OFF),))
STRICT = HouseStyle(levels=(("quotation-in-body", Level.STOPS),), words=("Quay",))
ways = Ways()


def refused(reason: str) -> Callable[[Attack], Attack]:
    """What is known wherever the style is read, and in the audit; the checks go by none."""

    def add(attack: Attack) -> Attack:
        def is_known(room: Room) -> None:
            attack(room)
            with room.desk() as desk:
                state = reading(desk).house_style_state()
            assert_matches(state.doubt, reason)
            assert state.style == HouseStyle()
            assert_matches(audit(room) or "no word", reason)

        ways.params.append(pytest.param(is_known, id=attack.__name__))
        return attack

    return add


def choose(room: Room, style: HouseStyle) -> None:
    """Save the style by the door."""
    with room.desk() as desk:
        base = reading(desk).house_style_state().saved.hash
        desk.do(SaveHouseStyle(style, base), TOM)


def paper() -> tuple[str, str]:
    return NO_CHECKS.canonical().decode(), NO_CHECKS.hash


@refused("changed outside")
def the_style_is_edited(room: Room) -> None:
    room.sql("UPDATE papers SET content = ? WHERE kind = 'house style' AND number = 2", paper()[0])


@refused("changed outside")
def the_style_and_its_hash_are_edited(room: Room) -> None:
    room.sql(
        "UPDATE papers SET content = ?, hash = ? WHERE kind = 'house style' AND number = 2",
        *paper(),
    )


@refused("changed outside")
def the_newest_style_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM papers WHERE kind = 'house style' AND number = 2")


@refused("changed outside")
def every_style_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM papers WHERE kind = 'house style'")


@refused("not a signature|did not sign")
def a_style_is_saved_without_a_signature(room: Room) -> None:
    write_signed(room, "house style", paper(), TOM, None)


@refused("journalist")
def a_journalist_signs_the_style(room: Room) -> None:
    write_signed(room, "house style", paper(), LINA, room.key(LINA))


@refused("somebody else's key|not on the masthead|does not verify")
def a_journalist_signs_the_style_in_an_editors_name(room: Room) -> None:
    write_signed(room, "house style", paper(), TOM, room.key(LINA))


@refused("not the one that was recorded|not the one that its editor signed")
def the_signature_of_an_older_style_is_used_again(room: Room) -> None:
    (first,), (last,) = (
        room.ask("SELECT event FROM papers WHERE kind = 'house style' AND number = ?", number)[0]
        for number in (1, 2)
    )
    room.sql(
        "UPDATE approvals SET token = (SELECT token FROM approvals WHERE event = ?) "
        "WHERE event = ?",
        first,
        last,
    )


@refused("not a signature")
def the_signature_of_the_style_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM approvals WHERE event = ?", last_paper(room, "house style")[1])


@pytest.mark.parametrize("attack", ways.params)
def test_style_that_no_editor_signed_switches_off_no_check(room: Room, attack: Attack) -> None:
    choose(room, HouseStyle(words=("Pier",)))
    choose(room, STRICT)
    attack(room)
