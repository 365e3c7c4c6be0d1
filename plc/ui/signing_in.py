"""Signing in: with a provider, claiming an invitation, choosing the role one looks with, signing out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from plc.core.errors import NotAllowed
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import Standing, claim_invitation, end_sign_in, look_as, note_access
from plc.ui import alerts, identity, menu, session, shell, text

PROVIDER_NAMES: Final = {"google": "Google", "microsoft": "Microsoft"}


def draw(database: Database) -> None:
    """Where this person stands, and what she can do about it."""
    try:
        standing = identity.standing(database)
    except NotAllowed as error:
        alerts.show(error)
        _sign_out_button(database, Viewer(), "Sign in again or with another account")
        return
    if standing.state == "signed out":
        _ask_provider()
        return
    st.markdown(f"Signed in as **{text.plain(standing.address)}**.")
    if standing.state == "stranger":
        _ask_code(database)
    elif standing.state == "no role":
        st.info(
            "Your role here has ended, or has not begun. A data steward gives roles.", icon=":material/info:"
        )
    else:
        _ask_role(database, standing)
    _sign_out_button(database, standing.viewer, "Sign out")


def _ask_provider() -> None:
    st.markdown(
        "Sign in with the account of your school or district. You need an invitation of a data steward."
    )
    auth = st.secrets.get("auth", {})
    named = [name for name, value in auth.items() if isinstance(value, Mapping) and name != "client_kwargs"]
    if "client_id" in auth and st.button(
        "Sign in", type="primary", icon=":material/login:", key="who.sign_in"
    ):
        st.login()
    for name in named:
        label = PROVIDER_NAMES.get(name, name.capitalize())
        if st.button(f"Sign in with {label}", icon=":material/login:", key=f"who.sign_in.{name}"):
            st.login(name)


def _ask_code(database: Database) -> None:
    st.markdown("You have no seat here yet. A data steward gave you a code with your invitation.")
    with st.form("who.claim", clear_on_submit=True):
        code = st.text_input("Code of your invitation", key="who.code", autocomplete="off")
        claimed = st.form_submit_button("Use the code", type="primary", icon=":material/key:")
    if not claimed:
        return
    with alerts.stopping():
        known = identity.signed_in()
        if known is None:
            raise NotAllowed("You are not signed in any more. Sign in again.")
        claim_invitation(database, known, code)
    session.leave_notice("Welcome. Your invitation is used up; from now on signing in is enough.")
    session.go_to(menu.START)


def _ask_role(database: Database, standing: Standing) -> None:
    if len(standing.roles) == 1:
        st.markdown(f"You look as: **{shell.ROLE_NAMES[standing.viewer.role]}**.")
        return
    role = st.radio(
        "Look as",
        standing.roles,
        index=standing.roles.index(standing.viewer.role),
        format_func=_role_name,
        key="who.role",
    )
    if st.button("Continue", type="primary", icon=":material/arrow_forward:", key="who.continue"):
        with alerts.stopping():
            look_as(database, standing.viewer, role, roles=standing.roles)
        session.go_to(menu.START)


def _role_name(role: Role) -> str:
    return shell.ROLE_NAMES[role]


def _sign_out_button(database: Database, viewer: Viewer, label: str) -> None:
    if not st.button(label, icon=":material/logout:", key="who.sign_out"):
        return
    try:
        if (known := identity.signed_in()) is not None:
            end_sign_in(database, viewer, known)
    except NotAllowed as error:
        note_access(database, viewer, action="sign out", thing=error.message, refused=True)
    st.logout()
