"""A district in which many teams have worked for years: inquiries and tests by the thousand.

Beside the sample district's results, so that what a page reads of results is real. Other benchmarks use it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.inquiry import InquiryWording
from plc.sample import load_sample

SEED: Final = 5
# Teachers of the sample district, who own the cards in turn.
TEACHERS: Final = 160
# Members of the sample district's first team, who are in the busiest team here.
VIEWER: Final = Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=("sample-team-1",))
PHASES: Final = ("seek", "discover", "confirm", "share")
DECISIONS: Final = ("adopt", "adapt", "abandon", "keep testing")


def make_many(database: Database, *, inquiries: int = 1_000, tests: int = 5_000, teams: int = 40) -> None:
    """The sample district with so many inquiries and tests more, a fortieth of them in the viewer's team."""
    load_sample(database)
    random = np.random.default_rng(SEED)
    began = datetime(2023, 9, 1)
    rows: dict[str, list[tuple[object, ...]]] = {}

    def add(table: str, *values: object) -> None:
        rows.setdefault(table, []).append(values)

    team_ids = ["sample-team-1", *(f"many-team-{number}" for number in range(1, teams))]
    for team_id in team_ids[1:]:
        add("team (team_id, team_name, norms, version, created_by, created_at)",
            team_id, f"Team {team_id}", "", 1, "T001", began)  # fmt: skip
    for number in range(inquiries):
        _add_inquiry(add, random, number, team_ids[number % teams], began + timedelta(days=number))
    for number in range(tests):
        _add_test(add, random, number, inquiries, teams, team_ids)
    with database.write() as cursor:
        for table, values in rows.items():
            columns = [list(column) for column in zip(*values, strict=True)]
            lists = ", ".join(f"unnest(${place})" for place in range(1, len(columns) + 1))
            cursor.execute(f"insert into {table} select {lists}", columns).fetchall()
        raise_data_version(cursor)
    database.checkpoint()


def _add_inquiry(add, random, number: int, team_id: str, at: datetime) -> None:  # noqa: ANN001
    inquiry_id, state = f"many-{number}", ("open", "finished", "abandoned")[number % 3]
    wording = InquiryWording(
        f"Inquiry {number}", f"Our students lose topic {number} by spring.", "maths", 2026, 6,
        measure_kind="common", measure_purpose="What was learned in the unit", aim_amount=8.0,
        aim_unit="points", aim_by=date(2026, 6, 1), aim_for="our students",
    )  # fmt: skip
    phase = PHASES[int(random.integers(4))]
    add(
        "inquiry (inquiry_id, team_id, version, title, challenge, subject, grade, school_year, measure_kind,"
        " measure_purpose, aim_amount, aim_unit, aim_by, aim_for, phase, state, opened_by, opened_at,"
        " changed_by, changed_at)",
        inquiry_id, team_id, 1, wording.title, wording.challenge, "maths", 6, 2026, "common",
        wording.measure_purpose, 8.0, "points", wording.aim_by, wording.aim_for, phase, state, "T049", at,
        "T049", at,
    )  # fmt: skip
    kept = json.dumps(asdict(wording), default=lambda value: value.isoformat())
    add("inquiry_wording", inquiry_id, 1, kept, "T049", at)
    for step, moved_to in enumerate(PHASES[: PHASES.index(phase) + 1]):
        add("inquiry_phase (inquiry_id, phase, moved_from, moved_on, moved_at, moved_by, step)",
            inquiry_id, moved_to, PHASES[max(step - 1, 0)], at.date(), at, "T049", step + 1)  # fmt: skip
    for place in range(3):
        practice_id = f"many-practice-{number}-{place}"
        add("practice (practice_id, owner_teacher_id, team_id, origin_inquiry_id, made_by, made_at)",
            practice_id, f"T{number % TEACHERS + 1:03}", team_id, inquiry_id, "T049", at)  # fmt: skip
        add(
            "practice_version (practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts,"
            " went_wrong, grades, standards, made_by, made_at)",
            practice_id, 1, f"Students do thing {place} of {number}", "Often", "One. Two.", "One", "Two", "",
            "6", "", "T049", at,
        )  # fmt: skip
        add("candidate_practice (inquiry_id, practice_id, version, also_typical, contrast_note, added_by,"
            " added_at)",
            inquiry_id, practice_id, 1, ("no", "yes", "unknown")[place], "", "T049", at)  # fmt: skip
    for class_kind in ("bright spot", "typical"):
        add(
            "discovery_visit (visit_id, inquiry_id, version, visit_kind, class_kind, visitor_teacher_id,"
            " planned_on, held_on, look_fors, notes, made_by, made_at)",
            f"visit-{number}-{class_kind}", inquiry_id, 1, "observation", class_kind, "T049", at.date(),
            at.date(), json.dumps([{"asked": "What?", "seen": "Sorting"}]), "", "T049", at,
        )  # fmt: skip


def _add_test(add, random, number: int, inquiries: int, teams: int, team_ids: list[str]) -> None:  # noqa: ANN001
    of = number % inquiries
    test_id, at = f"many-test-{number}", datetime(2025, 9, 1) + timedelta(hours=number)
    starts_on = date(2025, 9, 15) + timedelta(days=int(random.integers(200)))
    decided = number % 4 != 0
    add(
        "practice_test (test_id, inquiry_id, team_id, practice_id, practice_version, iteration, version,"
        " design, subject, grade, school_year, measure_kind, points_per_sd, predicted_points, predicted_sd,"
        " prediction_words, predicted_at, starts_on, ends_on, adaptation, state, planned_by, planned_at)",
        test_id, f"many-{of}", team_ids[of % teams], f"many-practice-{of}-0", 1, 1 + number // inquiries, 1,
        "matched", "maths", 6, 2026, "common", 7.0, 1.4, 0.2, "", at, starts_on,
        starts_on + timedelta(days=28), "", "decided" if decided else "planned", "T049", at,
    )  # fmt: skip
    for place, arm in enumerate(("practice", "practice", "comparison", "comparison")):
        add(
            "test_section (test_id, section_id, teacher_id, school_id, grade, arm, block, starts_on)",
            test_id, f"M1-MA6-26-{1 + place}", "T049", "M1", 6, arm, "", starts_on,
        )  # fmt: skip
    if decided:
        add(
            "test_decision (test_id, decision, reason, decided_by, decided_on, decided_at)",
            test_id, DECISIONS[number % 4], f"Reason {number}", "T049", starts_on, at,
        )  # fmt: skip


def many_database(folder: Path) -> Database:
    """A new database in a folder, filled."""
    database = Database(folder / "plc.duckdb")
    make_many(database)
    return database
