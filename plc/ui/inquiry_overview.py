"""One inquiry from above: what its phase asks for, stepping back, ending it, and everything that happened."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry import (
    PHASES,
    Inquiry,
    close_inquiry,
    edit_inquiry,
    move_phase,
    phase_conditions,
    phase_history,
    reopen_inquiry,
    wordings,
)
from plc.inquiry.records import State
from plc.ui import alerts, inquiry_steps, inquiry_wording, session, text


def draw_standing(database: Database, viewer: Viewer, found: Inquiry) -> None:
    """What the inquiry wants and what its phase still asks for."""
    said = found.wording
    priorities = inquiry_wording.priority_titles(database, viewer, found)
    with st.container(border=True, key="overview.wants"):
        st.text(said.challenge or "The challenge is not written yet.")
        for label, words in (
            ("Measure", said.measure_words),
            ("Aim", said.aim_words),
            ("Standard", said.standard_id or ""),
            ("Priority", priorities.get(said.priority_id or "", "")),
            ("Unit ahead", _unit_words(found)),
        ):
            if words:
                st.markdown(f"**{label}:** {text.plain(words)}")
    if found.state != "open":
        return
    with alerts.stopping():
        conditions = phase_conditions(database, viewer, found.inquiry_id)
    st.markdown(f"**{found.phase.capitalize()} is complete when**")
    for one in conditions:
        icon, state = ("check_circle", "done") if one.met else ("radio_button_unchecked", "not yet")
        st.markdown(f":material/{icon}: {one.words} :small[:gray[({state})]]")
    if viewer.may(Permission.INQUIRY_EDIT):
        _draw_back(database, viewer, found)


def draw_ending(database: Database, viewer: Viewer, found: Inquiry) -> None:
    """Finish, abandon or take up again."""
    if found.state != "open":
        if st.button("Take it up again", icon=":material/undo:", key="overview.reopen"):
            with alerts.stopping():
                reopen_inquiry(database, viewer, found.inquiry_id)
            session.leave_notice("Open again, where you left it.")
            st.rerun()
        return
    with st.expander("Finish or set aside", icon=":material/flag:", key="overview.end"):
        st.markdown(
            "An inquiry that led nowhere is worth as much to the next team as one that did: say what you"
            " learned. It stays findable, it can be taken up again, and it counts against nobody."
        )
        with st.form("overview.ending", border=False):
            finished = found.phase == "share"
            states: list[State] = ["finished", "abandoned"] if finished else ["abandoned"]
            state = st.radio(
                "How does it end?",
                states,
                format_func=lambda one: {"finished": "Finished", "abandoned": "Abandoned"}[one],
                horizontal=True,
                key="overview.state",
            )
            reason = st.text_area("What did you learn?", key="overview.reason")
            end = st.form_submit_button("End it", icon=":material/flag:", key="overview.end_it")
        if end:
            with alerts.stopping():
                close_inquiry(database, viewer, found.inquiry_id, state=state, reason=reason)
            session.leave_notice("Ended, and findable under all inquiries. You can take it up again.")
            st.rerun()


def draw_history(database: Database, viewer: Viewer, found: Inquiry) -> None:
    """Every move and ending, dated and signed; every wording, with a way back."""
    with alerts.stopping():
        lines = phase_history(database, viewer, found.inquiry_id)
        kept = wordings(database, viewer, found.inquiry_id)
    text.table(
        [
            {
                "When": f"{line.happened_on:%-d %b %Y}",
                "What": _move_words(line.what, line.came_from),
                "Who": line.signed_by,
                "Note": line.note or "",
            }
            for line in lines
        ],
        border="horizontal",
        alt="Every move of this inquiry, dated and signed",
    )
    st.markdown("**What it said**")
    for one in kept:
        with st.expander(
            f"Version {one.version}, {text.plain(one.written_by)}, {one.written_at:%-d %b %Y}",
            key=f"overview.version.{one.version}",
        ):
            st.text(one.wording.title)
            st.text(one.wording.challenge or "(no challenge)")
            st.text(one.wording.aim_words or "(no aim)")
            writable = found.state == "open" and viewer.may(Permission.INQUIRY_EDIT)
            if not writable or one.version == found.version:
                continue
            if st.button("Bring this back", icon=":material/undo:", key=f"overview.back.{one.version}"):
                with alerts.stopping():
                    edit_inquiry(database, viewer, found.inquiry_id, one.wording, seen_version=found.version)
                session.leave_notice(f"Version {one.version} stands again.")
                st.rerun()


def _draw_back(database: Database, viewer: Viewer, found: Inquiry) -> None:
    earlier = PHASES[: PHASES.index(found.phase)]
    if not earlier:
        return
    with st.expander("Step back", icon=":material/undo:", key="overview.step_back"):
        st.markdown("Nothing is lost by stepping back: visits, practices and tests stay as they are.")
        with st.form("overview.stepping", border=False):
            to = st.radio(
                "Back to", earlier, index=len(earlier) - 1, format_func=str.capitalize, horizontal=True,
                key="overview.to",
            )  # fmt: skip
            note = st.text_input("Why? (for your own history)", key="overview.note")
            back = st.form_submit_button("Step back", icon=":material/undo:", key="overview.go_back")
        if back:
            with alerts.stopping():
                move_phase(database, viewer, found.inquiry_id, to=to, note=note)
            session.leave_notice(f"Back in {to.capitalize()}. Everything is still there.")
            session.go_to(inquiry_steps.page_of(viewer, to))


def _unit_words(found: Inquiry) -> str:
    said = found.wording
    if not said.unit_name:
        return ""
    return said.unit_name + (f", from {said.unit_starts_on:%-d %B %Y}" if said.unit_starts_on else "")


def _move_words(what: str, came_from: str | None) -> str:
    if what in PHASES:
        return f"{what.capitalize()}, from {came_from.capitalize()}" if came_from else f"{what.capitalize()}"
    return {"open": "Taken up again"}.get(what, what.capitalize())
