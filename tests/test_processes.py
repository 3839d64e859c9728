"""Processes beside this one get the same modules, and no passphrase."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from editor.i18n import use_language
from editor.processes import start_process
from tests.catalogues import compile_catalogues

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


SAYING = """
from editor.i18n import _
def serve(requests, answers):
    answers.write(_("Signed by {name}.").format(name="Mara").encode())
"""


@pytest.mark.parametrize(
    ("tag", "isolates", "sentence"),
    [
        ("en", True, "Signed by Mara."),
        ("ar", True, "التوقيع: \u2068Mara\u2069."),
        ("ar", False, "التوقيع: Mara."),
    ],
)
def test_process_speaks_the_language_of_the_interface(
    tag: str, isolates: bool, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "saying.py").write_text(SAYING)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    compile_catalogues()
    use_language(tag, isolates=isolates)
    try:
        answer, _errors = start_process("saying:serve").communicate()
    finally:
        use_language("en")
    assert answer.decode() == sentence
