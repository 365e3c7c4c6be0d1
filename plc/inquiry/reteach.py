"""Reteach: a standard taught again to a group inside one's own class, and what the re-check shows.

Students are a teacher's own, by a code inside the class and the name she keeps for herself, shown to her
alone. What the team reads is in `reteach_team`.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Final

from plc.core import clock
from plc.core.errors import NotFound, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_steps import keep
from plc.inquiry.inquiries import read_inquiry
from plc.inquiry.reteach_records import Check, GroupStudent, Pair, Recheck, Reteach
from plc.people.audit import record_access
from plc.results.student_names import own_student_names

# Half of a standard's points is where teams commonly begin; each teacher sets her own.
USUAL_LEAST_PERCENT: Final = 50.0
# A code is short enough to read aloud and long enough to be one student's in a class.
CODE_LENGTH: Final = 3
_LONGEST_CODE: Final = 12
# Letters and digits that nobody mistakes for another.
_SIGNS: Final = "ABCDEFGHJKMNPQRTUVWXYZ346789"


def own_checks(database: Database, viewer: Viewer) -> list[Check]:
    """Every standard that an assessment of the viewer's own classes reports, the latest first."""
    teacher_id = viewer.own_teacher_id(Permission.RETEACH_PLAN)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("inquiry", "reteach_checks"), {"teacher_id": teacher_id}).fetchall()
    return [Check(*row) for row in rows]


def students_of(database: Database, viewer: Viewer, check: Check) -> list[GroupStudent]:
    """The students of one of the viewer's own classes by what they reached, the lowest first."""
    viewer.own_teacher_id(Permission.RETEACH_PLAN)
    names = own_student_names(database, viewer)
    with database.read() as cursor:
        found = _students(cursor, viewer, check)
    return [replace(one, name=names.get(one.student_key, "")) for one in found]


def plan_reteach(
    database: Database,
    viewer: Viewer,
    check: Check,
    *,
    recheck_on: date,
    least_percent: float = USUAL_LEAST_PERCENT,
    student_keys: Collection[int] | None = None,
    inquiry_id: str | None = None,
) -> str:
    """Plan to teach a standard again; returns the plan's id.

    The group is every student below `least_percent` of the standard's points, or `student_keys` out of the
    class. The same plan made twice, by a double press, is one. Raises `PlcError` for an empty group or a
    re-check before the first check.
    """
    teacher_id = viewer.own_teacher_id(Permission.RETEACH_PLAN)
    if not 0 < least_percent <= 100:
        raise PlcError("Choose a percent of the points between 1 and 100.")
    if recheck_on <= check.taken_on:
        raise PlcError("The re-check comes after the first check. Choose a later date.")
    with database.write() as cursor:
        group = [
            one.student_key
            for one in _students(cursor, viewer, check)
            if (one.percent < least_percent if student_keys is None else one.student_key in student_keys)
        ]
        if not group:
            raise PlcError("Nobody is in the group. Choose a higher percent, or another standard.")
        plan = _class_of(check) | {
            "teacher_id": teacher_id, "assessment_name": check.assessment_name,
            "standard_id": check.standard_id, "recheck_on": recheck_on,
        }  # fmt: skip
        students = {"student_keys": sorted(group)}
        if same := cursor.execute(load_sql("inquiry", "same_reteach"), plan | students).fetchall():
            return str(same[0][0])
        team_id = read_inquiry(cursor, viewer, inquiry_id).team_id if inquiry_id else None
        asked = {"inquiry_id": inquiry_id, "team_id": team_id, "least_percent": least_percent}
        reteach_id = _add(cursor, plan | asked, students)
        record_access(cursor, viewer, action="group own students", thing="reteach")
    return reteach_id


def _add(cursor: Cursor, plan: dict[str, object], students: dict[str, list[int]]) -> str:
    """Write down a new plan and its group; returns its id."""
    new = {"reteach_id": str(uuid.uuid4())}
    cursor.execute(load_sql("inquiry", "add_reteach"), plan | new | {"at": clock.now()}).fetchall()
    cursor.execute(load_sql("inquiry", "add_reteach_students"), new | students).fetchall()
    return new["reteach_id"]


def list_reteaches(database: Database, viewer: Viewer) -> list[Reteach]:
    """The viewer's own plans, the next re-check first."""
    viewer.own_teacher_id(Permission.RETEACH_PLAN)
    with database.read() as cursor:
        return _reteaches(cursor, viewer, None)


