"""What a child process of the benchmark measures; prints one line of JSON.

A *measurement* opens the generated database anew, does its work once, and reports seconds (of the work,
not of starting Python), the process's peak memory, and a note.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from plc.database import Database

SEED = 1
BARE_MOMENTS = (
    "select section_key, assessment_key, count(score) as n, sum(score) as total,"
    " sum(score * score) as squares from result where section_key is not null"
    " group by section_key, assessment_key"
)
RESULTS_FILE = """
copy (
    select student.pseudonym as student_id, teacher.teacher_id, school.school_id, section.section_id,
        assessment.grade, assessment.subject, assessment.school_year, assessment.assessment_id as assessment,
        assessment.kind, result.taken_on as date, standard.standard_id as standard, result.score,
        assessment.max_score
    from result
    join student using (student_key)
    join assessment using (assessment_key)
    left join standard using (standard_key)
    left join section using (section_key)
    left join section_teacher using (section_key)
    left join teacher using (teacher_key)
    left join school using (school_key)
) to '{path}' (format parquet)
"""


def generate(place: Path, rows: int) -> tuple[float, str, int]:
    """Simulate a district into `plc.duckdb`, and write the same results as a Parquet file."""
    from tests.calibration.loading import simulate
    from tests.calibration.scenarios import SCENARIOS

    start = time.perf_counter()
    with _database(place) as database:
        simulate(database, SCENARIOS["base"], seed=SEED, rows=rows)
        seconds = time.perf_counter() - start
        database.checkpoint()
        with database.read() as cursor:
            (counted,) = cursor.execute("select count(*) from result").fetchall()
            if rows <= 20_000_000:
                path = database.uploads / "results.parquet"
                cursor.execute(RESULTS_FILE.format(path=path)).fetchall()
    return seconds, "", int(counted[0])


def bare_moments(place: Path, rows: int) -> tuple[float, str, int]:
    """The least any scan must do: read every row once into section x assessment moments."""
    with _database(place) as database, database.read() as cursor:
        start = time.perf_counter()
        cells = cursor.execute(BARE_MOMENTS).fetchnumpy()
        return time.perf_counter() - start, f"{len(cells['n']):,} cells", rows


def whole_scan(place: Path, rows: int) -> tuple[float, str, int]:
    """The scan with its defaults."""
    return _scan(place, rows, standards=True)


def scan_without_standards(place: Path, rows: int) -> tuple[float, str, int]:
    """The scan of teachers only."""
    return _scan(place, rows, standards=False)


def _scan(place: Path, rows: int, *, standards: bool) -> tuple[float, str, int]:
    from plc.bright_spots import ScanOptions, scan

    with _database(place) as database:
        start = time.perf_counter()
        found = scan(database, ScanOptions(standards=standards))
        seconds = time.perf_counter() - start
    return (
        seconds,
        f"{len(found.teachers):,} teachers, {int(found.teachers['bright_spot'].sum()):,} flagged",
        rows,
    )


def import_and_scan(place: Path, rows: int) -> tuple[float, str, int]:
    """Stage and confirm the Parquet file into an empty database, then scan."""
    import shutil
    import tempfile

    from plc.bright_spots import scan
    from plc.core.viewer import LOCAL_STEWARD
    from plc.results import confirm_upload, stage_upload

    with tempfile.TemporaryDirectory(dir=place) as folder, Database(Path(folder) / "plc.duckdb") as database:
        path = Path(shutil.copy(place / "uploads" / "results.parquet", Path(folder) / "results.parquet"))
        start = time.perf_counter()
        staged = stage_upload(database, LOCAL_STEWARD, path)
        staged_at = time.perf_counter()
        confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
        confirmed_at = time.perf_counter()
        scan(database)
        end = time.perf_counter()
    parts = (staged_at - start, confirmed_at - staged_at, end - confirmed_at)
    note = "stage {:.1f}, confirm {:.1f}, scan {:.1f} s".format(*parts)
    return end - start, note, rows


def statsmodels(place: Path, rows: int) -> tuple[float, str, int]:
    """MixedLM on section means: school, teacher and teacher-year, section as the residual."""
    from benchmarks.mixed_model import fit_section_means

    with _database(place) as database:
        return *fit_section_means(database), rows


MEASUREMENTS: dict[str, Callable[[Path, int], tuple[float, str, int]]] = {
    "generate": generate,
    "bare moments": bare_moments,
    "scan": whole_scan,
    "scan without standards": scan_without_standards,
    "import from Parquet + scan": import_and_scan,
    "statsmodels": statsmodels,
}


def _database(place: Path) -> Database:
    return Database(place / "plc.duckdb")


if __name__ == "__main__":
    seconds, note, rows = MEASUREMENTS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "seconds": seconds,
        "processor_seconds": used.ru_utime + used.ru_stime,
        # Linux counts in kilobytes.
        "megabytes": used.ru_maxrss / 1024,
        "note": note,
        "rows": rows,
    }
    sys.stdout.write(json.dumps(found) + "\n")
