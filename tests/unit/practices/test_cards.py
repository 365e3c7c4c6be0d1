"""Writing a card: versions, two editors, students kept out, reading level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plc.core.errors import BothTexts, NotAllowed, NotFound, PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.practices import (
    CardWording,
    NamesStudent,
    PracticeQuery,
    add_coauthor,
    answer_question,
    ask_author,
    card,
    card_versions,
    check_card,
    discard_card,
    edit_card,
    edit_field,
    own_cards,
    questions,
    reading_grade,
    reading_hint,
    search_practices,
    share_card,
    take_on_card,
    withdraw_card,
    write_card,
)
from plc.results import student_words
from tests.unit.practices.library_district import (
    ADA,
    BEN,
    CLEO,
    DAN,
    EVERYBODY_ELSE,
    LEADER,
    NEXT_MONTH,
    PADDED_STUDENT,
    REVIEWER,
    SORT,
    STUDENT,
    add_test,
    shared,
)


def test_a_new_card_is_its_authors_alone(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    assert card(district, ADA, practice_id).wording == SORT
    assert [own.title for own in own_cards(district, ADA)] == [SORT.title]
    for other in EVERYBODY_ELSE:
        with pytest.raises(NotFound):
            card(district, other, practice_id)


def test_every_saved_change_is_a_version_and_saving_the_same_is_none(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT)
    second = replace(SORT, minutes=7)
    assert edit_card(district, ADA, practice_id, second, seen_version=1) == 2
    assert edit_card(district, ADA, practice_id, second, seen_version=2) == 2
    assert [version.wording.minutes for version in card_versions(district, ADA, practice_id)] == [7, 5]


def test_what_two_authors_write_in_different_fields_is_kept_side_by_side(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    add_coauthor(district, ADA, practice_id, teacher_id="T2")
    edit_card(district, ADA, practice_id, replace(SORT, steps="Ada's steps"), seen_version=1)
    edit_card(district, BEN, practice_id, replace(SORT, went_wrong="Ben's warning"), seen_version=1)
    said = card(district, ADA, practice_id).wording
    assert (said.steps, said.went_wrong) == ("Ada's steps", "Ben's warning")


def test_two_authors_who_write_the_same_field_read_both_texts(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    add_coauthor(district, ADA, practice_id, teacher_id="T2")
    edit_card(district, ADA, practice_id, replace(SORT, steps="Ada's steps"), seen_version=1)
    with pytest.raises(BothTexts) as caught:
        edit_card(district, BEN, practice_id, replace(SORT, steps="Ben's steps"), seen_version=1)
    assert caught.value.mine == {"steps": "Ben's steps"}
    assert caught.value.theirs == {"steps": "Ada's steps"}
    assert caught.value.version == 2
    assert card(district, ADA, practice_id).wording.steps == "Ada's steps"
    both = replace(SORT, steps="Ada's and Ben's steps")
    assert edit_card(district, BEN, practice_id, both, seen_version=2) == 3


def test_one_field_is_saved_from_where_its_words_began(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    add_coauthor(district, ADA, practice_id, teacher_id="T2")
    assert edit_field(district, BEN, practice_id, "steps", "Ben's steps", seen_version=1) == 2
    assert edit_field(district, ADA, practice_id, "minutes", 9.0, seen_version=1) == 3
    said = card(district, ADA, practice_id).wording
    assert (said.steps, said.minutes) == ("Ben's steps", 9.0)
    with pytest.raises(BothTexts) as caught:
        edit_field(district, ADA, practice_id, "steps", "Ada's steps", seen_version=1)
    assert caught.value.theirs == {"steps": "Ben's steps"}


def test_a_card_for_the_grade_before_kindergarten_stays_of_that_grade(district: Database) -> None:
    practice_id = write_card(district, ADA, replace(SORT, grades=(-1, 0)))
    assert card(district, ADA, practice_id).wording.grades == (-1, 0)


def test_a_colleague_who_may_read_may_not_write(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    share_card(district, ADA, practice_id, scope="team", until_on=NEXT_MONTH)
    with pytest.raises(NotAllowed):
        edit_card(district, BEN, practice_id, replace(SORT, minutes=9), seen_version=1)


@pytest.mark.parametrize(
    "role", [Role.PRINCIPAL, Role.DISTRICT_LEADER, Role.STEWARD, Role.REVIEWER, Role.COACH]
)
def test_only_teachers_write_cards(district: Database, role: Role) -> None:
    with pytest.raises(NotAllowed):
        write_card(district, Viewer(role, teacher_id="T1"), SORT)


def test_a_card_goes_to_a_team_of_ones_own_only(district: Database) -> None:
    with pytest.raises(NotAllowed):
        write_card(district, ADA, SORT, team_id="team-2")


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        (replace(SORT, title="  "), "one line what you do"),
        (replace(SORT, title="x" * 121), "What you do"),
        (replace(SORT, steps="x" * 4001), "Steps"),
        (replace(SORT, minutes=0), "Minutes"),
        (replace(SORT, standards=("6.EE.B.7, 6.EE.B.8",)), "without a comma"),
    ],
)
def test_words_that_cannot_stand_are_refused_by_field(
    district: Database, wording: CardWording, said: str
) -> None:
    with pytest.raises(PlcError, match=said):
        write_card(district, ADA, wording)
    assert own_cards(district, ADA) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Ask {STUDENT} first",
        f"({STUDENT}).",
        f"ticket_{STUDENT}_front",
        PADDED_STUDENT,
        PADDED_STUDENT.lstrip("0"),
        f"0{STUDENT}",
    ],
)
def test_a_student_id_stands_in_no_field(district: Database, text: str) -> None:
    with pytest.raises(NamesStudent) as caught:
        write_card(district, ADA, replace(SORT, went_wrong=text))
    assert "What went wrong" in caught.value.message
    assert text.strip("().") not in caught.value.message
    assert own_cards(district, ADA) == []


def test_grades_minutes_and_years_are_not_taken_for_students(district: Database) -> None:
    write_card(district, ADA, replace(SORT, steps="In 2026, page 1216, for 5 minutes, 1000 times."))


@pytest.mark.parametrize("text", ["Jamie Quill sorted them", "QUILL, Jamie", "work_of_jamie-quill"])
def test_a_known_student_name_stands_in_no_field(
    district: Database, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(student_words, "known_student_names", lambda _: frozenset({("jamie", "quill")}))
    with pytest.raises(NamesStudent) as caught:
        write_card(district, ADA, replace(SORT, steps=text))
    assert "Steps" in caught.value.message
    assert "uill" not in caught.value.message
    write_card(district, ADA, replace(SORT, steps="A quill for Jamie is something else"))


def test_drafts_from_before_a_card_was_shared_stay_with_its_authors(district: Database) -> None:
    """A draft for her team names her; she takes her name out before she shares it as a colleague."""
    named = replace(SORT, title="Ms Ada's exit tickets, for our team")
    practice_id = write_card(district, ADA, named, team_id="team-1")
    share_card(district, ADA, practice_id, scope="team", until_on=NEXT_MONTH)
    check_card(district, BEN, practice_id, could_follow="yes")
    edit_card(district, ADA, practice_id, SORT, seen_version=1)
    share_card(district, ADA, practice_id, scope="network", until_on=NEXT_MONTH)
    edit_card(district, ADA, practice_id, replace(SORT, minutes=6), seen_version=2)
    for reader in (DAN, LEADER, REVIEWER):
        assert "Ms Ada" not in repr(card_versions(district, reader, practice_id))
        assert card(district, reader, practice_id).wording.minutes == 6
    assert [one.version for one in card_versions(district, ADA, practice_id)] == [3, 2, 1]


def test_a_team_keeps_the_words_of_a_card_as_they_were_when_it_was_taken_back(district: Database) -> None:
    practice_id = shared(district)
    add_test(district, practice_id, "t1")
    take_into_work(district, practice_id)
    edit_card(district, ADA, practice_id, replace(SORT, minutes=6), seen_version=1)
    assert card(district, DAN, practice_id).wording.minutes == 6
    withdraw_card(district, ADA, practice_id, keep_card=False)
    with district.write() as cursor:
        cursor.execute("update practice_consent set withdrawn_at = withdrawn_at + interval 1 hour").fetchall()
    edit_card(district, ADA, practice_id, replace(SORT, title="In my period 3"), seen_version=2)
    with district.write() as cursor:
        cursor.execute(
            "update practice_version set made_at = made_at + interval 2 hour where version = 3"
        ).fetchall()
    assert card(district, DAN, practice_id).wording.minutes == 6
    assert "In my period 3" not in repr(card_versions(district, DAN, practice_id))
    assert "In my period 3" not in repr(search_practices(district, DAN, PracticeQuery()))
    assert card(district, ADA, practice_id).wording.title == "In my period 3"


def take_into_work(database: Database, practice_id: str) -> None:
    """Dan's team takes a card that is open to it into its work."""
    with database.write() as cursor:
        cursor.execute(
            "insert into practice_taken select $id, 'team-2', 'T4', max(decided_at) from practice_consent"
            " where practice_id = $id",
            {"id": practice_id},
        ).fetchall()


