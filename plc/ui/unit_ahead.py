"""Before a unit is taught: the practices that helped with its standards, beside its inquiry."""

from __future__ import annotations

import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry import Inquiry
from plc.inquiry.candidates import list_candidates
from plc.practices import consider
from plc.practices.library import PracticeRow, practices_for
from plc.ui import alerts, menu, session, text


def draw(database: Database, viewer: Viewer, found: Inquiry) -> None:
    """Practices for the unit ahead or the standard, each one click from being a candidate."""
    said = found.wording
    if not (said.unit_name or said.standard_id) or not viewer.may(Permission.PRACTICE_READ):
        return
    try:
        rows = practices_for(
            database, viewer, subject=said.subject, grade=said.grade,
            standards=(said.standard_id,) if said.standard_id else (),
        )  # fmt: skip
        known = {one.practice_id for one in list_candidates(database, viewer, found.inquiry_id)}
    except PlcError as error:
        alerts.show(error)
        return
    name = text.plain(said.unit_name or said.standard_id or "")
    starts = f", which starts on {said.unit_starts_on:%-d %B %Y}" if said.unit_starts_on else ""
    with st.expander(
        f"What helped elsewhere with {name}{starts}", icon=":material/upcoming:", key="unit.ahead"
    ):
        if not rows:
            st.markdown("No practice with evidence for it has been shared with you yet.")
        for row in rows:
            _draw_row(database, viewer, found, row, is_known=row.practice_id in known)


def _draw_row(
    database: Database, viewer: Viewer, found: Inquiry, row: PracticeRow, *, is_known: bool
) -> None:
    with st.container(border=True, key=f"unit.row.{row.practice_id}"):
        st.markdown(f"**{text.plain(row.title)}**")
        text.aside(f"{text.plain(row.evidence)} {text.plain(row.fit)}")
        with st.container(horizontal=True):
            if st.button("Open the card", icon=":material/menu_book:", key=f"unit.open.{row.practice_id}"):
                session.choose_practice(row.practice_id)
                session.go_to(menu.PRACTICE)
            if is_known:
                st.markdown(":material/check: among your candidates", width="content")
            elif (
                found.state == "open"
                and viewer.may(Permission.INQUIRY_EDIT)
                and st.button("Make it a candidate", icon=":material/add:", key=f"unit.add.{row.practice_id}")
            ):
                with alerts.stopping():
                    consider(database, viewer, row.practice_id, inquiry_id=found.inquiry_id)
                session.leave_notice("Added to your candidates.")
                st.rerun()
