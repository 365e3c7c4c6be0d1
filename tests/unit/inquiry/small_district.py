"""A district of one course small enough to work out by hand: a team of four, and others outside it.

Every student's true growth is the same, except of Dee's class, whose students end half an SD higher. Ana's
students start a whole SD above the rest, so that a figure that forgets the start would praise her.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import numpy as np

from plc.core.viewer import Role, Viewer
from plc.database import Database

TEAM: Final = ("ana", "ben", "cy", "dee")
OUTSIDE: Final = ("eva", "fay", "gus", "hal")
CLASS_SIZE: Final = 40
# Points of one SD of ability on a test of 100.
SPREAD: Final = 10.0
UNIT_DAYS: Final = (date(2025, 10, 2), date(2025, 11, 6), date(2025, 12, 11))
DEE_IS_AHEAD: Final = 0.5
STANDARDS: Final = ("6.A", "6.B")


def viewer(teacher_id: str, role: Role = Role.TEACHER) -> Viewer:
    """A member of the team."""
    return Viewer(role, teacher_id=teacher_id, team_ids=("team",))


def make_district(
    database: Database,
    *,
    opened: tuple[str, ...] = (),
    team: tuple[str, ...] = TEAM,
    outside: tuple[str, ...] = OUTSIDE,
    sizes: dict[str, int] | None = None,
) -> None:
    """Fill an empty database; `opened` teachers opened their results to the team."""
    random = np.random.default_rng(3)
    rows: dict[str, list[tuple[object, ...]]] = {}
    add = lambda table, *values: rows.setdefault(table, []).append(values)  # noqa: E731
    add("school_version", 1, "S1", "School", "D", 1, None)
    for standard_key, standard_id in enumerate(STANDARDS, start=1):
        add("standard_version", standard_key, standard_id, 1, None)
    add(
        "assessment_version",
        1,
        "B",
        "Start",
        "baseline",
        "maths",
        6,
        2026,
        date(2025, 9, 4),
        100.0,
        0.9,
        None,
        1,
        None,
    )
    for unit, day in enumerate(UNIT_DAYS, start=1):
        add(
            "assessment_version", unit + 1, f"U{unit}", f"Unit {unit}", "common", "maths", 6, 2026, day,
            100.0, 0.8, None, 1, None,
        )  # fmt: skip
    student = 0
    for number, teacher in enumerate((*team, *outside), start=1):
        add("teacher_version", number, teacher, teacher.title(), 1, None)
        add("section_version", number, f"class-{teacher}", 1, 6, "maths", 2026, None, 1, None)
        add("section_teacher_version", number, number, 1.0, None, 1, None)
        for _ in range((sizes or {}).get(teacher, CLASS_SIZE)):
            student += 1
            ability = random.normal() + (1.0 if teacher == "ana" else 0.0)
            add("student_version", student, f"p{student}", f"u{student}", 1, None)
            add("enrollment_version", student, number, 1.0, None, None, 1, None)
            start = 50 + SPREAD * (ability + random.normal(0, 0.33))
            add("result_version", student, number, 1, 0, 1, start, "scored", date(2025, 9, 4), 1, None)
            for unit, day in enumerate(UNIT_DAYS, start=1):
                ahead = DEE_IS_AHEAD if teacher == "dee" else 0.0
                score = 50 + SPREAD * (ability + ahead + random.normal(0, 0.4))
                if unit < len(UNIT_DAYS):
                    add("result_version", student, number, unit + 1, 0, 1, score, "scored", day, 1, None)
                else:
                    for standard in (1, 2):
                        add(
                            "result_version",
                            student,
                            number,
                            unit + 1,
                            standard,
                            1,
                            score,
                            "scored",
                            day,
                            1,
                            None,
                        )
    with database.write() as cursor:
        for table, values in rows.items():
            columns = [list(column) for column in zip(*values, strict=True)]
            lists = ", ".join(f"unnest(${place})" for place in range(1, len(columns) + 1))
            cursor.execute(f"insert into {table} select {lists}", columns).fetchall()
    _make_team(database, team=team, opened=opened)


def _make_team(database: Database, *, team: tuple[str, ...], opened: tuple[str, ...]) -> None:
    today = datetime.now().date()
    with database.write() as cursor:
        cursor.execute(
            "insert into team (team_id, team_name, norms, version, created_by, created_at)"
            " values ('team', 'Grade 6 maths', '', 1, 'ana', $at)",
            {"at": datetime(2025, 9, 1)},
        ).fetchall()
        cursor.execute(
            "insert into team_agreement (team_agreement_id, team_name, agreed_on, until_on, recorded_by,"
            " team_id) values ('yes', 'Grade 6 maths', $on, $until, 'ana', 'team')",
            {"on": date(2025, 9, 1), "until": date(today.year + 1, 12, 31)},
        ).fetchall()
        for teacher in team:
            cursor.execute(
                "insert into team_member values ('team', $teacher, 'member', $on, null)",
                {"teacher": teacher, "on": date(2025, 9, 1)},
            ).fetchall()
            cursor.execute(
                "insert into team_agreement_member values ('yes', $teacher, $on)",
                {"teacher": teacher, "on": date(2025, 9, 2) if teacher in opened else None},
            ).fetchall()
            for mate in team if teacher in opened else ():
                cursor.execute(
                    "insert into team_agreement_opening values ('yes', $teacher, $mate, $on)",
                    {"teacher": teacher, "mate": mate, "on": date(2025, 9, 2)},
                ).fetchall()
