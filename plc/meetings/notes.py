"""What members write on their own devices at the same time."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.meetings.loading import load_meeting, run
from plc.meetings.records import Note, NoteKind, State
from plc.meetings.wording import checked_words, known_id

# A device that lost its network may come back after the meeting: what was sent then still arrives.
LATE: Final = timedelta(days=7)

WHAT: Final = {
    NoteKind.OBSERVATION: "your observation",
    NoteKind.DISCUSSION: "your line",
    NoteKind.ADAPTATION: "what you changed",
    NoteKind.CONTRAST: "the answer to the contrast question",
    NoteKind.SURPRISE: "your surprise",
    NoteKind.HELP: "what you ask for",
    NoteKind.SHARE: "what you offer",
}


def send_note(
    database: Database,
    viewer: Viewer,
    meeting_id: str,
    *,
    note_id: str,
    step_key: str,
    kind: NoteKind,
    words: str,
) -> None:
    """Keep a note; sending the same one again changes nothing.

    `note_id` is 32 hexadecimal digits that the writer's device chose. Raises `PlcError` for words that
    cannot be kept and `NotAllowed` for a meeting that has not begun or ended more than a week ago.
    """
    author_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    note_id = known_id(note_id)
    words = checked_words(database, words, what=WHAT[kind])
    with database.write() as cursor:
        meeting = load_meeting(cursor, viewer, meeting_id)
        late = meeting.ended_at is not None and clock.now() - meeting.ended_at > LATE
        if meeting.state is State.PLANNED or late:
            raise NotAllowed("This meeting is not running, so nothing can be added to it.")
        if step_key not in {step.step_key for step in meeting.steps}:
            raise NotFound("This meeting has no such step.")
        run(
            cursor, viewer, "add_note", note_id=note_id, meeting_id=meeting_id, step_key=step_key,
            note_kind=str(kind), author_teacher_id=author_id, words=words, written_at=clock.now(),
        )  # fmt: skip
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)


def take_back_note(database: Database, viewer: Viewer, note_id: str) -> None:
    """Take an own note back. Raises `NotFound` for anybody else's."""
    author_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    with database.write() as cursor:
        taken = run(
            cursor, viewer, "take_back_note", note_id=note_id, author_teacher_id=author_id, now=clock.now()
        )
        if not taken:
            raise NotFound("This note is not yours, or it is gone already.")
        run(cursor, viewer, "raise_version", meeting_id=taken[0][0])


def notes(database: Database, viewer: Viewer, meeting_id: str) -> list[Note]:
    """The notes the viewer may read: of observations only her own until their step is revealed."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    with database.read() as cursor:
        rows = run(cursor, viewer, "notes", meeting_id=meeting_id, teacher_id=teacher_id)
    return [Note(note_id, key, NoteKind(kind), *rest) for note_id, key, kind, *rest in rows]


def silent_writers(database: Database, viewer: Viewer, meeting_id: str) -> dict[str, int]:
    """By step, how many members have written an observation."""
    viewer.require(Permission.MEETING_HOLD)
    with database.read() as cursor:
        return dict(run(cursor, viewer, "silent_writers", meeting_id=meeting_id))
