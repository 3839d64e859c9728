"""Progress, resources and languages."""

from __future__ import annotations

import subprocess

import pytest

from editor import i18n
from editor.errors import Cancelled
from editor.places import data_folder
from editor.progress import Progress
from editor.resources import resource


def test_progress_reports_and_cancels_at_the_next_report() -> None:
    seen: list[tuple[int, int, str]] = []
    progress = Progress(lambda *step: seen.append(step))
    progress.report(1, 3, "pages")
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.report(2, 3)
    assert seen == [(1, 3, "pages")]
    assert progress.cancelled


def test_toolkit_prints_to_a_file_and_the_program_to_the_terminal(python: str) -> None:
    # In lines: from Python 3.13 on a traceback shows the one that failed.
    script = "\n".join(
        [
            "import os, sys",
            "from editor.log import divert_toolkit_output",
            "os.write(2, b'before')",
            "divert_toolkit_output()",
            "os.write(2, b'ERROR:bus.cc Failed to connect')",
            "print('ours', file=sys.stderr)",
            "raise ValueError('still seen')",
        ]
    )
    found = subprocess.run(  # noqa: PLW1510 - it fails on purpose
        [python, "-c", script], capture_output=True, text=True, encoding="utf-8"
    )
    assert found.stderr.startswith("beforeours")
    assert "ValueError: still seen" in found.stderr
    assert "bus.cc" not in found.stderr
    assert (data_folder() / "logs" / "qt.log").read_bytes() == b"ERROR:bus.cc Failed to connect"


def test_resources_exist() -> None:
    assert resource().is_dir()


def test_plural_fills_in_the_count() -> None:
    assert i18n.plural("{n} word", "{n} words", 1) == "1 word"
    assert i18n.plural("{n} word", "{n} words", 0) == "0 words"


def test_unknown_language_falls_back_to_english() -> None:
    i18n.use_language("tlh-KX")
    assert i18n._("Export…") == "Export…"
