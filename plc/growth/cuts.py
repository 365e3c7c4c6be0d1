"""Stated cuts: the score at which a student is at level on one assessment of one grade."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from plc.core import clock
from plc.core.disclosure import FLOOR_FOR_TEACHERS
from plc.core.errors import NotFound, PlcError, TooSmall
from plc.core.free_text import SENTENCES
from plc.core.viewer import LOCAL_STEWARD, Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.growth.reduction import reduce_scales
from plc.growth.releasing import release_catch_up
from plc.people import record_access
from plc.results.student_words import shareable_words

_OF_FEW: Final = (
    f"Without the class of any one teacher, {FLOOR_FOR_TEACHERS.students} students of"
    f" {FLOOR_FOR_TEACHERS.teachers} teachers need to be left who took it in one year. State a cut for an"
    " assessment that more classes take."
)


@dataclass(frozen=True, slots=True)
class Scale:
    """An assessment of one grade and subject; `cut_score` is None until somebody states one."""

    subject: str
    grade: int
    assessment_name: str
    cut_score: float | None
    source: str


def list_scales(database: Database, viewer: Viewer) -> list[Scale]:
    """Every scale of the results, with the cut in force."""
    viewer.require(Permission.CATCH_UP_READ)
    with database.read() as cursor:
        return [Scale(*row) for row in cursor.execute(load_sql("growth", "scales_known")).fetchall()]


def state_cut(
    database: Database,
    viewer: Viewer,
    *,
    subject: str,
    grade: int,
    assessment_name: str,
    cut_score: float,
    source: str,
) -> None:
    """Put a cut in force on a scale, in the units of its file, replacing the one before.

    What the page shows is released anew with it, as far as enough students change sides.
    Raises `PlcError` without a source or a finite score, `NotFound` for a scale no result is on, `TooSmall`
    where a class is nearly alone on it: from cut to cut, what is usual would tell its results one by one.
    """
    viewer.require(Permission.LEVEL_CUT_STATE)
    if not math.isfinite(cut_score):
        raise PlcError("Give the score at which a student is at level, as a number.")
    source = shareable_words(database, source, "where the score comes from", most=SENTENCES)
    if not source:
        raise PlcError("Say where this score comes from, so that others can check it.")
    scale = {"subject": subject, "grade": grade, "assessment_name": assessment_name}
    with database.write() as cursor:
        if not cursor.execute(load_sql("growth", "scale_known"), scale).fetchall():
            raise NotFound("No results are on this assessment and grade. Choose one from the list.")
        reduce_scales(cursor, subject=subject)
        if not cursor.execute(load_sql("growth", "scale_of_enough"), scale).fetchall():
            raise TooSmall(_OF_FEW)
        now = clock.now()
        cursor.execute(load_sql("growth", "withdraw_cut"), scale | {"withdrawn_at": now}).fetchall()
        cursor.execute(
            load_sql("growth", "state_cut"),
            scale
            | {
                "cut_score": cut_score,
                "source": source,
                "stated_by": viewer.teacher_id or str(viewer.role),
                "stated_at": now,
            },
        ).fetchall()
        record_access(cursor, viewer, action="state", thing='where "at level" begins')
        raise_data_version(cursor)
    release_catch_up(database, LOCAL_STEWARD)
