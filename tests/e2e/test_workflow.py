"""The command line, the handlers and imports follow the workflow table.

Every action by every role is tried in every state. The write door itself is tested
in `tests/store/test_door.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from editor.cli import main
from editor.core.commands import (
    Approve,
    Command,
    Correct,
    ImportItems,
    Kill,
    Publish,
    Reconcile,
    Restore,
    Return,
    SaveStory,
    Spike,
    Submit,
    Unspike,
    Update,
    Withdraw,
)
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Correction, Story
from editor.core.workflow import TABLE, Action, Publication, Stage, State
from editor.errors import EditorError, KeyUnavailable, NotAllowed
from editor.store.commands.handlers import HANDLERS
from editor.store.commands.transaction import Transaction
from editor.store.db.engine import Database
from editor.store.desk import Desk
from editor.store.log.own_logs import OwnLogs
from editor.store.log.writer import LogWriter, Signer
from tests.people import approving, joining
from tests.reading import every_slug, reading
from tests.states import story_in

CHIEF, EDITOR, WRITER = "Mara Quist", "Tom Adeyemi", "Lina Haddad"
BY = {Role.CHIEF: CHIEF, Role.EDITOR: EDITOR, Role.JOURNALIST: WRITER}
STATES = [State(stage, publication) for stage, publication in product(Stage, Publication)]

DOING: dict[Action, Callable[[str, int], Command]] = {
    Action.SAVE: lambda id, version: SaveStory(Story(id=id, headline="Other words"), version),
    Action.RESTORE: lambda id, version: Restore(id, version, 1),
    Action.RECONCILE: lambda id, _: Reconcile(id, (2, 3), Story(id=id, headline="Joined")),
    Action.SUBMIT: Submit,
    Action.WITHDRAW: Withdraw,
    Action.RETURN: lambda id, version: Return(id, version, "Who says so?"),
    Action.APPROVE: lambda id, version: Approve(id, version, ""),
    Action.PUBLISH: Publish,
    Action.CORRECT: lambda id, version: Correct(id, version, "The pier is in Lisbon."),
    Action.UPDATE: Update,
    Action.KILL: lambda id, version: Kill(id, version, "It was never true."),
    Action.SPIKE: Spike,
    Action.UNSPIKE: Unspike,
}


def _without_note(action: Action) -> Callable[[str], list[str]]:
    return lambda slug: [action.verb, slug]


WORDS: dict[Action, Callable[[str], list[str]]] = {
    Action.RESTORE: lambda slug: ["restore", slug, "1"],
    Action.RETURN: lambda slug: ["return", slug, "--note", "Who says so?"],
    Action.CORRECT: lambda slug: ["correct", slug, "--note", "The pier is in Lisbon."],
    Action.KILL: lambda slug: ["kill", slug, "--note", "It was never true."],
    **{
        action: _without_note(action)
        for action in (
            Action.SUBMIT,
            Action.WITHDRAW,
            Action.APPROVE,
            Action.PUBLISH,
            Action.UPDATE,
            Action.SPIKE,
            Action.UNSPIKE,
        )
    },
}


AT = "2029-03-03T12:00:00Z"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.create(
        tmp_path / "post.desk", House("Harbour Post"), Person(CHIEF, Role.CHIEF)
    ) as desk:
        desk.do(joining(EDITOR, Role.EDITOR), CHIEF)
        desk.do(joining(WRITER, Role.JOURNALIST), CHIEF)
        yield desk


def test_every_workflow_action_has_a_verb_except_those_of_the_window() -> None:
    assert set(WORDS) == set(Action) - {Action.SAVE, Action.RECONCILE}
    assert set(DOING) == set(Action)


@pytest.mark.parametrize("state", STATES, ids=lambda state: f"{state.stage}-{state.publication}")
def test_command_line_follows_the_workflow_table(
    desk: Desk, state: State, capsys: pytest.CaptureFixture[str]
) -> None:
    story = slug = ""
    # What is refused comes first: the story is as it was, and serves the next one.
    tries = sorted(product(WORDS, Role), key=lambda pair: (pair[0], state, pair[1]) in TABLE)
    for action, role in tries:
        if not story:
            story = story_in(desk, state, WRITER, EDITOR)
            slug = every_slug(desk)[story]
        words = WORDS[action](slug)
        code = main([*words, "--desk", str(desk.path), "--as", BY[role]])
        output = capsys.readouterr()
        to = TABLE.get((action, state, role))
        row = reading(desk).row(story)
        assert row.state == (to or state), (action, role)
        assert code == (0 if to else 1), (action, role, output.err)
        if to is None:
            assert output.out == ""
            assert output.err.rstrip().endswith("."), "a sentence and a hint"
            assert output.err.count(".") >= 2
            assert row.version == 2
        elif row.state != state or row.version != 2:
            story = ""


@pytest.mark.parametrize("split", [False, True], ids=["one leaf", "two leaves"])
def test_handlers_follow_the_workflow_table(desk: Desk, split: bool) -> None:
    """Called with no keys at hand, as nothing of ours does: then nothing is signed either."""
    database = Database(desk.path)
    actions = [action for action in Action if (action is Action.RECONCILE) is split]
    for state in STATES:
        story = story_in(desk, state, WRITER, EDITOR, split=split)
        latest = reading(desk).row(story).version
        for action, role in product(actions, Role):
            to = TABLE.get((action, state, role))
            command = DOING[action](story, latest)
            if action is Action.APPROVE:
                command = approving(desk, story, latest)
            outcome = raw(desk, database, Person(BY[role], role), command)
            if to is None:
                assert isinstance(outcome, NotAllowed), (action, state, role)
            elif action not in {Action.SAVE, Action.RECONCILE}:
                assert isinstance(outcome, KeyUnavailable), (action, state, role)
            else:
                assert outcome == to, (action, state, role)
            if isinstance(outcome, EditorError):
                assert outcome.sentence.endswith(".")
                assert outcome.hint.endswith(".")
    database.close()


class _Undo(Exception):
    """Takes back what a handler did."""


def raw(desk: Desk, database: Database, person: Person, command: Command) -> State | EditorError:
    """Run a handler without the write door, and undo it; return the state it leads to."""
    outcome: State | EditorError = State()
    try:
        with database.write() as connection:
            chain = reading(desk).masthead()
            public = chain.latest.member(person.name).keys[0]
            signer = Signer(chain.desk, person.name, public)
            writer = LogWriter(connection, OwnLogs(), signer)
            transaction = Transaction(connection, desk.path, person, AT, signer, writer)
            changes = HANDLERS[type(command)](transaction, command)
            outcome = transaction.row(changes.ids("story")[0]).state
            raise _Undo
    except _Undo:
        pass
    except EditorError as refusal:
        outcome = refusal
    return outcome


@pytest.mark.parametrize("role", Role)
def test_import_cannot_set_a_stage(desk: Desk, role: Role) -> None:
    pretending = Story(
        id="f" * 32,
        slug="ferry",
        headline="Ferry",
        corrections=(Correction("Not so.", "2026-03-01T00:00:00Z"),),
    )
    known = story_in(desk, State(Stage.APPROVED), WRITER, EDITOR)
    again = replace(reading(desk).stored(known).story, headline="Replaced")
    ids = desk.do(ImportItems((pretending, again)), BY[role]).ids("story")
    assert known not in ids
    assert "f" * 32 not in ids
    for id in ids:
        assert reading(desk).row(id).state == State(Stage.DRAFT, Publication.NEVER)
        assert reading(desk).stored(id).approval is None
        assert reading(desk).stored(id).story.corrections == ()
    assert reading(desk).row(known).headline == "Ferry resumes"
    assert reading(desk).row(known).state == State(Stage.APPROVED)


def test_imported_file_that_claims_approval_is_a_draft(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wire.txt"
    file.write_text(
        "Stage: approved\nPublication: live\nApproved-By: Mara Quist\n\n"
        "Ferry resumes after storm\n\nLISBON, March 3 – The ferry sails again.\n"
    )
    for role in Role:
        assert main(["import", str(file), "--desk", str(desk.path), "--as", BY[role]]) == 0
    capsys.readouterr()
    assert reading(desk).count() >= len(Role)
    for row in reading(desk).rows():
        assert row.state == State(Stage.DRAFT, Publication.NEVER)
        assert reading(desk).stored(row.id).approval is None
