"""A colleague tries to follow a card and says which steps are unclear."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, cast

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.free_text import NOTE, kept_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.visible_practices import keep_visible_practices
from plc.practices.authors import require_author, team_mates
from plc.practices.cards import read_card
from plc.practices.visibility import records
from plc.results.student_words import require_no_students

CouldFollow = Literal["yes", "mostly", "no"]
ANSWERS: Final[tuple[CouldFollow, ...]] = ("yes", "mostly", "no")


@dataclass(frozen=True, slots=True)
class ColleagueCheck:
    """One colleague's check; `name` is told to the authors, `could_follow` is None while she is asked."""

    name: str | None
    is_viewer: bool
    version: int | None
    could_follow: CouldFollow | None
    unclear: str
    asked_at: datetime | None
    checked_at: datetime | None


def ask_colleague(database: Database, viewer: Viewer, practice_id: str, *, teacher_id: str) -> None:
    """Ask a colleague of the viewer's teams to try to follow her card; she can open it from now on."""
    viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    if teacher_id not in {mate for mate, _ in team_mates(database, viewer)}:
        raise NotFound("Choose a colleague of one of your teams.")
    with database.write() as cursor:
        require_author(cursor, viewer, practice_id)
        cursor.execute(
            load_sql("practices", "ask_check"),
            {
                "check_id": str(uuid.uuid4()),
                "practice_id": practice_id,
                "checker_id": teacher_id,
                "asked_at": clock.now(),
            },
        ).fetchall()
        raise_data_version(cursor)


def check_card(
    database: Database, viewer: Viewer, practice_id: str, *, could_follow: CouldFollow, unclear: str = ""
) -> None:
    """Say whether the viewer could follow a card, and which steps were unclear. Not for its authors."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    said = kept_words(unclear, "which steps were unclear", most=NOTE)
    if could_follow not in ANSWERS:
        raise PlcError("Say whether you could follow it: yes, mostly or no.")
    if could_follow != "yes" and not said:
        raise PlcError("Say which step was unclear, so that it can be put right.")
    require_no_students(database, {"Which steps were unclear": said})
    with database.write() as cursor:
        keep_visible_practices(cursor, viewer)
        found = read_card(cursor, viewer, practice_id)
        if found.is_author:
            raise NotAllowed("A colleague checks a card, not one of its authors.")
        answer = {
            "practice_id": practice_id,
            "teacher_id": own_id,
            "practice_version": found.version,
            "could_follow": could_follow,
            "unclear": said,
            "checked_at": clock.now(),
        }
        if not cursor.execute(load_sql("practices", "answer_check"), answer).fetchall():
            cursor.execute(
                load_sql("practices", "add_check"), answer | {"check_id": str(uuid.uuid4())}
            ).fetchall()
        raise_data_version(cursor)


def colleague_checks(database: Database, viewer: Viewer, practice_id: str) -> list[ColleagueCheck]:
    """The checks of a card: all of them for its authors, the viewer's own for anyone else."""
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = records(cursor, "colleague_checks", {"practice_id": practice_id})
    return [
        ColleagueCheck(
            name=row["checker_name"],
            is_viewer=viewer.teacher_id is not None and row["checker_teacher_id"] == viewer.teacher_id,
            version=row["practice_version"],
            could_follow=cast("CouldFollow | None", row["could_follow"]),
            unclear=row["unclear"],
            asked_at=row["asked_at"],
            checked_at=row["checked_at"],
        )
        for row in rows
        if row["is_author"]
        or (viewer.teacher_id is not None and row["checker_teacher_id"] == viewer.teacher_id)
    ]
