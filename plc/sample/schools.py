"""What happens around made-up teams, from `schools.toml`: priorities, a team that stands still, decisions."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Final

from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry import InquiryWording
from plc.sample.made_up_rows import Row, evening, record

_WORDING: Final = (
    "title", "challenge", "subject", "grade", "school_year", "measure_kind", "measure_purpose", "aim_amount",
    "aim_unit", "aim_by", "aim_for",
)  # fmt: skip


def record_schools(database: Database, folder: Path) -> None:
    """Write what the leaders said, and a team whose inquiry has neither data nor a decision."""
    story = tomllib.loads((folder / "schools.toml").read_text(encoding="utf-8"))
    team, inquiry = story["team"], story["inquiry"]
    begun_on = inquiry["phases"][0][1]
    with database.write() as cursor:
        for row in story["priority"]:
            record(
                cursor, "record_sample_priority", row, "priority_id", "title", "grades",
                school_id=row.get("school_id"), subject=row.get("subject"), set_at=evening(begun_on),
            )  # fmt: skip
        first, *_ = team["members"]
        record(
            cursor, "record_sample_team", team, "team_id", "team_name", "subject", "grade", "school_id",
            "meets",
            norms="", created_by=first, created_at=evening(begun_on),
        )  # fmt: skip
        for teacher_id in team["members"]:
            record(
                cursor, "record_sample_team_member", team, "team_id", teacher_id=teacher_id,
                joined_on=begun_on, member_role="facilitator" if teacher_id == first else "member",
            )  # fmt: skip
        _record_inquiry(cursor, inquiry, by=first)
        for row in story["decision"]:
            record(
                cursor, "record_sample_leader_decision", row, "decision_id", "school_id", "words", "made_on",
                "due_on",
                made_at=evening(row["made_on"]),
            )  # fmt: skip


def _record_inquiry(cursor: Cursor, row: Row, *, by: str) -> None:
    phases = row["phases"]
    wording = InquiryWording(**{name: row[name] for name in _WORDING})
    opened_at = evening(phases[0][1])
    record(
        cursor, "record_sample_inquiry", row, "inquiry_id", "team_id", *_WORDING,
        phase=phases[-1][0], state="open", reason=None, seen_on=phases[0][1], opened_by=by,
        opened_at=opened_at, changed_at=evening(phases[-1][1]),
    )  # fmt: skip
    record(
        cursor, "record_sample_wording", row, "inquiry_id",
        wording=json.dumps(asdict(wording), default=lambda value: value.isoformat()),
        opened_by=by, opened_at=opened_at,
    )  # fmt: skip
    came_from = None
    for phase, moved_on in phases:
        record(
            cursor, "record_sample_phase", row, "inquiry_id",
            phase=phase, moved_from=came_from, moved_on=moved_on, moved_at=evening(moved_on), moved_by=by,
        )  # fmt: skip
        came_from = phase
