"""What a results file means: values, statuses, attempts, sections, and what is asked or rejected."""

from __future__ import annotations

import datetime
import math
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from plc.core.errors import BadFile
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import answer_upload, confirm_upload
from tests.unit.results.files import (
    ANSWERS,
    COLUMNS,
    HEADER,
    codes,
    counts,
    load,
    problems,
    query,
    results,
    roster,
    row,
    scores,
    stage,
)


def test_a_row_becomes_a_student_a_section_an_assessment_and_a_result(database: Database) -> None:
    load(database, results(row("000123", 12.5)))
    assert query(database, "select section_id, grade, subject, school_year from section") == [
        ("T1|6|math|2026", 6, "math", 2026)
    ]
    assert query(database, "select school_id from school") == [("school",)]
    assert query(database, "select share from enrollment") == [(1.0,)]
    assert query(database, "select share from section_teacher") == [(1.0,)]
    assert query(
        database, "select assessment_id, name, kind, subject, grade, school_year, taken_on from assessment"
    ) == [("Unit 1", "Unit 1", "common", "math", 6, 2026, datetime.date(2025, 10, 1))]
    assert query(database, "select standard_key, attempt, score, status from result") == [
        (0, 1, 12.5, "scored")
    ]


def test_headers_match_in_any_case_order_and_punctuation(database: Database) -> None:
    header = "Date,SCORE,Student-ID,teacher id,Grade Level,Subject_,School  Year,Test Name"
    staged = stage(database, f"{header}\n2025-10-01,5,01,T1,6,Math,2026,Unit 1\n")
    assert counts(staged) == (1, 1, 0, 0, 0)


def test_unknown_columns_are_listed_and_student_names_are_left_out_unread(database: Database) -> None:
    staged = stage(
        database,
        results(row() + ",Ann,Lee,blue", header=HEADER + ",First Name,Student Last Name,Shoe colour"),
    )
    unused = {match.header: match.note for match in staged.columns if match.meaning is None}
    assert unused == {
        "First Name": "left out unread: names a student",
        "Student Last Name": "left out unread: names a student",
        "Shoe colour": "not used",
    }


def test_a_student_name_never_reaches_the_database_file(database: Database) -> None:
    load(database, results(row("77001122") + ",Zebulonia", header=HEADER + ",Student Name"))
    database.checkpoint()
    content = database.path.read_bytes()
    assert b"Zebulonia" not in content
    assert b"77001122" not in content


@pytest.mark.parametrize(
    ("score", "status"),
    [
        ("EX", "exempt"), ("Excused", "exempt"), ("N/A", "not_applicable"), ("", "missing_unknown"),
        ("-", "missing_unknown"), ("--", "missing_unknown"), ("Missing", "missing"),
        ("NULL", "missing_unknown"),
        ("Not turned in", "not_submitted"), ("Not Assessed", "not_tested"), ("Invalidated", "invalid"),
        ("Absent", "absent"), ("ABS", "absent"),
    ],
)  # fmt: skip
def test_a_word_in_place_of_a_score_is_a_status_and_never_zero(
    database: Database, score: str, status: str
) -> None:
    load(database, results(row(score=score)))
    assert query(database, "select score, status from result") == [(None, status)]


