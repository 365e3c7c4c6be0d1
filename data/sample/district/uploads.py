"""Small files to drop on the upload page: some that work, one that asks, one with everything wrong."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from district.plan import MAX_SCORE, YEARS
from district.roster import Roster

YEAR = YEARS[1]
DAY = date(YEAR, 6, 4)
UNKNOWN, MISSPELLED = 3, 40


def upload_files(rng: np.random.Generator, roster: Roster, scores: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """File name to table, all text as a spreadsheet would hold it."""
    team = _unit_seven(
        rng, roster, scores, roster.sections["post"].str.startswith("M1.maths.6"), "Unit 7 check"
    )
    gradebook = team[team["section_id"] == team["section_id"].iloc[0]][["student_id", "score"]]
    seventh = _unit_seven(
        rng, roster, scores, roster.sections["post"].str.startswith("M2.maths.7"), "Unit 7 check"
    )
    weekly = _weekly_grid(rng, roster, scores)
    return {
        "team-unit-7.csv": team,
        "one-class-gradebook.csv": gradebook,
        "weekly-checks-wide.csv": weekly,
        "unit-7-with-problems.csv": _with_problems(rng, seventh),
    }


def _unit_seven(
    rng: np.random.Generator, roster: Roster, scores: pd.DataFrame, chosen: pd.Series, name: str
) -> pd.DataFrame:
    sections = roster.sections[chosen & (roster.sections["school_year"] == YEAR)]
    # Who changed class in January would be a problem of its own.
    once = ~roster.seats.duplicated(["student", "subject", "school_year"], keep=False)
    seats = roster.seats[once & roster.seats["section_id"].isin(sections["section_id"])]
    year = scores[(scores["subject"] == "maths") & (scores["school_year"] == YEAR) & (scores["code"] > "U")]
    level = year.groupby("student")["z"].mean()
    z = 0.9 * seats["student"].map(level).fillna(0).to_numpy() + rng.normal(0, 0.4, len(seats))
    teacher_of = roster.teachers.set_index("post")["teacher_id"]
    table = pd.DataFrame(
        {
            "student_id": roster.students["student_id"].to_numpy()[seats["student"]],
            "teacher_id": seats["post"].map(teacher_of).to_numpy(),
            "school_id": seats["school_id"].to_numpy(),
            "section_id": seats["section_id"].to_numpy(),
            "grade": seats["grade"].astype(str).to_numpy(),
            "subject": "maths",
            "school_year": f"{YEAR - 1}-{YEAR % 100}",
            "assessment": name,
            "date": DAY.isoformat(),
            "score": np.clip(np.round((0.56 + 0.18 * z) * MAX_SCORE), 0, MAX_SCORE).astype(int).astype(str),
            "max_score": str(MAX_SCORE),
        }
    )
    return table.dropna(subset="teacher_id").sort_values(["section_id", "student_id"]).reset_index(drop=True)


def _with_problems(rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """3 ids nobody has, 1 row twice, 40 misspelled statuses where a score should be, `score` renamed.

    Teachers and classes are left to the roster, as in what a gradebook exports.
    """
    table = table.drop(columns=["teacher_id", "school_id", "section_id", "grade"])
    places = rng.permutation(len(table))
    misspelled, unknown = places[:MISSPELLED], places[MISSPELLED : MISSPELLED + UNKNOWN]
    doubled = int(places[MISSPELLED + UNKNOWN])
    table.loc[misspelled, "score"] = "Not Eligibile"
    table.loc[unknown, "student_id"] = ["9000001", "9000002", "9000003"]
    table = pd.concat(
        [table.loc[:doubled], table.loc[[doubled]], table.loc[doubled + 1 :]], ignore_index=True
    )
    return table.rename(columns={"score": "Pts this time"})


def _weekly_grid(rng: np.random.Generator, roster: Roster, scores: pd.DataFrame) -> pd.DataFrame:
    """One class's three extra weekly checks, a column each."""
    section_id = roster.sections.loc[
        (roster.sections["post"] == "E3.all.5.1")
        & (roster.sections["subject"] == "fluency")
        & (roster.sections["school_year"] == YEAR),
        "section_id",
    ].item()
    level = scores[scores["section_id"] == section_id].groupby("student")["z"].mean()
    table = pd.DataFrame({"student_id": roster.students["student_id"].to_numpy()[level.index]})
    for week in (11, 12, 13):
        z = level.to_numpy() + rng.normal(0, 0.6, len(level))
        table[f"Weekly check {week}"] = np.clip(np.round((0.6 + 0.18 * z) * MAX_SCORE), 0, MAX_SCORE).astype(
            int
        )
    return table.astype(str).sort_values("student_id").reset_index(drop=True)
