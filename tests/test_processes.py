"""Processes beside this one get the same modules, and no passphrase."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from editor.i18n import use_language
from editor.processes import command_line, start_process
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


BUILT = """
import sys
sys.frozen = True
sys.argv = ["stonehand", *{arguments!r}]
from editor.__main__ import main
sys.exit(main())
"""


def test_built_program_runs_a_function_in_the_language_of_the_interface(tmp_path: Path) -> None:
    (tmp_path / "saying.py").write_text(SAYING)
    compile_catalogues()
    use_language("ar")
    try:
        program, *arguments = command_line("saying:serve", built=True)
    finally:
        use_language("en")
    assert program == sys.executable
    answer = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {[*sys.path, str(tmp_path)]!r}\n"
         + BUILT.format(arguments=arguments)],
        capture_output=True, check=True,
    )  # fmt: skip
    assert answer.stdout.decode() == "التوقيع: \u2068Mara\u2069."


def test_all_that_starts_a_process_names_a_function_of_ours() -> None:
    # Any other way to start Python would open a second window of the built program.
    editor = Path(__file__).parents[1] / "editor"
    calls = 0
    for file in editor.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "sys.executable" not in text or file.name in ("processes.py", "frozen.py")
        assert "multiprocessing" not in text
        for call in re.findall(r'start_process\(\s*f?"([^"]+)"', text):
            module, function = call.split(":")
            named = ".".join(file.relative_to(editor.parent).with_suffix("").parts)
            assert hasattr(import_module(module.replace("{__name__}", named)), function)
            calls += 1
    assert calls == sum(
        file.read_text(encoding="utf-8").count("start_process(")
        for file in editor.rglob("*.py")
        if file.name != "processes.py"
    )
