"""Taking back what made-up teams did: when the sample district goes, its inquiries and practices go too."""

# ruff: noqa: S608 - the names put into statements are tables this program declares.

from __future__ import annotations

from typing import Final

from plc.database import Database
from plc.database.database import raise_data_version
from plc.people.releases import forget_releases

_TABLES: Final = (
    "inquiry", "inquiry_wording", "inquiry_ending", "inquiry_phase", "discovery_visit",
    "practice", "practice_version", "candidate_practice",
    "practice_test", "test_assignment", "test_section", "balancing_measure", "fidelity_check", "test_effect",
    "test_decision", "reteach", "reteach_student",
    "practice_consent", "practice_author", "practice_material", "practice_check", "practice_question",
    "practice_invitation", "practice_test_release", "practice_note", "practice_evidence",
    "practice_evidence_test", "practice_shared_test",
    "seek_line", "seek_line_class", "seek_class_seen", "reteach_told",
    "seek_yardstick", "seek_yardstick_start", "seek_yardstick_moment", "seek_yardstick_slope",
    "seek_yardstick_class", "seek_yardstick_hand",
)  # fmt: skip


def forget_team_work(database: Database) -> None:
    """Empty every inquiry, test and practice: only made-up teams can have written them beside the sample."""
    with database.write_through() as cursor:
        for table in _TABLES:
            cursor.execute(f"delete from {table}").fetchall()
        forget_releases(cursor)
        raise_data_version(cursor)
