"""The record of every upload, and the folder in which a staged one waits.

`uploads/<upload_id>/` holds the file as it came (`source/`), what it would change and `plan.json`, which
names the folder of changes; it exists only while the upload is staged. A folder being prepared is called
`preparing-<process>-<upload_id>`, so that one left by a process that died is known and removed.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from plc.core import clock
from plc.core.errors import Conflict, Issue, NotAllowed, NotFound
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.results.fixes import Fix
from plc.results.records import ColumnMatch, Counts, StagedUpload, UploadSummary

# Staged files hold student ids, so they do not wait for ever.
STAGED_FOR = timedelta(days=7)
# Tells folders this process is preparing from those a dead process left.
_THIS_PROCESS = uuid.uuid4().hex[:12]
_PREPARING = "preparing-"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a staged upload was read as, and against which data version its changes were worked out.

    `uploader` is whose own classes bound what it may say (see `claims`), None for one that may say anything.
    """

    recognised: str
    format: str
    columns: tuple[ColumnMatch, ...]
    answers: dict[str, str]
    missing_answers: tuple[str, ...]
    already_loaded: bool
    data_version: int
    repeats: dict[int, int]
    counts: Counts
    changes: str
    warnings: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    uploader: str | None = None


def upload_folder(database: Database, upload_id: str) -> Path:
    """Where a staged upload waits."""
    return database.uploads / upload_id


def sees_every_file(viewer: Viewer) -> bool:
    """Whether staged files of everybody are open to the viewer."""
    return viewer.account_id is None or viewer.role is Role.STEWARD


def require_uploader(database: Database, upload_id: str, *, viewer: Viewer) -> None:
    """Raise `NotAllowed` unless the upload is the viewer's own, `NotFound` when there is none.

    A staged file holds student ids as written beside their scores, so of those who sign in only its
    uploader and a steward open it. Where nobody signs in, whoever sits there holds the files anyway.
    """
    if sees_every_file(viewer):
        return
    with database.read() as cursor:
        record = find_upload(cursor, upload_id)
    if not is_uploader(viewer, record):
        raise NotAllowed(
            "Somebody else loaded this file. Only she and a steward can open, change or undo it."
        )


def is_uploader(viewer: Viewer, record: dict[str, Any]) -> bool:
    """Whether what waits in this record's folder is open to the viewer."""
    if sees_every_file(viewer):
        return True
    return viewer.teacher_id is not None and bool(record["uploaded_by"] == viewer.teacher_id)


def told_file(viewer: Viewer, record: dict[str, Any]) -> str:
    """The name of an upload's file as the viewer may read it.

    A name may hold a student's, or her number. So whoever may not open the file reads of which day it is.
    """
    name: str = record["file_name"]
    return name if is_uploader(viewer, record) else f"File of {record['staged_at']:%-d %B %Y}"


def own_folder(database: Database, upload_id: str, *, viewer: Viewer) -> Path:
    """Where an upload waits, for a viewer who may look into it. Raises `NotAllowed`, `NotFound`."""
    require_uploader(database, upload_id, viewer=viewer)
    return upload_folder(database, upload_id)


def prepare_folder(database: Database, upload_id: str) -> Path:
    """A new folder, readable by its owner only, in which this process prepares an upload."""
    folder = database.uploads / f"{_PREPARING}{_THIS_PROCESS}-{upload_id}"
    folder.mkdir(parents=True, mode=0o700)
    (folder / "source").mkdir()
    return folder


def changes_folder(folder: Path) -> Path:
    """A new folder for what an upload would change."""
    changes = folder / f"changes-{uuid.uuid4().hex[:8]}"
    changes.mkdir()
    return changes


def save_plan(folder: Path, plan: Plan) -> None:
    """Write `plan.json`, all of it or nothing."""
    written = folder / "plan.json.new"
    with written.open("w", encoding="utf-8") as file:
        json.dump(asdict(plan), file)
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / "plan.json")


def load_plan(folder: Path) -> Plan:
    """Read `plan.json`. Raises `NotFound` when the upload's folder is gone."""
    try:
        values: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotFound("The staged file is gone. Load it again.") from error
    return Plan(
        recognised=values["recognised"],
        format=values["format"],
        columns=tuple(ColumnMatch(**column) for column in values["columns"]),
        answers=values["answers"],
        missing_answers=tuple(values["missing_answers"]),
        already_loaded=values["already_loaded"],
        data_version=values["data_version"],
        repeats={int(key): rows for key, rows in values["repeats"].items()},
        counts=Counts(**values["counts"]),
        changes=values["changes"],
        warnings=tuple(values.get("warnings", ())),
        fixes=tuple(Fix(**fix) for fix in values.get("fixes", ())),
        uploader=values.get("uploader"),
    )


def write_issues(cursor: Cursor, upload_key: int, issues: Sequence[Issue]) -> None:
    """Replace what is said about an upload."""
    cursor.execute("delete from upload_issue where upload_key = $key", {"key": upload_key}).fetchall()
    if issues:
        cursor.executemany(
            "insert into upload_issue values (?, ?, ?, ?, ?, ?)",
            [
                (upload_key, issue.file, issue.row, issue.column, issue.code, issue.message)
                for issue in issues
            ],
        )


def write_counts(cursor: Cursor, upload_key: int, counts: Counts) -> None:
    """Replace the counts of an upload."""
    cursor.execute(load_sql("results", "set_counts"), {"upload_key": upload_key, **asdict(counts)}).fetchall()


