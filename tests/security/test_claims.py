"""What a signed-in person uploads says neither who teaches whom nor what is here, and changes none of it.

Each attack is made by a teacher who signed in; the same upload by a data steward works, which shows that the
attack would be noticed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from plc.core import clock
from plc.core.errors import BadFile, Conflict, NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.inquiry.reteach import own_checks, plan_reteach, recheck
from plc.people import own_audit
from plc.people.visibility import keep_visible_teachers
from plc.results import (
    StagedUpload,
    answer_upload,
    confirm_upload,
    correct_upload,
    list_uploads,
    stage_upload,
    undo_upload,
    upload_differences,
    upload_problems,
)
from plc.results.measures import measures_to_state, sign_comparable, withdraw_comparable
from tests.security.attempts import Attempts
from tests.unit.results.files import HEADER, load, query, results, roster, row, write

# T1 and T2 teach at school A, T3 at school B, where she consents to her school only.
ME = Viewer(Role.TEACHER, teacher_id="T1", account_id="account of T1")
COLLEAGUE = Viewer(Role.TEACHER, teacher_id="T2", account_id="account of T2")
STEWARD = Viewer(Role.STEWARD, account_id="account of a steward")
LOCAL = Viewer(Role.TEACHER, teacher_id="T1")
PLACED = f"{HEADER},school_id,section_id"
MAXIMUM = f"{PLACED},max_score"
# Student 00004 is T2's.
HERS = "00004"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two schools as a steward loaded them; T1 teaches students 00001 to 00003, T2 00004 to 00006, and
    student n has n of 20 in Unit 1."""
    folder = tmp_path_factory.mktemp("loaded")
    with Database(folder / "plc.duckdb") as database:
        load(
            database,
            roster(
                folder / "came",
                schools=["school_id,name", "A,Ash Grove", "B,Birch Hill"],
                teachers=["teacher_id,name", "T1,Ms One", "T2,Mr Two", "T3,Ms Three"],
                sections=[
                    "section_id,school_id,grade,subject,school_year",
                    "S1,A,6,Math,2026",
                    "S2,A,6,Math,2026",
                    "S3,B,6,Math,2026",
                ],
                section_teachers=["section_id,teacher_id", "S1,T1", "S2,T2", "S3,T3"],
                assessments=["assessment_id,name,kind,subject,grade,school_year,date"],
                results=["student_id,assessment_id,score"],
            ),
        )
        scored = (row(f"0000{n}", n, teacher_id="") + ",,,20" for n in range(1, 7))
        load(database, results(*scored, header=MAXIMUM))
        today = clock.now().date()
        with database.write() as cursor:
            cursor.execute(
                "insert into consent (consent_id, teacher_id, scope, name_shown, given_on, until_on) "
                "values ('c', 'T3', 'school', true, $today, $later)",
                {"today": today, "later": today + timedelta(days=30)},
            ).fetchall()
            cursor.execute("insert into consent_school values ('c', 'T3', 'B')").fetchall()
            cursor.execute(
                "insert into own_result_opened (teacher_id, school_year, opened_at) "
                "values ('T3', 2026, $now)",
                {"now": clock.now()},
            ).fetchall()
    return folder


@pytest.fixture
def district(loaded: Path, tmp_path: Path) -> Iterator[Database]:
    """A copy of the two schools to attack."""
    shutil.copytree(loaded, tmp_path / "own")
    with Database(tmp_path / "own" / "plc.duckdb") as database:
        yield database


def bring(database: Database, viewer: Viewer, *rows: str, header: str = PLACED) -> StagedUpload:
    """Stage a results file as the viewer."""
    return stage_upload(database, viewer, write(database.folder / "came", results(*rows, header=header)))


def upload(database: Database, viewer: Viewer, *rows: str, header: str = PLACED) -> StagedUpload:
    """Stage a results file as the viewer, and confirm it where any of its rows is taken."""
    staged = bring(database, viewer, *rows, header=header)
    if staged.rows_accepted or staged.rows_duplicate:
        confirm_upload(database, viewer, staged.upload_id)
    return staged


def seen(database: Database, viewer: Viewer) -> set[str]:
    with database.read() as cursor:
        keep_visible_teachers(cursor, viewer)
        return {name for (name,) in cursor.execute("select teacher_id from visible_teacher").fetchall()}


