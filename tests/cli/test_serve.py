"""`stonehand serve`: what can't be served, the first line, and the end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.serving.served import write_export

_ROOT = Path(__file__).parents[2]
_VERB = """
import signal, sys
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.default_int_handler if number == 2 else signal.SIG_DFL)
from editor.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_what_is_no_folder_is_refused_with_a_hint(run: Run, tmp_path: Path) -> None:
    code, out, err = run("serve", tmp_path / "none")
    assert (code, out) == (1, "")
    assert err.startswith("There is no folder")
    assert "stonehand export site" in err
    (tmp_path / "site.zip").write_bytes(b"PK")
    code, out, err = run("serve", tmp_path / "site.zip")
    assert (code, out) == (1, "")
    assert err.startswith("“site.zip” is not a zip file that can be read.")


def test_nothing_named_and_impossible_ports_are_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("serve")[0] == run("serve", "")[0] == 2
    for port in ("-1", "65536", "http"):
        assert run("serve", tmp_path, "--port", port)[0] == 2


def test_desk_is_refused(run: Run, desk_path: Path) -> None:
    code, out, err = run("serve", desk_path)
    assert (code, out) == (1, "")
    assert "Export it first" in err


def test_port_in_use_is_refused_with_a_hint(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        code, out, err = run("serve", tmp_path, "--port", other.getsockname()[1])
    assert (code, out) == (1, "")
    assert err.startswith("Another program uses port")
    assert "--port 0" in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("listens", [False, True])
def test_signal_ends_it_at_once(tmp_path: Path, ending: signal.Signals, listens: bool) -> None:
    write_export(tmp_path / "site")
    command = [sys.executable, "-c", _VERB, "serve", str(tmp_path / "site"), "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            connection = HTTPConnection(address.split("/")[2], timeout=20)
            connection.request("GET", "/.stonehand/changes" if listens else "/")
            answer = connection.getresponse()
            assert answer.status == 200
            assert answer.read(5)
            process.send_signal(ending)
            code = process.wait(20)
            answer.close()
            connection.close()
        finally:
            process.kill()
        assert (code, process.stderr.read().strip()) == (
            128 + ending,
            "Stopped. What was not finished was left as it was.",
        )
        assert "not an export" not in process.stdout.read()


def test_first_line_is_the_address_then_what_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    monkeypatch.setattr("uvicorn.Server.run", lambda _server, sockets: None)
    code, out, err = run("serve", tmp_path, "--port", "0", "--open")
    address, remark, end = out.splitlines()
    assert (code, err, opened) == (0, "", [address])
    assert "is not an export of Stonehand" in remark
    assert "Ctrl+C" in end
    write_export(tmp_path)
    code, out, _ = run("serve", tmp_path, "--port", "0")
    assert out.splitlines()[1] == f"The API begins at {out.splitlines()[0]}v1/index.json."
    assert len(opened) == 1
