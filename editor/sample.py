"""The sample desk: an invented paper, made with the same commands as every other desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from editor.core import times
from editor.core.commands import (
    AddNote,
    AddPerson,
    Approve,
    ApproveBanner,
    ImportItems,
    Return,
    SaveStory,
    SetPolicy,
    Spike,
    Submit,
)
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.core.story import Picture, Story
from editor.formats.importers import read_incoming
from editor.opening import check_before_approval
from editor.resources import resource
from editor.store.desk import Desk, sample_keys
from editor.trust.keyring import ensure_key

_OLDEST = timedelta(hours=96)


def make_sample(path: Path, clock: Callable[[], datetime] = times.now) -> Desk:
    """Make the sample desk in a new folder, and the folders above it, and open it.

    Its stories were written in the days before `clock`'s instant, so that lists
    look as they do in use; the latest is a draft to start with. Raises what
    `Desk.create` raises.
    """
    end = clock()
    past = _PastClock(end - _OLDEST)
    plan = _read("desk.json")
    chief, *others = [_person(person) for person in plan["people"]]
    path.parent.mkdir(parents=True, exist_ok=True)
    house = House.from_json(plan["house"])
    # Its people are invented: their keys are among the personal files, by the desk's id.
    id = uuid4().hex
    with Desk.create(path, house, chief, clock=past, keys=sample_keys(id), id=id) as desk:
        # A newcomer tries every step alone, so it asks for no second pair of eyes.
        desk.do(SetPolicy(Policy(FourEyes.NEVER)), chief.name)
        for person in others:
            key = ensure_key(desk.keys, person.name)
            desk.do(AddPerson(person, key.public.line(person.name)), chief.name)
        editor = next(person.name for person in others if person.role is Role.EDITOR)
        for story in sorted(_stories(), key=lambda story: -float(story["hours_old"])):
            past.now = end - timedelta(hours=story["hours_old"])
            _write(desk, story, editor, past)
        past.now = end
        _import_front_page(desk, plan["front_page"])
        with desk.read() as snapshot:
            banner = snapshot.banner()
        desk.do(ApproveBanner(banner.hash), editor)
    return Desk.open(path, clock=clock, checker=check_before_approval)


class _PastClock:
    """A clock that shows the time it was set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def _write(desk: Desk, plan: dict[str, Any], editor: str, clock: _PastClock) -> None:
    """Write a story and bring it to the stage in its plan."""
    author, stage = plan["author"], plan["stage"]
    story = _story(desk, plan)
    id = desk.do(SaveStory(story), author).ids("story")[0]
    for note in plan.get("notes", ()):
        desk.do(AddNote(id, note["text"], note["field"]), note["by"])
    clock.now += timedelta(minutes=12)
    if stage == "spiked":
        desk.do(Spike(id, 1), author)
        return
    desk.do(Submit(id, 1), author)
    clock.now += timedelta(minutes=21)
    if stage == "approved":
        desk.do(Approve(id, 1, _hash(desk, id)), editor)
    elif stage == "returned":
        desk.do(Return(id, 1, plan["note"]), editor)


def _story(desk: Desk, plan: dict[str, Any]) -> Story:
    story = Story.from_json({**plan["story"], "body": "\n\n".join(plan["paragraphs"])})
    pictures = [Picture.from_json(plan["picture"])] if "picture" in plan else []
    return replace(
        story,
        pictures=tuple(_with_file(desk, picture, picture.file) for picture in pictures),
        related=_ids(desk, plan["related"]),
    )


def _import_front_page(desk: Desk, plan: dict[str, Any]) -> None:
    """Import the page as anybody would, with the picture file for its caption.

    Its mistakes stay: they show newcomers what checks do.
    """
    page = resource("samples", "front-page.txt")
    incoming = read_incoming(page.read_bytes(), page.name)
    [story] = incoming.stories
    typed = Story.from_json(plan["story"])
    story = replace(
        story,
        **{name: getattr(typed, name) for name in plan["story"]},
        related=_ids(desk, plan["related"]),
        pictures=(_with_file(desk, story.pictures[0], plan["picture"]),),
    )
    desk.do(ImportItems((story,), incoming.briefs, page.name), plan["author"])


def _hash(desk: Desk, id: str) -> str:
    with desk.read() as snapshot:
        return snapshot.stored(id).hash


def _ids(desk: Desk, slugs: list[str]) -> tuple[str, ...]:
    with desk.read() as snapshot:
        return tuple(snapshot.find(slug) for slug in slugs)


def _with_file(desk: Desk, picture: Picture, name: str) -> Picture:
    """The picture with one of the sample's files, added to the desk."""
    added = desk.pictures.add(resource("samples", "pictures", name))
    return replace(picture, file=added.file, width=added.width, height=added.height)


def _person(plan: dict[str, Any]) -> Person:
    return Person(plan["name"], Role(plan["role"]))


def _stories() -> list[dict[str, Any]]:
    folder = resource("samples", "stories")
    return [_read("stories", path.name) for path in sorted(folder.glob("*.json"))]


def _read(*parts: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(resource("samples", *parts).read_text(encoding="utf-8"))
    return read
