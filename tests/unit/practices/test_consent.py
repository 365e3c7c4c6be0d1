"""Who may open a card and under what name: every path of the authors' decisions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import LOCAL_STEWARD, Viewer
from plc.database import Database
from plc.people import remove_account
from plc.practices import (
    LookFirst,
    add_coauthor,
    ask_colleague,
    card,
    check_card,
    colleague_checks,
    consent,
    forget_author,
    leave_card,
    preview_byline,
    search_practices,
    share_card,
    sharing,
    withdraw_card,
    write_card,
)
from plc.practices.library import PracticeQuery
from plc.practices.replication import _take
from plc.practices.waiting import waiting
from tests.unit.practices.library_district import (
    ADA,
    BEN,
    CLEO,
    DAN,
    FOX,
    LEADER,
    NEXT_MONTH,
    PRINCIPAL_1,
    PRINCIPAL_2,
    REVIEWER,
    SORT,
    STEWARD,
    TODAY,
    add_test,
    shared,
)

WHO = {
    "ben": BEN, "cleo": CLEO, "dan": DAN, "fox": FOX, "principal 1": PRINCIPAL_1, "principal 2": PRINCIPAL_2,
    "leader": LEADER, "steward": STEWARD, "reviewer": REVIEWER,
}  # fmt: skip
DISTRICT = {"ben", "cleo", "dan", "fox", "principal 1", "principal 2", "leader", "steward"}


def readers(database: Database, practice_id: str) -> set[str]:
    """Who of everybody but the author can open the card, and finds it."""
    found = set()
    for name, viewer in WHO.items():
        try:
            card(database, viewer, practice_id)
        except NotFound:
            assert not search_practices(database, viewer, PracticeQuery()).rows
        else:
            found.add(name)
            (row,) = search_practices(database, viewer, PracticeQuery()).rows
            assert row.practice_id == practice_id
    return found


def take(database: Database, viewer: Viewer, practice_id: str, *, team_id: str) -> None:
    """A team takes the card into its work, as replicating it does."""
    _take(database, viewer, practice_id, team_id)


def byline(database: Database, viewer: Viewer, practice_id: str) -> str:
    return card(database, viewer, practice_id).byline.words


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("team", {"ben"}),
        ("school", {"ben", "cleo", "principal 1"}),
        ("district", DISTRICT),
        ("network", DISTRICT | {"reviewer"}),
    ],
)
def test_a_card_is_open_in_its_scope_and_nowhere_else(
    district: Database, scope: str, expected: set[str]
) -> None:
    assert readers(district, shared(district, scope=scope)) == expected


def test_a_name_is_hidden_unless_its_bearer_shows_it(district: Database) -> None:
    practice_id = shared(district)
    for viewer in (BEN, CLEO, DAN, PRINCIPAL_1, LEADER, STEWARD):
        assert byline(district, viewer, practice_id) == "A colleague"
    assert byline(district, ADA, practice_id) == "Ms Ada, Lincoln School"


def test_a_shown_name_is_read_in_scope_and_never_by_a_reviewer(district: Database) -> None:
    practice_id = shared(district, scope="network", name_shown="name")
    for viewer in (BEN, DAN, PRINCIPAL_2, LEADER):
        assert byline(district, viewer, practice_id) == "Ms Ada, Lincoln School"
    assert byline(district, REVIEWER, practice_id) == "A colleague"


def test_a_role_is_told_only_where_three_could_be_meant(district: Database) -> None:
    practice_id = shared(district, scope="school", name_shown="role")
    assert byline(district, PRINCIPAL_1, practice_id) == "A grade 6 maths teacher"
    # One of the three reads it herself: of the two others each would be known to the other.
    assert byline(district, CLEO, practice_id) == "A colleague"
    share_card(district, ADA, practice_id, scope="district", name_shown="role", until_on=NEXT_MONTH)
    assert byline(district, CLEO, practice_id) == "A grade 6 maths teacher"
    share_card(district, ADA, practice_id, scope="school", name_shown="role", until_on=NEXT_MONTH)
    with district.write() as cursor:
        cursor.execute(
            "update section_version set grade = 7 where school_key = 1 and section_key > 30"
        ).fetchall()
    assert byline(district, PRINCIPAL_1, practice_id) == "A colleague"


def test_a_name_falls_with_its_account(district: Database) -> None:
    practice_id = shared(district, name_shown="name")
    assert byline(district, DAN, practice_id) == "Ms Ada, Lincoln School"
    add_test(district, practice_id, "t1")
    with district.write() as cursor:
        row = {
            "account_id": "a", "issuer": "i", "subject_id": "s", "address": "a@example.org",
            "teacher_id": "T1", "made_at": datetime(2026, 1, 1),
        }  # fmt: skip
        names, values = ", ".join(row), ", ".join(f"${name}" for name in row)
        cursor.execute(f"insert into account ({names}) values ({values})", row).fetchall()
        cursor.execute(
            "insert into account_role (account_role_id, account_id, role, from_on, given_by, given_at)"
            " values ('r', 'a', 'teacher', $from_on, 's', $made_at)",
            {"from_on": date(2026, 1, 1), "made_at": datetime(2026, 1, 1)},
        ).fetchall()
    assert byline(district, DAN, practice_id) == "Ms Ada, Lincoln School"
    remove_account(district, LOCAL_STEWARD, "a")
    assert byline(district, DAN, practice_id) == "A colleague"
    assert readers(district, practice_id) == DISTRICT


def test_a_forgotten_author_leaves_the_card_its_scope_and_evidence_and_no_name(district: Database) -> None:
    practice_id = shared(district, name_shown="name")
    with district.write() as cursor:
        forget_author(cursor, teacher_id="T1")
    assert readers(district, practice_id) == DISTRICT
    assert byline(district, DAN, practice_id) == "A colleague"
    with district.read() as cursor:
        for table in ("practice", "practice_version", "practice_consent", "practice_author"):
            assert "'T1'" not in str(cursor.execute(f"select * from {table}").fetchall())


def test_a_teacher_who_left_the_roster_leaves_no_name(district: Database) -> None:
    practice_id = shared(district, name_shown="name")
    with district.write() as cursor:
        cursor.execute("update teacher_version set superseded_by = 2 where teacher_id = 'T1'").fetchall()
    assert byline(district, DAN, practice_id) == "A colleague"


def test_taking_a_name_off_leaves_the_card(district: Database) -> None:
    practice_id = shared(district, name_shown="name")
    withdraw_card(district, ADA, practice_id, keep_card=True)
    assert readers(district, practice_id) == DISTRICT
    assert byline(district, DAN, practice_id) == "A colleague"


def test_taking_a_card_back_holds_from_the_next_request(district: Database) -> None:
    practice_id = shared(district, scope="network", name_shown="name")
    withdraw_card(district, ADA, practice_id, keep_card=False)
    assert readers(district, practice_id) == set()
    assert card(district, ADA, practice_id).reach == 0
    with pytest.raises(NotFound):
        withdraw_card(district, ADA, practice_id, keep_card=False)


def test_a_team_that_tests_a_card_keeps_its_steps_without_a_name(district: Database) -> None:
    practice_id = shared(district, name_shown="name")
    take(district, DAN, practice_id, team_id="team-2")
    add_test(district, practice_id, "t1", team_id="team-2", teachers=("T4",))
    withdraw_card(district, ADA, practice_id, keep_card=False)
    assert readers(district, practice_id) == {"dan"}
    assert byline(district, DAN, practice_id) == "A colleague"


def test_a_guessed_card_does_not_open_by_testing_it(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    add_test(district, practice_id, "t1", team_id="team-2", teachers=("T4",))
    take(district, DAN, practice_id, team_id="team-2")
    assert readers(district, practice_id) == set()


def test_consent_ends_by_its_date(district: Database) -> None:
    practice_id = shared(district)
    with district.write() as cursor:
        cursor.execute("update practice_consent set until_on = $day", {"day": TODAY}).fetchall()
    assert readers(district, practice_id) == DISTRICT
    with district.write() as cursor:
        cursor.execute(
            "update practice_consent set until_on = $day", {"day": TODAY - timedelta(days=1)}
        ).fetchall()
    assert readers(district, practice_id) == set()
    own = sharing(district, ADA, practice_id).own
    assert own is not None
    assert not own.in_force


@pytest.mark.parametrize(
    "until_on", [TODAY - timedelta(days=1), TODAY + timedelta(days=400), date(1999, 1, 1)]
)
def test_consent_is_for_today_to_a_year(district: Database, until_on: date) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    with pytest.raises(PlcError, match="a year from now"):
        share_card(district, ADA, practice_id, scope="team", until_on=until_on)


def test_a_card_goes_as_far_as_its_most_careful_author(district: Database) -> None:
    practice_id = shared(district)
    add_coauthor(district, ADA, practice_id, teacher_id="T2")
    assert readers(district, practice_id) == {"ben"}
    assert not card(district, BEN, practice_id).in_reach
    share_card(district, BEN, practice_id, scope="school", until_on=NEXT_MONTH)
    assert readers(district, practice_id) == {"ben", "cleo", "principal 1"}
    share_card(district, BEN, practice_id, scope="district", name_shown="name", until_on=NEXT_MONTH)
    assert readers(district, practice_id) == DISTRICT
    assert byline(district, DAN, practice_id) == "Mr Ben, Lincoln School and a colleague"
    withdraw_card(district, BEN, practice_id, keep_card=False)
    assert readers(district, practice_id) == {"ben"}
    leave_card(district, BEN, practice_id)
    assert readers(district, practice_id) == DISTRICT


def test_only_an_author_decides(district: Database) -> None:
    practice_id = shared(district)
    for viewer in (BEN, DAN):
        with pytest.raises(NotAllowed):
            share_card(district, viewer, practice_id, scope="network", until_on=NEXT_MONTH)
        with pytest.raises(NotAllowed):
            sharing(district, viewer, practice_id)
    for viewer in (PRINCIPAL_1, LEADER, STEWARD, REVIEWER):
        with pytest.raises(NotAllowed):
            share_card(district, viewer, practice_id, scope="network", until_on=NEXT_MONTH)


@pytest.mark.parametrize("scope", ["school", "district", "network"])
def test_nothing_leaves_the_team_unchecked(district: Database, scope: str) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    share_card(district, ADA, practice_id, scope="team", until_on=NEXT_MONTH)
    with pytest.raises(PlcError, match="one colleague to try to follow"):
        share_card(district, ADA, practice_id, scope=scope, until_on=NEXT_MONTH)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        check_card(district, ADA, practice_id, could_follow="yes")
    ask_colleague(district, ADA, practice_id, teacher_id="T2")
    with pytest.raises(PlcError):
        share_card(district, ADA, practice_id, scope=scope, until_on=NEXT_MONTH)  # type: ignore[arg-type]
    check_card(district, BEN, practice_id, could_follow="mostly", unclear="Which pile first?")
    share_card(district, ADA, practice_id, scope=scope, until_on=NEXT_MONTH)  # type: ignore[arg-type]
    (said,) = colleague_checks(district, ADA, practice_id)
    assert (said.name, said.could_follow, said.unclear) == ("Mr Ben", "mostly", "Which pile first?")
    assert colleague_checks(district, CLEO, practice_id) == []


def test_a_colleague_who_is_asked_can_open_the_draft_and_nobody_else(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    with pytest.raises(NotFound):
        ask_colleague(district, ADA, practice_id, teacher_id="T4")
    ask_colleague(district, ADA, practice_id, teacher_id="T2")
    ask_colleague(district, ADA, practice_id, teacher_id="T2")
    assert waiting(district, BEN).checks == ((practice_id, SORT.title),)
    assert byline(district, BEN, practice_id) == "A colleague"
    check_card(district, BEN, practice_id, could_follow="yes")
    assert waiting(district, BEN).checks == ()
    with pytest.raises(NotFound):
        card(district, BEN, practice_id)


def test_a_card_that_nobody_could_follow_is_not_shared(district: Database) -> None:
    practice_id = write_card(district, ADA, type(SORT)(title="Sort tickets"), team_id="team-1")
    with pytest.raises(PlcError, match="“Steps”"):
        share_card(district, ADA, practice_id, scope="team", until_on=NEXT_MONTH)


def test_an_author_whose_low_starters_fell_behind_looks_first(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    monkeypatch.setattr(consent, "_look_first", lambda *_: "Look before you share: ...")
    with pytest.raises(LookFirst, match="Look before you share"):
        share_card(district, ADA, practice_id, scope="team", until_on=NEXT_MONTH)
    assert card(district, ADA, practice_id).reach == 0
    share_card(district, ADA, practice_id, scope="team", until_on=NEXT_MONTH, looked=True)
    assert card(district, ADA, practice_id).reach == 1


def test_the_preview_says_what_colleagues_would_read(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    said = {
        shown: preview_byline(district, ADA, practice_id, reach=3, name_shown=shown).words
        for shown in ("name", "role", "hidden")
    }
    assert said == {
        "name": "Ms Ada, Lincoln School",
        "role": "A grade 6 maths teacher",
        "hidden": "A colleague",
    }
    with pytest.raises(NotFound):
        preview_byline(district, BEN, practice_id, reach=3, name_shown="name")


def test_every_decision_raises_the_data_version(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    before = district.data_version()
    share_card(district, ADA, practice_id, scope="team", until_on=NEXT_MONTH)
    withdraw_card(district, ADA, practice_id, keep_card=True)
    withdraw_card(district, ADA, practice_id, keep_card=False)
    assert district.data_version() == before + 3


def roster_moves_ada(database: Database, *, school_key: int) -> None:
    """From the next upload on she teaches a class of another school as well."""
    with database.write() as cursor:
        cursor.execute(
            "insert into upload (upload_key, upload_id, file_name, sha256, format, state, uploaded_by,"
            " staged_at, confirmed_at) select key, 'u' || key, '', '', 'bundle', 'confirmed', 's', day, day"
            " from (values (1, timestamp '2025-08-01'), (2, $now::timestamp)) as roster(key, day)",
            {"now": datetime.now() + timedelta(minutes=1)},
        ).fetchall()
        cursor.execute(
            "insert into section_version values (99, 'C99', $school, 6, 'maths', 2026, null, 2, null)",
            {"school": school_key},
        ).fetchall()
        cursor.execute("insert into section_teacher_version values (99, 1, 1, null, 2, null)").fetchall()


def test_a_card_shared_in_her_school_does_not_move_with_her(district: Database) -> None:
    practice_id = shared(district, scope="school", name_shown="name")
    before = readers(district, practice_id)
    roster_moves_ada(district, school_key=3)
    assert readers(district, practice_id) == before
    # Taking her name off asks no school anew.
    withdraw_card(district, ADA, practice_id, keep_card=True)
    assert readers(district, practice_id) == before
    with district.write() as cursor:
        cursor.execute("update practice_consent set decided_at = decided_at + interval 1 hour").fetchall()
    assert readers(district, practice_id) == before | {"fox"}


def test_a_card_of_nobodys_team_reaches_no_team_its_author_joins_later(district: Database) -> None:
    practice_id = shared(district, scope="team")
    with district.write() as cursor:
        cursor.execute("update practice set team_id = null").fetchall()
        cursor.execute(
            "insert into team_member (team_id, teacher_id, member_role, joined_on)"
            " values ('team-2', 'T1', 'member', $today)",
            {"today": TODAY},
        ).fetchall()
        cursor.execute("update practice_consent set decided_at = decided_at - interval 2 day").fetchall()
    assert readers(district, practice_id) == {"ben"}
