"""A bundle of tables: every row of every table is accounted for, and ids must lead somewhere."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from plc.core.errors import BadFile
from plc.database import Database
from tests.unit.results.files import bundle, codes, counts, load, problems, query, roster, scores, stage


def test_a_bundle_fills_every_table(database: Database, tmp_path: Path) -> None:
    done = load(database, roster(tmp_path / "roster"))
    # 1 school, 2 teachers, 6 students, 2 sections, 2 section_teachers, 6 enrolments, 1 assessment, 6 results.
    assert counts(done) == (26, 26, 0, 0, 0)
    assert (done.format, done.file, done.issues) == ("bundle", "roster", ())
    assert query(database, "select name from teacher order by name") == [("Mr Two",), ("Ms One",)]
    assert query(database, "select distinct group_name, group_value from student_group") == [("el", "no")]
    assert query(
        database, "select section_id, count(*) from enrollment join section using (section_key) group by all"
    ) == [("S1", 3), ("S2", 3)]
    assert query(
        database,
        "select section_id, min(score) from result join section using (section_key) group by all order by 1",
    ) == [("S1", 1), ("S2", 4)]
    assert query(database, "select assessment_id, name, max_score, taken_on from assessment") == [
        ("u1", "Unit 1", 20, datetime.date(2025, 10, 1))
    ]


def test_a_bundle_of_parquet_and_a_zip_of_it_are_the_same(database: Database, tmp_path: Path) -> None:
    folder = roster(tmp_path / "roster")
    parquet = tmp_path / "parquet"
    parquet.mkdir()
    for path in folder.iterdir():
        pd.read_csv(path, dtype=str).to_parquet(parquet / f"{path.stem}.parquet")
    zipped = tmp_path / "roster.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for path in parquet.iterdir():
            archive.write(path, f"export/{path.name}")
    assert counts(load(database, zipped)) == (26, 26, 0, 0, 0)
    again = stage(database, folder)
    assert counts(again) == (26, 0, 26, 0, 0)
    assert again.already_loaded


def test_numbers_and_dates_of_typed_parquet_are_read(database: Database, tmp_path: Path) -> None:
    folder = roster(tmp_path / "roster")
    frame = pd.read_csv(folder / "assessments.csv", parse_dates=["date"])
    frame.to_parquet(folder / "assessments.parquet")
    (folder / "assessments.csv").unlink()
    results = pd.read_csv(folder / "results.csv", dtype={"student_id": str})
    results.loc[0, "score"] = None
    results.to_parquet(folder / "results.parquet")
    (folder / "results.csv").unlink()
    assert counts(load(database, folder)) == (26, 26, 0, 0, 0)
    assert scores(database) == [None, 2, 3, 4, 5, 6]
    assert query(database, "select taken_on from assessment") == [(datetime.date(2025, 10, 1),)]


def test_ids_that_lead_nowhere_are_set_aside(database: Database, tmp_path: Path) -> None:
    staged = stage(
        database,
        roster(
            tmp_path / "roster",
            results=[
                "student_id,assessment_id,section_id,score",
                "00001,u1,S1,5",
                "99999,u1,S1,5",
                "00002,u9,S1,5",
                "00003,u1,S9,5",
                "00004,u1,S2,21",
            ],
            section_teachers=["section_id,teacher_id", "S1,T1", "S2,T9", "S9,T1"],
            enrollments=["student_id,section_id", "00001,S1", "00001,S9", "88888,S1"],
        ),
    )
    assert set(problems(staged)) == {
        (3, "student_id", "unknown_student"),
        (4, "assessment_id", "unknown_assessment"),
        (5, "section_id", "unknown_section"),
        (6, "score", "above_maximum"),
        (3, "teacher_id", "unknown_teacher"),
        (4, "section_id", "unknown_section"),
        (3, "section_id", "unknown_section"),
        (4, "student_id", "unknown_student"),
    }
    assert staged.rows_rejected == 8


def test_ids_of_earlier_uploads_are_known(database: Database, tmp_path: Path) -> None:
    load(database, roster(tmp_path / "roster"))
    later = bundle(
        tmp_path / "later",
        assessments=["assessment_id,kind,subject,school_year,date", "u2,common,Math,2026,2025-11-01"],
        results=["student_id,assessment_id,score", "1,u2,9", "00004,u2,8", "00002,u1,3"],
    )
    done = load(database, later)
    assert counts(done) == (4, 4, 0, 1, 0)
    assert query(
        database,
        "select section_id, score from result join section using (section_key) where score >= 8 order by all",
    ) == [("S1", 9), ("S2", 8)]


def test_zeros_lost_in_one_table_of_the_bundle_are_forgiven(database: Database, tmp_path: Path) -> None:
    done = load(database, roster(tmp_path / "roster", results=["student_id,assessment_id,score", "1,u1,9"]))
    assert (done.rows_rejected, query(database, "select count(*) from student")) == (0, [(6,)])


def test_given_shares_are_kept_and_others_are_scaled_aloud(database: Database, tmp_path: Path) -> None:
    shares = ["section_id,teacher_id,share,role", "S1,T1,0.6,lead", "S1,T2,0.4,", "S2,T1,0.5,", "S2,T2,0.3,"]
    done = load(database, roster(tmp_path / "roster", section_teachers=shares))
    assert codes(done) == {"shares_scaled"}
    assert {place for place, _, _ in problems(done)} == {4, 5}
    assert [
        round(share, 3) for (share,) in query(database, "select share from section_teacher order by share")
    ] == [
        0.375,
        0.4,
        0.6,
        0.625,
    ]


def test_a_share_outside_0_to_1_is_set_aside(database: Database, tmp_path: Path) -> None:
    staged = stage(
        database,
        roster(tmp_path / "roster", section_teachers=["section_id,teacher_id,share", "S1,T1,60", "S2,T2,1"]),
    )
    assert problems(staged) == [(2, "share", "not_a_share")]


def test_a_move_within_the_year_shares_the_student_by_days(database: Database, tmp_path: Path) -> None:
    enrollments = [
        "student_id,section_id,begin,end",
        "00001,S1,2025-09-01,2025-12-09",
        "00001,S2,2025-12-10,2026-06-27",
        "00002,S1,2025-12-01,2025-11-01",
    ]
    done = load(database, roster(tmp_path / "roster", enrollments=enrollments))
    assert problems(done)[0] == (4, "end_on", "dates_reversed")
    # Unit 1 was taken in October, when student 00001 sat in S1; nobody else sits anywhere.
    assert query(
        database,
        "select section_id from result r join section using (section_key) order by score",
    ) == [("S1",)]
    assert [
        round(share, 4) for (share,) in query(database, "select share from enrollment order by share")
    ] == [
        round(100 / 300, 4),
        round(200 / 300, 4),
    ]


def test_a_result_without_section_goes_to_the_largest_share_aloud(database: Database, tmp_path: Path) -> None:
    enrollments = ["student_id,section_id,share", "00001,S1,0.3", "00001,S2,0.7"]
    done = load(
        database,
        roster(
            tmp_path / "roster",
            enrollments=enrollments,
            results=["student_id,assessment_id,score", "00001,u1,5"],
        ),
    )
    assert problems(done) == [(2, "section_id", "section_by_share")]
    assert query(database, "select section_id from result join section using (section_key)") == [("S2",)]


def test_rows_repeated_within_a_table_are_duplicates_or_conflicts(database: Database, tmp_path: Path) -> None:
    staged = stage(
        database,
        roster(
            tmp_path / "roster",
            teachers=["teacher_id,name", "T1,Ms One", "T1,Ms One", "T1,Ms Won", "T2,Mr Two"],
            results=["student_id,assessment_id,score", "00001,u1,5", "1,u1,5", "00001,u1,6"],
        ),
    )
    assert problems(staged) == [
        (4, "score", "conflicting_score"),
        (4, "teacher_id", "repeated_with_other_values"),
    ]
    assert (staged.rows_duplicate, staged.rows_rejected) == (2, 2)


def test_a_corrected_roster_ends_what_it_no_longer_names(database: Database, tmp_path: Path) -> None:
    load(
        database,
        roster(tmp_path / "first", section_teachers=["section_id,teacher_id", "S1,T1", "S1,T2", "S2,T2"]),
    )
    moved = ["student_id,section_id", *(f"{number:05d},S2" for number in range(1, 7))]
    load(database, roster(tmp_path / "second", enrollments=moved))
    assert query(
        database,
        "select section_id, teacher_id, share from section_teacher join section using (section_key) "
        "join teacher using (teacher_key) order by all",
    ) == [("S1", "T1", 1), ("S2", "T2", 1)]
    assert query(database, "select distinct section_id from enrollment join section using (section_key)") == [
        ("S2",)
    ]


def test_one_assessment_id_in_two_grades_is_told_apart_by_the_section(
    database: Database, tmp_path: Path
) -> None:
    done = load(
        database,
        roster(
            tmp_path / "roster",
            sections=[
                "section_id,school_id,grade,subject,school_year",
                "S1,A,6,Math,2026",
                "S2,A,7,Math,2026",
            ],
            assessments=[
                "assessment_id,kind,subject,grade,school_year,date",
                "u1,common,Math,6,2026,2025-10-01",
                "u1,common,Math,7,2026,2025-10-02",
            ],
            results=[
                "student_id,assessment_id,section_id,score",
                "00001,u1,S1,5",
                "00004,u1,S2,6",
                "00002,u1,,6",
            ],
        ),
    )
    assert problems(done) == [(4, "assessment_id", "ambiguous_assessment")]
    assert query(
        database, "select grade, score from result join assessment using (assessment_key) order by all"
    ) == [(6, 5), (7, 6)]


def test_a_bundle_may_be_a_roster_alone(database: Database, tmp_path: Path) -> None:
    folder = roster(tmp_path / "roster")
    (folder / "results.csv").unlink()
    (folder / "assessments.csv").unlink()
    assert counts(load(database, folder)) == (19, 19, 0, 0, 0)


def test_a_lacking_column_is_named(database: Database, tmp_path: Path) -> None:
    folder = roster(tmp_path / "roster", sections=["section_id,school_id,grade,subject", "S1,A,6,Math"])
    with pytest.raises(BadFile, match=r"sections.csv lacks the column school_year"):
        stage(database, folder)
    assert stage(database, folder, school_year="2026").rows_rejected == 4


def test_two_files_of_one_table_are_refused(database: Database, tmp_path: Path) -> None:
    folder = roster(tmp_path / "roster")
    (folder / "Results.parquet").write_bytes(b"PAR1")
    with pytest.raises(BadFile, match="Keep one of them"):
        stage(database, folder)


def test_a_folder_without_tables_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "photo.csv").write_text("a,b\n1,2\n")
    with pytest.raises(BadFile, match="no table of a bundle"):
        stage(database, tmp_path / "folder")


def test_an_empty_attempt_is_the_first(database: Database, tmp_path: Path) -> None:
    results = [
        "student_id,assessment_id,score,attempt",
        "00001,u1,5,",
        "00001,u1,5,1",
        "00001,u1,7,2",
        "00001,u1,6,1",
    ]
    done = load(database, roster(tmp_path / "roster", results=results))
    assert (done.rows_duplicate, done.rows_rejected) == (1, 1)
    assert query(database, "select attempt, score from result order by all") == [(1, 5), (2, 7)]
