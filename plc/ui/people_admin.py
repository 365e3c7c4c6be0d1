"""What a data steward does with people: invite, find, link, give and end roles, remove."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.viewer import TEACHING, Role, Viewer
from plc.database import Database
from plc.people import (
    Account,
    HeldRole,
    RoleGrant,
    end_role,
    give_role,
    invite,
    link_account,
    list_accounts,
    list_invitations,
    remove_account,
    withdraw_invitation,
)
from plc.people.accounts import ACCOUNTS_A_PAGE
from plc.people.invitations import REVIEWER_LASTS, OpenInvitation
from plc.settings import load_settings
from plc.ui import alerts, cached, session, shell, text

ROLES: Final = tuple(role for role in Role if role is not Role.NOBODY)
EVERY_ROLE: Final = "Every role"
CODES: Final = "plc.people.codes"


def draw_invite(database: Database, viewer: Viewer) -> None:
    """Invite one person; her code stands here until it is passed on, or opens nothing any more."""
    address = st.text_input("Mail address", key="people.address", autocomplete="off")
    grant = _ask_grant(database, "people.invite")
    codes: list[str] = st.session_state.setdefault(CODES, [])
    if st.button("Invite", type="primary", icon=":material/person_add:", key="people.invite"):
        with alerts.stopping():
            codes.append(invite(database, viewer, address, grant))
    with alerts.stopping():
        waiting = list_invitations(database, viewer) if codes else []
    for code in codes:
        for asked in waiting:
            if asked.is_claimed_with(code):
                _draw_code(asked, code)


def _draw_code(asked: OpenInvitation, code: str) -> None:
    with st.container(border=True):
        st.success(
            f"Give this code to the holder of {text.plain(asked.address)}. It is nowhere else and can be used"
            f" once until {asked.expires_at:%-d %B %Y}, by whoever signs in with that address.",
            title=f"Invited: {_role_name(asked.role).lower()}",
            icon=":material/key:",
        )
        st.code(code, language=None)
        st.markdown(f"She opens {load_settings().address}/who, signs in and enters the code.")
        st.button(
            "I have passed it on", icon=":material/check:", on_click=_forget_code, args=(code,),
            key=f"people.passed.{asked.account_invitation_id}",
        )  # fmt: skip


def _forget_code(code: str) -> None:
    st.session_state[CODES].remove(code)


def _ask_grant(database: Database, key: str) -> RoleGrant:
    role = st.selectbox("Role", ROLES, format_func=_role_name, key=f"{key}.role")
    school_id: str | None = None
    until_on: date | None = None
    if role in (Role.PRINCIPAL, Role.COACH):
        schools = dict(cached.roster_schools(database, database.data_version()))
        school_id = st.selectbox(
            "School", list(schools), index=None, format_func=schools.__getitem__, key=f"{key}.school"
        )
    if role is Role.REVIEWER:
        today = clock.now().date()
        until_on = st.date_input(
            "Until", value=today + timedelta(days=60), min_value=today, max_value=today + REVIEWER_LASTS,
            key=f"{key}.until",
        )  # fmt: skip
    return RoleGrant(role, school_id=school_id, until_on=until_on)


def _role_name(role: Role) -> str:
    return shell.ROLE_NAMES[role]


def draw_open_invitations(database: Database, viewer: Viewer) -> None:
    """Invitations that nobody used yet."""
    with alerts.stopping():
        waiting = list_invitations(database, viewer)
    if not waiting:
        st.markdown("None.")
    for asked in waiting:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{text.plain(asked.address)}, {shell.ROLE_NAMES[asked.role].lower()},"
                f" until {asked.expires_at:%-d %B %Y}"
            )
            if st.button("Take back", type="tertiary", key=f"people.withdraw.{asked.account_invitation_id}"):
                with alerts.stopping():
                    withdraw_invitation(database, viewer, asked.account_invitation_id)
                st.rerun()


def draw_accounts(database: Database, viewer: Viewer) -> None:
    """Everybody with an account, by address, a page at a time."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input("Find an address", key="people.search")
        role = st.selectbox(
            "Role", [EVERY_ROLE, *ROLES], format_func=lambda r: r if r == EVERY_ROLE else _role_name(Role(r)),
            key="people.filter",
        )  # fmt: skip
    page = st.session_state.get("people.page", 1) - 1
    wanted = None if role == EVERY_ROLE else Role(role)
    with alerts.stopping():
        found = list_accounts(database, viewer, search=search, role=wanted, page=page)
        if page and not found.accounts:
            found = list_accounts(database, viewer, search=search, role=wanted)
    if not found.accounts:
        st.markdown(
            "Nobody found." if search or wanted else "Nobody has an account yet. Invite the first person."
        )
        return
    teachers = {t.teacher_id: t.label for t in cached.roster_teachers(database, database.data_version())}
    schools = dict(cached.roster_schools(database, database.data_version()))
    for account in found.accounts:
        with st.expander(
            _headline(account, teachers), key=f"people.account.{account.account_id}", on_change="rerun"
        ) as card:
            if card.open:
                _draw_account(database, viewer, account, teachers=teachers, schools=schools)
    pages = -(-found.total // ACCOUNTS_A_PAGE)
    if pages > 1:
        st.pagination(pages, key="people.page")
    text.aside(f"{found.total} people")


def _headline(account: Account, teachers: Mapping[str, str]) -> str:
    roles = (
        ", ".join(dict.fromkeys(shell.ROLE_NAMES[held.role].lower() for held in account.roles)) or "no role"
    )
    linked = teachers.get(account.teacher_id or "", "")
    teaches = any(held.role in TEACHING for held in account.roles)
    waits = " (not linked to a teacher yet)" if teaches and not account.teacher_id else ""
    return text.plain(f"{account.address}: {roles}{waits}{f', {linked}' if linked else ''}")


def _draw_account(
    database: Database,
    viewer: Viewer,
    account: Account,
    *,
    teachers: Mapping[str, str],
    schools: Mapping[str, str],
) -> None:
    key = account.account_id
    # To be copied from here: the heading's holds a sign of no width.
    st.text(account.address)
    text.aside(text.plain(f"Signs in through {account.issuer}, since {account.made_at:%-d %B %Y}"))
    for held in account.roles:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(text.plain(_role_words(held, schools)))
            if st.button("End this role", type="tertiary", key=f"people.end.{held.account_role_id}"):
                with alerts.stopping():
                    end_role(database, viewer, held.account_role_id)
                session.leave_notice("The role has ended.")
                st.rerun()
    _ask_link(database, viewer, account, teachers)
    with st.popover("Give another role", key=f"people.more.{key}"):
        grant = _ask_grant(database, f"people.give.{key}")
        if st.button("Give this role", key=f"people.give.{key}"):
            with alerts.stopping():
                give_role(database, viewer, key, grant)
            session.leave_notice("The role is given.")
            st.rerun()
    with st.popover("Remove this person", key=f"people.remove.{key}"):
        st.markdown("She opens nothing from her next click on. What she wrote stays.")
        if st.button("Remove", key=f"people.removed.{key}"):
            with alerts.stopping():
                remove_account(database, viewer, key)
            session.leave_notice("Removed.")
            st.rerun()


def _ask_link(database: Database, viewer: Viewer, account: Account, teachers: Mapping[str, str]) -> None:
    ids = list(teachers)
    linked = st.selectbox(
        "Which teacher of the roster is this?",
        ids,
        index=ids.index(account.teacher_id) if account.teacher_id and account.teacher_id in ids else None,
        format_func=lambda teacher_id: teachers[teacher_id],
        placeholder="Nobody: only counts of practice areas show",
        key=f"people.link.{account.account_id}",
    )
    if linked != account.teacher_id and st.button(
        "Keep this", type="primary", key=f"people.keep.{account.account_id}"
    ):
        with alerts.stopping():
            link_account(database, viewer, account.account_id, teacher_id=linked)
        session.leave_notice("Kept. It holds from the next page she opens.")
        st.rerun()


def _role_words(held: HeldRole, schools: Mapping[str, str]) -> str:
    where = f" of {schools.get(held.school_id, held.school_id)}" if held.school_id else ""
    until = f", until {held.until_on:%-d %B %Y}" if held.until_on else ""
    return f"{shell.ROLE_NAMES[held.role]}{where}{until}"
