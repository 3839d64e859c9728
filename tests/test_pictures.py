"""The pictures of the help come from the real window, by one command."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageColor, ImageStat
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication
from saving import save_part, with_few_colours
from scenes import SCENES
from stage import LANGUAGES, THEMES, named_pictures, picture_file
from tour import TOUR

from editor.gui.theme import current_theme, tokens
from editor.resources import resource

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "packaging" / "pictures"


def make(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    return subprocess.run(
        [sys.executable, PICTURES, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def make_here(*arguments: str) -> int:
    """Do it in this process, where no window is needed; return the exit code."""
    program = runpy.run_path(str(PICTURES / "__main__.py"))
    return int(program["main"](arguments))


def test_every_picture_of_the_help_can_be_made_again(capsys: pytest.CaptureFixture[str]) -> None:
    for language in LANGUAGES:
        folder = resource("help", "" if language == "en" else language)
        shown = {path.stem.removesuffix("-dark") for path in folder.glob("*.webp")}
        assert shown
        assert shown <= named_pictures(language) <= set(SCENES)
    assert make_here("--list") == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == list(SCENES)


def test_few_colours_are_those_of_the_theme_and_of_large_areas() -> None:
    image = Image.effect_noise((200, 100), 80).convert("RGB")
    large, small = (1, 2, 3), ImageColor.getrgb(tokens(current_theme())["accent"])
    image.paste(large, (0, 0, 200, 50))
    image.putpixel((7, 70), small)
    few = with_few_colours(image)
    assert few.mode == "P"
    assert len(few.getcolors() or []) <= 32
    assert few.convert("RGB").getpixel((9, 9)) == large
    assert few.convert("RGB").getpixel((7, 70)) == small


def test_only_a_photo_loses_detail(qapp: QApplication, tmp_path: Path) -> None:
    photo = QPixmap(str(resource("samples", "pictures", "jetty.jpg"))).scaledToWidth(500)
    plain = QPixmap(400, 200)
    plain.fill(QColor("white"))
    kinds = {}
    for name, picture in (("photo", photo), ("plain", plain)):
        size = save_part(picture, picture.rect(), tmp_path / name)
        data = (tmp_path / name).read_bytes()
        assert size == len(data)
        kinds[name] = data[12:16]
    assert kinds == {"photo": b"VP8 ", "plain": b"VP8L"}


def test_readme_shows_the_whole_tour_in_few_bytes() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]{20,}\]\(packaging/pictures/tour/([\w-]+)\.webp\)", readme)
    assert shown == list(TOUR)
    files = sorted((PICTURES / "tour").iterdir())
    assert [file.stem for file in files] == shown
    assert sum(file.stat().st_size for file in files) < 500_000
    for file in files:
        with Image.open(file) as image:
            assert image.size == (1200, 750)


def test_unknown_name_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path)
    assert make_here("--help-folder", folder, "--whole-folder", folder, "no-such-scene") == 2
    assert "no-such-scene" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_scene_is_made_in_every_language_and_theme_and_is_not_blank(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    made = make("--help-folder", cut, "--whole-folder", whole, "start-page")
    assert made.returncode == 0, made.stderr
    means = []
    shown = [language for language in LANGUAGES if "start-page" in named_pictures(language)]
    files = [picture_file("start-page", language, theme) for language in shown for theme in THEMES]
    for file in files:
        with Image.open(whole / file.with_suffix(".png")) as image:
            assert image.size == (2 * 860, 2 * 560), "two pixels a point"
        with Image.open(cut / file) as image:
            assert image.width <= 1600
            grey = image.convert("L")
            assert grey.entropy() > 1
            means.append(ImageStat.Stat(grey).mean[0])
    assert all(dark < 100 < light for light, dark in zip(means[::2], means[1::2], strict=True))
    assert {path.relative_to(cut) for path in cut.rglob("*.webp")} == set(files)
