"""Every use case with every other scope: the ids of a team, guessed right, by everybody who is not of it.

The team's words carry a mark, and its teachers' figures are known to the test: neither may be in any answer,
and no row of the team may change. The same calls by a member show that the attack would be noticed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from plc.core.errors import PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from tests.security.arguments import arguments_for
from tests.security.attempts import Attempts
from tests.security.looking import holds_number, holds_text
from tests.security.use_cases import UseCase, use_cases

VICTIM: Final = "sample-team-1"
MARK: Final = "kept-within-the-team"
MEMBERS: Final = ("T049", "T048", "T132", "T146")
IDS: Final[dict[str, object]] = {
    "team_id": VICTIM,
    "inquiry_id": "sample-inquiry-6",
    "test_id": "sample-test-running",
    "origin_test_id": "sample-test-running",
    "practice_id": "P3",
    "practice_ids": ("P3", "P4"),
    "origin_practice_id": "P3",
    "meeting_id": "sample-meeting-4",
    "commitment_id": "sample-commitment-1",
    "decision_id": "sample-meeting-4-decision",
    "barrier_id": "sample-barrier-1",
    "visit_id": "sample-visit-1",
    "team_agreement_id": VICTIM,
    "teacher_id": "T146",
    "owner_teacher_id": "T146",
    "visited_teacher_id": "T146",
    "member_ids": ("T146",),
    "section_id": "M1-MA6-26-1",
    "school_id": "M1",
    "seen_version": 1,
    "version": 1,
    "step_key": "look",
    "seen": "look",
}
# The words of the team, and the rows they are in.
WORDS: Final = {
    "inquiry": ("title", "challenge", "unit_name"),
    "meeting": ("goal",),
    "meeting_decision": ("words",),
    "commitment": ("what",),
    "team": ("norms", "meets"),
    "discovery_visit": ("look_fors", "notes"),
    "meeting_note": ("words",),
    "practice_version": ("title", "when_to_use", "steps"),
    "fidelity_check": ("changed",),
    "inquiry_phase": ("note",),
    "exit_pulse": ("words",),
    "practice_test": ("prediction_words", "adaptation"),
}
OF_TEAM: Final = {
    "discovery_visit": f"inquiry_id in (select inquiry_id from inquiry where team_id = '{VICTIM}')",
    "inquiry_phase": f"inquiry_id in (select inquiry_id from inquiry where team_id = '{VICTIM}')",
    "meeting_note": f"meeting_id in (select meeting_id from meeting where team_id = '{VICTIM}')",
    "exit_pulse": f"meeting_id in (select meeting_id from meeting where team_id = '{VICTIM}')",
    "meeting_step": f"meeting_id in (select meeting_id from meeting where team_id = '{VICTIM}')",
    "meeting_attendance": f"meeting_id in (select meeting_id from meeting where team_id = '{VICTIM}')",
    "practice_version": "practice_id in ('P3', 'P4')",
    "practice_check": "practice_id in ('P3', 'P4')",
    "practice_consent": "practice_id in ('P3', 'P4')",
    "practice_author": "practice_id in ('P3', 'P4')",
    "practice_material": "practice_id in ('P3', 'P4')",
    "fidelity_check": f"test_id in (select test_id from practice_test where team_id = '{VICTIM}')",
    "test_section": f"test_id in (select test_id from practice_test where team_id = '{VICTIM}')",
    "team_agreement_member": f"team_agreement_id = '{VICTIM}'",
    "consent": f"teacher_id in {MEMBERS}",
    "own_result_opened": f"teacher_id in {MEMBERS}",
}
OUTSIDERS: Final = {
    "a teacher of another team": Viewer(Role.TEACHER, teacher_id="T108", team_ids=("sample-team-2",)),
    "a facilitator of another team": Viewer(Role.FACILITATOR, teacher_id="T155", team_ids=("sample-team-3",)),
    "a teacher of no team": Viewer(Role.TEACHER, teacher_id="T001"),
    "a teacher whose classes nobody linked": Viewer(Role.TEACHER, account_id="new"),
    "a coach of another team": Viewer(Role.COACH, team_ids=("sample-team-2",), account_id="coach"),
    "a principal of another school": Viewer(Role.PRINCIPAL, school_ids=("E2",), account_id="lead"),
    "a district leader": Viewer(Role.DISTRICT_LEADER, account_id="leader"),
    "a steward": Viewer(Role.STEWARD, account_id="steward"),
    "a reviewer": Viewer(Role.REVIEWER, account_id="reviewer"),
    "nobody": Viewer(),
}
MEMBER: Final = Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=(VICTIM,))
# What takes the whole district's results and says nothing of anybody, too slow to be called so often.
HEAVY: Final = {
    "plc.bright_spots.store.scan_and_store",
    "plc.growth.releasing.release_catch_up",
    "plc.inquiry.measured_effect.measure_due_tests",
    "plc.practices.pooled_evidence.refresh_evidence",
    "plc.practices.renewing.renew",
    "plc.practices.renewing.renew_effect",
    "plc.practices.renewing.renew_effects",
    "plc.stewardship.releasing.release_now",
    # A steward may take out any teacher.
    "plc.stewardship.teachers.remove_teacher",
    "plc.people.seat.take_seat",
    # The server's clock and the steward's command mail a team its own words, some hours before it meets.
    "plc.meetings.mail.send_due_digests",
    "plc.meetings.digest.due_digests",
}
# What takes the team or its things away, so that later calls would find nothing.
ENDING: Final = (
    "close_team",
    "leave_team",
    "close_to_team",
    "leave_agreement",
    "discard_card",
    "close_inquiry",
)
FOUND: Final = {name: case for name, case in use_cases().items() if name not in HEAVY}


@pytest.fixture(scope="module")
def marked(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample district, with a mark in every word of one team."""
    path = tmp_path_factory.mktemp("scopes") / "plc.duckdb"
    shutil.copy2(sample_file, path)
    for key in sample_file.parent.glob("*.key"):
        shutil.copy2(key, path.parent / key.name)
    with Database(path) as database, database.write() as cursor:
        for table, columns in WORDS.items():
            sets = ", ".join(f"{column} = '{MARK} ' || {column}" for column in columns)
            cursor.execute(f"update {table} set {sets} where {of_team(table)}").fetchall()
    return path


