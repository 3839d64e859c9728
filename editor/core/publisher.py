"""What a paper says of itself to readers and machines: rights, policies, who it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from editor.core.addresses import web_link
from editor.core.blanks import is_blank, plain_name
from editor.core.canonical import Json, normal, with_plain_breaks
from editor.core.story import check_slug, is_picture_name
from editor.errors import BadValue
from editor.i18n import N_, _, listed

PLAIN_THEME: Final = "broadsheet"
_LONGEST_RIGHTS: Final = 200
_LONGEST_TEXT: Final = 20_000
_MOST_ADDRESSES: Final = 50
_YEARS: Final = range(1600, 2101)
"""The first newspaper is of 1605."""

_YEAR: Final = "{year}"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_BRACES: Final = re.compile(r"\{[^{}]*\}")
_PLUS: Final = "http://ns.useplus.org/ldf/vocab/"

_Choice = TypeVar("_Choice", bound=StrEnum)


class AiUse(StrEnum):
    """What the makers and the services of AI may do with what the paper publishes."""

    ALLOW = "allow"
    NO_TRAINING = "no_training"
    NONE = "none"

    @property
    def allows_training(self) -> bool:
        """Whether models may be trained with it."""
        return self is AiUse.ALLOW

    @property
    def data_mining(self) -> str:
        """The same for a picture: a URI of the PLUS Data Mining vocabulary (PLUS LDF 2.0.1)."""
        return _PLUS + _DATA_MINING[self]


_DATA_MINING: Final = {
    AiUse.ALLOW: "DMI-ALLOWED",
    AiUse.NO_TRAINING: "DMI-PROHIBITED-AIMLTRAINING",
    AiUse.NONE: "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
}


class Digits(StrEnum):
    """Which digits dates and counts have: those of English, or those of the page's language."""

    LATIN = "latin"
    NATIVE = "native"


class PolicyKind(StrEnum):
    """The policies that schema.org knows of a NewsMediaOrganization, by their property there."""

    PRINCIPLES = "publishingPrinciples"
    ETHICS = "ethicsPolicy"
    CORRECTIONS = "correctionsPolicy"
    FACT_CHECKING = "verificationFactCheckingPolicy"
    UNNAMED_SOURCES = "unnamedSourcesPolicy"
    COVERAGE = "missionCoveragePrioritiesPolicy"
    DIVERSITY = "diversityPolicy"
    OWNERSHIP = "ownershipFundingInfo"

    @property
    def anchor(self) -> str:
        """The id of its part of the page about the paper: `ethics-policy`."""
        return re.sub(r"(?=[A-Z])", "-", self.value).lower()

    @property
    def label(self) -> str:
        """What the newsroom calls it, in the language of the interface."""
        return _(_TITLES[self])


_TITLES: Final = {
    PolicyKind.PRINCIPLES: N_("Principles"),
    PolicyKind.ETHICS: N_("Ethics"),
    PolicyKind.CORRECTIONS: N_("Corrections"),
    PolicyKind.FACT_CHECKING: N_("Fact-checking"),
    PolicyKind.UNNAMED_SOURCES: N_("Unnamed sources"),
    PolicyKind.COVERAGE: N_("What we cover"),
    PolicyKind.DIVERSITY: N_("Diversity"),
    PolicyKind.OWNERSHIP: N_("Owners and funding"),
}


@dataclass(frozen=True, slots=True)
class PublishedPolicy:
    """One policy that readers can read: its text in Markdown, or the address of its page alone."""

    kind: PolicyKind
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", chosen(PolicyKind, self.kind))
        text = markdown_text(self.text)
        object.__setattr__(self, "text", web_link(text) if _is_address(text) else text)

    @property
    def url(self) -> str:
        """The address of the page that has the policy; empty where the text is here."""
        return self.text if _is_address(self.text) else ""

    def to_json(self) -> dict[str, Json]:
        """Return the policy as plain values."""
        return {"kind": str(self.kind), "text": self.text}


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and len(text.split()) == 1


