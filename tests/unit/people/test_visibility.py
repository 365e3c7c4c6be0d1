"""Whom a viewer may see by name: the latest decision counts, and default is nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plc.core import clock
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people.visibility import keep_visible_teachers

TODAY = clock.now().date()
COLLEAGUE = Viewer(Role.TEACHER, teacher_id="colleague")
ELSEWHERE = Viewer(Role.TEACHER, teacher_id="elsewhere")


@pytest.fixture
def district(database: Database) -> Database:
    """`asset` and `colleague` teach at school 1, `elsewhere` at school 2."""
    with database.write() as cursor:
        for statement in (
            "insert into school_version values (1, 'S1', null, null, 1, null), "
            "(2, 'S2', null, null, 1, null)",
            "insert into teacher_version values (1, 'asset', null, 1, null), "
            "(2, 'colleague', null, 1, null), (3, 'elsewhere', null, 1, null)",
            "insert into section_version values (1, 'A', 1, 6, 'maths', 2026, null, 1, null), "
            "(2, 'B', 1, 6, 'maths', 2026, null, 1, null), (3, 'C', 2, 6, 'maths', 2026, null, 1, null)",
            "insert into section_teacher_version values (1, 1, 1, null, 1, null), (2, 2, 1, null, 1, null), "
            "(3, 3, 1, null, 1, null)",
            "insert into own_result_opened values ('asset', 2026, now()::timestamp)",
        ):
            cursor.execute(statement).fetchall()
    return database


def decide(
    database: Database, scope: str, *, days_ago: int, name_shown: bool = True, withdrawn: bool = False
) -> None:
    with database.write() as cursor:
        cursor.execute(
            "insert into consent values ($id, 'asset', $scope, $shown, $given, $until, $withdrawn)",
            {
                "id": f"asset-{scope}-{days_ago}",
                "scope": scope,
                "shown": name_shown,
                "given": TODAY - timedelta(days=days_ago),
                "until": TODAY + timedelta(days=100),
                "withdrawn": TODAY if withdrawn else None,
            },
        ).fetchall()
        cursor.execute(
            "insert into consent_school values ($id, 'asset', 'S1')", {"id": f"asset-{scope}-{days_ago}"}
        ).fetchall()


def visible(database: Database, viewer: Viewer) -> dict[str, bool]:
    with database.read() as cursor:
        keep_visible_teachers(cursor, viewer)
        return dict(cursor.execute("select teacher_id, numbers_shown from visible_teacher").fetchall())


def test_without_consent_a_teacher_sees_herself_alone(district: Database) -> None:
    assert visible(district, COLLEAGUE) == {"colleague": True}
    assert visible(district, Viewer(Role.STEWARD)) == {}


def test_consent_for_the_school_reaches_colleagues_with_figures_and_nobody_else(district: Database) -> None:
    decide(district, "school", days_ago=3)
    assert visible(district, COLLEAGUE) == {"colleague": True, "asset": True}
    assert visible(district, ELSEWHERE) == {"elsewhere": True}


def test_consent_for_the_district_gives_other_schools_the_name_without_figures(district: Database) -> None:
    decide(district, "district", days_ago=3)
    assert visible(district, ELSEWHERE)["asset"] is False
    assert visible(district, Viewer(Role.PRINCIPAL, school_ids=("S1",))) == {"asset": False}


def test_a_later_decision_to_hide_the_name_wins_over_an_earlier_consent(district: Database) -> None:
    decide(district, "school", days_ago=30)
    decide(district, "school", days_ago=2, name_shown=False)
    assert "asset" not in visible(district, COLLEAGUE)


def test_withdrawing_the_latest_consent_revives_no_earlier_one(district: Database) -> None:
    decide(district, "school", days_ago=30)
    decide(district, "school", days_ago=2, withdrawn=True)
    assert "asset" not in visible(district, COLLEAGUE)


def test_results_without_a_school_make_nobody_a_colleague(district: Database) -> None:
    with district.write() as cursor:
        cursor.execute("update school_version set school_id = 'school' where school_key = 1").fetchall()
    decide(district, "school", days_ago=3)
    assert "asset" not in visible(district, COLLEAGUE)
    decide(district, "district", days_ago=2)
    assert visible(district, COLLEAGUE)["asset"] is False


def test_who_taught_at_a_school_in_an_earlier_year_is_no_colleague_now(district: Database) -> None:
    decide(district, "school", days_ago=3)
    with district.write() as cursor:
        cursor.execute("update section_version set school_year = 2025 where section_key = 2").fetchall()
    assert "asset" not in visible(district, COLLEAGUE)


def test_who_has_not_said_who_they_are_sees_nobody(district: Database) -> None:
    decide(district, "district", days_ago=3)
    assert visible(district, Viewer()) == {}
