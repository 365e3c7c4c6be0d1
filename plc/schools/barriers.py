"""What teams asked for, a page at a time, and how long answers took. Answering is in `plc.priorities`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people.looks import note_look_at
from plc.people.school_calendar import school_today
from plc.priorities import REMOVABLE_BY, Barrier
from plc.schools.scope import TeamQuery, asked_for, page_of, pages, require_school, run, scope_of

State = Literal["waiting", "late", "answered"]
STATES: Final[tuple[State, ...]] = ("waiting", "late", "answered")


@dataclass(frozen=True, slots=True)
class BarrierRow:
    """A barrier with its school's name."""

    barrier: Barrier
    school_name: str | None


@dataclass(frozen=True, slots=True)
class BarrierPage:
    """A page of barriers; `found` counts all that fit."""

    rows: tuple[BarrierRow, ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class BarrierDays:
    """How many days half of the answers took at most (None without any), how many there are, what waits."""

    median_days: float | None
    answered: int
    waiting: int
    late: int


def school_barriers(
    database: Database,
    viewer: Viewer,
    query: TeamQuery | None = None,
    *,
    state: State | None = None,
    removable_by: str | None = None,
) -> BarrierPage:
    """What teams of the viewer's schools asked for: those that wait first, by their day."""
    viewer.require(Permission.BARRIER_ANSWER)
    query = query or TeamQuery()
    require_school(viewer, query.school_id)
    if state not in (None, *STATES) or removable_by not in (None, *REMOVABLE_BY):
        raise PlcError("Choose which barriers to see from the lists.")
    with database.read() as cursor:
        rows = run(
            cursor, "barriers", **scope_of(viewer), **asked_for(query), **page_of(query), state=state,
            removable_by=removable_by, today=school_today(database),
        )  # fmt: skip
    note_look_at(database, viewer, "what the team asked for", "team", [row[1] for row in rows])
    found = int(rows[0][-1]) if rows else 0
    shown = tuple(BarrierRow(Barrier(*row[:-2]), row[-2]) for row in rows)
    return BarrierPage(shown, found, query.page, pages(found))


def barrier_days(database: Database, viewer: Viewer, *, school_id: str | None = None) -> BarrierDays:
    """How long answers took in the viewer's schools, or in one of them."""
    viewer.require(Permission.BARRIER_ANSWER)
    require_school(viewer, school_id)
    with database.read() as cursor:
        (row,) = run(
            cursor, "barrier_days", **scope_of(viewer), school_id=school_id, today=school_today(database)
        )
    return BarrierDays(*row)
