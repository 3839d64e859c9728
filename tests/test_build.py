"""What a build leaves out, what it says of its size, and what the last one had."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from py_compile import compile as compile_module

import freeze
import locale_data
import pytest
import sizes
import trim
from babel import localedata

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/plugins/imageformats/libqwebp.so", True),
        ("PySide6/Qt/plugins/imageformats/libqpdf.so", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", False),
        ("PySide6/Qt/translations/qtbase_ar.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/translations/qtwebengine_ar.qm", False),
        ("PySide6/Qt/translations/qtwebengine_locales/ar.pak", True),
        ("PySide6/Qt/translations/qtwebengine_locales/en-US.pak", True),
        ("PySide6/Qt/translations/qtwebengine_locales/en-GB.pak", False),
        ("PySide6/Qt/resources/qtwebengine_resources.pak", True),
        ("PySide6/Qt/resources/qtwebengine_devtools_resources.pak", False),
        ("PySide6/Qt/resources/qtwebengine_resources.debug.pak", False),
        ("PySide6/QtWebEngineCore.abi3.so", True),
        ("PySide6/QtCharts.pyd", False),
        ("c2pa/libs/libc2pa_c.so", True),
        ("c2pa/libs/libc2pa_c.rlib", False),
        ("libsoftokn3.chk", False),
        ("resources/i18n/ar/LC_MESSAGES/stonehand.mo", True),
        ("resources/i18n/ar/LC_MESSAGES/stonehand.po", False),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("keyring-25.7.0.dist-info/direct_url.json", False),
        ("babel/locale-data/ar_SY.dat", True),
    ],
)
def test_files_that_nothing_reads_are_left_out(path: str, is_kept: bool) -> None:
    assert trim.is_kept(path, ["ar"]) is is_kept


@pytest.mark.parametrize(
    ("path", "source", "is_left"),
    [
        ("libglib-2.0.so.0", "/usr/lib/x86_64-linux-gnu/libglib-2.0.so.0", True),
        ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", True),
        ("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0", False),
        ("libxcb-shm.so.0", "/usr/lib/x86_64-linux-gnu/libxcb-shm.so.0", True),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", False),
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", False),
        ("pillow.libs/libxcb-9065bb12.so.1.1.0", "/w/venv/libxcb-9065bb12.so.1.1.0", False),
    ],
)
def test_a_desktops_own_libraries_are_left_to_it(path: str, source: str, is_left: bool) -> None:
    assert trim.is_of_the_system(path, source) is is_left


def test_a_library_stays_while_something_that_stays_needs_it() -> None:
    needs = {"program": ["gui"], "gui": ["core", "c"], "keyboard": ["core", "model"], "core": []}
    candidates = ["gui", "core", "keyboard", "model"]
    assert trim.reached(["program"], candidates, lambda name: needs.get(name, [])) == {
        "gui",
        "core",
    }


def test_link_to_what_is_left_out_is_left_out() -> None:
    library = ("PySide6/Qt/lib/libQt6Gui.so.6", "/venv/libQt6Gui.so.6", "BINARY")
    link = ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK")
    lost = ("libQt6Pdf.so.6", "PySide6/Qt/lib/libQt6Pdf.so.6", "SYMLINK")
    beside = ("PySide6/Qt/libexec/libQt6Gui.so.6", "../lib/libQt6Gui.so.6", "SYMLINK")
    assert trim.without_lost_links([library, link, lost, beside]) == [library, link, beside]


def test_framework_is_whole_or_not_there() -> None:
    core, web = "PySide6/Qt/lib/QtCore.framework", "PySide6/Qt/lib/QtWebEngineCore.framework"
    framework = [
        (f"{core}/Versions/A/QtCore", "/venv/QtCore", "BINARY"),
        (f"{core}/Versions/A/Resources/Info.plist", "/venv/Info.plist", "DATA"),
        (f"{core}/Versions/Current", "A", "SYMLINK"),
        (f"{core}/Resources", "Versions/Current/Resources", "SYMLINK"),
        (f"{core}/QtCore", "Versions/Current/QtCore", "SYMLINK"),
    ]
    lost = (f"{core}/Gone", "Versions/Current/Gone", "SYMLINK")
    assert trim.without_lost_links([*framework, lost]) == framework
    assert {trim.framework_of(entry[0]) for entry in framework} == {core}
    assert trim.framework_of("PySide6/QtCore.abi3.so") == ""
    process = f"{web}/Versions/A/Helpers/QtWebEngineProcess.app/Contents/MacOS/QtWebEngineProcess"
    assert trim.framework_of(process) == web
    # What runs by itself, and Python's own library, are imported by nothing and stay.
    libraries = [f"{core}/Versions/A/QtCore", process, "Python.framework/Versions/3.13/Python"]
    assert list(map(trim.is_qt_library, libraries)) == [True, False, False]


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("stonehand", "Modules of Python, ours and others'"),
        ("_internal/base_library.zip/os.pyc", "Modules of Python, ours and others'"),
        ("_internal/resources/site/search.js", "Stonehand"),
        ("_internal/PySide6/Qt/lib/libQt6WebEngineCore.so.6", "Qt WebEngine"),
        ("_internal/PySide6/Qt/resources/icudtl.dat", "Qt WebEngine"),
        ("_internal/PySide6/Qt/lib/libicudata.so.73", "ICU"),
        ("_internal/PySide6/QtGui.abi3.so", "Qt"),
        ("_internal/libpython3.11.so.1.0", "Python"),
        ("_internal/_bz2.pyd", "Python"),
        ("_internal/libssl.so.3", "Libraries of the system"),
        ("_internal/pillow.libs/libjpeg-6dc8d115.so.62.4.0", "pillow"),
        ("_internal/keyring-25.7.0.dist-info/METADATA", "keyring"),
        ("_internal/babel/locale-data/ar.dat", "babel"),
        ("Contents/MacOS/stonehand", "Modules of Python, ours and others'"),
        ("Contents/Resources/resources/site/search.js", "Stonehand"),
        ("Contents/Frameworks/PySide6/QtGui.abi3.so", "Qt"),
    ],
)
def test_every_file_belongs_to_a_part(path: str, part: str) -> None:
    assert sizes.part_of(path) == part


def test_list_of_a_build_says_what_came_went_and_grew(tmp_path: Path) -> None:
    program = tmp_path / "program"
    (program / "_internal" / "resources").mkdir(parents=True)
    page = program / "_internal" / "resources" / "page with a blank.html"
    page.write_text("one")
    (program / "stonehand").write_text("modules")
    (program / "_internal" / "gone.so").write_text("gone")
    if os.name == "posix":
        (program / "_internal" / "link.so").symlink_to("gone.so")
    first = sizes.list_files(program)
    written = sizes.write_list(first, tmp_path)
    assert sizes.read_list(written) == first
    with pytest.raises(SystemExit, match=r"page with a blank.html is no list .*: one"):
        sizes.read_list(page)
    with pytest.raises(SystemExit, match=r"gone.txt can't be read: "):
        sizes.read_list(tmp_path / "gone.txt")
    assert sizes.keep_last(tmp_path) == tmp_path / f"last-{written.name}"
    page.write_text("one and more")
    (program / "stonehand").write_text("MODULES")
    (program / "_internal" / "gone.so").unlink()
    (program / "_internal" / "new.so").write_text("is new")
    said = sizes.comparison(first, sizes.list_files(program)).splitlines()
    assert said[0].endswith("3 files came, went or changed in size, 2 have other bytes.")
    assert [line.split(maxsplit=2)[:2] for line in said[1:]] == [
        ["+9", "changed"],
        ["+6", "came"],
        ["-4", "went"],
    ]


def test_part_that_grew_is_asked_about(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reasons = tmp_path / "sizes.toml"
    reasons.write_text(
        f'[{sys.platform}.Qt]\nmegabytes = 50.0\nwhy = "The window."\n'
        f'[{sys.platform}.ICU]\nmegabytes = 30.0\nwhy = "Letters."\n'
    )
    monkeypatch.setattr(sizes, "REASONS", reasons)
    built = [
        sizes.BuiltFile("_internal/PySide6/QtGui.abi3.so", 60_000_000, "a"),
        sizes.BuiltFile("_internal/PySide6/Qt/lib/libicudata.so.73", 30_000_000, "b"),
        sizes.BuiltFile("_internal/babel/ar.dat", 3_000_000, "c"),
    ]
    table = sizes.table(built)
    assert "60.0     50.0  Qt  (grew by 10.0 MB: say why in sizes.toml)" in table
    assert "30.0     30.0  ICU  Letters." in table
    assert "babel  (new: write it down in sizes.toml)" in table
    assert table.endswith("93.0           together")


def test_modules_are_read_from_a_folder_in_the_place_of_their_archive(tmp_path: Path) -> None:
    archive, source = tmp_path / "base_library.zip", tmp_path / "first.py"
    source.write_text("NAME = 'first'")
    compile_module(str(source), str(source.with_suffix(".pyc")), doraise=True)
    with zipfile.ZipFile(archive, "w") as modules:
        modules.write(source.with_suffix(".pyc"), "early/__init__.pyc")
    freeze.unpack_base_library(archive)
    asked = f"import sys; sys.path[:0] = [{str(archive)!r}]; import early; print(early.NAME)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", asked], capture_output=True, check=True, text=True
    )
    assert done.stdout == "first\n"
    assert sorted(path.name for path in tmp_path.glob("base*")) == [archive.name]


SPEAKING = """
import sys
from datetime import UTC, date, datetime
from babel import localedata
if folder := sys.argv[1]:
    localedata._dirname = folder
