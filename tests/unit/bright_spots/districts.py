"""Small districts as tables of results, written past the import."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from plc.database import Database

DEFAULTS = {
    "school": "S1", "teacher": None, "section": None, "grade": 6, "subject": "mathematics",
    "school_year": 2026, "kind": "common", "standard": "", "attempt": 1, "status": "scored",
    "reliability": None,
}  # fmt: skip

_INSERTS = """
insert into school_version select school_key, school, null, null, 1, null from schools;
insert into teacher_version select teacher_key, teacher, null, 1, null from teachers;
insert into student_version select student_key, student, student, 1, null from students;
insert into section_version
    select section_key, section, school_key, grade, subject, school_year, null, 1, null from sections;
insert into section_teacher_version
    select section_key, teacher_key, share, null, 1, null from section_teachers;
insert into enrollment_version
    select student_key, section_key, share, begin_on, null, 1, null from enrollments;
insert into assessment_version
    select assessment_key, assessment, assessment, kind, subject, grade, school_year, taken_on, null,
           reliability, null, 1, null
    from assessments;
insert into standard_version select standard_key, standard, 1, null from standards where standard_key > 0;
insert into result_version
    select student_key, section_key, assessment_key, standard_key, attempt, score, status, taken_on, 1, null
    from results
"""


def write_district(
    database: Database,
    results: pd.DataFrame,
    *,
    section_teachers: pd.DataFrame | None = None,
    enrollments: pd.DataFrame | None = None,
) -> None:
    """Write results with at least student, assessment, taken_on and score; other columns have defaults.

    A section belongs to its `teacher` unless `section_teachers` (section, teacher, share) says otherwise;
    students spend their year where their results are unless `enrollments` (student, section, share, begin_on)
    says otherwise. A result without a section only serves as a starting point.
    """
    rows = results.reset_index(drop=True)
    for column, value in DEFAULTS.items():
        given = rows[column] if column in rows else pd.Series(index=rows.index, dtype=object)
        rows[column] = given if value is None else given.where(given.notna(), value)
    rows = rows.astype({"grade": int, "school_year": int, "attempt": int})
    rows["section"] = rows["section"].where(rows["section"].notna(), None)
    taught = rows["section"].notna()
    shares = section_teachers
    if shares is None:
        shares = rows.loc[taught & rows["teacher"].notna(), ["section", "teacher"]].drop_duplicates()
        shares = shares.assign(share=1.0)
    attended = enrollments
    if attended is None:
        pairs = rows.loc[taught, ["student", "section", "subject", "school_year"]].drop_duplicates()
        size = pairs.groupby(["student", "subject", "school_year"])["section"].transform("size")
        attended = pairs.assign(share=1.0 / size)
    if "begin_on" not in attended:
        attended = attended.assign(begin_on=pd.NaT)
    keys = {
        "school": _keys(rows["school"]),
        "teacher": _keys(shares["teacher"]),
        "student": _keys(pd.concat([rows["student"], attended["student"]])),
        "section": _keys(rows.loc[taught, "section"]),
        "assessment": _keys(_exam(rows)),
        "standard": {"": 0} | _keys(rows.loc[rows["standard"] != "", "standard"]),
    }
    for column in ("school", "student", "standard"):
        rows[f"{column}_key"] = rows[column].map(keys[column])
    rows["section_key"] = rows["section"].map(keys["section"]).astype("Int64")
    rows["assessment_key"] = _exam(rows).map(keys["assessment"])
    shares = shares.assign(
        section_key=shares["section"].map(keys["section"]), teacher_key=shares["teacher"].map(keys["teacher"])
    )
    attended = attended.assign(
        section_key=attended["section"].map(keys["section"]),
        student_key=attended["student"].map(keys["student"]),
    )
    section_columns = ["section_key", "section", "school_key", "grade", "subject", "school_year"]
    exam_columns = ["assessment_key", "assessment", "kind", "subject", "grade", "school_year", "taken_on"]
    frames = {
        "schools": _named(keys["school"], "school"),
        "teachers": _named(keys["teacher"], "teacher"),
        "students": _named(keys["student"], "student"),
        "standards": _named(keys["standard"], "standard"),
        "sections": rows.loc[taught, section_columns].drop_duplicates("section_key"),
        "section_teachers": shares,
        "enrollments": attended,
        "assessments": rows[[*exam_columns, "reliability"]].drop_duplicates("assessment_key"),
        "results": rows,
    }
    with database.write() as cursor:
        for name, frame in frames.items():
            cursor.register(name, frame)
        for statement in _INSERTS.split(";"):
            cursor.execute(statement).fetchall()


def _exam(rows: pd.DataFrame) -> pd.Series:
    return (
        rows["assessment"] + "|" + rows["subject"] + "|" + rows["grade"].astype(str) + "|"
        + rows["school_year"].astype(str)
    )  # fmt: skip


def _keys(values: pd.Series) -> dict[str, int]:
    return {value: number for number, value in enumerate(values.dropna().unique().tolist(), start=1)}


def _named(keys: dict[str, int], column: str) -> pd.DataFrame:
    return pd.DataFrame({f"{column}_key": list(keys.values()), column: list(keys)})


def simulated_results(
    effects: dict[str, float],
    *,
    seed: int = 1,
    years: tuple[int, ...] = (2025, 2026),
    sections_per_year: int = 2,
    students: int = 25,
    assessments: int = 3,
    means: dict[str, float] | None = None,
    schools: int = 4,
    standards: tuple[str, ...] = ("",),
) -> pd.DataFrame:
    """Results of teachers with these true effects (SD); `means` are what their classes start from.

    Starting points are last year's results without a section, of reliability .88.
    """
    rng = np.random.default_rng(seed)
    parts = []
    for number, (teacher, effect) in enumerate(effects.items()):
        for year in years:
            for period in range(sections_per_year):
                section = f"{teacher}-{year}-{period}"
                level = (means or {}).get(teacher, 0.0) + 0.3 * rng.standard_normal()
                truth = level + 0.9 * rng.standard_normal(students)
                stays = 0.5 * rng.standard_normal(students) + 0.05 * rng.standard_normal()
                names = [f"{section}-{i}" for i in range(students)]
                common = {"student": names, "grade": 6, "school": f"S{number % schools}"}
                start = truth + 0.36 * rng.standard_normal(students)
                parts.append(pd.DataFrame(common | {
                    "grade": 5, "school_year": year - 1, "assessment": "spring", "kind": "state",
                    "taken_on": date(year - 1, 5, 1), "score": 500 + 50 * start,
                }))  # fmt: skip
                for occasion in range(assessments):
                    day = 0.7 * truth + effect + stays + 0.4 * rng.standard_normal(students)
                    for standard in standards:
                        item = day + (0.3 * rng.standard_normal(students) if standard else 0.0)
                        parts.append(pd.DataFrame(common | {
                            "school_year": year, "assessment": f"unit {occasion + 1}", "teacher": teacher,
                            "section": section, "standard": standard,
                            "taken_on": date(year - 1, 10 + occasion, 1), "score": 60 + 12 * item,
                        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)