def chosen(choices: type[_Choice], text: str) -> _Choice:
    """Return the choice that a text names. Raises BadValue."""
    try:
        return choices(text)
    except ValueError:
        raise BadValue(
            _("“{text}” is not one of the choices.").format(text=text),
            _("Choose one of {names}.").format(names=listed(choices)),
        ) from None


def rights_template(text: str) -> str:
    """Return the line of rights on one line. Raises BadValue for a field that is not `{year}`."""
    line = plain_name(text)
    if unknown := next((found for found in _BRACES.findall(line) if found != _YEAR), ""):
        raise BadValue(
            _("The line of rights has an unknown field, {value}.").format(value=unknown[:40]),
            _("It may have {year}."),
        )
    if len(line) > _LONGEST_RIGHTS:
        raise BadValue(
            _("The line of rights has {n} characters; {longest_rights} is the limit.").format(
                n=len(line), longest_rights=_LONGEST_RIGHTS
            ),
            _("Say the rest on the page about the paper."),
        )
    return "" if is_blank(line) else line


def rights_line(template: str, year: int) -> str:
    """Return the line of rights of what was published in a year."""
    return template.replace(_YEAR, str(year))


def markdown_text(text: str) -> str:
    """Return a text in Markdown, empty when nobody sees anything in it. Raises BadValue."""
    text = with_plain_breaks(normal(text), in_paragraphs=True).strip()
    if len(text) > _LONGEST_TEXT:
        raise BadValue(
            _("The text has {n:,} characters; {longest_text:,} is the limit.").format(
                n=len(text), longest_text=_LONGEST_TEXT
            ),
            _("Make it shorter, or publish it as a story and give its address."),
        )
    return "" if is_blank(text) else text


def logo_file(text: str) -> str:
    """Return the name of one of the desk's pictures. Raises BadValue."""
    if text and not is_picture_name(text):
        raise BadValue(
            _("“{value}” is not a picture of the desk.").format(value=" ".join(text.split())[:80]),
            _("Choose a picture file for the logo."),
        )
    return text


def theme_name(text: str) -> str:
    """Return the name of a theme's folder; that of the first theme for none. Raises BadValue."""
    name = text.strip() or PLAIN_THEME
    try:
        check_slug(name)
    except BadValue:
        raise BadValue(
            _("“{value}” is not the name of a theme.").format(value=" ".join(name.split())[:80]),
            _("Write it in small letters, digits and hyphens, like broadsheet."),
        ) from None
    return name


def theme_digest(text: str) -> str:
    """Return a digest of a theme as it is written, or nothing. Raises BadValue."""
    if text and not _DIGEST.fullmatch(text):
        raise BadValue(
            _("“{value}” is not a digest of a theme.").format(value=text[:80]),
            _("Choose the theme again."),
        )
    return text


def page_addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of pages elsewhere in their order, each once. Raises BadValue."""
    found = tuple(dict.fromkeys(filter(None, map(web_link, texts))))
    if len(found) > _MOST_ADDRESSES:
        raise BadValue(
            _("There are {n} addresses; {most_addresses} is the limit.").format(
                n=len(found), most_addresses=_MOST_ADDRESSES
            ),
            _("Leave out those that matter least."),
        )
    return found


def founding_year(year: int) -> int:
    """Return a year, or 0 for none. Raises BadValue."""
    if year and year not in _YEARS:
        raise BadValue(
            _("{year} is not a year in which a paper began.").format(year=year),
            _("Write a year from {value} to {last}.").format(value=_YEARS[0], last=_YEARS[-1]),
        )
    return year


def policies_by_kind(policies: Iterable[PublishedPolicy]) -> tuple[PublishedPolicy, ...]:
    """Return the policies in the order of their kinds, without empty ones.

    Raises BadValue for two of a kind.
    """
    found: dict[PolicyKind, PublishedPolicy] = {}
    for policy in policies:
        if policy.kind in found:
            raise BadValue(
                _("There are two texts for “{label}”.").format(label=policy.kind.label),
                _("Make one text of them."),
            )
        found[policy.kind] = policy
    return tuple(found[kind] for kind in PolicyKind if kind in found and found[kind].text)
