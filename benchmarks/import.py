"""How fast do results come in? See README.md, section "How fast is the import?".

    python benchmarks/import.py               # 30 and 1,000,000 rows
    python benchmarks/import.py --rows 5000000

Each measurement runs in a process of its own, so that peak memory means something.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np
import pandas as pd

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import confirm_upload, stage_upload, undo_upload

SEED = 1
ASSESSMENTS, YEARS, SUBJECTS = 10, (2025, 2026), ("Math", "Reading")
CLASS_SIZE, SCHOOLS = 25, 40


def write_files(folder: Path, rows: int) -> None:
    """The same results as CSV and Parquet: every student, in two subjects and years, ten assessments each."""
    random = np.random.default_rng(SEED)
    students = max(rows // (ASSESSMENTS * len(YEARS) * len(SUBJECTS)), 1)
    number = np.arange(students)
    grade = 3 + number % 6
    parts = []
    for year in YEARS:
        for subject in SUBJECTS:
            teacher = np.char.add(f"T{subject[0]}", (random.permutation(students) // CLASS_SIZE).astype(str))
            for assessment in range(ASSESSMENTS):
                autumn = assessment < 4
                month = 9 + assessment if autumn else assessment - 3
                parts.append(
                    pd.DataFrame(
                        {
                            "student_id": np.char.zfill(number.astype(str), 7),
                            "teacher_id": teacher,
                            "school_id": np.char.add("S", (number % SCHOOLS).astype(str)),
                            "section_id": np.char.add(np.char.add(teacher, "-"), grade.astype(str)),
                            "grade": grade,
                            "subject": subject,
                            "school_year": year,
                            "assessment": f"Unit {assessment + 1}",
                            "kind": "common",
                            "date": f"{year - autumn}-{month:02d}-15",
                            "score": random.normal(60, 15, students).clip(0, 100).round(1),
                            "max_score": 100,
                        }
                    )
                )
    frame = pd.concat(parts, ignore_index=True).head(rows)
    frame.to_csv(folder / "results.csv", index=False)
    frame.to_parquet(folder / "results.parquet")


def bare_csv(path: Path, folder: Path) -> dict[str, float]:
    """DuckDB's own reader into a table: no check, no names, no history."""
    with Database(folder / "bare.duckdb") as database:
        copied = database.uploads / "results.csv"
        copied.write_bytes((path / "results.csv").read_bytes())
        with database.write() as cursor:
            start = time.perf_counter()
            cursor.execute(
                "create table bare as select * from read_csv($path, all_varchar=true)", {"path": str(copied)}
            ).fetchall()
        return {"seconds": time.perf_counter() - start}


def import_file(path: Path, folder: Path) -> dict[str, float]:
    """Stage, check, match and confirm; then load the same file again, and undo."""
    with Database(folder / "plc.duckdb") as database:
        start = time.perf_counter()
        staged = stage_upload(database, LOCAL_STEWARD, path)
        staged_at = time.perf_counter()
        done = confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
        confirmed_at = time.perf_counter()
        memory = _peak_megabytes()
        if done.rows_accepted != done.rows_read:
            raise SystemExit(f"{done.rows_rejected} rows rejected: {done.issues[:3]}")
        again = stage_upload(database, LOCAL_STEWARD, path)
        again_at = time.perf_counter()
        confirm_upload(database, LOCAL_STEWARD, again.upload_id)
        undo_at = time.perf_counter()
        undo_upload(database, LOCAL_STEWARD, done.upload_id)
        return {
            "seconds": confirmed_at - start,
            "stage": staged_at - start,
            "confirm": confirmed_at - staged_at,
            "again": again_at - confirmed_at,
            "undo": time.perf_counter() - undo_at,
            "megabytes": memory,
        }


def import_csv(path: Path, folder: Path) -> dict[str, float]:
    """The CSV."""
    return import_file(path / "results.csv", folder)


def import_parquet(path: Path, folder: Path) -> dict[str, float]:
    """The Parquet file."""
    return import_file(path / "results.parquet", folder)


MEASUREMENTS: dict[str, Callable[[Path, Path], dict[str, float]]] = {
    "bare read_csv": bare_csv,
    "import CSV": import_csv,
    "import Parquet": import_parquet,
}


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(name: str, path: Path) -> dict[str, float]:
    """The measurement in a child process, in a database of its own."""
    with tempfile.TemporaryDirectory(prefix="plc-import-") as folder:
        command = [sys.executable, __file__, "--measure", name, "--files", str(path), "--folder", folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


@click.command()
@click.option("--rows", multiple=True, type=int, default=(30, 1_000_000), show_default=True)
@click.option("--measure", hidden=True)
@click.option("--files", type=click.Path(path_type=Path), hidden=True)
@click.option("--folder", type=click.Path(path_type=Path), hidden=True)
def main(rows: tuple[int, ...], measure: str | None, files: Path | None, folder: Path | None) -> None:
    """Print a table of seconds, memory and the ratio to DuckDB's bare reader."""
    if measure is not None and files is not None and folder is not None:
        measured = {"megabytes": 0.0} | MEASUREMENTS[measure](files, folder)
        click.echo(json.dumps({**measured, "megabytes": measured["megabytes"] or _peak_megabytes()}))
        return
    click.echo(
        "| rows | measurement | seconds | stage | confirm | same file again | undo | peak MB | times bare |"
    )
    click.echo("|---|---|---|---|---|---|---|---|---|")
    for count in rows:
        with tempfile.TemporaryDirectory(prefix="plc-import-files-") as path:
            write_files(Path(path), count)
            bare = 0.0
            for name in MEASUREMENTS:
                measured = _measure(name, Path(path))
                bare = bare or measured["seconds"]
                parts = " | ".join(
                    f"{measured[part]:.2f}" if part in measured else ""
                    for part in ("stage", "confirm", "again", "undo")
                )
                click.echo(
                    f"| {count:,} | {name} | {measured['seconds']:.2f} | {parts} "
                    f"| {measured['megabytes']:.0f} | {measured['seconds'] / bare:.1f} |"
                )


if __name__ == "__main__":
    main()
