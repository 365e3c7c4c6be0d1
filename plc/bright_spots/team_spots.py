"""The bright spots that may be said in a team's meeting: on its wall, or on a screen that is shared there."""

from __future__ import annotations

from dataclasses import dataclass

from plc.bright_spots.findings import visible_findings
from plc.bright_spots.labels import BRIGHT_SPOT
from plc.bright_spots.options import ScanOptions
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.people.looks import concerned, note_look
from plc.people.sign_in import teams_of
from plc.people.visible_to_all import visible_to_all


@dataclass(frozen=True, slots=True)
class TeamSpot:
    """A name and its label, as everybody in the team may read them. `teacher_id` is for the audit alone."""

    teacher_name: str
    label: str
    teacher_id: str


def bright_spots_of_team(
    database: Database,
    viewer: Viewer,
    team_id: str,
    *,
    subject: str | None = None,
    grade: int | None = None,
) -> list[TeamSpot]:
    """The bright spots whose names the viewer and every member of her team may read, by name.

    A member's own is among them once she has opened it to all the others. Raises `NotAllowed` outside the
    viewer's teams.
    """
    viewer.require_team(Permission.BRIGHT_SPOTS_READ, team_id)
    member_ids = concerned(database, "team", [team_id])
    with database.read() as cursor:
        members = [
            Viewer(Role.TEACHER, teacher_id=member_id, team_ids=teams_of(cursor, member_id))
            for member_id in member_ids
        ]
        found = visible_findings(cursor, viewer, peers=ScanOptions().peers, own_id=None)
        figures = visible_to_all(cursor, [viewer, *members])
    spots = [
        TeamSpot(one.teacher_name, one.label if figures[one.teacher_id] else BRIGHT_SPOT, one.teacher_id)
        for one in found
        if one.teacher_name
        and one.teacher_id in figures
        and subject in (None, one.subject)
        and (grade is None or grade in one.grades)
    ]
    note_look(database, viewer, "bright spots", [spot.teacher_id for spot in spots])
    return sorted(spots, key=lambda spot: (spot.teacher_name, spot.label))
