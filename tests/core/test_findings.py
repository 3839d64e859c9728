"""What was found is counted the same wherever it is told."""

from __future__ import annotations

import pytest

from editor.core.findings import Finding, Level, TextPlace, count_findings


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((), "0 issues"),
        ((Level.STOPS,), "1 issue"),
        ((Level.HINT,), "1 hint"),
        ((Level.STOPS, Level.WARNING, Level.HINT, Level.HINT), "2 issues, 2 hints"),
    ],
)
def test_hints_are_counted_apart_from_issues(levels: tuple[Level, ...], said: str) -> None:
    found = [Finding("tk", level, "“TK” is left", "", TextPlace("body")) for level in levels]
    assert count_findings(found) == said
