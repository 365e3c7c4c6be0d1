"""The seat on this computer: asked once, read on every page, left with one click.

The seat is an honour system for a copy that only its owner can reach. What a seat may read is
decided by the viewer it becomes, as if she had signed in.
"""

from __future__ import annotations

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.people.sign_in import coached_teams, teams_of

_OF_MADE_UP_PEOPLE = (
    "clear_seat",
    "clear_consents",
    "clear_consent_schools",
    "clear_openings",
    "clear_leavings",
    "clear_agreement_members",
    "clear_agreements",
    "clear_team_invitations",
    "clear_team_members",
    "clear_teams",
    "clear_own_results_opened",
    "clear_own_results_unseen",
    "clear_notice_choices",
    "clear_own_readings",
    "clear_tours",
    "unlink_accounts",
)


def current_viewer(database: Database) -> Viewer:
    """Who sits here now, with her teams of today; `NOBODY` before anyone said so."""
    with database.read() as cursor:
        rows = cursor.execute(load_sql("people", "seated")).fetchall()
        if not rows:
            return Viewer()
        role, teacher_id, school_id = rows[0]
        schools = (school_id,) if school_id is not None else ()
        if role == Role.COACH:
            teams = coached_teams(cursor, team_ids=(), school_ids=schools)
        else:
            teams = teams_of(cursor, teacher_id)
    return Viewer(
        role=Role(role),
        teacher_id=teacher_id,
        school_ids=schools,
        team_ids=teams,
    )


def take_seat(database: Database, viewer: Viewer) -> None:
    """Sit down as this viewer, leaving any earlier seat.

    Raises `NotAllowed` for a principal's or a steward's seat outside the sample district, and
    `NotFound` for a teacher or school that is not in the roster.
    """
    # On one's own results there is no one to vouch for a principal or a steward before sign-in exists.
    if not viewer.teaches and not holds_sample_district(database):
        raise NotAllowed("Only the sample district can be looked at as a principal or a data steward.")
    with database.write_through() as cursor:
        if viewer.teacher_id is not None:
            known = cursor.execute(
                load_sql("people", "teacher_known"), {"teacher_id": viewer.teacher_id}
            ).fetchall()
            if not known:
                raise NotFound("This teacher is not in the roster. Choose a name from the list.")
        if viewer.school_ids:
            known = cursor.execute(
                load_sql("people", "schools_known"), {"school_ids": list(viewer.school_ids)}
            ).fetchall()
            if len(known) != len(viewer.school_ids):
                raise NotFound("This school is not in the roster. Choose a name from the list.")
        cursor.execute(load_sql("people", "clear_seat")).fetchall()
        cursor.execute(
            load_sql("people", "take_seat"),
            {
                "role": str(viewer.role),
                "teacher_id": viewer.teacher_id,
                "school_id": viewer.school_ids[0] if viewer.school_ids else None,
                "taken_at": clock.now(),
            },
        ).fetchall()


def forget_everyone(database: Database) -> None:
    """Empty the seat, every consent, team and agreement: what made-up people decided binds nobody real."""
    with database.write_through() as cursor:
        for statement in _OF_MADE_UP_PEOPLE:
            cursor.execute(load_sql("people", statement)).fetchall()
        raise_data_version(cursor)


def sample_upload_ids(database: Database) -> list[str]:
    """The confirmed uploads that brought the sample district."""
    with database.read() as cursor:
        return [row[0] for row in cursor.execute(load_sql("people", "sample_uploads")).fetchall()]


def holds_sample_district(database: Database) -> bool:
    """Whether the sample district is loaded."""
    return bool(sample_upload_ids(database))
