"""Answers with a file: unchanged ones, parts, compressed ones."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from tests.serving.served import FILES, PICTURE, Served

SIZE = len(PICTURE)


@pytest.mark.parametrize(
    "asked", [f"bytes={SIZE}-", "bytes=-0", "bytes=999999999-", "bytes=9999999-"]
)
def test_part_outside_the_file_is_refused(site: Served, asked: str) -> None:
    answer = site.ask("/media/a.avif", range=asked)
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{SIZE}")
    assert site.ask("/empty.bin", range=asked).status == 416


@pytest.mark.parametrize(
    "asked",
    ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "lines=0-1", "bytes=0-1,4-5"],
)
def test_what_is_no_single_part_gets_the_whole(site: Served, asked: str) -> None:
    answer = site.ask("/media/a.avif", range=asked)
    assert (answer.status, answer.data) == (200, PICTURE)
    assert site.ask("/media/a.avif", range=f"bytes=0-{'9' * 5000}").status == 200


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=0-999999999", 0, SIZE),
        ("bytes=-7", SIZE - 7, SIZE),
        ("bytes=-999999999", 0, SIZE),
        ("bytes=65530-131080", 65530, 131081),
    ],
)
def test_part_of_a_picture(site: Served, asked: str, start: int, stop: int) -> None:
    answer = site.ask("/media/a.avif", range=asked)
    assert (answer.status, answer.data) == (206, PICTURE[start:stop])
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert answer.headers["content-length"] == str(stop - start)


def test_part_of_a_text_is_of_the_text_as_it_is(site: Served) -> None:
    answer = site.ask("/v1/index.json", range="bytes=2-5", accept_encoding="gzip")
    assert (answer.status, answer.data) == (206, FILES["v1/index.json"][2:6])
    assert "content-encoding" not in answer.headers


def test_part_of_another_content_gets_the_whole(site: Served) -> None:
    tag = site.ask("/media/a.avif").headers["etag"]
    for path in ("/media/a.avif", "/v1/index.json"):
        for condition in ('"other"', "Thu, 26 Nov 2026 00:00:00 GMT"):
            assert site.ask(path, range="bytes=0-1", if_range=condition).status == 200
    assert site.ask("/media/a.avif", range="bytes=0-1", if_range=tag).status == 206
    assert site.ask("/media/a.avif", "HEAD", range="bytes=0-1").status == 200


def test_tag_is_the_hash_that_the_export_lists(site: Served) -> None:
    for path in ("media/a.avif", "v1/index.json"):
        tag = hashlib.sha256(FILES[path]).hexdigest()
        assert site.ask(f"/{path}").headers["etag"] == f'"{tag}"'


def test_tag_of_a_file_that_was_altered_is_not_the_listed_one(own_site: Served) -> None:
    listed = own_site.ask("/media/a.avif").headers["etag"]
    (own_site.folder / "media/a.avif").write_bytes(PICTURE[::-1])
    answer = own_site.ask("/media/a.avif", if_none_match=listed)
    assert (answer.status, answer.data) == (200, PICTURE[::-1])
    (own_site.folder / "added.bin").write_bytes(b"1")
    first = own_site.ask("/added.bin").headers["etag"]
    (own_site.folder / "added.bin").write_bytes(b"22")
    assert own_site.ask("/added.bin").headers["etag"] != first


@pytest.mark.parametrize("path", ["/", "/media/a.avif", "/v1/index.json", "/empty.bin"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_reader_who_has_the_file_gets_nothing(site: Served, path: str, coding: str) -> None:
    tag = site.ask(path, accept_encoding=coding).headers["etag"]
    for asked in (tag, f"W/{tag}", f'"a", {tag}', "*"):
        for method in ("GET", "HEAD"):
            answer = site.ask(path, method, if_none_match=asked, accept_encoding=coding)
            assert (answer.status, answer.data) == (304, b"")
            assert "content-type" not in answer.headers
        if asked != "*":
            assert answer.headers["etag"] == tag
    for asked in ('"other"', "", tag.strip('"'), f"{tag[:-2]}"):
        assert site.ask(path, if_none_match=asked).status == 200


@pytest.mark.parametrize(
    ("accepted", "is_compressed"),
    [
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("gzip;q=x", False),
        ("gzipped", False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("x-gzip", True),
    ],
)
def test_texts_are_compressed_where_the_reader_can(
    site: Served, accepted: str, is_compressed: bool
) -> None:
    for path in ("/", "/v1/index.json"):
        plain = site.ask(path, accept_encoding="identity")
        answer = site.ask(path, accept_encoding=accepted)
        assert ("content-encoding" in answer.headers) is is_compressed
        data = gzip.decompress(answer.data) if is_compressed else answer.data
        assert data == plain.data
        assert (answer.headers["etag"] == plain.headers["etag"]) is not is_compressed
        assert answer.headers["vary"] == "Accept-Encoding"


def test_pictures_and_small_texts_are_not_compressed(site: Served) -> None:
    for path in ("/media/a.avif", "/feed.xml"):
        assert "content-encoding" not in site.ask(path, accept_encoding="gzip").headers


def test_answer_that_nobody_reads_to_the_end_closes_the_file(own_site: Served) -> None:
    (own_site.folder / "long.bin").write_bytes(bytes(1 << 24))
    request = f"GET /long.bin HTTP/1.1\r\nHost: 127.0.0.1:{own_site.port}\r\n\r\n".encode()
    import socket

    for _ in range(3):
        with socket.create_connection(("127.0.0.1", own_site.port)) as connection:
            connection.sendall(request)
            assert connection.recv(100).startswith(b"HTTP/1.1 200")
    assert own_site.ask("/empty.bin").status == 200
