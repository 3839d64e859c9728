"""What the paper tells machines of its rights and of whom it belongs to, one file a specification.

Each is made of the house alone (`security.txt` also of a half-year), so an export
writes it again only when the house changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urlsplit

from editor.core.addresses import contact_link
from editor.core.house import House
from editor.core.publisher import AiUse
from editor.core.times import year_end
from editor.resources import resource

_STOPPED = {
    AiUse.ALLOW: frozenset[str](),
    AiUse.NO_TRAINING: frozenset({"training"}),
    AiUse.NONE: frozenset({"training", "answers"}),
}
"""The uses for which crawlers are turned away."""
_LAST_YEAR = 9999


def rights_files(house: House, generated_at: datetime, what_if: bool = False) -> dict[str, str]:
    """Return the text of each file by its path; only robots.txt for what is no edition."""
    files = {"robots.txt": robots(house, what_if)}
    if what_if:
        return files
    files["trust.txt"] = files[".well-known/trust.txt"] = trust(house)
    files[".well-known/tdmrep.json"] = tdm_reservation(house)
    if text := security(house, generated_at):
        files[".well-known/security.txt"] = text
    return files


def site_folder(house: House) -> str:
    """Return the folder of its host that the site is in, between slashes: `/` for all of it."""
    return urlsplit(house.url).path or "/"


def robots(house: House, what_if: bool = False) -> str:
    """Return robots.txt (RFC 9309): who may not read the site, and where the sitemap is.

    What is no edition is not for search engines.
    """
    if what_if:
        return "User-agent: *\nDisallow: /\n"
    groups = []
    if refused := [token for use, token in _crawlers() if use in _STOPPED[house.ai_use]]:
        lines = [f"User-agent: {token}" for token in refused]
        groups.append("\n".join((*lines, f"Disallow: {site_folder(house)}")))
    groups.append("User-agent: *\nAllow: /")
    if house.url:
        groups.append(f"Sitemap: {house.url}sitemap.xml")
    return "\n\n".join(groups) + "\n"


def trust(house: House) -> str:
    """Return trust.txt (JournalList, version 1.5; draft-org-trust-relationship-protocol-01).

    Its places are `/trust.txt` and, as the specification recommends, `/.well-known/`.
    """
    return "".join(f"{name}={value}\n" for name, value in _trust_attributes(house))


def tdm_reservation(house: House) -> str:
    """Return tdmrep.json (TDM Reservation Protocol, W3C Community Group, 10 May 2024)."""
    fields = dict(house.tdm_fields())
    rule: dict[str, str | int] = {"location": site_folder(house), **fields}
    rule["tdm-reservation"] = int(fields["tdm-reservation"])
    return json.dumps([rule], indent=2) + "\n"


def security(house: House, generated_at: datetime) -> str:
    """Return security.txt (RFC 9116); empty without a contact by mail or https.

    It is good to the end of the half-year after this one, so it changes twice a year
    and is never valid for more than a year, as section 2.5.5 asks.
    """
    contact = contact_link(house.contact)
    if not contact.startswith(("mailto:", "https://")):
        return ""
    lines = [
        f"Contact: {contact}",
        f"Expires: {_end_of_next_half_year(generated_at)}",
        f"Preferred-Languages: {house.language}",
    ]
    if house.url.startswith("https://"):
        lines.append(f"Canonical: {house.url}.well-known/security.txt")
    return "\n".join(lines) + "\n"


def half_year_end(instant: datetime) -> datetime | None:
    """Return when the half-year of an instant ends, and `security` is another; None for never."""
    if instant.month <= 6 and instant.year < _LAST_YEAR:
        return instant.replace(month=7, day=1, hour=0, minute=0, second=0, microsecond=0)
    return year_end(instant, UTC)


def _trust_attributes(house: House) -> Iterator[tuple[str, str]]:
    yield from (("belongto", site) for site in house.memberships)
    if house.controlled_by:
        yield "controlledby", house.controlled_by
    yield from (("control", site) for site in house.controls)
    yield from (("social", site) for site in house.accounts)
    if house.contact:
        yield "contact", house.contact
    yield "datatrainingallowed", "yes" if house.ai_use.allows_training else "no"


def _end_of_next_half_year(instant: datetime) -> str:
    if instant.month <= 6 or instant.year == _LAST_YEAR:
        return f"{instant.year:04}-12-31T23:59:59Z"
    return f"{instant.year + 1:04}-06-30T23:59:59Z"


@cache
def _crawlers() -> tuple[tuple[str, str], ...]:
    """What each crawler of AI reads for (`training`, `answers`), and its name in robots.txt."""
    text = resource("site", "ai_crawlers.json").read_text(encoding="utf-8")
    return tuple((row["use"], row["token"]) for row in json.loads(text)["crawlers"])
