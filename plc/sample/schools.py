"""What happens around made-up teams, from `schools.toml`: priorities, a team that stands still, decisions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry import InquiryWording
from plc.sample.made_up_rows import Row, evening, record, record_members, record_said

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
        record_members(cursor, team, team["members"], joined_on=begun_on)
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
    record(
        cursor, "record_sample_inquiry", row, "inquiry_id", "team_id", *_WORDING,
        phase=phases[-1][0], state="open", reason=None, seen_on=phases[0][1], opened_by=by,
        opened_at=evening(phases[0][1]), changed_at=evening(phases[-1][1]),
    )  # fmt: skip
    record_said(cursor, row, wording, by=by)
