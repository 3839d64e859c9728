"""A zip file in which another program may see other files than Python does is refused."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.errors import BadInput
from editor.formats.verify.bundle import open_bundle
from editor.formats.verify.verifier import verify_edition
from editor.formats.verify.zip_layout import check_layout
from editor.serving.served_zip import ServedZip
from tests.formats.proven import ProvenDesk
from tests.formats.verify.test_verifier import problems

Attack = Callable[[bytes], bytes]
FORMATS = ("site", "api", "bundle")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk, folder = ProvenDesk(), tmp_path_factory.mktemp("exported")
    for name in FORMATS:
        desk.export(folder / name, name=name)
        desk.export(folder / f"{name}.zip", name=name)
    return folder


def check(data: bytes, path: Path) -> None:
    """Check bytes that are a zip file, as verify does before it looks at any entry."""
    path.write_bytes(data)
    with zipfile.ZipFile(path) as packed, path.open("rb") as file:
        check_layout(path, file, packed.infolist())


def small() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("index.html", "<h1>Ferry returns</h1>" * 9)
        packed.writestr("stories/ferry.html", "<h1>Ferry</h1>" * 9)
    return made.getvalue()


def local(name: bytes, text: bytes) -> bytes:
    sizes = (zlib.crc32(text), len(text), len(text), len(name), 0)
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, *sizes) + name + text


def insert_hidden(data: bytes, at: int) -> bytes:
    """Put an entry that is in no directory at a place, with every offset after it corrected."""
    hidden = local(b"stories/ferry.html", b"<h1>False</h1>")
    end = data.rindex(b"PK\5\6")
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    directory, place = bytearray(data[start:end]), 0
    while place < len(directory):
        sizes = struct.unpack_from("<3H", directory, place + 28)
        (offset,) = struct.unpack_from("<L", directory, place + 42)
        moved = offset + len(hidden) if offset >= at else offset
        struct.pack_into("<L", directory, place + 42, moved)
        place += 46 + sum(sizes)
    last = bytearray(data[end:])
    struct.pack_into("<L", last, 16, start + len(hidden))
    return data[:at] + hidden + data[at:start] + bytes(directory) + bytes(last)


def poke(offset: int, value: bytes) -> Attack:
    """Write into the own header of the second entry, at an offset from its start."""

    def change(data: bytes) -> bytes:
        at = data.index(b"PK\3\4", 4) + offset
        return data[:at] + value + data[at + len(value) :]

    return change


def with_extra(kind: int, body: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        entry = zipfile.ZipInfo("index.html")
        entry.extra = struct.pack("<HH", kind, len(body)) + body
        packed.writestr(entry, "x")
    return made.getvalue()


def unicode_path() -> bytes:
    crc = struct.pack("<L", zlib.crc32(b"index.html"))
    return with_extra(0x7075, b"\1" + crc + b"other.html")


def with_comment(data: bytes) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as packed:
        packed.comment = b"<h1>False</h1>"
    return made.getvalue()


@pytest.mark.parametrize(
    ("attack", "reason"),
    [
        (lambda data: b"#!/bin/sh\n" + data, "before or after it"),
        (lambda data: data + b"more", "before or after it"),
        (with_comment, "before or after it"),
        (lambda data: insert_hidden(data, 0), "something before index.html"),
        (lambda data: insert_hidden(data, data.index(b"PK\3\4", 4)), "before stories/ferry.html"),
        (lambda data: insert_hidden(data, data.index(b"PK\1\2")), "after the last entry"),
        (poke(6, b"\x02"), "described differently"),  # flags
        (poke(8, b"\0"), "described differently"),  # method
        (poke(14, b"\0\0\0\0"), "described differently"),  # CRC
        (poke(18, b"\x01"), "described differently"),  # size in the zip file
        (poke(22, b"\x01"), "described differently"),  # size
        (poke(6, b"\x08"), "packed without its size"),
        (poke(0, b"PK\7\x08"), "has no header"),
        (lambda _data: unicode_path(), "may name another file"),
        (lambda _data: with_extra(0x756E, b"\0" * 14), "may name another file"),  # a link
    ],
)
def test_what_other_programs_may_read_otherwise_is_refused(
    attack: Attack, reason: str, tmp_path: Path
) -> None:
    check(small(), tmp_path / "a.zip")
    check(with_extra(0x5455, b"\0"), tmp_path / "a.zip")
    with pytest.raises(BadInput, match=reason) as caught:
        check(attack(small()), tmp_path / "a.zip")
    assert caught.value.hint == "Unpack it into an empty folder, and check that folder."


def test_other_name_in_the_own_header_is_refused(tmp_path: Path) -> None:
    data = small().replace(b"stories/ferry.html", b"stories/fairy.html", 1)
    with pytest.raises(BadInput, match="has another name in its own header"):
        check(data, tmp_path / "a.zip")


@pytest.mark.parametrize("offset", [8, 10, 12, 16])
def test_end_record_that_does_not_fit_is_refused(offset: int, tmp_path: Path) -> None:
    data = bytearray(small())
    data[data.rindex(b"PK\5\6") + offset] ^= 1
    with pytest.raises((BadInput, zipfile.BadZipFile)):
        check(bytes(data), tmp_path / "a.zip")


@pytest.mark.parametrize("name", FORMATS)
def test_verify_and_serve_refuse_a_hidden_file(name: str, exported: Path, tmp_path: Path) -> None:
    data = (exported / f"{name}.zip").read_bytes()
    path = tmp_path / "a.zip"
    path.write_bytes(insert_hidden(data, data.rindex(b"PK\3\4")))
    for use in (verify_edition, ServedZip):
        with pytest.raises(BadInput, match=r"Programs may see different files in “a\.zip”"):
            use(path)


@pytest.mark.parametrize("name", FORMATS)
def test_our_own_zip_files_are_accepted(name: str, exported: Path) -> None:
    assert problems(verify_edition(exported / f"{name}.zip")) == ""
    assert ServedZip(exported / f"{name}.zip").is_export


@pytest.mark.skipif(shutil.which("zip") is None, reason="Info-ZIP is not installed")
@pytest.mark.parametrize("words", [["-r"], ["-r", "-D", "-9"], ["-r", "-X", "-0"]])
def test_zip_of_the_unpacked_bundle_by_another_program_is_accepted(
    words: list[str], exported: Path, tmp_path: Path
) -> None:
    subprocess.run(
        ["zip", "-q", *words, tmp_path / "a.zip", "bundle"], cwd=exported, check=True
    )  # fmt: skip
    assert problems(verify_edition(tmp_path / "a.zip")) == ""


def test_streamed_zip_is_refused_with_what_to_do(exported: Path, tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        """What can't be gone back in, so that sizes come after the entries."""

        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.data += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as packed:
        for path in sorted((exported / "site" / "stories").glob("*.html")):
            packed.write(path, path.name)
    with pytest.raises(BadInput, match="packed without its size") as caught:
        check(bytes(pipe.data), tmp_path / "a.zip")
    assert "Unpack it" in caught.value.hint


def test_sizes_and_ends_for_large_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.zip"
    with monkeypatch.context() as patched:
        # What Python writes from 2 GiB on, with less to write.
        patched.setattr(zipfile, "ZIP64_LIMIT", 100)
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("index.html", b"x" * 500)
            packed.writestr("other.html", b"x" * 500)
    data = path.read_bytes()
    assert b"PK\6\6" in data
    check(data, path)
    at = data.rindex(b"PK\6\6")
    for change in (24, 40, 48):  # entries, size and start of the directory
        other = bytearray(data)
        other[at + change] ^= 1
        with pytest.raises((BadInput, zipfile.BadZipFile)):
            check(bytes(other), path)


def test_only_headers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("SHA256SUMS", b"")
        packed.writestr("large.bin", bytes(64 << 20))
    tracemalloc.start()
    with open_bundle(path) as bundle:
        assert "large.bin" in bundle.stamps
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()
