"""Migrations run once, whole, and never on a database from the future."""

from pathlib import Path

import duckdb
import pytest

from plc.core.errors import DatabaseUnavailable
from plc.database import Database
from plc.database.checkpoints import DatabaseFile
from plc.database.migrations import Migration, load_migrations, migrate

FIRST = Migration(1, "first", "create table first_thing (a integer); insert into first_thing values (1)")
BROKEN = Migration(2, "broken", "create table second_thing (a integer); select * from no_such_table")
MENDED = Migration(2, "mended", "create table second_thing (a integer)")


@pytest.fixture
def root(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(tmp_path / "bare.duckdb"))  # noqa: TID251


def test_running_twice_does_nothing_the_second_time(root: duckdb.DuckDBPyConnection) -> None:
    assert migrate(root, snapshot_folder=None, migrations=[FIRST, MENDED]) == [1, 2]
    assert migrate(root, snapshot_folder=None, migrations=[FIRST, MENDED]) == []


def test_a_failing_migration_rolls_back_and_stays_pending(root: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.CatalogException):
        migrate(root, snapshot_folder=None, migrations=[FIRST, BROKEN])
    tables = {name for (name,) in root.execute("select table_name from duckdb_tables()").fetchall()}
    assert tables == {"schema_migration", "first_thing"}
    assert migrate(root, snapshot_folder=None, migrations=[FIRST, MENDED]) == [2]


def test_a_database_from_a_newer_program_is_refused(root: duckdb.DuckDBPyConnection) -> None:
    migrate(root, snapshot_folder=None, migrations=[FIRST, MENDED])
    with pytest.raises(DatabaseUnavailable, match="newer version"):
        migrate(root, snapshot_folder=None, migrations=[FIRST])


def test_an_edited_migration_is_noticed(root: duckdb.DuckDBPyConnection) -> None:
    migrate(root, snapshot_folder=None, migrations=[FIRST])
    with pytest.raises(DatabaseUnavailable, match="edited"):
        migrate(root, snapshot_folder=None, migrations=[Migration(1, "first", "select 1")])


def test_an_upgrade_keeps_a_copy_of_the_file_first(root: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file = DatabaseFile(tmp_path / "bare.duckdb")
    migrate(root, snapshot_folder=tmp_path, file=file, migrations=[FIRST])
    migrate(root, snapshot_folder=tmp_path, file=file, migrations=[FIRST, MENDED])
    copy = duckdb.connect(str(tmp_path / "before-migration-0002.duckdb"), read_only=True)  # noqa: TID251
    tables = {name for (name,) in copy.execute("select table_name from duckdb_tables()").fetchall()}
    assert "first_thing" in tables
    assert "second_thing" not in tables


def test_migrations_are_numbered_without_gaps() -> None:
    assert [migration.number for migration in load_migrations()] == list(range(1, len(load_migrations()) + 1))


def test_a_new_database_has_exactly_the_committed_schema(database: Database) -> None:
    with database.read() as cursor:
        columns = cursor.execute(
            "select table_name, column_name, data_type from duckdb_columns() where not internal "
            "order by table_name, column_index"
        ).fetchall()
    schema = "".join(f"{table}.{column} {kind}\n" for table, column, kind in columns)
    assert schema == (Path(__file__).parent / "schema.txt").read_text()
