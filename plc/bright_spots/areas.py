"""Where bright spots gather, in counts of teachers: from a frozen release, never from the latest scan.

Teachers are counted by subject and grade band; a count is shown from three teachers on, and changes only when
three or more came or went, so that no scan tells who is new among them.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

import pandas as pd

from plc.bright_spots.labels import SHOWN_BY_CONSENT
from plc.core.disclosure import MINIMUM_TEACHERS, Floor
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.release_records import Kind, Outcome, Proposal, Table
from plc.people.releases import is_due, read_release, release
from plc.people.visibility import keep_visible_teachers

# The people counted are teachers: each is a "student" (under a negative number, which no student has) of one
# teacher, herself. No reader has a class in it: of three, two are left beside any one.
PRACTICE_AREAS: Final = Kind(
    "practice_areas",
    Floor(students=MINIMUM_TEACHERS - 1, teachers=MINIMUM_TEACHERS, each=1),
    readers_teach=False,
)
_WHOLE: Final = "bright spots"
_BY_SUBJECT: Final = Table("subject", _WHOLE, "subject")
_BY_GRADES: Final = Table("subject and grades", _WHOLE, "subject and grades")


def release_areas(cursor: Cursor, viewer: Viewer, *, if_due: bool) -> Outcome | None:
    """Release the counts of the latest scan as far as they may be shown; None where nothing was due."""
    if if_due and not is_due(cursor, PRACTICE_AREAS):
        return None
    flagged = cursor.execute(
        load_sql("bright_spots", "flagged_teachers"), {"labels": list(SHOWN_BY_CONSENT)}
    ).df()
    flagged["unit"] = [
        _unit(teacher, subject)
        for teacher, subject in zip(flagged["teacher_id"], flagged["subject"], strict=True)
    ]
    flagged["area"] = [
        _area(subject, grades) for subject, grades in zip(flagged["subject"], flagged["grades"], strict=True)
    ]
    _propose(cursor, flagged)
    return release(cursor, viewer, PRACTICE_AREAS, _proposal(cursor, flagged))


def practice_areas(database: Database, viewer: Viewer) -> pd.DataFrame:
    """How many teachers stand behind the bright spots of each subject and grade band.

    Only where at least three of them are not named to this viewer, so that she cannot work out the others.
    Columns: subject, grades, teachers.
    """
    viewer.require(Permission.PRACTICE_AREAS_READ)
    with database.read() as cursor:
        shown = read_release(cursor, PRACTICE_AREAS.name)
        keep_visible_teachers(cursor, viewer)
        named = {
            _area(subject, grades): teachers
            for subject, grades, teachers in cursor.execute(
                load_sql("bright_spots", "visible_areas"),
                {"labels": list(SHOWN_BY_CONSENT), "teacher_id": viewer.teacher_id},
            ).fetchall()
        }
    rows = []
    for (table, cell), found in shown.cells.items() if shown else ():
        if table == _BY_GRADES.name and found.figure is not None:
            teachers = int(found.figure["teachers"])
            if teachers - named.get(cell, 0) >= MINIMUM_TEACHERS:
                subject, grades = json.loads(cell)
                rows.append({"subject": subject, "grades": grades, "teachers": teachers})
    frame = pd.DataFrame(rows, columns=["subject", "grades", "teachers"])
    return frame.sort_values(["subject", "grades"], ignore_index=True)


def released_overlaps(cursor: Cursor) -> list[dict[str, Any]]:
    """Flags by subject and variant as of the release, of subjects whose count is shown."""
    shown = read_release(cursor, PRACTICE_AREAS.name)
    return [
        {"subject": cell} | overlap
        for (table, cell), found in (shown.cells.items() if shown else ())
        if table == _BY_SUBJECT.name and found.figure is not None
        for overlap in found.figure["overlaps"]
    ]


def _propose(cursor: Cursor, flagged: pd.DataFrame) -> None:
    """Leave what `plc.people.releases` reads."""
    unit = {"whole": _WHOLE, "unit": flagged["unit"]}
    places = [
        pd.DataFrame(
            {"frame": _WHOLE, "dimension": table.dimension, "unit": flagged["unit"], "cell": flagged[column]}
        )
        for table, column in ((_BY_SUBJECT, "subject"), (_BY_GRADES, "area"))
    ]
    frames = {
        "proposed_unit": pd.DataFrame(unit | {"student_key": -flagged["teacher_key"], "contribution": "1"}),
        "proposed_place": pd.concat(places, ignore_index=True),
        "proposed_teacher": pd.DataFrame(unit | {"teacher_key": flagged["teacher_key"]}),
        "proposed_whole": pd.DataFrame({"whole": [_WHOLE], "frame": [_WHOLE]}),
    }
    for table, frame in frames.items():
        text = [
            column for column in ("whole", "frame", "dimension", "cell", "contribution") if column in frame
        ]
        cursor.register("supplied", frame.astype(dict.fromkeys(text, "string")))
        cursor.execute(f"create or replace temp table {table} as select * from supplied").fetchall()  # noqa: S608
        cursor.unregister("supplied")


def _proposal(cursor: Cursor, flagged: pd.DataFrame) -> Proposal:
    overlaps: dict[str, list[dict[str, Any]]] = {}
    columns = ("variant", "flagged", "flagged_in_variant", "flagged_in_both")
    for subject, *counts in cursor.execute(load_sql("bright_spots", "latest_overlaps")).fetchall():
        overlaps.setdefault(subject, []).append(dict(zip(columns, counts, strict=True)))
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for subject, part in flagged.groupby("subject"):
        cells[_BY_SUBJECT.name, str(subject)] = {
            "teachers": len(part),
            "overlaps": overlaps.get(str(subject), []),
        }
    for area, part in flagged.groupby("area"):
        cells[_BY_GRADES.name, str(area)] = {"teachers": len(part)}
    return Proposal((_BY_SUBJECT, _BY_GRADES), cells, {_WHOLE: {"teachers": len(flagged)}})


def _area(subject: str, grades: str) -> str:
    return json.dumps([subject, grades])


def _unit(teacher_id: str, subject: str) -> int:
    """The same number for the same teacher and subject in every release."""
    return int(hashlib.sha256(json.dumps([teacher_id, subject]).encode()).hexdigest()[:15], 16)
