"""What Linux packages have besides the program: desktop entry, icons, file types, manual pages."""

from __future__ import annotations

import ctypes
import gzip
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
from pathlib import Path
from xml.etree import ElementTree

import identity
import pytest
import search_paths
from file_types import FILE_TYPES, media_types, mime_package
from icons import SIZES, paint
from linux import make_packages
from linux_packages import appimage, deb, man_page, metainfo, needed, portable
from linux_packages import share as share_files
from system import LIBRARIES

from editor import __version__
from editor.cli.verbs import VERBS
from editor.formats.paths import BUNDLE_ZIP
from editor.gui.start import APP_ID
from editor.gui.window.given_files import say_what_files_do
from editor.licences import BUILT
from editor.places import DESK_FILE
from editor.story_link import SCHEME

ROOT = Path(__file__).resolve().parent.parent

MOMENT = 1_760_000_000

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="packages of Linux are made on Linux"
)


def has(tool: str) -> bool:
    return shutil.which(tool) is not None


def printed_by(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:
    folder = tmp_path_factory.mktemp("packages") / "share"
    share_files.write_share(folder, MOMENT)
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder like a built program's: the program says where it is and what it was given."""
    folder = tmp_path / "built"
    (folder / "_internal").mkdir(parents=True)
    file = folder / "stonehand"
    file.write_text('#!/bin/sh\nprintf "%s|" "$0" "$@"\n')
    file.chmod(0o755)
    (folder / "_internal" / "libfirst.so.1").write_bytes(b"library")
    (folder / "_internal" / "libfirst.so").symlink_to("libfirst.so.1")
    return folder


@pytest.fixture
def payload(program: Path, share: Path) -> share_files.Payload:
    return share_files.Payload(program, share, MOMENT)


def test_window_entry_icon_and_metadata_have_one_name(share: Path) -> None:
    assert identity.APP_ID == APP_ID
    entry = (share / "applications" / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    assert f"\nIcon={APP_ID}\n" in entry
    assert "@" not in entry
    root = ElementTree.parse(share / "metainfo" / f"{APP_ID}.metainfo.xml").getroot()
    assert root.findtext("id") == APP_ID
    assert root.findtext("launchable") == f"{APP_ID}.desktop"
    for size in SIZES:
        icon = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{APP_ID}.png"
        assert icon.read_bytes()[16:24] == size.to_bytes(4) * 2
    image = paint(64)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(32, 8).name() == "#a8231c"


def test_every_kind_of_file_is_one_that_the_program_takes(tmp_path: Path) -> None:
    [desk, bundle, key] = FILE_TYPES
    assert desk.patterns == (DESK_FILE,)
    saved = (ROOT / "editor" / "gui" / "preferences" / "join.py").read_text(encoding="utf-8")
    assert f'}}.{key.suffix}"' in saved
    folder = tmp_path / "Paper.desk"
    folder.mkdir()
    (folder / DESK_FILE).touch()
    done = {
        folder / DESK_FILE: "Drop to open this desk",
        **{
            tmp_path / pattern.replace("*", "lina"): "Drop to add to the masthead"
            for pattern in key.patterns
        },
        tmp_path / bundle.patterns[0].replace("*", "paper"): "Drop to check this edition",
    }
    assert {file: say_what_files_do([file]) for file in done} == done


def test_releases_are_the_changelog_s() -> None:
    text = (
        "# Changelog\n\n## 1.1.0 (2026-12-01)\n\nSecond.\n\n## 1.0.0 (unreleased)\n\nThe\nfirst.\n"
        "\n- One,\n  more.\n- Two.\n\nFound.\n\n- x\n"
    )
    assert metainfo.releases(text) == [
        ("1.1.0", "2026-12-01", "Second.", []),
        ("1.0.0", "", "The first.", ["One, more.", "Two."]),
    ]
    root = ElementTree.fromstring(metainfo.component(MOMENT))
    newest = root.find("releases/release")
    assert newest is not None
    assert newest.get("version") == __version__
    assert newest.findtext("description/p")


def test_pictures_are_shown_once_there_is_a_place_for_them(tmp_path: Path) -> None:
    assert ElementTree.fromstring(metainfo.component(MOMENT)).find("screenshots") is None
    root = ElementTree.fromstring(metainfo.component(MOMENT, "https://example.org/"))
    shown = [image.text or "" for image in root.iter("image")]
    assert len(shown) >= 3
    for address in shown:
        name = address.removeprefix("https://example.org/pictures/")
        assert (ROOT / "resources" / "help" / name).is_file()


@pytest.mark.parametrize("language", man_page.HEADINGS)
def test_manual_page_has_every_verb_and_prints_without_a_warning(
    language: str, tmp_path: Path
) -> None:
    page = man_page.man_page(language, MOMENT)
    for verb in VERBS:
        name = verb.replace("-", "\\-")
        assert f".SS {name}\n" in page
        assert f"\\fBstonehand {name} " in page
    assert '"2025-10-09"' in page
    if not has("man"):
        return
    file = tmp_path / "stonehand.1"
    file.write_text(page, encoding="utf-8")
    printed = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", file],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": ""},
    )
    assert printed.stderr == ""


