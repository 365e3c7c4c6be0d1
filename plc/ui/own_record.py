"""My record on the page: what she shared, who tried it, what came of it. Only she can take it away."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.reports import own_record
from plc.ui import alerts, cached, menu, report_downloads, text


def draw(database: Database, viewer: Viewer) -> None:
    """Her record as it would be printed, and the buttons that make it."""
    with alerts.stopping():
        state = cached.state(database, viewer)
        cards = cached.own_practices(database, viewer, data_version=state.data_version, today=state.today)
        report = own_record(database, viewer) if cards else None
    if report is None:
        st.info(
            "Once you write down and share a practice, you read here who tried it and what came of it.",
            title="No practice card yet",
            icon=":material/edit_note:",
        )
        st.page_link(menu.FOR_YOU, label="Begin", icon=":material/arrow_forward:")
        return
    for section in report.sections:
        st.header(text.plain(section.heading), anchor=False)
        for words in section.paragraphs:
            st.markdown(text.plain(words))
        for table in section.tables:
            text.table(
                pd.DataFrame(table.rows, columns=list(table.heads)),
                border="horizontal",
                hide_index=True,
                alt=table.caption,
            )
    report_downloads.draw(
        partial(own_record, database, viewer),
        viewer=viewer,
        name="my-record",
        key="my_record",
        what="my record",
    )
    for note in report.footnotes:
        text.aside(text.plain(note))
