"""Tests of one class, mistyped scores and stray dates, none of which may make a bright spot."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from plc.bright_spots import ScanOptions, scan
from plc.bright_spots.reduction import standardise_results
from plc.database import Database
from tests.unit.bright_spots.districts import simulated_results, write_district

PLAIN = ScanOptions(standards=False, opportunity=False)
TEACHERS = {f"T{i:02d}": 0.0 for i in range(12)}
# Classes start from two SD apart, as in a tracked school.
MEANS = {teacher: -1.0 + 2.0 * i / 11 for i, teacher in enumerate(TEACHERS)}


def own_tests(rows: pd.DataFrame, *, count: int) -> pd.DataFrame:
    """Each teacher's own version of the first unit test, as hard as her students are good."""
    unit = rows[rows["assessment"] == "unit 1"]
    return pd.concat(
        unit.assign(
            assessment="quiz " + unit["teacher"] + f" {number}",
            taken_on=[date(day.year + 1, 1 + number, 1) for day in unit["taken_on"]],
        )
        for number in range(count)
    )


def test_a_test_only_one_teacher_gives_says_nothing_of_how_her_classes_stand_to_others(
    database: Database,
) -> None:
    rows = simulated_results(TEACHERS, means=MEANS, assessments=2)
    write_district(database, pd.concat([rows, own_tests(rows, count=5)]))
    found = scan(database, PLAIN)
    assert not found.teachers["bright_spot"].any()
    assert found.teachers["effect"].abs().max() < 0.15
    assert not found.occasions["assessment_name"].str.startswith("quiz").any()
    counts = found.counts.set_index("reason")["students"]
    assert counts["an assessment only a few classes took (not counted)"] == rows["student"].nunique()


def test_a_test_of_one_class_is_no_starting_point_either(database: Database) -> None:
    rows = simulated_results(TEACHERS, means=MEANS, assessments=2, years=(2026,))
    state = rows[rows["kind"] == "state"]
    before = "B" + state["student"].str[1:3]
    quiz = state.assign(
        assessment="end quiz " + before,
        taken_on=date(2025, 6, 10),
        kind="common",
        teacher=before,
        section="b" + state["student"].str[1:5],
    )
    with Database(":memory:") as plain:
        write_district(plain, rows)
        without = scan(plain, PLAIN).teachers
    write_district(database, pd.concat([rows, quiz]))
    found = scan(database, ScanOptions(standards=False, opportunity=False, school_years=(2026,))).teachers
    np.testing.assert_allclose(found["effect"], without["effect"], atol=1e-9)
    assert not found["bright_spot"].any()


def test_a_test_all_teachers_of_a_small_grade_give_counts(database: Database) -> None:
    rows = simulated_results({"T00": 0.0, "T01": 0.0, "T02": 0.0}, assessments=2)
    missed = rows["teacher"].eq("T02") & rows["assessment"].eq("unit 2")
    write_district(database, rows[~missed])
    assert set(scan(database, PLAIN).occasions["assessment_name"]) == {"unit 1"}


def test_a_stray_summer_result_takes_nobodys_starting_point(database: Database) -> None:
    rows = simulated_results(TEACHERS, assessments=2, years=(2026,))
    state = rows["kind"] == "state"
    teacher, section = (rows["student"].str.extract(rf"^({part})")[0] for part in (r"T\d+", r"T\d+-\d+-\d"))
    baseline = rows[state].assign(
        kind="baseline",
        assessment="check",
        school_year=2026,
        grade=6,
        taken_on=date(2025, 9, 5),
        teacher=teacher[state],
        section=section[state],
    )
    stray = baseline.iloc[:1].assign(assessment="summer", kind="common", taken_on=date(2025, 7, 2))
    write_district(database, pd.concat([rows[~state], baseline, stray]))
    found = scan(database, PLAIN)
    assert set(found.teachers["students"]) == {50}
    assert "no starting point" not in set(found.counts["reason"])


@pytest.mark.parametrize("typed", [99999999999.0, -9999.0, 1e200])
def test_one_mistyped_score_does_not_flatten_its_test(database: Database, typed: float) -> None:
    rows = simulated_results(TEACHERS | {"strong": 0.8}, assessments=2)
    with Database(":memory:") as plain:
        write_district(plain, rows)
        without = scan(plain, PLAIN).teachers
    first = rows.index[rows["assessment"].eq("spring") & rows["school_year"].eq(2025)][3]
    second = rows.index[rows["assessment"].eq("unit 1") & rows["school_year"].eq(2026)][70]
    rows.loc[[first, second], "score"] = typed
    write_district(database, rows)
    found = scan(database, PLAIN)
    np.testing.assert_allclose(found.teachers["effect"], without["effect"], atol=0.05)
    assert (found.teachers["bright_spot"] == without["bright_spot"]).all()
    counts = found.counts.set_index("reason")["students"]
    assert counts["a score far outside its test (counted as 4 SD from the mean)"] == 2