def teachers_of(database: Database, section_id: str) -> list[str]:
    words = "select teacher_id from current_teaching where section_id = $section_id order by 1"
    return [name for (name,) in query(database, words, {"section_id": section_id})]


def classes(database: Database) -> list[tuple[str, int, int]]:
    """Every class with how many students and how many results it holds."""
    return query(
        database,
        "select section_id, (select count(*) from enrollment e where e.section_key = s.section_key), "
        "(select count(*) from result r where r.section_key = s.section_key) from section s order by 1",
    )


def codes(staged: StagedUpload) -> list[tuple[int | None, str]]:
    return [(issue.row, issue.code) for issue in staged.issues if issue.row is not None]


def test_a_made_up_class_at_another_school_makes_nobody_a_colleague(
    district: Database, attempts: Attempts
) -> None:
    staged = upload(district, ME, row("9", 5) + ",B,ME-B")
    assert codes(staged) == [(2, "class_kept_by_roster")]
    attempts.judge(seen(district, ME) - {"T1"}, "a made-up class at another school")
    upload(district, ME, row("9", 5) + ",,ME-B")
    assert teachers_of(district, "ME-B") == ["T1"]
    attempts.judge(seen(district, ME) - {"T1"}, "a made-up class without a school")
    upload(district, ME, row("9", 5, teacher_id="") + ",B,X-B", row("8", 5) + ",B,X-B")
    attempts.judge(teachers_of(district, "X-B"), "a made-up class beside a row without a teacher")


def test_where_a_colleagues_students_start_from_is_not_hers_to_say(
    district: Database, attempts: Attempts
) -> None:
    load(district, results(row("7", 5, teacher_id="T2") + ",A,S2", header=PLACED))
    load(district, results(row("1", 5) + ",A,S1", header=PLACED))
    kinds = f"{PLACED},kind"
    theirs = upload(
        district,
        ME,
        row("7", 9, teacher_id="T2", assessment="Start") + ",A,S2,baseline",
        row("7", 9, teacher_id="", school_year="2024-25", assessment="Old", date="2025-04-01") + ",,,common",
        header=kinds,
    )
    assert {code for _, code in codes(theirs)} == {"start_of_others"}
    attempts.judge(theirs.rows_accepted, "a made-up starting point of a colleague's student")
    mine = upload(district, ME, row("1", 9, assessment="Start") + ",A,S1,baseline", header=kinds)
    assert codes(mine) == []


def test_versions_of_a_test_are_a_stewards_to_sign(district: Database, attempts: Attempts) -> None:
    load(district, results(row("1", 5, assessment="Check") + ",A,S1", header=PLACED))
    load(district, results(row("7", 9, teacher_id="T2", assessment="Check b") + ",A,S2", header=PLACED))
    signed = {"subject": "math", "version": "Check b", "main": "Check", "reason": "alike", "signed_by": "me"}
    with pytest.raises(NotAllowed, match="A data steward signs"):
        sign_comparable(district, ME, **signed)
    with pytest.raises(NotAllowed, match="A data steward signs"):
        withdraw_comparable(district, ME, subject="math", version="Check b")
    attempts.refused(2)
    sign_comparable(district, STEWARD, **signed)


@pytest.mark.parametrize("viewer", [STEWARD, LOCAL], ids=["a steward", "nobody signs in"])
def test_who_may_say_who_teaches_may_add_a_class_at_a_school(district: Database, viewer: Viewer) -> None:
    assert codes(upload(district, viewer, row("9", 5) + ",B,ME-B")) == []
    assert seen(district, ME) == {"T1", "T3"}


def test_a_new_class_of_her_own_at_her_school_is_taken(district: Database) -> None:
    assert codes(upload(district, ME, row("9", 5) + ",A,S9")) == []
    assert teachers_of(district, "S9") == ["T1"]


