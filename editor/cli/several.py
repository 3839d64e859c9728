"""The same for several stories: each is done or named with the reason, and the others are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from editor.cli.printing import one_line, say
from editor.errors import EditorError, KeyUnavailable, NotAllowed
from editor.i18n import _

if TYPE_CHECKING:
    from editor.store.desk import Desk
    from editor.store.reading.rows import StoryRow


def find_rows(desk: Desk, slugs: Sequence[str]) -> list[StoryRow]:
    """Find stories by their slugs or ids, each once.

    Raises NotFound for one that there is not, before anything is done to the others.
    """
    with desk.read() as snapshot:
        ids = list(dict.fromkeys(snapshot.find_all(slugs)))
        rows = snapshot.rows_of(ids)
    return [rows[id] for id in ids]


def run_on_stories(rows: Sequence[StoryRow], work: Callable[[StoryRow], object]) -> None:
    """Do some work to each story; what it raises is printed with the story's slug.

    Raises NotAllowed at the end if a story was not done, for one story alone what the work
    raises, and KeyUnavailable at once: it is the same for all.
    """
    if len(rows) == 1:
        work(rows[0])
        return
    refused = 0
    for row in rows:
        try:
            work(row)
        except KeyUnavailable:
            raise
        except EditorError as error:
            refused += 1
            reason = f"{error.sentence} {error.hint}".strip()
            say(one_line(_("Not done: “{slug}”: {reason}").format(slug=row.slug, reason=reason)))
    if refused:
        raise NotAllowed(
            _("Not done: {refused} of {all} stories.").format(refused=refused, all=len(rows)),
            _("The reason is given above."),
        )
