"""What the made-up teams did: their practices, inquiries and tests, from `inquiries.toml` and two tables.

Written as the teams would have left it at the time, with dates of the past. No effect is written: those are
measured from the district's results like anyone's.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from plc.core import clock
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.inquiry import InquiryWording
from plc.inquiry.comparisons import choose_comparisons
from plc.inquiry.test_plans import start_test
from plc.inquiry.test_reading import practice_test
from plc.inquiry.test_writing import InquiryOfTest
from plc.practices import release_result
from plc.sample.made_up_rows import (
    Row,
    evening,
    facilitator,
    member_of,
    record,
    record_members,
    record_said,
)
from plc.sample.tried_practices import record_running_test, record_tests

_JOINED: Final = date(2025, 9, 1)
# Cards stay shared for a school year from the day of loading.
_SHARED_FOR: Final = timedelta(days=300)


def record_team_work(database: Database, folder: Path) -> None:
    """Write cards, teams, inquiries and tests; the running test's comparison is proposed as for anyone."""
    story = tomllib.loads((folder / "inquiries.toml").read_text(encoding="utf-8"))
    with database.write() as cursor:
        for row in story["practice"]:
            _record_practice(cursor, row)
        for row in story["team"]:
            _record_team(cursor, row)
        inquiries = {row["inquiry_id"]: _record_inquiry(cursor, row) for row in story["inquiry"]}
        for row in story["visit"]:
            _record_visit(cursor, row)
        record_tests(cursor, folder, story["tested"], inquiries)
        record_running_test(cursor, story["running"], inquiries)
        raise_data_version(cursor)
    for row in story["tested"]:
        team = member_of(inquiries[row["inquiry_id"]].team_id)
        release_result(database, team, f"sample-test-{row['practice_id']}-{row['test']}")
    running = story["running"]
    viewer = member_of(inquiries[running["inquiry_id"]].team_id)
    choose_comparisons(database, viewer, running["test_id"])
    version = practice_test(database, viewer, running["test_id"]).version
    start_test(database, viewer, running["test_id"], seen_version=version)


def _record_practice(cursor: Cursor, row: Row) -> None:
    made_at = evening(row["made_on"])
    words = {key: value.strip() if isinstance(value, str) else value for key, value in row.items()}
    record(
        cursor, "record_sample_practice", words, "practice_id", "owner", "team_id", "origin_inquiry",
        made_at=made_at,
    )  # fmt: skip
    record(
        cursor, "record_sample_practice_version", words, "practice_id", "owner", "title", "when_to_use",
        "steps", "core_parts", "adaptable_parts", "minutes", "went_wrong", "subject", "grades", "standards",
        made_at=made_at,
    )  # fmt: skip
    if "scope" not in row:
        return
    record(
        cursor, "record_sample_practice_check", words, "practice_id", "checked_by", "unclear",
        check_id=f"sample-check-{row['practice_id']}", checked_at=made_at + timedelta(days=2),
    )  # fmt: skip
    record(
        cursor, "record_sample_practice_consent", words, "practice_id", "owner", "scope", "name_shown",
        "welcomes",
        until_on=clock.now().date() + _SHARED_FOR, decided_at=made_at + timedelta(days=3),
    )  # fmt: skip


def _record_team(cursor: Cursor, row: Row) -> None:
    first, *_ = row["members"]
    record(
        cursor, "record_sample_team", row, "team_id", "team_name", "grade", "meets",
        subject="maths", school_id=None, norms="", created_by=first, created_at=evening(_JOINED),
    )  # fmt: skip
    record_members(cursor, row, row["members"], joined_on=_JOINED)


def _record_inquiry(cursor: Cursor, row: Row) -> InquiryOfTest:
    wording = InquiryWording(
        subject="maths",
        **{name: row[name] for name in _WORDING if name in row},
    )
    by, phases = facilitator(cursor, row["team_id"]), row["phases"]
    reason = row.get("reason")
    kept = {name: value for name, value in asdict(wording).items() if name in _INQUIRY_COLUMNS}
    record(
        cursor, "record_sample_inquiry", row, "inquiry_id", "team_id", "state",
        **kept, phase=phases[-1][0], reason=reason, seen_on=phases[0][1], opened_by=by,
        opened_at=evening(phases[0][1]), changed_at=evening(row.get("ended_on", phases[-1][1])),
    )  # fmt: skip
    record_said(cursor, row, wording, by=by)
    if row["state"] != "open":
        record(
            cursor, "record_sample_ending", row, "inquiry_id", "state", "ended_on",
            reason=reason, ended_at=evening(row["ended_on"]), ended_by=by,
        )  # fmt: skip
    for practice_id, also_typical, note in row["candidates"]:
        record(
            cursor, "record_sample_candidate", row, "inquiry_id",
            practice_id=practice_id, also_typical=also_typical, contrast_note=note,
            added_by=by, added_at=evening(phases[1][1]),
        )  # fmt: skip
    return InquiryOfTest(row["inquiry_id"], row["team_id"], "maths", row["grade"], row["school_year"])


_WORDING: Final = (
    "title", "challenge", "grade", "school_year", "measure_kind", "measure_purpose", "aim_amount", "aim_unit",
    "aim_by", "aim_for",
)  # fmt: skip
_INQUIRY_COLUMNS: Final = (*_WORDING, "subject")


def _record_visit(cursor: Cursor, row: Row) -> None:
    looked = [{"asked": asked, "seen": seen} for asked, seen in row["look_fors"]]
    record(
        cursor, "record_sample_visit", row, "visit_id", "inquiry_id", "visit_kind", "class_kind", "visited",
        "visitor", "planned_on", "held_on", "notes",
        look_fors=json.dumps(looked), made_at=evening(row["planned_on"]),
    )  # fmt: skip
