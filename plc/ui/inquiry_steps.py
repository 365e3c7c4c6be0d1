"""What stands at the top of every page of an inquiry: which inquiry, its four phases, the next step.

A page of an inquiry begins with `inquiry = inquiry_steps.draw(database, viewer, question="...")`.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.errors import NotFound
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry import (
    PHASES,
    Condition,
    Inquiry,
    InquiryRow,
    Phase,
    list_inquiries,
    move_phase,
    phase_conditions,
)
from plc.inquiry import inquiry as read_inquiry
from plc.inquiry.conditions import next_phase
from plc.ui import alerts, menu, session, text

# The page where each phase happens.
PHASE_PAGES: Final[dict[Phase, str]] = {
    "seek": menu.SEEK,
    "discover": menu.DISCOVER,
    "confirm": menu.CONFIRM,
    "share": menu.SHARE,
}
PHASE_WORDS: Final[dict[Phase, str]] = {
    "seek": "What do our results say?",
    "discover": "What is done differently?",
    "confirm": "Does it help here?",
    "share": "What do others need to try it?",
}
# What belongs to Confirm beside its plan: the test while it runs, what it showed, what to do with it.
CONFIRM_PAGES: Final[tuple[tuple[str, str, str], ...]] = (
    (menu.CONFIRM, "Plan and follow", "science"),
    (menu.CHECK_IN, "Did we do it?", "task_alt"),
    (menu.RESULT, "What did it show?", "balance"),
    (menu.DECIDE, "Decide", "gavel"),
)
# The page where each condition is met, and the words of the way there.
CONDITION_PAGES: Final[dict[str, tuple[str, str]]] = {
    "challenge": (menu.OUR_INQUIRY, "Write the challenge"),
    "measure": (menu.OUR_INQUIRY, "Choose the measure"),
    "aim": (menu.OUR_INQUIRY, "Set the aim"),
    "baseline": (menu.SEEK, "Look at the baseline"),
    "candidate": (menu.DISCOVER, "Write a candidate practice"),
    "contrast": (menu.DISCOVER, "Answer the contrast question"),
    "visits": (menu.DISCOVER, "Plan the visits"),
    "distinguishing": (menu.DISCOVER, "Find another candidate"),
    "test": (menu.CONFIRM, "Plan a test"),
    "running": (menu.CHECK_IN, "Say whether we did it"),
    "decision": (menu.DECIDE, "Decide"),
    "settled": (menu.DECIDE, "Decide"),
    "card": (menu.SHARE, "Write the card"),
}


def draw(database: Database, viewer: Viewer, *, question: str) -> Inquiry:
    """The inquiry this page is about, under its phases and its next step, with the page's one question.

    Stops the page, with what to do, where the viewer has no inquiry.
    """
    found = draw_if_any(database, viewer, question=question)
    if found is None:
        st.stop()
    return found


def draw_if_any(database: Database, viewer: Viewer, *, question: str) -> Inquiry | None:
    """As `draw`, for a page that goes on without an inquiry."""
    with alerts.stopping():
        rows = list_inquiries(database, viewer, state="open")
    found = _chosen(database, viewer, rows)
    if found is None:
        st.title(question)
        draw_empty(viewer)
        return None
    _draw_choice(rows, found)
    draw_phases(viewer, found)
    st.title(question)
    draw_next(database, viewer, found)
    return found


def draw_empty(viewer: Viewer) -> None:
    """Nothing to show yet, and what to do about it."""
    if not viewer.team_ids:
        st.info(
            "An inquiry belongs to a team, and you are in none yet.",
            title="No team yet",
            icon=":material/groups:",
        )
        draw_link(viewer, menu.MY_TEAM, label="Find or make a team", icon=":material/groups:")
        return
    st.info(
        "Your team has no open inquiry. It begins with one challenge: big enough to matter, small enough to"
        " move soon.",
        title="Nothing open",
        icon=":material/explore:",
    )
    draw_link(viewer, menu.OUR_INQUIRY, label="Open an inquiry", icon=":material/add:")


def draw_phases(viewer: Viewer, found: Inquiry) -> None:
    """The four phases in a row: done, now, to come. Each opens its page; looking ahead is free."""
    place = PHASES.index(found.phase)
    with st.container(horizontal=True, gap="small", key="inquiry.phases"):
        for number, phase in enumerate(PHASES):
            state, icon = _phase_state(found, number, place)
            draw_link(
                viewer,
                PHASE_PAGES[phase],
                label=f"**{phase.capitalize()}** {state}"
                if number == place
                else f"{phase.capitalize()} {state}",
                icon=f":material/{icon}:",
                words=PHASE_WORDS[phase],
            )
    if place < PHASES.index("confirm"):
        return
    with st.container(horizontal=True, gap="small", key="inquiry.confirm_pages"):
        for page, label, icon in CONFIRM_PAGES:
            draw_link(viewer, page, label=label, icon=f":material/{icon}:")


def draw_next(database: Database, viewer: Viewer, found: Inquiry) -> None:
    """The one thing to do next, with the way there; or the move to the next phase."""
    if found.state != "open":
        st.markdown(f":material/flag: **{found.state.capitalize()}.** {text.plain(found.state_reason or '')}")
        return
    with alerts.stopping():
        conditions = phase_conditions(database, viewer, found.inquiry_id)
    missing = [one for one in conditions if not one.met]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="inquiry.next"):
        if missing:
            _draw_missing(
                viewer, missing[0], found.phase, met=len(conditions) - len(missing), of=len(conditions)
            )
        else:
            _draw_move(database, viewer, found)


def draw_link(viewer: Viewer, page: str, *, label: str, icon: str, words: str | None = None) -> None:
    """A link to a page of this viewer; plain words where the page is not hers."""
    if _has(viewer, page):
        st.page_link(page, label=label, icon=icon, help=words, width="content")
    else:
        st.markdown(f"{icon} {label}", width="content", help=words)


def _chosen(database: Database, viewer: Viewer, rows: list[InquiryRow]) -> Inquiry | None:
    """The inquiry remembered, if it is still hers; else the latest open one."""
    remembered = session.chosen_inquiry()
    for inquiry_id in (remembered, rows[0].inquiry_id if rows else None):
        if inquiry_id is None:
            continue
        try:
            found = read_inquiry(database, viewer, inquiry_id)
        except NotFound:
            session.choose_inquiry(None)
            continue
        session.choose_inquiry(inquiry_id)
        return found
    return None


def _draw_choice(rows: list[InquiryRow], found: Inquiry) -> None:
    """Which inquiry; a choice only where there are several."""
    titles = {row.inquiry_id: f"{row.title} ({row.team_name})" for row in rows}
    titles.setdefault(found.inquiry_id, f"{found.wording.title} ({found.state})")
    if len(titles) == 1:
        text.aside(f":material/explore: {text.plain(found.wording.title)}, {text.plain(found.team_name)}")
        return
    ids = list(titles)
    chosen = st.selectbox(
        "Inquiry",
        ids,
        index=ids.index(found.inquiry_id),
        format_func=titles.__getitem__,
        key=f"inquiry.choice.{found.inquiry_id}",
    )
    if chosen != found.inquiry_id:
        session.choose_inquiry(chosen)
        st.rerun()


def _phase_state(found: Inquiry, number: int, place: int) -> tuple[str, str]:
    if found.state == "finished" or number < place:
        return "(done)", "check_circle"
    return ("(now)", "radio_button_checked") if number == place else ("", "radio_button_unchecked")


def _draw_missing(viewer: Viewer, missing: Condition, phase: Phase, *, met: int, of: int) -> None:
    page, label = CONDITION_PAGES[missing.key]
    st.markdown(f"**Next in {phase.capitalize()}** :small[:gray[{met} of {of} done]]", width="stretch")
    draw_link(viewer, page, label=label, icon=":material/arrow_forward:")


def _draw_move(database: Database, viewer: Viewer, found: Inquiry) -> None:
    after = next_phase(found.phase)
    if after is None:
        st.markdown(
            "**Next:** everything is there. Finish the inquiry with what you learned.", width="stretch"
        )
        draw_link(viewer, menu.OUR_INQUIRY, label="Finish it", icon=":material/flag:")
        return
    st.markdown(f"**Next:** {found.phase.capitalize()} is complete. {PHASE_WORDS[after]}", width="stretch")
    if viewer.may(Permission.INQUIRY_EDIT) and st.button(
        f"Move on to {after.capitalize()}",
        type="primary",
        icon=":material/arrow_forward:",
        key="inquiry.move",
    ):
        with alerts.stopping():
            move_phase(database, viewer, found.inquiry_id, to=after)
        session.leave_notice(f"Now in {after.capitalize()}. You can step back at any time; nothing is lost.")
        session.go_to(page_of(viewer, after))


def page_of(viewer: Viewer, phase: Phase) -> str:
    """The page of a phase, where this viewer has it; else the inquiry's own page."""
    return PHASE_PAGES[phase] if _has(viewer, PHASE_PAGES[phase]) else menu.OUR_INQUIRY


def _has(viewer: Viewer, page: str) -> bool:
    return any(entry.path == page for entry in menu.entries_of(viewer))