def test_program_asks_for_no_kind_of_file_that_is_not_its_own(share: Path) -> None:
    """Where nothing says what opens a kind, whatever lists it does: zip files, or folders."""
    assert any(kind.patterns == (f"*{BUNDLE_ZIP}",) for kind in FILE_TYPES), "as Export names it"
    parents = {kind.parent for kind in FILE_TYPES}
    assert "application/zip" in parents
    for entry in (share / "applications").iterdir():
        [line] = [x for x in entry.read_text("utf-8").splitlines() if x.startswith("MimeType=")]
        kinds = {kind for kind in line.removeprefix("MimeType=").split(";") if kind}
        assert kinds
        assert all("stonehand" in kind for kind in kinds)
    metadata = (share / "metainfo" / f"{APP_ID}.metainfo.xml").read_text("utf-8")
    assert not any(f">{parent}<" in metadata for parent in parents)


def test_desktop_opens_bundles_here_and_other_zip_files_with_the_other_program(
    share: Path, tmp_path: Path
) -> None:
    if not all(map(has, ("gio", "update-mime-database", "update-desktop-database"))):
        pytest.skip("a desktop's tools are not installed")
    data = tmp_path / "data"
    for part in ("mime", "applications"):
        shutil.copytree(share / part, data / part)
    other = "[Desktop Entry]\nType=Application\nName=Zip\nExec=true %F\nMimeType=application/zip;\n"
    (data / "applications" / "zip.desktop").write_text(other)
    subprocess.run(["update-desktop-database", data / "applications"], check=True)
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS")
    home = {name: str(tmp_path / "home") for name in names}
    environment = {**os.environ, **home, "XDG_DATA_DIRS": str(data), "LC_ALL": "C.UTF-8"}
    # gio shows only programs that it finds.
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "stonehand").symlink_to("/bin/true")
    environment["PATH"] = f"{folder}:{environment['PATH']}"
    subprocess.run(["update-mime-database", data / "mime"], check=True, env=environment)

    def opener(kind: str) -> str:
        asked = ["gio", "mime", kind]
        ran = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
        return ran.stdout.splitlines()[0].rpartition(": ")[2]

    assert opener("application/x-stonehand-bundle") == f"{APP_ID}.desktop"
    assert opener("application/zip") == "zip.desktop"


def test_outside_tools_find_no_fault(share: Path, tmp_path: Path) -> None:
    entry = share / "applications" / f"{APP_ID}.desktop"
    if has("desktop-file-validate"):
        checked = printed_by("desktop-file-validate", entry)
        assert checked == ""
    metadata = share / "metainfo" / f"{APP_ID}.metainfo.xml"
    if has("appstreamcli"):
        subprocess.run(["appstreamcli", "validate", "--no-net", metadata], check=True)
    packages = ElementTree.fromstring(mime_package())
    name = "{http://www.freedesktop.org/standards/shared-mime-info}mime-type"
    listed = [kind.get("type") for kind in packages.iter(name)]
    assert listed == [kind.media_type for kind in FILE_TYPES]
    assert listed == media_types()
    if has("update-mime-database"):
        shutil.copytree(share / "mime", tmp_path / "mime")
        subprocess.run(["update-mime-database", tmp_path / "mime"], check=True)
        globs = (tmp_path / "mime" / "globs2").read_text()
        assert "60:application/x-stonehand-desk:desk.sqlite3" in globs


