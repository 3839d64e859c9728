"""Every part of Stonehand is listed with its licence and the licence's text."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from license_expression import get_spdx_licensing

from editor import __version__, licences
from editor.licences import Component, canonical_name, components, needed_names, required
from editor.resources import resource

ROOT = Path(__file__).resolve().parent.parent
SITE = Path(str(distribution("PySide6-Essentials").locate_file("")))


@cache
def parts() -> dict[str, Component]:
    return {part.name: part for part in components()}


def is_installed(name: str) -> bool:
    try:
        return bool(distribution(name))
    except PackageNotFoundError:
        return False


def test_stonehand_comes_first_then_the_others_by_name() -> None:
    names = [part.name for part in components()]
    assert names[0] == "stonehand"
    assert names[1:] == sorted(names[1:], key=str.casefold)
    assert len(set(names)) == len(names)


def test_every_locked_library_that_the_program_asks_for_is_listed() -> None:
    lock = (ROOT / "packaging" / "requirements" / "run.txt").read_text(encoding="utf-8")
    locked = set(map(canonical_name, re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)))
    listed = parts().keys() & locked
    # What only installs the project from its sources is in the lock besides.
    asked_for = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = required(*needed_names(asked_for["dependencies"])).keys()
    installers = required("hatchling", "editables").keys() - needed
    assert listed == {name for name in locked if is_installed(name)} - installers
    assert {name for name in parts() if is_installed(name)} - {"stonehand", *listed} == set()


def test_every_part_has_a_licence_that_spdx_knows_and_its_text() -> None:
    spdx = get_spdx_licensing()
    for name, part in parts().items():
        named = re.sub(r"\bLicenseRef-\S+", "MIT", part.licence)
        assert named, name
        spdx.parse(named, validate=True, strict=True)
        assert part.texts, name
        assert len(part.text()) > 200, name


def test_texts_of_the_gpl_and_its_kin_come_with_what_is_under_them() -> None:
    for part in parts().values():
        for family in re.findall(r"\b(LGPL|GPL|MPL)-(\d)", part.licence):
            if " OR " not in part.licence:
                assert re.search(r"GENERAL PUBLIC LICENSE|Mozilla Public License", part.text()), (
                    part.name,
                    family,
                )


def test_qt_says_how_to_replace_its_libraries_and_where_the_source_is() -> None:
    text = parts()["Qt"].text()
    assert "You may replace them" in text
    assert "https://download.qt.io" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text


def test_versions_of_what_is_inside_a_library_are_true() -> None:
    from cryptography.hazmat.backends.openssl import backend
    from PySide6.QtWebEngineCore import qWebEngineChromiumVersion
    from pysqlite3 import dbapi2

    assert parts()["Chromium"].version == qWebEngineChromiumVersion()
    assert parts()["OpenSSL"].version in backend.openssl_version_text()
    assert parts()["SQLite"].version == dbapi2.sqlite_version
    assert parts()["Python"].version == sys.version.split()[0]
    assert parts()["Qt"].version == distribution("PySide6").version
    if sys.platform == "linux":
        assert list(SITE.glob(f"PySide6/Qt/lib/libicudata.so.{parts()['ICU'].version}"))
        assert list(SITE.glob(f"hunspell/libhunspell-{parts()['Hunspell'].version}.so*"))
    assert parts()["IPTC Media Topics"].version in parts()["IPTC Media Topics"].text()
    assert parts()["British dictionary"].version in parts()["British dictionary"].text()


@pytest.mark.skipif(sys.platform != "linux", reason="the libraries of another system differ")
def test_libraries_in_rust_that_c2pa_holds_are_named() -> None:
    library = (SITE / "c2pa" / "libs" / "libc2pa_c.so").read_bytes()
    held = re.findall(rb"/registry/src/[^/\x00]+/([A-Za-z0-9_-]+-\d+\.\d+\.\d+[^/\x00]*)/", library)
    text = parts()["c2pa-python"].text()
    assert {crate.decode() for crate in held if crate.decode() not in text} == set()


def test_list_of_a_build_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ours.txt").write_text("Use it well.\n", encoding="utf-8")
    row = {
        "name": "stonehand",
        "version": __version__,
        "licence": "MIT",
        "within": "",
        "texts": ["ours.txt"],
    }
    (tmp_path / licences.BUILT).write_text(json.dumps([row]), encoding="utf-8")
    monkeypatch.setattr(licences, "resource", lambda _name: tmp_path)
    [part] = components()
    assert (part.name, part.licence, part.text()) == ("stonehand", "MIT", "Use it well.\n")


def test_wheel_is_listed_by_its_metadata_whatever_is_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some wheels put their `pyproject.toml` where ours would be in a checkout."""
    shutil.copy(resource("licences", "included.json"), tmp_path)
    monkeypatch.setattr(licences, "resource", lambda _name: tmp_path)
    monkeypatch.setattr(tomllib, "loads", lambda _text: {})
    assert [part.name for part in components()][:1] == ["stonehand"]
    assert {"click", "Qt"} <= {part.name for part in components()}


def test_distribution_without_a_licence_is_listed_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "nameless-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nameless\nVersion: 2.0\n")
    (info / "RECORD").write_text("nameless-2.0.dist-info/METADATA,,\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = licences.described(required("nameless"), resource("licences"))
    [part] = [part for part in found if part.name == "nameless"]
    assert part == Component("nameless", "2.0", "")


@pytest.mark.parametrize(
    ("requirement", "is_needed"),
    [
        ("tomli>=2", True),
        ("tomli>=2; python_version < '3.0'", False),
        ('tomli>=2; python_full_version >= "3.0.1"', True),
        ("tomli>=2; python_version >= '99' and sys_platform == 'win32'", False),
        ("tomli>=2; python_version < '3.0' or sys_platform == 'win32'", True),
        ("tomli>=2; extra == 'toml'", False),
    ],
)
def test_requirement_for_another_python_is_not_needed(requirement: str, is_needed: bool) -> None:
    assert list(needed_names([requirement])) == ["tomli"] * is_needed


def test_version_is_named_in_one_place() -> None:
    """Packages, metadata and pages get it from `editor/__init__.py`."""
    kinds = {".py", ".toml", ".in", ".spec", ".iss", ".yml", ".yaml", ".xml", ".desktop", ".plist"}
    named = {
        path.relative_to(ROOT).as_posix()
        for folder in (ROOT / "editor", ROOT / "packaging", ROOT / ".ci")
        for path in [ROOT / "pyproject.toml", *folder.rglob("*")]
        if path.suffix in kinds
        and "node_modules" not in path.parts
        and re.search(rf"(?<![\w.]){re.escape(__version__)}(?![\w.])", path.read_text("utf-8"))
    }
    assert named == {"editor/__init__.py"}
    assert distribution("stonehand").version == __version__