from editor import dates
from editor.core.dateline import read_months
from editor.core.house import Digits
from editor.i18n import use_language
from editor.formats.wire import months
from editor.proof.words import words
moment = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)
for tag in ("ar-SY", "fa", "nb", "zh-Hant"):
    use_language(tag)
    said = words(tag, "Asia/Kathmandu", Digits.NATIVE)
    print(tag, read_months(tag), said.number(12345), said.day(moment), said.month(moment.date()),
          said.moment(moment), said.names(["A", "B", "C"]),
          dates.day_text(date(2026, 11, 3)), dates.clock_text(moment), dates.moment_text(moment))
"""


@pytest.mark.slow
def test_languages_say_the_same_with_what_is_left_of_their_data(tmp_path: Path) -> None:
    folder = tmp_path / "locale-data"
    folder.mkdir()
    for name in ("root", "ar*", "fa*", "nb*", "no*", "nn*", "zh*", "en", "en_001"):
        for file in Path(localedata._dirname).glob(f"{name}.dat"):
            shutil.copy(file, folder)
    whole = sum(file.stat().st_size for file in folder.iterdir())
    locale_data.slim(folder)
    assert sum(file.stat().st_size for file in folder.iterdir()) < whole / 2
    told = [
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", SPEAKING, place],
            capture_output=True, check=True, encoding="utf-8",
        ).stdout
        for place in ("", str(folder))
    ]  # fmt: skip
    assert "٢٠٢٦" in told[0]
    assert told[0] == told[1]


def test_built_program_reads_modules_from_the_file_that_runs(tmp_path: Path) -> None:
    """An update puts another file at its path while a window is open."""
    if sys.platform != "linux":
        pytest.skip("other systems replace no program that runs")
    hook = ROOT / "packaging" / "build" / "hooks" / "running_file.py"
    script = f"""
import os, runpy, sys, types
def place(path):
    archive = types.SimpleNamespace(_filename=path)
    sys.modules["pyimod02_importers"] = types.SimpleNamespace(pyz_archive=archive)
    runpy.run_path({str(hook)!r})
    return archive._filename
program = sys.executable
print(place(program), place({str(hook)!r}))
os.rename(program, program + ".old")
open(program, "w").write("another")
print(open(place(program)).read())
print(open({"/proc/self/exe"!r}, "rb").read(4) == b"\\x7fELF")
"""
    program = tmp_path / "python"
    shutil.copy(os.path.realpath(sys.executable), program)
    done = subprocess.run(
        [program, "-c", script],
        env={**os.environ, "PYTHONHOME": sys.base_prefix},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["/proc/self/exe", str(hook), "another", "True"]
