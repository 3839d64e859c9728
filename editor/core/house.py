"""What every page of one paper shares: its name, address, sections and style."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Self

from editor.core.addresses import contact_address, web_address, web_link
from editor.core.blanks import plain_name
from editor.core.canonical import Json, canonical_json, content_hash
from editor.core.certificates import certificates_text
from editor.core.dateline import PLAIN_TEMPLATE, checked_template
from editor.core.fields import fields_with_limit
from editor.core.languages import language_tag, without_region
from editor.core.newer import reads_newer
from editor.core.publisher import (
    PLAIN_THEME,
    AiUse,
    Digits,
    PolicyKind,
    PublishedPolicy,
    chosen,
    founding_year,
    logo_file,
    markdown_text,
    page_addresses,
    policies_by_kind,
    rights_line,
    rights_template,
    theme_digest,
    theme_name,
)
from editor.core.story import check_slug
from editor.core.zones import UTC_NAME, zone_name
from editor.errors import BadValue
from editor.i18n import _

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper: `world`, World.

    `titles` are those that it has on pages in other languages, by `without_region`.
    """

    slug: str
    title: str
    titles: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        check_slug(self.slug)
        titles: dict[str, str] = {}
        for tag, title in self.titles:
            language = without_region(language_tag(tag))
            if not language or language in titles:
                raise BadValue(
                    _("The section “{slug}” can't have a title in “{value}”.").format(
                        slug=self.slug, value=tag[:40]
                    ),
                    _("Write one title for each language that has pages of its own, such as ar."),
                )
            titles[language] = self._read_title(title, f" in {language}")
        object.__setattr__(self, "title", self._read_title(self.title))
        object.__setattr__(self, "titles", tuple(sorted(titles.items())))

    def _read_title(self, text: str, of_language: str = "") -> str:
        title = plain_name(text)
        if not title:
            raise BadValue(
                _("The section “{slug}” needs a title{of_language}.").format(
                    slug=self.slug, of_language=of_language
                ),
                _("Readers see it."),
            )
        if len(title) > _LONGEST_TITLE:
            raise BadValue(
                _(
                    "The title of the section “{slug}”{of_language} has {n:,} "
                    "characters; {longest_title} is the limit."
                ).format(
                    slug=self.slug,
                    of_language=of_language,
                    n=len(title),
                    longest_title=_LONGEST_TITLE,
                ),
                _("Readers see it at the top of every page."),
            )
        return title

    def to_json(self) -> dict[str, Json]:
        """Return the section as plain values; without titles in other languages if it has none."""
        value: dict[str, Json] = {"slug": self.slug, "title": self.title}
        return {**value, "titles": dict(self.titles)} if self.titles else value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(value["slug"], value["title"], tuple(value.get("titles", {}).items()))


def _paper_name(text: str) -> str:
    name = plain_name(text)
    if not name:
        raise BadValue(_("The paper needs a name."), _("It is at the top of every page."))
    return name


READ: Mapping[str, Callable[[str], str]] = {
    "name": _paper_name,
    "url": web_address,
    "language": language_tag,
    "timezone": zone_name,
    "dateline_template": checked_template,
    "rights": rights_template,
    "licence": web_link,
    "contact": contact_address,
    "about": markdown_text,
    "logo": logo_file,
    "theme": theme_name,
    "theme_digest": theme_digest,
    "controlled_by": web_link,
    "content_credentials": certificates_text,
}
"""What reads each text of a house; it raises BadValue with what is wrong."""
_READ_OTHERS: Mapping[str, Callable[[Any], Any]] = {
    "ai_use": partial(chosen, AiUse),
    "digits": partial(chosen, Digits),
    "policies": policies_by_kind,
    "accounts": page_addresses,
    "memberships": page_addresses,
    "controls": page_addresses,
    "founded": founding_year,
}
_ALWAYS_WRITTEN = ("name", "language", "url", "dateline_template", "sections", "limits")
"""The other fields are in a house's JSON only where they are not as in most houses."""
_LIMITS = {field.name: field.limit for field in fields_with_limit()}


def _can_be(name: str, value: Any) -> bool:
    """Return whether a text or a choice of a house can have a value."""
    readers: Mapping[str, Callable[[Any], Any]] = {**READ, **_READ_OTHERS}
    try:
        readers[name](value)
    except (BadValue, ValueError, TypeError):
        return False
    except (KeyError, AttributeError):
        return True  # it is made of parts, which are read later
    return True


DEFAULT_SECTIONS = (
    Section("world", "World"),
    Section("business", "Business"),
    Section("sport", "Sport"),
)


