"""Who may know what of catching up, and whether the figures are right."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.growth import CatchUp, catch_up, list_scales, own_catch_up, release_catch_up, state_cut
from plc.people import give_consent

Load = Callable[..., None]
Make = Callable[..., pd.DataFrame]
STEWARD = Viewer(Role.STEWARD)


def principal(school: str) -> Viewer:
    return Viewer(Role.PRINCIPAL, school_ids=(school,))


def teacher(teacher_id: str) -> Viewer:
    return Viewer(Role.TEACHER, teacher_id=teacher_id)


@pytest.fixture
def usual(database: Database, load_results: Load, make_district: Make) -> Database:
    """Six schools of four teachers, a third of them far above the others in catching students up."""
    load_results(make_district(seed=1, school_effects=np.array([0.35, 0.35, -0.1, -0.1, -0.1, -0.1])))
    return database


def everything(found: CatchUp) -> str:
    return repr(dataclasses.asdict(found))


def test_an_empty_database_and_one_year_of_results_say_what_is_missing(
    database: Database, load_results: Load, make_district: Make
) -> None:
    assert catch_up(database, STEWARD).empty_words == "There are no results yet."
    rows = make_district(seed=2, school_effects=np.zeros(2), years=1)
    load_results(rows[rows["school_year"] == 2020])
    found = catch_up(database, STEWARD)
    assert "two school years" in found.empty_words
    assert not found.subjects


def test_two_years_of_different_students_are_still_too_little(
    database: Database, load_results: Load, make_district: Make
) -> None:
    load_results(make_district(seed=2, school_effects=np.zeros(2), years=1))
    assert "two school years" in catch_up(database, STEWARD).empty_words


def test_a_release_that_holds_no_figure_says_so(usual: Database) -> None:
    with usual.write() as cursor:
        cursor.execute("delete from figure_cell").fetchall()
    assert "so few" in catch_up(usual, STEWARD).empty_words


def test_nobody_sees_nothing(usual: Database) -> None:
    with pytest.raises(NotAllowed):
        catch_up(usual, Viewer())


def test_schools_where_students_catch_up_more_often_are_found(usual: Database) -> None:
    found = catch_up(usual, STEWARD)
    excess = {row.name: row.expectation.excess for row in found.schools if row.expectation is not None}
    assert list(excess) == sorted(excess)
    fast = {"School 00", "School 01"}
    assert all(excess[name] is not None and excess[name] > 0.05 for name in fast)
    assert all(value is not None and value < 0.02 for name, value in excess.items() if name not in fast)
    assert {row.name for row in found.schools if row.growth and row.growth.years > 1.2} == fast


def test_a_district_of_no_differences_flags_neither_school_nor_teacher(
    database: Database, load_results: Load, make_district: Make
) -> None:
    load_results(make_district(seed=5, school_effects=np.zeros(15)))
    with database.write() as cursor:
        cursor.execute(
            """insert into consent select teacher_id, teacher_id, 'district', true, current_date,
               current_date + 1, null from teacher"""
        ).fetchall()
    found = catch_up(database, STEWARD)
    assert found.named == ()
    assert not any(row.expectation and row.expectation.exceeds for row in found.schools)


def test_the_curve_holds_the_true_share_and_rates_are_shares(usual: Database) -> None:
    (subject,) = catch_up(usual, STEWARD).subjects
    assert subject.relative
    assert "by the district's own yardstick" in subject.sentences[0]
    assert [point.years for point in subject.curve] == [1, 2]
    assert subject.curve[0].share < subject.curve[1].share
    figures = [f for rates in subject.rates for f in (rates.caught_up, rates.stayed, rates.kept_up)]
    assert all(f.share is not None and 0 < f.share < 1 for f in figures)
    first = subject.rates[0]
    assert first.stayed.share is not None
    assert first.caught_up.share is not None
    assert first.stayed.share < first.caught_up.share


def test_a_principal_sees_her_schools_a_steward_all_and_a_teacher_none(usual: Database) -> None:
    assert [row.name for row in catch_up(usual, principal("School 01")).schools] == ["School 01"]
    assert len(catch_up(usual, STEWARD).schools) == 6
    assert catch_up(usual, teacher("T003")).schools == ()
    assert catch_up(usual, principal("School 01")).own == ()


def test_a_principals_row_is_the_stewards_row(usual: Database) -> None:
    (mine,) = catch_up(usual, principal("School 01")).schools
    assert mine in catch_up(usual, STEWARD).schools


def test_a_teacher_sees_her_own_figure_and_no_other_teachers(usual: Database) -> None:
    found = catch_up(usual, teacher("T003"))
    (own,) = found.own
    assert own.enough
    assert own.lower is not None
    assert own.upper is not None
    assert own.lower < own.upper
    assert "your" in own.sentences[0]
    assert not [other for other in (f"T{i:03d}" for i in range(24)) if other in everything(found)]


@pytest.mark.parametrize("viewer", [STEWARD, principal("School 00"), teacher("T003")])
def test_no_teacher_is_named_without_consent(usual: Database, viewer: Viewer) -> None:
    assert catch_up(usual, viewer).named == ()


def test_a_flagged_teacher_is_named_within_her_consent_only_and_without_a_figure(
    database: Database, load_results: Load, make_district: Make
) -> None:
    effects = np.zeros(80)
    effects[[1, 9, 20, 33, 40, 41, 52, 60, 66, 71]] = 0.8
    load_results(make_district(seed=6, school_effects=np.zeros(20), teacher_effects=effects), released=False)
    until = date.today() + timedelta(days=400)
    everybody_opens_my_classes(database)
    give_consent(database, teacher("T001"), scope="district", until_on=until)
    give_consent(database, teacher("T009"), scope="school", until_on=until)
    # Consenting changes nothing for a teacher whose students do as expected.
    give_consent(database, teacher("T002"), scope="district", until_on=until)
    release_catch_up(database, STEWARD)
    # Her own page has not told her yet.
    assert catch_up(database, STEWARD).named == ()
    with database.read() as cursor:
        opened = cursor.execute(
            "select teacher_id from own_result_opened where teacher_id = 'T001'"
        ).fetchall()
    assert opened, "what she opened to others stays open"
    everybody_opens_my_classes(database)
    release_catch_up(database, STEWARD)
    assert {n.name for n in catch_up(database, STEWARD).named} == {"T001"}
    assert {n.name for n in catch_up(database, principal("School 02")).named} == {"T001", "T009"}
    assert {n.name for n in catch_up(database, teacher("T010")).named} == {"T001", "T009"}
    assert {n.name for n in catch_up(database, teacher("T001")).named} == set()
    named = catch_up(database, STEWARD).named[0]
    assert set(dataclasses.asdict(named)) == {"subject", "name", "words", "teacher_id"}
    assert catch_up(database, teacher("T001")).own[0].exceeds
    assert own_catch_up(database, teacher("T001")) == catch_up(database, teacher("T001")).own


def everybody_opens_my_classes(database: Database) -> None:
    with database.write() as cursor:
        cursor.execute(
            "insert into own_result_opened select teacher_id, 2024, now()::timestamp from teacher"
            " where teacher_id not in (select teacher_id from own_result_opened)"
        ).fetchall()
        cursor.execute("delete from own_result_unseen").fetchall()


def test_figures_wait_for_their_release_and_stay_as_released(
    database: Database, load_results: Load, make_district: Make
) -> None:
    """Two readings around a change of the roster say the same, whoever reads."""
    rows = make_district(seed=1, school_effects=np.zeros(4))
    load_results(rows, released=False)
    assert "released with the next look" in catch_up(database, STEWARD).empty_words
    release_catch_up(database, STEWARD)
    before = {
        viewer: catch_up(database, viewer) for viewer in (STEWARD, principal("School 01"), teacher("T003"))
    }
    with database.write() as cursor:
        cursor.execute("delete from result_version where student_key in (3, 14, 15)").fetchall()
        raise_data_version(cursor)
    assert {viewer: catch_up(database, viewer) for viewer in before} == before
    outcome = release_catch_up(database, STEWARD)
    assert outcome is not None
    assert outcome.kept > 0


def test_a_release_is_due_once_a_month_and_only_after_results_changed(
    usual: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def when(month: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime(2030, month, 3, 4, 5))

    when(1)
    assert release_catch_up(usual, STEWARD, if_due=True) is None
    with usual.write() as cursor:
        raise_data_version(cursor)
    assert release_catch_up(usual, STEWARD, if_due=True) is not None


def test_only_who_may_scan_may_release(usual: Database) -> None:
    with pytest.raises(NotAllowed):
        release_catch_up(usual, principal("School 01"))


def test_a_school_of_two_teachers_is_hidden_with_the_next_smallest(
    database: Database, load_results: Load, make_district: Make
) -> None:
    rows = make_district(seed=3, school_effects=np.zeros(5))
    small = rows["teacher"].isin(["T000", "T001"])
    load_results(rows[(rows["school"] != "School 00") | small])
    found = catch_up(database, STEWARD)
    hidden = [row.name for row in found.schools if row.caught_up.share is None]
    assert "School 00" in hidden
    assert len(hidden) == 2
    row = next(row for row in found.schools if row.name == hidden[0])
    assert row.caught_up == dataclasses.replace(row.caught_up, students=None, lower=None, upper=None)
    assert row.expectation is None
    assert row.growth is None
    # The other hidden school's principal finds nothing either: with it she could work out the first.
    (other,) = catch_up(database, principal(hidden[1])).schools
    assert other.caught_up.words == "too few to show"


def test_a_small_student_group_is_hidden_and_its_complement_with_it(
    database: Database, load_results: Load, make_district: Make
) -> None:
    rows = make_district(seed=4, school_effects=np.zeros(3))
    few = [f"s{cohort}-{i}" for cohort in range(3) for i in range(2)]
    rows["student_group"] = np.where(rows["student"].isin(few), "few", "many")
    load_results(rows)
    groups = catch_up(database, STEWARD).groups
    assert {row.name for row in groups} == {"few", "many"}
    assert all(row.caught_up.share is None for row in groups)


def test_two_teachers_learn_nothing_of_each_other_from_the_districts_figures(
    database: Database, load_results: Load, make_district: Make
) -> None:
    load_results(make_district(seed=7, school_effects=np.zeros(1), teachers_per_school=2), released=False)
    # Two teachers have no yardstick of their own.
    with database.write() as cursor:
        cursor.execute(
            """insert into level_cut
               select subject, grade, name, 200, 'state level 3', 'x', now()::timestamp, null
               from (select distinct subject, grade, name from assessment)"""
        ).fetchall()
    release_catch_up(database, STEWARD)
    found = catch_up(database, teacher("T000"))
    assert all(not subject.curve and not subject.rates for subject in found.subjects)
    assert not found.own[0].enough
    assert found.own[0].expected is None
    assert all(row.caught_up.share is None for row in found.groups)


def test_the_viewers_own_class_does_not_count_towards_the_minimum(
    database: Database, load_results: Load, make_district: Make
) -> None:
    rows = make_district(seed=8, school_effects=np.zeros(4), years=2)
    last = rows.sort_values("school_year").groupby("student").tail(1)
    # The group is one teacher's students and a handful of others.
    hers = last[last["teacher"] == "T000"]["student"]
    others = last[last["teacher"] == "T005"]["student"].head(8)
    chosen = pd.concat([hers, others])
    rows["student_group"] = np.where(rows["student"].isin(chosen), "chosen", "rest")
    load_results(rows)
    seen_by = {
        viewer: next(row for row in catch_up(database, teacher(viewer)).groups if row.name == "chosen")
        for viewer in ("T000", "T010")
    }
    assert seen_by["T000"].caught_up.share is None


def test_a_stated_cut_replaces_the_districts_own_yardstick(usual: Database) -> None:
    before = catch_up(usual, STEWARD)
    version = usual.data_version()
    for scale in list_scales(usual, STEWARD):
        state_cut(
            usual,
            STEWARD,
            subject=scale.subject,
            grade=scale.grade,
            assessment_name=scale.assessment_name,
            cut_score=200,
            source="state level 3",
        )
    after = catch_up(usual, STEWARD)
    assert usual.data_version() > version
    assert not after.subjects[0].relative
    assert "yardstick" not in after.subjects[0].sentences[0]
    assert {(y.cut_score, y.stated, y.source) for y in after.yardsticks} == {(200, True, "state level 3")}
    # At 200, the middle of the scale, more are behind than at the fortieth percentile.
    assert (after.subjects[0].rates[0].caught_up.students or 0) > (
        before.subjects[0].rates[0].caught_up.students or 0
    )


def test_stating_a_cut_again_replaces_the_one_before(usual: Database) -> None:
    scale = list_scales(usual, STEWARD)[0]
    for cut in (190.0, 210.0):
        state_cut(
            usual, STEWARD, subject=scale.subject, grade=scale.grade,
            assessment_name=scale.assessment_name, cut_score=cut, source="a table",
        )  # fmt: skip
    assert [s.cut_score for s in list_scales(usual, STEWARD)].count(210.0) == 1
    assert len(catch_up(usual, STEWARD).yardsticks) == len(list_scales(usual, STEWARD))


@pytest.mark.parametrize(
    ("viewer", "grade", "cut", "source", "error"),
    [
        (teacher("T000"), 3, 200.0, "x", NotAllowed),
        (principal("School 00"), 3, 200.0, "x", NotAllowed),
        (STEWARD, 12, 200.0, "x", NotFound),
        (STEWARD, 3, float("nan"), "x", PlcError),
        (STEWARD, 3, 200.0, "  ", PlcError),
    ],
)
def test_a_cut_needs_a_seat_a_scale_a_number_and_a_source(
    usual: Database, viewer: Viewer, grade: int, cut: float, source: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        state_cut(
            usual, viewer, subject="mathematics", grade=grade, assessment_name="check 1",
            cut_score=cut, source=source,
        )  # fmt: skip


def test_the_order_and_scale_of_the_rows_change_nothing(
    database: Database, load_results: Load, make_district: Make
) -> None:
    rows = make_district(seed=9, school_effects=np.array([0.2, 0.0, 0.0]))
    other = rows.assign(subject="reading", score=5000 - 7 + 0.5 * rows["score"])
    load_results(pd.concat([other, rows]).sample(frac=1, random_state=1))
    found = catch_up(database, STEWARD)
    maths, reading = (
        [dataclasses.replace(row, subject="", growth=None) for row in found.schools if row.subject == name]
        for name in ("mathematics", "reading")
    )
    assert maths == reading
