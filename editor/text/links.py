"""The addresses a link in a body may lead to."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from editor.core.story import check_slug
from editor.errors import BadValue

_HOST = re.compile(r"(?:[^\W_](?:[\w.-]*\w)?\.?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[^\W_](?:[\w.-]*\w)?(?:\?\S*)?")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "-._~!$&'()*+,;=:@/%"
_LONGEST = 2_000


def safe_href(href: str) -> str | None:
    """Return an address as it may be written, or None when a link must not lead there.

    Allowed are http and https without a user name (which only deceives), mailto
    with one address, and the bare slug of another story. Other characters are
    percent-encoded (RFC 3986); encoding the result again changes nothing.
    """
    href = href.strip()
    if not href or len(href) > _LONGEST:
        return None
    if is_slug(href):
        return href
    scheme, colon, rest = href.partition(":")
    if not colon:
        return None
    match scheme.lower():
        case "http" | "https":
            return _web(href)
        case "mailto" if _MAIL.fullmatch(rest):
            address, question, fields = rest.partition("?")
            return f"mailto:{_encoded(address)}{question}{_encoded(fields, '?')}"
    return None


def is_slug(href: str) -> bool:
    """Whether an address is another story's slug."""
    try:
        check_slug(href)
    except BadValue:
        return False
    return True


def _web(href: str) -> str | None:
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if not _HOST.fullmatch(parts.netloc):
        return None
    return urlunsplit(
        (
            parts.scheme,
            parts.netloc.lower(),
            _encoded(parts.path),
            _encoded(parts.query, "?"),
            _encoded(parts.fragment, "?"),
        )
    )


def _encoded(part: str, more: str = "") -> str:
    plain = part.encode("utf-8", "replace").decode("utf-8")
    return quote(_BARE_PERCENT.sub("%25", plain), safe=_SAFE + more)
