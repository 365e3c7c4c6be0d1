"""What people say of their assessments, and the signature without which versions are not pooled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from plc.bright_spots import scan
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.reduction import reduce_results
from plc.core.errors import BadFile, BothTexts, Conflict, NotAllowed, NotFound
from plc.core.free_text import TooLong
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.results import confirm_upload, stage_upload, undo_upload
from plc.results.measures import (
    Measure,
    list_comparable,
    list_measures,
    measures_to_state,
    sign_comparable,
    state_purpose,
    withdraw_comparable,
)
from tests.unit.results.files import load, query, results, row

ENGLISH, SPANISH = "Grade 8 maths unit 4 check", "Grade 8 maths unit 4 check (Spanish)"
SAMPLE = Path(__file__).parents[3] / "data" / "sample"
CLASS = [row(f"{number:03d}", number) for number in range(1, 11)]


def sign(database: Database, *, version: str = SPANISH, main: str = ENGLISH, **other: str) -> None:
    given = {"subject": "maths", "reason": "Linked on ten common items", "signed_by": "Dr Lee"} | other
    sign_comparable(database, LOCAL_STEWARD, version=version, main=main, **given)


def test_a_new_assessment_asks_once_what_it_is_for(database: Database) -> None:
    first = load(database, results(*CLASS))
    assert measures_to_state(database, LOCAL_STEWARD, first.upload_id) == [Measure("math", "Unit 1")]
    said = Measure(
        "math", "Unit 1", "  What was  learned in the unit ", cannot_tell="Retention", scale="0 to 40"
    )
    state_purpose(database, LOCAL_STEWARD, said)
    (known,) = list_measures(database)
    assert (known.purpose, known.cannot_tell, known.tells, known.stated_by) == (
        "What was learned in the unit", "Retention", None, "steward",
    )  # fmt: skip
    second = load(database, results(row("011", 3), row("001", 4, assessment="Unit 2")))
    assert [one.name for one in measures_to_state(database, LOCAL_STEWARD, second.upload_id)] == ["Unit 2"]
    state_purpose(database, LOCAL_STEWARD, replace(said, purpose="Another"))
    assert [one.purpose for one in list_measures(database)] == ["Another", None]


def test_what_two_people_say_of_an_assessment_at_once_is_kept_or_both_are_shown(database: Database) -> None:
    load(database, results(*CLASS))
    began = Measure("math", "Unit 1")
    state_purpose(
        database, LOCAL_STEWARD, Measure("math", "Unit 1", "Hers", cannot_tell="Retention"), began=began
    )
    with pytest.raises(BothTexts) as met:
        state_purpose(
            database, LOCAL_STEWARD, Measure("math", "Unit 1", "Mine", given_when="In May"), began=began
        )
    assert (met.value.mine, met.value.theirs) == ({"purpose": "Mine"}, {"purpose": "Hers"})
    (known,) = list_measures(database)
    both = replace(known, purpose="Hers and mine", given_when="In May")
    state_purpose(database, LOCAL_STEWARD, both, began=known)
    assert [(one.purpose, one.cannot_tell, one.given_when) for one in list_measures(database)] == [
        ("Hers and mine", "Retention", "In May")
    ]


def test_a_purpose_needs_words_and_an_assessment(database: Database) -> None:
    load(database, results(*CLASS))
    for wrong, error in (
        (Measure("math", "Unit 1", "  "), BadFile),
        (Measure("math", "Unit 1", "x" * 601), TooLong),
        (Measure("math", "Unit 9", "For something"), NotFound),
    ):
        with pytest.raises(error):
            state_purpose(database, LOCAL_STEWARD, wrong)
    with pytest.raises(NotAllowed):
        state_purpose(database, Viewer(Role.PRINCIPAL), Measure("math", "Unit 1", "For something"))


def test_what_was_said_outlasts_undoing_the_upload(database: Database) -> None:
    done = load(database, results(*CLASS))
    state_purpose(database, LOCAL_STEWARD, Measure("math", "Unit 1", "What was learned"))
    undo_upload(database, LOCAL_STEWARD, done.upload_id)
    assert list_measures(database) == []
    load(database, results(*CLASS))
    assert list_measures(database)[0].purpose == "What was learned"


def test_a_purpose_in_a_bundle_counts_as_said(sample: Database) -> None:
    assert all(measure.purpose for measure in list_measures(sample))


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "plc.duckdb"
    with Database(path) as opened:
        staged = stage_upload(opened, LOCAL_STEWARD, SAMPLE / "bundle")
        confirm_upload(opened, LOCAL_STEWARD, staged.upload_id)
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(sample_file, tmp_path / "sample.duckdb")
    with Database(tmp_path / "sample.duckdb") as opened:
        yield opened


def scales(database: Database) -> list[tuple[str, int]]:
    """The scales of unit 4 of grade 8 and how many results each one's spread is taken from."""
    with database.read() as cursor:
        reduce_results(cursor, ScanOptions(subject="maths", school_years=(2026,)), keep_starts=True)
        return cursor.execute(
            "select a.name, m.results from scale s join assessment a using (assessment_key) "
            "join score_moment m on m.assessment_key = s.assessment_key and m.grade = s.grade "
            "where a.name like $name and a.school_year = 2026 and m.standard_key = 0 order by a.name",
            {"name": f"{ENGLISH}%"},
        ).fetchall()


def test_versions_of_a_test_count_apart_until_someone_signs_and_again_after_withdrawal(
    sample: Database,
) -> None:
    apart = scales(sample)
    assert [name for name, _ in apart] == [ENGLISH, SPANISH]
    version = sample.data_version()
    sign(sample)
    assert sample.data_version() == version + 1
    assert scales(sample) == [(ENGLISH, apart[0][1] + apart[1][1])]
    (signed,) = list_comparable(sample)
    assert (signed.version_name, signed.main_name, signed.signed_by) == (SPANISH, ENGLISH, "Dr Lee")
    occasions = scan(sample, ScanOptions(subject="maths", standards=False)).occasions
    assert SPANISH not in set(occasions["assessment_name"])
    withdraw_comparable(sample, LOCAL_STEWARD, subject="maths", version=SPANISH)
    assert scales(sample) == apart
    assert query(sample, "select signed_by, withdrawn_by from comparability") == [("Dr Lee", "steward")]


def test_a_signature_needs_a_name_a_reason_and_two_versions_of_one_test(sample: Database) -> None:
    for wrong, error in (
        ({"reason": " "}, BadFile),
        ({"signed_by": ""}, BadFile),
        ({"main": SPANISH}, Conflict),
        ({"main": "Grade 8 maths unit 3 check"}, Conflict),
        ({"main": "Grade 7 maths unit 4 check"}, Conflict),
    ):
        with pytest.raises(error):
            sign(sample, **wrong)
    assert list_comparable(sample) == []
    sign(sample)
    with pytest.raises(Conflict, match="signed already"):
        sign(sample, main="Grade 8 maths unit 5 check")
    with pytest.raises(NotAllowed):
        withdraw_comparable(sample, Viewer(Role.PRINCIPAL), subject="maths", version=SPANISH)
    with pytest.raises(NotFound):
        withdraw_comparable(sample, LOCAL_STEWARD, subject="maths", version=ENGLISH)
