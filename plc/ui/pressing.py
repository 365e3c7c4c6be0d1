"""Buttons whose press counts although the page is drawn anew in the same moment.

Streamlit ends a run as soon as the same browser asks for another, and a box that sends words asks by
itself. What stands behind `if st.button(...)` may then never be reached, and the press is lost. A callback
runs before anything of the run can be ended. It is the one of the run before, so it asks anew who presses.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import streamlit as st

from plc.core.errors import NotAllowed, PlcError
from plc.core.viewer import Viewer
from plc.ui import alerts, runtime

Kind = Literal["primary", "secondary", "tertiary"]


def button(
    label: str,
    on_press: Callable[[], object],
    *,
    viewer: Viewer,
    key: str,
    kind: Kind = "secondary",
    icon: str | None = None,
    hint: str | None = None,
    disabled: bool = False,
) -> None:
    """A button that does `on_press` as `viewer`, who must still be who she was; a refusal is said on top."""
    st.button(
        label,
        type=kind,
        icon=icon,
        help=hint,
        disabled=disabled,
        key=key,
        on_click=partial(_press, viewer, on_press),
    )


def _press(viewer: Viewer, on_press: Callable[[], object]) -> None:
    try:
        require_same(viewer)
        on_press()
    except PlcError as error:
        alerts.show(error)


def require_same(viewer: Viewer) -> None:
    """Raise `NotAllowed` where whoever looks now is another or has lost a team since this was drawn."""
    require_still(viewer, runtime.viewer())


def require_still(viewer: Viewer, now: Viewer) -> None:
    """Raise `NotAllowed` where `now` is another than `viewer` or has lost a team or a school of hers."""
    drawn_for = (viewer.role, viewer.teacher_id, viewer.account_id, viewer.leads)
    same = (now.role, now.teacher_id, now.account_id, now.leads) == drawn_for
    kept = set(viewer.team_ids) <= set(now.team_ids) and set(viewer.school_ids) <= set(now.school_ids)
    if not same or not kept:
        raise NotAllowed("Your seat has changed since this was drawn. Open the page again.")
