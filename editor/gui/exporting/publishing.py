"""Publishing what an export wrote, and how many stories that made public."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from editor.core.commands import Publish
from editor.errors import EditorError
from editor.gui.session import Session
from editor.i18n import _, listed, plural


class Publishing:
    """Runs the commands that publish an edition; `slugs` are its stories by their ids."""

    def __init__(
        self, commands: tuple[Publish, ...], slugs: Mapping[str, str], ended: Callable[[], None]
    ) -> None:
        self._commands = commands
        self._slugs = slugs
        self._ended = ended
        self._unanswered = len(commands)
        self._refused: list[str] = []

    def start(
        self, session: Session, owner: QWidget, failed: Callable[[EditorError], None]
    ) -> None:
        """Publish each story; `failed` gets why one was not, and `ended` is told at the end."""

        def refuse(slug: str, error: EditorError) -> None:
            self._refused.append(slug)
            failed(error)
            self._answer()

        for command in self._commands:
            session.run(
                command,
                owner=owner,
                done=lambda _changes: self._answer(),
                failed=partial(refuse, self._slugs[command.story]),
            )

    def notice(self) -> str:
        """Say how many stories are newly published, as far as that is known."""
        wanted = len(self._commands)
        if self._unanswered:
            return _("Publishing…")
        if self._refused:
            sentence = _("{n} of {all} stories published; not: {slugs}. The files have all.")
            published, slugs = wanted - len(self._refused), listed(self._refused)
            return sentence.format(n=published, all=wanted, slugs=slugs)
        return plural("{n} story is newly published.", "{n} stories are newly published.", wanted)

    def _answer(self) -> None:
        self._unanswered -= 1
        if not self._unanswered:
            self._ended()
