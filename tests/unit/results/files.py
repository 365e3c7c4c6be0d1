"""Files to import, written as text, and shorthands for what an import leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import StagedUpload, UploadSummary, confirm_upload, stage_upload

HEADER = "student_id,teacher_id,grade,subject,school_year,assessment,date,score"
COLUMNS = tuple(HEADER.split(","))
# What a gradebook leaves out.
ANSWERS = {"subject": "Math", "school_year": "2026", "assessment": "Unit 1", "date": "2025-10-01"}

CURRENT_TABLES = (
    "school", "teacher", "student", "student_group", "section", "section_teacher", "enrollment", "assessment",
    "standard", "result",
)  # fmt: skip


def row(student: str = "000123", score: object = 10, **other: object) -> str:
    """One line under `HEADER`."""
    values = {
        "student_id": student, "teacher_id": "T1", "grade": "6", "subject": "Math", "school_year": "2025-26",
        "assessment": "Unit 1", "date": "2025-10-01", "score": score,
    } | other  # fmt: skip
    return ",".join(str(values[column]) for column in COLUMNS)


def results(*rows: str, header: str = HEADER) -> str:
    """A results file."""
    return "\n".join([header, *rows]) + "\n"


def write(folder: Path, content: str | bytes, name: str = "results.csv") -> Path:
    """A file on disk."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def stage(database: Database, content: str | bytes | Path, **answers: str) -> StagedUpload:
    """Stage a file beside the database."""
    path = content if isinstance(content, Path) else write(database.folder / "came", content)
    staged = stage_upload(database, LOCAL_STEWARD, path, answers=answers)
    assert adds_up(staged)
    return staged


def load(database: Database, content: str | bytes | Path, **answers: str) -> UploadSummary:
    """Stage and confirm a file."""
    staged = stage(database, content, **answers)
    confirmed = confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert adds_up(confirmed)
    return confirmed


def adds_up(upload: UploadSummary) -> bool:
    """Whether every row read is accounted for."""
    return upload.rows_read == upload.rows_accepted + upload.rows_duplicate + upload.rows_rejected


def counts(upload: UploadSummary) -> tuple[int, int, int, int, int]:
    """Read, accepted, duplicate, superseded, rejected."""
    return (
        upload.rows_read,
        upload.rows_accepted,
        upload.rows_duplicate,
        upload.rows_superseded,
        upload.rows_rejected,
    )


def problems(upload: UploadSummary) -> list[tuple[int | None, str | None, str]]:
    """Row, column and code of every issue."""
    return [(issue.row, issue.column, issue.code) for issue in upload.issues]


def codes(upload: UploadSummary) -> set[str]:
    """The codes of an upload's issues."""
    return {issue.code for issue in upload.issues}


def query(database: Database, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    with database.read() as cursor:
        return cursor.execute(sql, dict(parameters or {})).fetchall()


def scores(database: Database) -> list[float | None]:
    """Current scores in order."""
    return [score for (score,) in query(database, "select score from result order by score nulls first")]


def everything(
    database: Database, tables: Sequence[str] = CURRENT_TABLES
) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every results table, history included."""
    return {table: sorted(query(database, f"select * from {table}_version"), key=repr) for table in tables}


def bundle(folder: Path, **tables: Iterable[str]) -> Path:
    """A folder of CSV tables, each given as its lines."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return folder


def roster(folder: Path, **other: Iterable[str]) -> Path:
    """Two sections of grade 6 mathematics at one school, with three students each and one assessment."""
    tables: dict[str, Iterable[str]] = {
        "schools": ["school_id,name", "A,Ash Grove"],
        "teachers": ["teacher_id,name", "T1,Ms One", "T2,Mr Two"],
        "students": ["student_id,group_el", *(f"{number:05d},no" for number in range(1, 7))],
        "sections": [
            "section_id,school_id,grade,subject,school_year",
            "S1,A,6,Math,2026",
            "S2,A,6,Math,2026",
        ],
        "section_teachers": ["section_id,teacher_id", "S1,T1", "S2,T2"],
        "enrollments": [
            "student_id,section_id",
            *(f"{number:05d},{'S1' if number <= 3 else 'S2'}" for number in range(1, 7)),
        ],
        "assessments": [
            "assessment_id,name,kind,subject,grade,school_year,date,max_score",
            "u1,Unit 1,common,Math,6,2026,2025-10-01,20",
        ],
        "results": [
            "student_id,assessment_id,score",
            *(f"{number:05d},u1,{number}" for number in range(1, 7)),
        ],
    } | other
    return bundle(folder, **tables)
