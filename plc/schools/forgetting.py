"""Taking back what was given, asked and decided around made-up teams, with the sample district."""

from __future__ import annotations

from typing import Final

from plc.database import Database
from plc.schools.scope import run

_TABLES: Final = ("team_support", "visit_proposal", "leader_decision")


def forget_schools(database: Database) -> None:
    """Empty every table of this room."""
    with database.write_through() as cursor:
        for table in _TABLES:
            run(cursor, f"clear_{table}")