def test_tests_of_a_low_track_do_not_raise_its_classes(database: Database) -> None:
    rows = simulated_results(TEACHERS, means=MEANS, assessments=2)
    track = rows[rows["assessment"].eq("unit 1") & rows["teacher"].isin(sorted(TEACHERS)[:5])]
    own = own_tests(track, count=6)
    shared = own.assign(assessment="track " + own["assessment"].str[-1])
    write_district(database, pd.concat([rows, shared]))
    found = scan(database, PLAIN)
    assert not found.teachers["bright_spot"].any()
    assert found.teachers["effect"].abs().max() < 0.2
    assert found.occasions["assessment_name"].str.startswith("track").any()


def grade_of(classes: list[tuple[int, int]]) -> pd.DataFrame:
    """A grade of one class a teacher: of so many students, of whom so many sat the last unit."""
    rows = simulated_results(
        {f"T{number:02d}": 0.0 for number in range(len(classes))},
        students=max(students for students, _ in classes),
        assessments=2,
        years=(2026,),
        sections_per_year=1,
    )
    found = rows["student"].str.extract(r"^T(\d+)-\d+-\d+-(\d+)$").astype(int)
    students, took = (found[0].map(lambda t, i=i: classes[t][i]) for i in range(2))
    return rows[(found[1] < students) & (rows["assessment"].ne("unit 2") | (found[1] < took))]


@pytest.mark.parametrize(
    ("classes", "counts"),
    [
        pytest.param([(14, 14)] * 2 + [(14, 1)] * 3, False, id="two classes and a child each of three"),
        pytest.param([(14, 14)] * 2 + [(14, 1)] * 9, False, id="two classes and a child each of nine"),
        pytest.param([(14, 14)] * 2 + [(1, 1)] * 3, False, id="two classes and three of one child"),
        pytest.param([(14, 14)] * 3 + [(14, 1)] * 3, False, id="three classes and a child each of three"),
        pytest.param([(14, 14)] * 2 + [(14, 5)] * 2 + [(14, 1)], True, id="five of two more"),
        pytest.param([(8, 8)] * 4, True, id="four classes of eight"),
        pytest.param([(8, 5)] * 4, True, id="four classes of eight, some ill"),
        pytest.param([(12, 10)] * 5, True, id="five classes of twelve"),
        pytest.param([(9, 8)] * 4 + [(3, 2)], True, id="a class of three among five"),
        pytest.param([(10, 10)] * 3 + [(4, 2)], True, id="a class of four among four"),
        pytest.param([(14, 2)] * 20, True, id="a version for two of every class"),
    ],
)
def test_a_test_of_two_classes_and_a_child_here_and_there_is_not_counted(
    database: Database, classes: list[tuple[int, int]], counts: bool
) -> None:
    """Centred on those who sat it, the one class's figure would be the other's."""
    write_district(database, grade_of(classes))
    few = few_takers(database)
    assert ("unit 2" not in few) == counts
    assert "unit 1" not in few or min(students for students, _ in classes) == 1


def test_two_classes_are_no_four_though_one_has_three_teachers(database: Database) -> None:
    rows = grade_of([(14, 14)] * 2 + [(14, 1)])
    taught = rows.loc[rows["section"].notna(), ["section", "teacher"]].drop_duplicates().assign(share=1.0)
    second = taught.loc[taught["teacher"].eq("T01"), "section"].iloc[0]
    beside = pd.DataFrame({"section": second, "teacher": ["T11", "T12"], "share": 0.5})
    write_district(database, rows, section_teachers=pd.concat([taught, beside]))
    assert few_takers(database) == {"unit 2"}


def test_one_class_is_no_five_though_its_students_were_with_five_teachers_the_year_before(
    database: Database,
) -> None:
    """Of a test that names no class; everybody's, in the same year, counts."""
    rows = grade_of([(25, 25)] * 6)
    place = rows["student"].str.extract(r"-(\d+)$")[0].astype(int) % 5
    before = rows[rows["assessment"].eq("unit 1")].assign(
        school_year=2025, grade=5, taken_on=date(2024, 10, 1),
        section="before " + place.astype(str), teacher="B" + place.astype(str),
    )  # fmt: skip
    end = rows[rows["assessment"].eq("unit 1")].assign(
        kind="state", taken_on=date(2026, 5, 1), section=None, teacher=None, assessment="end"
    )
    of_one = end[end["student"].str.startswith("T00")].assign(assessment="end of one")
    write_district(database, pd.concat([rows, before, end, of_one]))
    assert few_takers(database) == {"end of one"}


def few_takers(database: Database) -> set[str]:
    with database.read() as cursor:
        standardise_results(cursor, PLAIN)
        found = cursor.execute(
            "select assessment.name from few_takers"
            " inner join scale on few_takers.scale_key = scale.scale_key"
            " inner join assessment on scale.assessment_key = assessment.assessment_key"
        ).fetchall()
    return {name for (name,) in found}
