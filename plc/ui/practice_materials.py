"""Adding files and links to one's card, and taking them off."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices import Card, Material, add_file, add_link, materials, remove_material, set_material_shared
from plc.practices.media import MEDIA_TYPES
from plc.ui import alerts, practice_card, session, switches, text

ROUND: Final = "plc.practices.file_round"
LARGEST_MEGABYTES: Final = 20


def draw(database: Database, viewer: Viewer, found: Card) -> None:
    """What the card has, and the way to add to it."""
    with alerts.stopping():
        have = materials(database, viewer, found.practice_id)
    for material in have:
        with st.container(border=True, key=f"materials.{material.material_id}"):
            practice_card.draw_material(database, viewer, material, key="materials")
            _draw_choices(database, viewer, material)
    _draw_file(database, viewer, found)
    _draw_link(database, viewer, found)


def _draw_choices(database: Database, viewer: Viewer, material: Material) -> None:
    key = f"materials.shared.{material.material_id}"
    wanted = st.toggle(
        "Goes along wherever the card goes",
        key=switches.key_of_stored(key, stored=material.shared),
        help="Otherwise it stays with the authors and their team.",
    )
    if wanted != material.shared:
        with switches.storing(key):
            set_material_shared(database, viewer, material.material_id, shared=wanted)
        st.rerun()
    if st.button(
        "Take it off", type="tertiary", icon=":material/delete:", key=f"materials.off.{material.material_id}"
    ):
        with alerts.stopping():
            remove_material(database, viewer, material.material_id)
        session.leave_notice("The material is gone.")
        st.rerun()


def _draw_file(database: Database, viewer: Viewer, found: Card) -> None:
    key = f"materials.file.{st.session_state.get(ROUND, 0)}"
    file = st.file_uploader(
        "Add a file",
        type=[*MEDIA_TYPES, "jpeg"],
        max_upload_size=LARGEST_MEGABYTES,
        key=key,
        help="A worksheet, a slide, a photo of the board, a short film without students' faces.",
    )
    text.aside(
        "No student may be recognised in it: no name, number, face or voice. Its name is shown as it is."
        " What a picture or an office file notes of who made it is taken out for colleagues. A PDF or a film"
        " can carry your name inside: beyond your team it shows only while every author shows hers."
    )
    if file is None:
        return
    if st.button("Add this file", type="primary", icon=":material/attach_file:", key="materials.add"):
        # What is refused leaves the rest of the page, and the way on, where they are.
        with alerts.shown():
            add_file(database, viewer, found.practice_id, file_name=file.name, content=file.getvalue())
            st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
            session.leave_notice("The file is with your card.")
            st.rerun()


def _draw_link(database: Database, viewer: Viewer, found: Card) -> None:
    with st.form("materials.link", clear_on_submit=False):
        url = st.text_input("Add a link", placeholder="https://", key="materials.url")
        title = st.text_input("What is there?", key="materials.link_title")
        if st.form_submit_button("Add this link", icon=":material/add_link:", key="materials.link_add"):
            with alerts.shown():
                add_link(database, viewer, found.practice_id, url=url, title=title)
                session.leave_notice("The link is with your card.")
                st.rerun()
