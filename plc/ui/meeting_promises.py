"""Commitments: what became of the last ones, and the new ones."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final

import streamlit as st

from plc.meetings import (
    Commitment,
    close_commitment,
    commitments_of_meeting,
    last_commitments,
    make_commitment,
    put_off,
    redate_commitment,
    take_back_commitment,
)
from plc.meetings.commitments import USUAL_MOST
from plc.meetings.record import BECAME
from plc.people.school_calendar import school_today
from plc.ui import draft_box, pressing, text
from plc.ui.draft_box import Choice, Sent
from plc.ui.meeting_showing import Showing

WEEK: Final = timedelta(days=7)
STATE_ICONS: Final = {
    "done": "check_circle",
    "partly": "timelapse",
    "dropped": "do_not_disturb_on",
    "open": "event_repeat",
}
CLOSING: Final = (
    Choice("done", "Done"),
    Choice("partly", "Partly"),
    Choice("dropped", "Dropped"),
    Choice("next", "Next meeting"),
)
ADDING: Final = (Choice("add", "Add your line"),)


def draw_last_commitments(showing: Showing) -> None:
    """What was promised, each closed in one click and one line."""
    meeting = showing.meeting
    promised = last_commitments(
        showing.database, showing.viewer, meeting.team_id, meeting_id=meeting.meeting_id
    )
    if not promised:
        st.info("Nothing is open from last time.", icon=":material/task_alt:")
        return
    later = put_off(showing.database, showing.viewer, meeting.meeting_id)
    left = [one for one in promised if one.state == "open" and one.commitment_id not in later]
    text.aside(f"{len(promised) - len(left)} of {len(promised)} said.")
    for one in promised:
        with st.container(border=True, key=f"commitment.{one.commitment_id}"):
            _draw_promise(showing, one, later=one.commitment_id in later)


def _draw_promise(showing: Showing, one: Commitment, *, later: bool) -> None:
    st.markdown(
        f"**{text.plain(one.owner_name)}**: {text.plain(one.what)} :small[:gray[by {one.due_on:%-d %B}]]"
    )
    # Its place is there in every state, so that the box below is the same one, and what is in it stays.
    became = st.container(horizontal=True, vertical_alignment="center")
    if one.state != "open":
        line = f": {text.plain(one.closing_line)}" if one.closing_line else ""
        with became:
            st.markdown(f":material/{STATE_ICONS[one.state]}: **{BECAME[one.state].capitalize()}**{line}")
            if not showing.projected:
                pressing.button(
                    "Change",
                    partial(_close, showing, one, Sent("", "", "open")),
                    viewer=showing.viewer,
                    kind="tertiary",
                    key=f"commitment.reopen.{one.commitment_id}.{one.version}",
                )
    elif later:
        line = f": {text.plain(one.closing_line)}" if one.closing_line else ""
        became.markdown(f":material/{STATE_ICONS['open']}: **Put off**{line}")
    if not showing.projected:
        _draw_line(showing, one)


def _draw_line(showing: Showing, one: Commitment) -> None:
    """The box for one's line; under what is closed, only for who was writing when a colleague closed it."""
    is_open = one.state == "open"
    draft_box.draw(
        f"One line on “{one.what}”",
        label_shown=False,
        viewer=showing.viewer,
        store=showing.store(one.commitment_id),
        on_send=partial(_close if is_open else add_line, showing, one),
        choices=tuple(
            Choice(choice.value, choice.label, f"{choice.label}: {one.what}")
            for choice in (CLOSING if is_open else ADDING)
        ),
        placeholder="One line, if you like",
        lines=1,
        may_be_empty=is_open,
        sent_words="Kept.",
        only_with_words=not is_open,
    )


def add_line(showing: Showing, one: Commitment, sent: Sent) -> None:
    """Keep a line beside the one that a colleague closed it with."""
    # A device sends again what it does not know to have arrived: its line stands here already, whole.
    if f". {sent.words.rstrip('.')}. " in f". {one.closing_line.rstrip('.')}. ":
        return
    line = ". ".join(part.rstrip(".") for part in (one.closing_line, sent.words) if part)
    _close(showing, one, Sent(sent.note_id, line, one.state))


def _close(showing: Showing, one: Commitment, sent: Sent) -> None:
    if sent.choice == "next":
        due_on = max(one.due_on, school_today(showing.database)) + WEEK
        redate_commitment(
            showing.database, showing.viewer, one.commitment_id, due_on=due_on, line=sent.words,
            seen_version=one.version, meeting_id=showing.meeting.meeting_id,
        )  # fmt: skip
        return
    close_commitment(
        showing.database, showing.viewer, one.commitment_id, state=sent.choice, line=sent.words,
        seen_version=one.version, meeting_id=showing.meeting.meeting_id,
    )  # fmt: skip


def draw_commitments(showing: Showing) -> None:
    """New commitments: who, what, by when; the box stands first, so that a colleague's does not move it."""
    if not showing.projected:
        _draw_new_commitment(showing)
    made = commitments_of_meeting(showing.database, showing.viewer, showing.meeting.meeting_id)
    for one in made:
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"promise.{one.commitment_id}"
        ):
            st.markdown(
                f"**{text.plain(one.owner_name)}**: {text.plain(one.what)}"
                f" :small[:gray[by {one.due_on:%-d %B}]]",
                width="stretch",
            )
            if not showing.projected:
                pressing.button(
                    "Take back",
                    partial(
                        take_back_commitment, showing.database, showing.viewer, one.commitment_id,
                        meeting_id=showing.meeting.meeting_id,
                    ),
                    viewer=showing.viewer,
                    kind="tertiary",
                    icon=":material/undo:",
                    key=f"promise.back.{one.commitment_id}",
                )  # fmt: skip
    _draw_who_is_missing(showing, made)


def _draw_who_is_missing(showing: Showing, made: list[Commitment]) -> None:
    counted = {member.name: 0 for member in showing.meeting.members if member.present}
    for one in made:
        counted[one.owner_name] = counted.get(one.owner_name, 0) + 1
    waiting = [name for name, count in counted.items() if not count]
    many = [name for name, count in counted.items() if count > USUAL_MOST]
    if waiting and made:
        text.aside(f"Not heard from yet: {text.plain(', '.join(waiting))}.")
    if many:
        st.warning(
            f"{text.plain(', '.join(many))}: more than {USUAL_MOST}. What can wait?",
            icon=":material/balance:",
        )


def _draw_new_commitment(showing: Showing) -> None:
    names = {member.teacher_id: member.name for member in showing.meeting.members}
    ids = list(names)
    today = school_today(showing.database)
    left, right = st.columns(2)
    owner = left.selectbox(
        "Who?",
        ids,
        index=ids.index(showing.viewer.teacher_id) if showing.viewer.teacher_id in names else 0,
        format_func=names.__getitem__,
        key="commit.owner",
    )
    due_on = right.date_input("By when?", value=today + WEEK, min_value=today, key="commit.due")
    draft_box.draw(
        "What will it be?",
        viewer=showing.viewer,
        store=showing.store("new"),
        on_send=partial(_promise, showing, owner, due_on),
        choices=(Choice("add", "Add this commitment"),),
        placeholder="One thing that fits into a week",
        lines=2,
        sent_words="Added.",
    )


def _promise(showing: Showing, owner_id: str, due_on: date, sent: Sent) -> None:
    make_commitment(
        showing.database, showing.viewer, showing.meeting.meeting_id, owner_teacher_id=owner_id,
        what=sent.words, due_on=due_on, commitment_id=sent.note_id,
    )  # fmt: skip
