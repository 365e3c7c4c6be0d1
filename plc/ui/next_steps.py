"""Where this viewer stands, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.ui import cached, findings, menu


@dataclass(frozen=True, slots=True)
class Step:
    """One card: what, why, and the page that does it."""

    title: str
    words: str
    page: str
    link: str
    icon: str


ADD: Final = Step(
    "Upload results", "One file from a gradebook or an assessment platform. One click takes it back.",
    menu.UPLOAD, "Upload results", ":material/upload_file:",
)  # fmt: skip
PICK: Final = Step(
    "Say which classes are yours", "Then you see what your own students showed, before anyone else can.",
    menu.WHO, "Choose my classes", ":material/person:",
)  # fmt: skip
OWN: Final = Step(
    "Look at your own classes", "Private: only you see it. Every figure comes with its range.",
    menu.MY_CLASSES, "My classes", ":material/person_heart:",
)  # fmt: skip
MONTH: Final = Step(
    "Look at the month", "Are teams meeting, testing, learning? One screen, counts and no names.",
    menu.SCHOOL_MONTH, "Month at a glance", ":material/calendar_month:",
)  # fmt: skip
INQUIRY: Final = Step(
    "Go on with your inquiry", "What your team works on, where it stands, and the next step.",
    menu.OUR_INQUIRY, "Our inquiry", ":material/explore:",
)  # fmt: skip
SPOTS: Final = Step(
    "See bright spots", "Classes whose students keep exceeding expectation, where their teachers agreed.",
    menu.BRIGHT_SPOTS, "Bright spots", ":material/lightbulb:",
)  # fmt: skip
DOUBT: Final = Step(
    "Doubt the numbers", "How they are made, what they cannot tell, and who sees what.",
    menu.METHODS, "How the numbers are made", ":material/functions:",
)  # fmt: skip


def steps_for(viewer: Viewer, *, results: bool, scanned: bool) -> list[Step]:
    """The steps open to this viewer, the one to take first in front."""
    steps = []
    if not results and viewer.may(Permission.RESULTS_UPLOAD):
        steps.append(ADD)
    if results and viewer.may(Permission.SCHOOL_REVIEW_READ):
        steps.append(MONTH)
    if viewer.team_ids and viewer.may(Permission.INQUIRY_READ):
        steps.append(INQUIRY)
    if results and viewer.may(Permission.OWN_RESULT_READ):
        steps.append(OWN if viewer.teacher_id is not None else PICK)
    if results and scanned and viewer.may(Permission.BRIGHT_SPOTS_READ):
        steps.append(SPOTS)
    if results and viewer.may(Permission.RESULTS_UPLOAD):
        steps.append(ADD)
    return [*steps, DOUBT]


def draw(database: Database, viewer: Viewer, state: cached.State, *, first: bool = True) -> None:
    """The scan's headline, then one card per step; `first`: nothing more pressing stands above."""
    results = bool(cached.roster_teachers(database, state.data_version))
    if results:
        findings.draw_scan_state(database, viewer, state)
        if (headline := cached.headline(database, viewer, state)) is not None:
            st.markdown(headline.headline)
    elif not viewer.may(Permission.RESULTS_UPLOAD):
        st.info(
            "There are no results here yet.",
            icon=":material/hourglass_empty:",
        )
    for number, step in enumerate(steps_for(viewer, results=results, scanned=state.scan_key > 0)):
        primary = first and number == 0
        with st.container(
            border=True, horizontal=not primary, vertical_alignment="center", key=f"start.step.{number}"
        ):
            if primary:
                st.header(step.title, anchor=False, icon=step.icon)
                st.markdown(step.words)
            else:
                st.markdown(f"{step.icon} **{step.title}.** {step.words}", width="stretch")
            if st.button(step.link, type="primary" if primary else "secondary", key=f"start.go.{number}"):
                st.switch_page(step.page)
