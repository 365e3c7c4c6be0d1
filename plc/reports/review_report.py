"""What a leader takes to the leadership team or the board: teams' work, practices, catching up; no person.

The brief is for the people who work with the teams and names them; the board page counts them. Figures of
students come from the frozen release, where small groups and what would tell of them is hidden.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from plc.charts import signed
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.growth import CatchUp, CatchUpRow, catch_up
from plc.growth.figure_names import SCHOOL
from plc.people.school_calendar import school_today
from plc.practices import PracticeQuery, search_practices
from plc.reports.report import Report, Section, counted, day, table_of
from plc.reports.typesetting import Table
from plc.schools import (
    DECISIONS,
    Month,
    TeamMonth,
    TeamQuery,
    barrier_days,
    leader_decisions,
    month_at_a_glance,
    stalled_teams,
)

NOTES: Final = (
    "Practices: effects in standard deviations of students' results against classes that did not try them,"
    " given where students started, pooled over all their tests, the negative ones among them. A range holds"
    " the truth nine times in ten where the assumptions hold; a test cannot say what would happen elsewhere.",
    "Students: figures come from a frozen release; groups under 10 students or 3 teachers are hidden, and a"
    " second one wherever the first could be worked out. Expected: how often the district's students who"
    " began as far behind, in the same grade, caught up.",
)


def ilt_brief(database: Database, viewer: Viewer, *, month: date) -> Report:
    """The month for an instructional leadership team: by team, what waits, my decisions."""
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    viewer.require(Permission.REPORT_EXPORT)
    seen = month_at_a_glance(database, viewer, month=month)
    stalled = stalled_teams(database, viewer)
    decided = [one for one in leader_decisions(database, viewer) if one.state == "open"]
    return Report(
        title="Our month of learning",
        subtitle=f"{seen.begins_on:%B %Y}",
        sections=(
            Section("At a glance", paragraphs=_glance(seen), tables=_teams(seen)),
            Section(
                "Who needs help",
                points=tuple(f"{row.team_name}: {'; '.join(row.reasons)}" for row in stalled.rows),
            ),
            *_shared_sections(database, viewer),
            Section(
                "What we will do", points=tuple(f"{one.words} (by {day(one.due_on)})" for one in decided)
            ),
        ),
        footnotes=NOTES,
        made_on=school_today(database),
    )


def board_page(database: Database, viewer: Viewer, *, month: date) -> Report:
    """The month for a board: counts and practices, no team."""
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    viewer.require(Permission.REPORT_EXPORT)
    seen = month_at_a_glance(database, viewer, month=month, query=TeamQuery())
    return Report(
        title="What our schools are learning",
        subtitle=f"{seen.begins_on:%B %Y}",
        sections=(
            Section("At a glance", paragraphs=_glance(seen)),
            Section("What stands in the way", paragraphs=_barriers(database, viewer)),
            *_shared_sections(database, viewer),
        ),
        footnotes=NOTES,
        made_on=school_today(database),
    )


def _shared_sections(database: Database, viewer: Viewer) -> tuple[Section, ...]:
    followed = catch_up(database, viewer)
    return (
        Section("Practices that were tested", tables=_practices(database, viewer)),
        Section(
            "When a student falls behind",
            points=tuple(sentence for subject in followed.subjects for sentence in subject.sentences),
            tables=_catching_up(followed),
        ),
    )


def _glance(seen: Month) -> tuple[str, ...]:
    decided = ", ".join(f"{count} {kind}" for kind, count in seen.decisions if count) or "none"
    phases = ", ".join(f"{count} in {phase.capitalize()}" for phase, count in seen.phases if count) or "none"
    few = (
        (f"{counted(seen.few_teams, 'team', 'teams')} of fewer than three members not counted.",)
        if seen.few_teams
        else ()
    )
    return (
        f"{seen.met} of {counted(seen.teams, 'team', 'teams')} met.",
        f"Open inquiries: {phases}.",
        f"Decisions: {decided}.",
        f"Barriers waiting for an answer: {seen.open_barriers}.",
        *few,
    )


def _met(row: TeamMonth) -> str:
    return f"{row.meetings} times" if row.meetings else "not yet"


def _teams(seen: Month) -> tuple[Table, ...]:
    if not seen.rows:
        return ()
    frame = pd.DataFrame(
        [
            {
                "Team": row.team_name,
                "Met": "fewer than three members" if row.few else _met(row),
                "Phase": "" if row.few else (row.phase or "no open inquiry").capitalize(),
                "Decisions": ", ".join(f"{n} {kind}" for kind, n in row.decisions if kind in DECISIONS),
                "Barriers": str(row.open_barriers or ""),
            }
            for row in seen.rows
        ]
    )
    return (table_of(f"Teams, page {seen.page + 1} of {seen.pages}" if seen.pages > 1 else "Teams", frame),)


def _barriers(database: Database, viewer: Viewer) -> tuple[str, ...]:
    days = barrier_days(database, viewer)
    waited = (
        ""
        if days.median_days is None
        else f" Half of the answers took at most {counted(round(days.median_days), 'day', 'days')}."
    )
    return (
        f"{days.waiting} wait for an answer, {days.late} beyond their day; {days.answered} answered.{waited}",
    )


def _practices(database: Database, viewer: Viewer) -> tuple[Table, ...]:
    found = search_practices(database, viewer, PracticeQuery())
    rows = [row for row in found.rows if row.tests]
    if not rows:
        return ()
    frame = pd.DataFrame(
        [
            {
                "Practice": row.title,
                "Status": row.step.capitalize(),
                "Effect (SD)": "not shown" if row.estimate is None else signed(row.estimate),
                "90 % range": (
                    ""
                    if row.lower is None or row.upper is None
                    else f"{signed(row.lower)} to {signed(row.upper)}"
                ),
                "Tests": str(row.tests),
            }
            for row in rows
        ]
    )
    return (table_of("By the strength of their evidence", frame),)


def _catching_up(followed: CatchUp) -> tuple[Table, ...]:
    return tuple(
        table_of(caption, pd.DataFrame([_catch_up_row(row) for row in rows]))
        for caption, rows in (("Schools, by name", followed.schools), ("Student groups", followed.groups))
        if rows
    )


def _catch_up_row(row: CatchUpRow) -> dict[str, str]:
    return {
        "Who": row.name if row.group == SCHOOL else f"{row.group.capitalize()}: {row.name}",
        "Subject": row.subject.capitalize(),
        "Caught up within a year": row.caught_up.words,
        "Beside what was expected": "not shown" if row.expectation is None else row.expectation.sentence,
    }
