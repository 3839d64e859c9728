"""The places of a desk as data: what each is called, what it holds, what to say when empty."""

from __future__ import annotations

from collections.abc import Mapping
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
    def waits(self) -> bool:
        """Whether the stories here wait for somebody, so that the oldest comes first."""
        return self.key == REVIEW

    @property
    def mixed(self) -> bool:
        """Whether stories of several stages stand here together, so that rows say theirs."""
        return self.filter is not None and self.filter.stage is None


@dataclass(frozen=True, slots=True)
class Group:
    """Places under one heading."""

    title: str
    places: tuple[Place, ...]


def groups(house: House, person: Person) -> tuple[Group, ...]:
    """Every place of a desk for one person, in order."""
    sections = tuple(_section(each.slug, each.title) for each in house.sections)
    return (
        Group(_("Stories"), _stages(person)),
        Group(_("Front"), (Place(BANNER, _("Trends banner")),)),
        Group(_("Sections"), sections),
    )


def count(place: Place, counts: Counts, briefs: int, mine: int) -> int:
    """How much is in a place."""
    if place.filter is None:
        return briefs
    if place.key == MINE:
        return mine
    if place.filter.section is not None:
        return counts.sections.get(place.filter.section, 0)
    if place.filter.publication is not None:
        return counts.publications.get(place.filter.publication, 0)
    stages: Mapping[Stage, int] = counts.stages
    return stages.get(place.filter.stage, 0) if place.filter.stage else sum(stages.values())


def counted(place: Place, number: int) -> str:
    """A count with the right noun: `3 drafts`, `2 in review`, `1 story`."""
    if place.filter is not None and place.filter.stage is Stage.DRAFT:
        return plural("{n} draft", "{n} drafts", number)
    if place.key in ("review", "approved", "published", "spiked"):
        return f"{number} {place.title.lower()}"
    return plural("{n} story", "{n} stories", number)


def _stages(person: Person) -> tuple[Place, ...]:
    return (*_drafts(person), *_handed_in())


def _drafts(person: Person) -> tuple[Place, ...]:
    begin = ("new", "paste_wire", "import")
    return (
        Place(
            MINE,
            _("My drafts"),
            Filter(stage=Stage.DRAFT, author=person.name),
            _("Nothing in your hands"),
            _("Stories you are writing stand here until you submit them."),
            begin,
        ),
        Place(
            DRAFTS,
            _("All drafts"),
            Filter(stage=Stage.DRAFT),
            _("No drafts"),
            _("Every story that somebody on the desk is still writing stands here."),
            begin,
        ),
    )


def _handed_in() -> tuple[Place, ...]:
    return (
        Place(
            REVIEW,
            _("In review"),
            Filter(stage=Stage.REVIEW),
            _("Nothing waits for review"),
            _("Submitted stories come here, the one that waits longest first."),
        ),
        Place(
            "approved",
            _("Approved"),
            Filter(stage=Stage.APPROVED),
            _("Nothing approved yet"),
            _("Approved stories are ready to export. An edit sends a story back."),
        ),
        Place(
            "published",
            _("Published"),
            Filter(publication=Publication.LIVE),
            _("Nothing published yet"),
            _("What readers have, and in which version, stands here."),
        ),
        Place(
            "spiked",
            _("Spiked"),
            Filter(stage=Stage.SPIKED),
            _("The spike is empty"),
            _("Stories put aside come here, and can be taken up again."),
        ),
    )


def _section(slug: str, title: str) -> Place:
    return Place(
        f"section:{slug}",
        title,
        Filter(section=slug),
        _("No stories in {section}").format(section=title),
        _("Choose the section in a story's details, and the story appears here."),
        ("new",),
    )
