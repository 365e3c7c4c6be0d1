"""What a principal reads of a team's meetings: that it met, its phase, the kind of decision, its barriers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.people.looks import note_look_at


@dataclass(frozen=True, slots=True)
class MeetingStatus:
    """One team since a day. `met_on` is None where it has not met; `decision` is a kind, never its words."""

    team_id: str
    team_name: str
    school_id: str
    met_on: date | None
    meetings: int
    phase: str | None
    decision: str | None
    open_barriers: int


def meeting_status(database: Database, viewer: Viewer, *, since: date) -> list[MeetingStatus]:
    """The teams of the viewer's schools, by name: no observation, no class value, no name of a person."""
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("meetings", "school_meetings"),
            {"school_ids": list(viewer.school_ids), "since": since},
        ).fetchall()
    note_look_at(database, viewer, "how her team meets and decides", "team", [row[0] for row in rows])
    return [MeetingStatus(*row) for row in rows]
