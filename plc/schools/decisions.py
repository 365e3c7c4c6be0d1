"""My three decisions: what a leader will do, by when. Open ones go on to the next month."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from plc.core import clock
from plc.core.errors import Conflict, NotAllowed, NotFound, PlcError
from plc.core.free_text import LINE
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.people.school_calendar import school_today
from plc.results.student_words import require_no_students
from plc.schools.scope import checked_words, run

# A month's review ends with three things done rather than ten begun.
MOST_OPEN: Final = 3
FURTHEST: Final = timedelta(days=366)
# Closed ones stay in sight for the next review.
CLOSED_SHOWN: Final = timedelta(days=45)
State = Literal["open", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class LeaderDecision:
    """A decision of a leader. `own` is whether the viewer made it, `carried` the month it comes from."""

    decision_id: str
    school_id: str | None
    words: str
    due_on: date
    made_on: date
    state: State
    closed_on: date | None
    version: int
    own: bool
    carried: bool
    late: bool


def leader_decisions(database: Database, viewer: Viewer) -> list[LeaderDecision]:
    """Open decisions by their day, then those closed lately: of the viewer and of whoever leads with her."""
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    today = school_today(database)
    with database.read() as cursor:
        return _read(cursor, viewer, today)


def make_decision(
    database: Database, viewer: Viewer, *, words: str, due_on: date, school_id: str | None = None
) -> str:
    """Decide something for a school one leads, or the district, and return its id.

    Raises `Conflict` where three of the viewer's are open already.
    """
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    said, today = checked_words(words, "what you will do", longest=LINE), school_today(database)
    _check_day(due_on, today)
    district = viewer.role is Role.DISTRICT_LEADER
    if district == (school_id is not None) or (not district and school_id not in viewer.school_ids):
        raise NotAllowed("Decide for a school you lead.")
    require_no_students(database, {"Your decision": said})
    decision_id = uuid.uuid4().hex
    with database.write_through() as cursor:
        open_now = [one for one in _read(cursor, viewer, today) if one.own and one.state == "open"]
        if len(open_now) >= MOST_OPEN:
            raise Conflict("Three decisions are open. Finish one or let it go before you add another.")
        run(
            cursor, "make_decision", decision_id=decision_id, school_id=school_id, words=said, due_on=due_on,
            made_by=viewer.signature, made_on=today, made_at=clock.now(),
        )  # fmt: skip
    return decision_id


def change_decision(
    database: Database,
    viewer: Viewer,
    decision_id: str,
    *,
    seen_version: int,
    words: str | None = None,
    due_on: date | None = None,
    state: State = "open",
) -> None:
    """Reword, move, close or reopen one's own decision.

    Raises `Conflict` if it changed since it was read, or if reopening makes a fourth; `NotFound` for
    another's.
    """
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    if state not in ("open", "done", "dropped"):
        raise PlcError("Choose open, done or dropped.")
    today = school_today(database)
    said = None if words is None else checked_words(words, "what you will do", longest=LINE)
    if due_on is not None:
        _check_day(due_on, today)
    if said is not None:
        require_no_students(database, {"Your decision": said})
    with database.write_through() as cursor:
        own = {one.decision_id: one for one in _read(cursor, viewer, today) if one.own}
        if decision_id not in own:
            raise NotFound("There is no such decision of yours.")
        others = [one for one in own.values() if one.state == "open" and one.decision_id != decision_id]
        if state == "open" and len(others) >= MOST_OPEN:
            raise Conflict("Three decisions are open. Finish one or let it go before you reopen this one.")
        changed = run(
            cursor, "change_decision", decision_id=decision_id, school_ids=list(viewer.school_ids),
            of_district=viewer.role is Role.DISTRICT_LEADER, made_by=viewer.signature,
            seen_version=seen_version, words=said, due_on=due_on, state=state,
            closed_on=None if state == "open" else today,
        )  # fmt: skip
        if not changed:
            raise Conflict(f"This changed meanwhile and now says “{own[decision_id].words}”.")


def _check_day(due_on: date, today: date) -> None:
    if not today <= due_on <= today + FURTHEST:
        raise PlcError("Choose a day from today to a year from now.")


def _read(cursor: Cursor, viewer: Viewer, today: date) -> list[LeaderDecision]:
    rows = run(
        cursor, "leader_decisions", school_ids=list(viewer.school_ids),
        of_district=viewer.role is Role.DISTRICT_LEADER, since=today - CLOSED_SHOWN,
    )  # fmt: skip
    return [
        LeaderDecision(
            decision_id=decision_id,
            school_id=school_id,
            words=words,
            due_on=due_on,
            made_on=made_on,
            state=state,
            closed_on=closed_on,
            version=version,
            own=made_by == viewer.signature,
            carried=state == "open" and made_on < today.replace(day=1),
            late=state == "open" and due_on < today,
        )
        for decision_id, school_id, words, due_on, made_by, made_on, state, closed_on, version in rows
    ]
