"""A zip file in which another program may see other files than Python does is refused."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from editor.errors import BadInput
from editor.formats.verify.bundle import open_bundle
from editor.formats.verify.report import Alteration, AlteredFile
from editor.formats.verify.verifier import verify_edition
from editor.formats.verify.zip_layout import read_entries
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
    with path.open("rb") as file:
        read_entries(path, file, 1000)


def small() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("index.html", "<h1>Ferry returns</h1>" * 9)
        packed.writestr("stories/ferry.html", "<h1>Ferry</h1>" * 9)
    return made.getvalue()


def local(name: bytes, text: bytes) -> bytes:
    sizes = (zlib.crc32(text), len(text), len(text), len(name), 0)
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, *sizes) + name + text


HIDDEN = local(b"stories/ferry.html", b"<h1>False</h1>")


def lengthened(data: bytes) -> bytes:
    """Put an entry that is in no directory into the last one, after the end of its bytes."""
    at = data.index(b"PK\1\2")
    longer = bytearray(insert_hidden(data, at))
    listed = longer.rindex(b"PK\1\2") + 20
    (size,) = struct.unpack_from("<L", longer, listed)
    (start,) = struct.unpack_from("<L", longer, listed + 22)
    for place in (listed, start + 18):
        struct.pack_into("<L", longer, place, size + len(HIDDEN))
    return bytes(longer)


def insert_hidden(data: bytes, at: int) -> bytes:
    """Put an entry that is in no directory at a place, with every offset after it corrected."""
    hidden = HIDDEN
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
        (poke(6, b"\x08"), "described differently"),  # sizes after it
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
@pytest.mark.parametrize("words", [["-r"], ["-r", "-D", "-9"], ["-r", "-X", "-0"], ["-r", "-fd"]])
def test_zip_of_the_unpacked_bundle_by_another_program_is_accepted(
    words: list[str], exported: Path, tmp_path: Path
) -> None:
    subprocess.run(
        ["zip", "-q", *words, tmp_path / "a.zip", "bundle"], cwd=exported, check=True
    )  # fmt: skip
    assert problems(verify_edition(tmp_path / "a.zip")) == ""


@pytest.mark.skipif(shutil.which("zip") is None, reason="Info-ZIP is not installed")
def test_zip_that_was_written_into_a_pipe_is_accepted_where_it_is_compressed(
    exported: Path, tmp_path: Path
) -> None:
    for words, is_sound in ((["-r"], True), (["-r0"], False)):
        command = ["zip", "-q", *words, "-", "bundle"]
        made = subprocess.run(command, cwd=exported, check=True, stdout=subprocess.PIPE)
        (tmp_path / "a.zip").write_bytes(made.stdout)
        assert b"PK\7\x08" in made.stdout
        if is_sound:
            assert problems(verify_edition(tmp_path / "a.zip")) == ""
            assert ServedZip(tmp_path / "a.zip").is_export
        else:
            with pytest.raises(BadInput, match="without its size, and not compressed"):
                verify_edition(tmp_path / "a.zip")


def finders(folder: Path, target: Path, more: Mapping[str, bytes] = MappingProxyType({})) -> None:
    """Zip a folder as the Finder of macOS does: with its folders, and sizes after the entries."""
    owner = struct.pack("<HHLL", 0x5855, 8, 1_780_000_000, 1_780_000_000)
    top = folder.name
    files = {
        f"{top}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    folders = {f"{name.rpartition('/')[0]}/" for name in files} | {f"{top}/", f"{top}/data/"}
    files |= {**dict.fromkeys(folders, b""), **more}
    out, directory = bytearray(), bytearray()
    for name, data in sorted(files.items()):
        is_folder = name.endswith("/")
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = b"" if not data else deflate.compress(data) + deflate.flush()
        flags, method = (8, 8) if data else (0, 0)
        sizes = (zlib.crc32(data), len(packed), len(data))
        mode = (0o40755 if is_folder else 0o100644) << 16 | 0x4000
        start, raw = len(out), name.encode()
        shown = (0, 0, 0) if data else sizes
        head = (20, flags, method, 0x6000, 0x5A6C)
        out += struct.pack("<4s5H3L2H", b"PK\3\4", *head, *shown, len(raw), 16)
        out += raw + struct.pack("<HHLLHH", 0x5855, 12, 0, 0, 501, 20) + packed
        if data:
            out += struct.pack("<4s3L", b"PK\7\x08", *sizes)
        directory += struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\1\2", 0x315, *head, *sizes, len(raw), len(owner), 0, 0, 0, mode, start),
        )
        directory += raw + owner
    end = (0, 0, len(files), len(files), len(directory), len(out), 0)
    target.write_bytes(out + directory + struct.pack("<4s4H2LH", b"PK\5\6", *end))


def test_zip_of_the_unpacked_bundle_by_the_finder_is_accepted(
    exported: Path, tmp_path: Path
) -> None:
    finders(exported / "bundle", tmp_path / "a.zip")
    if shutil.which("unzip"):
        subprocess.run(["unzip", "-tqq", tmp_path / "a.zip"], check=True)
    assert problems(verify_edition(tmp_path / "a.zip")) == ""
    assert ServedZip(tmp_path / "a.zip").is_export


def test_what_systems_add_to_a_bundle_is_refused_with_what_to_do(
    exported: Path, tmp_path: Path
) -> None:
    more = ["__MACOSX/", "__MACOSX/bundle/._README.html", "bundle/.DS_Store", "bundle/Thumbs.db"]
    finders(exported / "bundle", tmp_path / "a.zip", dict.fromkeys(more, b"x"))
    shutil.copytree(exported / "bundle", tmp_path / "bundle")
    names = [".DS_Store", "data/._site", "data/site/desktop.ini", "__MACOSX/x"]
    (tmp_path / "bundle" / "__MACOSX").mkdir()
    for name in names:
        (tmp_path / "bundle" / name).write_bytes(b"x")
    for path, expected in (
        (tmp_path / "a.zip", [name.removeprefix("bundle/") for name in more]),
        (tmp_path / "bundle", names),
    ):
        report = verify_edition(path)
        assert {file.path for file in report.altered} == set(expected)
        for file in report.altered:
            assert file.how is Alteration.SYSTEM
            assert file.sentence.endswith("is nothing of the export: remove it.")
    assert AlteredFile.added("data/site/x.DS_Store").how is not Alteration.SYSTEM


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize("name", ["SHA256SUMS", "edition.jws", "data/site/index.html"])
def test_bytes_after_the_end_of_what_is_packed_are_refused(
    name: str, kind: int, exported: Path, tmp_path: Path
) -> None:
    """A program that reads from the start on finds another file there, with any name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as packed:
        for path in sorted((exported / "bundle").rglob("*")):
            inside = path.relative_to(exported / "bundle").as_posix()
            if path.is_file() and inside != name:
                packed.write(path, f"bundle/{inside}")
        packed.write(exported / "bundle" / name, f"bundle/{name}")
    path = tmp_path / "a.zip"
    path.write_bytes(lengthened(made.getvalue()))
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None, "Python's own reader does not mind"
    reason = "after the end of its" if kind == zipfile.ZIP_DEFLATED else "described differently"
    with pytest.raises(BadInput, match=rf"{name} (has something |is ){reason}"):
        verify_edition(path)


