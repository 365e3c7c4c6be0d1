"""Keeping in the audit that somebody reached for a team that is not hers, where its members read it."""

from __future__ import annotations

from plc.core.viewer import Viewer
from plc.database import Database
from plc.people.audit import note_access
from plc.people.looks import concerned


def note_refused_team(database: Database, viewer: Viewer, *, team_id: str, thing: str) -> None:
    """Note a refusal about every member of a team; about nobody in particular where there is no such team."""
    members = concerned(database, "team", [team_id]) or None
    note_access(database, viewer, action="refused", thing=thing, subject_teacher_ids=members, refused=True)
