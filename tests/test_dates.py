"""Days and times as each language writes them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from editor.dates import clock_text, day_text, moment_text, short_moment_text, utc_text
from editor.i18n import use_language
from tests.catalogues import compile_catalogues

AT = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)
YEAR_ONE = datetime(1, 1, 1, 0, 5, tzinfo=UTC)


@pytest.fixture
def arabic() -> Iterator[None]:
    """The interface in the Arabic of all countries; a test may choose one."""
    compile_catalogues()
    use_language("ar")
    yield
    use_language("en")


def test_english_has_the_forms_that_no_country_misreads() -> None:
    assert day_text(AT) == "2026-03-03"
    assert clock_text(AT) == "14:02"
    assert moment_text(AT) == "2026-03-03 14:02"
    assert moment_text(YEAR_ONE) == "0001-01-01 00:05"
    assert utc_text("2026-03-03T14:02:00Z") == "2026-03-03T14:02:00Z"


def test_day_is_left_out_of_today() -> None:
    assert short_moment_text(AT, date(2026, 3, 3)) == "14:02"
    assert short_moment_text(AT, date(2026, 3, 4)) == "3 Mar 14:02"


@pytest.mark.usefixtures("arabic")
def test_arabic_has_its_months_and_twelve_hours() -> None:
    assert day_text(AT) == "3 مارس 2026"
    assert clock_text(AT) == "2:02 م"
    assert moment_text(AT) == "3 مارس 2026، 2:02 م"
    assert short_moment_text(AT, date(2026, 3, 3)) == "2:02 م"
    assert short_moment_text(AT, date(2026, 3, 4)) == "3 مارس، 2:02 م"
    assert utc_text("2026-03-03T14:02:00Z") == "3 مارس 2026، 2:02 م بتوقيت UTC"
    assert utc_text("2026-02-31T14:02:00Z") == "2026-02-31T14:02:00Z"
    assert utc_text("yesterday") == "yesterday"


@pytest.mark.usefixtures("arabic")
def test_country_chooses_the_digits() -> None:
    use_language("ar-EG")
    assert moment_text(AT) == "٣ مارس ٢٠٢٦، ٢:٠٢ م"
    use_language("ar-MA")
    assert day_text(AT) == "3 مارس 2026"
    use_language("ar-XX")
    assert day_text(AT) == "3 مارس 2026"


def test_english_does_without_babel() -> None:
    program = (
        "import sys; from datetime import datetime; from editor.dates import moment_text;"
        "print(moment_text(datetime(2026, 3, 3, 14, 2)), 'babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"2026-03-03", b"14:02", b"False"]
