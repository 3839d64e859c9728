"""Progress, resources, languages and crash reports."""

from __future__ import annotations

import sys

import pytest

from editor import i18n
from editor.errors import Cancelled
from editor.log import crash_report, save_crash_report
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


def test_resources_exist() -> None:
    assert resource().is_dir()


def test_plural_fills_in_the_count() -> None:
    assert i18n.plural("{n} word", "{n} words", 1) == "1 word"
    assert i18n.plural("{n} word", "{n} words", 0) == "0 words"


def test_unknown_language_falls_back_to_english() -> None:
    i18n.use_language("tlh-KX")
    assert i18n._("Export…") == "Export…"


def test_crash_report_has_the_frames_but_no_story_text() -> None:
    try:
        raise RuntimeError("SECRET headline")
    except RuntimeError as error:
        report = crash_report(type(error), error, error.__traceback__)
        path = save_crash_report(type(error), error, error.__traceback__)
    assert "RuntimeError" in report
    assert "test_leaves.py" in report
    assert "SECRET" not in report
    assert path is not None
    assert path.is_relative_to(data_folder())
    assert path.read_text(encoding="utf-8") == report
    assert sys.platform in report
