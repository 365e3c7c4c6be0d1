"""The shell: who is looking, which pages are theirs, and the page. Run it with `plc serve` or `make run`."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Role
from plc.ui import alerts, in_address, menu, runtime, session, shell

st.set_page_config(page_title=shell.PRODUCT, page_icon=str(shell.ASSETS / "icon.png"), layout="centered")
st.logo(str(shell.ASSETS / "logo.svg"), size="large", icon_image=str(shell.ASSETS / "mark.svg"))

shell.refuse_open_copy()
with alerts.stopping():
    database = runtime.database()
    viewer = runtime.shell_viewer()

# Expanded: a menu that hides a part of itself behind a click hides what a role needs.
page = st.navigation(menu.menu(viewer), expanded=True)
st.set_page_config(page_title=f"{page.title} - {shell.PRODUCT}", page_icon=str(shell.ASSETS / "icon.png"))
if destination := session.take_destination():
    st.switch_page(destination, query_params=in_address.of_page(destination))
shell.draw_look()
shell.draw_banner(database)
if viewer.role is not Role.NOBODY:
    shell.draw_sidebar(database, viewer)
# Its place stays when it goes: what moves up is drawn anew, and loses the words being typed in it.
with st.container():
    if notice := session.take_notice():
        st.success(notice, icon=":material/check_circle:")
session.mark_shell_ran()
in_address.note_page(page.url_path)
try:
    page.run()
finally:
    runtime.write_audit()
