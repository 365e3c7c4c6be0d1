"""Databases of released versions upgrade in place, and a copy of what they were is kept."""

from __future__ import annotations

import lzma
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database, migrations
from plc.database.migrations import Migration, load_migrations
from plc.growth import catch_up
from plc.people import own_consents
from plc.practices.renewing import renew
from plc.results.doctor import examine
from plc.stewardship.students import export_student

RELEASED = Path(__file__).parents[2] / "fixtures" / "released"


@pytest.fixture
def released(tmp_path: Path) -> Callable[[str], Path]:
    """A database of a released version, as an installation has it."""

    def unpack(version: str) -> Path:
        path = tmp_path / "plc.duckdb"
        path.write_bytes(lzma.decompress((RELEASED / f"{version}.duckdb.xz").read_bytes()))
        key = path.with_name(path.name + ".key")
        key.write_bytes((RELEASED / f"{version}.key").read_bytes())
        key.chmod(0o600)
        return path

    return unpack


def test_everything_a_released_version_held_is_there_after_the_upgrade(
    released: Callable[[str], Path],
) -> None:
    with Database(released("0012")) as database:
        with database.read() as cursor:
            numbers = cursor.execute("select max(number) from schema_migration").fetchall()[0][0]
            assert numbers == load_migrations()[-1].number
            assert cursor.execute("select count(*) from result").fetchall() == [(288,)]
            assert cursor.execute("select count(*) from student").fetchall() == [(72,)]
            # What a team agreed makes it a team.
            assert cursor.execute("select team_name from team").fetchall() == [("Maths 6",)]
            assert cursor.execute("select count(*) from team_member where left_on is null").fetchall() == [
                (3,)
            ]
        assert len(export_student(database, LOCAL_STEWARD, "00307")["results"]) == 4
        (consent,) = own_consents(database, Viewer(Role.TEACHER, teacher_id="T3"))
        assert (consent.scope, consent.until_on) == ("school", date(2099, 1, 1))
        wrong = [
            check.name for check in examine(database) if not check.ok and check.name not in ("disk", "scan")
        ]
        assert wrong == []


def test_a_copy_of_what_it_was_is_kept_and_opens(released: Callable[[str], Path], tmp_path: Path) -> None:
    path = released("0012")
    before = path.read_bytes()
    Database(path).close()
    kept = tmp_path / "snapshots" / "before-migration-0013.duckdb"
    assert kept.read_bytes() == before


def test_after_the_upgrade_a_look_releases_what_may_be_shown(released: Callable[[str], Path]) -> None:
    with Database(released("0012")) as database:
        assert "released with the next look" in catch_up(database, LOCAL_STEWARD).empty_words
        renew(database, LOCAL_STEWARD)
        assert catch_up(database, LOCAL_STEWARD).released_at is not None


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    released: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = released("0012")
    real = load_migrations()
    broken = [
        *real[:14],
        Migration(15, "broken", "create table twice (a integer); create table twice (a integer)"),
    ]
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "load_migrations", lambda: broken)
        with pytest.raises(Exception, match="twice"):
            Database(path)
    with Database(path) as database, database.read() as cursor:
        assert cursor.execute("select count(*) from result").fetchall() == [(288,)]


def test_opening_it_twice_upgrades_once(released: Callable[[str], Path], tmp_path: Path) -> None:
    path = released("0012")
    for _ in range(2):
        Database(path).close()
    assert len(list((tmp_path / "snapshots").iterdir())) == 1
