from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.core.commands import Approve, Return, Submit
from editor.errors import DeskDamaged, DeskTooNew, NotApproved
from editor.places import config_folder
from editor.store.db.engine import DATABASE, Database, sqlite
from editor.store.db.schema import HEAD, create_schema
from editor.store.db.upgrade import MIGRATIONS, _migrate, bring_up_to_date
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA, TOM, approved, new

NEXT = f"{int(HEAD) + 1:04}"


def set_number(folder: Path, number: str) -> None:
    with sqlite.connect(folder / DATABASE) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (number,))
    raw.close()


def with_step(folder: Path, body: str) -> Path:
    """A copy of the migrations with one more step."""
    copy = folder / "migrations"
    shutil.copytree(MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    text = f"from alembic import op\nrevision = '{NEXT}'\ndown_revision = '{HEAD}'\n"
    step = copy / "versions" / f"v{NEXT}_step.py"
    step.write_text(f"{text}def upgrade():\n    {body}\n", encoding="utf-8")
    return copy


def tables(database: Database) -> dict[str, object]:
    with database.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY name"
        ).scalars()
        return {
            name: (
                connection.exec_driver_sql(f"PRAGMA table_xinfo('{name}')").fetchall(),
                connection.exec_driver_sql(f"PRAGMA index_xinfo('{name}')").fetchall(),
                connection.exec_driver_sql(f"PRAGMA foreign_key_list('{name}')").fetchall(),
            )
            for name in names
        }


def test_a_desk_from_the_future_is_left_alone(desk: Desk) -> None:
    desk.close()
    set_number(desk.path, "9999")
    before = (desk.path / DATABASE).read_bytes()
    with pytest.raises(DeskTooNew, match="newer Stonehand") as caught:
        Desk.open(desk.path)
    assert caught.value.hint
    assert (desk.path / DATABASE).read_bytes() == before


@pytest.mark.parametrize("number", ["", "f00d", "-"])
def test_a_number_that_is_none_is_damage(desk: Desk, number: str) -> None:
    desk.close()
    set_number(desk.path, number)
    with pytest.raises(DeskDamaged, match="does not say which Stonehand"):
        Desk.open(desk.path)


def test_another_programs_database_is_not_taken_for_a_desk(tmp_path: Path) -> None:
    raw = sqlite.connect(tmp_path / DATABASE)
    raw.execute("CREATE TABLE alembic_version (version_num)")
    raw.close()
    with pytest.raises(DeskDamaged, match="not one of Stonehand's"):
        Desk.open(tmp_path)


def test_a_step_that_fails_changes_nothing_and_the_copy_stays(desk: Desk, tmp_path: Path) -> None:
    story = new(desk)
    broken = with_step(
        tmp_path, "op.execute('CREATE TABLE more (x)'); op.execute('DROP TABLE notes'); 1 / 0"
    )
    desk.close()
    database = Database(desk.path)
    before = tables(database)
    with pytest.raises(ZeroDivisionError):
        bring_up_to_date(database, desk.path, head=NEXT, migrations=broken)
    assert tables(database) == before
    database.close()
    assert [path.name for path in (desk.path / "backups").iterdir()] == [f"schema-{HEAD}.sqlite3"]
    with Desk.open(desk.path) as again:
        assert reading(again).stored(story).version == 1


def test_a_step_is_taken_once_and_the_copy_is_of_before(desk: Desk, tmp_path: Path) -> None:
    story = new(desk)
    desk.close()
    steps = with_step(tmp_path, "op.execute('CREATE TABLE more (x)')")
    database = Database(desk.path)
    copy = bring_up_to_date(database, desk.path, head=NEXT, migrations=steps)
    assert "more" in tables(database)
    assert bring_up_to_date(database, desk.path, head=NEXT, migrations=steps) is None
    database.close()
    with pytest.raises(DeskTooNew):
        Desk.open(desk.path)
    assert copy is not None
    shutil.copy(copy, desk.path / DATABASE)
    with Desk.open(desk.path) as again:
        assert reading(again).stored(story).story.headline


def test_the_steps_lead_to_the_schema_of_new_desks(tmp_path: Path) -> None:
    for name in ("stepped", "made"):
        (tmp_path / name).mkdir()
    stepped, made = Database(tmp_path / "stepped"), Database(tmp_path / "made")
    with made.write() as connection:
        create_schema(connection)
    with stepped.write() as connection:
        _migrate(connection, MIGRATIONS, HEAD)
    assert tables(stepped) == tables(made)
    stepped.close()
    made.close()


def test_opening_does_not_wait_for_alembic(desk: Desk, python: str) -> None:
    code = (
        "import sys; from pathlib import Path; from editor.store.desk import Desk;"
        f"Desk.open(Path({str(desk.path)!r})).close();"
        "sys.exit('alembic' in sys.modules or 'sqlalchemy.orm' in sys.modules)"
    )
    assert subprocess.run([python, "-c", code], check=False).returncode == 0


def as_schema_1(folder: Path) -> None:
    """Take from a desk's database what the second step put there."""
    raw = sqlite.connect(folder / DATABASE)
    with raw:
        raw.execute("DROP TABLE mastheads")
        raw.execute("DELETE FROM audit WHERE action = 'masthead' AND version > 0")
        columns = {
            "stories": ("live_version", "first_published", "leaves"),
            "approvals": ("token", "audit_row"),
            "notes": (
                *("start", "end", "quote", "context", "answers"),
                *("resolved_by", "resolved_at"),
            ),
            "audit": ("subject", "previous", "hash"),
        }
        for table, names in columns.items():
            for name in names:
                raw.execute(f'ALTER TABLE {table} DROP COLUMN "{name}"')
        raw.execute("UPDATE audit SET id = (SELECT count(*) FROM audit a WHERE a.id <= audit.id)")
        raw.execute("UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM audit)")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
        raw.execute(
            "UPDATE stories SET touched = (SELECT max(id) FROM audit WHERE story = stories.id)"
        )
    raw.close()


def test_what_was_done_before_is_chained_and_what_was_approved_is_approved_again(
    desk: Desk,
) -> None:
    story = approved(desk, "Alpha")
    new(desk, "لينا تكتب")
    desk.close()
    as_schema_1(desk.path)
    shutil.rmtree(config_folder())
    with Desk.open(desk.path) as again:
        assert [path.name for path in (desk.path / "backups").iterdir()] == ["schema-0001.sqlite3"]
        assert reading(again).verify_audit().reason == ""
        stored = reading(again).stored(story)
        assert stored.approval is None
        assert stored.refusal.endswith("Approve the story again.")
        with pytest.raises(NotApproved, match="before approvals were signed"):
            reading(again).edition(None, datetime(2026, 3, 4, tzinfo=UTC))
        again.do(Return(story, 1, "Once more."), TOM)
        again.do(Submit(story, 1), LINA)
        again.do(Approve(story, 1), TOM)
        assert reading(again).stored(story).approval
        assert reading(again).verify_audit().reason == ""
