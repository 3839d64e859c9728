"""The one story that is open: what the desk has of it, what is typed, and where that is safe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, TypeAlias

from editor.core.canonical import Json
from editor.core.fields import FIELDS
from editor.core.findings import Finding, TextPlace
from editor.core.story import Story
from editor.core.workflow import Stage, State
from editor.errors import EditorError
from editor.gui.draft.around import Around
from editor.gui.draft.bad_text import BadText
from editor.gui.draft.notices import Notice, clock
from editor.i18n import _
from editor.store.reading.rows import StoredVersion

NEW = "new-"
"""How the key of a story begins that the desk doesn't have yet."""


def journal_key(key: str) -> str:
    """Return the key of a story's entry in the journal, by its id or `new-…` key."""
    return f"story:{key}"


OnSaved: TypeAlias = Callable[[], object]


@dataclass(eq=False)
class OpenStory:
    """An open story, or with an empty key that none is open.

    Opening another makes another value, so that a late answer finds its own story.
    """

    key: str = ""
    """The story's id, or `new-…` for one the desk doesn't have yet; `Draft.open` takes both."""
    typed: Story = field(default_factory=Story)
    """The story as it is typed now."""
    stored: StoredVersion | None = None
    """The version the text was opened from; None for a story not saved yet."""
    blank: Story = field(default_factory=Story)
    """What a story not saved yet began with."""
    author: str = ""
    """Who began a story not saved yet."""
    base: int = 0
    """The version the text was edited from, 0 for none."""
    around: Around = field(default_factory=Around)
    """What the desk knows of it besides its text."""
    caret: TextPlace = field(default_factory=lambda: TextPlace(""))
    notice: Notice | None = None
    """What the writer should know about this story now."""
    findings: tuple[Finding, ...] = ()
    checked: Story | None = None
    """The text that `findings` are about; older than `typed` while somebody types."""
    bad_texts: dict[str, BadText] = field(default_factory=dict)
    """What is typed and is no value of its field, by path; the story has the last good value."""
    was_edited: bool = False
    written_at: str = ""
    """When the present text reached the disk (RFC 3339); empty while it has not."""
    journal_error: EditorError | None = None
    """Why the text could not be written to the journal."""
    is_saving: bool = False
    sent_hash: str = ""
    """The hash of the text that was last given to the desk to save."""
    save_error: EditorError | None = None
    """Why the desk made no version of the text."""
    on_saved: list[OnSaved] = field(default_factory=list)
    """Called once, after the next save that succeeds."""
    on_save_ended: OnSaved | None = None
    """Called after the save under way, however it ends: the story was left meanwhile."""

    @classmethod
    def of(cls, stored: StoredVersion, around: Around) -> Self:
        """Return a story as the desk has it, open with nothing typed."""
        found = cls(stored.story.id, stored.story, stored, base=stored.version, around=around)
        found.written_at = stored.at
        return found

    @classmethod
    def begun(cls, language: str, author: str) -> Self:
        """Return a new story of a person, which the desk doesn't have yet."""
        from uuid import uuid4  # noqa: PLC0415 - slow, for a new story alone

        blank = Story(language=language, bylines=(author,))
        return cls(NEW + uuid4().hex, typed=blank, blank=blank, author=author)

    @property
    def is_open(self) -> bool:
        """Whether a story is open at all."""
        return bool(self.key)

    @property
    def leaves(self) -> tuple[int, ...]:
        """The versions without a successor."""
        return self.around.leaves

    @property
    def saved(self) -> Story:
        """The story as the desk has it."""
        return self.stored.story if self.stored else self.blank

    @property
    def is_unsaved(self) -> bool:
        """Whether the text differs from the saved version."""
        return self.typed != self.saved

    @property
    def has_unsaved_text(self) -> bool:
        """Whether anything is typed that the saved version does not have."""
        return self.is_unsaved or bool(self.bad_texts)

    @property
    def is_edited_approval(self) -> bool:
        """Whether the text of an approved version is being changed, which a save will end."""
        return self.is_unsaved and self.stored is not None and self.state.stage is Stage.APPROVED

    @property
    def is_unwritten(self) -> bool:
        """Whether there is text that is neither a version nor in the journal."""
        return self.was_edited and not self.written_at

    @property
    def state(self) -> State:
        """The story's stage and publication; a story not saved yet is a draft."""
        return self.stored.state if self.stored else State()

    @property
    def save_state(self) -> str:
        """Where the text is safe, as it is said today."""
        return self.save_state_on(None)

    def save_state_on(self, today: date | None) -> str:
        """One phrase for the status bar, which says where the text is safe.

        `Kept on this computer 14:02` in the journal, `Version 3 saved 14:02` as a
        version, `Not saved: why` where neither is so.
        """
        if not self.is_open:
            return ""
        if error := self.save_error or self.journal_error:
            return _("Not saved: {why}").format(why=error.sentence)
        if self.is_saving or self.is_unwritten:
            return _("Saving…") if self.is_saving else _("Keeping…")
        if self.stored is not None and not self.has_unsaved_text:
            return _("Version {n} saved {time}").format(
                n=self.stored.version, time=clock(self.stored.at, today)
            )
        if not self.written_at:
            return _("Nothing to save yet")
        return _("Kept on this computer {time}").format(time=clock(self.written_at))

    @property
    def state_of_text(self) -> tuple[str, bool]:
        """What of the state typing may change; most keys change nothing of it."""
        return self.save_state, self.is_unsaved

    @property
    def story_id(self) -> str:
        """Its id, also before the desk has it: a save that is cut off is then known again."""
        return self.key.removeprefix(NEW)

    @property
    def journal_key(self) -> str:
        """The key of its entry in the journal."""
        return journal_key(self.key)

    def to_entry(self) -> dict[str, Json]:
        """Return its entry for the journal, which `unsaved.read_open_story` reads."""
        entry: dict[str, Json] = {
            "story": self.typed.to_json(),
            "base": self.base,
            "sent": self.sent_hash,
            "field": self.caret.path,
            "caret": self.caret.start,
        }
        if self.author:
            entry["author"] = self.author
        return {**entry, **self.bad_entry(self.base)} if self.bad_texts else entry

    def bad_entry(self, version: int) -> dict[str, Json]:
        """Return an entry with only what is no value, beside a version that has all the rest."""
        texts = {path: bad.text for path, bad in self.bad_texts.items()}
        return {"base": version, "typed": texts}

    def call_on_saved(self) -> None:
        """Call everybody who waits for the text to be a version."""
        callbacks, self.on_saved = self.on_saved, []
        for call in callbacks:
            call()

    def stay_beside(self, latest: StoredVersion) -> bool:
        """Stay with one's own saved version where the latest was made beside it, not from it.

        Returns whether that is so; then only the state of the latest is shown,
        until somebody reconciles the two.
        """
        own = self.stored
        if own is None or not own.version == self.base != latest.version:
            return False
        if self.base not in self.leaves:
            return False
        self.stored = replace(own, state=latest.state, latest=latest.latest)
        return True

    def continue_from(self, sent: Story, stored: StoredVersion) -> bool:
        """Continue from the version that `sent` became; what was typed since then stays.

        Returns whether the desk filled something in, such as the id and slug of a new story.
        """
        filled = {
            name: getattr(stored.story, name)
            for name in (field.name for field in FIELDS)
            if getattr(sent, name) == getattr(self.typed, name)
            and getattr(stored.story, name) != getattr(sent, name)
        }
        if filled:
            self.typed = replace(self.typed, **filled)
        self.stored, self.key, self.base = stored, stored.story.id, stored.version
        # What was typed since is not on disk yet, whatever the version's time says.
        self.written_at, self.save_error = "" if self.has_unsaved_text else stored.at, None
        return bool(filled)
