"""A desk with three stories that are out, and what delivers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor.core.commands import Publish, SaveStory, SaveTargets, SetPolicy, Submit
from editor.core.delivery import Target, Targets
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.delivery.destination import Destination
from editor.delivery.local import LocalDestination
from editor.delivery.outbox import Outbox, open_outbox
from editor.delivery.prepared import (
    DeliveryOrder,
    PreparedDelivery,
    prepare,
    record,
    settle,
    what_is_there,
)
from editor.progress import Progress
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import reading
from tests.templates import copy_template, make_template

CHIEF = "Mara Quist"
SLUGS = ("quay-opens", "ferry-returns", "crane-arrives")


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with stories."""
    folder = tmp_path_factory.mktemp("harbour")

    def make() -> None:
        path = folder / "Harbour.desk"
        house = House("Harbour Post")
        with Desk.create(path, house, Person(CHIEF, Role.CHIEF), clock=Clock()) as desk:
            desk.do(SetPolicy(Policy(FourEyes.NEVER)), CHIEF)
            for slug in SLUGS:
                text = f"What happened at the {slug} on Monday."
                story = Story(slug=slug, headline=slug.replace("-", " ").title(), body=text)
                [id] = desk.do(SaveStory(story), CHIEF).ids("story")
                publish(desk, id, 1)

    return make_template(folder, make)


def publish(desk: Desk, id: str, version: int) -> None:
    """Let a version of a story go out."""
    if version == 1:  # a change to what is live is in review at once
        desk.do(Submit(id, version), CHIEF)
    desk.do(approving(desk, id, version), CHIEF)
    desk.do(Publish(id, version), CHIEF)


class Newsroom:
    """An open desk, its clock, and deliveries from it."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk, self.clock = desk, clock

    def edit(self, slug: str, body: str) -> None:
        """Change a story that is out."""
        stored = reading(self.desk).stored(reading(self.desk).find(slug))
        self.clock.now += timedelta(hours=1)
        self.desk.do(SaveStory(replace(stored.story, body=body), stored.version), CHIEF)
        publish(self.desk, stored.story.id, stored.version + 1)

    def order(self, target: Target, *, force: bool = False, signed: bool = True) -> DeliveryOrder:
        if target not in reading(self.desk).targets().targets:
            base = reading(self.desk).targets().hash
            self.desk.do(SaveTargets(Targets((target,)), base), CHIEF)
        signer = self.desk.signing_key(CHIEF) if signed else None
        with self.desk.read() as snapshot:
            edition = snapshot.edition(None, self.clock())
            there = what_is_there(snapshot, target.name)
        return DeliveryOrder(target, edition, CHIEF, signer, there, force)

    def outbox(self, target: Target) -> Outbox:
        with open_outbox(self.desk.path, target, self.desk.exports.targets) as outbox:
            return outbox

    def prepare(
        self, target: Target, destination: Destination | None = None, **how: bool
    ) -> PreparedDelivery:
        outbox = self.outbox(target)
        place = destination or LocalDestination(outbox, force=how.get("force", False))
        prepared = prepare(self.order(target, **how), outbox, place, Progress())
        return settle(self.desk, prepared)

    def deliver(
        self, target: Target, destination: Destination | None = None, **how: bool
    ) -> PreparedDelivery:
        """Deliver all, and record it."""
        prepared = self.prepare(target, destination, **how)
        prepared.send(Progress())
        assert record(self.desk, prepared.outbox) is None
        return prepared


@pytest.fixture
def newsroom(tmp_path: Path, harbour: Path) -> Iterator[Newsroom]:
    path = copy_template(harbour, "Harbour.desk", tmp_path)
    clock = Clock()
    with Desk.open(path, clock=clock) as desk:
        yield Newsroom(desk, clock)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
