"""Where the audit is cut when its oldest entries go, and the cut itself."""

from __future__ import annotations

from datetime import datetime

from plc.core.viewer import Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.audit import PURGED, cut_words, record_access


def last_entry_before(cursor: Cursor, before: datetime) -> tuple[int, str] | None:
    """Number and hash of the last entry before the first one from a moment on; None where there is none."""
    found = cursor.execute(load_sql("people", "last_audit_entry_before"), {"before": before}).fetchall()
    return (int(found[0][0]), str(found[0][1])) if found else None


def purge_audit(cursor: Cursor, viewer: Viewer, *, before: datetime) -> int:
    """Take entries from before a moment away, and say so in the audit; how many.

    What is said holds the number and the hash of the last one taken, so that the rest is verified from there.
    Ids of the audit that no entry carries any more go too.
    """
    cut = last_entry_before(cursor, before)
    if cut is None:
        return 0
    last, last_hash = cut
    gone = cursor.execute(load_sql("people", "purge_audit"), {"entry_number": last}).fetchall()
    record_access(cursor, viewer, action=PURGED, thing=cut_words(last, last_hash))
    cursor.execute(load_sql("people", "forget_audit_ids")).fetchall()
    return int(gone[0][0])
