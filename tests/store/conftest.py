"""A desk of three people and an invented paper, and a clock that tests move."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from editor.core.commands import Command, Publish, SaveStory, Submit, Update
from editor.core.edition import Edition
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Publication, Stage
from editor.errors import EditorError
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk
from tests.databases import open_database
from tests.people import approving, joining
from tests.reading import reading
from tests.templates import make_template

BODY = "The ferry sails again on Monday."
MARA, TOM, LINA = "Mara Quist", "Tom Adeyemi", "لينا حداد"


class Clock:
    """A clock that tests move, forward or back."""

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
        desk.do(joining(TOM, Role.EDITOR), MARA)
        desk.do(joining(LINA, Role.JOURNALIST), MARA)
    return path


@pytest.fixture
def desk(tmp_path: Path, template: Path, clock: Clock) -> Iterator[Desk]:
    """A copy of the template, open."""
    shutil.copytree(template, tmp_path / "post.desk")
    with Desk.open(tmp_path / "post.desk", clock=clock) as desk:
        yield desk


def filled_template(template: Path, folder: Path, fill: Callable[[Desk], object]) -> Path:
    """A folder with a copy of the template on which something was done, for `copy_template`."""

    def make() -> None:
        path = shutil.copytree(template, folder / "post.desk")
        with Desk.open(path, clock=Clock()) as desk:
            fill(desk)

    return make_template(folder, make)


def new(desk: Desk, headline: str = "Ferry resumes after storm", **rest: object) -> str:
    """A new story by the journalist; its id."""
    story = Story(**{"headline": headline, "body": BODY, **rest})  # type: ignore[arg-type]
    return desk.do(SaveStory(story), LINA).ids("story")[0]


def approved(desk: Desk, headline: str = "Ferry resumes after storm", **rest: object) -> str:
    """A new story, handed in and approved; its id."""
    story = new(desk, headline, **rest)
    desk.do(Submit(story, 1), LINA)
    desk.do(approving(desk, story, 1), TOM)
    return story


def edition_at(desk: Desk, chosen: Sequence[str] | None, at: datetime) -> Edition:
    """What an export at an instant gets, on a computer whose clock says so."""
    with Desk.open(desk.path, clock=lambda: at) as then:
        return reading(then).edition(chosen, at)


def change_database(desk: Desk, statement: str, *values: object) -> None:
    """What somebody with a database tool does; it must change something."""
    raw = open_database(desk.path / DATABASE)
    with raw:
        assert raw.execute(statement, values).rowcount, statement
    raw.close()


def everything(desk: Desk) -> tuple[object, ...]:
    """All that a command could change."""
    ids = [row.id for row in reading(desk).rows()]
    return (
        reading(desk).rows(),
        [reading(desk).versions(id) for id in ids],
        [reading(desk).notes(id) for id in ids],
        reading(desk).log(),
        reading(desk).people(),
        reading(desk).house(),
        reading(desk).banner(),
        reading(desk).front(),
    )


def refused(desk: Desk, command: Command, by: str, error: type[EditorError]) -> EditorError:
    """Carry out what must be refused: with a sentence and a hint, and nothing changed."""
    before = everything(desk)
    with pytest.raises(error) as caught:
        desk.do(command, by)
    assert caught.value.sentence.endswith(".")
    assert caught.value.hint.endswith(".")
    assert everything(desk) == before
    return caught.value


def publish(desk: Desk, story: str) -> None:
    """Say that readers have the latest version."""
    desk.do(Publish(story, reading(desk).row(story).version), TOM)


def rewrite(desk: Desk, story: str, **changes: Any) -> None:
    """Save a new version of a story, as an update where readers have one."""
    row = reading(desk).row(story)
    if row.publication is Publication.LIVE and row.stage is Stage.APPROVED:
        desk.do(Update(story, row.version), LINA)
    stored = reading(desk).stored(story)
    desk.do(SaveStory(replace(stored.story, **changes), stored.version), LINA)
