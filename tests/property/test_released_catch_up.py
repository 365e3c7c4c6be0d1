"""An attacker before and after changes of the roster, at the district's real figures of catching up.

She has every table a steward is shown, knows one class, and solves for what single students, classes and
teachers added, over several releases.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from plc.core.disclosure import LOWEST_MINIMUM, MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.database.database import raise_data_version
from plc.growth import release_catch_up
from plc.growth.figure_names import CATCH_UP
from plc.people.releases import read_release

# Who counts in the released figure, from the tables it was made from. Pages round what she sees, which
# only takes knowledge away.
_MEMBERS = """
select unit.unit, unit.student_key, unit.contribution, place.dimension, place.cell, teacher.teacher_key
from figure_unit as unit
left join figure_place as place
    on place.kind = unit.kind and place.unit = unit.unit and place.frame = 'maths' and place.died is null
left join figure_teacher as teacher
    on teacher.kind = unit.kind and teacher.whole = unit.whole and teacher.unit = unit.unit
    and teacher.until is null
where unit.kind = 'catch_up' and unit.whole = 'maths|caught up 1' and unit.died is null
"""
_WHOLE = "maths|caught up 1"


def rows_of(rng: np.random.Generator, *, teachers: int, schools: int) -> pd.DataFrame:
    """Two years of students in classes of 5 to 24 of schools of very different size."""
    rows = []
    student = 0
    for teacher in range(teachers):
        school = int(rng.integers(schools))
        for _ in range(int(rng.integers(5, 25))):
            student += 1
            lunch = str(rng.choice(["free", "paid", "other"], p=[0.55, 0.4, 0.05]))
            for year in (2025, 2026):
                rows.append((student, school, teacher, year, lunch, round(float(rng.normal(50, 10)), 1)))
    return pd.DataFrame(rows, columns=["student", "school", "teacher", "school_year", "lunch", "score"])


def change(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """Some students leave, some results are corrected, some lunches change."""
    share = float(rng.choice([0.01, 0.1, 0.4]))
    gone = rng.choice(rows["student"].unique(), size=int(share * rows["student"].nunique()), replace=False)
    rows = rows[~rows["student"].isin(gone)].copy()
    corrected = (rng.random(len(rows)) < share) & (rows["school_year"] == 2026).to_numpy()
    rows.loc[corrected, "score"] = rng.normal(50, 10, int(corrected.sum())).round(1)
    moved = rows["student"].isin(rng.choice(rows["student"].unique(), size=2))
    rows.loc[moved, "lunch"] = "paid"
    return rows


def write(database: Database, rows: pd.DataFrame) -> None:
    """Put these rows in the place of whatever was there."""
    taught = rows.drop_duplicates(["teacher", "school", "school_year"])
    section, day = "teacher * 10000 + school_year", "make_date(school_year, 5, 5)"
    statements = {
        "school_version": "distinct school, 'S' || school, 'School ' || school, 'D', 1, null from rows",
        "teacher_version": "distinct teacher + 1, 'T' || teacher, 'T' || teacher, 1, null from rows",
        "student_version": "distinct student, 'p' || student, 'p' || student, 1, null from rows",
        "section_version": f"""{section}, 'C' || teacher, school, school_year - 2020, 'maths', school_year,
            null, 1, null from taught""",
        "section_teacher_version": f"{section}, teacher + 1, 1.0, null, 1, null from taught",
        "enrollment_version": f"student, {section}, 1.0, null, null, 1, null from rows",
        "assessment_version": f"""distinct school_year, 'A' || school_year, 'Check', 'benchmark', 'maths',
            school_year - 2020, school_year, {day}, null::double, null::double, null, 1, null::integer
            from rows""",
        "result_version": f"student, {section}, school_year, 0, 1, score, 'scored', {day}, 1, null from rows",
        "student_group_version": "distinct student, 'lunch', lunch, 1, null from rows",
    }
    with database.write() as cursor:
        cursor.register("rows", rows)
        cursor.register("taught", taught)
        for table, statement in statements.items():
            cursor.execute(f"delete from {table}").fetchall()
            cursor.execute(f"insert into {table} select {statement}").fetchall()
        cursor.execute("delete from level_cut").fetchall()
        for grade in (5, 6):
            cursor.execute(
                "insert into level_cut values ('maths', $grade, 'Check', 50, 'stated', 'x', $now, null)",
                {"grade": grade, "now": date(2026, 1, 1)},
            ).fetchall()
        raise_data_version(cursor)


class Attacker:
    """Sums she was shown, over unknowns: a student's value in a release, until it changed."""

    def __init__(self) -> None:
        self.unknown: dict[tuple[int, str], int] = {}
        self.shown: dict[tuple[str, str, int], list[int]] = {}
        self.targets: list[tuple[str, list[int]]] = []
        self.taught: dict[int, set[int]] = {}

    def watch(self, database: Database) -> None:
        with database.read() as cursor:
            release = read_release(cursor, CATCH_UP.name)
            members = cursor.execute(_MEMBERS).df()
        assert release is not None
        members["unknown"] = [
            self.unknown.setdefault((student, value), len(self.unknown))
            for student, value in zip(members["student_key"], members["contribution"], strict=True)
        ]
        for teacher, part in members.dropna(subset=["teacher_key"]).groupby("teacher_key"):
            self.taught.setdefault(int(teacher), set()).update(part["unknown"])
        everyone = sorted(set(members["unknown"]))
        self._see(release, _WHOLE, "", everyone)
        for (dimension, cell), part in members.groupby(["dimension", "cell"]):
            here = sorted(set(part["unknown"]))
            self._see(release, f"{_WHOLE}|{dimension}", str(cell), here)
            # Too few people, or nearly one teacher's or two's.
            of_teacher = part.groupby("teacher_key")["student_key"].nunique().sort_values(ascending=False)
            left = part["student_key"].nunique() - of_teacher.cumsum()
            if (
                len(left) < MINIMUM_TEACHERS
                or left.iloc[0] < MINIMUM_STUDENTS
                or left.iloc[1] < LOWEST_MINIMUM
            ):
                self.targets.append((f"{dimension} {cell}", here))
            for teacher, hers in part.groupby("teacher_key"):
                self.targets.append((f"teacher {teacher} in {cell}", sorted(set(hers["unknown"]))))

    def _see(self, release: Any, table: str, cell: str, here: list[int]) -> None:
        shown = release.cells.get((table, cell))
        # A figure kept from before tells what it told then.
        if shown is not None and shown.figure is not None and shown.made_in == release.generation:
            self.shown[table, cell, release.generation] = here

    def learns(self, *, teacher: int | None) -> list[str]:
        size = len(self.unknown)
        of_leaders = [key for key in self.shown if teacher is None or "|school" not in key[0]]
        known = [_row(self.shown[key], size) for key in of_leaders]
        own = self.taught.get(teacher, set()) if teacher is not None else set()
        known += [_row([number], size) for number in sorted(own)]
        if not known:
            return []
        basis = np.linalg.svd(np.array(known), full_matrices=False)
        space = basis.Vh[: int((basis.S > 1e-8).sum())]
        targets = [*self.targets, *((f"student {key}", [number]) for key, number in self.unknown.items())]
        return [
            name
            for name, members in targets
            if not set(members) <= own
            and np.linalg.norm((row := _row(members, size)) - space.T @ (space @ row)) < 1e-7
        ]


def _row(members: list[int], size: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    row = np.zeros(size)
    row[members] = 1.0
    return row


@pytest.mark.parametrize("seed", range(12))
def test_two_or_three_releases_around_changes_tell_of_nobody(database: Database, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rows_of(rng, teachers=int(rng.integers(4, 16)), schools=int(rng.integers(1, 5)))
    attacker = Attacker()
    for number in range(3):
        if number:
            rows = change(rng, rows)
        write(database, rows)
        outcome = release_catch_up(database, LOCAL_STEWARD)
        if outcome is not None and outcome.made:
            attacker.watch(database)
    assert attacker.learns(teacher=None) == []
    for teacher in attacker.taught:
        assert attacker.learns(teacher=teacher) == []
