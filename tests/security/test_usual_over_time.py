"""What is usual for a teacher's students who began behind: what two looks around a colleague's class tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.growth import own_catch_up, release_catch_up, releasing
from plc.results import confirm_upload, stage_upload, undo_upload
from tests.security.attempts import Attempts

ME: Final = Viewer(Role.TEACHER, teacher_id="T1", account_id="a")
HEAD: Final = (
    "student_id,teacher_id,school_id,section_id,grade,subject,school_year,assessment,date,score,max_score"
)
CHECKS: Final = ((2025, "Spring 5"), (2026, "Spring 6"))
SIZE: Final = 28


class Looks:
    """A course of eight teachers, followed over two years, and what one of them reads of her own students."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.rng = np.random.default_rng(1)
        self.rows: list[str] = []
        self.give(*range(1, 9))

    def give(self, *teachers: int, level: float = 1, students: int = SIZE) -> str:
        """Their classes of two years, the second so many points above the first; returns the upload."""
        rows = []
        for teacher in teachers:
            for year, name in CHECKS:
                # The reader's students begin lower, so that enough of them began behind.
                mean = (7 if teacher == 1 else 10) + (level if year == CHECKS[1][0] else 0)
                scores = np.clip(self.rng.normal(mean, 3, students).round(), 0, 20).astype(int)
                rows += [
                    f"{teacher}{n:03d},T{teacher},S{teacher % 2},C{teacher}-{year},{year - 2020},maths,"
                    f"{year - 1}-{year % 100},{name},{year}-05-10,{score},20"
                    for n, score in enumerate(scores)
                ]
        self.rows += rows
        return self._load(rows)

    def quiz(self, *teachers: int) -> None:
        """A check of this year that six students of each of them had: too few to follow anyone by."""
        self._load(
            f"{teacher}{n:03d},T{teacher},S{teacher % 2},C{teacher}-2026,6,maths,2025-26,"
            "Quiz,2025-10-10,10,20"
            for teacher in teachers
            for n in range(6)
        )

    def again(self, *teachers: int) -> None:
        """Their results wrongly, a point more each, and then as they were."""
        names = {f"T{teacher}" for teacher in teachers}
        for points in (1, 0):
            self._load(
                ",".join((*row[:9], str((int(row[9]) + points) % 21), row[10]))
                for row in (line.split(",") for line in self.rows)
                if row[1] in names
            )

    def _load(self, rows: Iterable[str]) -> str:
        path = self.folder / "results.csv"
        path.write_text("\n".join((HEAD, *rows, "")))
        staged = stage_upload(self.database, LOCAL_STEWARD, path)
        confirm_upload(self.database, LOCAL_STEWARD, staged.upload_id)
        return staged.upload_id

    def told(self) -> dict[str, object]:
        release_catch_up(self.database, LOCAL_STEWARD)
        (own,) = own_catch_up(self.database, ME)
        assert own.enough
        return asdict(own)


@pytest.fixture
def looks(database: Database, tmp_path: Path) -> Looks:
    return Looks(database, tmp_path)


def test_two_looks_around_a_colleagues_class_say_the_same(
    looks: Looks, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = looks.told()
    late = looks.give(9, level=6)
    attempts.judge(looks.told() != told, "a class that came late")
    undo_upload(looks.database, LOCAL_STEWARD, late)
    attempts.judge(looks.told() != told, "a class that was taken back")
    looks.give(9, level=-6)
    looks.give(2, 3, 4, students=4)
    attempts.judge(looks.told() != told, "a late class beside a few corrected results of three colleagues")
    monkeypatch.setattr(releasing, "told_usual", lambda latest: {})
    assert looks.told() != told


def test_a_late_class_is_not_let_through_by_results_that_are_in_no_figure(
    looks: Looks, attempts: Attempts
) -> None:
    told = looks.told()
    looks.give(9, level=6)
    looks.quiz(2, 3, 4)
    attempts.judge(looks.told() != told, "a late class beside a quiz of three colleagues")
    looks.again(2, 3, 4)
    attempts.judge(looks.told() != told, "a late class beside three loaded wrongly and then as they were")


def test_it_is_taken_anew_once_enough_have_changed_and_her_own_class_counts_at_once(looks: Looks) -> None:
    told = looks.told()
    looks.give(*range(9, 17), level=6)
    anew = looks.told()
    assert anew["expected"] != told["expected"]
    looks.give(1, level=9)
    assert looks.told()["caught_up"] != anew["caught_up"]
