"""Who may say who teaches a class and who is in it: a data steward, or whoever sits at an unprotected copy.

An upload of anybody else keeps the roster's word. Its rows that claim more are set aside (`reject_claims`).
It adds results that nobody had, and leaves every result of a class that is not her own as it is
(`keep_results`): a made-up score, equal or not, would else be a question about a colleague's student, and one
in its place a weight she knows on a scale that holds everybody.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from plc.core import clock
from plc.core.errors import BadFile, Issue
from plc.core.viewer import UNNAMED_SCHOOL, Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.own_result import school_year_on
from plc.results.issues import file_note
from plc.results.steps import count, put_table, take_step
from plc.results.uploads import sees_every_file
from plc.results.vocabulary import NO_SCORE

# What becomes of a row about a result that stays as it is.
KEPT = "kept"
# Steps that only leave words out or keep what the roster says, once the rows are read.
_KEEPERS = ("keep_teacher_names", "keep_school_names")


def bound_to(viewer: Viewer) -> str | None:
    """The teacher whose own classes bound what the viewer's upload may say; None for who may say anything."""
    return None if sees_every_file(viewer) else viewer.signature


def refuse_roster(uploader: str | None, file: str) -> None:
    """Raise `BadFile` for a bundle of somebody who may not say who teaches whom."""
    if uploader is not None:
        raise BadFile(
            f"{file} is a roster: tables that say who teaches which class. A data steward loads rosters. "
            "Give it to the data steward, or load a results file of your own classes."
        )


def prepare_claims(cursor: Cursor, uploader: str | None) -> None:
    """Make `uploader` (empty where anything may be said) and `own_section`, the classes she teaches."""
    teachers = [] if uploader is None else [uploader]
    put_table(cursor, "uploader", {"teacher_id": (pa.string(), teachers)})
    take_step(cursor, "own_section")


def reject_claims(cursor: Cursor) -> None:
    """Set the problem of the rows that would say who teaches, who is in a class, or how an assessment that
    others gave is scored; leave out names of people and schools that are known by one."""
    take_step(
        cursor,
        "claim_problem",
        unnamed_school=UNNAMED_SCHOOL,
        this_school_year=school_year_on(clock.now().date()),
    )
    for step in ("reject_claims", *_KEEPERS):
        cursor.execute(load_sql("results", step)).fetchall()


def keep_groups(cursor: Cursor, where: dict[str, object]) -> None:
    """Leave out the student groups of others' students and those the roster states, and say so by row."""
    take_step(cursor, "kept_group")
    cursor.execute(load_sql("results", "note_kept_groups"), where).fetchall()
    cursor.execute(load_sql("results", "leave_kept_groups")).fetchall()


def keep_classes(cursor: Cursor) -> None:
    """Leave every result in the class that holds it, unless that is the uploader's own."""
    cursor.execute(load_sql("results", "keep_classes")).fetchall()


def keep_results(cursor: Cursor, where: dict[str, object]) -> None:
    """Leave out the rows about others' results that are here already, equal or not, and say so by row."""
    take_step(cursor, "kept_result", no_score=NO_SCORE)
    for step, parameters in (("note_kept_results", where), ("leave_kept_results", {})):
        cursor.execute(load_sql("results", step), parameters).fetchall()
    cursor.execute(
        "insert into set_aside select 'results_file', line, $verdict from kept_result", {"verdict": KEPT}
    ).fetchall()


def keeps_any(cursor: Cursor) -> bool:
    """Whether results of others stay as they are, whatever the file says of them."""
    return count(cursor, "select count(*) from set_aside where verdict = $kept", {"kept": KEPT}) > 0


def others_note(cursor: Cursor, file: str) -> list[Issue]:
    """One line on how many rows bring results to others' classes."""
    take_step(cursor, "others_line")
    rows = count(cursor, "select count(*) from others_line")
    words = (
        f"{rows:,} rows bring results to classes of others, which had none of these. Whose classes they are "
        "reads on Who looked that they came in."
    )
    return [file_note(file, "others_classes", words)] if rows else []


def teachers_touched(cursor: Cursor, changes: Path, uploader: str | None) -> list[str]:
    """The other teachers whose classes or students a staged upload of `uploader` is about."""
    added = changes / "add_result.parquet"
    if uploader is None or not added.exists():
        return []
    rows = cursor.execute(
        load_sql("results", "teachers_touched"), {"path": str(added), "teacher_id": uploader}
    ).fetchall()
    return [teacher_id for (teacher_id,) in rows]
