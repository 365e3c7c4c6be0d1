"""The record that a team agreed to look together: who said yes, when, until when, and who has opened to whom.

An agreement belongs to a team; a newer one of the same team takes the place of the one before. A teacher
in several teams looks with each of them by its own agreement. Her yes is her own: where people sign in a
colleague records her own alone, and who left comes back by herself. What she opens shows to those who are in
the agreement then; to who joins later once she opens it again.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plc.core import clock
from plc.core.errors import NotFound, PlcError
from plc.core.free_text import NAME, kept_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people.audit import record_access
from plc.people.team_changes import TeamPlan, agree, bring_in, leave_agreements, start_team

# One teacher is no team.
FEWEST_MEMBERS = 2
# An agreement is renewed at least once a school year, so that nobody is bound by a forgotten yes.
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A colleague who said yes; `opened_on` is when she opened her results to the team.

    `reads_mine` is whether the viewer opened hers to this colleague.
    """

    teacher_id: str
    name: str
    opened_on: date | None
    reads_mine: bool = False


@dataclass(frozen=True, slots=True)
class TeamAgreement:
    """An agreement in force."""

    team_agreement_id: str
    team_id: str
    team_name: str
    agreed_on: date
    until_on: date
    members: tuple[TeamMember, ...]


def record_team_agreement(
    database: Database,
    viewer: Viewer,
    *,
    team_name: str,
    member_ids: Sequence[str],
    until_on: date,
    team_id: str | None = None,
) -> str:
    """Record that these teachers, the viewer among them, each said yes; returns the agreement's id.

    With `team_id` it is the agreement of that team, which they join; without, of a new team of this name.
    Where people sign in, colleagues are asked and the agreement holds for each from her own yes; who left an
    agreement of this team is not put back anywhere. Raises `PlcError` for a missing name, a lone member or a
    date out of range, and `NotFound` for a member who is not in the roster.
    """
    own_id = viewer.own_teacher_id(Permission.TEAM_AGREEMENT_RECORD)
    if team_id is not None:
        viewer.require_team(Permission.TEAM_AGREEMENT_RECORD, team_id)
    today = clock.now().date()
    members = sorted({own_id, *member_ids})
    team_name = kept_words(team_name, "the team's name", most=NAME)
    _require_in_range(members, until_on=until_on, today=today)
    # Ids sort by time, so that of two agreements the later one counts.
    agreement_id = f"{clock.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:12]}"
    with database.write_through() as cursor:
        if team_id is None:
            team_id = start_team(cursor, own_id, TeamPlan(team_name))
        for teacher_id in members:
            bring_in(cursor, viewer, team_id, teacher_id)
        _replace_agreement(
            cursor,
            {
                "team_agreement_id": agreement_id, "team_id": team_id, "team_name": team_name,
                "agreed_on": today, "until_on": until_on, "recorded_by": own_id,
            },
            # Where people sign in, nobody says yes for somebody else.
            said_yes=members if viewer.account_id is None else [own_id],
        )  # fmt: skip
        record_access(cursor, viewer, action="record agreement", thing=f"team {team_id}")
        raise_data_version(cursor)
    return agreement_id


def _require_in_range(members: Sequence[str], *, until_on: date, today: date) -> None:
    if len(members) < FEWEST_MEMBERS:
        raise PlcError("Choose at least one colleague who said yes.")
    if not today <= until_on <= today + LONGEST:
        raise PlcError("Choose a date from today to a year from now.")


def _replace_agreement(cursor: Cursor, agreement: dict[str, object], *, said_yes: Sequence[str]) -> None:
    """The agreement, with those of the people who said yes who are members by now and have not left it."""
    team_id = str(agreement["team_id"])
    cursor.execute(
        load_sql("people", "end_agreements_of_team"),
        {"team_id": team_id, "team_ids": [team_id], "today": agreement["agreed_on"]},
    ).fetchall()
    cursor.execute(load_sql("people", "record_agreement"), agreement).fetchall()
    come_back(cursor, team_id, str(agreement["recorded_by"]))
    for teacher_id in said_yes:
        agree(cursor, team_id, teacher_id)


def own_team_agreements(database: Database, viewer: Viewer) -> list[TeamAgreement]:
    """The agreements in force that the viewer said yes to, one per team, with their members."""
    viewer.require(Permission.OWN_RESULT_READ)
    return _read_agreements(database, viewer, said_yes=True)


def offered_agreements(database: Database, viewer: Viewer) -> list[TeamAgreement]:
    """The agreements in force of the viewer's teams that she is not in, with those who said yes."""
    viewer.require(Permission.OWN_RESULT_READ)
    return _read_agreements(database, viewer, said_yes=False)


