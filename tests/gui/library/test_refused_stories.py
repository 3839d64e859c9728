"""Several stories that stayed as they were, in a few lines."""

from __future__ import annotations

from editor.errors import NotAllowed
from editor.gui.keys import NotSigned
from editor.gui.library.refused_stories import refusal_of_several


def test_one_story_alone_has_its_own_problem() -> None:
    why = NotAllowed("It is spiked.", "Unspike it.")
    assert refusal_of_several([("Quay", why)], 1) is why


def test_who_chose_not_to_sign_is_told_no_more() -> None:
    why = NotSigned("The key is locked.")
    assert refusal_of_several([("Quay", why), ("Ferry", why)], 2) is why


def test_a_reason_is_said_once_with_the_names_before_it() -> None:
    first, second = NotAllowed("It is spiked.", "Unspike it."), NotAllowed("It is killed.")
    long = "A headline that goes on and on and does not end"
    told = refusal_of_several([("Quay", first), ("Boat", second), (long, first)], 5)
    assert told.sentence == "Not done: 3 of 5 stories."
    assert told.hint.splitlines() == [
        "“Quay”, “A headline that goes on and on and does…”: It is spiked. Unspike it.",
        "“Boat”: It is killed.",
    ]


def test_many_reasons_and_names_are_counted() -> None:
    reasons = [(f"Story {n}", NotAllowed(f"Reason {n}.")) for n in range(6)]
    told = refusal_of_several(reasons, 9)
    assert told.hint.splitlines()[3:] == ["“Story 3”: Reason 3.", "And 2 more reasons."]
    same = NotAllowed("No.")
    told = refusal_of_several([(str(n), same) for n in range(7)], 7)
    assert told.hint == "“0”, “1”, “2”, “3”, “4” and 2 more: No."
