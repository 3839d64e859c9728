"""A delivery whose connection is cut after some bytes, and the next one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from editor.delivery.send import Sent
from editor.errors import DeliveryError
from tests.delivery.loopback import wire_to
from tests.delivery.test_send import NEW, OLD, assert_links_lead_somewhere


class CutPlace(Protocol):
    """A target on loopback."""

    def send(self, name: str, port: int = 0) -> Sent:
        """Deliver the edition `old` or `new`, through another port if there is one."""

    def files(self) -> dict[str, bytes]:
        """What readers get."""


def cut_and_send_again(
    place: CutPlace, port: int, room: int, waiting: Callable[[], Collection[object]] = tuple
) -> None:
    """Cut the delivery of the new edition after `room` bytes to a port, then send again.

    `waiting` gives the files that were stored and that readers can't see yet.
    """
    place.send("old")
    changed = [path for path in NEW if OLD.get(path) != NEW[path]]
    with wire_to(port) as wire:
        wire.restore(room=room)
        try:
            place.send("new", wire.port)
        except DeliveryError as problem:
            assert "“Website”" in problem.sentence  # noqa: PT017  it may be whole
        files = place.files()
        assert_links_lead_somewhere(files)
        if files["SHA256SUMS"] == NEW["SHA256SUMS"]:
            assert files.items() >= NEW.items()
        already = sum(files.get(path) == NEW[path] for path in changed) + len(waiting())
    # At most the one that was cut, or whose answer was lost, is sent twice.
    assert place.send("new").files <= len(changed) - already + 1
    assert place.files() == NEW