def recheck(database: Database, viewer: Viewer, reteach_id: str) -> Recheck:
    """The re-check of one of the viewer's own groups, matched by student. Raises `NotFound`."""
    teacher_id = viewer.own_teacher_id(Permission.RETEACH_PLAN)
    names = own_student_names(database, viewer)
    with database.read() as cursor:
        found = _reteaches(cursor, viewer, reteach_id)
        if not found:
            raise NotFound("There is no such plan of yours.")
        (plan,) = found
        codes = _codes(cursor, teacher_id, _class_of(plan))
        keep(
            cursor, "reteach_recheck", reteach_id=reteach_id, inquiry_id=None, teacher_id=teacher_id,
            team_ids=list(viewer.team_ids),
        )  # fmt: skip
        rows = cursor.execute(load_sql("inquiry", "reteach_pairs"), {"teacher_id": teacher_id}).fetchall()
    pairs = [
        Pair(
            codes.get(key) or _code(pseudonym, CODE_LENGTH),
            first,
            again,
            None if again is None else again >= plan.least_percent,
            names.get(key, ""),
        )
        for key, pseudonym, first, again, *_ in rows
    ]
    named = [(name, day) for *_, name, day in rows if name is not None]
    changes = [
        one.recheck_percent - one.first_percent
        for one in pairs
        if one.recheck_percent is not None and one.first_percent is not None
    ]
    matched = sum(one.moved is not None for one in pairs)
    return Recheck(
        recheck_name=named[0][0] if named else None,
        rechecked_on=named[0][1] if named else None,
        matched=matched,
        unmatched=len(pairs) - matched,
        moved=sum(one.moved is True for one in pairs),
        mean_change=sum(changes) / len(changes) if changes else None,
        pairs=tuple(sorted(pairs, key=lambda one: one.code)),
    )


def name_recheck(database: Database, viewer: Viewer, reteach_id: str, *, assessment_name: str | None) -> None:
    """Say which assessment is the re-check; None takes the first later one that reports the standard."""
    _change(database, viewer, "name_recheck", {"reteach_id": reteach_id, "recheck_name": assessment_name})


def end_reteach(database: Database, viewer: Viewer, reteach_id: str, *, back: bool = False) -> None:
    """Put a plan away, or take it `back`. Raises `NotFound`."""
    ended_at = None if back else clock.now()
    _change(database, viewer, "end_reteach", {"reteach_id": reteach_id, "ended_at": ended_at})


def _students(cursor: Cursor, viewer: Viewer, check: Check) -> list[GroupStudent]:
    teacher_id = viewer.own_teacher_id(Permission.RETEACH_PLAN)
    codes = _codes(cursor, teacher_id, _class_of(check))
    rows = cursor.execute(
        load_sql("inquiry", "reteach_students"),
        _class_of(check)
        | {
            "teacher_id": teacher_id,
            "assessment_name": check.assessment_name,
            "standard_id": check.standard_id,
        },
    ).fetchall()
    found = [
        GroupStudent(key, codes.get(key) or _code(pseudonym, CODE_LENGTH), percent)
        for key, pseudonym, percent in rows
        if percent is not None
    ]
    return sorted(found, key=lambda one: (one.percent, one.code))


def _codes(cursor: Cursor, teacher_id: str, of_class: dict[str, object]) -> dict[int, str]:
    """The code of each student of the class: as few signs as tell the class apart."""
    rows = cursor.execute(
        load_sql("inquiry", "reteach_class"), of_class | {"teacher_id": teacher_id}
    ).fetchall()
    for length in range(CODE_LENGTH, _LONGEST_CODE):
        codes = {key: _code(pseudonym, length) for key, pseudonym in rows}
        if len(set(codes.values())) == len(codes):
            break
    return codes


def _code(pseudonym: str, length: int) -> str:
    """A few signs that the pseudonym gives and that do not lead back to it."""
    digest = hashlib.sha256(pseudonym.encode()).digest()
    return "".join(_SIGNS[byte % len(_SIGNS)] for byte in digest[:length])


def _class_of(found: Check | Reteach) -> dict[str, object]:
    return {
        "section_id": found.section_id,
        "subject": found.subject,
        "school_year": found.school_year,
    }


def _reteaches(cursor: Cursor, viewer: Viewer, reteach_id: str | None) -> list[Reteach]:
    rows = cursor.execute(
        load_sql("inquiry", "reteaches"), {"teacher_id": viewer.teacher_id, "reteach_id": reteach_id}
    ).fetchall()
    return [Reteach(*row) for row in rows]


def _change(database: Database, viewer: Viewer, statement: str, parameters: dict[str, object]) -> None:
    teacher_id = viewer.own_teacher_id(Permission.RETEACH_PLAN)
    with database.write() as cursor:
        changed = cursor.execute(
            load_sql("inquiry", statement), parameters | {"teacher_id": teacher_id}
        ).fetchall()
        if not changed:
            raise NotFound("There is no such plan of yours.")
