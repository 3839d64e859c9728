"""The draft owns the text: it reaches the disk, comes back, and is never overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from editor.core.commands import AddNote, Reconcile, SaveStory, Spike, Submit
from editor.core.findings import TextPlace
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.errors import EditorError, NotFound
from editor.gui.draft.draft import Draft
from editor.gui.draft.notices import NoticeKind
from editor.gui.draft.unsaved import read_open_story, unsaved_stories
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
CHIEF, WRITER = "Mara Quill", "Ines Vale"


def headline(draft: Draft, text: str) -> None:
    """Change the headline as the form does."""
    draft.edit(replace(draft.typed, headline=text), "headline")


def test_opening_shows_the_latest_version(draft: Draft, write: Write, hands: Any) -> None:
    story = write("ferry", "Ferry sails again")
    hands.open(story)
    assert draft.open_story.is_open
    assert draft.typed.headline == "Ferry sails again"
    assert (draft.open_story.is_unsaved, draft.can_edit) == (False, True)
    assert draft.open_story.save_state.startswith("Version 1 saved ")


def test_reason_why_a_story_cannot_be_opened_is_kept_until_another_is(
    draft: Draft, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    draft.open("no-such-story")
    settle()
    assert isinstance(draft.open_error, NotFound)
    assert not draft.open_story.is_open, "nor is the one that was open shown in its place"
    hands.open(story)
    assert draft.open_error is None


def test_change_is_on_disk_within_two_seconds(
    draft: Draft, desk: Desk, write: Write, hands: Any, qtbot: QtBot
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "Ferry late")
    assert draft.open_story.save_state == "Keeping…"
    qtbot.waitUntil(lambda: desk.journal.read(f"story:{story}") is not None, timeout=2000)
    entry = desk.journal.read(f"story:{story}")
    assert entry is not None
    assert (entry["story"]["headline"], entry["base"]) == ("Ferry late", 1)
    qtbot.waitUntil(lambda: draft.open_story.save_state.startswith("Kept on this computer"))
    assert draft.open_story.is_unsaved, "on disk, but not a version yet"


def test_typing_without_a_pause_is_written_within_two_seconds(
    draft: Draft, desk: Desk, write: Write, hands: Any, qtbot: QtBot
) -> None:
    story = write("ferry")
    hands.open(story)
    typed = iter(range(10_000))

    def entries() -> bool:
        headline(draft, f"Ferry {next(typed)}")  # waitUntil asks every few milliseconds
        return desk.journal.read(f"story:{story}") is not None

    qtbot.waitUntil(entries, timeout=2000)


def test_saving_makes_a_version_and_removes_the_journal_entry(
    draft: Draft, desk: Desk, write: Write, hands: Any, qtbot: QtBot, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "Ferry late")
    saved: list[str] = []
    draft.save(lambda: saved.append(draft.typed.headline))
    qtbot.waitUntil(lambda: bool(saved))
    settle()
    assert reading(desk).stored(story).story.headline == "Ferry late"
    assert reading(desk).stored(story).version == 2
    assert desk.journal.read(f"story:{story}") is None
    assert not draft.open_story.is_unsaved
    assert draft.open_story.stored is not None
    assert draft.open_story.stored.version == 2


def test_saving_an_unchanged_story_calls_back_at_once(
    draft: Draft, write: Write, hands: Any
) -> None:
    hands.open(write("ferry"))
    calls: list[bool] = []
    draft.save(lambda: calls.append(True))
    assert calls == [True]


def test_text_typed_during_a_save_is_saved_by_the_next(
    draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "One")
    draft.save()
    headline(draft, "Two")
    draft.save()
    settle()
    assert reading(desk).stored(story).story.headline == "Two"
    assert [row.headline for row in reading(desk).versions(story)][:2] == ["Two", "One"]
    assert not draft.open_story.is_unsaved


def test_save_during_a_save_waits_for_a_version_of_its_own_text(
    draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    found: list[str] = []

    def look() -> None:
        assert draft.open_story.stored is not None
        found.append(draft.open_story.stored.story.headline)

    headline(draft, "One")
    draft.save(look)
    headline(draft, "Two")
    draft.save(look)
    draft.save(look)
    settle()
    assert found == ["One", "Two", "Two"]
    assert reading(desk).stored(story).version == 3


def test_text_typed_during_a_save_is_not_shown_as_saved(
    draft: Draft, desk: Desk, write: Write, hands: Any, qtbot: QtBot, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "One")
    seen: list[tuple[str, dict[str, Any] | None]] = []
    draft.save(
        lambda: seen.append((draft.open_story.save_state, desk.journal.read(f"story:{story}")))
    )
    headline(draft, "Two")
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] == "Keeping…", "the version holds One only"
    qtbot.waitUntil(lambda: draft.open_story.save_state.startswith("Kept on this computer"))
    entry = desk.journal.read(f"story:{story}")
    assert entry is not None
    assert (entry["story"]["headline"], entry["base"]) == ("Two", 2)


def test_journal_entry_stays_until_it_is_a_version(
    draft: Draft, desk: Desk, write: Write, hands: Any, qtbot: QtBot, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "One")
    draft.save()
    headline(draft, "Two")
    draft._journal.flush()
    found: list[str] = []

    def look() -> bool:
        entry = desk.journal.read(f"story:{story}")
        found.append(entry["story"]["headline"] if entry else "")
        return not draft.open_story.is_saving and not draft.session.jobs.busy

    qtbot.waitUntil(look)
    assert set(found[found.index("Two") :]) == {"Two"}, "on disk without a gap"


def test_text_is_in_the_journal_before_it_is_saved(
    draft: Draft, desk: Desk, session: Session, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "Kept a while ago")
    draft._journal.flush()
    settle()
    headline(draft, "Saved at once")
    found: list[Any] = []
    # What is asked in the same lane right after the save is as a crash there would find it.
    draft.save()
    session.ask(
        lambda snapshot: read_open_story(snapshot, session.desk.journal, story),
        owner=session,
        done=found.append,
    )
    settle()
    assert not found[0].is_recovered, "the version has it all"


def test_caret_is_written_with_text_typed_during_a_save(
    draft: Draft, desk: Desk, write: Write, hands: Any, qtbot: QtBot
) -> None:
    story = write("ferry")
    hands.open(story)
    draft.caret_asked.connect(lambda: draft.set_caret(TextPlace("body", 4, 4)))
    headline(draft, "One")
    draft.save()
    headline(draft, "Two")
    draft._journal.stop()
    entries: list[Any] = []

    def two() -> bool:
        entries.append(desk.journal.read(f"story:{story}"))
        return bool(entries[-1]) and entries[-1]["story"]["headline"] == "Two"

    qtbot.waitUntil(two)
    assert (entries[-1]["field"], entries[-1]["caret"]) == ("body", 4)


def test_version_of_a_save_that_was_cut_off_is_not_beside_its_own_text(
    draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    one = replace(reading(desk).stored(story).story, headline="One")
    desk.do(SaveStory(one, 1), WRITER)
    typed = replace(one, headline="One, two")
    entry = {"story": typed.to_json(), "base": 1, "sent": one.hash}
    desk.journal.write(f"story:{story}", entry)
    hands.open(story)
    assert draft.typed.headline == "One, two"
    assert draft.open_story.notice is not None
    assert draft.open_story.notice.about is NoticeKind.RECOVERED
    draft.save()
    settle()
    assert reading(desk).leaves(story) == (3,)


def test_new_story_gets_its_id_and_slug(
    draft: Draft, desk: Desk, settle: Settle, session: Session
) -> None:
    draft.new()
    assert draft.open_story.key.startswith("new-")
    assert draft.typed.bylines == (session.person.name,)
    headline(draft, "Lighthouse to be painted")
    draft.save()
    settle()
    assert draft.typed.id == draft.open_story.key
    assert draft.typed.slug == "lighthouse-to-be-painted"
    assert reading(desk).stored(draft.open_story.key).story == draft.typed
    assert not draft.open_story.is_unsaved


def test_undo_reaches_beyond_a_save(draft: Draft, settle: Settle) -> None:
    draft.new()
    headline(draft, "First")
    draft.save()
    settle()
    draft.edit(replace(draft.typed, kicker="Now"), "kicker")
    draft.undo()
    draft.undo()
    assert (draft.typed.headline, draft.typed.kicker) == ("", "")
    assert draft.typed.id, "the desk's id stays"
    draft.redo()
    assert draft.typed.headline == "First"


def test_opening_another_story_saves_the_first(
    draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle
) -> None:
    first, second = write("one"), write("two")
    hands.open(first)
    headline(draft, "Changed and left")
    hands.open(second)
    settle()
    assert reading(desk).stored(first).story.headline == "Changed and left"
    assert desk.journal.read(f"story:{first}") is None
    assert draft.typed.slug == "two"
    assert draft.stack.count() == 0


def test_story_left_and_opened_again_at_once_has_its_text(
    draft: Draft, write: Write, hands: Any, settle: Settle
) -> None:
    first, second = write("one"), write("two")
    hands.open(first)
    headline(draft, "Changed and left")
    draft.open(second)
    settle()
    draft.open(first)
    settle()
    assert draft.typed.headline == "Changed and left"
    assert draft.open_story.notice is None


def test_closing_reports_that_the_text_is_safe(
    draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "Last words")
    safe: list[bool] = []
    draft.close(safe.append)
    settle()
    assert safe == [True]
    assert reading(desk).stored(story).story.headline == "Last words"


def test_closing_during_a_save_saves_the_rest(
    draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "One")
    draft.save()
    headline(draft, "Two")
    safe: list[bool] = []
    draft.close(safe.append)
    settle()
    assert safe == [True]
    assert reading(desk).stored(story).story.headline == "Two"


def test_unsaved_text_comes_back(
    draft: Draft, desk: Desk, write: Write, hands: Any, qtbot: QtBot
) -> None:
    story = write("ferry", "As saved")
    typed = replace(reading(desk).stored(story).story, headline="As typed")
    entry = {"story": typed.to_json(), "base": 1, "field": "headline", "caret": 3}
    desk.journal.write(f"story:{story}", entry)
    places: list[Any] = []
    draft.caret_placed.connect(places.append)
    with qtbot.waitSignal(draft.caret_placed):
        draft.open(story)
    assert draft.typed.headline == "As typed"
    assert draft.open_story.is_unsaved
    assert (places[0].path, places[0].start) == ("headline", 3)
    assert draft.open_story.notice is not None
    assert draft.open_story.notice.sentence == "Your unsaved text is back."
    [(_label, show_saved)] = draft.open_story.notice.actions
    show_saved()
    assert draft.typed.headline == "As saved"
    draft.undo()
    assert draft.typed.headline == "As typed"


def test_new_story_that_was_never_saved_comes_back(
    draft: Draft, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    typed = Story(headline="Never saved")
    key = f"new-{'7' * 32}"
    desk.journal.write(f"story:{key}", {"story": typed.to_json(), "base": 0})
    with desk.read() as snapshot:
        [unsaved] = unsaved_stories(snapshot, desk.journal)
    assert (unsaved.key, unsaved.story.headline, unsaved.is_new) == (key, "Never saved", True)
    with qtbot.waitSignal(draft.opened):
        draft.open(key)
    assert draft.typed.headline == "Never saved"
    draft.save()
    settle()
    assert reading(desk).stored(draft.open_story.key).story.headline == "Never saved"
    assert desk.journal.read(f"story:{key}") is None


def test_unreadable_journal_entry_is_reported_and_set_aside(
    draft: Draft, desk: Desk, write: Write, hands: Any, problems: list[EditorError]
) -> None:
    story = write("ferry", "As saved")
    desk.journal.write(f"story:{story}", {"story": {"dateline": "?"}, "base": "x"})
    hands.open(story)
    assert draft.typed.headline == "As saved"
    assert "can't be read" in problems[0].sentence
    assert desk.journal.read(f"unreadable:story:{story}") is not None


def test_text_stays_when_the_desk_cannot_be_written(
    draft: Draft,
    desk: Desk,
    write: Write,
    hands: Any,
    qtbot: QtBot,
    settle: Settle,
    problems: list[EditorError],
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "Must not be lost")
    with files_of_at_most(4096):  # enough for the journal, not for the database
        draft.save()
        settle()
        assert draft.open_story.save_state.startswith("Not saved: ")
        assert draft.typed.headline == "Must not be lost"
        assert problems
        qtbot.waitUntil(lambda: desk.journal.read(f"story:{story}") is not None)
        assert draft.open_story.save_state.startswith("Not saved: "), (
            "there is no version of it yet"
        )
    draft.save()
    settle()
    assert draft.open_story.save_state.startswith("Version 2 saved ")
    assert reading(desk).stored(story).story.headline == "Must not be lost"


def test_text_stays_in_memory_when_nothing_can_be_written(
    draft: Draft, desk: Desk, write: Write, hands: Any, problems: list[EditorError], settle: Settle
) -> None:
    story, other = write("ferry"), write("other")
    hands.open(story)
    headline(draft, "Must not be lost")
    safe: list[bool] = []
    with files_of_at_most(0):
        draft.close(safe.append)
        settle()
    assert safe == [False], "neither the desk nor the journal took it"
    assert "Must not be lost" in problems[-1].sentence
    hands.open(story)
    assert draft.typed.headline == "Must not be lost", "it was still in memory"
    hands.open(other)
    settle()
    assert reading(desk).stored(story).story.headline == "Must not be lost"


def test_journal_that_refuses_is_reported_once_and_tried_again(
    draft: Draft,
    desk: Desk,
    write: Write,
    hands: Any,
    qtbot: QtBot,
    problems: list[EditorError],
) -> None:
    story = write("ferry")
    hands.open(story)
    shutil.rmtree(desk.path / "drafts", ignore_errors=True)
    (desk.path / "drafts").write_text("not a folder")
    headline(draft, "One")
    qtbot.waitUntil(lambda: draft.open_story.save_state.startswith("Not saved: "))
    (desk.path / "drafts").unlink()
    headline(draft, "Two")
    qtbot.waitUntil(lambda: draft.open_story.save_state.startswith("Kept on this computer "))
    assert len(problems) == 1
    entry = desk.journal.read(f"story:{story}")
    assert entry is not None
    assert entry["story"]["headline"] == "Two"


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as on a disk that is full."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_text_saved_beside_a_newer_version_is_a_version_of_its_own(
    draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "Mine")
    theirs = replace(reading(desk).stored(story).story, headline="Theirs")
    desk.do(SaveStory(theirs, 1), WRITER)
    draft.save()
    settle()
    assert draft.open_story.save_state.startswith("Version 3 saved ")
    assert draft.typed.headline == "Mine"
    assert [row.author for row in reading(desk).versions(story)] == [CHIEF, WRITER, WRITER]
    assert [row.headline for row in reading(desk).versions(story)][:2] == ["Mine", "Theirs"]
    assert reading(desk).leaves(story) == (2, 3)
    assert draft.open_story.notice is not None
    assert draft.open_story.notice.about is NoticeKind.RECONCILE
    assert draft.open_story.notice.sentence == "This story has two versions to reconcile: 2 and 3."


def test_notice_reconciles_two_versions(
    draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle, qtbot: QtBot
) -> None:
    story = write("ferry")
    one = reading(desk).stored(story).story
    desk.do(SaveStory(replace(one, headline="One"), 1), WRITER)
    desk.do(SaveStory(replace(one, headline="Other"), 1), CHIEF)
    hands.open(story)
    headline(draft, "Other, and more")
    assert draft.open_story.notice is not None
    [(_label, reconcile)] = draft.open_story.notice.actions
    with qtbot.waitSignal(draft.reconcile_asked):
        reconcile()
    settle()
    assert draft.open_story.leaves == (2, 4), "what was typed is in one of them"
    draft.session.run(Reconcile(story, (2, 4), replace(draft.typed, headline="Both")), owner=draft)
    settle()
    assert draft.typed.headline == "Both"
    assert draft.open_story.notice is None


def test_notice_shows_a_version_saved_meanwhile(
    draft: Draft, desk: Desk, session: Session, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "Mine")
    desk.do(SaveStory(replace(reading(desk).stored(story).story, headline="Theirs"), 1), WRITER)
    session.reload()
    settle()
    assert draft.open_story.notice is not None
    assert draft.open_story.notice.about is NoticeKind.NEWER
    assert WRITER in draft.open_story.notice.sentence
    (_label, beside), _other = draft.open_story.notice.actions
    beside()
    settle()
    assert reading(desk).leaves(story) == (2, 3)
    assert reading(desk).stored(story, 3).story.headline == "Mine"


def test_text_left_after_a_newer_version_is_saved_beside_it(
    draft: Draft, desk: Desk, session: Session, write: Write, hands: Any, settle: Settle
) -> None:
    messages: list[str] = []
    session.message.connect(lambda sentence, _undo: messages.append(sentence))
    story, other = write("ferry"), write("other")
    hands.open(story)
    headline(draft, "Mine")
    desk.do(SaveStory(replace(reading(desk).stored(story).story, headline="Theirs"), 1), WRITER)
    hands.open(other)
    settle()
    assert "“Mine”" in messages[-1]
    assert "two versions to reconcile" in messages[-1]
    assert [row.headline for row in reading(desk).versions(story)][:2] == ["Mine", "Theirs"]
    hands.open(story)
    assert draft.typed.headline == "Mine"
    assert draft.open_story.notice is not None
    assert draft.open_story.notice.about is NoticeKind.RECONCILE
    assert not draft.open_story.is_unsaved


def test_own_version_stays_in_the_form_while_another_is_beside_it(
    draft: Draft, desk: Desk, session: Session, write: Write, hands: Any, settle: Settle
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "Mine")
    theirs = reading(desk).stored(story).story
    desk.do(SaveStory(replace(theirs, headline="Theirs"), 1), WRITER)
    draft.save()
    settle()
    desk.do(SaveStory(replace(theirs, headline="Theirs, longer"), 2), WRITER)
    desk.do(Spike(story, 4), CHIEF)
    session.reload()
    settle()
    assert (draft.typed.headline, draft.open_story.is_unsaved) == ("Mine", False)
    assert draft.open_story.notice is not None
    assert draft.open_story.notice.sentence.endswith("3 and 4.")
    assert draft.open_story.state.stage is Stage.SPIKED, "what stage it is at is seen all the same"


def test_using_theirs_can_be_undone(
    draft: Draft, desk: Desk, session: Session, write: Write, hands: Any, qtbot: QtBot
) -> None:
    story = write("ferry")
    hands.open(story)
    headline(draft, "Mine")
    desk.do(SaveStory(replace(reading(desk).stored(story).story, headline="Theirs"), 1), WRITER)
    session.reload()
    qtbot.waitUntil(lambda: draft.open_story.notice is not None)
    draft.use_theirs()
    assert draft.typed.headline == "Theirs"
    assert not draft.open_story.is_unsaved
    draft.undo()
    assert draft.typed.headline == "Mine"


def test_change_by_somebody_else_is_shown_when_nothing_is_unsaved(
    draft: Draft, desk: Desk, session: Session, write: Write, hands: Any, qtbot: QtBot
) -> None:
    story = write("ferry")
    hands.open(story)
    desk.do(SaveStory(replace(reading(desk).stored(story).story, headline="Theirs"), 1), WRITER)
    session.reload()
    qtbot.waitUntil(lambda: draft.typed.headline == "Theirs")
    assert draft.open_story.notice is None
    assert not draft.open_story.is_unsaved


def test_new_stage_is_shown(
    draft: Draft, session: Session, write: Write, hands: Any, qtbot: QtBot
) -> None:
    story = write("ferry")
    hands.open(story)
    session.run(Submit(story, 1), owner=session)
    qtbot.waitUntil(lambda: draft.open_story.state.stage is Stage.REVIEW)
    session.run(AddNote(story, "Which pier?"), owner=session)
    assert draft.typed.slug == "ferry"


def test_spiked_story_is_not_changed(draft: Draft, write: Write, hands: Any) -> None:
    hands.open(write("ferry", "Put aside", stage=Stage.SPIKED))
    assert not draft.can_edit
    assert draft.why_locked is not None
    headline(draft, "Changed")
    assert draft.typed.headline == "Put aside"


@pytest.mark.parametrize(
    ("pieces", "steps"),
    [
        (["F", "Fe", "Fer", "Ferry"], 1),
        (["F", "Fe", "Fe ", "Fe l", "Fe la"], 2),
        (["Fe", "Fe", "Fe pasted text", "Fe pasted text!"], 3),
        (["Ferry", "Ferr", "Fer", "Fe"], 2),
    ],
)
def test_undo_steps_are_about_a_word(draft: Draft, pieces: list[str], steps: int) -> None:
    draft.new()
    for piece in pieces:
        headline(draft, piece)
    assert draft.stack.count() == steps
    for _step in range(steps):
        draft.undo()
    assert draft.typed.headline == ""
    for _step in range(steps):
        draft.redo()
    assert draft.typed.headline == pieces[-1]


def test_fix_is_one_undo_step(
    draft: Draft, desk: Desk, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("ferry", body="Two  spaces and two  more."))
    qtbot.waitUntil(lambda: any(finding.fixes for finding in draft.open_story.findings))
    [fix] = [fix for finding in draft.open_story.findings for fix in finding.fixes]
    draft.apply_fix(fix)
    assert draft.typed.body == "Two spaces and two more."
    draft.undo()
    assert draft.typed.body == "Two  spaces and two  more."


def test_fix_found_in_an_earlier_text_is_refused(
    draft: Draft, write: Write, hands: Any, qtbot: QtBot, problems: list[EditorError]
) -> None:
    hands.open(write("ferry", body="Two  spaces."))
    qtbot.waitUntil(lambda: any(finding.fixes for finding in draft.open_story.findings))
    [fix] = [fix for finding in draft.open_story.findings for fix in finding.fixes]
    draft.edit(replace(draft.typed, body="Shorter."), "body")
    draft.apply_fix(fix)
    assert draft.typed.body == "Shorter."
    assert "changed" in problems[0].sentence


def test_fix_in_the_banner_is_a_command(
    draft: Draft, desk: Desk, write: Write, hands: Any, qtbot: QtBot, settle: Settle
) -> None:
    from editor.core.brief import Banner, Brief
    from editor.core.commands import SaveBanner

    briefs = Banner((Brief("b1", "Dock sold for $3 bn", "The sale took a year."),))
    messages: list[str] = []
    draft.session.message.connect(lambda text, _undo: messages.append(text))
    draft.session.run(SaveBanner(briefs, reading(desk).banner().hash), owner=draft)
    settle()
    hands.open(write("ferry", body="The pier cost $4bn to build."))
    qtbot.waitUntil(lambda: any(finding.fixes for finding in draft.open_story.findings))
    fix = next(fix for finding in draft.open_story.findings for fix in finding.fixes)
    draft.apply_fix(fix)
    settle()
    assert "$3bn" in reading(desk).banner().briefs[0].title
    assert messages


def test_draft_deleted_while_it_saves_and_opens(
    session: Session, desk: Desk, write: Write, settle: Settle
) -> None:
    draft, story, saved = Draft(session), write("ferry"), list[bool]()
    draft.new()
    headline(draft, "Saved all the same")
    draft.save(lambda: saved.append(True))
    draft.open(story)
    shiboken6.delete(draft)
    settle()
    assert "Saved all the same" in [row.headline for row in reading(desk).rows()]
    assert saved == []
