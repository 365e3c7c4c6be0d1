"""What the identity provider said of whoever has this tab open, and what that person may do here now.

Streamlit's cookie lives thirty days and takes no notice of the token's expiry; how long a sign-in lasts is
decided by our own rules from the moment it was issued.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import streamlit as st

from plc.core.errors import NotAllowed
from plc.core.viewer import Viewer
from plc.database import Database
from plc.people import Identity, SignInRules, Standing, note_access, read_identity
from plc.people import standing as standing_of
from plc.settings import Settings, load_settings


def needed() -> bool:
    """Whether people sign in at this installation."""
    return load_settings().sign_in == "oidc"


def rules(settings: Settings) -> SignInRules:
    """Whom the settings let in."""
    return SignInRules(
        allowed_issuers=settings.allowed_issuers,
        hosted_domains=tuple(domain.casefold() for domain in settings.hosted_domains),
        verifying_issuers=settings.verifying_issuers,
        session=timedelta(hours=settings.session_hours),
        idle=timedelta(minutes=settings.idle_minutes),
    )


def claims() -> Mapping[str, Any]:
    """What the provider said of whoever has this tab open; empty outside a run of the page."""
    return st.user.to_dict()


def signed_in(said: Mapping[str, Any] | None = None) -> Identity | None:
    """Who signed in; None before anyone did. Raises `NotAllowed` for an identity that is not let in.

    `said`: the claims of a run before, where there is none now.
    """
    said = claims() if said is None else said
    if not said.get("is_logged_in"):
        return None
    return read_identity(said, rules(load_settings()))


def standing(database: Database, said: Mapping[str, Any] | None = None) -> Standing:
    """What whoever has this tab open may do now. Raises `NotAllowed` for one who is not let in."""
    identity = signed_in(said)
    if identity is None:
        return Standing("signed out")
    return standing_of(database, identity, rules(load_settings()))


def viewer(database: Database, said: Mapping[str, Any] | None = None) -> Viewer:
    """Who is looking: nobody for one who is not signed in, not let in, not invited, or removed."""
    try:
        return standing(database, said).viewer
    except NotAllowed as error:
        note_access(database, Viewer(), action="sign in", thing=error.message, refused=True)
        return Viewer()
