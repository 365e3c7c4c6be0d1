"""A teacher's own cells and sections to take away, with what is needed to follow them."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from typing import Final

import streamlit as st

from plc.bright_spots.own_download import HOW_TO_FOLLOW, own_download
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.ui import downloads, text

FILE_NAME: Final = "my-classes-step-by-step.zip"


def draw(database: Database, viewer: Viewer) -> None:
    """The button; the file is made when it is pressed."""
    if viewer.teacher_id is None or not viewer.may(Permission.DATA_DOWNLOAD):
        return
    st.download_button(
        "Download my classes, step by step",
        data=downloads.at_press(viewer, partial(zip_bytes, database, viewer)),
        file_name=FILE_NAME,
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        key="own.takeaway",
    )
    text.aside(
        "Your own classes and the published numbers they are compared by, enough to work out every class's"
        " figure yourself. No student and no colleague is in it."
    )


def zip_bytes(database: Database, viewer: Viewer) -> bytes:
    """The tables of `own_download` as CSV, and how to follow them. Raises `NotAllowed`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("how-to-follow.txt", HOW_TO_FOLLOW)
        for name, frame in own_download(database, viewer).items():
            archive.writestr(f"{name}.csv", downloads.csv_bytes(frame))
    return packed.getvalue()
