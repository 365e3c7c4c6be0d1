"""A simulated district, written straight into the product's tables.

Going around the import keeps a run to seconds; the import has its own tests.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from tests.calibration.cohorts import draw_cohorts
from tests.calibration.district import (
    FIRST_YEAR,
    GRADES,
    OCCASIONS,
    STANDARDS,
    STRATA,
    SUBJECTS,
    District,
    Truth,
    draw_district,
    standard_id,
    teachers_for,
)
from tests.calibration.scenarios import Scenario
from tests.calibration.simulator import MAX_SCORE, Piece, assessment_key, draw_pieces, draw_scales

# Days into the school year, which here starts on 1 September: the baseline, then four occasions.
DAYS = (5, 45, 110, 170, 240)
UPLOAD = 1

Columns = Mapping[str, NDArray[np.generic] | pa.Array]


def simulate(
    database: Database, scenario: Scenario, *, seed: int, rows: int = 1_000_000, replicate: int = 0
) -> Truth:
    """Fill an empty database with a district of about `rows` results and return what is true of it."""
    rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, replicate])))
    district = draw_district(scenario, teachers_for(scenario, rows), rng)
    scales = draw_scales(scenario, rng)
    with database.write() as cursor:
        _insert_upload(cursor)
        _insert_staff(cursor, district)
        _insert_assessments(cursor, scenario.years)
        draw = draw_cohorts if scenario.cohorts else draw_pieces
        for piece in draw(scenario, district, scales, rng):
            _insert_piece(cursor, piece)
        raise_data_version(cursor)
    return district.truth


def _insert(cursor: Cursor, statement: str, columns: Columns) -> None:
    """Run an insert that selects from `piece`, the given columns."""
    cursor.register("piece", pa.table(dict(columns)))
    cursor.execute(statement).fetchall()
    cursor.unregister("piece")


def _insert_upload(cursor: Cursor) -> None:
    cursor.execute(
        "insert into upload (upload_key, upload_id, file_name, sha256, format, state, uploaded_by, staged_at,"
        " confirmed_at) values ($key, 'simulated', 'simulated', 'simulated', 'results', 'confirmed',"
        " 'calibration', timestamp '2026-09-01', timestamp '2026-09-01')",
        {"key": UPLOAD},
    ).fetchall()


def _insert_staff(cursor: Cursor, district: District) -> None:
    teachers, sections = len(district.truth.teacher_id), len(district.teacher)
    _insert(
        cursor,
        "insert into school_version select key, 'school ' || key, null, 'district', 1, null from piece",
        {"key": np.arange(1, district.schools + 1)},
    )
    _insert(
        cursor,
        "insert into teacher_version select key, id, null, 1, null from piece",
        {"key": np.arange(1, teachers + 1), "id": pa.array(district.truth.teacher_id)},
    )
    _insert(
        cursor,
        "insert into section_version select key, 'section ' || key, school, grade, subject, year, null,"
        " 1, null from piece",
        {
            "key": np.arange(1, sections + 1),
            "school": district.school + 1,
            "grade": np.array(GRADES)[district.stratum // len(SUBJECTS)],
            "subject": pa.array(np.array(SUBJECTS)[district.stratum % len(SUBJECTS)]),
            "year": district.year + FIRST_YEAR,
        },
    )
    shared = np.flatnonzero(district.second >= 0)
    _insert(
        cursor,
        "insert into section_teacher_version select section, teacher, share, null, 1, null from piece",
        {
            "section": np.concatenate([np.arange(sections), shared]) + 1,
            "teacher": np.concatenate([district.teacher, district.second[shared]]) + 1,
            "share": np.concatenate([district.lead_share, 1 - district.lead_share[shared]]),
        },
    )


def _insert_assessments(cursor: Cursor, years: int) -> None:
    year, stratum, occasion = (
        grid.ravel() for grid in np.meshgrid(range(years), range(STRATA), range(OCCASIONS + 1), indexing="ij")
    )
    subject = np.array(SUBJECTS)[stratum % len(SUBJECTS)]
    grade = np.array(GRADES)[stratum // len(SUBJECTS)]
    _insert(
        cursor,
        "insert into assessment_version select key, concat_ws(' ', subject, grade, year, occasion),"
        " case occasion when 0 then 'Start of year' else 'Common assessment ' || occasion end,"
        " case occasion when 0 then 'baseline' else 'common' end, subject, grade, year,"
        f" make_date(year - 1, 9, 1) + day::integer, {MAX_SCORE}, null, null, 1, null from piece",
        {
            "key": assessment_key(year, stratum, occasion),
            "subject": pa.array(subject),
            "grade": grade,
            "year": year + FIRST_YEAR,
            "occasion": occasion,
            "day": np.array(DAYS)[occasion],
        },
    )
    names = [standard_id(s, k) for s in range(STRATA) for k in range(STANDARDS)]
    _insert(
        cursor,
        "insert into standard_version select key, id, 1, null from piece",
        {"key": np.arange(1, len(names) + 1), "id": pa.array(names)},
    )


def _insert_piece(cursor: Cursor, piece: Piece) -> None:
    _insert(
        cursor,
        "insert into student_version select key, 'p' || key, 'p' || key, 1, null from piece",
        {"key": piece.student[piece.arriving]},
    )
    _insert(
        cursor,
        "insert into enrollment_version select student, section, share, null, null, 1, null from piece",
        {"student": piece.enrolled_student, "section": piece.enrolled_section, "share": piece.enrolled_share},
    )
    known = ~np.isnan(piece.prior)
    _insert(
        cursor,
        "insert into result_version select student, null, piece.assessment, 0, 1, score, 'scored', taken_on,"
        " 1, null from piece join assessment_version on assessment_key = piece.assessment",
        {
            "student": piece.student[known],
            "assessment": piece.prior_assessment[known],
            "score": piece.prior[known],
        },
    )
    _insert(
        cursor,
        "insert into result_version select student, section, piece.assessment, standard, 1,"
        " case when isnan(score) then null else score end,"
        " case when isnan(score) then 'absent' else 'scored' end, taken_on, 1, null"
        " from piece join assessment_version on assessment_key = piece.assessment",
        {
            "student": piece.result_student,
            "section": piece.result_section,
            "assessment": piece.result_assessment,
            "standard": piece.result_standard,
            "score": piece.result_score,
        },
    )
