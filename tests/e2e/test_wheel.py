"""The wheel works alone: resources are found and the sample can be exported from it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from editor import resources

ROOT = Path(__file__).resolve().parents[2]

EXPORT = """
import sys
from pathlib import Path
import editor
from editor.cli import main
from editor.sample import make_sample
assert "site-packages" in editor.__file__, editor.__file__
make_sample(Path("Sample.desk")).close()
for kind in ("site", "api"):
    code = main(["export", kind, "--desk", "Sample.desk", "--out", kind, "--unsigned"])
    assert code == 0, code
    assert main(["verify", kind, "--unsigned"]) == 0
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("stonehand-*.whl"))


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A venv with the wheel and its dependencies, but without the source tree.

    The dependencies come from this environment by path; .pth files in there,
    such as an editable install's, are not followed, so only the wheel is found.
    """
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run(
        [*command, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True
    )
    home = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    Path(home, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_wheel_alone_exports_the_sample(clean: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(clean), "-c", EXPORT],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "index.html").is_file()
    assert (tmp_path / "site" / "assets" / "site.css").is_file()
    assert (tmp_path / "api" / "v1" / "index.json").is_file()


def test_wheel_has_the_compiled_catalogue_of_each_language(wheel: Path) -> None:
    files = zipfile.ZipFile(wheel).namelist()
    languages = [path.name for path in (ROOT / "resources" / "i18n").iterdir()]
    assert languages
    for language in languages:
        assert f"editor/_resources/i18n/{language}/LC_MESSAGES/stonehand.mo" in files


def test_wheel_installs_the_program(clean: Path, tmp_path: Path) -> None:
    program = next(clean.parent.glob("stonehand*"))
    done = subprocess.run(
        [str(program), "--version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("Stonehand 0.")


def test_frozen_bundle_has_its_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    resources.resources.cache_clear()
    try:
        assert resources.resource("site") == tmp_path / "resources" / "site"
    finally:
        monkeypatch.undo()
        resources.resources.cache_clear()
