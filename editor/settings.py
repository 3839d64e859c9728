"""Personal settings: typed, each with a sentence; a broken file is reported, not fatal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from editor.files import parse_json, write_json
from editor.places import settings_file

APPEARANCES = ("system", "light", "dark")
LOCK_AFTER = (15, 60, 240, 0)
"""Minutes without use after which keys behind a passphrase are locked; 0 is never."""

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_SIZES = 100
"""More points than this, added or taken, are no size of text."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one person prefers on one computer; nothing here belongs to a desk."""

    appearance: str = field(default="system", metadata={"about": "system, light or dark"})
    language: str = field(default="en", metadata={"about": "language of the interface (BCP 47)"})
    last_desk: str = field(default="", metadata={"about": "the desk opened at the next start"})
    person: str = field(default="", metadata={"about": "who works here: a name on the desk"})
    recent_desks: tuple[str, ...] = field(
        default=(), metadata={"about": "desks opened before, latest first"}
    )
    last_export: str = field(default="", metadata={"about": "the folder of the last export"})
    picture_folder: str = field(
        default="", metadata={"about": "the folder that the last picture was chosen from"}
    )
    backup_folders: Mapping[str, str] = field(
        default_factory=dict, metadata={"about": "the folder of a desk's backups, by the desk's"}
    )
    text_size: int = field(default=0, metadata={"about": "points added to the interface's font"})
    check_spelling: bool = field(
        default=True, metadata={"about": "whether words that no dictionary has are underlined"}
    )
    typographic_marks: bool = field(
        default=True, metadata={"about": "write quotation marks and dashes as somebody types"}
    )
    lock_keys_after: int = field(
        default=60, metadata={"about": "minutes without use until keys are locked; 0 is never"}
    )


def load_settings() -> tuple[Settings, list[str]]:
    """Read the settings; what can't be used is left at its default and named in the list."""
    try:
        raw = parse_json(settings_file().read_bytes())
    except FileNotFoundError:
        return Settings(), []
    except (OSError, ValueError) as error:
        return Settings(), [f"The settings file could not be read ({type(error).__name__})."]
    if not isinstance(raw, dict):
        return Settings(), ["The settings file does not hold settings."]
    settings, problems = Settings(), []
    for spec in fields(Settings):
        if spec.name not in raw:
            continue
        value = _usable(spec.name, raw[spec.name])
        if value is None:
            problems.append(f"The setting “{spec.name}” has a value that can't be used.")
        else:
            settings = replace(settings, **{spec.name: value})
    return settings, problems


def save_settings(settings: Settings) -> bool:
    """Write the settings; False where this computer refuses (a read-only home)."""
    return write_json(settings_file(), asdict(settings))


def _usable(name: str, value: Any) -> Any:
    if name == "appearance":
        return value if value in APPEARANCES else None
    if name == "lock_keys_after":
        return value if type(value) is int and value in LOCK_AFTER else None
    if name == "recent_desks":
        good = isinstance(value, list) and all(_is_text(item) for item in value)
        return tuple(value) if good else None
    if name == "backup_folders":
        good = isinstance(value, dict) and all(map(_is_text, (*value, *value.values())))
        return value if good else None
    wanted = type(getattr(Settings(), name))
    is_good = _is_text(value) if wanted is str else type(value) is wanted
    if name == "text_size":
        is_good = is_good and abs(value) <= _SIZES
    return value if is_good else None


def _is_text(value: Any) -> bool:
    """Whether it is text that can name a folder: half a surrogate pair and NUL can't."""
    return isinstance(value, str) and not _NO_TEXT.search(value)