def test_a_status_beats_the_number_beside_it(database: Database) -> None:
    load(
        database, results(row("01", 0) + ",absent", row("02", 7) + ",fully graded", header=HEADER + ",status")
    )
    assert query(database, "select score, status from result order by status") == [
        (None, "absent"),
        (7.0, "scored"),
    ]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"score": "seven"}, ("score", "not_a_number")),
        ({"score": "85%"}, ("score", "not_a_number")),
        ({"score": "1_0"}, ("score", "not_a_number")),
        ({"score": "inf"}, ("score", "not_a_number")),
        ({"score": "A"}, ("score", "not_a_number")),
        ({"score": "-1"}, ("score", "negative")),
        ({"grade": "Sixx"}, ("grade", "unknown_grade")),
        ({"school_year": "26"}, ("school_year", "unknown_school_year")),
        ({"date": "31/31/2025"}, ("date", "unknown_date")),
        ({"date": "45931"}, ("date", "unknown_date")),
        ({"student_id": ""}, ("student_id", "missing")),
        ({"student_id": "1.23E+08"}, ("student_id", "unreadable_id")),
        ({"student_id": "=A1"}, ("student_id", "unreadable_id")),
        ({"teacher_id": ""}, ("teacher_id", "missing")),
        ({"subject": ""}, ("subject", "missing")),
        ({"assessment": ""}, ("assessment", "missing")),
    ],
    ids=lambda value: str(value),
)
def test_a_bad_value_sets_its_row_aside_with_a_remedy(
    database: Database, changed: dict[str, str], problem: tuple[str, str]
) -> None:
    staged = stage(database, results(row("01", 5), row(**{"student": "02"} | changed)))  # type: ignore[arg-type]
    assert counts(staged) == (2, 1, 0, 0, 1)
    assert problems(staged) == [(3, *problem)]
    assert all(value not in staged.issues[0].message for value in changed.values() if len(value) > 3)


def test_a_score_above_its_maximum_is_set_aside(database: Database) -> None:
    staged = stage(
        database, results(row("01", 21) + ",20", row("02", 20) + ",20", header=HEADER + ",max score")
    )
    assert problems(staged) == [(2, "score", "above_maximum")]


def test_an_unknown_kind_status_or_attempt_is_set_aside(database: Database) -> None:
    staged = stage(
        database,
        results(
            row("01", 1) + ",oral,,",
            row("02", 1) + ",common,asleep,",
            row("03", 1) + ",,,1.5",
            row("04", 1) + ",interim,,2",
            header=HEADER + ",kind,status,attempt",
        ),
    )
    assert {(place, code) for place, _, code in problems(staged)} == {
        (2, "unknown_kind"),
        (3, "unknown_status"),
        (4, "not_a_whole_number"),
    }
    assert counts(staged) == (4, 1, 0, 0, 3)


def test_every_problem_of_a_row_is_named(database: Database) -> None:
    staged = stage(database, results(row("", "x", grade="?", date="soon")))
    assert {column for _, column, _ in problems(staged)} == {"student_id", "score", "grade", "date"}
    assert counts(staged) == (1, 0, 0, 0, 1)


def test_many_rows_with_one_problem_are_listed_up_to_a_number_and_counted(database: Database) -> None:
    staged = stage(database, results(*(row(f"{number:04d}", "x") for number in range(250))))
    assert counts(staged) == (250, 0, 0, 0, 250)
    assert len(staged.issues) == 101
    assert staged.issues[-1].row is None
    assert staged.issues[-1].message.startswith("150 more rows")


def test_a_file_without_rows_is_refused(database: Database) -> None:
    with pytest.raises(BadFile, match="no rows"):
        stage(database, HEADER + "\n")


def test_an_attempt_that_became_a_decimal_number_is_whole(database: Database) -> None:
    load(database, results(row("01", 1) + ",2.0", header=HEADER + ",attempt"))
    assert query(database, "select attempt from result") == [(2,)]


def test_gaps_of_a_typed_parquet_file_are_no_score(database: Database, tmp_path: Path) -> None:
    frame = pd.DataFrame([row("01", 5).split(","), row("02", 0).split(",")], columns=list(COLUMNS))
    frame["score"] = [5.0, float("nan")]
    path = tmp_path / "results.parquet"
    pq.write_table(
        pa.Table.from_pandas(frame, preserve_index=False).set_column(7, "score", pa.array([5.0, math.nan])),
        path,
    )
    load(database, path)
    assert query(database, "select score, status from result order by status") == [
        (None, "missing_unknown"),
        (5, "scored"),
    ]


