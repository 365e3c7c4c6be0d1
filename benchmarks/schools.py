"""How fast are the pages across 250 schools? Prints one line per question, then one per page.

python -m benchmarks.schools

The district has 2 million results, 2,000 teams in 250 schools, 20,000 tests of 2,000 practices, 60,000
meetings and 6,000 barriers, made by SQL: no scan is needed to ask what the pages ask.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.load_people import Person, give_seat
from benchmarks.pages import page_costs, slow_pages
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.growth import catch_up
from plc.practices import PracticeQuery, card, evidence_panel, search_practices
from plc.schools import (
    TeamQuery,
    barrier_days,
    given_support,
    leader_decisions,
    month_at_a_glance,
    proposals_made,
    school_barriers,
    stalled_teams,
    team_support,
    teams_to_invite,
)

# Server time a page may take. All data is in memory, so the processor's time of both cores together is what a
# question takes at most on a machine without other work; the wall's says how busy this one is.
LIMIT_SECONDS = 0.3
RUNS = 7
MONTH = date(2026, 5, 1)
# 8 teams a school, 5 teachers a team, 2 classes a teacher, 25 students a class, 4 results a student.
DISTRICT = Path(__file__).with_suffix(".sql")


def main() -> None:
    """Fill a database in a temporary folder, time every question of the pages on it, then whole pages."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        with Database(folder / "plc.duckdb") as database:
            with database.write() as cursor:
                fill(cursor)
            people = (
                Person(0, Role.DISTRICT_LEADER),
                Person(1, Role.PRINCIPAL),
                Person(2, Role.TEACHER, "T37"),
            )
            for person in people:
                give_seat(database, person, school_id="S7" if person.role is Role.PRINCIPAL else None)
            database.checkpoint()
            slow = [name for name, seconds in timed(database) if seconds > LIMIT_SECONDS]
        slow += slow_pages(page_costs(folder, people), limit=1000 * LIMIT_SECONDS)
    sys.exit(f"Slower than {LIMIT_SECONDS} s: {', '.join(slow)}" if slow else 0)


def fill(cursor: Cursor) -> None:
    """Every table the pages read."""
    for statement in DISTRICT.read_text(encoding="utf-8").split(";"):
        if statement.strip():
            cursor.execute(statement).fetchall()


def questions(database: Database) -> dict[str, Callable[[], object]]:
    """What each page asks, as the district leader, a principal and a team."""
    district, principal = Viewer(Role.DISTRICT_LEADER), Viewer(Role.PRINCIPAL, school_ids=("S7",))
    team = Viewer(Role.TEACHER, teacher_id="T37", team_ids=("team-7",))
    last, named = TeamQuery(page=100), TeamQuery(words="School 7")
    return {
        "month, all schools": lambda: month_at_a_glance(database, district, month=MONTH),
        "month, page 100": lambda: month_at_a_glance(database, district, month=MONTH, query=last),
        "month, a word": lambda: month_at_a_glance(database, district, month=MONTH, query=named),
        "month, one school": lambda: month_at_a_glance(database, principal, month=MONTH),
        "practices, all": lambda: search_practices(database, district, PracticeQuery()),
        "practices, priority and lowest": lambda: search_practices(
            database,
            principal,
            PracticeQuery(subject="maths", grades=(6, 7), fits_me=True, low_starters=True),
        ),
        "one practice": lambda: (
            card(database, principal, "P8"),
            evidence_panel(database, principal, "P8"),
        ),
        "teams to invite": lambda: (
            teams_to_invite(database, principal, "P8"),
            proposals_made(database, principal),
        ),
        "stalled, all schools": lambda: stalled_teams(database, district),
        "stalled, one school": lambda: stalled_teams(database, principal),
        "what was given": lambda: given_support(database, district),
        "barriers, all schools": lambda: (
            school_barriers(database, district, last),
            barrier_days(database, district),
        ),
        "barriers, one school": lambda: (
            school_barriers(database, principal),
            barrier_days(database, principal),
        ),
        "decisions": lambda: leader_decisions(database, district),
        "catching up (released)": lambda: catch_up(database, district),
        "a team's own page": lambda: team_support(database, team),
    }


def timed(database: Database) -> list[tuple[str, float]]:
    """The median seconds of processor of each question, printed as they come beside the wall's."""
    found = []
    for name, ask in questions(database).items():
        waited, worked = [], []
        for _ in range(RUNS):
            start, begun = time.perf_counter(), time.process_time()
            ask()
            waited.append(time.perf_counter() - start)
            worked.append(time.process_time() - begun)
        busy, wall = float(np.median(worked)), float(np.median(waited))
        found.append((name, busy))
        sys.stdout.write(f"{name:32s} {1000 * busy:6.0f} ms of processor {1000 * wall:6.0f} ms of wall\n")
        sys.stdout.flush()
    return found


if __name__ == "__main__":
    main()
