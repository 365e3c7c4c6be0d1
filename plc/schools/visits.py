"""Connecting teams: inviting a team to visit whoever owns a practice card.

The question goes to her first. Until she says yes nobody else learns of it; if she says no, whoever asked
reads what she would read without an answer.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.free_text import SENTENCES, kept_words
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.inquiry.visible_practices import keep_visible_practices
from plc.people.audit import record_access
from plc.people.looks import note_look_at
from plc.people.school_calendar import school_today
from plc.results.student_words import require_no_students
from plc.schools.scope import ON_A_PAGE, pages, run

OWNER_ANSWERS: Final = ("yes", "no")
TEAM_ANSWERS: Final = ("yes", "not now")
PROPOSALS_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class TeamToInvite:
    """A team of the card's course that could visit; `own` is whether it is of the viewer's schools."""

    team_id: str
    team_name: str
    school_name: str | None
    own: bool


@dataclass(frozen=True, slots=True)
class TeamsToInvite:
    """A page of them."""

    rows: tuple[TeamToInvite, ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ProposalMade:
    """What a leader asked; `agreed_on` is None until the owner said yes, `title` where the card is closed."""

    proposal_id: str
    practice_id: str
    title: str | None
    team_name: str
    proposed_on: date
    agreed_on: date | None
    team_answer: str | None
    team_answered_on: date | None


@dataclass(frozen=True, slots=True)
class ProposalToOwner:
    """A question to the owner of a card: who asks, by role and school, and which team would come."""

    proposal_id: str
    practice_id: str
    title: str
    team_name: str
    school_name: str | None
    words: str
    proposed_role: str
    proposer_school: str | None
    proposed_on: date
    owner_answer: str | None
    team_answer: str | None
    own_team: bool


@dataclass(frozen=True, slots=True)
class ProposalToTeam:
    """A visit a team is invited to, agreed by its host, whose name it reads from then on."""

    proposal_id: str
    practice_id: str
    title: str
    team_id: str
    team_name: str
    host_name: str | None
    words: str
    agreed_on: date
    team_answer: str | None


def teams_to_invite(
    database: Database, viewer: Viewer, practice_id: str, *, words: str = "", page: int = 0
) -> TeamsToInvite:
    """Teams of the card's course that could visit its owner, the viewer's own schools' first."""
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = run(
            cursor, "teams_to_invite", practice_id=practice_id, school_ids=list(viewer.school_ids),
            words=words.strip() or None, limit=ON_A_PAGE, offset=ON_A_PAGE * max(page, 0),
        )  # fmt: skip
    found = int(rows[0][-1]) if rows else 0
    return TeamsToInvite(tuple(TeamToInvite(*row[:-1]) for row in rows), found, page, pages(found))


def propose_visit(
    database: Database, viewer: Viewer, practice_id: str, *, team_id: str, words: str = ""
) -> str:
    """Ask the owner of a card whether a team may visit her; returns the question's id.

    Raises `NotFound` where the card is not open to the whole district, has no owner, or the team was asked
    about before. Her own team is asked about like any other: she alone learns that it is hers.
    """
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    said = " ".join(kept_words(words, "your note", most=SENTENCES).split())
    require_no_students(database, {"Your note": said})
    proposal_id = uuid.uuid4().hex
    district = viewer.role is Role.DISTRICT_LEADER
    with database.write_through() as cursor:
        keep_visible_practices(cursor, viewer)
        asked = run(
            cursor, "propose_visit", proposal_id=proposal_id, practice_id=practice_id, team_id=team_id,
            words=said, proposed_by=viewer.signature, proposed_role=str(viewer.role),
            school_id=None if district or not viewer.school_ids else viewer.school_ids[0],
            proposed_on=school_today(database), proposed_at=clock.now(),
        )  # fmt: skip
        if not asked:
            raise NotFound("This team cannot be invited to this practice. Choose one from the list.")
        record_access(
            cursor,
            viewer,
            action="ask for a visit",
            thing="practice card",
            subject_teacher_id=str(asked[0][0]),
        )
    return proposal_id


def take_back_proposal(database: Database, viewer: Viewer, proposal_id: str) -> None:
    """Take back one's own question that is not agreed. Raises `NotFound` for any other."""
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    with database.write_through() as cursor:
        gone = run(
            cursor, "take_back_proposal", proposal_id=proposal_id, proposed_by=viewer.signature,
            school_ids=list(viewer.school_ids), of_district=viewer.role is Role.DISTRICT_LEADER,
            now=clock.now(),
        )  # fmt: skip
        if not gone:
            raise NotFound("There is no such question of yours, or a visit is agreed.")


def proposals_made(database: Database, viewer: Viewer) -> list[ProposalMade]:
    """What the viewer asked, the latest first."""
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = run(
            cursor, "proposals_made", proposed_by=viewer.signature, school_ids=list(viewer.school_ids),
            of_district=viewer.role is Role.DISTRICT_LEADER, limit=PROPOSALS_SHOWN,
        )  # fmt: skip
    note_look_at(database, viewer, "a visit asked of a card's owner", "visit", [row[0] for row in rows])
    return [ProposalMade(*row) for row in rows]


def proposals_to_owner(database: Database, viewer: Viewer) -> list[ProposalToOwner]:
    """What the viewer was asked about her own cards; those she declined are gone."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.read() as cursor:
        rows = run(cursor, "proposals_to_owner", teacher_id=own_id)
    return [ProposalToOwner(*row) for row in rows]


def answer_proposal(database: Database, viewer: Viewer, proposal_id: str, *, answer: str) -> None:
    """The owner's yes or no. With a yes the invited team reads her name.

    A yes can become a no until the team has answered.
    """
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    if answer not in OWNER_ANSWERS:
        raise PlcError("Answer yes or no.")
    with database.write_through() as cursor:
        done = run(
            cursor, "answer_proposal_of_owner", proposal_id=proposal_id, teacher_id=own_id, answer=answer,
            today=school_today(database),
        )  # fmt: skip
        if not done:
            raise NotAllowed("There is no such question to you.")


def proposals_to_team(database: Database, viewer: Viewer) -> list[ProposalToTeam]:
    """Visits the viewer's teams are invited to, each agreed by its host."""
    viewer.require(Permission.TEAM_READ)
    with database.read() as cursor:
        # Which cards a team may open takes longer to say than all else on the page, and mostly nobody asked.
        if not run(cursor, "has_proposals", team_ids=list(viewer.team_ids)):
            return []
        keep_visible_practices(cursor, viewer)
        rows = run(cursor, "proposals_to_team", team_ids=list(viewer.team_ids))
    note_look_at(database, viewer, "a visit to a card's owner", "visit", [row[0] for row in rows])
    return [ProposalToTeam(*row) for row in rows]


def answer_visit(database: Database, viewer: Viewer, proposal_id: str, *, answer: str) -> None:
    """The invited team's answer, "yes" or "not now"; any member gives it."""
    viewer.require(Permission.TEAM_EDIT)
    if answer not in TEAM_ANSWERS:
        raise PlcError("Answer yes or not now.")
    with database.write_through() as cursor:
        done = run(
            cursor, "answer_proposal_of_team", proposal_id=proposal_id, team_ids=list(viewer.team_ids),
            answer=answer, today=school_today(database),
        )  # fmt: skip
        if not done:
            raise NotAllowed("There is no such invitation to your team.")
