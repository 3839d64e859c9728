"""Each attack on each part of a real bundle, as a folder and as a zip file: the right reason."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from editor.core.bundle_parts import PARTS
from editor.core.story import Picture
from editor.formats.bundle import bag
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.formats.verify.bundle import FolderBundle
from editor.formats.verify.verifier import verify_edition
from tests.faults.newsroom import PICTURE
from tests.formats.bundle.test_history import TOM, open_newsroom
from tests.formats.verify.test_bag import flip, reseal
from tests.formats.verify.test_verifier import problems

FORMS = ("folder", "zip")
TARGETS = {
    "site": "stories/ferry.html",
    "api": "v1/stories/ferry.json",
    "pictures": "*.jpg",
    "stories": "ferry.md",
    "history": "events/*/*.jsonl",
}
"""A file of each part."""


@dataclass
class Files:
    """What is in a bundle: its files, more entries of a zip file, and links."""

    files: dict[str, bytes]
    more: list[tuple[str, bytes]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def write(self, form: str, place: Path) -> Path:
        """Write them as a folder or a zip file."""
        return self._zip(place / "a.zip") if form == "zip" else self._folder(place / "bundle")

    def _folder(self, target: Path) -> Path:
        for name, data in self.files.items():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
        for name in self.links:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).symlink_to("/etc/passwd")
        return target

    def _zip(self, target: Path) -> Path:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in [*self.files.items(), *self.more]:
                made.writestr(zipfile.ZipInfo(f"bundle/{name}"), data)
            for name in self.links:
                link = zipfile.ZipInfo(f"bundle/{name}")
                link.external_attr = (stat.S_IFLNK | 0o777) << 16
                made.writestr(link, "/etc/passwd")
        return target


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle with every part, signed and unsigned."""
    folder = tmp_path_factory.mktemp("exported")
    with open_newsroom(folder) as room:
        photo: Picture = replace(room.desk.pictures.add(PICTURE), alt="White", credit="L. Haddad")
        quay = next(item.story.id for item in room.edition().items if item.story.slug == "quay")
        room.save(quay, pictures=(photo,))
        room.release(quay)
        room.export(folder / "bundle", parts=PARTS)
        room.export(folder / "unsigned", parts=PARTS, is_signed=False)
    return folder


@pytest.fixture
def files(exported: Path) -> Files:
    root = exported / "bundle"
    return Files({
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    })  # fmt: skip


def target_of(part: str, exported: Path) -> str:
    root = exported / "bundle"
    found = sorted((root / "data" / part).rglob(TARGETS[part]))
    return found[0].relative_to(root).as_posix()


@pytest.mark.parametrize("form", FORMS)
def test_bundle_that_nobody_touched_is_whole(form: str, files: Files, tmp_path: Path) -> None:
    report = verify_edition(files.write(form, tmp_path))
    assert (report.is_whole, problems(report), report.facts.signed_by) == (True, "", TOM)
    assert {name.split("/")[1] for name in files.files if name.startswith("data/")} == {*PARTS}


Attack = Callable[[Files, str], object]


def _flipped(place: float) -> Attack:
    def attack(files: Files, path: str) -> None:
        data = bytearray(files.files[path])
        data[int((len(data) - 1) * place)] ^= 1
        files.files[path] = bytes(data)

    return attack


def _swap(files: Files, path: str) -> None:
    other = next(name for name in files.files if name.startswith("data/") and name != path)
    files.files[path], files.files[other] = files.files[other], files.files[path]


def _move(to: str) -> Attack:
    return lambda files, path: files.files.update({path + to: files.files.pop(path)})


def _add(name: str) -> Attack:
    """Add a file with the content of another one; `{}` is the name of that, without its folder."""

    def attack(files: Files, path: str) -> None:
        folder, _slash, last = path.rpartition("/")
        files.files[f"{folder}/{name.format(last)}"] = files.files[path]

    return attack


def _link(files: Files, path: str) -> None:
    del files.files[path]
    files.links.append(path)


