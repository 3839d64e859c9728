"""Hours of typing with everything on: no character is lost, and memory stays as it was."""

from __future__ import annotations

import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.window.main_window import MainWindow
from tests.gui.hands import Hands

OpenWindow = Callable[..., MainWindow]
Settle = Callable[[], None]
Write = Callable[..., str]

_PHRASES = """harbour/ferry/council/“we’ll wait”/don't/1,200/12.5 per cent/Zürich/naïve/sea-wall
Amara Haddad's/'quietly'/"No," the board said/which is late -- very/well.../the/of/and/to/in/a/is
""".replace("\n", "/").rstrip("/")
_TYPED_FOR = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "--", "…": "...", "\u00a0": " "}
)
"""What was typed for the marks that typography makes."""
_SAMPLES = 10


def _copy(count: int) -> str:
    """Make news copy of so many characters, the same each time."""
    chance = random.Random(count)
    text = ""
    while len(text) < count:
        words = [chance.choice(_PHRASES.split("/")) for _ in range(chance.randint(4, 14))]
        text += " ".join(words).capitalize() + chance.choice([". ", ". ", "? ", ".\n\n"])
    return text[:count]


def _memory(process: int | str = "self") -> int:
    """Return the bytes in memory of this process and of those that it started."""
    folder = Path(f"/proc/{process}")
    try:
        pages = int((folder / "statm").read_text().split()[1])
        children = [
            child
            for thread in (folder / "task").iterdir()
            for child in (thread / "children").read_text().split()
        ]
    except FileNotFoundError:
        return 0  # it has ended
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(_memory, children))


def _pieces(text: str) -> Iterator[str]:
    size = len(text) // _SAMPLES
    return (text[at : at + size] for at in range(0, len(text), size))


@pytest.mark.parametrize(
    "count", [200, pytest.param(50_000, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])]
)
def test_hours_of_typing_lose_no_character_and_keep_memory_flat(
    count: int, open_window: OpenWindow, write: Write, qtbot: QtBot, settle: Settle
) -> None:
    story = write("soak", body="")
    window = open_window()
    window.parts.show_tab("preview")
    draft, body = window.parts.draft, window.parts.centre.form.body
    hands = Hands(qtbot, draft, settle)
    hands.open(story)
    text, memory = _copy(count), list[int]()
    for piece in _pieces(text):
        for character in piece:
            hands.type(body, character)
            QApplication.processEvents()
        settle()
        memory.append(_memory() if sys.platform == "linux" else 0)
    assert body.text().translate(_TYPED_FOR) == text.translate(_TYPED_FOR)
    assert draft.typed.body == body.text()
    if count >= 50_000 and sys.platform == "linux":
        assert statistics.median(memory[-3:]) <= 1.1 * memory[1], memory
    print(f"{count:,} characters: {[round(size / 1e6) for size in memory]} MB")