def test_a_class_of_her_own_at_a_school_nobody_loaded_is_taken_without_it(district: Database) -> None:
    """A first file before any roster names schools that only the roster can say she teaches at."""
    staged = bring(district, ME, row("9", 5) + ",Z,S9")
    assert codes(staged) == [(2, "school_not_loaded")]
    (problem,) = upload_problems(district, ME, staged.upload_id)
    assert "without a school for now" in problem.words
    staged = correct_upload(district, ME, staged.upload_id, [problem.retype("")])
    assert (staged.rows_accepted, codes(staged)) == (1, [])
    confirm_upload(district, ME, staged.upload_id)
    assert teachers_of(district, "S9") == ["T1"]
    assert query(district, "select count(*) from school where school_id = 'Z'") == [(0,)]
    for others in (row("9", 5, teacher_id="T2"), row("9", 5, school_year="2024-25")):
        assert codes(bring(district, ME, others + ",Z,S10")) == [(2, "class_kept_by_roster")]


@pytest.mark.parametrize("teacher", ["T2", "T3", "NEW"])
def test_nobody_becomes_the_teacher_of_a_made_up_class(
    district: Database, attempts: Attempts, teacher: str
) -> None:
    """Teachers who took the same test would be company enough to show a figure."""
    for school in ("A", ""):
        upload(district, ME, row("9", 5, teacher_id=teacher) + f",{school},X-1")
        attempts.judge(teachers_of(district, "X-1"), f"a made-up class at {school or 'no school'}")
    upload(district, STEWARD, row("9", 5, teacher_id=teacher) + ",A,X-1")
    assert teachers_of(district, "X-1") == [teacher]


def test_a_made_up_school_year_moves_nobody(district: Database, attempts: Attempts) -> None:
    for year in ("2029-30", "2024-25"):
        upload(district, ME, row("9", 5, school_year=year) + ",A,S9")
        attempts.judge(teachers_of(district, "S2") != ["T2"], f"a class of {year}")
        attempts.judge([one for one in classes(district) if one[0] == "S9"], f"a class of {year}")
    upload(district, STEWARD, row("9", 5, school_year="2029-30") + ",A,S9")
    assert teachers_of(district, "S2") == []


def test_naming_herself_for_a_colleagues_class_gives_her_nothing(
    district: Database, attempts: Attempts
) -> None:
    load(district, results(row("7", 5, teacher_id="T2") + ",A,FILE", header=PLACED))
    staged = upload(district, ME, row("9", 5) + ",A,S2", row("9", 5) + ",A,FILE", row("00001", 9) + ",A,S1")
    assert codes(staged) == [(2, "class_kept_by_roster"), (3, "class_kept_by_roster")]
    assert "data steward" in next(i.message for i in staged.issues if i.code == "class_kept_by_roster")
    for section_id in ("S2", "FILE"):
        attempts.judge(teachers_of(district, section_id) != ["T2"], f"a row for {section_id}")
    upload(district, STEWARD, row("9", 5) + ",A,FILE")
    assert teachers_of(district, "FILE") == ["T1", "T2"]


def test_an_answer_names_her_for_a_colleagues_class_as_little_as_a_row(
    district: Database, attempts: Attempts
) -> None:
    load(district, results(row("7", 5, teacher_id="T2") + ",A,FILE", header=PLACED))
    header = PLACED.replace("teacher_id", "note")
    path = write(district.folder / "came", results(row("9", 5, teacher_id="x") + ",A,FILE", header=header))
    staged = stage_upload(district, ME, path)
    staged = answer_upload(district, ME, staged.upload_id, {"teacher_id": "T1"})
    attempts.judge(staged.rows_accepted, "an answer for the whole file")
    assert codes(staged) == [(2, "class_kept_by_roster")]


def test_a_stewards_look_at_her_file_gives_it_no_right(district: Database, attempts: Attempts) -> None:
    for viewer in (STEWARD, LOCAL_STEWARD):
        staged = bring(district, ME, row("9", 5) + ",B,ME-B", row("00001", 9) + ",A,S1")
        answer_upload(district, viewer, staged.upload_id, {"grade": "6"})
        confirm_upload(district, viewer, staged.upload_id)
        attempts.judge(teachers_of(district, "ME-B"), "a file that a steward answered and confirmed")


def test_a_file_staged_before_the_roster_had_the_word_is_checked_anew(
    district: Database, attempts: Attempts
) -> None:
    """The mark of who loaded it was not kept then; a file that nobody signed in for keeps its rights."""
    for viewer, taught in ((ME, []), (LOCAL, ["T1"])):
        staged = bring(district, LOCAL, row("9", 5) + ",B,ME-B", row("00001", 9) + ",A,S1")
        place = district.uploads / staged.upload_id / "plan.json"
        plan = json.loads(place.read_text())
        del plan["uploader"]
        place.write_text(json.dumps(plan))
        confirm_upload(district, viewer, staged.upload_id)
        attempts.judge(teachers_of(district, "ME-B") != taught, f"confirmed by {viewer.account_id}")