def join_agreement(database: Database, viewer: Viewer, team_agreement_id: str) -> None:
    """Say yes to what the viewer's team agreed; her result stays closed until she opens it.

    Raises `NotFound` where her teams offer no such agreement.
    """
    teacher_id = viewer.own_teacher_id(Permission.TEAM_AGREEMENT_RECORD)
    offered = {one.team_agreement_id: one.team_id for one in offered_agreements(database, viewer)}
    if team_agreement_id not in offered:
        raise NotFound("Your team has no such agreement in force, or you are in it already.")
    team_id = offered[team_agreement_id]
    with database.write_through() as cursor:
        come_back(cursor, team_id, teacher_id)
        agree(cursor, team_id, teacher_id)
        record_access(cursor, viewer, action="join agreement", thing=f"agreement {team_agreement_id}")
        raise_data_version(cursor)


def open_to_team(
    database: Database, viewer: Viewer, team_agreement_id: str, *, readers: Collection[str] | None = None
) -> None:
    """Show the viewer's name and result to the colleagues who are in this agreement now.

    `readers` are the teacher ids that her page named, so that nobody who joined since is among them.
    """
    _set_opened(database, viewer, team_agreement_id, opened_on=clock.now().date(), readers=readers)


def close_to_team(database: Database, viewer: Viewer, team_agreement_id: str) -> None:
    """Take the viewer's name and result back from the team of this agreement."""
    _set_opened(database, viewer, team_agreement_id, opened_on=None, readers=())


def leave_agreement(database: Database, viewer: Viewer, team_agreement_id: str) -> None:
    """Leave the agreement and stay in the team: the viewer sees no colleague's result and shows none, from
    the next page on, until she herself comes back. Raises `NotFound` for an agreement she is not in."""
    teacher_id = viewer.own_teacher_id(Permission.TEAM_AGREEMENT_RECORD)
    agreement = _own_agreement(database, viewer, team_agreement_id)
    with database.write_through() as cursor:
        leave_agreements(cursor, agreement.team_id, teacher_id)
        record_access(cursor, viewer, action="leave agreement", thing=f"agreement {team_agreement_id}")
        raise_data_version(cursor)


def come_back(cursor: Cursor, team_id: str, teacher_id: str) -> None:
    """She says yes to what this team agrees, whether or not she left it before."""
    cursor.execute(
        load_sql("people", "forget_leaving"), {"team_id": team_id, "teacher_id": teacher_id}
    ).fetchall()


def _set_opened(
    database: Database,
    viewer: Viewer,
    team_agreement_id: str,
    *,
    opened_on: date | None,
    readers: Collection[str] | None,
) -> None:
    teacher_id = viewer.own_teacher_id(Permission.TEAM_AGREEMENT_RECORD)
    agreement = _own_agreement(database, viewer, team_agreement_id)
    present = [member.teacher_id for member in agreement.members]
    of_her = {"team_agreement_id": team_agreement_id, "teacher_id": teacher_id}
    with database.write_through() as cursor:
        cursor.execute(load_sql("people", "set_opened"), of_her | {"opened_on": opened_on}).fetchall()
        cursor.execute(load_sql("people", "close_openings"), of_her).fetchall()
        if opened_on is not None:
            named = present if readers is None else list(readers)
            cursor.execute(
                load_sql("people", "open_to_readers"), of_her | {"reader_ids": named, "opened_on": opened_on}
            ).fetchall()
        action = "close result" if opened_on is None else "open result"
        record_access(cursor, viewer, action=action, thing=f"agreement {team_agreement_id}")
        raise_data_version(cursor)


def _own_agreement(database: Database, viewer: Viewer, team_agreement_id: str) -> TeamAgreement:
    for agreement in own_team_agreements(database, viewer):
        if agreement.team_agreement_id == team_agreement_id:
            return agreement
    raise NotFound("There is no such team agreement in force. Record one first.")


def _read_agreements(database: Database, viewer: Viewer, *, said_yes: bool) -> list[TeamAgreement]:
    if viewer.teacher_id is None or not viewer.team_ids:
        return []
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "agreements_in_force"),
            {
                "team_ids": list(viewer.team_ids),
                "teacher_id": viewer.teacher_id,
                "today": clock.now().date(),
            },
        ).fetchall()
    found: dict[str, TeamAgreement] = {}
    for hers, agreement_id, team_id, team_name, agreed_on, until_on, *member in rows:
        if hers != said_yes:
            continue
        so_far = found[agreement_id].members if agreement_id in found else ()
        found[agreement_id] = TeamAgreement(
            agreement_id, team_id, team_name, agreed_on, until_on, (*so_far, TeamMember(*member))
        )
    return list(found.values())
