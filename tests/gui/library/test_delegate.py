"""Headlines in a narrow column: three lines at most, from the side their language starts."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QApplication

from editor.gui.library.delegate import headline_layout

ARABIC = "افتتاح الرصيف الشمالي في ميناء إليري بعد أحد عشر شهراً من العاصفة التي دمرت نصفه"


def laid_out(text: str, width: int = 240, mirrored: bool = False) -> QTextLayout:
    return headline_layout(text, QApplication.font(), width, mirrored)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "word " * 200,
        "W" * 2000,
        "🏛️⛵👩🏽‍🚒" * 90,
        "a\u202eb" * 200,
        "line\nline\nline\nline\nline",
    ],
)
@pytest.mark.parametrize("width", [1, 80, 240])
def test_any_headline_fits_in_three_lines(text: str, width: int) -> None:
    layout = laid_out(text, width)
    assert layout.lineCount() <= 3
    if width == 240:
        widest = max(layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount()))
        assert widest <= width


def test_only_longer_headlines_are_elided() -> None:
    assert "…" not in laid_out("Norland orders two electric ferries").text()
    long = "Norland orders two electric ferries after a year of talks between fishers and port"
    layout = laid_out(long * 2)
    assert layout.text().endswith("…")
    assert layout.text()[:60] == long[:60]


def test_emoji_are_not_cut_in_half() -> None:
    text = "⛵👩🏽‍🚒 " * 60
    shown = laid_out(text).text()
    assert shown.encode("utf-16-le").decode("utf-16-le") == shown
    assert "\ufffd" not in shown


def test_arabic_starts_at_the_right() -> None:
    # A line is of no use without its layout, so both are kept.
    arabic, english = laid_out(ARABIC, mirrored=True), laid_out("Norland orders two ferries")
    assert arabic.lineAt(0).cursorToX(0)[0] == pytest.approx(240, abs=2)
    assert english.lineAt(0).cursorToX(0)[0] == pytest.approx(0, abs=1)
