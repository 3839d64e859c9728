from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from editor.errors import DeskDamaged, DeskInUse, DeskTooNew
from editor.store.db.engine import DATABASE, Database, sqlite
from editor.store.db.identity import LATEST, READABLE_FROM
from editor.store.db.upgrade import MIGRATIONS, upgrade
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import new

NEXT = f"{int(LATEST) + 1:04}"


def set_number(folder: Path, number: str, readable_from: int = int(READABLE_FROM)) -> None:
    with sqlite.connect(folder / DATABASE) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (number,))
        raw.execute(f"PRAGMA user_version = {readable_from}")
    raw.close()


def with_step(folder: Path, body: str) -> Path:
    """A copy of the migrations with one more step."""
    copy = folder / "migrations"
    shutil.copytree(MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    text = f"from alembic import op\nrevision = '{NEXT}'\ndown_revision = '{LATEST}'\n"
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


def test_desk_of_a_later_version_is_refused_and_unchanged(desk: Desk) -> None:
    desk.close()
    set_number(desk.path, "9999", readable_from=9998)
    before = (desk.path / DATABASE).read_bytes()
    with pytest.raises(DeskTooNew, match="newer Stonehand") as caught:
        Desk.open(desk.path)
    assert caught.value.hint
    assert (desk.path / DATABASE).read_bytes() == before


@pytest.mark.parametrize("number", ["", "f00d", "-"])
def test_desk_without_a_schema_number_is_damaged(desk: Desk, number: str) -> None:
    desk.close()
    set_number(desk.path, number)
    with pytest.raises(DeskDamaged, match="does not say which Stonehand"):
        Desk.open(desk.path)


def test_database_of_another_program_is_refused(tmp_path: Path) -> None:
    raw = sqlite.connect(tmp_path / DATABASE)
    raw.execute("CREATE TABLE alembic_version (version_num)")
    raw.close()
    with pytest.raises(DeskDamaged, match="not one of Stonehand's"):
        Desk.open(tmp_path)


def test_failed_migration_changes_nothing_and_leaves_the_copy(desk: Desk, tmp_path: Path) -> None:
    story = new(desk)
    broken = with_step(
        tmp_path, "op.execute('CREATE TABLE more (x)'); op.execute('DROP TABLE notes'); 1 / 0"
    )
    desk.close()
    database = Database(desk.path)
    before = tables(database)
    with pytest.raises(ZeroDivisionError):
        upgrade(database, desk.path, latest=NEXT, migrations=broken)
    assert tables(database) == before
    database.close()
    assert [path.name for path in (desk.path / "backups").iterdir()] == [f"schema-{LATEST}.sqlite3"]
    with Desk.open(desk.path) as again:
        assert reading(again).stored(story).version == 1


def test_migration_runs_once_and_the_copy_is_from_before(desk: Desk, tmp_path: Path) -> None:
    story = new(desk)
    desk.close()
    steps = with_step(tmp_path, "op.execute('PRAGMA user_version = 7')")
    database = Database(desk.path)
    copy = upgrade(database, desk.path, latest=NEXT, migrations=steps)
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == 7
    assert upgrade(database, desk.path, latest=NEXT, migrations=steps) is None
    database.close()
    with pytest.raises(DeskTooNew):
        Desk.open(desk.path)
    assert copy is not None
    shutil.copy(copy, desk.path / DATABASE)
    with Desk.open(desk.path) as again:
        assert reading(again).stored(story).story.headline


@pytest.mark.parametrize("folder_is", ["migrated already", "older"])
def test_schema_is_checked_whoever_migrated(desk: Desk, tmp_path: Path, folder_is: str) -> None:
    """An older desk's trigger would go along with the migration."""
    desk.close()
    raw = sqlite.connect(desk.path / DATABASE)
    raw.execute("CREATE TRIGGER audit_fix AFTER INSERT ON events BEGIN SELECT 1; END")
    raw.close()
    steps = with_step(tmp_path, "op.execute('PRAGMA user_version = 7')")
    latest = NEXT if folder_is == "older" else LATEST
    database = Database(desk.path)
    with pytest.raises(DeskDamaged, match="extra trigger: audit_fix"):
        upgrade(database, desk.path, latest=latest, migrations=steps)
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == int(READABLE_FROM)
    database.close()


def test_desk_that_a_window_has_open_is_not_migrated(desk: Desk, tmp_path: Path) -> None:
    desk.hold()
    steps = with_step(tmp_path, "pass")
    database = Database(desk.path)
    with pytest.raises(DeskInUse, match="open in another window"):
        upgrade(database, desk.path, latest=NEXT, migrations=steps)
    assert not list((desk.path / "backups").iterdir())
    desk.close()
    assert upgrade(database, desk.path, latest=NEXT, migrations=steps)
    database.close()


def test_opening_does_not_import_alembic(desk: Desk, python: str) -> None:
    code = (
        "import sys; from pathlib import Path; from editor.store.desk import Desk;"
        f"Desk.open(Path({str(desk.path)!r})).close();"
        "sys.exit('alembic' in sys.modules or 'sqlalchemy.orm' in sys.modules)"
    )
    assert subprocess.run([python, "-c", code], check=False).returncode == 0


def test_migrated_desk_says_from_which_number_on_it_is_read(desk: Desk, tmp_path: Path) -> None:
    desk.close()
    set_number(desk.path, LATEST, readable_from=0)  # as the first desks were made
    steps = with_step(tmp_path, "pass")
    database = Database(desk.path)
    assert upgrade(database, desk.path, latest=NEXT, migrations=steps)
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == int(READABLE_FROM)
    database.close()
