"""The record that a meeting writes by itself: one page, no student, no author of an observation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from plc.core import clock
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.meetings.loading import load_meeting, run
from plc.meetings.records import (
    Commitment,
    CommitmentChange,
    Decision,
    Meeting,
    MeetingStep,
    Note,
    NoteKind,
    State,
)

PAGE_ROWS: Final = 20
BECAME: Final = {"done": "done", "partly": "partly done", "dropped": "dropped", "open": "put off"}
NOTE_TITLES: Final = {
    NoteKind.OBSERVATION: "What we saw",
    NoteKind.DISCUSSION: "What we said",
    NoteKind.SURPRISE: "What surprised us",
    NoteKind.ADAPTATION: "What we changed in the practice",
    NoteKind.CONTRAST: "Do typical classes do it too?",
    NoteKind.HELP: "Help we asked for",
    NoteKind.SHARE: "What we offer to share",
}


@dataclass(frozen=True, slots=True)
class AskedBarrier:
    """Something in the way, who can remove it, and by when an answer was asked."""

    barrier_id: str
    kind: str
    words: str
    removable_by: str
    due_on: date


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """Everything that stays of a meeting."""

    meeting: Meeting
    became: tuple[CommitmentChange, ...]
    notes: tuple[Note, ...]
    decisions: tuple[Decision, ...]
    commitments: tuple[Commitment, ...]
    barriers: tuple[AskedBarrier, ...]

    @property
    def skipped(self) -> tuple[MeetingStep, ...]:
        """Steps that were left out."""
        return tuple(step for step in self.meeting.steps if step.state == "skipped")

    @property
    def present(self) -> tuple[str, ...]:
        """The names of who was there."""
        return tuple(member.name for member in self.meeting.members if member.present)

    def notes_of(self, kind: NoteKind) -> tuple[Note, ...]:
        """The notes of one kind."""
        return tuple(note for note in self.notes if note.kind is kind)


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """A meeting in the list of those that ended."""

    meeting_id: str
    team_id: str
    team_name: str
    met_on: date
    phase: str | None
    decision: str | None
    words: str | None
    present: int


def meeting_record(database: Database, viewer: Viewer, meeting_id: str) -> MeetingRecord:
    """The record of a meeting of the viewer's team: as far as it has come, or the whole of it.

    Observations nobody has shown yet stay out of it, the viewer's own included.
    """
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    with database.read() as cursor:
        meeting = load_meeting(cursor, viewer, meeting_id)
        shown = {step.step_key for step in meeting.steps if step.revealed_at is not None}
        notes = [
            Note(note_id, key, NoteKind(kind), *rest)
            for note_id, key, kind, *rest in run(
                cursor, viewer, "notes", meeting_id=meeting_id, teacher_id=teacher_id
            )
        ]
        return MeetingRecord(
            meeting,
            tuple(
                CommitmentChange(*row)
                for row in run(cursor, viewer, "commitment_changes", meeting_id=meeting_id)
            ),
            tuple(note for note in notes if note.kind is not NoteKind.OBSERVATION or note.step_key in shown),
            tuple(
                Decision(*row)
                for row in run(cursor, viewer, "meeting_decisions", meeting_id=meeting_id, now=clock.now())
            ),
            tuple(
                Commitment(*row)
                for row in run(cursor, viewer, "commitments_of_meeting", meeting_id=meeting_id)
            ),
            tuple(
                AskedBarrier(*row) for row in run(cursor, viewer, "meeting_barriers", meeting_id=meeting_id)
            ),
        )


def past_meetings(database: Database, viewer: Viewer, *, page: int = 1) -> list[PastMeeting]:
    """The ended meetings of the viewer's teams, the latest first, `PAGE_ROWS` a page."""
    viewer.require(Permission.MEETING_HOLD)
    with database.read() as cursor:
        rows = run(cursor, viewer, "past_meetings", limit=PAGE_ROWS, offset=PAGE_ROWS * (max(page, 1) - 1))
    return [PastMeeting(*row) for row in rows]


def record_text(record: MeetingRecord) -> str:
    """The record as plain text, to paste into the team's own document."""
    meeting = record.meeting
    lines = [meeting.team_name, f"Meeting of {meeting.meets_on:%-d %B %Y}"]
    if meeting.state is State.RUNNING:
        lines.append("(still running)")
    if meeting.goal:
        lines += meeting.goal.splitlines()
    if meeting.phase:
        week = f", week {meeting.week_number} of {meeting.week_count}" if meeting.week_number else ""
        lines.append(f"Phase: {meeting.phase.capitalize()}{week}")
    lines.append(f"Present: {', '.join(record.present) or 'nobody was marked'}")
    for title, held in _sections(record):
        if held:
            lines += ["", title, *(f"- {line}" for line in held)]
    return "\n".join(lines) + "\n"


def decision_lines(record: MeetingRecord) -> list[str]:
    """What was decided and why, a line each, and after it the next cycle it began."""
    return [
        line
        for one in record.decisions
        for line in (
            f"{one.decision.capitalize()}: {one.words}",
            one.next_cycle and f"Next: {one.next_cycle}",
        )
        if line
    ]


def _sections(record: MeetingRecord) -> list[tuple[str, list[str]]]:
    became = [
        f"{change.owner_name}: {change.what} - {BECAME[change.state]}"
        + (f" to {change.due_on:%-d %B}" if change.state == "open" else "")
        + (f". {change.line}" if change.line else "")
        for change in record.became
    ]
    return [
        ("Decision", decision_lines(record)),
        (
            "Commitments",
            [f"{one.owner_name}: {one.what}, by {one.due_on:%-d %B}" for one in record.commitments],
        ),
        ("What became of the last commitments", became),
        *((title, [note.words for note in record.notes_of(kind)]) for kind, title in NOTE_TITLES.items()),
        (
            "In our way",
            [f"{one.words} ({one.removable_by}, answer by {one.due_on:%-d %B})" for one in record.barriers],
        ),
        ("Left out", [step.title for step in record.skipped]),
    ]
