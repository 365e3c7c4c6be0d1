"""Who may see a teacher's name: her team, her school, the district; each a switch in her own hands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.viewer import Viewer
from plc.database import Database
from plc.people import (
    Consent,
    TeamAgreement,
    TeamMember,
    close_to_team,
    give_consent,
    join_agreement,
    leave_agreement,
    offered_agreements,
    open_to_team,
    own_consents,
    own_schools,
    own_team_agreements,
    withdraw_consent,
)
from plc.people.consent import Scope
from plc.ui import alerts, session, switches, text, unnamed

SWITCHES: Final[dict[Scope, tuple[str, str]]] = {
    "school": (
        "Show my name in my school",
        "Teachers of {school} see my name and figures; its principal my name alone",
    ),
    "district": (
        "Show my name in the district",
        "Everyone sees my name alone; teachers of {school} the figures too",
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
        offered = offered_agreements(database, viewer)
        schools = own_schools(database, viewer)
        consents = {
            consent.scope: consent for consent in own_consents(database, viewer) if consent.name_shown
        }
    with st.container(border=True, key="sharing.all"):
        for agreement in agreements:
            _draw_team(database, viewer, agreement)
        for agreement in offered:
            draw_offer(database, viewer, agreement)
        for scope in SWITCHES:
            _draw_scope(database, viewer, scope, schools=schools, consent=consents.get(scope))


def _draw_scope(
    database: Database, viewer: Viewer, scope: Scope, *, schools: Sequence[str], consent: Consent | None
) -> None:
    label, who = SWITCHES[scope]
    # A yes for a school she left is none for the one where she teaches now.
    shows = consent is not None and not (scope == "school" and schools and not consent.schools)
    named = consent.schools if consent is not None and consent.schools else schools
    where = text.plain(" and ".join(named)) or "my school"
    until = f", until {consent.until_on:%-d %B %Y}" if consent is not None and shows else ""
    key = _key(scope, [*schools, *named])
    wanted = _switch(label, now=shows, caption=f"{who.format(school=where)}{until}.", key=key)
    asks = consent is not None and bool(consent.not_asked) and _asks_for_more(consent, scope, shows=shows)
    if wanted == shows and not asks:
        return
    with switches.storing(key):
        if wanted:
            give_consent(database, viewer, scope=scope, until_on=clock.now().date() + CONSENT_LASTS)
        else:
            withdraw_consent(database, viewer, scope=scope)
    session.leave_notice("Your name shows from now on." if wanted else "Your name is taken back.")
    st.rerun()


def _asks_for_more(consent: Consent, scope: Scope, *, shows: bool) -> bool:
    """Says where she was not asked yet; whether she says yes for there too."""
    new = text.plain(" and ".join(consent.not_asked))
    former = text.plain(" and ".join((*consent.schools, *consent.former)))
    said = f"You said yes for {former}." if former else "You said yes before your school was known here."
    st.markdown(f":material/info: {said} {new}, where you teach now, is not part of it.")
    if not shows:
        return False
    what = "my name" if scope == "school" else "my figures"
    return st.button(
        f"Show {what} at {new} too",
        icon=":material/domain_add:",
        key=f"sharing.more.{scope}.{unnamed.key_of(new)}",
    )


def draw_offer(database: Database, viewer: Viewer, agreement: TeamAgreement) -> None:
    """What the viewer's team agreed without her, and her own yes to it."""
    names = _names(agreement.members)
    st.markdown(
        f":material/handshake: **{text.plain(agreement.team_name)} looks together until"
        f" {agreement.until_on:%-d %B %Y}.** {names} said yes. Only you can say yes for yourself; your result"
        " stays closed until you open it."
    )
    if st.button(
        "Look together too", icon=":material/group_add:", key=f"sharing.join.{agreement.team_agreement_id}"
    ):
        with alerts.stopping():
            join_agreement(database, viewer, agreement.team_agreement_id)
        session.leave_notice("You look together now. Your own result is closed until you open it.")
        st.rerun()


def _draw_team(database: Database, viewer: Viewer, agreement: TeamAgreement) -> None:
    opened = any(m.opened_on is not None for m in agreement.members if m.teacher_id == viewer.teacher_id)
    mates = [m for m in agreement.members if m.teacher_id != viewer.teacher_id]
    readers = [m for m in mates if m.reads_mine] if opened else mates
    seen_by = (
        f"{_names(readers)} see my name and figures" if readers else "Nobody sees my name and figures yet"
    )
    key = _key(f"team_opened.{agreement.team_agreement_id}", [m.teacher_id for m in readers])
    wanted = _switch(
        f"Open my result to {text.plain(agreement.team_name)}",
        now=opened,
        caption=f"{seen_by} until {agreement.until_on:%-d %B %Y}." if readers else f"{seen_by}.",
        key=key,
    )
    joined = [m for m in mates if opened and not m.reads_mine]
    if wanted != opened or (joined and _opens_to_more(agreement, readers, joined)):
        with switches.storing(key):
            if wanted:
                named = [m.teacher_id for m in mates]
                open_to_team(database, viewer, agreement.team_agreement_id, readers=named)
            else:
                close_to_team(database, viewer, agreement.team_agreement_id)
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


def _opens_to_more(
    agreement: TeamAgreement, readers: Sequence[TeamMember], joined: Sequence[TeamMember]
) -> bool:
    """Says who joined after she opened; whether she opens it to them too."""
    to = f" Your result is open to {_names(readers)}." if readers else ""
    st.markdown(f":material/info: {_names(joined)} joined since you opened it.{to}")
    told = unnamed.key_of(" ".join(m.teacher_id for m in (*readers, *joined)))
    return st.button(
        f"Open it to {_names(joined)} too",
        icon=":material/group_add:",
        key=f"sharing.more.{agreement.team_agreement_id}.{told}",
    )


def _names(members: Sequence[TeamMember]) -> str:
    return ", ".join(text.plain(member.name) for member in members)


def _key(which: str, told: Sequence[str]) -> str:
    """Of a switch. Whom its caption tells of is part of it: a press on an older page says yes to nobody that
    page did not name."""
    return f"sharing.{which}.{unnamed.key_of(' '.join(told))}"


def _switch(label: str, *, now: bool, caption: str, key: str) -> bool:
    wanted = st.toggle(label, key=switches.key_of_stored(key, stored=now))
    text.aside(caption)
    return wanted
