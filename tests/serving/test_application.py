"""What the server answers: bad requests in words, nothing outside the folder, files as they are."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from editor.formats.paths import EDITION
from editor.places import DESK_FILE
from editor.serving.served_folder import ServedFolder
from tests.serving.served import FILES, PAGE, PICTURE, Served, serving, write_export

SECRET = b"not for readers"


def errors(data: bytes) -> list[dict[str, str]]:
    found = json.loads(data)["errors"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "localhost.:{port}"]
)
@pytest.mark.parametrize("path", ["/", "/v1/index.json", "/.stonehand/changes"])
def test_request_by_another_name_is_refused(site: Served, host: str, path: str) -> None:
    answer = site.ask(path, host=host.format(port=site.port))
    assert answer.status == 421
    assert b"Ferry" not in answer.data
    assert b"xxx" not in answer.data


def test_request_without_a_name_is_refused(site: Served) -> None:
    assert site.send(b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 421")
    assert site.send(b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_names_of_this_computer_are_served(site: Served, name: str) -> None:
    assert site.ask("/", host=f"{name}:{site.port}").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/stories/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/stories/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/./index.html",
        "/index.html%00.txt",
        "/index.html%0a",
        "/%0d%0aSet-Cookie:a=b",
        "/%ff%fe",
    ],
)
def test_malformed_address_is_refused(site: Served, path: str) -> None:
    (site.folder.parent / "secret.txt").write_bytes(SECRET)
    answer = site.ask(path)
    assert answer.status in (400, 404)
    assert SECRET not in answer.data
    assert "set-cookie" not in answer.headers
    below = site.ask(f"/v1{path}")
    assert below.status in (400, 404)
    assert errors(below.data)[0]["status"] == str(below.status)


def test_absolute_paths_and_other_forms_lead_nowhere(site: Served) -> None:
    secret = site.folder.parent / "secret.txt"
    secret.write_bytes(SECRET)
    for target in (f"/{secret}", f"//{secret}", f"/%2f{secret}", f"/{secret}".replace("/", "%2F")):
        assert site.ask(target).status in (400, 404)
    for line in (f"GET http://evil.example{secret}", f"GET {secret.name}", "GET *", "OPTIONS *"):
        host = f"Host: 127.0.0.1:{site.port}\r\nConnection: close"
        found = site.send(f"{line} HTTP/1.1\r\n{host}\r\n\r\n".encode())
        assert found.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404", b"HTTP/1.1 405"))
        assert SECRET not in found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few people make links")
def test_links_that_lead_out_are_not_followed(own_site: Served) -> None:
    outside = own_site.folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_bytes(SECRET)
    (own_site.folder / "file.txt").symlink_to(outside / "secret.txt")
    (own_site.folder / "folder").symlink_to(outside)
    (own_site.folder / "loop").symlink_to("loop")
    (own_site.folder / "inside.html").symlink_to("stories/ferry.html")
    (own_site.folder / "hidden.txt").symlink_to(".env")
    (own_site.folder / ".env").write_bytes(SECRET)
    for path in ("/file.txt", "/folder/secret.txt", "/folder/", "/folder", "/loop", "/hidden.txt"):
        assert own_site.ask(path).status == 404
    assert own_site.ask("/inside.html").status == 200


def test_hidden_files_and_those_for_servers_are_not_served(own_site: Served) -> None:
    hidden = (".env", ".git/config", "stories/.draft.html", "_headers", "nginx.conf", ".htaccess")
    for path in (*hidden, "stories/.well-known/x", ".well-known/.x"):
        file = own_site.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(SECRET)
        assert own_site.ask(f"/{path}").status == 404, path
    assert own_site.ask("/.well-known/tdmrep.json").data == b"[]"


def test_no_file_of_a_desk_is_served(own_site: Served) -> None:
    desk = own_site.folder / "Paper.desk"
    desk.mkdir()
    for name in (DESK_FILE, "notes.txt"):
        (desk / name).write_bytes(SECRET)
    assert own_site.ask(f"/Paper.desk/{DESK_FILE}").status == 404
    assert own_site.ask("/Paper.desk/notes.txt").status == 404


def test_folder_without_an_index_lists_nothing(site: Served) -> None:
    for path in ("/media/", "/media", "/v1", "/v1/"):
        answer = site.ask(path)
        assert answer.status == 404
        assert b"avif" not in answer.data


def test_what_is_no_plain_file_is_not_opened(own_site: Served) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes in folders")
    os.mkfifo(own_site.folder / "pipe.txt")
    assert own_site.ask("/pipe.txt").status == 404


def test_file_that_may_not_be_read_is_said_to_be_so(
    site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: ServedFolder, _path: str) -> None:
        raise PermissionError(13, "Permission denied")

    # An administrator, who may run the tests, may read all files.
    monkeypatch.setattr(ServedFolder, "open", refuse)
    answer = site.ask("/v1/index.json")
    assert (answer.status, errors(answer.data)[0]["title"]) == (403, "Forbidden")


def test_disk_that_fails_is_an_error_in_words_and_in_the_log(
    site: Served, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_folder: ServedFolder, _path: str) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(ServedFolder, "open", fail)
    answer = site.ask("/v1/index.json")
    assert (answer.status, errors(answer.data)[0]["status"]) == (500, "500")
    assert site.ask("/index.html").status == 500
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_other_methods_are_refused(site: Served, method: str) -> None:
    answer = site.ask("/v1/index.json", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert errors(answer.data) == [
        {
            "status": "405",
            "title": "Method Not Allowed",
            "detail": "Files can only be read here: with GET or HEAD.",
        }
    ]
    answer = site.ask("/", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_missing_page_gets_the_page_of_the_site(own_site: Served) -> None:
    answer = own_site.ask("/stories/none.html")
    assert answer.status == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert b"Not here" in answer.data
    assert own_site.ask("/stories/none.html", if_none_match="*").status == 404
    assert own_site.ask("/stories/none.html", range="bytes=0-1").status == 404
    (own_site.folder / "404.html").unlink()
    answer = own_site.ask("/stories/none.html")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.data == b"404 Not Found: There is no file at this address.\n"


def test_missing_document_of_the_api_is_an_error_in_json(site: Served) -> None:
    for path in ("/v1/none.json", "/v1/stories/%D9%85%D9%8A%D9%86%D8%A7%D8%A1.json", "/v1/a:b"):
        answer = site.ask(path)
        assert (answer.status, answer.headers["content-type"]) == (404, "application/json")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert [*errors(answer.data)[0]] == ["status", "title", "detail"]


def test_api_may_be_read_by_scripts_of_any_site(site: Served) -> None:
    assert site.ask("/v1/index.json").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in site.ask("/").headers
    answer = site.ask("/v1/index.json", "OPTIONS", access_control_request_method="GET")
    assert (answer.status, answer.data) == (204, b"")
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]
    assert site.ask("/", "OPTIONS").status == 405


def test_folder_is_its_index(site: Served) -> None:
    assert site.ask("/").status == site.ask("/stories/").status == site.ask("/?a=b").status == 200
    answer = site.ask("/stories?a=b")
    assert (answer.status, answer.headers["location"]) == (308, "/stories/")
    for path in ("//evil.example/..", "//stories", "/%2Fstories"):
        assert "location" not in site.ask(path).headers


def test_files_are_as_they_are(site: Served) -> None:
    for path in ("media/a.avif", "empty.bin", "feed.xml", "v1/index.json", "edition.json"):
        answer = site.ask(f"/{path}")
        assert (answer.status, answer.data) == (200, FILES[path]), path
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_head_has_the_headers_of_get(site: Served) -> None:
    for path in ("/", "/media/a.avif", "/empty.bin", "/v1/index.json", "/.stonehand/reload.js"):
        whole, head = site.ask(path), site.ask(path, "HEAD")
        assert (head.status, head.data) == (200, b"")
        assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}
    assert site.ask("/none", "HEAD").status == 404
    assert site.ask("/.stonehand/changes", "HEAD").data == b""


def test_headers_of_the_export_are_sent(own_site: Served) -> None:
    (own_site.folder / "_headers").write_text(
        "/*\n  Content-Security-Policy: default-src 'none'\n  ETag: \"mine\"\n  Bad header: x\n"
        "/media/*\n  Cache-Control: public, immutable\n/feed.xml\n  Content-Type: text/plain\n",
        encoding="utf-8",
    )
    for path in ("/", "/media/a.avif", "/none"):
        headers = own_site.ask(path).headers
        assert headers["content-security-policy"] == "default-src 'none'"
        assert headers.get("etag") != '"mine"'
    assert own_site.ask("/media/a.avif").headers["cache-control"] == "public, immutable"
    assert own_site.ask("/").headers["cache-control"] == "no-cache"
    assert own_site.ask("/feed.xml").headers["content-type"] == "text/plain"


def test_nothing_is_written_into_the_folder(own_site: Served, tmp_path: Path) -> None:
    before = {path: path.stat() for path in tmp_path.rglob("*")}
    for path in ("/", "/none", "/media/a.avif"):
        own_site.ask(path)
    after = {path: path.stat() for path in tmp_path.rglob("*")}
    assert {path: status.st_mtime_ns for path, status in after.items()} == {
        path: status.st_mtime_ns for path, status in before.items()
    }
    assert (own_site.folder / "media/a.avif").read_bytes() == PICTURE


def test_bundle_is_served_as_a_host_would_serve_its_parts(tmp_path: Path) -> None:
    inside = {"data/site/" + path: data for path, data in FILES.items()}
    api = {"data/api/v1/index.json": b'{"data": {}}', "data/site/_headers": SECRET}
    write_export(tmp_path, {EDITION: b"{}", "README.html": PAGE, **inside, **api})
    with serving(tmp_path) as bundle:
        first = bundle.ask("/")
        assert (first.status, first.headers["location"]) == (307, "/README.html")
        assert b"Ferry. Ferry." in bundle.ask("/data/site/").data
        missing = bundle.ask("/data/site/nowhere.html")
        assert (missing.status, b"<title>Not here</title>" in missing.data) == (404, True)
        assert bundle.ask("/data/site/.well-known/tdmrep.json").data == b"[]"
        assert bundle.ask("/data/site/_headers").status == 404
        document = bundle.ask("/data/api/v1/index.json")
        assert document.headers["access-control-allow-origin"] == "*"
        gone = bundle.ask("/data/api/v1/nowhere.json")
        assert errors(gone.data)[0]["status"] == "404"
        assert bundle.ask("/data/api/v1/index.json", "OPTIONS").status == 204
