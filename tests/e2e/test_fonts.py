"""The site's sizes are the same whatever fonts a reader has: its tests with one family only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

sys.path.append(str(ROOT / "packaging"))

from system import FONT_FOLDERS

_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
_TESTS = "fits_a_small_phone or large_enough_for_a_finger"


def font_files(family: str) -> list[Path]:
    """Return the files of one family that are where Linux has fonts for all of its users."""
    # A bare system has no program that lists them.
    found = (Path(folder).rglob(f"{family}*.[ot]t[cf]") for folder in FONT_FOLDERS)
    return [file for files in found for file in files]


@pytest.mark.parametrize(
    "family",
    [
        "DejaVu",
        pytest.param("DejaVuSansMono", marks=pytest.mark.slow),
        pytest.param("DejaVuSerif", marks=pytest.mark.slow),
        "Noto",
        "none",
    ],
)
def test_pages_fit_and_links_are_large_enough_with_one_family(family: str, tmp_path: Path) -> None:
    files = font_files(family)
    if not files and family != "none":
        pytest.skip(f"{family} is not installed")
    for file in files:
        (tmp_path / file.name).symlink_to(file)
    config = tmp_path / "fonts.conf"
    config.write_text(_CONFIG.format(folder=tmp_path), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-rs", "tests/e2e/test_site.py",
         "-k", _TESTS],
        env={**os.environ, "FONTCONFIG_FILE": str(config), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert ("no font" in done.stdout) is (family == "none"), done.stdout
