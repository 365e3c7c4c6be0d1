"""One look at the inbox of the database that is open, and a new scan when it brought results."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

from plc.core.errors import PlcError
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.practices.renewing import renew
from plc.results.inbox import Inbox
from plc.ui import runtime


def take_once() -> list[str]:
    """Take in what is ready; return what became of each file. Raises `PlcError`."""
    database = runtime.database()
    outcomes = _inbox(database).take()
    if "confirmed" in outcomes:
        # Too little to find anything in yet is normal, and the pages say so.
        with suppress(PlcError):
            renew(database, LOCAL_STEWARD)
    return outcomes


@cache
def _inbox(database: Database) -> Inbox:
    return Inbox(database, LOCAL_STEWARD)
