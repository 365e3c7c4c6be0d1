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


@pytest.fixture
def before_readers_were_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Database]:
    """A database of the migration before, in which people did this, as the present program opens it."""
    path = tmp_path / "plc.duckdb"

    def opened(*statements: str) -> Database:
        known = load_migrations()
        with monkeypatch.context() as patch:
            patch.setattr(migrations, "load_migrations", lambda: [one for one in known if one.number < 29])
            with Database(path) as database, database.write() as cursor:
                for statement in statements:
                    cursor.execute(statement).fetchall()
        return Database(path)

    return opened


def test_what_was_open_stays_open_to_who_was_in_the_team_then(
    before_readers_were_named: Callable[..., Database],
) -> None:
    with before_readers_were_named(
        "insert into team (team_id, team_name, norms, version, created_by, created_at)"
        " values ('team', 'Ours', '', 1, 'A', timestamp '2026-01-01')",
        "insert into team_agreement (team_agreement_id, team_id, team_name, agreed_on, until_on, recorded_by)"
        " values ('yes', 'team', 'Ours', date '2026-01-01', date '2099-01-01', 'A')",
        "insert into team_member values ('team', 'A', 'member', date '2026-01-01', null),"
        " ('team', 'B', 'member', date '2026-01-01', null), ('team', 'C', 'member', date '2026-03-01', null)",
        "insert into team_agreement_member values ('yes', 'A', null), ('yes', 'B', date '2026-02-01'),"
        " ('yes', 'C', null)",
        "insert into consent values ('c', 'A', 'team', true, date '2026-01-01', date '2099-01-01', null)",
    ) as database, database.read() as cursor:  # fmt: skip
        opened = cursor.execute("select teacher_id, reader_teacher_id from opened_result").fetchall()
        assert opened == [("B", "A")]
        # Closed to a team is closed: nothing said beside the switch shows A.
        (ended,) = cursor.execute("select withdrawn_on is not null from consent").fetchall()
        assert ended == (True,)


def test_consents_take_the_schools_of_the_roster_at_their_giving(
    before_readers_were_named: Callable[..., Database],
) -> None:
    with before_readers_were_named(
        *(
            "insert into upload (upload_key, upload_id, file_name, sha256, format, state, uploaded_by,"
            f" staged_at, confirmed_at) values ({key}, 'u{key}', '', '', 'bundle', 'confirmed', 's',"
            f" timestamp '{day}', timestamp '{day}')"
            for key, day in ((1, "2025-09-01"), (2, "2026-02-01"))
        ),
        "insert into school_version values (1, 'S1', null, null, 1, null), (2, 'S2', null, null, 1, null),"
        " (3, 'school', null, null, 1, null)",
        "insert into teacher_version values (1, 'A', null, 1, null), (2, 'B', null, 1, null),"
        " (3, 'C', null, 1, null)",
        "insert into section_version values (1, 'one', 1, 6, 'maths', 2026, null, 1, null),"
        " (2, 'two', 2, 6, 'maths', 2026, null, 1, null), (3, 'before', 2, 6, 'maths', 2025, null, 1, null),"
        " (4, 'unnamed', 3, 6, 'maths', 2026, null, 1, null)",
        # A moved from S1 to S2 in February and taught at S2 the year before; B's school is not known.
        "insert into section_teacher_version values (1, 1, 1, null, 1, 2), (2, 1, 1, null, 2, null),"
        " (3, 1, 1, null, 1, null), (4, 2, 1, null, 1, null), (2, 3, 1, null, 1, null)",
        "insert into consent values"
        " ('autumn', 'A', 'school', true, date '2025-10-01', date '2099-01-01', null),"
        " ('spring', 'A', 'district', true, date '2026-03-01', date '2099-01-01', null),"
        " ('nowhere', 'B', 'school', true, date '2025-10-01', date '2099-01-01', null),"
        " ('before', 'C', 'school', true, date '2025-08-01', date '2099-01-01', null)",
    ) as database, database.read() as cursor:  # fmt: skip
        found = cursor.execute("select consent_id, school_id from consent_school order by all").fetchall()
    # Of the summer before the first roster nothing is known: today's schools stand.
    assert found == [("autumn", "S1"), ("before", "S2"), ("spring", "S2")]
