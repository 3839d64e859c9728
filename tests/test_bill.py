"""The list of a build's parts: whose a file is, what may not be bundled, and the bill of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import commit
import licences
import owners
import pytest
import sbom
from identity import ROOT

from editor import __version__
from editor.licences import BUILT, Component, components

AT = 1_790_000_000
with_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
ICU = next(
    file.as_posix()
    for file in distribution("PySide6-Addons").files or ()
    if file.name == "icudtl.dat"
)
"""A file of Qt's; its place is another on each platform."""


@pytest.fixture(scope="module")
def everybody() -> Any:
    return owners.Owners(
        [("libssl-*", "OpenSSL"), ("lib-dynload/*", "Python"), ("base_library.zip*", "Python")]
    )


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as PyInstaller makes it, with some files of what is installed here."""
    site = Path(str(distribution("click").locate_file("")))
    for name in ("msgspec/__init__.py", ICU):
        target = tmp_path / "_internal" / name
        target.parent.mkdir(parents=True)
        target.write_bytes((site / name).read_bytes()[:100])
    (tmp_path / "_internal" / "resources" / "licences").mkdir(parents=True)
    (tmp_path / "stonehand").write_bytes(b"")
    modules = ["editor.licences", "click.core", "json.decoder", "jaraco"]
    monkeypatch.setattr(owners, "modules_of", lambda _program: modules)
    return tmp_path


@pytest.mark.parametrize(
    ("module", "owner"),
    [
        ("click", "click"),
        ("sqlalchemy.orm.session", "sqlalchemy"),
        ("jaraco", "jaraco-classes"),
        ("editor.gui.app", "stonehand"),
        ("json.decoder", "Python"),
        ("pyimod02_importers", "pyinstaller"),
        ("nobody.knows", None),
    ],
)
def test_owner_of_a_module(everybody: Any, module: str, owner: str | None) -> None:
    assert everybody.of_module(module) == owner


@pytest.mark.parametrize(
    ("file", "owner"),
    [
        (ICU, "pyside6-addons"),
        ("click/__init__.pyc", "click"),
        ("click-8.5.dist-info/METADATA", "click"),
        ("resources/site/base.css", "stonehand"),
        ("stonehand", "stonehand"),
        ("lib-dynload/_json.so", "Python"),
        ("_bz2.pyd", "Python"),
        ("_nobody.pyd", None),
        ("base_library.zip/encodings/idna.pyc", "Python"),
        ("PySide6/Qt/libexec/qt.conf", "pyinstaller"),
        ("libssl-3-x64.dll", "OpenSSL"),
        ("libnobody.so.7", None),
    ],
)
def test_owner_of_a_file(everybody: Any, file: str, owner: str | None) -> None:
    assert everybody.of_file(file) == owner


@pytest.mark.parametrize(
    ("file", "owner"),
    [
        ("libpython3.11.so.1.0", "Python"),
        ("python313.dll", "Python"),
        ("vcruntime140_1.dll", "Python"),
        ("libffi-8.dll", "Python"),
        ("Python.framework/Versions/3.13/Python", "Python"),
        ("python3.13/lib-dynload/_json.cpython-313-darwin.so", "Python"),
        ("libssl-3.dll", "OpenSSL"),
        ("libcrypto.3.dylib", "OpenSSL"),
        ("libffi.dll", None),
    ],
)
def test_what_python_brings_on_each_platform_is_known(file: str, owner: str | None) -> None:
    known = json.loads((licences.KNOWN / "included.json").read_text(encoding="utf-8"))
    assert owners.Owners(licences.file_patterns(known)).of_file(file) == owner


def test_library_of_the_system_has_its_package_s_licence() -> None:
    found = owners.debian_packages(["libz.so.1", "libnobody.so.7"])
    if not found:
        pytest.skip("no Debian")
    assert found == {"libz.so.1": "zlib1g"}
    part = licences.debian_part("zlib1g")
    assert part.name == "zlib1g"
    assert part.version
    assert part.licence.startswith("Zlib")
    assert "Mark Adler" in part.text()


def test_frozen_folder_gets_its_list_and_texts(frozen: Path) -> None:
    assert licences.main([str(frozen)]) == 0
    shown = json.loads((frozen / "_internal/resources/licences" / BUILT).read_text("utf-8"))
    by_name = {row["name"]: row for row in shown}
    assert next(iter(by_name)) == "stonehand"
    assert {"Python", "click", "msgspec", "jaraco-classes", "Chromium"} <= by_name.keys()
    # Nothing of these is in the folder.
    assert not {"lxml", "libxml2", "Qt"} & by_name.keys()
    for row in shown:
        assert (frozen / "_internal/resources/licences" / row["texts"][0]).stat().st_size > 200
    listing = (frozen / "LICENCES.txt").read_text(encoding="utf-8")
    assert "click 8" in listing
    assert "Chromium 140" in listing
    before = {path: path.read_bytes() for path in frozen.rglob("*") if path.is_file()}
    assert licences.main([str(frozen)]) == 0
    assert before == {path: path.read_bytes() for path in frozen.rglob("*") if path.is_file()}


def test_bundle_gets_its_list_where_it_can_be_signed(frozen: Path) -> None:
    bundle = frozen / "Stonehand.app"
    contents = bundle / "Contents"
    (contents / "MacOS").mkdir(parents=True)
    (frozen / "stonehand").rename(contents / "MacOS" / "stonehand")
    (frozen / "_internal").rename(contents / "Frameworks")
    (contents / "Resources").mkdir()
    (contents / "Frameworks" / "resources").rename(contents / "Resources" / "resources")
    (contents / "Frameworks" / "resources").symlink_to("../Resources/resources")
    (contents / "Frameworks" / "libicudata.dylib").symlink_to(ICU)
    (contents / "Resources" / "stonehand.icns").touch()
    for _time in range(2):
        assert licences.main([str(bundle)]) == 0
    assert (contents / "Resources" / "LICENCES.txt").is_file()
    assert (contents / "Resources" / "resources" / "licences" / BUILT).is_file()
    assert list(bundle.iterdir()) == [contents]
    (contents / "Resources" / "nobody.dat").touch()
    assert licences.main([str(bundle)]) == 1


def test_build_with_something_unlicensed_fails(
    frozen: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (frozen / "_internal" / "libnobody.so.7").write_bytes(b"x")
    assert licences.main([str(frozen)]) == 1
    assert "  libnobody.so.7\n" in capsys.readouterr().err
    (frozen / "_internal" / "libnobody.so.7").unlink()
    with pytest.raises(licences.Unlicensed, match="odd: no licence is known"):
        licences.require_licences([Component("odd", "1", "")], set())
    with pytest.raises(licences.Unlicensed, match="odd: the text of MIT is missing"):
        licences.require_licences([Component("odd", "1", "MIT")], set())


def rows() -> list[dict[str, Any]]:
    """Some parts of what is installed, as a build lists them."""
    names = {"stonehand", "Chromium", "bcrypt", "click", "cryptography", "pillow", "six", "zlib"}
    return [
        {"name": p.name, "version": p.version, "licence": p.licence, "within": p.within}
        for p in components()
        if p.name in names
    ]


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    made: dict[str, Any] = sbom.bill(rows(), "c0ffee", AT)
    return made


def test_bill_is_valid_and_a_bad_one_is_found(bill: dict[str, Any]) -> None:
    assert sbom.faults(json.dumps(bill)) == []
    [surprise] = sbom.faults(json.dumps(bill | {"surprise": 1}))
    assert surprise.startswith("$: Additional properties")
    assert len(surprise) < 200, "it is not all of the schema"
    assert sbom.faults(json.dumps(bill | {"serialNumber": "7"}))
    assert sbom.faults(json.dumps(bill | {"specVersion": "9"})) == ["$.specVersion: 9 is not 1.6"]
    assert sbom.faults("{")[0].startswith("It is no JSON")
    assert sbom.main(["--check", "/no/such/bill"]) == 1


def test_bill_names_what_is_inside(bill: dict[str, Any]) -> None:
    parts = {part["name"]: part for part in bill["components"]}
    assert parts["Chromium"]["version"].startswith("140.")
    assert parts["click"]["purl"].startswith("pkg:pypi/click@8")
    within = {part["name"] for part in parts["cryptography"]["components"]}
    assert {"openssl", "pyo3"} <= within
    assert {part["name"] for part in parts["bcrypt"]["components"]} >= {"blowfish"}
    pillow = {part["name"] for part in parts["pillow"]["components"]}
    assert "libtiff" in pillow
    # Its wheel lists what it may be built with, under the GPL; what is installed has none of it.
    assert not {"libimagequant", "FriBiDi"} & pillow
    from PIL import features

    assert not features.check("libimagequant")
    edges = {edge["ref"]: edge["dependsOn"] for edge in bill["dependencies"]}
    own = edges[bill["metadata"]["component"]["bom-ref"]]
    assert parts["click"]["bom-ref"] in own


def test_bill_of_the_same_commit_has_the_same_bytes(bill: dict[str, Any]) -> None:
    again = sbom.bill(rows(), "c0ffee", AT)
    assert json.dumps(again) == json.dumps(bill)
    assert bill["metadata"]["timestamp"] == "2026-09-21T14:13:20Z"
    other = sbom.bill(rows(), "decaf", AT)
    assert other["serialNumber"] != bill["serialNumber"]


def test_other_version_than_the_lock_is_refused() -> None:
    sbom.require_locked([{"name": "click", "version": "8"}], {"click": "8"})
    with pytest.raises(sbom.NotLocked, match="click is 7, locked is 8"):
        sbom.require_locked([{"name": "click", "version": "7"}], {"Click": "8"})


@with_git
def test_time_is_the_commit_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    said = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert commit.time(ROOT) == int(said.stdout)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert commit.time(ROOT) == AT


def test_build_of_no_commit_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if shutil.which("git"):
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        with pytest.raises(SystemExit, match="made of a commit: fatal: not a git"):
            commit.name(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="install git"):
        commit.time(tmp_path)


@with_git
def test_bill_is_written_and_checked(
    frozen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert licences.main([str(frozen)]) == 0
    target = tmp_path / "dist"
    target.mkdir()
    assert sbom.main([str(frozen), str(target)]) == 0
    [file] = target.glob(f"stonehand-{__version__}-*.cdx.json")
    assert f'"version": "{__version__}"' in file.read_text(encoding="utf-8")
    assert sbom.main(["--check", str(file)]) == 0
    assert "valid CycloneDX 1.6" in capsys.readouterr().out
    file.write_text("{}")
    assert sbom.main(["--check", str(file)]) == 1
