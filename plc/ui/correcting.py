"""Putting a staged file right in place: one question per mistake, however many rows make it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from plc.core.school_year import grade_words
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.results import (
    Fix,
    Problem,
    StagedUpload,
    correct_upload,
    correction_sheet,
    forget_corrections,
    repeated_rows,
    upload_differences,
    upload_problems,
)
from plc.ui import alerts, downloads, questions, session, text, working

# Asked at once: more mistakes than this are put right in the spreadsheet they came from.
ASKED_AT_ONCE: Final = 8
LEAVE_OUT: Final = "Leave out"
NO_SCHOOL: Final = "No school for now"
# What a cell without a score can mean, in the words of the screen.
STATUSES: Final = {
    "Not tested": "not_tested",
    "Absent": "absent",
    "Exempt": "exempt",
    "Invalid": "invalid",
    "Missing": "missing",
}


def draw(database: Database, viewer: Viewer, staged: StagedUpload) -> tuple[list[Problem], list[Fix]]:
    """Warnings, then every mistake with its choices; returns the mistakes drawn, and what was chosen."""
    for words in staged.warnings:
        st.warning(words, icon=":material/warning:")
    with alerts.stopping():
        problems = upload_problems(database, viewer, staged.upload_id)
        repeats = repeated_rows(database, viewer, staged.upload_id)
    if repeats:
        where = _rows_words(repeats, len(repeats))
        text.aside(f"{where}: an earlier row of this file says the same. It counts once.")
    if staged.corrections:
        _draw_made(database, viewer, staged)
    fixes = _ask(database, viewer, staged, problems) if problems else []
    return problems[:ASKED_AT_ONCE], fixes


def check_again(database: Database, viewer: Viewer, staged: StagedUpload, fixes: Sequence[Fix]) -> None:
    """Read the file anew with what was chosen."""
    with alerts.stopping():
        working.with_progress(
            lambda progress: correct_upload(database, viewer, staged.upload_id, fixes, progress=progress),
            first_words="Checking the file again",
        )
    session.count_kept(staged.upload_id)
    st.rerun()


def draw_differences(database: Database, viewer: Viewer, staged: StagedUpload) -> None:
    """What confirming would change of what is here already, counted and row by row."""
    if not staged.rows_superseded:
        return
    with alerts.stopping():
        differences = upload_differences(database, viewer, staged.upload_id)
    if differences is None:
        return
    st.header("What this changes", anchor=False)
    for assessment, subject, rows in differences.by_assessment.itertuples(index=False):
        words = "1 earlier result" if rows == 1 else f"{rows:,} earlier results"
        st.markdown(f"- **{words}** of {text.plain(assessment)} ({text.plain(subject)})")
    if viewer.account_id is not None and viewer.role is not Role.STEWARD:
        text.aside("What stands here now is shown for your own classes and for results that you loaded.")
    table = differences.rows.rename(
        columns={
            "row_number": "Row", "assessment": "Assessment", "standard": "Standard", "before": "Now here",
            "now": "In this file", "why": "What differs",
        }
    ).dropna(axis="columns", how="all")  # fmt: skip
    with st.expander("Before and after, row by row", icon=":material/compare_arrows:", key="upload.changes"):
        st.dataframe(
            table, hide_index=True, key="upload.change_rows", alt="Each earlier result and what replaces it"
        )


def _ask(database: Database, viewer: Viewer, staged: StagedUpload, problems: Sequence[Problem]) -> list[Fix]:
    st.header("Put it right here", anchor=False)
    st.markdown(
        "Choose what the cells mean, or type the right value. Then press “Check again” at the bottom: the"
        " results are added after that. What you leave as it is stays out."
    )
    # No form: its choices would not be known where the results are added, and be left out in silence.
    with st.container(border=True, key="upload.corrections"):
        choices = [(problem, _ask_one(staged, problem)) for problem in problems[:ASKED_AT_ONCE]]
    if len(problems) > ASKED_AT_ONCE:
        text.aside(f"{len(problems) - ASKED_AT_ONCE} or more further mistakes follow when these are settled.")
    st.download_button(
        "Download these rows to correct them",
        data=downloads.at_press(viewer, partial(_sheet_bytes, database, viewer, staged.upload_id)),
        file_name=f"to correct in {Path(staged.file).stem}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="upload.sheet",
        help="Only the rows with a problem, each with its reason. Correct them and upload that file.",
    )
    return [fix for problem, choice in choices if (fix := _fix(problem, choice)) is not None]


def _sheet_bytes(database: Database, viewer: Viewer, upload_id: str) -> bytes:
    return downloads.csv_bytes(correction_sheet(database, viewer, upload_id))


def _ask_one(staged: StagedUpload, problem: Problem) -> str | None:
    rows = "1 row" if problem.rows == 1 else f"{problem.rows:,} rows"
    column = f", column {text.plain(problem.header)}" if problem.header else ""
    says = f" say {text.plain(problem.value)}" if problem.value and problem.rows > 1 else (
        f" says {text.plain(problem.value)}" if problem.value else ""
    )  # fmt: skip
    where = _rows_words(problem.row_numbers, problem.rows)
    st.markdown(f"**{rows}{column}**{says} ({where}). {text.plain(problem.words)}")
    return st.selectbox(
        _label(problem),
        _choices(problem),
        index=None,
        placeholder="Choose, or type the right value" if problem.can_retype else "Choose",
        accept_new_options=problem.can_retype,
        key=_key(staged, problem),
        persist_state="session",
    )


def _label(problem: Problem) -> str:
    what = questions.words(problem.column) if problem.column else "Row"
    if problem.value and problem.line is None:
        return f"{what} “{problem.value}” means"
    return f"{what} in row {problem.row_numbers[0]}" if problem.row_numbers else f"{what}, where it is empty"


def _choices(problem: Problem) -> list[str]:
    if not problem.can_retype:
        return [LEAVE_OUT]
    match problem.column:
        case "score" | "status":
            return [*STATUSES, LEAVE_OUT]
        case "grade":
            return [*(grade_words(grade).capitalize() for grade in questions.GRADES), LEAVE_OUT]
        case "school_id" if problem.code == "school_not_loaded":
            return [NO_SCHOOL, LEAVE_OUT]
        case _:
            return [LEAVE_OUT]


def _fix(problem: Problem, choice: str | None) -> Fix | None:
    if choice is None or not choice.strip():
        return None
    if choice == LEAVE_OUT:
        return problem.leave_out()
    if choice == NO_SCHOOL:
        return problem.retype("")
    grades = {grade_words(grade).capitalize(): str(grade) for grade in questions.GRADES}
    return problem.retype(STATUSES.get(choice, grades.get(choice, choice)))


def _draw_made(database: Database, viewer: Viewer, staged: StagedUpload) -> None:
    words = (
        "1 correction is made" if staged.corrections == 1 else f"{staged.corrections} corrections are made"
    )
    with st.container(horizontal=True, vertical_alignment="center", key="upload.made"):
        st.markdown(f":material/check: {words}. The file itself stays as it is.", width="stretch")
        again = st.button("Take corrections back", type="tertiary", key="upload.uncorrect")
    if again:
        with alerts.stopping():
            forget_corrections(database, viewer, staged.upload_id)
        st.rerun()


def _rows_words(numbers: Sequence[int], rows: int) -> str:
    listed = ", ".join(f"{number:,}" for number in numbers[:5])
    more = ", ..." if rows > len(numbers[:5]) else ""
    return f"row {listed}" if rows == 1 else f"rows {listed}{more}"


def _key(staged: StagedUpload, problem: Problem) -> str:
    """A key that keeps no id or score in the address of a widget.

    Another one after each check: what was chosen then is used up, and must not come back with its problem.
    """
    cell = (
        f"{staged.upload_id} {session.times_kept(staged.upload_id)} {problem.table} {problem.column}"
        f" {problem.code} {problem.line} {problem.value!r}"
    )
    return f"upload.fix.{hashlib.sha256(cell.encode()).hexdigest()[:12]}"