class TestDates:
    def read(self, database: Database, *dates: str, **answers: str) -> tuple[list[datetime.date], set[str]]:
        rows = (row(f"{place:02d}", place, date=date) for place, date in enumerate(dates))
        done = load(database, results(*rows), **answers)
        return [day for (day,) in query(database, "select taken_on from result order by score")], codes(done)

    def test_iso_dates_are_certain(self, database: Database) -> None:
        assert self.read(database, "2025-10-01") == ([datetime.date(2025, 10, 1)], set())

    def test_a_day_above_twelve_settles_the_whole_column(self, database: Database) -> None:
        days, said = self.read(database, "10/5/2025", "10/25/2025")
        assert days == [datetime.date(2025, 10, 5), datetime.date(2025, 10, 25)]
        assert said == set()

    def test_a_column_with_the_day_first_is_read_so_and_said(self, database: Database) -> None:
        days, said = self.read(database, "5/10/2025", "25/10/2025")
        assert days == [datetime.date(2025, 10, 5), datetime.date(2025, 10, 25)]
        assert said == {"date_order"}

    def test_the_school_year_settles_what_the_digits_leave_open(self, database: Database) -> None:
        # 2025-26 begins in July 2025: the second of September, not the ninth of February 2025.
        days, said = self.read(database, "2/9/2025")
        assert days == [datetime.date(2025, 9, 2)]
        assert said == {"date_order"}

    def test_an_open_order_is_assumed_american_aloud_and_can_be_answered(self, database: Database) -> None:
        assert self.read(database, "9/10/2025") == ([datetime.date(2025, 9, 10)], {"date_order_assumed"})
        days, said = self.read(database, "9/10/2025", date_order="day")
        assert (days, "date_order_assumed" in said) == ([datetime.date(2025, 10, 9)], False)

    def test_dates_with_dots_have_the_day_first(self, database: Database) -> None:
        days, said = self.read(database, "03.04.2026", "5.11.25")
        assert days == [datetime.date(2026, 4, 3), datetime.date(2025, 11, 5)]
        assert said == {"date_order"}

    def test_dots_give_way_to_a_day_above_twelve_the_school_year_and_an_answer(
        self, database: Database
    ) -> None:
        for dates, answers in (
            (("04.03.2026", "04.23.2026"), {}),
            (("02.09.2026",), {}),
            (("04.03.2026",), {"date_order": "month"}),
        ):
            staged = stage(
                database,
                results(row("01", 1, date=dates[0]), *(row("02", 2, date=d) for d in dates[1:])),
                **answers,
            )
            assert not codes(staged) & {"date_order", "date_order_assumed"}

    def test_two_digit_years_times_and_month_names_are_read(self, database: Database) -> None:
        days, _ = self.read(
            database, "10/25/25", "10/25/2025 10:28:49", "Oct 25, 2025", "25-Oct-25", "2025-10-25T09:00:00Z"
        )
        assert set(days) == {datetime.date(2025, 10, 25)}

    def test_a_date_outside_its_school_year_is_kept_with_a_warning(self, database: Database) -> None:
        days, said = self.read(database, "2024-10-01")
        assert (days, said) == ([datetime.date(2024, 10, 1)], {"date_outside_school_year"})


