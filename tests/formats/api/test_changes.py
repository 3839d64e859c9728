"""Who follows the changes ends with the same stories as who reads everything."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from posixpath import dirname, join, normpath
from typing import Any

import pytest

from editor.core.brief import Banner
from editor.core.edition import Edition, Expired, Item, Withdrawn
from editor.core.house import House
from editor.core.listing import Listing
from editor.core.publication import PublicVersion
from editor.core.story import Story
from editor.core.times import instant_text
from tests.editions import MemoryTexts, listed
from tests.formats.api.test_lists import export
from tests.formats.site.edition import MemoryPictures

Files = Mapping[str, Any]
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
GONE = {"withdrawn": "canceled", "expired": "expired"}


@dataclass
class Newsroom:
    """Stories that people work on at random, some of them on computers that are late."""

    chance: random.Random
    can_return: bool
    now: datetime = FIRST
    items: dict[str, Item] = field(default_factory=dict)
    versions: dict[str, list[PublicVersion]] = field(default_factory=dict)
    withdrawn: tuple[Withdrawn, ...] = ()
    expired: tuple[Expired, ...] = ()
    made: int = 0

    def step(self) -> str:
        """Do something, and return what."""
        self.now += timedelta(hours=self.chance.choice((0, 0, 1, 5, 30)))
        actions = ["add", "add", "late add", "edit", "late edit", "correct", "rename", "kill"]
        actions += ["expire", "come back"] + ["return"] * self.can_return
        action = self.chance.choice(actions)
        if not self.items or action in ("add", "late add"):
            self._add(self.now - timedelta(days=3 * (action == "late add")))
            return "add"
        if action == "come back":
            self._come_back()
            return action
        id = self.chance.choice(sorted(self.items))
        if action in ("kill", "expire", "return"):
            self._remove(id, action)
        else:
            self._edit(id, action)
        return action

    def edition(self) -> Edition:
        listings = sorted(map(self._listing, self.items.values()), key=_age, reverse=True)
        return Edition(
            House("Harbour Post"),
            tuple(listings),
            Banner(),
            MemoryTexts(self.items.values()),
            MemoryPictures(),
            self.now,
            withdrawn=self.withdrawn,
            expired=self.expired,
        )

    def _listing(self, item: Item) -> Listing:
        return replace(listed(item), versions=tuple(self.versions[item.story.id]))

    def _add(self, when: datetime) -> None:
        self.made += 1
        story = Story(id=f"s{self.made}", slug=f"story-{self.made}", headline=f"Story {self.made}")
        at = instant_text(when)
        self.items[story.id] = Item(story, 1, story.hash, at, at)
        self.versions[story.id] = [PublicVersion(1, at)]

    def _edit(self, id: str, action: str) -> None:
        old = self.items[id]
        self.made += 1
        slug = f"renamed-{self.made}" if action == "rename" else old.story.slug
        story = replace(old.story, body=f"Text {self.made}.", slug=slug)
        # An approval that arrives late is older than others that were there before.
        at = old.updated if action == "late edit" else max(old.updated, instant_text(self.now))
        self.items[id] = replace(
            old, story=story, hash=story.hash, version=old.version + 1, updated=at
        )
        note = f"Wrong {self.made}." if action == "correct" else ""
        self.versions[id].append(PublicVersion(old.version + 1, at, note))

    def _remove(self, id: str, action: str) -> None:
        story = self.items.pop(id).story
        gone = story.id, story.slug, story.language, instant_text(self.now)
        if action == "kill":
            self.withdrawn = (Withdrawn(*gone), *self.withdrawn)
        if action == "expire":
            self.expired = (Expired(*gone), *self.expired)

    def _come_back(self) -> None:
        """An expiry is put off, so that the last story that had expired is there again."""
        if not self.expired:
            return
        (gone, *rest), at = self.expired, instant_text(self.now)
        self.expired = tuple(rest)
        story = Story(id=gone.story_id, slug=gone.slug, headline="Again")
        versions = self.versions[story.id]
        number = versions[-1].number + 1
        versions.append(PublicVersion(number, at))
        self.items[story.id] = Item(story, number, story.hash, versions[0].at, at)


def _age(listing: Listing) -> tuple[str, str]:
    return listing.published, listing.slug


def read(files: Files, path: str, url: str) -> Any:
    """What a document leads to."""
    return files[normpath(join(dirname(path), url))]


def facts(story: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(story[name] for name in ("slug", "version", "hash", "updatedAt"))


def read_everything(files: Files) -> dict[str, tuple[Any, ...]]:
    """Each story by its id, from the pages of all stories."""
    found: dict[str, tuple[Any, ...]] = {}
    path: str | None = "v1/stories/page/1.json"
    while path:
        for summary in files[path]["data"]:
            found[summary["id"]] = facts(read(files, path, summary["url"])["data"])
        following = files[path]["links"]["next"]
        path = normpath(join(dirname(path), following)) if following else None
    return found


@dataclass
class Follower:
    """Follows the changes, as the help says."""

    days: dict[str, str] = field(default_factory=dict)
    stories: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def follow(self, files: Files) -> None:
        for change, story in self._changes(files):
            if change["kind"] in GONE:
                self.stories.pop(change["id"], None)
            else:
                self.stories[change["id"]] = facts(story)

    def _changes(self, files: Files) -> Iterator[tuple[Any, Any]]:
        path = "v1/changes.json"
        for day in files[path]["data"]:
            if self.days.get(day["day"]) != day["hash"]:
                here = normpath(join(dirname(path), day["url"]))
                assert len(files[here]["data"]) == day["count"]
                for change in files[here]["data"]:
                    yield change, read(files, here, change["url"])["data"]
        self.days = {day["day"]: day["hash"] for day in files[path]["data"]}


@dataclass
class CarefulFollower(Follower):
    """Forgets as well what a day had that is another one now: it may have been returned."""

    day_of: dict[str, str] = field(default_factory=dict)

    def follow(self, files: Files) -> None:
        now = {day["day"]: day["hash"] for day in files["v1/changes.json"]["data"]}
        changed = {day for day, hash in self.days.items() if now.get(day) != hash}
        for id, day in [*self.day_of.items()]:
            if day in changed:
                del self.day_of[id]
                self.stories.pop(id, None)
        super().follow(files)
        for path in files:
            if path.startswith("v1/changes/"):
                self.day_of |= {change["id"]: path[11:21] for change in files[path]["data"]}


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2))])
@pytest.mark.parametrize("kind", [Follower, CarefulFollower])
def test_follower_from_any_day_has_what_is_there(kind: type[Follower], seed: int) -> None:
    chance = random.Random(seed)
    room = Newsroom(chance, can_return=kind is CarefulFollower)
    followers: list[Follower] = []
    for number in range(40):
        action = room.step()
        files = export(room.edition())
        expected = read_everything(files)
        assert expected.keys() == room.items.keys()
        followers.append(kind())
        for follower in (*chance.sample(followers, len(followers) // 3), followers[-1]):
            follower.follow(files)
            assert follower.stories == expected, (number, action)
    for follower in followers:
        follower.follow(files)
        assert follower.stories == expected


def test_stories_that_are_gone_say_so_at_both_addresses() -> None:
    room = Newsroom(random.Random(1), can_return=False)
    for _number in range(60):
        room.step()
    assert room.withdrawn
    assert room.expired
    files = export(room.edition())
    for status, gone in (("canceled", room.withdrawn), ("expired", room.expired)):
        for story in gone:
            for path in (story.slug, f"by-id/{story.story_id}"):
                document = files[f"v1/stories/{path}.json"]
                tombstone = {"status": status, "id": story.story_id, "updatedAt": story.at}
                assert document["data"] == tombstone
                assert document["links"]["versions"] is None
            assert f"v1/stories/{story.slug}/versions.json" not in files
    named = {
        (change["kind"], change["id"], change["at"])
        for path, document in files.items()
        if path.startswith("v1/changes/")
        for change in document["data"]
        if change["hash"] is None
    }
    assert named == {
        *(("withdrawn", story.story_id, story.at) for story in room.withdrawn),
        *(("expired", story.story_id, story.at) for story in room.expired),
    }
