"""Live reload: the script in pages, and the stream that tells of another export."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
from pathlib import Path

from editor.serving.live_reload import SCRIPT_PATH, with_script
from tests.serving.served import FILES, Served, serving, write_export


def listen(site: Served) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", site.port), timeout=20)
    host = f"127.0.0.1:{site.port}"
    connection.sendall(f"GET /.stonehand/changes HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return connection


def next_state(connection: socket.socket) -> str:
    """Read up to the next event, and return its data."""
    read = b""
    while not (found := re.search(rb"data: (\w*)\n\n", read)):
        read += connection.recv(1) or b"data: closed\n\n"
    return found[1].decode()


def state_in(page: bytes) -> str:
    found = re.findall(rb'<script src="/.stonehand/reload.js" data-state="(\w*)"></script>', page)
    assert len(found) == 1
    return str(found[0].decode())


def test_script_is_before_the_end_of_the_body() -> None:
    assert with_script(b"", "").endswith(b"</script>")
    assert with_script(b"<p>x", "s").startswith(b"<p>x<script ")
    page = with_script(b"<script>'</body>'</script><p></BODY></html>", "s")
    assert page.startswith(b"<script>'</body>'</script><p><script src=")
    assert page.endswith(b"</script></BODY></html>")


def test_pages_get_the_script_and_other_files_do_not(own_site: Served) -> None:
    state = state_in(own_site.ask("/").data)
    assert state
    assert state_in(own_site.ask("/none").data) == state
    assert state_in(gzip.decompress(own_site.ask("/", accept_encoding="gzip").data)) == state
    for path in ("/feed.xml", "/v1/index.json", "/v1/none.json"):
        assert b"stonehand" not in own_site.ask(path).data
    answer = own_site.ask(SCRIPT_PATH)
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert b"EventSource" in answer.data
    assert own_site.ask("/.stonehand/other").status == 404
    assert (own_site.folder / "index.html").read_bytes() == FILES["index.html"]


def test_page_of_another_export_has_another_tag(own_site: Served) -> None:
    first = own_site.ask("/")
    write_export(own_site.folder, {**FILES, "feed.xml": b"<feed></feed>"})
    second = own_site.ask("/", if_none_match=first.headers["etag"])
    assert second.status == 200
    assert state_in(second.data) != state_in(first.data)


def test_stream_tells_of_another_export(own_site: Served) -> None:
    with listen(own_site) as connection:
        first = next_state(connection)
        assert first == state_in(own_site.ask("/").data)
        write_export(own_site.folder, {**FILES, "index.html": b"new"})
        second = next_state(connection)
        assert second not in (first, "closed")
        assert second == state_in(own_site.ask("/").data)


def test_folder_that_takes_the_place_of_the_other_is_announced(tmp_path: Path) -> None:
    site, staged = tmp_path / "site", tmp_path / "staged"
    write_export(site)
    write_export(staged, {**FILES, "index.html": b"new"})
    with serving(site) as served, listen(served) as connection:
        first = next_state(connection)
        shutil.move(site, tmp_path / "old")
        shutil.move(staged, site)
        assert next_state(connection) not in (first, "closed")
        assert served.ask("/").data.startswith(b"new")


def test_server_ends_while_a_page_listens(tmp_path: Path) -> None:
    write_export(tmp_path / "site")
    with serving(tmp_path / "site") as served:
        connection = listen(served)
        assert next_state(connection) != "closed"
    with connection:
        assert next_state(connection) == "closed"
