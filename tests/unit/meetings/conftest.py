"""A team of four with nothing planned, a member of another team, and a principal."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from plc.core import clock
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.meetings import NoteKind, send_note

TEAM, OTHER_TEAM = "team-a", "team-b"
ANA, BEN, CY, DEE = (
    Viewer(Role.TEACHER, teacher_id=teacher_id, team_ids=(TEAM,)) for teacher_id in ("T1", "T2", "T3", "T4")
)
STRANGER = Viewer(Role.TEACHER, teacher_id="T9", team_ids=(OTHER_TEAM,))
PRINCIPAL = Viewer(Role.PRINCIPAL, school_ids=("S1",))
NAMES = {"T1": "Ana", "T2": "Ben", "T3": "Cy", "T4": "Dee", "T9": "Stranger"}
TODAY = clock.now().date()


def seated(viewer: Viewer, role: Role) -> Viewer:
    return replace(viewer, role=role)


@pytest.fixture
def team(database: Database) -> Database:
    """Two teams of school S1 with their members."""
    joined = TODAY - timedelta(days=30)
    with database.write() as cursor:
        for number, (teacher_id, name) in enumerate(NAMES.items(), start=1):
            cursor.execute(
                "insert into teacher_version values ($key, $teacher_id, $name, 1, null)",
                {"key": number, "teacher_id": teacher_id, "name": name},
            ).fetchall()
        for team_id in (TEAM, OTHER_TEAM):
            cursor.execute(
                "insert into team (team_id, team_name, school_id, norms, version, created_by, created_at)"
                " values ($team_id, 'Grade 6 ' || $team_id, 'S1', 'We start on time.', 1, 'T1', $now)",
                {"team_id": team_id, "now": clock.now()},
            ).fetchall()
        for teacher_id in NAMES:
            cursor.execute(
                "insert into team_member (team_id, teacher_id, member_role, joined_on)"
                " values ($team_id, $teacher_id, 'member', $joined)",
                {
                    "team_id": OTHER_TEAM if teacher_id == "T9" else TEAM,
                    "teacher_id": teacher_id,
                    "joined": joined,
                },
            ).fetchall()
    return database


def write(
    database: Database,
    viewer: Viewer,
    meeting_id: str,
    words: str,
    *,
    kind: NoteKind = NoteKind.OBSERVATION,
    step: str = "see",
) -> str:
    """Send a note as a device would, and return its id."""
    note_id = uuid.uuid4().hex
    send_note(database, viewer, meeting_id, note_id=note_id, step_key=step, kind=kind, words=words)
    return note_id
