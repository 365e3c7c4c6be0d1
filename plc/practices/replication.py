"""Testing somebody's practice in one's own classes: their plan, cloned with a link to where it came from."""

from __future__ import annotations

from plc.core import clock
from plc.core.errors import NotFound, PlcError
from plc.core.school_year import grade_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.inquiry import InquiryRow, InquiryWording, inquiry, list_inquiries, open_inquiry
from plc.inquiry.candidates import add_candidate
from plc.inquiry.cloning import clone_shared_test
from plc.inquiry.visible_practices import keep_visible_practices
from plc.people.school_calendar import school_today
from plc.practices.cards import Card, card
from plc.practices.evidence import evidence_panel
from plc.practices.invitations import accept_invitation, origin_test

# A school year begins in August: from then on it is named by the year it ends in.
FIRST_MONTH = 8


def fitting_inquiries(database: Database, viewer: Viewer, practice_id: str) -> list[InquiryRow]:
    """The open inquiries of the viewer's teams that could test this card, of the same subject first."""
    found = card(database, viewer, practice_id)
    subject = found.wording.subject
    rows = list_inquiries(database, viewer, state="open")
    return sorted(rows, key=lambda row: (subject not in (None, row.subject), row.title.casefold()))


def replicate(
    database: Database, viewer: Viewer, practice_id: str, *, team_id: str, inquiry_id: str | None = None
) -> str:
    """Begin a draft test of a card in the viewer's team, from the plan it was tested with; returns its id.

    Without an inquiry one is opened, named after the practice. Raises `PlcError` where nobody tested it yet.
    """
    viewer.require_team(Permission.INQUIRY_EDIT, team_id)
    found = card(database, viewer, practice_id)
    if not (found.is_author or found.in_reach or found.in_work):
        raise NotFound("There is no such card, or it is not open to you.", about=("practice", practice_id))
    origin = origin_test(database, viewer, practice_id)
    if origin is None:
        raise PlcError("Nobody has tested it yet. Plan its first test in an inquiry of your team.")
    if inquiry_id is None:
        inquiry_id = _opened(database, viewer, found, team_id)
    _take(database, viewer, practice_id, team_id)
    test_id = clone_shared_test(database, viewer, origin, inquiry_id=inquiry_id)
    if viewer.teacher_id is not None:
        accept_invitation(database, viewer, practice_id, test_id=test_id)
    return test_id


def consider(database: Database, viewer: Viewer, practice_id: str, *, inquiry_id: str) -> None:
    """Make a card that is open to the viewer a candidate of her team's inquiry."""
    viewer.require(Permission.INQUIRY_EDIT)
    team_id = inquiry(database, viewer, inquiry_id).team_id
    found = card(database, viewer, practice_id)
    if not (found.is_author or found.in_reach or found.in_work):
        raise NotFound("There is no such card, or it is not open to you.", about=("practice", practice_id))
    _take(database, viewer, practice_id, team_id)
    add_candidate(database, viewer, inquiry_id, practice_id=practice_id)


def _take(database: Database, viewer: Viewer, practice_id: str, team_id: str) -> None:
    """Note, while the card is open, that a team took it into its work."""
    with database.write() as cursor:
        keep_visible_practices(cursor, viewer)
        cursor.execute(
            load_sql("practices", "take_card"),
            {
                "practice_id": practice_id,
                "team_id": team_id,
                "team_ids": list(viewer.team_ids),
                "taken_by": viewer.signature,
                "taken_at": clock.now(),
            },
        ).fetchall()
        raise_data_version(cursor)


def _opened(database: Database, viewer: Viewer, found: Card, team_id: str) -> str:
    today = school_today(database)
    tested = evidence_panel(database, viewer, found.practice_id).tests
    grade = next(iter(found.wording.grades), next((row.grade for row in tested if row.grade), None))
    course = f" in {grade_words(grade)}" if grade is not None else ""
    return open_inquiry(
        database,
        viewer,
        team_id=team_id,
        wording=InquiryWording(
            title=f"Try it{course}: {found.wording.title}"[:120],
            challenge=found.wording.when_to_use[:600],
            subject=found.wording.subject or "",
            school_year=today.year + (today.month >= FIRST_MONTH),
            grade=grade,
        ),
    )
