"""The frozen selection of stories that an exporter gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from editor.core.brief import Banner, Brief
from editor.core.export_memory import EditionStore, MemoryParts, PartStore
from editor.core.history import History
from editor.core.house import House
from editor.core.listing import Approval, Listing
from editor.core.rendition import Rendition
from editor.core.story import Story
from editor.core.theme import ThemeFiles


class PictureSource(Protocol):
    """Gives the bytes of pictures."""

    def read(self, file: str) -> bytes:
        """Return an original file by its name. Raises NotFound, PictureDamaged."""
        ...

    def encoded(self, file: str, wanted: Rendition, siblings: tuple[Rendition, ...] = ()) -> bytes:
        """Return a picture encoded as a rendition, without metadata.

        `siblings` are the renditions that will be wanted as well: one decode may serve all.
        Raises NotFound, PictureDamaged, UnreadablePicture.
        """
        ...


class PictureKeys(Protocol):
    """Opens the keys by which a paper signs its pictures, only when one is needed."""

    def signer(self, certificates: str) -> Callable[[bytes], bytes]:
        """Return what signs for the first of some certificates, as PEM.

        Raises OutputError where this computer has no such key, BadInput for a wrong one.
        """
        ...

    def valid_until(self, certificates: str, at: datetime) -> datetime:
        """Return when they end. Raises BadValue unless all are valid at an instant."""
        ...


class TextSource(Protocol):
    """Gives the approved texts of an edition."""

    def read(self, listing: Listing) -> Story:
        """Return the text of a listing, which has its hash.

        Raises UntrustedSignature, DeskDamaged.
        """
        ...


class ThemeSource(Protocol):
    """Gives the theme of a paper."""

    def of(self, house: House) -> ThemeFiles:
        """Return the theme that a house names, as its chief signed it.

        Raises NotFound, NotApproved, ThemeError, DeskError.
        """
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """One story of an edition: an approved version and its dates (RFC 3339).

    `published` is when readers could have this story first, `updated` when this
    version of it: never before its approval or the end of its embargo, and the
    second never before the first. They are read from the desk, never from the clock.
    """

    story: Story
    version: int
    hash: str
    published: str
    updated: str
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A live story that was killed: its address tells readers so, and nothing else is left.

    `at` is when it was killed, RFC 3339.
    """

    story_id: str
    slug: str
    language: str
    at: str


@dataclass(frozen=True, slots=True)
class Expired:
    """A story that readers had, under the address that they had; since it expired it is gone.

    `at` is when that was, RFC 3339.
    """

    story_id: str
    slug: str
    language: str
    at: str


@dataclass(frozen=True, slots=True)
class FormerSlug:
    """A slug that a story had: links in other stories may still name it.

    `was_public` says that a version with it was approved, so readers may have its address.
    """

    slug: str
    story_id: str
    was_public: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An approved or live story that is not in an edition, and why: a remark."""

    story_id: str
    slug: str
    reason: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The signed documents that prove an edition, each a compact JWS.

    `desk` is the desk's id, `mastheads` the whole chain, the first one first.
    `house`, `banner` and `front` are the approvals of those texts; `banner` is empty
    while no banner was approved, `front` while the front was never ordered by hand.
    """

    desk: str
    mastheads: tuple[str, ...]
    house: str
    banner: str = ""
    front: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """Stories newest first, the banner, the house and the instant of the export.

    `listings` say of each story what other pages need; `texts` gives the text itself, so
    that what is not needed is not read. `withdrawn` are the stories that were killed, the
    last one first, `expired` those that readers had and that are gone since, likewise; an
    edition of some stories names none.
    `proof` is None where nothing is proved, as in tests of exporters.
    `what_if` marks what is no edition: how an export would be at an instant that is not now.
    `parts` keeps what is made of its stories, for this export and later ones.
    `front` are the ids of those stories that an editor put first on the home page, in order.
    `themes` gives the theme that the house names, None where only those of Stonehand are known.
    `records` remembers what its exports are made of, None where it is not all that may go out.
    `history` reads who did what on the desk, and the texts that readers had; None without a desk.
    `picture_keys` sign the pictures of a paper with content credentials.
    """

    house: House
    listings: tuple[Listing, ...]
    banner: Banner
    texts: TextSource
    pictures: PictureSource
    generated_at: datetime
    withdrawn: tuple[Withdrawn, ...] = ()
    expired: tuple[Expired, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    proof: Proof | None = None
    what_if: bool = False
    former_slugs: tuple[FormerSlug, ...] = ()
    parts: PartStore = field(default_factory=MemoryParts, compare=False)
    front: tuple[str, ...] = ()
    themes: ThemeSource | None = None
    records: EditionStore | None = field(default=None, compare=False)
    history: History | None = field(default=None, compare=False)
    picture_keys: PictureKeys | None = field(default=None, compare=False)

    def briefs(self) -> tuple[Brief, ...]:
        """Return the briefs that have not expired, linked only to stories of this edition."""
        exported = {listing.id for listing in self.listings}
        return tuple(
            brief if brief.story in exported else replace(brief, story="")
            for brief in self.banner.current(self.generated_at)
        )

    def redirects(self) -> tuple[tuple[FormerSlug, str], ...]:
        """Return the addresses that readers may have of a story, and the slug it has now."""
        moved = {former.story_id for former in self.former_slugs if former.was_public}
        slugs = {story.story_id: story.slug for story in self.withdrawn}
        slugs |= {listing.id: listing.slug for listing in self.listings if listing.id in moved}
        return tuple(
            (former, slugs[former.story_id])
            for former in self.former_slugs
            if former.was_public and former.story_id in slugs
        )

    def gone(self) -> tuple[Withdrawn | Expired, ...]:
        """Return the stories that readers had: those that were killed, and those that expired."""
        return (*self.withdrawn, *self.expired)

    def in_section(self, slug: str) -> tuple[Listing, ...]:
        """Return the stories of one section, newest first."""
        return tuple(listing for listing in self.listings if listing.section == slug)

    def item(self, listing: Listing) -> Item:
        """Return a story with its text. Raises what `TextSource.read` raises."""
        return item_of(listing, self.texts)

    @property
    def items(self) -> tuple[Item, ...]:
        """All stories with their texts, newest first: each is read. Raises as `item` does."""
        return tuple(map(self.item, self.listings))


def item_of(listing: Listing, texts: TextSource) -> Item:
    """Return a listed story with its text. Raises what `TextSource.read` raises."""
    return Item(
        texts.read(listing),
        listing.version,
        listing.hash,
        listing.published,
        listing.updated,
        listing.approval,
    )
