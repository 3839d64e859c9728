"""Addresses that a paper gives of itself: its site, pages elsewhere, and where to write to it."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from editor.errors import BadValue
from editor.i18n import _, quoted

if TYPE_CHECKING:
    from rfc3986 import URIReference

EXAMPLE = "https://paper.example/"

_UNSEEN = re.compile(r"[\s\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")  # RFC 3986, section 2
_OTHER_LETTERS = re.compile(r"[^\x00-\x7f]+")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")  # RFC 1123, section 2.1
_KEPT = re.compile(rf"https?://(?:{_LABEL.pattern}\.)+[a-z]{{2,63}}/(?:[a-z0-9_-]+/)*")
"""An address as `web_address` gives most, so that nothing must be imported to read it again."""
_LONGEST = 2_000
_LONGEST_MAIL = 254  # RFC 5321, section 4.5.3.1.3, without the brackets
_LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.I)
_PAGE = re.compile(r"/[^/]+\.(?:html?|php|aspx?)/?$", re.I)


@lru_cache(maxsize=64)
def web_address(text: str) -> str:
    """Return a site's address as a URI that ends in `/`; empty for an empty text.

    Raises BadValue, with the reason, for an address that others can't be made of:
    with a name and password, a query, a fragment, a page, spaces or a wrong port.
    """
    text = text.strip()
    if not text or (_KEPT.fullmatch(text) and len(text) < 200):
        return text
    uri = _parsed(text)
    if uri.query is not None or uri.fragment is not None:
        raise _refused(
            text,
            _("{address} has a query or a fragment."),
            _("Leave out the ? or # and what follows."),
        )
    if _PAGE.search(uri.path or ""):
        raise _refused(
            text, _("{address} is a page."), _("Give the folder that the site will be in.")
        )
    return str(uri.unsplit()).rstrip("/") + "/"


@lru_cache(maxsize=256)
def web_link(text: str) -> str:
    """Return the address of a page anywhere as a URI; empty for an empty text.

    Raises BadValue, with the reason, for one that is not http or https, is longer than
    2,000 characters, or has a name and password, spaces or a wrong port in it.
    """
    text = text.strip()
    if not text:
        return ""
    if len(text) > _LONGEST:
        raise BadValue(
            _("The address has {n} characters; {longest:,} is the limit.").format(
                n=len(text), longest=_LONGEST
            ),
            _("Give a shorter address of the page."),
        )
    return str(_parsed(text).unsplit())


@lru_cache(maxsize=64)
def contact_address(text: str) -> str:
    """Return a mail address as it is, or the address of a page; empty for an empty text.

    Raises BadValue for what is neither.
    """
    text = text.strip()
    if "://" in text or not text:
        return web_link(text)
    name, _at, host = text.rpartition("@")
    if len(text) <= _LONGEST_MAIL and _LOCAL_PART.fullmatch(name) and "." in host:
        with suppress(UnicodeError):
            host = host.lower().encode("idna").decode("ascii")
            if _is_host(host):
                return f"{name}@{host}"
    raise BadValue(
        _("“{value}” is neither a mail address nor a web address.").format(
            value=" ".join(text.split())[:80]
        ),
        _("Write it like desk@paper.example or https://paper.example/contact."),
    )


def contact_link(contact: str) -> str:
    """Return where a link to a contact leads: `mailto:` for a mail address (RFC 6068)."""
    return contact if "://" in contact or not contact else "mailto:" + quote(contact, safe="@+")


def _parsed(text: str) -> URIReference:
    """The parts of an address that everybody may know; its host by its name in the DNS."""
    if _UNSEEN.search(text):
        raise _refused(
            text,
            _("{address} has a space or a line break in it."),
            _("Write it like {example}.").format(example=EXAMPLE),
        )
    uri = _read_uri(text)
    if uri.userinfo is not None:
        raise BadValue(
            _("The address has a name or a password in it."),
            _("Leave out what is before the @: it would be on every page."),
        )
    if uri.port is not None and not 0 < int(uri.port) < 65536:
        raise _refused(
            text,
            _("{address} has the port {port}.").replace("{port}", str(uri.port)),
            _("Ports go from 1 to 65535."),
        )
    return uri


def _read_uri(text: str) -> URIReference:
    # Only a house with an address needs it, and it takes long to import.
    from rfc3986 import uri_reference  # noqa: PLC0415
    from rfc3986.exceptions import RFC3986Exception  # noqa: PLC0415
    from rfc3986.validators import Validator  # noqa: PLC0415

    parts = Validator().require_presence_of("scheme", "host")
    parts = parts.check_validity_of("scheme", "userinfo", "host", "path", "query", "fragment")
    try:
        address = _in_ascii(text)
        uri = uri_reference(address).normalize()
        parts.validate(uri)
    except (ValueError, RFC3986Exception):
        raise _no_address(text) from None
    if uri.scheme not in ("http", "https") or not _URI.fullmatch(address) or not _is_host(uri.host):
        raise _no_address(text)
    return uri


def _in_ascii(text: str) -> str:
    """An address with other letters in Punycode (RFC 3492) in its host, and as bytes after it."""
    start, slashes, rest = text.partition("//")
    authority, slash, path = rest.partition("/")
    if not authority.isascii():
        host, colon, port = authority.partition(":")
        authority = host.encode("idna").decode("ascii") + colon + port
    return start + slashes + authority + slash + _OTHER_LETTERS.sub(_as_bytes, path)


def _as_bytes(letters: re.Match[str]) -> str:
    return quote(letters[0])


def _is_host(host: str) -> bool:
    return host.startswith("[") or all(map(_LABEL.fullmatch, host.removesuffix(".").split(".")))


def _no_address(text: str) -> BadValue:
    return _refused(
        text,
        _("{address} is not a web address."),
        _("Write it like {example}.").format(example=EXAMPLE),
    )


def _refused(text: str, sentence: str, hint: str) -> BadValue:
    # What may be a password is never repeated.
    shown = _("The address") if "@" in text else quoted(" ".join(text.split())[:80])
    return BadValue(sentence.format(address=shown), hint)
