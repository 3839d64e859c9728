"""The time zones of the IANA database, by name: a paper has one, for every date its readers see."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from editor.errors import BadValue
from editor.i18n import _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

UTC_NAME = "UTC"
_SUGGESTED = 3


@cache
def zone_names() -> tuple[str, ...]:
    """Return every name of the database, the same on every computer."""
    return tuple(files("tzdata").joinpath("zones").read_text("utf-8").split())


def offered_zones() -> tuple[str, ...]:
    """Return the names to choose from: `UTC` and those of a place, without older spellings."""
    places = (name for name in zone_names() if "/" in name and not name.startswith("Etc/"))
    return (UTC_NAME, *sorted(places))


def zone_name(text: str) -> str:
    """Return a zone's name as the database spells it. Raises BadValue for an unknown one."""
    wanted = text.strip().replace(" ", "_").casefold()
    for name in zone_names():
        if name.casefold() == wanted:
            return name
    near = [name for name in offered_zones() if wanted and wanted in name.casefold()]
    hint = _("Write it like Europe/Lisbon.")
    if near:
        hint = _("Did you mean {names}?").format(names=_(" or ").join(near[:_SUGGESTED]))
    raise BadValue(_("“{value}” is not a time zone.").format(value=text.strip()[:80]), hint)


@cache
def zone(name: str) -> ZoneInfo:
    """Return a zone by its name. Raises BadValue for an unknown one."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - a window can be painted without

    return ZoneInfo(zone_name(name))


def computer_zone() -> str:
    """Return the name of this computer's zone; `UTC` where it can't be told."""
    from babel.localtime import get_localzone  # noqa: PLC0415 - asked for a new desk alone

    try:
        return zone_name(str(getattr(get_localzone(), "key", "")))
    except (BadValue, LookupError, OSError):
        return UTC_NAME


def short_name(local: datetime) -> str:
    """Name the zone of a local time: `CET`, or `UTC+05:45` where it has no short name."""
    name, offset = local.tzname() or "", f"{local:%z}"
    is_short = name.isascii() and name.isalpha() and len(name) <= 5
    return name if is_short else f"UTC{offset[:3]}:{offset[3:5]}"
