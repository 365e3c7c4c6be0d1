from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from plc.bright_spots import (
    Finding,
    ScanOptions,
    bright_spots,
    latest_scan,
    own_results,
    practice_areas,
    scan_and_store,
)
from plc.bright_spots.areas import release_areas
from plc.core import clock
from plc.core.errors import NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.people import has_opened_own_result, open_own_result
from tests.unit.bright_spots.districts import simulated_results, write_district

# Teachers with a large effect; three, so that a practice area may be counted.
STRONG = ("A", "B", "C")
FIGURES = (
    "students", "sections", "occasions", "years", "effect", "lower", "upper", "probability", "consistency",
    "reliability", "own_effect", "mean_result", "mean_expected",
)  # fmt: skip
A, B, PLAIN = (Viewer(Role.TEACHER, teacher_id=teacher) for teacher in ("A", "B", "T1"))
PRINCIPAL = Viewer(Role.PRINCIPAL, school_ids=("S0",))


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """24 teachers in 4 schools, A and T1 in S0; T0 has seven students."""
    rng = np.random.default_rng(3)
    effects = dict.fromkeys(STRONG, 0.7) | {
        f"T{i}": float(0.05 * rng.standard_normal()) for i in range(1, 21)
    }
    database = Database(tmp_path_factory.mktemp("scanned") / "plc.duckdb")
    small = simulated_results({"T0": 1.5}, students=7, sections_per_year=1, years=(2026,), seed=8)
    schools = {teacher: f"S{number % 4}" for number, teacher in enumerate(effects)} | {"T1": "S0"}
    rows = pd.concat([simulated_results(effects), small], ignore_index=True)
    teacher = rows["student"].str.split("-").str[0]
    write_district(database, rows.assign(school=teacher.map(schools).fillna("S1")))
    scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False))
    with database.write() as cursor:
        cursor.execute(
            "insert into own_result_opened select teacher_id, 2026, now()::timestamp from teacher"
        ).fetchall()
    return database


@pytest.fixture
def consents(scanned: Database) -> Callable[..., None]:
    with scanned.write() as cursor:
        cursor.execute("delete from consent").fetchall()
        cursor.execute("delete from team_agreement").fetchall()
        cursor.execute("delete from team_agreement_member").fetchall()
        cursor.execute("delete from team_agreement_opening").fetchall()
        cursor.execute("delete from consent_school").fetchall()
        cursor.execute("delete from team").fetchall()
        cursor.execute("delete from team_member").fetchall()

    def give(teacher_id: str, scope: str, **changed: object) -> None:
        today = clock.now().date()
        row = {
            "id": f"{teacher_id}-{scope}", "teacher": teacher_id, "scope": scope, "shown": True,
            "given": today, "until": today, "withdrawn": None,
        } | changed  # fmt: skip
        with scanned.write() as cursor:
            cursor.execute(
                "insert into consent values ($id, $teacher, $scope, $shown, $given, $until, $withdrawn)", row
            ).fetchall()
            cursor.execute(
                "insert into consent_school select $id, teacher_id, school_id from current_teaching"
                " where teacher_id = $teacher",
                {"id": row["id"], "teacher": teacher_id},
            ).fetchall()

    return give


def agree(database: Database, members: dict[str, date | None], until: date) -> None:
    with database.write() as cursor:
        cursor.execute(
            "insert into team (team_id, team_name, norms, version, created_by, created_at)"
            " values ('G', 'Team', '', 1, 'A', $d)",
            {"d": date(2020, 1, 1)},
        )
        cursor.execute(
            "insert into team_agreement values ('G1', 'Team', $d, $u, 'A', 'G', null)",
            {"d": date(2020, 1, 1), "u": until},
        )
        for teacher, opened in members.items():
            cursor.execute(
                "insert into team_agreement_member values ('G1', $t, $o)", {"t": teacher, "o": opened}
            )
            for mate in members if opened else ():
                cursor.execute(
                    "insert into team_agreement_opening values ('G1', $t, $mate, $o)",
                    {"t": teacher, "mate": mate, "o": opened},
                )
            cursor.execute(
                "insert into team_member values ('G', $t, 'member', $d, null)",
                {"t": teacher, "d": date(2020, 1, 1)},
            )


def names(findings: list[Finding]) -> list[str | None]:
    return [finding.teacher_name for finding in findings]


def no_figures(finding: Finding) -> bool:
    return all(getattr(finding, name) is None for name in FIGURES) and finding.occasion_frame.empty


@pytest.mark.usefixtures("consents")
def test_a_teacher_sees_her_own_bright_spot_and_nobody_elses(scanned: Database) -> None:
    assert names(bright_spots(scanned, A)) == ["A"]
    assert names(bright_spots(scanned, PLAIN)) == []
    assert names(bright_spots(scanned, PRINCIPAL)) == []
    assert names(bright_spots(scanned, LOCAL_STEWARD)) == []


