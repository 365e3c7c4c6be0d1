"""A small district that came in as files, as a real one does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.practices.renewing import renew
from plc.results import confirm_upload, stage_upload

Load = Callable[..., str]


def district_rows(*, years: tuple[int, ...] = (2025, 2026), students: int = 12) -> pd.DataFrame:
    """Six teachers of two schools; every student is there in both years, with a benchmark twice a year."""
    rng = np.random.default_rng(5)
    rows = []
    for teacher in range(6):
        for place in range(students):
            level = rng.normal()
            for year in years:
                # Another teacher each year: what one's own teacher gave the year before is no starting point.
                taught_by = (teacher + years[-1] - year) % 6
                for occasion, day in enumerate((f"{year - 1}-10-05", f"{year}-05-05")):
                    rows.append(
                        {
                            "student_id": f"00{teacher}{place:02d}",
                            "teacher_id": f"T{taught_by}",
                            "teacher_name": f"Ms {taught_by}",
                            "school_id": f"S{taught_by % 2}",
                            "section_id": f"C{taught_by}-{year}",
                            "grade": 5 + year - years[0],
                            "subject": "maths",
                            "school_year": year,
                            "assessment": f"Check {occasion + 1}",
                            "kind": "benchmark",
                            "date": day,
                            "score": round(50 + 10 * level + 6 * rng.normal(), 1),
                            "group_lunch": "free" if place % 2 else "paid",
                        }
                    )
    return pd.DataFrame(rows)


@pytest.fixture
def load(database: Database, tmp_path: Path) -> Load:
    """Import rows as a file; the upload's id."""
    count = iter(range(100))

    def import_rows(rows: pd.DataFrame) -> str:
        path = tmp_path / f"results-{next(count)}.csv"
        rows.to_csv(path, index=False)
        staged = stage_upload(database, LOCAL_STEWARD, path)
        assert not staged.missing_answers
        confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
        path.unlink()
        return staged.upload_id

    return import_rows


@pytest.fixture
def district(database: Database, load: Load) -> Database:
    """The district, imported and looked at."""
    load(district_rows())
    renew(database, LOCAL_STEWARD)
    return database
