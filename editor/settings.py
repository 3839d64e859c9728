"""Personal settings: each is declared once here, and the settings window is made from that.

A file that is broken or that a later version wrote is reported, never fatal: what can't be used
is left at its usual value and written back as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from editor.declared_setting import Setting, SettingsPage, chosen, is_text, remembered
from editor.files import parse_json, write_json
from editor.i18n import ENGLISH, N_, _, isolated, use_language
from editor.places import settings_file
from editor.turns import changing

_BROKEN = "settings.broken.json"
_AS_SYSTEM = "system"
_LEVELS = 20
"""How deeply a value of a later version may be nested."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one person prefers on one computer; nothing here belongs to a desk."""

    appearance: str = field(
        default="system",
        metadata=chosen(
            SettingsPage.APPEARANCE,
            N_("Appearance"),
            N_(
                "Light or dark colours, or those with the most contrast. "
                "As the system changes with your desktop."
            ),
            choices={
                "system": N_("As the system"),
                "light": N_("Light"),
                "dark": N_("Dark"),
                "contrast": N_("High contrast, light"),
                "contrast_dark": N_("High contrast, dark"),
            },
            also=N_("theme, night mode, accessibility"),
        ),
    )
    text_size: int = field(
        default=0,
        metadata=chosen(
            SettingsPage.APPEARANCE,
            N_("Larger text"),
            N_("Points that are added to all letters of the window, of the form and of dialogs."),
            choices=dict.fromkeys(range(-2, 13), N_("{n:+} pt")) | {0: N_("Usual")},
            also=N_("text size, font size, zoom, accessibility"),
        ),
    )
    writing_font: str = field(
        default="",
        metadata={
            "setting": Setting(
                N_(
                    "The letters of the body and of the other fields of a story, in the form alone."
                ),
                SettingsPage.TEXT,
                N_("Font of what you write"),
                is_font=True,
                also=N_("typeface, lettering"),
            )
        },
    )
    writing_size: int = field(
        default=0,
        metadata=chosen(
            SettingsPage.TEXT,
            N_("Size of what you write"),
            N_("Points that are added to the letters of the body and of a story’s other fields."),
            choices=dict.fromkeys(range(-2, 17), N_("{n:+} pt")) | {0: N_("Usual")},
        ),
    )
    line_width: int = field(
        default=70,
        metadata=chosen(
            SettingsPage.TEXT,
            N_("Line width"),
            N_("How long the lines of the body become at most, where the window has the room."),
            choices=dict.fromkeys(range(40, 125, 5), N_("{n} characters")),
        ),
    )
    line_height: int = field(
        default=120,
        metadata=chosen(
            SettingsPage.TEXT,
            N_("Line height"),
            N_("How far apart the lines of the body are, in parts of the letters’ own height."),
            choices=dict.fromkeys(range(100, 210, 10), N_("{n} %")),
        ),
    )
    typographic_marks: bool = field(
        default=True,
        metadata=chosen(
            SettingsPage.TYPING,
            N_("Typographic marks as you type"),
            N_("Write the quotation marks, apostrophes and dashes of the story’s language."),
            also=N_("smart quotes, curly quotes, autocorrect"),
        ),
    )
    typewriter_scrolling: bool = field(
        default=False,
        metadata=chosen(
            SettingsPage.TYPING,
            N_("Typewriter scrolling"),
            N_("Keep the line of the body that you write in the middle of the window."),
        ),
    )
    check_spelling: bool = field(
        default=True,
        metadata=chosen(
            SettingsPage.PROOFING,
            N_("Check spelling"),
            N_("Underline words that are in no dictionary and no name of the paper."),
            also=N_("spell checker, typos, mistakes"),
        ),
    )
    lock_keys_after: int = field(
        default=60,
        metadata=chosen(
            SettingsPage.KEYS,
            N_("Lock keys after"),
            N_("How long the window may be unused until a key with a passphrase is locked."),
            choices={
                15: N_("15 minutes"),
                60: N_("1 hour"),
                240: N_("4 hours"),
                0: N_("Never lock them"),
            },
            also=N_("password, time out"),
        ),
    )
    language: str = field(
        default=_AS_SYSTEM,
        metadata={
            "setting": Setting(
                N_("The language of menus, dialogs and messages, from the next start on."),
                SettingsPage.LANGUAGE,
                N_("Language of the window"),
                {
                    _AS_SYSTEM: N_("As the system"),
                    **{"en": "English", "ar": "العربية (123)", "ar-EG": "العربية (١٢٣)"},
                },
                is_language=True,
                also=N_("Arabic, translation, interface"),
            )
        },
    )
    ask_for_versions: bool = field(
        default=False,
        metadata=chosen(
            SettingsPage.UPDATES,
            N_("Ask weekly for newer versions"),
            N_(
                "One request to the address below; nothing about you or your desks is sent. "
                "Nothing is downloaded or installed."
            ),
            also=N_("update, upgrade, release, online"),
        ),
    )
    versions_address: str = field(
        default="",
        metadata=chosen(
            SettingsPage.UPDATES,
            N_("Where versions are listed"),
            N_(
                "The https address, or the file, of your newsroom’s own list. "
                "Empty for the one that Stonehand came with."
            ),
            also=N_("server, intranet, release"),
        ),
    )
    versions_asked: str = field(
        default="", metadata=remembered("when the list of versions was asked for by itself, in UTC")
    )
    version_shown: str = field(
        default="", metadata=remembered("the newer version that was named last")
    )
    last_desk: str = field(default="", metadata=remembered("the desk opened at the next start"))
    person: str = field(default="", metadata=remembered("who works here: a name on the desk"))
    recent_desks: tuple[str, ...] = field(
        default=(), metadata=remembered("desks opened before, latest first")
    )
    last_export: str = field(default="", metadata=remembered("the folder of the last export"))
    picture_folder: str = field(
        default="", metadata=remembered("the folder that the last picture was chosen from")
    )
    backup_folders: Mapping[str, str] = field(
        default_factory=dict, metadata=remembered("the folder of a desk's backups, by the desk's")
    )
    unread: Mapping[str, Any] = field(
        default_factory=dict,
        metadata=remembered("what the file has that this version can't use, to be written back"),
    )

    def interface_language(self, system: str) -> str:
        """Return the tag of the interface's language, where that of the system is `system`."""
        return system if self.language == _AS_SYSTEM else self.language

    def changed(self, **values: Any) -> Settings:
        """Return these settings with other values, which replace what could not be used."""
        unread = {name: value for name, value in self.unread.items() if name not in values}
        return replace(self, **values, unread=unread)


