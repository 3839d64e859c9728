"""Run by the tests beside it in processes of their own, to be killed or to collide.

Usage: store_writer.py (save|draft|race|rename) DESK STORY WHO. Each line printed is
an acknowledgement: what it names must be found on disk whatever happens next.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from editor.core.commands import SaveHouse, SaveStory
from editor.store.desk import Desk
from tests.reading import reading


def text(who: str, version: int) -> str:
    """What a writer writes into a version: long enough to span pages of the database."""
    return f"{who} wrote version {version}. " * (20 + version % 300)


def say(*words: object) -> None:
    print(*words, flush=True)


def save(desk: Desk, story_id: str, who: str) -> None:
    """Save version after version until killed."""
    stored = reading(desk).stored(story_id)
    version = stored.version
    while True:
        body = text(who, version + 1)
        desk.do(SaveStory(replace(stored.story, body=body), version), who)
        version += 1
        say(version)


def draft(desk: Desk, story_id: str, who: str) -> None:
    """Write draft after draft until killed."""
    number = 0
    while True:
        number += 1
        desk.journal.write(f"story:{story_id}", {"number": number, "body": text(who, number)})
        say(number)


def race(desk: Desk, story_id: str, who: str) -> None:
    """Save as often as the input says, on one's own last version; print the number of each."""
    stored = reading(desk).stored(story_id)
    base = stored.version
    say("ready")
    for number in range(int(sys.stdin.readline())):
        done = desk.do(SaveStory(replace(stored.story, body=text(who, number)), base), who)
        base = done.version
        say(base)


def rename(desk: Desk, name: str, who: str) -> None:
    """Give the paper another name."""
    house = reading(desk).house()
    desk.do(SaveHouse(replace(house, name=name), house.hash), who)


if __name__ == "__main__":
    what, path, story, name = sys.argv[1:]
    with Desk.open(Path(path)) as open_desk:
        {"save": save, "draft": draft, "race": race, "rename": rename}[what](open_desk, story, name)
