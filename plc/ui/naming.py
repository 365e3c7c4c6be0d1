"""Names of a teacher's own students: given, read and taken back by her alone."""

from __future__ import annotations

import csv
import io

import pandas as pd
import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.results.student_names import forget_own_names, keep_own_names, own_student_names
from plc.ui import alerts, session, text


def draw_names(database: Database, viewer: Viewer) -> None:
    """The names kept, and the way to take them back."""
    with alerts.stopping():
        names = own_student_names(database, viewer)
    if not names:
        st.markdown("No names are kept yet.")
        return
    text.table(
        pd.DataFrame({"Student": sorted(names.values(), key=str.casefold)}),
        border="horizontal",
        alt=f"{len(names)} students of your classes",
    )
    if st.button("Take all names back", icon=":material/delete:", key="names.forget"):
        with alerts.shown():
            forget_own_names(database, viewer)
            session.leave_notice("No names are kept any more.")
            st.rerun()


def ask_names(database: Database, viewer: Viewer) -> None:
    """A box for lines of student id and name."""
    with st.form("names.give", border=False):
        lines = st.text_area(
            "One student a line: id, then name",
            placeholder="000123, Ana M.\n000124, Ben",
            key=f"names.lines.{session.times_kept('names')}",
        )
        pressed = st.form_submit_button("Keep these names", icon=":material/lock:")
    if not pressed:
        return
    rows = parse_names(lines)
    if not rows:
        st.error("Write an id, a comma or a tab, and a name on each line.", icon=":material/error:")
        return
    with alerts.shown():
        kept = keep_own_names(database, viewer, rows)
        session.count_kept("names")
        words = f"{kept.kept} names are kept."
        if kept.not_hers:
            words += f" {kept.not_hers} lines are no student of your classes this year and were not kept."
        session.leave_notice(words)
        st.rerun()


def parse_names(lines: str) -> list[tuple[str, str]]:
    """Pairs of id and name from lines parted by a tab, a semicolon or a comma."""
    found = []
    for line in lines.splitlines():
        delimiter = next((mark for mark in "\t;," if mark in line), None)
        if delimiter is None:
            continue
        student_id, *name = next(csv.reader(io.StringIO(line), delimiter=delimiter))
        if student_id.strip() and (words := " ".join(part.strip() for part in name).strip()):
            found.append((student_id.strip(), words))
    return found
