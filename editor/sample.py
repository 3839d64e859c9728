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
    STEPS,
    AddNote,
    AddPerson,
    Approve,
    ApproveBanner,
    Command,
    ImportItems,
    SaveStory,
    SetPolicy,
)
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.picture_reference import picture_reference
from editor.core.policy import FourEyes, Policy
from editor.core.story import Picture, Story
from editor.core.times import instant_text
from editor.core.workflow import Action
from editor.formats.importers import read_incoming
from editor.i18n import language_in_use
from editor.opening import check_before_approval
from editor.resources import resource
from editor.store.desk import Desk, sample_keys
from editor.trust.keyring import ensure_key

GUIDE = "start-here"
"""The slug of the story that says what to try, in the language of the interface."""

_OLDEST = timedelta(hours=96)
_BETWEEN_STEPS = timedelta(minutes=12)
_BY_EDITOR = {Action.RETURN, Action.APPROVE, Action.PUBLISH, Action.KILL}
_ACTIONS = {action.verb: action for action in Action}


def make_sample(path: Path, clock: Callable[[], datetime] = times.now) -> Desk:
    """Make the sample desk in a new folder, and the folders above it, and open it.

    Its stories were written in the days before `clock`'s instant, so that lists
    look as they do in use; the latest is a draft that says what to try. Raises what
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
        past.now = end - _BETWEEN_STEPS
        _import_front_page(desk, plan["front_page"])
        with desk.read() as snapshot:
            banner = snapshot.banner()
        desk.do(ApproveBanner(banner.hash), editor)
        past.now = end
        _write_guide(desk, chief.name)
    return Desk.open(path, clock=clock, checker=check_before_approval)


class _PastClock:
    """A clock that shows the time it was set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def _write(desk: Desk, plan: dict[str, Any], editor: str, clock: _PastClock) -> None:
    """Write a story and take the steps of its plan, a while after each other."""
    author, story = plan["author"], _story(desk, plan, clock.now)
    id = desk.do(SaveStory(_first(story, plan.get("first", {}))), author).ids("story")[0]
    for note in plan.get("notes", ()):
        desk.do(AddNote(id, note["text"], note["field"]), note["by"])
    for step in plan["steps"]:
        clock.now += _BETWEEN_STEPS
        action = _ACTIONS[step["do"]]
        by = step.get("by", editor if action in _BY_EDITOR else author)
        desk.do(_command(desk, id, action, step.get("note", ""), story), by)


def _command(desk: Desk, id: str, action: Action, note: str, story: Story) -> Command:
    """What somebody does to the latest version of a story; `story` is what a save makes of it."""
    with desk.read() as snapshot:
        stored = snapshot.stored(id)
    if action is Action.SAVE:
        edited = replace(story, id=id, corrections=stored.story.corrections)
        return SaveStory(edited, stored.version)
    if action is Action.APPROVE:
        return Approve(id, stored.version, stored.hash)
    return STEPS[action](id, stored.version, *[note] * bool(note))


def _story(desk: Desk, plan: dict[str, Any], now: datetime) -> Story:
    """The story of a plan, as its steps leave it. A line `![](name)` shows one of its pictures."""
    body = "\n\n".join(plan["paragraphs"])
    pictures = []
    for values in plan.get("pictures", ()):
        pictures.append(_with_file(desk, Picture.from_json(values), values["file"]))
        body = body.replace(f"![]({values['file']})", picture_reference(pictures[-1].file))
    embargo = now + timedelta(hours=plan["hours_old"] + plan.get("embargo_hours", 0))
    return replace(
        Story.from_json({**plan["story"], "body": body}),
        pictures=tuple(pictures),
        related=_ids(desk, plan["related"]),
        embargo=instant_text(embargo) if "embargo_hours" in plan else "",
    )


def _first(story: Story, words: dict[str, str]) -> Story:
    """The story as it was first written, by the words of its last version."""
    body, points = story.body, list(story.key_points)
    for later, earlier in words.items():
        body = body.replace(later, earlier)
        points = [point.replace(later, earlier) for point in points]
    return replace(story, body=body, key_points=tuple(points))


def _write_guide(desk: Desk, author: str) -> None:
    """Write the story that says what to try, in the language of the interface if it is there."""
    name = f"{language_in_use().partition('-')[0]}.json"
    plan = _read("guide", name if resource("samples", "guide", name).is_file() else "en.json")
    body = "\n\n".join(plan["paragraphs"])
    desk.do(SaveStory(Story.from_json({**plan["story"], "slug": GUIDE, "body": body})), author)


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
