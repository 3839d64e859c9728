"""Two editions of one desk that are exported over one another, and calls that fail on the way."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from editor.core.commands import Kill, Publish, SaveStory, Submit, Update
from editor.core.edition import Edition
from editor.core.story import Story
from editor.errors import EditorError
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.output import output_for
from editor.formats.report import Report
from editor.progress import Progress
from editor.store.desk import Desk
from tests.faults.canaries import tree
from tests.faults.newsroom import LINA, MARA, TODAY, TOM, Room
from tests.people import approving
from tests.reading import reading

FOREIGN = "CNAME"
"""A file that somebody else may have put into the folder."""


@dataclass
class TwoEditions:
    """A folder with the edition `old`, over which `new` is to be written.

    Between them a story was edited and has another slug, one was killed, and one is new.
    """

    desk: Desk
    folder: Path
    old: Edition
    new: Edition
    whole: dict[str, dict[str, bytes]]
    """What a whole export of each writes, by the name of the edition."""
    format: str

    def write(self, name: str, progress: Progress | None = None, to: Path | None = None) -> Report:
        """Export one of them, as the dialog does: it can be cancelled until the very end."""
        progress = progress or Progress()
        edition = self.old if name == "old" else self.new
        key = self.desk.signing_key(TOM)
        with output_for(to or self.folder, targets=self.desk.exports.targets) as output:
            report = write_edition(edition, find_exporter(self.format), output, progress, key, TOM)
            progress.report(1, 1)
        return report

    def is_there(self) -> str:
        """Which edition is in the folder, whole; else that it is a mixture."""
        files = {path: data for path, data in tree(self.folder).items() if path != FOREIGN}
        return next((name for name, whole in self.whole.items() if files == whole), "a mixture")

    def leftovers(self) -> list[str]:
        """What is beside the folder."""
        return [path.name for path in self.folder.parent.iterdir() if path != self.folder]


@contextmanager
def two_editions(room: Room, folder: Path, format: str = "site") -> Iterator[TwoEditions]:
    """Make both, export the first one in a format, and give the folder."""
    with room.desk() as desk:
        old = reading(desk).edition(None, TODAY)
        _change(desk, room)
        new = reading(desk).edition(None, TODAY)
        site = folder / "out" / "site"
        site.parent.mkdir()
        made = TwoEditions(desk, site, old, new, {}, format)
        for name in ("old", "new"):
            made.write(name, to=folder / "whole")
            made.whole[name] = tree(folder / "whole")
        made.write("old")
        shutil.rmtree(folder / "whole")
        assert made.is_there() == "old"
        yield made


def refusal(write: Callable[[], object]) -> EditorError | None:
    """What is said about an export that is refused; None where it is not."""
    try:
        write()
    except EditorError as problem:
        assert problem.sentence.endswith("."), problem.sentence  # noqa: PT017  both may be
        assert problem.hint  # noqa: PT017
        return problem
    return None


def _change(desk: Desk, room: Room) -> None:
    ferry, bridge = room.id("ferry"), room.id("bridge")
    desk.do(Publish(ferry, 1), TOM)
    desk.do(Update(ferry, 1), LINA)
    text = replace(reading(desk).stored(ferry).story, slug="night-ferry", body="It left.")
    desk.do(SaveStory(text, reading(desk).row(ferry).version), LINA)
    desk.do(Kill(bridge, reading(desk).row(bridge).version, "It was never true."), MARA)
    story = Story(slug="newest", headline="Newest", body="It is.", section="world")
    newest = desk.do(SaveStory(story), LINA).ids("story")[0]
    for id in (ferry, newest):
        desk.do(Submit(id, reading(desk).row(id).version), LINA)
        desk.do(approving(desk, id), TOM)


_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class FailingCalls:
    """Lets the n-th of some calls of the system about a folder fail, as Python reports them."""

    CALLS = frozenset({
        "open", "os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod",
        "os.scandir", "os.listdir",
    })  # fmt: skip

    def __init__(self) -> None:
        self._fail: Callable[[int, str], BaseException | None] | None = None
        self._folder = ""
        self.count = 0
        sys.addaudithook(self._hear)

    @contextmanager
    def failing(
        self, folder: Path, fail: Callable[[int, str], BaseException | None]
    ) -> Iterator[None]:
        """Until the end of the block, raise what `fail` returns for a call's number and name."""
        self._folder, self._fail, self.count = str(folder), fail, 0
        try:
            yield
        finally:
            self._fail = None

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        fail = self._fail
        if fail is None or event not in self.CALLS:
            return
        paths = (os.fspath(path) for path in arguments if isinstance(path, str | os.PathLike))
        if any(str(path).startswith(self._folder) for path in paths):
            self.count += 1
            if event == "open" and not int(str(arguments[2])) & _TO_WRITE:
                event = "read"
            if error := fail(self.count - 1, event):
                raise error


CALLS = FailingCalls()
"""Python forgets no listener, so there is one."""
