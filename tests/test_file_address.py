"""An address of a file is read as the file managers of Linux, macOS and Windows write it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from editor.errors import BadInput
from editor.file_address import is_file_address, local_file, read_file_address


@pytest.mark.parametrize("name", ["boat.jpg", "غرفة الأخبار.desk", "100 % + #1?.txt", "a%20b.txt"])
def test_address_of_a_file_here_is_its_path(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    address = file.as_uri()
    assert is_file_address(address)
    assert local_file(address) == file
    path = address.removeprefix("file://")
    for host in ("localhost", "LOCALHOST", socket.gethostname()):
        assert read_file_address(f"file://{host}{path}") == file
    assert read_file_address(f"FILE:{path}") == file


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names in bytes")
def test_name_that_is_no_utf8_is_read(tmp_path: Path) -> None:
    assert local_file(f"file://{tmp_path}/caf%E9.txt") == tmp_path / os.fsdecode(b"caf\xe9.txt")
    assert local_file(f"file://{tmp_path}/مرفأ.txt") == tmp_path / "مرفأ.txt", "not encoded at all"


@pytest.mark.parametrize(
    "address",
    [
        "file://files.example/share/boat.jpg",
        "file://files.example",
        "file:////files.example/share/boat.jpg",
        "file:///boat%00.jpg",
    ],
)
def test_file_of_another_computer_is_refused(address: str) -> None:
    assert is_file_address(address)
    assert local_file(address) is None
    with pytest.raises(BadInput) as refusal:
        read_file_address(address)
    assert refusal.value.sentence == f"{address} is not a file of this computer."
    assert refusal.value.hint


@pytest.mark.parametrize("text", ["boat.jpg", "/boat.jpg", "https://a.example/", "file", "file:a"])
def test_what_is_no_address_of_a_file_is_left_alone(text: str) -> None:
    assert not is_file_address(text)
    assert local_file(text) is None
