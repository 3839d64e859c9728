"""A cache of documents, so that a body is parsed once, whoever asks for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.text.document import Document
    from editor.text.parse import Parser

_MOST = 64
"""More documents than a home page and the feeds of a site need at one time."""


class DocumentCache:
    """Parses each body once. Safe between threads: the second to ask waits for the first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parser: Parser | None = None
        self._documents: dict[str, Document] = {}

    def of(self, body: str) -> Document:
        """Return the document of a body."""
        with self._lock:
            document = self._documents.pop(body, None) or self._parse(body)
            # At the end again: the one asked for longest ago is dropped first.
            self._documents[body] = document
            if len(self._documents) > _MOST:
                del self._documents[next(iter(self._documents))]
            return document

    def _parse(self, body: str) -> Document:
        if self._parser is None:
            # A window makes its cache long before it needs a parser.
            from editor.text.parse import Parser  # noqa: PLC0415

            self._parser = Parser()
        return self._parser.parse(body)
