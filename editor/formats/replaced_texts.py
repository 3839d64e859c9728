"""What the files said that an export replaces, so that a person can see what changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

_MOST_FILES = 200
_MOST_BYTES = 20_000_000
_LARGEST = 2_000_000
"""Bytes of one file, before and after together; a longer one nobody reads."""

_BINARY = (".avif", ".gif", ".ico", ".jpg", ".png", ".webp", ".woff2")
_PAGE = ".html"


class ReplacedText(NamedTuple):
    """The bytes of one file in the earlier export and in the new one."""

    before: bytes
    after: bytes


class ReplacedTexts:
    """Keeps the first texts that one export replaces: so many files, so many bytes in all.

    Pages count most: where there is no room for one, something that is no page makes room.
    With `only`, no other paths are kept.
    """

    def __init__(
        self,
        only: Collection[str] = (),
        *,
        most_files: int = _MOST_FILES,
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        self.only = tuple(only)
        self._most_files, self._most_bytes = most_files, most_bytes
        self._pages: dict[str, ReplacedText] = {}
        self._others: dict[str, ReplacedText] = {}
        self._bytes = 0
        self._is_full = False

    def wants(self, path: str, size: int) -> bool:
        """Return whether there is room for a file of so many bytes, before and after together."""
        if self._is_full or (self.only and path not in self.only):
            return False
        if size > _LARGEST or path.endswith(_BINARY):
            return False
        is_page = path.endswith(_PAGE)
        while not self._has_room(size):
            if not (is_page and self._others):
                # Pages that are no longer wanted cost a large export nothing from here on.
                self._is_full = is_page
                return False
            self._remove(next(reversed(self._others)))
        return True

    def keep(self, path: str, before: bytes, after: bytes) -> None:
        """Keep a file that is wanted."""
        texts = self._pages if path.endswith(_PAGE) else self._others
        texts[path] = ReplacedText(before, after)
        self._bytes += len(before) + len(after)

    def get(self, path: str) -> ReplacedText | None:
        """Return the bytes of a file before and after; None where they were not kept."""
        return self._pages.get(path) or self._others.get(path)

    def _has_room(self, size: int) -> bool:
        files = len(self._pages) + len(self._others)
        return files < self._most_files and self._bytes + size <= self._most_bytes

    def _remove(self, path: str) -> None:
        self._bytes -= sum(map(len, self._others.pop(path)))


def title_of(path: str, data: bytes) -> str:
    """Return the title of a page; empty for a file that is no page."""
    start = data.find(b"<title>") if path.endswith(_PAGE) else -1
    end = data.find(b"</title>", start)
    if start < 0 or end < 0:
        return ""
    from html import unescape  # noqa: PLC0415 - brings a table of all entities

    return unescape(data[start + len(b"<title>") : end].decode("utf-8", "replace")).strip()
