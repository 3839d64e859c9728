"""The wheel works alone: the sample is exported from it, and its window is shown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email.parser import BytesParser
from pathlib import Path

import pytest
from PIL import Image

from editor import __version__, resources
from editor.core.house import House
from editor.core.people import Person, Role
from editor.settings import load_settings
from editor.store.desk import Desk
from tests.virtual_screen import is_installed, virtual_screen, wait_for

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


WINDOW = """
import sys
from pathlib import Path
import editor
from editor.gui.start import start
assert "site-packages" in editor.__file__, editor.__file__
app, stonehand = start(Path(sys.argv[1]))
from PySide6.QtCore import QTimer
def look():
    window = stonehand.window
    if window and window.session.is_open and not window.session.jobs.busy:
        timer.stop()
        print(window.session.house.name, window.grab().save(sys.argv[2]), flush=True)
        window.close()
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
sys.exit(app.exec())
"""


def environment(**more: str) -> dict[str, str]:
    """Return this environment without the place of the sources, and with more."""
    return {**{name: os.environ[name] for name in os.environ if name != "PYTHONPATH"}, **more}


def count_colors(picture: Image.Image) -> int:
    """Return how many colours a picture has: text and icons have many."""
    return len(picture.convert("RGB").getcolors(1 << 20) or [])


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
        env=environment(),
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


@pytest.fixture
def program(clean: Path) -> str:
    """The command that pip made."""
    return str(clean.with_name("stonehand" + clean.suffix))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A desk that is opened for the first time."""
    path = tmp_path / "Our paper.desk"
    Desk.create(path, House("Harbour Post"), Person("Mara Quill", Role.CHIEF)).close()
    return path


def test_wheel_installs_the_program(program: str, tmp_path: Path) -> None:
    for option, start in (("--version", "Stonehand 0."), ("--help", "Usage: stonehand ")):
        done = subprocess.run(
            [program, option],
            cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stdout.startswith(start)


def test_wheel_alone_shows_the_window(clean: Path, paper: Path, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    done = subprocess.run(
        [str(clean), "-c", WINDOW, str(paper), str(picture)],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
    assert done.stdout == "Harbour Post True\n", done.stderr
    with Image.open(picture) as shown:
        assert count_colors(shown) > 50


def test_program_of_the_wheel_shows_its_window_on_a_screen(
    program: str, paper: Path, tmp_path: Path
) -> None:
    if not is_installed():
        pytest.skip("Xvfb is not installed")
    with virtual_screen() as screen:
        shows = environment(DISPLAY=screen.display, QT_QPA_PLATFORM="xcb")
        with subprocess.Popen([program, str(paper)], cwd=tmp_path, env=shows) as shown:
            try:
                assert wait_for(lambda: load_settings()[0].last_desk == str(paper))
                assert wait_for(lambda: count_colors(screen.small()) > 50)
                assert screen.hands.windows() == 1
                shown.terminate()
                assert shown.wait(30) == 128 + signal.SIGTERM
            finally:
                shown.kill()


def test_metadata_is_what_a_package_index_shows(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        [metadata] = [name for name in files.namelist() if name.endswith(".dist-info/METADATA")]
        parsed = BytesParser().parsebytes(files.read(metadata))
        commands = files.read(metadata.replace("METADATA", "entry_points.txt")).decode()
    assert parsed["Name"] == "stonehand"
    assert parsed["Version"] == __version__
    assert parsed["License-Expression"] == "MIT"
    assert parsed["Description-Content-Type"] == "text/markdown"
    assert parsed.get_payload().startswith("# Stonehand")
    assert "[gui_scripts]\nstonehandw = editor.__main__:main" in commands


def test_wheel_has_nothing_of_the_workshop(wheel: Path) -> None:
    files = zipfile.ZipFile(wheel).namelist()
    folders = {name.split("/")[0] for name in files}
    assert folders == {"editor", f"stonehand-{__version__}.dist-info"}
    assert not [name for name in files if "__pycache__" in name]


def test_frozen_bundle_has_its_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    resources.resources.cache_clear()
    try:
        assert resources.resource("site") == tmp_path / "resources" / "site"
    finally:
        monkeypatch.undo()
        resources.resources.cache_clear()
