"""The places of a desk as data: their titles, their stories, and what to say when empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editor.core.canonical import normal
from editor.core.house import House
from editor.core.people import Person
from editor.core.workflow import Action, Publication, Stage, State, allowed
from editor.gui.section_names import section_name
from editor.i18n import _, plural
from editor.store.reading.rows import Counts, Filter, WriterCounts

BANNER = "banner"
ALL = "all"
MINE = "mine"
RETURNED = "returned"
WAITING = "waiting"
DRAFTS = "drafts"
REVIEW = "review"
_APPROVED, _PUBLISHED, _SPIKED, _KILLED = "approved", "published", "spiked", "killed"
_NO_SECTION = "no-section"

_START = ("new", "paste_wire", "import")
"""The actions that begin a story."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go. `filter` says which stories are there; None for the trends banner.

    `actions` names the window's actions that an empty list offers; `before` is the key of the
    place that its stories come from, which an empty list leads to.
    """

    key: str
    title: str
    filter: Filter | None = None
    empty: str = ""
    hint: str = ""
    actions: tuple[str, ...] = ()
    before: str = ""

    @property
    def is_queue(self) -> bool:
        """Whether the stories here wait for somebody, so that the oldest comes first."""
        return self.key in (REVIEW, WAITING)

    @property
    def is_mixed(self) -> bool:
        """Whether stories of several stages are here, so that each row names its stage."""
        return self.filter is not None and self.filter.stage is None


@dataclass(frozen=True, slots=True)
class Group:
    """Places under one heading."""

    title: str
    places: tuple[Place, ...]


def groups(house: House, person: Person, people: Sequence[Person]) -> tuple[Group, ...]:
    """Return every place of a desk for one person, in order."""
    sections = tuple(_section(section.slug, section_name(section)) for section in house.sections)
    return (
        Group(_("Yours"), _own(person)),
        Group(_("Stories"), (*_stages(), *_put_aside())),
        Group(_("Front"), (Place(BANNER, _("Trends banner")),)),
        Group(_("Sections"), (*sections, _no_section())),
        Group(_("Authors"), tuple(_author(author.name) for author in people)),
    )


def count(place: Place, counts: Counts, briefs: int, unsaved: int) -> int:
    """Return how many stories, or briefs, are in a place.

    `unsaved` are the stories that the person at work began and never saved.
    """
    wanted = place.filter
    if wanted is None:
        return briefs
    if (name := wanted.author) is not None:
        return _of(counts, name).stories
    if (name := wanted.returned_to) is not None:
        return _of(counts, name).returned
    if (name := wanted.writer) is not None:
        return _of(counts, name).drafts + unsaved
    if wanted.section is not None:
        return counts.sections.get(wanted.section, 0)
    return _number_in_state(wanted, counts)


def count_text(place: Place, number: int) -> str:
    """Return a count with the right noun: `3 drafts`, `2 in review`, `1 story`."""
    if place.key in (MINE, DRAFTS):
        return plural("{n} draft", "{n} drafts", number)
    sentences = {
        RETURNED: _("{n} returned to you"),
        WAITING: _("{n} waiting for you"),
        REVIEW: _("{n} in review"),
        _APPROVED: _("{n} approved"),
        _PUBLISHED: _("{n} published"),
        _SPIKED: _("{n} spiked"),
        _KILLED: _("{n} killed"),
    }
    if place.key in sentences:
        return sentences[place.key].format(n=number)
    return plural("{n} story", "{n} stories", number)


def _number_in_state(wanted: Filter, counts: Counts) -> int:
    if wanted.stage is None:
        if wanted.publication is None:
            return sum(counts.stages.values())
        return counts.publications.get(wanted.publication, 0)
    others = 0
    if wanted.reviewer is not None:
        others = _of(counts, wanted.reviewer).in_review
    elif wanted.publication is Publication.NEVER:
        # Only killed stories are spiked and were published; see `core.workflow`.
        others = counts.publications.get(Publication.KILLED, 0)
    return max(0, counts.stages.get(wanted.stage, 0) - others)


def _of(counts: Counts, person: str) -> WriterCounts:
    return counts.writers.get(normal(person), WriterCounts())


def _own(person: Person) -> tuple[Place, ...]:
    """The places of what the person at work has to do; who may approve has more of it."""
    waiting = Place(
        WAITING,
        _("Waiting for me"),
        Filter(stage=Stage.REVIEW, reviewer=person.name),
        _("Nothing waits for you"),
        _("What others submitted appears here, the story that waits longest first."),
        before=ALL,
    )
    drafts = Place(
        MINE,
        _("My drafts"),
        Filter(stage=Stage.DRAFT, writer=person.name),
        _("You have no drafts"),
        _("What you write appears here until you submit it, and when it is returned to you."),
        _START,
    )
    returned = Place(
        RETURNED,
        _("Returned to me"),
        Filter(stage=Stage.DRAFT, returned_to=person.name),
        _("Nothing was returned to you"),
        _("What an editor returns to you appears here until you submit it again."),
        before=MINE,
    )
    may_approve = allowed(Action.APPROVE, State(Stage.REVIEW), person.role)
    return (waiting, drafts, returned) if may_approve else (drafts, returned)


def _stages() -> tuple[Place, ...]:
    return (
        Place(
            ALL,
            _("All stories"),
            Filter(),
            _("No stories"),
            _("Every story of the desk appears here, the one that was changed last first."),
            _START,
        ),
        Place(
            DRAFTS,
            _("All drafts"),
            Filter(stage=Stage.DRAFT),
            _("No drafts"),
            _("Every story that somebody on the desk is still writing appears here."),
            _START,
        ),
        Place(
            REVIEW,
            _("In review"),
            Filter(stage=Stage.REVIEW),
            _("No stories in review"),
            _("Submitted stories appear here, the one that waits longest first."),
            before=MINE,
        ),
        Place(
            _APPROVED,
            _("Approved"),
            Filter(stage=Stage.APPROVED),
            _("No approved stories"),
            _("Approved stories are ready to export. An edit sends a story back to review."),
            before=REVIEW,
        ),
        Place(
            _PUBLISHED,
            _("Published"),
            Filter(publication=Publication.LIVE),
            _("No published stories"),
            _("Stories that readers have appear here."),
            before=_APPROVED,
        ),
    )


def _put_aside() -> tuple[Place, ...]:
    return (
        Place(
            _SPIKED,
            _("Spiked"),
            Filter(stage=Stage.SPIKED, publication=Publication.NEVER),
            _("No spiked stories"),
            _("Spiked stories appear here, which you can unspike at any time."),
            before=DRAFTS,
        ),
        Place(
            _KILLED,
            _("Killed"),
            Filter(publication=Publication.KILLED),
            _("No killed stories"),
            _("Stories that readers had, and that were withdrawn from them, appear here."),
            before=_PUBLISHED,
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


def _no_section() -> Place:
    return Place(
        _NO_SECTION,
        _("No section"),
        Filter(section=""),
        _("Every story has a section"),
        _("Stories that are in no section yet appear here."),
        before=ALL,
    )


def _author(name: str) -> Place:
    return Place(
        f"author:{name}",
        name,
        Filter(author=name),
        _("No stories by {name}").format(name=name),
        _("Every story that {name} wrote a version of appears here.").format(name=name),
        before=ALL,
    )
