"""Opening, reading and editing an inquiry; two people who write at once never lose each other's words."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any, Final

from plc.core import clock
from plc.core.errors import Conflict, NotFound, PlcError
from plc.core.free_text import SENTENCES, kept_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.records import AimUnit, Inquiry, InquiryRow, InquiryWording, State, Wording
from plc.inquiry.wording_merge import merged, settled, wording_from_json, wording_json
from plc.people.school_calendar import school_today
from plc.results.student_words import require_no_students

# Inquiries listed at once; a search finds the others.
LISTED: Final = 50
# Percentages end at 100; three SD lead from the middle past 99.87 % of students, by the normal distribution.
MOST_TO_AIM_FOR: Final[dict[AimUnit, float]] = {"points": 100.0, "percent at level": 100.0, "sd": 3.0}
_WORDING: Final = tuple(field.name for field in fields(InquiryWording))


def open_inquiry(database: Database, viewer: Viewer, *, team_id: str, wording: InquiryWording) -> str:
    """Open an inquiry of one of the viewer's teams in Seek; returns its id.

    Raises `PlcError` for a wording that cannot stand (an aim without a primary measure among them) and
    `NotAllowed` outside her teams.
    """
    viewer.require_team(Permission.INQUIRY_EDIT, team_id)
    said = checked(wording)
    require_no_students(database, _texts(said))
    inquiry_id, at, today = str(uuid.uuid4()), clock.now(), school_today(database)
    signed = {"inquiry_id": inquiry_id, "by": viewer.signature}
    with database.write() as cursor:
        cursor.execute(
            load_sql("inquiry", "open_inquiry"),
            asdict(said) | signed | {"team_ids": list(viewer.team_ids), "team_id": team_id, "at": at},
        ).fetchall()
        # A team closed in the meantime opened nothing.
        read_inquiry(cursor, viewer, inquiry_id)
        _keep_wording(cursor, said, version=1, signed=signed)
        cursor.execute(
            load_sql("inquiry", "add_phase"),
            signed
            | {"phase": "seek", "moved_from": None, "moved_on": today, "moved_at": at, "note": "Opened"},
        ).fetchall()
    return inquiry_id


def edit_inquiry(
    database: Database, viewer: Viewer, inquiry_id: str, wording: InquiryWording, *, seen_version: int
) -> int:
    """Write a wording that began from `seen_version`; returns the version it is now.

    What a colleague changed in the meantime is kept beside it; where both changed the same words, nothing
    is written and `BothTexts` carries both. Raises `PlcError` for a wording that cannot stand or an
    inquiry that is not open.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    mine = checked(wording)
    require_no_students(database, _texts(mine))
    with database.write() as cursor:
        now = read_inquiry(cursor, viewer, inquiry_id)
        require_open(now)
        said = mine
        if now.version != seen_version:
            base = _wording_at(cursor, viewer, inquiry_id, seen_version)
            said = checked(merged(base, mine=mine, theirs=now.wording, version=now.version))
        if said == now.wording:
            return now.version
        written = cursor.execute(
            load_sql("inquiry", "edit_inquiry"),
            asdict(said)
            | {
                "team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "seen": now.version,
                "by": viewer.signature, "at": clock.now(),
            },
        ).fetchall()  # fmt: skip
        if not written:
            raise Conflict("Someone changed this at the same moment. Reload and try again.")
        version = int(written[0][0])
        _keep_wording(
            cursor, said, version=version, signed={"inquiry_id": inquiry_id, "by": viewer.signature}
        )
    return version


def settle_wording(
    database: Database,
    viewer: Viewer,
    inquiry_id: str,
    mine: InquiryWording,
    *,
    seen_version: int,
    met_version: int,
    agreed: Mapping[str, object],
) -> int:
    """Write what two people put together after `BothTexts`; returns the version it is now.

    `mine` began from `seen_version` and met `met_version`; `agreed` holds the words of the disputed fields.
    What the colleague changed elsewhere stays. Raises `BothTexts` again if the words changed once more.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    with database.read() as cursor:
        base = _wording_at(cursor, viewer, inquiry_id, seen_version)
        theirs = _wording_at(cursor, viewer, inquiry_id, met_version)
    said = settled(base, mine=checked(mine), theirs=theirs, agreed=agreed)
    return edit_inquiry(database, viewer, inquiry_id, said, seen_version=met_version)


def inquiry(database: Database, viewer: Viewer, inquiry_id: str) -> Inquiry:
    """One inquiry of the viewer's teams. Raises `NotFound` for any other."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        return read_inquiry(cursor, viewer, inquiry_id)


