"""The record that a team agreed to look together: who said yes, when, until when, and who has opened."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plc.core import clock
from plc.core.errors import NotFound, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql

# One teacher is no team.
FEWEST_MEMBERS = 2
# An agreement is renewed at least once a school year, so that nobody is bound by a forgotten yes.
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A colleague who said yes; `opened_on` is when she opened her results to the team."""

    teacher_id: str
    name: str
    opened_on: date | None


@dataclass(frozen=True, slots=True)
class TeamAgreement:
    """An agreement in force."""

    team_agreement_id: str
    team_name: str
    agreed_on: date
    until_on: date
    members: tuple[TeamMember, ...]


def record_team_agreement(
    database: Database, viewer: Viewer, *, team_name: str, member_ids: Sequence[str], until_on: date
) -> str:
    """Record that these teachers, the viewer among them, each said yes; returns the agreement's id.

    Raises `PlcError` for a missing name, a lone member or a date out of range, and `NotFound` for a
    member who is not in the roster.
    """
    own_id = viewer.own_teacher_id(Permission.TEAM_AGREEMENT_RECORD)
    today = clock.now().date()
    members = sorted({own_id, *member_ids})
    if not team_name.strip():
        raise PlcError("Give the team a name, so that its members recognise it.")
    if len(members) < FEWEST_MEMBERS:
        raise PlcError("Choose at least one colleague who said yes.")
    if not today <= until_on <= today + LONGEST:
        raise PlcError("Choose a date from today to a year from now.")
    # Ids sort by time, so that of two agreements the later one counts.
    agreement_id = f"{clock.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:12]}"
    with database.write_through() as cursor:
        cursor.execute(
            load_sql("people", "record_agreement"),
            {
                "team_agreement_id": agreement_id,
                "team_name": team_name.strip(),
                "agreed_on": today,
                "until_on": until_on,
                "recorded_by": own_id,
            },
        ).fetchall()
        for teacher_id in members:
            if not cursor.execute(load_sql("people", "teacher_known"), {"teacher_id": teacher_id}).fetchall():
                raise NotFound("A member of the team is not in the roster. Choose names from the list.")
            cursor.execute(
                load_sql("people", "record_member"),
                {"team_agreement_id": agreement_id, "teacher_id": teacher_id},
            ).fetchall()
        raise_data_version(cursor)
    return agreement_id


def own_team_agreement(database: Database, viewer: Viewer) -> TeamAgreement | None:
    """The agreement the viewer sits in, with its members; None outside any."""
    if viewer.team_agreement_id is None:
        return None
    viewer.require(Permission.OWN_RESULT_READ)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "own_agreement"),
            {"team_agreement_id": viewer.team_agreement_id, "today": clock.now().date()},
        ).fetchall()
    if not rows:
        return None
    agreement_id, team_name, agreed_on, until_on = rows[0][:4]
    members = tuple(TeamMember(teacher_id, name, opened_on) for *_, teacher_id, name, opened_on in rows)
    return TeamAgreement(agreement_id, team_name, agreed_on, until_on, members)


def open_to_team(database: Database, viewer: Viewer) -> None:
    """Show the viewer's name and result to her team."""
    _set_opened(database, viewer, opened_on=clock.now().date())


def close_to_team(database: Database, viewer: Viewer) -> None:
    """Take the viewer's name and result back from her team."""
    _set_opened(database, viewer, opened_on=None)


def leave_team(database: Database, viewer: Viewer) -> None:
    """Leave the agreement: the viewer sees no colleague's name and shows none, from the next page on."""
    teacher_id = viewer.own_teacher_id(Permission.TEAM_AGREEMENT_RECORD)
    with database.write_through() as cursor:
        cursor.execute(
            load_sql("people", "leave_team"),
            {"team_agreement_id": viewer.team_agreement_id, "teacher_id": teacher_id},
        ).fetchall()
        raise_data_version(cursor)


def _set_opened(database: Database, viewer: Viewer, *, opened_on: date | None) -> None:
    teacher_id = viewer.own_teacher_id(Permission.TEAM_AGREEMENT_RECORD)
    if viewer.team_agreement_id is None:
        raise NotFound("There is no team agreement in force. Record one first.")
    with database.write_through() as cursor:
        cursor.execute(
            load_sql("people", "set_opened"),
            {"team_agreement_id": viewer.team_agreement_id, "teacher_id": teacher_id, "opened_on": opened_on},
        ).fetchall()
        raise_data_version(cursor)
