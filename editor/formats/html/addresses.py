"""Addresses of links as they were before mail programs and trackers changed them."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit, urlunsplit

from editor.text.links import safe_href

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igsh(?:id)?"
    r"|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|vero_id|oly_anon_id|oly_enc_id|wickedid|s_cid"
    r"|at_(?:campaign|medium|custom\d)|ns_(?:campaign|mchannel|source|linkname)|cmpid|icid"
    r"|pk_(?:campaign|kwd|source|medium)|piwik_\w+|mtm_\w+|spm|ref_src|ref_url|__twitter_impression"
    r"|guce_referrer(?:_sig)?|guccounter|srsltid|_ga|_gl|epik|rb_clickid|li_fat_id",
    re.IGNORECASE,
)
_WRAPPERS = (
    # Host, path, and the field that has the address: redirects of search, mail and networks.
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("url", "q")),
    (re.compile(r"(?:[\w-]+\.)?safelinks\.protection\.outlook\.com"), "/", ("url",)),
    (re.compile(r"lm?\.facebook\.com|l\.instagram\.com"), "/", ("u",)),
    (re.compile(r"(?:www\.)?linkedin\.com"), "/redir/redirect", ("url",)),
    (re.compile(r"out\.reddit\.com"), "/", ("url",)),
    (re.compile(r"(?:www\.)?youtube\.com"), "/redirect", ("q",)),
    (re.compile(r"urldefense\.proofpoint\.com"), "/v2/url", ("u",)),
)
_PROOFPOINT = re.compile(r"https?://urldefense\.com/v3/__(.+?)__;", re.IGNORECASE)
_DEEPEST = 4
"""How many wrappers are taken off an address."""


class CleanAddress(NamedTuple):
    """An address as a link may have it, empty for none; whether anything of it was tracking."""

    href: str
    had_tracking: bool = False


def clean_address(written: str, base: str = "") -> CleanAddress:
    """Return an address on the web, of mail or of a telephone without wrappers and trackers.

    An address that is relative needs the page it was on as `base`; a bare word
    would otherwise lead to another story of the desk.
    """
    written = "".join(written.split()) if written.lstrip()[:5].lower() != "mailt" else written
    if ":" not in written and written[:4].lower() != "www.":
        written = _joined(base, written)
    if ":" not in written and written[:4].lower() != "www.":
        return CleanAddress("")
    bare = written
    for _step in range(_DEEPEST):
        inner = _unwrapped(bare)
        if inner == bare:
            break
        bare = inner
    bare = _without_tracking(bare)
    return CleanAddress(safe_href(bare) or "", bare != written)


def _joined(base: str, written: str) -> str:
    if not base or written.startswith("#"):
        return ""
    try:
        return urljoin(base, written)
    except ValueError:
        return ""


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts if parts.scheme.lower() in ("http", "https") else None


def _unwrapped(address: str) -> str:
    if found := _PROOFPOINT.match(address):
        return found[1]
    parts = _split(address)
    if parts is None:
        return address
    for host, path, names in _WRAPPERS:
        if host.fullmatch(parts.netloc.lower()) and parts.path.startswith(path):
            query = dict(parse_qsl(parts.query, max_num_fields=200))
            for name in names:
                inner = query.get(name, "")
                if "proofpoint" in parts.netloc:
                    inner = unquote(inner.replace("-", "%").replace("_", "/"))
                if _split(inner):
                    return inner
    return address


def _without_tracking(address: str) -> str:
    parts = _split(address)
    if parts is None or not (parts.query or parts.fragment):
        return address
    query = _kept(parts.query)
    # Some trackers are after the sign of a fragment, as if they were a query.
    fragment = _kept(parts.fragment) if "=" in parts.fragment else parts.fragment
    # Words that a search engine highlights: no reader asked for that (":~:text=").
    fragment = fragment.partition(":~:")[0]
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def _kept(query: str) -> str:
    return "&".join(
        field for field in query.split("&") if not _TRACKING.fullmatch(field.partition("=")[0])
    )
