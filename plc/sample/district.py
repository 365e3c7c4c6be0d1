"""Loading `data/sample`: import, consents and team agreements, scan, what the teams tried and its effects."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pandas as pd

from plc.bright_spots import latest_scan, scan_and_store
from plc.core import clock
from plc.core.errors import Conflict, NotFound
from plc.core.progress import Progress, silent
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.growth import release_catch_up
from plc.practices.renewing import renew_effects
from plc.results import confirm_upload, discard_upload, stage_upload
from plc.sample.meetings import record_meetings
from plc.sample.schools import record_schools
from plc.sample.team_work import record_team_work

SAMPLE_FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "sample"
# Ms Adeyemi, with whom the walk through the sample begins.
FIRST_TEACHER_ID: Final = "T049"
# Her school, where a team meets: a principal's pages have something to show.
FIRST_SCHOOL_ID: Final = "M1"

_NORMS: Final = "We start on time.\nWe look at our students before our classes.\nWe ask before we advise."
# Course, school and meeting time of the made-up teams, by agreement.
_TEAMS: Final[dict[str, dict[str, object]]] = {
    "sample-team-1": {
        "subject": "maths", "grade": 6, "school_id": "M1", "meets": "Thursdays 14:30", "norms": _NORMS,
    },
    "sample-team-2": {
        "subject": None, "grade": 5, "school_id": "E2", "meets": "Thursdays 15:00", "norms": _NORMS,
    },
    "sample-team-3": {"subject": "reading", "grade": 7, "school_id": "M3", "meets": None, "norms": ""},
}  # fmt: skip


def load_sample(database: Database, *, folder: Path = SAMPLE_FOLDER, progress: Progress = silent) -> str:
    """Load the sample district, scan it, and return one line of what was found.

    Loading it again only scans again. Raises `NotFound` without the folder and `Conflict` when the
    database already holds results of someone's own.
    """
    if not (folder / "bundle").is_dir():
        raise NotFound(f"The sample district is not at {folder}. Run this from a clone of the program.")
    with database.read() as cursor:
        of_sample, of_others = cursor.execute(load_sql("sample", "confirmed_uploads")).fetchall()[0]
    if of_others:
        raise Conflict(
            "This database holds your own results. Choose another file with --db for the sample district."
        )
    if not of_sample:
        _import_bundle(database, folder / "bundle", progress)
        _record_people(database, folder)
    found = scan_and_store(
        database, LOCAL_STEWARD, progress=lambda share, words: progress(0.5 + 0.3 * share, words)
    )
    if not of_sample:
        progress(0.8, "Writing down what the teams tried")
        record_team_work(database, folder)
        record_meetings(database, folder)
        record_schools(database, folder)
    renew_effects(database, LOCAL_STEWARD, progress=lambda share, words: progress(0.85 + 0.1 * share, words))
    progress(0.95, "Following students over the years")
    release_catch_up(database, LOCAL_STEWARD, if_due=True)
    return found.headline


def sample_headline(database: Database) -> str | None:
    """One line of what the latest scan found; None while the database holds no results."""
    with database.read() as cursor:
        of_sample, of_others = cursor.execute(load_sql("sample", "confirmed_uploads")).fetchall()[0]
    if not of_sample and not of_others:
        return None
    latest = latest_scan(database, LOCAL_STEWARD)
    return latest.headline if latest else "Results are loaded and not scanned yet. Run plc scan."


def _import_bundle(database: Database, bundle: Path, progress: Progress) -> None:
    staged = stage_upload(
        database,
        LOCAL_STEWARD,
        bundle,
        file_name="Sample district",
        progress=lambda share, words: progress(0.35 * share, words),
    )
    if staged.rows_rejected or staged.missing_answers:
        discard_upload(database, LOCAL_STEWARD, staged.upload_id)
        raise Conflict("The sample district does not fit this version of the program. Make it again.")
    with database.write() as cursor:
        cursor.execute(load_sql("sample", "mark_sample_upload"), {"upload_id": staged.upload_id}).fetchall()
    confirm_upload(
        database,
        LOCAL_STEWARD,
        staged.upload_id,
        progress=lambda share, words: progress(0.35 + 0.15 * share, words),
    )


def _record_people(database: Database, folder: Path) -> None:
    consents = pd.read_csv(folder / "consents.csv", dtype={"teacher_id": str})
    members = pd.read_csv(folder / "team_agreements.csv", dtype={"teacher_id": str, "recorded_by": str})
    with database.write() as cursor:
        for row in consents.to_dict("records"):
            given = _days_ago(row["given_days_ago"])
            _run(
                cursor, "give_sample_consent", row, "consent_id", "teacher_id", "scope", "name_shown",
                given_on=given, until_on=_after(given, row),
                withdrawn_on=_days_ago(row["withdrawn_days_ago"]),
            )  # fmt: skip
        for row in members.drop_duplicates("team_agreement_id").to_dict("records"):
            agreed = _days_ago(row["agreed_days_ago"])
            _run(
                cursor, "record_sample_agreement", row, "team_agreement_id", "team_name", "recorded_by",
                agreed_on=agreed, until_on=_after(agreed, row),
            )  # fmt: skip
            _run(
                cursor, "record_sample_team", row, "team_name",
                team_id=row["team_agreement_id"], created_by=row["recorded_by"], created_at=clock.now(),
                **_TEAMS[row["team_agreement_id"]],
            )  # fmt: skip
        for row in members.to_dict("records"):
            _run(
                cursor, "record_sample_member", row, "team_agreement_id", "teacher_id",
                opened_on=_days_ago(row["opened_days_ago"]),
            )  # fmt: skip
            _run(
                cursor, "record_sample_team_member", row, "teacher_id",
                team_id=row["team_agreement_id"], joined_on=_days_ago(row["agreed_days_ago"]),
                member_role="facilitator" if row["teacher_id"] == row["recorded_by"] else "member",
            )  # fmt: skip
        cursor.execute(load_sql("sample", "open_sample_results"), {"opened_at": clock.now()}).fetchall()
        cursor.execute(load_sql("sample", "open_sample_agreements")).fetchall()
        cursor.execute(load_sql("sample", "name_sample_schools")).fetchall()
        raise_data_version(cursor)


def _run(cursor: Cursor, name: str, row: dict[Any, Any], *columns: str, **further: object) -> None:
    parameters = {column: row[column] for column in columns} | further
    cursor.execute(load_sql("sample", name), parameters).fetchall()


def _days_ago(days: float) -> date | None:
    """The day that many days before today; None for an empty cell."""
    return None if pd.isna(days) else clock.now().date() - timedelta(days=int(days))


def _after(begin: date | None, row: dict[Any, Any]) -> date | None:
    return begin and begin + timedelta(days=int(row["valid_days"]))
