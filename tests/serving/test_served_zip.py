"""A zip file is served as the folder in it would be, and what no export writes is refused."""

from __future__ import annotations

import hashlib
import os
import tracemalloc
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from editor.errors import BadInput, NotFound
from editor.formats.bundle.bag import README
from editor.formats.paths import SUMS
from editor.formats.sums import sums_data
from editor.places import DESK_FILE
from editor.serving.served_zip import ServedZip
from tests.serving.served import FILES, PAGE, PICTURE, Served, serving, write_export

HEADERS = b"/media/*\n  Cache-Control: max-age=5\n"


def pack(path: Path, files: Mapping[str, bytes] = FILES, top: str = "") -> None:
    """Write a zip file with a list, and put it in place as an export does."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    new = path.with_name("new")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in {**files, SUMS: sums_data(hashes)}.items():
            made.writestr(top + name, data)
    os.replace(new, path)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Served]]:
    """The same export as a folder and as a zip file, both served."""
    folder = tmp_path_factory.mktemp("both")
    files = {**FILES, "_headers": HEADERS, ".htaccess": b"secret"}
    write_export(folder / "site", files)
    pack(folder / "site.zip", files)
    with ExitStack() as stack:
        yield (
            stack.enter_context(serving(folder / "site")),
            stack.enter_context(serving(folder / "site.zip")),
        )


ASKED = [
    "/", "/index.html", "/stories", "/stories/", "/stories/ferry.html", "/media/a.avif",
    "/empty.bin",
    "/v1/index.json", "/v1/none.json", "/none.html", "/_headers", "/.htaccess", "/../site.zip",
    "/.well-known/tdmrep.json", "/SHA256SUMS", "/media", "/media/a.avif/b", "/%2e%2e/x", "/a%00b",
]  # fmt: skip


@pytest.mark.parametrize("path", ASKED)
def test_zip_is_answered_as_its_folder_is(path: str, both: tuple[Served, Served]) -> None:
    first, second = (served.ask(path) for served in both)
    assert first.status == second.status
    assert first.data == second.data
    # The list is in no list, so its tag is of the file's time.
    for name in ("date", *(["etag"] if path == "/SHA256SUMS" else [])):
        first.headers.pop(name, None)
        second.headers.pop(name, None)
    assert first.headers == second.headers


def test_parts_tags_and_compression(both: tuple[Served, Served]) -> None:
    served = both[1]
    part = served.ask("/media/a.avif", range="bytes=100000-100009")
    assert (part.status, part.data) == (206, PICTURE[100000:100010])
    assert served.ask("/media/a.avif", range="bytes=-5").data == PICTURE[-5:]
    assert served.ask("/media/a.avif", range="bytes=999999-").status == 416
    tag = served.ask("/media/a.avif", method="HEAD").headers["etag"]
    assert tag == f'"{hashlib.sha256(PICTURE).hexdigest()}"'
    assert served.ask("/media/a.avif", if_none_match=tag).status == 304
    assert served.ask("/", accept_encoding="gzip").headers["content-encoding"] == "gzip"
    assert served.ask("/media/a.avif").headers["cache-control"] == "max-age=5"


def test_zip_that_is_replaced_is_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    pack(path)
    served = ServedZip(path)
    first = served.state
    pack(path, {**FILES, "index.html": b"other"})
    assert served.state != first
    file = served.open("index.html")
    assert file is not None
    with file.data:
        assert file.data.read() == b"other"
    second = served.state
    for change in (path.unlink, lambda: path.write_bytes(b"PK, half of it")):
        change()
        assert served.state == second, "readers keep what they had"
        assert served.has("index.html")
    pack(path)
    assert served.state == first


def test_file_that_is_being_read_stays_whole_while_another_export_comes(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    pack(path)
    served = ServedZip(path)
    file = served.open("media/a.avif")
    assert file is not None
    with file.data:
        start = file.data.read(1000)
        pack(path, {**FILES, "media/a.avif": b"other"})
        assert served.state
        assert start + file.data.read() == PICTURE


def test_bundle_is_served_from_its_own_folder(tmp_path: Path) -> None:
    files = {"edition.json": b"{}", README: PAGE, "data/site/index.html": PAGE}
    pack(tmp_path / "bag.zip", files, "bag/")
    served = ServedZip(tmp_path / "bag.zip")
    assert served.is_export
    assert served.has(README)
    assert served.has("data/site/index.html")
    assert not served.has("bag/README.html")


def test_zip_that_is_no_export_is_served_as_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("index.html", b"x")
    served = ServedZip(tmp_path / "a.zip")
    assert (served.is_export, served.state, served.has("index.html")) == (False, "", True)


def test_what_can_not_be_served_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        ServedZip(tmp_path / "none.zip")
    (tmp_path / "a.zip").write_bytes(b"PK")
    with pytest.raises(BadInput, match="not a zip file that can be read"):
        ServedZip(tmp_path / "a.zip")
    with pytest.raises((BadInput, NotFound)):
        ServedZip(tmp_path / f"{'x' * 5000}.zip")
    (tmp_path / DESK_FILE).write_bytes(b"")
    pack(tmp_path / "a.zip")
    with pytest.raises(BadInput, match="which readers never see"):
        ServedZip(tmp_path / "a.zip")


@pytest.mark.parametrize("name", ["index.html", "../outside", "/etc/x"])
def test_odd_entry_is_refused_before_anything_is_served(name: str, tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "a.zip", "w") as made,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        made.writestr("site/SHA256SUMS", b"")
        made.writestr("site/index.html", b"x")
        made.writestr("site/index.html" if name == "index.html" else name, b"y")
    with pytest.raises(BadInput, match=r"“a\.zip” is not served"):
        ServedZip(tmp_path / "a.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("index.html", bytes(150 << 20))
    with pytest.raises(BadInput, match="unpacks to far more"):
        ServedZip(tmp_path / "a.zip")


def test_damaged_entry_is_an_error_and_the_others_are_served(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    pack(path)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as made:
        entry = made.getinfo("media/a.avif")
    data[entry.header_offset + 100] ^= 255
    path.write_bytes(data)
    with serving(path) as served:
        assert served.ask("/media/a.avif").status == 500
        assert served.ask("/index.html").status == 200


def test_large_entry_is_never_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("media/large.bin", bytes(64 << 20))
    served = ServedZip(path)
    tracemalloc.start()
    file = served.open("media/large.bin")
    assert file is not None
    with file.data:
        file.data.seek(60 << 20)
        assert len(file.data.read(1000)) == 1000
    assert tracemalloc.get_traced_memory()[1] < 24 << 20
    tracemalloc.stop()
