"""What a Linux desktop needs besides the program: one `share` folder, the same in each package."""

from __future__ import annotations

import gzip
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from file_types import media_types, mime_package
from icons import write_icons
from identity import APP_ID, COMMAND, GENERIC_NAME, ROOT, SUMMARY
from linux_packages.man_page import write_man_pages
from linux_packages.metainfo import component

RECIPES = ROOT / "packaging" / "linux"
LEVEL = os.environ.get("STONEHAND_XZ_LEVEL", "9")
"""How hard packages are compressed, 0 to 9: a low number makes larger ones soon, to try them."""


@dataclass(frozen=True)
class Payload:
    """What every package holds: the folder with the program, the `share` folder, and one time."""

    program: Path
    share: Path
    moment: int


def desktop_entry(recipe: str = COMMAND) -> str:
    """Return a desktop entry, which starts the command `stonehand`.

    That of `stonehand-link` is in no menu: a desktop gives files as paths to one, and links to
    the other.
    """
    text = (RECIPES / f"{recipe}.desktop").read_text(encoding="utf-8")
    values = {
        "@LINK@": "Open a link to a story",
        "@LINK_AR@": "فتح رابط إلى مادة",
        "@APP_ID@": APP_ID,
        "@GENERIC_NAME@": GENERIC_NAME["en"],
        "@GENERIC_NAME_AR@": GENERIC_NAME["ar"],
        "@SUMMARY@": SUMMARY["en"],
        "@SUMMARY_AR@": SUMMARY["ar"],
        "@MEDIA_TYPES@": "".join(f"{kind};" for kind in media_types()),
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def write_share(share: Path, moment: int) -> None:
    """Make the folder: desktop entry, icons, file types, metadata, and manual pages."""
    shutil.rmtree(share, ignore_errors=True)
    files = {
        f"applications/{APP_ID}.desktop": desktop_entry().encode(),
        f"applications/{APP_ID}.link.desktop": desktop_entry(f"{COMMAND}-link").encode(),
        f"mime/packages/{APP_ID}.xml": mime_package(),
        f"metainfo/{APP_ID}.metainfo.xml": component(moment),
    }
    for name, data in files.items():
        (share / name).parent.mkdir(parents=True, exist_ok=True)
        (share / name).write_bytes(data)
    write_icons(share)
    write_man_pages(share, moment)


def is_program(path: Path) -> bool:
    """Return whether a file is to be run: a program or a script.

    Libraries are only loaded, and files of data may have the mode by mistake.
    """
    if not os.access(path, os.X_OK) or ".so" in path.name:
        return False
    with path.open("rb") as file:
        return file.read(4).startswith((b"\x7fELF", b"#!"))


def compressed(file: Path) -> bytes:
    """Return a file's bytes, compressed with nothing of this machine in them."""
    return gzip.compress(file.read_bytes(), 9, mtime=0)
