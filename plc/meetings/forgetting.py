"""Taking back what made-up teams wrote in their meetings: nobody real said it."""

from __future__ import annotations

from typing import Final

from plc.database import Database
from plc.database.sql import load_sql

_TABLES: Final = (
    "meeting", "meeting_step", "meeting_attendance", "meeting_note", "meeting_decision", "commitment",
    "commitment_change", "exit_pulse", "exit_answered", "team_protocol", "digest_delivery",
    "meeting_preparation", "digest_declined",
)  # fmt: skip
_ASKED: Final = ("barrier", "priority")


def forget_meetings(database: Database) -> None:
    """Empty every table of meetings, barriers and priorities, with the sample district that is taken back."""
    with database.write_through() as cursor:
        for table in _TABLES:
            cursor.execute(load_sql("meetings", f"clear_{table}")).fetchall()
        for table in _ASKED:
            cursor.execute(load_sql("priorities", f"clear_{table}")).fetchall()