def test_a_roster_is_taken_from_a_steward_only(
    district: Database, tmp_path: Path, attempts: Attempts
) -> None:
    both = roster(tmp_path / "both", section_teachers=["section_id,teacher_id", "S1,T1", "S2,T2", "S2,T1"])
    kept = shutil.copytree(both, tmp_path / "again")
    with pytest.raises(BadFile, match="A data steward loads rosters"):
        stage_upload(district, ME, both)
    attempts.judge(teachers_of(district, "S2") != ["T2"], "a roster that names her beside a colleague")
    staged = stage_upload(district, STEWARD, kept)
    confirm_upload(district, STEWARD, staged.upload_id)
    assert teachers_of(district, "S2") == ["T1", "T2"]


@pytest.mark.parametrize("section_id", ["S1", "S9", ""], ids=["her class", "a new class", "no class named"])
@pytest.mark.parametrize("assessment", ["Unit 1", "Unit 9"])
def test_a_colleagues_student_does_not_come_over(
    district: Database, attempts: Attempts, section_id: str, assessment: str
) -> None:
    before = classes(district)
    staged = upload(district, ME, row(HERS, 9, assessment=assessment) + f",,{section_id}")
    assert codes(staged) == [(2, "student_kept_by_roster")]
    attempts.judge(classes(district) != before, "a row that places a colleague's student in her class")
    upload(district, STEWARD, row(HERS, 9, assessment=assessment) + f",,{section_id}")
    assert classes(district) != before


def test_a_made_up_student_does_not_join_a_colleagues_class(district: Database, attempts: Attempts) -> None:
    staged = upload(district, ME, row("9", 5, teacher_id="T2") + ",A,S2")
    assert codes(staged) == [(2, "student_kept_by_roster")]
    attempts.judge(dict(c[:2] for c in classes(district))["S2"] != 3, "a made-up student")
    upload(district, STEWARD, row("9", 5, teacher_id="T2") + ",A,S2")
    assert dict(c[:2] for c in classes(district))["S2"] == 4


def test_a_student_shared_by_two_classes_keeps_the_results_of_the_other(
    district: Database, tmp_path: Path, attempts: Attempts
) -> None:
    load(
        district,
        roster(
            tmp_path / "shared",
            enrollments=["student_id,section_id", f"{HERS},S1", *(f"0000{n},S2" for n in (4, 5, 6))],
            assessments=["assessment_id,name,kind,subject,grade,school_year,date"],
            results=["student_id,assessment_id,score"],
        ),
    )
    before = classes(district)
    staged = bring(district, ME, row(HERS, 9) + ",A,S1")
    assert codes(staged) == [(2, "result_kept")]
    attempts.judge(staged.rows_superseded or staged.rows_accepted, "a row of a student she shares")
    confirm_upload(district, ME, staged.upload_id)
    attempts.judge(classes(district) != before, "a result of another class")
    upload(district, STEWARD, row(HERS, 8) + ",A,S1")
    assert classes(district) != before


def test_a_student_whom_no_class_has_yet_is_taken_into_her_own(district: Database) -> None:
    assert codes(upload(district, ME, row("9", 5) + ",A,S1")) == []
    assert dict(c[:2] for c in classes(district))["S1"] == 4


def test_a_student_named_before_the_roster_came_shows_nothing_of_the_class_she_is_in(
    district: Database, tmp_path: Path, attempts: Attempts
) -> None:
    header = f"{PLACED},standard,max_score"
    upload(district, ME, row("9", 5) + ",A,S1,6.A,20", header=header)
    (check,) = own_checks(district, ME)
    plan = plan_reteach(district, ME, check, recheck_on=date(2025, 12, 1))
    load(
        district,
        roster(
            tmp_path / "late",
            students=["student_id", "9"],
            enrollments=["student_id,section_id", "9,S2"],
            assessments=["assessment_id,name,kind,subject,grade,school_year,date"],
            results=["student_id,assessment_id,score"],
        ),
    )
    assert dict(c[:2] for c in classes(district))["S1"] == 3
    for section_id in ("S2", "S1"):
        later = row("9", 17, teacher_id="", assessment=f"Unit {section_id}", date="2025-12-01")
        upload(district, STEWARD, f"{later},A,{section_id},6.A,20", header=header)
        shown = [one.recheck_percent for one in recheck(district, ME, plan).pairs]
        if section_id == "S2":
            attempts.judge(shown != [None], "what a student showed in a colleague's class")
    assert shown == [85.0]


