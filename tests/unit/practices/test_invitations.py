"""Inviting classes like those that tested a practice; asking its authors; starting a test of one's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.database import Database
from plc.practices import (
    NamesStudent,
    answer_question,
    ask_author,
    decline_invitation,
    invite_classes,
    like_classes,
    own_invitations,
    questions,
    write_card,
)
from plc.practices.invitations import accept_invitation
from tests.unit.practices.library_district import (
    ADA,
    BEN,
    CLEO,
    DAN,
    EVE,
    FOX,
    LEADER,
    PRINCIPAL_1,
    REVIEWER,
    SORT,
    STUDENT,
    add_test,
    shared,
)


@pytest.fixture
def tested(district: Database) -> str:
    """A shared card that Ada's class tested."""
    practice_id = shared(district)
    add_test(district, practice_id, "t1", teachers=("T1",))
    return practice_id


def start_elsewhere(database: Database, *numbers: int) -> None:
    """These teachers' students started far above the others."""
    with database.write() as cursor:
        for number in numbers:
            cursor.execute(
                f"update result_version set score = score + 100 where student_key // 1000 = {number}"
            ).fetchall()


def test_classes_of_the_course_whose_students_started_alike_are_counted(
    district: Database, tested: str
) -> None:
    found = like_classes(district, ADA, tested)
    assert found.classes == 10
    start_elsewhere(district, 6)
    assert like_classes(district, ADA, tested).classes == 8
    with district.write() as cursor:
        cursor.execute("update section_version set grade = 7 where section_key > 50").fetchall()
    assert like_classes(district, ADA, tested).classes == 6


def test_no_count_points_at_one_teacher(district: Database, tested: str) -> None:
    start_elsewhere(district, 4, 5, 6)
    found = like_classes(district, ADA, tested)
    assert found.classes is None
    assert "without naming anyone" in found.words
    with pytest.raises(PlcError):
        invite_classes(district, ADA, tested)


def test_nobody_tested_it_nobody_is_matched(district: Database) -> None:
    practice_id = shared(district)
    assert "Plan the first test" in like_classes(district, ADA, practice_id).words


def test_moving_ones_own_starting_points_tells_no_signed_in_teacher_where_others_started(
    district: Database, tested: str
) -> None:
    signed_in = replace(ADA, account_id="ada")
    with district.write() as cursor:
        cursor.execute(
            "insert into scan_own_section (scan_key, teacher_id, subject, section_id, school_year, grade,"
            " students, students_without_start, section_mean)"
            " select 1, teacher_id, subject, section_id, school_year, grade, 12, 0,"
            " case when teacher_id = 'T6' then 2.0 else 0.0 end from taught_class"
        ).fetchall()
    assert like_classes(district, signed_in, tested).classes == 8
    start_elsewhere(district, 1)
    assert like_classes(district, ADA, tested).classes is None
    assert like_classes(district, signed_in, tested).classes == 8


def test_an_invitation_reaches_its_teacher_and_names_nobody(district: Database, tested: str) -> None:
    assert invite_classes(district, ADA, tested, most=3) == 3
    invited = [viewer for viewer in (BEN, CLEO, DAN, EVE, FOX) if own_invitations(district, viewer)]
    assert len(invited) == 3
    (invitation,) = own_invitations(district, invited[0])
    assert invitation.title == SORT.title
    assert invitation.section_id[1] == (invited[0].teacher_id or "")[1]
    seen = str(like_classes(district, ADA, tested))
    assert not any(name in seen for name in ("T2", "T3", "T4", "T5", "T6", "Ms", "Mr", "School"))
    assert own_invitations(district, ADA) == []


def test_nobody_is_invited_twice(district: Database, tested: str) -> None:
    assert invite_classes(district, ADA, tested, most=2) == 2
    assert invite_classes(district, ADA, tested, most=6) == 3
    with pytest.raises(PlcError):
        invite_classes(district, ADA, tested, most=6)


def test_to_decline_is_silent(district: Database, tested: str) -> None:
    invite_classes(district, ADA, tested, most=5)
    before = like_classes(district, ADA, tested)
    decline_invitation(district, DAN, tested)
    assert own_invitations(district, DAN) == []
    after = like_classes(district, ADA, tested)
    assert (after.invited, after.began) == (before.invited, before.began) == (5, 0)


def test_who_began_is_a_count(district: Database, tested: str) -> None:
    invite_classes(district, ADA, tested, most=5)
    accept_invitation(district, DAN, tested, test_id="t9")
    assert like_classes(district, ADA, tested).began == 1
    assert own_invitations(district, DAN) == []


def test_a_card_that_stays_with_its_authors_invites_nobody(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    add_test(district, practice_id, "t1", teachers=("T1",))
    with pytest.raises(PlcError, match="Share the card first"):
        invite_classes(district, ADA, practice_id)


def test_those_who_may_not_open_the_card_are_not_invited(district: Database) -> None:
    practice_id = shared(district, scope="school")
    add_test(district, practice_id, "t1", teachers=("T1",))
    with pytest.raises(PlcError, match="too few"):
        invite_classes(district, ADA, practice_id, most=5)
    assert [own_invitations(district, viewer) for viewer in (DAN, EVE, FOX)] == [[], [], []]


@pytest.mark.parametrize("viewer", [PRINCIPAL_1, LEADER, REVIEWER])
def test_only_teachers_invite(district: Database, tested: str, viewer: object) -> None:
    with pytest.raises(NotAllowed):
        invite_classes(district, viewer, tested)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        like_classes(district, viewer, tested)  # type: ignore[arg-type]


def test_a_question_reaches_the_authors_and_the_answer_everyone(district: Database, tested: str) -> None:
    ask_author(district, DAN, tested, words="Which question did you ask?")
    ask_author(district, LEADER, tested, words="May we visit?", kind="visit")
    by_asker = {question.asker: question for question in questions(district, ADA, tested)}
    assert set(by_asker) == {"Mr Dan", "district leader"}
    assert [question.words for question in questions(district, DAN, tested)] == [
        "Which question did you ask?"
    ]
    assert questions(district, CLEO, tested) == []
    first = by_asker["Mr Dan"]
    with pytest.raises(NotFound):
        answer_question(district, CLEO, first.question_id, answer="Not mine")
    answer_question(district, ADA, first.question_id, answer="What is 3x?")
    (seen,) = questions(district, CLEO, tested)
    # The words of a question may name whom it was put to.
    assert (seen.words, seen.answer, seen.asker, seen.may_answer) == ("", "What is 3x?", None, False)


def test_nobody_asks_about_a_card_that_is_not_open_to_them(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT)
    with pytest.raises(NotFound):
        ask_author(district, DAN, practice_id, words="What is it?")
    with pytest.raises(PlcError):
        ask_author(district, REVIEWER, practice_id, words="Who is it?")


def test_a_question_names_no_student(district: Database, tested: str) -> None:
    with pytest.raises(NamesStudent, match="Your question"):
        ask_author(district, DAN, tested, words=f"Would it suit {STUDENT}?")
