"""The committed sample files are what the script makes, and hold what the README says is planted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

DATA = Path(__file__).resolve().parents[3] / "data"
SAMPLE = DATA / "sample"
TABLES = (
    "schools",
    "teachers",
    "students",
    "sections",
    "section_teachers",
    "enrollments",
    "assessments",
    "results",
)


@pytest.fixture(scope="module")
def bundle() -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(SAMPLE / "bundle" / f"{name}.parquet") for name in TABLES}


@pytest.fixture(scope="module")
def seats(bundle: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return bundle["enrollments"].merge(bundle["sections"], on="section_id")


def teacher(fixture: str) -> str:
    truths = pd.read_csv(SAMPLE / "truths.csv").set_index("fixture")
    return str(truths.loc[[fixture], "teacher_id"].iloc[0])


def test_the_script_makes_the_committed_tables_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SAMPLE / "make_district.py"), "--out", str(tmp_path)], check=True)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert len(made) == len(TABLES) + 5 + 4
    for path in made:
        if path.suffix == ".parquet":
            assert pq.read_table(tmp_path / path).equals(pq.read_table(SAMPLE / path)), path
        else:
            assert (tmp_path / path).read_text() == (SAMPLE / path).read_text(), path


def test_the_district_has_its_size(bundle: dict[str, pd.DataFrame]) -> None:
    assert [len(bundle[name]) for name in ("schools", "teachers", "students")] == [12, 160, 4000]
    assert sorted(bundle["sections"]["school_year"].unique()) == [2025, 2026]
    assert not bundle["students"]["student_id"].duplicated().any()
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 3_000_000


def test_every_course_has_a_baseline_and_six_checks_one_of_them_by_standard(
    bundle: dict[str, pd.DataFrame],
) -> None:
    original = bundle["assessments"].query("not assessment_id.str.endswith('-ES')")
    kinds = original.groupby(["subject", "grade", "school_year"])["kind"].value_counts().unstack()
    assert (kinds["baseline"] == 1).all()
    assert (kinds["common"].drop("fluency") == 6).all()
    assert (kinds.loc["fluency", "common"] == 10).all()
    by_standard = bundle["results"].dropna(subset="standard")["assessment_id"].unique()
    assert sorted(by_standard) == sorted(
        f"{subject}-{grade}-{year}-U3"
        for subject in ("MATHS", "READING")
        for grade in (5, 6, 7, 8)
        for year in (2025, 2026)
    )


def test_every_student_sits_in_one_section_of_a_subject_at_a_time(seats: pd.DataFrame) -> None:
    ordered = seats.sort_values(["student_id", "subject", "begin"])
    before = ordered.groupby(["student_id", "subject"])["end"].shift()
    assert (before.isna() | (before <= ordered["begin"])).all()


def test_the_bright_teacher_has_three_classes_of_26_to_28_a_year(
    bundle: dict[str, pd.DataFrame], seats: pd.DataFrame
) -> None:
    mine = bundle["section_teachers"].query(f"teacher_id == '{teacher('F1')}'")
    sizes = seats[seats["section_id"].isin(mine["section_id"])].groupby(["school_year", "section_id"]).size()
    assert sorted(sizes) == [26, 26, 27, 27, 28, 28]
    assert (sizes.groupby("school_year").size() == 3).all()


def test_honours_have_the_highest_average_of_all_teachers(bundle: dict[str, pd.DataFrame]) -> None:
    results = bundle["results"].merge(bundle["assessments"], on="assessment_id").query("attempt == 1")
    maths = results.query("subject == 'maths' and kind == 'common'").copy()
    keys = [maths["assessment_id"], maths["standard"].fillna("")]
    maths["z"] = (maths["score"] - maths.groupby(keys)["score"].transform("mean")) / maths.groupby(keys)[
        "score"
    ].transform("std")
    by_teacher = maths.merge(bundle["section_teachers"], on="section_id").groupby("teacher_id")["z"].mean()
    assert by_teacher.idxmax() == teacher("F2")


def test_five_students_join_one_class_in_mid_unit(seats: pd.DataFrame) -> None:
    arrivals = seats.groupby(["student_id", "subject", "school_year"])["begin"].min().reset_index()
    late = arrivals[pd.to_datetime(arrivals["begin"]).dt.month == 1].query("subject == 'maths'")
    assert len(late) == 5
    where = seats.merge(late[["student_id", "subject", "school_year"]])
    assert where["section_id"].unique().tolist() == ["M4-MA7-26-1"]


def test_a_group_of_3_hides_among_24_english_learners(
    bundle: dict[str, pd.DataFrame], seats: pd.DataFrame
) -> None:
    there = seats.query("school_id == 'M2' and grade == 6 and school_year == 2026")["student_id"].unique()
    students = bundle["students"].query("group_english_learner == 'yes'")
    students = students[students["student_id"].isin(there)]
    assert students["group_home_language"].value_counts().to_dict() == {
        "Spanish": 11,
        "Vietnamese": 10,
        "Somali": 3,
    }


def test_one_school_has_a_single_grade_6_maths_teacher(bundle: dict[str, pd.DataFrame]) -> None:
    sections = bundle["sections"].query("subject == 'maths' and grade == 6").merge(bundle["section_teachers"])
    teachers = sections.groupby("school_id")["teacher_id"].unique()
    assert {school: list(ids) for school, ids in teachers.items() if len(ids) == 1} == {
        "K1": [teacher("F12")]
    }


def test_practices_move_their_classes_as_planted(bundle: dict[str, pd.DataFrame]) -> None:
    tests = pd.read_csv(SAMPLE / "practice_tests.csv")
    results = bundle["results"].query("attempt == 1").merge(bundle["assessments"], on="assessment_id")
    results["standard"] = results["standard"].fillna("")
    scores = results.groupby(["assessment_id", "standard"])["score"]
    results["z"] = (results["score"] - scores.transform("mean")) / scores.transform("std")
    results["unit"] = results["assessment_id"].str.split("-").str[3]
    means = results.groupby(["section_id", "unit"])["z"].mean()
    misses = []
    for _, test in tests.groupby(["practice_id", "test"]):
        before, after = test["assessments_before"].iloc[0].split(), test["assessment_after"].iloc[0]
        gain = pd.Series([means[s, after] - means[s][before].mean() for s in test["section_id"]], test["arm"])
        measured = gain["practice"].mean() - gain["comparison"].mean()
        misses.append(measured - test["difference"].iloc[0])
    # Rounding, the spread of standards and the top of the scale leave a little.
    assert np.abs(misses).max() < 0.05
    assert not tests["section_id"].duplicated().any()


def test_the_bad_file_is_bad_in_the_stated_ways(bundle: dict[str, pd.DataFrame]) -> None:
    bad = pd.read_csv(SAMPLE / "uploads" / "unit-7-with-problems.csv", dtype=str)
    assert (~bad["student_id"].isin(bundle["students"]["student_id"])).sum() == 3
    assert bad.duplicated().sum() == 1
    assert (bad["Pts this time"] == "Not Eligibile").sum() == 40
    assert "score" not in bad.columns


@pytest.mark.parametrize("name", ["team-unit-7.csv", "one-class-gradebook.csv", "weekly-checks-wide.csv"])
def test_files_to_try_match_the_roster(name: str, bundle: dict[str, pd.DataFrame]) -> None:
    table = pd.read_csv(SAMPLE / "uploads" / name, dtype=str)
    assert len(table) > 0
    assert table["student_id"].isin(bundle["students"]["student_id"]).all()


def test_the_star_script_makes_the_committed_file_again(tmp_path: Path) -> None:
    made = tmp_path / "star.parquet"
    subprocess.run([sys.executable, str(DATA / "star" / "make_star.py"), "--out", str(made)], check=True)
    assert pq.read_table(made).equals(pq.read_table(DATA / "star" / "star.parquet"))


def test_star_rows_without_a_teacher_are_starting_points() -> None:
    star = pd.read_parquet(DATA / "star" / "star.parquet")
    assert len(star) == 97_843
    assert (star["school_year"] - 1986 == star["grade"].map({"K": 0, "1": 1, "2": 2, "3": 3})).all()
    without = star[star["teacher_id"].isna()]
    assert set(without["grade"]) == {"K", "3"}
    assert without.query("grade == '3'")["student_id"].nunique() == 1
