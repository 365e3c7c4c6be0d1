"""A school of one class of a subject: what its figure of catching up tells of that class's teacher."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pytest

from plc.core.disclosure import Floor
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.growth import catch_up, release_catch_up, releasing
from plc.growth.records import CatchUpRow
from plc.people.release_records import Kind
from plc.people.releases import forget_releases
from plc.results import confirm_upload, stage_upload
from tests.security.attempts import Attempts

HEAD: Final = (
    "student_id,teacher_id,school_id,section_id,grade,subject,school_year,assessment,date,score,max_score"
)
PRINCIPAL: Final = Viewer(Role.PRINCIPAL, school_ids=("S9",), account_id="p")


def give(database: Database, folder: Path, classes: dict[tuple[int, str], int], *, seed: int = 1) -> None:
    """Two years of classes: by teacher and school, of so many students."""
    rng = np.random.default_rng(seed)
    rows = []
    for (teacher, school), students in classes.items():
        before = np.clip(rng.normal(8, 3, students).round(), 0, 20).astype(int)
        after = np.clip(before + rng.normal(2, 2, students).round(), 0, 20).astype(int)
        for year, scores in ((2025, before), (2026, after)):
            rows += [
                f"{teacher}-{n},T{teacher},{school},C{teacher}-{year},{year - 2020},maths,"
                f"{year - 1}-{year % 100},Spring {year - 2020},{year}-05-10,{score},20"
                for n, score in enumerate(scores)
            ]
    path = folder / "results.csv"
    path.write_text("\n".join((HEAD, *rows, "")))
    confirm_upload(database, LOCAL_STEWARD, stage_upload(database, LOCAL_STEWARD, path).upload_id)
    release_catch_up(database, LOCAL_STEWARD)


def school_read(database: Database) -> CatchUpRow:
    (row,) = catch_up(database, PRINCIPAL).schools
    return row


def tells(row: CatchUpRow) -> bool:
    """Whether any figure of the school stands there."""
    figures = (row.caught_up, row.stayed, row.kept_up, row.on_track, row.at_level)
    return row.growth is not None or any(figure.share is not None for figure in figures)


OTHERS: Final = {(teacher, f"S{teacher % 2}"): 28 for teacher in range(1, 9)}
SUPPORT: Final = {(10, "S9"): 28, (11, "S9"): 2, (12, "S9"): 2}


def test_a_school_of_one_class_and_two_support_teachers_is_not_told(
    database: Database, tmp_path: Path, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(database, tmp_path, OTHERS | SUPPORT)
    attempts.judge(tells(school_read(database)), "a school that is one teacher's class but for four children")
    with database.write() as cursor:
        forget_releases(cursor)
    # Three teachers of whom each has a student, of whom two are left: as it would be without the rule.
    with monkeypatch.context() as weakened:
        weakened.setattr(releasing, "CATCH_UP", Kind("catch_up", Floor(students=2, each=1)))
        release_catch_up(database, LOCAL_STEWARD)
    assert tells(school_read(database))
    outcome = release_catch_up(database, LOCAL_STEWARD)
    assert outcome is not None
    assert outcome.made
    assert not tells(school_read(database))
    again = release_catch_up(database, LOCAL_STEWARD)
    assert again is not None
    assert not again.made


def test_a_school_of_three_classes_is_told(database: Database, tmp_path: Path) -> None:
    give(database, tmp_path, OTHERS | {(teacher, "S9"): 28 for teacher in (10, 11, 12)})
    assert tells(school_read(database))
