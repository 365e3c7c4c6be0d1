"""Teams (professional learning communities) and who is in them: reading.

Members of a team know each other, so a team shows its members' names to its members and its coach.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast

from plc.core import clock
from plc.core.errors import NotFound
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql

MemberRole = Literal["facilitator", "recorder", "timekeeper", "member"]
MEMBER_ROLES: tuple[MemberRole, ...] = ("facilitator", "recorder", "timekeeper", "member")
_OF_TEAM = (
    "team_id", "name", "subject", "grade", "school_id", "norms", "meets", "version", "created_at",
    "across_schools",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """Someone in a team, with the part she plays in its meetings."""

    teacher_id: str
    name: str
    member_role: MemberRole
    joined_on: date


@dataclass(frozen=True, slots=True)
class Team:
    """An open team. `subject` and `grade` are its course, if it has one; `school_id` is None across schools.

    `norms` are its agreements on working together, one a line; `version` is what an edit must have seen.
    """

    team_id: str
    name: str
    subject: str | None
    grade: int | None
    school_id: str | None
    norms: str
    meets: str | None
    version: int
    created_at: datetime
    across_schools: bool
    members: tuple[Member, ...]

    @property
    def norm_lines(self) -> tuple[str, ...]:
        """The norms, one each."""
        return tuple(line.strip() for line in self.norms.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class TeamInvitation:
    """A question to join a team. Of a team across schools neither its name nor a person's is told yet."""

    invitation_id: str
    team_name: str | None
    subject: str | None
    grade: int | None
    across_schools: bool
    members: int
    invited_by_name: str | None
    invited_at: datetime


def own_teams(database: Database, viewer: Viewer) -> list[Team]:
    """The open teams the viewer is in (a coach: those she coaches), by name, with their members."""
    viewer.require(Permission.TEAM_READ)
    with database.read() as cursor:
        return read_teams(cursor, viewer.team_ids)


def team(database: Database, viewer: Viewer, team_id: str) -> Team:
    """One of the viewer's teams. Raises `NotAllowed` for another team, `NotFound` when it has closed."""
    viewer.require_team(Permission.TEAM_READ, team_id)
    with database.read() as cursor:
        found = read_teams(cursor, (team_id,))
    if not found:
        raise NotFound("This team has closed.")
    return found[0]


def own_invitations(database: Database, viewer: Viewer) -> list[TeamInvitation]:
    """Teams that ask the viewer to join and that she has not answered."""
    teacher_id = viewer.own_teacher_id(Permission.TEAM_READ)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("people", "own_invitations"), {"teacher_id": teacher_id}).fetchall()
    return [
        TeamInvitation(invitation_id, name, subject, grade, across, int(members), inviter, at)
        for invitation_id, _, name, subject, grade, across, members, inviter, at in rows
    ]


def read_teams(cursor: Cursor, team_ids: tuple[str, ...]) -> list[Team]:
    """Open teams by id, as a use case that already asked for permission reads them."""
    rows = cursor.execute(
        load_sql("people", "own_teams"), {"team_ids": list(team_ids), "today": clock.now().date()}
    ).fetchall()
    members: dict[str, tuple[Member, ...]] = {}
    facts: dict[str, dict[str, Any]] = {}
    for row in rows:
        teacher_id, name, member_role, joined_on = row[-4:]
        facts[row[0]] = dict(zip(_OF_TEAM, row[:-4], strict=True))
        members.setdefault(row[0], ())
        if teacher_id is not None:
            members[row[0]] += (Member(teacher_id, name, cast(MemberRole, member_role), joined_on),)
    return [Team(**of_team, members=members[team_id]) for team_id, of_team in facts.items()]
