"""Whose teams a leader may read about: a principal's own schools', a district leader's all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from plc.core.disclosure import MINIMUM_TEACHERS
from plc.core.errors import NotAllowed, PlcError
from plc.core.free_text import SENTENCES, kept_words
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.refused_team import note_refused_team

# Rows of a list: what fits one screen with its header.
ON_A_PAGE: Final = 15


@dataclass(frozen=True, slots=True)
class TeamQuery:
    """Which teams: of one school, or whose name or school holds `words`. `page` counts from 0."""

    school_id: str | None = None
    words: str = ""
    page: int = 0


def scope_of(viewer: Viewer) -> dict[str, Any]:
    """What every statement about schools binds."""
    return {
        "school_ids": list(viewer.school_ids),
        "whole_district": viewer.role is Role.DISTRICT_LEADER,
    }


def asked_for(query: TeamQuery) -> dict[str, Any]:
    """What a statement binds for a choice of teams."""
    return {"school_id": query.school_id, "words": query.words.strip() or None}


def keep_led_teams(cursor: Cursor, viewer: Viewer, query: TeamQuery, *, today: date) -> None:
    """Make the temporary table `led_team` of the teams of her schools that this viewer asks for.

    Columns: team_id, team_name, school_name, enough (members for what they do not to be one teacher's).
    Statements of scope `led` read it. Raises `NotAllowed` for a school that is not hers.
    """
    require_school(viewer, query.school_id)
    cursor.execute(
        f"create or replace temp table led_team as {load_sql('schools', 'led_teams')}",
        {**scope_of(viewer), **asked_for(query), "today": today, "least_members": MINIMUM_TEACHERS},
    ).fetchall()


def page_of(query: TeamQuery) -> dict[str, int]:
    """What a statement binds for a page."""
    return {"limit": ON_A_PAGE, "offset": ON_A_PAGE * max(query.page, 0)}


def pages(found: int) -> int:
    """How many pages so many rows fill, at least 1."""
    return max(1, -(-found // ON_A_PAGE))


def require_school(viewer: Viewer, school_id: str | None) -> None:
    """Raise `NotAllowed` for a school that is not the viewer's."""
    leads = viewer.role is Role.DISTRICT_LEADER or school_id in viewer.school_ids
    if school_id is not None and not leads:
        raise NotAllowed("This is not a school you lead.")


def require_team(database: Database, cursor: Cursor, viewer: Viewer, team_id: str) -> str:
    """The name of a team of the viewer's schools. `NotAllowed` for any other, which its members read."""
    rows = run(cursor, "own_team", team_id=team_id, **scope_of(viewer))
    if not rows:
        note_refused_team(database, viewer, team_id=team_id, thing="a team of another school")
        raise NotAllowed("There is no such team in the schools you lead.")
    return str(rows[0][0])


def run(cursor: Cursor, name: str, **parameters: object) -> list[tuple[Any, ...]]:
    """The rows of `plc/schools/sql/<name>.sql`."""
    return cursor.execute(load_sql("schools", name), parameters).fetchall()


def checked_words(words: str, what: str, *, longest: int = SENTENCES) -> str:
    """Words as they are kept. Raises `PlcError` for none or too many."""
    said = " ".join(kept_words(words, what, most=longest).split())
    if not said:
        raise PlcError(f"Say {what} in a sentence.")
    return said
