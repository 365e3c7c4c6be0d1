"""Two practices and their tests: one that helps, one that was lucky once.

Each test compares two classes that tried the practice with two of the same grade that did not, from
the assessments before to the one after. The difference in gains is planted exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from district import plan
from district.plan import TRUTHS, YEARS
from district.roster import Roster

YEAR = YEARS[1]


@dataclass(frozen=True, slots=True)
class Practice:
    """`differences` are the realised differences in gains of its tests, in order of time, in SD."""

    practice_id: str
    fixture: str
    title: str
    author_post: str
    true_effect: float
    differences: tuple[float, ...]


PRACTICES = (
    Practice(
        "P1", "F6", "Exit-ticket sort and 5-minute reteach", "M1.maths.6.1", 0.15,
        (0.24, 0.10, 0.19, -0.06, 0.21, 0.22),
    ),
    Practice(
        "P2", "F7", "Three-minute vocabulary warm-up", "M4.maths.8.1", 0.0,
        (0.25, -0.06, 0.04, -0.09, -0.02),
    ),
)  # fmt: skip
# Unit checks before and after; a section takes part in one test only.
WINDOWS = (("U1",), "U2"), (("U1", "U2", "U3"), "U4"), (("U1", "U2", "U3", "U4"), "U5")
CLASSES_PER_ARM = 2


def practice_tables(roster: Roster) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`practices` and, for every test, its sections with arm, dates and planted difference."""
    teacher_of = roster.teachers.set_index("post")["teacher_id"]
    practices = pd.DataFrame(
        {
            "practice_id": [practice.practice_id for practice in PRACTICES],
            "title": [practice.title for practice in PRACTICES],
            "author_id": [teacher_of[practice.author_post] for practice in PRACTICES],
        }
    )
    rows = []
    open_sections = _open_sections(roster)
    for practice in PRACTICES:
        for number, difference in enumerate(practice.differences):
            before, after = WINDOWS[number * len(WINDOWS) // len(practice.differences)]
            grade = 7 + number % 2
            for arm in ("practice", "comparison"):
                for section_id in [open_sections[grade].pop() for _ in range(CLASSES_PER_ARM)]:
                    rows.append(
                        {
                            "practice_id": practice.practice_id,
                            "test": number + 1,
                            "section_id": section_id,
                            "arm": arm,
                            "begin": _day(before[-1]),
                            "end": _day(after),
                            "assessments_before": " ".join(before),
                            "assessment_after": after,
                            "difference": difference,
                        }
                    )
    return practices, pd.DataFrame(rows)


def plant_practices(scores: pd.DataFrame, tests: pd.DataFrame) -> None:
    """Shift, in place, the last assessment of the classes that tried a practice to the planted difference."""
    there = (scores["school_year"] == YEAR) & (scores["status"] == "scored")
    maths = scores[(scores["subject"] == "maths") & there]
    means = maths.groupby(["section_id", "code"])["z"].mean()
    for _, test in tests.groupby(["practice_id", "test"]):
        before, after = test["assessments_before"].iloc[0].split(), test["assessment_after"].iloc[0]
        gains = [means[section, after] - means[section].loc[before].mean() for section in test["section_id"]]
        tried = (test["arm"] == "practice").to_numpy()
        shift = test["difference"].iloc[0] - (
            np.mean(np.array(gains)[tried]) - np.mean(np.array(gains)[~tried])
        )
        sections = test.loc[tried, "section_id"]
        where = maths.index[maths["section_id"].isin(sections) & (maths["code"] == after)]
        scores.loc[where, "z"] += shift


def _open_sections(roster: Roster) -> dict[int, list[str]]:
    """Maths sections of ordinary teachers in grades 7 and 8, the last first, mixed over schools."""
    free = roster.sections[(roster.sections["subject"] == "maths") & (roster.sections["school_year"] == YEAR)]
    free = free[
        ~free["post"].isin([*TRUTHS, "shared", plan.TRANSFER_POST]) & free["school_id"].str.startswith("M")
    ]
    # Class numbers first, then schools, so that the arms of a test come from several schools.
    order = free.assign(number=free["section_id"].str.rsplit("-", n=1).str[1].astype(int))
    order = order.sort_values(["number", "school_id"], ascending=False)
    return {grade: order.loc[order["grade"] == grade, "section_id"].tolist() for grade in (7, 8)}


def _day(code: str) -> object:
    planned = next(planned for planned in plan.UNIT_CHECKS if planned.code == code)
    return plan.taken_on(planned, "maths", YEAR)
