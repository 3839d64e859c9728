"""Keys on this computer: what is known of them, and asking for a passphrase in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.errors import EditorError, KeyUnavailable
from editor.gui.jobs import Jobs
from editor.gui.keys import KeyState, NotSigned, read_keys
from editor.gui.session import Session
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.sample import make_sample
from editor.settings import Settings
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder, choose_key_store, ensure_key
from tests.gui.conftest import CHIEF, EDITOR, WRITER
from tests.people import joining
from tests.reading import reading

Settle = Callable[[], None]
Write = Callable[..., str]


@pytest.fixture
def elsewhere(desk: Desk, tmp_path: Path) -> str:
    """Somebody on the desk whose key is on another computer."""
    keys = KeyFolder(tmp_path / "elsewhere", "passphrase", cost=1)
    desk.do(joining("Quirin Vos", Role.EDITOR, keys), CHIEF)
    return "Quirin Vos"


@pytest.fixture
def shown(qtbot: QtBot) -> QWidget:
    """A window that is shown."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def bar(session: Session, shown: QWidget) -> PassphraseBar:
    """A bar in that window."""
    made = PassphraseBar(session)
    QVBoxLayout(shown).addWidget(made)
    return made


def test_state_of_each_key_is_found_without_a_passphrase(desk: Desk, elsewhere: str) -> None:
    assert read_keys(desk).states == {
        CHIEF: KeyState.OPEN,
        EDITOR: KeyState.OPEN,
        WRITER: KeyState.OPEN,
        elsewhere: KeyState.ABSENT,
    }
    desk.lock_keys()
    assert read_keys(desk).states[CHIEF] is KeyState.LOCKED
    ensure_key(choose_key_store(), elsewhere)
    assert read_keys(desk).states[elsewhere] is KeyState.UNLISTED


def test_newcomer_on_the_sample_meets_no_key(tmp_path: Path) -> None:
    with make_sample(tmp_path / "Sample.desk") as sample:
        known = read_keys(sample)
    assert set(known.states.values()) == {KeyState.OPEN}
    assert known.is_sample
    assert not known.has_passphrase


def test_refused_command_is_carried_out_once_the_passphrase_was_given(
    session: Session, bar: PassphraseBar, write: Write, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    story = write("ferry")
    desk.lock_keys()
    problems: list[EditorError] = []
    done: list[object] = []
    for _number in range(2):
        session.run(Submit(story, 1), owner=session, done=done.append, failed=problems.append)
    settle()
    assert bar.text() == f"Your passphrase, to sign as {CHIEF}"
    assert problems == []
    bar.field.first.setText("test")
    bar.unlock()
    settle()
    assert len(done) == 1, "both were tried again, and the second one is refused by the workflow"
    assert len(problems) == 1
    assert not isinstance(problems[0], KeyUnavailable)
    assert bar.text() == ""
    assert session.keys.state(CHIEF) is KeyState.OPEN


def test_save_waits_unsigned_and_is_signed_when_the_key_is_unlocked(
    session: Session, bar: PassphraseBar, desk: Desk, settle: Settle
) -> None:
    session.lock_keys()
    settle()
    session.run(SaveStory(Story(slug="ferry")), owner=session)
    settle()
    assert bar.text() == "", "nobody is asked because of a save"
    assert reading(desk).verify_audit().unsigned == ((CHIEF, 1),)
    session.keys.unlock(CHIEF, "test", owner=session, done=lambda: None, failed=lambda _e: None)
    settle()
    assert reading(desk).verify_audit().unsigned == ()


def test_wrong_passphrase_is_named_beside_the_field(
    session: Session, bar: PassphraseBar, write: Write, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    story = write("ferry")
    desk.lock_keys()
    session.run(Submit(story, 1), owner=session)
    settle()
    qtbot.keyClicks(bar.field.first, "wrong")
    qtbot.keyClick(bar.field.first, Qt.Key.Key_Return)
    settle()
    assert bar.field.problem() == "The passphrase does not open this key. Nothing is lost."
    assert bar.field.text() == "wrong"
    assert session.keys.state(CHIEF) is KeyState.LOCKED
    qtbot.keyClicks(bar.field.first, "t")
    assert bar.field.problem() == "", "until it is typed again"


def test_whoever_does_not_sign_is_not_told_of_a_problem(
    session: Session, bar: PassphraseBar, write: Write, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    story = write("ferry")
    desk.lock_keys()
    problems: list[EditorError] = []
    session.run(Submit(story, 1), owner=session, failed=problems.append)
    settle()
    qtbot.keyClick(bar.field.first, Qt.Key.Key_Escape)
    assert [type(problem) for problem in problems] == [NotSigned]


def test_what_happens_by_itself_never_asks(
    session: Session, bar: PassphraseBar, write: Write, desk: Desk, settle: Settle
) -> None:
    story = write("ferry")
    desk.lock_keys()
    problems: list[EditorError] = []
    command = Submit(story, 1)
    session.run(command, owner=session, failed=problems.append, may_ask=False)
    settle()
    assert bar.text() == ""
    assert [type(problem) for problem in problems] == [KeyUnavailable]


def test_without_a_bar_the_refusal_itself_is_the_problem(
    session: Session, write: Write, desk: Desk, settle: Settle, problems: list[EditorError]
) -> None:
    story = write("ferry")
    desk.lock_keys()
    session.run(Submit(story, 1), owner=session)
    settle()
    assert [type(problem) for problem in problems] == [KeyUnavailable]


def test_wrong_passphrase_of_the_environment_is_asked_for(
    session: Session,
    bar: PassphraseBar,
    write: Write,
    desk: Desk,
    settle: Settle,
) -> None:
    story = write("ferry")
    desk.lock_keys()
    desk.unlock("not the one")
    session.run(Submit(story, 1), owner=session)
    settle()
    assert bar.text() != ""
    bar.close_bar()


def test_somebody_whose_key_is_here_works_here(jobs: Jobs, tmp_path: Path, settle: Settle) -> None:
    keys = KeyFolder(tmp_path / "elsewhere", "passphrase", cost=1)
    house = House("Hill News")
    with Desk.create(tmp_path / "Hill.desk", house, Person("Mara Quill", Role.CHIEF), keys=keys):
        pass
    with Desk.open(tmp_path / "Hill.desk", keys=keys) as made:
        made.do(joining("Zoe Hart", Role.JOURNALIST), "Mara Quill")
    with Desk.open(tmp_path / "Hill.desk") as desk:
        ensure_key(choose_key_store(), "Mara Quill")
        session = Session(desk, jobs, Settings(person=""))
        assert session.person.name == "Mara Quill"
        session.keys.read()
        settle()
        assert session.person.name == "Zoe Hart", "the chief's key here is another one"
        session.set_person("Mara Quill")
        settle()
        assert not session.can_sign, "but others may be chosen, to read"
