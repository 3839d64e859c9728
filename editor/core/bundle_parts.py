"""Which parts a bundle has."""

from __future__ import annotations

from collections.abc import Iterable

from editor.errors import BadValue
from editor.i18n import _, listed

PARTS = ("site", "api", "pictures", "stories", "history")
"""All parts, in the order in which they are written. Each is a folder below `data/`."""
MAIN_PARTS = ("site", "api", "stories")
"""Those that have the stories: edition.json names each story's file in the first that is there.

They are also what a bundle has unless somebody chooses.
"""


def read_parts(text: str) -> tuple[str, ...]:
    """Read `site,stories`; MAIN_PARTS for an empty text. Raises BadValue."""
    return checked_parts(filter(None, (part.strip() for part in text.split(","))))


def checked_parts(names: Iterable[str]) -> tuple[str, ...]:
    """Return the parts in their order, each once; MAIN_PARTS for none. Raises BadValue."""
    wanted = set(names)
    if unknown := sorted(wanted.difference(PARTS)):
        raise BadValue(
            _("A bundle has no part “{value}”.").format(value=unknown[0][:60]),
            _("Choose of {names}.").format(names=listed(PARTS)),
        )
    if wanted and not wanted.intersection(MAIN_PARTS):
        raise BadValue(
            _("A bundle of {names} alone has no story.").format(
                names=" and ".join(sorted(wanted, reverse=True))
            ),
            _("Add one of {names}.").format(names=listed(MAIN_PARTS)),
        )
    return tuple(part for part in PARTS if part in wanted) or MAIN_PARTS


def remembered_name(parts: Iterable[str]) -> str:
    """Return the name under which exports of bundles with these parts are remembered."""
    return f"bundle {','.join(parts)}"