def test_served_entry_with_more_after_its_end_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(lengthened(small()))
    served = ServedZip(tmp_path / "a.zip")
    with pytest.raises(OSError, match="damaged in the zip file"):
        served.open("stories/ferry.html")
    assert served.open("index.html")


class Pipe(io.RawIOBase):
    """What can't be gone back in, so that sizes come after the entries."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += data
        return len(data)


def streamed(files: Mapping[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", kind) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return bytes(pipe.data)


TWO = {"index.html": b"<h1>Ferry returns</h1>" * 9, "other.html": b"x" * 99}


def test_sizes_after_a_deflated_entry_are_read(tmp_path: Path) -> None:
    data = streamed({**TWO, "empty": b""})
    assert data.count(b"PK\7\x08") == 3
    check(data, tmp_path / "a.zip")
    # Info-ZIP writes the size that it knows into the header as well.
    check(data[:22] + len(TWO["index.html"]).to_bytes(4, "little") + data[26:], tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.read("index.html") == TWO["index.html"]


@pytest.mark.parametrize("offset", range(0, 16, 4))
def test_sizes_after_an_entry_that_do_not_fit_are_refused(offset: int, tmp_path: Path) -> None:
    data = bytearray(streamed(TWO))
    data[data.index(b"PK\7\x08") + offset] ^= 1
    with pytest.raises(BadInput, match=r"index\.html is described differently after its end"):
        check(bytes(data), tmp_path / "a.zip")


def test_wrong_sizes_in_the_header_of_a_streamed_entry_are_refused(tmp_path: Path) -> None:
    for offset in (14, 18, 22):  # checksum, size in the zip file, size
        data = bytearray(streamed(TWO))
        data[offset] = 7
        with pytest.raises(BadInput, match="described differently in its own header"):
            check(bytes(data), tmp_path / "a.zip")


def test_hidden_entry_between_an_entry_and_its_sizes_is_refused(tmp_path: Path) -> None:
    """A reader that looks for the end of the stream comes to another file."""
    data = streamed(TWO)
    with pytest.raises(BadInput, match="described differently after its end"):
        check(insert_hidden(data, data.index(b"PK\7\x08")), tmp_path / "a.zip")
    with pytest.raises(BadInput, match=r"something before other\.html"):
        check(insert_hidden(data, data.index(b"PK\3\4", 4)), tmp_path / "a.zip")


def test_streamed_entry_that_is_not_compressed_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """Its end can't be found but by looking for one, and its own text may have another."""
    check(streamed({"empty": b""}, zipfile.ZIP_STORED), tmp_path / "a.zip")
    with pytest.raises(BadInput, match="without its size, and not compressed") as caught:
        check(streamed(TWO, zipfile.ZIP_STORED), tmp_path / "a.zip")
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


def test_names_that_are_far_longer_than_ours_are_never_in_memory(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for number in range(100):
            packed.writestr(f"{number:05}{'x' * 60_000}", "")
    tracemalloc.start()
    with pytest.raises(BadInput, match="far longer than those of an edition"):
        verify_edition(tmp_path / "a.zip")
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()
