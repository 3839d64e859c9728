"""Ways around the workflow and the policy, past the door with a key of one's own."""

from __future__ import annotations

import pytest

from editor.core.commands import AddNote, Return, SetPolicy
from editor.core.policy import FourEyes, Policy
from editor.core.workflow import Action
from tests.faults import forging
from tests.faults.newsroom import LINA, MARA, TOM, Attack, Room, Ways

ways = Ways()


@ways.story("tides", "draft can't be approved|can't be approved")
def a_draft_is_approved_that_nobody_submitted(room: Room) -> None:
    room.do((Return(room.id("tides"), 1, "Not yet."), TOM))
    forging.approve(room, "tides", TOM)
    forging.pretend(room, "tides")


@ways.story("wreck", "killed can't be approved")
def a_killed_text_is_signed_again(room: Room) -> None:
    forging.approve(room, "wreck", TOM)
    forging.pretend(room, "wreck", stage="approved", publication="live")


@ways.story("wreck", "killed can't be saved|killed can't be approved")
def a_killed_story_gets_a_new_text_that_is_signed(room: Room) -> None:
    forging.save(room, "wreck", LINA, room.key(LINA), body="It was true.")
    forging.decide(room, "wreck", Action.SUBMIT, LINA, room.key(LINA))
    forging.approve(room, "wreck", TOM)
    forging.pretend(room, "wreck", stage="approved", publication="live")


@ways.story("wreck", "entry was changed outside")
def a_killed_text_is_signed_as_if_nobody_had_known(room: Room) -> None:
    forging.approve(room, "wreck", TOM, event={"after": forging.named(room, "wreck", "submitted")})
    forging.pretend(room, "wreck", stage="approved", publication="live")


@ways.story("ferry", "entry was changed outside")
def a_return_is_passed_over(room: Room) -> None:
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    after = forging.named(room, "ferry", "submitted")
    forging.approve(room, "ferry", MARA, event={"after": after})
    forging.pretend(room, "ferry")


@ways.story("tides", "missing")
def an_approval_names_a_past_that_is_not_here(room: Room) -> None:
    forging.approve(room, "tides", TOM, event={"after": ("f" * 64,)})
    forging.pretend(room, "tides")


@ways.story("tides", "can't be approved|without effect")
def an_approval_forgets_the_past(room: Room) -> None:
    forging.approve(room, "tides", TOM, event={"after": ()})
    forging.pretend(room, "tides")


@ways.story("tides", "text changed after it was approved")
def an_older_version_is_approved(room: Room) -> None:
    ((version,),) = room.ask("SELECT id FROM versions WHERE story = ?", room.id("tides"))
    room.save("tides", LINA, body="It sank.")
    forging.approve(room, "tides", TOM, version=version, event={"version": version})
    forging.pretend(room, "tides", latest=1, stage="approved")


@ways.story("tides", "journalist|without effect")
def a_journalist_publishes_past_the_door(room: Room) -> None:
    room.approve("tides", TOM)
    forging.decide(room, "tides", Action.PUBLISH, LINA, room.key(LINA))


@ways.story("tides", "can't be published|No approval")
def an_editor_publishes_what_nobody_approved(room: Room) -> None:
    forging.decide(room, "tides", Action.PUBLISH, TOM, room.key(TOM))
    forging.pretend(room, "tides", publication="live", live_version=1)


@ways.story("bridge", "latest version|without effect")
def an_editor_brings_back_the_version_before_its_correction(room: Room) -> None:
    ((version,),) = room.ask(
        "SELECT id FROM versions WHERE story = ? AND number = 1", room.id("bridge")
    )
    forging.decide(room, "bridge", Action.PUBLISH, TOM, room.key(TOM), version=version)
    forging.pretend(room, "bridge", live_version=1)


@ways.story("bridge", "correction")
def an_editor_publishes_a_text_without_its_correction(room: Room) -> None:
    forging.save(room, "bridge", LINA, room.key(LINA), corrections=(), body="It came by rail.")
    forging.decide(room, "bridge", Action.SUBMIT, LINA, room.key(LINA))
    forging.approve(room, "bridge", TOM, writers=(LINA,))
    forging.decide(room, "bridge", Action.PUBLISH, TOM, room.key(TOM))


# Policy


@ways.story("tides", f"needs the approval of {MARA}")
def an_editor_signs_for_a_section_that_is_not_his(room: Room) -> None:
    room.do((SetPolicy(Policy(sections=(("world", (MARA,)),))), MARA))
    forging.approve(room, "tides", TOM)
    forging.pretend(room, "tides")


@ways.story("tides", f"another story or section|needs the approval of {MARA}")
def an_editor_says_the_text_is_in_another_section(room: Room) -> None:
    room.do((SetPolicy(Policy(sections=(("world", (MARA,)),))), MARA))
    forging.approve(room, "tides", TOM, section="sport")


@ways.story("tides", "without what this desk asks for: warnings")
def an_editor_leaves_out_a_gate(room: Room) -> None:
    room.do((SetPolicy(Policy(gates=("warnings",))), MARA))
    forging.approve(room, "tides", TOM)
    forging.pretend(room, "tides")


@ways.story("tides", "open note")
def an_editor_claims_a_gate_that_was_not_met(room: Room) -> None:
    room.do((SetPolicy(Policy(gates=("notes",))), MARA))
    room.do((AddNote(room.id("tides"), "Check the fare."), LINA))
    forging.approve(room, "tides", TOM, gates=("notes",))
    forging.pretend(room, "tides")


@ways.story("crane", "wrote some of this text")
def a_signature_names_a_masthead_that_asked_for_less(room: Room) -> None:
    room.do((SetPolicy(Policy(FourEyes.NEVER)), MARA))
    lenient = room.chain().latest_hash
    room.do((SetPolicy(Policy(FourEyes.ALWAYS)), MARA))
    forging.approve(room, "crane", TOM, masthead=lenient)
    forging.pretend(room, "crane")


@pytest.mark.parametrize("attack", ways.params)
def test_attack_on_the_workflow_is_refused(room: Room, attack: Attack) -> None:
    attack(room)
