"""A wall, or a screen that one member shares, in a meeting: whose bright spot it names, and before whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from plc.bright_spots import bright_spots
from plc.bright_spots.team_spots import bright_spots_of_team
from plc.core import clock
from plc.core.errors import NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.people import open_own_result
from plc.people.accounts import end_role
from plc.people.consent import give_consent, withdraw_consent
from plc.people.sign_in import teams_of
from plc.people.team_agreements import close_to_team
from plc.people.team_changes import add_member
from plc.ui import cached
from tests.security.attempts import Attempts

ME, FIRST, SECOND, FLAGGED = "T039", "T045", "T051", "T049"
NARROW, WIDE = "wall-narrow", "wall-wide"
TODAY: Final = clock.now().date()


def viewer_of(database: Database, teacher_id: str) -> Viewer:
    with database.read() as cursor:
        return Viewer(Role.TEACHER, teacher_id=teacher_id, team_ids=teams_of(cursor, teacher_id))


def agree(database: Database, team_id: str, members: tuple[str, ...], *, opened_by: str | None) -> None:
    """A team of an agreement; one member has opened her results to all the others."""
    until = TODAY + timedelta(days=30)
    with database.write() as cursor:
        cursor.execute(
            "insert into team"
            " (team_id, team_name, subject, grade, norms, meets, created_by, created_at, version)"
            " values ($team, $team, 'maths', 6, '', '', $me, now()::timestamp, 1)",
            {"team": team_id, "me": ME},
        ).fetchall()
        cursor.execute(
            "insert into team_agreement"
            " (team_agreement_id, team_id, team_name, agreed_on, until_on, recorded_by)"
            " values ($team, $team, $team, $today, $until, $me)",
            {"team": team_id, "today": TODAY, "until": until, "me": ME},
        ).fetchall()
        for member in members:
            cursor.execute(
                "insert into team_member values ($team, $member, 'member', $today, null)",
                {"team": team_id, "member": member, "today": TODAY},
            ).fetchall()
            cursor.execute(
                "insert into team_agreement_member (team_agreement_id, teacher_id, opened_on)"
                " values ($team, $member, $opened)",
                {"team": team_id, "member": member, "opened": TODAY if member == opened_by else None},
            ).fetchall()
            if opened_by not in (None, member):
                cursor.execute(
                    "insert into team_agreement_opening"
                    " (team_agreement_id, teacher_id, reader_teacher_id, opened_on)"
                    " values ($team, $opened_by, $member, $today)",
                    {"team": team_id, "opened_by": opened_by, "member": member, "today": TODAY},
                ).fetchall()


def named_on(database: Database, team_id: str) -> set[str]:
    """Whom the wall names, whichever member's screen it is."""
    return {
        spot.teacher_id
        for member in (ME, FIRST, SECOND, FLAGGED)
        if team_id in (viewer := viewer_of(database, member)).team_ids
        for spot in bright_spots_of_team(database, viewer, team_id)
    }


@pytest.fixture(scope="module")
def district(sample_database: Database) -> Database:
    with sample_database.write() as cursor:
        cursor.execute("delete from consent").fetchall()
        cursor.execute(
            "insert into own_result_opened select $flagged, 2026, now()::timestamp", {"flagged": FLAGGED}
        ).fetchall()
    agree(sample_database, NARROW, (ME, FLAGGED), opened_by=FLAGGED)
    agree(sample_database, WIDE, (ME, FIRST, SECOND), opened_by=None)
    return sample_database


def test_what_was_opened_to_another_team_is_not_on_the_wall(district: Database, attempts: Attempts) -> None:
    seen = {each.teacher_id for each in bright_spots(district, viewer_of(district, ME))}
    assert FLAGGED in seen
    assert named_on(district, NARROW) >= {FLAGGED}
    for member in (FIRST, SECOND):
        on_her_own = {each.teacher_id for each in bright_spots(district, viewer_of(district, member))}
        assert FLAGGED not in on_her_own
    attempts.judge(named_on(district, WIDE) & {FLAGGED}, "a name opened to another team")