@pytest.mark.parametrize(
    ("header", "claim", "shown"),
    [
        (f"{PLACED},teacher_name,school_name", "Ms Wrong,Wrong Place", "select name from teacher"),
        (f"{PLACED},teacher_name,school_name", "Ms Wrong,Wrong Place", "select name from school"),
        (f"{PLACED},group_el", "yes", "select student_key, group_value from student_group"),
        (f"{PLACED},group_new", "yes", "select student_key, group_value from student_group"),
        (MAXIMUM, "1000", "select max_score from assessment"),
    ],
    ids=["a teacher's name", "a school's name", "a group of the roster", "a new group", "a maximum score"],
)
def test_what_others_read_is_not_redefined_in_passing(
    district: Database, attempts: Attempts, header: str, claim: str, shown: str
) -> None:
    before = sorted(query(district, shown))
    upload(district, ME, row(HERS, 9, teacher_id="T2") + f",A,S2,{claim}", header=header)
    attempts.judge(sorted(query(district, shown)) != before, f"a column beside the scores: {header}")
    upload(district, STEWARD, row(HERS, 8, teacher_id="T2") + f",A,S2,{claim}", header=header)
    assert sorted(query(district, shown)) != before


def test_an_early_date_does_not_move_a_test_that_others_took(district: Database, attempts: Attempts) -> None:
    dated = "select taken_on from assessment"
    before = query(district, dated)
    upload(district, ME, row("00001", 9, date="2025-08-01") + ",A,S1")
    attempts.judge(query(district, dated) != before, "an early date")
    upload(district, STEWARD, row("00002", 9, date="2025-08-01") + ",A,S1")
    assert query(district, dated) != before


def told(database: Database, viewer: Viewer, staged: StagedUpload) -> object:
    """Everything the pages say of an upload before and after it is confirmed."""
    words = [staged.already_loaded, staged.warnings, [i.code for i in staged.issues]]
    differences = upload_differences(database, viewer, staged.upload_id)
    words.append(None if differences is None else len(differences.rows))
    confirmed = confirm_upload(database, viewer, staged.upload_id)
    words.append([one.purpose for one in measures_to_state(database, viewer, staged.upload_id)])
    for one in (staged, confirmed, list_uploads(database, viewer)[0]):
        words.append((one.rows_read, one.rows_accepted, one.rows_duplicate, one.rows_superseded))
    return words


def standing(database: Database) -> list[tuple[object, ...]]:
    """Every result in force, with the class that holds it and the upload that brought it."""
    return query(
        database,
        "select student_key, assessment_key, standard_key, attempt, section_key, score, status, taken_on, "
        "upload_key from result_version where superseded_by is null order by all",
    )


# A guess at HERS, whose score is 4; the fields change the row, the columns follow it.
GUESSES = [
    pytest.param("S2", {}, id="the same date"),
    pytest.param("S2", {"date": "2025-10-02"}, id="another date"),
    pytest.param("", {"teacher_id": ""}, id="the student alone"),
    pytest.param("S2", {"date": "2025-10-02", "attempt": "1"}, id="the same try"),
    pytest.param("S2", {"attempt": "2"}, id="another try"),
    pytest.param("S2", {"standard": "6.A"}, id="one standard of it"),
]


def guess(score: object, section_id: str, other: dict[str, str]) -> tuple[str, str]:
    """A row about HERS and its header."""
    more = {name: other[name] for name in ("attempt", "standard") if name in other}
    fields = {"teacher_id": "T2"} | {name: value for name, value in other.items() if name not in more}
    line = ",".join((row(HERS, score, **fields), "", section_id, *more.values()))
    return line, ",".join((PLACED, *more))


