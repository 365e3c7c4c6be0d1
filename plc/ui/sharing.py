"""Who may see a teacher's name: her team, her school, the district; each a switch in her own hands."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.viewer import Viewer
from plc.database import Database
from plc.people import (
    TeamAgreement,
    close_to_team,
    give_consent,
    leave_agreement,
    open_to_team,
    own_consents,
    own_team_agreements,
    withdraw_consent,
)
from plc.people.consent import Scope
from plc.ui import alerts, session, text

SWITCHES: Final[dict[Scope, tuple[str, str]]] = {
    "school": (
        "Show my name in my school",
        "Teachers of my school see my name and figures; its principal my name alone",
    ),
    "district": (
        "Show my name in the district",
        "Everyone sees my name alone; teachers of my school the figures too",
    ),
}
# Consent is asked anew at least once a year.
CONSENT_LASTS: Final = timedelta(days=365)


def draw(database: Database, viewer: Viewer) -> None:
    """The switches, each with who would see what."""
    st.header("Who may see my name", anchor=False)
    st.markdown(
        "Nobody, unless you say so here, and only beside a bright spot. You can take it back at any time;"
        " it holds from the next page anyone opens. A principal never sees your figures."
    )
    with alerts.stopping():
        agreements = own_team_agreements(database, viewer)
        consents = {
            consent.scope: consent for consent in own_consents(database, viewer) if consent.name_shown
        }
    with st.container(border=True, key="sharing.all"):
        for agreement in agreements:
            _draw_team(database, viewer, agreement)
        for scope, (label, who) in SWITCHES.items():
            consent = consents.get(scope)
            until = f", until {consent.until_on:%-d %B %Y}" if consent else ""
            wanted = _switch(
                label,
                now=consent is not None,
                caption=f"{who}{until}.",
                key=scope,
            )
            if wanted == (consent is not None):
                continue
            with alerts.stopping():
                if wanted:
                    give_consent(database, viewer, scope=scope, until_on=clock.now().date() + CONSENT_LASTS)
                else:
                    withdraw_consent(database, viewer, scope=scope)
            session.leave_notice("Your name shows from now on." if wanted else "Your name is taken back.")
            st.rerun()


def _draw_team(database: Database, viewer: Viewer, agreement: TeamAgreement) -> None:
    opened = any(m.opened_on is not None for m in agreement.members if m.teacher_id == viewer.teacher_id)
    others = [text.plain(m.name) for m in agreement.members if m.teacher_id != viewer.teacher_id]
    wanted = _switch(
        f"Open my result to {text.plain(agreement.team_name)}",
        now=opened,
        caption=f"{', '.join(others)} see my name and figures until {agreement.until_on:%-d %B %Y}.",
        key=f"team_opened.{agreement.team_agreement_id}",
    )
    if wanted != opened:
        with alerts.stopping():
            (open_to_team if wanted else close_to_team)(database, viewer, agreement.team_agreement_id)
        session.leave_notice(
            "Your team sees your result now." if wanted else "Your result is closed to your team."
        )
        st.rerun()
    if st.button(
        "Leave this team agreement",
        type="tertiary",
        icon=":material/logout:",
        key=f"sharing.leave.{agreement.team_agreement_id}",
    ):
        with alerts.stopping():
            leave_agreement(database, viewer, agreement.team_agreement_id)
        session.leave_notice("You left. Your team no longer sees your name, and you no longer see theirs.")
        st.rerun()


def _switch(label: str, *, now: bool, caption: str, key: str) -> bool:
    # The state is part of the key: a switch never shows anything but what holds.
    wanted = st.toggle(label, value=now, key=f"sharing.{key}.{now}")
    text.aside(caption)
    return wanted
