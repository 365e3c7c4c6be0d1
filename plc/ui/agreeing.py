"""What a team agreed about looking together: who said yes, one's own yes, and agreeing for the first time."""

from __future__ import annotations

import streamlit as st

from plc.core import clock
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people import Team, offered_agreements, own_team_agreements, record_team_agreement
from plc.people.team_agreements import FEWEST_MEMBERS, LONGEST
from plc.ui import alerts, menu, session, sharing
from plc.ui.seats import USUAL_AGREEMENT


def draw(database: Database, viewer: Viewer, team: Team) -> None:
    """One team's agreement in force, or a way to one."""
    own = [a for a in own_team_agreements(database, viewer) if a.team_id == team.team_id]
    offered = [a for a in offered_agreements(database, viewer) if a.team_id == team.team_id]
    for agreement in own:
        opened = sum(member.opened_on is not None for member in agreement.members)
        st.markdown(
            f":material/handshake: We agreed to look together until {agreement.until_on:%-d %B %Y};"
            f" {opened} of {len(agreement.members)} opened their result to the team."
        )
    for agreement in offered:
        sharing.draw_offer(database, viewer, agreement)
    if not own and not offered:
        st.markdown("You have not agreed to look at results together. Names stay out of what you see.")
        if viewer.may(Permission.TEAM_AGREEMENT_RECORD) and len(team.members) >= FEWEST_MEMBERS:
            _ask(database, viewer, team)
    st.page_link(menu.MY_CLASSES, label="Who may see my name", icon=":material/visibility:")


def _ask(database: Database, viewer: Viewer, team: Team) -> None:
    today = clock.now().date()
    signs_in = viewer.account_id is not None
    with st.expander("Agree to look together", key=f"team.agree.{team.team_id}"):
        st.markdown(
            "Within an agreement each of you can open her own result to the others."
            + (" Each colleague is asked on this page and says yes for herself." if signs_in else "")
        )
        until_on = st.date_input(
            "Until when?",
            value=today + USUAL_AGREEMENT,
            min_value=today,
            max_value=today + LONGEST,
            key=f"team.agree.until.{team.team_id}",
        )
        agreed = signs_in or st.checkbox(
            "Each of them said yes, knowing what is shown and until when.",
            key=f"team.agree.sure.{team.team_id}",
        )
        if st.button("Record the agreement", disabled=not agreed, key=f"team.agree.record.{team.team_id}"):
            with alerts.stopping():
                record_team_agreement(
                    database,
                    viewer,
                    team_name=team.name,
                    member_ids=[member.teacher_id for member in team.members],
                    until_on=until_on,
                    team_id=team.team_id,
                )
            session.leave_notice(
                "Recorded. Your colleagues are asked on this page." if signs_in else "Recorded."
            )
            st.rerun()
