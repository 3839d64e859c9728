"""Processes beside this one get the same modules, and no passphrase."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from editor.processes import start_process

ANSWER = """
import json, os, sys
def serve(requests, answers):
    seen = {"asked": requests.read().decode(), "path": sys.path, "environment": dict(os.environ)}
    answers.write(json.dumps(seen).encode())
"""


def test_process_has_the_same_modules_and_no_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "answering.py").write_text(ANSWER)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    monkeypatch.delenv("PYTHONPATH", raising=False)
    for name in ("STONEHAND_PASSPHRASE", "STONEHAND_NEW_PASSPHRASE"):
        monkeypatch.setenv(name, "open sesame")
    monkeypatch.setenv("STONEHAND_DATA", "here")
    process = start_process("answering:serve", PYTHONHASHSEED="7")
    answer, _errors = process.communicate(b"hello")
    seen = json.loads(answer)
    assert (process.returncode, seen["asked"], seen["path"]) == (0, "hello", sys.path)
    assert (seen["environment"]["PYTHONHASHSEED"], seen["environment"]["STONEHAND_DATA"]) == (
        "7",
        "here",
    )
    assert "open sesame" not in repr((seen, process.args))
