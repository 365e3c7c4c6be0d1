"""What stands around every page: the menu, who is looking, and what this copy is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.people import TeamAgreement
from plc.ui import cached, identity, text
from plc.ui.menu import WHO

PRODUCT: Final = "PLC bright spots"
ASSETS: Final = Path(__file__).parent / "assets"
ROLE_NAMES: dict[Role, str] = {
    Role.NOBODY: "Nobody yet",
    Role.TEACHER: "Teacher",
    Role.FACILITATOR: "Facilitator of a team",
    Role.COACH: "Coach",
    Role.PRINCIPAL: "Principal",
    Role.DISTRICT_LEADER: "District leader",
    Role.STEWARD: "Data steward",
    Role.REVIEWER: "External reviewer",
}
OTHER_SEATS: dict[Role, str] = {
    Role.COACH: "Sees the work of the teams she coaches",
    Role.DISTRICT_LEADER: "Sees what works across schools",
    Role.REVIEWER: "Sees practices without names",
}

UNPROTECTED: Final = (
    ":material/lock_open: **Unprotected copy, only on this computer.**"
    " Whoever opens it can say they are anyone."
)
# What only this computer reaches.
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
OPEN_COPY: Final = (
    "Nobody signs in here, so it may only listen on this computer: set `server.address` to `localhost`,"
    " or set up sign-in as the README's section Deploy says."
)
SAMPLE: Final = ":material/science: **Sample district**: people, schools and results are made up."


def seat_words(database: Database, viewer: Viewer) -> tuple[str, str]:
    """Who is looking: a name or a role, and what goes with it."""
    if viewer.teacher_id is not None:
        if teacher := cached.roster_teacher(database, database.data_version(), viewer.teacher_id):
            return (
                teacher.name,
                f"{ROLE_NAMES[viewer.role]}, {teacher.teaches}" if teacher.teaches else teacher.name,
            )
        return viewer.teacher_id, ROLE_NAMES[viewer.role]
    if viewer.school_ids:
        schools = dict(cached.roster_schools(database, database.data_version()))
        return ROLE_NAMES[viewer.role], " and ".join(
            schools.get(school, school) for school in viewer.school_ids
        )
    if viewer.role in (Role.COACH, Role.DISTRICT_LEADER, Role.REVIEWER):
        return ROLE_NAMES[viewer.role], OTHER_SEATS[viewer.role]
    words = (
        "Which classes are yours is not said yet"
        if viewer.role is Role.TEACHER
        else "Loads and checks results"
    )
    return ROLE_NAMES[viewer.role], words


def draw_sidebar(database: Database, viewer: Viewer) -> None:
    """Who is looking, her team, and the way to change it."""
    with st.sidebar:
        name, words = seat_words(database, viewer)
        with st.container(border=True, key="shell.seat"):
            text.aside("Looking as")
            st.markdown(f"**{text.plain(name)}**")
            text.aside(text.plain(words))
            for team in _agreements(database, viewer):
                until = f"until {team.until_on:%-d %B %Y}"
                text.aside(f":material/handshake: {text.plain(team.team_name)}, {until}")
            label = "Role and sign-out" if identity.needed() else "Look as someone else"
            st.page_link(WHO, label=label, icon=":material/switch_account:")


def _agreements(database: Database, viewer: Viewer) -> list[TeamAgreement]:
    if not viewer.may(Permission.OWN_RESULT_READ):
        return []
    return cached.agreements(database, viewer, data_version=database.data_version(), today=clock.now().date())


def draw_look() -> None:
    """What the theme cannot say of the look."""
    st.html(ASSETS / "look.css")


def draw_banner(database: Database) -> None:
    """What this copy is, on every page."""
    words = [SAMPLE] if cached.sample_district(database, database.data_version()) else []
    if not identity.needed():
        words.append(UNPROTECTED)
    if words:
        with st.container(key="shell.banner"):
            text.aside(" ".join(words))


def refuse_open_copy() -> None:
    """Stop where nobody signs in and others could reach this copy over the network."""
    address = str(st.get_option("server.address") or "")
    if not identity.needed() and address not in LOOPBACK:
        st.error(OPEN_COPY, title="This copy is unprotected", icon=":material/lock_open:")
        st.stop()
