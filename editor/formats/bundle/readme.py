"""README.html: what a bundle is, for whoever gets one and has never heard of us."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from string import Template

from editor.core.edition import Edition
from editor.core.times import instant_text
from editor.resources import resource

_PARTS: Mapping[str, str] = {
    "site": '<a href="data/site/index.html">data/site</a>: the web pages. Open the first one; '
    "they work without a network.",
    "api": '<a href="data/api/v1/index.json">data/api</a>: the same stories for programs, as JSON. '
    "Its openapi.json says what each document has.",
    "pictures": '<a href="data/pictures/">data/pictures</a>: each picture once, with its caption, '
    "credit and rights in the file.",
    "stories": '<a href="data/stories/">data/stories</a>: each story as a text file, to be read in '
    "any editor: its headline, dates and pictures first (YAML), then the text (Markdown).",
    "history": '<a href="data/history/README.txt">data/history</a>: who wrote, submitted and '
    "approved what readers had, and when, from the newsroom’s signed logs; and those texts. Its "
    "README.txt says how to check them.",
}
_SIGNED = (
    "The signature of whoever exported it: a compact JWS (RFC 7515, Ed25519), which any program "
    "for JWS reads. It names the SHA-256 of SHA256SUMS. The keys are in the mastheads in "
    "edition.json, which are signed, too, and beside them is the signed approval of each story."
)
_STARTED = (
    "Where this file is, the person who exported the edition signed it. Without it anybody could "
    "have changed all of this; only the approvals in edition.json are signed then."
)


def readme(edition: Edition, parts: Iterable[str]) -> str:
    """Return the page. It is in English, as are the programs that it names."""
    instant = instant_text(edition.generated_at)
    day, time = instant[:10], instant[11:16]
    style = resource("bundle", "readme.css").read_text(encoding="utf-8").strip()
    rows = "".join(f"<li>{_PARTS[part]}</li>\n" for part in parts)
    what = (
        f"This is not an edition: it shows how one would be on {day} at {time} UTC."
        if edition.what_if
        else f"This is the edition of {day}, {time} UTC, with {_stories(len(edition.listings))} "
        "that the newsroom approved."
    )
    page = resource("bundle", "readme.html").read_text(encoding="utf-8")
    return Template(page).substitute(
        style=style,
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        paper=escape(edition.house.name),
        day=day,
        what=what,
        parts=rows,
        signature=f"{_SIGNED} {_STARTED}",
    )


def _stories(number: int) -> str:
    return "one story" if number == 1 else f"{number:,} stories"
