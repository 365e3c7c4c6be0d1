"""The record of a meeting, meetings that were held, and decisions found again."""

from __future__ import annotations

from functools import partial

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.meetings import (
    MeetingRecord,
    meeting_record,
    past_meetings,
    record_text,
    search_decisions,
)
from plc.meetings.decisions import DECISIONS, PAGE_ROWS
from plc.meetings.record import BECAME, NOTE_TITLES
from plc.reports import meeting_report
from plc.ui import alerts, downloads, meeting_opening, report_downloads, session, text


def draw(database: Database, viewer: Viewer, meeting_id: str) -> None:
    """One record, built by the meeting itself."""
    with alerts.stopping():
        record = meeting_record(database, viewer, meeting_id)
    found = record.meeting
    text.aside(f":material/groups: {text.plain(found.team_name)}")
    st.title(f"Meeting of {found.meets_on:%-d %B %Y}")
    if found.goal:
        st.markdown(text.plain(found.goal.replace("\n", " ")))
    meeting_opening.draw_phase(found.phase, found.week_number, found.week_count)
    text.aside(f":material/group: {text.plain(', '.join(record.present)) or 'Nobody was marked'}")
    _draw_decided(record)
    _draw_promised(record)
    _draw_notes(record)
    if record.skipped:
        text.aside(f"Left out: {text.plain(', '.join(step.title for step in record.skipped))}.")
    st.download_button(
        "Take the record as text",
        data=downloads.at_press(viewer, partial(_bytes, database, viewer, meeting_id)),
        file_name=f"meeting-{found.meets_on:%Y-%m-%d}.txt",
        mime="text/plain",
        icon=":material/download:",
        on_click="ignore",
        key="record.text",
    )
    report_downloads.draw(
        partial(meeting_report, database, viewer, meeting_id),
        viewer=viewer,
        name=f"meeting-{found.meets_on:%Y-%m-%d}",
        key="record.report",
        what="the record",
    )
    text.aside("The record names no student and no author of an observation. Only this team reads it.")


def _bytes(database: Database, viewer: Viewer, meeting_id: str) -> bytes:
    return record_text(meeting_record(database, viewer, meeting_id)).encode()


def _draw_decided(record: MeetingRecord) -> None:
    st.header("Decision", anchor=False)
    if not record.decisions:
        text.aside("No decision was written down.")
    for one in record.decisions:
        st.markdown(f":material/gavel: **{one.decision.capitalize()}**: {text.plain(one.words)}")
        if one.next_cycle:
            st.markdown(f":material/arrow_forward: **Next**: {text.plain(one.next_cycle)}")


def _draw_promised(record: MeetingRecord) -> None:
    st.header("Commitments", anchor=False)
    if not record.commitments:
        text.aside("Nobody committed to anything.")
    for one in record.commitments:
        st.markdown(
            f"- **{text.plain(one.owner_name)}**: {text.plain(one.what)}"
            f" :small[:gray[by {one.due_on:%-d %B}]]"
        )
    if record.became:
        st.markdown("**What became of the last ones**")
    for change in record.became:
        later = f" to {change.due_on:%-d %B}" if change.state == "open" else ""
        line = f". {text.plain(change.line)}" if change.line else ""
        st.markdown(
            f"- **{text.plain(change.owner_name)}**: {text.plain(change.what)}:"
            f" {BECAME[change.state]}{later}{line}"
        )


def _draw_notes(record: MeetingRecord) -> None:
    for kind, title in NOTE_TITLES.items():
        notes = record.notes_of(kind)
        if notes:
            st.header(title, anchor=False)
            st.markdown("\n".join(f"- {text.plain(note.words)}" for note in notes))
    if record.barriers:
        st.header("In our way", anchor=False)
        for one in record.barriers:
            st.markdown(
                f"- {text.plain(one.words)} :small[:gray[{one.removable_by}, answer by {one.due_on:%-d %B}]]"
            )


def draw_past(database: Database, viewer: Viewer) -> None:
    """Meetings that ended, the latest first; each opens its record."""
    page = st.session_state.get("record.page", 1)
    with alerts.stopping():
        rows = past_meetings(database, viewer, page=page)
    if not rows and page == 1:
        st.info("No meeting has ended yet. Its record will be here by itself.", icon=":material/history:")
        return
    for one in rows:
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"past.{one.meeting_id}"
        ):
            said = (
                f"**{one.decision.capitalize()}**: {text.plain(one.words or '')}"
                if one.decision
                else "No decision"
            )
            st.markdown(
                f"**{one.met_on:%-d %B %Y}** :small[:gray[{text.plain(one.team_name)}"
                f"{f', {one.phase}' if one.phase else ''}, {one.present} present]]\n\n{said}",
                width="stretch",
            )
            if st.button("Open", icon=":material/description:", key=f"past.open.{one.meeting_id}"):
                session.choose_record(one.meeting_id)
                st.rerun()
    with st.container(horizontal=True):
        if page > 1 and st.button("Later ones", icon=":material/arrow_back:", key="record.later"):
            st.session_state["record.page"] = page - 1
            st.rerun()
        if len(rows) == PAGE_ROWS and st.button(
            "Earlier ones", icon=":material/arrow_forward:", key="record.earlier"
        ):
            st.session_state["record.page"] = page + 1
            st.rerun()


def draw_search(database: Database, viewer: Viewer) -> None:
    """What did we decide, and when? Every word typed must stand in it."""
    left, right = st.columns([3, 2])
    words = left.text_input("Words that stand in it", placeholder="reteach minutes", key="record.words")
    kind = right.selectbox(
        "Kind", DECISIONS, index=None, format_func=str.capitalize, placeholder="Any", key="record.kind"
    )
    with alerts.stopping():
        found = search_decisions(database, viewer, words, decision=kind)
    if not found.rows:
        text.aside(
            "Nothing matches. Try fewer words." if words or kind else "No decision has been recorded yet."
        )
        return
    text.aside(
        f"{found.found} found" + (f", the latest {PAGE_ROWS} shown" if found.found > PAGE_ROWS else "")
    )
    for number, one in enumerate(found.rows):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"decided.{number}"):
            about = f", {text.plain(one.inquiry_title)}" if one.inquiry_title else ""
            st.markdown(
                f"**{one.decision.capitalize()}**: {text.plain(one.words)}\n\n"
                f":small[:gray[{one.decided_on:%-d %B %Y}, {text.plain(one.team_name)}{about}]]",
                width="stretch",
            )
            if one.meeting_id is not None and st.button(
                "Its meeting", type="tertiary", key=f"decided.open.{number}"
            ):
                session.choose_record(one.meeting_id)
                st.rerun()