class TestAnswers:
    def test_what_no_row_says_is_asked_once_and_not_row_by_row(self, database: Database) -> None:
        staged = stage(database, "student_id,score\n01,5\n02,6\n")
        assert set(staged.missing_answers) == set(COLUMNS) - {"student_id", "score"}
        assert {code for _, _, code in problems(staged)} == {"answer_needed"}
        with pytest.raises(BadFile, match="teacher_id"):
            confirm_upload(database, LOCAL_STEWARD, staged.upload_id)

    def test_answers_fill_the_columns_of_a_gradebook(self, database: Database) -> None:
        done = load(database, "student_id,score\n01,5\n02,6\n", teacher_id="T9", grade="4", **ANSWERS)
        assert counts(done) == (2, 2, 0, 0, 0)
        assert query(database, "select teacher_id from teacher") == [("T9",)]

    def test_a_staged_upload_can_be_answered_later(self, database: Database) -> None:
        staged = stage(database, "student_id,score\n01,5\n02,6\n", teacher_id="T9", grade="4")
        answered = answer_upload(database, LOCAL_STEWARD, staged.upload_id, ANSWERS)
        assert (answered.missing_answers, answered.rows_accepted) == ((), 2)
        confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
        assert scores(database) == [5, 6]

    def test_a_renamed_column_can_be_pointed_at(self, database: Database) -> None:
        text = results(row("01", 5), header=HEADER.replace("student_id", "Pupil Ref"))
        assert stage(database, text).missing_answers == ("student_id",)
        assert counts(load(database, text, student_id="column:Pupil Ref")) == (1, 1, 0, 0, 0)

    def test_an_answer_overrules_the_file_and_an_empty_one_is_none(self, database: Database) -> None:
        staged = stage(database, results(row("01", 5)), grade="7", subject=" ")
        assert {match.header: match.note for match in staged.columns if match.meaning is None} == {
            "grade": "answered for the whole file instead"
        }
        confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
        assert query(database, "select grade, subject from section") == [(7, "math")]

    def test_an_answer_for_no_column_is_refused_with_the_known_ones(self, database: Database) -> None:
        with pytest.raises(BadFile, match="Known columns: student_id"):
            stage(database, results(row()), shoe="9")
        with pytest.raises(BadFile, match="has no column Ref"):
            stage(database, results(row()), student_id="column:Ref")

    def test_a_wide_file_is_read_by_picking_its_score_columns(self, database: Database) -> None:
        text = "student_id,teacher_id,grade,school_year,Math,Reading\n01,T1,6,2026,5,\n02,T1,6,2026,7,EX\n"
        staged = stage(database, text, assessment="Spring", date="2026-04-01")
        assert set(staged.missing_answers) == {"subject", "score"}
        done = load(
            database,
            text,
            assessment="Spring",
            date="2026-04-01",
            score_columns="Math, Reading",
            score_columns_are="subject",
        )
        assert counts(done) == (4, 4, 0, 0, 0)
        assert query(
            database,
            "select subject, score, status from result join assessment using (assessment_key) order by all",
        ) == [
            ("math", 5, "scored"),
            ("math", 7, "scored"),
            ("reading", None, "exempt"),
            ("reading", None, "missing_unknown"),
        ]

    def test_rows_of_a_wide_file_keep_their_spreadsheet_row(self, database: Database) -> None:
        header = "student_id,teacher_id,grade,school_year,Math,Reading"
        text = results("01,T1,6,2026,5,8", ",,,,,", "02,T1,6,2026,7,oops", header=header)
        staged = stage(database, text, assessment="S", date="2026-04-01", score_columns="Math,Reading")
        assert problems(staged) == [(4, "score", "not_a_number")]
        assert counts(staged) == (4, 3, 0, 0, 1)


