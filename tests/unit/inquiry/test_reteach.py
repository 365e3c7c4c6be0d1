"""A standard taught again: groups inside one's own class, the matched re-check, what the team reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry import open_inquiry
from plc.inquiry.reteach import (
    end_reteach,
    list_reteaches,
    name_recheck,
    own_checks,
    plan_reteach,
    recheck,
    students_of,
)
from plc.inquiry.reteach_records import Check
from plc.inquiry.reteach_team import may_tell, team_reteach
from tests.unit.inquiry.small_district import CLASS_SIZE, TEAM, make_district, viewer
from tests.unit.inquiry.teams import COACH, PRINCIPAL, WORDING

ANA = viewer("ana")
LATER = date(2026, 1, 15)


@pytest.fixture
def district(database: Database) -> Database:
    """The small district, and an assessment by standard on which every other student gained 30 points."""
    make_district(database, opened=TEAM)
    with database.write() as cursor:
        cursor.execute(
            "insert into assessment_version values (5, 'U4', 'Unit 4', 'common', 'maths', 6, 2026, $on,"
            " 100.0, 0.8, null, 1, null)",
            {"on": LATER},
        ).fetchall()
        cursor.execute(
            "insert into result_version"
            " select student_key, section_key, 5, standard_key, 1,"
            " least(score + case when student_key % 2 = 0 then 30 else 0 end, 100), 'scored', $on, 1, null"
            " from result_version where assessment_key = 4",
            {"on": LATER},
        ).fetchall()
    return database


def unit_3(database: Database, teacher: str = "ana") -> Check:
    return next(
        one
        for one in own_checks(database, viewer(teacher))
        if (one.assessment_name, one.standard_id) == ("Unit 3", "6.A")
    )


def test_a_teacher_reads_the_standards_of_her_own_classes_only(district: Database) -> None:
    checks = own_checks(district, ANA)
    assert {one.section_id for one in checks} == {"class-ana"}
    assert [one.assessment_name for one in checks][:2] == ["Unit 4", "Unit 4"]
    with pytest.raises(NotAllowed):
        own_checks(district, COACH)
    with pytest.raises(NotAllowed):
        own_checks(district, PRINCIPAL)


def test_the_group_is_everyone_below_the_percent_she_chose(district: Database) -> None:
    check = unit_3(district)
    below = [one for one in students_of(district, ANA, check) if one.percent < 60]
    plan_reteach(district, ANA, check, recheck_on=date(2026, 1, 15), least_percent=60)
    (plan,) = list_reteaches(district, ANA)
    assert plan.students == len(below) > 0
    assert list_reteaches(district, viewer("ben")) == []


def test_codes_are_one_per_student_of_the_class_and_stay_the_same(district: Database) -> None:
    students = students_of(district, ANA, unit_3(district))
    assert len({one.code for one in students}) == len(students) == CLASS_SIZE
    reteach_id = plan_reteach(district, ANA, unit_3(district), recheck_on=LATER, least_percent=100)
    assert {one.code for one in recheck(district, ANA, reteach_id).pairs} <= {one.code for one in students}


def test_the_recheck_is_matched_by_student_and_counts_who_moved(district: Database) -> None:
    check = unit_3(district)
    group = [one for one in students_of(district, ANA, check) if one.percent < 60]
    reteach_id = plan_reteach(district, ANA, check, recheck_on=LATER, least_percent=60)
    with district.write() as cursor:
        cursor.execute(
            "delete from result_version where assessment_key = 5 and student_key = $key",
            {"key": group[0].student_key},
        ).fetchall()
    found = recheck(district, ANA, reteach_id)
    there = group[1:]
    assert (found.recheck_name, found.rechecked_on) == ("Unit 4", LATER)
    assert (found.matched, found.unmatched) == (len(there), 1)
    assert found.moved == sum(one.percent + 30 * (one.student_key % 2 == 0) >= 60 for one in there)
    expected = sum(30 for one in there if one.student_key % 2 == 0) / len(there)
    assert found.mean_change == pytest.approx(expected)


def test_before_a_later_assessment_there_is_no_recheck(district: Database) -> None:
    check = next(one for one in own_checks(district, ANA) if one.assessment_name == "Unit 4")
    reteach_id = plan_reteach(district, ANA, check, recheck_on=date(2026, 3, 1), least_percent=60)
    found = recheck(district, ANA, reteach_id)
    assert (found.recheck_name, found.matched, found.mean_change) == (None, 0, None)


def test_a_named_recheck_is_taken_instead_of_the_first_later_one(district: Database) -> None:
    reteach_id = plan_reteach(district, ANA, unit_3(district), recheck_on=LATER, least_percent=60)
    name_recheck(district, ANA, reteach_id, assessment_name="Unit 5")
    assert recheck(district, ANA, reteach_id).recheck_name is None
    name_recheck(district, ANA, reteach_id, assessment_name=None)
    assert recheck(district, ANA, reteach_id).recheck_name == "Unit 4"


def test_a_plan_made_twice_by_a_double_press_is_one(district: Database) -> None:
    check = unit_3(district)
    first = plan_reteach(district, ANA, check, recheck_on=LATER, least_percent=60)
    assert plan_reteach(district, ANA, check, recheck_on=LATER, least_percent=60) == first
    assert plan_reteach(district, ANA, check, recheck_on=LATER, least_percent=100) != first
    end_reteach(district, ANA, first)
    assert plan_reteach(district, ANA, check, recheck_on=LATER, least_percent=60) != first


def test_another_teacher_neither_reads_nor_changes_a_plan(district: Database) -> None:
    check = unit_3(district)
    reteach_id = plan_reteach(district, ANA, check, recheck_on=LATER, least_percent=60)
    ben = viewer("ben")
    assert students_of(district, ben, check) == []
    for refused in (
        lambda: recheck(district, ben, reteach_id),
        lambda: end_reteach(district, ben, reteach_id),
        lambda: name_recheck(district, ben, reteach_id, assessment_name="Unit 4"),
    ):
        with pytest.raises(NotFound):
            refused()
    with pytest.raises(PlcError, match="Nobody is in the group"):
        plan_reteach(district, ben, check, recheck_on=LATER)


def test_a_plan_put_away_comes_back(district: Database) -> None:
    reteach_id = plan_reteach(district, ANA, unit_3(district), recheck_on=LATER, least_percent=60)
    end_reteach(district, ANA, reteach_id)
    assert list_reteaches(district, ANA) == []
    end_reteach(district, ANA, reteach_id, back=True)
    assert len(list_reteaches(district, ANA)) == 1


def test_an_empty_group_and_a_recheck_in_the_past_are_refused_with_the_remedy(district: Database) -> None:
    with pytest.raises(PlcError, match="higher percent"):
        plan_reteach(district, ANA, unit_3(district), recheck_on=LATER, least_percent=1)
    with pytest.raises(PlcError, match="later date"):
        plan_reteach(district, ANA, unit_3(district), recheck_on=date(2025, 10, 1))


def test_the_team_reads_how_many_moved_only_with_three_other_teachers_behind_it(district: Database) -> None:
    inquiry_id = open_inquiry(
        district, ANA, team_id="team", wording=replace(WORDING, measure_kind="common", measure_purpose="x")
    )
    for number, teacher in enumerate(TEAM):
        plan_reteach(
            district, viewer(teacher), unit_3(district, teacher), recheck_on=LATER, least_percent=60,
            inquiry_id=inquiry_id,
        )  # fmt: skip
        (row,) = team_reteach(district, ANA, inquiry_id)
        assert (row.students is None) == (number < 3)
    (row,) = team_reteach(district, ANA, inquiry_id)
    assert row.students is not None
    assert 0 < (row.moved or 0) < row.students
    # It is counted once: neither another re-check nor a group put away can be subtracted from it.
    with district.write() as cursor:
        cursor.execute(
            "delete from result_version where assessment_key = 5 and student_key % 3 = 0"
        ).fetchall()
    end_reteach(district, ANA, list_reteaches(district, ANA)[0].reteach_id)
    assert team_reteach(district, viewer("ben"), inquiry_id) == [row]


def test_what_the_team_moved_waits_until_every_group_was_checked_again() -> None:
    groups = {"a": (9, 4), "b": (9, 4), "c": (9, 4), "d": (9, 4)}
    assert may_tell(groups)
    assert not may_tell({teacher: counts for teacher, counts in groups.items() if teacher != "d"})
    assert not may_tell({**groups, "a": (9, 9), "b": (9, 0), "c": (9, 0), "d": (9, 0)})
    assert not may_tell({"a": (90, 4), "b": (3, 1), "c": (3, 1), "d": (3, 1)})


def test_a_group_that_waits_for_its_recheck_holds_the_count_up_for_a_week(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    inquiry_id = open_inquiry(
        district, ANA, team_id="team", wording=replace(WORDING, measure_kind="common", measure_purpose="x")
    )
    for teacher in TEAM:
        reteach_id = plan_reteach(
            district, viewer(teacher), unit_3(district, teacher), recheck_on=LATER, least_percent=60,
            inquiry_id=inquiry_id,
        )  # fmt: skip
    name_recheck(district, viewer("dee"), reteach_id, assessment_name="Unit 9")
    monkeypatch.setattr("plc.inquiry.reteach_team.school_today", lambda _: LATER)
    (row,) = team_reteach(district, ANA, inquiry_id)
    assert row.told_on is None
    monkeypatch.undo()
    (row,) = team_reteach(district, ANA, inquiry_id)
    # Without dee's group there are two others for each of the rest.
    assert row.told_on is None
    name_recheck(district, viewer("dee"), reteach_id, assessment_name=None)
    (row,) = team_reteach(district, ANA, inquiry_id)
    assert row.told_on is not None


def test_her_own_names_stand_beside_the_codes_and_in_no_other_teachers_group(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = unit_3(district)
    lowest = students_of(district, ANA, check)[0]
    kept = {"ana": {lowest.student_key: "Mia K."}}

    def names(database: Database, who: Viewer) -> dict[int, str]:
        return kept.get(str(who.teacher_id), {})

    monkeypatch.setattr("plc.inquiry.reteach.own_student_names", names)
    assert students_of(district, ANA, check)[0].called == f"Mia K. ({lowest.code})"
    assert students_of(district, ANA, check)[1].called == students_of(district, ANA, check)[1].code
    reteach_id = plan_reteach(district, ANA, check, recheck_on=date(2026, 1, 10), least_percent=100.0)
    assert "Mia K." in {one.name for one in recheck(district, ANA, reteach_id).pairs}
    assert "Mia" not in str(students_of(district, viewer("ben"), unit_3(district, "ben")))
