"""Releasing figures that cross teams and schools before their month comes, as far as they may be."""

from __future__ import annotations

from plc.bright_spots.areas import release_areas
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.growth import release_catch_up
from plc.people.release_records import Outcome


def release_now(database: Database, viewer: Viewer) -> dict[str, Outcome | None]:
    """Release every kind of figure anew; None where there is nothing to release. Raises `NotAllowed`."""
    viewer.require(Permission.RETENTION_MANAGE)
    with database.write() as cursor:
        areas = release_areas(cursor, viewer, if_due=False)
    return {"practice areas": areas, "catching up": release_catch_up(database, viewer)}