@dataclass(frozen=True, slots=True)
class House:
    """One paper's facts and house style.

    `url` is where the site will live, ending in `/`; empty when not known, and
    then an export leaves out what needs absolute addresses (feeds, sitemap).
    `limits` are the most characters a story's field may have, by the field's
    name, where they are not those of the table of fields. `timezone` is the IANA
    name of the zone in which readers see dates.

    `rights` is the line of rights below every page; `{year}` in it is the year of
    what it is on. `licence` is the address of the licence of the texts. `ai_use` is
    the one choice that robots.txt, tdmrep.json, trust.txt and the pictures state.
    `contact` is a mail address or a page, public. `about` is Markdown. `logo` is the
    file of a picture of the desk. `accounts` are the paper's addresses elsewhere.
    `memberships`, `controlled_by` and `controls` are sites of associations, of the owner
    and of what the paper owns (trust.txt). `founded` is a year, 0 when not told. Without
    `show_masthead` no page names anybody for being on the masthead. `theme_digest` is that
    of the theme's files as the chief saw them, empty for a theme that comes with Stonehand.
    `content_credentials` are the certificates by which pictures are signed (C2PA), as PEM.
    """

    name: str
    language: str = "en"
    url: str = ""
    dateline_template: str = PLAIN_TEMPLATE
    sections: tuple[Section, ...] = DEFAULT_SECTIONS
    limits: tuple[tuple[str, int], ...] = ()
    timezone: str = UTC_NAME
    rights: str = ""
    licence: str = ""
    ai_use: AiUse = AiUse.NO_TRAINING
    contact: str = ""
    about: str = ""
    policies: tuple[PublishedPolicy, ...] = ()
    show_masthead: bool = False
    logo: str = ""
    theme: str = PLAIN_THEME
    theme_digest: str = ""
    digits: Digits = Digits.LATIN
    founded: int = 0
    accounts: tuple[str, ...] = ()
    memberships: tuple[str, ...] = ()
    controlled_by: str = ""
    controls: tuple[str, ...] = ()
    content_credentials: str = ""

    def __post_init__(self) -> None:
        for field, read in {**READ, **_READ_OTHERS}.items():
            object.__setattr__(self, field, read(getattr(self, field)))
        own = {name: most for name, most in self.limits if _LIMITS.get(name) != most}
        object.__setattr__(self, "limits", tuple(sorted(own.items())))
        own_language = without_region(self.language)
        for section in self.sections:
            if own_language in dict(section.titles):
                raise BadValue(
                    _(
                        "The section “{slug}” has a second title in {own_language}, the "
                        "paper's own language."
                    ).format(slug=section.slug, own_language=own_language),
                    _("Remove it, or write it as the section's first title."),
                )

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical bytes; a save names the hash it started from."""
        return content_hash(self.to_json())

    def canonical(self) -> bytes:
        """The house's canonical JSON."""
        return canonical_json(self.to_json())

    def limit(self, name: str) -> int:
        """Return the most characters that a story's field may have; 0 when any number will do."""
        return dict(self.limits).get(name, _LIMITS.get(name, 0))

    def section_title(self, slug: str) -> str:
        """Return a section's title by its slug; the slug itself when there is no such section."""
        return next((section.title for section in self.sections if section.slug == slug), slug)

    def rights_of(self, year: int) -> str:
        """Return the line of rights of what was published in a year; empty when there is none."""
        return rights_line(self.rights, year)

    def policy(self, kind: PolicyKind) -> PublishedPolicy | None:
        """Return the published policy of a kind; None where there is none."""
        return next((policy for policy in self.policies if policy.kind is kind), None)

    def tdm_fields(self) -> tuple[tuple[str, str], ...]:
        """Return whether text and data mining is reserved, by name and value.

        The names are those of the HTTP headers and of `<meta>` as well (TDM Reservation
        Protocol, W3C Community Group, 10 May 2024).
        """
        if self.ai_use.allows_training:
            return (("tdm-reservation", "0"),)
        policy = (("tdm-policy", self.licence),) if self.licence else ()
        return (("tdm-reservation", "1"), *policy)

    def to_json(self) -> dict[str, Json]:
        """Return the house as plain values, by field name.

        Of the fields that came later, those that say nothing are left out.
        """
        value: dict[str, Json] = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        value["sections"] = [section.to_json() for section in self.sections]
        value["limits"] = dict(self.limits)
        value["policies"] = [policy.to_json() for policy in self.policies]
        for spec in fields(self):
            if spec.name not in _ALWAYS_WRITTEN and getattr(self, spec.name) == spec.default:
                del value[spec.name]
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote; absent fields take their default.

        So do those with a value that only a newer Stonehand knows, while its desk is read.
        """
        known = {spec.name: value[spec.name] for spec in fields(cls) if spec.name in value}
        if reads_newer():
            known = {name: item for name, item in known.items() if _can_be(name, item)}
        if "sections" in known:
            known["sections"] = tuple(map(Section.from_json, known["sections"]))
        if "limits" in known:
            known["limits"] = tuple(known["limits"].items())
        if "policies" in known:
            known["policies"] = tuple(PublishedPolicy(**item) for item in known["policies"])
        return cls(**known)