def list_inquiries(
    database: Database,
    viewer: Viewer,
    *,
    team_id: str | None = None,
    state: State | None = None,
    words: str | None = None,
    most: int = LISTED,
) -> list[InquiryRow]:
    """The inquiries of the viewer's teams, the latest changed first; `words` searches what they say."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        rows = _records(
            cursor,
            "list_inquiries",
            {
                "team_ids": list(viewer.team_ids), "team_id": team_id, "state": state,
                "words": (words or "").strip() or None, "most": most,
            },
        )  # fmt: skip
    return [InquiryRow(**row) for row in rows]


def wordings(database: Database, viewer: Viewer, inquiry_id: str) -> list[Wording]:
    """What the inquiry said at each version, the latest first: what was is never lost."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "wordings"), {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id}
        ).fetchall()
    return [Wording(version, wording_from_json(text), by, at) for version, text, by, at in rows]


def read_inquiry(cursor: Cursor, viewer: Viewer, inquiry_id: str) -> Inquiry:
    """One inquiry of the viewer's teams, inside the caller's unit of work. Raises `NotFound`."""
    rows = _records(cursor, "inquiry", {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id})
    if not rows:
        raise NotFound("There is no such inquiry in your teams.", about=("inquiry", inquiry_id))
    row = rows[0]
    wording = InquiryWording(**{name: row.pop(name) for name in _WORDING})
    return Inquiry(**row, wording=wording)


def require_open(found: Inquiry) -> None:
    """Raise `PlcError` unless the inquiry is open."""
    if found.state != "open":
        raise PlcError(f"This inquiry is {found.state}. Reopen it first; nothing in it was lost.")


def checked(wording: InquiryWording) -> InquiryWording:
    """The wording with its white space put in order. Raises `PlcError` naming the field and the remedy."""
    said = replace(
        wording,
        **{
            name: _clean(getattr(wording, name), name)
            for name in _WORDING
            if isinstance(getattr(wording, name), str)
        },
    )
    if not said.title:
        raise PlcError("Give the inquiry a name, so that your team recognises it.")
    if not said.subject:
        raise PlcError("Choose the subject.")
    said = replace(said, challenge=said.challenge or "")
    has_measure = said.measure_kind is not None or said.measure_name is not None
    if (said.aim_amount is not None or said.aim_by is not None) and not has_measure:
        raise PlcError("Choose the primary measure first: an aim without a measure cannot be checked.")
    if said.aim_amount is not None and said.aim_unit is None:
        raise PlcError("Say what the aim counts in: percentage points, SD or percent at level.")
    if said.aim_amount == 0:
        raise PlcError("Say how much the aim is: a number above or below 0.")
    if said.aim_amount is not None and abs(said.aim_amount) > MOST_TO_AIM_FOR[said.aim_unit or "points"]:
        raise PlcError(
            f"An aim of {said.aim_words} is more than there is. A decimal is written with a point: 8.5."
        )
    return said


def _texts(said: InquiryWording) -> dict[str, str]:
    return {
        f"the {name.replace('_', ' ')}": text
        for name in _WORDING
        if isinstance(text := getattr(said, name), str)
    }


def _clean(text: str, name: str) -> Any:
    # Paragraphs of a longer text stay; a line is a line.
    said = kept_words(text, f"the {name.replace('_', ' ')}", most=SENTENCES)
    cleaned = "\n".join(" ".join(line.split()) for line in said.splitlines())
    return cleaned or (None if name not in ("title", "challenge", "subject") else "")


def _wording_at(cursor: Cursor, viewer: Viewer, inquiry_id: str, version: int) -> InquiryWording:
    rows = cursor.execute(
        load_sql("inquiry", "wordings"), {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id}
    ).fetchall()
    kept = {number: text for number, text, *_ in rows}
    if version not in kept:
        raise Conflict("This inquiry was changed since you opened it. Reload and try again.")
    return wording_from_json(kept[version])


def _keep_wording(cursor: Cursor, wording: InquiryWording, *, version: int, signed: dict[str, str]) -> None:
    cursor.execute(
        load_sql("inquiry", "add_wording"),
        signed | {"version": version, "wording": wording_json(wording), "at": clock.now()},
    ).fetchall()


def _records(cursor: Cursor, name: str, parameters: dict[str, object]) -> list[dict[str, Any]]:
    """Rows by column name, as Python values."""
    run = cursor.execute(load_sql("inquiry", name), parameters)
    columns = [column[0] for column in run.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in run.fetchall()]
