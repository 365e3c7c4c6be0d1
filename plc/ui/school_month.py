"""Month at a glance on the page: counts first, then a line per team."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pandas as pd
import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.people.school_calendar import school_today
from plc.schools import Month, TeamMonth, leader_decisions, month_at_a_glance
from plc.ui import alerts, menu, school_choice, text

KEY: Final = "school_month"
MONTHS_BACK: Final = 12
# Whoever talks a leader through her schools comes every other week.
LAST_MET: Final = timedelta(days=14)
FEW: Final = "fewer than three members"
FEW_WORDS: Final = (
    "{} team of fewer than three members is not counted: what it did is what one or two people did.",
    "{} teams of fewer than three members are not counted: what they did is what one or two people did.",
)
SINCE: Final = "Since we last met: two weeks"


def draw(database: Database, viewer: Viewer) -> None:
    """The month's counts and teams, and what to look at next."""
    today = school_today(database)
    months = {f"{first:%B %Y}": first for first in _months(today)}
    this_month, *earlier = months
    chosen = st.selectbox(
        "Month",
        [this_month, SINCE, *earlier],
        key=f"{KEY}.month",
        on_change=school_choice.first_page,
        args=(KEY,),
        width=240,
    )
    query = school_choice.ask(database, viewer, key=KEY)
    with alerts.stopping():
        found = month_at_a_glance(
            database, viewer, month=months.get(chosen, today), query=query,
            since=today - LAST_MET if chosen == SINCE else None,
        )  # fmt: skip
    if chosen == SINCE:
        _draw_promised(database, viewer)
    if not found.teams + found.few_teams:
        st.info(
            "No team here yet. Teams appear once teachers make one, under “Our team”.",
            icon=":material/groups:",
        )
        return
    _draw_counts(found)
    frame = pd.DataFrame([_line(row, schools=_has_schools(found)) for row in found.rows])
    text.table(frame, alt="Teams and what they did this month", border="horizontal")
    school_choice.draw_pages(
        shown=found.page, pages=found.pages, found=found.teams + found.few_teams, key=KEY
    )
    _draw_next(found)


def _draw_promised(database: Database, viewer: Viewer) -> None:
    """What she said she would do, which the talk begins with."""
    with alerts.stopping():
        own = [one for one in leader_decisions(database, viewer) if one.own]
    st.markdown("**What I said I would do**" if own else "Nothing was decided yet.")
    for one in own:
        state = {"open": f"by {one.due_on:%-d %B}", "done": "done", "dropped": "let go"}[one.state]
        st.markdown(f"- {text.plain(one.words)} :small[:gray[{state}]]")
    st.page_link(menu.MY_DECISIONS, label="My three decisions", icon=":material/checklist:")


def _months(today: date) -> list[date]:
    first, months = today.replace(day=1), []
    for _ in range(MONTHS_BACK):
        months.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return months


def _draw_counts(found: Month) -> None:
    decided = sum(count for _, count in found.decisions)
    teams = "team" if found.teams == 1 else "teams"
    st.markdown(
        f"**{found.met:,} of {found.teams:,} {teams} met. {decided:,}"
        f" {'decision' if decided == 1 else 'decisions'}. {found.open_barriers:,}"
        f" {'barrier waits' if found.open_barriers == 1 else 'barriers wait'} for an answer.**"
    )
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in found.decisions if count)
    phases = ", ".join(f"{count:,} in {phase.capitalize()}" for phase, count in found.phases if count)
    said = [f"Decisions: {kinds}." if kinds else "", f"Inquiries: {phases}." if phases else ""]
    if found.few_teams:
        said.append(FEW_WORDS[found.few_teams > 1].format(found.few_teams))
    text.aside(" ".join(words for words in said if words))


def _has_schools(found: Month) -> bool:
    return len({row.school_name for row in found.rows}) > 1


def _line(row: TeamMonth, *, schools: bool) -> dict[str, str]:
    met = "not yet" if row.met_on is None else f"{row.met_on:%-d %B}"
    times = f" ({row.meetings} times)" if row.meetings > 1 else ""
    decided = ", ".join(kind if count == 1 else f"{count} × {kind}" for kind, count in row.decisions)
    line = {"Team": text.plain(row.team_name)}
    if schools:
        line["School"] = text.plain(row.school_name or "Several schools")
    if row.few:
        return line | {"Met": FEW, "Phase": "", "Decided": "", "Barriers": str(row.open_barriers or "none")}
    return line | {
        "Met": met + times,
        "Phase": row.phase.capitalize() if row.phase else "no inquiry",
        "Decided": decided or "nothing",
        "Barriers": str(row.open_barriers or "none"),
    }


def _draw_next(found: Month) -> None:
    with st.container(horizontal=True, key=f"{KEY}.next_steps"):
        if found.open_barriers:
            st.page_link(menu.SCHOOL_BARRIERS, label="Answer what waits", icon=":material/reply:")
        st.page_link(menu.STALLED, label="Who needs help from me?", icon=":material/volunteer_activism:")
        st.page_link(menu.SCHOOL_PRACTICES, label="What helps that we need?", icon=":material/search:")
    text.aside(
        "Of a team you see that it met, its phase, the kinds of its decisions and what is in its way."
        " Never who said what, how it rated a meeting, or a class's results."
    )