def test_own_results_are_read_whatever_they_say(scanned: Database) -> None:
    plain = own_results(scanned, PLAIN)[0]
    assert plain.label == ""
    assert plain.effect is not None
    assert plain.lower is not None
    assert len(plain.occasion_frame) == 12
    assert "same starting" in plain.words


def test_seven_students_are_not_enough_and_leave_no_figure_behind(scanned: Database) -> None:
    own = own_results(scanned, Viewer(Role.TEACHER, teacher_id="T0"))[0]
    assert own.label == "not enough students to tell"
    assert own.words.startswith("Not enough students to tell. A figure needs 10 students")
    assert own.effect is None
    assert own.probability is None
    assert own.occasion_frame.empty
    with scanned.read() as cursor:
        stored = cursor.execute(
            "select effect, sd, lower_bound, upper_bound, probability, consistency, own_effect, mean_result"
            " from scan_finding where teacher_id = 'T0'"
        ).fetchall()
    assert stored == [(None,) * 8]


def test_a_principal_has_no_own_result(scanned: Database) -> None:
    with pytest.raises(NotAllowed):
        own_results(scanned, PRINCIPAL)
    with pytest.raises(NotAllowed):
        bright_spots(scanned, Viewer())
    with pytest.raises(NotAllowed):
        scan_and_store(scanned, PRINCIPAL)


def test_a_principal_reads_a_consenting_teachers_name_and_never_a_figure(
    scanned: Database, consents: Callable[..., None]
) -> None:
    consents("A", "school")
    found = bright_spots(scanned, PRINCIPAL)
    assert names(found) == ["A"]
    assert found[0].words == "Students exceed expectation."
    assert no_figures(found[0])
    assert bright_spots(scanned, Viewer(Role.PRINCIPAL, school_ids=("S1",))) == []


def test_consent_to_the_school_reaches_colleagues_there_with_figures(
    scanned: Database, consents: Callable[..., None]
) -> None:
    consents("A", "school")
    found = bright_spots(scanned, PLAIN)
    assert names(found) == ["A"]
    assert found[0].effect is not None
    assert not found[0].occasion_frame.empty
    assert names(bright_spots(scanned, B)) == ["B"]


def test_consent_to_the_district_reaches_other_schools_without_figures(
    scanned: Database, consents: Callable[..., None]
) -> None:
    consents("A", "district")
    elsewhere = next(finding for finding in bright_spots(scanned, B) if finding.teacher_name == "A")
    assert no_figures(elsewhere)
    steward = bright_spots(scanned, LOCAL_STEWARD)
    assert names(steward) == ["A"]
    assert no_figures(steward[0])


@pytest.mark.parametrize(
    "changed",
    [
        {"shown": False},
        {"until": clock.now().date() - timedelta(days=1)},
        {"withdrawn": clock.now().date()},
        {"given": clock.now().date() + timedelta(days=1)},
    ],
)
def test_consent_not_in_force_shows_nothing(
    scanned: Database, consents: Callable[..., None], changed: dict[str, object]
) -> None:
    consents("A", "district", **changed)
    assert bright_spots(scanned, PRINCIPAL) == []
    assert names(bright_spots(scanned, PLAIN)) == []


def test_nobody_is_shown_a_teacher_who_has_not_seen_her_own_result(
    scanned: Database, consents: Callable[..., None]
) -> None:
    consents("A", "district")
    with scanned.write() as cursor:
        cursor.execute("update own_result_opened set school_year = 2020 where teacher_id = 'A'").fetchall()
    assert names(bright_spots(scanned, PRINCIPAL)) == []
    assert names(bright_spots(scanned, PLAIN)) == []
    assert names(bright_spots(scanned, A)) == ["A"]
    open_own_result(scanned, A)
    assert names(bright_spots(scanned, PRINCIPAL)) == ["A"]


def test_a_consenting_teacher_who_is_no_bright_spot_is_not_listed(
    scanned: Database, consents: Callable[..., None]
) -> None:
    consents("T1", "district")
    assert bright_spots(scanned, PRINCIPAL) == []


@pytest.mark.usefixtures("consents")
def test_a_team_sees_what_each_member_has_opened(scanned: Database) -> None:
    today = clock.now().date()
    agree(scanned, {"A": today, "B": None, "T1": None}, until=today)
    member = Viewer(Role.TEACHER, teacher_id="T1", team_ids=("G",))
    found = bright_spots(scanned, member)
    assert names(found) == ["A"]
    assert found[0].effect is not None
    outsider = Viewer(Role.TEACHER, teacher_id="T2", team_ids=("G",))
    assert bright_spots(scanned, outsider) == []
    assert bright_spots(scanned, Viewer(Role.STEWARD, team_ids=("G",), teacher_id="A")) == []