def all_settings() -> dict[str, Setting]:
    """Return every setting by its name, as it is declared."""
    return {spec.name: _declared(spec) for spec in fields(Settings) if spec.name != "unread"}


def settings_on(page: SettingsPage) -> list[Setting]:
    """Return the settings of a page, in order: those that leave something to choose."""
    return [
        setting
        for setting in all_settings().values()
        if setting.page is page and (setting.choices is None or len(setting.choices) > 1)
    ]


def usual_values(page: SettingsPage) -> dict[str, Any]:
    """Return the usual value of each setting of a page, by its name."""
    return {setting.name: setting.usual for setting in settings_on(page)}


def load_settings() -> tuple[Settings, list[str]]:
    """Read the settings; what can't be used is left at its usual value and named in the list."""
    try:
        raw = parse_json(settings_file().read_bytes())
    except FileNotFoundError:
        return Settings(), []
    except (OSError, ValueError) as error:
        problem = _(
            "The settings file could not be read ({kind}). The usual settings are used instead."
        )
        return Settings(), [problem.format(kind=type(error).__name__)]
    if not isinstance(raw, dict):
        problem = _("The settings file does not hold settings. The usual ones are used instead.")
        return Settings(), [problem]
    return _from_file(raw)


def _from_file(raw: dict[str, Any]) -> tuple[Settings, list[str]]:
    values, unread, problems = dict[str, Any](), dict[str, Any](), list[str]()
    known = all_settings()
    for name, value in raw.items():
        setting = known.get(name)
        if setting is not None and _accepts(setting, value):
            values[name] = tuple(value) if isinstance(setting.usual, tuple) else value
            continue
        if can_be_kept := _is_shallow(value, _LEVELS):
            unread[name] = value
        if setting is not None or not can_be_kept:
            problems.append(_problem(setting or Setting("", name=name)))
    return Settings(**values, unread=unread), problems


