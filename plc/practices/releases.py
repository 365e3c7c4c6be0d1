"""What people add to the evidence: a team's word that its test may show its school, the authors' note."""

from __future__ import annotations

from dataclasses import replace

from plc.core import clock
from plc.core.errors import BothTexts, PlcError
from plc.core.free_text import NOTE, kept_words
from plc.core.viewer import LOCAL_STEWARD, Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.few_teachers import tests_of_few
from plc.practices.authors import require_author
from plc.practices.pooled_evidence import refresh_evidence
from plc.practices.visibility import records
from plc.results.student_words import require_no_students


def release_result(database: Database, viewer: Viewer, test_id: str) -> None:
    """Let everyone who may open the card read what a test of the viewer's team showed, its school and month.

    It counts in the pool at once. Raises `PlcError` where its figures would tell her, outside her teams, of
    one colleague: what a colleague opened to the team is not hers to show beyond it.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    with database.write_through() as cursor:
        if tests_of_few(cursor, replace(viewer, team_ids=()), [test_id]):
            raise PlcError(
                "So few teachers stand behind this test, or behind what sets it apart from another one, that"
                " its result would tell of one colleague. It stays with your team."
            )
        cursor.execute(
            load_sql("practices", "release_test"),
            {
                "test_id": test_id,
                "team_ids": list(viewer.team_ids),
                "released_by": viewer.signature,
                "released_at": clock.now(),
            },
        ).fetchall()
        raise_data_version(cursor)
    _pool_anew(database, test_id)


def take_back_result(database: Database, viewer: Viewer, test_id: str) -> None:
    """Take the figures, the school and the month off one of the viewer's team's tests, from the next page on.

    What the pool held of it while everyone could read it stays in the pool.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    with database.write_through() as cursor:
        cursor.execute(
            load_sql("practices", "take_back_release"),
            {"test_id": test_id, "team_ids": list(viewer.team_ids), "taken_back_at": clock.now()},
        ).fetchall()
        raise_data_version(cursor)


def _pool_anew(database: Database, test_id: str) -> None:
    with database.read() as cursor:
        rows = records(cursor, "practice_of_test", {"test_id": test_id})
    # What may be shown does not depend on who asked.
    refresh_evidence(database, LOCAL_STEWARD, practice_ids=[row["practice_id"] for row in rows])


def write_note(database: Database, viewer: Viewer, practice_id: str, *, words: str, seen_version: int) -> int:
    """The authors' own words beside the evidence; returns their version. The figures cannot be edited.

    Raises `BothTexts` where a co-author wrote first.
    """
    viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    said = kept_words(words, "the note", most=NOTE)
    require_no_students(database, {"Note": said})
    row = {
        "practice_id": practice_id,
        "words": said,
        "written_by": viewer.signature,
        "written_at": clock.now(),
    }
    with database.write() as cursor:
        require_author(cursor, viewer, practice_id)
        if seen_version == 0:
            written = cursor.execute(load_sql("practices", "begin_note"), row).fetchall()
        else:
            written = cursor.execute(
                load_sql("practices", "write_note"), row | {"seen_version": seen_version}
            ).fetchall()
        if not written:
            now = records(cursor, "note", {"practice_id": practice_id})[0]
            raise BothTexts(
                "A co-author changed the note while you wrote. Both are shown; keep what you both mean.",
                mine={"note": said},
                theirs={"note": now["words"]},
                version=now["version"],
            )
        raise_data_version(cursor)
    return int(written[0][0])
