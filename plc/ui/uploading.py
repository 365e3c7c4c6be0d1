"""Adding results: whether what was read is right, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from plc.core.errors import Issue
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.results import (
    StagedUpload,
    UploadSummary,
    answer_upload,
    confirm_upload,
    discard_upload,
    staged_preview,
    undo_upload,
)
from plc.ui import (
    alerts,
    correcting,
    downloads,
    measuring,
    menu,
    questions,
    rescan,
    session,
    text,
    working,
)

PREVIEW_ROWS: Final = 10
# Kinds of problem told as sentences; the table below them holds every row.
KINDS_TOLD: Final = 6
# Where a note stands that belongs to no row.
WHOLE_FILE: Final = "whole file"
# What a person checks first; a narrow window hides the columns behind them.
SHOWN_FIRST: Final = ("student_id", "assessment", "assessment_id", "date", "score")
# Said by questions of their own, so not repeated among the problems.
ASKED: Final = {"answer_needed", "date_order", "date_order_assumed", "already_loaded"}


def show_check(database: Database, viewer: Viewer, staged: StagedUpload) -> None:
    """Third screen: what was understood, every problem, and the button that writes."""
    st.markdown(f"**{text.plain(staged.file)}**: {text.plain(staged.recognised)}.")
    if staged.already_loaded:
        st.info("Everything in this file is here already. Adding it again changes nothing.")
    _draw_counts(staged)
    _ask_date_order(database, viewer, staged)
    asked, fixes = correcting.draw(database, viewer, staged)
    correcting.draw_differences(database, viewer, staged)
    draw_problems(staged.issues, staged.file, asked={(one.header, one.words) for one in asked})
    draw_columns(staged)
    st.header("How the first rows were read", anchor=False)
    preview = _preview(database, viewer, staged.upload_id)
    st.dataframe(preview, hide_index=True, key="upload.preview", alt=f"The first {len(preview)} rows as read")
    # Kept in sight however long the list of problems is.
    with st.bottom, st.container(horizontal=True, key="upload.actions"):
        # What was chosen is checked before anything is added; with nothing to add there is no button.
        checked = bool(fixes) and st.button(
            "Check again", type="primary", icon=":material/rule:", key="upload.correct"
        )
        offered = not fixes and staged.rows_accepted > 0 and not staged.already_loaded
        confirmed = offered and st.button(
            f"Add {staged.rows_accepted:,} {'result' if staged.rows_accepted == 1 else 'results'}",
            type="primary",
            icon=":material/check:",
            key="upload.confirm",
        )
        draw_cancel(database, viewer, staged)
    if checked:
        correcting.check_again(database, viewer, staged, fixes)
    if confirmed:
        _confirm(database, viewer, staged)


def show_done(database: Database, viewer: Viewer, upload: UploadSummary) -> None:
    """Last screen: what came in, what was found, and the way back."""
    st.success(f"{upload.rows_accepted:,} results are in.", icon=":material/check_circle:")
    if found := session.finding_words():
        st.markdown(found)
    _draw_counts(upload)
    with st.container(horizontal=True):
        if viewer.role is Role.TEACHER and viewer.teacher_id is None:
            label, page = "Choose my classes", menu.WHO
        else:
            label, page = "See bright spots", menu.BRIGHT_SPOTS
        if st.button(label, type="primary", icon=":material/arrow_forward:", key="upload.see"):
            session.keep_finished_upload(None)
            st.switch_page(page)
        if st.button("Add another file", icon=":material/upload_file:", key="upload.another"):
            session.keep_finished_upload(None)
            st.rerun()
        undo_button(database, viewer, upload)
    measuring.ask_purposes(database, viewer, upload.upload_id)


def undo_button(database: Database, viewer: Viewer, upload: UploadSummary) -> None:
    """One click takes an upload back and brings the bright spots up to date."""
    if not st.button("Undo this upload", icon=":material/undo:", key=f"upload.undo.{upload.upload_id}"):
        return
    with alerts.stopping():
        undo_upload(database, viewer, upload.upload_id)
    words = rescan.bring_up_to_date(database, viewer)
    session.keep_finished_upload(None)
    session.leave_notice(
        f"{text.plain(upload.file)} is taken back; values it had replaced are in force again. {words}"
    )
    st.rerun()


def _answer(database: Database, viewer: Viewer, staged: StagedUpload, answers: Mapping[str, str]) -> None:
    with alerts.stopping():
        working.with_progress(
            lambda progress: answer_upload(database, viewer, staged.upload_id, answers, progress=progress),
            first_words="Reading the file with your answers",
        )
    st.rerun()


def _ask_date_order(database: Database, viewer: Viewer, staged: StagedUpload) -> None:
    """A date such as 3/4/2026 can be read in two ways; whoever made the file knows which."""
    notes = [issue for issue in staged.issues if issue.code in ("date_order", "date_order_assumed")]
    if not notes:
        return
    orders = {"month": "March 4", "day": "3 April"}
    read_as = "day" if "day/month" in notes[0].message else "month"
    order = st.segmented_control(
        "A date such as 3/4/2026 in this file means",
        list(orders),
        default=read_as,
        format_func=orders.__getitem__,
        required=True,
        key=f"upload.date_order.{read_as}",
    )
    if order is not None and order != read_as:
        _answer(database, viewer, staged, {"date_order": order})


def _confirm(database: Database, viewer: Viewer, staged: StagedUpload) -> None:
    with alerts.stopping():
        summary = working.with_progress(
            lambda progress: confirm_upload(database, viewer, staged.upload_id, progress=progress),
            first_words="Adding the results",
        )
    session.forget_draft_upload()
    session.keep_finished_upload(summary.upload_id)
    session.keep_finding_words(rescan.bring_up_to_date(database, viewer))
    st.rerun()


def draw_cancel(database: Database, viewer: Viewer, staged: StagedUpload) -> None:
    if st.button("Cancel, add nothing", type="tertiary", key="upload.cancel"):
        with alerts.shown():
            discard_upload(database, viewer, staged.upload_id)
        session.forget_draft_upload()
        st.rerun()


def _draw_counts(upload: UploadSummary) -> None:
    with st.grid(4, min_column_width=130, key="upload.counts"):
        st.metric("Rows read", f"{upload.rows_read:,}", border=True)
        st.metric("To add" if upload.state == "staged" else "Added", f"{upload.rows_accepted:,}", border=True)
        st.metric("Here already", f"{upload.rows_duplicate:,}", border=True)
        st.metric("Left out", f"{upload.rows_rejected:,}", border=True)
    if upload.rows_superseded:
        text.aside(
            f"{upload.rows_superseded:,} of the rows to add correct an earlier value, which is kept for undo."
        )


def draw_problems(issues: Sequence[Issue], file_name: str, *, asked: Container[tuple[str, str]] = ()) -> None:
    """Problems as sentences, except those `asked` about (column, words), and all of them in a table."""
    issues = [issue for issue in issues if issue.code not in ASKED]
    if not issues:
        return
    st.header(f"{len(issues):,} {'place needs' if len(issues) == 1 else 'places need'} a look")
    kinds = Counter((issue.column, issue.message) for issue in issues)
    told = [kind for kind in kinds.most_common() if (kind[0][0] or "", kind[0][1]) not in asked]
    for (column, message), rows in told[:KINDS_TOLD]:
        in_rows = any(
            issue.row is not None for issue in issues if (issue.column, issue.message) == (column, message)
        )
        where = f"{rows:,} {'row' if rows == 1 else 'rows'}" if in_rows else WHOLE_FILE.capitalize()
        where += f", column {text.plain(column)}" if column else ""
        st.markdown(f"- **{where}**: {text.plain(message)}")
    table = pd.DataFrame(
        {
            "Row": [WHOLE_FILE if issue.row is None else str(issue.row) for issue in issues],
            "Column": [issue.column or "" for issue in issues],
            "What to do": [issue.message for issue in issues],
        }
    )
    with st.expander("Every problem by row and column", icon=":material/list:", key="upload.problems"):
        st.dataframe(
            table, hide_index=True, key="upload.problem_rows", alt="Every problem with its row and column"
        )
        st.download_button(
            "Download the list",
            data=downloads.csv_bytes(table),
            file_name=f"problems in {Path(file_name).stem}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="upload.problem_download",
        )


def draw_columns(staged: StagedUpload) -> None:
    taken = sum(match.meaning is not None for match in staged.columns)
    with st.expander(
        f"{taken} of {len(staged.columns)} columns were recognised",
        icon=":material/view_column:",
        key="upload.columns",
    ):
        text.table(
            pd.DataFrame(
                {
                    "In the file": [match.header for match in staged.columns],
                    "Taken as": [
                        questions.words(match.meaning) if match.meaning else "left out"
                        for match in staged.columns
                    ],
                    "Why": [match.note for match in staged.columns],
                }
            ),
            border="horizontal",
            alt="Each column of the file and what it was taken as",
        )


def _preview(database: Database, viewer: Viewer, upload_id: str) -> pd.DataFrame:
    with alerts.stopping():
        preview = staged_preview(database, viewer, upload_id, limit=PREVIEW_ROWS)
    first = [column for column in SHOWN_FIRST if column in preview]
    rest = [column for column in preview if column not in first]
    return preview[[*first, *rest]].rename(columns=questions.words)