def test_others_read_an_answer_and_not_the_question_that_may_name_her(district: Database) -> None:
    practice_id = shared(district, scope="network")
    ask_author(district, DAN, practice_id, words="Hello Ms Ada, how long does it take?")
    (asked,) = questions(district, ADA, practice_id)
    answer_question(district, ADA, asked.question_id, answer="Five minutes.")
    (read,) = questions(district, CLEO, practice_id)
    assert (read.words, read.answer) == ("", "Five minutes.")
    assert questions(district, DAN, practice_id)[0].words.startswith("Hello")
    assert questions(district, REVIEWER, practice_id) == []


def test_an_untested_card_can_be_put_away_a_tested_one_stays(district: Database) -> None:
    untested, tested = write_card(district, ADA, SORT), write_card(district, ADA, SORT)
    add_test(district, tested, "t1")
    discard_card(district, ADA, untested)
    with pytest.raises(PlcError, match="before it was tested"):
        discard_card(district, ADA, tested)
    assert [own.practice_id for own in own_cards(district, ADA)] == [tested]


def test_a_card_of_the_team_that_nobody_owns_can_be_taken_on(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT, team_id="team-1")
    with district.write() as cursor:
        cursor.execute("update practice set owner_teacher_id = null").fetchall()
    assert edit_card(district, BEN, practice_id, replace(SORT, minutes=6), seen_version=1) == 2
    with pytest.raises(NotFound):
        card(district, DAN, practice_id)
    with pytest.raises(NotFound):
        take_on_card(district, DAN, practice_id)
    take_on_card(district, BEN, practice_id)
    assert card(district, BEN, practice_id).is_author


def test_long_words_and_sentences_read_harder() -> None:
    easy = "Ask one short question. Read each answer. Put it in a pile. Teach the middle pile again. " * 3
    hard = (
        "Administering differentiated formative assessments necessitates simultaneous consideration of"
        " heterogeneous instructional prerequisites, organisational circumstances and anticipated"
        " misconceptions, particularly whenever individual accountability considerations predominate and"
        " collaborative interpretation remains insufficiently established institutionally and practically."
    )
    assert reading_hint(easy) == ""
    assert "Reads like grade" in reading_hint(hard)
    assert (reading_grade(easy) or 0) < 5 < 15 < (reading_grade(hard) or 0)
    assert reading_grade("Too short to tell.") is None
