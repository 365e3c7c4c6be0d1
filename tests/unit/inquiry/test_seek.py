"""Seek's figures on a district worked out by hand, and who sees which of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plc.core.errors import NotAllowed, NotFound
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry import inquiry, open_inquiry, phase_conditions
from plc.inquiry.seek import (
    LINE_WITHHELD,
    NO_CLASSES,
    NO_MEASURE,
    NO_PURPOSE,
    NO_RESULTS,
    note_baseline_seen,
    seek_view,
)
from plc.inquiry.seek_lines import FEW_OUTSIDE
from plc.inquiry.seek_series import aim_level, class_frame, scales_of, series_of
from tests.unit.inquiry.small_district import CLASS_SIZE, DEE_IS_AHEAD, TEAM, make_district, viewer
from tests.unit.inquiry.teams import COACH, PRINCIPAL, STRANGER, WORDING

MEASURED = replace(WORDING, measure_kind="common", measure_purpose="What was learned in the unit")


def opened(database: Database, wording: object = MEASURED) -> str:
    return open_inquiry(database, viewer("ana"), team_id="team", wording=wording)  # type: ignore[arg-type]


def test_a_view_waits_for_a_measure_and_for_what_it_is_for(database: Database) -> None:
    make_district(database)
    assert seek_view(database, viewer("ana"), opened(database, WORDING)).blocked == NO_MEASURE
    silent = replace(WORDING, measure_kind="common")
    assert seek_view(database, viewer("ana"), opened(database, silent)).blocked == NO_PURPOSE
    other = replace(MEASURED, grade=7)
    assert seek_view(database, viewer("ana"), opened(database, other)).blocked == NO_CLASSES
    later = replace(MEASURED, measure_kind="interim")
    assert seek_view(database, viewer("ana"), opened(database, later)).blocked == NO_RESULTS


def test_a_class_that_starts_high_is_not_ahead_of_students_who_started_alike(database: Database) -> None:
    make_district(database, opened=TEAM)
    view = seek_view(database, viewer("ana"), opened(database))
    assert view.basis == "adjusted"
    ahead = {line.section_id: [point.value for point in line.points] for line in view.classes}
    # Ana's students start an SD above the others and grow like them; Dee's end half an SD of ability higher.
    assert max(abs(value) for value in ahead["class-ana"]) < 0.2
    # The tests' own noise makes an SD of ability about 0.9 of an SD of results.
    assert all(value == pytest.approx(0.9 * DEE_IS_AHEAD, abs=0.2) for value in ahead["class-dee"])


def test_the_teams_line_is_the_mean_over_its_students(database: Database) -> None:
    make_district(database, opened=TEAM, sizes={"ben": 20})
    view = seek_view(database, viewer("ana"), opened(database))
    last, lines = view.points[-1], [line.points[-1] for line in view.classes]
    assert last.students == 3 * CLASS_SIZE + 20 == sum(point.students for point in lines)
    assert last.value == pytest.approx(
        sum(p.value * p.started for p in lines) / sum(p.started for p in lines)
    )
    assert last.lower < last.value < last.upper
    assert last.percent == pytest.approx(sum((p.percent or 0) * p.students for p in lines) / last.students)


def test_an_assessment_by_standards_only_counts_as_a_whole_and_by_standard(database: Database) -> None:
    make_district(database, opened=TEAM)
    view = seek_view(database, viewer("ana"), opened(database))
    assert [point.assessment_name for point in view.points] == ["Unit 1", "Unit 2", "Unit 3"]
    assert [group.name for group in view.standards] == ["6.A", "6.B"]
    of_standard = seek_view(database, viewer("ana"), opened(database), standard_id="6.B")
    assert [point.assessment_name for point in of_standard.points] == ["Unit 3"]


def test_a_class_shows_only_where_its_teacher_opened_it(database: Database) -> None:
    make_district(database, opened=("ben", "dee"))
    view = seek_view(database, viewer("ana"), opened(database))
    names = {line.name for line in view.classes}
    # Cy is closed, so one of the two opened classes is left out beside hers.
    assert "Ana" in names
    assert "Cy" not in names
    assert len(names) == 2
    assert view.points


def test_an_opened_class_shows_once_its_teacher_has_seen_her_own_result(database: Database) -> None:
    make_district(database, opened=("ben", "cy", "dee"))
    with database.write() as cursor:
        cursor.execute(
            "insert into scan (scan_key, finished_at, data_version, code_version, options, results, students,"
            " sections, teachers) values (1, now()::timestamp, 1, '', '{}', 0, 0, 0, 0)"
        ).fetchall()
        cursor.execute(
            "insert into own_result_opened values ('ben', 2026, now()::timestamp),"
            " ('cy', 2026, now()::timestamp)"
        ).fetchall()
    names = {line.name for line in seek_view(database, viewer("ana"), opened(database)).classes}
    assert "Ana" in names
    assert "Dee" not in names


def test_who_did_not_agree_to_look_together_sees_no_opened_class(database: Database) -> None:
    make_district(database, opened=("ana", "ben", "dee"))
    with database.write() as cursor:
        cursor.execute("delete from team_agreement_member where teacher_id = 'cy'").fetchall()
    view = seek_view(database, viewer("cy"), opened(database))
    assert {line.name for line in view.classes} == {"Cy"}
    assert view.points


def test_a_team_of_three_with_a_closed_class_has_no_line(database: Database) -> None:
    make_district(database, team=("ana", "ben", "cy"), outside=("dee", "eva", "fay"), opened=("ben",))
    view = seek_view(database, viewer("ana"), opened(database))
    assert view.points == ()
    assert view.standards[0].point is None
    assert all(group.point is None for group in view.thirds)
    assert LINE_WITHHELD in view.notes
    assert {line.name for line in view.classes} == {"Ana", "Ben"}


def test_a_team_of_three_reads_its_line_once_all_have_opened_as_the_note_says(database: Database) -> None:
    team = ("ana", "ben", "cy")
    make_district(database, team=team, outside=("dee", "eva", "fay"), opened=team)
    inquiry_id = opened(database)
    for each in team:
        view = seek_view(database, viewer(each), inquiry_id)
        assert len(view.points) == 3
        assert LINE_WITHHELD not in view.notes
    assert "Once each of you has opened her results to the others" in LINE_WITHHELD


def test_a_coach_sees_the_team_and_no_class(database: Database) -> None:
    make_district(database, opened=TEAM)
    view = seek_view(database, COACH, opened(database))
    assert view.classes == ()
    assert len(view.points) == 3


def test_few_teachers_outside_the_team_leave_only_points(database: Database) -> None:
    make_district(database, opened=TEAM, outside=("eva", "fay"))
    view = seek_view(database, viewer("ana"), opened(database))
    assert view.basis == "percent"
    assert FEW_OUTSIDE in view.notes
    assert all(point.district_percent is None and point.points_ahead is None for point in view.points)
    assert scales_of(view) == ["percent"]


def test_another_team_and_a_principal_see_nothing(database: Database) -> None:
    make_district(database)
    inquiry_id = opened(database)
    with pytest.raises(NotFound):
        seek_view(database, STRANGER, inquiry_id)
    with pytest.raises(NotAllowed):
        seek_view(database, PRINCIPAL, inquiry_id)
    with pytest.raises(NotAllowed):
        seek_view(database, Viewer(Role.STEWARD, team_ids=("team",)), inquiry_id)


def test_by_starting_third_every_third_has_its_students(database: Database) -> None:
    make_district(database, opened=TEAM)
    view = seek_view(database, viewer("ana"), opened(database))
    assert len(view.thirds) == 3
    assert sum(group.point.students for group in view.thirds if group.point) == 4 * CLASS_SIZE


def plan_test(database: Database, inquiry_id: str) -> None:
    """A test that the team planned for some weeks of November and December."""
    with database.write() as cursor:
        cursor.execute(
            "insert into practice_version values ('p', 1, 'Sort exit tickets', '', '', '', '', null, '',"
            " null, '', '', 'ana', now())"
        ).fetchall()
        cursor.execute(
            "insert into practice_test (test_id, inquiry_id, team_id, practice_id, practice_version,"
            " iteration, version, design, subject, school_year, predicted_sd, prediction_words,"
            " predicted_at, starts_on, ends_on, adaptation, state, planned_by, planned_at) values ('t',"
            " $inquiry, 'team', 'p', 1, 1, 1, 'before and after', 'maths', 2026, 0.2, '', now(), $starts,"
            " $ends, '', 'planned', 'ana', now())",
            {"inquiry": inquiry_id, "starts": date(2025, 11, 20), "ends": date(2025, 12, 15)},
        ).fetchall()


def test_what_classes_moved_since_a_test_leaves_out_who_joined_later(database: Database) -> None:
    make_district(database, opened=TEAM)
    inquiry_id = opened(database)
    with database.write() as cursor:
        cursor.execute("delete from result_version where student_key = 1 and assessment_key < 4").fetchall()
    plan_test(database, inquiry_id)
    view = seek_view(database, viewer("ana"), inquiry_id)
    assert [mark.title for mark in view.marks] == ["Sort exit tickets"]
    team, *classes = view.changes
    assert (team.name, team.students, team.unmatched) == (None, 4 * CLASS_SIZE - 1, 1)
    assert {change.name for change in classes} == {f"{name.title()}, class-{name}" for name in TEAM}


def test_the_baseline_is_seen_once_and_meets_its_condition(database: Database) -> None:
    make_district(database)
    inquiry_id = opened(database)
    met = {one.key: one.met for one in phase_conditions(database, viewer("ana"), inquiry_id)}
    assert (met["measure"], met["baseline"]) == (True, False)
    note_baseline_seen(database, viewer("ana"), inquiry_id)
    note_baseline_seen(database, viewer("ben"), inquiry_id)
    assert inquiry(database, viewer("ana"), inquiry_id).baseline_seen_on is not None
    met = {one.key: one.met for one in phase_conditions(database, viewer("ana"), inquiry_id)}
    assert met["baseline"]
    with pytest.raises(NotFound):
        note_baseline_seen(database, STRANGER, inquiry_id)


def test_a_series_keeps_its_shape_on_every_scale(database: Database) -> None:
    make_district(database, opened=TEAM)
    view = seek_view(database, viewer("ana"), opened(database))
    assert scales_of(view) == ["points", "sd", "percent"]
    points = series_of(view, "points")
    assert points.frame["value"].tolist() == pytest.approx([p.points_ahead for p in view.points])
    assert (points.frame["lower"] < points.frame["value"]).all()
    percent = series_of(view, "percent")
    assert percent.frame["value"].tolist() == pytest.approx([p.percent for p in view.points])
    assert "a shift needs 6 or more" in points.words
    assert set(class_frame(view, "sd")["section_id"]) == {f"class-{name}" for name in TEAM}


def test_an_aim_lies_above_the_median_on_the_scales_that_count_in_its_unit(database: Database) -> None:
    make_district(database, opened=TEAM)
    inquiry_id = opened(database)
    view = seek_view(database, viewer("ana"), inquiry_id)
    said = replace(
        inquiry(database, viewer("ana"), inquiry_id).wording, aim_amount=8.0, aim_unit="points", aim_for=None
    )
    for scale in ("points", "percent"):
        series = series_of(view, scale)
        aim = aim_level(series, scale, said)
        assert aim is not None
        assert aim[0] == series.reading.median + 8
        assert aim[1].startswith("+8 percentage points")
    assert aim_level(series_of(view, "sd"), "sd", said) is None
    assert aim_level(series_of(view, "points"), "points", replace(said, aim_unit="percent at level")) is None
    assert aim_level(series_of(view, "points"), "points", replace(said, aim_amount=None)) is None


def late_assessment(database: Database, *teachers: str, on: date) -> None:
    """A fourth unit, of which the classes of these teachers have results."""
    classes = ", ".join(f"'class-{teacher}'" for teacher in teachers)
    with database.write() as cursor:
        cursor.execute(
            "insert into assessment_version values (5, 'U4', 'Unit 4', 'common', 'maths', 6, 2026, $on,"
            " 100.0, 0.8, null, 1, null)",
            {"on": on},
        ).fetchall()
        cursor.execute(
            "insert into result_version by name select * replace (5 as assessment_key) from result_version"
            " where assessment_key = 2 and section_key in (select section_key from section_version"
            f" where section_id in ({classes}))"
        ).fetchall()


def test_a_line_waits_for_its_classes_some_days_and_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = ("ana", "ben", "cy", "dee", "kim")
    make_district(database, team=team)
    inquiry_id = opened(database)
    late_assessment(database, *team[:4], "eva", "fay", "gus", "hal", on=date(2026, 1, 12))
    today = date(2026, 1, 14)
    monkeypatch.setattr("plc.inquiry.seek.school_today", lambda _: today)
    view = seek_view(database, viewer("ana"), inquiry_id)
    assert [point.assessment_name for point in view.points] == ["Unit 1", "Unit 2", "Unit 3"]
    assert (
        "Unit 4: waiting for results of 1 of 5 classes; the line is drawn when they are in, or on"
        " 19 January 2026." in view.line_words
    )
    assert LINE_WITHHELD not in view.notes
    today = date(2026, 1, 19)
    view = seek_view(database, viewer("ana"), inquiry_id)
    assert view.points[-1].students == 4 * CLASS_SIZE
    assert view.line_words[0].startswith("4 classes stood in the line on")
    with database.write() as cursor:
        cursor.execute(
            "insert into result_version by name select * replace (5 as assessment_key) from result_version"
            " where assessment_key = 2 and section_key = 5"
        ).fetchall()
    after = seek_view(database, viewer("ana"), inquiry_id)
    assert after.points == view.points
    assert after.line_words[1] == (
        "1 class came or changed later. It joins when results of three other teachers change too."
    )


def test_a_class_is_waited_for_until_results_of_half_of_it_are_in(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = ("ana", "ben", "cy", "dee", "kim")
    make_district(database, team=team)
    inquiry_id = opened(database)
    late_assessment(database, *team, "eva", "fay", "gus", "hal", on=date(2026, 1, 12))
    monkeypatch.setattr("plc.inquiry.seek.school_today", lambda _: date(2026, 1, 14))
    late = "assessment_key = 5 and section_key = 5 and student_key"
    first = 4 * CLASS_SIZE + 1
    with database.write() as cursor:
        cursor.execute(f"delete from result_version where {late} >= {first + CLASS_SIZE // 2 - 1}").fetchall()
    view = seek_view(database, viewer("ana"), inquiry_id)
    assert [point.assessment_name for point in view.points] == ["Unit 1", "Unit 2", "Unit 3"]
    assert (
        "Unit 4: waiting for results of 1 of 5 classes; the line is drawn when they are in, or on"
        " 19 January 2026." in view.line_words
    )
    with database.write() as cursor:
        cursor.execute(
            "insert into result_version by name select * replace (5 as assessment_key) from result_version"
            f" where assessment_key = 2 and student_key = {first + CLASS_SIZE // 2 - 1}"
        ).fetchall()
    assert seek_view(database, viewer("ana"), inquiry_id).points[-1].students == 4.5 * CLASS_SIZE


def test_children_a_class_has_no_share_of_are_not_waited_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_district(database, team=(*TEAM, "kim"))
    inquiry_id = opened(database)
    late_assessment(database, *TEAM, "kim", "eva", "fay", "gus", "hal", on=date(2026, 1, 12))
    monkeypatch.setattr("plc.inquiry.seek.school_today", lambda _: date(2026, 1, 14))
    gone = f"section_key = 5 and student_key > {4 * CLASS_SIZE + 16}"
    with database.write() as cursor:
        cursor.execute(f"delete from result_version where assessment_key = 5 and {gone}").fetchall()
        cursor.execute(f"update enrollment_version set share = 0 where {gone}").fetchall()
    view = seek_view(database, viewer("ana"), inquiry_id)
    assert view.points[-1].students == 4 * CLASS_SIZE + 16


def test_who_knows_every_class_reads_the_line_as_it_is_but_not_on_the_wall(database: Database) -> None:
    make_district(database, opened=TEAM)
    inquiry_id = opened(database)
    before = seek_view(database, viewer("ana"), inquiry_id)
    with database.write() as cursor:
        cursor.execute(
            "update result_version set score = score + 9 where assessment_key = 3 and section_key = 4"
        ).fetchall()
    after = seek_view(database, viewer("ana"), inquiry_id)
    assert after.points[1].value > before.points[1].value
    on_the_wall = seek_view(database, viewer("ana"), inquiry_id, on_the_wall=True)
    assert on_the_wall.points == seek_view(database, COACH, inquiry_id).points
    assert on_the_wall.points[1].percent == before.points[1].percent


def test_the_teams_change_is_made_of_its_points_where_a_class_is_closed(database: Database) -> None:
    make_district(database)
    inquiry_id = opened(database)
    plan_test(database, inquiry_id)
    view = seek_view(database, viewer("ana"), inquiry_id)
    assert view.change_of_points
    team, own = view.changes
    assert (team.name, own.is_own, team.students) == (None, True, 4 * CLASS_SIZE)
    assert team.lower < team.change < team.upper