IN_BOTH: dict[str, tuple[Attack, str]] = {
    "first byte": (_flipped(0), "{path} was changed after the export."),
    "byte in the middle": (_flipped(0.5), "{path} was changed after the export."),
    "last byte": (_flipped(1), "{path} was changed after the export."),
    "emptied": (lambda f, p: f.files.update({p: b""}), "{path} was changed after the export."),
    "longer": (
        lambda f, p: f.files.update({p: f.files[p] + b"\n"}),
        "{path} was changed after the export.",
    ),
    "swapped": (_swap, "{path} was changed after the export."),
    "removed": (lambda f, p: f.files.pop(p), "{path} is missing."),
    "renamed": (_move(".bak"), "{path}.bak was added after the export."),
    "hidden file": (_add(".{}"), "/.{name} was added after the export."),
    "twin in other letters": (_add("FERRY{}"), "/FERRY{name} was added after the export."),
    "unicode twin": (_add("\u0301{}"), "/\u0301{name} was added after the export."),
    "dot at the end": (_add("{}."), "{path}. was added after the export."),
    "space at the end": (_add("{} "), "{path}  was added after the export."),
    "stream of windows": (_add("{}:more"), "{path}:more was added after the export."),
    "device of windows": (_add("NUL.txt"), "/NUL.txt was added after the export."),
    "direction mark": (_add("\u202e{}"), "/\ufffd{name} was added after the export."),
    "link": (_link, "{path} is a link or a device, not a file."),
}
IN_A_ZIP: dict[str, tuple[Attack, str]] = {
    "twice": (lambda f, p: f.more.append((p, f.files[p])), "{path} is in the zip file twice."),
    "twice, and another": (
        lambda f, p: f.more.append((p, b"x")),
        "{path} is in the zip file twice.",
    ),
    "outside": (lambda f, p: f.more.append((f"../../{p}", b"x")), "../../{path} was added"),
    "by a detour": (
        lambda f, p: f.more.append((f"data/../{p}", b"x")),
        "data/../{path} was added",
    ),
    "absolute": (lambda f, p: f.more.append((f"/{p}", b"x")), "/{path} was added"),
    "of a drive": (lambda f, p: f.more.append((f"C:\\{p}", b"x")), "C:\\{path} was added"),
    "folder of its name": (
        lambda f, p: f.more.append((f"{p}/", b"")),
        "{path}/ is a folder without a file of the export in it.",
    ),
    "file in it": (lambda f, p: f.more.append((f"{p}/more", b"x")), "{path}/more was added"),
    "very deep": (lambda f, p: f.more.append((p + "/d" * 300, b"x")), "{path}/d/d/d"),
}


def assert_named(
    attack: Attack, reason: str, written: tuple[Files, str], paths: list[str], place: Path
) -> None:
    """Attack a file of each part, and look for each reason, and for what else was written."""
    files, form = written
    for path in paths:
        attack(files, path)
    (place / "in").mkdir()
    found = problems(verify_edition(files.write(form, place / "in")))
    for path in paths:
        assert reason.format(path=path, name=path.rpartition("/")[2]) in found
    assert [entry.name for entry in place.iterdir()] == ["in"]
    assert len(list((place / "in").iterdir())) == 1


