"""Taking in a file or a pasted grid: which one, what its columns are, what it does not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from plc.core.errors import BadFile, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.people import holds_sample_district
from plc.results import (
    ColumnExample,
    StagedUpload,
    answer_upload,
    column_examples,
    layouts_for,
    save_layout,
    stage_upload,
)
from plc.results.uploads import STAGED_FOR
from plc.settings import BROWSER_UPLOAD_MEGABYTES
from plc.ui import (
    alerts,
    cached,
    questions,
    sample_leaving,
    session,
    text,
    uploading,
    waiting_uploads,
    working,
)

FILE_TYPES: Final = ["csv", "tsv", "txt", "xlsx", "zip"]
NEEDED: Final = (
    "**What the file needs:** a student id and a score in each row. The teacher, grade, subject, school year,"
    " assessment and date can be columns too, or you answer them once on the next screen."
)
PASTED: Final = "Pasted rows"
# Asked for where no column is known: see plc.results.formats.door.
BY_HAND: Final = {"format": "by_hand"}


def ask_file(database: Database, viewer: Viewer) -> None:
    """First screen: which file, or which rows of a spreadsheet."""
    if holds_sample_district(database):
        _offer_own_results(database, viewer)
    waiting_uploads.offer(database, viewer)
    st.markdown(
        "Drop a file from your gradebook or assessment platform. Nothing is added before you confirm;"
        f" the file is kept aside for at most {STAGED_FOR.days} days and deleted when you confirm or cancel."
    )
    uploaded = st.file_uploader(
        "Results file",
        type=FILE_TYPES,
        key=session.uploader_key(),
        max_upload_size=BROWSER_UPLOAD_MEGABYTES,
        help="CSV, TSV or Excel, or a zip of tables. One row per student and assessment, or one column each.",
    )
    text.aside(NEEDED)
    if uploaded is not None:
        _take(database, viewer, bytes(uploaded.getbuffer()), uploaded.name)
        return
    with st.expander("Or paste rows from a spreadsheet", icon=":material/content_paste:", key="upload.paste"):
        pasted = st.text_area(
            "Rows with their column names on top",
            placeholder="Student ID\tUnit 7\n0012345\t31",
            height=160,
            key=f"{session.uploader_key()}.pasted",
        )
        if st.button("Read these rows", icon=":material/content_paste_go:", key="upload.read_pasted"):
            if pasted.strip():
                _take(database, viewer, pasted.encode(), PASTED)
            else:
                st.info("Paste the rows first, with their column names on top.")


def _offer_own_results(database: Database, viewer: Viewer) -> None:
    """One's own results do not belong among made-up ones."""
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key="upload.sample_is_loaded"
    ):
        st.markdown(
            "The sample district is loaded: your own results would mix with made-up ones.", width="stretch"
        )
        sample_leaving.offer(database, viewer, kind="primary", key="upload.own")


def ask_answers(database: Database, viewer: Viewer, staged: StagedUpload) -> None:
    """Second screen: what neither the file nor the roster says, and which unknown column is what."""
    st.header("What the file does not say", anchor=False)
    st.markdown(f"**{text.plain(staged.file)}** was read. Your answers hold for every row of it.")
    with alerts.stopping():
        columns = column_examples(database, viewer, staged.upload_id)
    _offer_layouts(database, viewer, staged)
    unused = [match.header for match in staged.columns if match.meaning is None and match.header.strip()]
    suggested = {column.header: column.suggested for column in columns if column.suggested}
    shown = [column for column in columns if column.header in {header.strip() for header in unused}]
    if shown:
        _draw_examples(shown)
    teachers = cached.roster_teachers(database, database.data_version())
    with st.container(border=True, key="upload.questions"):
        answers = questions.ask_all(staged.missing_answers, viewer, teachers, unused, suggested)
    layout = ""
    if shown:
        layout = st.text_input(
            "Keep which column is which under a name (optional)",
            placeholder="Our gradebook",
            key="upload.layout",
            help="Offered the next time a table with these columns comes. No row of it is kept.",
        )
    uploading.draw_columns(staged)
    with st.bottom, st.container(horizontal=True, key="upload.actions"):
        answered = st.button(
            "Continue", type="primary", icon=":material/arrow_forward:", key="upload.answered"
        )
        uploading.draw_cancel(database, viewer, staged)
    if not answered:
        return
    if still_open := [column for column in staged.missing_answers if not questions.settled(column, answers)]:
        st.warning(f"Still open: {', '.join(questions.words(column).lower() for column in still_open)}.")
        return
    _answer(database, viewer, staged, answers, layout=layout)


def _take(database: Database, viewer: Viewer, content: bytes, name: str) -> None:
    """Stage what came; a table none of whose columns is known goes to the questions, column by column."""
    session.drop_uploaded_file()
    try:
        staged = _stage(database, viewer, content, name, {})
    except PlcError as error:
        try:
            if not isinstance(error, BadFile):
                raise error
            staged = _stage(database, viewer, content, name, BY_HAND)
        except PlcError:
            alerts.show(error)
            if isinstance(error, BadFile):
                uploading.draw_problems(error.issues, name)
            return
    session.keep_draft_upload(staged.upload_id)
    st.rerun()


def _stage(
    database: Database, viewer: Viewer, content: bytes, name: str, answers: Mapping[str, str]
) -> StagedUpload:
    return working.with_progress(
        lambda progress: stage_upload(
            database, viewer, content, file_name=name, answers=answers, progress=progress
        ),
        first_words="Reading the file",
    )


def _answer(
    database: Database, viewer: Viewer, staged: StagedUpload, answers: Mapping[str, str], *, layout: str = ""
) -> None:
    with alerts.stopping():
        working.with_progress(
            lambda progress: answer_upload(database, viewer, staged.upload_id, answers, progress=progress),
            first_words="Reading the file with your answers",
        )
        if layout.strip():
            save_layout(database, viewer, staged.upload_id, layout)
    st.rerun()


def _offer_layouts(database: Database, viewer: Viewer, staged: StagedUpload) -> None:
    with alerts.stopping():
        layouts = layouts_for(database, viewer, staged.upload_id)
    for number, layout in enumerate(layouts):
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"upload.known_layout.{number}"
        ):
            st.markdown(
                f"A table with these columns was read before as **{text.plain(layout.name)}**.",
                width="stretch",
            )
            use = st.button(
                "Read it the same way", icon=":material/history:", key=f"upload.use_layout.{number}"
            )
        if use:
            _answer(database, viewer, staged, layout.answers)


def _draw_examples(columns: list[ColumnExample]) -> None:
    st.markdown("These columns were not recognised. What stands in them, and what they may be:")
    text.table(
        pd.DataFrame(
            {
                "In the file": [column.header for column in columns],
                "For example": [", ".join(column.examples) for column in columns],
                "Perhaps": [
                    questions.words(column.suggested) if column.suggested else "" for column in columns
                ],
            }
        ),
        border="horizontal",
        hide_index=True,
        alt="The columns that were not recognised, with examples",
    )
