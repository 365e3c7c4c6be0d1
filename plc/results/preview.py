"""The first rows of a staged upload as they were understood, to look at before confirming."""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from pathlib import Path

import pandas as pd

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.results.steps import count
from plc.results.tables import BUNDLE, RESULTS_FILE
from plc.results.uploads import load_plan, own_folder

# Enough to page through; the whole file is not copied for a look.
PREVIEW_ROWS = 200


def write_preview(cursor: Cursor, changes: Path, *, bundle: bool) -> None:
    """Keep the first rows as text, and what became of them, beside the changes."""
    shape = BUNDLE["results"] if bundle else RESULTS_FILE
    columns = [
        column.name
        for column in shape.columns
        if count(cursor, f"select count(*) from staged_{shape.name} where {column.name} is not null")
    ] or ["student_id"]
    cursor.execute(
        f"copy (select coalesce(a.verdict, 'accepted') as verdict, "
        f"{', '.join(f's.{name}' for name in columns)} "
        f"from (select rowid as line, * from staged_{shape.name} limit {PREVIEW_ROWS}) s left join "
        f"(select line, "
        f"min(verdict) as verdict from set_aside where table_name = '{shape.name}' group by line) a on "
        f"a.line = s.line "
        "order by s.line) to $path (format parquet)",
        {"path": str(changes / "preview.parquet")},
    ).fetchall()


def staged_preview(database: Database, viewer: Viewer, upload_id: str, *, limit: int = 20) -> pd.DataFrame:
    """The first rows of a staged upload: `verdict` (accepted, duplicate, rejected; kept for a result
    of others that stays as it is) and the columns that hold anything. Student names are not among them.
    Empty once the upload is no longer staged."""
    viewer.require(Permission.RESULTS_UPLOAD)
    folder = own_folder(database, upload_id, viewer=viewer)
    if not folder.exists():
        return pd.DataFrame()
    path = folder / load_plan(folder).changes / "preview.parquet"
    with database.read() as cursor:
        return cursor.execute(
            "select * from read_parquet($path) limit $limit",
            {"path": str(path), "limit": min(limit, PREVIEW_ROWS)},
        ).df()
