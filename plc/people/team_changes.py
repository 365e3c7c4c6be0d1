"""Making a team, saying what it agreed on, joining it and leaving it.

At an unprotected copy whoever sits there says which colleagues said yes, so they are members at once.
Where people sign in, a colleague is asked and becomes a member with her own yes.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from plc.core import clock
from plc.core.errors import BothTexts, NotAllowed, NotFound, PlcError
from plc.core.free_text import NAME, NOTES, TITLE, kept_words
from plc.core.two_texts import both_texts
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people.audit import record_access
from plc.people.teams import MEMBER_ROLES, MemberRole, Team, read_teams

# More than a table can hold, and more than can speak in 45 minutes.
MOST_MEMBERS = 20

Joined = Literal["member", "asked"]


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """What a team says of itself; `norms` one a line."""

    name: str
    subject: str | None = None
    grade: int | None = None
    norms: str = ""
    meets: str | None = None


def make_team(
    database: Database,
    viewer: Viewer,
    plan: TeamPlan,
    *,
    school_id: str | None = None,
    member_ids: Sequence[str] = (),
) -> str:
    """Make a team with the viewer as its facilitator; returns its id.

    Raises `PlcError` for a missing or overlong text, `NotFound` for a colleague who is not in the roster.
    """
    own_id = viewer.own_teacher_id(Permission.TEAM_EDIT)
    with database.write_through() as cursor:
        team_id = start_team(cursor, own_id, plan, school_id=school_id)
        for teacher_id in member_ids:
            bring_in(cursor, viewer, team_id, teacher_id)
        record_access(cursor, viewer, action="make", thing=f"team {team_id}")
        raise_data_version(cursor)
    return team_id


def edit_team(database: Database, viewer: Viewer, team_id: str, plan: TeamPlan, *, seen_version: int) -> Team:
    """Write what the team says of itself. Raises `BothTexts`, with what stands there now, where a colleague
    wrote in the meantime."""
    viewer.require_team(Permission.TEAM_EDIT, team_id)
    with database.write() as cursor:
        changed = cursor.execute(
            load_sql("people", "edit_team"),
            {"team_id": team_id, "team_ids": [team_id], "seen_version": seen_version} | _checked(plan),
        ).fetchall()
        now = read_teams(cursor, (team_id,))
        if not now:
            raise NotFound("This team has closed.")
        if not changed:
            raise _conflict(now[0], plan)
        raise_data_version(cursor)
    return now[0]


def add_member(database: Database, viewer: Viewer, team_id: str, teacher_id: str) -> Joined:
    """Bring a colleague in: `member` at an unprotected copy, `asked` where people sign in."""
    viewer.require_team(Permission.TEAM_EDIT, team_id)
    with database.write_through() as cursor:
        joined = bring_in(cursor, viewer, team_id, teacher_id)
        action = "bring in" if joined == "member" else "ask to join"
        record_access(cursor, viewer, action=action, thing=f"team {team_id}", subject_teacher_id=teacher_id)
        raise_data_version(cursor)
    return joined


def set_member_role(
    database: Database, viewer: Viewer, team_id: str, *, teacher_id: str, member_role: MemberRole
) -> None:
    """Who facilitates, records or keeps time. Raises `NotFound` for someone who is not in the team."""
    viewer.require_team(Permission.TEAM_EDIT, team_id)
    if member_role not in MEMBER_ROLES:
        raise PlcError(f"A member is {', '.join(MEMBER_ROLES[:-1])} or {MEMBER_ROLES[-1]}.")
    with database.write() as cursor:
        changed = cursor.execute(
            load_sql("people", "set_member_role"),
            {
                "team_id": team_id,
                "team_ids": [team_id],
                "teacher_id": teacher_id,
                "member_role": member_role,
            },
        ).fetchall()
        if not changed:
            raise NotFound("She is not in this team any more.")
        record_access(
            cursor,
            viewer,
            action=f"make {member_role}",
            thing=f"team {team_id}",
            subject_teacher_id=teacher_id,
        )
        raise_data_version(cursor)


def answer_invitation(database: Database, viewer: Viewer, invitation_id: str, *, accept: bool) -> None:
    """Join the team that asked, or not; a no is told to nobody. Raises `NotFound` for a question not open."""
    teacher_id = viewer.own_teacher_id(Permission.TEAM_EDIT)
    with database.write_through() as cursor:
        answered = cursor.execute(
            load_sql("people", "answer_invitation"),
            {
                "invitation_id": invitation_id,
                "teacher_id": teacher_id,
                "accepted": accept,
                "answered_at": clock.now(),
            },
        ).fetchall()
        if not answered:
            raise NotFound("This question is not open any more.")
        if accept:
            _join(cursor, answered[0][0], teacher_id, member_role="member")
            record_access(cursor, viewer, action="join", thing=f"team {answered[0][0]}")
        raise_data_version(cursor)


def leave_team(database: Database, viewer: Viewer, team_id: str) -> None:
    """Leave a team and its agreements: the viewer opens nothing of it from the next request on."""
    teacher_id = viewer.own_teacher_id(Permission.TEAM_READ)
    viewer.require_team(Permission.TEAM_READ, team_id)
    with database.write_through() as cursor:
        leave_agreements(cursor, team_id, teacher_id)
        cursor.execute(
            load_sql("people", "end_membership"),
            {"team_id": team_id, "teacher_id": teacher_id, "today": clock.now().date()},
        ).fetchall()
        record_access(cursor, viewer, action="leave", thing=f"team {team_id}")
        raise_data_version(cursor)


def close_team(database: Database, viewer: Viewer, team_id: str) -> None:
    """End a team and its agreements; what it wrote is kept. Its facilitator does; without one, anybody."""
    own_id = viewer.own_teacher_id(Permission.TEAM_EDIT)
    viewer.require_team(Permission.TEAM_EDIT, team_id)
    with database.write_through() as cursor:
        found = read_teams(cursor, (team_id,))
        leads = {m.teacher_id for t in found for m in t.members if m.member_role == "facilitator"}
        if leads and own_id not in leads:
            raise NotAllowed("Only the facilitator closes a team. You can leave it.")
        of_team = {"team_id": team_id, "team_ids": [team_id]}
        cursor.execute(load_sql("people", "close_team"), of_team | {"closed_at": clock.now()}).fetchall()
        cursor.execute(
            load_sql("people", "end_agreements_of_team"), of_team | {"today": clock.now().date()}
        ).fetchall()
        record_access(cursor, viewer, action="close", thing=f"team {team_id}")
        raise_data_version(cursor)


def start_team(
    cursor: Cursor,
    own_id: str,
    plan: TeamPlan,
    *,
    school_id: str | None = None,
    across_schools: bool = False,
) -> str:
    """A new team with its facilitator, inside the caller's transaction; returns its id."""
    team_id = str(uuid.uuid4())
    cursor.execute(
        load_sql("people", "make_team"),
        _checked(plan)
        | {
            "team_id": team_id,
            "school_id": school_id,
            "created_by": own_id,
            "created_at": clock.now(),
            "across_schools": across_schools,
        },
    ).fetchall()
    _join(cursor, team_id, own_id, member_role="facilitator")
    return team_id


