"""What lists, feeds and other pages say of a story, without its text."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from hashlib import sha256

from editor.core.publication import PublicVersion
from editor.core.story import Correction, Picture


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's approval of one version, by its hash. `at` is RFC 3339.

    `self_approved` says that the person wrote some of the text. `token` is the
    signed statement (`trust.approval`), a compact JWS.
    """

    story: str
    hash: str
    person: str
    at: str
    self_approved: bool = False
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFacts:
    """What follows from one text alone, so it is made once and kept by the text's hash.

    All of it is as readers get it (`Story.without_blanks`). `summary` is the standfirst,
    the first key point or the start of the body. `pictures` are those that readers see.
    `links` are the slugs that the body links to, `words` is the length of the body.
    """

    id: str
    slug: str
    language: str
    section: str
    kicker: str
    headline: str
    standfirst: str
    summary: str
    key_points: tuple[str, ...]
    bylines: tuple[str, ...]
    keywords: tuple[str, ...]
    subjects: tuple[str, ...]
    city: str
    agency: str
    pictures: tuple[Picture, ...]
    corrections: tuple[Correction, ...]
    related: tuple[str, ...]
    links: tuple[str, ...]
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(TextFacts):
    """One story of an edition, as other pages announce it.

    `hash` is that of its approved text, `version` its number. `published` is when readers
    could have the story first, `updated` when this version of it (RFC 3339), as in `Item`.
    `versions` are those that readers could have, the oldest first; the last one goes out.
    `approval` is None where nothing is proved. Listings with equal stamps are equal.
    """

    hash: str
    version: int
    published: str
    updated: str
    versions: tuple[PublicVersion, ...]
    approval: Approval | None = None
    stamp: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        token = self.approval.token if self.approval else ""
        dates = self.published, self.updated, *map(tuple, self.versions)
        origin = (self.id, self.hash, self.version, dates, token)
        stamp = sha256(repr(origin).encode()).hexdigest()[:32]
        object.__setattr__(self, "stamp", stamp)  # as dataclasses do it where all is frozen

    @property
    def picture(self) -> Picture | None:
        """The first picture that has a file; None without one."""
        return next((picture for picture in self.pictures if picture.file), None)


def dated(
    facts: TextFacts,
    hash: str,
    published: str,
    versions: tuple[PublicVersion, ...],
    approval: Approval | None,
) -> Listing:
    """Return the listing of the last of some versions; the facts are of its text, by its hash."""
    return Listing(
        **{name: getattr(facts, name) for name in _FACTS},
        hash=hash,
        version=versions[-1].number,
        published=published,
        updated=versions[-1].at,
        versions=versions,
        approval=approval,
    )


_FACTS = tuple(field.name for field in fields(TextFacts))
