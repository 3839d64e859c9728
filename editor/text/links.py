"""The addresses a link in a body may lead to."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from editor.core.story import check_slug
from editor.errors import BadValue

_WWW = re.compile(r"www\.", re.IGNORECASE)
_HOST = re.compile(r"(?:[^\W_](?:[\w.-]*\w)?\.?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[^\W_](?:[\w.-]*\w)?(?:\?\S*)?")
_MAIL_FIELDS = frozenset({"subject", "body"})
"""What a link may fill in of a mail; others add files or receivers that nobody sees (RFC 6068)."""
_CONTROL = re.compile(r"%(?:[01][0-9A-Fa-f]|7[Ff])")
_LINE_END = re.compile(r"%0[Dd]%0[Aa]")
_TELEPHONE = re.compile(r"\+?[(]?\d[\d().-]{1,40}(?:;ext=\d{1,10})?")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "-._~!$&'()*+,;=:@/%"
_LONGEST = 2_000


def safe_href(href: str) -> str | None:
    """Return an address as it may be written, or None when a link must not lead there.

    Allowed are http and https without a user name (which only deceives), mailto
    with one address, a subject and a text, tel (RFC 3966), and the bare slug of
    another story. `www.` gets https. Other characters are percent-encoded
    (RFC 3986); encoding the result again changes nothing.
    """
    href = href.strip()
    if _WWW.match(href):
        href = f"https://{href}"
    if not href or len(href) > _LONGEST:
        return None
    if is_slug(href):
        return href
    scheme, _, rest = href.partition(":")
    match scheme.lower():
        case "http" | "https":
            return _web(href)
        case "mailto":
            return _mail(rest)
        case "tel":
            return _telephone(rest)
    return None


def is_slug(href: str) -> bool:
    """Whether an address is another story's slug."""
    try:
        check_slug(href)
    except BadValue:
        return False
    return True


def _telephone(rest: str) -> str | None:
    number = "".join(rest.split())
    return f"tel:{number}" if _TELEPHONE.fullmatch(number) else None


def _mail(rest: str) -> str | None:
    if not _MAIL.fullmatch(rest):
        return None
    address, question, query = rest.partition("?")
    for text in query.split("&") if query else ():
        name, _, value = text.partition("=")
        if name.lower() not in _MAIL_FIELDS:
            return None
        # A line end begins another line of a letter; in its head it would begin a new field.
        if _CONTROL.search(_LINE_END.sub("", value) if name.lower() == "body" else value):
            return None
    if _CONTROL.search(address):
        return None
    return f"mailto:{_encoded(address)}{question}{_encoded(query, '?')}"


def _web(href: str) -> str | None:
    try:
        parts = urlsplit(href)
        _ = parts.port  # raises for one above 65535
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
