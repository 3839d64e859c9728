"""What a message said can be read after it has gone."""

from __future__ import annotations

from collections.abc import Callable

from editor.core.workflow import Stage
from editor.errors import BadInput
from editor.gui.session import Session
from editor.gui.window.messages import MessageLog, MessagesDialog
from tests.gui.conftest import EDITOR, OpenWindow, Settle, ShowDialog


def test_message_and_its_problem_are_read_again_in_the_window(
    open_window: OpenWindow, write: Callable[..., str], settle: Settle
) -> None:
    story = write("ferry", "Ferry sails", stage=Stage.DRAFT)
    window = open_window(person=EDITOR)
    window.parts.show_story(story)
    settle()
    window.menu_actions["spike"].trigger()
    settle()
    said = window.centre.toast.text()
    assert "Ferry sails" in said
    window.centre.toast.dismiss()
    window.session.problem.emit(BadInput("The file is no text.", "Choose another."))
    window.menu_actions["messages"].trigger()
    [dialog] = window.findChildren(MessagesDialog)
    lines = dialog.text.toPlainText().splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("The file is no text.  Choose another.")
    assert lines[1].endswith(said)
    assert dialog.text.isReadOnly()
    window.centre.toast.show_text("Said by nobody’s session")
    assert "nobody" not in dialog.text.toPlainText()
    dialog.close()


def test_open_dialog_shows_what_is_said_meanwhile_and_the_oldest_goes(
    session: Session, show_dialog: ShowDialog[MessagesDialog]
) -> None:
    log = MessageLog(session)
    dialog = show_dialog(MessagesDialog(log))
    assert dialog.text.placeholderText()
    assert not dialog.text.toPlainText()
    for number in range(300):
        session.message.emit(f"Message {number}.", None)
    lines = dialog.text.toPlainText().splitlines()
    assert len(lines) == 200
    assert lines[0].endswith("Message 299.")
    assert lines[-1].endswith("Message 100.")
