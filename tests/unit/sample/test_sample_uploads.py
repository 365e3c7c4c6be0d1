"""The files to try do what the sample's README says, on the loaded sample and on STAR."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from plc.bright_spots import ScanOptions, scan
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import StagedUpload, confirm_upload, discard_upload, stage_upload

DATA = Path(__file__).resolve().parents[3] / "data"
UPLOADS = DATA / "sample" / "uploads"


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample's bundle, imported."""
    with Database(tmp_path_factory.mktemp("uploads") / "plc.duckdb") as database:
        staged = stage_upload(database, LOCAL_STEWARD, DATA / "sample" / "bundle")
        assert (staged.rows_rejected, staged.issues) == (0, ())
        confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
        yield database


def check(database: Database, name: str, **answers: str) -> StagedUpload:
    """What staging the file says; nothing is kept."""
    staged = stage_upload(database, LOCAL_STEWARD, UPLOADS / name, answers=answers)
    discard_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert staged.rows_read == staged.rows_accepted + staged.rows_duplicate + staged.rows_rejected
    return staged


def test_a_team_file_is_ready_to_confirm(roster: Database) -> None:
    staged = check(roster, "team-unit-7.csv")
    assert not staged.missing_answers
    assert not staged.issues
    assert (staged.rows_read, staged.rows_accepted) == (158, 158)


def test_a_gradebook_asks_only_for_what_the_roster_cannot_say(roster: Database) -> None:
    asked = check(roster, "one-class-gradebook.csv").missing_answers
    assert sorted(asked) == ["assessment", "date", "school_year", "subject"]
    answers = {"subject": "maths", "school_year": "2026", "assessment": "Quiz", "date": "2026-06-05"}
    staged = check(roster, "one-class-gradebook.csv", **answers)
    assert (staged.rows_accepted, staged.rows_rejected) == (26, 0)


def test_a_wide_file_unpivots_by_picking_columns(roster: Database) -> None:
    staged = check(
        roster, "weekly-checks-wide.csv", subject="fluency", school_year="2026", date="2026-01-10",
        score_columns="Weekly check 11,Weekly check 12,Weekly check 13", score_columns_are="assessment",
    )  # fmt: skip
    assert staged.rows_accepted == 3 * 23


def test_f10_every_problem_of_the_bad_file_is_named(roster: Database) -> None:
    assert check(roster, "unit-7-with-problems.csv").missing_answers == ("score",)
    staged = check(roster, "unit-7-with-problems.csv", score="column:Pts this time")
    assert (staged.rows_duplicate, staged.rows_rejected) == (1, 43)
    assert Counter(issue.code for issue in staged.issues) == {"not_a_number": 40, "not_on_roster": 3}
    rows = {issue.row for issue in staged.issues if issue.code == "not_a_number"}
    lines = (UPLOADS / "unit-7-with-problems.csv").read_text().splitlines()
    assert rows == {number for number, line in enumerate(lines, start=1) if "Not Eligibile" in line}


def test_star_flags_nobody_with_one_section_per_teacher(database: Database) -> None:
    staged = stage_upload(database, LOCAL_STEWARD, DATA / "star" / "star.parquet")
    # One grade-3 student has no teacher and no later year to start from.
    assert (staged.rows_read, staged.rows_rejected) == (97_843, 4)
    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    found = scan(database, ScanOptions(standards=False))
    assert len(found.teachers) > 3000
    assert (found.teachers["sections"] == 1).all()
    assert not found.teachers["bright_spot"].any()
