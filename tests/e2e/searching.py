"""What tests do with the search page of a site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from tests.proof.browser import Browser


def search(reader: Browser, folder: Path, **asked: str) -> list[str]:
    """Open the search page at an address with a query; return the titles that it finds."""
    reader.open(folder / "search.html", urlencode(asked))
    return titles(reader)


def titles(reader: Browser) -> list[str]:
    """Wait for the end of a search; return the titles on the page."""
    reader.wait_for("document.getElementById('search-status').textContent !== ''")
    reader.wait_for("!document.getElementById('search-results').ariaBusy")
    found: list[str] = reader.ask(
        "[...document.querySelectorAll('#search-results a')].map(a => a.textContent)"
    )
    return found


def status(reader: Browser) -> str:
    """Return the line that a screen reader announces."""
    return str(reader.ask("document.getElementById('search-status').textContent"))
