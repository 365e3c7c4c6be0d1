"""Twelve classes of one course at three schools, between two looks at results."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from plc.bright_spots import own_download, own_results, scan_and_store
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.results import confirm_upload, stage_upload
from tests.unit.results.files import HEADER, results, write

TEACHERS = [f"T{number:02}" for number in range(1, 13)]
ANNA, BELA = "T01", "T02"
PLACED = f"{HEADER},school_id,section_id,kind,max_score"
STUDENTS = 14
UNITS = {"Start": "2025-09-05", "Unit 1": "2025-10-10", "Unit 2": "2025-11-14", "Unit 3": "2025-12-12"}
# Bela's class is far behind where it began: what Anna must not learn.
LEVEL = dict.fromkeys(TEACHERS, 0.0) | {BELA: -9.0}


def viewer_of(teacher: str) -> Viewer:
    return Viewer(Role.TEACHER, teacher_id=teacher, account_id=f"account of {teacher}")


def rows_of(teacher: str, units: Sequence[str], *, shift: float = 0.0) -> list[str]:
    """The lines of one class in these units; the same teacher and unit give the same scores."""
    number = TEACHERS.index(teacher)
    start = np.random.default_rng(number).normal(50, 10, STUDENTS)
    lines = []
    for unit in units:
        noise = np.random.default_rng(100 * number + len(unit) + ord(unit[-1])).normal(0, 5, STUDENTS)
        level = 0.0 if unit == "Start" else LEVEL[teacher]
        for place, score in enumerate(start + noise + level + shift):
            lines.append(
                f"{1000 * (number + 1) + place},{teacher},6,Math,2025-26,{unit},{UNITS[unit]},{score:.1f},"
                f"S{number % 3},C{number},{'baseline' if unit == 'Start' else 'common'},100"
            )
    return lines


def add(database: Database, by: Viewer, *lines: str) -> str:
    path = write(database.folder / "came", results(*lines, header=PLACED))
    upload_id = stage_upload(database, by, path).upload_id
    confirm_upload(database, by, upload_id)
    return upload_id


@pytest.fixture(scope="module")
def began(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve classes of one course after a first look; Bela's third unit is still to come."""
    folder = tmp_path_factory.mktemp("course")
    with Database(folder / "plc.duckdb") as database:
        lines = [
            line
            for teacher in TEACHERS
            if teacher != ANNA
            for line in rows_of(teacher, [u for u in UNITS if (teacher, u) != (BELA, "Unit 3")])
        ]
        add(database, LOCAL_STEWARD, *lines)
        add(database, Viewer(Role.TEACHER, teacher_id=ANNA), *rows_of(ANNA, list(UNITS)))
        scan_and_store(database, LOCAL_STEWARD)
    return folder


@pytest.fixture
def district(began: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copytree(began, tmp_path / "course")
    with Database(tmp_path / "course" / "plc.duckdb") as database:
        yield database


def read(database: Database, teacher: str = ANNA) -> list[object]:
    """Every figure of hers, on her page and in her download."""
    viewer = viewer_of(teacher)
    found = own_results(database, viewer)
    told: list[object] = [(one.effect, one.lower, one.upper, one.label, one.own_effect) for one in found]
    told += [one.occasion_frame.to_csv() for one in found]
    return told + [frame.to_csv() for frame in own_download(database, viewer).values()]


def look(database: Database, teacher: str = ANNA) -> list[object]:
    scan_and_store(database, LOCAL_STEWARD)
    return read(database, teacher)
