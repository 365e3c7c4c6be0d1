"""Before the meeting: each member looks at her own classes, says so, and what her team should know of them.

What she says goes to her team alone and ends with the meeting it was said for.
"""

from __future__ import annotations

from dataclasses import dataclass

from plc.core import clock
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.meetings.loading import run
from plc.meetings.wording import checked_words


@dataclass(frozen=True, slots=True)
class Preparation:
    """A member before the next meeting: whether she is ready, and her words about her classes, or ''."""

    teacher_id: str
    name: str
    ready: bool
    words: str
    own: bool


def prepare(database: Database, viewer: Viewer, team_id: str, *, ready: bool, words: str = "") -> None:
    """Say that she looked at her own classes (or take that back), and what a team should know of them.

    Raises `NotAllowed` outside her teams and `PlcError` for words that are too long or name a student.
    """
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    if words.strip():
        words = checked_words(database, words, what="what your team should know")
    with database.write() as cursor:
        run(cursor, viewer, "drop_preparation", team_id=team_id, teacher_id=teacher_id)
        cursor.execute(
            load_sql("meetings", "add_preparation"),
            {
                "team_id": team_id,
                "teacher_id": teacher_id,
                "ready": ready,
                "words": words.strip(),
                "said_at": clock.now(),
            },
        ).fetchall()
        run(cursor, viewer, "raise_running_version", team_id=team_id)


def preparations(database: Database, viewer: Viewer, team_id: str) -> list[Preparation]:
    """Every member of a team today, by name, with what she said for the next meeting or the one that runs."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    with database.read() as cursor:
        members = run(cursor, viewer, "team_members", team_id=team_id, today=clock.now().date())
        said = run(cursor, viewer, "said_before_meeting", team_id=team_id)
    spoken = {member_id: (ready, words) for member_id, ready, words in said}
    return [
        Preparation(member_id, name, *spoken.get(member_id, (False, "")), own=member_id == teacher_id)
        for member_id, name in sorted(members, key=lambda member: str(member[1]))
    ]


def wants_digest(database: Database, viewer: Viewer, team_id: str) -> bool:
    """Whether the viewer gets the mail before this team's meetings; yes until she says otherwise."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    with database.read() as cursor:
        return not cursor.execute(
            load_sql("meetings", "digest_is_declined"), {"team_id": team_id, "teacher_id": teacher_id}
        ).fetchall()


def choose_digest(database: Database, viewer: Viewer, team_id: str, *, wanted: bool) -> None:
    """Say whether she wants the mail before this team's meetings."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    hers = {"team_id": team_id, "teacher_id": teacher_id}
    with database.write() as cursor:
        cursor.execute(load_sql("meetings", "want_digest"), hers).fetchall()
        if not wanted:
            cursor.execute(
                load_sql("meetings", "decline_digest"), hers | {"declined_at": clock.now()}
            ).fetchall()