@pytest.mark.parametrize(("section_id", "other"), GUESSES)
def test_a_made_up_score_is_no_question_about_a_colleagues_student(
    district: Database, attempts: Attempts, section_id: str, other: dict[str, str]
) -> None:
    differ = []
    for viewer in (ME, STEWARD):
        said = []
        for score in (4, 5, "absent"):
            line, header = guess(score, section_id, other)
            said.append(told(district, viewer, bring(district, viewer, line, header=header)))
            undo_upload(district, viewer, list_uploads(district, viewer)[0].upload_id)
        differ.append(said[0] != said[1] or said[1] != said[2])
    attempts.judge(differ[0], "a guess")
    # The same rows bring a steward's correction about, which says what it found.
    assert differ[1] or {"attempt", "standard"} & set(other)


@pytest.mark.parametrize(("section_id", "other"), GUESSES)
def test_nobody_writes_over_a_colleagues_results(
    district: Database, attempts: Attempts, section_id: str, other: dict[str, str]
) -> None:
    before = standing(district)
    for score in (19, "absent"):
        line, header = guess(score, section_id, other)
        staged = upload(district, ME, line, header=header)
        assert (staged.rows_accepted, staged.rows_duplicate, staged.rows_superseded) == (0, 1, 0)
        assert codes(staged) == [(2, "result_kept")]
        attempts.judge(standing(district) != before, f"a score of {score!r}")
    assert "ask the teacher of the class or the data steward" in staged.issues[-1].message
    line, header = guess(19, section_id, other)
    upload(district, STEWARD, line, header=header)
    assert standing(district) != before


def test_a_version_of_a_test_is_no_second_word_on_it(district: Database, attempts: Attempts) -> None:
    """Results of two versions that are signed to be one test are averaged."""
    other = {"assessment": "Unit 1b"}
    upload(district, ME, row("9", 5, **other) + ",,S1,20", header=MAXIMUM)
    sign_comparable(
        district, STEWARD, subject="math", version="Unit 1b", main="Unit 1", reason="Alike", signed_by="One"
    )
    fake = row(HERS, 19, teacher_id="T2", **other) + ",,S2,20"
    attempts.judge(upload(district, ME, fake, header=MAXIMUM).rows_accepted, "a row of a signed version")
    assert upload(district, STEWARD, fake, header=MAXIMUM).rows_accepted == 1


def test_what_she_loaded_for_a_colleague_is_the_colleagues_from_then_on(
    district: Database, attempts: Attempts
) -> None:
    new = {"assessment": "Unit 2", "teacher_id": "T2"}
    mine = upload(district, ME, row(HERS, 7, **new) + ",,S2")
    assert mine.rows_accepted == 1
    before = standing(district)
    for score in (8, "absent"):
        upload(district, ME, row(HERS, score, **new) + ",,S2")
        attempts.judge(standing(district) != before, "a second word on what she loaded")
    # Only what she loaded goes when she takes it back; her colleague's correction of it stays.
    theirs = upload(district, COLLEAGUE, row(HERS, 9, **new) + ",,S2")
    assert (theirs.rows_accepted, theirs.rows_superseded) == (1, 1)
    with pytest.raises(Conflict, match="Undo"):
        undo_upload(district, ME, mine.upload_id)
    undo_upload(district, COLLEAGUE, theirs.upload_id)
    for kept in [one for one in list_uploads(district, ME) if one.state == "confirmed" and one.may_continue]:
        undo_upload(district, ME, kept.upload_id)
    assert [line[5] for line in standing(district)] == [float(n) for n in range(1, 7)]


def test_whether_a_colleague_said_the_same_since_is_not_told_by_what_she_loaded_before_her(
    district: Database, attempts: Attempts
) -> None:
    """Rows a file repeats leave no mark of their own: what she loaded is no more hers to correct in place."""
    said = []
    for unit, guess in (("Unit 2", 4), ("Unit 3", 5)):
        fields = {"assessment": unit, "teacher_id": "T2"}
        upload(district, ME, row(HERS, guess, **fields) + ",,S2")
        upload(district, COLLEAGUE, *(row(f"0000{n}", n, **fields) + ",,S2" for n in (4, 5)))
        said.append(told(district, ME, bring(district, ME, row(HERS, 9, **fields) + ",,S2")))
    attempts.judge(said[0] != said[1], "a guess loaded before the colleague's own file, then corrected")


