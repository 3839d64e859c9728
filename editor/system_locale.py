"""The language and the region that the system is set to, without Qt: on Windows it is asked."""

from __future__ import annotations

import locale
import os
import re
import sys
from typing import Any

_REGION = re.compile(r"[a-z]{2,3}(?:[-_][A-Z][a-z]{3})?[-_]([A-Z]{2})(?![A-Za-z0-9])")
_LONGEST_NAME = 85
"""Characters of a locale's name with its end (LOCALE_NAME_MAX_LENGTH in winnt.h)."""
_BY_NAME = 0x8
"""MUI_LANGUAGE_NAME in winnls.h: names such as `ar-EG`, not numbers."""


def display_languages() -> tuple[str, ...]:
    """Return the BCP 47 tags of Windows' display languages, the first one first.

    None on other systems, where the environment names the language of programs.
    """
    return preferred_languages(_windows()) if sys.platform == "win32" else ()


def computer_region() -> str:
    """Return the region that this computer is set to, `GB`; empty where it is set to none."""
    if sys.platform == "win32":
        return region_of(user_locale(_windows()))
    return region_of(locale.getlocale()[0] or os.environ.get("LANG", ""))


def region_of(name: str) -> str:
    """Return the region in the name of a locale, as `en_GB.UTF-8` or `sr-Latn-RS`, or nothing."""
    found = _REGION.match(name)
    return found[1] if found else ""


def user_locale(windows: Any) -> str:
    """Return the name of the person's locale, by the functions of Windows; empty if unknown."""
    import ctypes  # noqa: PLC0415  only on Windows

    name = ctypes.create_unicode_buffer(_LONGEST_NAME)
    return name.value if windows.GetUserDefaultLocaleName(name, _LONGEST_NAME) > 0 else ""


def preferred_languages(windows: Any) -> tuple[str, ...]:
    """Return the tags of a person's display languages, by the functions of Windows.

    It writes a list of names, each with a null after it, and another null at the end.
    """
    import ctypes  # noqa: PLC0415  only on Windows

    ask = windows.GetUserPreferredUILanguages
    count, size = ctypes.c_ulong(), ctypes.c_ulong()
    if not ask(_BY_NAME, ctypes.byref(count), None, ctypes.byref(size)) or not size.value:
        return ()
    names = ctypes.create_unicode_buffer(size.value)
    if not ask(_BY_NAME, ctypes.byref(count), names, ctypes.byref(size)):
        return ()
    return tuple(filter(None, ctypes.wstring_at(names, size.value).split("\0")))


def _windows() -> Any:
    import ctypes  # noqa: PLC0415  as above

    library: Any = ctypes
    return library.WinDLL("kernel32")
