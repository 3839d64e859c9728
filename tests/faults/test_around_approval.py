"""Ways around approval that edit a story's text, its row and its approval.

The others are in the `test_around_…` modules beside this one. Each is tried on a
real desk with the tools that somebody would have; none may get a text out.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from editor.core.commands import Kill, Publish, Restore, Return, SaveStory, Submit
from editor.core.workflow import Action
from editor.trust.log_tip import token_hash
from tests.databases import replacing
from tests.faults import forging
from tests.faults.newsroom import (
    LINA,
    MARA,
    TODAY,
    TOM,
    Attack,
    Room,
    Ways,
    audit,
    opening,
)
from tests.reading import reading

HERE = Path(__file__).parent

ways = Ways()


# The text


@ways.story("ferry", "text of version 1 .* was changed|text was changed")
def the_words_are_edited(room: Room) -> None:
    room.sql(replacing("'by sea'", "'by air'"))


@ways.story("ferry", "text of version 1 .* was changed|text was changed")
def a_space_is_added(room: Room) -> None:
    room.sql("UPDATE versions SET content = packed(unpacked(content) || ' ')")


@ways.story("ferry", "text of (a )?version .*was changed")
def the_words_and_their_hash_are_edited(room: Room) -> None:
    forging.rewrite(room, "ferry", "by sea", "by air")


@ways.story("ferry", "audit of this desk is broken|changed outside|text of .* version")
def the_event_is_edited_as_well(room: Room) -> None:
    hash = forging.rewrite(room, "ferry", "by sea", "by air")
    room.sql(
        "UPDATE events SET body = json_set(body, '$.subject', ?) "
        "WHERE story = ? AND action = 'saved'",
        *(hash, room.id("ferry")),
    )


def _whole_log_follows(room: Room, *names: str) -> None:
    """Rewrite ferry's text, and every log so that all fits, with these people's keys."""
    hash = forging.rewrite(room, "ferry", "by sea", "by air")
    story = room.id("ferry")
    forging.rechain(
        room,
        {name: room.key(name) for name in names},
        lambda event: (
            replace(event, subject=hash)
            if event.story == story and event.action == Action.SAVE.past
            else event
        ),
    )


@ways.story("ferry", "rewritten|older copy")
def every_log_is_rewritten_to_fit_a_text(room: Room) -> None:
    _whole_log_follows(room)


@ways.story("ferry", "rewritten|older copy")
def every_log_is_rewritten_and_signed_by_the_writer(room: Room) -> None:
    _whole_log_follows(room, LINA)


@ways.story("ferry", "signature of .* does not verify|broken|without effect|rewritten")
def every_log_is_rewritten_on_a_computer_that_never_saw_it(room: Room) -> None:
    _whole_log_follows(room)
    room.forget()


@ways.story("ferry", "signature of .* does not verify|broken|without effect|rewritten")
def the_writers_key_signs_it_on_a_computer_that_never_saw_it(room: Room) -> None:
    _whole_log_follows(room, LINA)
    room.forget()


@ways.story("ferry", "another story|changed|gone|missing")
def another_storys_id_is_written_into_the_text(room: Room) -> None:
    forging.rewrite(room, "ferry", room.id("ferry"), room.id("tides"))


@ways.story("ferry", "version of this story is gone|version is gone|no version")
def the_version_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM versions WHERE story = ?", room.id("ferry"))


@ways.story("ferry", "version .* was made|changed|outside")
def two_texts_of_one_story_are_exchanged(room: Room) -> None:
    room.save("ferry", TOM, body="It sank.")
    story = room.id("ferry")
    for old, new in ((1, 9), (2, 1), (9, 2)):
        room.sql("UPDATE versions SET number = ? WHERE story = ? AND number = ?", new, story, old)
    forging.pretend(room, "ferry")


@ways.story("tides", "another|changed|made outside|gone|without effect")
def the_texts_of_two_stories_are_exchanged(room: Room) -> None:
    ferry, tides = room.id("ferry"), room.id("tides")
    for old, new in ((ferry, "x"), (tides, ferry), ("x", tides)):
        room.sql("UPDATE versions SET story = ? WHERE story = ?", new, old)
    forging.pretend(room, "tides")


# The story's row


@ways.story("tides", "entry was changed outside")
def the_stage_is_set(room: Room) -> None:
    forging.pretend(room, "tides")


@ways.story("tides", "entry was changed outside")
def a_story_is_called_live(room: Room) -> None:
    forging.pretend(room, "tides", publication="live", live_version=1, stage="approved")


@ways.story("ferry", "entry was changed outside")
def the_latest_version_is_hidden(room: Room) -> None:
    room.save("ferry", LINA, body="It sank.")
    forging.pretend(room, "ferry", stage="approved", latest=1)


@ways.story("ferry", "entry was changed outside|version of this story is gone")
def the_latest_version_is_hidden_and_deleted(room: Room) -> None:
    room.save("ferry", LINA, body="It sank.")
    room.sql("DELETE FROM versions WHERE number = 2 AND story = ?", room.id("ferry"))
    forging.pretend(room, "ferry", stage="approved", latest=1)


@ways.story("other", "entry was changed outside")
def the_slug_is_changed(room: Room) -> None:
    forging.pretend(room, "ferry", slug="other")


@ways.story("ferry", "entry was changed outside|returned by")
def a_returned_story_is_called_approved(room: Room) -> None:
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    forging.pretend(room, "ferry")


@ways.story("wreck", "entry was changed outside|killed by")
def a_killed_story_is_revived(room: Room) -> None:
    forging.pretend(room, "wreck", stage="approved", publication="live")


@ways.story("wreck", "entry was changed outside|killed by")
def a_killed_story_is_called_new(room: Room) -> None:
    forging.pretend(room, "wreck", stage="approved", publication="never", live_version=0)


@ways.desk("wreck.*entry was changed outside")
def a_killed_story_leaves_no_trace_for_readers(room: Room) -> None:
    forging.pretend(room, "wreck", stage="draft", publication="never", live_version=0)


@ways.desk("ferry.*entry was changed outside")
def an_approved_story_is_left_out_without_a_word(room: Room) -> None:
    forging.pretend(room, "ferry", stage="draft")


@ways.desk("is gone")
def a_killed_story_is_deleted(room: Room) -> None:
    room.sql("DELETE FROM stories WHERE slug = 'wreck'")


@ways.story("bridge", "entry was changed outside")
def readers_get_an_older_version_back(room: Room) -> None:
    forging.pretend(room, "bridge", live_version=1)


@ways.story("bridge", "entry was changed outside|version of this story is gone")
def readers_get_the_version_before_its_correction(room: Room) -> None:
    room.sql("DELETE FROM versions WHERE number > 1 AND story = ?", room.id("bridge"))
    forging.pretend(room, "bridge", latest=1, live_version=1)


@ways.story("ferry", "entry was changed outside")
def an_open_branch_is_hidden(room: Room) -> None:
    story = room.text("ferry")
    room.do(
        (SaveStory(replace(story, body="It sank."), 1), LINA),
        (SaveStory(replace(story, body="It swam."), 1), TOM),
    )
    room.sql("UPDATE stories SET leaves = 1, stage = 'approved' WHERE slug = 'ferry'")


@ways.story("bridge", "changed outside")
def a_version_names_other_parents(room: Room) -> None:
    room.sql("UPDATE versions SET parents = '[]' WHERE number = 3")


@ways.story("ferry", "entry was changed outside")
def a_story_forgets_what_was_done_last(room: Room) -> None:
    room.sql("UPDATE stories SET tips = '[]' WHERE slug = 'ferry'")


@ways.story("tides", "changed outside|made outside")
def a_version_is_added_that_nobody_saved(room: Room) -> None:
    story = replace(room.text("tides"), body="It sank.")
    forging.put_version(room, story, "f" * 64, LINA, 2, [1])
    forging.pretend(room, "tides")


@ways.story("tides", "made by Lina Haddad")
def a_version_gets_another_author(room: Room) -> None:
    room.sql("UPDATE versions SET author = ? WHERE story = ?", TOM, room.id("tides"))
    forging.pretend(room, "tides")


@ways.story("ferry", "made by Lina Haddad")
def a_version_gets_another_date(room: Room) -> None:
    room.sql("UPDATE versions SET at = '2020-01-01T00:00:00Z' WHERE story = ?", room.id("ferry"))


# The approval's row


@ways.story("tides", "nobody approved|entry was changed|no approval")
def an_approval_is_moved_to_another_story(room: Room) -> None:
    room.sql(
        "UPDATE approvals SET text = (SELECT id FROM versions WHERE story = ?) "
        "WHERE text = (SELECT id FROM versions WHERE story = ?)",
        *(room.id("tides"), room.id("ferry")),
    )
    forging.pretend(room, "tides")
    forging.project(room, "ferry")


@ways.story("tides", "another story|recorded elsewhere")
def an_approval_is_copied_to_another_story(room: Room) -> None:
    token = forging.token_of(room, "ferry")
    event = forging.event_of(room, "tides", "approved", TOM, token=token_hash(token))
    forging.put_token(room, "tides", forging.append(room, event, room.key(TOM)), token)
    forging.project(room, "tides")
    forging.pretend(room, "tides")


@ways.story("tides", "did not sign|another story|signature")
def an_approval_is_copied_without_the_approvers_key(room: Room) -> None:
    token = forging.token_of(room, "ferry")
    event = forging.event_of(room, "tides", "approved", TOM, token=token_hash(token))
    forging.put_token(room, "tides", forging.append(room, event, None), token)
    forging.project(room, "tides")
    forging.pretend(room, "tides")


@ways.story("ferry", "recorded elsewhere|text changed|can't be approved")
def an_approval_is_copied_to_another_version(room: Room) -> None:
    token = forging.token_of(room, "ferry")
    room.save("ferry", LINA, body="It sank.")
    room.do((Submit(room.id("ferry"), 2), LINA))
    event = forging.event_of(room, "ferry", "approved", TOM, token=token_hash(token))
    forging.put_token(room, "ferry", forging.append(room, event, room.key(TOM)), token)
    forging.project(room, "ferry")
    forging.pretend(room, "ferry")


@ways.story("ferry", "entry was changed outside")
def an_approval_counts_for_a_later_version_of_the_same_words(room: Room) -> None:
    room.save("ferry", LINA, body="It sank.")
    room.do((Restore(room.id("ferry"), 2, 1), LINA))
    ((version,),) = room.ask("SELECT id FROM versions WHERE number = 3 AND cause = 'restored'")
    room.sql("UPDATE approvals SET text = ?", version)
    forging.pretend(room, "ferry")


@ways.story("ferry", "not a signature")
def the_signature_is_removed(room: Room) -> None:
    room.sql("UPDATE approvals SET token = ''")


@ways.story("ferry", "not a signature")
def the_approval_is_deleted_and_the_stage_stays(room: Room) -> None:
    room.sql("DELETE FROM approvals")


@ways.story("tides", "entry was changed outside")
def an_approval_without_an_event_is_inserted(room: Room) -> None:
    forging.put_token(room, "tides", "f" * 64, forging.token_of(room, "ferry"))
    forging.pretend(room, "tides")


@ways.story("tides", "did not sign|not a signature")
def an_approval_without_signatures_is_made_up(room: Room) -> None:
    forging.decide(room, "tides", Action.APPROVE, TOM, None)
    forging.pretend(room, "tides")


@ways.story("tides", "not a signature|without effect")
def an_approval_has_an_entry_but_no_statement(room: Room) -> None:
    forging.decide(room, "tides", Action.APPROVE, TOM, room.key(TOM))
    forging.pretend(room, "tides")


@ways.story("ferry", "changed outside|is broken|was changed")
def the_approver_is_renamed(room: Room) -> None:
    room.sql("UPDATE events SET body = replace(body, ?, ?) WHERE action = 'approved'", TOM, MARA)


@ways.story("ferry", "changed outside|is broken|was changed")
def the_approval_is_dated_back(room: Room) -> None:
    room.sql("UPDATE events SET body = replace(body, '2026', '2020') WHERE action = 'approved'")


# What ended an approval


@ways.story("ferry", "rows after .* missing|older copy|rewritten|returned by|entry was")
def the_end_of_an_approval_is_deleted(room: Room) -> None:
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    room.sql("DELETE FROM events WHERE action = 'returned'")
    forging.pretend(room, "ferry")
    forging.project(room, "ferry")


@ways.story("ferry", "older copy")
def a_return_is_undone_to_its_last_trace(room: Room) -> None:
    the_end_of_an_approval_is_deleted(room)
    room.sql("DELETE FROM notes WHERE story = ?", room.id("ferry"))
    forging.renumber(room)


@ways.story("wreck", "older copy")
def a_kill_is_undone_to_its_last_trace(room: Room) -> None:
    room.sql("DELETE FROM events WHERE action = 'killed'")
    room.sql("DELETE FROM notes WHERE story = ?", room.id("wreck"))
    forging.renumber(room)
    forging.project(room, "wreck")


@ways.story("ferry", "older copy")
def the_database_of_before_a_return_is_put_back(room: Room) -> None:
    old = room.copy_database()
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    room.put_database(old)


@ways.story("tides", "older copy")
def the_database_of_before_a_kill_is_put_back(room: Room) -> None:
    room.approve("tides", TOM)
    old = room.copy_database()
    story = room.id("tides")
    room.do((Publish(story, 1), TOM), (Kill(story, 1, "It was never true."), MARA))
    room.put_database(old)


@pytest.mark.parametrize("attack", ways.params)
def test_attack_on_a_story_is_refused(room: Room, attack: Attack) -> None:
    attack(room)


def test_untouched_desk_is_exported(room: Room) -> None:
    with room.desk() as desk:
        edition = reading(desk).edition(None, TODAY)
        assert {item.story.slug for item in edition.items} == {"ferry", "bridge"}
        assert reading(desk).stored(room.id("ferry")).approval is not None
    assert audit(room) == ""
    assert opening(room, "tides") == ""


def test_at_least_150_ways_are_tried() -> None:
    modules = [import_module(f"tests.faults.{path.stem}") for path in HERE.glob("test_around_*.py")]
    names = [param.id for module in modules for param in module.ways.params]
    assert len(set(names)) == len(names)
    assert len(names) >= 250