def bring_in(cursor: Cursor, viewer: Viewer, team_id: str, teacher_id: str) -> Joined:
    """A colleague becomes a member, or is asked where people sign in; inside the caller's transaction."""
    if not cursor.execute(load_sql("people", "teacher_known"), {"teacher_id": teacher_id}).fetchall():
        raise NotFound("A member of the team is not in the roster. Choose names from the list.")
    members = [m.teacher_id for t in read_teams(cursor, (team_id,)) for m in t.members]
    if teacher_id in members:
        return "member"
    if len(members) >= MOST_MEMBERS:
        raise PlcError(f"A team has at most {MOST_MEMBERS} members. Make a second one.")
    if viewer.account_id is None:
        _join(cursor, team_id, teacher_id, member_role="member")
        return "member"
    ask_to_join(cursor, team_id, teacher_id, invited_by=viewer.signature)
    return "asked"


def ask_to_join(cursor: Cursor, team_id: str, teacher_id: str, *, invited_by: str) -> None:
    """Ask a teacher to join; asking twice asks once."""
    cursor.execute(
        load_sql("people", "invite_to_team"),
        {
            "invitation_id": str(uuid.uuid4()),
            "team_id": team_id,
            "team_ids": [team_id],
            "teacher_id": teacher_id,
            "invited_by": invited_by,
            "invited_at": clock.now(),
        },
    ).fetchall()


def _join(cursor: Cursor, team_id: str, teacher_id: str, *, member_role: MemberRole) -> None:
    today = clock.now().date()
    cursor.execute(
        load_sql("people", "join_team"),
        {"team_id": team_id, "teacher_id": teacher_id, "member_role": member_role, "joined_on": today},
    ).fetchall()
    agree(cursor, team_id, teacher_id)


def agree(cursor: Cursor, team_id: str, teacher_id: str) -> None:
    """A member is in her team's agreement in force, unless she left it; inside the caller's transaction."""
    cursor.execute(
        load_sql("people", "join_agreement_of_team"),
        {"team_id": team_id, "teacher_id": teacher_id, "today": clock.now().date()},
    ).fetchall()


def leave_agreements(cursor: Cursor, team_id: str, teacher_id: str) -> None:
    """She leaves what her team agreed: nothing of hers is open to it, nothing of it to her, and no colleague
    puts her back; inside the caller's transaction."""
    of_her = {"team_id": team_id, "teacher_id": teacher_id}
    for statement in ("forget_openings", "leave_agreements_of_team", "forget_leaving"):
        cursor.execute(load_sql("people", statement), of_her).fetchall()
    cursor.execute(load_sql("people", "keep_leaving"), of_her | {"left_at": clock.now()}).fetchall()


def _checked(plan: TeamPlan) -> dict[str, object]:
    name = kept_words(plan.name, "the name", most=NAME)
    norms = kept_words(plan.norms, "the norms", most=NOTES)
    meets = kept_words(plan.meets or "", "when you meet", most=TITLE)
    if not name:
        raise PlcError("Give the team a name, so that its members recognise it.")
    return {
        "team_name": name,
        "subject": plan.subject or None,
        "grade": plan.grade,
        "norms": norms,
        "meets": meets or None,
    }


def _conflict(now: Team, plan: TeamPlan) -> BothTexts:
    """What stands there and what was not saved, so that nobody's words are lost."""
    theirs = {"name": now.name, "norms": now.norms, "meets": now.meets or ""}
    mine = {"name": plan.name.strip(), "norms": plan.norms.strip(), "meets": (plan.meets or "").strip()}
    return both_texts(
        "A colleague changed the team while you were writing. Compare both texts and save again.",
        mine=mine,
        theirs=theirs,
        version=now.version,
    )
