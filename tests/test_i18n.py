"""What is said in the user's language."""

from __future__ import annotations

import pytest

from editor.i18n import size_text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "1 kB"),
        (870_400, "870 kB"),
        (1_340_000, "1.3 MB"),
        (12_300_000, "12 MB"),
        (1_340_000_000, "1.3 GB"),
    ],
)
def test_size_is_said_in_the_unit_that_fits(size: int, text: str) -> None:
    assert size_text(size) == text
