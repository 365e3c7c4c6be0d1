"""What a team decided, findable for years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from plc.core import clock
from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.meetings.loading import load_meeting, require_running, run
from plc.meetings.records import Decision
from plc.meetings.wording import checked_words, known_id
from plc.people.school_calendar import school_today

DECISIONS: Final = ("adopt", "adapt", "abandon", "keep testing", "agree")
PAGE_ROWS: Final = 20
# More words than anybody types into one search.
MOST_WORDS: Final = 12


@dataclass(frozen=True, slots=True)
class FoundDecision:
    """A decision found again; `meeting_id` opens its record where it was made in a meeting."""

    team_name: str
    inquiry_title: str | None
    decision: str
    words: str
    decided_on: date
    meeting_id: str | None


@dataclass(frozen=True, slots=True)
class FoundDecisions:
    """One page of decisions, and how many there are."""

    rows: tuple[FoundDecision, ...]
    found: int


def record_decision(
    database: Database,
    viewer: Viewer,
    meeting_id: str,
    *,
    decision: str,
    words: str,
    test_id: str | None = None,
    decision_id: str | None = None,
) -> str:
    """Keep what the team decided and why, and return its id. Raises `PlcError` without a reason.

    With an id that the writer's device chose, sending it again changes nothing.
    """
    viewer.require(Permission.MEETING_HOLD)
    if decision not in DECISIONS:
        raise PlcError("Choose adopt, adapt, abandon or keep testing.")
    words = checked_words(database, words, what="the reason")
    decision_id = known_id(decision_id)
    today = school_today(database)
    with database.write_through() as cursor:
        require_running(load_meeting(cursor, viewer, meeting_id))
        run(
            cursor, viewer, "add_decision", decision_id=decision_id, meeting_id=meeting_id, test_id=test_id,
            decision=decision, words=words, decided_by=viewer.signature, decided_on=today,
            decided_at=clock.now(),
        )  # fmt: skip
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)
    return decision_id


def meeting_decisions(database: Database, viewer: Viewer, meeting_id: str) -> list[Decision]:
    """What was decided in this meeting, in it or on a test of the team while it ran."""
    viewer.require(Permission.MEETING_HOLD)
    with database.read() as cursor:
        rows = run(cursor, viewer, "meeting_decisions", meeting_id=meeting_id, now=clock.now())
    return [Decision(*row) for row in rows]


def search_decisions(
    database: Database, viewer: Viewer, text: str = "", *, decision: str | None = None, page: int = 1
) -> FoundDecisions:
    """The decisions of the viewer's teams that hold every word of `text`, the latest first."""
    viewer.require(Permission.MEETING_HOLD)
    with database.read() as cursor:
        rows = run(
            cursor, viewer, "search_decisions", words=text.split()[:MOST_WORDS], decision=decision,
            limit=PAGE_ROWS, offset=PAGE_ROWS * (max(page, 1) - 1),
        )  # fmt: skip
    return FoundDecisions(tuple(FoundDecision(*row[:-1]) for row in rows), int(rows[0][-1]) if rows else 0)
