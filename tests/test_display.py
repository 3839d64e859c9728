"""Which displays a window is opened on, by what the environment names."""

from __future__ import annotations

import socket
import sys

import pytest

from editor.display import has_display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="X servers listen so on Linux")

NUMBER = 9877


@pytest.mark.parametrize("display", [f":{NUMBER}", f":{NUMBER}.1", f"unix:{NUMBER}"])
def test_display_of_this_computer_is_there_while_somebody_listens(display: str) -> None:
    assert not has_display({"DISPLAY": display})
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0/tmp/.X11-unix/X{NUMBER}")
        server.listen()
        assert has_display({"DISPLAY": display})


def test_display_that_ssh_forwards_is_there_while_somebody_listens() -> None:
    display = {"DISPLAY": f"localhost:{NUMBER - 6000}.0"}
    assert not has_display(display)
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("localhost", NUMBER))
        server.listen()
        assert has_display(display)


def test_what_only_qt_can_find_out_is_left_to_it() -> None:
    for others in ({"DISPLAY": "far.example:0"}, {"DISPLAY": ":x"}, {"WAYLAND_DISPLAY": "w-0"}):
        assert has_display(others)
    assert has_display({"DISPLAY": f":{NUMBER}", "QT_QPA_PLATFORM": "offscreen"})
    assert not has_display({"DISPLAY": ""})
    assert not has_display({})