@pytest.mark.skipif(os.name != "posix", reason="needs names and links as Unix has them")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", IN_BOTH)
def test_attack_on_a_file_of_each_part_is_named(
    name: str, form: str, files: Files, exported: Path, tmp_path: Path
) -> None:
    paths = [target_of(part, exported) for part in PARTS]
    assert_named(*IN_BOTH[name], (files, form), paths, tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", IN_A_ZIP)
def test_attack_on_an_entry_of_each_part_is_named(
    name: str, files: Files, exported: Path, tmp_path: Path
) -> None:
    paths = [target_of(part, exported) for part in PARTS]
    assert_named(*IN_A_ZIP[name], (files, "zip"), paths, tmp_path)


# -- lists and signatures ---------------------------------------------------------------


def _unlisted(files: Files, path: str) -> None:
    """Remove a file, and its line in the list."""
    del files.files[path]
    lines = files.files[SUMS].splitlines(keepends=True)
    files.files[SUMS] = b"".join(
        line for line in lines if not line.endswith(f"  {path}\n".encode())
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", PARTS)
def test_file_that_is_removed_from_the_list_as_well_is_missed(
    part: str, form: str, files: Files, exported: Path, tmp_path: Path
) -> None:
    _unlisted(files, target_of(part, exported))
    found = problems(verify_edition(files.write(form, tmp_path)))
    assert f"The list of files was changed after {TOM} signed it." in found


@pytest.mark.parametrize("form", FORMS)
def test_signature_that_is_stripped_or_swapped_is_missed(
    form: str, files: Files, tmp_path: Path
) -> None:
    header, payload, signature = files.files.pop(SIGNATURE).decode().split(".")
    (tmp_path / "stripped").mkdir()
    found = problems(verify_edition(files.write(form, tmp_path / "stripped")))
    assert f"The signature of {TOM} is missing." in found
    other = ("B" if signature[0] == "A" else "A") + signature[1:]
    files.files[SIGNATURE] = f"{header}.{payload}.{other}".encode()
    (tmp_path / "swapped").mkdir()
    found = problems(verify_edition(files.write(form, tmp_path / "swapped")))
    assert "The signature of the edition is not valid. The signature does not verify." in found


def _insert(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


NOTHING = "is nothing that a bundle has"
DIFFERENT = "bag-info.txt has lines that programs read differently"
_DEEP = b"[" * 100_000 + b"]" * 100_000
NO_DOCUMENT = "edition.json or edition.jws is not one that Stonehand wrote"
RESEALED: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "file to fetch": ("fetch.txt", lambda _: b"http://example.org/x 1 data/x\n", NOTHING),
    "manifest with other hashes": ("manifest-sha512.txt", lambda _: b"", NOTHING),
    "tag manifest with other hashes": ("tagmanifest-md5.txt", lambda _: b"", NOTHING),
    "file beside the parts": ("data/setup.exe", lambda _: b"MZ", NOTHING),
    "part that there is not": ("data/more/setup.exe", lambda _: b"MZ", NOTHING),
    "label twice": (bag.INFO, _insert(b"\nBagging", b"\npayload-oxum: 1.1\nBagging"), DIFFERENT),
    "line that goes on": (bag.INFO, _insert(b"\nBag-Group", b"\n more\nBag-Group"), DIFFERENT),
    "byte order mark": (bag.INFO, lambda data: b"\xef\xbb\xbf" + data, DIFFERENT),
    "lines of windows": (bag.INFO, lambda data: data.replace(b"\n", b"\r\n"), DIFFERENT),
    "no text": (bag.INFO, _insert(b"Harbour", b"H\xffrbour"), DIFFERENT),
    "member twice": (EDITION, _insert(b'"what_if":', b'"what_if":1,"what_if":'), NO_DOCUMENT),
    "member of a story twice": (EDITION, _insert(b'"slug":', b'"slug":"x","slug":'), NO_DOCUMENT),
    "no number": (EDITION, _insert(b'"version":', b'"version":NaN,"more":'), NO_DOCUMENT),
    "fraction": (EDITION, _insert(b'"version":', b'"version":1.5,"more":'), NO_DOCUMENT),
    "byte order mark of a document": (EDITION, lambda data: b"\xef\xbb\xbf" + data, NO_DOCUMENT),
    "deep": (EDITION, _insert(b"{", b'{"more":' + _DEEP + b","), NO_DOCUMENT),
}  # fmt: skip
"""What somebody does who writes the lists again, where nobody signed, or who signs it."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("attack", RESEALED)
def test_what_the_lists_were_made_to_fit_is_named(
    attack: str, form: str, exported: Path, tmp_path: Path
) -> None:
    name, change, reason = RESEALED[attack]
    target = tmp_path / "bundle"
    shutil.copytree(exported / "unsigned", target)
    (target / name).parent.mkdir(exist_ok=True)
    (target / name).write_bytes(
        change((target / name).read_bytes() if (target / name).exists() else b"")
    )
    (target / SIGNATURE).unlink(missing_ok=True)
    reseal(target)
    if form == "zip":
        shutil.make_archive(str(tmp_path / "a"), "zip", tmp_path, "bundle")
    report = verify_edition(tmp_path / "a.zip" if form == "zip" else target)
    assert report.is_whole
    assert reason in problems(report)


@pytest.mark.parametrize(
    ("part", "reason"),
    [("", NO_DOCUMENT), ("history", "is not as the list has it")],
)
def test_document_that_is_replaced_after_it_was_hashed_is_not_believed(
    part: str, reason: str, files: Files, exported: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Whoever can write to a folder meanwhile shows one file first, and another one then."""
    name = target_of(part, exported) if part else EDITION
    target = files.write("folder", tmp_path)
    other = files.files[name].replace(b'"what_if": false', b'"what_if":  false')
    other = other.replace(b'"seq":', b'"seq": ')
    assert other != files.files[name]
    hashed = FolderBundle.sha256

    def sha256(self: FolderBundle, path: str) -> str:
        (target / name).write_bytes(files.files[name])
        found = hashed(self, path)
        (target / name).write_bytes(other)
        return found

    monkeypatch.setattr(FolderBundle, "sha256", sha256)
    report = verify_edition(target)
    assert report.is_whole
    assert reason in problems(report)


def test_flipped_byte_in_any_file_is_named(exported: Path, tmp_path: Path) -> None:
    """One in each file of the bundle, all at once."""
    target = tmp_path / "bundle"
    shutil.copytree(exported / "bundle", target)
    names = [
        path.relative_to(target).as_posix()
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.stat().st_size and path.name not in {SUMS, SIGNATURE}
    ]
    for number, name in enumerate(names):
        flip(target / name, number / len(names))
    report = verify_edition(target)
    assert sorted(file.path for file in report.altered) == sorted(names)