def test_archive_is_the_same_again_and_runs_from_any_folder(
    payload: share_files.Payload, tmp_path: Path
) -> None:
    if not has("xz"):
        pytest.skip("there is no xz")
    made = portable.make_archive(payload, "x86_64", tmp_path)
    first = made.read_bytes()
    os.utime(payload.program / "stonehand", (1, 1))
    assert portable.make_archive(payload, "x86_64", tmp_path).read_bytes() == first
    place = tmp_path / 'مجلد الأخبار "50%" $HOME `a` \\b'
    place.mkdir()
    portable.unpack(made, place)
    top = place / portable.archive_name("x86_64")
    with tarfile.open(made) as archive:
        assert {member.mtime for member in archive} == {MOMENT}
        assert {(member.uid, member.uname) for member in archive} == {(0, "")}
    home = tmp_path / "home"
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}

    def call(*arguments: str) -> str:
        command = [str(top / "menu-entry.sh"), *arguments]
        ran = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, cwd="/"
        )
        return ran.stdout

    assert call("add") == "Stonehand is in your menu.\n"
    entry = home / "data" / "applications" / f"{APP_ID}.desktop"
    [line] = [line for line in entry.read_text().splitlines() if line.startswith("Exec=")]
    assert started_by(line) == [str(top / "stonehand"), "%F"]
    link = entry.with_name(f"{APP_ID}.link.desktop").read_text(encoding="utf-8").splitlines()
    [line] = [line for line in link if line.startswith("Exec=")]
    assert started_by(line) == [str(top / "stonehand"), "%u"]
    assert f"MimeType=x-scheme-handler/{SCHEME};" in link
    if has("desktop-file-validate"):
        entries = [*entry.parent.glob("*.desktop")]
        subprocess.run(["desktop-file-validate", *entries], check=True)
    theme = home / "data" / "icons" / "hicolor"
    assert (theme / "48x48" / "apps" / f"{APP_ID}.png").is_file()
    assert call("remove") == "Stonehand is no longer in your menu.\n"
    assert [path for path in home.rglob("*") if "onehand" in path.name] == []
    ran = subprocess.run([top / "stonehand", "a"], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("|a|")


def started_by(line: str) -> list[str]:
    """Return the words of an Exec line: first the backslashes of any value, then the quotes.

    Desktop Entry Specification 1.5, "The Exec key".
    """
    value = re.sub(r"\\(.)", r"\1", line.removeprefix("Exec="))
    quoted = re.fullmatch(r'"((?:[^"\\`$]|\\["\\`$])*)" (%[Fu])', value)
    assert quoted is not None, value
    return [re.sub(r"\\(.)", r"\1", quoted[1]).replace("%%", "%"), quoted[2]]


def test_deb_has_the_program_its_command_and_true_dependencies(
    payload: share_files.Payload, tmp_path: Path
) -> None:
    if not (has("dpkg-deb") and has("objdump")):
        pytest.skip("there is no dpkg-deb")
    shutil.copy("/bin/true", payload.program / "_internal" / "helper")
    for name in ("libfirst.so.1", "words.txt"):
        (payload.program / "_internal" / name).write_bytes(b"data")
        (payload.program / "_internal" / name).chmod(0o755)
    licences = payload.program / "_internal" / "resources" / "licences"
    licences.mkdir(parents=True)
    part = {"name": "Qt", "version": "6.11.3", "licence": "LGPL-3.0-only"}
    (licences / BUILT).write_text(json.dumps([part]))
    before = os.umask(0o077)
    try:
        made = deb.make_deb(payload, tmp_path / "work", tmp_path)
    finally:
        os.umask(before)
    assert made.name.startswith(f"stonehand_{__version__}-1_")
    first = made.read_bytes()
    assert deb.make_deb(payload, tmp_path / "work", tmp_path).read_bytes() == first
    field = printed_by("dpkg-deb", "-f", made, "Depends")
    assert field.startswith("libc6 (>= 2.34)")
    place = tmp_path / "installed"
    subprocess.run(["dpkg-deb", "-x", made, place], check=True)
    command = place / "usr" / "bin" / "stonehand"
    assert command.resolve() == place / "usr" / "lib" / "stonehand" / "stonehand"
    internal = place / "usr" / "lib" / "stonehand" / "_internal"
    assert stat.S_IMODE((internal / "libfirst.so.1").stat().st_mode) == 0o644
    assert stat.S_IMODE((internal / "words.txt").stat().st_mode) == 0o644
    assert stat.S_IMODE((internal / "helper").stat().st_mode) == 0o755
    changes = place / "usr" / "share" / "doc" / "stonehand" / "changelog.Debian.gz"
    copyright_file = changes.with_name("copyright").read_text(encoding="utf-8")
    assert "\n  Qt 6.11.3: LGPL-3.0-only\n" in copyright_file
    assert __version__ in gzip.decompress(changes.read_bytes()).decode()


def test_folder_of_the_build_computer_is_not_looked_in(tmp_path: Path) -> None:
    if not (has("gcc") and has("objdump")):
        pytest.skip("there is no compiler")
    source, library = tmp_path / "a.c", tmp_path / "liba.so"
    source.write_text("int a(void) { return 1; }\n")
    build = ["gcc", "-shared", str(source), "-o", str(library)]
    subprocess.run([*build, "-Wl,-rpath,/place/of/the/build"], check=True)
    assert search_paths.search_path(library) == "/place/of/the/build"
    assert search_paths.clean(tmp_path) == [library]
    assert search_paths.search_path(library) == "$ORIGIN"
    assert ctypes.CDLL(str(library)).a() == 1
    assert search_paths.clean(tmp_path) == []
    subprocess.run([*build, "-Wl,-rpath,$ORIGIN/../lib:/place/of/the/build"], check=True)
    assert search_paths.clean(tmp_path) == [library]
    assert search_paths.search_path(library) == "$ORIGIN/../lib"
    subprocess.run([*build, "-Wl,-rpath,/a"], check=True)
    with pytest.raises(SystemExit, match="looks for libraries in /a, which can't be changed"):
        search_paths.clean(tmp_path)


def test_library_that_no_package_is_known_for_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has("objdump"):
        pytest.skip("there is no objdump")
    shutil.copy("/bin/true", tmp_path / "program")
    shown = {"libasound.so.2", "libc.so.6", "libunheard.so.7"}
    monkeypatch.setattr(needed, "needs", lambda _program: (set(shown), {(2, 38)}))
    with pytest.raises(SystemExit, match=r"^program needs libunheard\.so\.7, "):
        needed.packages_needed(tmp_path)
    (tmp_path / "libunheard.so.7").touch()
    assert needed.packages_needed(tmp_path) == [
        "libasound2t64 | libasound2 (>= 0)",
        "libc6 (>= 2.38)",
    ]
    assert needed.packages_useful(tmp_path) == []
    # A plugin that Qt does without: its package is recommended.
    shown.add("libcups.so.2")
    (tmp_path / "program").rename(tmp_path / "libcupsprintersupport.so")
    assert needed.packages_needed(tmp_path) == ["libc6 (>= 2.34)"]
    assert needed.packages_useful(tmp_path) == ["libcups2t64 | libcups2 (>= 0)"]


def test_package_of_a_library_is_known_once() -> None:
    assert LIBRARIES.keys() & needed.BESIDES.keys() == set()


def test_appimage_is_a_runtime_with_an_image_after_it(
    payload: share_files.Payload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(appimage.RUNTIME, raising=False)
    assert appimage.find_runtime() is None
    runtime = tmp_path / "runtime"
    monkeypatch.setenv(appimage.RUNTIME, str(runtime))
    runtime.write_bytes(b"no runtime")
    with pytest.raises(SystemExit, match="names no runtime"):
        appimage.find_runtime()
    runtime.write_bytes(b"\x7fELF\0\0\0\0AI\x02" + bytes(500))
    assert appimage.find_runtime() == runtime
    if not has("mksquashfs"):
        return
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    made = appimage.make_appimage(payload, runtime, tmp_path / "w", tmp_path)
    data = made.read_bytes()
    assert data.startswith(runtime.read_bytes() + b"hsqs")
    again = appimage.make_appimage(payload, runtime, tmp_path / "w", tmp_path)
    assert again.read_bytes() == data


def test_what_can_not_be_made_is_said(
    program: Path, qapp: object, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("shutil.which", lambda _tool: None)
    monkeypatch.setattr("linux.WORK", tmp_path / "work")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(MOMENT))
    monkeypatch.delenv(appimage.RUNTIME, raising=False)
    assert make_packages(program, tmp_path / "dist") == []
    printed = capsys.readouterr().out
    assert "The portable archive is not made: there is no xz." in printed
    assert "The .deb is not made: there is no dpkg-deb." in printed
    assert "No AppImage: STONEHAND_APPIMAGE_RUNTIME names no runtime" in printed