@pytest.mark.usefixtures("consents")
def test_a_team_agreement_that_ended_shows_nothing(scanned: Database) -> None:
    today = clock.now().date()
    agree(scanned, {"A": today, "T1": None}, until=today - timedelta(days=1))
    assert bright_spots(scanned, Viewer(Role.TEACHER, teacher_id="T1", team_ids=("G",))) == []


def test_filters_keep_what_they_name(scanned: Database) -> None:
    assert len(bright_spots(scanned, A, subject="mathematics", grade=6, school_year=2026)) == 1
    assert bright_spots(scanned, A, subject="reading") == []
    assert bright_spots(scanned, A, grade=7) == []
    assert bright_spots(scanned, A, school_year=2020) == []
    assert bright_spots(scanned, A, standard="6.NS.1") == []


def test_practice_areas_count_three_teachers_or_more_and_name_nobody(scanned: Database) -> None:
    areas = practice_areas(scanned, PRINCIPAL)
    assert list(areas.columns) == ["subject", "grades", "teachers"]
    assert areas.to_dict("records") == [{"subject": "mathematics", "grades": "middle grades", "teachers": 3}]


def test_practice_areas_hide_a_count_whose_rest_could_be_worked_out(
    scanned: Database, consents: Callable[..., None]
) -> None:
    consents("A", "district")
    assert practice_areas(scanned, PRINCIPAL).empty


def test_practice_areas_stay_as_released_until_three_teachers_changed(scanned: Database) -> None:
    before = practice_areas(scanned, PRINCIPAL)
    with scanned.write() as cursor:
        cursor.execute("update scan_finding set label = '' where teacher_id = 'C'").fetchall()
        release_areas(cursor, LOCAL_STEWARD, if_due=False)
    try:
        pd.testing.assert_frame_equal(practice_areas(scanned, PRINCIPAL), before)
    finally:
        with scanned.write() as cursor:
            cursor.execute("update scan_finding set label = 'early signal' where teacher_id = 'C'").fetchall()


def test_the_headline_of_the_latest_scan_counts_and_names_nobody(scanned: Database) -> None:
    headline = latest_scan(scanned, PLAIN)
    assert headline is not None
    assert headline.options == ScanOptions(standards=False)
    assert headline.headline.startswith("Looked at ")
    assert headline.teachers == 24


def test_what_a_look_says_to_everybody_is_the_same_whether_or_not_anybody_stands_out(
    scanned: Database,
) -> None:
    """Read before and after a colleague's upload, it would tell of her before she knows herself."""
    told = latest_scan(scanned, PLAIN)
    with scanned.write() as cursor:
        kept = cursor.execute("select teacher_id, label from scan_finding where standard_id = ''").fetchall()
        (rate,) = cursor.execute("select expected_false_discovery_rate from scan").fetchall()[0]
        cursor.execute("update scan_finding set label = '' where standard_id = ''").fetchall()
        cursor.execute("update scan set expected_false_discovery_rate = 0").fetchall()
    try:
        assert {label for _, label in kept} >= {"", "early signal"}
        assert rate > 0
        assert latest_scan(scanned, PLAIN) == told
    finally:
        with scanned.write() as cursor:
            cursor.execute("update scan set expected_false_discovery_rate = $rate", {"rate": rate}).fetchall()
            for teacher_id, label in kept:
                cursor.execute(
                    "update scan_finding set label = $label where teacher_id = $teacher_id"
                    " and standard_id = ''",
                    {"teacher_id": teacher_id, "label": label},
                ).fetchall()


def test_a_class_taught_together_is_told_only_where_both_teachers_may_be_read(
    scanned: Database, consents: Callable[..., None]
) -> None:
    consents("A", "school")
    colleague = Viewer(Role.TEACHER, teacher_id="T1")
    alone = bright_spots(scanned, colleague)[0].occasion_frame
    shared = str(alone["section_id"].iloc[0])
    with scanned.write() as cursor:
        cursor.execute(
            "insert into section_teacher_version select section_key, (select teacher_key from teacher where "
            "teacher_id = 'T2'), 0.5, null, 1, null from section where section_id = $shared",
            {"shared": shared},
        ).fetchall()
    try:
        together = bright_spots(scanned, colleague)[0].occasion_frame
        assert set(together["section_id"]) == set(alone["section_id"]) - {shared}
        consents("T2", "school")
        assert set(bright_spots(scanned, colleague)[0].occasion_frame["section_id"]) == set(
            alone["section_id"]
        )
    finally:
        with scanned.write() as cursor:
            cursor.execute(
                "delete from section_teacher_version where teacher_key = (select teacher_key from teacher "
                "where teacher_id = 'T2') and section_key = (select section_key from section where "
                "section_id = $shared)",
                {"shared": shared},
            ).fetchall()


