from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.errors import DeskError, DeskInUse, DeskReadOnly, DiskFull
from editor.store.db.engine import DATABASE, sqlite
from editor.store.db.errors import desk_errors
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, DeskReadOnly),
        (errno.EACCES, DeskReadOnly),
        (errno.EIO, DeskError),
        (errno.ESTALE, DeskError),
    ],
)
def test_errors_of_the_system_become_ours(
    tmp_path: Path, number: int, kind: type[DeskError]
) -> None:
    with pytest.raises(DeskError) as caught, desk_errors(tmp_path):
        raise OSError(number, "said")
    assert type(caught.value) is kind
    assert caught.value.hint
    assert isinstance(caught.value.__cause__, OSError)


def test_wrong_statement_stays_a_bug(tmp_path: Path, desk: Desk) -> None:
    with (
        pytest.raises(OperationalError),
        desk_errors(desk.path),
        desk._database.read() as connection,
    ):
        connection.exec_driver_sql("SELEKT 1")


def test_busy_desk_is_in_use(desk: Desk) -> None:
    def impatient(raw: Any, _: Any) -> None:
        raw.execute("PRAGMA busy_timeout = 10").fetchall()

    event.listen(Engine, "connect", impatient)
    other = sqlite.connect(desk.path / DATABASE, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with Desk.open(desk.path) as second:
            assert reading(second).people(), "reading goes on"
            with pytest.raises(DeskInUse, match="busy") as caught:
                second.do(SaveStory(Story(headline="X")), LINA)
            assert caught.value.hint
            other.execute("ROLLBACK")
            assert second.do(SaveStory(Story(headline="X")), LINA).touched
    finally:
        other.close()
        event.remove(Engine, "connect", impatient)
