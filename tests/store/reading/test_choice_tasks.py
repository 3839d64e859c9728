"""Many stories are chosen by processes, which choose what this one would."""

from __future__ import annotations

from typing import Any

import pytest

from editor.core.commands import Kill, Publish
from editor.errors import Cancelled, NotApproved
from editor.progress import Progress
from editor.store.db.engine import plain
from editor.store.desk import Desk
from editor.store.log.logs import LogOwner, read_owners
from editor.store.log.traces import read_traces
from editor.store.reading import choice_tasks, edition_choice
from editor.store.reading.choice_tasks import ChoiceTask
from editor.store.reading.editions import Chooser, Instants
from editor.store.reading.verifying_process import ProcessEnded, VerifyingProcess
from tests.reading import reading
from tests.store.conftest import MARA, TOM, approved, change_database


@pytest.fixture
def stories(desk: Desk) -> list[str]:
    ids = [approved(desk, f"Story {number}", slug=f"story-{number}") for number in range(5)]
    desk.do(Publish(ids[0], 1), TOM)
    desk.do(Kill(ids[0], 1, "Wrong."), MARA)
    return ids


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, however few stories there are, and none is chosen here."""
    monkeypatch.setattr(edition_choice, "MANY", 1)
    monkeypatch.setattr(choice_tasks, "AT_ONCE", 2)
    monkeypatch.setattr(edition_choice, "processes_at_once", lambda: 2)


def export(desk: Desk, **options: Any) -> Any:
    return reading(desk).edition(None, desk._clock(), **options)


@pytest.mark.usefixtures("stories", "processes")
def test_processes_choose_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Chooser, "choose", None)
        found = export(desk)
    monkeypatch.setattr(edition_choice, "MANY", 1_000)
    desk.exports._file._remove()
    expected = export(desk)
    assert len(found.listings) == 4
    for name in ("listings", "withdrawn", "expired", "left_out", "former_slugs"):
        assert getattr(found, name) == getattr(expected, name)


@pytest.mark.usefixtures("processes")
def test_story_that_may_not_leave_is_refused_with_the_same_sentence(
    desk: Desk, stories: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for story in stories[1:3]:
        change_database(desk, "UPDATE stories SET live_version = 1 WHERE id = ?", story)
    with monkeypatch.context() as patch:
        patch.setattr(Chooser, "choose", None)
        with pytest.raises(NotApproved) as beside:
            export(desk)
    monkeypatch.setattr(edition_choice, "MANY", 1_000)
    with pytest.raises(NotApproved) as here:
        export(desk)
    assert str(beside.value) == str(here.value)
    assert "story-1" in str(here.value)


@pytest.mark.usefixtures("stories", "processes")
def test_process_that_does_not_answer_is_done_without(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(self: VerifyingProcess, _task: object) -> None:
        self.end()
        raise ProcessEnded

    monkeypatch.setattr(VerifyingProcess, "ask", end)
    assert len(export(desk).listings) == 4


@pytest.mark.usefixtures("stories", "processes")
def test_choosing_beside_stops_when_it_is_cancelled(desk: Desk) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        export(desk, progress=progress)


@pytest.mark.parametrize("what", ["", "tokens", "owners", "traces"])
def test_another_state_than_was_verified_is_not_judged(
    desk: Desk, stories: list[str], what: str
) -> None:
    with desk.read() as snapshot:
        chain, raw = snapshot.masthead(), plain(snapshot.connection)
        signed = {log: tip[0] for log, tip in snapshot._verified_logs().tips.items()}
        now = desk._clock()
        task = ChoiceTask(
            *(desk.path, stories, Instants(now, now), chain.tokens),
            *(read_owners(snapshot.connection), signed, read_traces(raw, stories)),
        )
        other: dict[str, Any] = {
            "tokens": chain.tokens[:-1],
            "owners": {**task.owners, "l": LogOwner("Mara", "k")},
            "traces": {**task.traces, stories[0]: b"other"},
        }
        if what:
            with pytest.raises(ProcessEnded):
                task._replace(**{what: other[what]}).run(snapshot.connection, lambda _count: None)
        else:
            packed, refused = task.run(snapshot.connection, lambda _count: None)
            assert refused == []
            assert len(choice_tasks._outcomes.decode(packed)) == 5
