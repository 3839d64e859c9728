"""What is read of a language is the same, whatever was read of its relatives before."""

from __future__ import annotations

import subprocess
import sys

import pytest

_CODE = """
from babel.dates import get_month_names
from editor.cldr import find_locale
from editor.core.dateline import read_months
for tag in {before!r}:
    for width in ("abbreviated", "wide", "narrow"):
        for context in ("stand-alone", "format"):
            get_month_names(width, context, find_locale(tag))
print(read_months({tag!r}))
"""


def months(tag: str, *before: str) -> str:
    """What a process reads of one language, after others."""
    code = _CODE.format(tag=tag, before=before)
    command = [sys.executable, "-X", "utf8", "-c", code]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.mark.parametrize(("tag", "parent"), [("ar-SY", "ar"), ("nb", "no")])
def test_countries_are_the_same_whatever_was_read_before(tag: str, parent: str) -> None:
    assert months(tag, parent) == months(tag)
    assert "تشرين الثاني" in months("ar-SY", "ar")
