"""From scores in SD to the tables a district would export: raw points, absences, retakes, versions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from district import plan
from district.plan import PLANNED, STANDARDS_UNIT
from district.roster import Roster

ABSENT_SHARE, EXEMPT_SHARE, RETAKE_SHARE = 0.025, 0.003, 0.04


def assessment_table(roster: Roster) -> pd.DataFrame:
    """Every assessment of every course; the Spanish version of one is an assessment of its own."""
    rows = []
    for subject, grade, year in _courses(roster):
        for planned in PLANNED[subject]:
            scored_by_standard = planned.code == f"U{STANDARDS_UNIT}"
            rows.append(
                {
                    "assessment_id": assessment_id(subject, grade, year, planned.code),
                    "name": f"Grade {grade} {subject} {planned.name}",
                    "kind": planned.kind,
                    "subject": subject,
                    "grade": grade,
                    "school_year": year,
                    "date": plan.taken_on(planned, subject, year),
                    "max_score": float(plan.STANDARD_MAX_SCORE if scored_by_standard else plan.MAX_SCORE),
                    "reliability": planned.reliability,
                    "purpose": _purpose(planned),
                }
            )
    grade, year, code, _ = plan.SPANISH_VERSION
    original = next(row for row in rows if row["assessment_id"] == assessment_id("maths", grade, year, code))
    spanish = {
        **original,
        "assessment_id": original["assessment_id"] + "-ES",
        "name": f"{original['name']} (Spanish)",
    }
    return pd.DataFrame(
        [*rows, {**spanish, "purpose": "Spanish version; not shown to be comparable with the English one."}]
    )


def mark_absences(rng: np.random.Generator, scores: pd.DataFrame) -> None:
    """Give every row its `status`: some students miss some assessments, which is never a score of 0."""
    sitting = scores.groupby(["student", "subject", "school_year", "code"], sort=False).ngroup().to_numpy()
    chance = rng.random(sitting.max() + 1)[sitting]
    absent, exempt = chance < ABSENT_SHARE, chance > 1 - EXEMPT_SHARE
    scores["status"] = np.select([absent, exempt], ["absent", "exempt"], "scored")


def result_table(rng: np.random.Generator, roster: Roster, scores: pd.DataFrame) -> pd.DataFrame:
    """The bundle's `results`."""
    table = scores.copy()
    keys = zip(table["subject"], table["grade"], table["school_year"], table["code"], strict=True)
    table["assessment_id"] = [assessment_id(*key) for key in keys]
    spanish = _takes_spanish_version(roster, table)
    table.loc[spanish, "assessment_id"] += "-ES"
    table.loc[spanish, "z"] += plan.SPANISH_VERSION[-1]
    table["score"] = _points(rng, table)
    table["student_id"] = roster.students["student_id"].to_numpy()[table["student"]]
    table["score"] = table["score"].where(table["status"] == "scored")
    table["attempt"] = 1
    table = pd.concat([table, _retakes(rng, table)], ignore_index=True)
    table["standard"] = table["standard"].replace("", None)
    table = table.sort_values(
        ["school_year", "subject", "grade", "assessment_id", "student_id", "standard", "attempt"],
        kind="stable",
    )
    columns = ["student_id", "assessment_id", "section_id", "standard", "score", "attempt", "status"]
    return table[columns].reset_index(drop=True)


def assessment_id(subject: str, grade: int, year: int, code: str) -> str:
    """Such as `MATHS-6-2026-U3`."""
    return f"{subject.upper()}-{grade}-{year}-{code}"


def _courses(roster: Roster) -> list[tuple[str, int, int]]:
    columns = roster.sections[["subject", "grade", "school_year"]].drop_duplicates()
    return sorted((str(s), int(g), int(y)) for s, g, y in columns.itertuples(index=False))


def _purpose(planned: plan.Planned) -> str:
    if planned.kind == "baseline":
        return "Where each student starts the year."
    if planned.code.startswith("W"):
        return "A quick look at fluency each week; too short to tell about one student."
    return "What was learned in the unit, on the same tasks in every class of the course."


def _takes_spanish_version(roster: Roster, table: pd.DataFrame) -> pd.Series:
    grade, year, code, _ = plan.SPANISH_VERSION
    speaks = roster.students["group_home_language"].to_numpy()[table["student"]] == "Spanish"
    which = (table["subject"] == "maths") & (table["code"] == code)
    return which & (table["grade"] == grade) & (table["school_year"] == year) & speaks


def _points(rng: np.random.Generator, table: pd.DataFrame) -> np.ndarray:
    """Whole points: each assessment has its own difficulty and spread, a few students reach the top."""
    assessments = sorted(table["assessment_id"].str.removesuffix("-ES").unique())
    middle = pd.Series(rng.normal(0.58, 0.04, len(assessments)), index=assessments)
    spread = pd.Series(rng.uniform(0.165, 0.20, len(assessments)), index=assessments)
    which = table["assessment_id"].str.removesuffix("-ES")
    most = np.where(table["standard"] != "", plan.STANDARD_MAX_SCORE, plan.MAX_SCORE)
    share = which.map(middle).to_numpy() + which.map(spread).to_numpy() * table["z"].to_numpy()
    return np.clip(np.round(share * most), 0, most)


def _retakes(rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """After reteaching, a few low scorers of unit 2 take it again and do better."""
    unit = table[(table["code"] == "U2") & (table["status"] == "scored") & (table["z"] < -0.5)]
    again = unit[rng.random(len(unit)) < RETAKE_SHARE * 4].copy()
    again["score"] = np.minimum(again["score"] + rng.integers(2, 9, len(again)), plan.MAX_SCORE)
    again["attempt"] = 2
    return again


def bundle_tables(roster: Roster, results: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The eight tables of a bundle by name."""
    teacher_of = roster.teachers.set_index("post")["teacher_id"]
    seats = roster.seats.assign(student_id=roster.students["student_id"].to_numpy()[roster.seats["student"]])
    groups = [column for column in roster.students if column.startswith("group_")]
    shares = roster.section_teachers.assign(teacher_id=roster.section_teachers["post"].map(teacher_of))
    return {
        "schools": roster.schools,
        "teachers": roster.teachers[["teacher_id", "name"]].sort_values("teacher_id").reset_index(drop=True),
        "students": roster.students[["student_id", *groups]].sort_values("student_id").reset_index(drop=True),
        "sections": roster.sections.drop(columns="post"),
        "section_teachers": shares[["section_id", "teacher_id", "share", "role"]],
        "enrollments": seats[["student_id", "section_id", "begin", "end"]],
        "assessments": assessment_table(roster),
        "results": results,
    }
