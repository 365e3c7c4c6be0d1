"""Moving an inquiry between its phases, ending it and taking it up again; every move dated and signed."""

from __future__ import annotations

from plc.core import clock
from plc.core.errors import Conflict, PlcError
from plc.core.free_text import SENTENCES
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.inquiry.conditions import conditions_of, read_facts, unmet
from plc.inquiry.inquiries import read_inquiry, require_open
from plc.inquiry.records import PHASES, HistoryLine, Phase, State
from plc.people.school_calendar import school_today
from plc.results.student_words import shareable_words


def move_phase(database: Database, viewer: Viewer, inquiry_id: str, *, to: Phase, note: str = "") -> None:
    """Move on, where every condition on the way holds, or step back at any time; nothing is lost either way.

    Raises `PlcError` naming what is still missing, and `Conflict` when a colleague moved it first.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    if to not in PHASES:
        raise PlcError("Choose Seek, Discover, Confirm or Share.")
    note = shareable_words(database, note, "the note", most=SENTENCES)
    today, at = school_today(database), clock.now()
    with database.write() as cursor:
        found = read_inquiry(cursor, viewer, inquiry_id)
        require_open(found)
        if to == found.phase:
            return
        if missing := unmet(read_facts(cursor, viewer, inquiry_id, today=today), to=to):
            words = "; ".join(one.words[0].lower() + one.words[1:] for one in missing)
            raise PlcError(f"Before {to.capitalize()}, this is still missing: {words}.")
        signed = {"inquiry_id": inquiry_id, "phase": to, "moved_from": found.phase, "by": viewer.signature}
        moved = cursor.execute(
            load_sql("inquiry", "set_phase"), signed | {"team_ids": list(viewer.team_ids), "at": at}
        ).fetchall()
        if not moved:
            raise Conflict("Someone of your team moved this inquiry at the same moment. Reload to see where.")
        cursor.execute(
            load_sql("inquiry", "add_phase"),
            signed | {"moved_on": today, "moved_at": at, "note": note or None},
        ).fetchall()


def close_inquiry(database: Database, viewer: Viewer, inquiry_id: str, *, state: State, reason: str) -> None:
    """Finish or abandon an open inquiry, with a reason. It stays findable and counts against nobody.

    Finishing asks for what Share asks for; abandoning asks for nothing but a reason. Raises `PlcError`.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    if state not in ("finished", "abandoned"):
        raise PlcError("Choose finished or abandoned.")
    reason = shareable_words(database, reason, "what you learned", most=SENTENCES)
    if not reason:
        raise PlcError("Say in a sentence what you learned, so that the next team can find it.")
    _end(database, viewer, inquiry_id, seen="open", state=state, reason=reason)


def reopen_inquiry(database: Database, viewer: Viewer, inquiry_id: str, *, reason: str = "") -> None:
    """Take a finished or abandoned inquiry up again, in the phase it was in. Raises `PlcError` if open."""
    viewer.require(Permission.INQUIRY_EDIT)
    with database.read() as cursor:
        state = read_inquiry(cursor, viewer, inquiry_id).state
    if state == "open":
        raise PlcError("This inquiry is open already.")
    reason = shareable_words(database, reason, "the reason", most=SENTENCES)
    _end(database, viewer, inquiry_id, seen=state, state="open", reason=reason or "Taken up again")


def phase_history(database: Database, viewer: Viewer, inquiry_id: str) -> list[HistoryLine]:
    """Every move and ending of an inquiry, the latest first."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "phase_history"),
            {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id},
        ).fetchall()
    return [HistoryLine(*row) for row in rows]


def _end(
    database: Database, viewer: Viewer, inquiry_id: str, *, seen: State, state: State, reason: str
) -> None:
    today, at = school_today(database), clock.now()
    with database.write() as cursor:
        found = read_inquiry(cursor, viewer, inquiry_id)
        if state == "finished":
            if found.phase != "share":
                raise PlcError(
                    "An inquiry is finished in Share. Move on first, or abandon it with what you learned."
                )
            facts = read_facts(cursor, viewer, inquiry_id, today=today)
            if missing := [one.words for one in conditions_of(facts, "share") if not one.met]:
                raise PlcError(f"Before finishing, this is still missing: {'; '.join(missing)}.")
        signed = {
            "inquiry_id": inquiry_id,
            "state": state,
            "reason": reason,
            "by": viewer.signature,
            "at": at,
        }
        changed = cursor.execute(
            load_sql("inquiry", "set_state"), signed | {"team_ids": list(viewer.team_ids), "seen": seen}
        ).fetchall()
        if not changed:
            raise Conflict(f"Someone of your team changed this first: it is {found.state} now.")
        cursor.execute(load_sql("inquiry", "add_ending"), signed | {"on": today}).fetchall()
