"""Confirm a staged upload: everything it changes, in one transaction, and then its file is deleted."""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from pathlib import Path

from plc.core import clock
from plc.core.errors import BadFile
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people import record_access
from plc.results.claims import bound_to, teachers_touched
from plc.results.merge import TARGETS, Target
from plc.results.records import UploadSummary
from plc.results.staging import restage
from plc.results.uploads import (
    find_upload,
    load_plan,
    remove_folder,
    require_uploader,
    summarise,
    upload_folder,
    write_counts,
)


def confirm_upload(
    database: Database, viewer: Viewer, upload_id: str, *, progress: Progress = silent
) -> UploadSummary:
    """Write a staged upload's rows. Either all of it is written or nothing.

    Raises `BadFile` while answers are missing or when every row is rejected, `Conflict` when it is not
    staged, `NotFound`.
    """
    viewer.require(Permission.RESULTS_UPLOAD)
    require_uploader(database, upload_id, viewer=viewer)
    while not _try_confirm(database, viewer, upload_id, progress):
        # Someone changed results since it was staged: work out its changes anew.
        restage(database, upload_id, {}, uploader=bound_to(viewer), progress=progress)
    remove_folder(upload_folder(database, upload_id))
    database.checkpoint()
    progress(1.0, "Confirmed")
    with database.read() as cursor:
        return summarise(cursor, find_upload(cursor, upload_id))


def _try_confirm(database: Database, viewer: Viewer, upload_id: str, progress: Progress) -> bool:
    """Whether the changes were still worked out against the current data, and are now written."""
    folder = upload_folder(database, upload_id)
    with database.write() as cursor:
        record = find_upload(cursor, upload_id, state="staged")
        plan = load_plan(folder)
        if plan.data_version != int(cursor.execute("select version from data_version").fetchall()[0][0]):
            return False
        if plan.uploader is None and bound_to(viewer):
            # Staged before uploads were bound to their uploader's own classes.
            return False
        if plan.missing_answers:
            raise BadFile(
                f"{record['file_name']} cannot be loaded before these are answered: "
                f"{', '.join(plan.missing_answers)}."
            )
        if not plan.counts.accepted and not plan.counts.duplicate:
            raise BadFile(
                f"No row of {record['file_name']} can be added, so there is nothing to confirm. "
                "Correct its problems and load it again."
            )
        touched = teachers_touched(cursor, folder / plan.changes, plan.uploader)
        changed = False
        for place, target in enumerate(TARGETS):
            progress(0.9 * place / len(TARGETS), "Writing the results")
            changed |= _write_target(cursor, target, folder / plan.changes, record["upload_key"])
        write_counts(cursor, record["upload_key"], plan.counts)
        if plan.counts.accepted:
            for key, rows in plan.repeats.items():
                cursor.execute(
                    "insert into upload_repeat values ($upload_key, $repeated, $repeated_rows)",
                    {"upload_key": record["upload_key"], "repeated": key, "repeated_rows": rows},
                ).fetchall()
        cursor.execute(
            load_sql("results", "mark_confirmed"), {"upload_key": record["upload_key"], "now": clock.now()}
        ).fetchall()
        record_access(cursor, viewer, action="confirm", thing=f"upload {upload_id}")
        for teacher_id in touched:
            record_access(
                cursor, viewer, action="load", thing="results of your students", subject_teacher_id=teacher_id
            )
        if changed:
            raise_data_version(cursor)
    return True


def _write_target(cursor: Cursor, target: Target, changes: Path, upload_key: int) -> bool:
    """Mark the rows that end and add the new ones; whether there were any."""
    replaced, added = changes / f"replace_{target.table}.parquet", changes / f"add_{target.table}.parquet"
    if replaced.exists():
        match = " and ".join(f"r.{name} = v.{name}" for name in target.replaced_by)
        cursor.execute(
            f"update {target.table}_version v set superseded_by = $upload_key from read_parquet($path) r "
            f"where v.superseded_by is null and {match}",
            {"upload_key": upload_key, "path": str(replaced)},
        ).fetchall()
    if added.exists():
        names = ", ".join(target.columns)
        cursor.execute(
            f"insert into {target.table}_version ({names}, upload_key, superseded_by) "
            f"select {names}, $upload_key, null from read_parquet($path)",
            {"upload_key": upload_key, "path": str(added)},
        ).fetchall()
    return replaced.exists() or added.exists()
