"""The port of the server: loopback only, and sentences for one that can't be had."""

from __future__ import annotations

import logging
import socket

import pytest

from editor.errors import BadInput
from editor.serving.server import address_of, take_port
from tests.serving.served import Served


def test_port_that_is_in_use_is_refused(site: Served) -> None:
    with pytest.raises(BadInput, match=f"Another program uses port {site.port}") as refused:
        take_port(site.port)
    assert "--port" in refused.value.hint


@pytest.mark.parametrize("error", [13, 99, 0])
def test_port_that_the_system_refuses_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(error, "refused") if error else OSError("refused")

    monkeypatch.setattr("socket.create_server", refuse)
    with pytest.raises(BadInput, match="Port 80 "):
        take_port(80)


def test_only_loopback_is_listened_on() -> None:
    with take_port(0) as taken:
        assert taken.getsockname()[0] == "127.0.0.1"
        assert address_of(taken) == f"http://127.0.0.1:{taken.getsockname()[1]}/"


def test_no_part_of_an_answer_waits_for_another_to_be_acknowledged() -> None:
    with (
        take_port(0) as taken,
        socket.create_connection(taken.getsockname()),
        taken.accept()[0] as connection,
    ):
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_request_that_is_no_http_is_refused_and_prints_nothing(
    site: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    assert site.send(b"\x16\x03\x01 hello\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert capfd.readouterr() == ("", "")
    assert not logging.getLogger("uvicorn").propagate
