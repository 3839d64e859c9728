"""A desk of three people and an invented paper, and a clock that tests move."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor.core.commands import AddPerson, Approve, SaveStory, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.store.desk import Desk

MARA, TOM, LINA = "Mara Quist", "Tom Adeyemi", "لينا حداد"


class Clock:
    """A clock that stands still until it is told to go, forward or back."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a chief, an editor and a journalist, made once: each save waits for the disk."""
    path = tmp_path_factory.mktemp("template") / "post.desk"
    house = House("Harbour Post")
    with Desk.create(path, house, Person(MARA, Role.CHIEF), clock=Clock()) as desk:
        desk.do(AddPerson(Person(TOM, Role.EDITOR)), MARA)
        desk.do(AddPerson(Person(LINA, Role.JOURNALIST)), MARA)
    return path


@pytest.fixture
def desk(tmp_path: Path, template: Path, clock: Clock) -> Iterator[Desk]:
    """A copy of the template, open."""
    shutil.copytree(template, tmp_path / "post.desk")
    with Desk.open(tmp_path / "post.desk", clock=clock) as desk:
        yield desk


def new(desk: Desk, headline: str = "Ferry resumes after storm", **rest: object) -> str:
    """A new story by the journalist; its id."""
    story = Story(headline=headline, **rest)  # type: ignore[arg-type]
    return desk.do(SaveStory(story), LINA).ids("story")[0]


def approved(desk: Desk, headline: str = "Ferry resumes after storm", **rest: object) -> str:
    """A new story, handed in and approved; its id."""
    story = new(desk, headline, **rest)
    desk.do(Submit(story, 1), LINA)
    desk.do(Approve(story, 1), TOM)
    return story
