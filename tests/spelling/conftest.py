"""A speller for a desk that has small dictionaries of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.spelling.speller import Speller
from tests.spelling.small_dictionaries import ARABIC, FRENCH, Desk, write_dictionary


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with English as it comes with Stonehand, some Arabic and some French."""
    folder = tmp_path / "Paper.desk" / "dictionaries"
    write_dictionary(folder, "ar", *ARABIC)
    write_dictionary(folder, "fr", *FRENCH)
    speller = Speller(folder.parent, tmp_path / "my-words.txt")
    yield Desk(speller)
    speller.close()
