"""The places of a desk as data: their titles, their stories, and what to say when empty."""

from __future__ import annotations

from dataclasses import dataclass

from editor.core.house import House
from editor.core.people import Person
from editor.core.workflow import Publication, Stage
from editor.i18n import _, plural
from editor.store.reading.rows import Counts, Filter

BANNER = "banner"
MINE = "mine"
DRAFTS = "drafts"
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go. `filter` says which stories are there; None for the trends banner.

    `actions` names the window's actions that an empty list offers.
    """

    key: str
    title: str
    filter: Filter | None = None
    empty: str = ""
    hint: str = ""
    actions: tuple[str, ...] = ()

    @property
    def is_queue(self) -> bool:
        """Whether the stories here wait for somebody, so that the oldest comes first."""
        return self.key == REVIEW

    @property
    def is_mixed(self) -> bool:
        """Whether stories of several stages are here, so that each row names its stage."""
        return self.filter is not None and self.filter.stage is None


@dataclass(frozen=True, slots=True)
class Group:
    """Places under one heading."""

    title: str
    places: tuple[Place, ...]


def groups(house: House, person: Person) -> tuple[Group, ...]:
    """Return every place of a desk for one person, in order."""
    sections = tuple(_section(section.slug, section.title) for section in house.sections)
    return (
        Group(_("Stories"), _stages(person)),
        Group(_("Front"), (Place(BANNER, _("Trends banner")),)),
        Group(_("Sections"), sections),
    )


def count(place: Place, counts: Counts, briefs: int, mine: int) -> int:
    """Return how many stories, or briefs, are in a place."""
    if place.filter is None:
        return briefs
    if place.key == MINE:
        return mine
    if place.filter.section is not None:
        return counts.sections.get(place.filter.section, 0)
    if place.filter.publication is not None:
        return counts.publications.get(place.filter.publication, 0)
    stage = place.filter.stage
    return counts.stages.get(stage, 0) if stage else sum(counts.stages.values())


def count_text(place: Place, number: int) -> str:
    """Return a count with the right noun: `3 drafts`, `2 in review`, `1 story`."""
    if place.filter is not None and place.filter.stage is Stage.DRAFT:
        return plural("{n} draft", "{n} drafts", number)
    if place.key in (REVIEW, "approved", "published", "spiked"):
        return f"{number} {place.title.lower()}"
    return plural("{n} story", "{n} stories", number)


def _stages(person: Person) -> tuple[Place, ...]:
    start = ("new", "paste_wire", "import")
    return (
        Place(
            MINE,
            _("My drafts"),
            Filter(stage=Stage.DRAFT, writer=person.name),
            _("You have no drafts"),
            _("What you write appears here until you submit it, and when it is returned to you."),
            start,
        ),
        Place(
            DRAFTS,
            _("All drafts"),
            Filter(stage=Stage.DRAFT),
            _("No drafts"),
            _("Every story that somebody on the desk is still writing appears here."),
            start,
        ),
        Place(
            REVIEW,
            _("In review"),
            Filter(stage=Stage.REVIEW),
            _("No stories in review"),
            _("Submitted stories appear here, the one that waits longest first."),
        ),
        Place(
            "approved",
            _("Approved"),
            Filter(stage=Stage.APPROVED),
            _("No approved stories"),
            _("Approved stories are ready to export. An edit sends a story back to review."),
        ),
        Place(
            "published",
            _("Published"),
            Filter(publication=Publication.LIVE),
            _("No published stories"),
            _("Stories that readers have appear here."),
        ),
        Place(
            "spiked",
            _("Spiked"),
            Filter(stage=Stage.SPIKED),
            _("No spiked stories"),
            _("Spiked stories appear here, which you can unspike at any time, and killed ones."),
        ),
    )


def _section(slug: str, title: str) -> Place:
    return Place(
        f"section:{slug}",
        title,
        Filter(section=slug),
        _("No stories in {section}").format(section=title),
        _("Choose this section in a story's details, and the story appears here."),
        ("new",),
    )