class TestSections:
    def test_teachers_of_one_section_share_it_equally(self, database: Database) -> None:
        header = HEADER + ",section_id"
        done = load(
            database, results(row("01", 5) + ",S", row("01", 5, teacher_id="T2") + ",S", header=header)
        )
        assert counts(done) == (2, 1, 1, 0, 0)
        assert query(database, "select share from section_teacher") == [(0.5,), (0.5,)]

    def test_a_student_of_two_sections_is_shared_by_assessments(self, database: Database) -> None:
        rows = [
            row("01", 5, assessment=f"U{unit}", teacher_id="T1" if unit < 3 else "T2") for unit in range(4)
        ]
        load(database, results(*rows))
        assert query(database, "select share from enrollment order by share") == [(0.25,), (0.75,)]

    def test_shares_follow_later_files(self, database: Database) -> None:
        load(database, results(row("01", 5)))
        load(database, results(row("01", 6, assessment="U2", teacher_id="T2")))
        assert query(database, "select share from enrollment") == [(0.5,), (0.5,)]

    def test_starting_points_need_no_teacher(self, database: Database) -> None:
        header = HEADER + ",kind"
        done = load(
            database,
            results(
                row("01", 5) + ",",
                row("01", 4, teacher_id="", assessment="Pre") + ",baseline",
                row("01", 3, teacher_id="", school_year="2025", date="2025-04-01", grade="5") + ",state",
                row("02", 3, teacher_id="", assessment="Unit 9") + ",",
                header=header,
            ),
        )
        assert counts(done) == (4, 3, 0, 0, 1)
        assert problems(done) == [(5, "teacher_id", "missing")]
        assert query(database, "select count(*) from result where section_key is null") == [(1,)]

    def test_a_gradebook_takes_section_teacher_and_grade_from_the_roster(
        self, database: Database, tmp_path: Path
    ) -> None:
        load(database, roster(tmp_path / "roster"))
        done = load(database, "student_id,score\n1,5\n00004,6\n999,7\n", **ANSWERS | {"assessment": "Quiz"})
        assert counts(done) == (3, 2, 0, 0, 1)
        assert problems(done) == [(4, "student_id", "not_on_roster")]
        assert query(
            database,
            "select section_id, score from result join section using (section_key) "
            "join assessment using (assessment_key) where name = 'Quiz' order by score",
        ) == [("S1", 5), ("S2", 6)]
        assert len(query(database, "select * from section")) == 2

    def test_a_student_in_several_sections_is_asked_about(self, database: Database, tmp_path: Path) -> None:
        enrollments = ["student_id,section_id", "00001,S1", "00001,S2", "00002,S1"]
        load(
            database,
            roster(tmp_path / "roster", enrollments=enrollments, results=["student_id,assessment_id,score"]),
        )
        staged = stage(database, "student_id,score\n1,5\n2,6\n", **ANSWERS)
        assert problems(staged) == [(2, "section_id", "several_sections")]
        told = load(database, "student_id,section_id,score\n1,S2,5\n2,S1,6\n", **ANSWERS)
        assert counts(told) == (2, 2, 0, 0, 0)

    def test_the_roster_keeps_its_shares(self, database: Database, tmp_path: Path) -> None:
        shares = ["section_id,teacher_id,share", "S1,T1,0.6", "S1,T2,0.4", "S2,T2,1"]
        load(database, roster(tmp_path / "roster", section_teachers=shares))
        load(database, results(row("1", 5) + ",S1", header=HEADER + ",section_id"))
        assert query(database, "select share from section_teacher order by share") == [(0.4,), (0.6,), (1.0,)]


