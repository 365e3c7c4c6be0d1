"""Whom several people may all see by name: what may stand on a wall that they look at together."""

from __future__ import annotations

from collections.abc import Iterable

from plc.core.viewer import Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.visibility import keep_visible_teachers


def visible_to_all(cursor: Cursor, readers: Iterable[Viewer]) -> dict[str, bool]:
    """Teachers whom each of these readers may see by name, and whether each may see their figures.

    A colleague opens her result to one team and says yes for one school; on a wall it stands before whoever
    is there, so the narrowest eyes decide.
    """
    common: dict[str, bool] | None = None
    for reader in readers:
        keep_visible_teachers(cursor, reader)
        seen: dict[str, bool] = dict(cursor.execute(load_sql("people", "names_visible")).fetchall())
        common = (
            seen
            if common is None
            else {each: figures and seen[each] for each, figures in common.items() if each in seen}
        )
    return common or {}
