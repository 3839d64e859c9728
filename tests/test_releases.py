"""The list of versions: asked for once, told nothing, believed in nothing but a version."""

from __future__ import annotations

import json
import socket
import sys
from datetime import date
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from editor import releases as releases_module
from editor.errors import BadInput, BadValue, Cancelled, NotFound
from editor.progress import Progress
from editor.releases import (
    BUILT_IN_ADDRESS,
    how_to_update,
    list_address,
    newer_release,
    parse_list,
    read_list,
    shown_address,
    updated_by,
)
from tests.list_server import ListServer, make_certificate, releases


def test_one_request_says_nothing_of_who_asks(list_server: ListServer) -> None:
    list_server.body = releases("1.2.0", "0.9", date="2027-01-03")
    newest = read_list(list_server.address)[0]
    assert (newest.version, newest.date) == ("1.2.0", date(2027, 1, 3))
    [(path, headers)] = list_server.requests
    assert path == "/stonehand/versions.json"
    assert headers == {
        "Host": list_server.host,
        "Accept-Encoding": "identity",
        "User-Agent": "Stonehand",
    }


def test_no_build_of_the_sources_knows_an_address() -> None:
    assert BUILT_IN_ADDRESS == ""
    assert list_address("  ") == ""
    assert list_address(" https://desk.example/list ") == "https://desk.example/list"


def test_list_is_a_file_as_well(tmp_path: Path) -> None:
    file = tmp_path / "قائمة versions.json"
    file.write_bytes(releases("2.0", page="https://desk.example/2"))
    for address in (str(file), file.as_uri()):
        [release] = read_list(address)
        assert release.page == "https://desk.example/2"
    with pytest.raises(NotFound, match="No such file"):
        read_list(str(tmp_path / "none.json"))
    with pytest.raises(NotFound, match="directory"):
        read_list(str(tmp_path))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/list",
        "ftp://127.0.0.1/list",
        "https://",
        "https://name:secret@127.0.0.1/list",
        "https://127.0.0.1:99999/list",
        "https://127.0.0.1/a b",
        "https://127.0.0.1/a\r\nX-More: 1",
        "https://127.0.0.1/\u202e\ud800",
        "data:application/json,{}",
        "versions.json",
        "",
    ],
)
def test_anything_but_https_and_files_is_no_address(address: str) -> None:
    with pytest.raises(BadValue, match="is no address"):
        read_list(address)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_sent_elsewhere(list_server: ListServer, tmp_path: Path, status: int) -> None:
    (tmp_path / "other").mkdir()
    context, _trusted = make_certificate(tmp_path / "other")
    with ListServer().running(context) as other:
        list_server.status, list_server.headers = status, {"Location": other.address}
        with pytest.raises(NotFound, match="elsewhere for the list"):
            read_list(list_server.address)
        assert (len(list_server.requests), other.requests) == (1, [])


@pytest.mark.parametrize("status", [204, 404, 500])
def test_server_without_a_list_is_named(list_server: ListServer, status: int) -> None:
    list_server.status = status
    with pytest.raises(NotFound, match=f"127.0.0.1 has no list.*{status}"):
        read_list(list_server.address)


def test_certificate_that_nobody_trusts_ends_it(
    list_server: ListServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotFound, match="certificate of"):
        read_list(list_server.address)
    assert list_server.requests == []


def test_server_that_is_not_there_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotFound, match="1 can't be reached"):
        read_list(f"https://127.0.0.1:{port}/list")


def test_server_that_sends_slowly_is_cut_off(
    list_server: ListServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases_module, "_SECONDS", 0.3)
    list_server.pause_s = 0.02
    list_server.body = releases(*["1.0"] * 500)
    with pytest.raises(NotFound, match="does not answer"):
        read_list(list_server.address)
    assert list_server.gone.wait(20)


def test_person_who_waits_can_stop(list_server: ListServer) -> None:
    list_server.pause_s = 0.02
    list_server.body = releases(*["1.0"] * 5000)
    progress = Progress()
    Timer(0.2, progress.cancel).start()
    with pytest.raises(Cancelled):
        read_list(list_server.address, progress)
    assert list_server.gone.wait(20)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!doctype html>",
        b"[]",
        b"{}",
        b'{"stonehand": {}}',
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"stonehand": []}' + b" " * (64 * 1024),
    ],
    ids=lambda data: repr(data[:16]),
)
def test_anything_but_a_list_is_refused(list_server: ListServer, data: bytes) -> None:
    list_server.body = data
    with pytest.raises(BadInput, match="not a list of Stonehand’s versions"):
        read_list(list_server.address)


def row(**values: Any) -> bytes:
    return json.dumps({"stonehand": [values]}).encode()


@pytest.mark.parametrize(
    "version",
    ["", "2", "1.0\n", "1.0\u202e", "1.0rc1", "v1.0", "1.0.0.0.0", "١.٢", "1" * 9 + ".0", 2, None],
)
def test_version_that_is_none_is_passed_over(version: object) -> None:
    assert parse_list(row(version=version)) == []
    assert parse_list(b'{"stonehand": [1, null, [], {"version": "1.0"}]}')[0].version == "1.0"


@pytest.mark.parametrize(
    "page",
    [
        "http://desk.example/x",
        "https://elsewhere.example/x",
        "https://desk.example@elsewhere.example/x",
        "https://desk.example:444/x",
        "https://desk.example/\n",
        "https://desk.example/\u202e",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://desk.example/" + "x" * 300,
        7,
    ],
)
def test_page_is_on_the_server_of_the_list_or_left_out(page: object) -> None:
    [release] = parse_list(row(version="1.0", page=page, date=7), "desk.example")
    assert (release.page, release.date) == ("", None)
    good = "https://desk.example/stonehand/1.0?lang=en#new"
    assert parse_list(row(version="1.0", page=good), "desk.example")[0].page == good


@pytest.mark.parametrize(
    ("listed", "own", "newer"),
    [
        (["0.2.0", "0.10.0", "0.9"], "0.2.0", "0.10.0"),
        (["0.2"], "0.2.0", None),
        (["0.2.0.1"], "0.2", "0.2.0.1"),
        (["0.1.9"], "0.2.0", None),
        (["0.3.0"], "0.3.0.dev4", None),
        ([], "0.1.0", None),
    ],
)
def test_only_a_newer_version_is_named(listed: list[str], own: str, newer: str | None) -> None:
    found = newer_release(parse_list(releases(*listed)), own)
    assert (found.version if found else None) == newer


def test_address_is_shown_without_what_spoils_a_sentence() -> None:
    assert shown_address("a\u2028b\x00" + "c" * 400) == "a�b�" + "c" * 296


def test_package_is_updated_by_what_installed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FLATPAK_ID", raising=False)
    files = tmp_path / "stonehand.list"
    monkeypatch.setattr(releases_module, "_DPKG_LIST", files)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert updated_by() == ""
    assert "Ask whoever gave you Stonehand" in how_to_update("")
    assert "Install it over this one" in how_to_update("https://desk.example/1")
    files.write_text("/usr\n/usr/bin/other\n", encoding="utf-8")
    assert updated_by() == "", "the portable one, where the package is installed as well"
    program = Path(sys.executable).resolve()
    files.write_text(f"/usr\n{program}\n", encoding="utf-8")
    assert updated_by() == "apt"
    assert "package of this system" in how_to_update("https://desk.example/1")
    monkeypatch.setenv("FLATPAK_ID", "org.stonehand.Stonehand")
    assert updated_by() == "flatpak"
    assert "Flatpak" in how_to_update("")
