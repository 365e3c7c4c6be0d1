"""A test's effect, from uploaded results to the sentence a team reads."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from plc.bright_spots import scan_and_store
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.inquiry.effect_download import OTHERS, test_cells_download
from plc.inquiry.effect_record import (
    FEW_TEACHERS,
    MEASURED,
    NO_RESULTS,
    NOT_EVIDENCE,
    TOO_FEW,
    MeasuredEffect,
)
from plc.inquiry.effect_store import stored_figures
from plc.inquiry.measured_effect import effect_on_wall, measure_due_tests, measure_test, stored_effect
from plc.people.audit import flush_accesses
from plc.people.visibility import keep_visible_teachers
from plc.statistics.effect_posterior import effect_posterior
from tests.security.looking import leaves
from tests.unit.inquiry.measured_tests import TEAM, Taking, add_test, answer

cells_download = test_cells_download
del test_cells_download

MEMBER = Viewer(Role.TEACHER, teacher_id="T999", team_ids=(TEAM,))
with Path("data/sample/practice_tests.csv").open(encoding="utf-8") as file:
    PLANTED = list(csv.DictReader(file))
START, END = date(2025, 12, 11), date(2026, 1, 29)
FOUR = [
    Taking("M2-MA7-26-2", True), Taking("M5-MA7-26-2", True),
    Taking("M1-MA7-26-3", False), Taking("M2-MA7-26-3", False),
]  # fmt: skip


@pytest.fixture(scope="module")
def scanned_file(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scanned")
    for file in (sample_file, *sample_file.parent.glob("*.key")):
        shutil.copy2(file, folder / file.name)
    with Database(folder / sample_file.name) as database:
        with database.write() as cursor:
            cursor.execute("delete from practice_test").fetchall()
            cursor.execute("delete from test_effect").fetchall()
        scan_and_store(database, LOCAL_STEWARD)
    return folder / sample_file.name


@pytest.fixture
def scanned(scanned_file: Path, tmp_path: Path) -> Iterator[Database]:
    for file in (scanned_file, *scanned_file.parent.glob("*.key")):
        shutil.copy2(file, tmp_path / file.name)
    with Database(tmp_path / scanned_file.name) as database:
        yield database


def in_full(database: Database, test_id: str) -> MeasuredEffect:
    """A measured test as it is stored, whoever may read its figures."""
    measure_test(database, MEMBER, test_id)
    found = stored_figures(database, test_id)
    assert found is not None
    return found


def planted(database: Database) -> dict[str, float]:
    """Write the sample district's tests; their true differences."""
    tests: dict[str, list[dict[str, str]]] = {}
    for row in PLANTED:
        tests.setdefault(f"{row['practice_id']}-{row['test']}", []).append(row)
    for test_id, rows in tests.items():
        classes = [Taking(row["section_id"], row["arm"] == "practice") for row in rows]
        starts_on, ends_on = (date.fromisoformat(rows[0][name]) for name in ("begin", "end"))
        add_test(database, test_id, classes, starts_on=starts_on, ends_on=ends_on)
    return {test_id: float(rows[0]["difference"]) for test_id, rows in tests.items()}


def test_planted_differences_are_found_within_their_errors(scanned: Database) -> None:
    truth = planted(scanned)
    assert measure_due_tests(scanned, LOCAL_STEWARD) == len(truth)
    found = {test_id: stored_figures(scanned, test_id) for test_id in truth}
    miss = []
    for test_id, effect in found.items():
        assert effect is not None
        assert effect.verdict == MEASURED
        assert effect.effect is not None
        assert effect.standard_error is not None
        miss.append((effect.effect - truth[test_id]) / effect.standard_error)
    assert np.abs(miss).max() < 1.5
    assert abs(np.mean(miss)) < 0.4


