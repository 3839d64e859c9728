"""Screens with a real scale factor: the walk over every screen at 150, 200 and 300 %.

A scaled screen has as much room as one of 1024×600 at 100 %: 2048×1200 pixels at 200 %. What is
different is how letters, lines and icons are rounded to pixels.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
WIDE, HIGH = 1024, 600
_FACTOR = "QT_SCALE_FACTOR"
_WALK = "tests/gui/test_every_screen.py::test_every_screen_can_be_read[Arabic]"
_LONG_WALK = ("tests/gui/test_every_screen.py", "tests/gui/test_every_menu.py", "--slow")


@pytest.mark.skipif(_FACTOR not in os.environ, reason="is about the process of a scaled walk")
def test_screen_is_scaled(qapp: QApplication) -> None:
    screen = QGuiApplication.primaryScreen()
    assert screen.devicePixelRatio() == float(os.environ[_FACTOR])
    assert (screen.size().width(), screen.size().height()) == (WIDE, HIGH)


@pytest.mark.skipif(_FACTOR in os.environ, reason="starts the processes of a scaled walk")
@pytest.mark.parametrize(
    ("factor", "walk"),
    [
        (2, (_WALK,)),
        *(pytest.param(factor, _LONG_WALK, marks=pytest.mark.slow) for factor in (1.5, 2, 3)),
    ],
)
def test_every_screen_can_be_read_on_a_scaled_screen(
    tmp_path: Path, factor: float, walk: tuple[str, ...]
) -> None:
    screen = {"name": "small", "x": 0, "y": 0, "logicalDpi": 96, "dpr": 1}
    screen |= {"width": round(WIDE * factor), "height": round(HIGH * factor)}
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    # The plug-in reads the path up to the next colon.
    platform = f"offscreen:configfile={config}"
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env |= {"QT_QPA_PLATFORM": platform, _FACTOR: str(factor), "PYTHONPATH": str(ROOT)}
    scaled = f"{Path(__file__).relative_to(ROOT)}::test_screen_is_scaled"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    command += [f"--basetemp={tmp_path / 'walk'}", scaled, *walk]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
