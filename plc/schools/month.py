"""Month at a glance: are teams meeting, testing, learning?

Of a team: that it met, its phase, how many decisions of which kind, what stands in its way. Never a name, an
observation, a word of a decision, the pulse, or a result. Of a team of fewer than three members only what it
asked for: what it did is what one or two teachers did, so it is in no total either.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people.looks import note_look_at
from plc.people.school_calendar import school_today
from plc.schools.scope import TeamQuery, keep_led_teams, page_of, pages, run

DECISIONS: Final = ("adopt", "adapt", "abandon", "keep testing", "agree")
PHASES: Final = ("seek", "discover", "confirm", "share")


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """One team's month. `met_on` is None where it has not met, `phase` where it has no open inquiry.

    Both are None, and nothing is counted but barriers, where it is of fewer than three: `few`.
    """

    team_id: str
    team_name: str
    school_name: str | None
    met_on: date | None
    meetings: int
    phase: str | None
    decisions: tuple[tuple[str, int], ...]
    open_barriers: int
    few: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A page of teams, and what all of them come to: decisions and phases by kind, each in its order.

    `teams` are those of three members and more, of which alone the other counts are; `few_teams` the others.
    """

    begins_on: date
    rows: tuple[TeamMonth, ...]
    page: int
    pages: int
    teams: int
    few_teams: int
    met: int
    decisions: tuple[tuple[str, int], ...]
    phases: tuple[tuple[str, int], ...]
    open_barriers: int


def month_at_a_glance(
    database: Database,
    viewer: Viewer,
    *,
    month: date,
    query: TeamQuery | None = None,
    since: date | None = None,
) -> Month:
    """The month that `month` lies in, of the viewer's schools' teams; a district leader's are all.

    With `since`, the days from then to today instead.
    """
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    query = query or TeamQuery()
    today = school_today(database)
    begins_on, ends_on = bounds(month) if since is None else (since, today)
    days = {"from_on": begins_on, "until_on": ends_on}
    with database.read() as cursor:
        keep_led_teams(cursor, viewer, query, today=today)
        counts = run(cursor, "month_counts", **days)
        rows = run(cursor, "month_teams", **days, **page_of(query))
    note_look_at(database, viewer, "how the team meets and decides", "team", [row[0] for row in rows])
    counted: Counter[tuple[str, str]] = Counter()
    for kind, what, number in counts:
        counted[kind, what] += number
    teams = counted["teams", ""]
    return Month(
        begins_on=begins_on,
        rows=tuple(_row(row) for row in rows),
        page=query.page,
        pages=pages(counted["listed", ""]),
        teams=teams,
        few_teams=counted["listed", ""] - teams,
        met=counted["met", ""],
        decisions=tuple((kind, counted["decision", kind]) for kind in DECISIONS),
        phases=tuple((phase, counted["phase", phase]) for phase in PHASES),
        open_barriers=counted["barrier", ""],
    )


def bounds(month: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = month.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _row(row: tuple[object, ...]) -> TeamMonth:
    team_id, team_name, school_name, met_on, meetings, phase, *decided, barriers, enough, _ = row
    kinds = tuple((kind, int(str(count))) for kind, count in zip(DECISIONS, decided, strict=True) if count)
    return TeamMonth(
        team_id=str(team_id),
        team_name=str(team_name),
        school_name=None if school_name is None else str(school_name),
        met_on=met_on if isinstance(met_on, date) else None,
        meetings=int(str(meetings)),
        phase=None if phase is None else str(phase),
        decisions=kinds,
        open_barriers=int(str(barriers)),
        few=not enough,
    )