def test_whom_a_later_look_newly_finds_is_told_before_others_read_her_name(
    scanned: Database, consents: Callable[..., None]
) -> None:
    for teacher in STRONG:
        consents(teacher, "district")
    with scanned.write() as cursor:
        cursor.execute("update scan_finding set label = '' where teacher_id = 'B'").fetchall()
    assert names(bright_spots(scanned, PRINCIPAL)) == ["A", "C"]
    scan_and_store(scanned, LOCAL_STEWARD, ScanOptions(standards=False))
    assert names(bright_spots(scanned, PRINCIPAL)) == ["A", "C"]
    open_own_result(scanned, B)
    assert names(bright_spots(scanned, PRINCIPAL)) == ["A", "B", "C"]


@pytest.fixture
def by_standard(scanned: Database) -> Iterator[Database]:
    """A stands out in a standard, too."""
    with scanned.write() as cursor:
        cursor.execute(
            "insert into scan_finding by name select * replace ('6.NS.1' as standard_id) from scan_finding"
            " where teacher_id = 'A' and standard_id = '' and scan_key = (select max(scan_key) from scan)"
        ).fetchall()
    yield scanned
    with scanned.write() as cursor:
        cursor.execute("delete from scan_finding where standard_id <> ''").fetchall()
        cursor.execute("update scan_finding set label = 'early signal' where teacher_id = 'A'").fetchall()


def said(finding: Finding) -> tuple[object, ...]:
    """What a card says without figures."""
    return finding.teacher_name, finding.label, finding.words, finding.standards, finding.grades


def test_who_reads_names_alone_reads_no_standard_and_finds_nobody_by_one(
    by_standard: Database, consents: Callable[..., None]
) -> None:
    """In how many standards each stands out would set the names in an order."""
    consents("A", "district")
    (shown,) = bright_spots(by_standard, PRINCIPAL)
    assert shown.standards == ()
    assert bright_spots(by_standard, PRINCIPAL, standard="6.NS.1") == []
    (figured,) = bright_spots(by_standard, PLAIN)
    assert figured.standards == ("6.NS.1",)
    with by_standard.write() as cursor:
        cursor.execute(
            "update scan_finding set label = '' where teacher_id = 'A' and standard_id = ''"
        ).fetchall()
    (by_one,) = bright_spots(by_standard, PRINCIPAL)
    assert said(by_one) == said(shown), "nor where she stands out"


def test_what_is_newly_found_waits_by_itself_until_she_has_seen_it(
    by_standard: Database, consents: Callable[..., None]
) -> None:
    consents("A", "district")
    with by_standard.write() as cursor:
        cursor.execute(
            "insert into own_result_unseen values ('A', 'mathematics', 'result', '6.NS.1')"
        ).fetchall()
    (shown,) = bright_spots(by_standard, PLAIN)
    assert shown.effect is not None, "what she had seen is read as before"
    assert shown.standards == ()
    assert bright_spots(by_standard, A)[0].standards == ("6.NS.1",)
    assert not has_opened_own_result(by_standard, A)
    open_own_result(by_standard, A)
    assert has_opened_own_result(by_standard, A)
    assert bright_spots(by_standard, PLAIN)[0].standards == ("6.NS.1",)


def test_who_reads_names_alone_reads_one_word_for_all_of_them(
    scanned: Database, consents: Callable[..., None]
) -> None:
    for teacher in STRONG:
        consents(teacher, "district")
    with scanned.write() as cursor:
        cursor.execute(
            "update scan_finding set label = 'consistent bright spot' where teacher_id = 'A'"
        ).fetchall()
    try:
        found = bright_spots(scanned, PRINCIPAL)
        assert {finding.label for finding in found} == {"bright spot"}
        assert own_results(scanned, A)[0].label == "consistent bright spot"
    finally:
        with scanned.write() as cursor:
            cursor.execute("update scan_finding set label = 'early signal' where teacher_id = 'A'").fetchall()


def test_before_the_first_scan_there_is_nothing_to_read(database: Database) -> None:
    assert latest_scan(database, PLAIN) is None
    assert own_results(database, PLAIN) == []
    assert bright_spots(database, PLAIN) == []
    assert practice_areas(database, PRINCIPAL).empty


def test_only_the_latest_scans_are_kept(database: Database) -> None:
    write_district(database, simulated_results({f"T{i}": 0.0 for i in range(6)}, assessments=2))
    for _ in range(4):
        stored = scan_and_store(database, LOCAL_STEWARD)
    with database.read() as cursor:
        for table in ("scan", "scan_finding", "scan_occasion", "scan_component", "scan_count"):
            assert cursor.execute(f"select min(scan_key), max(scan_key) from {table}").fetchall() == [(2, 4)]
    assert stored.scan_key == 4