def test_what_she_has_not_seen_herself_is_not_on_the_wall(district: Database, attempts: Attempts) -> None:
    agree(district, "wall-unseen", (ME, FLAGGED), opened_by=FLAGGED)
    before = named_on(district, "wall-unseen")
    with district.write() as cursor:
        cursor.execute(
            "insert into own_result_unseen select distinct teacher_id, subject, kind, part from scan_flag"
            " where teacher_id = $flagged",
            {"flagged": FLAGGED},
        ).fetchall()
    attempts.judge(named_on(district, "wall-unseen") & {FLAGGED}, "a bright spot its teacher has not seen")
    hers = viewer_of(district, FLAGGED)
    assert FLAGGED in {each.teacher_id for each in bright_spots(district, hers)}
    open_own_result(district, hers)
    assert named_on(district, "wall-unseen") == before >= {FLAGGED}


def test_a_members_own_is_not_on_the_wall_before_she_opened_it_to_all(
    district: Database, attempts: Attempts
) -> None:
    agree(district, "wall-own", (ME, FIRST, FLAGGED), opened_by=None)
    attempts.judge(named_on(district, "wall-own") & {FLAGGED}, "the name of who had opened nothing there")
    with pytest.raises(NotAllowed):
        bright_spots_of_team(district, viewer_of(district, SECOND), "wall-own")


def still_named(database: Database, team_id: str, *, member: str) -> bool:
    """Whether the wall, drawn again from what pages remember, names who was named before."""
    viewer = viewer_of(database, member)
    state = cached.state(database, viewer)
    spots = cached.team_spots(database, viewer, state, team_id, subject=None, grade=None)
    return FLAGGED in {spot.teacher_id for spot in spots}


def test_a_name_leaves_the_wall_before_a_new_member_and_with_its_opening(
    district: Database, attempts: Attempts
) -> None:
    agree(district, "wall-growing", (FIRST, FLAGGED), opened_by=FLAGGED)
    assert still_named(district, "wall-growing", member=FIRST)
    add_member(district, viewer_of(district, FIRST), "wall-growing", SECOND)
    attempts.judge(
        still_named(district, "wall-growing", member=FIRST), "a name before one it was not opened to"
    )
    agree(district, "wall-closing", (SECOND, FLAGGED), opened_by=FLAGGED)
    assert still_named(district, "wall-closing", member=SECOND)
    for team_id in ("wall-growing", "wall-closing"):
        close_to_team(district, viewer_of(district, FLAGGED), team_id)
    attempts.judge(still_named(district, "wall-closing", member=SECOND), "a name after its result was closed")


def test_a_name_leaves_the_wall_with_consent_and_with_the_last_role(
    district: Database, attempts: Attempts
) -> None:
    agree(district, "wall-consent", (FIRST, SECOND), opened_by=None)
    flagged, until = viewer_of(district, FLAGGED), TODAY + timedelta(days=30)
    give_consent(district, flagged, scope="district", until_on=until)
    assert still_named(district, "wall-consent", member=FIRST)
    withdraw_consent(district, flagged, scope="district")
    attempts.judge(still_named(district, "wall-consent", member=FIRST), "a name after consent was withdrawn")
    with district.write() as cursor:
        for statement in (
            "insert into account (account_id, issuer, subject_id, address, teacher_id, made_at)"
            f" values ('flagged', 'issuer', 'flagged', 'f@school.example', '{FLAGGED}', now()::timestamp)",
            "insert into account_role values ('held', 'flagged', 'teacher', null, null,"
            " date '2020-01-01', null, 'steward', now()::timestamp, null)",
        ):
            cursor.execute(statement).fetchall()
    give_consent(district, flagged, scope="district", until_on=until)
    assert still_named(district, "wall-consent", member=FIRST)
    end_role(district, LOCAL_STEWARD, "held")
    attempts.judge(
        still_named(district, "wall-consent", member=FIRST), "a name after the last role to teach in ended"
    )
