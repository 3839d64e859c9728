"""What the verbs share: options, opening the desk, the acting person, and printing."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from editor.cli import language
from editor.cli.printing import can_ask, say
from editor.errors import EditorError, KeyUnavailable
from editor.i18n import _
from editor.settings import load_settings

if TYPE_CHECKING:
    from editor.core.changes import Changes
    from editor.core.commands import Command
    from editor.core.workflow import Action
    from editor.store.desk import Desk
    from editor.store.reading.rows import Filter, StoryRow
    from editor.store.reading.snapshot import Snapshot

_PAGE = 500

T = TypeVar("T")


class OutPath(click.Path):
    """Where to write. An empty one is refused: it would be the folder that a person is in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path. Raises BadParameter for none."""
        if not os.fspath(value):
            self.fail(_("No place is named."), param, ctx)
        return super().convert(value, param, ctx)


desk_option = click.option(
    "--desk",
    "desk_path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DESK",
    help="The desk's folder.",
)
desk_argument = click.argument("desk_path", metavar="DESK", type=click.Path(path_type=Path))
json_option = language.json_option
force_option = click.option(
    "--force", is_flag=True, help="Write --out over what Stonehand did not write."
)
person_option = click.option(
    "--as", "person", required=True, metavar="PERSON", help="Who does it: a name on the desk."
)


def open_desk(path: Path, *, writes: bool = False) -> closing[Desk]:
    """Open a desk for a `with` block, which closes it at the end.

    Where a verb `writes`, a desk that can only be read is refused before anything else is said:
    raises DeskTooNew, DeskReadOnly.
    """
    from editor import opening  # noqa: PLC0415  an export with nothing to do opens none

    desk = opening.open_desk(path)
    try:
        if writes:
            desk.require_writable()
    except EditorError:
        desk.close()
        raise
    return closing(desk)


def with_key(desk: Desk, work: Callable[[], T]) -> T:
    """Do what signs; a passphrase that is missing is asked for, where a person can be."""
    try:
        return work()
    except KeyUnavailable:
        if not (desk.keys.is_locked and can_ask()):
            raise
    desk.unlock(click.prompt(_("Passphrase"), hide_input=True, err=True))
    return work()


def run_command(desk: Desk, command: Command, by: str) -> Changes:
    """Carry out a command, as `with_key` does."""
    return with_key(desk, lambda: desk.do(command, by=by))


def find_doubt(check: Callable[[], None]) -> EditorError | None:
    """What a check of a snapshot raises: it is printed after what it is about."""
    try:
        check()
    except EditorError as doubt:
        return doubt
    return None


def acting_person(desk: Desk, person: str | None) -> str:
    """Return the name of the person who acts when --as may be missing.

    In this order: `--as`, the variable STONEHAND_PERSON, this computer's person
    when the desk knows that name, else the desk's first chief.
    """
    with desk.read() as snapshot:
        if named := person or os.environ.get("STONEHAND_PERSON"):
            return snapshot.person(named).name
        people = snapshot.people()
    from editor.core.people import Role  # noqa: PLC0415  most verbs need it not

    own_name = load_settings()[0].person
    if any(candidate.name == own_name for candidate in people):
        return own_name
    chiefs = [candidate for candidate in people if candidate.role is Role.CHIEF]
    return (chiefs or list(people))[0].name


def find_row(desk: Desk, slug: str) -> StoryRow:
    """Find a story by its slug or id. Raises NotFound."""
    with desk.read() as snapshot:
        return snapshot.row(snapshot.find(slug))


def all_rows(snapshot: Snapshot, filter: Filter) -> list[StoryRow]:
    """Return every story of a filter, the newest first."""
    rows = page = snapshot.rows(filter, limit=_PAGE)
    while len(page) == _PAGE:
        page = snapshot.rows(filter, after=page[-1].touched, limit=_PAGE)
        rows += page
    return rows


def print_done(desk: Desk, action: Action, story: str, detail: str = "") -> None:
    """Print that an action was done to a story, by its id: `Submitted “quay” (version 2).`"""
    with desk.read() as snapshot:
        row = snapshot.row(story)
    name = _("“{slug}” (version {n}{detail})").format(slug=row.slug, n=row.version, detail=detail)
    say(_(action.done).format(story=name))