def test_what_she_loaded_by_mistake_for_a_colleague_she_undoes_and_loads_anew(district: Database) -> None:
    new = {"assessment": "Unit 2", "teacher_id": "T2"}
    wrong = upload(district, ME, row(HERS, 7, **new) + ",,S2")
    again = upload(district, ME, row(HERS, 8, **new) + ",,S2")
    assert "undo that upload" in next(issue.message for issue in again.issues if issue.code == "result_kept")
    undo_upload(district, ME, wrong.upload_id)
    assert upload(district, ME, row(HERS, 8, **new) + ",,S2").rows_accepted == 1
    assert 8.0 in [line[5] for line in standing(district)]


def test_one_member_loads_what_the_team_lacks_in_a_file_that_grows(district: Database) -> None:
    """The weekly export of all tests: what is here stays, empty cells fill, the new test comes in."""
    students = [("1", "T1", "S1"), ("2", "T1", "S1"), ("4", "T2", "S2"), ("5", "T2", "S2")]

    def export(unit: str, *scores: object) -> list[str]:
        return [
            row(f"0000{n}", score, teacher_id=teacher, assessment=unit) + f",,{section}"
            for (n, teacher, section), score in zip(students, scores, strict=True)
        ]

    first = upload(district, ME, *export("Unit 1", 1, 2, 4, 5), *export("Unit 2", 6, 7, 8, ""))
    assert (first.rows_accepted, first.rows_duplicate) == (4, 4)
    again = upload(
        district,
        ME,
        *export("Unit 1", 1, 2, 4, 5),
        *export("Unit 2", 6, 7, 8, 9),
        *export("Unit 3", 1, 2, 3, 4),
    )
    assert (again.rows_accepted, again.rows_duplicate) == (5, 7)
    assert [code for _, code in codes(again)] == ["result_kept"] * 3
    scores = [line[5] for line in standing(district)]
    assert None not in scores
    assert len(scores) == 6 + 4 + 4


def test_her_own_rows_are_told_apart_beside_others(district: Database) -> None:
    staged = bring(
        district,
        ME,
        *(row("00001", 1) + ",,S1", row("00002", 9) + ",,S1"),
        *(row(f"0000{n}", n, teacher_id="T2") + ",,S2" for n in (4, 5)),
        *(row(f"0000{n}", n, teacher_id="T2", assessment="Unit 2") + ",,S2" for n in (4, 5)),
    )
    assert (staged.rows_accepted, staged.rows_superseded, staged.rows_duplicate) == (3, 1, 3)
    assert "2 rows" in next(issue.message for issue in staged.issues if issue.code == "others_classes")


def test_the_same_file_as_a_colleagues_is_not_known_again(district: Database, attempts: Attempts) -> None:
    mine = row(HERS, 9, teacher_id="T2") + ",,S2"
    upload(district, COLLEAGUE, mine)
    again = bring(district, ME, mine)
    attempts.judge({i.code for i in again.issues} & {"loaded_before", "already_loaded"}, "a guessed file")
    assert bring(district, COLLEAGUE, mine).already_loaded


def test_the_colleague_reads_that_her_students_results_were_loaded(district: Database) -> None:
    for words in (row(HERS, 9, assessment="Unit 2") + ",,S2", row(HERS, 4, assessment="Unit 3") + ",,"):
        before = len(own_audit(district, COLLEAGUE))
        upload(district, ME, words.replace("T1", "T2"))
        (look, *_) = own_audit(district, COLLEAGUE)
        assert (look.action, look.thing) == ("load", "results of your students")
        assert len(own_audit(district, COLLEAGUE)) == before + 1
    upload(district, ME, row("00001", 9) + ",,S1")
    assert len(own_audit(district, COLLEAGUE)) == before + 1


def test_what_somebody_else_loaded_she_cannot_undo(district: Database, attempts: Attempts) -> None:
    mine = upload(district, ME, row("00001", 9) + ",,S1")
    theirs = upload(district, COLLEAGUE, row(HERS, 9, teacher_id="T2") + ",,S2")
    for one in list_uploads(district, ME):
        assert one.may_continue == (one.upload_id == mine.upload_id)
        if not one.may_continue:
            with pytest.raises(NotAllowed, match="undo it"):
                undo_upload(district, ME, one.upload_id)
            attempts.refused()
    undo_upload(district, ME, mine.upload_id)
    undo_upload(district, STEWARD, theirs.upload_id)