def test_a_measured_test_is_not_due_again_until_something_changes(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    assert measure_due_tests(scanned, LOCAL_STEWARD) == 1
    assert measure_due_tests(scanned, LOCAL_STEWARD) == 0
    with scanned.write() as cursor:
        cursor.execute("update data_version set version = version + 1").fetchall()
    assert measure_due_tests(scanned, LOCAL_STEWARD) == 1


def test_progress_names_each_test_in_turn(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    add_test(scanned, "two", FOUR[:1] + FOUR[2:3], starts_on=START, ends_on=END)
    said: list[tuple[float, str]] = []
    measure_due_tests(scanned, LOCAL_STEWARD, progress=lambda share, words: said.append((share, words)))
    assert [share for share, _ in said] == [0.5, 1.0]


def test_the_sentence_has_the_prediction_the_estimate_the_chance_and_the_fidelity(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    answer(scanned, "one", "M2-MA7-26-2", "fully", START)
    answer(scanned, "one", "M5-MA7-26-2", "partly", START)
    effect = measure_test(scanned, MEMBER, "one")
    assert effect.sentence.startswith("We predicted +1.5 points (0.20 SD). Best estimate +")
    assert "90 % range" in effect.sentence
    assert effect.practice is not None
    assert effect.sentence.endswith(
        f"chance it helped at all; {effect.practice.compared} students, 1 class did it fully, 1 partly."
    )
    assert "works" not in effect.sentence
    assert effect.label == "tested once (comparison)"


def test_every_figure_comes_from_one_posterior(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    effect = in_full(scanned, "one")
    assert effect.effect is not None
    assert effect.standard_error is not None
    assert effect.df is not None
    posterior = effect_posterior(effect.effect, effect.standard_error, df=effect.df)
    assert effect.posterior_mean == pytest.approx(posterior.mean)
    assert effect.helped == pytest.approx(posterior.helped)
    assert effect.points is not None
    assert effect.effect_points == pytest.approx(posterior.mean * effect.points)
    assert f"{posterior.lower:.2f} to {posterior.upper:.2f}" in effect.sentence
    assert effect.sensitivity[0].prior == "what is typical of school practices"
    assert len(effect.sensitivity) == 4


def test_what_is_stored_is_what_was_measured(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    assert stored_effect(scanned, MEMBER, "one") is None
    effect = measure_test(scanned, MEMBER, "one")
    assert stored_effect(scanned, MEMBER, "one") == effect


def test_another_team_and_a_principal_may_not_open_a_test(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    for viewer in (
        Viewer(Role.TEACHER, teacher_id="T001", team_ids=("another",)),
        Viewer(Role.PRINCIPAL, school_ids=("M2",)),
        Viewer(),
    ):
        for use_case in (measure_test, stored_effect, cells_download):
            with pytest.raises(NotAllowed):
                use_case(scanned, viewer, "one")
    with pytest.raises(NotAllowed):
        measure_due_tests(scanned, Viewer(Role.PRINCIPAL, school_ids=("M2",)))
    with pytest.raises(NotFound):
        measure_test(scanned, MEMBER, "none")


def test_before_its_outcome_a_test_has_no_figure(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 20))
    effect = measure_test(scanned, MEMBER, "one")
    assert (effect.verdict, effect.effect) == (NO_RESULTS, None)


def test_an_outcome_given_shortly_after_the_end_counts(scanned: Database) -> None:
    add_test(scanned, "early", FOUR, starts_on=START, ends_on=date(2026, 1, 20))
    add_test(scanned, "whole", FOUR, starts_on=START, ends_on=END)
    early, whole = (in_full(scanned, name) for name in ("early", "whole"))
    assert early.effect is not None
    assert early.effect == pytest.approx(whole.effect)


def test_a_class_of_seven_is_not_enough_to_tell(scanned: Database) -> None:
    small = [Taking("M3-MA6-26-9", True), Taking("M1-MA7-26-3", False)]
    with scanned.read() as cursor:
        rows = cursor.execute(
            "select section_id, count(*) as n from section join enrollment using (section_key)"
            " where subject = 'maths' and school_year = 2026 group by all having n < 9 order by n"
        ).fetchall()
    small[0] = Taking(rows[0][0], True)
    add_test(scanned, "one", small, starts_on=START, ends_on=END)
    effect = measure_test(scanned, MEMBER, "one")
    assert (effect.verdict, effect.effect, effect.practice) == (TOO_FEW, None, None)
    assert effect.sentence == "Not enough students to tell."


def test_before_and_after_alone_is_no_evidence_and_says_what_low_starts_gain(scanned: Database) -> None:
    add_test(scanned, "one", FOUR[:2], starts_on=START, ends_on=END, design="before and after")
    effect = in_full(scanned, "one")
    assert (effect.verdict, effect.effect, effect.advice) == (NOT_EVIDENCE, None, None)
    assert effect.label == "not evidence of effect"
    assert "by themselves" in effect.sentence
    assert effect.change_spurious is not None


def test_a_series_of_the_fluency_checks_is_a_pattern_only(scanned: Database) -> None:
    with scanned.read() as cursor:
        section, starts_on = cursor.execute(
            "select min(section_id), (select min(taken_on) from assessment where subject = 'fluency'"
            " and name like '%check 5' and school_year = 2026) from section"
            " where subject = 'fluency' and school_year = 2026"
        ).fetchall()[0]
    add_test(
        scanned, "one", [Taking(section, True)], starts_on=starts_on, ends_on=date(2026, 6, 30),
        design="series", subject="fluency",
    )  # fmt: skip
    effect = in_full(scanned, "one")
    assert effect.label == "pattern only"
    assert effect.verdict == MEASURED
    assert effect.advice is None


def test_a_randomised_test_reports_what_it_lost(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END, design="randomised", drawn=True)
    effect = measure_test(scanned, MEMBER, "one")
    assert effect.label == "tested once (randomised)"
    assert effect.attrition_verdict in ("low", "high")


def test_students_who_join_in_mid_unit_are_left_out_and_counted(scanned: Database) -> None:
    classes = [Taking("M4-MA7-26-1", True), Taking("M5-MA7-26-1", False)]
    add_test(scanned, "one", classes, starts_on=START, ends_on=date(2026, 3, 12))
    effect = in_full(scanned, "one")
    assert effect.practice is not None
    assert effect.practice.joined + effect.practice.without_start >= 5
    assert any(
        "joined after the start" in line or "without a starting point" in line for line in effect.limits
    )


def test_staggered_starts_and_changes_are_measured_too(scanned: Database) -> None:
    waves = [
        Taking("M2-MA7-26-2", True, START), Taking("M5-MA7-26-2", True, START),
        Taking("M1-MA7-26-3", True, END), Taking("M2-MA7-26-3", True, END),
    ]  # fmt: skip
    add_test(scanned, "waves", waves, starts_on=START, ends_on=END, design="staggered")
    add_test(scanned, "change", FOUR, starts_on=START, ends_on=END, design="difference")
    staggered, change = (in_full(scanned, name) for name in ("waves", "change"))
    assert staggered.effect is not None
    assert staggered.label == "tested once (staggered)"
    assert staggered.effect == pytest.approx(change.effect)
    assert change.ingredients["carry"] == 1.0


def test_balancing_measures_watch_low_starters_a_standard_and_another_subject(scanned: Database) -> None:
    with scanned.read() as cursor:
        standard = cursor.execute(
            "select standard_id from result join standard using (standard_key) join assessment using"
            " (assessment_key) where assessment.grade = 7 and assessment.subject = 'maths'"
            " and assessment.school_year = 2026 limit 1"
        ).fetchall()[0][0]
    add_test(
        scanned, "one", FOUR, starts_on=date(2025, 11, 6), ends_on=END,
        balancing=[("standard", standard), ("subject", "reading"), ("survey", "Belonging")],
    )  # fmt: skip
    effect = measure_test(scanned, MEMBER, "one")
    found = {row.kind: row for row in effect.balancing}
    assert set(found) == {"low starters", "standard", "subject"}
    for kind in ("standard", "subject"):
        row = found[kind]
        assert row.effect is not None
        assert row.lower is not None
        assert row.upper is not None
        assert row.lower < row.effect < row.upper
    assert effect.balancing_harm is any(row.warns for row in effect.balancing)


def test_a_standard_can_be_the_measure(scanned: Database) -> None:
    with scanned.read() as cursor:
        standard, name = cursor.execute(
            "select standard_id, assessment.name from result join standard using (standard_key)"
            " join assessment using (assessment_key) where assessment.grade = 7"
            " and assessment.subject = 'maths' and assessment.school_year = 2026 limit 1"
        ).fetchall()[0]
    add_test(
        scanned,
        "one",
        FOUR,
        starts_on=date(2025, 11, 6),
        ends_on=END,
        standard_id=standard,
        measure_name=name,
    )
    effect = measure_test(scanned, MEMBER, "one")
    assert effect.verdict == MEASURED
    assert [row.assessment_name for row in effect.occasions if row.after] == [name]


def test_without_a_scan_usual_values_stand_in_and_it_says_so(sample: Database) -> None:
    with sample.write() as cursor:
        cursor.execute("delete from scan_component").fetchall()
    add_test(sample, "one", FOUR, starts_on=START, ends_on=END)
    effect = in_full(sample, "one")
    assert effect.verdict == MEASURED
    assert effect.ingredients["borrowed_freedom"] == 6.0
    assert any("usual values stand in" in line for line in effect.limits)


def test_an_effect_on_every_student_moves_the_estimate_by_as_much(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    add_test(scanned, "two", FOUR, starts_on=START, ends_on=END)
    before = in_full(scanned, "one")
    with scanned.write() as cursor:
        cursor.execute(
            "update result_version set score = score + 2 where superseded_by is null and score is not null"
            " and section_key in (select section_key from section where section_id in"
            " ('M2-MA7-26-2', 'M5-MA7-26-2')) and assessment_key in (select assessment_key from assessment"
            " where taken_on = date '2026-01-29' and subject = 'maths')"
        ).fetchall()
        cursor.execute("update data_version set version = version + 1").fetchall()
    after = in_full(scanned, "two")
    assert after.points is not None
    assert after.effect is not None
    assert before.effect is not None
    assert after.effect - before.effect == pytest.approx(2 / after.points, rel=0.06)


def test_the_effect_can_be_recomputed_from_the_download(scanned: Database) -> None:
    add_test(scanned, "one", many_classes(scanned), starts_on=START, ends_on=END)
    effect = in_full(scanned, "one")
    with scanned.read() as cursor:
        own = cursor.execute("select min(teacher_id) from test_section where test_id = 'one'").fetchall()[0][
            0
        ]
    frames = cells_download(scanned, Viewer(Role.TEACHER, teacher_id=own, team_ids=(TEAM,)), "one")
    cells = frames["cells"]
    shown = cells[cells["section_id"] != OTHERS]
    assert shown["weighted"].to_numpy() == pytest.approx(
        (shown["weight"] * shown["mean_residual"]).to_numpy(), abs=0.005
    )
    assert cells["weighted"].sum() == pytest.approx(effect.effect, abs=0.01)
    value = dict(zip(frames["published"]["name"], frames["published"]["value"], strict=True))
    df = value["borrowed_freedom"] + value["own_freedom"]
    variance = value["borrowed_freedom"] + value["own_freedom"] * value["own_ratio"]
    error = np.sqrt(value["base_variance"] * variance / df)
    assert error == pytest.approx(effect.standard_error, abs=0.002)
    assert df == pytest.approx(effect.df, abs=0.1)
    posterior = effect_posterior(float(cells["weighted"].sum()), float(error), df=df)
    assert posterior.mean == pytest.approx(effect.posterior_mean, abs=0.01)
    # What is taken away has the digits that are said.
    assert (cells["mean_residual"].dropna().round(2) == cells["mean_residual"].dropna()).all()


def many_classes(database: Database) -> list[Taking]:
    """One class of each of eight teachers of a course, four of whom try the practice."""
    with database.read() as cursor:
        rows = cursor.execute(
            "select min(section_id) from section join section_teacher using (section_key)"
            " join enrollment using (section_key) where subject = 'maths' and grade = 7"
            " and school_year = 2026 group by teacher_key having min(section_teacher.share) = 1"
            " and count(*) > 20 order by 1"
        ).fetchall()
    assert len(rows) >= 8
    return [Taking(section_id, place % 2 == 0) for place, (section_id,) in enumerate(rows[:8])]


def test_the_download_shows_no_class_of_a_colleague_who_has_not_opened_it(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    measure_test(scanned, MEMBER, "one")
    with scanned.read() as cursor:
        rows = cursor.execute(
            "select section_id, teacher_id from test_section where test_id = 'one'"
        ).fetchall()
    own = rows[0][1]
    frames = cells_download(scanned, Viewer(Role.TEACHER, teacher_id=own, team_ids=(TEAM,)), "one")
    hers = {section for section, teacher in rows if teacher == own}
    assert set(frames["cells"]["section_id"]) == hers | {OTHERS}
    others = frames["cells"].set_index("section_id").loc[OTHERS]
    assert np.isnan(others["mean_residual"])
    assert np.isnan(others["students"])


def test_the_download_of_a_pair_of_classes_leaves_nothing_to_subtract(scanned: Database) -> None:
    pair = [Taking("M2-MA7-26-2", True), Taking("M1-MA7-26-3", False)]
    add_test(scanned, "pair", pair, starts_on=START, ends_on=END)
    measure_test(scanned, MEMBER, "pair")
    with scanned.read() as cursor:
        own = cursor.execute(
            "select teacher_id from test_section where test_id = 'pair' and arm = 'practice'"
        ).fetchall()[0][0]
    cells = cells_download(scanned, Viewer(Role.TEACHER, teacher_id=own, team_ids=(TEAM,)), "pair")["cells"]
    assert cells["mean_residual"].notna().any()
    assert cells[["weight", "weighted"]].isna().all(axis=None)


def test_the_download_gives_no_value_of_a_class_with_too_few_students(
    scanned: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    six = [*FOUR, Taking("M1-MA7-26-1", False), Taking("M5-MA7-26-4", False)]
    add_test(scanned, "one", six, starts_on=START, ends_on=END)
    measure_test(scanned, MEMBER, "one")
    with scanned.read() as cursor:
        own = cursor.execute("select min(teacher_id) from test_section where test_id = 'one'").fetchall()[0][
            0
        ]
    hers = Viewer(Role.TEACHER, teacher_id=own, team_ids=(TEAM,))
    cells = cells_download(scanned, hers, "one")["cells"]
    assert len(cells) > 1
    monkeypatch.setattr("plc.inquiry.effect_download.MINIMUM_STUDENTS", int(cells["students"].max()) + 1)
    small = cells_download(scanned, hers, "one")["cells"]
    assert set(small["section_id"]) == {OTHERS}


def test_of_two_classes_each_teacher_reads_the_result_in_words_until_both_have_opened(
    scanned: Database,
) -> None:
    pair = [Taking("M2-MA7-26-2", True), Taking("M1-MA7-26-3", False)]
    add_test(scanned, "pair", pair, starts_on=START, ends_on=END)
    full = in_full(scanned, "pair")
    with scanned.read() as cursor:
        ids = [row[0] for row in cursor.execute(
            "select teacher_id from test_section where test_id = 'pair' order by arm desc"
        ).fetchall()]  # fmt: skip
    hers = Viewer(Role.TEACHER, teacher_id=ids[0], team_ids=(TEAM,))
    for viewer in (hers, MEMBER, Viewer(Role.COACH, team_ids=(TEAM,)), LOCAL_STEWARD):
        effect = stored_effect(scanned, viewer, "pair")
        assert effect is not None
        assert effect.verdict == FEW_TEACHERS
        assert "The results are in" in effect.sentence
        assert numbers(effect) & numbers(full) == {full.predicted_sd, full.predicted_points}
    assert measure_test(scanned, MEMBER, "pair").effect is None
    frames = cells_download(scanned, hers, "pair")
    assert frames["effect"].empty
    assert frames["published"].empty
    open_to_team(scanned, ids)
    for teacher_id in ids:
        viewer = Viewer(Role.TEACHER, teacher_id=teacher_id, team_ids=(TEAM,))
        effect = stored_effect(scanned, viewer, "pair")
        assert effect is not None
        assert effect.effect == pytest.approx(full.effect, abs=0.005)
    # Whoever taught none of the classes and is in no agreement still reads words only.
    assert (stored_effect(scanned, LOCAL_STEWARD, "pair") or full).effect is None


def numbers(effect: MeasuredEffect) -> set[float]:
    return {value for value in leaves(effect) if isinstance(value, float)}


def open_to_team(database: Database, teacher_ids: list[str]) -> None:
    """Each has seen her own result, is a member of the team and has opened it to the others."""
    statements = (
        "insert into team (team_id, team_name, norms, created_by, created_at, version)"
        f" values ('{TEAM}', 'Pair', '', 'T', timestamp '2025-09-01', 1)",
        "insert into team_agreement (team_agreement_id, team_id, team_name, agreed_on, until_on, recorded_by)"
        f" values ('agreed', '{TEAM}', 'Pair', date '2025-09-01', date '2036-09-01', 'T')",
    )
    hers = (
        "insert into team_member (team_id, teacher_id, member_role, joined_on)"
        f" values ('{TEAM}', $teacher_id, 'member', date '2025-09-01')",
        "insert into team_agreement_member (team_agreement_id, teacher_id, opened_on)"
        " values ('agreed', $teacher_id, date '2025-09-01')",
        "insert into team_agreement_opening select 'agreed', $teacher_id, teacher_id, date '2025-09-01'"
        " from teacher",
        "insert into own_result_opened (teacher_id, school_year, opened_at)"
        " values ($teacher_id, 2099, timestamp '2025-09-01')",
    )
    with database.write() as cursor:
        for statement in statements:
            cursor.execute(statement).fetchall()
        for teacher_id in teacher_ids:
            for statement in hers:
                cursor.execute(statement, {"teacher_id": teacher_id}).fetchall()


SIX = [*FOUR, Taking("M1-MA7-26-1", False), Taking("M5-MA7-26-4", True)]
LATE = "M1-MA7-26-1"


def take_away(database: Database, section_id: str) -> None:
    """The class's results of the outcome are not there, or no longer."""
    _change(
        database,
        "create or replace table late as select * from result_version where section_key ="
        " (select section_key from section where section_id = $section) and assessment_key in"
        " (select assessment_key from assessment where taken_on = date '2026-01-29' and subject = 'maths')",
        section_id,
    )
    _change(
        database,
        "delete from result_version where assessment_key in (select assessment_key from late)"
        " and section_key = (select section_key from section where section_id = $section)",
        section_id,
    )


def bring_late(database: Database) -> None:
    """What was taken away comes after all."""
    _change(database, "insert into result_version select * from late")


def _change(database: Database, statement: str, section_id: str | None = None) -> None:
    with database.write() as cursor:
        cursor.execute(statement, {"section": section_id} if section_id else None).fetchall()
        cursor.execute("update data_version set version = version + 1").fetchall()


def test_while_classes_are_to_come_there_is_a_count_and_no_figure(
    scanned: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_test(scanned, "one", SIX, starts_on=START, ends_on=END)
    take_away(scanned, LATE)
    monkeypatch.setattr("plc.inquiry.measured_effect.school_today", lambda _: date(2026, 2, 12))
    waits = measure_test(scanned, MEMBER, "one")
    assert waits.verdict == NO_RESULTS
    assert waits.sentence.startswith("Results of 1 of 6 classes are still to come.")
    assert "12 February 2026" in waits.sentence
    monkeypatch.setattr("plc.inquiry.measured_effect.school_today", lambda _: date(2026, 2, 13))
    assert measure_test(scanned, MEMBER, "one").verdict == MEASURED


def test_a_late_class_changes_no_figure_that_was_told_but_for_its_teacher(scanned: Database) -> None:
    add_test(scanned, "one", SIX, starts_on=START, ends_on=END)
    take_away(scanned, LATE)
    before = measure_test(scanned, MEMBER, "one")
    assert before.changed_since is None
    bring_late(scanned)
    after = measure_test(scanned, MEMBER, "one")
    assert after.effect == before.effect
    assert after.sentence == before.sentence
    assert after.changed_since is not None
    # What is pooled is what was told, and there is nothing to subtract in what can be taken away.
    assert (stored_figures(scanned, "one") or after).effect == pytest.approx(before.effect, abs=0.005)
    frames = cells_download(scanned, MEMBER, "one")
    assert frames["effect"].empty
    assert frames["published"].empty
    assert frames["cells"][["weighted"]].isna().all(axis=None)
    with scanned.read() as cursor:
        late = cursor.execute(
            "select teacher_id from test_section where test_id = 'one' and section_id = $section",
            {"section": LATE},
        ).fetchall()[0][0]
    hers = stored_effect(scanned, Viewer(Role.TEACHER, teacher_id=late, team_ids=(TEAM,)), "one")
    assert hers is not None
    assert hers.ingredients["student"] != before.ingredients["student"]
    assert hers.changed_since is None
    assert measure_due_tests(scanned, LOCAL_STEWARD) == 0


def correct(database: Database, section_id: str, *, students: int) -> None:
    """Four points more for so many students of a class at the test's outcome."""
    _change(
        database,
        "create or replace table corrected as select student_key, assessment_key from result_version"
        " join section using (section_key) join assessment using (assessment_key)"
        " where section_id = $section and assessment.subject = 'maths'"
        " and assessment.taken_on = date '2026-01-29' and score is not null"
        f" order by student_key limit {students}",
        section_id,
    )
    _change(
        database,
        "update result_version set score = score + 4 where exists (select 1 from corrected where"
        " corrected.student_key = result_version.student_key"
        " and corrected.assessment_key = result_version.assessment_key)",
    )


def test_a_late_class_hides_behind_no_two_children_put_right_in_other_classes(scanned: Database) -> None:
    add_test(scanned, "one", SIX, starts_on=START, ends_on=END)
    take_away(scanned, LATE)
    before = measure_test(scanned, MEMBER, "one")
    bring_late(scanned)
    others = ("M5-MA7-26-2", "M5-MA7-26-4")
    for section_id in others:
        correct(scanned, section_id, students=1)
    after = measure_test(scanned, MEMBER, "one")
    assert after.changed_since is not None
    assert after.effect == before.effect
    for section_id in others:
        correct(scanned, section_id, students=30)
    assert measure_test(scanned, MEMBER, "one").changed_since is None


def test_results_of_classes_outside_the_test_change_no_figure_and_make_none_wait(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    before = in_full(scanned, "one")
    _change(
        scanned,
        "update result_version set score = score - 3 where section_key ="
        " (select section_key from section where section_id = $section)",
        LATE,
    )
    assert measure_test(scanned, MEMBER, "one").changed_since is None
    after = in_full(scanned, "one")
    assert replace(after, data_version=before.data_version) == before
    assert measure_due_tests(scanned, LOCAL_STEWARD) == 0


def test_nothing_stored_names_a_class_or_a_teacher(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END, balancing=[("subject", "reading")])
    measure_test(scanned, MEMBER, "one")
    with scanned.read() as cursor:
        details = cursor.execute("select details || sentence from test_effect").fetchall()[0][0]
        teachers = cursor.execute("select teacher_id from test_section").fetchall()
    for taking in FOUR:
        assert taking.section_id not in details
    for (teacher_id,) in teachers:
        assert teacher_id not in details


def consent_in_her_school(database: Database, teacher_id: str, school_id: str) -> None:
    """She shows her name beside a bright spot; she has seen her own result."""
    hers = {"teacher_id": teacher_id, "school_id": school_id}
    with database.write() as cursor:
        for statement in (
            "insert into consent values ('yes', $teacher_id, 'school', true, date '2025-09-01',"
            " date '2036-09-01', null)",
            "insert into consent_school values ('yes', $teacher_id, $school_id)",
            "insert into own_result_opened (teacher_id, school_year, opened_at)"
            " values ($teacher_id, 2099, timestamp '2025-09-01')",
        ):
            wanted = {name: value for name, value in hers.items() if f"${name}" in statement}
            cursor.execute(statement, wanted).fetchall()


def test_consent_to_be_named_beside_a_bright_spot_opens_no_class_and_no_test(scanned: Database) -> None:
    pair = [Taking("M2-MA7-26-2", True), Taking("M1-MA7-26-3", False)]
    add_test(scanned, "pair", pair, starts_on=START, ends_on=END)
    add_test(scanned, "one", [*FOUR, Taking("M5-MA7-26-4", False)], starts_on=START, ends_on=END)
    with scanned.read() as cursor:
        rows = dict(
            cursor.execute("select arm, teacher_id from test_section where test_id = 'pair'").fetchall()
        )
    reader, named = rows["practice"], rows["comparison"]
    hers = Viewer(Role.TEACHER, teacher_id=reader, school_ids=("M1",), team_ids=(TEAM,))
    consent_in_her_school(scanned, named, "M1")
    with scanned.read() as cursor:
        keep_visible_teachers(cursor, hers)
        shown = cursor.execute("select teacher_id, numbers_shown from visible_teacher").fetchall()
    assert (named, True) in shown
    assert measure_test(scanned, hers, "pair").verdict == FEW_TEACHERS
    measure_test(scanned, hers, "one")
    cells = cells_download(scanned, hers, "one")["cells"]
    assert set(cells["section_id"]) <= {"M2-MA7-26-2", "M2-MA7-26-3", OTHERS}
    # Opened within the team's agreement it is another thing.
    open_to_team(scanned, [reader, named])
    assert measure_test(scanned, hers, "pair").verdict == MEASURED


def test_a_steward_reads_no_figure_of_a_teams_test(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    for use_case in (measure_test, stored_effect):
        effect = use_case(scanned, Viewer(Role.STEWARD, account_id="steward"), "one")
        assert effect is not None
        assert (effect.verdict, effect.effect, effect.advice) == (FEW_TEACHERS, None, None)
        assert numbers(effect) <= {effect.predicted_sd, effect.predicted_points}
    assert (stored_effect(scanned, MEMBER, "one") or effect).verdict == MEASURED


def test_who_coaches_and_teaches_in_a_test_reads_no_more_of_it_as_a_coach(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END)
    with scanned.read() as cursor:
        ((me,),) = cursor.execute(
            "select teacher_id from test_section where test_id = 'one'"
            " group by teacher_id having count(distinct arm) = 2"
        ).fetchall()
    hers = Viewer(Role.TEACHER, teacher_id=me, team_ids=(TEAM,))
    coach = Viewer(Role.COACH, team_ids=(TEAM,), account_id="account")
    in_full(scanned, "one")
    for seat, told in (
        (coach, MEASURED),
        (hers, FEW_TEACHERS),
        (replace(coach, also_teacher_id=me, also_team_ids=(TEAM,)), FEW_TEACHERS),
    ):
        effect = stored_effect(scanned, seat, "one")
        assert effect is not None
        assert effect.verdict == told


def test_the_wall_shows_of_a_test_what_each_member_may_read(scanned: Database) -> None:
    pair = [Taking("M2-MA7-26-2", True), Taking("M1-MA7-26-3", False)]
    add_test(scanned, "pair", pair, starts_on=START, ends_on=END)
    measure_test(scanned, MEMBER, "pair")
    with scanned.read() as cursor:
        ids = [row[0] for row in cursor.execute("select teacher_id from test_section").fetchall()]
    open_to_team(scanned, ids)
    hers = Viewer(Role.TEACHER, teacher_id=ids[0], team_ids=(TEAM,))
    shown = effect_on_wall(scanned, hers, "pair")
    assert shown is not None
    assert shown == stored_effect(scanned, hers, "pair")
    assert shown.verdict == MEASURED
    with scanned.write() as cursor:
        cursor.execute(
            "insert into team_member (team_id, teacher_id, member_role, joined_on)"
            f" values ('{TEAM}', 'T100', 'member', current_date)"
        ).fetchall()
    wall = effect_on_wall(scanned, hers, "pair")
    assert wall is not None
    assert (wall.verdict, wall.effect) == (FEW_TEACHERS, None)
    assert (stored_effect(scanned, hers, "pair") or wall).verdict == MEASURED


def test_another_subject_counts_the_teachers_who_teach_it(scanned: Database) -> None:
    add_test(scanned, "one", FOUR, starts_on=START, ends_on=END, balancing=[("subject", "reading")])
    (row,) = (one for one in in_full(scanned, "one").balancing if one.kind == "subject")
    assert row.teachers >= row.teachers_of_side >= 2
    # They are in no team of the test: that somebody looked is in their log.
    stored_effect(scanned, replace(MEMBER, account_id="member"), "one")
    flush_accesses(scanned)
    with scanned.read() as cursor:
        noted = cursor.execute(
            "select distinct person_id from audit_person where person_kind = 'teacher' and person_id not in"
            " (select teacher_id from test_section where test_id = 'one')"
        ).fetchall()
    assert len(noted) >= row.teachers
    # One teacher takes over all their reading classes.
    _change(
        scanned,
        "update section_teacher_version set teacher_key = (select min(teacher_key) from teacher)"
        " where section_key in (select section_key from section where subject = 'reading')",
    )
    (row,) = (one for one in in_full(scanned, "one").balancing if one.kind == "subject")
    assert row.effect is None


def test_a_class_of_two_teachers_is_in_the_download_once_both_have_opened_it(scanned: Database) -> None:
    add_test(scanned, "one", many_classes(scanned), starts_on=START, ends_on=END)
    measure_test(scanned, MEMBER, "one")
    with scanned.read() as cursor:
        rows = cursor.execute(
            "select section_id, teacher_id from test_section where test_id = 'one' order by 2"
        ).fetchall()
    (_, own), (shared, opener) = rows[0], rows[1]
    hers = Viewer(Role.TEACHER, teacher_id=own, team_ids=(TEAM,))
    open_to_team(scanned, [own, opener])
    assert shared in set(cells_download(scanned, hers, "one")["cells"]["section_id"])
    with scanned.write() as cursor:
        cursor.execute(
            "insert into section_teacher_version select assigned.* replace ("
            " (select teacher_key from teacher where teacher_id = $other) as teacher_key, 0.5 as share)"
            " from section_teacher_version as assigned where assigned.superseded_by is null"
            " and section_key = (select section_key from section where section_id = $section)",
            {"other": rows[2][1], "section": shared},
        ).fetchall()
        # As if a look had taken the roster up.
        cursor.execute("delete from scan_class_teacher").fetchall()
        cursor.execute("delete from scan_class_state").fetchall()
    assert shared not in set(cells_download(scanned, hers, "one")["cells"]["section_id"])


def test_no_file_is_given_between_a_colleagues_results_and_the_look_that_takes_them_up(
    scanned: Database,
) -> None:
    """From two files around one late class the class could be worked out."""
    add_test(scanned, "one", many_classes(scanned), starts_on=START, ends_on=END)
    measure_test(scanned, MEMBER, "one")
    assert cells_download(scanned, MEMBER, "one")
    with scanned.write() as cursor:
        cursor.execute(
            "update result_version set score = score + 1 where superseded_by is null and section_key in ("
            " select section_key from section_teacher join teacher using (teacher_key) join section using"
            " (section_key) where subject = 'maths' and teacher_id = (select max(teacher_id) from teacher"
            " join section_teacher using (teacher_key) join section using (section_key) where subject ="
            " 'maths' and teacher_id <> $mine))",
            {"mine": MEMBER.teacher_id},
        ).fetchall()
    with pytest.raises(PlcError, match="when a look has taken them up"):
        cells_download(scanned, MEMBER, "one")


def test_where_all_but_two_teachers_of_an_assessment_are_known_no_class_shows_its_place(
    scanned: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_test(scanned, "one", many_classes(scanned), starts_on=START, ends_on=END)
    measure_test(scanned, MEMBER, "one")
    with scanned.read() as cursor:
        own = cursor.execute("select min(teacher_id) from test_section where test_id = 'one'").fetchall()[0][
            0
        ]
        takers = cursor.execute(
            "select count(distinct teacher_key) from section_teacher join section using (section_key)"
            " where subject = 'maths' and grade = 7 and school_year = 2026"
        ).fetchall()[0][0]
    hers = Viewer(Role.TEACHER, teacher_id=own, team_ids=(TEAM,))
    relative = ["mean_result", "mean_residual", "weight", "weighted"]
    assert cells_download(scanned, hers, "one")["cells"]["mean_residual"].notna().any()
    # As if the district had so few teachers.
    monkeypatch.setattr("plc.inquiry.effect_download.MINIMUM_TEACHERS", takers + 1)
    cells = cells_download(scanned, hers, "one")["cells"]
    assert len(cells) > 1
    assert cells[relative].isna().all(axis=None)
