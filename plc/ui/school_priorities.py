"""What we work on: naming a priority, and ending it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.school_year import grade_words
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.priorities import Priority, end_priority, list_priorities, set_priority
from plc.ui import alerts, cached, session, text

KEY: Final = "school_priorities"


def own_priorities(database: Database, viewer: Viewer) -> list[Priority]:
    """Those of the district and of the viewer's schools; a district leader's are all."""
    with alerts.stopping():
        found = list_priorities(database, viewer)
    district = viewer.role is Role.DISTRICT_LEADER
    return [one for one in found if district or one.school_id is None or one.school_id in viewer.school_ids]


def draw(database: Database, viewer: Viewer, priorities: list[Priority]) -> None:
    """The priorities with the way to end one's own and to name another."""
    if not viewer.may(Permission.PRIORITY_SET):
        return
    with st.expander("Our priorities", icon=":material/flag:", key=f"{KEY}.all"):
        for one in priorities:
            _draw_one(database, viewer, one)
        _draw_new(database, viewer)


def _draw_one(database: Database, viewer: Viewer, one: Priority) -> None:
    whose = "the district's" if one.school_id is None else "the school's"
    with st.container(horizontal=True, vertical_alignment="center", key=f"{KEY}.{one.priority_id}"):
        st.markdown(f"{text.plain(one.title)}, {whose}")
        own = one.school_id in viewer.school_ids or viewer.role is Role.DISTRICT_LEADER
        if own and st.button("End it", type="tertiary", key=f"{KEY}.end.{one.priority_id}"):
            with alerts.stopping():
                end_priority(database, viewer, one.priority_id)
            session.leave_notice(f"“{one.title}” is ended. What pointed at it keeps its words.")
            st.rerun()


def _draw_new(database: Database, viewer: Viewer) -> None:
    courses, times = cached.courses(database, database.data_version()), session.times_kept(KEY)
    with st.form(f"{KEY}.new"):
        title = st.text_input("A new priority", key=f"{KEY}.title.{times}")
        with st.container(horizontal=True):
            subject = st.selectbox(
                "Subject",
                sorted({subject for subject, _ in courses}),
                index=None,
                format_func=str.capitalize,
                placeholder="Every subject",
                key=f"{KEY}.subject.{times}",
            )
            grades = st.multiselect(
                "Grades",
                sorted({grade for _, grade in courses}),
                format_func=grade_words,
                placeholder="Every grade",
                key=f"{KEY}.grades.{times}",
            )
        sent = st.form_submit_button("Name it", icon=":material/flag:")
    if sent:
        school_id = viewer.school_ids[0] if viewer.school_ids else None
        with alerts.shown():
            set_priority(database, viewer, title=title, subject=subject, grades=grades, school_id=school_id)
            session.count_kept(KEY)
            st.rerun()
