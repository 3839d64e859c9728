"""The sample job without a display, as `packaging/dev.py run` does it."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_sample_job_without_a_display_gives_site_api_and_picture(python: str) -> None:
    job = subprocess.run(
        [python, "packaging/headless.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert job.returncode == 0, job.stderr
    for path in ("site/index.html", "api/v1/index.json", "window.png"):
        assert (ROOT / "build" / "sample" / path).stat().st_size > 0
