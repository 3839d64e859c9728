"""Readers get the same bytes, whatever language the person who exports reads the window in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from editor.formats.export import write_files
from editor.formats.exporters import find_exporter
from editor.formats.output import MemoryOutput
from editor.i18n import _, use_language
from editor.progress import Progress
from tests.formats.site.edition import edition


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English again after the test."""
    yield
    use_language("en")


def exported(kind: str, language: str) -> dict[str, bytes]:
    use_language(language)
    with MemoryOutput() as output:
        write_files(edition(), find_exporter(kind), output, Progress())
    return output.files


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("kind", ["site", "api", "bundle"])
def test_export_is_the_same_in_any_language_of_the_window(kind: str) -> None:
    before, after = exported(kind, "en"), exported(kind, "ar-EG")
    assert _("Cancel") != "Cancel", "the window speaks Arabic"
    assert len(before) > 10
    assert {path for path in before if before[path] != after[path]} == set()
    assert before.keys() == after.keys()
