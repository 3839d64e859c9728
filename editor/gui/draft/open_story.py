"""The one story that is open: what the desk has of it, and what is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from editor.checks.base import TextPlace
from editor.core.canonical import Json
from editor.core.fields import FIELDS
from editor.core.story import Story
from editor.core.workflow import State
from editor.errors import EditorError
from editor.gui.draft.notices import Notice
from editor.store.reading.rows import StoredVersion

NEW = "new-"
"""How the key of a story begins that the desk doesn't have yet."""

Done: TypeAlias = Callable[[], None]


@dataclass(eq=False)
class OpenStory:
    """An open story. Opening another makes another sheet, so late answers find their own.

    `key` is the story's id or `new-…`. `base` is the version the text was
    edited from, 0 for none; `leaves` are the versions nothing grew from yet.
    `kept_at` (RFC 3339) is when the present text reached the disk; `refused` is
    why the desk would not make a version of it, `unkept` why the journal would
    not keep it. `waiting` is called after the next save that succeeds,
    `farewell` after a save under way, because the sheet was left meanwhile.
    `sent` is the hash of the text that was last given to the desk.
    """

    key: str = ""
    typed: Story | None = None
    stored: StoredVersion | None = None
    blank: Story = field(default_factory=Story)
    base: int = 0
    leaves: tuple[int, ...] = ()
    caret: TextPlace = field(default_factory=lambda: TextPlace(""))
    kept_at: str = ""
    saving: bool = False
    refused: EditorError | None = None
    unkept: EditorError | None = None
    notice: Notice | None = None
    touched: bool = False
    waiting: list[Done] = field(default_factory=list)
    farewell: Done | None = None
    sent: str = ""

    @property
    def story(self) -> Story:
        """The story as it is typed now, empty when none is open."""
        return self.typed or self.blank

    @property
    def saved(self) -> Story:
        """The story as the desk has it."""
        return self.stored.story if self.stored else self.blank

    @property
    def dirty(self) -> bool:
        """Whether what is typed differs from what the desk has."""
        return self.typed is not None and self.typed != self.saved

    @property
    def state(self) -> State:
        """Where the story stands; one not saved yet is a draft."""
        return self.stored.state if self.stored else State()

    @property
    def entry_key(self) -> str:
        """Its name in the journal."""
        return f"story:{self.key}"

    def entry(self) -> dict[str, Json]:
        """What the journal keeps of it."""
        return {
            "story": self.story.to_json(),
            "base": self.base,
            "sent": self.sent,
            "field": self.caret.path,
            "caret": self.caret.start,
        }

    def tell_waiting(self) -> None:
        """Call whoever waits for the text to be a version."""
        waiting, self.waiting = self.waiting, []
        for done in waiting:
            done()

    def goes_beside(self, latest: StoredVersion, leaves: tuple[int, ...]) -> bool:
        """Whether the newest version grew beside the sheet's own, and not from it.

        Then the sheet stays with its own until somebody joins the two.
        """
        own, self.leaves = self.stored, leaves
        beside = own is not None and own.version == self.base != latest.version
        if own is not None and beside and self.base in leaves:
            self.stored = replace(own, state=latest.state, latest=latest.latest)
            return True
        return False

    def take_saved(self, sent: Story, stored: StoredVersion) -> bool:
        """Go on from the version that `sent` became; True when the desk filled something in.

        A new story gets its id, and perhaps a slug; what was typed meanwhile stays.
        """
        filled = {
            name: getattr(stored.story, name)
            for name in (field.name for field in FIELDS)
            if getattr(sent, name) == getattr(self.story, name)
            and getattr(stored.story, name) != getattr(sent, name)
        }
        self.typed = replace(self.story, **filled) if filled else self.story
        self.stored, self.key, self.base = stored, stored.story.id, stored.version
        # What was typed since is not on disk yet, whatever the version's time says.
        self.kept_at, self.refused = "" if self.dirty else stored.at, None
        return bool(filled)
