"""Whoever reads something about a teacher is in the audit, and she reads there who it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.meetings import start_meeting
from plc.people import flush_accesses, own_audit, verify_audit
from plc.practices import PracticeQuery
from plc.schools.support import give_support
from plc.schools.visits import answer_proposal, propose_visit
from tests.conftest import copy_installation
from tests.security.arguments import arguments_for
from tests.security.looking import leaves
from tests.security.needs import NEEDS, OPEN
from tests.security.reads import ABOUT_NOBODY_ELSE, ABOUT_TEACHERS
from tests.security.test_other_scopes import IDS, MEMBER, VICTIM
from tests.security.use_cases import use_cases

FOUND: Final = use_cases()
DAY: Final = date(2026, 5, 21)
PRINCIPAL: Final = Viewer(Role.PRINCIPAL, school_ids=("M1",), account_id="lead")
STEWARD: Final = Viewer(Role.STEWARD, account_id="steward")
COLLEAGUE: Final = Viewer(Role.TEACHER, teacher_id="T108", team_ids=("sample-team-2",))
COACH: Final = Viewer(Role.COACH, team_ids=(VICTIM,), account_id="coach")
# Of the team that tested what stands in the library.
TESTER: Final = Viewer(Role.TEACHER, teacher_id="T001", team_ids=("sample-team-4",))
# Who calls it, where it is not a member of the team; and what else than the guessed ids.
BY: Final[dict[str, Viewer]] = {
    "plc.bright_spots.store.scan_and_store": STEWARD,
    "plc.growth.catch_up.catch_up": COLLEAGUE,
    "plc.inquiry.effect_download.test_cells_download": TESTER,
    "plc.people.accounts.list_accounts": STEWARD,
    "plc.practices.cards.card": COLLEAGUE,
    "plc.practices.cards.card_versions": COLLEAGUE,
    "plc.practices.evidence.evidence_panel": COLLEAGUE,
    "plc.practices.evidence.evidence_panels": COLLEAGUE,
    "plc.practices.library.practices_for": COLLEAGUE,
    "plc.practices.library.search_practices": PRINCIPAL,
    "plc.priorities.barriers.list_barriers": PRINCIPAL,
    "plc.reports.effect_report.effect_report": TESTER,
    "plc.reports.practice_report.practice_report": PRINCIPAL,
    "plc.reports.review_report.board_page": PRINCIPAL,
    "plc.reports.review_report.ilt_brief": PRINCIPAL,
    "plc.schools.barriers.school_barriers": PRINCIPAL,
    "plc.schools.month.month_at_a_glance": PRINCIPAL,
    "plc.schools.stalled.stalled_teams": PRINCIPAL,
    "plc.schools.support.given_support": PRINCIPAL,
    "plc.schools.visits.proposals_made": PRINCIPAL,
    "plc.schools.visits.proposals_to_team": COLLEAGUE,
    "plc.schools.visits.propose_visit": PRINCIPAL,
}
WITH: Final[dict[str, dict[str, Any]]] = {
    "plc.practices.evidence.evidence_panels": {"practice_ids": ("P1",)},
    "plc.practices.library.practices_for": {"subject": "maths", "grade": 7, "standards": ()},
    "plc.practices.library.search_practices": {"query": PracticeQuery()},
    "plc.reports.review_report.board_page": {"month": DAY},
    "plc.reports.review_report.ilt_brief": {"month": DAY},
    "plc.schools.month.month_at_a_glance": {"month": DAY},
    "plc.schools.visits.propose_visit": {"team_id": "sample-team-3"},
    "plc.inquiry.effect_download.test_cells_download": {"test_id": "sample-test-P1-1"},
    "plc.reports.effect_report.effect_report": {"test_id": "sample-test-P1-1"},
}


@pytest.fixture(scope="module")
def district(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample district with a running meeting, a visit agreed to, time given, a linked account, and
    students who catch up."""
    with Database(copy_installation(sample_file, tmp_path_factory.mktemp("reads"))) as database:
        proposal = propose_visit(database, PRINCIPAL, "P1", team_id="sample-team-2")
        answer_proposal(database, MEMBER, proposal, answer="yes")
        give_support(database, PRINCIPAL, VICTIM, kind="time", words="An hour", for_on=date(2026, 5, 28))
        with database.write() as cursor:
            cursor.execute(
                "insert into account (account_id, issuer, subject_id, address, teacher_id, made_at)"
                " values ('dunne', 'https://example.org', 'dunne', 'dunne@example.org', 'T048', now())"
            ).fetchall()
            cursor.execute("update own_catch_up set exceeds = true where students >= 10").fetchall()
        yield database


