"""What a tab says of its story: read for many stories at once, or remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from editor.core.workflow import Publication, Stage, State
from editor.gui.draft.open_story import NEW, OpenStory, journal_key
from editor.gui.draft.unsaved import typed_headline
from editor.gui.widgets.stages import state_name
from editor.i18n import _, isolated

if TYPE_CHECKING:
    from editor.store.journal import Journal
    from editor.store.reading.snapshot import Snapshot

MOST_TABS = 100
"""Stories that can be in tabs at a time."""

_MARK = "●"
"""Stands before the headline of a story with text that is not saved as a version."""


@dataclass(frozen=True, slots=True)
class TabFacts:
    """A story by its key, as `Draft.open` takes it, and what its tab shows of it."""

    key: str
    headline: str = ""
    state: State = field(default_factory=State)
    is_unsaved: bool = False

    @classmethod
    def of(cls, story: OpenStory) -> Self:
        """Return what the tab of the open story shows while it is typed."""
        return cls(story.key, story.typed.headline, story.state, story.has_unsaved_text)

    @property
    def story(self) -> str:
        """The story's id, also before the desk has it."""
        return self.key.removeprefix(NEW)

    @property
    def title(self) -> str:
        """The headline in one line, or that there is none yet."""
        return " ".join(self.headline.split()) or _("No headline yet")

    @property
    def caption(self) -> str:
        """The title, with a mark before it where text is not saved as a version."""
        title = isolated(self.title)  # from whichever side the window is read
        return f"{_MARK} {title}" if self.is_unsaved else title

    def parts(self) -> tuple[str, ...]:
        """Return all that the tip and a screen reader say: the title, and what matters besides."""
        is_over = self.state.stage is Stage.SPIKED or self.state.publication is Publication.KILLED
        return tuple(
            part
            for part in (
                self.title,
                state_name(self.state) if is_over else "",
                _("Not saved as a version") if self.is_unsaved else "",
            )
            if part
        )

    def to_json(self) -> list[str]:
        """Return what is remembered of it until the next start, when all of it is read again."""
        return [self.key, self.headline, str(self.state.stage), str(self.state.publication)]

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> Self:
        """Return what was remembered. Raises ValueError or TypeError for anything else."""
        key, headline, stage, publication = value
        return cls(str(key), str(headline), State(Stage(stage), Publication(publication)))


def read_tab_facts(
    snapshot: Snapshot, journal: Journal, stories: Iterable[str]
) -> dict[str, TabFacts]:
    """Return what tabs show of stories by their ids, of those that are not gone.

    One query for all; only a story with text in the journal is read besides.
    """
    wanted = list(stories)
    rows = snapshot.rows_of(wanted)
    has_drafts = journal.has(journal_key(""))
    found: dict[str, TabFacts] = {}
    for story in wanted:
        row = rows.get(story)
        key = story if row is not None else NEW + story
        typed = typed_headline(snapshot, journal, key) if has_drafts else None
        if row is not None:
            headline = row.headline if typed is None else typed
            found[story] = TabFacts(key, headline, row.state, typed is not None)
        elif typed is not None:
            found[story] = TabFacts(key, typed, is_unsaved=True)
    return found


def tabs_to_text(stories: Iterable[str]) -> str:
    """Return the ids of the stories in tabs as one text, in their order."""
    return " ".join(stories)


def tabs_from_text(text: str) -> tuple[str, ...]:
    """Return what `tabs_to_text` was given: each id once, and no more than there can be tabs."""
    return tuple(dict.fromkeys(text.split()))[:MOST_TABS]