@pytest.fixture(scope="module")
def district(marked: Path) -> Iterator[Database]:
    with Database(marked) as database:
        yield database


@pytest.fixture(scope="module")
def figures(district: Database) -> frozenset[float]:
    """Every figure of the team's teachers that a scan or catch-up made."""
    with district.read() as cursor:
        rows = cursor.execute(
            "select effect, own_effect, lower_bound, upper_bound, probability, mean_result from scan_finding"
            f" where teacher_id in {MEMBERS}"
            " union all select excess, expected, caught_up, lower_bound, upper_bound, null from own_catch_up"
            f" where teacher_id in {MEMBERS}"
        ).fetchall()
    found = {round(float(cell), 9) for row in rows for cell in row if cell is not None}
    # 0, 1 and the like are everybody's.
    return frozenset(number for number in found if number != round(number, 2))


def of_team(table: str) -> str:
    return OF_TEAM.get(table, f"team_id = '{VICTIM}'")


def rows_of_team(database: Database) -> dict[str, str]:
    """A fingerprint of the team's rows by table."""
    tables = {*WORDS, *OF_TEAM, "barrier", "practice", "team_member", "practice_test_release", "reteach"}
    prints = {}
    with database.read() as cursor:
        for table in sorted(tables):
            rows = cursor.execute(f"select * from {table} where {of_team(table)} order by all").fetchall()
            prints[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return prints


def call(database: Database, viewer: Viewer, use_case: UseCase) -> Any:
    """What a use case answers, None where it refuses or stops."""
    try:
        return use_case(database, viewer, **arguments_for(use_case, IDS, words="made up"))
    except Exception as error:
        if isinstance(error, PlcError):
            return [error.message, *(str(vars(error).get(name, "")) for name in ("mine", "theirs"))]
        # The words of any other error reach no screen.
        return None


def harm(answer: object, figures: frozenset[float]) -> list[object]:
    """What of the team is in an answer."""
    return [*holds_text(answer, MARK), *holds_number(answer, figures)]


@pytest.mark.parametrize("room", sorted({name.split(".")[1] for name in FOUND}))
def test_nobody_outside_a_team_reads_or_changes_it_by_guessing_its_ids(
    district: Database, figures: frozenset[float], attempts: Attempts, room: str
) -> None:
    before = rows_of_team(district)
    for name in sorted(name for name in FOUND if name.split(".")[1] == room):
        for who, viewer in OUTSIDERS.items():
            attempts.judge(harm(call(district, viewer, FOUND[name]), figures), f"{name} by {who}")
        after = rows_of_team(district)
        changed = [table for table in before if before[table] != after[table]]
        attempts.judge(changed, f"{name} changed rows of the team")
        before = after


def test_the_same_calls_by_a_member_would_be_noticed(
    marked: Path, figures: frozenset[float], tmp_path: Path
) -> None:
    """A check of the attack: with her scope the same calls read and change the team's rows."""
    path = tmp_path / "plc.duckdb"
    shutil.copy2(marked, path)
    read, changed = [], []
    with Database(path) as database:
        before = rows_of_team(database)
        for name in sorted(FOUND, key=lambda name: (name.endswith(ENDING), name)):
            if harm(call(database, MEMBER, FOUND[name]), figures):
                read.append(name)
            after = rows_of_team(database)
            if after != before:
                changed.append(name)
            before = after
    assert len(read) >= 25, read
    assert len(changed) >= 20, changed
