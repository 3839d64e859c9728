"""Put a story into another section without opening it."""

from __future__ import annotations

from dataclasses import replace

from editor.core.commands import SaveStory
from editor.core.workflow import Stage
from editor.errors import BadValue, NotAllowed
from editor.i18n import _
from editor.store.desk import Desk
from editor.store.reading.changeable import require_changeable
from editor.store.replacement import ReplacedStory


def change_section(desk: Desk, story_id: str, version: int, section: str, by: str) -> ReplacedStory:
    """Save a story in another section as a new version; none where it is there already.

    `version` is the one that was listed. An approved story keeps its section: nobody who
    chooses several at once has read what an approval would be lost for. Raises NotAllowed,
    Stale, BadValue for a section that the paper does not have, and what `Desk.do` raises.
    """
    desk.require_writable()
    with desk.read() as snapshot:
        row, person = snapshot.row(story_id), snapshot.person(by)
        story = snapshot.stored_of(row, version).story
        sections = [known.slug for known in snapshot.house().sections]
    if section not in sections:
        raise BadValue(
            _("The paper has no section “{section}”.").format(section=section[:40]),
            _("Its sections are {sections}.").format(sections=", ".join(sections)),
        )
    require_changeable(row, story, person)
    if row.stage is Stage.APPROVED:
        raise NotAllowed(
            _("It is approved: in another section it would need approval again."),
            _("Open it to change its section."),
        )
    command = SaveStory(replace(story, section=section), version, only_on_latest=True)
    after = desk.do(command, by).version
    return ReplacedStory(story_id, version, after, int(after != version))
