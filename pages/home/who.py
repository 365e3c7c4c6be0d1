"""Who is looking? Asked once; what these pages show follows from the answer."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Role
from plc.people import holds_sample_district, list_schools
from plc.ui import cached, guard, identity, menu, runtime, seats, signing_in, text

viewer = guard.page_viewer(seated=False)
database = runtime.database()

st.title("Who is looking?")
if viewer.role is Role.NOBODY and menu.is_known(menu.asked_address()):
    words = "Sign in, then open the link again." if identity.needed() else "The page of your link opens next."
    text.aside(words)
if identity.needed():
    signing_in.draw(database)
    st.stop()
teachers = cached.roster_teachers(database, database.data_version())
if holds_sample_district(database):
    seats.ask_sample_seat(database, teachers, list_schools(database))
elif teachers:
    seats.ask_own_seat(database, teachers)
else:
    seats.ask_where_to_begin(database)
