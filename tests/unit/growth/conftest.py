"""Districts made of a table of results, so that a test says only what it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.database.database import raise_data_version
from plc.growth import release_catch_up

Load = Callable[..., None]

_INSERTS = (
    "insert into school_version select school_key, school, school, 'D', 1, null from schools",
    "insert into teacher_version select teacher_key, teacher, teacher, 1, null from teachers",
    "insert into student_version select student_key, student, student, 1, null from students",
    """insert into section_version
       select section_key, section, school_key, grade, subject, school_year, null, 1, null from sections""",
    "insert into section_teacher_version select section_key, teacher_key, 1.0, null, 1, null from sections",
    """insert into enrollment_version
       select distinct student_key, section_key, 1.0, null::date, null::date, 1, null from results
       where section_key is not null""",
    """insert into assessment_version
       select assessment_key, assessment, assessment, kind, subject, grade, school_year, taken_on, null, null,
              null, 1, null from assessments""",
    """insert into result_version
       select student_key, section_key, assessment_key, 0, 1, score, 'scored', taken_on, 1, null
       from results""",
    """insert into student_group_version
       select distinct student_key, 'lunch', student_group, 1, null from results
       where student_group is not null""",
)


@pytest.fixture
def load_results(database: Database) -> Load:
    """Write rows of (student, school, teacher, subject, grade, school_year, assessment, taken_on, score).

    `kind` ('benchmark') and `student_group` may be given; a section is a teacher, grade and year; no teacher
    is a result without a section.
    """

    def load(rows: pd.DataFrame, *, released: bool = True) -> None:
        results = rows.reset_index(drop=True).copy()
        results["kind"] = rows["kind"].to_numpy() if "kind" in rows else "benchmark"
        results["student_group"] = rows["student_group"].to_numpy() if "student_group" in rows else None
        taught = results["teacher"].notna()
        section = ["teacher", "school", "grade", "subject", "school_year"]
        results["section"] = results[section].fillna("").astype(str).agg("|".join, axis=1)
        for column in ("student", "school", "teacher", "section"):
            results[f"{column}_key"] = pd.factorize(results[column])[0] + 1
        results["section_key"] = results["section_key"].where(taught).astype("Int64")
        exam = ["assessment", "subject", "grade", "school_year"]
        results["assessment_key"] = results.groupby(exam).ngroup() + 1
        frames = {
            "results": results,
            "schools": results[taught][["school_key", "school"]].drop_duplicates(),
            "teachers": results[taught][["teacher_key", "teacher"]].drop_duplicates(),
            "students": results[["student_key", "student"]].drop_duplicates(),
            "sections": results[taught][
                [*section, "section", "section_key", "school_key", "teacher_key"]
            ].drop_duplicates("section_key"),
            "assessments": results.drop_duplicates("assessment_key"),
        }
        with database.write() as cursor:
            for name, frame in frames.items():
                cursor.register(name, frame)
            for statement in _INSERTS:
                cursor.execute(statement).fetchall()
            raise_data_version(cursor)
        if released:
            release_catch_up(database, LOCAL_STEWARD)

    return load


def simulate_district(
    *,
    seed: int,
    school_effects: np.ndarray,
    teacher_effects: np.ndarray | None = None,
    years: int = 3,
    class_size: int = 24,
    teachers_per_school: int = 4,
    correlation: float = 0.7,
) -> pd.DataFrame:
    """Students of grades 3 to 2 + years in sections, two benchmark results a year.

    Later true standing is r z + sqrt(1-r^2) noise + the effects (SD) of the year's school and teacher;
    each result adds noise of 0.35 SD.
    """
    rng = np.random.default_rng(seed)
    schools = len(school_effects)
    teachers = schools * teachers_per_school
    teacher_effects = np.zeros(teachers) if teacher_effects is None else teacher_effects
    frames = []
    for cohort in range(3):
        students = teachers * class_size
        school = np.repeat(np.arange(schools), teachers_per_school * class_size)
        standing = rng.normal(size=students)
        for year in range(years):
            # Classes are drawn anew each year inside the school.
            order = np.lexsort((rng.random(students), school))
            place = np.empty(students, dtype=int)
            place[order] = np.arange(students) // class_size
            if year:
                shock = np.sqrt(1 - correlation**2) * rng.normal(size=students)
                standing = correlation * standing + shock + school_effects[school] + teacher_effects[place]
            for occasion, day in enumerate(
                (date(2020 + cohort + year, 3, 1), date(2020 + cohort + year, 5, 1))
            ):
                frames.append(
                    pd.DataFrame(
                        {
                            "student": [f"s{cohort}-{i}" for i in range(students)],
                            "school": [f"School {s:02d}" for s in school],
                            "teacher": [f"T{t:03d}" for t in place],
                            "subject": "mathematics",
                            "grade": 3 + year,
                            "school_year": 2020 + cohort + year,
                            "assessment": f"check {occasion + 1}",
                            "taken_on": day,
                            "score": 200 + 20 * (standing + 0.35 * rng.normal(size=students)),
                            "student_group": np.where(np.arange(students) % 3 == 0, "yes", "no"),
                        }
                    )
                )
    return pd.concat(frames, ignore_index=True)


@pytest.fixture
def make_district() -> Callable[..., pd.DataFrame]:
    """`simulate_district`, as a fixture because test folders are no packages."""
    return simulate_district
