"""Text that would take minutes is refused with a sentence, whichever way it comes."""

from __future__ import annotations

from editor.core.commands import ImportItems, SaveStory
from editor.core.story import Story
from editor.errors import BadValue
from editor.store.desk import Desk
from tests.reading import every_slug, reading
from tests.store.conftest import LINA, MARA, new, refused

LONG = Story(headline="Long", body="word " * 2_000_000)
TICKS = Story(headline="Ticks", body="`" * 2_000_000)


def test_too_long_a_story_is_refused_at_the_door_and_at_import(desk: Desk) -> None:
    for story in (LONG, TICKS):
        for command in (SaveStory(story), ImportItems((story,))):
            assert "is the limit" in refused(desk, command, MARA, BadValue).sentence
    known = new(desk, "Short")
    edit = SaveStory(Story(id=known, headline="Short", body=LONG.body), 1)
    assert "1,000,000 is the limit" in refused(desk, edit, LINA, BadValue).sentence
    assert reading(desk).row(known).version == 1
    assert list(every_slug(desk)) == [known]