def entries(database: Database, since: int) -> list[tuple[str, str, str | None]]:
    """What the audit holds after an entry: action and thing, role, and the teacher it is about."""
    flush_accesses(database, wait=True)
    with database.read() as cursor:
        return cursor.execute(
            "select entry.action || ': ' || entry.thing, entry.role, person.person_id"
            " from audit_entry as entry"
            " left join audit_person as person on entry.subject_id = person.audit_person_id"
            " where entry.entry_number > $since order by entry.entry_number",
            {"since": since},
        ).fetchall()


def last_entry(database: Database) -> int:
    flush_accesses(database, wait=True)
    with database.read() as cursor:
        return int(cursor.execute("select entry_number from audit_head").fetchall()[0][0])


def test_of_every_use_case_it_is_said_whether_it_tells_of_another_teacher() -> None:
    said = set(ABOUT_TEACHERS) | set(ABOUT_NOBODY_ELSE)
    assert set(ABOUT_TEACHERS) & set(ABOUT_NOBODY_ELSE) == set()
    assert (set(NEEDS) | set(OPEN)) - said == set(), "say it in tests/security/reads.py"
    assert said - (set(NEEDS) | set(OPEN)) == set(), (
        "these are gone: take them out of tests/security/reads.py"
    )


@pytest.mark.parametrize("name", sorted(ABOUT_TEACHERS))
def test_who_reads_about_another_teacher_is_in_the_audit(district: Database, name: str) -> None:
    # A person of her own for each use case: what another one noted today is not noted again.
    account = "lead" if name.endswith("proposals_made") else name
    viewer = replace(BY.get(name, MEMBER), account_id=account)
    given = dict(IDS) | WITH.get(name, {})
    if name.endswith("open_class_view"):
        given["meeting_id"] = start_meeting(district, MEMBER, VICTIM)
    if "practices" in name or "practice_report" in name or "propose_visit" in name:
        given["practice_id"] = "P1"
    arguments = {
        key: value
        for key, value in arguments_for(FOUND[name], given, words="made up").items()
        if value is not None
    } | {key: value for key, value in WITH.get(name, {}).items() if value is not None}
    before = last_entry(district)
    FOUND[name](district, viewer, **arguments)
    noted = entries(district, before)
    assert ABOUT_TEACHERS[name] in {words for words, _, _ in noted}
    assert {role for _, role, _ in noted} == {str(viewer.role)}
    subjects = {subject for words, _, subject in noted if words == ABOUT_TEACHERS[name]}
    if name.endswith("scan_and_store"):
        assert subjects == {None}
    else:
        assert not subjects & {None, viewer.teacher_id}


def test_reading_again_and_again_writes_once_a_day(district: Database) -> None:
    again = replace(PRINCIPAL, account_id="again")
    month = FOUND["plc.schools.month.month_at_a_glance"]
    month(district, again, month=DAY)
    before = last_entry(district)
    for _ in range(20):
        month(district, again, month=DAY)
    assert last_entry(district) == before


@pytest.mark.parametrize("name", sorted(ABOUT_NOBODY_ELSE))
def test_what_is_said_to_tell_of_nobody_else_names_nobody_else(district: Database, name: str) -> None:
    reason = ABOUT_NOBODY_ELSE[name]
    if not reason.startswith(("the viewer's own", "counts")) or name.endswith(".recheck"):
        return
    with district.read() as cursor:
        people = {
            str(word)
            for row in cursor.execute("select teacher_id, name from teacher").fetchall()
            for word in row
        }
    for viewer in (MEMBER, COLLEAGUE, COACH, PRINCIPAL, STEWARD):
        answer = None
        with suppress(Exception):
            answer = FOUND[name](district, viewer, **arguments_for(FOUND[name], IDS, words="x"))
        mates = {mate for team in viewer.team_ids for mate in _mates(district, team)}
        assert {leaf for leaf in leaves(answer) if leaf in people} <= {viewer.teacher_id, *mates}


def test_a_teacher_reads_what_her_colleagues_and_her_principal_read(district: Database) -> None:
    for name in ("plc.inquiry.fidelity.fidelity_of", "plc.schools.month.month_at_a_glance"):
        viewer = replace(BY.get(name, MEMBER), account_id=f"again {name}")
        FOUND[name](district, viewer, **arguments_for(FOUND[name], dict(IDS) | WITH.get(name, {}), words="x"))
    flush_accesses(district, wait=True)
    dunne = Viewer(Role.TEACHER, teacher_id="T048", team_ids=(VICTIM,))
    read = {(look.role, look.thing) for look in own_audit(district, dunne)}
    assert ("principal", "how the team meets and decides") in read
    assert ("facilitator", "how a class tries a practice, week by week") in read
    assert verify_audit(district, STEWARD).whole


def _mates(database: Database, team_id: str) -> set[str]:
    with database.read() as cursor:
        rows = cursor.execute(
            "select member.teacher_id, teacher.name from team_member as member"
            " left join teacher on member.teacher_id = teacher.teacher_id where team_id = $team_id",
            {"team_id": team_id},
        ).fetchall()
    return {word for row in rows for word in row}