class TestRepeats:
    def test_the_same_row_twice_is_a_duplicate(self, database: Database) -> None:
        assert counts(load(database, results(row(), row()))) == (2, 1, 1, 0, 0)

    def test_two_scores_for_one_result_are_a_conflict_and_the_first_is_kept(self, database: Database) -> None:
        done = load(database, results(row(score=5), row(score=6)))
        assert counts(done) == (2, 1, 0, 0, 1)
        assert problems(done) == [(3, "score", "conflicting_score")]
        assert scores(database) == [5]

    def test_attempts_keep_every_score(self, database: Database) -> None:
        done = load(database, results(row(score=5) + ",1", row(score=8) + ",2", header=HEADER + ",attempt"))
        assert counts(done) == (2, 2, 0, 0, 0)
        assert query(database, "select attempt, score from result order by attempt") == [(1, 5), (2, 8)]

    def test_a_second_date_is_a_second_attempt(self, database: Database) -> None:
        load(database, results(row(score=8, date="2025-10-20"), row(score=5)))
        assert query(database, "select attempt, score from result order by attempt") == [(1, 5), (2, 8)]

    def test_a_retake_in_a_later_file_is_a_further_attempt(self, database: Database) -> None:
        load(database, results(row(score=5)))
        done = load(database, results(row(score=8, date="2025-10-20")))
        assert counts(done) == (1, 1, 0, 0, 0)
        assert query(database, "select attempt, score from result order by attempt") == [(1, 5), (2, 8)]
        assert counts(stage(database, results(row(score=8, date="2025-10-20")))) == (1, 0, 1, 0, 0)

    def test_a_corrected_date_replaces_the_date(self, database: Database) -> None:
        load(database, results(row(score=5)))
        done = load(database, results(row(score=5, date="2025-10-20")))
        assert counts(done) == (1, 1, 0, 1, 0)
        assert query(database, "select attempt, taken_on from result") == [(1, datetime.date(2025, 10, 20))]

    def test_an_empty_repeat_takes_no_score_away(self, database: Database) -> None:
        assert counts(load(database, results(row(score=""), row(score=6)))) == (2, 1, 1, 0, 0)
        assert scores(database) == [6]

    def test_scores_by_standard_stand_beside_each_other(self, database: Database) -> None:
        header = HEADER + ",standard"
        load(
            database,
            results(row(score=5) + ",6.NS.1", row(score=6) + ",6.NS.2", row(score=11) + ",", header=header),
        )
        assert query(
            database,
            "select coalesce(standard_id, ''), score from result "
            "left join standard using (standard_key) order by score",
        ) == [("6.NS.1", 5), ("6.NS.2", 6), ("", 11)]

    def test_one_name_for_a_baseline_and_an_interim_is_two_assessments(self, database: Database) -> None:
        header = HEADER + ",kind"
        load(database, results(row(score=5) + ",baseline", header=header))
        load(database, results(row(score=9, date="2026-04-01") + ",interim", header=header))
        assert query(database, "select assessment_id, kind from assessment order by all") == [
            ("Unit 1", "baseline"),
            ("Unit 1 (interim)", "interim"),
        ]
        assert (
            counts(stage(database, results(row(score=9, date="2026-04-01") + ",interim", header=header)))[2]
            == 1
        )


class TestStudentIds:
    def test_zeros_are_kept_and_their_loss_is_forgiven_without_a_collision(self, database: Database) -> None:
        load(database, results(row("000123", 5)))
        assert counts(load(database, results(row("123", 5)))) == (1, 0, 1, 0, 0)
        assert query(database, "select count(*) from student") == [(1,)]

    def test_an_id_that_can_mean_two_students_is_set_aside(self, database: Database) -> None:
        load(database, results(row("000123", 5), row("0123", 6)))
        staged = stage(database, results(row("123", 5), row("0123", 6)))
        assert problems(staged) == [(2, "student_id", "ambiguous_student")]
        assert counts(staged) == (2, 0, 1, 0, 1)

    def test_ids_that_differ_by_zeros_in_a_first_file_are_two_students(self, database: Database) -> None:
        load(database, results(row("000123", 5), row("123", 6)))
        assert query(database, "select count(*) from student") == [(2,)]

    def test_a_file_that_writes_an_id_in_two_ways_is_not_guessed_at(self, database: Database) -> None:
        load(database, results(row("000123", 5)))
        staged = stage(database, results(row("000123", 5), row("123", 6)))
        assert problems(staged) == [(3, "student_id", "ambiguous_student")]

    def test_an_id_that_became_a_decimal_number_is_the_whole_number(self, database: Database) -> None:
        load(database, results(row("123", 5)))
        assert counts(stage(database, results(row("123.0", 5)))) == (1, 0, 1, 0, 0)


def test_student_groups_are_kept_by_name(database: Database) -> None:
    load(
        database,
        results(row("01") + ",yes,B", row("02") + ",,C", header=HEADER + ",group_el,Group Home Language"),
    )
    assert query(database, "select group_name, group_value from student_group order by all") == [
        ("el", "yes"),
        ("home_language", "B"),
        ("home_language", "C"),
    ]


