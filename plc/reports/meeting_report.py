"""The record of a meeting on paper: what was decided, promised, seen and asked; no student."""

from __future__ import annotations

from plc.core.viewer import Viewer
from plc.database import Database
from plc.meetings import MeetingRecord, meeting_record
from plc.meetings.record import BECAME, NOTE_TITLES, decision_lines
from plc.people.school_calendar import school_today
from plc.reports.report import Report, Section, day, joined
from plc.reports.typesetting import Table


def meeting_report(database: Database, viewer: Viewer, meeting_id: str) -> Report:
    """The record of a meeting of the viewer's team. Raises `NotAllowed` for any other team's."""
    record = meeting_record(database, viewer, meeting_id)
    meeting = record.meeting
    week = f"week {meeting.week_number} of {meeting.week_count}" if meeting.week_number else None
    return Report(
        title=f"{meeting.team_name}: our meeting",
        subtitle=joined((day(meeting.meets_on), meeting.phase and meeting.phase.capitalize(), week)),
        sections=(
            Section("What we want", paragraphs=tuple(meeting.goal.splitlines())),
            Section("Who was there", paragraphs=(", ".join(record.present),) if record.present else ()),
            Section("Decision", points=tuple(decision_lines(record))),
            Section("Commitments", tables=_commitments(record)),
            Section("What became of the last ones", points=_became(record)),
            *(
                Section(title, points=tuple(note.words for note in record.notes_of(kind)))
                for kind, title in NOTE_TITLES.items()
            ),
            Section("In our way", tables=_barriers(record)),
            Section("Left out", points=tuple(step.title for step in record.skipped)),
        ),
        footnotes=("Written by the meeting itself. It holds no student and no class's figures.",),
        made_on=school_today(database),
    )


def _commitments(record: MeetingRecord) -> tuple[Table, ...]:
    rows = tuple((one.owner_name, one.what, day(one.due_on)) for one in record.commitments)
    return (Table("Who does what by when", ("Who", "What", "By"), rows),) if rows else ()


def _became(record: MeetingRecord) -> tuple[str, ...]:
    return tuple(
        f"{change.owner_name}: {change.what}: {'. '.join(filter(None, (BECAME[change.state], change.line)))}"
        for change in record.became
    )


def _barriers(record: MeetingRecord) -> tuple[Table, ...]:
    rows = tuple((one.words, one.removable_by, day(one.due_on)) for one in record.barriers)
    return (Table("Asked for", ("What", "Who can remove it", "Answer by"), rows),) if rows else ()
