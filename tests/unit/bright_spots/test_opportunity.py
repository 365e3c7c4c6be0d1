"""The scan of those who started lowest, the balancing check, and who reads what they leave."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from plc.bright_spots import (
    Finding,
    Scan,
    ScanOptions,
    bright_spots,
    own_results,
    scan,
    scan_and_store,
    student_groups,
)
from plc.bright_spots.balance import balance_words
from plc.bright_spots.labels import SHOWN_BY_CONSENT
from plc.bright_spots.store import opportunity_rows
from plc.core import clock
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.people import open_own_result
from tests.unit.bright_spots.districts import simulated_results, write_district
from tests.unit.bright_spots.test_findings import agree

# A lifts every student, B only those who started high while her lowest fall; both look strong on the whole.
LIFTS_ALL, LEAVES_BEHIND = "A", "B"
GROUP = "low_income: yes"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """24 teachers in 4 schools; T0 has seven students."""
    rng = np.random.default_rng(3)
    effects = {LIFTS_ALL: 0.7, LEAVES_BEHIND: 0.0} | {
        f"T{i}": float(0.05 * rng.standard_normal()) for i in range(1, 22)
    }
    small = simulated_results({"T0": 1.5}, students=7, sections_per_year=1, years=(2026,), seed=8)
    rows = pd.concat([simulated_results(effects), small], ignore_index=True)
    start = rows[rows["assessment"] == "spring"].set_index("student")["score"]
    at_start = rows["student"].map(start[~start.index.duplicated()])
    hers = (rows["assessment"] != "spring") & rows["student"].str.startswith(f"{LEAVES_BEHIND}-")
    rows.loc[hers, "score"] += 12 * np.where(at_start[hers] < at_start.quantile(1 / 3), -0.7, 1.6)
    database = Database(tmp_path_factory.mktemp("opportunity") / "plc.duckdb")
    write_district(database, rows)
    students = pd.DataFrame({"student": rows["student"].unique()})
    students["group_value"] = np.where(np.arange(len(students)) % 5 < 2, "yes", "no")
    with database.write() as cursor:
        cursor.register("supplied", students)
        cursor.execute(
            "insert into student_group_version select student_key, 'low_income', group_value, 1, null"
            " from supplied join student_version on pseudonym = supplied.student"
        ).fetchall()
        cursor.unregister("supplied")
    return database


@pytest.fixture(scope="module")
def found(district: Database) -> Scan:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(student_groups, "LEAST_GROUP_TEACHERS", 20)
        return scan_and_store(district, LOCAL_STEWARD, ScanOptions(standards=False)).scan


def of(found: Scan, teacher_id: str, group: str) -> pd.Series:
    rows = found.opportunity.query("teacher_id == @teacher_id and group == @group")
    assert len(rows) == 1
    return rows.iloc[0]


def balance(found: Scan, teacher_id: str) -> pd.Series:
    return found.balancing.set_index("teacher_id").loc[teacher_id]


def test_thirds_and_the_named_group_are_there_and_the_large_group_is_not(found: Scan) -> None:
    assert set(found.opportunity["group"]) == {
        "started lowest", "started in the middle", "started highest", GROUP
    }  # fmt: skip


def test_the_thirds_of_a_teacher_are_her_students(found: Scan) -> None:
    students = found.teachers.set_index("teacher_id")["students"]
    thirds = found.opportunity[found.opportunity["group"].str.startswith("started")]
    added = thirds.groupby("teacher_id")["students"].sum()
    assert added.to_dict() == students[added.index].to_dict()


def test_who_lifts_all_stands_out_for_those_who_started_lowest(found: Scan) -> None:
    lowest = of(found, LIFTS_ALL, "started lowest")
    assert lowest["bright_spot"]
    assert lowest["label"] in SHOWN_BY_CONSENT
    assert lowest["lower"] > 0.2
    assert not balance(found, LIFTS_ALL)["look_first"]


def test_who_leaves_the_lowest_behind_is_warned_and_flagged_for_others_only(found: Scan) -> None:
    assert found.teachers.set_index("teacher_id").at[LEAVES_BEHIND, "effect"] > 0.2
    assert not of(found, LEAVES_BEHIND, "started lowest")["bright_spot"]
    hers = balance(found, LEAVES_BEHIND)
    assert hers["look_first"]
    assert hers["upper"] < -0.5


def test_nobody_else_is_warned(found: Scan) -> None:
    assert found.balancing.query("look_first")["teacher_id"].tolist() == [LEAVES_BEHIND]


def test_the_higher_thirds_are_drawn_and_never_flagged(found: Scan) -> None:
    others = found.opportunity[found.opportunity["group"].isin(["started in the middle", "started highest"])]
    assert not others["bright_spot"].any()
    assert others["probability"].isna().all()
    assert of(found, LEAVES_BEHIND, "started highest")["lower"] > 0.3


def test_a_group_is_on_the_footing_of_the_whole(found: Scan) -> None:
    """A random group of students gains what all of them gain."""
    whole = found.teachers.set_index("teacher_id")["effect"]
    group = found.opportunity.query("group == @GROUP").set_index("teacher_id")
    assert group.at[LIFTS_ALL, "lower"] < whole[LIFTS_ALL] < group.at[LIFTS_ALL, "upper"]
    assert np.corrcoef(group["effect"], whole[group.index])[0, 1] > 0.8


def test_seven_students_leave_no_balance_and_no_figure(district: Database, found: Scan) -> None:
    assert "T0" not in set(found.balancing["teacher_id"])
    kept = opportunity_rows(found)
    small = kept[kept["students"] < 10]
    assert len(small)
    assert small[["effect", "sd", "lower", "upper", "probability"]].isna().all().all()
    assert not kept["student_group"].eq(GROUP)[kept["students"] < 10].any()
    with district.read() as cursor:
        stored = cursor.execute("select count(*) from scan_opportunity where teacher_id = 'T0'").fetchall()
    assert stored == [(0,)]


def test_without_the_option_nothing_of_groups_is_computed(district: Database) -> None:
    without = scan(district, ScanOptions(standards=False, opportunity=False))
    assert without.opportunity.empty
    assert without.balancing.empty
    assert "label" in without.opportunity


def test_the_teacher_reads_her_own_balance_and_its_warning(district: Database, found: Scan) -> None:
    (own,) = own_results(district, Viewer(Role.TEACHER, teacher_id=LEAVES_BEHIND))
    assert own.balance is not None
    assert own.balance.look_first
    assert own.balance.words.startswith("Look before you share: students who started lowest did worse")
    assert own.balance.difference == pytest.approx(balance(found, LEAVES_BEHIND)["difference"])
    assert own.balance.thirds["student_group"].tolist() == [
        "started lowest", "started in the middle", "started highest"
    ]  # fmt: skip
    assert own.balance.groups["student_group"].tolist() == [GROUP]


LEADERS = (LOCAL_STEWARD, Viewer(Role.PRINCIPAL, school_ids=("S0", "S1")))


@pytest.fixture
def named(district: Database, found: Scan) -> Database:
    """Both are named in the district, and have seen their own results."""
    today = clock.now().date()
    with district.write() as cursor:
        cursor.execute("delete from consent").fetchall()
        for teacher in (LIFTS_ALL, LEAVES_BEHIND):
            cursor.execute(
                "insert into consent values ($t, $t, 'district', true, $today, $today, null)",
                {"t": teacher, "today": today},
            ).fetchall()
    for teacher in (LIFTS_ALL, LEAVES_BEHIND):
        open_own_result(district, Viewer(Role.TEACHER, teacher_id=teacher))
    return district


def shown_to(viewer: Viewer, database: Database) -> dict[str | None, Finding]:
    shown = {finding.teacher_name: finding for finding in bright_spots(database, viewer)}
    assert [finding.balance for finding in shown.values()] == [None, None]
    return shown


@pytest.mark.parametrize("viewer", [*LEADERS, Viewer(Role.TEACHER, teacher_id="T1")])
def test_who_reads_names_alone_does_not_read_that_it_holds_for_the_lowest(
    named: Database, viewer: Viewer
) -> None:
    """Beside some names and not others it would set them in an order."""
    shown = shown_to(viewer, named)
    assert not any(finding.exceeds_lowest for finding in shown.values())
    figures = [value for finding in shown.values() for value in dataclasses.astuple(finding)]
    assert not [value for value in figures if isinstance(value, float)]


def test_who_reads_the_figures_reads_that_it_holds_for_the_lowest(named: Database) -> None:
    today = clock.now().date()
    agree(named, {LIFTS_ALL: today, LEAVES_BEHIND: today, "T1": None}, until=today)
    shown = shown_to(Viewer(Role.TEACHER, teacher_id="T1", team_ids=("G",)), named)
    assert shown[LIFTS_ALL].exceeds_lowest
    assert not shown[LEAVES_BEHIND].exceeds_lowest


def test_no_mark_of_a_warning_is_stored(district: Database, found: Scan) -> None:
    with district.read() as cursor:
        columns = cursor.execute(
            "select column_name from duckdb_columns()"
            " where table_name in ('scan_balancing', 'scan_opportunity')"
        ).fetchall()
    assert not [name for (name,) in columns if "look" in name or "warn" in name]


def test_old_scans_rows_make_room(district: Database) -> None:
    for _ in range(3):
        scan_and_store(district, LOCAL_STEWARD, ScanOptions(standards=False, opportunity=False))
    with district.read() as cursor:
        for table in ("scan_opportunity", "scan_balancing"):
            assert cursor.execute(f"select count(*) from {table}").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("lower", "upper", "look_first", "shared", "words"),
    [
        (-0.9, -0.3, True, True, "Look before you share: students who started lowest did worse"),
        (-0.9, -0.3, True, False, "Worth knowing: students who started lowest did worse"),
        (-0.9, -0.3, False, True, "Students who started lowest gained less than your other students, though"),
        (-0.1, 0.1, False, True, "As far as the data tell, students who started lowest gained about as much"),
        (0.1, 0.3, False, True, "Students who started lowest gained more than your other students."),
    ],
)
def test_the_words_follow_the_range(
    lower: float, upper: float, look_first: bool, shared: bool, words: str
) -> None:
    assert balance_words(lower, upper, look_first=look_first, shared=shared).startswith(words)
