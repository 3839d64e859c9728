"""The mastheads that the person at this computer has confirmed, by the id of the desk.

Anybody can make a desk of their own and sign an edition with it; only a person who
compares the words of its first masthead knows whose it is. They do so once.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from editor.errors import TrustError
from editor.files import parse_json, write_json
from editor.i18n import _
from editor.places import config_folder
from editor.turns import changing


class Trust(StrEnum):
    """What this computer knows of a desk's mastheads."""

    TRUSTED = "trusted"
    UNCONFIRMED = "unconfirmed"
    """Nobody has compared the words of this desk yet."""
    DIFFERENT = "different"
    """Another first masthead than the one confirmed for this desk, or another history."""
    OLDER = "older"
    """The same, but it ends before the newest masthead seen: somebody may be missing from it."""


class KnownMastheads:
    """A small file: the first masthead of each confirmed desk, and the newest one seen."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or config_folder() / "trusted_mastheads.json"

    def known(self, desk: str) -> str | None:
        """The hash of the first masthead confirmed for a desk; None where none was."""
        entry = self._read().get(desk)
        return entry["first"] if entry else None

    def trust(self, desk: str, hashes: Sequence[str]) -> Trust:
        """Compare a verified chain, by the hashes of its mastheads, with what was confirmed."""
        entry = self._read().get(desk)
        if entry is None or not hashes:
            return Trust.UNCONFIRMED
        if entry["first"] != hashes[0]:
            return Trust.DIFFERENT
        number = entry["number"]
        if number > len(hashes):
            return Trust.OLDER
        return Trust.TRUSTED if hashes[number - 1] == entry["newest"] else Trust.DIFFERENT

    def confirm(self, desk: str, hashes: Sequence[str]) -> None:
        """Keep that a person compared the words of a desk's first masthead. Raises TrustError.

        The newest masthead seen stays the newest: an older one never replaces it. Another
        history after the same first masthead has the same words, so it can't be confirmed.
        """
        with changing(self._path):
            self._confirm(desk, hashes)

    def remember(self, desk: str, hashes: Sequence[str]) -> None:
        """Keep the newest masthead of a trusted desk, so that an older one is noticed later."""
        with changing(self._path):
            is_trusted = self.trust(desk, hashes) is Trust.TRUSTED
            if is_trusted and self._read()[desk]["number"] < len(hashes):
                self._confirm(desk, hashes)

    def _confirm(self, desk: str, hashes: Sequence[str]) -> None:
        entries = self._read()
        if (entry := entries.get(desk)) and entry["first"] == hashes[0]:
            if entry["number"] > len(hashes):
                return
            if hashes[entry["number"] - 1] != entry["newest"]:
                raise self._other_history()
        entries[desk] = {"first": hashes[0], "number": len(hashes), "newest": hashes[-1]}
        self._write(entries)

    def _read(self) -> dict[str, Any]:
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError):
            raise self._unreadable() from None
        try:
            entries = parse_json(text)
            if all(_is_entry(entry) for entry in entries.values()):
                return dict(entries)
        except (ValueError, AttributeError):
            pass
        raise self._unreadable()

    def _write(self, entries: dict[str, Any]) -> None:
        if not write_json(self._path, entries):
            raise TrustError(
                _("It can't be kept that you trust this masthead."),
                _("Look whether {path} may be written.").format(path=self._path),
            )

    def _other_history(self) -> TrustError:
        return TrustError(
            _("These mastheads are not the ones that you have seen of this desk."),
            _(
                "Ask a chief. Only if the desk was restored from a backup, remove "
                "{path} and compare the words again."
            ).format(path=self._path),
        )

    def _unreadable(self) -> TrustError:
        return TrustError(
            _("The list of mastheads that you trust can't be read."),
            _("Remove {path}, then compare the words of your desks again.").format(path=self._path),
        )


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == {"first", "number", "newest"}
        and isinstance(entry["number"], int)
        and entry["number"] > 0
        and all(isinstance(entry[name], str) for name in ("first", "newest"))
    )
