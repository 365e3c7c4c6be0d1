"""Taking the oldest entries of the audit away, once they were kept as long as the retention table says."""

from __future__ import annotations

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people.audit import flush_accesses
from plc.people.audit_cut import purge_audit
from plc.people.audit_reading import kept_since


def purge_old_audit(database: Database, viewer: Viewer) -> int:
    """Delete the entries older than the audit is kept for; how many. Raises `NotAllowed`.

    The audit says itself that it was shortened and where, with the hash of the last entry taken, so that
    `verify_audit` still finds it whole. No role can take a younger entry.
    """
    viewer.require(Permission.RETENTION_MANAGE)
    flush_accesses(database, wait=True)
    with database.write_through() as cursor:
        gone = purge_audit(cursor, viewer, before=kept_since())
    return gone
