"""The three teachers of the roster, and each of them as a viewer."""

from __future__ import annotations

from datetime import timedelta

from plc.core import clock
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import current_viewer, take_seat

ADA, BEN, CLEO = "T1", "T2", "T3"
NEXT_MONTH = clock.now().date() + timedelta(days=30)


def seated(database: Database, teacher_id: str) -> Viewer:
    """She as she sits down where nobody signs in."""
    take_seat(database, Viewer(Role.TEACHER, teacher_id=teacher_id))
    return current_viewer(database)


def signed_in(teacher_id: str, *team_ids: str) -> Viewer:
    """She as she signs in."""
    return Viewer(Role.TEACHER, teacher_id=teacher_id, team_ids=team_ids, account_id=f"account-{teacher_id}")
