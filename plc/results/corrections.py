"""Put right what is wrong in a staged upload; nothing of it reaches the results before it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.results.claims import bound_to
from plc.results.fixes import Fix, check_fixes
from plc.results.records import StagedUpload
from plc.results.staging import restage
from plc.results.uploads import find_upload, load_plan, require_uploader, upload_folder


def correct_upload(
    database: Database, viewer: Viewer, upload_id: str, fixes: Sequence[Fix], *, progress: Progress = silent
) -> StagedUpload:
    """Check a staged upload again with these corrections after the earlier ones.

    Raises `BadFile` for a column that does not exist, `Conflict` when it is not staged, `NotFound`.
    """
    viewer.require(Permission.RESULTS_UPLOAD)
    require_uploader(database, upload_id, viewer=viewer)
    check_fixes(fixes)
    with database.read() as cursor:
        find_upload(cursor, upload_id, state="staged")
    made = load_plan(upload_folder(database, upload_id)).fixes
    return restage(
        database,
        upload_id,
        {},
        fixes=(*made, *fixes),
        uploader=bound_to(viewer),
        progress=progress,
    )


def forget_corrections(
    database: Database, viewer: Viewer, upload_id: str, *, progress: Progress = silent
) -> StagedUpload:
    """Check a staged upload again as its file came. Raises `Conflict`, `NotFound`."""
    viewer.require(Permission.RESULTS_UPLOAD)
    require_uploader(database, upload_id, viewer=viewer)
    return restage(database, upload_id, {}, fixes=(), uploader=bound_to(viewer), progress=progress)
