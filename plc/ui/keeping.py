"""How long data stays, on the steward's pages: the table, school years, copies, erasures, releases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from plc.core.school_year import school_year_words
from plc.core.viewer import Viewer
from plc.database import Database
from plc.people.audit_reading import audit_held
from plc.people.release_records import Outcome
from plc.settings import load_settings
from plc.stewardship.audit_keeping import purge_old_audit
from plc.stewardship.keys import change_key
from plc.stewardship.purging import HeldYear, purge_school_year
from plc.stewardship.releasing import release_now
from plc.stewardship.retention import retention_table
from plc.stewardship.snapshots import Snapshot, take_snapshot
from plc.stewardship.students import PastErasure, erase_student, export_student
from plc.ui import alerts, downloads, session, text, working

FOR_GOOD: Final = "This cannot be undone."


def draw_retention() -> None:
    """The table of how long each kind of data stays."""
    rows = [(kind.kind, kind.kept, kind.ends, kind.why) for kind in retention_table()]
    text.table(
        pd.DataFrame(rows, columns=["What", "Stays", "What ends it", "Why it is kept"]),
        border="horizontal",
        alt="How long each kind of data stays",
    )


def draw_years(database: Database, viewer: Viewer, years: Sequence[HeldYear]) -> None:
    """The school years held, and the way to delete one."""
    if not years:
        st.markdown("There are no results yet, so no school year to delete.")
        return
    text.table(
        pd.DataFrame(
            [(school_year_words(y.school_year), f"{y.results:,}", f"{y.students:,}") for y in years],
            columns=["School year", "Results", "Students"],
        ),
        border="horizontal",
        alt="School years held",
    )
    with st.form("keeping.purge", border=False):
        year = st.selectbox(
            "School year to delete",
            [held.school_year for held in years],
            format_func=school_year_words,
            index=None,
            key="keeping.purge.year",
        )
        sure = st.checkbox(
            f"Delete it with every older copy of the database. {FOR_GOOD}", key="keeping.purge.sure"
        )
        pressed = st.form_submit_button("Delete this school year", icon=":material/delete_forever:")
    if not pressed:
        return
    if year is None or not sure:
        st.error("Choose the school year and tick that you are sure.", icon=":material/error:")
        return
    with alerts.shown():
        purged = working.with_progress(
            lambda progress: purge_school_year(database, viewer, year, progress=progress),
            first_words="Deleting",
        )
        session.leave_notice(
            f"{school_year_words(year)} is gone: {purged.rows:,} rows, and {purged.students:,} students of"
            " whom nothing was left."
        )
        st.rerun()


def draw_audit(database: Database, viewer: Viewer) -> None:
    """What the audit holds, and the way to delete what is older than it is kept for."""
    held = audit_held(database, viewer)
    since = f" since {held.first_at:%-d %B %Y}" if held.first_at else ""
    st.markdown(f"The audit holds {held.entries:,} entries{since}; {held.due:,} are older than three years.")
    if not held.due or not st.button(
        "Delete the entries older than three years", icon=":material/delete_forever:", key="keeping.audit"
    ):
        return
    with alerts.shown():
        gone = purge_old_audit(database, viewer)
        session.leave_notice(f"{gone:,} entries are gone. The audit says so itself, and stays whole.")
        st.rerun()


def draw_copies(database: Database, viewer: Viewer, snapshots: Sequence[Snapshot]) -> None:
    """The copies there are, and one more on a click."""
    if snapshots:
        text.table(
            pd.DataFrame(
                [
                    (f"{s.made_at:%-d %B %Y, %H:%M} UTC", f"{s.size / 2**20:,.1f} MB", s.path.name)
                    for s in snapshots
                ],
                columns=["Made", "Size", "File"],
            ),
            border="horizontal",
            alt="Copies of the database",
        )
    else:
        st.markdown("There is no copy yet. The running app makes one a day.")
    if st.button("Make a copy now", icon=":material/content_copy:", key="keeping.copy"):
        with alerts.shown():
            take_snapshot(database, viewer, keep=load_settings().snapshots_kept)
            session.leave_notice("The copy is made.")
            st.rerun()
    text.aside(
        "A copy goes back with `plc restore`, while the app stands still. The keys are not in it: keep them"
        " elsewhere, with your other secrets."
    )


def draw_erasures(erasures: Sequence[PastErasure]) -> None:
    """What was erased: when, by whom and why, and nothing else."""
    if not erasures:
        return
    text.table(
        pd.DataFrame(
            [
                (
                    f"{e.erased_at:%-d %B %Y}",
                    e.reason,
                    f"{e.rows:,}",
                    "yes" if e.finished_at else "copies and figures are still to go",
                )
                for e in erasures
            ],
            columns=["When", "Why", "Rows", "Finished"],
        ),
        border="horizontal",
        alt="Erasures so far",
    )


def draw_student(database: Database, viewer: Viewer, student_id: str) -> None:
    """One student found: what there is, to hand out or to erase."""
    document = None
    with alerts.shown():
        document = export_student(database, viewer, student_id)
    if document is None:
        return
    st.markdown(
        f"Found: **{len(document['results'])}** results in **{len(document['classes'])}** classes,"
        f" {len(document['groups'])} groups, {len(document['reteach'])} reteach groups."
    )
    st.download_button(
        "Hand it out as a file",
        data=downloads.at_press(viewer, partial(_document, database, viewer, student_id)),
        file_name="student.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="keeping.student.export",
    )
    _ask_erasing(database, viewer, student_id)


def _ask_erasing(database: Database, viewer: Viewer, student_id: str) -> None:
    with st.form("keeping.erase", border=False):
        reason = st.text_input(
            "Why it is erased", placeholder="Request of 20 November", key="keeping.erase.reason"
        )
        sure = st.checkbox(
            f"Erase this student here, and every older copy of the database. {FOR_GOOD}",
            key="keeping.erase.sure",
        )
        pressed = st.form_submit_button("Erase this student", icon=":material/delete_forever:")
    if not pressed:
        return
    if not sure:
        st.error("Tick that you are sure.", icon=":material/error:")
        return
    with alerts.shown():
        erased = working.with_progress(
            lambda progress: erase_student(database, viewer, student_id, reason=reason, progress=progress),
            first_words="Erasing",
        )
        session.leave_notice(
            f"Erased: {erased.rows:,} rows, {erased.files} waiting files, {erased.snapshots} copies. Copies"
            " made elsewhere are yours to delete."
        )
        st.rerun()


def _document(database: Database, viewer: Viewer, student_id: str) -> bytes:
    document = export_student(database, viewer, student_id)
    return json.dumps(document, default=str, indent=2, ensure_ascii=False).encode()


def draw_release(database: Database, viewer: Viewer) -> None:
    """Release figures before their month comes."""
    if not st.button("Release now what may be shown", icon=":material/publish:", key="keeping.release"):
        return
    with alerts.shown():
        outcomes = working.with_progress(
            lambda _: release_now(database, viewer), first_words="Working out figures"
        )
        for kind, outcome in outcomes.items():
            st.markdown(f"- {kind.capitalize()}: {_outcome_words(outcome)}")


def _outcome_words(outcome: Outcome | None) -> str:
    if outcome is None:
        return "there is nothing to release yet"
    if not outcome.made:
        return "too little changed to say anything new"
    return f"{outcome.fresh} figures are new, {outcome.kept} stay as they were, {outcome.hidden} are hidden"


def draw_key(database: Database, viewer: Viewer) -> None:
    """Change the key of student ids."""
    sure = st.checkbox(
        "Exchange every older copy, which needs the old key, for a fresh one", key="keeping.key.sure"
    )
    if not st.button("Change the key", icon=":material/key:", key="keeping.key", disabled=not sure):
        return
    with alerts.shown():
        hidden = working.with_progress(
            lambda progress: change_key(
                database, viewer, keep=load_settings().snapshots_kept, progress=progress
            ),
            first_words="Putting ids under a new key",
        )
        session.leave_notice(f"{hidden:,} pseudonyms are under the new key.")
        st.rerun()
