"""One look at the digests that are due, for the database that is open."""

from __future__ import annotations

from plc.core.viewer import LOCAL_STEWARD
from plc.meetings.mail import Outcome, send_due_digests
from plc.settings import load_settings
from plc.ui import runtime


def send_once() -> list[Outcome]:
    """Send what is due; return what became of each. Raises `PlcError` when no mail server answers."""
    return send_due_digests(runtime.database(), LOCAL_STEWARD, load_settings())
