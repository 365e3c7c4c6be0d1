"""Numbered migrations: each runs once, in one transaction with the record that it ran.

Forward only. A file with anything pending is first copied to the snapshots
folder, which is the way back.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import duckdb

from plc.core import clock
from plc.core.errors import DatabaseUnavailable
from plc.database.checkpoints import DatabaseFile

_RECORD = """
create table if not exists schema_migration (
    number integer primary key, name varchar not null, sha256 varchar not null, applied_at timestamp not null
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One `NNNN_name.sql` file."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Hash of the text, to notice a migration edited after it ran."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def load_migrations() -> list[Migration]:
    """Every migration of this program, in order."""
    folder = resources.files("plc.database") / "migrations"
    found = [
        Migration(int(match.group(1)), match.group(2), entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if (match := re.fullmatch(r"(\d{4})_(\w+)\.sql", entry.name))
    ]
    return sorted(found, key=lambda migration: migration.number)


def migrate(
    root: duckdb.DuckDBPyConnection,
    *,
    snapshot_folder: Path | None,
    file: DatabaseFile | None = None,
    migrations: list[Migration] | None = None,
) -> list[int]:
    """Apply what is pending and return its numbers.

    `file` is the one that `root` has open. Raises
    `DatabaseUnavailable` when the database is ahead of the program or a migration that already ran has
    been edited.
    """
    migrations = load_migrations() if migrations is None else migrations
    root.execute(_RECORD).fetchall()
    applied = dict(root.execute("select number, sha256 from schema_migration").fetchall())
    known = {migration.number: migration for migration in migrations}
    if ahead := sorted(set(applied) - set(known)):
        raise DatabaseUnavailable(
            f"This database was made by a newer version of the program (migration {ahead[-1]})."
            " Update the program."
        )
    if edited := [number for number, sha256 in applied.items() if known[number].sha256 != sha256]:
        raise DatabaseUnavailable(f"Migration {edited[0]} was edited after this database was made with it.")
    pending = [migration for migration in migrations if migration.number not in applied]
    if pending and applied and file is not None and snapshot_folder is not None:
        file.fold_in(root)
        file.copy_to(snapshot_folder / f"before-migration-{max(applied) + 1:04d}.duckdb")
    for migration in pending:
        _apply(root, migration)
        # Replaying DDL from the log is where crashes have been reported, so it never stays there.
        # A file that holds nothing yet can be made again.
        if applied and file is not None:
            file.fold_in(root)
        else:
            root.execute("checkpoint").fetchall()
    return [migration.number for migration in pending]


def _apply(root: duckdb.DuckDBPyConnection, migration: Migration) -> None:
    root.begin()
    try:
        root.execute(migration.sql).fetchall()
        root.execute(
            "insert into schema_migration values ($number, $name, $sha256, $applied_at)",
            {
                "number": migration.number,
                "name": migration.name,
                "sha256": migration.sha256,
                "applied_at": clock.now(),
            },
        ).fetchall()
        root.commit()
    except BaseException:
        root.rollback()
        raise