def test_two_groups_of_one_kind_keep_the_first_aloud(database: Database) -> None:
    done = load(
        database, results(row("01") + ",yes", row("01", assessment="U2") + ",no", header=HEADER + ",group_el")
    )
    assert problems(done) == [(3, "group_el", "group_differs")]
    assert query(database, "select group_value from student_group") == [("yes",)]


class TestBesideARoster:
    def test_students_on_no_roster_are_added_and_counted_aloud(
        self, database: Database, tmp_path: Path
    ) -> None:
        load(database, roster(tmp_path / "roster"))
        done = load(database, results(row("00001", 5), row("777", 5), row("888", 5)))
        assert counts(done)[1] == 3
        assert [issue.message[:10] for issue in done.issues] == ["2 students"]

    def test_a_teacher_the_roster_does_not_name_is_pointed_out(
        self, database: Database, tmp_path: Path
    ) -> None:
        load(database, roster(tmp_path / "roster"))
        done = load(
            database,
            results(row("1", 5, teacher_id="T2") + ",S1", row("2", 5) + ",S1", header=HEADER + ",section_id"),
        )
        assert problems(done) == [(2, "teacher_id", "roster_keeps_teachers")]
        assert counts(done)[1] == 2

    def test_the_date_tells_in_which_section_a_student_sat(self, database: Database, tmp_path: Path) -> None:
        moved = [
            "student_id,section_id,begin,end",
            "00001,S1,2025-08-20,2026-01-16",
            "00001,S2,2026-01-19,2026-06-10",
        ]
        load(
            database,
            roster(tmp_path / "roster", enrollments=moved, results=["student_id,assessment_id,score"]),
        )
        gradebook = "student_id,score,date,assessment\n1,5,2025-10-01,A\n1,6,2026-02-01,B\n1,7,2026-01-17,C\n"
        done = load(database, gradebook, subject="Math", school_year="2026")
        assert problems(done) == [(4, "section_id", "several_sections")]
        assert query(
            database, "select section_id, score from result join section using (section_key) order by score"
        ) == [("S1", 5), ("S2", 6)]


class TestScoresOutOfReach:
    CLASS = tuple(row(f"{number:03d}", 40 + number % 11) for number in range(1, 25))

    def test_a_score_far_above_all_others_is_set_aside_with_its_row_and_never_quoted(
        self, database: Database
    ) -> None:
        staged = stage(database, results(*self.CLASS, row("099", "99999999999")))
        assert counts(staged) == (25, 24, 0, 0, 1)
        assert problems(staged) == [(26, "score", "score_out_of_reach")]
        assert "9999" not in staged.issues[0].message

    def test_a_slip_among_equal_scores_is_set_aside(self, database: Database) -> None:
        same = [row(f"{number:03d}", 3 if number % 4 else 4) for number in range(1, 25)]
        assert problems(stage(database, results(*same, row("099", 33)))) == [
            (26, "score", "score_out_of_reach")
        ]

    def test_a_high_score_within_three_times_the_next_is_kept_and_pointed_out(
        self, database: Database
    ) -> None:
        staged = stage(database, results(*self.CLASS, row("099", 140)))
        assert counts(staged) == (25, 25, 0, 0, 0)
        assert problems(staged) == [(26, "score", "score_far_out")]

    def test_fewer_than_twenty_scores_zeros_and_scores_with_a_maximum_are_not_judged(
        self, database: Database
    ) -> None:
        assert not stage(database, results(*self.CLASS[:10], row("099", "99999"))).issues
        assert not stage(database, results(*self.CLASS, row("099", 0))).issues
        with_maximum = [line + ",100000" for line in (*self.CLASS, row("099", 9999))]
        staged = stage(database, results(*with_maximum, header=HEADER + ",max_score"))
        assert staged.rows_rejected == 0
