"""Stage a file or a bundle: read it, check every row, work out what it would change. Writes no results."""

from __future__ import annotations

import errno
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from plc.core import clock
from plc.core.errors import BadFile, DatabaseUnavailable, Issue, PlcError
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, DuckDBError
from plc.database.sql import load_sql
from plc.people.roster import person_behind
from plc.results.claims import bound_to, keeps_any, prepare_claims
from plc.results.differences import write_differences
from plc.results.fixes import Fix, prepare_fixes
from plc.results.incoming import read_incoming
from plc.results.issues import file_note
from plc.results.merge import TARGETS, write_changes
from plc.results.preview import write_preview
from plc.results.problems import upload_warnings, write_problems
from plc.results.pseudonyms import open_pseudonyms
from plc.results.receiving import Received, receive
from plc.results.records import StagedUpload
from plc.results.results_file import Reading
from plc.results.uploads import (
    Plan,
    changes_folder,
    find_upload,
    load_plan,
    prepare_folder,
    remove_folder,
    remove_leftovers,
    require_uploader,
    save_plan,
    staged_summary,
    upload_folder,
    write_counts,
    write_issues,
)

_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


def stage_upload(
    database: Database,
    viewer: Viewer,
    came: Path | bytes,
    *,
    file_name: str | None = None,
    answers: Mapping[str, str] = _NO_ANSWERS,
    progress: Progress = silent,
) -> StagedUpload:
    """Copy a file, folder or zip, check every row and say what confirming it would do.

    What came over the network comes as its bytes, so that it never lies outside the folder of uploads.
    `answers` give a column's value for the whole file. Raises `BadFile` when it is no table at all,
    `DatabaseUnavailable` when the pseudonym key is missing.
    """
    viewer.require(Permission.RESULTS_UPLOAD)
    remove_leftovers(database)
    progress(0.0, "Receiving the file")
    upload_id = uuid.uuid4().hex
    folder = prepare_folder(database, upload_id)
    try:
        received = receive(came, folder / "source", name=file_name or _own_name(came))
        return _stage(database, viewer, upload_id, folder, received, dict(answers), progress=progress)
    except (OSError, DuckDBError) as error:
        if (trouble := _trouble(database, came, error)) is None:
            raise
        raise trouble from error
    finally:
        # Gone already when it became the staged folder.
        remove_folder(folder)


def answer_upload(
    database: Database,
    viewer: Viewer,
    upload_id: str,
    answers: Mapping[str, str],
    *,
    progress: Progress = silent,
) -> StagedUpload:
    """Check a staged upload again with more answers; the earlier answers stay unless given anew."""
    viewer.require(Permission.RESULTS_UPLOAD)
    require_uploader(database, upload_id, viewer=viewer)
    return restage(database, upload_id, dict(answers), uploader=bound_to(viewer), progress=progress)


def restage(
    database: Database,
    upload_id: str,
    answers: Mapping[str, str],
    *,
    uploader: str | None,
    fixes: Sequence[Fix] | None = None,
    progress: Progress = silent,
) -> StagedUpload:
    """Work out a staged upload's changes anew, on the data as it is now; `fixes` replace earlier ones.

    `uploader` is whose own classes bound what it may say (`claims.bound_to`); a bound once set stays.
    """
    folder = upload_folder(database, upload_id)
    with database.read() as cursor:
        record = find_upload(cursor, upload_id, state="staged")
    before = load_plan(folder)
    paths = tuple(sorted((folder / "source").iterdir()))
    received = Received(record["file_name"], record["sha256"], paths)
    merged = {**before.answers, **answers}
    kept = before.fixes if fixes is None else tuple(fixes)
    with database.read() as cursor:
        reading, plan = _read(
            cursor,
            database,
            received,
            changes_folder(folder),
            merged,
            fixes=kept,
            uploader=before.uploader or uploader,
            progress=progress,
        )
    with database.write() as cursor:
        find_upload(cursor, upload_id, state="staged")
        save_plan(folder, plan)
        _write_record(cursor, record["upload_key"], reading)
        cursor.execute(
            "update upload set format = $format where upload_key = $key",
            {"format": plan.format, "key": record["upload_key"]},
        ).fetchall()
    remove_folder(folder / before.changes)
    with database.read() as cursor:
        return staged_summary(cursor, find_upload(cursor, upload_id), plan)


def _own_name(came: Path | bytes) -> str:
    return came.name if isinstance(came, Path) else "The file"


