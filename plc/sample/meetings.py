"""The meetings of the made-up team, from `meetings.toml`: four that were held, and one ready to start."""

from __future__ import annotations

import json
import tomllib
from datetime import timedelta
from pathlib import Path

from plc.database import Database
from plc.database.database import Cursor
from plc.meetings import usual_protocols
from plc.sample.made_up_rows import Row, evening, record


def record_meetings(database: Database, folder: Path) -> None:
    """Write what the team's meetings left, and plan the next one."""
    story = tomllib.loads((folder / "meetings.toml").read_text(encoding="utf-8"))
    held_on = {row["meeting_id"]: row["met_on"] for row in story["meeting"]}
    with database.write() as cursor:
        for row in story["meeting"]:
            _record_meeting(cursor, row)
        for number, row in enumerate(story["note"], start=1):
            record(
                cursor, "record_sample_note", row, "meeting_id", "step_key", "note_kind", "author", "words",
                note_id=f"sample-note-{number}", written_at=evening(held_on[row["meeting_id"]]),
            )  # fmt: skip
        for row in story["commitment"]:
            record(
                cursor, "record_sample_commitment", row, "commitment_id", "meeting_id", "owner", "what",
                "due_on",
                made_at=evening(held_on[row["meeting_id"]]),
            )  # fmt: skip
        for row in story["barrier"]:
            _record_barrier(cursor, row)
        record(
            cursor, "plan_sample_meeting", story["next"], "meeting_id", "team_id", "meets_on", "meets_at",
            "protocol_key",
        )  # fmt: skip


def _record_meeting(cursor: Cursor, row: Row) -> None:
    facilitator_id, recorder_id, timekeeper_id = row["roles"]
    steps = next(one for one in usual_protocols() if one.key == row["protocol_key"]).steps
    ended_at = evening(row["met_on"])
    record(
        cursor, "record_sample_meeting", row, "meeting_id", "inquiry_id", "team_id", "protocol_key", "phase",
        "met_on",
        week_number=row.get("week_number"), week_count=row.get("week_count"), facilitator_id=facilitator_id,
        recorder_id=recorder_id, timekeeper_id=timekeeper_id, step_key=steps[-1].step_key,
        started_at=ended_at - timedelta(minutes=45), ended_at=ended_at,
    )  # fmt: skip
    for order, step in enumerate(steps, start=1):
        record(
            cursor, "record_sample_step", row, "meeting_id",
            step_key=step.step_key, step_order=order, screen=step.screen, title=step.title,
            minutes=step.minutes, prompt=step.prompt,
            state="skipped" if step.step_key in row["skipped"] else "done",
            revealed_at=ended_at if step.screen == "see" else None,
        )  # fmt: skip
    for teacher_id in row["present"]:
        record(
            cursor, "record_sample_attendance", row, "meeting_id", teacher_id=teacher_id, changed_at=ended_at
        )
    record(
        cursor, "record_sample_meeting_decision", row, "meeting_id", "decision", "words", "met_on",
        decision_id=f"{row['meeting_id']}-decision", decided_by=recorder_id, decided_at=ended_at,
    )  # fmt: skip
    ones, twos, threes, fours, fives = row["pulse"]
    record(
        cursor, "record_sample_pulse", row, "meeting_id",
        ones=ones, twos=twos, threes=threes, fours=fours, fives=fives,
        words=json.dumps(sorted(row["pulse_words"])),
    )  # fmt: skip
    record(cursor, "record_sample_answerers", row, "meeting_id")


def _record_barrier(cursor: Cursor, row: Row) -> None:
    record(
        cursor, "record_sample_barrier", row, "barrier_id", "team_id", "inquiry_id", "meeting_id", "kind",
        "words", "removable_by", "asked_by", "asked_on", "due_on",
        answer=row.get("answer"), answered_on=row.get("answered_on"), outcome=row.get("outcome"),
    )  # fmt: skip