def save_settings(settings: Settings) -> bool:
    """Write the settings; False where this computer refuses (a read-only home).

    What this version could not use is written back as it was.
    """
    values = {spec.name: getattr(settings, spec.name) for spec in fields(settings)}
    return write_json(settings_file(), values | values.pop("unread"))


def save_changed(before: Settings, **values: Any) -> bool:
    """Write some settings that were as `before` until now; False as `save_settings`.

    Another window may have written others meanwhile, and entries of its own: they stay.
    """
    with changing(settings_file()):
        saved = _saved() or before
        merged = {
            name: _merged(getattr(before, name), value, getattr(saved, name))
            for name, value in values.items()
        }
        return save_settings(saved.changed(**merged))


def _saved() -> Settings | None:
    """Return what the file has; None where there is none, or none that can be read."""
    try:
        raw = parse_json(settings_file().read_bytes())
    except (OSError, ValueError):
        return None
    return _from_file(raw)[0] if isinstance(raw, dict) else None


def _merged(before: Any, now: Any, saved: Any) -> Any:
    """Return a new value with the entries that others put into the saved one."""
    match now:
        case tuple():
            return (*now, *(entry for entry in saved if entry not in {*before, *now}))
        case Mapping():
            kept = {key: saved[key] for key in saved if key in now or key not in before}
            return kept | {key: now[key] for key in now if before.get(key) != now[key]}
    return now


def start_with_settings(system: str = ENGLISH) -> tuple[Settings, list[str]]:
    """Read the settings as `load_settings` does, and choose their language for the interface.

    A broken file gets another name before there is a new one. `system` is the system's language.
    """
    settings, problems = load_settings()
    use_language(settings.interface_language(system))
    if problems:
        _again, problems = load_settings()  # in the language that was just chosen
        if aside := _set_broken_file_aside():
            problems.append(_("What it had is in {file}.").format(file=isolated(str(aside))))
    return settings, problems


def _set_broken_file_aside() -> Path | None:
    file = settings_file()
    try:
        return file.replace(file.with_name(_BROKEN)) if _is_broken(file) else None
    except OSError:
        return None  # nobody may read it; or a read-only home: nothing is written over it


def _is_broken(file: Path) -> bool:
    try:
        return not isinstance(parse_json(file.read_bytes()), dict)
    except ValueError:
        return True


@cache
def _declared(spec: Field[Any]) -> Setting:
    setting: Setting = spec.metadata["setting"]
    return replace(setting, name=spec.name, usual=getattr(_USUAL, spec.name))


def _accepts(setting: Setting, value: Any) -> bool:
    match setting.usual:
        case tuple():
            return isinstance(value, list) and all(map(is_text, value))
        case dict():
            return isinstance(value, dict) and all(map(is_text, _parts_of(value)))
    return setting.accepts(value)


def _is_shallow(value: Any, levels: int) -> bool:
    """Whether it can be written again: what is nested more deeply than Python writes can't."""
    match value:
        case dict():
            return levels > 0 and all(_is_shallow(part, levels - 1) for part in value.values())
        case list():
            return levels > 0 and all(_is_shallow(part, levels - 1) for part in value)
    return True


def _parts_of(value: Mapping[str, Any]) -> Iterator[Any]:
    yield from value
    yield from value.values()


def _problem(setting: Setting) -> str:
    if setting.page is None:
        return _("What the settings file has as “{name}” can't be used and is ignored.").format(
            name=setting.name
        )
    return _(
        "The setting “{title}” has a value that can't be used; “{usual}” is used instead."
    ).format(title=_(setting.title), usual=setting.words(setting.usual))


_USUAL: Final = Settings()
