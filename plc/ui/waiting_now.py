"""What waits for this viewer today, the most pressing first, each with the page that settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import streamlit as st

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry.fidelity import own_checks
from plc.meetings import State, current_meetings, own_commitments
from plc.people import own_invitations
from plc.people.school_calendar import school_today
from plc.priorities import list_barriers
from plc.schools import proposals_to_owner, proposals_to_team, team_support
from plc.ui import alerts, menu, session

# A promise is shown in the week in which it falls due.
SOON: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing: in words, where it is settled, and the words of the way there."""

    words: str
    page: str
    link: str
    icon: str


def waiting_for(database: Database, viewer: Viewer) -> list[Waits]:
    """Meetings, checks and promises, what a team is offered, who asks to visit, barriers to answer."""
    today = school_today(database)
    found: list[Waits] = []
    if viewer.team_ids and viewer.may(Permission.MEETING_HOLD):
        found += _meetings(database, viewer, today)
    if viewer.teacher_id is not None and viewer.team_ids and viewer.may(Permission.INQUIRY_READ):
        found += _checks(database, viewer)
    if viewer.teacher_id is not None and viewer.team_ids and viewer.may(Permission.MEETING_HOLD):
        found += _promises(database, viewer, today)
    if viewer.teacher_id is not None and viewer.may(Permission.TEAM_READ):
        asked = len(own_invitations(database, viewer))
        if asked:
            words = "A team asks you to join." if asked == 1 else f"{asked} teams ask you to join."
            found.append(Waits(words, menu.MY_TEAM, "Answer", "group_add"))
    if viewer.teacher_id is not None and viewer.may(Permission.PRACTICE_EDIT):
        found += _visits_asked(database, viewer)
    if viewer.team_ids and viewer.may(Permission.TEAM_EDIT):
        found += _offers(database, viewer)
    if viewer.may(Permission.BARRIER_ANSWER):
        open_ones = len(list_barriers(database, viewer, unanswered=True))
        if open_ones:
            words = "A team waits" if open_ones == 1 else f"{open_ones} teams' questions wait"
            found.append(Waits(f"{words} for an answer of yours.", menu.SCHOOL_BARRIERS, "Answer", "block"))
    return found


def draw(database: Database, viewer: Viewer) -> bool:
    """What waits, the first as the one next step; whether anything does."""
    with alerts.stopping():
        found = waiting_for(database, viewer)
    for number, one in enumerate(found):
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"start.waits.{number}"
        ):
            st.markdown(f":material/{one.icon}: {one.words}", width="stretch")
            if st.button(
                one.link, type="primary" if number == 0 else "secondary", key=f"start.waits.go.{number}"
            ):
                session.go_to(one.page)
    return bool(found)


def _meetings(database: Database, viewer: Viewer, today: date) -> list[Waits]:
    found = []
    for _, _, state, on, at in current_meetings(database, viewer):
        if state is State.RUNNING:
            found.append(Waits("**Your team is meeting now.**", menu.MEETING, "Join", "groups"))
        elif on == today:
            time = f" at {at}" if at else ""
            found.append(Waits(f"**Your team meets today{time}.**", menu.MEETING, "Open it", "groups"))
    return found


def _checks(database: Database, viewer: Viewer) -> list[Waits]:
    due = sum(1 for check in own_checks(database, viewer) if check.answer.done is None)
    if not due:
        return []
    classes = "one class" if due == 1 else f"{due} classes"
    return [Waits(f"Did we do it this week? Twenty seconds, {classes}.", menu.CHECK_IN, "Answer", "task_alt")]


def _promises(database: Database, viewer: Viewer, today: date) -> list[Waits]:
    due = [one for one in own_commitments(database, viewer) if one.due_on <= today + SOON]
    if not due:
        return []
    first = min(one.due_on for one in due)
    count = "One thing" if len(due) == 1 else f"{len(due)} things"
    when = "due since" if first < today else "due"
    return [
        Waits(f"{count} you said you would do, {when} {first:%-d %B}.", menu.MEETING, "Look", "handshake")
    ]


def _visits_asked(database: Database, viewer: Viewer) -> list[Waits]:
    asked = sum(1 for one in proposals_to_owner(database, viewer) if one.owner_answer is None)
    if not asked:
        return []
    teams = "A team" if asked == 1 else f"{asked} teams"
    return [Waits(f"{teams} would like to visit you. Only you see this.", menu.SHARE, "Answer", "door_open")]


def _offers(database: Database, viewer: Viewer) -> list[Waits]:
    found = []
    given = sum(1 for one in team_support(database, viewer) if one.answer is None)
    if given:
        what = "Something is" if given == 1 else f"{given} things are"
        words = f"{what} offered to your team."
        found.append(Waits(words, menu.OUR_INQUIRY, "Look", "volunteer_activism"))
    invited = sum(1 for one in proposals_to_team(database, viewer) if one.team_answer is None)
    if invited:
        found.append(
            Waits("A colleague invites your team to visit.", menu.OUR_INQUIRY, "Answer", "door_open")
        )
    return found
