"""A small roster that the tests of people share."""

from __future__ import annotations

import pytest

from plc.database import Database


@pytest.fixture
def roster(database: Database) -> Database:
    """Three teachers of two schools."""
    with database.write() as cursor:
        cursor.execute(
            "insert into upload (upload_key, upload_id, file_name, sha256, format, state, uploaded_by,"
            " staged_at) values (1, 'u', 'roster', '', 'bundle', 'confirmed', 'steward', now()::timestamp)"
        ).fetchall()
        for statement in (
            "insert into school_version values (1, 'S1', 'Lincoln School', null, 1, null),"
            " (2, 'S2', null, null, 1, null)",
            "insert into teacher_version values (1, 'T1', 'Ada', 1, null), (2, 'T2', 'Ben', 1, null),"
            " (3, 'T3', null, 1, null)",
            "insert into section_version values (1, '6A', 1, 6, 'mathematics', 2026, null, 1, null),"
            " (2, '7A', 1, 7, 'mathematics', 2026, null, 1, null),"
            " (3, '5A', 2, 5, 'reading', 2025, null, 1, null)",
            "insert into section_teacher_version values (1, 1, 1, null, 1, null), (2, 1, 1, null, 1, null),"
            " (3, 1, 1, null, 1, null)",
            "insert into own_result_opened select teacher_id, 2026, now()::timestamp from teacher",
        ):
            cursor.execute(statement).fetchall()
    return database