def find_upload(cursor: Cursor, upload_id: str, *, state: str | None = None) -> dict[str, Any]:
    """The record of an upload. Raises `NotFound`, or `Conflict` when it is not in `state`."""
    rows = cursor.execute(load_sql("results", "upload_rows"), {"upload_id": upload_id}).fetchall()
    if not rows:
        raise NotFound("There is no such upload. It may have been discarded; load the file again.")
    names = [column[0] for column in cursor.description or ()]
    record = dict(zip(names, rows[0], strict=True))
    if state is not None and record["state"] != state:
        raise Conflict(
            f"The upload of {record['file_name']} is {record['state']}, not {state}. Reload the page."
        )
    return record


def summarise(cursor: Cursor, record: dict[str, Any]) -> UploadSummary:
    """The summary of one upload's record."""
    rows = cursor.execute(
        load_sql("results", "upload_issues"), {"upload_key": record["upload_key"]}
    ).fetchall()
    return _summary(record, [Issue(*row[1:]) for row in rows])


def staged_summary(cursor: Cursor, record: dict[str, Any], plan: Plan) -> StagedUpload:
    """The summary of a staged upload with what it was recognised as."""
    summary = summarise(cursor, record)
    fields = {name: getattr(summary, name) for name in UploadSummary.__dataclass_fields__}
    return StagedUpload(
        **fields,
        recognised=plan.recognised,
        columns=plan.columns,
        missing_answers=plan.missing_answers,
        already_loaded=plan.already_loaded,
        warnings=plan.warnings,
        corrections=len(plan.fixes),
    )


def list_uploads(database: Database, viewer: Viewer) -> list[UploadSummary]:
    """Every upload, the latest first; with its file's name and its issues those the viewer may open."""
    viewer.require(Permission.UPLOADS_READ)
    remove_leftovers(database)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("results", "upload_rows"), {"upload_id": None}).fetchall()
        names = [column[0] for column in cursor.description or ()]
        said = cursor.execute(load_sql("results", "upload_issues"), {"upload_key": None}).fetchall()
    issues: dict[int, list[Issue]] = {}
    for key, *issue in said:
        issues.setdefault(key, []).append(Issue(*issue))
    records = [dict(zip(names, row, strict=True)) for row in rows]
    return [
        _summary(record, issues.get(record["upload_key"], []))
        if is_uploader(viewer, record)
        else _summary(record | {"file_name": told_file(viewer, record)}, [], may_continue=False)
        for record in records
    ]


def load_staged(database: Database, viewer: Viewer, upload_id: str) -> StagedUpload:
    """A staged upload as `stage_upload` returned it. Raises `NotFound`, `Conflict`."""
    viewer.require(Permission.RESULTS_UPLOAD)
    require_uploader(database, upload_id, viewer=viewer)
    with database.read() as cursor:
        record = find_upload(cursor, upload_id, state="staged")
        return staged_summary(cursor, record, load_plan(upload_folder(database, upload_id)))


def discard_upload(database: Database, viewer: Viewer, upload_id: str) -> None:
    """Forget a staged upload and delete its file; the record that it was discarded stays."""
    viewer.require(Permission.RESULTS_UPLOAD)
    require_uploader(database, upload_id, viewer=viewer)
    with database.write() as cursor:
        record = find_upload(cursor, upload_id, state="staged")
        _mark_discarded(cursor, record["upload_key"])
    remove_folder(upload_folder(database, upload_id))


def remove_leftovers(database: Database) -> None:
    """Delete what uploads no longer staged left behind; discard staged ones that are lost or old."""
    if not database.uploads.is_dir():
        return
    with database.write() as cursor:
        rows = cursor.execute(load_sql("results", "upload_rows"), {"upload_id": None}).fetchall()
        staged = {row[1]: (row[0], row[11]) for row in rows if row[5] == "staged"}
        oldest = clock.now() - STAGED_FOR
        for upload_id, (key, staged_at) in list(staged.items()):
            if staged_at < oldest or not (upload_folder(database, upload_id) / "plan.json").exists():
                _mark_discarded(cursor, key)
                del staged[upload_id]
        ours = f"{_PREPARING}{_THIS_PROCESS}"
        leftovers = [
            entry
            for entry in database.uploads.iterdir()
            if entry.is_dir() and entry.name not in staged and not entry.name.startswith(ours)
        ]
    for folder in leftovers:
        remove_folder(folder)


def remove_folder(folder: Path) -> None:
    """Delete a folder of an upload; what cannot be deleted now is deleted by the next `remove_leftovers`."""
    shutil.rmtree(folder, ignore_errors=True)


def _mark_discarded(cursor: Cursor, upload_key: int) -> None:
    cursor.execute(
        "update upload set state = 'discarded' where upload_key = $key", {"key": upload_key}
    ).fetchall()


def _summary(record: dict[str, Any], issues: Sequence[Issue], *, may_continue: bool = True) -> UploadSummary:
    return UploadSummary(
        upload_id=record["upload_id"],
        file=record["file_name"],
        format=record["format"],
        state=record["state"],
        rows_read=record["rows_read"],
        rows_accepted=record["rows_accepted"],
        rows_duplicate=record["rows_duplicate"],
        rows_superseded=record["rows_superseded"],
        rows_rejected=record["rows_rejected"],
        issues=tuple(issues),
        staged_at=record["staged_at"],
        confirmed_at=record["confirmed_at"],
        undone_at=record["undone_at"],
        may_continue=may_continue,
    )
