"""Steps are joined, and those that are joined are freed."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtGui import QUndoCommand

from editor.gui.widgets.joining_stack import JoinableStep, JoiningStack


class _Word(JoinableStep):
    """Letters added to a text."""

    def __init__(self, text: list[str], letters: str) -> None:
        super().__init__()
        self.written, self.letters = text, letters

    def joins(self, other: QUndoCommand) -> bool:
        return isinstance(other, _Word) and not self.letters.endswith(" ")

    def take(self, other: QUndoCommand) -> None:
        assert isinstance(other, _Word)
        self.letters += other.letters

    def redo(self) -> None:
        self.written.append(self.letters)

    def undo(self) -> None:
        joined = "".join(self.written).removesuffix(self.letters)
        self.written[:] = [joined]


def _typed(stack: JoiningStack, words: str) -> list[str]:
    text: list[str] = []
    for letter in words:
        stack.do(_Word(text, letter))
    return text


def test_letters_of_a_word_are_one_step() -> None:
    stack = JoiningStack()
    text = _typed(stack, "two boats")
    assert stack.count() == 2
    stack.undo()
    assert "".join(text) == "two "
    stack.undo()
    assert not "".join(text)
    stack.redo()
    stack.redo()
    assert "".join(text) == "two boats"


def test_nothing_joins_what_was_saved_or_undone() -> None:
    stack = JoiningStack()
    text = _typed(stack, "bo")
    stack.setClean()
    stack.do(_Word(text, "at"))
    assert stack.count() == 2
    stack.undo()
    stack.do(_Word(text, "ot"))
    assert "".join(text) == "boot"
    assert stack.count() == 2


def test_joined_steps_are_freed() -> None:
    stack, text = JoiningStack(), list[str]()
    steps = []
    for _ in range(100):
        step = _Word(text, "a")
        steps.append(weakref.ref(step))
        stack.do(step)
    del step
    gc.collect()
    assert sum(known() is not None for known in steps) == stack.count() == 1
