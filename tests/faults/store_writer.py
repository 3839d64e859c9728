"""Run by the tests beside it in processes of their own, to be killed or to collide.

Usage: store_writer.py (save|draft|race) DESK STORY WHO. Each line printed is
an acknowledgement: what it names must be found on disk whatever happens next.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from editor.core.commands import SaveStory
from editor.errors import Stale
from editor.store.desk import Desk


def text(who: str, version: int) -> str:
    """What a writer writes into a version: long enough to span pages of the database."""
    return f"{who} wrote version {version}. " * (20 + version % 300)


def say(*words: object) -> None:
    print(*words, flush=True)


def save(desk: Desk, story_id: str, who: str) -> None:
    """Save version after version until killed."""
    stored = desk.stored(story_id)
    version = stored.version
    while True:
        body = text(who, version + 1)
        desk.do(SaveStory(replace(stored.story, body=body), version), who)
        version += 1
        say(version)


def draft(desk: Desk, story_id: str, who: str) -> None:
    """Put draft after draft until killed."""
    number = 0
    while True:
        number += 1
        desk.journal.put(f"story:{story_id}", {"number": number, "body": text(who, number)})
        say(number)


def race(desk: Desk, story_id: str, who: str) -> None:
    """Try to make the version after each one that is called out; say whether that was won."""
    story = desk.stored(story_id).story
    say("ready")
    for line in sys.stdin:
        version = int(line) + 1
        try:
            desk.do(SaveStory(replace(story, body=text(who, version)), version - 1), who)
            say("won")
        except Stale:
            say("lost")


if __name__ == "__main__":
    what, path, story, name = sys.argv[1:]
    with Desk.open(Path(path)) as open_desk:
        {"save": save, "draft": draft, "race": race}[what](open_desk, story, name)
