"""Who needs help from me? Teams whose inquiry stands still, and why: the team and the reason, not people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people.looks import note_look_at
from plc.people.school_calendar import school_today
from plc.schools.scope import TeamQuery, keep_led_teams, page_of, pages, run

Reason = Literal["data", "decision", "barrier"]
REASONS: Final[tuple[Reason, ...]] = ("data", "decision", "barrier")
# Three weeks: a team that meets weekly has then met three times with nothing new to look at.
DATA_DAYS: Final = 21
# A cycle lasts as long as the team's latest test; six weeks where it has none yet, as a usual one does.
USUAL_CYCLE_DAYS: Final = 42


@dataclass(frozen=True, slots=True)
class StalledTeam:
    """A team and why it may need help. `data_days` and `decision_days` are None where that is no reason.

    `helped_kind` and `helped_on` are what it was last given or offered.
    """

    team_id: str
    team_name: str
    school_name: str | None
    phase: str | None
    data_days: int | None
    decision_days: int | None
    cycle_days: int | None
    late_barriers: int
    barrier_due_on: date | None
    helped_kind: str | None
    helped_on: date | None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Each reason in words."""
        said = []
        if self.late_barriers:
            what = "A barrier has" if self.late_barriers == 1 else f"{self.late_barriers} barriers have"
            said.append(f"{what} no answer; it was due on {self.barrier_due_on:%-d %B}")
        if self.data_days is not None:
            said.append(f"No new data for {self.data_days // 7} weeks")
        if self.decision_days is not None and self.cycle_days:
            said.append(
                f"No decision for {self.decision_days // 7} weeks, more than two cycles of"
                f" {max(1, round(self.cycle_days / 7))} weeks"
            )
        return tuple(said)


@dataclass(frozen=True, slots=True)
class StalledPage:
    """A page of teams; `found` counts all."""

    rows: tuple[StalledTeam, ...]
    found: int
    page: int
    pages: int


def stalled_teams(
    database: Database, viewer: Viewer, query: TeamQuery | None = None, *, reason: Reason | None = None
) -> StalledPage:
    """Teams of the viewer's schools whose inquiry stands still, by school and name.

    No data: neither a result of the inquiry's measure in the members' classes nor a weekly check for more
    than three weeks. No decision: none for more than two cycles. A barrier: its day has passed. Of a team of
    fewer than three members only a barrier is told: when it had data is when one of two teachers did.
    """
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    query = query or TeamQuery()
    if reason is not None and reason not in REASONS:
        raise PlcError("Choose data, decision or barrier.")
    today = school_today(database)
    with database.read() as cursor:
        keep_led_teams(cursor, viewer, query, today=today)
        rows = run(
            cursor, "stalled_teams", **page_of(query), reason=reason, today=today, data_days=DATA_DAYS,
            usual_cycle_days=USUAL_CYCLE_DAYS,
        )  # fmt: skip
    note_look_at(database, viewer, "whether the team stands still", "team", [row[0] for row in rows])
    found = int(rows[0][-1]) if rows else 0
    return StalledPage(tuple(StalledTeam(*row[:-1]) for row in rows), found, query.page, pages(found))