def _stage(
    database: Database,
    viewer: Viewer,
    upload_id: str,
    folder: Path,
    received: Received,
    answers: dict[str, str],
    *,
    progress: Progress,
) -> StagedUpload:
    with database.read() as cursor:
        reading, plan = _read(
            cursor,
            database,
            received,
            changes_folder(folder),
            answers,
            uploader=bound_to(viewer),
            progress=progress,
        )
    save_plan(folder, plan)
    with database.write() as cursor:
        cursor.execute(
            load_sql("results", "add_upload"),
            {
                "upload_id": upload_id,
                "file_name": received.file,
                "sha256": received.sha256,
                "format": plan.format,
                "uploaded_by": person_behind(cursor, viewer),
                "staged_at": clock.now(),
                "read": 0, "accepted": 0, "duplicate": 0, "superseded": 0, "rejected": 0,
            },
        ).fetchall()  # fmt: skip
        record = find_upload(cursor, upload_id)
        _write_record(cursor, record["upload_key"], reading)
        folder.rename(upload_folder(database, upload_id))
    progress(1.0, "Ready to confirm")
    with database.read() as cursor:
        return staged_summary(cursor, find_upload(cursor, upload_id), plan)


def _write_record(cursor: Cursor, upload_key: int, reading: Reading) -> None:
    write_counts(cursor, upload_key, reading.counts)
    write_issues(cursor, upload_key, reading.issues)


def _read(
    cursor: Cursor,
    database: Database,
    received: Received,
    changes: Path,
    answers: dict[str, str],
    *,
    fixes: tuple[Fix, ...] = (),
    uploader: str | None,
    progress: Progress,
) -> tuple[Reading, Plan]:
    prepare_fixes(cursor, fixes)
    prepare_claims(cursor, uploader)
    data_version = database.data_version()
    incoming = read_incoming(
        cursor,
        received,
        answers,
        open_pseudonyms(database),
        changes=changes,
        uploader=uploader,
        progress=progress,
    )
    reading = incoming.reading
    progress(0.8, "Preparing the changes")
    for target in TARGETS:
        write_changes(cursor, target, changes)
    write_preview(cursor, changes, bundle=incoming.is_bundle)
    write_problems(cursor, changes, incoming.translation)
    write_differences(cursor, changes, incoming.translation)
    already_loaded, note = _known_again(cursor, received, changes, reading, uploader=uploader)
    plan = Plan(
        recognised=incoming.recognised,
        format=incoming.format,
        columns=reading.columns,
        answers=answers,
        missing_answers=reading.missing_answers,
        already_loaded=already_loaded,
        data_version=data_version,
        repeats=dict(cursor.execute(load_sql("results", "held_rows")).fetchall()),
        counts=reading.counts,
        changes=changes.name,
        warnings=() if reading.missing_answers else upload_warnings(cursor, reading.counts),
        fixes=fixes,
        uploader=uploader,
    )
    return Reading(reading.counts, (*note, *reading.issues), reading.columns, reading.missing_answers), plan


def _known_again(
    cursor: Cursor, received: Received, changes: Path, reading: Reading, *, uploader: str | None
) -> tuple[bool, tuple[Issue, ...]]:
    """Whether everything of it is here already, and what is said of a file that came before."""
    changes_nothing = not any(changes.glob("add_*")) and not any(changes.glob("replace_*"))
    confirmed_before = bool(
        cursor.execute(
            load_sql("results", "confirmed_before"), {"sha256": received.sha256, "uploaded_by": uploader}
        ).fetchall()
    )
    if changes_nothing and (
        confirmed_before or (reading.counts.rejected == 0 < reading.counts.read and not keeps_any(cursor))
    ):
        words = "This file is already loaded: every row that can be kept is in place. Nothing changes."
        return True, (file_note(received.file, "already_loaded", words),)
    if confirmed_before:
        words = "This very file was loaded before and changed since. Confirming brings its values back."
        return False, (file_note(received.file, "loaded_before", words),)
    return False, ()


def _trouble(database: Database, came: Path | bytes, error: Exception) -> PlcError | None:
    """What a person can do about the machine; None for an error nobody expected."""
    words = str(error).lower()
    if getattr(error, "errno", None) == errno.ENOSPC or "no space left" in words:
        return DatabaseUnavailable(
            f"The disk that holds {database.folder} is full. Free some space; nothing was lost."
        )
    if "out of memory" in words:
        return DatabaseUnavailable("The file needs more memory than the limit. Raise PLC_MEMORY_LIMIT.")
    if (
        isinstance(came, Path)
        and isinstance(error, PermissionError | FileNotFoundError)
        and error.filename == str(came)
    ):
        return BadFile(f"{came} cannot be read. Check that it exists and that you may open it.")
    return None
